#!/usr/bin/env bash
# Rehearses the delivery on one machine, from a commit to a served request: buildspec.yml, then ci/deploy.buildspec.yml on
# its artifact, run as CodeBuild runs them (ci/rehearsal/codebuild.py). Then what must not get through: a failing test, an
# image that is wrong, a release that is ready but wrong. At the end no secret may stand in any output.
#
#   ci/rehearse.sh [COMMIT]      default HEAD; what is not committed is not rehearsed
#
# CLUSTER   the folder of the development cluster's scripts, default ../shared/cluster beside the project
# KEEP      1 leaves namespace and logs
#
# Real: git, Maven, Docker Engine, the registry, the cluster, the scripts, and IAM's answer to who may call what and take
# which role (by action: moto knows no resources here, and EKS's calls it permits to all). Stood in for: AWS by moto_server, whose
# ECR signs in but holds no layers, so that the cluster's registry stands behind the repository's name; the projects' roles
# by users, since moto knows no session of a role in a trust policy; EKS's authenticator by ci/rehearsal/kubectl. Narrowed:
# of the tests only those that VERIFY_ONLY names.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
CLUSTER=${CLUSTER:-$root/../shared/cluster}
[ -x "$CLUSTER/up" ] || { echo "rehearse: there is no cluster here: $CLUSTER/up is missing" >&2; exit 1; }
for tool in aws moto_server python3 jq git; do command -v "$tool" >/dev/null || { echo "rehearse: $tool is not installed" >&2; exit 1; }; done
commit=$(git rev-parse --verify "${1:-HEAD}^{commit}")
# shellcheck disable=SC1090
. "$("$CLUSTER/up")"
export NAMESPACE=rehearsal
# shellcheck source=lib/common.sh
. ci/lib/common.sh
# shellcheck source=rehearsal/stage.sh
. ci/rehearsal/stage.sh

git diff --quiet HEAD || say "What is not committed is not rehearsed"
set_the_stage

commit_reaches_a_request() {
  release "$commit" || wrong "the commit did not get through"
  [ "$(jq -r .RELEASE_COMMIT "$run/exported.json")" = "$commit" ] || wrong "another commit was exported"
  diff <(jq -r 'to_entries[] | "export \(.key)=\(.value)"' "$run/exported.json" | sort) <(sort "$run/artifact/target/release.env") ||
    wrong "the artifact and the variables name different images"
  is_pushed "$commit" || wrong "the registry has no image of the commit"
  [ "$(live_image)" = "$(jq -r .IMAGE "$run/exported.json")" ] || wrong "$(live_image) is live"
  serves "$commit"
  good=$run
}

a_retry_finds_its_image() { # of a commit that was pushed before: an image with other bytes, and the first digest counts
  mkdir "$run" && cp -r "$good/source" "$run/source"
  printf 'FROM rehearsal:built\nLABEL built=again\n' | docker build -q -t rehearsal:again - >/dev/null
  as build env DOCKER_CONFIG="$work/docker" REPOSITORY_URI="$REPOSITORY_URI" REGISTRY_LOGIN=ecr bash "$run/source/ci/publish.sh" rehearsal:again >"$run/output" 2>&1
  grep -qxF "export IMAGE=$(jq -r .IMAGE "$good/exported.json")" "$run/source/target/release.env" || wrong "the tag has another image now"
}

a_failing_test_pushes_nothing() { # weak secrets are let in: the service starts, and a test knows better
  local broken
  broken=$(changed 's/SHORTEST = 32/SHORTEST = 8/' src/main/java/io/simplejwt/token/SecretRules.java)
  if build "$broken"; then wrong "it got through"; fi
  grep -q 'Tests run:.*Failures: [1-9]' "$run/output" || wrong "no test failed: $(tail -n 5 "$run/output")"
  grep -q 'Phase pre_build FAILED' "$run/output" || wrong "it failed elsewhere"
  if grep -q 'ci/build-image.sh\|ci/publish.sh' "$run/output"; then wrong "the build went on"; fi
  [ "$(find "$run/artifact" "$run/exported.json" -type f 2>/dev/null)" = "" ] || wrong "there is something to deploy"
  if is_pushed "$broken"; then wrong "it was pushed"; fi
  serves "$commit"
}

an_image_that_is_wrong_does_not_pass() { # it is ready, and answers nobody: the step before the push ends with it
  mkdir "$run"
  printf 'FROM rehearsal:built\nENV PROXY_PROTOCOL=on\n' | docker build -q -t rehearsal:wrong - >/dev/null
  if CONTAINER_ADDRESS=$NODE_IP bash ci/try-image.sh rehearsal:wrong >"$run/output" 2>&1; then wrong "it passed"; fi
  grep -q 'FAILED: GET /: ' "$run/output" || wrong "it failed elsewhere: $(tail -n 3 "$run/output")"
}

what_is_ready_but_wrong_never_goes_live() { # a slip in the manifest: pods that do not know the live ones' tokens
  local slipped live
  slipped=$(changed '$ a quarkus.kubernetes.env.vars."JWT_ISSUER"=somebody-else' src/main/resources/application.properties)
  live=$(live_image)
  build "$slipped" || wrong "it did not get as far as the deploy: $(tail -n 5 "$run/output")"
  if deploy; then wrong "it went live"; fi
  grep -q 'FAILED: .*is the secret another one' "$run/output" || wrong "it failed elsewhere: $(tail -n 5 "$run/output")"
  [ "$(live_image)" = "$live" ] || wrong "$(live_image) is live"
  serves "$commit"
}

nobody_else_takes_the_deploy_role() { # not the build, which runs what a commit says; nor may the deploy project read secrets itself
  mkdir "$run"
  if as build aws sts assume-role --role-arn "$DEPLOY_ROLE_ARN" --role-session-name build >"$run/output" 2>&1; then wrong "the build may take it"; fi
  grep -q AccessDenied "$run/output" || wrong "that was no refusal: $(cat "$run/output")"
  if as deploy aws ssm get-parameters --names /simple-jwt-api/JWT_SECRET >"$run/output" 2>&1; then wrong "the project may read it"; fi
  grep -q 'not authorized to perform: ssm:GetParameters' "$run/output" || wrong "that was no refusal: $(cat "$run/output")"
}

no_output_holds_a_secret() {
  mkdir "$run"
  docker history --no-trunc rehearsal:built >"$run/history"
  docker image inspect rehearsal:built >"$run/image"
  k get deployments,replicasets,services,configmaps,leases -l app.kubernetes.io/name=simple-jwt-api -o json >"$run/objects"
  k get events -o json >"$run/events"
  k logs -l app.kubernetes.io/name=simple-jwt-api --tail=-1 >"$run/pods"
  rm -rf "$logs"/*/source/target # what Maven made; the outputs and artifacts stay
  python3 ci/rehearsal/leaks.py "$logs" <"$secrets"
  # And the check would see one: the cluster's own Secret is one in base64.
  mkdir "$work/leak" && k get secrets -o json >"$work/leak/secret"
  if python3 ci/rehearsal/leaks.py "$work/leak" <"$secrets" >/dev/null; then wrong "the check is blind"; fi
}

for case in commit_reaches_a_request a_retry_finds_its_image an_image_that_is_wrong_does_not_pass a_failing_test_pushes_nothing \
  what_is_ready_but_wrong_never_goes_live nobody_else_takes_the_deploy_role no_output_holds_a_secret; do
  run_case "$case"
done
say "Rehearsed $commit in $(took "$started"), tests narrowed to $VERIFY_ONLY"
