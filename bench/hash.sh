#!/usr/bin/env bash
# bench/hash.sh [SECONDS [TURNS]]: the ways to Argon2id against each other, on one core: which one should sign people in?
# Also how much of it is the kernel's part, which zeroes 19 MiB for each hash; with large pages it has less to do
# (/sys/kernel/mm/transparent_hugepage/enabled, printed). Needs JDK 22 or newer (JAVA_25_HOME, or found in /usr/lib/jvm),
# target/quarkus-app, and for libargon2 the package libargon2-1.
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/common.sh
base=0
. bench/lib/subjects.sh
[ -n "$java25" ] || fail 'a JDK of 22 or newer is missing: set JAVA_25_HOME'

(cd "$work" && "$java25/bin/jar" --extract --file "$(ls "$OLDPWD"/target/quarkus-app/lib/main/com.goterl.lazysodium-java-*.jar)")
case $(uname -m) in aarch64) sodium=$work/arm64/libsodium.so ;; *) sodium=$work/linux64/libsodium.so ;; esac
argon2=$(find /usr/lib -name 'libargon2.so.1' 2>/dev/null | head -n 1)
mkdir "$work/classes"
"$java25/bin/javac" -d "$work/classes" -cp "$(libraries)" --add-modules jdk.incubator.vector \
  bench/HashRate.java bench/HashCandidates.java bench/VectorArgon2.java 2>"$work/javac" || fail "javac: $(cat "$work/javac")"
circumstances
echo "large pages: $(cat /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null || echo unknown)"
taskset -c 0 "$java25/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
  -Dsodium.path="$sodium" -cp "$work/classes:$(libraries)" io.simplejwt.account.HashCandidates "${1:-2}" "${2:-5}" "$sodium" ${argon2:+"$argon2"}
