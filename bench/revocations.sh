#!/usr/bin/env bash
# bench/revocations.sh [ROUNDS] [SECONDS] [ENTRIES]: what a long revocation list costs GET /contents, in one run.
#
# Starts the packaged jar twice on one core, once with an empty list and once with ENTRIES (100000) ended sessions,
# and wrk on another core; warms both up, then measures them in many short turns, since the machine moves more than the
# list does. Prints requests a second and CPU microseconds a request, from each process's own accounting, their ratios,
# and the ratios' medians.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-50} seconds=${2:-1} entries=${3:-100000} port=${PORT:-18080}
. bench/common.sh
export SIGN_UP=open PASSWORD_MIN_LENGTH=5
size() { curl -sf "http://127.0.0.1:$(($1 + 1))/q/metrics" | awk '/^revocation_list_size/ {printf "%d", $2}'; }

start long $((port + 10)) taskset -c 0 # makes the schema
kill -9 "${processes[0]}"
wait "${processes[0]}" 2>/dev/null || true
java -cp "$(ls target/quarkus-app/lib/main/org.xerial.sqlite-jdbc-*.jar)" bench/EndedSessions.java \
  "$work/long/accounts.db" "$entries" 2>/dev/null
processes=()
start long $((port + 10)) taskset -c 0
start empty "$port" taskset -c 0
if [ "$(size "$port")" != 0 ] || [ "$(size $((port + 10)))" != "$entries" ]; then
  fail "the lists have $(size "$port") and $(size $((port + 10))) entries"
fi
token_long=$(token $((port + 10)) abc@xyz.com mypwd)
token_empty=$(token "$port" abc@xyz.com mypwd)
long() { load "${processes[0]}" "$1" "http://127.0.0.1:$((port + 10))/contents" "$token_long"; }
empty() { load "${processes[1]}" "$1" "http://127.0.0.1:$port/contents" "$token_empty"; }

circumstances
for server in empty long empty long; do "$server" 10 >/dev/null; done
for ((round = 1; round <= rounds; round++)); do
  read -r empty_rate empty_cpu _ < <(empty "$seconds")
  read -r rate cost _ < <(long "$seconds")
  awk -v r="$round" -v n="$entries" -v a="$empty_rate" -v b="$rate" -v c="$empty_cpu" -v d="$cost" 'BEGIN {
    printf "round %d: empty list %d/s %.1f us, %d entries %d/s %.1f us; long to empty: throughput %.2f, CPU %.2f\n",
      r, a, c, n, b, d, b / a, d / c }' | tee -a "$work/rounds"
done
median() { sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'; }
echo "median: throughput $(sed 's/.*throughput \([0-9.]*\).*/\1/' "$work/rounds" | median)," \
  "CPU $(sed 's/.*CPU //' "$work/rounds" | median); load at the end $(cut -d' ' -f1 /proc/loadavg)"
