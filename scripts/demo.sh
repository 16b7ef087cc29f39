#!/usr/bin/env bash
# The main job on real input: two languages in, certified weights out, re-proved by the program that shares no code.
# usage: scripts/demo.sh BUILD_FOLDER
set -euo pipefail
bin=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH="$bin:$bin/src/checker:$PATH"

# Prints a command as one would type it, and runs it.
run() {
  local shown= word
  for word in "$@"; do
    if [[ $word =~ ^[A-Za-z0-9_./:=-]+$ ]]; then shown+=" $word"; else shown+=" '$word'"; fi
  done
  printf '\n$%s\n' "$shown"
  "$@"
}

echo "1. The word problem of A5, the smallest group that is not solvable: words in its 60 elements whose product is 1."
run eigenmata classify a5-word-problem
run eigenmata compile a5-word-problem --to rank-one -o a5.json --certificate a5.cert
run eigenmata-check a5.cert a5-word-problem --model a5.json

echo
echo "2. The same group by reflections alone (eigenvalues -1 and 1): two a token, as rotations of an icosahedron."
run eigenmata compile a5-word-problem --to 'householder[-1,1]' -o a5h.json --certificate a5h.cert
run eigenmata-check a5h.cert a5-word-problem --model a5h.json

echo
echo "3. A regular expression: the third letter from the end is an a, and no two b's in a row."
regex='(a|b)*a(a|b){2}&~(.*bb.*)'
run eigenmata classify -e "$regex"
run eigenmata compile -e "$regex" --to rank-one -o re.json --certificate re.cert
run eigenmata-check re.cert -e "$regex" --model re.json
run eigenmata check re.json -e '(a|b)*a(a|b){2}' || true
run eigenmata simulate re.json --word abaab --trace
