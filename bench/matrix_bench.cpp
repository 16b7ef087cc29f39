// SPDX-License-Identifier: Apache-2.0
//
// Matrix states: every plan of the recurrence beside what the machine could do and beside Eigen, dense keys and values
// of their own in each row.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "eigenmata/core/random.hpp"
#include "eigenmata/simulation/matrix_recurrence.hpp"
#include "figures.hpp"
#include "hardware.hpp"

namespace eigenmata::bench {
namespace {

using simulation::MatrixPlan;
using Form = MatrixPlan::Form;

constexpr std::size_t kSizes[] = {16, 64, 128};
constexpr std::size_t kOperations = std::size_t{1} << 31;  // of one run

const std::vector<MatrixPlan>& plans() {
  static const std::vector<MatrixPlan> all = {{Form::kBlocks, 1}, {Form::kBlocks, 2},  {Form::kBlocks, 3},
                                              {Form::kBlocks, 4}, {Form::kChunks, 16}, {Form::kChunks, 32},
                                              {Form::kChunks, 64}};
  return all;
}

struct Rows {
  std::size_t n, d;
  std::vector<float> keys, betas, values, state;

  Rows(std::size_t height, std::size_t width, std::size_t rows)
      : n(height), d(width), keys(rows * n), betas(rows, 0.5f), values(rows * d), state(n * d, 0.5f) {
    core::Random random(5);
    for (float& a : keys) a = static_cast<float>(random.between(-8, 8)) / static_cast<float>(8 * n);
    for (float& a : values) a = static_cast<float>(random.between(-8, 8)) / 8;
  }
};

std::size_t rows_for(std::size_t n, std::size_t d, std::size_t operations) { return operations / (4 * n * d); }

/// Once through some rows, again and again: as they come out of a near cache when a layer before has made them.
template <class Run>
void measure(::benchmark::State& state, std::size_t n, std::size_t d, std::size_t rows, const Run& run) {
  const std::size_t some = std::min<std::size_t>(rows, 768);
  const std::size_t times = std::max<std::size_t>(rows / some, 1);
  Rows data(n, d, some);
  count_least_seconds(state, [&] {
    for (std::size_t i = 0; i < times; ++i) run(data);
  });
  ::benchmark::DoNotOptimize(data.state.data());
  state.counters["rows"] = static_cast<double>(some * times);
}

void by_plan(::benchmark::State& state, std::size_t n, std::size_t d, std::size_t rows, const MatrixPlan& plan) {
  measure(state, n, d, rows, [&](Rows& data) {
    simulation::run_matrix<float>(plan, {n, d, data.betas, data.keys, data.values}, data.state, {});
  });
}

/// Tokens of four rows, each of them read.
void with_reads(::benchmark::State& state, std::size_t n) {
  constexpr std::size_t kEvery = 4;
  std::vector<float> outputs;
  measure(state, n, n, rows_for(n, n, kOperations / 2), [&](Rows& data) {
    const std::size_t reads = data.betas.size() / kEvery;
    outputs.resize(reads * n);
    simulation::run_matrix<float>({Form::kBlocks, kEvery}, {n, n, data.betas, data.keys, data.values}, data.state, {},
                                  {kEvery, std::span<const float>(data.values).first(reads * n), outputs});
  });
}

void by_eigen(::benchmark::State& state, std::size_t n, bool columns) {
  measure(state, n, n, rows_for(n, n, kOperations / 4), [&](Rows& data) {
    delta_rule_by_eigen(data.keys.data(), data.betas.data(), data.values.data(), n, n, data.betas.size(),
                        data.state.data(), columns);
  });
}

std::string name_of(std::size_t n, const std::string& what) { return "matrix/n=" + std::to_string(n) + "/" + what; }

}  // namespace

void register_matrices() {
  register_peak("matrix/peak");
  for (const std::size_t n : kSizes) {
    for (const MatrixPlan& plan : plans())
      register_run(name_of(n, plan.description()), [=](::benchmark::State& s) {
        by_plan(s, n, n, rows_for(n, n, plan.form == Form::kChunks ? kOperations / 4 : kOperations), plan);
      });
    register_run(name_of(n, "reads"), [=](::benchmark::State& s) { with_reads(s, n); });
    register_run(name_of(n, "eigen/rows"), [=](::benchmark::State& s) { by_eigen(s, n, false); });
    register_run(name_of(n, "eigen/columns"), [=](::benchmark::State& s) { by_eigen(s, n, true); });
  }
  for (const std::size_t rows : {30'720, 307'200})
    register_run("matrix/rows/" + std::to_string(rows), [=](::benchmark::State& s) {
      by_plan(s, 16, 16, rows, {Form::kBlocks, 3});
    });
  for (const std::size_t n : {32, 320})
    register_run("matrix/keys/" + std::to_string(n), [=](::benchmark::State& s) {
      by_plan(s, n, 32, 30'720, {Form::kBlocks, 3});
    });
  for (const std::size_t d : {32, 320})
    register_run("matrix/values/" + std::to_string(d), [=](::benchmark::State& s) {
      by_plan(s, 32, d, 30'720, {Form::kBlocks, 3});
    });
}

void print_matrices(const Figures& figures) {
  const auto peak_row = figures.find("matrix/peak");
  if (peak_row == figures.end()) return;
  const double peak = peak_row->second.counters.at("operations") / peak_row->second.counters.at("seconds");
  const auto rate = [&](const std::string& name) {
    const Figure& figure = figures.at(name);
    return figure.counters.at("rows") / figure.counters.at("seconds");
  };
  const auto met = [](bool is_met) { return is_met ? "reached" : "goal missed"; };
  std::printf(
      "\nMatrix states of n x n, f32, one core; peak of f32 FMA %.0f GFLOP/s; million rows a second, share of it\n",
      peak / 1e9);
  for (const std::size_t n : kSizes) {
    const double operations = 4.0 * static_cast<double>(n * n);
    const double eigen = std::max(rate(name_of(n, "eigen/rows")), rate(name_of(n, "eigen/columns")));
    double best = 0;
    std::printf("  n = %zu: Eigen, the better of two layouts, %.2f\n", n, eigen / 1e6);
    for (const MatrixPlan& plan : plans()) {
      const double found = rate(name_of(n, plan.description()));
      best = std::max(best, found);
      std::printf("    %-20s %8.2f %6.1f %% %8.1f times Eigen\n", plan.description().c_str(), found / 1e6,
                  100 * found * operations / peak, found / eigen);
    }
    const double with = rate(name_of(n, "reads"));
    std::printf("    blocks of 4 rows, a read behind each: %.2f, %.1f %% of the peak\n", with / 1e6,
                100 * with * operations * 9 / 8 / peak);  // a read is 2 n d operations
    const double share = n == 16 ? 0.40 : 0.75;
    std::printf("    the best: %.0f %% of the peak %s", 100 * share, met(best * operations >= share * peak));
    if (n >= 64) std::printf("; 3.5 times Eigen %s", met(best >= 3.5 * eigen));
    const auto costs = simulation::measured_matrix_costs<float>(n, n, {});
    std::printf("; the cost model takes %s\n", costs.front().plan.description().c_str());
  }
  const auto decade = [&](const char* what, const std::string& a, const std::string& b) {
    const auto seconds = [&](const std::string& x) {
      return figures.at(std::string("matrix/") + what + "/" + x).counters.at("seconds");
    };
    std::printf("  %s %s -> %s: %.2f times the processor's time\n", what, a.c_str(), b.c_str(),
                seconds(b) / seconds(a));
  };
  decade("rows", "30720", "307200");
  decade("keys", "32", "320");
  decade("values", "32", "320");
}

}  // namespace eigenmata::bench
