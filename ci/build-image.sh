#!/usr/bin/env bash
# Packages the service in the image's form, builds the image, and prints what it weighs.
#
# The image's form (aot-jar) has all classes on one plain class path: the JVM's AOT cache holds none that another
# class loader loads. Without that cache the usual form (fast-jar) starts faster, so `mvn package` makes that.
#
#   ci/build-image.sh [NAME]
#
#   NAME        default simple-jwt-api:<version>
#   VERSION     default: the version in pom.xml
#   COMMIT      default: what git says, else "unknown"
#   JDK_IMAGE   a JDK 25 in place of the Dockerfile's
#   BASE_IMAGE  a slim system in place of the Dockerfile's
set -euo pipefail
cd "$(dirname "$0")/.."

command -v docker >/dev/null || { echo 'build-image: docker is not installed' >&2 && exit 1; }
command -v mvn >/dev/null || { echo 'build-image: mvn is not installed' >&2 && exit 1; }

version=${VERSION:-$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' pom.xml)}
commit=${COMMIT:-$(git rev-parse HEAD 2>/dev/null || echo unknown)}
image=${1:-simple-jwt-api:$version}

arguments=(--build-arg "VERSION=$version" --build-arg "COMMIT=$commit")
[ -z "${JDK_IMAGE:-}" ] || arguments+=(--build-arg "JDK_IMAGE=$JDK_IMAGE")
[ -z "${BASE_IMAGE:-}" ] || arguments+=(--build-arg "BASE_IMAGE=$BASE_IMAGE")

rm -rf target/quarkus-app # nothing of the other form may stay
mvn -B -ntp -q -DskipTests -Dquarkus.package.jar.type=aot-jar package </dev/null

# Maven stamps the files with the time of this build; a fixed one keeps unchanged layers the same everywhere.
find target/quarkus-app -exec touch --no-dereference --date='2000-01-01 00:00:00Z' {} +

# Without a network: all that goes in stands in the base images and in target/.
docker build --network none --file src/main/docker/Dockerfile.jvm --tag "$image" "${arguments[@]}" .

echo "Built $image, version $version, commit $commit:"
docker history --format '{{.Size}}\t{{.CreatedBy}}' "$image" | awk -F '\t' '$1 != "0B" {print "  " $1 "\t" substr($2, 1, 90)}'
docker image inspect --format '{{.Size}}' "$image" | awk '{printf "  %d MB in all, unpacked\n", $1 / 1000000}'
