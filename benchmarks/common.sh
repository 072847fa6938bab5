# What the measurements share; sourced, not run: tools, modules, programs, the service with a database of its own.
# shellcheck shell=bash
# shellcheck disable=SC2034 # Its users read what is set here.

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$(dirname -- "$here")
name=$(basename -- "$0")
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

for tool in clang curl node wrk; do
  command -v "$tool" >/dev/null || { echo "$name: $tool is not on the PATH" >&2; exit 2; }
done
if ! dotnet=$(command -v dotnet); then dotnet=$root/.dotnet/dotnet; fi

folder=$(mktemp -d)
declare -A process port key id
# What the servers and the load generator are run by; a measurement may give each cores of its own.
on_servers=() on_load=() load_threads=1
# A server that ended by itself, or that ends by this signal, is no fault here: what it was to answer was counted before.
finish() {
  for server in "${!process[@]}"; do kill "${process[$server]}" 2>/dev/null || true; done
  wait || true
  rm -rf -- "$folder"
}
trap finish EXIT
fail() {
  echo "$name: $1" >&2
  for log in "$folder"/*.log; do if [ -e "$log" ]; then tail -n 20 -- "$log" >&2; fi; done
  exit 2
}

compile() { clang --target=wasm32-wasi -O2 -s "$here/modules/$1.c" -o "$folder/$1.wasm" -lm; }
# No build server stays behind: what it does beside a measurement would be measured.
build() { "$dotnet" build "$root/$1" -c Release -v quiet -clp:NoSummary --nologo --disable-build-servers >"$folder/build.log" || fail "$1 does not compile"; }

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

wait_for() { curl -sf --retry 100 --retry-connrefused --retry-delay 1 -o "$folder/ready" "http://127.0.0.1:${port[$1]}/health/ready" || fail "$1 does not answer"; }

service=$root/src/WasmWizard.Service/bin/Release/net10.0/WasmWizard.Service.dll
new_key() { "$dotnet" "$service" admin create-key --role user --tier "$1" --user "$2" 2>>"$folder/keys.log"; }

# Starts the service with SQLite and keys required.
start_service() {
  port[service]=$(free_port)
  export ENVIRONMENT=development AUTH_REQUIRED=true RUST_LOG=warn DATA_PATH=$folder/data LISTEN_URLS=http://127.0.0.1:${port[service]}
  "$dotnet" "$service" migrate >"$folder/migrate.log" 2>&1 || fail "the schema could not be made"
  "${on_servers[@]}" "$dotnet" "$service" >"$folder/service.log" 2>&1 &
  process[service]=$!
  wait_for service
}

boundary=----------------------------0123456789abcdef
# form MODULE [INPUT]: a body for /api/execute and /api/modules.
form() {
  printf -- '--%s\r\nContent-Disposition: form-data; name="wasm"; filename="m.wasm"\r\nContent-Type: application/wasm\r\n\r\n' $boundary
  cat -- "$1"
  if [ $# -gt 1 ]; then
    printf -- '\r\n--%s\r\nContent-Disposition: form-data; name="input"\r\n\r\n' $boundary
    cat -- "$2"
  fi
  printf -- '\r\n--%s--\r\n' $boundary
}

# For curl's -H @file: a key has no business in an argument.
authorization() { printf 'Authorization: Bearer %s\n' "$1"; }

# upload SERVER BODY KEY: the id that the server gives to a module.
upload() {
  local answer
  answer=$(curl -sf -H @<(authorization "$3") -H "Content-Type: multipart/form-data; boundary=$boundary" \
    --data-binary "@$2" "http://127.0.0.1:${port[$1]}/api/modules") || fail "$1 does not take $2"
  answer=${answer#*'"id":"'}
  echo "${answer%%'"'*}"
}

# load SERVER PATH CONTENT_TYPE BODY KEY CONNECTIONS SECONDS: the last line of wrk/post.lua.
load() {
  CONTENT_TYPE=$3 BODY=$4 KEY=$5 "${on_load[@]}" wrk -t"$load_threads" -c"$6" -d"${7}s" --timeout 60s -s "$here/wrk/post.lua" "http://127.0.0.1:${port[$1]}$2" | tail -n 1
}
