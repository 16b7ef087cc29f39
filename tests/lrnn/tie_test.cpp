// SPDX-License-Identifier: Apache-2.0
//
// Parameters of tokens: found where there are some, and then they make the map; refused where there are none.
#include "eigenmata/lrnn/tie.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;
using Map = AffineMap<Rational>;
using Vector = SparseVector<Rational>;

const exact::RationalArithmetic kQ{};

ArchitectureChoice choice(const std::string& name) { return find_architecture(name, {"test"}).value(); }
Vector vec(const std::vector<Rational>& values) { return sparse(kQ, values); }
auto parameters(const std::string& name, const Map& map) { return token_parameters(kQ, choice(name), map); }
bool fits(const std::string& name, const Map& map) { return parameters(name, map).is_yes(); }

Map diagonal(const std::vector<Rational>& entries, const std::vector<Rational>& b) {
  return {Diagonal<Rational>{entries}, vec(b)};
}
Map steps(std::vector<HouseholderFactor<Rational>> factors, const std::vector<Rational>& b) {
  return {HouseholderProduct<Rational>{b.size(), std::move(factors)}, vec(b)};
}

/// What the steps, with their values, make of h: the definition, on dense vectors.
std::vector<Rational> run(const std::vector<DeltaStep<Rational>>& list, std::vector<Rational> h) {
  for (const auto& step : list) {
    const auto u = coordinates(kQ, step.u);
    Rational along = -step.t;
    Rational square = 0;
    for (std::size_t i = 0; i < h.size(); ++i) {
      along += u[i] * h[i];
      square += u[i] * u[i];
    }
    for (std::size_t i = 0; i < h.size(); ++i) h[i] -= step.beta / square * along * u[i];
  }
  return h;
}

TEST_CASE("names of architectures are read and written", "[architecture]") {
  std::set<std::string_view> names;
  for (const Architecture& a : all_architectures()) {
    CAPTURE(a.name);
    CHECK(names.insert(a.name).second);
    CHECK_FALSE(a.written.empty());
    std::string name(a.name);
    if (a.counts_steps()) name.replace(name.find(":k"), 2, ":7");
    CHECK(to_string(choice(name)) == name);
    CHECK(choice(name).architecture == &a);
  }
  CHECK(to_string(choice("deltaproduct[-1,1]:3")) == "deltaproduct:3[-1,1]");
  CHECK_FALSE(choice("deltaproduct").steps);
  CHECK_FALSE(find_architecture("deltanet[2,3]", {"test"}));
  CHECK_THROWS_AS(find_architecture("deltanet:2", {"test"}), core::Error);
  CHECK_THROWS_AS(find_architecture("deltaproduct:0", {"test"}), core::Error);
}

TEST_CASE("delta steps write what their values say, and random values are found again", "[tie]") {
  EIGENMATA_SEEDED(random, 71);
  for (int i = 0; i < 300; ++i) {
    const std::size_t n = 1 + random.below(4);
    const std::size_t r = 1 + random.below(4);
    std::vector<DeltaStep<Rational>> made;
    HouseholderProduct<Rational> product{n, {}};
    for (std::size_t j = 0; j < r; ++j) {
      Vector u(n);
      while (u.is_zero()) u = testing::random_vector(kQ, random, n);
      made.push_back(
          {Rational(exact::Integer(random.between(0, 8)), exact::Integer(4)), u, testing::random_rational(random, 5)});
      product.factors.push_back({made.back().beta, u});
    }
    const auto b = run(made, std::vector<Rational>(n, 0));
    const Map map{product, vec(b)};
    CAPTURE(i, n, r);
    const auto found = parameters("deltaproduct:" + std::to_string(r) + "[-1,1]", map);
    REQUIRE(found.is_yes());
    REQUIRE(found.proof().steps.size() == r);
    CHECK(run(found.proof().steps, std::vector<Rational>(n, 0)) == b);
    // On another state the steps make A h + B.
    const auto h = coordinates(kQ, testing::random_vector(kQ, random, n));
    const auto dense = to_dense(kQ, map.a);
    auto expected = b;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = 0; q < n; ++q) expected[p] += dense(p, q) * h[q];
    }
    CHECK(run(found.proof().steps, h) == expected);
  }
}

TEST_CASE("if no factor is wasted, the tie is the range of I - A", "[tie]") {
  EIGENMATA_SEEDED(random, 72);
  std::size_t tied = 0;
  std::size_t wide = 0;
  for (int i = 0; i < 300; ++i) {
    const std::size_t n = 2 + random.below(3);
    HouseholderProduct<Rational> product{n, {}};
    for (std::size_t j = 1 + random.below(n); j > 0; --j) {
      Vector v(n);
      while (v.is_zero()) v = testing::random_vector(kQ, random, n);
      product.factors.push_back({Rational(exact::Integer(random.between(1, 4)), exact::Integer(2)), v});
    }
    const auto image = exact::subtract(kQ, exact::identity(kQ, n), to_dense(kQ, Transition<Rational>(product)));
    if (exact::rank(kQ, image) != product.factors.size()) continue;
    auto b = coordinates(kQ, testing::random_vector(kQ, random, n));
    if (random.one_in(2)) {  // one in the range
      std::vector<Rational> inside(n, 0);
      for (std::size_t p = 0; p < n; ++p) {
        for (std::size_t q = 0; q < n; ++q) inside[p] += image(p, q) * b[q];
      }
      b = inside;
    }
    exact::Matrix<Rational> joined(n, n + 1, Rational(0));
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = 0; q < n; ++q) joined(p, q) = image(p, q);
      joined(p, n) = b[p];
    }
    const bool in_range = exact::rank(kQ, joined) == product.factors.size();
    CAPTURE(i, n);
    CHECK(fits("deltaproduct:4[-1,1]", {product, vec(b)}) == in_range);
    (in_range ? tied : wide) += 1;
  }
  CHECK(tied > 50);
  CHECK(wide > 10);
}

TEST_CASE("the slot reset is a product of steps", "[tie]") {
  // (u, v) <- (1, u) for two coordinates each: v is killed and written, then swapped with u.
  const auto e = [](std::size_t i) { return unit_vector(kQ, 4, i); };
  const auto swap = [&](std::uint32_t i, std::uint32_t j) { return Vector(4, {{i, 1}, {j, -1}}); };
  const Map reset = steps({{1, e(2)}, {1, e(3)}, {2, swap(0, 2)}, {2, swap(1, 3)}}, {1, 1, 0, 0});
  const auto found = parameters("deltaproduct:4[-1,1]", reset);
  REQUIRE(found.is_yes());
  CHECK(found.proof().steps[0].t == 1);
  CHECK(found.proof().steps[1].t == 1);
  CHECK(found.proof().steps[2].t == 0);
  CHECK(found.proof().steps[3].t == 0);
  CHECK_FALSE(fits("deltaproduct:3[-1,1]", reset));
  CHECK_FALSE(fits("deltaproduct:4[0,1]", reset));
  CHECK_FALSE(fits("deltanet[-1,1]", reset));
}

TEST_CASE("one step: its ends, its direction, its number", "[tie]") {
  const Vector u(2, {{0, 1}, {1, -1}});
  CHECK(fits("deltanet[-1,1]", steps({{2, u}}, {3, -3})));
  CHECK_FALSE(fits("deltanet[-1,1]", steps({{2, u}}, {3, 3})));
  CHECK_FALSE(fits("deltanet[0,1]", steps({{2, u}}, {3, -3})));
  CHECK(fits("deltanet[0,1]", steps({}, {0, 0})));
  CHECK_FALSE(fits("deltanet[0,1]", steps({}, {1, 0})));
  CHECK_FALSE(fits("deltanet", steps({}, {0, 0})));
  CHECK_FALSE(fits("deltanet", steps({{1, u}}, {0, 0})));
  CHECK(fits("deltanet", steps({{Rational(1, 2), u}}, {-1, 1})));
  CHECK_FALSE(fits("deltaproduct:2", steps({{Rational(1, 2), u}}, {-1, 1})));
  CHECK_FALSE(fits("deltanet[-1,1]", steps({{0, u}}, {1, -1})));
  CHECK_FALSE(fits("deltanet[-1,1]", diagonal({0, 1}, {1, 0})));
}

TEST_CASE("diagonal architectures", "[tie]") {
  const Rational half(1, 2);
  CHECK(fits("mamba[0,1]", diagonal({0, 1, half}, {1, 0, 1})));
  CHECK_FALSE(fits("mamba[0,1]", diagonal({0, 1, half}, {1, 1, 1})));
  CHECK_FALSE(fits("mamba", diagonal({0, half}, {0, 0})));
  CHECK_FALSE(fits("mamba", diagonal({1, half}, {0, 0})));
  CHECK(fits("mamba", diagonal({Rational(1, 9), half}, {3, -3})));
  CHECK(fits("mamba[-1,1]", diagonal({-1, 1}, {2, 0})));
  CHECK_FALSE(fits("mamba[0,1]", diagonal({-1, 1}, {2, 0})));
  CHECK(fits("gla", diagonal({half}, {2})));
  CHECK(fits("linear-attention", diagonal({1, 1}, {2, 1})));
  CHECK_FALSE(fits("linear-attention", diagonal({half, 1}, {2, 1})));
  CHECK(fits("longhorn", diagonal({1, half, 1}, {0, 2, 0})));
  CHECK_FALSE(fits("longhorn", diagonal({half, half, 1}, {0, 2, 0})));
  CHECK_FALSE(fits("longhorn", diagonal({1, half, 1}, {1, 2, 0})));
  CHECK_FALSE(fits("longhorn", diagonal({1, 0, 1}, {0, 2, 0})));
  CHECK(fits("aussm", diagonal({1, -1}, {1, 1})));
  CHECK_FALSE(fits("aussm", diagonal({1, half}, {1, 1})));
  CHECK_FALSE(fits("mamba3", diagonal({half}, {1})));
  CHECK_FALSE(fits("gla", steps({}, {0, 0})));
}

TEST_CASE("gates before a step", "[tie]") {
  const Rational half(1, 2);
  const Rational third(1, 3);
  CHECK(fits("gated-deltanet[0,1]", diagonal({half, third, half}, {0, 1, 0})));
  CHECK_FALSE(fits("gated-deltanet[0,1]", diagonal({half, third, half}, {1, 1, 0})));
  CHECK_FALSE(fits("gated-deltanet[0,1]", diagonal({third, half, third}, {0, 0, 0})));  // 1 - beta above 1
  CHECK(fits("gated-deltanet[0,1]", diagonal({half, third}, {0, 1})));
  CHECK(fits("gated-deltanet[0,1]", diagonal({third, half}, {1, 0})));
  CHECK_FALSE(fits("gated-deltanet[0,1]", diagonal({third, half}, {0, 1})));
  CHECK_FALSE(fits("gated-deltanet[0,1]", diagonal({half, half}, {0, 1})));
  CHECK(fits("gated-deltanet[0,1]", diagonal({0, 0, 0}, {1, 2, 3})));
  CHECK_FALSE(fits("gated-deltanet[0,1]", diagonal({-1, 0}, {0, 1})));
  CHECK(fits("gated-deltanet[-1,1]", diagonal({half, Rational(-1, 2)}, {0, 1})));
  CHECK_FALSE(fits("gated-deltanet[-1,1]", diagonal({half, -1}, {0, 1})));
  CHECK_FALSE(fits("gated-deltanet", diagonal({0, 0, 0}, {1, 2, 3})));
  CHECK_FALSE(fits("gated-deltanet", steps({}, {0, 0})));
  CHECK_FALSE(fits("gated-deltanet", diagonal({half, half}, {0, 0})));
  const auto open = parameters("gated-deltanet", diagonal({third}, {5}));
  REQUIRE(open.is_yes());
  const auto& token = open.proof();
  REQUIRE(token.steps.size() == 1);
  CHECK(*token.gate * (1 - token.steps[0].beta) == third);
  CHECK((*token.gate < 1 && token.steps[0].beta > 0 && token.steps[0].beta < 1));
  CHECK(run(token.steps, {Rational(7) * *token.gate}) == std::vector<Rational>{Rational(7) * third + 5});
}

TEST_CASE("RWKV-7: one factor with a rate for each coordinate", "[tie]") {
  const Vector u(3, {{0, 1}, {2, -1}});
  const Vector e0 = unit_vector(kQ, 3, 0);
  const auto rank_one = [](const Vector& a, const Vector& b, const std::vector<Rational>& offset) {
    return Map{RankOneProduct<Rational>{3, {{a, b}}}, vec(offset)};
  };
  CHECK(fits("rwkv7[-1,1]", rank_one(u, u, {0, 0, 0})));   // swap
  CHECK(fits("rwkv7[-1,1]", rank_one(u, e0, {0, 0, 0})));  // copy
  CHECK(fits("rwkv7[-1,1]", rank_one(u, e0, {2, 0, -2})));
  CHECK_FALSE(fits("rwkv7[-1,1]", rank_one(u, e0, {2, 0, 0})));
  CHECK_FALSE(fits("rwkv7[-1,1]", rank_one(u, unit_vector(kQ, 3, 1), {0, 0, 0})));
  CHECK_FALSE(fits("rwkv7[-1,1]", rank_one(e0, u, {0, 0, 0})));
  CHECK(fits("rwkv7[-1,1]", steps({{2, u}}, {0, 0, 0})));
  CHECK(fits("rwkv7[-1,1]", steps({}, {1, 2, 3})));
  CHECK_FALSE(fits("rwkv7[-1,1]", steps({{2, u}, {1, u}}, {0, 0, 0})));
  CHECK_FALSE(fits("rwkv7[-1,1]", steps({{0, u}, {1, u}}, {0, 0, 0})));
  CHECK(fits("rwkv7[-1,1]", steps({{0, u}}, {1, 2, 3})));
  // The matrix itself: diag(w) - 2 k (a k)^T.
  const auto copy = parameters("rwkv7[-1,1]", rank_one(u, e0, {0, 0, 0})).proof();
  const auto dense = to_dense(kQ, rank_one(u, e0, {0, 0, 0}).a);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      const auto key = coordinates(kQ, copy.steps[0].u);
      const Rational expected = (i == j ? copy.gates[i] : Rational(0)) - 2 * key[i] * copy.rates[j] * key[j] / 2;
      CHECK(dense(i, j) == expected);
    }
  }
  const auto open = parameters("rwkv7", diagonal({Rational(1, 9)}, {4})).proof();
  CHECK(open.gates[0] - open.rates[0] == Rational(1, 9));
  CHECK((open.gates[0] > Rational(5453, 10000) && open.gates[0] < 1 && open.rates[0] > 0 && open.rates[0] < 1));
  CHECK_FALSE(fits("rwkv7", diagonal({1}, {0})));
}

TEST_CASE("columns with one entry", "[tie]") {
  const auto dense = [](std::vector<Rational> entries) {
    return Map{Dense<Rational>{exact::Matrix<Rational>(2, 2, std::move(entries))}, vec({1, 1})};
  };
  CHECK(fits("pd-ssm[closed]", dense({0, 1, 1, 0})));
  CHECK(fits("sd-ssm", dense({1, 1, 0, 0})));
  CHECK(fits("pd-ssm[closed]", dense({1, 0, 0, 0})));
  CHECK_FALSE(fits("sd-ssm", dense({1, 0, 0, 0})));
  CHECK_FALSE(fits("pd-ssm", dense({1, 1, 0, 0})));
  CHECK(fits("pd-ssm", dense({Rational(1, 2), Rational(-1, 3), 0, 0})));
  CHECK_FALSE(fits("pd-ssm[closed]", dense({1, 2, 0, 0})));
  CHECK_FALSE(fits("pd-ssm[closed]", dense({Rational(1, 2), 0, Rational(1, 2), 1})));
  CHECK(fits("slice", dense({5, 6, 7, 8})));
}

TEST_CASE("a network of an architecture starts from 0, by a token of its own", "[tie]") {
  const Map hold = diagonal({1}, {0});
  Layer<Rational> layer{1, vec({1}), {hold, hold}, Alphabet({"no", "yes"}), {}};
  layer.decoder = AffineDecoder<Rational>{{{vec({1}), 0, {Rational(1, 2)}, {core::symbol(0), core::symbol(1)}}}};
  RationalNetwork network{Alphabet({"a", "b"}), true, {layer}, {false, true}, std::nullopt};
  const auto of = [&](const char* name) { return is_member(kQ, network, choice(name)); };
  CHECK(of("mamba[0,1]").is_no());
  network.layers[0].bos = diagonal({Rational(1, 2)}, {1});
  CHECK(of("mamba[0,1]").is_yes());
  CHECK(of("linear-attention").is_no());  // the first token has another matrix
  network.layers[0].bos = diagonal({1}, {1});
  CHECK(of("mamba[0,1]").is_no());  // a step of size 0 writes nothing
  CHECK(of("linear-attention").is_yes());
  network.layers[0].start = vec({2});
  CHECK(of("linear-attention").is_no());
  network.layers[0].bos.reset();
  network.layers[0].start = vec({0});
  CHECK(of("mamba[0,1]").is_yes());
}

}  // namespace
}  // namespace eigenmata::lrnn
