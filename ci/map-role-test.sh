#!/usr/bin/env bash
# Tries ci/map-role.sh against a real API server: no entry of aws-auth is ever lost, whatever the map looks like and
# whoever else is writing. Prints a verdict a case; exits 1 when one is wrong.
#
# CLUSTER   the folder of the development cluster's scripts, default ../shared/cluster beside the project
#
# It writes kube-system/aws-auth of that cluster, and removes it afterwards: one that it has not made itself is left alone.
# shellcheck disable=SC2016 # $arn and the like are jq's
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
CLUSTER=${CLUSTER:-$root/../shared/cluster}
[ -x "$CLUSTER/up" ] || { echo "map-role-test: there is no cluster here: $CLUSTER/up is missing" >&2; exit 1; }
# shellcheck disable=SC1090
. "$("$CLUSTER/up")"

account=arn:aws:iam::123456789012
role=$account:role/simple-jwt-api-deploy
work=$(mktemp -d)
export BACKUP_DIR=$work/backups
mkdir "$BACKUP_DIR" "$work/bin"
real_kubectl=$(command -v kubectl)
k() { "$real_kubectl" -n kube-system "$@"; }
if k get configmap aws-auth -o name >/dev/null 2>&1 && ! k get configmap -l made-by=map-role-test -o name | grep -q aws-auth; then
  echo "map-role-test: this cluster has an aws-auth of its own" >&2
  exit 1
fi
leave() { k delete configmap aws-auth --ignore-not-found >/dev/null; rm -rf "$work"; }
trap leave EXIT

failed=0
run_case() { # run_case FUNCTION: in a shell of its own, so that the first thing that is wrong ends it
  local status
  k delete configmap aws-auth --ignore-not-found >/dev/null
  rm -f "$BACKUP_DIR"/*
  set +e # in a condition, errexit would not hold inside
  (set -e; "$1") >"$work/log" 2>&1
  status=$?
  set -e
  echo "$([ "$status" = 0 ] && echo 'ok    ' || echo FAILED)  ${1//_/ }"
  [ "$status" = 0 ] && return
  sed 's/^/        | /' "$work/log"
  failed=$((failed + 1))
}

wrong() { echo "$*" >&2; exit 1; }
map_is() { # map_is <TEXT: the ConfigMap with this mapRoles
  k create configmap aws-auth --from-file=mapRoles=/dev/stdin --from-literal=mapUsers='- userarn: arn:aws:iam::123456789012:user/ann' >/dev/null
  k label configmap aws-auth made-by=map-role-test >/dev/null
}
map() { "$root/ci/map-role.sh" "$@"; }
text() { k get configmap aws-auth -o jsonpath='{.data.mapRoles}'; }
entries() { text | python3 -c 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))'; } # another reader than the script's
expect() { # expect JQ_CONDITION: of the entries
  entries | jq -e --arg role "$role" "$1" >/dev/null || wrong "not so: $1 in $(entries)"
}
nodes='{"rolearn": "arn:aws:iam::123456789012:role/nodes", "username": "system:node:{{EC2PrivateDNSName}}", "groups": ["system:bootstrappers", "system:nodes"]}'
mine='{"rolearn": $role, "username": "simple-jwt-api-deploy:{{SessionName}}", "groups": ["simple-jwt-api-deploy"]}'
refused() { # refused TEXT COMMAND...: with this word, and nothing is written
  local before
  before=$(k get configmap aws-auth --ignore-not-found -o json)
  if "${@:2}" >"$work/out" 2>&1; then wrong "it was not refused: $(cat "$work/out")"; fi
  grep -qF "$1" "$work/out" || wrong "it did not say '$1' but: $(cat "$work/out")"
  [ "$before" = "$(k get configmap aws-auth --ignore-not-found -o json)" ] || wrong "it wrote all the same"
  [ -z "$(ls "$BACKUP_DIR")" ] || wrong "a backup was left of nothing"
}

adds_to_a_yaml_map() {
  map_is <<'YAML'
# The nodes; without them the cluster is gone.
- groups: [system:bootstrappers, system:nodes]
  rolearn: arn:aws:iam::123456789012:role/nodes
  username: system:node:{{EC2PrivateDNSName}}
- rolearn: &ops arn:aws:iam::123456789012:role/ops
  username: >-
    ops
    people
  groups:
  - "system:masters"
YAML
  map "$role"
  expect "length == 3 and .[0] == $nodes and .[1].username == \"ops people\" and .[1].groups == [\"system:masters\"] and .[2] == $mine"
  [ "$(k get configmap aws-auth -o jsonpath='{.data.mapUsers}')" = '- userarn: arn:aws:iam::123456789012:user/ann' ] || wrong "mapUsers was changed"
}

adds_to_a_json_map() { # with tabs, which YAML does not allow
  printf '[\n\t%s\n]\n' "$nodes" | map_is
  map "$role"
  expect ". == [$nodes, $mine]"
}

adds_to_an_empty_map() {
  for empty in '' '[]' '# nobody yet'; do
    k delete configmap aws-auth --ignore-not-found >/dev/null
    printf %s "$empty" | map_is
    map "$role"
    expect ". == [$mine]"
  done
}

leaves_an_entry_that_is_there() {
  printf '%s\n' "- $nodes" "- {groups: [simple-jwt-api-deploy], username: 'simple-jwt-api-deploy:{{SessionName}}', rolearn: $role}" | map_is
  local before
  before=$(k get configmap aws-auth -o json)
  map "$role" | grep 'nothing to do'
  [ "$before" = "$(k get configmap aws-auth -o json)" ] || wrong "it was written"
}

replaces_an_entry_that_differs() { # the original's: everything is allowed to it. In its place, and only once
  printf '%s\n' "- {rolearn: $role, username: deploy, groups: [system:masters]}" "- $nodes" \
    "- {rolearn: $account:role/team/simple-jwt-api-deploy, username: again}" | map_is
  map "$role"
  expect ". == [$mine, $nodes]"
}

strips_the_path() {
  echo "- $nodes" | map_is
  map "$account:role/teams/web/simple-jwt-api-deploy"
  expect ". == [$nodes, $mine]"
  map "$role" | grep 'nothing to do'
}

keeps_what_it_does_not_know() {
  echo '[{"rolearn": "arn:aws:iam::123456789012:role/odd", "groups": null, "no": "yes", "since": 20261121, "more": {"a": [1.5, true, "\u2028:- #"]}}]' | map_is
  map "$role"
  expect '.[0] == {"rolearn": "arn:aws:iam::123456789012:role/odd", "groups": null, "no": "yes", "since": 20261121, "more": {"a": [1.5, true, "\u2028:- #"]}}'
}

backs_up_what_was_before() {
  local before
  echo "- $nodes" | map_is
  before=$(text)
  map "$role"
  [ "$(stat -c %a "$BACKUP_DIR"/*)" = 600 ] || wrong "others may read the backup"
  k replace -f "$(ls "$BACKUP_DIR"/*)" >/dev/null
  [ "$(text)" = "$before" ] || wrong "the backup does not bring it back"
}

keeps_an_entry_that_comes_meanwhile() { # written by somebody else between its reading and its writing
  echo "- $nodes" | map_is
  cat >"$work/bin/kubectl" <<'KUBECTL'
#!/usr/bin/env bash
if [[ " $* " == *" patch configmap aws-auth "* ]] && mkdir "$MEANWHILE" 2>/dev/null; then
  text=$("$REAL" -n kube-system get configmap aws-auth -o jsonpath='{.data.mapRoles}')
  "$REAL" -n kube-system patch configmap aws-auth --type=merge -p "$(jq -n --arg text "$text
- {rolearn: arn:aws:iam::123456789012:role/meanwhile, username: m}" '{data: {mapRoles: $text}}')" >/dev/null
fi
exec "$REAL" "$@"
KUBECTL
  chmod +x "$work/bin/kubectl"
  PATH=$work/bin:$PATH MEANWHILE=$work/meanwhile REAL=$real_kubectl map "$role" | grep 'reading it anew'
  expect "length == 3 and .[0] == $nodes and .[1].username == \"m\" and .[2] == $mine"
}

six_at_once_lose_nothing() {
  local pids=() n
  echo "- $nodes" | map_is
  for n in 1 2 3 4 5 6; do map "$account:role/team-$n" & pids+=($!); done
  for n in "${pids[@]}"; do wait "$n" || wrong "one of six was not mapped"; done
  expect "length == 7 and .[0] == $nodes and (map(.rolearn) | unique | length) == 7"
}

refuses_a_map_that_is_missing() {
  refused 'there is no ConfigMap aws-auth' map "$role"
}

refuses_a_map_that_is_broken() { # the last is the original's own document, with its indentation lost
  local broken
  for broken in '- rolearn: [' 'just words' '{"rolearn": "x"}' '- username: nobody' '- - rolearn: x' '[{"rolearn": "x"}] [{"rolearn": "y"}]' \
    $'- rolearn: x\n---\n- rolearn: y' $'- rolearn: x\n\tusername: y' $'- rolearn: x\nkind: Secret' \
    $'- groups:\n- system:masters\nrolearn: arn:aws:iam::123456789012:role/UdacityFlaskDeployCBKubectlRole\nusername: build'; do
    k delete configmap aws-auth --ignore-not-found >/dev/null
    echo "$broken" | map_is
    refused 'nothing was changed' map "$role"
  done
}

refuses_to_cut_off_the_nodes() {
  echo "- $nodes" | map_is
  refused 'the role of the nodes' map "$account:role/nodes"
}

refuses_what_is_no_role() {
  echo "- $nodes" | map_is
  for name in '' "$account:user/ann" arn:aws:sts::123456789012:assumed-role/x/y "$role/" role; do refused 'usage' map "$name"; done
  refused "one of the cluster's own groups" env KUBE_GROUP=system:masters "$root/ci/map-role.sh" "$role"
}

says_when_the_cluster_is_silent() {
  refused 'does not answer' env KUBECONFIG=/dev/null "$root/ci/map-role.sh" "$role"
}

for case in adds_to_a_yaml_map adds_to_a_json_map adds_to_an_empty_map leaves_an_entry_that_is_there replaces_an_entry_that_differs \
  strips_the_path keeps_what_it_does_not_know backs_up_what_was_before keeps_an_entry_that_comes_meanwhile six_at_once_lose_nothing \
  refuses_a_map_that_is_missing refuses_a_map_that_is_broken refuses_to_cut_off_the_nodes refuses_what_is_no_role \
  says_when_the_cluster_is_silent; do
  run_case "$case"
done
echo "$failed cases failed"
[ "$failed" = 0 ]
