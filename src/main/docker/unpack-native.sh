#!/usr/bin/env bash
# unpack-native.sh JARS DIRECTORY: this machine's native code, out of the jars that carry it for every system. jvm.options
# names the directory; without it each start would unpack the same in /tmp.
set -euo pipefail
jars=$(cd "${1:?usage: unpack-native.sh JARS DIRECTORY}" && pwd)
mkdir -p "${2:?usage: unpack-native.sh JARS DIRECTORY}"
directory=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $(uname -m) in aarch64) jna=linux-aarch64 sodium=arm64 ;; *) jna=linux-x86-64 sodium=linux64 ;; esac
cd "$work"
for jar in "$jars"/com.goterl.lazysodium-java-*.jar "$jars"/net.java.dev.jna.jna-*.jar "$jars"/org.xerial.sqlite-jdbc-*.jar \
  "$jars"/software.amazon.cryptools.AmazonCorrettoCryptoProvider-*.jar; do
  "${JAVA_HOME:?}/bin/jar" --extract --file "$jar"
done
mv "com/sun/jna/$jna/libjnidispatch.so" "$sodium/libsodium.so" "org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so" \
  com/amazon/corretto/crypto/provider/lib*.so "$directory/"
