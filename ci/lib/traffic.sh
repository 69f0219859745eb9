# shellcheck shell=bash
# shellcheck disable=SC2154 # `work` and `here` are the sourcing script's
# Who is served by which colour: switching, watching, going back. Needs common.sh and lease.sh.

ROLLOUT_SECONDS=${ROLLOUT_SECONDS:-120}
SOAK=${SOAK:-60}

switch() { # switch FROM TO STATE_JSON: one patch, refused where the Service is not at FROM any more
  k patch service "$APP" --type=json -p "$(jq -nc --arg from "$1" --arg to "$2" --arg state "$3" \
    --arg path "/metadata/annotations/${STATE//\//\~1}" '[{op: "test", path: "/spec/selector/color", value: $from},
      {op: "replace", path: "/spec/selector/color", value: $to}, {op: "add", path: $path, value: $state}]')" >/dev/null
}

remember() { # remember STATE_JSON
  k annotate service "$APP" --overwrite "$STATE=$1" >/dev/null
}

scale() { # scale COLOR REPLICAS
  k patch deployment "$APP-$1" --type=merge -p "{\"spec\":{\"replicas\":$2}}" >/dev/null
}

retire() { # retire COLOR: its pods finish what they have begun
  [ "$(live_color)" != "$1" ] || return 0
  [ "$(deployment "$1")" = '{}' ] || scale "$1" 0
}

return_to_release() { # return_to_release COLOR RELEASE: the template of that release, where another one was put over it
  local revision
  [ "$(release_of "$(deployment "$1")")" != "$2" ] || return 0
  revision=$(k get replicasets -l "app.kubernetes.io/name=$APP,color=$1" -o json | jq -r --arg key "$RELEASE" --arg release "$2" \
    '[.items[] | select(.spec.template.metadata.annotations[$key] == $release)
      | .metadata.annotations["deployment.kubernetes.io/revision"] | tonumber] | max // empty')
  [ -n "$revision" ] || { say "no trace of that release is left in the cluster" >&2; return 1; }
  say "Returning $1 to revision $revision"
  k rollout undo "deployment/$APP-$1" --to-revision="$revision" >/dev/null
}

# Waits for the rollout, and gives up early on what time does not mend. The Deployment's own deadline lies under the
# one of `rollout status`, so that the cluster says what is wrong.
await_rollout() { # await_rollout COLOR
  local pid hopeless=0 reason started
  started=$(now_ms)
  k rollout status "deployment/$APP-$1" --timeout=$((ROLLOUT_SECONDS + 15))s >/dev/null 2>"$work/rollout.log" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.5
    reason=$(stuck "$1") || reason=""
    [ -z "$reason" ] || hopeless=$((hopeless + 1))
    if [ "$hopeless" -ge 10 ]; then # five seconds of it: a registry may stumble once
      kill "$pid" 2>/dev/null
      wait "$pid" 2>/dev/null || true
      say "the pods do not start: $reason" >&2
      return 1
    fi
  done
  wait "$pid" || { say "the rollout did not finish: $(tail -n 1 "$work/rollout.log")" >&2; return 1; }
  for _ in {1..20}; do # available is not yet all ready
    is_healthy "$(deployment "$1")" && say "All pods of $1 are ready after $(took "$started")" && return
    sleep 0.5
  done
  say "not all replicas of $1 are ready" >&2
  return 1
}

stuck() { # stuck COLOR: what holds the pods of this release, where it is not mended by waiting
  pods_of "$1" | jq -r --arg release "$RELEASE" --arg hash "$RELEASE_HASH" '[.items[]
    | select(.metadata.annotations[$release] == $hash) | .status.containerStatuses[]? | . as $c | .state.waiting.reason? // empty
    | select(IN("ImagePullBackOff", "InvalidImageName", "CreateContainerConfigError", "CreateContainerError")
      or (. == "CrashLoopBackOff" and $c.restartCount > 1))][0] // empty'
}

await_endpoints() { # await_endpoints COLOR: until exactly its ready pods are behind the live Service
  local wanted seen
  for _ in {1..100}; do
    wanted=$(pods_of "$1" | jq -c '[.items[] | select(.metadata.deletionTimestamp == null
      and any(.status.conditions[]?; .type == "Ready" and .status == "True")) | .status.podIP] | sort')
    seen=$(k get endpoints "$APP" --ignore-not-found -o json | jq -c '[.subsets[]?.addresses[]?.ip] | unique')
    [ "$wanted" != "[]" ] && [ "$wanted" = "$seen" ] && return
    sleep 0.1
  done
  say "the Service's endpoints ($seen) are not the pods of $1 ($wanted)" >&2
  return 1
}

# Watches the colour that has just gone live for SOAK seconds: new connections through the public address, restarts,
# readiness, and that nobody else has switched. 1: it is not well. 2: somebody else has taken over.
watch_live() { # watch_live COLOR
  local url tunnel="" proxy="" end restarts rounds=0 unready=0 problem=""
  await_endpoints "$1" || return 1
  url=$(public_url)
  if [ -z "$url" ]; then
    say "No PUBLIC_URL and no address of a load balancer: watching through a tunnel to the Service"
    tunnel=$(forward "service/$APP" "$(k get service "$APP" -o jsonpath='{.spec.ports[0].port}')") || return 1
    url=http://127.0.0.1:${tunnel#* } proxy=$(proxy_protocol "$1")
  elif [ -z "$live" ]; then
    await_address "$url"
  fi
  restarts=$(restarts_of "$1")
  say "Watching $1 at $url for $SOAK s"
  end=$(($(now_ms) + SOAK * 1000))
  until [ -n "$problem" ] || [ "$(now_ms)" -ge "$end" ] && [ "$rounds" -gt 0 ] && [ "$unready" = 0 ]; do
    if taken "$1"; then problem=taken; break; fi
    # Asked twice, since between here and there a network may lose a packet.
    problem=$(wrong_answer "$url") || { sleep 0.2; problem=$(wrong_answer "$url") || true; }
    [ "$(restarts_of "$1")" = "$restarts" ] || problem="a container has restarted"
    if is_healthy "$(deployment "$1")"; then unready=0; else unready=$((unready + 1)); fi
    [ "$unready" -lt 5 ] || problem="not all of its pods are ready"
    rounds=$((rounds + 1))
    sleep 0.3
  done
  [ -z "$tunnel" ] || kill "${tunnel% *}" 2>/dev/null || true
  case $problem in
    "") say "$1 is well: $rounds rounds without an error" ;;
    taken) return 2 ;;
    *) say "$1 is not well: $problem" >&2; return 1 ;;
  esac
}

taken() { # taken COLOR: somebody else has switched the Service, or holds the lease; a silent cluster tells neither
  local color holder
  color=$(live_color) && holder=$(lease_seen) || return 1
  [ "$color" != "$1" ] || [ "$holder" != "$lease_holder" ]
}

wrong_answer() { # wrong_answer URL: on a new connection; nothing where the service says that it is healthy
  local answer
  answer=$(curl --noproxy '*' -sS --max-time 5 ${proxy:+"$proxy"} -H 'Connection: close' "$1/" 2>&1) || true
  [ "$answer" = '"Healthy"' ] || { echo "$1/ answered: ${answer:0:200}"; return 1; }
}

await_address() { # await_address URL: a load balancer that has just been made takes minutes
  wrong_answer "$1" >/dev/null && return
  say "Waiting up to 5 minutes for $1, since the Service is new"
  for _ in {1..100}; do
    sleep 3
    wrong_answer "$1" >/dev/null && return
  done
}

restarts_of() { pods_of "$1" | jq '[.items[].status.containerStatuses[]?.restartCount] | add // 0'; }

public_url() { # as given, or the load balancer's own address; not for HTTPS, whose certificate has another name
  if [ -n "${PUBLIC_URL:-}" ]; then echo "${PUBLIC_URL%/}"; return; fi
  k get service "$APP" -o json | jq -r '(.status.loadBalancer.ingress[0]? | .hostname // .ip // empty) as $host
    | .spec.ports[0].port | select(. != 443) | "http://\($host):\(.)"'
}
