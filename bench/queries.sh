#!/usr/bin/env bash
# bench/queries.sh [ROUNDS] [SECONDS]: what slow statements at POST /query cost everybody else, in one run.
#
# Starts the packaged jar with its embedded stores and measures GET /contents and POST /auth, calm and while four clients
# send statements that never end by themselves, in turn. Prints requests a second, the 99th percentile in milliseconds,
# and the ratios. SQLite computes in this process: as many statements run as there are cores but one, and the others are
# refused.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-3} seconds=${2:-8} port=${PORT:-18080}
. bench/common.sh
password=$(random_hex)
export ADMIN_EMAIL=admin@example.com ADMIN_PASSWORD=$password
start data "$port"

call() { curl -sSf -H 'Content-Type: application/json' "$@"; }
admin=$(token "$port" admin@example.com "$password")
id=$(call -H "Authorization: Bearer $admin" "http://127.0.0.1:$port/accounts" \
  -d "{\"email\":\"reader@example.com\",\"password\":\"$password\"}" | jq -r .id)
call -X PATCH -H "Authorization: Bearer $admin" "http://127.0.0.1:$port/accounts/$id" -d '{"roles":["query"]}' >/dev/null
token=$(token "$port" reader@example.com "$password")
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
contents() { load "${processes[0]}" "$1" "http://127.0.0.1:$port/contents" "$token" -c8; }
auth() { load "${processes[0]}" "$1" "http://127.0.0.1:$port/auth" "$token" -c1 -s "$work/auth.lua"; }

circumstances
contents 15 >/dev/null
auth 5 >/dev/null
for ((round = 1; round <= rounds; round++)); do
  read -r contents_calm _ contents_calm_p99 < <(contents "$seconds")
  read -r auth_calm _ auth_calm_p99 < <(auth "$seconds")
  for _ in 1 2 3 4; do ask_for_ever >>"$work/answers" & clients+=($!); done
  processes+=("${clients[@]}")
  until grep -q 504 "$work/answers"; do sleep 0.2; done # the first one has been stopped: they run
  read -r contents_busy _ contents_busy_p99 < <(contents "$seconds")
  read -r auth_busy _ auth_busy_p99 < <(auth "$seconds")
  kill "${clients[@]}"
  wait "${clients[@]}" 2>/dev/null || true # ended by our signal
  awk -v r="$round" -v a="$contents_calm" -v b="$contents_busy" -v c="$contents_calm_p99" -v d="$contents_busy_p99" \
    -v e="$auth_calm" -v f="$auth_busy" -v g="$auth_calm_p99" -v h="$auth_busy_p99" 'BEGIN {
      printf "round %d: /contents %d/s, beside slow statements %d/s: %.2f, p99 %.1f and %.1f ms; ", r, a, b, b / a, c, d
      printf "/auth %d/s and %d/s: %.2f, p99 %.1f and %.1f ms\n", e, f, f / e, g, h }'
  clients=()
  processes=("${processes[0]}")
  : >"$work/answers"
done
