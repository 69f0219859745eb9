#!/usr/bin/env bash
# bench/container.sh [ROUNDS]: how soon and how small as a container, beside Keycloak as one, on the same engine, in turn.
# Writes bench/container.md; three rounds take nine minutes.
#
# Needs what ci/container-test.sh needs: mvn package -DskipTests, and the development cluster's engine (CLUSTER, default
# ../shared/cluster), which has no network of its own, so containers take the host's. It leaves target/quarkus-app in the
# image's form: the other benches need mvn package -DskipTests again.
#
# Time is from the container's own start (what the engine says of it) to the first answer; ours is that it is ready. Memory
# is what the engine shows, the working set of Kubernetes, twenty seconds after an answer. Before that start the kernel's
# copies of files are dropped (where one is root), so that each container is charged for those that it uses.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} base=18700 ours_limit=256m keycloak_limit=1250m
. bench/common.sh
. bench/lib/subjects.sh
CLUSTER=${CLUSTER:-../shared/cluster}
. ci/lib/engine.sh
clear_away() { { docker rm -fv bench; docker volume rm bench-ours bench-keycloak; } >/dev/null 2>&1 || true; }
leave_containers() {
  cluster_rests CONT
  clear_away
  leave
}
trap leave_containers EXIT
clear_away

# Keycloak's own image in short: the heap by the container's memory, which is what its guide on sizing gives an instance. For
# production it is built as its guide on containers has it. The stand-in for the JDK's image has no file of trusted
# authorities, without which it does not start; any will do.
keycloak_images() {
  local jdk target
  jdk=$(sed -n 's/^ARG JDK_IMAGE=//p' src/main/docker/Dockerfile.jvm)
  unpack_keycloak keycloak-image || return
  cat >"$work/Dockerfile" <<END || return
FROM $jdk AS dev
RUN cd "\$JAVA_HOME/lib/security" && { [ -f cacerts ] || { rm -f cacerts && keytool -importcert -noprompt -storepass changeit \
  -keystore cacerts -file "\$(ls /etc/ssl/certs/*.pem | head -n 1)"; }; }
COPY . /opt/keycloak
ENV KC_RUN_IN_CONTAINER=true
ENTRYPOINT ["bash", "/opt/keycloak/bin/kc.sh"]
FROM dev AS production
RUN bash /opt/keycloak/bin/kc.sh build --db=dev-file
END
  for target in dev production; do
    docker build -q --network none -f "$work/Dockerfile" --target "$target" -t "bench-keycloak-$target" "$cache/keycloak-image" || return
  done
}

names=(ours ours-first keycloak keycloak-dev)
run_container() {
  case $1 in
    ours) set -- -v bench-ours:/data --memory "$ours_limit" -e JWT_SECRET myimage ;;
    ours-first) set -- --memory "$ours_limit" -e JWT_SECRET myimage ;;
    keycloak) set -- -v bench-keycloak:/opt/keycloak/data --memory "$keycloak_limit" bench-keycloak-production start --optimized \
      --http-enabled=true --hostname-strict=false --cache=local --log-level=error ;;
    keycloak-dev) set -- --memory "$keycloak_limit" bench-keycloak-dev start-dev --log-level=error ;;
  esac
  docker run -d --name bench --network host "$@" >/dev/null
}
start_container() { # start_container NAME: sets took, in milliseconds
  local end=$((SECONDS + 300)) port=9000 path=/q/health/ready checked=$SECONDS now
  [[ $1 == ours* ]] || port=8080 path=/realms/master
  cluster_rests STOP
  run_container "$1" || fail "$1 does not run"
  until answers "$NODE_IP" "$port" "$path"; do
    if [ $((SECONDS - checked)) -gt 10 ]; then
      checked=$SECONDS
      { [ "$SECONDS" -lt "$end" ] && docker inspect -f '{{.State.Running}}' bench | grep -q true; } ||
        fail "$1 does not answer: $(docker logs --tail 5 bench 2>&1)"
    fi
    a_moment
  done
  now=${EPOCHREALTIME/./}
  cluster_rests CONT
  took=$(((now - $(date -d "$(docker inspect -f '{{.State.StartedAt}}' bench)" +%s%6N)) / 1000))
}
end_container() { # by its leave, so that its store is whole
  docker stop -t 30 bench >/dev/null
  docker rm -v bench >/dev/null
}

echo 'making the images'
stand_in_bases
ci/build-image.sh myimage >"$work/build" 2>&1 || fail "no image: $(tail -n 20 "$work/build")"
keycloak_images >"$work/build" 2>&1 || fail "no image: $(tail -n 20 "$work/build")"
for name in ours keycloak; do # their stores are there then
  start_container "$name"
  end_container
done
for name in "${names[@]}"; do
  sync
  echo 3 2>/dev/null >/proc/sys/vm/drop_caches || echo 'bench: the files that others have read are not charged' >&2
  start_container "$name"
  sleep 20
  rest=$(docker stats --no-stream --format '{{.MemUsage}}' bench)
  printf '%s\trest\t%s\n' "$name" "$rest" | tee -a "$work/figures"
  end_container
done
for ((round = 1; round <= rounds; round++)); do
  for name in "${names[@]}" ours ours ours-first ours-first; do # what is short and varies, more often
    start_container "$name"
    printf '%s\tstart\t%s\n' "$name" "$took" | tee -a "$work/figures"
    end_container
  done
done

about="$(date -u +%F), commit $(git rev-parse --short HEAD)$(git diff --quiet HEAD || echo ', changed'), by \`bash bench/container.sh${1:+ $1}\`.
$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(uname -sr). JDK 25 in all of them; a limit of
$ours_limit for ours, of $keycloak_limit for Keycloak."
python3 -B bench/lib/containers.py "$work/figures" "$about" >"$work/report"
mv "$work/report" bench/container.md
cat bench/container.md
