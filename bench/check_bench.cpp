// SPDX-License-Identifier: Apache-2.0
//
// Checking certificates: the library on one thread and on all, and the independent program's code, on the same texts.
#include <cstdio>
#include <sstream>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/linear_reduction.hpp"
#include "eigenmata/compiler/one_hot.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

struct Example {
  const char* name;
  std::string text;
};

/// The certificates, as texts.
const std::vector<Example>& examples() {
  static const std::vector<Example> list = [] {
    const auto s5 = automata::minimised(automata::read_language({{}, "s5-word-problem", {}, {}, {}}, {}).dfa);
    const auto reduced = compiler::compile_reduced(s5, compiler::ReducedForm::kRankOne, {});
    return std::vector<Example>{
        {"S_5, one-hot, 120 dimensions", certificate::write_certificate(compiler::compile_one_hot(s5).certificate)},
        {"S_5, reduced, 4 dimensions",
         certificate::write_certificate(std::get<compiler::Construction>(reduced).certificate)},
        {"random, one-hot, 10,000 states",
         certificate::write_certificate(compiler::compile_one_hot(random_automaton(10'000)).certificate)},
        {"random, one-hot, 100,000 states",
         certificate::write_certificate(compiler::compile_one_hot(random_automaton(100'000)).certificate)}};
  }();
  return list;
}

void library_check(::benchmark::State& state, const Example& example, std::size_t threads) {
  const auto certificate = certificate::read_certificate({"certificate", example.text});
  double entries = 0;
  for (const auto& point : certificate.points) {
    for (const auto& vector : point.vectors) entries += static_cast<double>(vector.entries().size());
  }
  for (auto _ : state) {
    if (!certificate::check(certificate, {}, threads).is_yes()) state.SkipWithError("not proved");
  }
  state.counters["work"] = entries * static_cast<double>(certificate.automaton.letters());
}

void library_read(::benchmark::State& state, const Example& example) {
  for (auto _ : state)
    ::benchmark::DoNotOptimize(certificate::read_certificate({"certificate", example.text}).points.size());
}

void checker_check(::benchmark::State& state, const Example& example) {
  std::istringstream stream(example.text);
  const auto certificate = checker::read_certificate(stream, "certificate");
  for (auto _ : state) {
    if (checker::check(certificate).has_value()) state.SkipWithError("not proved");
  }
}

void checker_read(::benchmark::State& state, const Example& example) {
  for (auto _ : state) {
    std::istringstream stream(example.text);
    ::benchmark::DoNotOptimize(checker::read_certificate(stream, "certificate").points.size());
  }
}

}  // namespace

void register_checking() {
  static const char* const names[] = {"S_5, one-hot, 120 dimensions", "S_5, reduced, 4 dimensions",
                                      "random, one-hot, 10,000 states", "random, one-hot, 100,000 states"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    const std::string row = std::string("check/") + names[i];
    register_run(row + "/library", [i](::benchmark::State& s) { library_check(s, examples()[i], 1); });
    register_run(row + "/threads", [i](::benchmark::State& s) { library_check(s, examples()[i], 0); });
    register_run(row + "/library-read", [i](::benchmark::State& s) { library_read(s, examples()[i]); });
    register_run(row + "/checker", [i](::benchmark::State& s) { checker_check(s, examples()[i]); });
    register_run(row + "/checker-read", [i](::benchmark::State& s) { checker_read(s, examples()[i]); });
  }
}

void print_checking(const Figures& figures) {
  std::printf(
      "\nChecking certificates: ns per state, letter and non-zero entry of the state's vectors (reading in ms)\n");
  std::printf("  %-34s %10s %12s %12s %14s %12s %12s\n", "certificate", "library", "all threads", "independent",
              "indep./library", "read ms", "indep. read");
  for (const auto& [key, library] : figures) {
    if (key.rfind("check/", 0) != 0 || key.size() < 8 || key.substr(key.size() - 8) != "/library") continue;
    const std::string row = key.substr(0, key.size() - 8);
    const double work = library.counters.at("work");
    const Figure& independent = figures.at(row + "/checker");
    std::printf("  %-34s %10.0f %12.0f %12.0f %14.2f %12.1f %12.1f\n", row.substr(6).c_str(),
                library.seconds / work * 1e9, figures.at(row + "/threads").seconds / work * 1e9,
                independent.seconds / work * 1e9, independent.seconds / library.seconds,
                figures.at(row + "/library-read").seconds * 1e3, figures.at(row + "/checker-read").seconds * 1e3);
  }
}

}  // namespace eigenmata::bench
