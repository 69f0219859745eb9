# shellcheck shell=bash
# Sourced by the benches: starts the packaged jar on loopback, makes load, measures. Whatever was started has ended
# when the bench has, so that the next one finds its port free. Needs target/quarkus-app (mvn package -DskipTests).
work=$(mktemp -d)
processes=()
leave() {
  kill "${processes[@]}" 2>/dev/null || true
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

# start NAME PORT [COMMAND...]: the service, its store in $work/NAME; its process is the newest of processes
start() {
  local name=$1 port=$2
  shift 2
  if curl -s -o /dev/null "http://127.0.0.1:$port/"; then fail "port $port is taken"; fi
  DATA_DIR=$work/$name PORT=$port MANAGEMENT_PORT=$((port + 1)) "$@" java -jar target/quarkus-app/quarkus-run.jar \
    >"$work/$name.log" 2>&1 &
  processes+=($!)
  curl -sf --max-time 60 --retry 60 --retry-delay 1 --retry-connrefused "http://127.0.0.1:$port/" >/dev/null ||
    fail "the service did not start: $(cat "$work/$name.log")"
}

# token PORT EMAIL PASSWORD
token() {
  curl -sf "http://127.0.0.1:$1/auth" -H 'Content-Type: application/json' \
    -d "{\"email\":\"$2\",\"password\":\"$3\"}" | jq -r .token
}

# cpu PROCESS: microseconds so far
cpu() { awk -v tick="$(getconf CLK_TCK)" '{print ($14 + $15) * 1000000 / tick}' "/proc/$1/stat"; }

# load PROCESS SECONDS URL TOKEN [WRK OPTION...]: requests a second, CPU microseconds a request, 99th percentile in ms
load() {
  local process=$1 seconds=$2 url=$3 token=$4 before after report
  shift 4
  before=$(cpu "$process")
  report=$(taskset -c 1 wrk -t1 -c32 -d"${seconds}s" --latency -H "Authorization: Bearer $token" "$@" "$url")
  after=$(cpu "$process")
  if grep -q 'Non-2xx' <<<"$report"; then fail "$url did not answer 200: $report"; fi
  awk -v a="$before" -v b="$after" '
    $1 == "99%" { p = $2 + 0; if ($2 ~ /us$/) p /= 1000; else if ($2 !~ /ms$/) p *= 1000 }
    /requests in/ { n = $1 }
    /Requests\/sec/ { print $2, (b - a) / n, p }' <<<"$report"
}

circumstances() {
  echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $(java -version 2>&1 | head -1), commit $(git rev-parse --short HEAD)"
}
