// SPDX-License-Identifier: Apache-2.0
//
// Networks in bulk: the recurrence in lanes beside what the machine could do and beside a loop over Eigen's vectors,
// and the table of numeric states beside the arithmetic that fills it.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/one_hot.hpp"
#include "eigenmata/compiler/representation.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/simulation/network_simulator.hpp"
#include "figures.hpp"
#include "hardware.hpp"
#include "torch_peer.hpp"

namespace eigenmata::bench {
namespace {

using exact::Rational;
using precision::FloatArithmetic;
using simulation::Answer;
using simulation::NetworkSimulator;
using simulation::PackedWords;
using Method = simulation::SimulatorOptions::Method;

constexpr std::size_t kLetters = 16;
constexpr std::size_t kLength = 64;
constexpr std::size_t kDimensions[] = {16, 64, 128};
constexpr std::size_t kMostFactors = 4;

PackedWords words_of(std::size_t count, std::size_t length, std::size_t letters) {
  core::Random random(7);
  PackedWords words;
  words.letters.resize(count * length);
  for (auto& letter : words.letters) letter = static_cast<std::uint8_t>(random.below(letters));
  for (std::size_t i = 1; i <= count; ++i) words.ends.push_back(i * length);
  return words;
}

/// One layer of n dimensions whose letters are products of k factors I − u vᵀ, all entries of u and v in use; about
/// reflections, so that states stay of one size. One readout, of all coordinates.
lrnn::RationalNetwork dense_factors(std::size_t n, std::size_t k) {
  const exact::RationalArithmetic q;
  core::Random random(n * 10 + k);
  lrnn::RationalNetwork network{core::Alphabet([] {
                                  std::vector<std::string> names;
                                  for (std::size_t x = 0; x < kLetters; ++x) names.push_back("x" + std::to_string(x));
                                  return names;
                                }()),
                                false,
                                {},
                                {false, true},
                                std::nullopt};
  const auto some = [&] { return Rational(2 * random.between(1, 32) - 33, 64); };
  std::vector<lrnn::AffineMap<Rational>> maps;
  for (std::size_t x = 0; x < kLetters; ++x) {
    lrnn::RankOneProduct<Rational> product{n, {}};
    for (std::size_t f = 0; f < k; ++f) {
      std::vector<Rational> v, u;
      Rational square = 0;
      for (std::size_t i = 0; i < n; ++i) {
        v.push_back(some());
        square += v.back() * v.back();
      }
      for (const Rational& a : v) u.push_back(2 * a / square);
      product.factors.push_back({lrnn::sparse(q, u), lrnn::sparse(q, v)});
    }
    maps.push_back({std::move(product), lrnn::SparseVector<Rational>(n)});
  }
  std::vector<Rational> start, weights;
  for (std::size_t i = 0; i < n; ++i) {
    start.push_back(some());
    weights.push_back(some());
  }
  lrnn::AffineDecoder<Rational> decoder{{{lrnn::sparse(q, weights), 0, {0}, {core::symbol(0), core::symbol(1)}}}};
  network.layers.push_back(
      {n, lrnn::sparse(q, start), std::move(maps), core::Alphabet({"below", "above"}), std::move(decoder)});
  return network;
}

/// "fused": sums and updates by fused multiply-adds; "simd": these in as many sums as a vector of 32 bytes has lanes.
/// Otherwise the name of a plan.
FloatArithmetic arithmetic(const precision::FloatFormat& format, const std::string& plan) {
  const bool simd = plan == "simd";
  auto result = precision::named_plan(simd || plan == "fused" ? "all-same" : plan, format, {"plan"});
  if (simd || plan == "fused") result.fused_sums = result.fused_updates = true;
  if (simd) {
    result.order = precision::RoundingPlan::Order::kBlocked;
    result.lanes = format == precision::kF64 ? 4 : 8;
  }
  return FloatArithmetic(result);
}

template <class K>
void simulate(::benchmark::State& state, const FloatArithmetic& floats, const K& k,
              const lrnn::Network<typename K::Scalar>& network, const PackedWords& words, Method method,
              std::size_t threads = 1) {
  const auto rounded = lrnn::rounded_network(floats, k, network, {});
  NetworkSimulator simulator(simulation::network_stepper(floats, rounded.network), {method, threads});
  std::vector<Answer> answers;
  simulation::SimulationReport report;
  // What is known after the first time is known for good.
  if (method == Method::kTable) report = simulator.run(words, answers, nullptr, {});
  count_least_seconds(state, [&] { report = simulator.run(words, answers, nullptr, {}); });
  state.counters["silent"] = static_cast<double>(std::count(answers.begin(), answers.end(), Answer::kNone)) /
                             static_cast<double>(answers.size());
  state.counters["letters"] = static_cast<double>(words.letters.size());
  state.counters["states"] = static_cast<double>(report.table_states);
  state.counters["by_table"] = static_cast<double>(report.by_table);
}

void recurrence(::benchmark::State& state, std::size_t n, std::size_t k, const precision::FloatFormat& format,
                const std::string& plan, std::size_t words, std::size_t length = kLength, std::size_t threads = 1) {
  simulate(state, arithmetic(format, plan), exact::RationalArithmetic{}, dense_factors(n, k),
           words_of(words, length, kLetters), Method::kArithmetic, threads);
}

void eigen(::benchmark::State& state, std::size_t n, std::size_t k) {
  core::Random random(3);
  std::vector<float> u(kLetters * k * n), v(u.size()), h(n, 0.5f);
  for (std::size_t i = 0; i < u.size(); ++i) {
    v[i] = static_cast<float>(random.between(-8, 8)) / 64;
    u[i] = v[i] / static_cast<float>(n) * 64;
  }
  const auto words = words_of(4096, kLength, kLetters);
  float sum = 0;
  count_least_seconds(state, [&] {
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::fill(h.begin(), h.end(), 0.5f);
      sum += rank_one_by_eigen(u.data(), v.data(), n, k, words.word(i).data(), kLength, h.data());
    }
  });
  ::benchmark::DoNotOptimize(sum);
  state.counters["letters"] = static_cast<double>(words.letters.size());
}

void torch(::benchmark::State& state, std::size_t n) {
  std::map<std::string, double> rates;
  for (auto _ : state) rates = torch_rates(n, kLetters, kLength);
  if (rates.empty()) state.SkipWithError("no Python with torch here");
  for (const auto& [name, rate] : rates) state.counters[name] = rate;
}

/// About the same time for all.
std::size_t words_for(std::size_t n, std::size_t k) { return 131'072 * 16 / (n * k); }

const automata::Dfa& a5() {
  static const automata::Dfa dfa =
      automata::minimised(automata::read_language({{}, "a5-word-problem", {}, {}, {}}, {}).dfa);
  return dfa;
}

void one_hot(::benchmark::State& state, Method method) {
  const auto construction = compiler::compile_one_hot(a5());
  const std::size_t words = method == Method::kTable ? 262'144 : 4'096;
  simulate(state, arithmetic(precision::kF32, "all-same"), exact::RationalArithmetic{}, construction.network(),
           words_of(words, kLength, a5().letters()), method);
}

void three_dimensions(::benchmark::State& state, const precision::FloatFormat& format, Method method) {
  compiler::RepresentationOptions options;
  options.form = compiler::FactorForm::kRankOne;
  options.least_dimension = options.fewest_coordinates = true;
  const auto found = compiler::represent(a5(), options);
  std::visit(
      [&](const auto& c) {
        simulate(state, arithmetic(format, "all-same"), c.arithmetic, c.network,
                 words_of(65'536, kLength, a5().letters()), method);
      },
      std::get<compiler::RepresentedGroup>(found).certificate);
}

std::string row(std::size_t n, std::size_t k) { return "n=" + std::to_string(n) + ",k=" + std::to_string(k); }

}  // namespace

void register_networks() {
  register_peak("network/peak");
  for (const std::size_t n : kDimensions) {
    for (std::size_t k = 1; k <= kMostFactors; ++k) {
      for (const std::string plan : {"simd", "fla-recurrent", "fused", "all-same"})
        register_run("network/" + row(n, k) + "/" + plan,
                     [=](::benchmark::State& s) { recurrence(s, n, k, precision::kF32, plan, words_for(n, k)); });
      register_run("network/" + row(n, k) + "/eigen", [=](::benchmark::State& s) { eigen(s, n, k); });
    }
  }
  register_once("network/torch", [](::benchmark::State& s) { torch(s, kDimensions[0]); });
  for (const auto& format : {precision::kF64, precision::kBf16, precision::kFp16, precision::kE4m3})
    register_run("network/format/" + std::string(format.name),
                 [=](::benchmark::State& s) { recurrence(s, 16, 1, format, "all-same", words_for(16, 4)); });
  register_run("network/a5/one-hot/arithmetic", [](::benchmark::State& s) { one_hot(s, Method::kArithmetic); });
  register_run("network/a5/one-hot/table", [](::benchmark::State& s) { one_hot(s, Method::kTable); });
  for (const auto& format : {precision::kF32, precision::kBf16}) {
    const std::string name = "network/a5/three/" + std::string(format.name);
    register_run(name + "/arithmetic",
                 [=](::benchmark::State& s) { three_dimensions(s, format, Method::kArithmetic); });
    register_run(name + "/table", [=](::benchmark::State& s) { three_dimensions(s, format, Method::kTable); });
  }
  for (const std::size_t threads : {1, 2})
    register_run("network/threads/" + std::to_string(threads), [=](::benchmark::State& s) {
      recurrence(s, 64, 1, precision::kF32, "simd", 65'536, kLength, threads);
    });
  for (const std::size_t words : {8'192, 81'920})
    register_run("network/words/" + std::to_string(words),
                 [=](::benchmark::State& s) { recurrence(s, 16, 1, precision::kF32, "simd", words); });
  for (const std::size_t length : {256, 2'560})
    register_run("network/length/" + std::to_string(length),
                 [=](::benchmark::State& s) { recurrence(s, 16, 1, precision::kF32, "simd", 2'048, length); });
  for (const std::size_t n : {12, 120})
    register_run("network/dimension/" + std::to_string(n),
                 [=](::benchmark::State& s) { recurrence(s, n, 1, precision::kF32, "simd", 16'384); });
  for (const std::size_t k : {1, 10})
    register_run("network/factors/" + std::to_string(k),
                 [=](::benchmark::State& s) { recurrence(s, 32, k, precision::kF32, "simd", 16'384); });
}

void print_networks(const Figures& figures) {
  const auto peak_row = figures.find("network/peak");
  if (peak_row == figures.end()) return;
  const double peak = peak_row->second.counters.at("operations") / peak_row->second.counters.at("seconds");
  const auto figure = [&](const std::string& name) -> const Figure& { return figures.at("network/" + name); };
  const auto rate = [&](const std::string& name) {
    return figure(name).counters.at("letters") / figure(name).counters.at("seconds");
  };
  const auto met = [](bool is_met) { return is_met ? "reached" : "goal missed"; };
  const auto counter = [&](const std::string& name, const char* what) { return figure(name).counters.at(what); };
  std::printf("\nNetworks in bulk: words of %zu letters out of %zu, one core; peak of f32 FMA %.0f GFLOP/s\n", kLength,
              kLetters, peak / 1e9);
  std::printf("  %-17s %19s %19s %19s %19s %18s   %s\n", "Mtok/s, % of peak", "simd", "fla-recurrent", "fused",
              "all-same", "Eigen, ratio", "goals: 35 % of the peak; ratio");
  for (const std::size_t n : kDimensions) {
    for (std::size_t k = 1; k <= kMostFactors; ++k) {
      const double flop = 4.0 * static_cast<double>(n * k);
      if (!figures.contains("network/" + row(n, k) + "/fused")) continue;  // filtered out
      std::printf("  %-17s", row(n, k).c_str());
      double best = 0;
      for (const char* plan : {"/simd", "/fla-recurrent", "/fused", "/all-same"}) {
        const double found = rate(row(n, k) + plan);
        best = std::max(best, found);
        std::printf(" %10.0f %6.1f %%", found / 1e6, 100 * found * flop / peak);
      }
      const double eigen_rate = rate(row(n, k) + "/eigen");
      const double goal = n == 16 ? 15 : n == 64 ? 5 : 2.8;
      std::printf(" %10.1f %7.1f   %s; %.3gx %s\n", eigen_rate / 1e6, best / eigen_rate,
                  met(best * flop >= 0.35 * peak), goal, met(best >= goal * eigen_rate));
    }
  }
  if (figures.contains("network/torch") && figures.contains("network/n=16,k=1/simd")) {
    const double best = std::max(counter("torch", "loop"), counter("torch", "chunked"));
    const double ratio = rate("n=16,k=1/simd") / best;
    std::printf(
        "  PyTorch, n=16, k=1, one thread: loop %.2f, chunked %.2f Mtok/s; simd is %.1f times the better   100x %s\n",
        counter("torch", "loop") / 1e6, counter("torch", "chunked") / 1e6, ratio, met(ratio >= 100));
  } else {
    std::printf("  PyTorch: not installed, or not measured\n");
  }
  const auto format_rate = [&](const char* format) { return rate("format/" + std::string(format)) / 1e6; };
  std::printf("  n=16, k=1, all-same: f64 %.0f, bf16 %.0f, fp16 %.0f, e4m3 %.0f Mtok/s\n", format_rate("f64"),
              format_rate("bf16"), format_rate("fp16"), format_rate("e4m3"));
  std::printf("  A_5 word problem, words of %zu letters, f32 all-same unless said\n", kLength);
  const auto compare = [&](const char* what, const std::string& name) {
    const double arithmetic_rate = rate(name + "/arithmetic");
    const double table = rate(name + "/table");
    const double letters = counter(name + "/table", "letters");
    std::printf(
        "    %-36s arithmetic %8.1f Mtok/s, table %8.1f, ratio %6.1f; %.0f states, %.0f %% of letters by table, %.0f "
        "%% of words without answer\n",
        what, arithmetic_rate / 1e6, table / 1e6, table / arithmetic_rate, counter(name + "/table", "states"),
        letters == 0 ? 0 : 100 * counter(name + "/table", "by_table") / letters,
        100 * counter(name + "/table", "silent"));
  };
  compare("one-hot, 60 dimensions, 48 factors", "a5/one-hot");
  compare("3 dimensions, 2 factors", "a5/three/f32");
  compare("3 dimensions, 2 factors, bf16", "a5/three/bf16");
  // By the clock on the wall, and so only on a machine with nothing else to do.
  const double threads = figure("threads/1").seconds / figure("threads/2").seconds;
  std::printf("  two threads: %.2f times one   1.8x %s\n", threads, met(threads >= 1.8));
  const auto decade = [&](const char* what, const std::string& a, const std::string& b) {
    const std::string name = std::string(what) + "/";
    std::printf("  %s %s -> %s: %.2f times the processor's time\n", what, a.c_str(), b.c_str(),
                counter(name + b, "seconds") / counter(name + a, "seconds"));
  };
  decade("words", "8192", "81920");
  decade("length", "256", "2560");
  decade("dimension", "12", "120");
  decade("factors", "1", "10");
}

}  // namespace eigenmata::bench
