#!/usr/bin/env bash
# usage: timings.sh EIGENMATA EIGENMATA-CHECK
# The certificates of the table in README.md, and the user seconds of ten runs of each checker on them.
set -euo pipefail
eigenmata=$(realpath "$1")
check=$(realpath "$2")
verified=$(realpath "$(dirname "$0")/../build/eigenmata-check-verified")
cd "$(mktemp -d)"

# 60 states, all of them reached by a; b and c are random maps
awk 'BEGIN { srand(60); n = 60
  for (q = 0; q < n; q++) { print q, (q + 1 < n ? q + 1 : int(n * rand())), "a"; print q, int(n * rand()), "b"; print q, int(n * rand()), "c" }
  for (q = 0; q < n; q++) if (rand() < 0.5) print q }' OFS='\t' >random60.att
compile() { "$eigenmata" compile "$@" >/dev/null; }
compile a5-word-problem --to 'householder[-1,1]' -o a5.json --certificate a5.cert
compile a5-word-problem --to 'householder[-1,1]' --encoding one-hot -o a5-one-hot.json --certificate a5-one-hot.cert
compile s5-word-problem --to 'householder[-1,1]' --encoding one-hot -o s5.json --certificate s5-one-hot.cert
compile random60.att --to rank-one --encoding one-hot -o random60.json --certificate random60.cert
"$eigenmata" check a5-one-hot.json a5-word-problem --semantics float:bf16 --certificate a5-bf16.cert >/dev/null

TIMEFORMAT=%U
for certificate in *.cert; do
  for program in "$check" "$verified"; do
    "$program" --quiet "$certificate" >/dev/null
    printf '%-20s %-28s %s\n' "$certificate" "$(basename "$program")" \
      "$({ time for _ in 1 2 3 4 5 6 7 8 9 10; do "$program" --quiet "$certificate" >/dev/null; done; } 2>&1)"
  done
done
