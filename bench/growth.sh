#!/usr/bin/env bash
# bench/growth.sh [--quick]: what grows with what. 10 minutes: writes bench/growth.md; --quick takes smaller sizes and
# short turns, and writes target/bench/growth.md.
#
#   GET /contents and memory   beside 0, 10,000, 100,000 and 1,000,000 sessions that have ended
#   POST /auth                 beside 1,000, 100,000 and 1,000,000 accounts, on both stores, each sign-in of another one
#   replicas                   one and two on one PostgreSQL
#
# All services of a part run at once on core 0 and are measured in turn; wrk and PostgreSQL have core 1. Needs what
# bench/run.sh needs, and sqlite3 and PostgreSQL's package.
# shellcheck disable=SC2016 # Markdown's code
set -euo pipefail
cd "$(dirname "$0")/.."
base=${PORT:-18500}
. bench/common.sh
. bench/lib/postgres.sh
for tool in sqlite3 jcmd; do command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install sqlite3, and a JDK"; done
[ -n "$pg_bin" ] || fail 'PostgreSQL is missing: apt-get install postgresql'
rounds=${ROUNDS:-5} seconds=${TURN:-4} ended=(0 10000 100000 1000000) accounts=(1000 100000 1000000) file=bench/growth.md
if [ "${1:-}" = --quick ]; then
  rounds=${ROUNDS:-1} seconds=${TURN:-2} ended=(0 10000) accounts=(1000 10000) file=target/bench/growth.md
  mkdir -p target/bench
fi
export EMAIL=abc@xyz.com PASSWORD=mypwd SIGN_UP=open PASSWORD_MIN_LENGTH=5 GUESSES_PER_ADDRESS=1000000 QUARKUS_SHUTDOWN_DELAY=0s

median() { sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'; }
note() { printf '%s\t%s\n' "$1" "$2" >>"$work/notes"; } # note KEY VALUE, once a round
of() { awk -F '\t' -v key="$1" '$1 == key { print $2 }' "$work/notes" | median; }
heap() { # heap PROCESS PORT: MiB that are in use after a collection
  jcmd "$1" GC.run >/dev/null
  curl -sSf "http://127.0.0.1:$(($2 + 1))/q/metrics" | awk '/^jvm_memory_used_bytes.*area="heap"/ {s += $NF} END {printf "%.1f", s / 1048576}'
}
sign_ins() { # sign_ins PROCESS PORT ACCOUNTS SECONDS: what run_wrk prints
  WORK=auth=1 ACCOUNTS=$3 run_wrk "$1" "$4" "http://127.0.0.1:$2" -c8 -s bench/lib/work.lua
}
good() { [ "${*: -1}" = 0 ] || fail "some answers were no 2xx: $(cat "$work"/report*)"; } # good FIGURES

circumstances
{
  echo '# Growth'
  echo
  echo "$(date -u +%F), commit $(git rev-parse --short HEAD), by \`bash bench/growth.sh${*:+ $*}\`. $(circumstances). Medians of $rounds rounds."
  echo 'Services have one core, the load generator and PostgreSQL the other; in the part on replicas the second one shares that.'
} >"$file"

# --- one store with the schema and one account; all others are copies of it ------------------------------
start seed "$base"
token "$base" "$EMAIL" "$PASSWORD" >/dev/null
stop "${processes[-1]}"
copy_of_seed() { mkdir "$work/$1" && sqlite3 "$work/seed/accounts.db" ".backup $work/$1/accounts.db"; }

echo 'ended sessions'
port=$base names=() ports=()
for n in "${ended[@]}"; do
  copy_of_seed "ended-$n"
  [ "$n" = 0 ] || java -cp "$(ls target/quarkus-app/lib/main/org.xerial.sqlite-jdbc-*.jar)" bench/EndedSessions.java \
    "$work/ended-$n/accounts.db" "$n" 2>/dev/null
  port=$((port + 2))
  begun=${EPOCHREALTIME/./}
  start "ended-$n" "$port" taskset -c 0
  note "start $n" "$(((${EPOCHREALTIME/./} - begun) / 1000))"
  ports+=("$port")
  names+=("$(token "$port" "$EMAIL" "$PASSWORD")")
done
contents() { run_wrk "${processes[$1]}" "$2" "http://127.0.0.1:${ports[$1]}/contents" -H "Authorization: Bearer ${names[$1]}"; }
for i in "${!ended[@]}"; do contents "$i" 20 >/dev/null; done
for ((round = 1; round <= rounds; round++)); do
  first=
  for i in "${!ended[@]}"; do
    read -r -a figures < <(contents "$i" "$seconds")
    good "${figures[@]}"
    : "${first:=${figures[0]}}"
    note "rate ${ended[$i]}" "${figures[0]}"
    note "cpu ${ended[$i]}" "${figures[1]}"
    note "ratio ${ended[$i]}" "$(awk -v a="${figures[0]}" -v b="$first" 'BEGIN {print a / b}')"
  done
done
{
  printf '\n## Ended sessions\n\n| ended sessions | `/contents` a second | to none | CPU µs each | heap in use, MiB | start, ms |\n| --- | --- | --- | --- | --- | --- |\n'
  for i in "${!ended[@]}"; do
    n=${ended[$i]}
    printf "| %'d | %'.0f | %.2f | %.1f | %s | %s |\n" "$n" "$(of "rate $n")" "$(of "ratio $n")" "$(of "cpu $n")" \
      "$(heap "${processes[$i]}" "${ports[$i]}")" "$(of "start $n")"
  done
} | tee -a "$file"
for process in "${processes[@]}"; do stop "$process"; done

echo 'accounts'
start_postgres $((base + 90))
declare -A ports_of processes_of
names=()
for n in "${accounts[@]}"; do
  copy_of_seed "SQLite-$n"
  sed "s/:n\b/$n/" bench/accounts.sql | sqlite3 "$work/SQLite-$n/accounts.db"
  new_database "accounts$n"
  mapfile -t settings < <(postgres_settings "accounts$n")
  start "PostgreSQL-$n" $((base + 80)) env "${settings[@]}" # makes the schema
  token $((base + 80)) "$EMAIL" "$PASSWORD" >/dev/null
  stop "${processes[-1]}"
  { sed "s/:n\b/$n/" bench/accounts.sql; echo 'ANALYZE;'; } | sql "accounts$n"
  for store in SQLite PostgreSQL; do
    port=$((port + 2))
    settings=()
    [ "$store" = SQLite ] || mapfile -t settings < <(postgres_settings "accounts$n")
    start "$store-$n" "$port" env "${settings[@]}" taskset -c 0
    names+=("$store-$n")
    ports_of[$store-$n]=$port
    processes_of[$store-$n]=${processes[-1]}
  done
done
attempt() { sign_ins "${processes_of[$1]}" "${ports_of[$1]}" "${1#*-}" "$2"; }
for name in "${names[@]}"; do attempt "$name" 10 >/dev/null; done
for ((round = 1; round <= rounds; round++)); do
  first=
  for name in "${names[@]}"; do
    read -r -a figures < <(attempt "$name" "$seconds")
    good "${figures[@]}"
    : "${first:=${figures[0]}}"
    note "rate $name" "${figures[0]}"
    note "cpu $name" "${figures[1]}"
    note "p99 $name" "${figures[2]}"
    note "ratio $name" "$(awk -v a="${figures[0]}" -v b="$first" 'BEGIN {print a / b}')"
  done
done
bytes() { # bytes NAME: of the store, with its indexes
  if [[ $1 == SQLite* ]]; then stat -c %s "$work/$1/accounts.db"; else sql "accounts${1#*-}" -c 'SELECT pg_database_size(current_database())'; fi
}
{
  printf '\n## Accounts\n\n8 connections; each sign-in is of an account at random, and opens a session.\n\n'
  printf '| accounts | store | `/auth` a second | to 1,000 in SQLite | CPU ms each | p99 ms | store, MiB |\n| --- | --- | --- | --- | --- | --- | --- |\n'
  for name in "${names[@]}"; do
    printf "| %'d | %s | %.1f | %.2f | %.1f | %.0f | %d |\n" "${name#*-}" "${name%-*}" "$(of "rate $name")" "$(of "ratio $name")" \
      "$(of "cpu $name" | awk '{print $1 / 1000}')" "$(of "p99 $name")" "$(($(bytes "$name") / 1048576))"
  done
} | tee -a "$file"
for process in "${processes[@]}"; do stop "$process"; done

echo 'replicas'
n=${accounts[0]}
mapfile -t settings < <(postgres_settings "accounts$n")
for core in 0 1; do start "replica-$core" $((base + 60 + 2 * core)) env "${settings[@]}" taskset -c "$core"; done
replica() { report=$work/report$1 sign_ins "${processes[$1]}" $((base + 60 + 2 * $1)) "$n" "$2"; }
both() { replica 1 "$1" >"$work/second" & local other=$!; replica 0 "$1"; wait "$other"; cat "$work/second"; }
both 10 >/dev/null
for ((round = 1; round <= rounds; round++)); do
  read -r -a figures < <(replica 0 "$seconds")
  good "${figures[@]}"
  note one "${figures[0]}"
  note two "$(both "$seconds" | awk '{s += $1; bad += $NF} END {print bad ? 0 : s}')"
  note scale "$(tail -n 2 "$work/notes" | awk -F '\t' '{v[NR] = $2} END {print v[2] / v[1]}')"
done
{
  printf '\n## Replicas\n\n| replicas | `/auth` a second | to one |\n| --- | --- | --- |\n'
  printf '| 1 | %.1f | 1 |\n| 2 | %.1f | %.2f |\n' "$(of one)" "$(of two)" "$(of scale)"
} | tee -a "$file"
echo "written: $file; load at the end $(cut -d' ' -f1 /proc/loadavg)"
