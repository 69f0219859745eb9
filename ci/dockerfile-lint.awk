# The rules that a Dockerfile here keeps, told line by line where it does not. Continued lines are read as one.
#
#   awk -f ci/dockerfile-lint.awk DOCKERFILE

function wrong(text) { printf "%s:%d: %s\n", FILENAME, first, text; bad = 1 }

function unquoted(value) { gsub(/["']/, "", value); return value }

function check(line,   word, parts, n, image) {
  n = split(line, word, /[ \t]+/)
  word[1] = toupper(word[1])
  if (word[1] == "ARG" && split(word[2], parts, "=") == 2 && parts[1] ~ /IMAGE$/) images[parts[1]] = unquoted(parts[2])
  if (word[1] == "FROM") {
    image = word[2]
    gsub(/[${}]/, "", image)
    if (image in images) image = images[image]
    if (!(image in stages) && (image !~ /(:[^:\/]+|@sha256:[0-9a-f]+)$/ || image ~ /:latest$/)) wrong("pin the image " image " to a version")
    if (!(image in stages) && image !~ /^[^\/]*\.[^\/]*\//) wrong("name the registry of " image ", or Docker Hub's limits decide")
    if (toupper(word[3]) == "AS") stages[word[4]]
    user = ""
  }
  if (word[1] == "ADD") wrong("COPY copies; ADD also unpacks and downloads")
  if (word[1] == "MAINTAINER") wrong("MAINTAINER is no more: use LABEL")
  if (word[1] == "WORKDIR" && word[2] !~ /^\//) wrong("WORKDIR must be absolute")
  if (word[1] == "USER") user = word[2]
  if (word[1] ~ /^(CMD|ENTRYPOINT)$/ && word[2] !~ /^\[/) wrong(word[1] " must be a list: a shell around it would keep signals from the process")
  if (word[1] ~ /^(ARG|ENV)$/ && toupper(word[2]) ~ /(SECRET|PASSWORD|TOKEN|API_?KEY)[A-Z_]*(=|$)/) wrong("a secret in " word[1] " stays in the image")
  if (word[1] == "COPY" && line ~ / \.\/? [^ ]+$/) wrong("name what is copied: everything is too much")
  if (word[1] == "RUN" && line ~ /(^|[ ;&|])sudo /) wrong("no sudo in an image")
  if (word[1] == "RUN" && line ~ /(curl|wget) [^;&]*\|[ ]*(ba)?sh/) wrong("what is downloaded must be checked before it runs")
}

/^[ \t]*(#|$)/ { next }
{
  if (!joined) first = FNR
  joined = joined $0
  if (sub(/\\$/, "", joined)) next
  check(joined)
  joined = ""
}
END {
  if (user !~ /^[1-9][0-9]*(:[0-9]+)?$/) { first = FNR; wrong("end with a numeric USER that is not root") }
  exit bad
}
