#!/usr/bin/env bash
# Shows what a template of aws/ would change, and changes nothing: validates it, makes a change set of its stack and prints it.
# The change set stays, so that exactly what was shown can be applied by hand: ci/apply-infrastructure.sh.
#
#   ci/plan-infrastructure.sh aws/pipeline.yaml [NAME=VALUE...]     parameters; others keep the value that the stack has
#
# STACK   default simple-jwt-api-<the template's name>
set -euo pipefail
say() { echo "plan: $*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
template=${1:?usage: plan-infrastructure.sh TEMPLATE [NAME=VALUE...]}
shift
for tool in aws jq; do command -v "$tool" >/dev/null || fail "$tool is not installed"; done
name=$(basename "$template" .yaml)
stack=${STACK:-simple-jwt-api-$name}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

aws cloudformation validate-template --template-body "file://$template" --output json >"$work/template" || fail "$template is not valid"
status=$(aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text 2>"$work/error") || {
  grep -q 'does not exist' "$work/error" || fail "$(cat "$work/error")"
  status=none
}
# A stack of which only a plan was ever made is not there yet.
case $status in none | REVIEW_IN_PROGRESS) kind=CREATE ;; *) kind=UPDATE ;; esac

known=[]
[ "$kind" = CREATE ] || known=$(aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].Parameters[].ParameterKey' --output json)
printf '%s\n' "$@" | jq -Rn --argjson known "${known/null/[]}" --slurpfile template "$work/template" '
  [inputs | select(. != "") | capture("^(?<ParameterKey>[A-Za-z0-9]+)=(?<ParameterValue>.*)$")] as $given
  | $template[0].Parameters | map(.ParameterKey)
  | map(. as $key | $given | map(select(.ParameterKey == $key))[0] // if any($known[]; . == $key)
      then {ParameterKey: $key, UsePreviousValue: true} else empty end)' >"$work/parameters"

set_name=plan-$(date -u +%Y%m%dT%H%M%SZ)
aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$set_name" --change-set-type "$kind" \
  --template-body "file://$template" --parameters "file://$work/parameters" --capabilities CAPABILITY_NAMED_IAM \
  --description "${COMMIT:-by hand}" >/dev/null || fail "the change set was not made"
if ! aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$set_name" 2>"$work/error"; then
  reason=$(aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$set_name" --query StatusReason --output text)
  aws cloudformation delete-change-set --stack-name "$stack" --change-set-name "$set_name"
  [[ $reason == *"didn't contain changes"* || $reason == *"No updates are to be performed"* ]] || fail "$reason"
  say "nothing would change in $stack"
  exit 0
fi
say "$kind of the stack $stack:"
aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$set_name" --output json |
  jq -r '[.Changes[]?.ResourceChange] | sort_by(.Action, .LogicalResourceId)[]
    | "  \(.Action)\(if .Replacement == "True" then ", REPLACED" elif .Replacement == "Conditional" then ", perhaps replaced" else "" end)"
      + "  \(.LogicalResourceId)  \(.ResourceType)" + ([.Scope[]?] | if . == [] then "" else "  (" + join(", ") + ")" end)'
say "to apply what stands above, and nothing else: ci/apply-infrastructure.sh $stack $set_name"
