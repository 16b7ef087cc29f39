// SPDX-License-Identifier: Apache-2.0
//
// Networks in numbers of finitely many bits: the closure of a large space of states beside what the memory could do,
// and what rounded operations cost beside the hardware's own, one at a time and in lanes.
#include <cstdio>
#include <ctime>
#include <numeric>
#include <string>
#include <vector>

#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/precision/carried_float.hpp"
#include "eigenmata/simulation/lane_stepper.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using exact::Rational;

/// Of all threads of this process on processors.
double all_processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// Three coordinates, four letters: a rotation of the axes with a shift, and three that stretch and shift one of them.
/// In e4m3 most of the 2^24 states are reachable. `idle` more coordinates are always 0: as many states, of more
/// bits.
lrnn::RationalNetwork three_dimensions(std::size_t idle) {
  const exact::RationalArithmetic k;
  const std::size_t n = 3 + idle;
  const auto vector = [&](Rational first) {
    std::vector<Rational> entries(n);
    entries[0] = std::move(first);
    return lrnn::sparse<exact::RationalArithmetic>(k, entries);
  };
  const auto dense = [&](std::vector<Rational> three) {
    std::vector<Rational> entries(n * n);
    for (std::size_t i = 0; i < 9; ++i) entries[i / 3 * n + i % 3] = three[i];
    return lrnn::Dense<Rational>{exact::Matrix<Rational>(n, n, std::move(entries))};
  };
  std::vector<lrnn::AffineMap<Rational>> maps;
  maps.push_back({dense({0, 1, 0, 0, 0, 1, 1, 0, 0}), vector(0)});
  maps.push_back({dense({1, 0, 0, 0, 1, 0, 0, 0, 1}), vector(Rational(1, 512))});
  maps.push_back({dense({Rational(9, 8), 0, 0, 0, 1, 0, 0, 0, 1}), vector(0)});
  maps.push_back({dense({Rational(-15, 16), 0, 0, 0, 1, 0, 0, 0, 1}), vector(Rational(1, 8))});
  const core::Alphabet outputs({"y"});
  lrnn::Layer<Rational> layer{n, vector(1), std::move(maps), outputs,
                              lrnn::AffineDecoder<Rational>{{{vector(1), 0, {}, {core::symbol(0)}}}}};
  lrnn::RationalNetwork network{core::Alphabet({"a", "b", "c", "d"}), true, {}, {true}, std::nullopt};
  network.layers.push_back(std::move(layer));
  return network;
}

void closure(::benchmark::State& state, std::size_t idle) {
  const precision::FloatArithmetic e4m3(precision::named_plan("all-same", precision::kE4m3, {"plan"}));
  const auto rounded = lrnn::rounded_network(e4m3, exact::RationalArithmetic{}, three_dimensions(idle), {});
  const auto all_words = automata::compile_regex("(a|b|c|d)*", {}, {});
  verification::NumericCheck check{
      core::Verdict<core::NoEvidence, verification::Counterexample>::unknown(""), 0, 0, 0, 0, 0, 0};
  const double begin = all_processor_seconds();
  for (auto _ : state) check = verification::check_numeric(e4m3, rounded.network, all_words, {});
  state.counters["processor"] = all_processor_seconds() - begin;
  if (!check.verdict.is_yes()) state.SkipWithError("not closed");
  state.counters["states"] = static_cast<double>(check.reachable_states);
  state.counters["steps"] = static_cast<double>(check.steps);
  state.counters["bytes"] = static_cast<double>(check.table_bytes);
  state.counters["bits"] = static_cast<double>(check.state_bits);
}

/// What a look-up cannot be faster than: reads of 4 bytes anywhere in a table of the size that the closure has, 64 of
/// them asked for before the first is used, by one thread.
void memory(::benchmark::State& state) {
  constexpr std::size_t kSlots = std::size_t{1} << 24;
  constexpr std::size_t kReads = std::size_t{1} << 22;
  constexpr std::size_t kAtOnce = 64;
  std::vector<std::uint32_t> table(kSlots);
  std::iota(table.begin(), table.end(), 0);
  std::uint64_t sum = 0;
  const double begin = all_processor_seconds();
  for (auto _ : state) {
    for (std::size_t i = 0; i < kReads; i += kAtOnce) {
      const auto place = [&](std::size_t j) { return ((i + j) * 0x9E3779B97F4A7C15u) >> 40; };
      for (std::size_t j = 0; j < kAtOnce; ++j) __builtin_prefetch(&table[place(j)]);
      for (std::size_t j = 0; j < kAtOnce; ++j) sum += table[place(j)];
    }
    ::benchmark::DoNotOptimize(sum);
  }
  state.counters["processor"] = all_processor_seconds() - begin;
  state.counters["reads"] = static_cast<double>(kReads);
}

/// A reflection for each of two letters, in 16 dimensions, over the same words in every format, by the kernels that
/// `simulate` runs; on one thread.
void lanes(::benchmark::State& state, const precision::FloatFormat& format) {
  constexpr std::size_t kDimension = 16, kWords = 16'384, kLetters = 64;
  const exact::RationalArithmetic q;
  core::Random random(5);
  const auto some = [&] {
    std::vector<Rational> entries;
    for (std::size_t i = 0; i < kDimension; ++i) entries.emplace_back(2 * random.between(1, 32) - 33, 64);
    return lrnn::sparse(q, entries);
  };
  const core::Alphabet outputs({"below", "above"});
  lrnn::RationalNetwork network{core::Alphabet({"a", "b"}), false, {}, {false, true}, std::nullopt};
  std::vector<lrnn::AffineMap<Rational>> maps;
  for (std::size_t x = 0; x < 2; ++x)
    maps.push_back(
        {lrnn::HouseholderProduct<Rational>{kDimension, {{2, some()}}}, lrnn::SparseVector<Rational>(kDimension)});
  const auto start = some();
  network.layers.push_back({kDimension, start, std::move(maps), outputs,
                            lrnn::AffineDecoder<Rational>{{{some(), 0, {0}, {core::symbol(0), core::symbol(1)}}}}});
  const precision::FloatArithmetic k(precision::named_plan("all-same", format, {"plan"}));
  const auto rounded = lrnn::rounded_network(k, q, network, {});
  const auto stepper = simulation::lane_stepper(k, rounded.network);
  simulation::PackedWords words;
  for (std::size_t i = 0; i < kWords * kLetters; ++i) words.letters.push_back(random.one_in(2) ? 1 : 0);
  for (std::size_t i = 1; i <= kWords; ++i) words.ends.push_back(i * kLetters);
  std::vector<std::size_t> which(kWords);
  std::iota(which.begin(), which.end(), std::size_t{0});
  std::vector<simulation::Answer> answers(kWords);
  const double begin = processor_seconds();
  for (auto _ : state) stepper->run(words, which, answers.data(), nullptr);
  state.counters["processor"] = processor_seconds() - begin;
  state.counters["letters"] = static_cast<double>(words.letters.size());
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
  register_run("numeric/closure", [](::benchmark::State& s) { closure(s, 0); });
  register_run("numeric/closure-hashed", [](::benchmark::State& s) { closure(s, 1); });
  register_run("numeric/memory", memory);
  register_run("numeric/lanes/bf16", [](::benchmark::State& s) { lanes(s, precision::kBf16); });
  register_run("numeric/lanes/f32", [](::benchmark::State& s) { lanes(s, precision::kF32); });
  register_run("numeric/bf16", [](::benchmark::State& s) {
    const precision::CarriedFloat bf16(precision::kBf16, precision::Rounding::kNearestEven, 8);
    operations(s, [&](double a, double h) { return bf16.add(bf16.multiply(a, h), 1); });
  });
  register_run("numeric/f32", [](::benchmark::State& s) {
    operations(s, [](double a, double h) { return static_cast<float>(a) * static_cast<float>(h) + 1; });
  });
}

void print_numeric(const Figures& figures) {
  for (const char* name : {"closure", "closure-hashed", "memory", "lanes/bf16", "lanes/f32", "bf16", "f32"}) {
    if (figures.find("numeric/" + std::string(name)) == figures.end()) return;
  }
  const auto counter = [&](const std::string& name, const char* which) {
    return figures.at("numeric/" + name).counters.at(which);
  };
  std::printf("\nNetworks in numbers of finitely many bits\n");
  const auto closed = [&](const std::string& name, const char* what) {
    const double states = counter(name, "states");
    std::printf(
        "  e4m3, 3 dimensions, 4 letters: %.0f states of %.0f bits closed, %s: %.2f million states/s; %.2f for each "
        "second of a processor, %.0f ns a step; %.1f bytes a state\n",
        states, counter(name, "bits"), what, states / figures.at("numeric/" + name).seconds / 1e6,
        states / counter(name, "processor") / 1e6, counter(name, "processor") / counter(name, "steps") * 1e9,
        counter(name, "bytes") / states);
  };
  closed("closure", "each with a slot of its own");
  closed("closure-hashed", "hashed");
  std::printf("  the memory alone, for one read at random of a step: %.0f ns\n",
              counter("memory", "processor") / counter("memory", "reads") * 1e9);
  const auto each = [&](const char* name) {
    return figures.at("numeric/" + std::string(name)).seconds / counter(name, "steps") * 1e9;
  };
  std::printf("  h <- a h + 1, two roundings, one at a time: bf16 %.2f ns, hardware f32 %.2f ns\n", each("bf16"),
              each("f32"));
  const auto letter = [&](const char* name) { return counter(name, "processor") / counter(name, "letters") * 1e9; };
  std::printf(
      "  a reflection in 16 dimensions in lanes, all of it rounded: bf16 %.2f ns a letter, f32 %.2f ns; ratio %.1f\n",
      letter("lanes/bf16"), letter("lanes/f32"), letter("lanes/bf16") / letter("lanes/f32"));
}

}  // namespace eigenmata::bench
