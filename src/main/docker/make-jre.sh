#!/usr/bin/env bash
# make-jre.sh DIRECTORY: a Java runtime of only the modules that the service uses, out of the JDK of JAVA_HOME. With all of
# them a start takes a tenth longer: the library for SQL prepares Flight Recorder's events where there is one.
set -euo pipefail
directory=${1:?usage: make-jre.sh DIRECTORY}
modules=(
  java.base java.logging java.management java.net.http java.sql java.xml jdk.management
  jdk.zipfs                        # migrations are found inside a jar
  jdk.crypto.ec                    # elliptic curves in TLS and tokens, before JDK 26
  java.naming java.security.jgss   # PostgreSQL's driver
  jdk.unsupported                  # Netty and JNA
)
# A JDK from a Linux package may link to a list of certificates that is not there; jlink wants to see one.
certificates=$(readlink -m "${JAVA_HOME:?}/lib/security/cacerts")
[ -e "$certificates" ] || { mkdir -p "${certificates%/*}" && : >"$certificates"; }
"$JAVA_HOME/bin/jlink" --output "$directory" --no-header-files --no-man-pages --strip-java-debug-attributes --compress zip-0 \
  --add-modules "$(IFS=, && echo "${modules[*]}")"
# HMAC is found in the order of the providers: SunJCE's before that of elliptic curves, which each start would set up unused.
sed -i '/^security\.provider\./ { s/=SunEC$/=SunJCE/; t; s/=SunJCE$/=SunEC/ }' "$directory/conf/security/java.security"
