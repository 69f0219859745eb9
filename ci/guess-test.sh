#!/usr/bin/env bash
# ci/guess-test.sh [timing|flood]: what an attacker of POST /auth could measure and could break, on the built jar.
#
#   timing  Whether an unknown email answers as a wrong password does. The statistic stands in guess-test/Timing.java.
#   flood   200 clients sign in at once, and again as soon as they have their answer; meanwhile GET /contents must stay
#           fast: its 99th percentile at most 3 times the calm one, or 20 ms. See guess-test/Flood.java.
#
# Without an argument both. Each prints its figures, and is tried several times before it is a failure: a machine that does
# something else for seconds is no finding, what is found each time is. The service has its defaults but for
# GUESSES_PER_ADDRESS: all the guesses come from one address. Needs target/quarkus-app (mvn package), curl, openssl.
set -euo pipefail
cd "$(dirname "$0")/.."
fail() { echo "guess-test: $*" >&2; exit 1; }
for tool in java curl openssl; do command -v "$tool" >/dev/null || fail "$tool is missing"; done
[ -f target/quarkus-app/quarkus-run.jar ] || fail "run 'mvn -DskipTests package' first"
port=${PORT:-18380}
url=http://127.0.0.1:$port

work=$(mktemp -d)
JWT_SECRET=$(openssl rand -hex 32) ADMIN_EMAIL=root@xyz.com ADMIN_PASSWORD='umbrella gravel seventeen' \
  GUESSES_PER_ADDRESS=1000000 DATA_DIR=$work/data PORT=$port MANAGEMENT_PORT=$((port + 1)) QUARKUS_SHUTDOWN_DELAY=0s \
  java -jar target/quarkus-app/quarkus-run.jar >"$work/log" 2>&1 &
service=$!
trap 'kill $service 2>/dev/null || true; wait $service 2>/dev/null || true; rm -rf "$work"' EXIT
curl -sf -o /dev/null --max-time 60 --retry 60 --retry-delay 1 --retry-connrefused "$url/" || { cat "$work/log" >&2; fail 'no answer'; }

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
case ${1:-both} in
  timing) tests=(Timing) ;;
  flood) tests=(Flood) ;;
  both) tests=(Flood Timing) ;;
  *) fail "timing, flood or nothing, not $1" ;;
esac
for test in "${tests[@]}"; do
  java -XX:TieredStopAtLevel=1 "ci/guess-test/$test.java" "$url" root@xyz.com 'umbrella gravel seventeen' || fail "$test failed"
done
