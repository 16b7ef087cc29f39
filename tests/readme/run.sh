#!/usr/bin/env bash
# Runs every command of the README's console blocks, in order and in one folder, and compares what it prints with what the
# README shows, line by line. A line "…" in the README stands for any number of lines; "*" in a line for any text.
# usage: run.sh README.md BIN_DIR...
set -euo pipefail
readme=$1
shift
for folder in "$@"; do PATH="$(cd "$folder" && pwd):$PATH"; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk '/^```console/ {inside = 1; next} /^```/ {inside = 0} inside' "$readme" >"$work/blocks"
if ! grep -q '^\$ ' "$work/blocks"; then
  echo "no commands found in $readme" >&2
  exit 1
fi
mkdir "$work/run"
cd "$work/run"

# Compares the file of expected lines with the file of printed ones.
compare() {
  local -a want got
  mapfile -t want <"$1"
  mapfile -t got <"$2"
  local w=0 g=0
  while [ $w -lt ${#want[@]} ]; do
    if [ "${want[$w]}" = "…" ]; then
      w=$((w + 1))
      if [ $w -eq ${#want[@]} ]; then return 0; fi
      while [ $g -lt ${#got[@]} ] && [[ "${got[$g]}" != ${want[$w]} ]]; do g=$((g + 1)); done
    fi
    if [ $g -ge ${#got[@]} ] || [[ "${got[$g]}" != ${want[$w]} ]]; then
      echo "README shows:  ${want[$w]}" >&2
      echo "but printed is: ${got[$g]-(nothing more)}" >&2
      return 1
    fi
    w=$((w + 1))
    g=$((g + 1))
  done
  if [ $g -lt ${#got[@]} ]; then
    echo "printed beyond what the README shows: ${got[$g]}" >&2
    return 1
  fi
}

failures=0
commands=0
run_one() {
  [ -n "$1" ] || return 0
  commands=$((commands + 1))
  bash -c "$1" >"$work/got" 2>&1 </dev/null || true
  if ! compare "$work/want" "$work/got"; then
    echo "  in: \$ $1" >&2
    failures=$((failures + 1))
  fi
}
# Brackets are plain characters in the README, "*" is the only pattern.
escape() { sed -e 's/[][\\?]/\\&/g'; }

command=
: >"$work/want"
while IFS= read -r line || [ -n "$line" ]; do
  if [[ "$line" == '$ '* ]]; then
    run_one "$command"
    command=${line#'$ '}
    : >"$work/want"
  else
    printf '%s\n' "$line" | escape >>"$work/want"
  fi
done <"$work/blocks"
run_one "$command"
echo "$commands commands of the README run, $failures differ"
[ $failures -eq 0 ]
