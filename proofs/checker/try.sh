#!/usr/bin/env bash
# The verified checker on the certificates in examples/: it proves them, and refuses them with one number changed. And Coq on the
# file that `eigenmata compile --coq` writes.
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
  case $text in
    *$'\nkind points\n'*) expect 10 "$(sed '/^point start/,$ s/^step 1 /step 0 /' <<<"$text")" ;;  # another step
    *$'\nkind layers\n'*) expect 10 "$(sed 's/^region 0:[^ ]*/region 0:5/' <<<"$text")" ;;         # other regions
    *$'\nkind numeric\n'*) expect 10 "$(sed '0,/^start .*/s//start/' <<<"$text")" ;;               # another start
    *) echo "proofs: $file is of no kind" >&2; exit 1 ;;
  esac
  expect 2 "${text%end}"
done

# what `eigenmata compile --coq` writes is a theorem
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp examples/*.v "$folder"
for file in "$folder"/*.v; do
  answer=$(coqc -w none -R ../theories Eigenmata "$file")
  if [ "$answer" != "Closed under the global context" ]; then echo "proofs: $file: $answer" >&2; exit 1; fi
done
echo "proofs: the verified checker accepts the examples and refuses their mutants"
