# shellcheck shell=bash
# shellcheck disable=SC2154 # `work` and `here` are the sourcing script's
# The steps of a deploy, and their undoing. `live` is the colour that serves, `target` the one that gets the release.
# What must be undone when the script ends is told by `phase`:
#   begin    nothing was changed
#   beside   the target is being rolled out beside the live colour: it goes, live is untouched
#   flipped  the target serves, not trusted yet: back to live, then the target goes
#   in-place the live Deployment itself was changed: rolled back to the template that was live
#   trusted  nothing to undo

already_live() { # this release serves, all its pods are ready, and nothing is left of an interrupted deploy
  local color json
  color=$(live_color)
  [ -n "$color" ] || return 1
  json=$(deployment "$color")
  [ "$(release_of "$json")" = "$RELEASE_HASH" ] && is_healthy "$json" &&
    [ "$(state | jq -r '"\(.release) \(.soaking)"')" = "$RELEASE_HASH false" ]
}

choose_target() {
  live=$(live_color)
  if [ "${STORE_ALONE:-false}" = true ]; then
    target=alone
    say "No DATABASE_URL: the embedded store takes one replica, so each further deploy stops it, then starts it anew"
  elif [ "$DEPLOY_STRATEGY" = rolling ]; then
    target=rolling
  elif [ "$live" = blue ]; then
    target=green
  else
    target=blue
  fi
}

replicas() { # the wanted number, and never fewer than serve now
  local wanted now
  wanted=${REPLICAS:-$(jq --arg app "$APP" '[.items[] | select(.kind == "Deployment" and .metadata.name == $app)
    | .spec.replicas // 1][0]' "$work/manifest.json")}
  now=$(replicas_of "$(deployment "$live")")
  if [ "${STORE_ALONE:-false}" = true ]; then
    echo 1
  elif [ "$DEPLOY_STRATEGY" = rolling ] && [ "$wanted" -lt 2 ]; then
    echo 2 # one replica cannot be replaced and serve
  else
    echo $((wanted > now ? wanted : now))
  fi
}

apply_target() {
  local n
  n=$(replicas)
  if [ "$target" = "$live" ]; then
    say "Applying $n pods of $target in place of those that serve"
  else
    say "Applying $n pods of $target${live:+; $live serves and is not touched}"
  fi
  if [ "${STORE_ALONE:-false}" = true ] && ! k get pvc "$APP-data" -o name >/dev/null 2>&1; then
    k create -f "$DEPLOY_FILES/embedded-claim.yml" >/dev/null
  fi
  render "$target" "$n" Deployment | k apply -f - >/dev/null
  render "$target" "$n" PodDisruptionBudget | k apply -f - >/dev/null
}

# By `bash`, since an artifact may lose the right to be executed on its way here.
try() { # try PEER: the target, with the administrator of the release itself where there is one
  ADMIN_EMAIL=${ADMIN_EMAIL:-$(secret_value ADMIN_EMAIL)} ADMIN_PASSWORD=${ADMIN_PASSWORD:-$(secret_value ADMIN_PASSWORD)} \
    SMOKE_COLOR=$target PEER_COLOR=$1 bash "$here/smoke-test.sh"
}

beside() { # blue-green: beside the live colour, then the switch
  local before after switched
  phase=beside
  apply_target
  render "$target" 1 Preview | k apply -f - >/dev/null
  await_rollout "$target" || fail "$target did not come up"
  try "$live" || fail "$target came up, and is wrong"

  before=$(state)
  after=$(new_state true)
  if [ -z "$live" ]; then
    use_certificate
    render "$target" 1 Service | jq --arg key "$STATE" --arg state "$after" '.metadata.annotations[$key] = $state' >"$work/service.json"
  fi
  switched=$(now_ms) # the decision
  lease_renew || fail "the lease was lost: another deploy has taken over"
  undo_state=$before
  phase=flipped
  if [ -z "$live" ]; then
    k create -f "$work/service.json" >/dev/null || { phase=beside; fail "somebody else has made the Service"; }
  else
    switch "$live" "$target" "$after" || { phase=beside; fail "somebody else has switched the Service"; }
  fi
  say "SWITCHED to $target, $(took "$switched") after the decision"
  await_endpoints "$target" || fail "$target does not serve"
  say "Its pods are the Service's endpoints after $(took "$switched")"
  settle
}

new_state() { # new_state SOAKING: this release is live, and this is what was before
  jq -c --arg image "$IMAGE" --arg release "$RELEASE_HASH" --argjson soaking "$1" --arg color "$live" \
    '{image: $image, release: $release, soaking: $soaking}
      + if .release then {previous: {color: $color, image: .image, release: .release}} else {} end' <<<"$(state)"
}

settle() { # watches the target; then the old colour goes and the release counts as good
  local verdict=0
  watch_live "$target" || verdict=$?
  if [ "$verdict" = 2 ]; then
    phase=trusted
    fail "somebody else has switched or taken the lease meanwhile; left as it is"
  fi
  [ "$verdict" = 0 ] || fail "$target does not serve well"
  phase=trusted
  remember "$(state | jq -c '.soaking = false')"
  if [ -n "$live" ]; then
    say "Scaling $live down; ci/rollback.sh can bring it back"
    retire "$live"
  fi
}

in_place() { # rolling, and the embedded store: the Deployment replaces its own pods
  phase=in-place
  apply_target
  await_rollout "$target" || fail "the new pods did not come up"
  try "" || fail "the new pods came up, and are wrong"
  watch_live "$target" || fail "the new pods do not serve well"
  phase=trusted
  remember "$(new_state false)"
}

# A deploy that was killed after the switch: its watch is made up for, before anything else is put in the old colour's
# place. One killed before the switch needs nothing: the idle colour is applied again anyway.
repair_interrupted() {
  local remembered old
  remembered=$(state)
  [ "$(jq -r '.soaking // false' <<<"$remembered")" = true ] || return 0
  target=$(live_color) live=$(jq -r '.previous.color // ""' <<<"$remembered")
  say "An earlier deploy was stopped while $target was being watched: watching it now"
  if watch_live "$target"; then
    remember "$(jq -c '.soaking = false' <<<"$remembered")"
    [ -z "$live" ] || retire "$live"
  elif [ -n "$live" ]; then
    old=$(deployment "$live")
    undo_state=$(jq -c '{image: .previous.image, release: .previous.release, soaking: false}' <<<"$remembered")
    if [ "$(release_of "$old")" = "$(jq -r .previous.release <<<"$remembered")" ] && is_healthy "$old"; then go_back; fi
  fi
  live="" target=""
}

go_back() { # clients first: why it failed is told when they are served well again
  local decided
  decided=$(now_ms)
  switch "$target" "$live" "$undo_state" || { say "somebody else has switched the Service already: left as it is" >&2; return 1; }
  say "SWITCHED BACK to $live, $(took "$decided") after the decision"
  await_endpoints "$live" && say "Its pods are the Service's endpoints after $(took "$decided")"
  explain "$target"
  retire "$target"
}

undo() {
  case $phase in
    beside)
      explain "$target"
      say "Scaling $target down${live:+; $live serves, untouched}"
      retire "$target" ;;
    flipped)
      if [ -n "$live" ]; then
        go_back
      else
        explain "$target"
        say "This was the first deploy: there is nothing to go back to"
      fi ;;
    in-place)
      say "Rolling $target back to its previous template"
      explain "$target"
      return_to_release "$target" "$(state | jq -r '.release // ""')" &&
        k rollout status "deployment/$APP-$target" --timeout=$((ROLLOUT_SECONDS + 15))s >/dev/null && say "$target is back" ;;
  esac
}
