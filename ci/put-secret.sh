#!/usr/bin/env bash
# Puts a secret into the parameter store of AWS Systems Manager (a SecureString), and replaces JWT_SECRET without signing
# anybody out. CloudFormation cannot make such a parameter. The value is read from standard input, without one newline at
# its end, or made here; it stands in no argument, no variable and no output, `bash -x` included.
#
#   ci/put-secret.sh [NAME] <file          makes the parameter; one that is there is left alone
#   ci/put-secret.sh --generate [NAME]     with 32 random bytes
#
# The rotation is three deploys; each step can be run again, and refuses to come before its time:
#
#   step                                     then JWT_SECRET has   and JWT_VERIFY_SECRETS
#   ci/put-secret.sh --generate --next       the old one           the next one             deploy
#   ci/put-secret.sh --sign                  the next one          the old one              deploy, wait
#   ci/put-secret.sh --finish                the next one          nothing: it is removed   deploy
#
# NAME             default JWT_SECRET's; another one for another secret, such as the smoke account's password
# JWT_SECRET_PARAMETER, JWT_VERIFY_SECRETS_PARAMETER   the two names, default those above under /simple-jwt-api/
# KEY_ID           a KMS key, default the account's own for parameters
# TOKEN_SECONDS    how long a token lives (JWT_LIFETIME), default 3600: --finish refuses to come earlier
set -euo pipefail
umask 077
say() { echo "put-secret: $*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
here=$(cd "$(dirname "$0")" && pwd)
signing=${JWT_SECRET_PARAMETER:-/simple-jwt-api/JWT_SECRET}
verifying=${JWT_VERIFY_SECRETS_PARAMETER:-/simple-jwt-api/JWT_VERIFY_SECRETS}
lifetime=${TOKEN_SECONDS:-3600}

generate=false step=make name=""
for argument in "$@"; do
  case $argument in
    --generate) generate=true ;;
    --next | --sign | --finish) step=${argument#--} ;;
    -*) fail "unknown option $argument: see the first lines of $0" ;;
    *) name=$argument ;;
  esac
done
[ "$step" = make ] || [ -z "$name" ] || fail "--$step is for JWT_SECRET only"
[[ $lifetime =~ ^[0-9]+$ ]] || fail "TOKEN_SECONDS is $lifetime: use a number of seconds"
for tool in aws jq openssl; do command -v "$tool" >/dev/null || fail "$tool is not installed"; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# As the service refuses them at its start, since a parameter that it refuses would stop the next deploy.
# shellcheck disable=SC2016 # jq's variables
objection='if ($published | split("\n") | any(.[]; ascii_downcase == ($s | ascii_downcase) and (startswith("#") | not)))
    then "is an example that stands in public documents"
  elif ($s | utf8bytelength) < 32 then "has \($s | utf8bytelength) bytes, it needs 32"
  elif ($s | test("[\\s\\p{Cc}]")) then "contains white space or a control character"
  elif ($s | explode | unique | length) == 1 then "is one character repeated" else empty end'

read_value() { # writes $work/value
  local wrong
  if [ "$generate" = true ]; then
    openssl rand -hex 32 | tr -d '\n' >"$work/value"
  else
    [ ! -t 0 ] || fail "give the secret on standard input, or use --generate"
    jq -Rsj 'sub("\n$"; "")' >"$work/value"
  fi
  wrong=$(jq -Rsr --rawfile published "$here/../src/main/resources/published-secrets.txt" ". as \$s | $objection" "$work/value")
  [ -z "$wrong" ] || fail "the secret $wrong: use 32 random bytes, as --generate does"
}

put() { # put NAME DESCRIPTION OVERWRITE VALUE_FILE; by a file, since the CLI reads a pipe twice
  jq -Rs --arg name "$1" --arg description "$2" --argjson overwrite "$3" --arg key "${KEY_ID:-}" '{Name: $name, Value: .,
    Type: "SecureString", Description: $description, Overwrite: $overwrite} + if $key == "" then {} else {KeyId: $key} end' \
    "$4" >"$work/request"
  aws ssm put-parameter --cli-input-json "file://$work/request" >/dev/null 2>"$work/error"
}
replace() { put "$1" "$2" true "$3" || fail "$1 was not written: $(cat "$work/error")"; }

get() { # get NAME FILE: writes its value; 1 where there is none
  aws ssm get-parameters --with-decryption --names "$1" --output json >"$work/answer" || fail "$1 cannot be read"
  jq -ej '.Parameters[0].Value // empty' "$work/answer" >"$2"
}

# Where the rotation stands is told by the description of the verifying parameter: values do not tell old from new.
describe() { echo "$1 JWT_SECRET, since $(date -u +%Y-%m-%dT%H:%M:%SZ)"; } # describe WORD
read_stage() { # sets `stage` to none, Next, Exchanged or Previous, and `age` to the seconds since
  local described
  described=$(aws ssm describe-parameters --parameter-filters "Key=Name,Values=$verifying" --output json) ||
    fail "$verifying cannot be read"
  read -r stage age < <(jq -r '.Parameters[0].Description // "none"
    | "\(split(" ")[0]) \((capture("since (?<at>[-0-9T:]+Z)$") | now - (.at | fromdate) | floor) // 0)"' <<<"$described")
  get "$signing" "$work/current" || fail "there is no parameter $signing yet: make it first"
  get "$verifying" "$work/beside" || [ "$stage" = none ] || fail "$verifying is empty"
}

make() {
  read_value
  name=${name:-$signing}
  if ! put "$name" "Made by ci/put-secret.sh" false "$work/value"; then
    grep -q ParameterAlreadyExists "$work/error" || fail "$name was not written: $(cat "$work/error")"
    fail "there is a parameter $name already; it was left alone. To replace JWT_SECRET: --generate --next"
  fi
  say "made the parameter $name"
}

next() {
  read_stage
  [ "$stage" = none ] || [ "$stage" = Next ] || fail "a rotation is under way: --finish it first"
  if [ "$stage" = Next ] && [ "$generate" = true ]; then
    say "$verifying has the next secret already"
  else
    read_value
    ! cmp -s "$work/value" "$work/current" || fail "that is the secret which signs now"
    replace "$verifying" "$(describe Next)" "$work/value"
    say "$verifying has the next secret: it verifies ahead of its time, $signing still signs"
  fi
  say "1 of 3: deploy now. When that is live: ci/put-secret.sh --sign"
}

# Both verify for a moment, so that it may be interrupted between any two writes and run again.
sign() {
  read_stage
  case $stage in
    Previous) say "$signing has the new secret already" ;;
    none) fail "nothing verifies ahead of its time yet: begin with --generate --next and a deploy" ;;
    Next)
      { cat "$work/current" && printf ' ' && cat "$work/beside"; } >"$work/both"
      replace "$verifying" "$(describe Exchanged)" "$work/both"
      mv "$work/both" "$work/beside" ;;&
    Next | Exchanged)
      cut -d ' ' -f 1 "$work/beside" | tr -d '\n' >"$work/old"
      cut -d ' ' -f 2 "$work/beside" | tr -d '\n' >"$work/new"
      replace "$signing" "Put by ci/put-secret.sh --sign" "$work/new"
      replace "$verifying" "$(describe Previous)" "$work/old"
      say "$signing has the new secret, $verifying has the old one" ;;
  esac
  say "2 of 3: deploy now. When that has been live for $lifetime s: ci/put-secret.sh --finish"
}

finish() {
  read_stage
  if [ "$stage" = Previous ]; then
    [ "$age" -ge "$lifetime" ] || fail "tokens of the old secret may live for $((lifetime - age)) s more: wait, or set TOKEN_SECONDS"
    aws ssm delete-parameter --name "$verifying" >/dev/null || fail "$verifying was not removed"
    say "$verifying is removed: the old secret is gone from the store"
  elif [ "$stage" != none ]; then
    fail "the new secret does not sign yet: --sign it first, and deploy"
  else
    say "there is no $verifying"
  fi
  say "3 of 3: deploy now. Then $signing alone verifies"
}

"$step"
