// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/matrix_recurrence.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/simulation/lane_stepper.hpp"
#include "support/networks.hpp"

namespace eigenmata::simulation {
namespace {

using exact::Rational;
using Form = MatrixPlan::Form;

template <class T>
struct Example {
  std::size_t n, d;
  std::vector<T> betas, keys, values, state;
  [[nodiscard]] MatrixRows<T> rows() const { return {n, d, betas, keys, values}; }
};

/// Numbers a/16 with |a| ≤ 32, keys divided by √n to the next power of two.
template <class T>
Example<T> example(core::Random& random, std::size_t n, std::size_t d, std::size_t rows) {
  const auto numbers = [&](std::size_t count, T unit) {
    std::vector<T> result(count);
    for (T& a : result) a = static_cast<T>(random.between(-32, 32)) / 16 * unit;
    return result;
  };
  const T unit = std::exp2(-std::ceil(std::log2(static_cast<T>(n)) / 2));
  return {n, d, numbers(rows, 1), numbers(rows * n, unit), numbers(rows * d, 1), numbers(n * d, 1)};
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i])))) {
      UNSCOPED_INFO("number " << i << ": " << a[i] << " and " << b[i]);
      return false;
    }
  }
  return true;
}

template <class T>
void compare(core::Random& random, const MatrixPlan& plan, bool infinite) {
  const std::size_t n = 1 + random.below(random.one_in(3) ? 70 : 20);
  const std::size_t d = 1 + random.below(random.one_in(3) ? 70 : 20);
  auto e = example<T>(random, n, d, random.below(40));
  if (infinite && !e.keys.empty()) {
    e.keys[random.below(e.keys.size())] = std::numeric_limits<T>::infinity();
    e.state[random.below(e.state.size())] = -std::numeric_limits<T>::infinity();
  }
  const std::size_t every = random.below(6);
  const std::size_t count = every == 0 ? 0 : e.betas.size() / every;
  const auto queries = example<T>(random, n, d, count).keys;
  auto expected = e.state;
  std::vector<T> expected_outputs(count * d);
  run_matrix_by_reference<T>(plan, e.rows(), expected, {every, queries, expected_outputs});
  const auto targets = lane_targets();
  for (std::size_t target = 0; target < targets.size(); ++target) {
    use_lane_target(target);
    auto found = e.state;
    std::vector<T> outputs(count * d);
    run_matrix<T>(plan, e.rows(), found, {}, {every, queries, outputs});
    CAPTURE(targets[target], plan.description(), n, d, e.betas.size(), every);
    CHECK(same(found, expected));
    CHECK(same(outputs, expected_outputs));
  }
  use_lane_target(std::nullopt);
}

TEST_CASE("matrix states: lanes and reference agree bit for bit", "[matrix_recurrence]") {
  const std::uint64_t seed = testing::seed_or(83);
  core::Random random(seed);
  for (int i = 0; i < 160; ++i) {
    CAPTURE(seed, i);
    MatrixPlan plan;
    plan.form = random.one_in(2) ? Form::kBlocks : Form::kChunks;
    plan.length = plan.form == Form::kBlocks ? 1 + random.below(4) : 1 + random.below(20);
    const bool infinite = random.one_in(8);
    random.one_in(3) ? compare<double>(random, plan, infinite) : compare<float>(random, plan, infinite);
  }
}

/// H ← (I − β k kᵀ) H + β k xᵀ, exactly.
std::vector<Rational> exactly(const Example<double>& e) {
  std::vector<Rational> h(e.state.begin(), e.state.end());
  for (std::size_t row = 0; row < e.betas.size(); ++row) {
    for (std::size_t c = 0; c < e.d; ++c) {
      Rational s = 0;
      for (std::size_t i = 0; i < e.n; ++i) s += Rational(e.keys[row * e.n + i]) * h[i * e.d + c];
      const Rational factor = Rational(e.betas[row]) * (Rational(e.values[row * e.d + c]) - s);
      for (std::size_t i = 0; i < e.n; ++i) h[i * e.d + c] += Rational(e.keys[row * e.n + i]) * factor;
    }
  }
  return h;
}

TEST_CASE("matrix states: every plan is the recurrence, up to rounding", "[matrix_recurrence]") {
  const std::uint64_t seed = testing::seed_or(84);
  core::Random random(seed);
  for (int i = 0; i < 20; ++i) {
    auto e = example<double>(random, 1 + random.below(5), 1 + random.below(4), random.below(9));
    const auto expected = exactly(e);
    // What rounding may change: 2^−53 for each of the operations, on numbers that grow like the exact ones do.
    double most = 1;
    for (const double k : e.keys) most = std::max(most, std::abs(k));
    double bound = 1;
    for (std::size_t row = 0; row < e.betas.size(); ++row)
      bound *= 1 + std::abs(e.betas[row]) * static_cast<double>(e.n) * most * most;
    for (const MatrixPlan& plan : {MatrixPlan{Form::kBlocks, 1},
                                   {Form::kBlocks, 2},
                                   {Form::kBlocks, 4},
                                   {Form::kChunks, 3},
                                   {Form::kChunks, 64}}) {
      CAPTURE(seed, i, plan.description());
      auto found = e.state;
      run_matrix<double>(plan, e.rows(), found, {});
      for (std::size_t j = 0; j < found.size(); ++j)
        CHECK(std::abs(static_cast<double>(Rational(found[j]) - expected[j])) <= 1e-13 * bound);
    }
  }
}

TEST_CASE("matrix states: what is read behind a row is the state behind it, up to rounding", "[matrix_recurrence]") {
  const std::uint64_t seed = testing::seed_or(85);
  core::Random random(seed);
  for (int i = 0; i < 20; ++i) {
    const std::size_t every = 1 + random.below(3), count = 1 + random.below(4);
    const auto e =
        example<double>(random, 1 + random.below(5), 1 + random.below(4), every * count + random.below(every));
    // Which state that is follows from running the rows before the read by themselves.
    for (const MatrixPlan& plan : {MatrixPlan{Form::kBlocks, 1}, {Form::kBlocks, 3}, {Form::kChunks, 4}}) {
      CAPTURE(seed, i, every, count, plan.description());
      std::vector<double> outputs(count * e.d), queries(count * e.n);
      for (double& q : queries) q = static_cast<double>(random.between(-8, 8)) / 8;
      auto state = e.state;
      run_matrix<double>(plan, e.rows(), state, {}, {every, queries, outputs});
      auto without = e.state;
      if (plan.length == 1) {
        run_matrix<double>(plan, e.rows(), without, {});
        CHECK(without == state);
      }
      for (std::size_t read = 0; read < count; ++read) {
        auto before = e;
        before.betas.resize((read + 1) * every);
        before.keys.resize(before.betas.size() * e.n);
        before.values.resize(before.betas.size() * e.d);
        const auto h = exactly(before);
        for (std::size_t c = 0; c < e.d; ++c) {
          Rational expected = 0;
          double size = 1;
          for (std::size_t j = 0; j < e.n; ++j) {
            expected += Rational(queries[read * e.n + j]) * h[j * e.d + c];
            size = std::max(size, std::abs(static_cast<double>(h[j * e.d + c])));
          }
          double bound = size;
          for (const double beta : before.betas) bound *= 1 + std::abs(beta) * static_cast<double>(e.n) * 4;
          CHECK(std::abs(static_cast<double>(Rational(outputs[read * e.d + c]) - expected)) <= 1e-13 * bound);
        }
      }
    }
  }
}

TEST_CASE("matrix states: one row by hand", "[matrix_recurrence]") {
  // β = 2 on e_1 − e_2, scaled: a swap of two keys' values.
  const float r = 0.5f;
  const std::vector<float> keys = {r, -r}, betas = {4}, values = {0, 0, 0};
  std::vector<float> state = {1, 2, 3, 4, 5, 6};
  run_matrix<float>({}, {2, 3, betas, keys, values}, state, {});
  CHECK(state == std::vector<float>{4, 5, 6, 1, 2, 3});
}

TEST_CASE("matrix states: shapes and plans are looked at", "[matrix_recurrence]") {
  std::vector<float> state(6);
  const std::vector<float> numbers(6);
  const std::span<const float> all(numbers);
  const MatrixRows<float> good{2, 3, all.first(2), all.first(4), all.first(6)};
  run_matrix<float>({}, good, state, {});
  CHECK_THROWS_AS(run_matrix<float>({Form::kBlocks, 5}, good, state, {}), core::Error);
  CHECK_THROWS_AS(run_matrix<float>({Form::kChunks, 0}, good, state, {}), core::Error);
  auto bad = good;
  bad.keys = all.first(3);
  CHECK_THROWS_AS(run_matrix<float>({}, bad, state, {}), core::Error);
  bad = good;
  bad.values = all.first(5);
  CHECK_THROWS_AS(run_matrix_by_reference<float>({}, bad, state), core::Error);
  CHECK_THROWS_AS(run_matrix<float>({}, good, std::span(state).first(5), {}), core::Error);
  CHECK_THROWS_AS(run_matrix<float>({}, {0, 3, {}, {}, {}}, {}, {}), core::Error);
  std::vector<float> outputs(3);
  CHECK_THROWS_AS(run_matrix<float>({}, good, state, {}, {2, all.first(3), outputs}), core::Error);
  CHECK_THROWS_AS(run_matrix<float>({}, good, state, {}, {1, all.first(4), outputs}), core::Error);
  run_matrix<float>({}, good, state, {}, {2, all.first(2), outputs});
}

TEST_CASE("matrix states: costs are measured, the cheapest first", "[matrix_recurrence]") {
  const auto costs = measured_matrix_costs<float>(8, 8, {});
  REQUIRE(costs.size() == 7);
  for (std::size_t i = 0; i < costs.size(); ++i) {
    CHECK(costs[i].seconds > 0);
    if (i > 0) CHECK(costs[i - 1].seconds <= costs[i].seconds);
  }
}

}  // namespace
}  // namespace eigenmata::simulation
