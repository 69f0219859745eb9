#!/usr/bin/env bash
# bench/soak.sh [MINUTES]: thirty minutes, or so many, of all kinds of calls at a bounded rate (about 180 a second, see
# bench/MixedLoad.java), by hand before a release. Fails where an answer is not the right one or where memory grows.
#
# The service has the heap of a container of 256 MiB (src/main/docker/jvm.options). The embedded store; PostgreSQL where
# DATABASE_URL, DATABASE_USERNAME and DATABASE_PASSWORD name an empty database. The report goes to bench/soak.md too
# when the run has the full thirty minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-30}
# shellcheck source=bench/common.sh
. bench/common.sh
export SIGN_UP=open GUESSES_PER_ADDRESS=1000 ADMIN_EMAIL=root@xyz.com ADMIN_PASSWORD='umbrella gravel seventeen'
export JAVA_TOOL_OPTIONS='-XX:MaxRAM=256m -XX:MaxRAMPercentage=35 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=48m -XX:MaxDirectMemorySize=16m -Xss512k'
port=${PORT:-18480}
start soak "$port"
unset JAVA_TOOL_OPTIONS

# The console of the dashboard needs a role that the first administrator does not have.
token=$(token "$port" "$ADMIN_EMAIL" "$ADMIN_PASSWORD")
account=$(curl -sf -H "Authorization: Bearer $token" "http://127.0.0.1:$port/accounts/me" | jq -r .id)
curl -sf -o /dev/null -X PATCH -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
  -d '{"roles":["admin","query"]}' "http://127.0.0.1:$port/accounts/$account"

{
  echo '# Mixed load'
  echo
  echo "\`bash bench/soak.sh $minutes\` on $(date -u +%F), ${DATABASE_URL:+PostgreSQL, }$(circumstances)"
  echo
  echo '| call | right answers |'
  echo '| --- | --- |'
} >"$work/report"
status=0
java bench/MixedLoad.java "http://127.0.0.1:$port" "${processes[0]}" "$minutes" "$ADMIN_EMAIL" "$ADMIN_PASSWORD" \
  >>"$work/report" || status=$?
cat "$work/report"
errors=$(grep -c ' ERROR ' "$work/soak.log" || true)
echo "errors in the service's log: $errors"
if [ "$status" != 0 ] || [ "$errors" != 0 ]; then
  grep -E -A 30 ' (ERROR|WARN) ' "$work/soak.log" | head -n 200 >&2
  fail 'see above'
fi
if ((minutes >= 30)); then cp "$work/report" bench/soak.md; fi
