# shellcheck shell=bash
# Sourced by bench/run.sh: how each subject is made ready and started. prepare_NAME says by its result whether the subject
# can run here; launch_NAME NAME PORT starts it. What is downloaded stays in $cache, so that a second run needs no network.
# shellcheck disable=SC2317,SC2154 # called by name; work and base are run.sh's
cache=${XDG_CACHE_HOME:-$HOME/.cache}/simple-jwt-api-bench
keycloak_version=26.7.0
export EMAIL=abc@xyz.com PASSWORD=mypwd
# Core 0 for the subject; empty where starts are measured.
pin=(taskset -c 0)
java25=$(for home in "${JAVA_25_HOME:-none}" /usr/lib/jvm/*25*; do [ ! -x "$home/bin/java" ] || echo "$home"; done | head -n 1)

have() { # have COMMAND PACKAGE...: installs the packages where the command fails and that may be done
  local command=$1
  shift
  $command >/dev/null 2>&1 && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"; } >"$work/apt.log" 2>&1
  $command >/dev/null 2>&1
}

service() { # service NAME PORT COMMAND...: ours, its store in $work/NAME
  local name=$1 port=$2
  shift 2
  launch "$name" "$port" / env DATA_DIR="$work/$name" PORT="$port" MANAGEMENT_PORT=$((port + 1)) \
    SIGN_UP=open PASSWORD_MIN_LENGTH=5 GUESSES_PER_ADDRESS=1000000 QUARKUS_SHUTDOWN_DELAY=0s "${pin[@]}" "$@"
}

# --- ours: the packaged jar, by the java of PATH; by JDK 25 as the image runs it -----------------------
prepare_ours() { :; }
launch_ours() { service "$@" java -jar target/quarkus-app/quarkus-run.jar; }

prepare_ours_pg() {
  [ -n "$pg_bin" ] || { have false postgresql || true; pg_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1); }
  [ -n "$pg_bin" ] || return
  start_postgres $((base + 90))
  new_database ours
}
launch_ours_pg() {
  local settings
  mapfile -t settings < <(postgres_settings ours)
  service "$@" env "${settings[@]}" java -jar target/quarkus-app/quarkus-run.jar
}

prepare_ours25() { # as the Dockerfile does it, in its own directory and at other ports
  local form=target/bench-aot made
  [ -n "$java25" ] || return
  made=$(cat target/quarkus-app/app/*.jar target/quarkus-app/lib/main/*.jar src/main/docker/* | cksum)
  [ "$(cat "$form/made" 2>/dev/null)" != "$made" ] || return 0
  mvn -B -q -ntp -DskipTests -Dquarkus.package.jar.type=aot-jar -Dquarkus.package.output-directory=bench-aot package || return
  rm -rf "$form/jre" && JAVA_HOME=$java25 bash src/main/docker/make-jre.sh "$form/jre" || return
  JAVA_HOME=$java25 bash src/main/docker/unpack-native.sh "$form/lib/main" "$form/native" || return
  "$java25/bin/java" src/main/docker/MergeJars.java "$form" || return
  sed "s#/app/native#$PWD/$form/native#" src/main/docker/jvm.options >"$form/jvm.options"
  sed "s/\b8080\b/$((base + 92))/g; s/\b9000\b/$((base + 93))/g" src/main/docker/train.sh >"$work/train.sh"
  (cd "$form" && JAVA_HOME=$PWD/jre bash "$work/train.sh" "$PWD/app.aot") && echo "$made" >"$form/made"
}
# The heap is that of a container of 256 MiB, which is what the manifest gives a pod.
launch_ours25() {
  service "$@" env --chdir=target/bench-aot MALLOC_ARENA_MAX=2 jre/bin/java @jvm.options -XX:MaxRAM=256m -XX:AOTCache=app.aot \
    -jar "$PWD/target/bench-aot/quarkus-run.jar"
}
# For its first start, which makes its store.
prepare_ours25_first() { rm -rf "$work/ours25-first"; prepare_ours25; }
launch_ours25_first() { launch_ours25 "$@"; }
prepare_ours25_cold() { [ -n "$java25" ]; }
launch_ours25_cold() { service "$@" "$java25/bin/java" -jar target/quarkus-app/quarkus-run.jar; }

# --- the limit: bare Vert.x, on the same JDK with the same options ---------------------------------------
libraries() { printf '%s:' target/quarkus-app/app/*.jar target/quarkus-app/lib/main/*.jar target/quarkus-app/lib/boot/*.jar; }
prepare_vertx() { javac -d "$work/limit" -cp "$(libraries)" bench/peers/vertx/Limit.java; }
launch_vertx() {
  launch "$1" "$2" / "${pin[@]}" java -cp "$work/limit:$(libraries)" Limit "$2" "$work/root.answer" "$work/contents.answer"
}
prepare_vertx25() { [ -n "$java25" ] && prepare_vertx; }
launch_vertx25() {
  launch "$1" "$2" / "${pin[@]}" "$java25/bin/java" @src/main/docker/jvm.options -XX:MaxRAM=256m \
    -cp "$work/limit:$(libraries)" Limit "$2" "$work/root.answer" "$work/contents.answer"
}

# --- Node ----------------------------------------------------------------------------------------------
prepare_fastify() {
  have 'npm --version' nodejs npm || return
  mkdir -p "$cache/fastify"
  if ! cmp -s bench/peers/fastify/package.json "$cache/fastify/package.json" || [ ! -d "$cache/fastify/node_modules/fastify" ]; then
    cp bench/peers/fastify/package.json "$cache/fastify/"
    npm install --prefix "$cache/fastify" --no-package-lock --no-audit --no-fund --ignore-scripts >"$work/npm.log" 2>&1 || return
  fi
  cp bench/peers/fastify/server.js "$cache/fastify/"
}
launch_fastify() { launch "$1" "$2" / env NODE_ENV=production PORT="$2" "${pin[@]}" node "$cache/fastify/server.js"; }

# --- the original's stack, as Debian has it ---------------------------------------------------------------
flask_imports() { /usr/bin/python3 -c 'import argon2, flask, gunicorn, jwt'; }
prepare_flask() {
  have flask_imports python3-flask gunicorn python3-jwt python3-argon2
}
launch_flask() { # as many workers as it has cores; no time limit, since they stand still between their turns
  local cores
  cores=$("${pin[@]}" nproc)
  launch "$1" "$2" / "${pin[@]}" /usr/bin/python3 /usr/bin/gunicorn --chdir bench/peers/flask --workers "$cores" --timeout 0 \
    --bind "127.0.0.1:$2" --log-level error app:app
}

# --- Spring Boot ---------------------------------------------------------------------------------------
prepare_spring() {
  local jar=target/bench-spring/spring-peer-1.jar
  [ -z "$(find bench/peers/spring -newer "$jar" -print -quit 2>&1)" ] || mvn -B -q -ntp -f bench/peers/spring package
}
launch_spring() {
  launch "$1" "$2" / "${pin[@]}" java -jar target/bench-spring/spring-peer-1.jar --server.port="$2" --server.address=127.0.0.1 \
    --logging.level.root=error --spring.main.banner-mode=off
}

# --- Keycloak ------------------------------------------------------------------------------------------
kc_java=${java25:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
kc() { # kc NAME COMMAND...: its script in its own directory
  local name=$1
  shift
  JAVA_HOME=$kc_java bash "$cache/$name/bin/kc.sh" "$@"
}
unpack_keycloak() { # unpack_keycloak DIRECTORY: as it is published, in the cache
  local zip=$cache/keycloak-quarkus-dist-$keycloak_version.zip unpacked
  mkdir -p "$cache"
  [ -f "$zip" ] || mvn -B -q -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -DoutputDirectory="$cache" \
    -Dartifact="org.keycloak:keycloak-quarkus-dist:$keycloak_version:zip" || return
  unpacked=$(mktemp -d -p "$cache") || return
  (cd "$unpacked" && jar xf "$zip") || return
  rm -rf "${cache:?}/$1" && mv "$unpacked/keycloak-$keycloak_version" "$cache/$1" && rmdir "$unpacked"
}
build_keycloak() { # for production, once
  local built=$cache/keycloak-$keycloak_version
  [ ! -f "$built/built" ] || return 0
  unpack_keycloak "${built##*/}" && kc "${built##*/}" build --db=dev-file && : >"$built/built"
}
make_keycloak() { # make_keycloak NAME POLICY [OPTION...]: with the realm in a file database of its own
  local name=$1 policy=$2 mark
  shift 2
  mark="$keycloak_version $(cksum <bench/peers/keycloak/realm.json) $policy"
  if [ "$(cat "$cache/$name/made" 2>/dev/null)" != "$mark" ]; then
    build_keycloak || return
    rm -rf "${cache:?}/$name" && cp -a "$cache/keycloak-$keycloak_version" "$cache/$name"
    jq --arg policy "$policy" '.passwordPolicy = $policy' bench/peers/keycloak/realm.json >"$work/$name.json"
    kc "$name" import --optimized --file "$work/$name.json" "$@" || return
    mv "$cache/$name/data" "$cache/$name/data.new"
    echo "$mark" >"$cache/$name/made"
  fi
  rm -rf "$cache/$name/data" && cp -a "$cache/$name/data.new" "$cache/$name/data" # without the last run's sessions
}
start_keycloak() { # start_keycloak NAME PORT [OPTION...]
  local name=$1 port=$2
  shift 2
  launch "$name" "$port" /realms/bench env JAVA_HOME="$kc_java" "${pin[@]}" bash "$cache/$name/bin/kc.sh" start --optimized \
    --http-enabled=true --hostname-strict=false --http-host=127.0.0.1 --http-port="$port" --cache=local \
    --http-management-port=$((port + 1)) --log-level=error "$@"
}
equal=(--spi-password-hashing--argon2--memory=19456)
prepare_keycloak() { make_keycloak keycloak ''; }
launch_keycloak() { start_keycloak "$@"; }
# As its "getting started" has it, for its first start only: it builds itself and makes its database then.
prepare_keycloak_dev() { unpack_keycloak keycloak-dev; }
launch_keycloak_dev() {
  launch "$1" "$2" /realms/master env JAVA_HOME="$kc_java" "${pin[@]}" bash "$cache/keycloak-dev/bin/kc.sh" start-dev \
    --http-host=127.0.0.1 --http-port="$2" --http-management-port=$(($2 + 1)) --log-level=error
}
prepare_keycloak_equal() { make_keycloak keycloak-equal 'hashIterations(2)' "${equal[@]}"; }
launch_keycloak_equal() { start_keycloak "$@" "${equal[@]}"; }
