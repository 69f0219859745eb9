#!/usr/bin/env bash
# ci/oidc-test.sh: a foreign service verifies our tokens by our JWK set. Builds ci/oidc-verifier, a Quarkus OIDC
# application that shares no code with ours, starts it beside the built jar, and tries good tokens, forged ones and
# tokens of a key that it has never seen. Needs target/quarkus-app (mvn package), Maven, curl, jq, openssl.
set -euo pipefail
cd "$(dirname "$0")/.."
fail() { echo "oidc-test: $*" >&2; exit 1; }
for tool in mvn curl jq openssl; do command -v "$tool" >/dev/null || fail "$tool is missing"; done
[ -f target/quarkus-app/quarkus-run.jar ] || fail "run 'mvn -DskipTests package' first"
port=${PORT:-18280}
ours=http://127.0.0.1:$port foreign=http://127.0.0.1:$((port + 2))

version=$(sed -n 's/.*<quarkus.platform.version>\(.*\)<.*/\1/p' pom.xml)
mvn -B -ntp -q -f ci/oidc-verifier/pom.xml -Dquarkus.platform.version="$version" package </dev/null

work=$(mktemp -d)
pids=()
stop() {
  if ((${#pids[@]})); then kill "${pids[@]}" 2>/dev/null || true; wait "${pids[@]}" 2>/dev/null || true; fi
  pids=()
}
trap 'stop; rm -rf "$work"' EXIT
await() { # await URL LOG: until it answers, whatever it says
  curl -s -o /dev/null --max-time 60 --retry 60 --retry-delay 1 --retry-connrefused "$1" || { cat "$2" >&2; fail "no answer from $1"; }
}
token() {
  curl -sf "$ours/auth" -H 'Content-Type: application/json' -d '{"email":"root@xyz.com","password":"umbrella gravel seventeen"}' | jq -r .token
}
who() { curl -s -o "$work/answer" -w '%{http_code}' -H "Authorization: Bearer $1" "$foreign/who"; }
says() { # says STATUS WHAT TOKEN
  local status
  status=$(who "$3")
  [ "$status" = "$1" ] || { cat "$work/foreign.log" >&2; fail "$2: $1 expected, the foreign service says $status"; }
  echo "$algorithm: $2: $status"
}

for algorithm in ES256 EdDSA; do
  JWT_SECRET=$(openssl rand -hex 32) JWT_ALGORITHM=$algorithm DATA_DIR=$work/$algorithm PORT=$port MANAGEMENT_PORT=$((port + 1)) \
    QUARKUS_SHUTDOWN_DELAY=0s ADMIN_EMAIL=root@xyz.com ADMIN_PASSWORD='umbrella gravel seventeen' \
    java -jar target/quarkus-app/quarkus-run.jar >"$work/ours.log" 2>&1 &
  pids+=($!)
  await "$ours/" "$work/ours.log"
  # A moment between two fetches of the set, where a service of its own would keep the usual minutes.
  QUARKUS_HTTP_PORT=$((port + 2)) QUARKUS_OIDC_AUTH_SERVER_URL=$ours QUARKUS_OIDC_TOKEN_FORCED_JWK_REFRESH_INTERVAL=1S \
    java -jar ci/oidc-verifier/target/quarkus-app/quarkus-run.jar >"$work/foreign.log" 2>&1 &
  pids+=($!)
  await "$foreign/who" "$work/foreign.log"

  token=$(token)
  says 200 'our token' "$token"
  [ "$(cat "$work/answer")" = "root@xyz.com $(cut -d. -f2 <<<"$token" | tr '_-' '/+' | jq -Rr '@base64d | fromjson | .sub')" ] ||
    fail "it read $(cat "$work/answer") from the token"
  says 401 'no signature' "${token%.*}."
  says 401 'another signature' "${token%.*}.$(openssl rand 64 | base64 -w0 | tr '/+' '_-' | tr -d =)"
  says 401 'other claims' "${token%%.*}.$(printf '{"sub":"root","exp":1999999999}' | base64 -w0 | tr '/+' '_-' | tr -d =).${token##*.}"

  curl -sf -o /dev/null "$ours/keys/rotate" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d '{"compromised":true}'
  says 200 'a token of a key that it has not seen yet' "$(token)"
  says 401 'a token of the key that was dropped' "$token"
  stop
done
