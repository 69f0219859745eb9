#!/usr/bin/env bash
# Brings the monitoring of deploy/monitoring/ to the cluster that KUBECONFIG names: what Prometheus asks, the alerts, the
# Grafana dashboard. For the operator, once and after each change of these files; the role that deploys has no right to it.
#
#   ci/apply-monitoring.sh
#
# NAMESPACE   default simple-jwt-api
#
# Where the Prometheus operator is not installed nothing is applied, and it says so. The dashboard goes into a ConfigMap
# with the label grafana_dashboard, which Grafana's sidecar looks for; elsewhere import the file by hand.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source-path=SCRIPTDIR
. ci/lib/common.sh

need_tools kubectl jq
kinds=$(kubectl api-resources --api-group=monitoring.coreos.com -o name) || fail "the cluster that KUBECONFIG names does not answer"
for kind in podmonitors prometheusrules; do
  grep -q "^$kind\." <<<"$kinds" || { say "The cluster has no $kind: the Prometheus operator is not installed, nothing is applied" && exit 0; }
done
k apply -f deploy/monitoring/pod-monitor.yml -f deploy/monitoring/prometheus-rule.yml
k create configmap "$APP-dashboard" --from-file=deploy/monitoring/dashboard.json --dry-run=client -o json |
  jq '.metadata.labels = {grafana_dashboard: "1"}' | k apply -f -
