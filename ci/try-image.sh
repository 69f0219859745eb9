#!/usr/bin/env bash
# Runs an image by `docker run`, as narrowly as the cluster does, and tries it: it must become ready, sign in, verify its
# tokens and refuse a forged one. What does not pass is not pushed.
#
#   ci/try-image.sh IMAGE
#
# CONTAINER_ADDRESS   where an engine that cannot publish ports answers; the container then gets the host's network
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/lib/common.sh"
. "$here/lib/smoke.sh"

image=${1:?usage: try-image.sh IMAGE}
need_tools docker curl jq openssl
begun=$(now_ms) name=try-image-$$
umask 077
work=$(mktemp -d)
leave() {
  local status=$?
  [ "$status" = 0 ] || docker logs --tail 20 "$name" 2>&1 | cut -c1-300 >&2 || true
  docker rm -f "$name" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap leave EXIT

# Everything secret is made here, and gone afterwards.
ADMIN_EMAIL=admin@example.org ADMIN_PASSWORD=$(openssl rand -hex 16)
export SMOKE_EMAIL=smoke@example.org SMOKE_PASSWORD
SMOKE_PASSWORD=$(openssl rand -hex 16)
printf 'JWT_SECRET=%s\nADMIN_EMAIL=%s\nADMIN_PASSWORD=%s\n' "$(openssl rand -hex 32)" "$ADMIN_EMAIL" "$ADMIN_PASSWORD" >"$work/env"
if [ -n "${CONTAINER_ADDRESS:-}" ]; then
  port=$((20000 + RANDOM % 20000)) management_port=$((port + 1))
  reach=(--network host -e PORT="$port" -e MANAGEMENT_PORT="$management_port")
else
  reach=(-p 127.0.0.1::8080 -p 127.0.0.1::9000)
fi
docker run -d --name "$name" --env-file "$work/env" --read-only --tmpfs /tmp --tmpfs /data:mode=1777 --cap-drop ALL \
  --security-opt no-new-privileges --memory 256m "${reach[@]}" "$image" >/dev/null
if [ -z "${CONTAINER_ADDRESS:-}" ]; then
  port=$(docker port "$name" 8080/tcp | sed 's/.*://') management_port=$(docker port "$name" 9000/tcp | sed 's/.*://')
fi
url=http://${CONTAINER_ADDRESS:-127.0.0.1}:$port management=http://${CONTAINER_ADDRESS:-127.0.0.1}:$management_port

status=000
while [ "$status" != 200 ] && [ $(($(now_ms) - begun)) -lt 120000 ]; do
  call GET "$management/q/health/ready"
  [ "$(docker inspect -f '{{.State.Running}}' "$name")" = true ] || fail "the container of $image has ended"
  sleep 0.1
done
try_health "$url"
try_tokens "$url" "the container"
say "$image serves: health, sign-in and tokens tried in $(took "$begun")"
