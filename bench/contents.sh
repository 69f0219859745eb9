#!/usr/bin/env bash
# bench/contents.sh [ROUNDS] [SECONDS]: what GET /contents costs beside GET /, in one run.
#
# Starts the packaged jar on one core and wrk on another, warms both paths up, then measures them in turn.
# Prints requests a second and CPU microseconds a request, from the process's own accounting, and the ratios
# of each pair. Needs target/quarkus-app (mvn package -DskipTests), wrk, curl, jq, taskset.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3} seconds=${2:-8} port=${PORT:-18080}
for tool in wrk curl jq taskset; do
  command -v "$tool" >/dev/null || { echo "bench: $tool is missing: apt-get install wrk curl jq util-linux" >&2; exit 1; }
done
[ -f target/quarkus-app/quarkus-run.jar ] || { echo "bench: run 'mvn package -DskipTests' first" >&2; exit 1; }

data=$(mktemp -d)
JWT_SECRET=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n') SIGN_UP=open PASSWORD_MIN_LENGTH=5 DATA_DIR=$data \
  PORT=$port MANAGEMENT_PORT=$((port + 1)) taskset -c 0 java -jar target/quarkus-app/quarkus-run.jar >"$data/log" 2>&1 &
server=$!
trap 'kill $server; rm -rf "$data"' EXIT
curl -sf --max-time 60 --retry 30 --retry-delay 1 --retry-connrefused "http://127.0.0.1:$port/" >/dev/null
token=$(curl -sf "http://127.0.0.1:$port/auth" -H 'Content-Type: application/json' \
  -d '{"email":"abc@xyz.com","password":"mypwd"}' | jq -r .token)

cpu() { awk -v tick="$(getconf CLK_TCK)" '{print ($14 + $15) * 1000000 / tick}' "/proc/$server/stat"; }
measure() { # measure PATH SECONDS: requests a second, CPU microseconds a request
  local before after report
  before=$(cpu)
  report=$(taskset -c 1 wrk -t1 -c32 -d"${2}s" -H "Authorization: Bearer $token" "http://127.0.0.1:$port$1")
  after=$(cpu)
  if grep -q 'Non-2xx' <<<"$report"; then echo "bench: $1 did not answer 200" >&2; exit 1; fi
  awk -v a="$before" -v b="$after" '/requests in/ {n = $1} /Requests\/sec/ {print $2, (b - a) / n}' <<<"$report"
}

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -1), commit $(git rev-parse --short HEAD)"
for path in / /contents; do measure "$path" 10 >/dev/null; done
for ((round = 1; round <= rounds; round++)); do
  read -r root_rate root_cpu < <(measure / "$seconds")
  read -r rate cost < <(measure /contents "$seconds")
  awk -v r="$round" -v a="$root_rate" -v b="$rate" -v c="$root_cpu" -v d="$cost" 'BEGIN {
    printf "round %d: / %d/s %.1f us, /contents %d/s %.1f us; /contents to /: throughput %.2f, CPU %.2f\n", r, a, c, b, d, b / a, c / d }'
done
echo "load at the end $(cut -d' ' -f1 /proc/loadavg)"
