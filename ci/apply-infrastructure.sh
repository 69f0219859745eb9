#!/usr/bin/env bash
# Applies a change set that ci/plan-infrastructure.sh has shown, and waits. Called by hand only: no engine does it by itself.
#
#   ci/apply-infrastructure.sh STACK CHANGE_SET
set -euo pipefail
stack=${1:?usage: apply-infrastructure.sh STACK CHANGE_SET} change_set=${2:?usage: apply-infrastructure.sh STACK CHANGE_SET}
kind=update
[ "$(aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text)" != REVIEW_IN_PROGRESS ] || kind=create
aws cloudformation execute-change-set --stack-name "$stack" --change-set-name "$change_set"
aws cloudformation wait "stack-$kind-complete" --stack-name "$stack"
echo "apply: $stack is what the change set $change_set said"
