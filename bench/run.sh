#!/usr/bin/env bash
# bench/run.sh [--quick] [SUBJECT...]: how fast and how small the service is, and against whom, in one run.
#
#   bash bench/run.sh                    everything, an hour: writes bench/results.md and bench/results.svg
#   bash bench/run.sh --quick            ours, vertx, fastify and flask in short rounds: 7 minutes
#   bash bench/run.sh keycloak spring    these, beside ours
#
# All but the whole run write to target/bench/. ROUNDS and TURN (seconds) shorten or lengthen it, PORT is its first port
# (18500). Each subject has core 0 and wrk has core 1, but where it says both; all are started and warmed up, then measured
# in turn, round after round, since the machine moves more between minutes than between turns; who has not the turn stands
# still (SIGSTOP). What is compared is the ratio within a round. See bench/README.md for who they are and how each is
# configured.
#
# Needs target/quarkus-app (mvn package -DskipTests), wrk, curl, jq, taskset, python3. What a subject needs is installed
# by apt-get where that may be done; a subject that cannot run here is left out with a line, in CI the run fails.
set -euo pipefail
cd "$(dirname "$0")/.."
base=${PORT:-18500}
. bench/common.sh
. bench/lib/postgres.sh
. bench/lib/subjects.sh

everybody=(ours ours-pg ours25 ours25-cold ours25-first vertx vertx25 fastify flask spring keycloak keycloak-equal keycloak-dev)
rounds=3 more=8 quick='' results=bench
if [ "${1:-}" = --quick ]; then quick=yes rounds=2 more=4 && shift; fi
if [ $# -gt 0 ]; then wanted=(ours "$@"); elif [ "$quick" ]; then wanted=(ours vertx fastify flask); else wanted=("${everybody[@]}"); fi
[ -z "$quick" ] && [ $# = 0 ] || results=target/bench
mkdir -p "$results"
rounds=${ROUNDS:-$rounds} seconds=${TURN:-$([ "$quick" ] && echo 2 || echo 3)}

# --- who does what -----------------------------------------------------------------------------------
can() { # can NAME KIND
  case $2 in
    root) [[ $1 =~ ^(ours|ours-pg|ours25|vertx|vertx25|fastify|flask|spring)$ ]] ;;
    contents) [[ $1 =~ ^(ours|ours-pg|ours25|vertx|vertx25|fastify|flask|spring|keycloak)$ ]] ;;
    contents-more) [[ $1 =~ ^(ours|ours25|vertx|vertx25|fastify|flask)$ ]] ;; # those whose ratio is asked for
    auth) [[ $1 =~ ^(ours|ours-pg|ours25|fastify|flask|keycloak|keycloak-equal)$ ]] ;;
    refresh | mixed) [[ $1 =~ ^(ours|ours-pg|ours25|keycloak)$ ]] ;;
    storm) [[ $1 =~ ^(ours|ours-pg|ours25|fastify|flask)$ ]] ;;
    start) [[ $1 =~ ^(ours|ours-pg|ours25|ours25-cold|ours25-first|fastify|flask|spring|keycloak|keycloak-dev)$ ]] ;;
  esac
}
connections() { # connections KIND ROUND: 1 and 256 are measured in two rounds
  case $1${quick:+-quick} in
    auth-quick) echo 8 ;;
    *-quick) echo 32 ;;
    auth) if [ "$2" -le 2 ]; then echo 1 8 32 256; else echo 8; fi ;; # 8: none waits long enough to be refused
    *) if [ "$2" -le 2 ]; then echo 1 32 256; else echo 32; fi ;;
  esac
}
subjects=()
declare -A process port
add() { # add NAME: makes it ready
  if "prepare_${1//-/_}" >"$work/prepare.log" 2>&1; then
    subjects+=("$1")
    port[$1]=$((base + 4 * ${#subjects[@]}))
  elif [ "${CI:-}" = true ]; then
    fail "$1 cannot run here: $(tail -n 3 "$work/prepare.log" "$work"/*.log)"
  else
    echo "bench: $1 is left out: $(tail -n 1 "$work/prepare.log")" >&2
  fi
}
run() { # run NAME
  "launch_${1//-/_}" "$1" "${port[$1]}" || return
  process[$1]=${processes[-1]}
}
halt() { # halt NAME
  stop "${process[$1]}"
}
fact() { printf '%s\t%s\n' "$1" "$2" >>"$work/facts"; }
dialect() { [[ $1 == keycloak* ]] && echo keycloak || echo own; }

# --- one turn ------------------------------------------------------------------------------------------
sign_in() { # sign_in NAME: the answer
  if [ "$(dialect "$1")" = keycloak ]; then
    curl -sSf "http://127.0.0.1:${port[$1]}/realms/bench/protocol/openid-connect/token" \
      -d "grant_type=password&client_id=bench&scope=openid&username=$EMAIL&password=$PASSWORD${2:-}"
  else
    curl -sSf "http://127.0.0.1:${port[$1]}/auth${2:-}" -H 'Content-Type: application/json' -d "{\"email\":\"$EMAIL\",\"password\":\"$PASSWORD\"}"
  fi
}
contents_path() { [ "$(dialect "$1")" = keycloak ] && echo /realms/bench/protocol/openid-connect/userinfo || echo /contents; }

# The others' clocks and compilers would take a part of the core from whoever is measured.
thaw() { signal "${process[$1]}" CONT; }
freeze() { signal "${process[$1]}" STOP; }

# turn NAME KIND CONNECTIONS SECONDS: what run_wrk prints
turn() {
  thaw "$1"
  measure "$@"
  settle "$1"
  freeze "$1"
}
# What is left of a turn, requests whose client has gone and code to compile, is no part of the next one: half a second
# with less than a tenth of the core, or ten seconds.
settle() {
  local end=$((SECONDS + 10)) before
  while [ "$SECONDS" -lt "$end" ]; do
    before=$(cpu "${process[$1]}")
    sleep 0.5
    [ $(($(cpu "${process[$1]}") - before)) -ge 50000 ] || break
  done
}
measure() {
  local name=$1 kind=$2 url=http://127.0.0.1:${port[$1]} options=(-c "$3") share count
  shift
  unset REFRESH_TOKENS
  case $kind in
    root) run_wrk "${process[$name]}" "$3" "$url/" "${options[@]}" && return ;;
    contents) run_wrk "${process[$name]}" "$3" "$url$(contents_path "$name")" "${options[@]}" -H "Authorization: Bearer ${tokens[$name]}" && return ;;
    auth | auth-one | auth-both) share=auth=1 count=0 ;;
    refresh) share=refresh=1 count=$(($2 + 3)) ;;
    mixed) share='auth=1 refresh=4 contents=95' count=$(($2 + 3)) ;;
  esac
  if [ "$count" -gt 0 ]; then
    for ((; count > 0; count--)); do sign_in "$name"; echo; done | jq -r .refresh_token >"$work/refresh-tokens"
    export REFRESH_TOKENS=$work/refresh-tokens
  fi
  WORK=$share DIALECT=$(dialect "$name") TOKEN=${tokens[$name]} \
    run_wrk "${process[$name]}" "$3" "$url" "${options[@]}" -s bench/lib/work.lua
}
figure() { # figure ROUND NAME KIND CONNECTIONS: a line of figures, and the memory amid the load
  local line sampler seconds=$seconds
  case $3$4 in auth8 | auth-*) seconds=$((2 * seconds)) ;; esac # fewer answers than of any other kind
  (sleep $((seconds / 2)) && [ "$3" = auth-both ] || printf '%s\t%s\t%s\n' "$2" load "$(memory "${process[$2]}")" >>"$work/memory") &
  sampler=$!
  line=$(turn "$2" "$3" "$4" "$seconds")
  wait "$sampler"
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "${line// /$'\t'}" | tee -a "$work/figures" |
    awk -F '\t' '{printf "  round %d %-9s %3d connections %-15s %9.1f/s %9.1f us CPU  p50 %8.2f ms  p99 %8.2f ms  not 2xx %d\n", $1, $3, $4, $2, $5, $6, $8, $7, $9}'
}
declare -A hasher ask answer
begin_hashing() { # begin_hashing NAME: the JDK of the one of ours, which hashes on one thread when it is asked to
  local java=(java) to from
  [ "$1" != ours25 ] || java=(target/bench-aot/jre/bin/java @target/bench-aot/jvm.options)
  mkfifo "$work/$1.ask" "$work/$1.answer"
  "${java[@]}" -cp "$work/hash:$(libraries)" io.simplejwt.account.HashRate \
    <"$work/$1.ask" >"$work/$1.answer" 2>"$work/$1.hash.log" &
  hasher[$1]=$!
  processes+=($!)
  exec {to}>"$work/$1.ask" {from}<"$work/$1.answer"
  ask[$1]=$to answer[$1]=$from
  hashes 0 "$1" ours 0,1 >/dev/null # answered when it is warm
}
hashes() { # hashes PAIR NAME WHOSE CORES: a second
  local rate
  { taskset -acp "$4" "${hasher[$2]}" >/dev/null && (echo "$3 $seconds" >&"${ask[$2]}") && # a signal if it has ended
    read -t 60 -r rate <&"${answer[$2]}"; } || fail "no hashes: $(cat "$work/$2.hash.log")"
  [ "$1" = 0 ] || printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$rate" | tee -a "$work/hashes"
}
# beside_hashes PAIR NAME KIND CORES: sign-ins at 8 connections, and raw hashes right before and after: what they are
# compared with is as near to them as may be.
beside_hashes() {
  taskset -acp "$4" "${process[$2]}" >/dev/null
  hashes "$1" "$2" ours "$4"
  figure "$1" "$2" "$3" 8
  hashes "$1" "$2" ours "$4"
  [ "$4" != 0 ] || hashes "$1" "$2" bouncy-castle 0
}
only_starts() { [[ $1 =~ ^(ours25-cold|ours25-first|keycloak-dev)$ ]]; } # only_starts NAME
start_time() { # start_time NAME: milliseconds from the command to the first answer, on all cores
  local begun ended
  case $1 in ours25-first | keycloak-dev) "prepare_${1//-/_}" || return ;; esac # each of their starts is the first
  begun=${EPOCHREALTIME/./}
  run "$1" || return
  ended=${EPOCHREALTIME/./}
  printf '%s\t%s\n' "$1" "$(((ended - begun) / 1000))" >>"$work/starts"
  halt "$1"
}

# --- the run -------------------------------------------------------------------------------------------
say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }
circumstances
fact date "$(date -u +%F)"
fact command "bash bench/run.sh${quick:+ --quick}${*:+ $*}"
fact commit "$(git rev-parse --short HEAD)$(git diff --quiet HEAD || echo ', changed')"
fact machine "$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(awk '/MemTotal/ {printf "%d", $2 / 1048576}' /proc/meminfo) GiB, $(uname -sr)"
fact load "$(cut -d' ' -f1-3 /proc/loadavg)"

say 'making ready'
mkdir "$work/hash"
javac -d "$work/hash" -cp "$(libraries)" bench/HashRate.java
for name in "${wanted[@]}"; do [[ " ${subjects[*]} " == *" $name "* ]] || add "$name"; done

say "starting ${subjects[*]}"
declare -A tokens
rest() { # rest NAME: its memory when it has started
  sleep 20
  printf '%s\t%s\t%s\n' "$1" rest "$(memory "${process[$1]}")" "$1" own "$(memory "${process[$1]}" Pss_Anon)" >>"$work/memory"
}
begin() { # begin NAME: started, its memory at rest known, signed in
  run "$1" || return
  [[ $1 != vertx* ]] || return 0
  rest "$1"
  ! can "$1" auth || { tokens[$1]=$(sign_in "$1" | jq -er '.token // .access_token') || return; }
  [ "$1" = ours ] || return 0
  curl -sSi "http://127.0.0.1:${port[ours]}/" >"$work/root.answer" &&
    curl -sSi -H "Authorization: Bearer ${tokens[ours]}" "http://127.0.0.1:${port[ours]}/contents" >"$work/contents.answer"
}
running=()
for name in "${subjects[@]}"; do
  if only_starts "$name" || { begin "$name" && freeze "$name"; }; then
    running+=("$name")
  elif [ "$name" = ours ] || [ "${CI:-}" = true ]; then
    fail "$name does not run"
  else
    echo "bench: $name is left out" >&2
    [ -z "${process[$name]:-}" ] || halt "$name"
  fi
done
subjects=("${running[@]}")
# The same token for all who have the secret: the same bytes to check.
for name in vertx vertx25 fastify flask spring; do tokens[$name]=${tokens[ours]}; done

say 'warming up'
# Until the JVM's optimizing compiler, which shares the subject's core, is through with what is called most: sooner, a
# request costs several times as much. Sign-ins are few a second, so theirs take longer.
warm_up() { # warm_up NAME KIND: seconds
  case $1-$2${quick:+-quick} in
    fastify-* | flask-*) echo 3 ;;
    *-auth) echo 90 ;;
    *) echo 20 ;;
  esac
}
for name in "${subjects[@]}"; do
  for kind in root contents refresh mixed auth; do
    ! can "$name" "$kind" || turn "$name" "$kind" 8 "$(warm_up "$name" "$kind")" >/dev/null
  done
done

for ((round = 1; round <= rounds; round++)); do
  say "round $round of $rounds"
  for kind in root contents auth refresh mixed; do
    for count in $(connections "$kind" "$round"); do
      for name in "${subjects[@]}"; do
        ! can "$name" "$kind" || figure "$round" "$name" "$kind" "$count"
      done
    done
  done
done

say 'more turns of /contents'
for ((round = rounds + 1; round <= rounds + more; round++)); do
  for name in "${subjects[@]}"; do ! can "$name" contents-more || figure "$round" "$name" contents 32; done
done

# When all else has been measured, so that what is warm is warm.
say 'sign-ins beside raw hashes'
signing=()
for name in "${subjects[@]}"; do
  [[ $name != ours* ]] || ! can "$name" auth || { signing+=("$name") && begin_hashing "$name"; }
done
for ((pair = 1; pair <= more; pair++)); do
  for name in "${signing[@]}"; do
    beside_hashes "$pair" "$name" auth-one 0
    beside_hashes "$pair" "$name" auth-both 0,1
    taskset -acp 0 "${process[$name]}" >/dev/null
  done
done
for name in "${signing[@]}"; do stop "${hasher[$name]}"; done

if [ -z "$quick" ]; then
  say 'a storm of sign-ins'
  for name in "${subjects[@]}"; do
    can "$name" storm || continue
    thaw "$name"
    { taskset -c 1 java -XX:TieredStopAtLevel=1 ci/guess-test/Flood.java "http://127.0.0.1:${port[$name]}" "$EMAIL" "$PASSWORD" 1 2>/dev/null || true; } |
      sed "s/^/$name\t/" | tee -a "$work/storms"
    freeze "$name"
  done
fi
for name in "${subjects[@]}"; do only_starts "$name" || halt "$name"; done
if [[ " ${subjects[*]} " == *' keycloak-dev '* ]] && run keycloak-dev; then
  rest keycloak-dev
  halt keycloak-dev
fi

say 'starts'
pin=()
for ((round = 1; round <= rounds; round++)); do
  for name in "${subjects[@]}"; do ! can "$name" start || start_time "$name" || echo "bench: no start of $name" >&2; done
done
fact hmac "$(taskset -c 0 openssl speed -seconds 2 -bytes 400 -hmac sha256 2>/dev/null | awk '/^hmac/ {printf "%d", $NF * 1000 / 400}')"
fact load-after "$(cut -d' ' -f1-3 /proc/loadavg)"
fact java "$(java -version 2>&1 | head -n 1 | cut -d'"' -f2)"
[ -z "$java25" ] || fact java25 "$("$java25/bin/java" -version 2>&1 | head -n 1 | cut -d'"' -f2)"
fact versions "$({ node --version; [ ! -f "$cache/fastify/package.json" ] || jq -c .dependencies "$cache/fastify/package.json"
  dpkg-query -W -f '${Package} ${Version}, ' gunicorn python3-flask python3-jwt python3-argon2 wrk openssl 2>/dev/null; } 2>/dev/null | tr '\n' ' ')"

python3 -B bench/lib/report.py "$work" "$results"
cat "$results/results.md"
say "written: $results/results.md, $results/results.svg"
