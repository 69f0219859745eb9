#!/usr/bin/env bash
# train.sh CACHE: the training run of the JVM's AOT cache. Starts the service as the image does, with a store and a
# secret that are thrown away, does what it will do for its users, stops it, and lets the JVM write CACHE.
# Runs while the image is built; bash alone speaks HTTP here, since a slim base has no curl.
set -euo pipefail
cache=${1:?usage: train.sh CACHE}
work=$(mktemp -d)
trap 'kill "${pid:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

secret=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
admin=admin@example.com password=$secret
export JWT_SECRET=$secret ADMIN_EMAIL=$admin ADMIN_PASSWORD=$password DATA_DIR=$work/data
export LOG_FORMAT=json PORT=8080 MANAGEMENT_PORT=9000 QUARKUS_SHUTDOWN_DELAY=0s

call() { # call PORT METHOD PATH [HEADER...] [-- BODY]: the answer, head and body
  local port=$1 method=$2 path=$3 head='' body=''
  shift 3
  while [ $# -gt 0 ] && [ "$1" != -- ]; do head+=$1$'\r\n' && shift; done
  [ $# -eq 0 ] || body=$2
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf '%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Length: %s\r\n\r\n%s' \
    "$method" "$path" "$head" "${#body}" "$body" >&3
  cat <&3
  exec 3<&- 3>&-
}
expect() { # expect STATUS ANSWER: an image that does not work is not made
  [[ $2 == "HTTP/1.1 $1 "* ]] || { printf 'train.sh: %s expected, this came:\n%s\n' "$1" "$2" >&2 && exit 1; }
}
ready() { (call 9000 GET /q/health/ready) 2>/dev/null | grep -q '^HTTP/1.1 200'; }
start() { # start OPTION...: returns when the service is ready
  "${JAVA_HOME:?}/bin/java" @jvm.options -Xlog:aot=error "$@" -jar "$PWD/quarkus-run.jar" &
  pid=$!
  until ready; do
    kill -0 "$pid" 2>/dev/null || { echo 'train.sh: the service did not start' >&2 && exit 1; }
    sleep 0.05
  done
}
stop() { # 143: ended by the signal, as it should be
  kill -TERM "$pid"
  wait "$pid" || [ $? = 143 ]
}
use() {
  local type='Content-Type: application/json' answer token
  expect 200 "$(call 8080 GET /)"
  answer=$(call 8080 POST /auth "$type" -- "{\"email\":\"$admin\",\"password\":\"$password\"}")
  expect 200 "$answer"
  token=$(sed -n 's/.*"token":"\([^"]*\)".*/\1/p' <<<"$answer")
  for _ in 1 2 3; do expect 200 "$(call 8080 GET /contents "Authorization: Bearer $token")"; done
  expect 200 "$(call 8080 GET /accounts "Authorization: Bearer $token")"
  expect 401 "$(call 8080 GET /contents "Authorization: Bearer $token.")"
  expect 401 "$(call 8080 POST /auth "$type" -- "{\"email\":\"$admin\",\"password\":\"wrong\"}")"
  expect 400 "$(call 8080 POST /auth "$type" -- '{')"
  expect 200 "$(call 9000 GET /q/health/live)"
  expect 200 "$(call 9000 GET /q/metrics)"
}

start "-XX:AOTCacheOutput=$cache"
use
stop
# AOTMode=on refuses to start where the cache does not fit; at run time a misfit would only be slow.
start "-XX:AOTCache=$cache" -XX:AOTMode=on "-Xlog:class+load=info:file=$work/classes"
# What is there for where libsodium is not, and for key pairs, is loaded only there; and nothing runs another program.
if grep -E '\] (org\.bouncycastle|com\.amazon\.corretto|sun\.security\.ec|java\.lang\.ProcessBuilder)[. ]' "$work/classes"; then
  echo 'train.sh: Bouncy Castle, elliptic curves, the provider of Corretto or what runs programs is loaded' >&2 && exit 1
fi
use
stop
printf 'AOT cache: %s MiB\n' "$(($(stat -c %s "$cache") / 1024 / 1024))"
