// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

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
  ::benchmark::Initialize(&argc, argv);
  register_monoids();
  register_frames();
  register_decisions();
  register_compilation();
  register_checking();
  register_exact();
  register_characters();
  register_numeric();
  register_ssm();
  register_automata();
  register_kernels();
  register_networks();
  register_matrices();
  register_scans();
  MedianReporter reporter;
  ::benchmark::RunSpecifiedBenchmarks(&reporter);
  std::printf("Medians of %d runs, all measured in this run.\n", kRuns);
  print_monoids(reporter.figures());
  print_frames(reporter.figures());
  print_decisions(reporter.figures());
  print_compilation(reporter.figures());
  print_checking(reporter.figures());
  print_exact(reporter.figures());
  print_characters(reporter.figures());
  print_numeric(reporter.figures());
  print_ssm(reporter.figures());
  print_automata(reporter.figures());
  print_kernels(reporter.figures());
  print_networks(reporter.figures());
  print_matrices(reporter.figures());
  print_scans(reporter.figures());
  return 0;
}
