// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/network.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

TEST_CASE("a layer reads the outputs of the one below, the first one letters", "[network]") {
  EIGENMATA_SEEDED(random, 61);
  const auto network = testing::random_network(kRationals, random, {3, 2, 2, false});
  CHECK(network.inputs(0) == network.alphabet);
  CHECK(network.inputs(1) == network.layers[0].outputs);
  CHECK(network.answers() == network.layers[1].outputs);
  const RationalNetwork without_layers{testing::small_alphabet(2), true, {}, {true, false}, std::nullopt};
  CHECK(without_layers.answers() == without_layers.alphabet);
}

TEST_CASE("factors per token are those of the letter with most", "[network]") {
  const auto e = unit_vector(kRationals, 1, 0);
  const AffineMap<Rational> none{Dense<Rational>{exact::Matrix<Rational>(1, 1, Rational(1))}, e};
  const AffineMap<Rational> two{HouseholderProduct<Rational>{1, {{1, e}, {1, e}}}, e};
  const AffineMap<Rational> one{RankOneProduct<Rational>{1, {{e, e}}}, e};
  Layer<Rational> layer{1, e, {none, two, one}, core::Alphabet({"y"}), TableDecoder<Rational>{}};
  CHECK(factors_per_token(layer) == 2);
  layer.maps = {none};
  CHECK(factors_per_token(layer) == 0);
}

TEST_CASE("a network mapped into a larger field and back is the same network", "[network]") {
  EIGENMATA_SEEDED(random, 62);
  const exact::NumberField field = testing::field_of_sqrt5();
  for (int round = 0; round < 100; ++round) {
    auto network = testing::random_network(kRationals, random, {1 + random.below(3), random.below(3), 3, true});
    if (random.one_in(2)) network.claim = parse_transition_class("dense", {"class"});
    const auto up = mapped(network, [&](const Rational& x) { return field.from_rational(x); });
    const auto down = mapped(up, [](const exact::FieldElement& x) { return x.coefficients()[0]; });
    CAPTURE(round);
    REQUIRE(same_network(network, down));
    REQUIRE(down.answers() == network.answers());
    REQUIRE_NOTHROW(validate(field, up));
  }
}

}  // namespace
}  // namespace eigenmata::lrnn
