# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # shared with ci/rehearse.sh, which sources this
# The stage of the rehearsal: AWS as far as it is stood in for, what an operator sets up once, and how a commit is sent
# through. Each case has a directory $run: the source, the output, the artifact, the exported variables.

started=$(now_ms) failed=0
logs=$(mktemp -d) work=$(mktemp -d) secrets=$work/secrets
export VERIFY_ONLY=SecretRulesTest,StrictGateTest
export CLUSTER_NAME=simple-jwt-api
# shellcheck source=moto.sh
. ci/rehearsal/moto.sh
account=123456789012
REPOSITORY_URI=$REGISTRY/rehearsal DEPLOY_ROLE_ARN=arn:aws:iam::$account:role/simple-jwt-api-deploy
REAL_KUBECTL=$(command -v kubectl) REAL_KUBECONFIG=$KUBECONFIG

wrong() { echo "$*" >&2; exit 1; }

leave() {
  stop_moto
  kubectl -n kube-system delete configmap aws-auth --ignore-not-found >/dev/null 2>&1 || true
  if [ "$failed" != 0 ] || [ "${KEEP:-}" = 1 ]; then echo "Logs: $logs"; else rm -rf "$logs"; fi
  [ "${KEEP:-}" = 1 ] || kubectl delete namespace "$NAMESPACE" --wait=false >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap leave EXIT

run_case() { # run_case FUNCTION: the next ones need what this one did, so the first that fails is the last
  local from status=0
  from=$(now_ms) run=$logs/$1
  set +e
  (set -e; "$1"; echo "${good:-}" >"$work/good") >"$work/case" 2>&1
  status=$?
  set -e
  good=$(cat "$work/good" 2>/dev/null || true)
  printf '%-6s %-42s %s\n' "$([ "$status" = 0 ] && echo ok || echo FAILED)" "${1//_/ }" "$(took "$from")"
  [ "$status" = 0 ] && return
  failed=1
  { tail -n 60 "$run/output" 2>/dev/null; cat "$work/case"; } | sed 's/^/       | /' >&2
  exit 1
}

# --- what is set up once -------------------------------------------------------------------------------

set_the_stage() {
  # EKS has one of its own that permits everything: moto cannot check the signature of a GET of EKS.
  start_moto
  export AWS_ENDPOINT_URL_EKS=$AWS_ENDPOINT_URL
  start_moto
  make_identities
  fill_the_parameter_store
  make_namespace
  map_the_role
  while read -r base; do "$CLUSTER/base-image" "$base" </dev/null; done < <(sed -n 's/^ARG [A-Z]*_IMAGE=//p' src/main/docker/Dockerfile.jvm)
  enforce_permissions
  say "The stage is set after $(took "$started")"
}

make_identities() { # with what aws/pipeline.yaml allows each project's role, as far as this rehearsal calls it
  export AWS_ACCESS_KEY_ID=nobody AWS_SECRET_ACCESS_KEY=nothing # until the operator exists
  user operator '*' '*'
  user build ecr:GetAuthorizationToken '*'
  user deploy sts:AssumeRole "$DEPLOY_ROLE_ARN"
  # shellcheck source=/dev/null
  . "$work/operator"
  PRINCIPAL_ARN=arn:aws:iam::$account:user/deploy ci/create-role.sh
  # moto asks policies about the action on "*", which the role's own policy rightly does not allow.
  aws iam put-role-policy --role-name simple-jwt-api-deploy --policy-name for-moto --policy-document "$(allow ssm:GetParameters '*')"
  aws eks create-cluster --name "$CLUSTER_NAME" --role-arn "arn:aws:iam::$account:role/cluster" \
    --resources-vpc-config subnetIds=subnet-1,subnet-2 >/dev/null
}

user() { # user NAME ACTION RESOURCE: writes a file that makes a shell this user
  aws iam create-user --user-name "$1" >/dev/null
  aws iam put-user-policy --user-name "$1" --policy-name "$1" --policy-document "$(allow "$2" "$3")"
  aws iam create-access-key --user-name "$1" --output json |
    jq -r '.AccessKey | "export AWS_ACCESS_KEY_ID=\(.AccessKeyId) AWS_SECRET_ACCESS_KEY=\(.SecretAccessKey)"' >"$work/$1"
}
allow() { # allow ACTION RESOURCE: a policy
  jq -nc --arg action "$1" --arg resource "$2" '{Version: "2012-10-17", Statement: [{Effect: "Allow", Action: $action, Resource: $resource}]}'
}
as() { # as USER COMMAND...
  # shellcheck source=/dev/null
  (. "$work/$1" && "${@:2}")
}

fill_the_parameter_store() {
  local database administrator
  ci/put-secret.sh --generate
  ci/put-secret.sh --generate /simple-jwt-api/SMOKE_PASSWORD
  aws ssm put-parameter --name /simple-jwt-api/SMOKE_EMAIL --type String --value smoke@example.org >/dev/null
  # These two the operator keeps in the cluster.
  (umask 077 && openssl rand -hex 16 >"$work/database" && openssl rand -hex 16 >"$work/administrator")
  { aws ssm get-parameters --with-decryption --names /simple-jwt-api/JWT_SECRET /simple-jwt-api/SMOKE_PASSWORD \
    --query 'Parameters[].Value' --output text | tr '\t' '\n'; cat "$work/database" "$work/administrator"; } >"$secrets"
}

make_namespace() {
  kubectl delete namespace "$NAMESPACE" --ignore-not-found --timeout=120s >/dev/null
  kubectl create namespace "$NAMESPACE" >/dev/null
  k apply -f deploy/rbac.yml >/dev/null
  "$CLUSTER/postgres-image" postgres:cluster-test
  k create secret generic simple-jwt-api --from-literal=DATABASE_URL="jdbc:postgresql://database.$NAMESPACE.svc.cluster.local:5432/app" \
    --from-literal=DATABASE_USERNAME=app --from-literal=ADMIN_EMAIL=admin@example.org \
    --from-file=DATABASE_PASSWORD=<(tr -d '\n' <"$work/database") --from-file=ADMIN_PASSWORD=<(tr -d '\n' <"$work/administrator") >/dev/null
  k apply -f ci/cluster-test/database.yml >/dev/null
  k set env deployment/database POSTGRES_PASSWORD="$(cat "$work/database")" >/dev/null
  k rollout status deployment/database --timeout=180s >/dev/null
}

map_the_role() {
  kubectl -n kube-system create configmap aws-auth \
    --from-literal=mapRoles="- {rolearn: 'arn:aws:iam::$account:role/nodes', groups: ['system:nodes']}" >/dev/null
  BACKUP_DIR=$work ci/map-role.sh "$DEPLOY_ROLE_ARN"
}

# --- a commit's way ------------------------------------------------------------------------------------

changed() { # changed SED_SCRIPT FILE: a commit that differs in this line, in a clone
  local clone=$work/clone
  [ -d "$clone" ] || git clone -q --no-checkout "$root" "$clone"
  git -C "$clone" checkout -q --force "$commit"
  sed -i "$1" "$clone/$2"
  git -C "$clone" -c user.name=rehearsal -c user.email=rehearsal@example.org commit -qam "Break it" || wrong "nothing was changed"
  git -C "$clone" rev-parse HEAD
}

source_of() { # source_of COMMIT DIRECTORY: as CodePipeline hands it over, without history
  local from=$root
  git cat-file -e "$1" 2>/dev/null || from=$work/clone
  mkdir -p "$2"
  git -C "$from" archive "$1" | tar -x -C "$2"
}

environment() { # environment PROJECT: what project and action give it, what leads to the stand-ins, and this machine's network
  jq -n '$ENV | with_entries(select(.key | test("proxy$|_CA_|CERT|CA_BUNDLE"; "i"))) + (. | {AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_EKS, AWS_DEFAULT_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, DOCKER_HOST}) + {AWS_EC2_METADATA_DISABLED: "true"}' >"$work/common.json"
  if [ "$1" = build ]; then
    jq --arg uri "$REPOSITORY_URI" --arg commit "$2" --arg address "$NODE_IP" --arg only "$VERIFY_ONLY" --arg config "$work/docker" \
      '. + {REPOSITORY_URI: $uri, COMMIT: $commit, BUILT_IMAGE: "rehearsal:built", REGISTRY_LOGIN: "ecr", CONTAINER_ADDRESS: $address,
        VERIFY_ONLY: $only, DOCKER_CONFIG: $config}' "$work/common.json"
  else
    jq --arg role "$DEPLOY_ROLE_ARN" --arg path "$root/ci/rehearsal:$PATH" --arg real "$REAL_KUBECTL" --arg config "$REAL_KUBECONFIG" \
      --arg identities "$work/identities" --slurpfile action "$run/exported.json" '. + $action[0] + {CLUSTER_NAME: "simple-jwt-api",
        DEPLOY_ROLE_ARN: $role, NAMESPACE: "rehearsal", JWT_SECRET_PARAMETER: "/simple-jwt-api/JWT_SECRET",
        JWT_VERIFY_SECRETS_PARAMETER: "/simple-jwt-api/JWT_VERIFY_SECRETS", SMOKE_EMAIL_PARAMETER: "/simple-jwt-api/SMOKE_EMAIL",
        SMOKE_PASSWORD_PARAMETER: "/simple-jwt-api/SMOKE_PASSWORD", DEPLOY_STRATEGY: "blue-green", SOAK: "5", ROLLOUT_SECONDS: "240",
        PATH: $path, REAL_KUBECTL: $real, REAL_KUBECONFIG: $config, IDENTITIES: $identities}' "$work/common.json"
  fi
}

build() { # build COMMIT: the build project
  mkdir -p "$run/artifact" "$work/docker"
  source_of "$1" "$run/source"
  as build environment build "$1" >"$work/environment.json"
  python3 ci/rehearsal/codebuild.py --source "$run/source" --buildspec buildspec.yml --environment "$work/environment.json" \
    --release "$run/artifact" --exported "$run/exported.json" >>"$run/output" 2>&1
}

deploy() { # the deploy project: it has the artifact of the build and nothing else
  mkdir -p "$work/identities" "$run/none"
  as deploy environment deploy >"$work/environment.json"
  cp -r "$run/artifact" "$run/deploy"
  python3 ci/rehearsal/codebuild.py --source "$run/deploy" --buildspec ci/deploy.buildspec.yml --environment "$work/environment.json" \
    --release "$run/none" --exported "$run/deployed.json" >>"$run/output" 2>&1
}

release() { build "$1" && deploy; }

# --- what came of it -----------------------------------------------------------------------------------

is_pushed() { # is_pushed COMMIT: the registry is asked, not the engine
  docker image rm "$REPOSITORY_URI:$1" >/dev/null 2>&1 || true
  docker pull -q "$REPOSITORY_URI:$1" >/dev/null 2>"$work/pull" && return
  grep -q 'not found\|manifest unknown' "$work/pull" || wrong "the registry does not answer: $(cat "$work/pull")"
  return 1
}
live_image() { image_of "$(deployment "$(live_color)")"; }

serves() { # serves COMMIT: the public Service signs in, reads the token, and says which commit it is from
  local url token
  url=http://$NODE_IP:$(k get service simple-jwt-api -o jsonpath='{.spec.ports[0].nodePort}')
  token=$(jq -Rn '{email: "admin@example.org", password: input}' "$work/administrator" |
    curl -sSf --noproxy '*' -H 'Content-Type: application/json' --data-binary @- "$url/auth" | jq -r .token)
  [ "$(ask "$url/contents" "$token" | jq -r .email)" = admin@example.org ] || wrong "/contents does not know the token"
  [ "$(ask "$url/release" "$token" | jq -r .commit)" = "$1" ] || wrong "another commit serves"
}
ask() { curl -sSf --noproxy '*' -K <(printf 'header = "Authorization: Bearer %s"\n' "$2") "$1"; }
