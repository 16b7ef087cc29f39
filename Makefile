# The commands of the project. Each installs what it needs first (scripts/setup.sh says what), builds under build/, and
# runs on a fresh Debian 12 machine as root, or with sudo.
.PHONY: help demo build test test-extreme matrix sanitize proofs bench fuzz format check-format clean

help:
	@echo "make demo          build, then a language to certified weights and back"
	@echo "make build         the two programs, in build/release"
	@echo "make test          all tests"
	@echo "make test-extreme  the heavy sweeps"
	@echo "make matrix        every language of the catalogue to every class, built and proved again, or refused"
	@echo "make sanitize      the unit tests under address and undefined behaviour sanitizers"
	@echo "make proofs        the theorems, checked by Coq"
	@echo "make bench         the figures"
	@echo "make fuzz          each reader, 60 seconds"
	@echo "make format        format the sources"

build:
	@scripts/setup.sh build
	@cmake --preset release > build-release.log 2>&1 || { cat build-release.log; rm -f build-release.log; exit 1; }
	@rm -f build-release.log
	@cmake --build --preset release

demo: build
	@scripts/demo.sh build/release

test:
	@scripts/setup.sh build test mpi
	@cmake --preset test
	@cmake --build --preset test
	@ctest --preset test -j 2

test-extreme:
	@scripts/setup.sh build test mpi
	@cmake --preset test
	@cmake --build --preset test
	@set -e; for t in build/test/tests/eigenmata-*-tests build/test/tests/*/eigenmata-*-tests; do $$t "[.extreme],[extreme]"; done

# Goes on where it was stopped; remove build/matrix.tsv to begin again.
matrix: build
	@scripts/matrix.sh build/release build/matrix.tsv

sanitize:
	@scripts/setup.sh build test
	@cmake --preset sanitize
	@cmake --build --preset sanitize
	@ctest --preset sanitize -j 2

proofs:
	@scripts/setup.sh proofs
	@$(MAKE) --no-print-directory -j2 -C proofs

bench:
	@scripts/setup.sh build bench
	@cmake --preset bench
	@cmake --build --preset bench
	@build/bench/bench/eigenmata-bench

fuzz:
	@scripts/setup.sh build fuzz
	@cmake --preset fuzz
	@cmake --build --preset fuzz
	@scripts/fuzz.sh build/fuzz

format:
	@scripts/setup.sh test
	@git ls-files -co --exclude-standard '*.cpp' '*.hpp' '*.h' '*.c' | xargs clang-format-14 -i

check-format:
	@scripts/setup.sh test
	@git ls-files -co --exclude-standard '*.cpp' '*.hpp' '*.h' '*.c' | xargs clang-format-14 --dry-run -Werror

clean:
	rm -rf build
	@$(MAKE) --no-print-directory -C proofs clean
