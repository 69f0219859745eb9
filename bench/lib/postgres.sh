# shellcheck shell=bash
# Sourced by bench/run.sh and bench/growth.sh: PostgreSQL of the system's package, with its own defaults (each commit is
# on disk), on a directory that is thrown away, as a user without rights. It has core 1 with the load generator: the
# store of a service with replicas is another machine. After bench/common.sh.
# shellcheck disable=SC2154 # work
pg_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
pg_home=''

as_nobody() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"; else "$@"; fi
}

start_postgres() { # start_postgres PORT: databases are made by new_database
  pg_port=$1
  pg_home=$(mktemp -d)
  [ "$(id -u)" != 0 ] || chown nobody: "$pg_home"
  as_nobody "$pg_bin/initdb" -D "$pg_home/data" -U bench --auth=trust --encoding=UTF8 --no-sync >"$work/initdb.log" ||
    { cat "$work/initdb.log" >&2; return 1; }
  as_nobody taskset -c 1 "$pg_bin/postgres" -D "$pg_home/data" -p "$pg_port" -k "$pg_home" -c listen_addresses=127.0.0.1 \
    >"$work/postgres.log" 2>&1 &
  for _ in {1..300}; do
    ! "$pg_bin/pg_isready" -q -h 127.0.0.1 -p "$pg_port" || return 0
    sleep 0.1
  done
  cat "$work/postgres.log" >&2
  return 1
}

# shellcheck disable=SC2317 # called by the trap
stop_postgres() { # at once: nothing of it is kept
  [ -n "$pg_home" ] || return 0
  as_nobody "$pg_bin/pg_ctl" -D "$pg_home/data" -s -m immediate stop || true
  rm -rf "$pg_home"
}
trap 'stop_postgres; leave' EXIT

new_database() { "$pg_bin/createdb" -h 127.0.0.1 -p "$pg_port" -U bench "$1"; }
sql() { "$pg_bin/psql" -qAtX -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$pg_port" -U bench "$@"; }
# postgres_settings DATABASE: what the service needs to use it, as arguments of env
postgres_settings() {
  printf '%s\n' "DATABASE_URL=jdbc:postgresql://127.0.0.1:$pg_port/$1" DATABASE_USERNAME=bench DATABASE_PASSWORD=none
}
