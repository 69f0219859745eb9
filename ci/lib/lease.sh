# shellcheck shell=bash
# One deploy at a time, by a Lease that holds the deploy's digest. It is short and renewed in the background, so a
# killed deploy blocks the next one for LEASE_SECONDS only. Whether a holder still lives is told by watching the Lease
# for that long, as leader election does: the clocks of two machines are never compared.

LEASE=$APP-deploy
LEASE_SECONDS=${LEASE_SECONDS:-15}
lease_holder="" lease_keeper=""

lease_take() { # lease_take HOLDER: returns 1 where another deploy has it
  lease_holder=$1
  local seen version other
  seen=$(k get lease "$LEASE" --ignore-not-found -o json)
  if [ -z "$seen" ]; then
    lease_json "" | k create -f - >/dev/null || { say "the lease could not be made" >&2; return 1; }
  else
    version=$(jq -r .metadata.resourceVersion <<<"$seen") other=$(jq -r '.spec.holderIdentity // ""' <<<"$seen")
    if [ -n "$other" ]; then
      version=$(lease_outlive "$version" "$other") || return 1
    fi
    lease_json "$version" | k replace -f - >/dev/null || { say "the lease could not be taken: another deploy was faster?" >&2; return 1; }
  fi
  lease_keep $$ >/dev/null 2>&1 &
  lease_keeper=$!
}

lease_outlive() { # lease_outlive VERSION HOLDER: prints the version to replace once the holder is gone
  local seen
  say "The lease is held by $2: waiting up to $LEASE_SECONDS s for a sign of life" >&2
  for ((i = 0; i < LEASE_SECONDS; i++)); do
    sleep 1
    seen=$(k get lease "$LEASE" -o json) || return 1
    if [ "$(jq -r '.spec.holderIdentity // ""' <<<"$seen")" = "" ]; then
      break
    elif [ "$(jq -r .metadata.resourceVersion <<<"$seen")" != "$1" ]; then
      say "another deploy is under way: $2" >&2
      return 1
    fi
  done
  jq -r .metadata.resourceVersion <<<"$seen"
}

lease_json() { # lease_json RESOURCE_VERSION: replacing only what was read
  jq -nc --arg name "$LEASE" --arg app "$APP" --arg version "$1" --arg holder "$lease_holder" \
    --argjson seconds "$LEASE_SECONDS" --arg now "$(lease_now)" '{apiVersion: "coordination.k8s.io/v1", kind: "Lease",
      metadata: ({name: $name, labels: {"app.kubernetes.io/name": $app}}
        + if $version == "" then {} else {resourceVersion: $version} end),
      spec: {holderIdentity: $holder, leaseDurationSeconds: $seconds, acquireTime: $now, renewTime: $now}}'
}

lease_now() { date -u +%Y-%m-%dT%H:%M:%S.000000Z; }

lease_patch() { # lease_patch PATH VALUE: only while it is ours
  k patch lease "$LEASE" --type=json -p "$(jq -nc --arg mine "$lease_holder" --arg path "$1" --arg value "$2" \
    '[{op: "test", path: "/spec/holderIdentity", value: $mine}, {op: "replace", path: $path, value: $value}]')" \
    >/dev/null 2>&1
}

lease_seen() { k get lease "$LEASE" -o jsonpath='{.spec.holderIdentity}'; }

lease_renew() { lease_patch /spec/renewTime "$(lease_now)"; }

lease_keep() { # lease_keep PID: renews as long as that process lives
  while sleep $((LEASE_SECONDS / 4)) && kill -0 "$1"; do lease_renew || true; done
}

lease_release() {
  [ -n "$lease_keeper" ] || return 0
  kill "$lease_keeper" 2>/dev/null || true
  lease_patch /spec/holderIdentity "" || true
}

lease_force() { # lease_force HOLDER: for a rollback, which overrules the deploy that is watching
  lease_holder=$1
  k patch lease "$LEASE" --type=merge -p "$(lease_json "" | jq -c '{spec}')" >/dev/null
  lease_keep $$ >/dev/null 2>&1 &
  lease_keeper=$!
}
