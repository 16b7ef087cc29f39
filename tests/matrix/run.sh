#!/usr/bin/env bash
# A few languages of each kind through scripts/matrix.sh: what has to be built is built, what has to be refused is
# refused, nothing fails, and a second run does nothing again. (make matrix: all of them.)
# usage: run.sh MATRIX_SCRIPT BUILD_FOLDER
set -euo pipefail
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  echo "$1" >&2
  failures=$((failures + 1))
}

languages=(parity mod-3 flip-flop ab-star t3 dyck-1-depth-3 s3-word-problem third-from-end hex-colour)
"$1" "$2" "$work/results" "${languages[@]}" >"$work/shown" || fail "the script failed: $(tail -1 "$work/shown")"
cells=$(wc -l <"$work/results")

# language, class, expected result
while read -r language class semantics expected; do
  got=$(awk -F '\t' -v l="$language" -v c="$class" -v s="$semantics" '$1 == l && $2 == c && $3 == s {print $4}' "$work/results")
  [ "$got" = "$expected" ] || fail "$language to $class in $semantics: '$got' instead of '$expected'"
done <<'END'
parity diagonal[0,1] exact -
parity diagonal[-1,1] exact +
parity deltanet exact -
mod-3 diagonal[-1,1] exact -
mod-3 diagonal-complex exact +
mod-3 householder[-1,1]:1 exact +
flip-flop mamba exact -
flip-flop mamba[0,1] exact +
flip-flop diagonal{0,1} exact +
ab-star diagonal[0,1] exact +
ab-star diagonal[0,1] finite-orbit -
ab-star diagonal{-1,0} exact +
t3 diagonal[-1,1] exact -
t3 diagonal-complex finite-orbit +
t3 rank-one:1 exact +
dyck-1-depth-3 triangular[0,1] finite-orbit +
dyck-1-depth-3 diagonal(0,1) exact -
s3-word-problem householder[-1,1] exact +
s3-word-problem diagonal-complex exact +
third-from-end mamba exact +
third-from-end diagonal{0,1} exact -
hex-colour rwkv4 exact +
END

# RWKV-7 with c = 1 on languages that no fixed number of letters decides, and Mamba-3, are open; nothing else is.
awk -F '\t' '$4 !~ /[-+]/ && $2 != "rwkv7" && $2 != "mamba3"' "$work/results" | cut -c 1-200 >"$work/open"
[ ! -s "$work/open" ] || fail "neither built nor refused: $(cat "$work/open")"

"$1" "$2" "$work/results" "${languages[@]}" >"$work/again" || fail "the second run failed"
[ "$(wc -l <"$work/results")" = "$cells" ] || fail "the second run ran cells again"
cmp -s "$work/shown" "$work/again" || fail "the second run shows something else"

echo "$cells cells; $failures failures"
[ $failures -eq 0 ]
