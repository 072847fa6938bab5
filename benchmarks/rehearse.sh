#!/usr/bin/env bash
# How long a person waits for a rehearsal: the whole command with nothing to compile, and against the cluster's own time that it shows.
#
#   benchmarks/rehearse.sh [rounds]        default 3
#
# Lines that begin with a word and `=` are for machines. Exit codes: 0 the limit holds, 1 it does not, 2 something did not run.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
rounds=${1:-3}
case $rounds in '' | *[!0-9]* | 0) echo "rehearse.sh: give how many rounds, 1 or more" >&2; exit 2 ;; esac
limit=30

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
"$root/build.sh" --help >"$folder/output"

for round in $(seq "$rounds"); do
  TIMEFORMAT=%3R
  { time "$root/build.sh" Rehearse --branch master >"$folder/output" 2>&1; } 2>>"$folder/seconds" || {
    cat -- "$folder/output" >&2
    echo "rehearse.sh: round $round ended with another code than 0, so there is nothing to measure" >&2
    exit 2
  }
done

faults=$(grep -c ' unanswered  ' "$folder/output")
seconds=$(sort -n -- "$folder/seconds" | awk '{ value[NR] = $1 } END { print (NR % 2) ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }')
shown=$(sed -n 's/.* exit [0-9]* *\([0-9.]*\) s .*/\1/p' "$folder/output" | awk '{ sum += $1 } END { print sum }')
if awk -v observed="$seconds" -v limit="$limit" 'BEGIN { exit !(observed <= limit) }'; then verdict=holds; else verdict=exceeded; fi
echo "rehearse=$seconds limit=$limit $verdict"
echo "faults=$faults"
awk -v shown="$shown" -v seconds="$seconds" 'BEGIN { printf "cluster_seconds_each_second=%.1f\n", shown / seconds }'
[ "$verdict" = holds ]
