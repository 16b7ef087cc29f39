#!/usr/bin/env bash
# Languages against classes of networks: every cell is compiled by eigenmata and proved again by eigenmata-check.
# usage: scripts/matrix.sh BUILD_FOLDER RESULTS.tsv [LANGUAGE...]
#
# Without languages, the whole catalogue. Each cell has a time limit of its own and adds a line to RESULTS.tsv:
#   language  class  semantics  result  seconds  layers  dimension  factors  certificate-bytes  reason
# with the processor time of both programs, and one of these results:
#   +  built, and proved by the second program to be the language       -  a theorem says no
#   ?  a limit of time, memory or size                                  o  open: no construction and no theorem
#   !  anything else: a network that the second program does not prove, or a program that fails
# A run that was stopped goes on where it was; cells that are in RESULTS.tsv are not run again. The exit code is 0 if
# there is no "!". Environment: MATRIX_JOBS (processes, 2), MATRIX_SECONDS (of a cell, 30), MATRIX_CLASSES (a list of
# class or class@semantics, instead of all of them).
set -euo pipefail
export LC_ALL=C

readonly classes="constant constant+diagonal[0,1] constant+diagonal[0,1]@finite-orbit diagonal(0,1) diagonal[0,1]
diagonal[0,1]@finite-orbit diagonal{0,1} diagonal{-1,0} diagonal{1,1/3} diagonal{e(1/3),0} diagonal[-1,1]
diagonal[-1,1]@finite-orbit diagonal-complex diagonal-complex@finite-orbit triangular[0,1] triangular[0,1]@finite-orbit
triangular[-1,1] householder[0,1]:1 householder[0,1]:3 householder[-1,1]:1 householder[-1,1]:2 householder[-1,1]
householder[-1,1]@finite-orbit gated-householder[-1,1]:1 rwkv7[-1,1] contraction rank-one:1 rank-one pd dense
mamba mamba[0,1] mamba[-1,1] mamba2 mamba3 gla rwkv4 rwkv5 rwkv6 rwkv7 hgrn hgrn2 griffin mlstm retnet
linear-attention s4 s4d dss s5 lru deltanet deltanet[0,1] deltanet[-1,1] deltaproduct deltaproduct[0,1]
deltaproduct[-1,1] gated-deltanet gated-deltanet[0,1] gated-deltanet[-1,1] aussm pd-ssm pd-ssm[closed] longhorn
ttt-linear[no-norm] slice sd-ssm"

# The value of a key of a JSON object that has a line a key.
value() { sed -n "s/^  \"$2\": \"\\{0,1\\}\\(.*[^\",]\\)\"\\{0,1\\},\\{0,1\\}$/\\1/p" "$1" | head -1; }

# One cell: the language, the class and the semantics.
run_cell() {
  local language=$1 class=$2 semantics=$3 work result=! layers='' dimension='' factors='' bytes='' reason='' code=0
  work=$(mktemp -d)
  TIMEFORMAT='%U %S'
  {
    time {
      eigenmata compile "$language" --to "$class" --semantics "$semantics" --certificate "$work/cert" --json \
        --explain --time-limit "${MATRIX_SECONDS:-30}" --memory-limit 4096 >"$work/out" 2>"$work/err" || code=$?
      if [ $code -eq 0 ]; then
        timeout "$((20 * ${MATRIX_SECONDS:-30}))" eigenmata-check "$work/cert" "$language" >"$work/proof" 2>&1 || code=$?
        [ $code -eq 0 ] || reason="eigenmata-check ends with $code: $(head -1 "$work/proof")"
      fi
    }
  } 2>"$work/time"
  case $code in
    0)
      result=+
      layers=$(value "$work/out" layers) dimension=$(value "$work/out" dimension)
      factors=$(value "$work/out" factors_per_token) bytes=$(stat -c %s "$work/cert")
      ;;
    10) [ -n "$reason" ] || { result=- && reason=$(value "$work/out" theorem); } ;;
    20)
      reason=$(value "$work/out" reason)
      result=o
      if grep -qE 'limit|out of time|too many|more than [0-9]{3,} ' "$work/out" "$work/err"; then
        result=?
      fi
      ;;
    *) [ -n "$reason" ] || reason="exit code $code: $(tail -1 "$work/err")" ;;
  esac
  printf '%s\t%s\t%s\t%s\t%.2f\t%s\t%s\t%s\t%s\t%s\n' "$language" "$class" "$semantics" "$result" \
    "$(awk '{print $1 + $2}' "$work/time")" "$layers" "$dimension" "$factors" "$bytes" "${reason:0:2000}" >>"$results"
  rm -rf "$work"
}

# All cells that have no line yet.
missing_cells() {
  local language cell
  for language in "${languages[@]}"; do
    for cell in ${MATRIX_CLASSES:-$classes}; do
      case $cell in
        *@*) printf '%s\t%s\t%s\n' "$language" "${cell%@*}" "${cell#*@}" ;;
        *) printf '%s\t%s\texact\n' "$language" "$cell" ;;
      esac
    done
  done | grep -vxFf <(cut -f 1-3 "$results") || true
}

# The table, a row a language; what is not + or -; and sums.
print_matrix() {
  awk -F '\t' -v cells="${MATRIX_CLASSES:-$classes}" '
    BEGIN { columns = split(cells, name, /[ \n]+/); for (c = 1; c <= columns; ++c) column[name[c]] = c }
    { cell = $2 ($3 == "exact" ? "" : "@" $3) }
    !(cell in column) { next }
    { ++lines }
    !($1 in row) { row[$1] = ++rows; language[rows] = $1 }
    { mark[$1, column[cell]] = $4; ++count[column[cell], $4]; ++total[$4]; seconds += $5 }
    $4 == "+" { bytes += $9 }
    $4 !~ /[-+]/ { other[++others] = $4 " " $1 " -> " cell " (" $5 " s): " substr($10, 1, 300) }
    END {
      for (c = 1; c <= columns; ++c)
        printf "%2d  %-38s %4d + %4d - %3d ? %3d o %3d !\n", c, name[c], count[c, "+"], count[c, "-"], count[c, "?"],
               count[c, "o"], count[c, "!"]
      printf "\n%-26s", "language"
      for (c = 1; c <= columns; ++c) printf " %2d", c
      printf "\n"
      for (r = 1; r <= rows; ++r) {
        printf "%-26s", language[r]
        for (c = 1; c <= columns; ++c) printf "  %s", (language[r], c) in mark ? mark[language[r], c] : " "
        printf "\n"
      }
      printf "\n+ built and proved by the second program   - refused by a theorem   ? limit   o open   ! failed\n"
      for (i = 1; i <= others; ++i) print other[i]
      printf "%d cells: %d built and proved twice (%.1f MB of certificates), %d refused, %d limits, %d open, %d failed; ", lines,
             total["+"], bytes / 1e6, total["-"], total["?"], total["o"], total["!"]
      printf "%.0f s of processor time\n", seconds
      exit total["!"] > 0
    }' <(sort "$results")
}

if [ "${1:-}" = --cell ]; then
  results=$2
  run_cell "$3" "$4" "$5"
  exit
fi
if [ $# -lt 2 ]; then
  sed -n '2,4p' "$0" >&2
  exit 2
fi
bin=$(cd "$1" && pwd)
export PATH="$bin:$bin/src/checker:$PATH"
results=$2
touch "$results"
languages=("${@:3}")
[ $# -gt 2 ] || mapfile -t languages < <(eigenmata list languages --json | sed -n 's/^ *{"name": "\([^"]*\)".*/\1/p')
missing_cells | tr '\t\n' '\0\0' | xargs -0 -r -n 3 -P "${MATRIX_JOBS:-2}" "$0" --cell "$results"
print_matrix
