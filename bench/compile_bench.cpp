// SPDX-License-Identifier: Apache-2.0
//
// Compilation with verification, and how it grows.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <iterator>
#include <map>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using compiler::CompileOptions;
using compiler::Encoding;

/// Writes both files as text, reads them back and checks them.
void verify(::benchmark::State& state, const compiler::Construction& construction) {
  construction.with_network([&](const auto& k, const auto& network) {
    const std::string model = lrnn::write_model(lrnn::ModelOver<std::decay_t<decltype(k)>>{k, network});
    const std::string certificate = certificate::write_certificate(construction.certificate);
    const auto model_again = lrnn::read_model({"model", model});
    const auto certificate_again = certificate::read_any_certificate({"certificate", certificate});
    if (!certificate::check(certificate_again, {}).is_yes()) state.SkipWithError("not proved");
    ::benchmark::DoNotOptimize(&model_again);
    std::size_t factors = 0;
    for (const auto& layer : network.layers) factors = std::max(factors, factors_per_token(layer));
    state.counters["model_bytes"] = static_cast<double>(model.size());
    state.counters["certificate_bytes"] = static_cast<double>(certificate.size());
    state.counters["layers"] = static_cast<double>(network.layers.size());
    state.counters["factors"] = static_cast<double>(factors);
  });
}

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
    verify(state, verdict.proof().construction);
  }
}

constexpr std::size_t kSizes[] = {1'000, 10'000, 100'000};

/// A language, and the class that it is compiled to.
struct Cascade {
  const char* name;
  std::function<automata::Dfa()> language;
  const char* target;
};

automata::Dfa named(const char* name) { return automata::read_language({{}, name, {}, {}, {}}, {}).dfa; }

automata::Dfa expression(const std::string& text) {
  return automata::compile_regex(text, core::Alphabet({"a", "b"}), {});
}

/// The words in a swap and a cycle of six points whose product is the identity: 720 states.
automata::Dfa word_problem_of_s6() {
  const std::vector<algebra::Transformation> letters{algebra::Transformation({1, 0, 2, 3, 4, 5}),
                                                     algebra::Transformation({1, 2, 3, 4, 5, 0})};
  std::vector<algebra::Transformation> elements{algebra::Transformation::identity(6)};
  std::map<std::vector<algebra::Point>, std::size_t> numbers{{elements[0].images(), 0}};
  std::vector<automata::State> next;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    for (const auto& letter : letters) {
      const auto product = elements[i] * letter;
      const auto [at, is_new] = numbers.try_emplace(product.images(), elements.size());
      if (is_new) elements.push_back(product);
      next.push_back(automata::state(at->second));
    }
  }
  std::vector<bool> accepting(elements.size(), false);
  accepting[0] = true;
  return {core::Alphabet({"swap", "cycle"}), automata::state(0), accepting, next};
}

const std::vector<Cascade>& cascades() {
  static const std::vector<Cascade> kAll{
      {"10-bit shift register", [] { return expression(".*a.{9}"); }, "diagonal[0,1]"},
      {"chain of 100 states", [] { return expression("a{0,98}"); }, "diagonal[0,1]"},
      {"chain of 200 states", [] { return expression("a{0,198}"); }, "diagonal[0,1]"},
      {"chain of 400 states", [] { return expression("a{0,398}"); }, "diagonal[0,1]"},
      {"chain of 400 states, slots", [] { return expression("a{0,398}"); }, "triangular[0,1]"},
      {"IPv4 addresses", [] { return named("ipv4"); }, "diagonal[0,1]"},
      {"maps of five points", [] { return named("t5"); }, "householder[-1,1]"},
      {"A_5 word problem", [] { return named("a5-word-problem"); }, "householder[-1,1]"},
      {"S_6 word problem, 2 letters", word_problem_of_s6, "householder[-1,1]"},
      {"S_6 word problem, one factor", word_problem_of_s6, "rank-one:1"},
      {"six points, S_6", [] { return named("s6-points"); }, "householder[-1,1]"},
      {"M_11 on 11 points, one factor", [] { return named("m11-points"); }, "rank-one:1"},
      {"S_5 word problem, one factor", [] { return named("s5-word-problem"); }, "rank-one:1"},
      {"S_4 word problem", [] { return named("s4-word-problem"); }, "diagonal-complex"}};
  return kAll;
}

void compile_cascade(::benchmark::State& state, const Cascade& cascade) {
  const automata::Dfa dfa = cascade.language();
  CompileOptions options;
  options.target = expressivity::parse_model_class(cascade.target, {});
  for (auto _ : state) {
    const auto compilation = compiler::build(dfa, options, {});
    if (!compilation) {
      state.SkipWithError("not compiled");
      return;
    }
    verify(state, compilation->construction);
  }
  state.counters["states"] = static_cast<double>(automata::minimised(dfa).states());
}

constexpr const char* kTargetLanguages[] = {
    "t3",   "a5-word-problem",  "s5-word-problem", "s6-points", "psl-2-7-points", "arithmetic-mod-5", "dyck-2-depth-4",
    "ipv4", "z60-word-problem", "d5-word-problem"};
constexpr const char* kTargetClasses[] = {"householder[-1,1]",
                                          "householder[-1,1]:2",
                                          "householder[-1,1]:1",
                                          "rank-one",
                                          "rank-one:1",
                                          "dense",
                                          "pd",
                                          "diagonal[0,1]",
                                          "diagonal[-1,1]",
                                          "diagonal-complex",
                                          "triangular[0,1]",
                                          "deltanet[-1,1]"};

std::string target_key(const char* language, const char* target) {
  return std::string("compile/targets/") + language + "/" + target;
}

/// A counter that says how it went, and for what is built its size. Within a minute.
void compile_target(::benchmark::State& state, const char* language, const char* target) {
  const automata::Dfa dfa = named(language);
  for (auto _ : state) {
    core::Limits limits;
    limits.deadline = core::Limits::Clock::now() + std::chrono::minutes(1);
    try {
      const auto verdict = compiler::compile(dfa, compiler::options_for(target, {}), limits);
      state.counters["verdict"] = verdict.is_yes() ? 1 : verdict.is_no() ? -1 : 0;
      if (verdict.is_yes()) verify(state, verdict.proof().construction);
    } catch (const core::LimitReached&) {
      state.counters["verdict"] = 0;
    }
  }
}

void print_targets(const Figures& figures) {
  const auto is_measured = [&](const char* language) {
    return std::any_of(std::begin(kTargetClasses), std::end(kTargetClasses),
                       [&](const char* target) { return figures.count(target_key(language, target)) != 0; });
  };
  if (std::none_of(std::begin(kTargetLanguages), std::end(kTargetLanguages), is_measured)) return;
  std::printf(
      "\nLanguages to every class: layers / factors a token / certificate in KiB / seconds with both checks;\n");
  std::printf("-: a theorem says no, ?: unknown within a minute\n");
  for (const char* language : kTargetLanguages) {
    if (!is_measured(language)) continue;
    std::printf("  %s\n", language);
    for (const char* target : kTargetClasses) {
      const auto at = figures.find(target_key(language, target));
      if (at == figures.end()) continue;
      const Figure& f = at->second;
      const double verdict = f.counters.at("verdict");
      if (verdict <= 0) {
        std::printf("    %-22s %6s %38.3f\n", target, verdict < 0 ? "-" : "?", f.seconds);
      } else {
        std::printf("    %-22s %6.0f %8.0f %16.1f %12.3f\n", target, f.counters.at("layers"), f.counters.at("factors"),
                    f.counters.at("certificate_bytes") / 1024, f.seconds);
      }
    }
  }
}

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
  for (const Cascade& cascade : cascades()) {
    register_run("compile/cascade/" + std::string(cascade.name),
                 [&cascade](::benchmark::State& s) { compile_cascade(s, cascade); });
  }
  for (const char* language : kTargetLanguages) {
    for (const char* target : kTargetClasses) {
      register_once(target_key(language, target),
                    [language, target](::benchmark::State& s) { compile_target(s, language, target); });
    }
  }
  for (const std::size_t size : kSizes) {
    register_run("compile/random/" + std::to_string(size), [size](::benchmark::State& s) {
      const automata::Dfa dfa = random_automaton(size);
      s.counters["states"] = static_cast<double>(dfa.states());
      compile_and_verify(s, dfa, Encoding::kOneHot);
    });
  }
}

void print_compilation(const Figures& figures) {
  print_targets(figures);
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
  std::printf("\nCompile, write, read back, check: all passes of a class, the best taken\n");
  std::printf("  %-28s %-18s %7s %9s %7s %8s %10s\n", "language", "class", "states", "seconds", "layers", "factors",
              "cert. KiB");
  for (const Cascade& cascade : cascades()) {
    const Figure& f = figures.at("compile/cascade/" + std::string(cascade.name));
    std::printf("  %-28s %-18s %7.0f %9.3f %7.0f %8.0f %10.1f\n", cascade.name, cascade.target, f.counters.at("states"),
                f.seconds, f.counters.at("layers"), f.counters.at("factors"),
                f.counters.at("certificate_bytes") / 1024);
  }
}

}  // namespace eigenmata::bench
