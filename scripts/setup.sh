#!/usr/bin/env bash
# Installs what is missing from Debian's packages. Says what it installs; does nothing if all is there.
# usage: scripts/setup.sh GROUP...      groups: build test bench fuzz proofs mpi
set -euo pipefail

build="g++ cmake ninja-build make pkg-config libgmp-dev libmpfr-dev libboost-dev libeigen3-dev libflint-dev libflint-arb-dev
       libantic-dev libcalcium-dev libcli11-dev nlohmann-json3-dev libfmt-dev libtbb-dev libpugixml-dev zlib1g-dev
       libhwy-dev"
test="catch2 librapidcheck-dev libre2-dev clang-format-14 graphviz python3-numpy"
bench="libbenchmark-dev libre2-dev libfftw3-dev"
[ "$(uname -m)" != x86_64 ] || bench="$bench libhyperscan-dev"
fuzz="clang-14 libclang-rt-14-dev"
proofs="coq libcoq-mathcomp libcoq-mathcomp-zify libcoq-mathcomp-algebra-tactics libcoq-mathcomp-real-closed ocaml-nox libzarith-ocaml-dev make"
mpi="libopenmpi-dev openmpi-bin"

missing=()
for group in "$@"; do
  case $group in
    build | test | bench | fuzz | proofs | mpi) ;;
    *)
      echo "setup: no group is called '$group'; there are build, test, bench, fuzz, proofs, mpi" >&2
      exit 2
      ;;
  esac
  for package in ${!group}; do
    if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then missing+=("$package"); fi
  done
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if ! command -v apt-get >/dev/null; then
  echo "setup: these Debian packages are missing, and there is no apt-get to install them: ${missing[*]}" >&2
  exit 2
fi
root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: run as root, or install sudo; missing are: ${missing[*]}" >&2
    exit 2
  fi
  root=(sudo)
fi
echo "setup: installing ${missing[*]}"
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
