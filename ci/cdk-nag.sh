#!/usr/bin/env bash
# Checks the CloudFormation templates with cdk-nag's rules. Findings that stay are acknowledged, each with its reason, in
# aws/cdk-nag.json; one that is not, and an acknowledgement that is not needed any more, fail. Needs node and npm, and
# the npm registry the first time: the packages go to target/, and no lock file is kept.
#
#   ci/cdk-nag.sh [TEMPLATE...]     default: aws/*.yaml
set -euo pipefail
cd "$(dirname "$0")/.."
packages=(aws-cdk-lib@2.276.0 cdk-nag@3.0.2 constructs@10.8.1)
where=target/cdk-nag

if [ "$(cat "$where/installed" 2>/dev/null)" != "${packages[*]}" ]; then
  rm -rf "$where" && mkdir -p "$where"
  npm install --prefix "$where" --no-package-lock --no-audit --no-fund --loglevel=error "${packages[@]}"
  echo "${packages[*]}" >"$where/installed"
fi
[ $# -gt 0 ] || set -- aws/*.yaml
NODE_PATH=$where/node_modules node ci/cdk-nag.js aws/cdk-nag.json "$@"
