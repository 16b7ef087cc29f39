// SPDX-License-Identifier: Apache-2.0
//
// The figures of the project, measured side by side in one run. A benchmark is named "table/row/what"; after the run
// the tables are printed from the medians.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <string>

#include "eigenmata/automata/dfa.hpp"

namespace eigenmata::bench {

/// Median seconds of one iteration, and the counters, by the name of the benchmark.
struct Figure {
  double seconds = 0;
  std::map<std::string, double> counters;
};
using Figures = std::map<std::string, Figure>;

/// Each registers its benchmarks, and prints its tables when they have run.
void register_monoids();
void print_monoids(const Figures& figures);
void register_frames();
void print_frames(const Figures& figures);
void register_decisions();
void print_decisions(const Figures& figures);
void register_compilation();
void print_compilation(const Figures& figures);
void register_checking();
void print_checking(const Figures& figures);
void register_exact();
void print_exact(const Figures& figures);
void register_characters();
void print_characters(const Figures& figures);
void register_numeric();
void print_numeric(const Figures& figures);
void register_ssm();
void print_ssm(const Figures& figures);
void register_automata();
void print_automata(const Figures& figures);
void register_kernels();
void print_kernels(const Figures& figures);
void register_networks();
void print_networks(const Figures& figures);
void register_matrices();
void print_matrices(const Figures& figures);
void register_scans();
void print_scans(const Figures& figures);

/// Seconds of this thread on a processor: what else runs on the machine should not count.
[[nodiscard]] double processor_seconds();

/// Medians of this many runs.
constexpr int kRuns = 5;

/// Each run does the work so many times, and the counter "seconds" is the least processor time of these: other work on
/// the machine, or on the other half of the core, makes some slower and none faster. For single threads.
template <class Work>
void count_least_seconds(::benchmark::State& state, const Work& work) {
  constexpr int kTimes = 3;
  double least = std::numeric_limits<double>::infinity();
  for (auto _ : state) {
    for (int i = 0; i < kTimes; ++i) {
      const double begin = processor_seconds();
      work();
      least = std::min(least, processor_seconds() - begin);
    }
  }
  state.counters["seconds"] = least;
}

/// Registers a benchmark whose body is one run of something that takes milliseconds or more.
template <class Body>
void register_run(const std::string& name, Body body) {
  ::benchmark::RegisterBenchmark(name.c_str(), body)
      ->Iterations(1)
      ->Repetitions(kRuns)
      ->ReportAggregatesOnly(true)
      ->Unit(::benchmark::kMillisecond)
      ->UseRealTime();
}

/// The same for what is run once, because its size is the figure and its time that of minutes.
template <class Body>
void register_once(const std::string& name, Body body) {
  ::benchmark::RegisterBenchmark(name.c_str(), body)->Iterations(1)->Unit(::benchmark::kMillisecond)->UseRealTime();
}

/// The limit that arithmetic is compared with: one core's fused multiply-adds in f32, as counters "operations" and
/// "seconds" (of the processor).
void register_peak(const std::string& name);

/// A random automaton over four letters, minimised; the same for a number of states on every machine.
[[nodiscard]] automata::Dfa random_automaton(std::size_t states);

}  // namespace eigenmata::bench
