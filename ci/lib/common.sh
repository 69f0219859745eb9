# shellcheck shell=bash
# What the deploy scripts share: how they speak, how they reach the cluster, what they read from it.
# Sourced, never run. Reads NAMESPACE (default simple-jwt-api).

APP=simple-jwt-api
NAMESPACE=${NAMESPACE:-$APP}
STATE=$APP/release    # annotation on the live Service: what is live, what was before, whether it is still watched
RELEASE=$APP/template # annotation on a pod: digest of the whole template, so that "the same again" can be told

say() { printf '%(%T)T  %s\n' -1 "$*"; }
warn() { say "WARNING: $*" >&2; }
fail() {
  say "FAILED: $*" >&2
  exit 1
}

k() { kubectl --namespace "$NAMESPACE" "$@"; }

now_ms() { echo $((${EPOCHREALTIME//[!0-9]/} / 1000)); }
took() { # took SINCE_MS: seconds with one decimal
  local ms=$(($(now_ms) - $1))
  printf '%d.%d s' $((ms / 1000)) $((ms % 1000 / 100))
}

need_tools() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || fail "$tool is not installed"
  done
}

need_cluster() {
  need_tools kubectl jq curl
  k get services -o name >/dev/null ||
    fail "the cluster that KUBECONFIG names does not answer, or refuses namespace $NAMESPACE"
}

# --- what the parameter store says ---------------------------------------------------------------------

parameter() { # parameter NAME: its value
  aws ssm get-parameters --with-decryption --output json --names "$1" | jq -er '.Parameters[0].Value // empty' ||
    fail "the parameter $1 cannot be read, or does not exist"
}

read_smoke_account() { # sets and exports SMOKE_EMAIL and SMOKE_PASSWORD
  [ -z "${SMOKE_EMAIL_PARAMETER:-}${SMOKE_PASSWORD_PARAMETER:-}" ] || need_tools aws
  [ -z "${SMOKE_EMAIL_PARAMETER:-}" ] || SMOKE_EMAIL=$(parameter "$SMOKE_EMAIL_PARAMETER")
  [ -z "${SMOKE_PASSWORD_PARAMETER:-}" ] || SMOKE_PASSWORD=$(parameter "$SMOKE_PASSWORD_PARAMETER")
  [ -n "${SMOKE_EMAIL:-}" ] || fail "set SMOKE_EMAIL and SMOKE_PASSWORD to an account without roles, or SMOKE_EMAIL=none"
  [ "$SMOKE_EMAIL" = none ] || [ -n "${SMOKE_PASSWORD:-}" ] || fail "SMOKE_EMAIL needs SMOKE_PASSWORD"
  export SMOKE_EMAIL SMOKE_PASSWORD=${SMOKE_PASSWORD:-}
  unset SMOKE_EMAIL_PARAMETER SMOKE_PASSWORD_PARAMETER # read once, also for the scripts called from here
}

# --- what the cluster says ---------------------------------------------------------------------------

live_color() { # the Service's selector is the only truth; nothing where there is no Service
  k get service "$APP" --ignore-not-found -o jsonpath='{.spec.selector.color}'
}

state() { # what the live Service remembers, as JSON; {} where it remembers nothing
  k get service "$APP" --ignore-not-found -o json | jq -c --arg key "$STATE" \
    '.metadata.annotations[$key] // "{}" | fromjson' | grep . || echo '{}'
}

deployment() { # deployment COLOR: its JSON; {} where there is none
  [ -n "$1" ] || { echo '{}' && return; }
  k get deployment "$APP-$1" --ignore-not-found -o json | grep . || echo '{}'
}

release_of() { jq -r --arg key "$RELEASE" '.spec.template.metadata.annotations[$key] // empty' <<<"$1"; }
image_of() { jq -r '.spec.template.spec.containers[0].image // empty' <<<"$1"; }
replicas_of() { jq -r '.spec.replicas // 0' <<<"$1"; }
is_healthy() { # is_healthy DEPLOYMENT_JSON: every replica is of the newest template and ready, and there is one
  jq -e '(.spec.replicas // 0) as $n | $n > 0 and .status.readyReplicas == $n and .status.updatedReplicas == $n
    and .status.observedGeneration == .metadata.generation and .status.replicas == $n' <<<"$1" >/dev/null
}

pods_of() { k get pods -l "app.kubernetes.io/name=$APP,color=$1" -o json; }

explain() { # explain COLOR: why its newest pods are not well: their state, last log lines and events
  local newest pods pod
  newest=$(k get replicasets -l "app.kubernetes.io/name=$APP,color=$1" -o json | jq -r '[.items[]
    | select(.spec.replicas > 0)] | max_by(.metadata.annotations["deployment.kubernetes.io/revision"] | tonumber) | .metadata.name')
  pods=$(pods_of "$1" | jq --arg newest "$newest" '[.items[] | select(.metadata.ownerReferences[0].name == $newest)]')
  jq -r '.[] | "  pod \(.metadata.name): \(.status.phase)" + ([.status.containerStatuses[]? | ", restarts \(.restartCount)",
    (.state.waiting // .state.terminated // empty | ", \(.reason)" + (if .message then ": \(.message)" else "" end))] | join(""))' <<<"$pods" >&2
  for pod in $(jq -r '.[:2][].metadata.name' <<<"$pods"); do
    printf '  last log lines of %s:\n' "$pod" >&2
    { k logs "$pod" --tail=15 2>/dev/null | grep . || k logs "$pod" --previous --tail=15 2>/dev/null ||
      echo "(none: the container never ran)"; } |
      jq -Rr '. as $line | try (fromjson | "\(.timestamp[11:19]) \(.level) \(.message)") catch $line | "    " + .[:400]' >&2
  done
  printf '  events:\n' >&2
  k get events -o json | jq -r --arg newest "$newest" '[.items[] | select((.involvedObject.name | startswith($newest))
      and .type != "Normal")] | sort_by(.lastTimestamp // .eventTime // "")[-8:][]
    | "    \(.reason) \(.involvedObject.name) (\(.count // 1) times): \(.message[0:300] | gsub("\n"; " "))"' >&2
}

proxy_protocol() { # proxy_protocol COLOR: what curl must add to reach its pods past the load balancer
  local config
  config=$(deployment "$1" | jq -r '[.spec.template.spec.containers[0].envFrom[]?.configMapRef.name // empty][0] // empty')
  [ -z "$config" ] || [ "$(k get configmap "$config" -o jsonpath='{.data.PROXY_PROTOCOL}')" != on ] || echo --haproxy-protocol
}

# --- a way to a port inside the cluster --------------------------------------------------------------

forward() { # forward TARGET PORT: opens a tunnel, prints its pid and its local port
  local log pid port
  log=$(mktemp)
  # Bounded, since a killed script cannot end it.
  timeout 600 kubectl --namespace "$NAMESPACE" port-forward --address 127.0.0.1 "$1" ":$2" >"$log" 2>&1 &
  pid=$!
  for _ in {1..100}; do
    port=$(sed -nE 's/^Forwarding from 127\.0\.0\.1:([0-9]+) .*/\1/p' "$log" | head -n 1)
    [ -z "$port" ] || break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  [ -n "$port" ] || { kill "$pid" 2>/dev/null; say "no tunnel to $1 port $2: $(tail -n 1 "$log")" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
  echo "$pid $port"
}
