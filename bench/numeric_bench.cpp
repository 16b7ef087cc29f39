// SPDX-License-Identifier: Apache-2.0
//
// Networks in numbers of finitely many bits: the closure of a large space of states, and what a rounded operation costs
// beside the hardware's own.
#include <cstdio>
#include <vector>

#include "eigenmata/automata/regex.hpp"
#include "eigenmata/precision/carried_float.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using exact::Rational;

/// Three coordinates, four letters: a rotation of the axes with a shift, and three that stretch and shift one of them.
/// In e4m3 nearly all of the 2^24 states are reachable.
lrnn::RationalNetwork three_dimensions() {
  const exact::RationalArithmetic k;
  const auto vector = [&](Rational a, Rational b, Rational c) {
    return lrnn::sparse<exact::RationalArithmetic>(k, {a, b, c});
  };
  const auto dense = [](std::vector<Rational> entries) {
    return lrnn::Dense<Rational>{exact::Matrix<Rational>(3, 3, std::move(entries))};
  };
  std::vector<lrnn::AffineMap<Rational>> maps;
  maps.push_back({dense({0, 1, 0, 0, 0, 1, 1, 0, 0}), vector(0, 0, 0)});
  maps.push_back({dense({1, 0, 0, 0, 1, 0, 0, 0, 1}), vector(Rational(1, 512), 0, 0)});
  maps.push_back({dense({Rational(9, 8), 0, 0, 0, 1, 0, 0, 0, 1}), vector(0, 0, 0)});
  maps.push_back({dense({Rational(-7, 8), 0, 0, 0, 1, 0, 0, 0, 1}), vector(Rational(1, 8), 0, 0)});
  const core::Alphabet outputs({"y"});
  lrnn::Layer<Rational> layer{3, vector(1, 0, 0), std::move(maps), outputs,
                              lrnn::AffineDecoder<Rational>{{{vector(1, 0, 0), 0, {}, {core::symbol(0)}}}}};
  lrnn::RationalNetwork network{core::Alphabet({"a", "b", "c", "d"}), true, {}, {true}, std::nullopt};
  network.layers.push_back(std::move(layer));
  return network;
}

void closure(::benchmark::State& state) {
  const precision::FloatArithmetic e4m3(precision::named_plan("all-same", precision::kE4m3, {"plan"}));
  const auto rounded = lrnn::rounded_network(e4m3, exact::RationalArithmetic{}, three_dimensions(), {});
  const auto all_words = automata::compile_regex("(a|b|c|d)*", {}, {});
  verification::NumericCheck check{
      core::Verdict<core::NoEvidence, verification::Counterexample>::unknown(""), 0, 0, 0, 0, 0, 0};
  for (auto _ : state) check = verification::check_numeric(e4m3, rounded.network, all_words, {});
  if (!check.verdict.is_yes()) state.SkipWithError("not closed");
  state.counters["states"] = static_cast<double>(check.reachable_states);
  state.counters["bytes"] = static_cast<double>(check.table_bytes);
  state.counters["bits"] = static_cast<double>(check.state_bits);
}

constexpr std::size_t kLength = 4096;
constexpr int kRounds = 256;

template <class Step>
void operations(::benchmark::State& state, const Step& step) {
  std::vector<double> a(kLength), h(kLength);
  for (std::size_t i = 0; i < kLength; ++i) {
    a[i] = i % 2 == 0 ? -1 : 0.5;
    h[i] = 1 + static_cast<double>(i % 128) / 128;
  }
  for (auto _ : state) {
    for (int round = 0; round < kRounds; ++round) {
      for (std::size_t i = 0; i < kLength; ++i) h[i] = step(a[i], h[i]);
      ::benchmark::DoNotOptimize(h.data());
    }
  }
  state.counters["steps"] = static_cast<double>(kLength) * kRounds;
}

}  // namespace

void register_numeric() {
  register_run("numeric/closure", closure);
  register_run("numeric/bf16", [](::benchmark::State& s) {
    const precision::CarriedFloat bf16(precision::kBf16, precision::Rounding::kNearestEven, 8);
    operations(s, [&](double a, double h) { return bf16.add(bf16.multiply(a, h), 1); });
  });
  register_run("numeric/f32", [](::benchmark::State& s) {
    operations(s, [](double a, double h) { return static_cast<float>(a) * static_cast<float>(h) + 1; });
  });
}

void print_numeric(const Figures& figures) {
  const auto closure_row = figures.find("numeric/closure");
  if (closure_row == figures.end()) return;
  const auto& counters = closure_row->second.counters;
  const double states = counters.at("states");
  std::printf("\nNetworks in numbers of finitely many bits\n");
  std::printf(
      "  e4m3, 3 dimensions, 4 letters: %.0f states closed, %.2f million states/s, %.1f bytes a state of %.0f bits\n",
      states, states / closure_row->second.seconds / 1e6, counters.at("bytes") / states, counters.at("bits"));
  const auto each = [&](const char* name) {
    const Figure& figure = figures.at(name);
    return figure.seconds / figure.counters.at("steps") * 1e9;
  };
  std::printf("  h <- a h + 1, two roundings: bf16 %.2f ns, hardware f32 %.2f ns\n", each("numeric/bf16"),
              each("numeric/f32"));
}

}  // namespace eigenmata::bench
