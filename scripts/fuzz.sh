#!/usr/bin/env bash
# Runs each fuzz target for FUZZ_SECONDS (60), seeded from automata/ and from models and certificates written by the program
# itself, and says how many edges each has reached. A crash is kept in build/fuzz/findings.
# usage: scripts/fuzz.sh BUILD_FOLDER
set -euo pipefail
# (An expression of a hundred characters may rightly take seconds until it meets a limit, and ten times that here.)
source=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
seconds=${FUZZ_SECONDS:-60}
seeds=$build/seeds
findings=$build/findings
mkdir -p "$findings"
rm -rf "$seeds"
program=$build/eigenmata
for target in regex att language_json formats model weights certificate checker_certificate checker_language; do mkdir -p "$seeds/$target"; done

cp "$source"/automata/*.json "$seeds/language_json/"
find "$seeds/language_json" -size +30k -delete
n=0
for name in parity flip-flop ab-star t3 s3-word-problem dyck-1-depth-3 tomita-4 ipv4 d4-points mod-5 even-pairs; do
  n=$((n + 1))
  "$program" convert "$name" -o "$seeds/att/$name.att" >/dev/null
  i=0
  for format in dot jff gap; do
    { printf "\\$(printf '%03o' $((48 + i)))"; "$program" convert "$name" -o - --as $format; } >"$seeds/formats/$name.$format"
    i=$((i + 1))
  done
  for encoding in one-hot reduced; do
    for class in rank-one dense 'householder[-1,1]'; do
      "$program" compile "$name" --to "$class" --encoding $encoding -o "$seeds/model/$name-$encoding-$class.json" \
        --certificate "$seeds/certificate/$name-$encoding-$class.cert" >/dev/null 2>&1 || true
    done
  done
  { printf 0; cat "$seeds/att/$name.att"; } >"$seeds/checker_language/$name.att"
  { printf 1; cat "$source/automata/$name.json"; } >"$seeds/checker_language/$name.json"
done
cp "$seeds"/certificate/* "$seeds"/model/* "$source"/tests/checker/certificates/* "$seeds/checker_certificate/"
# The page on weights makes a .npz; the same arrays once more, deflated. Without numpy this target starts from nothing.
(cd "$seeds/weights" && sed -n 's/^    //p' "$source/proofs/weights-format.md" | python3 - 2>/dev/null &&
  python3 -c 'import numpy as np; np.savez_compressed("deflated.npz", **np.load("parity.npz"))') || true
i=0
sed -n 's/^ *"regex": "\(.*\)",\{0,1\}$/\1/p' "$source"/automata/*.json | sed 's/\\\\/\\/g; s/\\"/"/g' | while IFS= read -r regex; do
  i=$((i + 1))
  printf '%s' "$regex" >"$seeds/regex/$i"
  printf '2%s' "$regex" >"$seeds/checker_language/$i.regex"
done
for regex in '~(a*b)&[^a]{2,3}|<push><pop>*' '(a|\\.)?.+' '[a-z0-9_\]-]*' '()|~~a{0}'; do printf '%s' "$regex" >"$seeds/regex/by-hand-${#regex}"; done

status=0
printf '%-22s %8s %10s %12s\n' target seeds edges runs
for target in "$seeds"/*/; do
  name=$(basename "$target")
  mkdir -p "$build/corpus/$name"
  log=$build/$name.log
  if ! "$build/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -timeout=120 -rss_limit_mb=4096 -max_len=20000 \
    -artifact_prefix="$findings/$name-" "$build/corpus/$name" "$target" >"$log" 2>&1; then
    status=1
    tail -n 30 "$log"
  fi
  edges=$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1 | cut -d' ' -f2)
  runs=$(grep -oE '^#[0-9]+' "$log" | tail -n 1 | tr -d '#')
  printf '%-22s %8s %10s %12s\n' "$name" "$(find "$target" -type f | wc -l)" "${edges:-?}" "${runs:-?}"
done
exit $status
