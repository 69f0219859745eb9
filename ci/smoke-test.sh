#!/usr/bin/env bash
# Tries one colour before anybody is sent there: through the preview Service where that is the colour, else through its
# Deployment. Exits 0 when all is well; tells the first thing that is not.
#
#   IMAGE=... SMOKE_COLOR=green PEER_COLOR=blue SMOKE_EMAIL=... SMOKE_PASSWORD=... ci/smoke-test.sh
#
# SMOKE_COLOR        the colour to try, default: the one that is live
# PEER_COLOR         the colour that serves now: a token of either must work on the other (optional)
# IMAGE              the image that must run, by digest, default: the Deployment's
# SMOKE_EMAIL, SMOKE_PASSWORD   an account without roles. Where it does not exist yet, it is made when ADMIN_EMAIL and
#                    ADMIN_PASSWORD are given. SMOKE_EMAIL=none leaves sign-in and tokens untried, with a warning
# SMOKE_EMAIL_PARAMETER, SMOKE_PASSWORD_PARAMETER   read them from AWS Systems Manager instead
# NAMESPACE          default simple-jwt-api
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/lib/common.sh"
. "$here/lib/smoke.sh"

need_cluster
color=${SMOKE_COLOR:-$(live_color)}
[ -n "$color" ] || fail "nothing is live yet: set SMOKE_COLOR"
read_smoke_account
IMAGE=${IMAGE:-$(image_of "$(deployment "$color")")}
begun=$(now_ms)
work=$(mktemp -d)
tunnels=()
trap 'kill ${tunnels[@]+"${tunnels[@]}"} 2>/dev/null || true; rm -rf "$work"' EXIT

open_tunnel() { # open_tunnel TARGET PORT: sets `address`
  local made
  made=$(forward "$1" "$2") || fail "cannot reach $1"
  tunnels+=("${made% *}")
  address=http://127.0.0.1:${made#* }
}

# --- the digest that was built runs in every pod -----------------------------------------------------
pods_of "$color" | jq -e --arg image "$IMAGE" '($image | split("@")[1]) as $digest
  | [.items[] | select(.metadata.deletionTimestamp == null)] | length > 0 and all(.[];
    .spec.containers[0].image == $image and (.status.containerStatuses[0].imageID | endswith($digest)))' >/dev/null ||
  fail "not every pod of $color runs $IMAGE"

# --- health ------------------------------------------------------------------------------------------
target=deployment/$APP-$color
[ "$(k get service "$APP-preview" --ignore-not-found -o jsonpath='{.spec.selector.color}')" != "$color" ] ||
  target=service/$APP-preview
proxy=$(proxy_protocol "$color")
open_tunnel "$target" 9000
management=$address
open_tunnel "$target" 8080
url=$address
try_health "$url"

# --- sign-in and tokens ------------------------------------------------------------------------------
if [ "$SMOKE_EMAIL" = none ]; then
  warn "no smoke account: sign-in and tokens were not tried"
else
  try_tokens "$url" "$color"
  mine=$token
  if [ -n "${PEER_COLOR:-}" ]; then
    open_tunnel "deployment/$APP-$PEER_COLOR" 8080
    sign_in "$address"
    reads_token "$url" "$token" "a token of $PEER_COLOR on $color: is the secret another one?"
    reads_token "$address" "$mine" "a token of $color on $PEER_COLOR: is the secret another one?"
  fi
fi
say "Smoke test of $color passed in $(took "$begun")"
