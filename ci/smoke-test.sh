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
# SMOKE_EMAIL_PARAMETER, SMOKE_PASSWORD_PARAMETER, ADMIN_EMAIL_PARAMETER, ADMIN_PASSWORD_PARAMETER   read them from AWS
#                    Systems Manager instead
# NAMESPACE          default simple-jwt-api
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/lib/common.sh"

need_cluster
color=${SMOKE_COLOR:-$(live_color)}
[ -n "$color" ] || fail "nothing is live yet: set SMOKE_COLOR"
from_parameter() { # from_parameter NAME
  aws ssm get-parameters --with-decryption --output json --names "$1" | jq -er '.Parameters[0].Value' ||
    fail "the parameter $1 cannot be read"
}
[ -z "${SMOKE_EMAIL_PARAMETER:-}" ] || SMOKE_EMAIL=$(from_parameter "$SMOKE_EMAIL_PARAMETER")
[ -z "${SMOKE_PASSWORD_PARAMETER:-}" ] || SMOKE_PASSWORD=$(from_parameter "$SMOKE_PASSWORD_PARAMETER")
[ -z "${ADMIN_EMAIL_PARAMETER:-}" ] || ADMIN_EMAIL=$(from_parameter "$ADMIN_EMAIL_PARAMETER")
[ -z "${ADMIN_PASSWORD_PARAMETER:-}" ] || ADMIN_PASSWORD=$(from_parameter "$ADMIN_PASSWORD_PARAMETER")
: "${SMOKE_EMAIL:?set it and SMOKE_PASSWORD to an account without roles, or SMOKE_EMAIL=none}"
[ "$SMOKE_EMAIL" = none ] || : "${SMOKE_PASSWORD:?is needed with SMOKE_EMAIL}"
IMAGE=${IMAGE:-$(image_of "$(deployment "$color")")}
export SMOKE_EMAIL SMOKE_PASSWORD=${SMOKE_PASSWORD:-}
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

# A header or a body is given by pipe: arguments can be seen by every process of the machine.
call() { # call METHOD URL [TOKEN] [<body]: sets `status` and `body`
  local more=()
  [[ $2 == "$management/"* ]] || more=(${proxy:+"$proxy"})
  [ "$1" = GET ] || more+=(--data-binary @- -H 'Content-Type: application/json')
  status=$(curl --noproxy '*' -sS --max-time 10 -X "$1" -o "$work/body" -w '%{http_code}' ${more[@]+"${more[@]}"} \
    -K <([ -z "${3:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$3") "$2" 2>"$work/error") || status=000
  body=$(cat "$work/body" 2>/dev/null || true)
  [ "$status" != 000 ] || body=$(cat "$work/error")
}

expect() { # expect STATUS WHAT: of the last call
  [ "$status" = "$1" ] || fail "$2: $status instead of $1: ${body:0:300}"
}

credentials() { jq -nc '{email: env.SMOKE_EMAIL, password: env.SMOKE_PASSWORD}'; }
admin_credentials() { ADMIN_EMAIL=$ADMIN_EMAIL ADMIN_PASSWORD=$ADMIN_PASSWORD jq -nc '{email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD}'; }

sign_in() { # sign_in URL: sets `token`
  call POST "$1/auth" < <(credentials)
  if [ "$status" = 401 ] && [ -n "${ADMIN_EMAIL:-}" ] && [ -n "${ADMIN_PASSWORD:-}" ]; then
    say "The smoke account does not exist: the administrator makes it"
    call POST "$1/auth" < <(admin_credentials)
    expect 200 "sign-in of the administrator"
    call POST "$1/accounts" "$(jq -r .token <<<"$body")" < <(credentials)
    expect 201 "making the smoke account"
    call POST "$1/auth" < <(credentials)
  fi
  expect 200 "sign-in of the smoke account"
  token=$(jq -r '.token // empty' <<<"$body")
  [ -n "$token" ] || fail "sign-in gave no token"
}

reads_token() { # reads_token URL TOKEN WHAT
  call GET "$1/contents" "$2"
  expect 200 "$3"
  [ "$(jq -r .email <<<"$body")" = "$SMOKE_EMAIL" ] || fail "$3: the claims are somebody else's"
}

forged() { # forged TOKEN: the same claims but for one, under the old signature
  local payload
  payload=$(cut -d. -f2 <<<"$1" | tr '_-' '/+' | jq -Rr '. + ("=" * ((4 - length % 4) % 4)) | @base64d | fromjson
    | .groups = ["admin"] | tojson | @base64' | tr '/+' '_-' | tr -d '=')
  printf '%s.%s.%s' "${1%%.*}" "$payload" "${1##*.}"
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
call GET "$management/q/health/ready"
expect 200 "readiness"
open_tunnel "$target" 8080
url=$address
call GET "$url/"
expect 200 "GET /"
[ "$body" = '"Healthy"' ] || fail "GET / answers $body"
call GET "$url/contents"
expect 401 "GET /contents without a token"

# --- sign-in and tokens ------------------------------------------------------------------------------
if [ "$SMOKE_EMAIL" = none ]; then
  warn "no smoke account: sign-in and tokens were not tried"
else
  sign_in "$url"
  mine=$token
  reads_token "$url" "$mine" "GET /contents with the token of $color"
  call GET "$url/contents" "$(forged "$mine")"
  expect 401 "GET /contents with a forged token"
  if [ -n "${PEER_COLOR:-}" ]; then
    open_tunnel "deployment/$APP-$PEER_COLOR" 8080
    sign_in "$address"
    reads_token "$url" "$token" "a token of $PEER_COLOR on $color: is the secret another one?"
    reads_token "$address" "$mine" "a token of $color on $PEER_COLOR: is the secret another one?"
  fi
fi
say "Smoke test of $color passed in $(took "$begun")"
