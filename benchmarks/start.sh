#!/usr/bin/env bash
# How long `./build.sh --help` takes when nothing changed, against `dotnet build` + `dotnet run --no-build` of an empty
# console project, both measured here and now, in turns, after a first round that is not counted.
#
#   benchmarks/start.sh [rounds]        5 rounds or more, default 5
#
# The last line is for machines. Exit codes: 0 the ratio is at most 0.1, 1 it is above, 2 something did not run.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
rounds=${1:-5}
limit=0.1
case $rounds in '' | *[!0-9]*) rounds=0 ;; esac
if [ "$rounds" -lt 5 ]; then
  echo "start.sh: fewer than 5 rounds tell nothing; give 5 or more, or nothing" >&2
  exit 2
fi
if ! dotnet=$(command -v dotnet); then dotnet=$root/.dotnet/dotnet; fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
cp -- "$root/global.json" "$folder/"
cat >"$folder/empty.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
</Project>
PROJECT
echo 'return;' >"$folder/Program.cs"

ours() { "$root/build.sh" --help; }
theirs() { (cd -- "$folder" && "$dotnet" build && "$dotnet" run --no-build); }

# The wall time of a command in seconds with milliseconds.
seconds() {
  local TIMEFORMAT=%3R
  { time "$@" >"$folder/output" 2>&1; } 2>&1 || {
    cat -- "$folder/output" >&2
    echo "start.sh: '$*' failed, so there is nothing to compare" >&2
    exit 2
  }
}

median() { sort -n -- "$1" | awk '{ value[NR] = $1 } END { print (NR % 2) ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }

for ((round = 0; round <= rounds; round++)); do
  help=$(seconds ours)
  empty=$(seconds theirs)
  if [ "$round" -gt 0 ]; then
    echo "$help" >>"$folder/help"
    echo "$empty" >>"$folder/empty"
    echo "round $round: build.sh --help $help s, empty project $empty s"
  fi
done

help=$(median "$folder/help")
empty=$(median "$folder/empty")
awk -v help="$help" -v empty="$empty" -v limit="$limit" -v rounds="$rounds" 'BEGIN {
  ratio = help / empty
  printf "start ratio=%.4f limit=%s help_seconds=%.3f empty_seconds=%.3f rounds=%d\n", ratio, limit, help, empty, rounds
  exit ratio > limit
}'
