#!/usr/bin/env bash
# bench/signatures.sh [SECONDS [TURNS]]: tokens signed and verified a second of one core with ES256 and EdDSA, by the JDK and
# by Amazon Corretto's provider, in turns; and the ratio within a turn. By the java of PATH, and by JDK 25 where there is one
# (JAVA_25_HOME, or found in /usr/lib/jvm). Needs Linux and target/quarkus-app.
set -euo pipefail
cd "$(dirname "$0")/.."
. bench/common.sh
base=0
. bench/lib/subjects.sh

mkdir "$work/classes"
javac -d "$work/classes" -cp "$(libraries)" bench/Signatures.java
circumstances
for java in java ${java25:+"$java25/bin/java"}; do
  "$java" -version 2>&1 | head -n 1
  taskset -c 0 "$java" --enable-native-access=ALL-UNNAMED -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "$work/classes:$(libraries)" \
    io.simplejwt.token.Signatures "${1:-1}" "${2:-7}"
done
