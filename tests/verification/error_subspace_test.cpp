// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/error_subspace.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "eigenmata/lrnn/recurrence.hpp"
#include "support/float_networks.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::verification {
namespace {

using core::symbol;
using exact::Matrix;
using exact::Rational;
using testing::one_layer;
using testing::reflection_map;
using testing::scalar_map;

const exact::RationalArithmetic kRationals{};

TEST_CASE("a swap keeps errors along the difference of its two states", "[error_subspace]") {
  // States (1, 0) and (0, 1); an error along (1, 1) moves both and is none between them.
  const auto network =
      one_layer({1, 0}, {reflection_map(2, {1, -1}), reflection_map(0, {1, 1})}, {1, 0}, Rational(1, 2), true, true);
  const auto found = error_subspace(network.layers[0], {});
  CHECK(found.dimension == 2);
  REQUIRE(found.basis.size() == 1);
  CHECK(found.basis[0] == std::vector<Rational>{1, -1});
  CHECK(found.is_kept_by_all(2));
}

TEST_CASE("a letter that writes forgets errors, one that holds does not", "[error_subspace]") {
  const auto network =
      one_layer({0}, {scalar_map(1), scalar_map(0, 1), scalar_map(0)}, {1}, Rational(1, 2), true, false);
  const auto found = error_subspace(network.layers[0], {});
  CHECK(found.basis == std::vector<std::vector<Rational>>{{1}});
  CHECK(found.keeping == std::vector<core::Symbol>{symbol(0)});
}

TEST_CASE("a layer that stays where it starts has no such errors", "[error_subspace]") {
  const auto network = one_layer({1, 2}, {reflection_map(0, {1, 1})}, {1, 0}, 0, true, true);
  const auto found = error_subspace(network.layers[0], {});
  CHECK(found.basis.empty());
  CHECK(found.is_kept_by_all(1));
}

TEST_CASE("the error subspace is the span of differences of states, listed", "[error_subspace]") {
  const std::uint64_t seed = testing::seed_or(77);
  core::Random random(seed);
  for (int round = 0; round < 60; ++round) {
    CAPTURE(seed, round);
    // Coordinates that move about, change sign or are lost: finitely many states.
    const std::size_t n = 1 + random.below(4);
    std::vector<lrnn::AffineMap<Rational>> maps;
    for (int x = 0; x < 2; ++x) {
      std::vector<Rational> entries(n * n);
      for (std::size_t i = 0; i < n; ++i) entries[i * n + random.below(n)] = Rational(random.between(-1, 1));
      maps.push_back(
          {lrnn::Dense<Rational>{Matrix<Rational>(n, n, entries)}, testing::rational_vector(std::vector<Rational>(n))});
    }
    std::vector<Rational> start;
    for (std::size_t i = 0; i < n; ++i) start.emplace_back(random.between(-2, 2));
    const auto network = one_layer(start, maps, std::vector<Rational>(n, 1), 0, true, true);
    const auto found = error_subspace(network.layers[0], {});

    // Every state that the recurrence reaches.
    const lrnn::Runner<exact::RationalArithmetic> runner(kRationals, network);
    auto work = runner.make_workspace();
    std::set<std::vector<Rational>> known{start};
    std::vector<lrnn::JointState<Rational>> states{runner.start()};
    std::vector<Rational> differences;
    std::vector<std::set<std::vector<Rational>>> images(2);
    for (std::size_t q = 0; q < states.size(); ++q) {
      for (std::size_t x = 0; x < 2; ++x) {
        auto next = states[q];
        (void)runner.step(next, symbol(x), work);
        const auto to = lrnn::coordinates(kRationals, next[0]);
        images[x].insert(to);
        if (known.insert(to).second) states.push_back(std::move(next));
      }
    }
    for (const auto& state : known) {
      for (std::size_t i = 0; i < n; ++i) differences.push_back(state[i] - start[i]);
    }
    REQUIRE(exact::rank(kRationals, Matrix<Rational>(known.size(), n, differences)) == found.basis.size());
    // The same span: the basis adds no dimension to it.
    for (const auto& row : found.basis) differences.insert(differences.end(), row.begin(), row.end());
    REQUIRE(exact::rank(kRationals, Matrix<Rational>(known.size() + found.basis.size(), n, differences)) ==
            found.basis.size());
    // What keeps errors permutes the states.
    for (const core::Symbol x : found.keeping) CHECK(images[core::index(x)].size() == known.size());
  }
}

}  // namespace
}  // namespace eigenmata::verification
