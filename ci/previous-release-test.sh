#!/usr/bin/env bash
# ci/previous-release-test.sh: the previous release's jar on a store that this one has brought to its schema, on both
# stores, then this one again: the old colour of a deploy must be able to start, sign in, sign up and refresh there.
# Needs target/quarkus-app and target/test-classes (mvn verify).
#
# PREVIOUS   the commit to try; default: the last one before the newest migration was added
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { echo "previous-release-test: $*" >&2; exit 1; }
if [ ! -f target/quarkus-app/quarkus-run.jar ] || [ ! -d target/test-classes ]; then fail "run 'mvn verify' first"; fi

# A clone without its history has no release before this one; a remote that has it is asked once.
if [ "$(git rev-parse --is-shallow-repository)" = true ] && ! git fetch -q --unshallow 2>/dev/null; then
  echo 'previous-release-test: NOT TRIED: this clone has no history, and no remote gives it' >&2
  exit 0
fi
newest=$(find src/main/resources/db/migration -name 'V*.sql' | sort -V | tail -n 1)
if [ -z "${PREVIOUS:-}" ]; then
  # What was merged counts from its merge on: before it nothing was released.
  added=$(git log --first-parent -m --diff-filter=A --format=%H -n 1 -- "$newest")
  PREVIOUS=${added:+$added^} # not committed yet: what is committed is the previous one
  PREVIOUS=${PREVIOUS:-HEAD}
fi
previous=$(git rev-parse --verify --quiet "$PREVIOUS^{commit}") || fail "there is no commit $PREVIOUS here"

work=$(mktemp -d)
leave() { git worktree remove --force "$work/previous" 2>/dev/null || true; rm -rf "$work"; }
trap leave EXIT
git worktree add --quiet --detach "$work/previous" "$previous"
echo "the release before $(basename "$newest"): $(git log -1 --format='%h %s' "$previous")"
(cd "$work/previous" && mvn -B -ntp -q -DskipTests -Dspotless.check.skip package </dev/null) >"$work/build" 2>&1 ||
  { tail -n 20 "$work/build" >&2; fail "$previous does not build"; }

mvn -B -ntp -q failsafe:integration-test failsafe:verify -Dit.test=PreviousReleaseCheck \
  -Dprevious.jar="$work/previous/target/quarkus-app/quarkus-run.jar" </dev/null
echo 'it works on this schema, on both stores, and this one after it'
