#!/usr/bin/env bash
# Fails if a theory says Admitted, admit, Axiom or the like, if a theory is missing from _CoqProject, or if a theorem of
# theorems.txt rests on an axiom (Print Assumptions) or does not exist.
set -euo pipefail
cd "$(dirname "$0")"

if grep -nE '(^|[^A-Za-z_])(Admitted|admit|Axioms?|Parameters?|Conjecture|Unset Guard Checking|bypass_check|give_up)([^A-Za-z_]|$)' theories/*.v; then
  echo "proofs: the lines above take something for granted" >&2
  exit 1
fi
for file in theories/*.v; do
  if ! grep -qx "$file" _CoqProject; then echo "proofs: $file is not in _CoqProject" >&2; exit 1; fi
done

names=$(grep -v '^#' theorems.txt)
if [ -z "$names" ]; then echo "proofs: theorems.txt names no theorem" >&2; exit 1; fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
  for module in $(cut -d. -f1 <<<"$names" | sort -u); do echo "From Eigenmata Require $module."; done
  for name in $names; do echo "Print Assumptions Eigenmata.$name."; done
} >"$folder/assumptions.v"
coqc -w none -R theories Eigenmata "$folder/assumptions.v" >"$folder/answers"
count=$(wc -w <<<"$names")
closed=$(grep -cx 'Closed under the global context' "$folder/answers" || true)
if [ "$closed" -ne "$count" ] || [ "$(wc -l <"$folder/answers")" -ne "$count" ]; then
  cat "$folder/answers" >&2
  echo "proofs: $count theorems, $closed of them without an axiom" >&2
  exit 1
fi
echo "proofs: $count theorems checked, no axiom, nothing admitted"
