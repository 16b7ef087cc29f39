// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <stdexcept>

#include "figures.hpp"

namespace eigenmata::bench {
namespace {

/// Keeps the medians, and what is run once; prints a line a benchmark as it goes.
class MedianReporter : public ::benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.error_occurred) std::fprintf(stderr, "%s: %s\n", run.benchmark_name().c_str(), run.error_message.c_str());
      const bool is_median = run.run_type == Run::RT_Aggregate && run.aggregate_name == "median";
      const bool is_all = run.run_type == Run::RT_Iteration && run.repetitions == 1;
      if (run.error_occurred || !(is_median || is_all)) continue;
      Figure figure;
      figure.seconds = run.real_accumulated_time / static_cast<double>(run.iterations == 0 ? 1 : run.iterations);
      for (const auto& [name, counter] : run.counters) figure.counters[name] = counter.value;
      std::fprintf(stderr, "  %-44s %10.3f ms\n", run.run_name.function_name.c_str(), figure.seconds * 1e3);
      figures_[run.run_name.function_name] = std::move(figure);
    }
  }
  [[nodiscard]] const Figures& figures() const { return figures_; }

 private:
  Figures figures_;
};

}  // namespace
}  // namespace eigenmata::bench

int main(int argc, char** argv) {
  using namespace eigenmata::bench;
  struct Tables {
    const char* names;  ///< what those of its rows begin with
    void (*add)();
    void (*print)(const Figures&);
  };
  constexpr Tables kTables[] = {
      {"monoid/", register_monoids, print_monoids},
      {"frames/", register_frames, print_frames},
      {"decide/", register_decisions, print_decisions},
      {"compile/", register_compilation, print_compilation},
      {"check/", register_checking, print_checking},
      {"exact/", register_exact, print_exact},
      {"characters/", register_characters, print_characters},
      {"numeric/", register_numeric, print_numeric},
      {"ssm/legs", register_ssm, print_ssm},
      {"automata", register_automata, print_automata},
      {"ssm/kernel", register_kernels, print_kernels},
      {"network/", register_networks, print_networks},
      {"matrix/", register_matrices, print_matrices},
      {"scan/", register_scans, print_scans},
  };
  ::benchmark::Initialize(&argc, argv);
  for (const Tables& tables : kTables) tables.add();
  MedianReporter reporter;
  ::benchmark::RunSpecifiedBenchmarks(&reporter);
  std::printf("Medians of %d runs, all measured in this run.\n", kRuns);
  for (const Tables& tables : kTables) {
    const auto first = reporter.figures().lower_bound(tables.names);
    if (first == reporter.figures().end() || !first->first.starts_with(tables.names)) continue;
    try {
      tables.print(reporter.figures());
    } catch (const std::out_of_range&) {  // a filter left out what a line compares
      std::printf("  The other lines of this table were not all measured.\n");
    }
  }
  return 0;
}
