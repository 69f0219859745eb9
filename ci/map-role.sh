#!/usr/bin/env bash
# Maps an IAM role to a Kubernetes group on a cluster that still keeps such mappings in the ConfigMap aws-auth. Today's
# way is an access entry (aws/pipeline.yaml makes one); this is for the authentication mode CONFIG_MAP.
#
#   ci/map-role.sh arn:aws:iam::123456789012:role/simple-jwt-api-deploy
#
# KUBE_GROUP   default simple-jwt-api-deploy, the group of deploy/rbac.yml
# BACKUP_DIR   where the map is kept as it was before a change, default the working directory
#
# A mistake in this map locks people and nodes out, so: nothing is written unless the whole map was understood; every
# other entry is the same afterwards, and in the same order; a map that was changed meanwhile is read anew. Comments in
# it go: the backup has them. Needs kubectl and jq, and the rights of a cluster administrator.
# shellcheck disable=SC2016 # $entry, $old and $new are jq's
set -euo pipefail
say() { echo "map-role: $*"; }
fail() { say "FAILED: $*" >&2; exit 1; }

role=${1:-} group=${KUBE_GROUP:-simple-jwt-api-deploy} backups=${BACKUP_DIR:-.}
[[ $role =~ ^arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role/([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]+$ ]] ||
  fail "usage: map-role.sh ARN, that of an IAM role, as in arn:aws:iam::123456789012:role/name"
[[ $group != system:* ]] || fail "$group is one of the cluster's own groups: use a narrow one, as in deploy/rbac.yml"
for tool in kubectl jq; do command -v "$tool" >/dev/null || fail "$tool is not installed"; done
[ -w "$backups" ] || fail "BACKUP_DIR $backups cannot be written"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The cluster compares names without their path; an account has each role name once, in any case.
mapped=${role%%:role/*}:role/${role##*/}
entry=$(jq -nc --arg arn "$mapped" --arg name "${role##*/}" --arg group "$group" \
  '{rolearn: $arn, username: "\($name):{{SessionName}}", groups: [$group]}')
rules='def understood: type == "array" and all(.[]; type == "object" and (.rolearn | type) == "string");
  def ours: (.rolearn | sub(":role/.*/"; ":role/") | ascii_downcase) == ($entry.rolearn | ascii_downcase);
  def others: map(select(ours | not));
  def merged: (map(ours) | index(true)) as $at # in the place of the first of its role, else at the end
    | if $at == null then . + [$entry] else (.[:$at] | others) + [$entry] + (.[$at:] | others) end;
  def of_nodes: any(.[]; ours and any(.groups[]?; . == "system:nodes" or . == "system:bootstrappers"));'
ask() { jq -ec --argjson entry "$entry" "$rules $1" "${@:2}"; }

read_map() { # writes map.json, the ConfigMap; empty where the cluster has none
  kubectl -n kube-system get configmap aws-auth --ignore-not-found -o json >"$work/map.json" ||
    fail "the cluster that KUBECONFIG names does not answer, or does not show the map"
}

# What reads YAML wherever kubectl is: kubectl itself, which makes JSON of any object without asking a cluster. The text
# becomes a member of one. What is JSON is read by jq, since YAML does not like JSON's tabs.
entries() { # entries TEXT_FILE: the list as JSON; fails where it is neither
  jq -sec 'if length == 1 then .[0] else error("not one value") end' "$1" 2>/dev/null && return
  { printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\nentries:\n' && sed 's/^./  &/' "$1"; } |
    kubectl annotate --local -o json -f - read=true |
    jq -sc 'if length != 1 then error("more than one document") elif .[0].entries == null then [] else .[0].entries end'
}

# One member a line, each value as JSON, which is YAML too: nothing can be read as something else.
as_yaml() {
  jq -r '.[] | to_entries | sort_by(.key != "rolearn") | to_entries[]
    | (if .key == 0 then "- " else "  " end) + (.value.key | tojson) + ": " + (.value.value | tojson)'
}

attempt() { # sets `outcome`: written, or conflict where somebody else has changed the map meanwhile
  local version file
  read_map
  [ -s "$work/map.json" ] || fail "there is no ConfigMap aws-auth in kube-system. Either this cluster has access entries" \
    "(aws eks create-access-entry --kubernetes-groups $group --principal-arn $role), or no node has joined it yet"
  jq -j '.data.mapRoles // ""' "$work/map.json" >"$work/text"
  entries "$work/text" >"$work/old" 2>"$work/error" ||
    fail "mapRoles is neither YAML nor JSON; nothing was changed. $(tail -n 1 "$work/error")"
  ask understood "$work/old" >/dev/null || fail "mapRoles is no list of entries that each have a rolearn; nothing was changed"
  ! ask of_nodes "$work/old" >/dev/null || fail "$mapped is the role of the nodes: they would be cut off; nothing was changed"
  ask merged "$work/old" >"$work/new"
  outcome=written
  if ask '. == $new[0]' --slurpfile new "$work/new" "$work/old" >/dev/null; then
    say "$mapped is mapped to $group already: nothing to do"
    return
  fi

  as_yaml <"$work/new" >"$work/text.new"
  entries "$work/text.new" >"$work/written"
  ask 'map(select(. == $entry)) == [$entry] and others == ($old[0] | others) and length == (others | length) + 1' \
    --slurpfile old "$work/old" "$work/written" >/dev/null || fail "the new map would lose an entry; nothing was changed"
  version=$(jq -r .metadata.resourceVersion "$work/map.json") file=$backups/aws-auth-$(date -u +%Y%m%dT%H%M%SZ)-$version.json
  (umask 077 && jq 'del(.metadata.resourceVersion, .metadata.uid, .metadata.managedFields)' "$work/map.json" >"$file")
  # With a resourceVersion in it the server refuses where the map is another one by now; mapUsers is not touched.
  jq -n --arg version "$version" --rawfile text "$work/text.new" \
    '{metadata: {resourceVersion: $version}, data: {mapRoles: $text}}' >"$work/patch"
  if ! kubectl -n kube-system patch configmap aws-auth --type=merge --patch-file="$work/patch" >/dev/null 2>"$work/error"; then
    rm -f "$file"
    grep -q '(Conflict)' "$work/error" || fail "the map was not written: $(cat "$work/error")"
    outcome=conflict
    return
  fi
  read_back "$file"
  say "mapped $mapped to $group; kubectl replace -f $file brings back what was before"
}

read_back() { # read_back BACKUP
  read_map
  jq -j '.data.mapRoles // ""' "$work/map.json" >"$work/text"
  entries "$work/text" >"$work/read" || fail "the map cannot be read back: compare it with $1"
  ask 'index($entry)' "$work/read" >/dev/null || fail "the map that was read back has no such entry: compare it with $1"
}

for try in {1..20}; do
  attempt
  [ "$outcome" = conflict ] || exit 0
  say "the map was changed meanwhile: reading it anew ($try)"
  sleep "0.$((RANDOM % 9 + 1))"
done
fail "the map is being changed all the time; nothing was changed"
