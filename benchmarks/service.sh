#!/usr/bin/env bash
# Executions a second of the service against Node.js with node:wasi (node/) and against the floor (floor/), all in this run and in
# turns: a small module, one of 100 KB by upload and by id, one that computes. Load: wrk. The modules are compiled from C.
#
#   benchmarks/service.sh [seconds] [rounds] [warm] [apart|shared]        each turn; default 5 seconds, 3 rounds after 12 seconds that warm up
#
# apart, the default: the second half of the cores is the load generator's, the first half the servers' (Node.js has a worker for each of
# these), so that servers are compared and not what they leave to the load generator. shared: all run on all cores; so it is with one core.
#
# Two ratios each: answers a second, and answers for each second of processor time that the server used. The second one holds
# also on a machine that has other things to do. The service runs as it is shipped, with SQLite: every request shows a key, is
# counted, limited and recorded. Lines that begin with "service" are for machines. Exit codes: 0 measured, 2 something did not run.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
seconds=${1:-5}
rounds=${2:-3}
warm=${3:-12}
layout=${4:-apart}
servers=(service node floor)
# The numbers of the cores that this shell may use, of a list such as 0-1,4.
list=$(taskset -cp $$)
core=()
for part in $(tr , ' ' <<<"${list##*: }"); do
  for ((one = ${part%-*}; one <= ${part#*-}; one++)); do core+=("$one"); done
done
cores=${#core[@]}
# What it does for an answer is about half of what the floor does.
load_threads=$((cores > 1 ? cores / 2 : 1))
connections=$((16 * load_threads))
case $layout in
  apart) if [ "$cores" -gt 1 ]; then on_servers=(taskset -c "$(IFS=,; echo "${core[*]:0:cores - load_threads}")") on_load=(taskset -c "$(IFS=,; echo "${core[*]:cores - load_threads}")"); else layout=shared; fi ;;
  shared) ;;
  *) fail "\"$layout\" is neither apart nor shared" ;;
esac

for module in echo toolbox primes; do compile "$module"; done
build src/WasmWizard.Service
build benchmarks/floor
start_service
key[service]=$(new_key unlimited load)
key[node]=none
key[floor]=none
port[node]=$(free_port)
mkdir -- "$folder/stored"
"${on_servers[@]}" node "$here/node/server.mjs" "${port[node]}" "$folder/stored" >"$folder/node.log" 2>&1 &
process[node]=$!
port[floor]=$(free_port)
"${on_servers[@]}" "$dotnet" "$here/floor/bin/Release/net10.0/WasmWizard.Benchmarks.Floor.dll" "${port[floor]}" >"$folder/floor.log" 2>&1 &
process[floor]=$!
wait_for node
wait_for floor

printf 'sum\n2.50\n3.20\n1.00\n0.75\n' >"$folder/input"
for module in echo toolbox primes; do
  form "$folder/$module.wasm" "$folder/input" >"$folder/$module.form"
  for server in "${servers[@]}"; do
    body=$module.form
    if [ "$server" = floor ]; then body=$module.wasm; fi
    id[$server,$module]=$(upload "$server" "$folder/$body" "${key[$server]}")
    output=$(curl -sf -H @<(authorization "${key[$server]}") -H 'Content-Type: text/plain' --data-binary "@$folder/input" \
      "http://127.0.0.1:${port[$server]}/api/modules/${id[$server,$module]}/execute" |
      node -e 'const t = require("fs").readFileSync(0, "utf8"); process.stdout.write(t[0] === "{" ? JSON.parse(t).output : t)') || fail "$server does not run $module"
    if [ "$server" = service ]; then expected=$output; fi
    if [ -z "$output" ] || [ "$output" != "$expected" ]; then fail "$server says \"$output\" for $module and the service \"$expected\""; fi
  done
done

# Processor time of a process and its children, in hundredths of a second.
used() {
  local total=0 times
  for one in "$1" $(ps -o pid= --ppid "$1"); do
    read -ra times <"/proc/$one/stat"
    total=$((total + times[13] + times[14]))
  done
  echo "$total"
}

# turn SERVER CASE MODULE SECONDS: one line of answers, failures, seconds, percentiles and processor time.
turn() {
  local path=/api/modules/${id[$1,$3]}/execute type=text/plain body=input before result
  if [ "$2" = upload ]; then
    path=/api/execute type="multipart/form-data; boundary=$boundary" body=$3.form
    if [ "$1" = floor ]; then body=$3.wasm; fi
  fi
  before=$(used "${process[$1]}")
  result=$(load "$1" "$path" "$type" "$folder/$body" "${key[$1]}" $connections "$4")
  echo "$result cpu=$(($(used "${process[$1]}") - before))"
}

echo "$cores cores, load generator $layout; Node.js $(node --version); .NET $("$dotnet" --version); wrk with $connections connections, $seconds s a turn, $rounds rounds"
for case in small:id:echo upload:upload:toolbox id:id:toolbox computing:id:primes; do
  IFS=: read -r name how module <<<"$case"
  for ((round = 0; round <= rounds; round++)); do
    for server in "${servers[@]}"; do
      # Round 0 warms up: a just-in-time compiler needs some thousand calls and seconds.
      line=$(turn "$server" "$how" "$module" "$((round ? seconds : warm))")
      if [ "$round" -gt 0 ]; then echo "$server $line" >>"$folder/$name.turns"; fi
    done
  done
  awk -v name="$name" '{
    split($2, a, "="); split($3, f, "="); split($4, s, "="); split($5, p, "="); split($6, q, "="); split($7, c, "=")
    answers[$1] += a[2]; failed[$1] += f[2]; time[$1] += s[2]; cpu[$1] += c[2] / 100; n[$1]++; p50[$1] += p[2]; p99[$1] += q[2]
  } END {
    for (i = split("service node floor", order, " "); i > 0; i--) {
      server = order[i]; rate[server] = answers[server] / time[server]; cost[server] = answers[server] / cpu[server]
      printf "%-10s %-8s %9.0f/s  p50 %8.2f ms  p99 %8.2f ms  %9.0f per cpu second  %d answers, %d failed\n",
        name, server, rate[server], p50[server] / n[server], p99[server] / n[server], cost[server], answers[server], failed[server]
    }
    printf "service case=%s node_ratio=%.2f node_cpu_ratio=%.2f floor_ratio=%.2f floor_cpu_ratio=%.2f failed=%d\n", name,
      rate["service"] / rate["node"], cost["service"] / cost["node"], rate["floor"] / rate["service"], cost["floor"] / cost["service"],
      failed["service"] + failed["node"] + failed["floor"]
  }' "$folder/$name.turns"
done
