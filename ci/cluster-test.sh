#!/usr/bin/env bash
# Proves the delivery on a real cluster: every way in which a deploy can end, and every way in which a pod can die, while
# clients count the requests that fail. Prints the figures of each case; exits 1 when a case fails.
#
#   ci/cluster-test.sh [CASE...]     default: all, in the order of the case files' functions
#
# CLUSTER          the folder of the development cluster's scripts, default ../shared/cluster beside the project
# TEST_NAMESPACE   default cluster-test; emptied first, and at the end unless KEEP=1
#
# Wants `mvn package` to have run. The cluster's API is older than today's (1.20), so its kubectl is wrapped here: budgets
# are sent as policy/v1beta1. Pod Security and network policies are not enforced there; they are checked statically.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
CLUSTER=${CLUSTER:-$root/../shared/cluster}
[ -x "$CLUSTER/up" ] || { echo "cluster-test: there is no cluster here: $CLUSTER/up is missing" >&2; exit 1; }
[ -r target/kubernetes/kubernetes.json ] || { echo "cluster-test: build the project first: mvn package" >&2; exit 1; }
# shellcheck disable=SC1090
. "$("$CLUSTER/up")"
export NAMESPACE=${TEST_NAMESPACE:-cluster-test}
# shellcheck source=lib/common.sh
. ci/lib/common.sh
# shellcheck disable=SC1090
for part in harness images cases-deploy cases-rollback cases-pods; do . "ci/cluster-test/$part.sh"; done

prepare_namespace
make_images
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(says_what_is_missing first_deploy pods_trust_each_other second_deploy same_digest_is_left_alone secret_from_the_parameter_store
  crash_looping_image image_that_cannot_be_pulled ready_but_wrong failure_after_the_switch killed_before_the_switch
  killed_after_the_switch two_deploys_at_once rollback_while_the_old_colour_stands rollback_afterwards
  secret_rotated_in_three_deploys pod_deleted_under_load pods_evicted_against_the_budget process_stopped_dead
  pod_killed_under_load rolling rolling_with_a_bad_image embedded_store secret_in_no_log)
# shellcheck disable=SC2034 # for the summary
started=$(now_ms)
for case in "${wanted[@]}"; do run_case "$case"; done
summary
