# shellcheck shell=bash
# shellcheck disable=SC2154 # `work` is the sourcing script's
# What a service must answer before anybody is sent to it: calls to one URL, whatever runs behind it. Needs common.sh.

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

try_health() { # try_health URL: `management` has the other port
  call GET "$management/q/health/ready"
  expect 200 "readiness"
  call GET "$1/"
  expect 200 "GET /"
  [ "$body" = '"Healthy"' ] || fail "GET / answers $body"
  call GET "$1/contents"
  expect 401 "GET /contents without a token"
}

try_tokens() { # try_tokens URL WHOSE: leaves the token that it got in `token`
  sign_in "$1"
  reads_token "$1" "$token" "GET /contents with the token of $2"
  call GET "$1/contents" "$(forged "$token")"
  expect 401 "GET /contents with a forged token"
}
