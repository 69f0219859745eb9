#!/usr/bin/env bash
# Brings back the release that served before the one that is live: at once while its pods still stand, otherwise after
# its recorded pods have been started again and tried. May be called while a deploy is watching what it switched to: that
# deploy then stops by itself.
#
#   SMOKE_EMAIL=... SMOKE_PASSWORD=... ci/rollback.sh
#
# NAMESPACE          default simple-jwt-api
# SMOKE_EMAIL, SMOKE_PASSWORD   only where pods must be started, see ci/smoke-test.sh
# ROLLOUT_SECONDS    time for those pods to be ready, default 120
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/lib/common.sh"
. "$here/lib/lease.sh"
. "$here/lib/traffic.sh"

begun=$(now_ms)
need_tools kubectl jq curl
seen=$(k get services,deployments -o json) || # all in one question: a second counts here
  fail "the cluster that KUBECONFIG names does not answer, or refuses namespace $NAMESPACE"
pick() { jq -c --arg kind "$1" --arg name "$2" '[.items[] | select(.kind == $kind and .metadata.name == $name)][0] // {}' <<<"$seen"; }
service=$(pick Service "$APP")
bad=$(jq -r '.spec.selector.color // ""' <<<"$service")
[ -n "$bad" ] || fail "nothing is live in namespace $NAMESPACE"
IFS=$'\t' read -r good image RELEASE_HASH < <(jq -r --arg key "$STATE" '.metadata.annotations[$key] // "{}" | fromjson
  | [.previous.color // "", .previous.image, .previous.release] | @tsv' <<<"$service") || true
[ -n "$good" ] || fail "no earlier release is recorded: there is nothing to go back to"
after=$(jq -nc --arg image "$image" --arg release "$RELEASE_HASH" '{image: $image, release: $release, soaking: false}')
work=$(mktemp -d)
starting=false

finish() {
  local status=$?
  trap - EXIT
  set +e
  if [ "$status" != 0 ] && [ "$starting" = true ]; then
    explain "$good"
    retire "$good"
  fi
  lease_release
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

go_back() {
  local decided
  decided=$(now_ms)
  switch "$bad" "$good" "$after" || fail "somebody else has switched the Service meanwhile: it selects $(live_color)"
  say "SWITCHED BACK to $good, $(took "$decided") after the decision, $(took "$begun") after the call"
  starting=false
  await_endpoints "$good" && say "Its pods are the Service's endpoints after $(took "$decided")"
}

say "Going back from $bad to $image ($good)"
standing=$(pick Deployment "$APP-$good")
if [ "$good" != "$bad" ] && [ "$(release_of "$standing")" = "$RELEASE_HASH" ] && is_healthy "$standing"; then
  go_back # first of all; the deploy that may be watching sees that it was overruled
  lease_force "rollback/$HOSTNAME-$$"
else
  lease_take "rollback/$HOSTNAME-$$" || fail "nothing was changed; a deploy before its switch is stopped by ending it"
  return_to_release "$good" "$RELEASE_HASH" || fail "deploy it again: IMAGE=$image ci/deploy.sh"
  if [ "$good" = "$bad" ]; then # rolling: the pods replace each other
    await_rollout "$good" || fail "the earlier pods did not come up"
    remember "$after"
  else
    starting=true
    scale "$good" "$(replicas_of "$(deployment "$bad")")"
    await_rollout "$good" || fail "the earlier pods did not come up; $bad still serves"
    IMAGE=$image SMOKE_COLOR=$good bash "$here/smoke-test.sh" || fail "the earlier release is not well; $bad still serves"
    go_back
  fi
fi
[ "$good" = "$bad" ] || retire "$bad"
say "ROLLED BACK after $(took "$begun"): $image is live"
