#!/bin/sh
# Runs one SQL statement by POST /query and prints the answer; exits with 22 where it is refused.
#
#   TOKEN=... sh ci/post_query.sh HOST PORT "SQL"
#
# TOKEN    of an account with the role query or query-write, as POST /auth gives it
# SCHEME   default http; https where the network is not your own
set -eu

if [ $# -ne 3 ]; then echo "usage: TOKEN=... sh post_query.sh HOST PORT \"SQL\"" >&2; exit 2; fi
: "${TOKEN:?set it to the token of POST /auth}"
for tool in curl jq; do
  command -v "$tool" >/dev/null || { echo "post_query: $tool is missing" >&2; exit 2; }
done

# The token comes by a pipe: arguments can be seen by every process of the machine.
body=$(printf '%s' "$3" | jq -Rsc '{query: .}')
printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" |
  curl --silent --show-error --fail-with-body --config - --header 'Content-Type: application/json' \
    --data-binary "$body" --write-out '\n' "${SCHEME:-http}://$1:$2/query"
