#!/usr/bin/env bash
# ci/readme-calls.sh: runs README's own commands, word for word as they stand there, against the built jar
# outside development, and checks that they answer what README says. Prints the seconds from the start to
# the first answer. Needs target/quarkus-app (mvn package), curl, jq, openssl, and ports 8080 and 9000 free.
set -euo pipefail
set -m # the service gets a process group, by which it is ended whole
cd "$(dirname "$0")/.."

fail() { echo "readme-calls: $*" >&2; exit 1; }
for tool in curl jq openssl; do command -v "$tool" >/dev/null || fail "$tool is missing"; done
[ -f target/quarkus-app/quarkus-run.jar ] || fail "run 'mvn -DskipTests package' first"

readme=$PWD/README.md
block() { # block LANGUAGE PATTERN: the first block of README in this language that has the pattern
  awk -v language="$1" -v pattern="$2" '
    /^```/ && !inside { inside = 1; fence = $0; text = ""; next }
    /^```/ { inside = 0; if (fence == "```" language && text ~ pattern) { printf "%s", text; found = 1; exit } }
    inside { text = text $0 "\n" }
    END { exit !found }' "$readme" || fail "README has no $1 block with $2"
}
same() { # same WHAT EXPECTED ACTUAL
  [ "$2" = "$3" ] || fail "$1: README says $2, the service says $3"
  echo "as README says: $1"
}

# In a directory of its own: the commands write .env_file and ./data.
work=$(mktemp -d)
service=
stop() {
  if [ -n "$service" ]; then kill -- "-$service" 2>/dev/null || true; wait "$service" || true; fi
  rm -rf "$work"
}
trap stop EXIT
cp .env_file.example "$work"
ln -s "$PWD/target" "$work/target"
cd "$work"

trial=$(block sh 'env_file.example > .env_file')
sh -c "$(head -n 1 <<<"$trial")"
grep -Eq '^JWT_SECRET=[0-9a-f]{64}$' .env_file || fail 'the command left JWT_SECRET empty'

begun=$(date +%s%N)
sh -c "$(tail -n +2 <<<"$trial")" >log 2>&1 &
service=$!
until curl -sf -o /dev/null localhost:8080/; do
  kill -0 "$service" 2>/dev/null || { cat log >&2; fail 'the service did not start'; }
  ((($(date +%s%N) - begun) < 60000000000)) || { cat log >&2; fail 'no answer within 60 s'; }
  sleep 0.02
done
answered=$(date +%s%N)
kill -0 "$service" 2>/dev/null || { cat log >&2; fail 'something else answers on port 8080'; }
awk -v ns="$((answered - begun))" 'BEGIN { printf "start to first answer: %.2f s\n", ns / 1e9 }'

same 'GET /' '"Healthy"' "$(curl -sf localhost:8080/)"
eval "$(block sh 'export TOKEN=')" 2>/dev/null
[[ $TOKEN == *.*.* ]] || fail "signing in gave '$TOKEN'"
header=$(cut -d. -f1 <<<"$TOKEN" | jq -cR '@base64d | fromjson | [.alg, .typ]')
same "the token's alg and typ" '["HS256","JWT"]' "$header"
claims=$(eval "$(block sh '/contents')" 2>/dev/null)
shape='[keys_unsorted, .iss, .email, .email_verified, .groups, .exp - .nbf]'
same "the claims" "$(block json '"sid"' | jq -c "$shape")" "$(jq -c "$shape" <<<"$claims")"

refreshed=$(eval "$(block sh 'export REFRESH=')" 2>/dev/null)
same "what a refresh answers" '["token","token_type","expires_in","refresh_token","refresh_expires_in"]' \
  "$(jq -c keys_unsorted <<<"$refreshed")"
eval "$(block sh '/auth/logout')" 2>/dev/null
same "a token after logging out" 401 \
  "$(curl -s -o /dev/null -w '%{http_code}' localhost:8080/contents -H "Authorization: Bearer $TOKEN")"

lines='s/\r//; /^X-Request-Id/d; s/"request_id":"[^"]*"/"request_id"/'
problem=$(eval "$(block sh 'curl -i')" 2>/dev/null)
same 'the problem document' "$(block '' '^HTTP/1.1 400' | sed "$lines")" "$(sed "$lines" <<<"$problem")"

kill -- "-$service"
wait "$service" || true
service=
grep -q 'WARN .*SIGN_UP is open' log || fail 'no warning that SIGN_UP is open'
if grep -E ' (WARN|ERROR) |^\sat ' log | grep -v 'SIGN_UP is open' >&2; then fail 'the log has warnings'; fi
echo 'stopped; no other warning in its log than that sign-up is open'
