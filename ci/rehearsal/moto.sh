# shellcheck shell=bash
# shellcheck disable=SC2154 # `work` is the sourcing script's
# moto_server in place of AWS, on a port of its own, empty. Sourced, never run.

export AWS_DEFAULT_REGION=eu-central-1 AWS_EC2_METADATA_DISABLED=true
unset AWS_PROFILE AWS_SESSION_TOKEN AWS_REGION
moto=()

start_moto() { # sets AWS_ENDPOINT_URL
  export AWS_ENDPOINT_URL=http://127.0.0.1:$((20000 + RANDOM % 10000))
  moto_server -p "${AWS_ENDPOINT_URL##*:}" >"$work/moto.log" 2>&1 &
  moto+=($!)
  for _ in {1..600}; do
    curl -s --noproxy '*' -o /dev/null "$AWS_ENDPOINT_URL/moto-api/" && return
    kill -0 "${moto[-1]}" || break
    sleep 0.1
  done
  echo "moto_server did not start: $(tail -n 3 "$work/moto.log")" >&2
  exit 1
}

stop_moto() { kill ${moto[@]+"${moto[@]}"} 2>/dev/null || true; }

enforce_permissions() { # from here on every call is signed by somebody, and allowed to them, or refused
  curl -sSf --noproxy '*' -o /dev/null -H 'Content-Type: text/plain' --data 0 "$AWS_ENDPOINT_URL/moto-api/reset-auth"
}
