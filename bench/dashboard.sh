#!/usr/bin/env bash
# bench/dashboard.sh [CALLS]: how long GET /dashboard/data and GET /audit take beside a million rows, on both stores.
#
# Starts the packaged jar, fills its store by bench/dashboard.sql and asks CALLS (100) times for each address, one after
# the other. Prints the median, the 99th percentile and the slowest answer in milliseconds, and fails where the median
# of GET /dashboard/data is 50 or more. The embedded store always; PostgreSQL where DATABASE_URL, DATABASE_USERNAME and
# DATABASE_PASSWORD name an empty database, which is left full. Needs target/quarkus-app (mvn package -DskipTests),
# curl, jq, sqlite3; psql for PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
calls=${1:-100} port=${PORT:-18080} failed=0
url=${DATABASE_URL:-}
unset DATABASE_URL
for tool in curl jq sqlite3 ${url:+psql}; do
  command -v "$tool" >/dev/null || { echo "bench: $tool is missing: apt-get install curl jq sqlite3 postgresql-client" >&2; exit 1; }
done
[ -f target/quarkus-app/quarkus-run.jar ] || { echo "bench: run 'mvn package -DskipTests' first" >&2; exit 1; }

work=$(mktemp -d)
server=
leave() { if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi; rm -rf "$work"; }
trap leave EXIT
secret() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
JWT_SECRET=$(secret) ADMIN_PASSWORD=$(secret) ADMIN_EMAIL=admin@example.com
export JWT_SECRET ADMIN_PASSWORD ADMIN_EMAIL PORT=$port MANAGEMENT_PORT=$((port + 1)) DATA_DIR=$work/data
address=http://127.0.0.1:$port

start() { # start [VARIABLE=VALUE...]: the server
  env "$@" java -jar target/quarkus-app/quarkus-run.jar >"$work/log" 2>&1 &
  server=$!
  curl -sf --max-time 60 --retry 60 --retry-delay 1 --retry-connrefused "$address/" >/dev/null || { cat "$work/log" >&2; exit 1; }
  curl -sSf -H 'Content-Type: application/json' "$address/auth" \
    -d "{\"email\":\"$ADMIN_EMAIL\",\"password\":\"$ADMIN_PASSWORD\"}" | jq -r '"Authorization: Bearer " + .token' >"$work/header"
}
measure() { # measure NAME PATH [MOST]
  local figures
  for ((call = 0; call < 20; call++)); do curl -sSf -o /dev/null -H "@$work/header" "$address$2"; done # warm
  for ((call = 0; call < calls; call++)); do
    curl -sSf -o /dev/null -H "@$work/header" -w '%{time_total}\n' "$address$2"
  done | sort -n | awk '{t[NR] = $1 * 1000} END {printf "%.1f %.1f %.1f\n", t[int((NR + 1) / 2)], t[int(NR * 0.99)], t[NR]}' >"$work/figures"
  read -r -a figures <"$work/figures"
  echo "  $1: median ${figures[0]} ms, 99th percentile ${figures[1]} ms, slowest ${figures[2]} ms"
  if [ -n "${3:-}" ] && awk -v a="${figures[0]}" -v b="$3" 'BEGIN {exit !(a >= b)}'; then failed=1; fi
}
measure_all() {
  local account=11111111-0000-7000-8000-100000000042
  measure '/dashboard/data, 24 hours' '/dashboard/data?hours=24' 50
  measure '/dashboard/data, 7 days' '/dashboard/data?hours=168' 50
  measure '/dashboard/data, 30 days' '/dashboard/data?hours=720' 50
  measure '/audit' '/audit'
  measure '/audit, a kind' '/audit?kind=refusal'
  measure '/audit, an account and a kind' "/audit?account=$account&kind=sign-in"
  curl -sSf -H "@$work/header" "$address/dashboard/data" | jq -r '"  active sessions: \(.history.active_sessions)"'
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
}

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -1), commit $(git rev-parse --short HEAD)"
now=$(date +%s)
echo 'SQLite'
start
sed "s/:now/$now/g" bench/dashboard.sql | sqlite3 "$work/data/accounts.db"
measure_all
if [ -n "$url" ]; then
  echo 'PostgreSQL'
  start DATABASE_URL="$url"
  { sed "s/:now/$now/g" bench/dashboard.sql; echo 'ANALYZE;'; } |
    PGPASSWORD=${DATABASE_PASSWORD:-} psql -q -v ON_ERROR_STOP=1 -U "${DATABASE_USERNAME:-}" "${url#jdbc:}"
  measure_all
fi
echo "load at the end $(cut -d' ' -f1 /proc/loadavg)"
[ "$failed" = 0 ]
