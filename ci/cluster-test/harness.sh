# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # shared with the other files of cluster-test.sh
# How a case is run, what it may call, and how lost requests are counted.

logs=$(mktemp -d) cases_failed=0 case_log=""
secret=$logs/secret
openssl rand -hex 32 >"$secret"
password=$(openssl rand -hex 16)
export SMOKE_EMAIL=smoke@example.com SMOKE_PASSWORD=$password ADMIN_EMAIL=admin@example.com ADMIN_PASSWORD=$password
export SOAK=${SOAK:-5} LEASE_SECONDS=8 ROLLOUT_SECONDS=90

# The scripts under test run with the rights of the deploy role (deploy/rbac.yml), the test itself as administrator.
mkdir "$logs/bin"
real_kubectl=$(command -v kubectl)
cat >"$logs/bin/kubectl" <<SH
#!/usr/bin/env bash
[ -z "\${AS_DEPLOYER:-}" ] || set -- --as=deployer --as-group=simple-jwt-api-deploy "\$@"
if [[ " \$* " == *" -f - "* ]]; then sed 's#"policy/v1"#"policy/v1beta1"#' | "$real_kubectl" "\$@"; else exec "$real_kubectl" "\$@"; fi
SH
chmod +x "$logs/bin/kubectl"
export PATH=$logs/bin:$PATH

leave() {
  [ ! -f "$logs/client.pid" ] || kill "$(cat "$logs/client.pid")" 2>/dev/null || true
  [ "${KEEP:-}" = 1 ] || kubectl delete namespace "$NAMESPACE" --wait=false >/dev/null 2>&1 || true
  [ "$cases_failed" = 0 ] && [ "${KEEP:-}" != 1 ] && rm -rf "$logs" || echo "Logs: $logs"
}
trap leave EXIT

prepare_namespace() { # empty but for a database and what the operator sets up once
  kubectl delete namespace "$NAMESPACE" --ignore-not-found --timeout=240s >/dev/null
  kubectl create namespace "$NAMESPACE" >/dev/null
  k apply -f deploy/rbac.yml >/dev/null
  "$CLUSTER/postgres-image" postgres:cluster-test
  k create secret generic "$APP" --from-literal=DATABASE_URL="jdbc:postgresql://database.$NAMESPACE.svc.cluster.local:5432/app" \
    --from-literal=DATABASE_USERNAME=app --from-literal=DATABASE_PASSWORD="$password" \
    --from-literal=ADMIN_EMAIL="$ADMIN_EMAIL" --from-literal=ADMIN_PASSWORD="$password" >/dev/null
  k apply -f ci/cluster-test/database.yml >/dev/null
  k set env deployment/database POSTGRES_PASSWORD="$password" >/dev/null
  k rollout status deployment/database --timeout=90s >/dev/null
}

# --- cases -------------------------------------------------------------------------------------------

# Where a case's name stands here, requests may fail: the pod that serves them is itself what dies.
loss_allowed=" process_stopped_dead pod_killed_under_load "

run_case() { # run_case FUNCTION: in a shell of its own, so that the first command that fails ends it
  local status=0 before after lost from
  case_log=$logs/$1.log from=$(now_ms) before=$(lost_requests)
  : >"$case_log"
  : >"$logs/note"
  set +e
  (set -e; "$1") 2>"$logs/$1.err"
  status=$?
  set -e
  sleep 1 # the client reports what was under way
  after=$(lost_requests) lost=$((after - before))
  [ "$lost" = 0 ] || [[ $loss_allowed == *" $1 "* ]] || status=${status/#0/2}
  printf '%-6s %-40s %4d s  failed requests %d%s\n' "$([ "$status" = 0 ] && echo ok || echo FAILED)" "${1//_/ }" \
    $((($(now_ms) - from) / 1000)) "$lost" "$(sed 's/^/; /' "$logs/note" | tr -d '\n')"
  [ "$status" = 0 ] && return
  cases_failed=$((cases_failed + 1))
  [ "$lost" = 0 ] || grep '^failed' "$logs/client" | tail -n "$lost" | head -n 8 | sed 's/^/       | /'
  sed 's/^/       | /' "$logs/$1.err" "$logs/$1.log" | tail -n 40
  [ "$1" != first_deploy ] || exit 1 # nothing else can succeed
}

figure() { echo "$*" >>"$logs/note"; }
wrong() { echo "$*" >&2; exit 1; }

summary() {
  echo "$(sent_requests) requests were sent, $(lost_requests) failed, in $(took "$started"); $cases_failed cases failed"
  [ "$cases_failed" = 0 ]
}

# --- clients -----------------------------------------------------------------------------------------

public_address() { echo "$NODE_IP:$(k get service "$APP" -o jsonpath='{.spec.ports[0].nodePort}')"; }

start_client() {
  java ci/cluster-test/Client.java "$NODE_IP" "$(k get service "$APP" -o jsonpath='{.spec.ports[0].nodePort}')" >"$logs/client" &
  echo $! >"$logs/client.pid"
}

lost_requests() { grep -c '^failed' "$logs/client" 2>/dev/null || true; }
sent_requests() { sed -n 's/^total //p' "$logs/client" | tail -n 1; }

# --- deploys -----------------------------------------------------------------------------------------

deploy() { # deploy IMAGE [NAME=VALUE...]: as CI does it, the secret from standard input
  local image=$1 address=""
  shift
  [ -z "$(live_color)" ] || address=http://$(public_address)
  env AS_DEPLOYER=1 IMAGE="$image" JWT_SECRET_FILE=- PUBLIC_URL="$address" "$@" ci/deploy.sh <"$secret" >>"$case_log" 2>&1
}

roll_back() { AS_DEPLOYER=1 ci/rollback.sh >>"$case_log" 2>&1; }

deploy_fails() { # deploy_fails TEXT IMAGE [NAME=VALUE...]: and says why
  local text=$1
  shift
  if deploy "$@"; then wrong "the deploy of $1 went through"; fi
  grep -q "$text" "$case_log" || wrong "the deploy did not say: $text"
}

seconds() { grep -oE "$1[^0-9]*[0-9]+\.[0-9] s" "$case_log" | tail -n 1 | grep -oE '[0-9]+\.[0-9]' | tail -n 1; }

at_most() { # at_most SECONDS FIGURE WHAT
  [ -n "$2" ] || wrong "no figure for $3"
  awk -v a="$2" -v b="$1" 'BEGIN {exit !(a <= b)}' || wrong "$3 took $2 s, more than $1 s"
}

live_image() { image_of "$(deployment "$(live_color)")"; }
other_image() { if [ "$(live_image)" = "$first" ]; then echo "$second"; else echo "$first"; fi; }
expect_live() { # expect_live IMAGE: and nothing else stands
  [ "$(live_image)" = "$1" ] || wrong "$(live_image) is live instead of $1"
  is_healthy "$(deployment "$(live_color)")" || wrong "the live colour is not healthy"
  [ "$(state | jq -r .soaking)" = false ] || wrong "the live release still counts as being watched"
  k get deployments -l "app.kubernetes.io/name=$APP" -o json | jq -e --arg live "$APP-$(live_color)" \
    '[.items[] | select(.metadata.name != $live and .spec.replicas > 0)] == []' >/dev/null || wrong "another colour still stands"
  lease_is_free || wrong "the lease is still held"
}

lease_is_free() { [ -z "$(k get lease "$APP-deploy" -o jsonpath='{.spec.holderIdentity}')" ]; }

wait_until() { # wait_until SECONDS COMMAND...
  local end=$(($(now_ms) + $1 * 1000))
  shift
  until "$@"; do
    [ "$(now_ms)" -lt "$end" ] || wrong "this did not come true: $*"
    sleep 0.2
  done
}

pod_names() { pods_of "$(live_color)" | jq -r '.items[] | select(.metadata.deletionTimestamp == null) | .metadata.name'; }
live_is_whole() { is_healthy "$(deployment "$(live_color)")"; }
