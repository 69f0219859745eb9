# shellcheck shell=bash
# shellcheck disable=SC2154 # shared with the other files of cluster-test.sh
# Every way in which a deploy can end.

says_what_is_missing() {
  deploy_fails "IMAGE must name an image by digest" "$REGISTRY/cluster-test:first"
  deploy_fails "DEPLOY_STRATEGY is sideways" "$first" DEPLOY_STRATEGY=sideways
  deploy_fails "no JWT_SECRET" "$first" JWT_SECRET_FILE=
  deploy_fails "no manifest at" "$first" MANIFEST=nowhere.json
}

first_deploy() {
  deploy "$first" RELEASE_VERSION=1 RELEASE_COMMIT=abc1234
  expect_live "$first"
  [ "$(live_color)" = blue ] || wrong "the first colour is $(live_color)"
  figure "live after $(seconds 'LIVE after') s"
  start_to_ready
  start_client
  wait_until 20 grep -q ^total "$logs/client"
}

start_to_ready() { # of the containers as the cluster saw it (whole seconds), of the service as it says itself
  figure "container start to ready $(pods_of blue | jq -r '[.items[] | (.status.conditions[] | select(.type == "Ready")
    | .lastTransitionTime | fromdate) - (.status.containerStatuses[0].state.running.startedAt | fromdate) | "\(.) s"] | join(" and ")')"
  figure "memory at rest $(docker stats --no-stream --format '{{.MemUsage}}' "$(container_of "$(pod_names | head -n 1)")")"
  figure "the service started in $(k logs "deployment/$APP-blue" | grep -oE 'started in [0-9.]+s' | grep -oE '[0-9.]+s' | head -n 1)"
}

pods_trust_each_other() { # the original's worst defect: pods with secrets of their own
  local pods a b token signature
  mapfile -t pods < <(pod_names)
  [ "${#pods[@]}" -ge 2 ] || wrong "there are not two pods"
  a=$(forward "pod/${pods[0]}" 8080) b=$(forward "pod/${pods[1]}" 8080)
  token=$(token_from "${a#* }")
  reads "${b#* }" "$token" || wrong "pod two does not know pod one's token"
  token=$(token_from "${b#* }")
  reads "${a#* }" "$token" || wrong "pod one does not know pod two's token"
  signature=$(printf %s "${token%.*}" | openssl dgst -sha256 -mac HMAC -macopt "key:$(cat "$secret")" -binary |
    base64 -w 0 | tr '/+' '_-' | tr -d '=')
  [ "$signature" = "${token##*.}" ] || wrong "the token's signature is not the secret's"
  kill "${a% *}" "${b% *}"
  figure "tokens of two pods work on each other; the signature is the secret's HMAC-SHA256"
}

token_from() { # token_from LOCAL_PORT
  jq -nc '{email: env.SMOKE_EMAIL, password: env.SMOKE_PASSWORD}' |
    curl -sS --fail --noproxy '*' -H 'Content-Type: application/json' --data-binary @- "http://127.0.0.1:$1/auth" | jq -r .token
}

reads() { # reads LOCAL_PORT TOKEN
  curl -sS --fail --noproxy '*' -o /dev/null -H "Authorization: Bearer $2" "http://127.0.0.1:$1/contents"
}

second_deploy() {
  deploy "$second" RELEASE_VERSION=2 RELEASE_COMMIT=def5678
  expect_live "$second"
  [ "$(live_color)" = green ] || wrong "the second colour is $(live_color)"
  at_most 1 "$(seconds SWITCHED)" "the switch"
  AS_DEPLOYER=1 ci/status.sh >>"$case_log"
  grep -qF "ci/rollback.sh would bring back blue: $first" "$case_log" || wrong "the status does not tell what was before"
  figure "live after $(seconds 'LIVE after') s, switched $(seconds SWITCHED) s after the decision"
}

same_digest_is_left_alone() {
  local before
  before=$(fingerprint)
  deploy "$second" RELEASE_VERSION=2 RELEASE_COMMIT=def5678
  grep -q "nothing to do" "$case_log"
  [ "$before" = "$(fingerprint)" ] || wrong "something was changed"
}

secret_from_the_parameter_store() { # the same value from there is the same release; it never stands in an argument
  local fake=$logs/aws
  mkdir "$fake"
  cat >"$fake/aws" <<SH
#!/usr/bin/env bash
echo "\$*" >>"$fake/calls"
jq -Rs '{Parameters: [{Name: "/app/secret", Value: rtrimstr("\n")}]}' "$secret"
SH
  chmod +x "$fake/aws"
  deploy "$second" JWT_SECRET_FILE= JWT_SECRET_PARAMETER=/app/secret PATH="$fake:$PATH"
  grep -q "nothing to do" "$case_log" || wrong "it is not taken for the same secret"
  [ "$(cat "$fake/calls")" = "ssm get-parameters --with-decryption --output json --names /app/secret" ] ||
    wrong "aws was called otherwise: $(cat "$fake/calls")"
  deploy "$second" JWT_SECRET_FILE= JWT_SECRET_PARAMETER=/app/secret JWT_VERIFY_SECRETS_PARAMETER=/app/other PATH="$fake:$PATH"
  deploy_fails "does not exist or is empty" "$second" JWT_SECRET_FILE= JWT_SECRET_PARAMETER=/app/other PATH="$fake:$PATH"
}

fingerprint() { k get services,deployments,leases,secrets,configmaps -o json | jq -c '[.items[].metadata | [.name, .resourceVersion]]'; }

refused() { # refused TEXT IMAGE [NAME=VALUE...]: and what was live stays so
  local live color
  live=$(live_image) color=$(live_color)
  deploy_fails "$@"
  expect_live "$live"
  [ "$(live_color)" = "$color" ] || wrong "the colour has changed"
  figure "told after $(seconds 'FAILED after') s"
}

crash_looping_image() {
  refused CrashLoopBackOff "$crashing"
  grep -q BrokenOnPurpose "$case_log" || wrong "the pods' last log lines were not shown"
}

image_that_cannot_be_pulled() {
  refused ImagePullBackOff "$absent"
  grep -q 'Failed.*times' "$case_log" || wrong "the events were not shown"
}

ready_but_wrong() { refused "is the secret another one" "$wrong_issuer"; }

failure_after_the_switch() { # the public address does not answer: seen only after the switch
  refused "does not serve well" "$(other_image)" PUBLIC_URL="http://$NODE_IP:1"
  at_most 2 "$(seconds 'SWITCHED BACK')" "the switch back"
  figure "switched back $(seconds 'SWITCHED BACK') s after the decision"
}

start_deploy() { # start_deploy IMAGE [NAME=VALUE...]: in the background; sets deploy_pid to the script itself
  env AS_DEPLOYER=1 IMAGE="$1" JWT_SECRET_FILE="$secret" PUBLIC_URL="http://$(public_address)" "${@:2}" ci/deploy.sh >>"$case_log" 2>&1 &
  deploy_pid=$!
}

said() { grep -q "$1" "$case_log"; }

killed_before_the_switch() {
  local live next
  live=$(live_image) next=$(other_image)
  start_deploy "$next"
  wait_until 90 said Applying
  sleep 1
  kill -9 "$deploy_pid"
  [ "$(live_image)" = "$live" ] || wrong "the live image has changed"
  deploy "$next"
  expect_live "$next"
  figure "the next run was done after $(seconds 'LIVE after') s"
}

killed_after_the_switch() {
  local old next
  old=$(live_color) next=$(other_image)
  start_deploy "$next"
  wait_until 120 said 'SWITCHED to'
  kill -9 "$deploy_pid"
  [ "$(live_image)" = "$next" ] || wrong "the switch was lost"
  [ "$(replicas_of "$(deployment "$old")")" -gt 0 ] || wrong "the old colour is gone already"
  deploy "$next"
  said 'stopped while .* was being watched' || wrong "the repair was not told"
  expect_live "$next"
}

two_deploys_at_once() {
  local next winner
  next=$(other_image)
  start_deploy "$next"
  winner=$deploy_pid
  wait_until 90 said Applying
  if env AS_DEPLOYER=1 IMAGE="$crashing" JWT_SECRET_FILE="$secret" ci/deploy.sh >"$logs/loser" 2>&1; then wrong "both went through"; fi
  grep -q "another deploy is under way" "$logs/loser" || wrong "the loser did not say why: $(cat "$logs/loser")"
  wait "$winner" || wrong "the winner was disturbed"
  expect_live "$next"
}
