#!/usr/bin/env bash
# Tries the scripts that an operator runs against AWS: ci/put-secret.sh, ci/create-role.sh, ci/plan-infrastructure.sh. What
# answers is moto_server; it keeps parameters, roles and change sets truly, and makes no resource of a template. Prints a
# verdict a case; arguments name cases. Wants `mvn package` to have run, since weak secrets must be refused in the service's own words.
# shellcheck disable=SC2016 # jq's and aws's own signs
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in aws moto_server jq java; do command -v "$tool" >/dev/null || { echo "aws-scripts-test: $tool is not installed" >&2; exit 1; }; done
[ -f target/quarkus-app/quarkus-run.jar ] || { echo "aws-scripts-test: run mvn package first" >&2; exit 1; }
work=$(mktemp -d)
# shellcheck source=rehearsal/moto.sh
. ci/rehearsal/moto.sh
leave() { stop_moto; rm -rf "$work"; }
trap leave EXIT
export AWS_ACCESS_KEY_ID=nobody AWS_SECRET_ACCESS_KEY=nothing
start_moto

failed=0
run_case() { # run_case FUNCTION: in a shell of its own, so that the first thing that is wrong ends it
  local status
  set +e # in a condition, errexit would not hold inside
  (set -e; "$1") >"$work/log" 2>&1
  status=$?
  set -e
  echo "$([ "$status" = 0 ] && echo 'ok    ' || echo FAILED)  ${1//_/ }"
  [ "$status" = 0 ] && return
  sed 's/^/        | /' "$work/log"
  failed=$((failed + 1))
}
wrong() { echo "$*" >&2; exit 1; }
value() { aws ssm get-parameters --with-decryption --names "/simple-jwt-api/$1" --query 'Parameters[0].Value' --output text; }
refused() { # refused TEXT COMMAND...
  if "${@:2}" >"$work/out" 2>&1; then wrong "it was not refused: $(cat "$work/out")"; fi
  grep -qF "$1" "$work/out" || wrong "it did not say '$1' but: $(cat "$work/out")"
}

# --- ci/put-secret.sh ----------------------------------------------------------------------------------

makes_a_secret_once() { # and in no line of its own trace, hence in no argument and no variable
  bash -x ci/put-secret.sh --generate >"$work/trace" 2>&1
  [[ $(value JWT_SECRET) =~ ^[0-9a-f]{64}$ ]] || wrong "that is no secret: $(value JWT_SECRET)"
  if grep -F "$(value JWT_SECRET)" "$work/trace"; then wrong "it was shown"; fi
  refused 'it was left alone' ci/put-secret.sh --generate
}

reads_a_secret_to_the_letter() { # but for one newline at its end
  local given='$a"b\c{{ssm:x}}`é#file://'"'"'0123456789012345678901234'
  bash -x ci/put-secret.sh /simple-jwt-api/GIVEN <<<"$given" >"$work/trace" 2>&1
  [ "$(value GIVEN)" = "$given" ] || wrong "another one is stored: $(value GIVEN)"
  if grep -F "$given" "$work/trace"; then wrong "it was shown"; fi
  printf '%s\n\n' "$given" >"$work/two"
  refused 'white space' ci/put-secret.sh /simple-jwt-api/TWO <"$work/two"
}

refuses_a_weak_secret_in_the_services_words() {
  local weak words
  for weak in short MyJwtSecret 0123456789ABCDEF0123456789abcdef 'with space 0123456789012345678901' $'tab\t0123456789012345678901234567890' \
    xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; do
    words=$(JWT_SECRET=$weak DATA_DIR=$work/data java -jar target/quarkus-app/quarkus-run.jar 2>&1 |
      sed -nE 's/.*JWT_SECRET (.*): use 32 random bytes.*/\1/p') || true
    [ -n "$words" ] || wrong "the service accepts '$weak'"
    refused "the secret $words:" ci/put-secret.sh /simple-jwt-api/WEAK < <(printf %s "$weak")
  done
  [ "$(value WEAK)" = None ] || wrong "it was stored"
}

replaces_the_secret_in_three_deploys() {
  local old next
  old=$(value JWT_SECRET)
  refused 'begin with --generate --next' ci/put-secret.sh --sign
  ci/put-secret.sh --generate --next
  next=$(value JWT_VERIFY_SECRETS)
  [ "$(value JWT_SECRET)" = "$old" ] || wrong "the first step changed the secret that signs"
  [ "$next" != "$old" ] || wrong "the next secret is the old one"
  ci/put-secret.sh --generate --next # again: the same next one
  [ "$(value JWT_VERIFY_SECRETS)" = "$next" ] || wrong "the next secret was replaced, and a deploy may have it"
  refused 'does not sign yet' ci/put-secret.sh --finish
  ci/put-secret.sh --sign
  [ "$(value JWT_SECRET) $(value JWT_VERIFY_SECRETS)" = "$next $old" ] || wrong "the second step is wrong"
  ci/put-secret.sh --sign # again: not back
  [ "$(value JWT_SECRET) $(value JWT_VERIFY_SECRETS)" = "$next $old" ] || wrong "the second step went back"
  refused 'a rotation is under way' ci/put-secret.sh --generate --next
  refused 'tokens of the old secret may live' ci/put-secret.sh --finish
  TOKEN_SECONDS=0 ci/put-secret.sh --finish
  [ "$(value JWT_SECRET) $(value JWT_VERIFY_SECRETS)" = "$next None" ] || wrong "the third step is wrong"
}

an_exchange_that_was_interrupted_is_finished() { # whichever call was the last: both verify until it is done
  local calls old next
  mkdir -p "$work/bin"
  printf '#!/usr/bin/env bash\n[[ " $* " != *" put-parameter "* ]] || { n=$(cat "$CALLS"); [ "$n" -gt 0 ] || exit 1; echo $((n - 1)) >"$CALLS"; }\nexec "%s" "$@"\n' \
    "$(command -v aws)" >"$work/bin/aws"
  chmod +x "$work/bin/aws"
  for calls in 0 1 2; do
    old=$(value JWT_SECRET)
    ci/put-secret.sh --generate --next
    next=$(value JWT_VERIFY_SECRETS)
    echo "$calls" >"$work/calls"
    if CALLS=$work/calls PATH=$work/bin:$PATH ci/put-secret.sh --sign; then wrong "it was not interrupted"; fi
    [[ "$(value JWT_SECRET) $(value JWT_VERIFY_SECRETS)" == *"$old"* ]] || wrong "the old secret is lost"
    [[ "$(value JWT_SECRET) $(value JWT_VERIFY_SECRETS)" == *"$next"* ]] || wrong "the next secret is lost"
    ci/put-secret.sh --sign
    [ "$(value JWT_SECRET) $(value JWT_VERIFY_SECRETS)" = "$next $old" ] || wrong "it was not finished after $calls calls"
    TOKEN_SECONDS=0 ci/put-secret.sh --finish
  done
}

# --- ci/create-role.sh ---------------------------------------------------------------------------------

role() { aws iam get-role --role-name simple-jwt-api-deploy --query "$1" --output text; }
policy() { aws iam get-role-policy --role-name simple-jwt-api-deploy --policy-name deploy --query PolicyDocument --output json; }

makes_the_role_as_narrow_as_the_files() {
  ci/create-role.sh | tail -n 1 | grep -x 'arn:aws:iam::123456789012:role/simple-jwt-api-deploy'
  [ "$(role 'Role.AssumeRolePolicyDocument.Statement[0].Principal.AWS')" = arn:aws:iam::123456789012:role/simple-jwt-api-deploy-project ] ||
    wrong "it trusts somebody else"
  diff <(policy | jq -S .) <(sed 's/ACCOUNT_ID/123456789012/g; s/REGION/eu-central-1/g' iam-role-policy.json | jq -S .) || wrong "it is allowed something else"
}

changes_nothing_the_second_time() {
  ci/create-role.sh >"$work/out"
  [ "$(grep -c already "$work/out")" = 2 ] || wrong "it did something: $(cat "$work/out")"
}

corrects_a_role_that_differs() { # the original's: the whole account may take it, and everything is allowed
  aws iam update-assume-role-policy --role-name simple-jwt-api-deploy --policy-document \
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}'
  aws iam put-role-policy --role-name simple-jwt-api-deploy --policy-name deploy --policy-document \
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["eks:Describe*","ssm:GetParameters"],"Resource":"*"}]}'
  aws iam put-role-policy --role-name simple-jwt-api-deploy --policy-name more --policy-document \
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
  PRINCIPAL_ARN=arn:aws:iam::123456789012:role/ci CLUSTER_NAME=other PARAMETERS="/a/JWT_SECRET B" ci/create-role.sh >"$work/out"
  grep -q 'WARNING.*more' "$work/out" || wrong "it did not tell of the other policy"
  [ "$(role 'Role.AssumeRolePolicyDocument.Statement[0].Principal.AWS')" = arn:aws:iam::123456789012:role/ci ] || wrong "the trust was not corrected"
  [ "$(policy | jq -r '[.Statement[].Resource] | flatten | join(" ")')" = "arn:aws:eks:eu-central-1:123456789012:cluster/other \
arn:aws:ssm:eu-central-1:123456789012:parameter/a/JWT_SECRET arn:aws:ssm:eu-central-1:123456789012:parameter/B" ] || wrong "$(policy)"
}

refuses_what_would_be_wide() {
  refused 'PRINCIPAL_ARN must name one' env PRINCIPAL_ARN=arn:aws:iam::123456789012:root ci/create-role.sh
  refused 'PRINCIPAL_ARN must name one' env PRINCIPAL_ARN='*' ci/create-role.sh
  refused 'no * in them' env PARAMETERS='/simple-jwt-api/*' ci/create-role.sh
}

# --- ci/plan-infrastructure.sh -------------------------------------------------------------------------

plans_and_applies_nothing() {
  ci/plan-infrastructure.sh aws/pipeline.yaml Repository=owner/name >"$work/out"
  grep -q 'Add  *Pipeline  *AWS::CodePipeline::Pipeline' "$work/out" || wrong "it does not show what would be made: $(cat "$work/out")"
  [ "$(aws cloudformation describe-stacks --stack-name simple-jwt-api-pipeline --query 'Stacks[0].StackStatus' --output text)" = REVIEW_IN_PROGRESS ] ||
    wrong "it was applied"
  grep -q 'ci/apply-infrastructure.sh simple-jwt-api-pipeline plan-' "$work/out" || wrong "it does not say how to apply it"
}

refuses_what_is_no_template() {
  echo 'Resources: 7' >"$work/template.yaml"
  refused 'FAILED' ci/plan-infrastructure.sh "$work/template.yaml"
}

wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(makes_a_secret_once reads_a_secret_to_the_letter refuses_a_weak_secret_in_the_services_words
  replaces_the_secret_in_three_deploys an_exchange_that_was_interrupted_is_finished makes_the_role_as_narrow_as_the_files
  changes_nothing_the_second_time corrects_a_role_that_differs refuses_what_would_be_wide plans_and_applies_nothing
  refuses_what_is_no_template)
for case in "${wanted[@]}"; do run_case "$case"; done
echo "$failed cases failed"
[ "$failed" = 0 ]
