// SPDX-License-Identifier: Apache-2.0
//
// Compilation with verification, and how it grows.
#include <cstdio>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using compiler::CompileOptions;
using compiler::Encoding;

/// Compiles, writes both files as text, reads them back and checks them: what `eigenmata compile` does, less the disk.
void compile_and_verify(::benchmark::State& state, const automata::Dfa& dfa, Encoding encoding) {
  CompileOptions options;
  options.target.form = expressivity::ModelClass::Form::kRankOne;
  options.encoding = encoding;
  for (auto _ : state) {
    const auto verdict = compiler::compile(dfa, options, {});
    if (!verdict.is_yes()) {
      state.SkipWithError("not compiled");
      return;
    }
    const auto& construction = verdict.proof().construction;
    const std::string model = lrnn::write_model(lrnn::ModelOver<exact::RationalArithmetic>{{}, construction.network()});
    const std::string certificate = certificate::write_certificate(construction.certificate);
    const auto model_again = lrnn::read_model({"model", model});
    const auto certificate_again = certificate::read_any_certificate({"certificate", certificate});
    if (!certificate::check(certificate_again, {}).is_yes()) state.SkipWithError("not proved");
    ::benchmark::DoNotOptimize(&model_again);
    state.counters["model_bytes"] = static_cast<double>(model.size());
    state.counters["certificate_bytes"] = static_cast<double>(certificate.size());
    state.counters["factors"] = static_cast<double>(factors_per_token(construction.network().layers.at(0)));
  }
}

constexpr std::size_t kSizes[] = {1'000, 10'000, 100'000};

}  // namespace

automata::Dfa random_automaton(std::size_t states) {
  core::Random random(states);
  std::vector<automata::State> next;
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < states; ++q) {
    accepting.push_back(random.one_in(2));
    for (std::size_t x = 0; x < 4; ++x) next.push_back(automata::state(random.below(states)));
  }
  return automata::minimised({core::Alphabet({"a", "b", "c", "d"}), automata::state(0), accepting, next});
}

void register_compilation() {
  register_run("compile/s5/one-hot", [](::benchmark::State& s) {
    compile_and_verify(s, automata::read_language({{}, "s5-word-problem", {}, {}, {}}, {}).dfa, Encoding::kOneHot);
  });
  register_run("compile/s5/any", [](::benchmark::State& s) {
    compile_and_verify(s, automata::read_language({{}, "s5-word-problem", {}, {}, {}}, {}).dfa, Encoding::kAny);
  });
  for (const std::size_t size : kSizes) {
    register_run("compile/random/" + std::to_string(size), [size](::benchmark::State& s) {
      const automata::Dfa dfa = random_automaton(size);
      s.counters["states"] = static_cast<double>(dfa.states());
      compile_and_verify(s, dfa, Encoding::kOneHot);
    });
  }
}

void print_compilation(const Figures& figures) {
  if (figures.count("compile/random/100000") == 0 || figures.count("compile/s5/any") == 0) return;
  std::printf("\nCompile to rank-one, write, read back, check\n");
  std::printf("  %-34s %8s %8s %10s %12s %12s %14s\n", "language", "states", "letters", "seconds", "model KiB",
              "cert. KiB", "us/(state*letter)");
  const auto row = [&](const char* name, const std::string& key, double states, double letters) {
    const Figure& f = figures.at(key);
    std::printf("  %-34s %8.0f %8.0f %10.3f %12.0f %12.0f %14.2f\n", name, states, letters, f.seconds,
                f.counters.at("model_bytes") / 1024, f.counters.at("certificate_bytes") / 1024,
                f.seconds / states / letters * 1e6);
  };
  row("S_5 word problem, one-hot", "compile/s5/one-hot", 120, 120);
  row("S_5 word problem, best encoding", "compile/s5/any", 120, 120);
  for (const std::size_t size : kSizes) {
    const std::string key = "compile/random/" + std::to_string(size);
    row("random automaton, one-hot", key, figures.at(key).counters.at("states"), 4);
  }
}

}  // namespace eigenmata::bench
