#!/bin/sh
# Starts the build program of this repository; compiles it first, but only when the content of its sources changed.
#
#   ./build.sh [Target ...] [--parameter value ...]      (./build.sh --help lists both)
#
# Standard output belongs to the program alone: whatever this script has to say goes to standard error.
# Its own exit codes: 1 the build program does not compile, 2 there is no usable .NET SDK. Every other code is the program's.
set -eu

case $0 in */*) root=${0%/*} ;; *) root=. ;; esac
root=$(CDPATH='' cd -- "$root" && pwd -P)
cache=$root/.nuke/temp/build
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '%s\n' "$@" >&2; }

# Calls a function with a folder and everything in it that feeds the build program, first its folder.
with_feeds() {
  from=$2
  task=$1
  set -- "$from/build" "$from/build.sh" "$from/global.json"
  for feed in "$from"/nuget.config "$from"/Directory.* "$from"/src/WasmWizard.Delivery*; do
    if [ -e "$feed" ]; then set -- "$@" "$feed"; fi
  done
  "$task" "$@"
}

# One hash over the names and contents of all of it. No timestamps: a checkout, a touch or a restored backup must not
# compile again, and an edit that keeps size and time must. BuildEngine is an MSBuild property that may come from the
# environment and chooses another program.
# Two halves at once, each reduced to one line; sorted lines carry the names, so the order in which files are met is nothing.
hash_contents() {
  for hash in b2sum sha256sum 'shasum -a 256'; do
    if command -v "${hash%% *}" >/dev/null; then break; fi
  done
  export LC_ALL=C
  # shellcheck disable=SC2086 # $hash is a command with its options.
  half() { find "$@" \( -name bin -o -name obj \) -prune -o -type f -exec $hash {} + | sort | $hash; }
  build=$1
  shift
  # shellcheck disable=SC2086
  sum=$({ echo "${BuildEngine-}"; half "$build" & half "$@"; wait; } | sort | $hash)
  printf '%s\n' "${sum%% *}"
}
fingerprint() (cd -- "$root" && with_feeds hash_contents .)

# The same files, not opened: names, inodes, sizes and times. Among these is the kernel's own time of the last change, which
# nobody can set, so files that look as they did when they were hashed have the content that they had. Only GNU's find
# prints it; elsewhere, and for another BuildEngine, the contents are hashed at each start.
# They are kept in a file whose name ends with the hash that belongs to them. One search is enough: two at once are not faster.
# Ends the subshell that it is called in, which saves a process.
looks_of() { LC_ALL=C exec find "$@" \( -name bin -o -name obj \) -prune -o -type f -printf '%p %i %s %C@ %T@\n' 2>/dev/null; }
same_looks() { looks_of "$@" | cmp -s - "$known"; }
save_looks() { (looks_of "$@" >"$latest"); }
young() { find "$@" \( -name bin -o -name obj \) -prune -o -type f -newerct "@$began" -print -quit 2>/dev/null || echo unknown; }

recall() {
  if [ -n "${BuildEngine-}" ]; then return 1; fi
  for known in "$cache"/looks-*; do
    if [ -f "$known" ] && with_feeds same_looks "$root"; then
      sources=${known##*/looks-}
      return
    fi
  done
  return 1
}

# Begins before the hash is computed.
look() {
  began=$(($(date +%s) - 2))
  latest=$cache/looks.$$
  mkdir -p -- "$cache"
  with_feeds save_looks "$root" || rm -f -- "$latest"
}

# Remembers the looks when nothing changed while the hash was computed, nor so shortly before that the same tick of the
# kernel's clock could have seen another change.
remember() {
  known=$latest
  if [ -z "${BuildEngine-}" ] && [ -s "$known" ] && with_feeds same_looks "$root" && [ -z "$(with_feeds young "$root")" ]; then
    rm -rf -- "$cache"/looks-*
    mv -- "$latest" "$cache/looks-$sources"
  else
    rm -f -- "$latest"
  fi
}

# The host that the compiled program was built with is remembered beside it, so that a start needs no search.
compiled() { [ -f "$cache/$sources/_build.dll" ] && read -r dotnet 2>/dev/null <"$cache/$sources/host" && [ -x "$dotnet" ]; }

satisfies() { [ -x "$1" ] && (cd -- "$root" && "$1" --version >/dev/null 2>&1); }

find_sdk() {
  for dotnet in "$root/.dotnet/dotnet" "${DOTNET_ROOT:-$root/.dotnet}/dotnet" "$(command -v dotnet || :)"; do
    if satisfies "$dotnet"; then return; fi
  done
  dotnet=$root/.dotnet/dotnet
  install_sdk || no_sdk
  satisfies "$dotnet" || { failure='the installed SDK does not satisfy global.json'; no_sdk; }
}

install_sdk() {
  script=$cache/dotnet-install.$$.sh
  say "build.sh: no .NET SDK here satisfies global.json; installing one into .dotnet/"
  failure="$(download https://dot.net/v1/dotnet-install.sh "$script" 2>&1)" || { rm -f "$script"; return 1; }
  # A new installation appears under its name only when it is whole.
  fresh=$root/.dotnet
  if [ ! -d "$fresh" ]; then fresh=$root/.dotnet.$$; fi
  if ! bash "$script" --jsonfile "$root/global.json" --install-dir "$fresh" --no-path >&2; then
    rm -f "$script"
    failure='the installer ended with an error (above)'
    return 1
  fi
  rm -f "$script"
  if [ "$fresh" != "$root/.dotnet" ]; then mv -- "$fresh" "$root/.dotnet"; fi
}

download() {
  if command -v curl >/dev/null; then curl -fsSL --proto '=https' --connect-timeout 20 -o "$2" "$1"
  elif command -v wget >/dev/null; then wget -q -O "$2" "$1"
  else echo 'neither curl nor wget is on the PATH'; return 1; fi
}

no_sdk() {
  wanted=$(sed -n 's/.*"version"[^"]*"\([^"]*\)".*/\1/p' "$root/global.json")
  say "build.sh: no usable .NET SDK." \
    "  Observed: none in .dotnet/, in DOTNET_ROOT (${DOTNET_ROOT:-not set}) or on the PATH ($(command -v dotnet || echo 'no dotnet there'));" \
    "            installing one failed: ${failure:-unknown reason}" \
    "  Required: .NET SDK $wanted or a newer feature band of the same release (global.json)." \
    "  So nothing was compiled and nothing was started." \
    "  Next:     install it from https://dotnet.microsoft.com/download (or unpack it into .dotnet/), then ./build.sh --help"
  exit 2
}

# Compiles into a folder that gets its name only when it is whole. Sources that change meanwhile are compiled again.
compile() {
  while :; do
    wanted=$sources
    say 'build.sh: compiling the build program (its sources changed)'
    DOTNET_CLI_USE_MSBUILD_SERVER=0 "$dotnet" build "$root/build/_build.csproj" --configuration Release \
      --artifacts-path "$work" --output "$new" --tl:off --verbosity quiet -nologo -clp:NoSummary \
      -nodeReuse:false >"$new.log" 2>&1 9>&- || {
        cat -- "$new.log" >&2
        say 'build.sh: the build program does not compile, so nothing was started. Next: mend the errors above, then run ./build.sh again.'
        exit 1
      }
    sources=$(fingerprint)
    if [ "$sources" = "$wanted" ]; then break; fi
  done
  printf '%s\n' "$dotnet" >"$new/host"
  # Where there is no lock another start may have been faster, and its program may be running.
  if ! compiled; then
    rm -rf -- "${cache:?}/$sources"
    mv -- "$new" "$cache/$sources"
  fi
}

# Starts at the same time take turns where the kernel offers a lock that dies with its holder; elsewhere (macOS) each
# compiles in a folder of its own, which costs time but needs no lock to be cleared by hand after a kill.
prepare() {
  mkdir -p "$cache"
  new=$cache/new.$$
  work=$cache/work.$$
  trap 'rm -rf -- "$new" "$new.log" "$cache/work.$$"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  if command -v flock >/dev/null; then
    exec 9>"$cache/lock"
    flock -n 9 || { say 'build.sh: waiting for another start that is compiling'; flock 9; }
    work=$cache/work
  fi
  if ! compiled; then
    find_sdk
    compile
    # What a week has not used is dropped; younger programs may still be running.
    find "$cache" -mindepth 1 -maxdepth 1 -type d ! -name work ! -name "$sources" -mtime +7 -exec rm -rf {} +
  fi
  rm -rf -- "$new" "$new.log" "$cache/work.$$"
  trap - EXIT INT TERM HUP
  exec 9>&-
}

if ! recall || ! compiled; then
  look 2>/dev/null || :
  sources=$(fingerprint)
  compiled || prepare
  remember 2>/dev/null || :
fi
# Tools that the program starts must meet the same SDK.
if [ "$(command -v dotnet || :)" != "$dotnet" ]; then
  export DOTNET_ROOT="${dotnet%/*}" PATH="${dotnet%/*}:$PATH"
fi
exec "$dotnet" "$cache/$sources/_build.dll" "$@"
