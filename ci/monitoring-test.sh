#!/usr/bin/env bash
# Tries the alerts of deploy/monitoring/prometheus-rule.yml: Prometheus' own promtool checks their form, and shows by
# series that are made up (ci/monitoring-test/alerts.yml) that each fires when it must and not when it must not.
#
#   ci/monitoring-test.sh
#
# Needs promtool (Debian's package prometheus). Where it is missing nothing is tried, and it says so; with CI=true that
# is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v promtool >/dev/null; then
  echo 'monitoring-test: the alerts were not tried: promtool is missing (apt-get install prometheus)' >&2
  [ "${CI:-}" != true ] && exit 0 || exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# promtool wants the groups alone, without the Kubernetes object around them.
sed -n '/^spec:$/,$ {/^spec:$/d; s/^  //; p}' deploy/monitoring/prometheus-rule.yml >"$work/rules.yml"
cp ci/monitoring-test/alerts.yml "$work"

promtool check rules "$work/rules.yml"
promtool test rules "$work/alerts.yml"

# An alert that is never expected, or never expected to be silent, has not been tried.
while read -r alert; do
  for expected in 'exp_alerts:$' 'exp_alerts: \[\]$'; do
    grep -A 1 "alertname: $alert\$" "$work/alerts.yml" | grep -q "$expected" ||
      { echo "monitoring-test: $alert has no case with ${expected%\$}" >&2 && exit 1; }
  done
done < <(sed -n 's/.*- alert: //p' "$work/rules.yml")
echo 'monitoring-test: every alert fires when it must, and not when it must not'
