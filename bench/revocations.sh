#!/usr/bin/env bash
# bench/revocations.sh [ROUNDS] [SECONDS] [ENTRIES]: what a long revocation list costs GET /contents, in one run.
#
# Starts the packaged jar twice on one core, once with an empty list and once with ENTRIES (100000) ended sessions,
# and wrk on another core; warms both up, then measures them in turn. Prints requests a second and CPU microseconds a
# request, from each process's own accounting, and their ratios. Needs target/quarkus-app (mvn package -DskipTests),
# wrk, curl, jq, taskset.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3} seconds=${2:-8} entries=${3:-100000} port=${PORT:-18080}
for tool in wrk curl jq taskset; do
  command -v "$tool" >/dev/null || { echo "bench: $tool is missing: apt-get install wrk curl jq util-linux" >&2; exit 1; }
done
[ -f target/quarkus-app/quarkus-run.jar ] || { echo "bench: run 'mvn package -DskipTests' first" >&2; exit 1; }

work=$(mktemp -d)
servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
JWT_SECRET=$(head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n')
export JWT_SECRET SIGN_UP=open PASSWORD_MIN_LENGTH=5
start() { # start NAME PORT: the newest of servers
  DATA_DIR=$work/$1 PORT=$2 MANAGEMENT_PORT=$(($2 + 1)) taskset -c 0 \
    java -jar target/quarkus-app/quarkus-run.jar >"$work/$1.log" 2>&1 &
  servers+=($!)
  curl -sf --max-time 60 --retry 60 --retry-delay 1 --retry-connrefused "http://127.0.0.1:$2/" >/dev/null
}
token() {
  curl -sf "http://127.0.0.1:$1/auth" -H 'Content-Type: application/json' \
    -d '{"email":"abc@xyz.com","password":"mypwd"}' | jq -r .token
}
size() { curl -sf "http://127.0.0.1:$(($1 + 1))/q/metrics" | awk '/^revocation_list_size/ {printf "%d", $2}'; }

start long $((port + 10)) # makes the schema
kill -9 "${servers[0]}"
wait "${servers[0]}" 2>/dev/null || true
java -cp "$(ls target/quarkus-app/lib/main/org.xerial.sqlite-jdbc-*.jar)" bench/EndedSessions.java \
  "$work/long/accounts.db" "$entries" 2>/dev/null
servers=()
start long $((port + 10))
start empty "$port"
if [ "$(size "$port")" != 0 ] || [ "$(size $((port + 10)))" != "$entries" ]; then
  echo "bench: the lists have $(size "$port") and $(size $((port + 10))) entries" >&2
  exit 1
fi

cpu() { awk -v tick="$(getconf CLK_TCK)" '{print ($14 + $15) * 1000000 / tick}' "/proc/$1/stat"; }
measure() { # measure SERVER PORT TOKEN SECONDS: requests a second, CPU microseconds a request
  local before after report
  before=$(cpu "$1")
  report=$(taskset -c 1 wrk -t1 -c32 -d"${4}s" -H "Authorization: Bearer $3" "http://127.0.0.1:$2/contents")
  after=$(cpu "$1")
  if grep -q 'Non-2xx' <<<"$report"; then echo 'bench: /contents did not answer 200' >&2; exit 1; fi
  awk -v a="$before" -v b="$after" '/requests in/ {n = $1} /Requests\/sec/ {print $2, (b - a) / n}' <<<"$report"
}
empty=("${servers[1]}" "$port" "$(token "$port")")
long=("${servers[0]}" $((port + 10)) "$(token $((port + 10)))")

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -1), commit $(git rev-parse --short HEAD)"
measure "${empty[@]}" 10 >/dev/null
measure "${long[@]}" 10 >/dev/null
for ((round = 1; round <= rounds; round++)); do
  read -r empty_rate empty_cpu < <(measure "${empty[@]}" "$seconds")
  read -r rate cost < <(measure "${long[@]}" "$seconds")
  awk -v r="$round" -v n="$entries" -v a="$empty_rate" -v b="$rate" -v c="$empty_cpu" -v d="$cost" 'BEGIN {
    printf "round %d: empty list %d/s %.1f us, %d entries %d/s %.1f us; long to empty: throughput %.2f, CPU %.2f\n",
      r, a, c, n, b, d, b / a, d / c }'
done
echo "load at the end $(cut -d' ' -f1 /proc/loadavg)"
