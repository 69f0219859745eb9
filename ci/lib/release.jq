# The objects of one colour, made from the build's manifest. Reads $app $color $replicas $kind $image $secret $config
# $release $hash $version $commit $deadline $alone.

def own(kind): map(select(.kind == kind and .metadata.name == $app))[0];

# Names of the release's own copies instead of the operator's Secret and ConfigMap.
def with_copies: walk(if type != "object" then . else
    (if .secretKeyRef.name? == $app then .secretKeyRef.name = $secret else . end)
    | (if .secretRef.name? == $app then .secretRef.name = $secret else . end)
    | (if .configMapKeyRef.name? == $app then .configMapKeyRef.name = $config else . end)
    | (if .configMapRef.name? == $app then .configMapRef.name = $config else . end)
    | (if .secret.secretName? == $app then .secret.secretName = $secret else . end)
    | (if .configMap.name? == $app then .configMap.name = $config else . end) end);

def renamed(name): .metadata = ((.metadata | {labels, annotations} | with_entries(select(.value)))
    + {name: name}) | .metadata.labels.color = $color;

def environment: map(select(.name | IN("RELEASE_COLOR", "RELEASE_VERSION", "RELEASE_COMMIT") | not))
    + ([{name: "RELEASE_COLOR", value: $color}, {name: "RELEASE_VERSION", value: $version},
       {name: "RELEASE_COMMIT", value: $commit}] | map(select(.value != ""))); # else the image's own

# Spread and affinity count the pods of this colour only: the other one's are about to go.
def of_this_color: walk(if type == "object" and has("topologyKey") and .labelSelector.matchLabels?
    then .labelSelector.matchLabels.color = $color else . end);

def strategy:
  if $alone then . # deploy/embedded-patch.yml has said it
  elif $color == "rolling" then {type: "RollingUpdate", rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
  # Nobody is served by an idle colour: what a broken deploy left there goes at once.
  else {type: "RollingUpdate", rollingUpdate: {maxUnavailable: "100%", maxSurge: "100%"}} end;

def deployment: own("Deployment") | renamed("\($app)-\($color)") | with_copies
  | .spec.replicas = $replicas
  | .spec.selector.matchLabels = {"app.kubernetes.io/name": $app, color: $color}
  | .spec.progressDeadlineSeconds = $deadline
  | .spec.strategy |= strategy
  | .spec.template |= (of_this_color
      | .metadata.labels += {"app.kubernetes.io/name": $app, color: $color}
      | .metadata.annotations[$release] = $hash
      | .spec.containers[0].image = $image
      | .spec.containers[0].env |= ((. // []) | environment));

def budget: (own("PodDisruptionBudget") // {apiVersion: "policy/v1", kind: "PodDisruptionBudget", spec: {maxUnavailable: 1}})
  | renamed("\($app)-\($color)") | .spec.selector = {matchLabels: {"app.kubernetes.io/name": $app, color: $color}};

def live: own("Service") | .metadata.name = $app | del(.metadata.namespace) | .spec.selector = {"app.kubernetes.io/name": $app, color: $color};

def preview: {apiVersion: "v1", kind: "Service",
  metadata: {name: "\($app)-preview", labels: {"app.kubernetes.io/name": $app}},
  spec: {type: "ClusterIP", selector: {"app.kubernetes.io/name": $app, color: $color},
    ports: [{name: "http", port: 8080, targetPort: 8080}, {name: "management", port: 9000, targetPort: 9000}]}};

.items | if $kind == "Deployment" then deployment elif $kind == "PodDisruptionBudget" then budget
  elif $kind == "Service" then live else preview end
