# shellcheck shell=bash
# shellcheck disable=SC2154 # shared with the other files of cluster-test.sh
# Every way in which a pod can die under load.

pod_deleted_under_load() {
  local pod from tunnel
  pod=$(pod_names | head -n 1) from=$(now_ms)
  tunnel=$(forward "pod/$pod" 8080)
  docker wait "$(container_of "$pod")" >"$logs/exit" &
  k delete pod "$pod" --wait=false >/dev/null
  # Between SIGTERM and the end it answers still, and sends whoever keeps a connection elsewhere.
  wait_until 12 says_close "${tunnel#* }"
  kill "${tunnel% *}"
  # By itself: 143 is SIGTERM, 137 would be the kubelet's SIGKILL after the grace period. The pod's object may stay for
  # longer, as long as the kubelet needs for its volumes.
  wait_until 45 grep -q . "$logs/exit"
  [ "$(cat "$logs/exit")" = 143 ] || wrong "the process ended with $(cat "$logs/exit")"
  figure "every answer closed its connection meanwhile; ended by itself after $(took "$from")"
  wait_until 60 live_is_whole
  figure "whole again after $(took "$from")"
}

says_close() { # says_close LOCAL_PORT: answered well, and for the last time
  curl -sSi --max-time 2 --noproxy '*' "http://127.0.0.1:$1/" | tr -d '\r' >"$logs/answer" || wrong "the pod answers no more"
  head -n 1 "$logs/answer" | grep -q ' 200 ' || wrong "the pod answers $(head -n 1 "$logs/answer")"
  grep -qi '^connection: close$' "$logs/answer"
}

pods_evicted_against_the_budget() { # as when a node is emptied
  local pods from
  mapfile -t pods < <(pod_names)
  from=$(now_ms)
  evict "${pods[0]}" || wrong "the first eviction was refused"
  if evict "${pods[1]}"; then wrong "both pods were evicted at once"; fi
  wait_until 60 evict "${pods[1]}"
  wait_until 60 live_is_whole
  figure "all ${#pods[@]} pods evicted, whole again after $(took "$from")"
}

evict() {
  jq -nc --arg pod "$1" --arg ns "$NAMESPACE" '{apiVersion: "policy/v1beta1", kind: "Eviction", metadata: {name: $pod, namespace: $ns}}' |
    "$real_kubectl" create --raw "/api/v1/namespaces/$NAMESPACE/pods/$1/eviction" -f - >/dev/null 2>&1
}

container_of() { k get pod "$1" -o jsonpath='{.status.containerStatuses[0].containerID}' | sed 's#.*//##'; }

process_stopped_dead() { # it hangs, and only its liveness probe can tell
  local pod from
  pod=$(pod_names | head -n 1) from=$(now_ms)
  docker kill --signal STOP "$(container_of "$pod")" >/dev/null
  wait_until 10 not_ready "$pod"
  figure "out of the Service after $(took "$from")"
  wait_until 90 restarted "$pod"
  wait_until 60 live_is_whole
  figure "healed after $(took "$from")"
}

not_ready() { k get pod "$1" -o json | jq -e 'any(.status.conditions[]; .type == "Ready" and .status == "False")' >/dev/null; }
restarted() { k get pod "$1" -o json | jq -e '.status.containerStatuses[0].restartCount > 0' >/dev/null; }

pod_killed_under_load() {
  local pod from
  pod=$(pod_names | tail -n 1) from=$(now_ms)
  docker kill --signal KILL "$(container_of "$pod")" >/dev/null
  wait_until 30 restarted "$pod"
  wait_until 60 live_is_whole
  figure "whole again after $(took "$from")"
}
