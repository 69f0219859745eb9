#!/usr/bin/env bash
# ci/fuzz.sh [SECONDS [SEED]]: coverage-guided fuzzing (Jazzer) of what reads tokens, bodies and statements, SECONDS (60)
# each. With a SEED the inputs come in the same order each time; without one they are others each time.
#
# Stops at the first input that breaks a rule of the target, and names the file that holds it: with the fix it becomes
# a seed in src/test/resources/fuzz, where `mvn verify` tries it ever after. Prints how many inputs were tried.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60} seed=${2:-0} # 0: one of Jazzer's own
found=target/fuzz

mvn -B -ntp test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath -Dmdep.includeScope=test
classpath=target/test-classes:target/classes:$(cat target/fuzz.classpath)
fuzz() { # fuzz SEEDS CLASS
  mkdir -p "$found/$1"
  echo "fuzzing $2 for $seconds s"
  # The corpus that grows is kept in target: the next run on this machine starts from it.
  java -cp "$classpath" com.code_intelligence.jazzer.Jazzer --target_class="io.simplejwt.$2" \
    --instrumentation_includes='io.simplejwt.**:com.fasterxml.jackson.core.**' \
    --reproducer_path="$found" -artifact_prefix="$found/$1-" -max_total_time="$seconds" -seed="$seed" -max_len=4096 \
    -print_final_stats=1 "$found/$1" "src/test/resources/fuzz/$1" >"$found/$1.log" 2>&1 ||
    { tail -40 "$found/$1.log"; echo "fuzz: $2 breaks a rule; the input is $found/$1-*" >&2; exit 1; }
  grep -E '^stat::(number_of_executed_units|average_exec_per_sec|new_units_added)' "$found/$1.log"
}
fuzz token token.TokenFuzz
fuzz body http.BodyFuzz
fuzz sql query.SqlFuzz
