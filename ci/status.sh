#!/usr/bin/env bash
# Tells what is live, what stands beside it, and what a rollback would bring back. Changes nothing.
#
# NAMESPACE   default simple-jwt-api
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/lib/common.sh"

need_cluster
live=$(live_color)
[ -n "$live" ] || { echo "Nothing is live in namespace $NAMESPACE"; exit 0; }
echo "Live in namespace $NAMESPACE: $live"
k get deployments -l "app.kubernetes.io/name=$APP" -o json | jq -r '.items[] | .spec.template.spec.containers[0] as $c
  | ($c.env // [] | map({(.name): .value}) | add // {}) as $env
  | "  \(.metadata.labels.color): \(.status.readyReplicas // 0) of \(.spec.replicas) ready, version \($env.RELEASE_VERSION // "?" | if . == "" then "?" else . end), commit \($env.RELEASE_COMMIT // "?" | if . == "" then "?" else . end)\n    \($c.image)"'
state | jq -r '(if .soaking then "A deploy is watching it, or was stopped while it did\n" else "" end)
  + if .previous then "ci/rollback.sh would bring back \(.previous.color): \(.previous.image)" else "Nothing is recorded to go back to" end'
k get lease "$APP-deploy" --ignore-not-found -o json | jq -r 'select((.spec.holderIdentity // "") != "")
  | "The lease is held by \(.spec.holderIdentity), renewed \(.spec.renewTime)"'
k get pods -l "app.kubernetes.io/name=$APP" -o json | jq -r '.items[] | "  pod \(.metadata.name): \(.status.phase), restarts \([.status.containerStatuses[]?.restartCount] | add // 0)"'
