# shellcheck shell=bash
# Sourced by the benches: starts the packaged jar and other servers on loopback, makes load, measures. Whatever was
# started has ended when the bench has, so that the next one finds its port free. Needs target/quarkus-app
# (mvn package -DskipTests).
. ci/lib/answers.sh
work=$(mktemp -d)
processes=()
leave() {
  local process
  for process in "${processes[@]}"; do end "$process"; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap leave EXIT
fail() { echo "bench: $*" >&2; exit 1; }

for tool in wrk curl jq taskset; do
  command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install wrk curl jq util-linux"
done
[ -f target/quarkus-app/quarkus-run.jar ] || fail "run 'mvn package -DskipTests' first"

random_hex() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
JWT_SECRET=$(random_hex)
export JWT_SECRET

# tree PROCESS: it and what it has started, a line each
tree() {
  local child
  echo "$1"
  for child in $(pgrep -P "$1" || true); do tree "$child"; done
}

end() { # end PROCESS: it and what it has started, though they stand still
  signal "$1" TERM
  signal "$1" CONT
}
signal() { # signal PROCESS NAME: to it and what it has started
  local all
  mapfile -t all < <(tree "$1")
  kill "-$2" "${all[@]}" 2>/dev/null || true
}

stop() { # stop PROCESS: returns when it has ended
  local process left=()
  end "$1"
  wait "$1" 2>/dev/null || true
  for process in "${processes[@]}"; do [ "$process" = "$1" ] || left+=("$process"); done
  processes=("${left[@]}") # its number may be another one's by now
}

# launch NAME PORT PATH COMMAND...: returns when PATH is answered; its process is the newest of processes
launch() {
  local name=$1 port=$2 path=$3 process end=$((SECONDS + 300))
  shift 3
  if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then fail "port $port is taken"; fi
  "$@" >"$work/$name.log" 2>&1 &
  process=$!
  processes+=("$process")
  until answers 127.0.0.1 "$port" "$path"; do
    if ! kill -0 "$process" 2>/dev/null || [ "$SECONDS" -gt "$end" ]; then
      end "$process"
      echo "bench: $name did not start: $(tail -n 20 "$work/$name.log")" >&2
      return 1
    fi
    a_moment
  done
}

# start NAME PORT [COMMAND...]: the service, its store in $work/NAME; its process is the newest of processes
start() {
  local name=$1 port=$2
  shift 2
  launch "$name" "$port" / env DATA_DIR="$work/$name" PORT="$port" MANAGEMENT_PORT=$((port + 1)) "$@" \
    java -jar target/quarkus-app/quarkus-run.jar
}

# token PORT EMAIL PASSWORD
token() {
  curl -sf "http://127.0.0.1:$1/auth" -H 'Content-Type: application/json' \
    -d "{\"email\":\"$2\",\"password\":\"$3\"}" | jq -r .token
}

# cpu PROCESS: microseconds so far, of what it has started too
cpu() {
  local process
  for process in $(tree "$1"); do cat "/proc/$process/stat"; done 2>/dev/null |
    sed 's/.*) //' | awk -v tick="$(getconf CLK_TCK)" '{s += $12 + $13} END {printf "%d", s * 1000000 / tick}'
}

# memory PROCESS [Pss_Anon]: its proportional set size in MiB, with what it has started: shared pages count once. Pss_Anon:
# of that what is its own, which the kernel cannot drop and read again from a file
memory() {
  local process of=${2:-Pss}
  for process in $(tree "$1"); do cat "/proc/$process/smaps_rollup"; done 2>/dev/null |
    awk -v of="$of:" '$1 == of {s += $2} END {printf "%d", s / 1024}'
}

# run_wrk PROCESS SECONDS URL [WRK OPTION...]: of 32 connections, good answers a second, CPU microseconds an answer, 99th
# percentile and median in ms, how many answers were no 2xx or did not come
run_wrk() {
  local process=$1 seconds=$2 url=$3 report=${report:-$work/report} before after
  shift 3
  before=$(cpu "$process")
  taskset -c 1 wrk -t1 -c32 -d"${seconds}s" --timeout 30s --latency "$@" "$url" >"$report" || fail "wrk: $(cat "$report")"
  after=$(cpu "$process")
  awk -v a="$before" -v b="$after" '
    function ms(text) { return text ~ /us$/ ? text / 1000 : text ~ /ms$/ ? text + 0 : text ~ /m$/ ? text * 60000 : text * 1000 }
    $1 == "50%" { p50 = ms($2) }
    $1 == "99%" { p99 = ms($2) }
    /requests in/ { n = $1 }
    /Non-2xx/ { bad = $NF }
    /Socket errors/ { gsub(",", ""); lost = $4 + $6 + $8 + $10 }
    /Requests\/sec/ { print $2 * (n ? (n - bad) / n : 0), n ? (b - a) / n : 0, p99 + 0, p50 + 0, bad + lost }' "$report"
}

# load PROCESS SECONDS URL TOKEN [WRK OPTION...]: requests a second, CPU microseconds a request, 99th percentile in ms
load() {
  local process=$1 seconds=$2 url=$3 token=$4 rate cost p99 bad
  shift 4
  read -r rate cost p99 _ bad < <(run_wrk "$process" "$seconds" "$url" -H "Authorization: Bearer $token" "$@")
  [ "$bad" = 0 ] || fail "$url did not answer 200: $(cat "$work/report")"
  echo "$rate $cost $p99"
}

circumstances() {
  echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -1), commit $(git rev-parse --short HEAD)"
}
