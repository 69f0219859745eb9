#!/usr/bin/env bash
# bench/contents.sh [ROUNDS] [SECONDS]: what GET /contents costs beside GET /, in one run.
#
# Starts the packaged jar on one core and wrk on another, warms both paths up, then measures them in turn.
# Prints requests a second and CPU microseconds a request, from the process's own accounting, and the ratios
# of each pair.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3} seconds=${2:-8} port=${PORT:-18080}
. bench/common.sh
export SIGN_UP=open PASSWORD_MIN_LENGTH=5
start data "$port" taskset -c 0
token=$(token "$port" abc@xyz.com mypwd)
measure() { load "${processes[0]}" "$2" "http://127.0.0.1:$port$1" "$token"; }

circumstances
for path in / /contents / /contents; do measure "$path" 10 >/dev/null; done
for ((round = 1; round <= rounds; round++)); do
  read -r root_rate root_cpu _ < <(measure / "$seconds")
  read -r rate cost _ < <(measure /contents "$seconds")
  awk -v r="$round" -v a="$root_rate" -v b="$rate" -v c="$root_cpu" -v d="$cost" 'BEGIN {
    printf "round %d: / %d/s %.1f us, /contents %d/s %.1f us; /contents to /: throughput %.2f, CPU %.2f\n", r, a, c, b, d, b / a, c / d }'
done
echo "load at the end $(cut -d' ' -f1 /proc/loadavg)"
