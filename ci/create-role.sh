#!/usr/bin/env bash
# Makes the deploy role by hand, from trust.json and iam-role-policy.json with the caller's values filled in, or brings one
# that is there to what they say. aws/pipeline.yaml makes the same role; this is for a role that another pipeline takes, or
# where roles are made by somebody else. Afterwards map it to the cluster, by an access entry or by ci/map-role.sh.
#
#   ci/create-role.sh
#
# ROLE_NAME       default simple-jwt-api-deploy
# PRINCIPAL_ARN   the one role or user that may take it, default that of the deploy project in trust.json. It must exist
# CLUSTER_NAME    default simple-jwt-api
# PARAMETERS      the parameters that a deploy reads, separated by spaces, default those in iam-role-policy.json
# Account and region are those of the caller's AWS identity and configuration.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
say() { echo "create-role: $*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
for tool in aws jq; do command -v "$tool" >/dev/null || fail "$tool is not installed"; done
name=${ROLE_NAME:-simple-jwt-api-deploy} cluster=${CLUSTER_NAME:-simple-jwt-api} policy=deploy
[[ $name =~ ^[A-Za-z0-9+=,.@_-]{1,64}$ ]] || fail "ROLE_NAME is $name: use letters, digits and -"
[[ $cluster =~ ^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$ ]] || fail "CLUSTER_NAME is $cluster: that is no name of a cluster"
[[ ${PRINCIPAL_ARN:-} =~ ^(|arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+)$ ]] || fail "PRINCIPAL_ARN must name one role or user"
[[ " ${PARAMETERS:-} " != *[*?]* ]] || fail "PARAMETERS must name each parameter: no * in them"

IFS=$'\t' read -r account caller < <(aws sts get-caller-identity --query '[Account, Arn]' --output text) || fail "AWS does not know you"
region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}
[ -n "$region" ] || fail "set AWS_REGION"
partition=$(cut -d : -f 2 <<<"$caller")

# shellcheck disable=SC2016 # jq's variables
fill='walk(if type == "string" then gsub("ACCOUNT_ID"; $account) | gsub("REGION"; $region) | sub("^arn:aws:"; "arn:\($partition):")
    | sub(":cluster/.*"; ":cluster/\($cluster)") else . end)
  | if $principal == "" then . else (.Statement[].Principal? // empty | .AWS) = $principal end
  | if $parameters == "" then . else (.Statement[] | select(.Sid == "ReadItsParameters") | .Resource) = [$parameters | split(" ")[]
      | select(. != "") | "arn:\($partition):ssm:\($region):\($account):parameter/\(ltrimstr("/"))"] end'
filled() { # filled FILE
  jq --arg account "$account" --arg region "$region" --arg partition "$partition" --arg cluster "$cluster" \
    --arg principal "${PRINCIPAL_ARN:-}" --arg parameters "${PARAMETERS:-}" "$fill" "$root/$1"
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
filled trust.json >"$work/trust.json"
filled iam-role-policy.json >"$work/policy.json"
! grep -E 'ACCOUNT_ID|REGION|"\*"' "$work"/*.json || fail "the line above is not filled in, or allows everything"
same() { jq -e --slurpfile wanted "$1" '. == $wanted[0]' >/dev/null; } # same FILE <JSON

principal=$(jq -r '.Statement[0].Principal.AWS' "$work/trust.json")
say "as $caller, in $region"
if seen=$(aws iam get-role --role-name "$name" --output json 2>"$work/error"); then
  if jq .Role.AssumeRolePolicyDocument <<<"$seen" | same "$work/trust.json"; then
    say "the role $name trusts $principal already"
  else
    aws iam update-assume-role-policy --role-name "$name" --policy-document "file://$work/trust.json"
    say "the role $name now trusts $principal and nobody else"
  fi
else
  grep -q NoSuchEntity "$work/error" || fail "$(cat "$work/error")"
  aws iam create-role --role-name "$name" --assume-role-policy-document "file://$work/trust.json" \
    --description "Deploys simple-jwt-api to the cluster $cluster" >/dev/null ||
    fail "the role was not made. Does $principal exist?"
  say "made the role $name, which trusts $principal and nobody else"
fi
if seen=$(aws iam get-role-policy --role-name "$name" --policy-name "$policy" --output json 2>"$work/error") &&
  jq .PolicyDocument <<<"$seen" | same "$work/policy.json"; then
  say "it is allowed already what it needs:"
else
  [ -n "${seen:-}" ] || grep -q NoSuchEntity "$work/error" || fail "$(cat "$work/error")"
  aws iam put-role-policy --role-name "$name" --policy-name "$policy" --policy-document "file://$work/policy.json"
  say "it is allowed now:"
fi
jq -r '.Statement[] | .Action as $action | [.Resource] | flatten[] | "  \($action) on \(.)"' "$work/policy.json"
more=$({ aws iam list-attached-role-policies --role-name "$name" --query 'AttachedPolicies[].PolicyName' --output text
  aws iam list-role-policies --role-name "$name" --query "PolicyNames[?@ != '$policy']" --output text; } | sed '/^None$/d' | xargs)
[ -z "$more" ] || say "WARNING: the role has further policies, which were left alone: $more"
aws iam get-role --role-name "$name" --query Role.Arn --output text
