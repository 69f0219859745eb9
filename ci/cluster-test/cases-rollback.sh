# shellcheck shell=bash
# shellcheck disable=SC2154 # shared with the other files of cluster-test.sh
# Going back, the secret's rotation, and the rolling way.

rollback_while_the_old_colour_stands() {
  local old
  old=$(live_image)
  start_deploy "$(other_image)" SOAK=60
  wait_until 120 said 'Watching'
  roll_back
  at_most 2 "$(seconds 'decision, ')" "the rollback"
  if wait "$deploy_pid"; then wrong "the overruled deploy says that it went well"; fi
  expect_live "$old"
  figure "switched back $(seconds 'decision, ') s after the call"
}

rollback_afterwards() {
  local old
  old=$(live_image)
  deploy "$(other_image)"
  roll_back
  expect_live "$old"
  figure "the recorded release was back after $(seconds 'ROLLED BACK after') s"
  if roll_back; then wrong "it went back to the release that was rolled back"; fi
}

# The next secret verifies, then signs, then the old one goes: a token lives through the first two.
secret_rotated_in_three_deploys() {
  local next=$logs/next previous=$logs/previous image before=$logs/before after tunnel
  image=$(live_image)
  openssl rand -hex 32 >"$next"
  cp "$secret" "$previous"
  with_live token_from >"$before"

  deploy "$image" JWT_VERIFY_SECRETS_FILE="$next"
  with_live reads "$(cat "$before")" || wrong "the first deploy signed somebody out"
  cp "$next" "$secret"
  deploy "$image" JWT_VERIFY_SECRETS_FILE="$previous"
  with_live reads "$(cat "$before")" || wrong "the second deploy signed somebody out"
  after=$(with_live token_from)
  deploy "$image"
  with_live reads "$after" || wrong "the third deploy signed somebody out"
  if with_live reads "$(cat "$before")" 2>/dev/null; then wrong "the old secret still verifies"; fi
  expect_live "$image"
  figure "the same image three times, live after $(grep -oE 'LIVE after [0-9.]+' "$case_log" | grep -oE '[0-9.]+$' | paste -sd/) s"
}

with_live() { # with_live FUNCTION ARGUMENT...: with the local port of a tunnel to the live colour
  local tunnel status=0
  tunnel=$(forward "deployment/$APP-$(live_color)" 8080)
  "$1" "${tunnel#* }" "${@:2}" || status=$?
  kill "${tunnel% *}"
  return "$status"
}

rolling() { # the first time beside the live colour, then in place
  local before
  before=$(live_image)
  deploy "$(other_image)" DEPLOY_STRATEGY=rolling
  [ "$(live_color)" = rolling ] || wrong "the colour is $(live_color)"
  deploy "$before" DEPLOY_STRATEGY=rolling
  expect_live "$before"
  figure "live after $(seconds 'LIVE after') s in place"
  roll_back
  [ "$(live_image)" != "$before" ] || wrong "it did not go back"
  expect_live "$(live_image)"
  figure "rolled back after $(seconds 'ROLLED BACK after') s"
}

rolling_with_a_bad_image() {
  refused CrashLoopBackOff "$crashing" DEPLOY_STRATEGY=rolling
  said 'Rolling rolling back' || wrong "it was not undone"
  deploy "$(other_image)" # and back to two colours
  expect_live "$(live_image)"
  [ "$(live_color)" = blue ] || wrong "the colour is $(live_color)"
}

# Without a DATABASE_URL: one replica with a volume, stopped and started. Its own namespace, so the clients are not asked.
embedded_store() {
  local -x NAMESPACE=$NAMESPACE-embedded
  kubectl delete namespace "$NAMESPACE" --ignore-not-found --timeout=240s >/dev/null
  kubectl create namespace "$NAMESPACE" >/dev/null
  k apply -f deploy/rbac.yml >/dev/null
  k create secret generic "$APP" --from-literal=ADMIN_EMAIL="$ADMIN_EMAIL" --from-literal=ADMIN_PASSWORD="$password" >/dev/null
  # This cluster's volumes are folders of root's, and fsGroup does not reach them.
  kubectl get pv -o jsonpath='{range .items[*]}{.spec.hostPath.path}{"\n"}{end}' | xargs install -d -m 1777
  sed 's/gp3/local/' deploy/embedded-claim.yml | k create -f - >/dev/null

  deploy "$first"
  expect_live "$first"
  deploy "$second"
  expect_live "$second"
  [ "$(grep -c 'does not exist' "$case_log")" = 1 ] || wrong "the smoke account did not outlive the deploy"
  figure "stopped and started, live after $(seconds 'LIVE after') s"
  refused CrashLoopBackOff "$crashing"
  kubectl delete namespace "$NAMESPACE" --wait=false >/dev/null
}

secret_in_no_log() {
  if grep -rlF -f "$secret" "$logs" --include='*.log' --include='*.err'; then wrong "a secret stands in a log"; fi
  if grep -rlF "$password" "$logs" --include='*.log' --include='*.err'; then wrong "a password stands in a log"; fi
}
