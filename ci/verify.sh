#!/usr/bin/env bash
# Builds the service and runs every test of it. Reports are in target/surefire-reports and target/failsafe-reports.
#
# VERIFY_ONLY   names of test classes, as in 'StrictGateTest,TokenVerifierTest': only these run, none against the packaged
#               jar, and it says so. The rehearsal of the pipeline sets it (ci/rehearse.sh), the pipeline never.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v mvn >/dev/null || { echo 'verify: mvn is not installed' >&2; exit 1; }
narrowed=()
if [ -n "${VERIFY_ONLY:-}" ]; then
  echo "verify: NARROWED to $VERIFY_ONLY, and no test against the packaged jar"
  narrowed=(-Dtest="$VERIFY_ONLY" -DskipITs)
fi
mvn -B -ntp verify ${narrowed[@]+"${narrowed[@]}"} </dev/null
