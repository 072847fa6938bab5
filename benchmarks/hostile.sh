#!/usr/bin/env bash
# What hostile callers cost the others, and what guests leave behind, on the service as it is shipped.
#
#   benchmarks/hostile.sh [seconds] [executions] [settle]        default 20 seconds a measurement, 100000 executions, 45 seconds
#
# First: p50 and p99 of a well-behaved caller alone, then while 50 hostile requests of 5 keys are in flight (guests that sleep, never
# end, write or eat memory without end), then alone again. Second: resident memory, threads and descriptors after a first tenth
# of the executions and after all of them, some of which fail; each time as many seconds later as the third argument says.
# Lines that begin with "hostile" are for machines. Exit codes: 0 measured, 2 something did not run.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"
seconds=${1:-20}
executions=${2:-100000}
# Threads that the framework's pool does not need end after 20 seconds.
settle=${3:-45}
hostile=(sleeper spinner flooder eater sleeper)

for module in echo eater flooder sleeper spinner; do
  compile "$module"
  form "$folder/$module.wasm" >"$folder/$module.form"
done
build src/WasmWizard.Service
start_service
key[good]=$(new_key unlimited good)
id[good]=$(upload service "$folder/echo.form" "${key[good]}")
for i in "${!hostile[@]}"; do
  key[$i]=$(new_key unlimited "hostile$i")
  id[$i]=$(upload service "$folder/${hostile[$i]}.form" "${key[$i]}")
done
echo hello >"$folder/input"

well_behaved() { load service "/api/modules/${id[good]}/execute" text/plain "$folder/input" "${key[good]}" 4 "$1"; }
metric() { curl -sf "http://127.0.0.1:${port[service]}/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }
field() { tr ' ' '\n' <<<"$1" | sed -n "s/^$2=//p"; }

echo "$(nproc) cores; 4 well-behaved connections, $seconds s each"
# Half a measurement warms up.
well_behaved $(((seconds + 1) / 2)) >"$folder/warm.log"
quiet=$(well_behaved "$seconds")
echo "alone      $quiet"
for i in "${!hostile[@]}"; do
  load service "/api/modules/${id[$i]}/execute" text/plain "$folder/input" "${key[$i]}" 10 $((seconds + 6)) >"$folder/hostile$i.log" &
  process[hostile$i]=$!
done
sleep 2
echo "in flight  $(metric wasm_wizard_executions_running) run, $(metric wasm_wizard_queue_depth) wait"
crowded=$(well_behaved "$seconds")
echo "crowded    $crowded"
for i in "${!hostile[@]}"; do
  wait "${process[hostile$i]}"
  unset "process[hostile$i]"
  echo "hostile    ${hostile[$i]}: $(cat "$folder/hostile$i.log")"
done
after=$(well_behaved "$seconds")
echo "afterwards $after"
awk -v quiet="$(field "$quiet" p99)" -v crowded="$(field "$crowded" p99)" -v after="$(field "$after" p99)" \
  -v failed=$(($(field "$quiet" failed) + $(field "$crowded" failed) + $(field "$after" failed))) \
  'BEGIN { printf "hostile p99_ratio=%.2f p99_quiet_ms=%.2f p99_crowded_ms=%.2f p99_afterwards_ms=%.2f failed=%d\n", crowded / quiet, quiet, crowded, after, failed }'

pid=${process[service]}
done_so_far() { curl -sf "http://127.0.0.1:${port[service]}/metrics" | awk '/^wasm_wizard_executions_total/ { total += $2 } END { print total + 0 }'; }
held() { echo "$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status") $(find "/proc/$pid/task" -mindepth 1 -maxdepth 1 | wc -l) $(find "/proc/$pid/fd" -mindepth 1 | wc -l)"; }
execute_until() {
  while [ "$(done_so_far)" -lt "$1" ]; do
    well_behaved 5 >"$folder/good.log"
    load service "/api/modules/${id[3]}/execute" text/plain "$folder/input" "${key[3]}" 4 1 >"$folder/bad.log"
  done
  sleep "$settle"
}

start=$(done_so_far)
execute_until $((start + executions / 10))
read -r rss threads descriptors <<<"$(held)"
first=$(done_so_far)
execute_until $((first + executions))
read -r rss_then threads_then descriptors_then <<<"$(held)"
awk -v count=$(($(done_so_far) - first)) -v rss="$rss" -v rss_then="$rss_then" -v threads="$threads" -v threads_then="$threads_then" \
  -v descriptors="$descriptors" -v descriptors_then="$descriptors_then" \
  'BEGIN { printf "hostile executions=%d rss_kib=%d rss_kib_then=%d rss_ratio=%.3f threads=%d threads_then=%d descriptors=%d descriptors_then=%d\n", count, rss, rss_then, rss_then / rss, threads, threads_then, descriptors, descriptors_then }'
