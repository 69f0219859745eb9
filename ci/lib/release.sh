# shellcheck shell=bash
# shellcheck disable=SC2154 # `work` and `here` are the sourcing script's
# What a release is made of: the manifest that the build made, for one colour, with its own immutable copies of the
# Secret and the ConfigMap. Their names carry a digest of their content, so the other colour keeps what it started with.

# Each may come from the operator's Secret "simple-jwt-api" in the namespace, and be replaced by a file (NAME_FILE, "-"
# for standard input) or by a parameter of AWS Systems Manager (NAME_PARAMETER).
SECRET_KEYS=(JWT_SECRET JWT_VERIFY_SECRETS DATABASE_URL DATABASE_USERNAME DATABASE_PASSWORD
  QUERY_DATABASE_URL QUERY_DATABASE_USERNAME QUERY_DATABASE_PASSWORD QUERY_READ_USERNAME QUERY_READ_PASSWORD
  ADMIN_EMAIL ADMIN_PASSWORD)
MANIFEST=${MANIFEST:-$here/../target/kubernetes/kubernetes.json}
DEPLOY_FILES=${DEPLOY_FILES:-$here/../deploy}

read_manifest() { # the build writes an array, kubectl a List
  jq 'if type == "array" then {items: .} else . end' "$MANIFEST" >"$work/manifest.json" || fail "$MANIFEST is no JSON"
}

use_embedded_store() { # without a DATABASE_URL: one replica, its volume, and no two colours
  STORE_ALONE=true
  jq '.items[] | select(.kind == "Deployment")' "$work/manifest.json" |
    kubectl patch --local -f - -o json --type=strategic --patch-file="$DEPLOY_FILES/embedded-patch.yml" >"$work/embedded.json"
  jq --slurpfile embedded "$work/embedded.json" '.items |= map(if .kind == "Deployment" then $embedded[0] else . end)' \
    "$work/manifest.json" >"$work/manifest.new" && mv "$work/manifest.new" "$work/manifest.json"
}

use_certificate() { # CERTIFICATE_ARN: HTTPS at the load balancer; counts when the Service is made
  [ -n "${CERTIFICATE_ARN:-}" ] || { warn "no CERTIFICATE_ARN: the new Service speaks plain HTTP" && return; }
  kubectl annotate --local -o json -f "$DEPLOY_FILES/service-https.yml" \
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert=$CERTIFICATE_ARN" >"$work/https.json"
  jq --slurpfile https "$work/https.json" '.items |= map(if .kind == "Service" then $https[0] else . end)' \
    "$work/manifest.json" >"$work/manifest.new" && mv "$work/manifest.new" "$work/manifest.json"
}

# Values go by pipe and file only: an argument would show them to every process of the machine.
collect_secret() { # collect_secret DIRECTORY: writes secret.json there and sets SECRET_NAME
  local dir=$1 key file parameter
  k get secret "$APP" --ignore-not-found -o json | jq '.data // {}' >"$dir/data.json"
  [ -s "$dir/data.json" ] || echo '{}' >"$dir/data.json"
  parameters_to "$dir/parameters.json"
  for key in "${SECRET_KEYS[@]}"; do
    file=${key}_FILE parameter=${key}_PARAMETER
    if [ -n "${!file:-}" ]; then
      if [ "${!file}" = - ]; then cat; else cat "${!file}"; fi >"$dir/value" || fail "$file cannot be read"
    elif [ -n "${!parameter:-}" ]; then
      jq -j --arg name "${!parameter}" '.Parameters[] | select(.Name == $name or .ARN == $name) | .Value' \
        "$dir/parameters.json" >"$dir/value"
      if [ ! -s "$dir/value" ] && [ "$key" = JWT_VERIFY_SECRETS ]; then # it exists during a rotation only
        say "There is no parameter ${!parameter}: JWT_SECRET alone verifies"
        jq 'del(.JWT_VERIFY_SECRETS)' "$dir/data.json" >"$dir/data.new" && mv "$dir/data.new" "$dir/data.json"
        continue
      fi
      [ -s "$dir/value" ] || fail "the parameter ${!parameter} ($parameter) does not exist or is empty"
    else
      continue
    fi
    jq --arg key "$key" --rawfile value "$dir/value" '.[$key] = ($value | sub("\\n+$"; "") | @base64)' \
      "$dir/data.json" >"$dir/data.new" && mv "$dir/data.new" "$dir/data.json"
  done
  jq -e '(.JWT_SECRET // "") != ""' "$dir/data.json" >/dev/null || fail "no JWT_SECRET: set JWT_SECRET_FILE (- reads" \
    "standard input) or JWT_SECRET_PARAMETER, or put it into the Secret $APP of namespace $NAMESPACE"
  # The digest tells nothing of a weak value in it, since JWT_SECRET's 256 random bits are in it too.
  SECRET_NAME=$APP-$(content_hash "$dir/data.json")
  copy_of Secret "$SECRET_NAME" "$dir/data.json" >"$dir/secret.json"
}

secret_value() { # secret_value KEY: nothing where the release's Secret has none
  jq -r --arg key "$1" '.[$key] // "" | @base64d' "$work/data.json"
}

parameters_to() { # one call for all; at most ten names, which the list above cannot exceed
  local key name names=()
  for key in "${SECRET_KEYS[@]}"; do
    name=${key}_PARAMETER
    [ -z "${!name:-}" ] || names+=("${!name}")
  done
  [ ${#names[@]} -gt 0 ] || return 0
  need_tools aws
  aws ssm get-parameters --with-decryption --output json --names "${names[@]}" >"$1" ||
    fail "the parameters ${names[*]} cannot be read"
}

collect_config() { # collect_config DIRECTORY: the manifest's ConfigMap under the operator's, as config.json
  local dir=$1
  { jq --arg app "$APP" '.items[] | select(.kind == "ConfigMap" and .metadata.name == $app) | .data' "$work/manifest.json"
    k get configmap "$APP" --ignore-not-found -o json | jq '.data // {}'; } | jq -s 'add // {}' >"$dir/config-data.json"
  CONFIG_NAME=$APP-$(content_hash "$dir/config-data.json")
  copy_of ConfigMap "$CONFIG_NAME" "$dir/config-data.json" >"$dir/config.json"
}

has_database() { jq -es 'add | (.DATABASE_URL // "") != ""' "$1/data.json" "$1/config-data.json" >/dev/null; }
content_hash() { jq -cS . "$1" | sha256sum | cut -c1-10; }

copy_of() { # copy_of KIND NAME DATA_FILE
  jq -n --arg kind "$1" --arg name "$2" --arg app "$APP" --slurpfile data "$3" '{apiVersion: "v1", kind: $kind,
    metadata: {name: $name, labels: {"app.kubernetes.io/name": $app, "\($app)/copy": "true"}}, immutable: true, data: $data[0]}'
}

# Created, never applied: `apply` would keep the values in an annotation.
create_copies() { # create_copies DIRECTORY
  k get secret "$SECRET_NAME" -o name >/dev/null 2>&1 || k create -f "$1/secret.json" >/dev/null
  k get configmap "$CONFIG_NAME" -o name >/dev/null 2>&1 || k create -f "$1/config.json" >/dev/null
}

delete_unused_copies() { # a ReplicaSet that rollback may return to still names its own
  local used name
  used=$(k get deployments,replicasets -o json | jq -r '.. | objects | .name?, .secretName? | strings')
  for name in $(k get secrets,configmaps -l "$APP/copy=true" -o name); do
    grep -qxF "${name#*/}" <<<"$used" || k delete "$name" >/dev/null
  done
}

render() { # render COLOR REPLICAS KIND: the object KIND of the release, for that colour
  jq --arg app "$APP" --arg color "$1" --argjson replicas "$2" --arg kind "$3" --arg image "$IMAGE" \
    --arg secret "$SECRET_NAME" --arg config "$CONFIG_NAME" --arg release "$RELEASE" --arg hash "${RELEASE_HASH:-}" \
    --arg version "${RELEASE_VERSION:-}" --arg commit "${RELEASE_COMMIT:-}" --argjson deadline "$ROLLOUT_SECONDS" \
    --argjson alone "${STORE_ALONE:-false}" -f "$(dirname "${BASH_SOURCE[0]}")/release.jq" "$work/manifest.json"
}

create_missing() { # what belongs to no colour and is not there yet; changing it is the operator's, since live has it too
  local object
  while read -r object; do
    k get "$(jq -r '"\(.kind)/\(.metadata.name)"' <<<"$object")" -o name >/dev/null 2>&1 ||
      k create -f - <<<"$object" >/dev/null
  done < <(jq -c '.items[] | select(.kind | IN("Deployment", "Service", "PodDisruptionBudget", "ConfigMap", "Secret") | not)
    | del(.metadata.namespace)' "$work/manifest.json")
}

release_hash() { # of what runs, whatever its colour is called and whichever commit it is said to be from
  RELEASE_VERSION="" RELEASE_COMMIT="" render any 1 Deployment | jq -cS . | sha256sum | cut -c1-16
}
