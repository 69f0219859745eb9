# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # shared with the other files of cluster-test.sh
# The images that the cases deploy: two good ones, and those that are wrong in one way each.

make_images() {
  local good=$REGISTRY/cluster-test:good
  "$CLUSTER/base-image" base:cluster-test
  JDK_IMAGE=base:cluster-test BASE_IMAGE=base:cluster-test ci/build-image.sh "$good" >"$logs/build.log" 2>&1 ||
    { tail -n 30 "$logs/build.log" >&2; exit 1; }
  docker push -q "$good" >/dev/null
  first=$(variant "$good" first 'LABEL variant=first')
  second=$(variant "$good" second 'LABEL variant=second')
  crashing=$(variant "$good" crashing 'ENTRYPOINT ["/opt/jre/bin/java", "-cp", "/app", "BrokenOnPurpose"]')
  # Ready, healthy, and no token of the others means anything to it.
  wrong_issuer=$(variant "$good" wrong-issuer 'ENV JWT_ISSUER=somebody-else')
  absent=$REGISTRY/cluster-test@sha256:$(printf 'no such image' | sha256sum | cut -d' ' -f1)
}

variant() { # variant BASE NAME LINE: pushes it and prints its name with the digest
  local name=$REGISTRY/cluster-test:$2
  printf 'FROM %s\n%s\n' "$1" "$3" | docker build -q -t "$name" - >/dev/null 2>&1
  docker push -q "$name" >/dev/null
  docker image inspect -f '{{range .RepoDigests}}{{println .}}{{end}}' "$name" | grep -m 1 "^$REGISTRY/cluster-test@"
}
