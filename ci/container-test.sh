#!/usr/bin/env bash
# ci/container-test.sh: builds the image and tries it as a newcomer does: by README's docker run with an env file, the
# seed's calls, a restart on the same volume; then as a cluster does: any user, a read-only root, no capabilities, 256 MiB;
# then 256 clients at once in as little memory.
# Prints the image's layers, seconds from start to ready, memory at rest. Needs wrk.
#
# CLUSTER   the folder of the development cluster's scripts, whose engine is used; default ../shared/cluster
#
# That engine has no network of its own: containers take the host's (`--network host` in place of `-p 80:8080`), and the
# public base images are stood in for under their own names, so that the Dockerfile is built as it stands.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
CLUSTER=${CLUSTER:-$root/../shared/cluster}
[ -f target/quarkus-app/quarkus-run.jar ] || { echo "container-test: run mvn package first" >&2; exit 1; }
. ci/lib/engine.sh
. ci/lib/answers.sh
fail() { echo "container-test: $*" >&2; docker logs --tail 20 sjwt-test 2>&1 | cut -c1-300 >&2 || true; exit 1; }

work=$(mktemp -d)
leave() { cluster_rests CONT; docker rm -f sjwt-test >/dev/null 2>&1 || true; docker volume rm sjwt-test >/dev/null 2>&1 || true; rm -rf "$work"; }
trap leave EXIT
leave 2>/dev/null
mkdir -p "$work"

stand_in_bases
ci/build-image.sh myimage >"$work/build" 2>&1 || { tail -n 30 "$work/build" >&2; fail 'the image was not built'; }
grep -E '^AOT cache' "$work/build" || true
sed -n '/^Built /,$p' "$work/build"

start() { # start OPTION...: from `docker run` to ready
  local begun=${EPOCHREALTIME/./}
  docker run -d --name sjwt-test --network host "$@" myimage >/dev/null
  for ((i = 0; i < 1200; i++)); do
    if answers "$NODE_IP" 9000 /q/health/ready; then
      answered=${EPOCHREALTIME/./}
      awk -v us="$((answered - begun))" 'BEGIN { printf "%.2f s from docker run to ready", us / 1e6 }'
      docker logs sjwt-test 2>&1 | grep -oE 'started in [0-9.]+s' | sed 's/^/, the service itself says /'
      return
    fi
    a_moment
  done
  fail 'not ready within 12 s'
}
timed() { # timed OPTION...: nine starts, from the container's own start to ready
  local i begun
  for i in 1 2 3 4 5 6 7 8 9; do
    cluster_rests STOP
    start "$@" >/dev/null
    begun=$(date -d "$(docker inspect -f '{{.State.StartedAt}}' sjwt-test)" +%s%6N)
    echo "$((answered - begun))"
    cluster_rests CONT
    docker rm -f sjwt-test >/dev/null
    sleep 2 # for the cluster to go on
  done | sort -n | awk '{ t[NR] = $1 / 1e6 }
    END { printf "%.2f s from the start of the container to ready: the median of %d, %.2f to %.2f\n", t[int((NR + 1) / 2)], NR, t[1], t[NR] }'
}
# sign_in [FIELD]: of the answer
sign_in() { curl -sf --data '{"email":"abc@xyz.com","password":"WindowsPwd"}' --header 'Content-Type: application/json' \
  -X POST "http://$NODE_IP:8080/auth" | jq -r ".${1:-token}"; }
claims() { curl -sf --request GET "http://$NODE_IP:8080/contents" -H "Authorization: Bearer $1" | jq -c .; }

echo '--- without a secret, and with the seed'"'"'s: refused in one line'
docker run --name sjwt-test --network host myimage >"$work/refused" 2>&1 && fail 'it started without JWT_SECRET'
tail -n 1 "$work/refused" && docker rm sjwt-test >/dev/null
grep -q '^simple-jwt-api does not start. JWT_SECRET is not set' "$work/refused" || fail 'that is not the refusal'
docker run --name sjwt-test --network host -e JWT_SECRET=myjwtsecret myimage >"$work/refused" 2>&1 && fail 'it started'
tail -n 1 "$work/refused" && docker rm sjwt-test >/dev/null
grep -q 'JWT_SECRET is an example that stands in public documents' "$work/refused" || fail 'that is not the refusal'

echo '--- with an env file and a volume'
sed "s/^JWT_SECRET=.*/JWT_SECRET=$(openssl rand -hex 32)/" .env_file.example >"$work/env_file"
start --env-file="$work/env_file" -v sjwt-test:/data
token=$(sign_in)
id=$(claims "$token" | jq -r .sub)
[ "$(claims "$token" | jq -r .email)" = abc@xyz.com ] || fail 'the claims are not those of abc@xyz.com'
docker logs sjwt-test >"$work/log" 2>&1
head -n 1 "$work/log" | jq -e .level >/dev/null || fail 'the log is not JSON'
begun=$(date +%s)
docker stop -t 20 sjwt-test >/dev/null
[ "$(docker inspect -f '{{.State.ExitCode}}' sjwt-test)" = 143 ] || fail 'docker stop did not end it gracefully'
echo "stopped gracefully in $(($(date +%s) - begun)) s"
docker rm sjwt-test >/dev/null
start --env-file="$work/env_file" -v sjwt-test:/data
[ "$(claims "$(sign_in)" | jq -r .sub)" = "$id" ] || fail 'the account did not survive the restart'
claims "$token" >/dev/null || fail 'the token did not survive the restart'
docker rm -f sjwt-test >/dev/null
timed --env-file="$work/env_file" -v sjwt-test:/data

echo '--- any user, read-only root, no capabilities, 256 MiB'
start --env-file="$work/env_file" -e LOG_FORMAT=json -e CORS_ORIGINS=https://app.example --user 71234:0 --read-only \
  --tmpfs /tmp --tmpfs /data:mode=1777 --cap-drop ALL --security-opt no-new-privileges --memory 256m
docker stats --no-stream --format 'memory at rest {{.MemUsage}}' sjwt-test
claims "$(sign_in)" >/dev/null || fail 'no token there'
curl -s -o /dev/null -D "$work/head" -X OPTIONS -H 'Origin: https://app.example' -H 'Access-Control-Request-Method: POST' \
  "http://$NODE_IP:8080/auth"
grep -qi '^access-control-max-age: 600' "$work/head" || fail 'the image has not what application.properties says of CORS'
docker exec sjwt-test bash -c 'tr "\0" " " </proc/1/cmdline | cut -d" " -f1' | grep -q java || fail 'the JVM is not process 1'
docker rm -f sjwt-test >/dev/null

echo '--- 256 clients at once, 256 MiB'
start --env-file="$work/env_file" -e GUESSES_PER_ADDRESS=1000000 --memory 256m
for ((i = 0; i < 256 + 3; i++)); do sign_in refresh_token; done >"$work/refresh-tokens"
TOKEN=$(sign_in)
export TOKEN EMAIL=abc@xyz.com PASSWORD=WindowsPwd REFRESH_TOKENS=$work/refresh-tokens
for share in refresh=1 'auth=1 refresh=4 contents=95'; do
  WORK=$share wrk -t 1 -c 256 -d 12s -s bench/lib/work.lua "http://$NODE_IP:8080" | grep 'Requests/sec' || fail 'wrk did not run'
done
[ "$(docker inspect -f '{{.State.Running}}' sjwt-test)" = true ] ||
  fail "ended amid them (killed for its memory: $(docker inspect -f '{{.State.OOMKilled}}' sjwt-test))"
threads=$(awk '/^Threads/ { print $2 }' "/proc/$(docker inspect -f '{{.State.Pid}}' sjwt-test)/status")
[ "$threads" -lt 128 ] || fail "$threads threads, whose memory a container of 256 MiB does not have"
echo "$threads threads"
docker stats --no-stream --format 'memory afterwards {{.MemUsage}}' sjwt-test
claims "$(sign_in)" >/dev/null || fail 'no token afterwards'
docker rm -f sjwt-test >/dev/null

echo '--- key pairs, by native code out of the image'
start --env-file="$work/env_file" -e JWT_ALGORITHM=ES256
claims "$(sign_in)" >/dev/null || fail 'no token there'
curl -sf "http://$NODE_IP:8080/.well-known/jwks.json" | jq -e '.keys[0].crv == "P-256"' >/dev/null || fail 'no key is published'
docker logs sjwt-test 2>&1 | grep 'computed by the JDK' && fail 'the native code does not load'
docker logs sjwt-test 2>&1 | grep 'hashed by Bouncy Castle' && fail 'libsodium does not load'
echo 'signed and verified by native code, hashed by native code'
