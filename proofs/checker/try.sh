#!/usr/bin/env bash
# The verified checker on the certificates in examples/: it proves them, and refuses them with one number changed.
set -euo pipefail
cd "$(dirname "$0")"
checker=../build/eigenmata-check-verified

expect() {  # CODE TEXT: the certificate TEXT on standard input
  local code=0
  "$checker" --quiet - <<<"$2" 2>/dev/null || code=$?
  if [ "$code" -ne "$1" ]; then echo "proofs: the verified checker answers $code where $1 is right" >&2; exit 1; fi
}

for file in examples/*.cert; do
  text=$(<"$file")
  expect 0 "$text"
  expect 10 "${text/accept 1$'\n'/accept 0$'\n'}"          # the other answer
  expect 10 "$(sed '/^point start/,$ s/^step 1 /step 0 /' <<<"$text")"  # another step
  expect 2 "${text%end}"
done
echo "proofs: the verified checker accepts the examples and refuses their mutants"
