#!/usr/bin/env bash
# Brings one image to the cluster that KUBECONFIG names, blue-green: the idle colour is rolled out and tried, the
# Service is switched to it, watched, and switched back by itself when anything fails. Killed between any two steps, the
# next run repairs. The digest that is live already is left alone.
#
#   IMAGE=registry/name@sha256:... JWT_SECRET_FILE=- ci/deploy.sh <secret
#
# IMAGE              the image, by digest
# DEPLOY_STRATEGY    blue-green (default) or rolling
# NAMESPACE          default simple-jwt-api; MANIFEST: the build's, default target/kubernetes/kubernetes.json
# JWT_SECRET_FILE    a file, or - for standard input; or JWT_SECRET_PARAMETER, a parameter of AWS Systems Manager; or
#                    the Secret simple-jwt-api in the namespace. So for the other secrets: see ci/lib/release.sh
# SMOKE_EMAIL, SMOKE_PASSWORD   an account without roles; or SMOKE_EMAIL_PARAMETER and so on, see ci/smoke-test.sh. Where
#                    it does not exist yet, the administrator makes it whom that Secret names
# PUBLIC_URL         where clients call, for the watch after the switch; default: the load balancer's address
# SOAK               seconds to watch before the old colour goes, default 60
# ROLLOUT_SECONDS    time for all pods to be ready, default 120; REPLICAS: default the manifest's, at least as many as live
# RELEASE_VERSION, RELEASE_COMMIT   told to the pods
# CERTIFICATE_ARN    for HTTPS at the load balancer; read when the first deploy makes the Service
#
# Where neither the Secret nor the ConfigMap has a DATABASE_URL, the embedded store is used: one replica with the claim
# deploy/embedded-claim.yml, and a deploy is then a stop, then a start.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR
. "$here/lib/common.sh"
. "$here/lib/lease.sh"
. "$here/lib/release.sh"
. "$here/lib/traffic.sh"
. "$here/lib/strategies.sh"

DEPLOY_STRATEGY=${DEPLOY_STRATEGY:-blue-green}
[[ ${IMAGE:-} =~ ^[^@[:space:]]+@sha256:[0-9a-f]{64}$ ]] || fail "IMAGE must name an image by digest: name@sha256:..."
[[ $DEPLOY_STRATEGY =~ ^(blue-green|rolling)$ ]] || fail "DEPLOY_STRATEGY is $DEPLOY_STRATEGY: use blue-green or rolling"
for number in SOAK ROLLOUT_SECONDS LEASE_SECONDS ${REPLICAS:+REPLICAS}; do
  [[ ${!number} =~ ^[1-9][0-9]*$ ]] || fail "$number is ${!number}: use a whole number above 0"
done
[ -r "$MANIFEST" ] || fail "no manifest at $MANIFEST: build the project first (mvn package), or set MANIFEST"
need_cluster
read_smoke_account # before anything is rolled out

begun=$(now_ms)
phase=begin live="" target=""
umask 077 # the work directory holds the secret
work=$(mktemp -d)

finish() { # whatever ends the script, the cluster is left serving, and the lease free
  local status=$?
  trap - EXIT
  set +e
  [ "$status" = 0 ] || undo
  lease_release
  rm -rf "$work"
  [ "$status" = 0 ] || say "FAILED after $(took "$begun"): $IMAGE is not live" >&2
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

say "Deploying $IMAGE to namespace $NAMESPACE ($DEPLOY_STRATEGY)"
read_manifest
collect_secret "$work"
collect_config "$work"
has_database "$work" || use_embedded_store
RELEASE_HASH=$(release_hash)

if already_live; then
  say "This release is live and healthy already: nothing to do"
  exit 0
fi
lease_take "${IMAGE#*@}/$HOSTNAME-$$-$(date +%s)" || fail "nothing was changed; run again when the other deploy is done"
repair_interrupted
if already_live; then
  say "This release is live and healthy after the repair: nothing more to do"
  exit 0
fi
create_copies "$work"
create_missing
choose_target
if [ "$target" = "$live" ]; then in_place; else beside; fi
delete_unused_copies
say "LIVE after $(took "$begun"): $IMAGE as $target"
