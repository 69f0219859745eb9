# shellcheck shell=bash
# Sourced by what times starts. It asks and waits without any process of its own, since a start uses all cores: asked by
# subshells, with `sleep` between them, the same one took a tenth longer.
exec {nobody}<> <(:) # never says anything

# answers HOST PORT PATH: whether that answers 200
answers() {
  local answer
  { printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$3" >&3 && read -r -t 10 answer <&3 && [[ $answer == *' 200 '* ]]; } \
    2>/dev/null 3<>"/dev/tcp/$1/$2"
}

# a_moment: a hundredth of a second
a_moment() { read -r -t 0.01 -u "$nobody" || true; }
