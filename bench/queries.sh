#!/usr/bin/env bash
# bench/queries.sh [ROUNDS] [SECONDS]: what slow statements at POST /query cost everybody else, in one run.
#
# Starts the packaged jar with its embedded stores and measures GET /contents and POST /auth, calm and while four clients
# send statements that never end by themselves, in turn. Prints requests a second, the 99th percentile in milliseconds,
# and the ratios. SQLite computes in this process: as many statements run as there are cores but one, and the others are
# refused. Needs target/quarkus-app (mvn package -DskipTests), wrk, curl, jq.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3} seconds=${2:-8} port=${PORT:-18080}
for tool in wrk curl jq; do
  command -v "$tool" >/dev/null || { echo "bench: $tool is missing: apt-get install wrk curl jq" >&2; exit 1; }
done
[ -f target/quarkus-app/quarkus-run.jar ] || { echo "bench: run 'mvn package -DskipTests' first" >&2; exit 1; }

work=$(mktemp -d)
clients=()
secret() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
password=$(secret)
JWT_SECRET=$(secret) ADMIN_EMAIL=admin@example.com ADMIN_PASSWORD=$password DATA_DIR=$work/data PORT=$port \
  MANAGEMENT_PORT=$((port + 1)) java -jar target/quarkus-app/quarkus-run.jar >"$work/log" 2>&1 &
server=$!
leave() { kill "$server" "${clients[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"; }
trap leave EXIT
curl -sf --max-time 60 --retry 30 --retry-delay 1 --retry-connrefused "http://127.0.0.1:$port/" >/dev/null

call() { curl -sSf -H 'Content-Type: application/json' "$@"; }
sign_in() { call "http://127.0.0.1:$port/auth" -d "{\"email\":\"$1\",\"password\":\"$password\"}" | jq -r .token; }
admin=$(sign_in admin@example.com)
id=$(call -H "Authorization: Bearer $admin" "http://127.0.0.1:$port/accounts" \
  -d "{\"email\":\"reader@example.com\",\"password\":\"$password\"}" | jq -r .id)
call -X PATCH -H "Authorization: Bearer $admin" "http://127.0.0.1:$port/accounts/$id" -d '{"roles":["query"]}' >/dev/null
token=$(sign_in reader@example.com)
cat >"$work/auth.lua" <<LUA
wrk.method = "POST"
wrk.body = '{"email":"reader@example.com","password":"$password"}'
wrk.headers["Content-Type"] = "application/json"
LUA

slow='{"query":"with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"}'
ask_for_ever() {
  while :; do
    curl -s -o /dev/null -w '%{http_code}\n' -H 'Content-Type: application/json' -H "Authorization: Bearer $token" \
      "http://127.0.0.1:$port/query" -d "$slow" || true
    sleep 0.1
  done
}
measure() { # measure PATH CONNECTIONS SECONDS [OPTION...]: requests a second, 99th percentile in ms
  local path=$1 connections=$2 time=$3 report
  shift 3
  report=$(wrk -t1 -c"$connections" -d"${time}s" --latency -H "Authorization: Bearer $token" "$@" "http://127.0.0.1:$port$path")
  if grep -q 'Non-2xx' <<<"$report"; then echo "bench: $path did not answer 200: $report" >&2; exit 1; fi
  awk '$1 == "99%" { v = $2 + 0; if ($2 ~ /us$/) v /= 1000; else if ($2 !~ /ms$/) v *= 1000; p = v }
    /Requests\/sec/ { print $2, p }' <<<"$report"
}
contents() { measure /contents 8 "$seconds"; }
auth() { measure /auth 1 "$seconds" -s "$work/auth.lua"; }

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -1), commit $(git rev-parse --short HEAD)"
measure /contents 8 10 >/dev/null
measure /auth 1 3 -s "$work/auth.lua" >/dev/null
for ((round = 1; round <= rounds; round++)); do
  read -r contents_calm contents_calm_p99 < <(contents)
  read -r auth_calm auth_calm_p99 < <(auth)
  for _ in 1 2 3 4; do ask_for_ever >>"$work/answers" & clients+=($!); done
  until grep -q 504 "$work/answers"; do sleep 0.2; done # the first one has been stopped: they run
  read -r contents_busy contents_busy_p99 < <(contents)
  read -r auth_busy auth_busy_p99 < <(auth)
  kill "${clients[@]}"
  wait "${clients[@]}" 2>/dev/null || true # ended by our signal
  awk -v r="$round" -v a="$contents_calm" -v b="$contents_busy" -v c="$contents_calm_p99" -v d="$contents_busy_p99" \
    -v e="$auth_calm" -v f="$auth_busy" -v g="$auth_calm_p99" -v h="$auth_busy_p99" 'BEGIN {
      printf "round %d: /contents %d/s, beside slow statements %d/s: %.2f, p99 %.1f and %.1f ms; ", r, a, b, b / a, c, d
      printf "/auth %d/s and %d/s: %.2f, p99 %.1f and %.1f ms\n", e, f, f / e, g, h }'
  clients=()
  : >"$work/answers"
done
