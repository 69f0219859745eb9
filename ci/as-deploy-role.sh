#!/usr/bin/env bash
# Runs a command as the role that the cluster maps to the group simple-jwt-api-deploy, with a KUBECONFIG for that cluster:
# how the pipeline deploys, and how somebody who may take the role looks and goes back.
#
#   CLUSTER_NAME=simple-jwt-api DEPLOY_ROLE_ARN=arn:... ci/as-deploy-role.sh ci/status.sh
#
# The identity that calls needs sts:AssumeRole on that role and nothing else; the command has that role's rights only, for
# an hour. The region is that of the caller's AWS configuration.
set -euo pipefail
say() { printf '%(%T)T  %s\n' -1 "$*" >&2; }
fail() { say "FAILED: $*"; exit 1; }
[ $# -gt 0 ] || fail "usage: as-deploy-role.sh COMMAND..."
[ -n "${CLUSTER_NAME:-}" ] || fail "set CLUSTER_NAME to the EKS cluster"
[[ ${DEPLOY_ROLE_ARN:-} =~ ^arn:[a-z-]+:iam::[0-9]{12}:role/ ]] || fail "set DEPLOY_ROLE_ARN to the role that the cluster maps"
for tool in aws kubectl jq; do command -v "$tool" >/dev/null || fail "$tool is not installed"; done

taken=$(aws sts assume-role --role-arn "$DEPLOY_ROLE_ARN" --role-session-name "deploy-${RELEASE_COMMIT:-by-hand}" \
  --duration-seconds 3600 --output json) || fail "the role $DEPLOY_ROLE_ARN cannot be taken"
# The exec'ed command alone has the keys: they are in no file and in no argument.
{ read -r AWS_ACCESS_KEY_ID; read -r AWS_SECRET_ACCESS_KEY; read -r AWS_SESSION_TOKEN; read -r who; } < <(jq -r \
  '.Credentials.AccessKeyId, .Credentials.SecretAccessKey, .Credentials.SessionToken, .AssumedRoleUser.Arn' <<<"$taken")
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
unset AWS_PROFILE taken

# It names the cluster and how to get a token, no secret; it stays, since exec leaves nobody to remove it.
KUBECONFIG=$(mktemp)
export KUBECONFIG
aws eks update-kubeconfig --name "$CLUSTER_NAME" --kubeconfig "$KUBECONFIG" >/dev/null ||
  fail "the cluster $CLUSTER_NAME cannot be found: has the role eks:DescribeCluster on it?"
say "As $who on the cluster $CLUSTER_NAME"
exec "$@"
