#!/usr/bin/env bash
# Installs the build into a folder of its own and builds the README's C++ example against it; then runs the installed programs,
# which have to find their languages in the installation.
# usage: run.sh SOURCE_DIR BUILD_DIR
set -euo pipefail
source=$1
build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/prefix" >/dev/null
mkdir "$work/source"
cp "$source/tests/consumer/CMakeLists.txt" "$work/source/"
awk '/^```cpp/ {inside = 1; next} /^```/ {inside = 0} inside' "$source/README.md" >"$work/source/consumer.cpp"
cmake -S "$work/source" -B "$work/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/consumer" >/dev/null
"$work/consumer/consumer" | grep -q '4 factors a token'
if grep -rn "$source" "$work/prefix/lib" --include='*.cmake'; then
  echo "a path of the source tree stands in the installed CMake files" >&2
  exit 1
fi
cd "$work"
prefix/bin/eigenmata compile parity --to rank-one -o parity.json --certificate parity.cert >/dev/null
prefix/bin/eigenmata-check parity.cert parity --model parity.json >/dev/null
echo "installed, found, built and run"
