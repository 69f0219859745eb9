# shellcheck shell=bash
# Sourced by what measures containers: the development cluster's engine, under which the public base images are stood in for
# under their own names. CLUSTER is the folder of its scripts.
[ -x "$CLUSTER/up" ] || { echo "there is no engine here: $CLUSTER/up is missing" >&2; exit 1; }
# shellcheck disable=SC1090
. "$("$CLUSTER/up")"

# cluster_rests STOP|CONT: a node has more to do than one start, but the limit is for two free cores. So while a start is
# timed, the cluster around the engine stands still.
cluster_rests() {
  local part pid born run=${DOCKER_HOST#unix://}
  for part in etcd apiserver controllers scheduler kubelet proxy dns-sync; do
    read -r pid born <"${run%/*}/$part.pid" || continue
    [ "$(awk '{ print $22 }' "/proc/$pid/stat")" != "$born" ] || kill -"$1" "$pid" # else another one's number by now
  done 2>/dev/null || true
}

stand_in_bases() {
  local base
  while read -r base; do "$CLUSTER/base-image" "$base" </dev/null; done < <(sed -n 's/^ARG [A-Z]*_IMAGE=//p' src/main/docker/Dockerfile.jvm)
}
