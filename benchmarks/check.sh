#!/usr/bin/env bash
# How long `./build.sh Check` takes on a repository of 1,000 files, its own start included: workflows, manifests, Compose files,
# alerts, scripts, Dockerfiles, migrations and sources in turns.
#
#   benchmarks/check.sh [rounds]        default 5
#
# The last line is for machines. Exit codes: 0 the median is at most 2 s, 1 it is above, 2 something did not run.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
rounds=${1:-5}
limit=2.0
case $rounds in '' | *[!0-9]* | 0)
  echo "check.sh: $rounds is no number of rounds" >&2
  exit 2
  ;;
esac

folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
git -C "$folder" init -q -b main
mkdir -p "$folder"/.github/workflows "$folder"/{k8s,deploy,monitoring,scripts,docker,migrations,src,docs}
# The scripts that are written keep their own variables.
# shellcheck disable=SC2016
for n in $(seq 1 100); do
  printf 'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n          cargo test --workspace\n          ./scripts/step%s.sh | tee log\n' "$n" >"$folder/.github/workflows/w$n.yml"
  printf 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: app%s }\nspec:\n  template:\n    metadata: { labels: { app: a } }\n    spec:\n      containers:\n        - { name: app, image: "app:1.%s", readinessProbe: { httpGet: { path: /ready } } }\n' "$n" "$n" >"$folder/k8s/app$n.yaml"
  printf 'services:\n  app:\n    build: .\n    healthcheck: { test: curl http://localhost/ready }\n' >"$folder/deploy/docker-compose.$n.yml"
  printf 'groups:\n  - name: g%s\n    rules:\n      - { alert: A, expr: "sum(rate(app_requests_total[5m])) > %s" }\n' "$n" "$n" >"$folder/monitoring/alerts$n.yml"
  printf '#!/bin/bash\nset -euo pipefail\nfor i in 1 2 3; do echo "$i"; done\nkubectl rollout status deployment/app%s\n' "$n" >"$folder/scripts/step$n.sh"
  printf 'FROM debian:12 AS build\nCOPY src/ /src\nHEALTHCHECK CMD curl -f http://localhost/ready\n' >"$folder/docker/Dockerfile.$n"
  printf 'CREATE TABLE t%s (id bigint);\n' "$n" >"$folder/migrations/$n.sql"
  printf '# Part %s\n- item\n\n```bash\nls\n```\n' "$n" >"$folder/docs/deploy-$n.md"
  { for line in $(seq 1 200); do echo "let name$line = route(\"/ready\", \"app_requests_total\", $line);"; done; } >"$folder/src/a$n.rs"
  cp "$folder/src/a$n.rs" "$folder/src/b$n.rs"
done
git -C "$folder" add -A

times=()
for ((round = 0; round <= rounds; round++)); do
  begin=$(date +%s.%N)
  status=0
  "$root/build.sh" Check --repository "$folder" >/dev/null 2>&1 || status=$?
  end=$(date +%s.%N)
  if [ "$status" -ne 0 ] && [ "$status" -ne 3 ]; then
    echo "check.sh: Check ended with $status" >&2
    exit 2
  fi
  # The first round compiles the build, where that is needed.
  if [ "$round" -gt 0 ]; then times+=("$(awk -v b="$begin" -v e="$end" 'BEGIN { printf "%.2f", e - b }')"); fi
done
median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$(((rounds + 1) / 2))p")
echo "$(git -C "$folder" ls-files | wc -l) files, seconds: ${times[*]}"
echo "check-seconds median=$median limit=$limit"
awk -v m="$median" -v l="$limit" 'BEGIN { exit !(m <= l) }'
