// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/validation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/theorems.hpp"
#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

SparseVector<Rational> vector(const std::vector<Rational>& values) { return sparse(kRationals, values); }
SparseVector<Rational> zero(std::size_t n) { return SparseVector<Rational>(n); }

/// Two layers, one map of each form, an affine decoder below and a table above.
RationalNetwork sample() {
  Layer<Rational> first{2, vector({1, 0}), {}, core::Alphabet({"low", "high"}), {}};
  first.maps.push_back({HouseholderProduct<Rational>{2, {{2, vector({1, -1})}}}, zero(2)});
  first.maps.push_back({RankOneProduct<Rational>{2, {{vector({1, -1}), vector({1, 0})}}}, vector({0, 1})});
  first.decoder = AffineDecoder<Rational>{{{vector({1, 2}), Rational(1, 2), {1}, {core::symbol(0), core::symbol(1)}}}};
  Layer<Rational> second{1, zero(1), {}, core::Alphabet({"no", "maybe", "yes"}), {}};
  second.maps.push_back({Diagonal<Rational>{{Rational(1, 2)}}, vector({1})});
  second.maps.push_back({Dense<Rational>{exact::Matrix<Rational>(1, 1, Rational(-1))}, zero(1)});
  second.decoder =
      TableDecoder<Rational>{{{vector({1}), {core::symbol(2)}}, {zero(1), {core::symbol(0), core::symbol(1)}}}};
  return {testing::small_alphabet(2), true, {first, second}, {false, false, true}, std::nullopt};
}

AffineDecoder<Rational>& affine(RationalNetwork& n) { return std::get<AffineDecoder<Rational>>(n.layers[0].decoder); }
TableDecoder<Rational>& table(RationalNetwork& n) { return std::get<TableDecoder<Rational>>(n.layers[1].decoder); }
Transition<Rational>& first_matrix(RationalNetwork& n) { return n.layers[0].maps[0].a; }

TEST_CASE("a network whose parts fit together is valid", "[validation]") {
  CHECK_NOTHROW(validate(kRationals, sample()));
  EIGENMATA_SEEDED(random, 81);
  const exact::NumberField field = testing::field_of_sqrt5();
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    const testing::NetworkShape shape{1 + random.below(3), random.below(3), 3, true};
    REQUIRE_NOTHROW(validate(kRationals, testing::random_network(kRationals, random, shape)));
    REQUIRE_NOTHROW(validate(field, testing::random_network(field, random, shape)));
  }
}

TEST_CASE("what does not fit is named with layer and letter", "[validation]") {
  struct Fault {
    std::string message;
    std::function<void(RationalNetwork&)> make;
  };
  const std::vector<Fault> faults{
      {"layer 1: the start vector has dimension 3; the layer has 2", [](auto& n) { n.layers[0].start = zero(3); }},
      {"layer 1: 1 maps for 2 input symbols", [](auto& n) { n.layers[0].maps.pop_back(); }},
      {"layer 2: 3 maps for 2 input symbols", [](auto& n) { n.layers[1].maps.push_back(n.layers[1].maps[0]); }},
      {"layer 1, letter 'b': B has dimension 1; the layer has 2", [](auto& n) { n.layers[0].maps[1].b = zero(1); }},
      {"layer 2, letter 'low': A has dimension 2; the layer has 1",
       [](auto& n) {
         n.layers[1].maps[0].a = Diagonal<Rational>{{1, 1}};
       }},
      {"layer 2, letter 'high': A has dimension 2; the layer has 1",
       [](auto& n) { n.layers[1].maps[1].a = Dense<Rational>{exact::Matrix<Rational>(1, 2, Rational(0))}; }},
      {"layer 1, letter 'a': A has dimension 3; the layer has 2",
       [](auto& n) {
         first_matrix(n) = HouseholderProduct<Rational>{3, {}};
       }},
      {"layer 1, letter 'a': a factor has dimension 3; the layer has 2",
       [](auto& n) {
         first_matrix(n) = HouseholderProduct<Rational>{2, {{2, vector({1, 0, 0})}}};
       }},
      {"layer 1, letter 'a': a Householder factor has the vector 0, which has no direction",
       [](auto& n) {
         first_matrix(n) = HouseholderProduct<Rational>{2, {{2, zero(2)}}};
       }},
      {"layer 1, letter 'a': a factor has dimension 1; the layer has 2",
       [](auto& n) {
         first_matrix(n) = RankOneProduct<Rational>{2, {{zero(1), zero(2)}}};
       }},
      {"layer 1, letter 'a': a factor has dimension 5; the layer has 2",
       [](auto& n) {
         first_matrix(n) = RankOneProduct<Rational>{2, {{zero(2), zero(5)}}};
       }},
      {"layer 1, decoder: 0 readouts for 2 input symbols; expected one for all, or one each",
       [](auto& n) { affine(n).readouts.clear(); }},
      {"layer 1, decoder: 3 readouts for 2 input symbols; expected one for all, or one each",
       [](auto& n) { affine(n).readouts.resize(3, affine(n).readouts[0]); }},
      {"layer 1, decoder: a readout has dimension 4; the layer has 2",
       [](auto& n) { affine(n).readouts[0].weights = zero(4); }},
      {"layer 1, decoder: 2 thresholds need 3 outputs, found 2",
       [](auto& n) {
         affine(n).readouts[0].thresholds = {1, 2};
       }},
      {"layer 1, decoder: output 2 does not exist",
       [](auto& n) { affine(n).readouts[0].outputs[1] = core::symbol(2); }},
      {"layer 1, decoder: thresholds do not increase",
       [](auto& n) {
         affine(n).readouts[0].thresholds = {1, 1};
         affine(n).readouts[0].outputs.push_back(core::symbol(0));
       }},
      {"layer 2, decoder: a state has dimension 2; the layer has 1", [](auto& n) { table(n).rows[0].state = zero(2); }},
      {"layer 2, decoder: 0 outputs in a row for 2 input symbols; expected one for all, or one each",
       [](auto& n) { table(n).rows[0].outputs.clear(); }},
      {"layer 2, decoder: 3 outputs in a row for 2 input symbols; expected one for all, or one each",
       [](auto& n) { table(n).rows[1].outputs.push_back(core::symbol(0)); }},
      {"layer 2, decoder: output 3 does not exist", [](auto& n) { table(n).rows[1].outputs[0] = core::symbol(3); }},
      {"layer 2, decoder: two rows have the same state", [](auto& n) { table(n).rows[0].state = zero(1); }},
      {"the network accepts by 2 bits, but has 3 answers", [](auto& n) { n.accept.pop_back(); }},
      {"the network accepts by 4 bits, but has 3 answers", [](auto& n) { n.accept.push_back(true); }},
  };
  for (const Fault& fault : faults) {
    RationalNetwork network = sample();
    fault.make(network);
    CAPTURE(fault.message);
    CHECK_THROWS_WITH(validate(kRationals, network), fault.message);
    CHECK_THROWS_AS(validate(kRationals, network), core::Error);
  }
}

TEST_CASE("a network without layers needs one bit a letter", "[validation]") {
  RationalNetwork network{testing::small_alphabet(2), true, {}, {true, false}, std::nullopt};
  CHECK_NOTHROW(validate(kRationals, network));
  network.accept.pop_back();
  CHECK_THROWS_WITH(validate(kRationals, network), "the network accepts by 1 bits, but has 2 answers");
}

// Membership.

RationalNetwork one_matrix(Transition<Rational> a) {
  const std::size_t n = dimension(a);
  Layer<Rational> layer{n,
                        zero(n),
                        {{std::move(a), zero(n)}},
                        core::Alphabet({"y"}),
                        AffineDecoder<Rational>{{{zero(n), 0, {}, {core::symbol(0)}}}}};
  return {testing::small_alphabet(1), false, {std::move(layer)}, {true}, std::nullopt};
}

bool is_in(const Transition<Rational>& a, const std::string& c) {
  return is_member(kRationals, one_matrix(a), parse_transition_class(c, {"class"})).is_yes();
}

TEST_CASE("the ends of the interval belong to the class", "[validation]") {
  const Rational little(1, 1'000'000'000);
  CHECK(is_in(Diagonal<Rational>{{-1, 1, 0}}, "diagonal[-1,1]"));
  CHECK_FALSE(is_in(Diagonal<Rational>{{-1 - little}}, "diagonal[-1,1]"));
  CHECK_FALSE(is_in(Diagonal<Rational>{{0, 1 + little}}, "diagonal[-1,1]"));
  CHECK(is_in(Diagonal<Rational>{{0, 0}}, "diagonal[0,0]"));
  CHECK_FALSE(is_in(Diagonal<Rational>{{-little}}, "diagonal[0,1]"));

  const auto factor = [](const Rational& beta) -> Transition<Rational> {
    return HouseholderProduct<Rational>{2, {{beta, vector({3, 4})}}};
  };
  CHECK(is_in(factor(2), "householder[-1,1]"));  // eigenvalue −1
  CHECK(is_in(factor(0), "householder[-1,1]"));  // eigenvalue 1
  CHECK_FALSE(is_in(factor(2 + little), "householder[-1,1]"));
  CHECK_FALSE(is_in(factor(-little), "householder[-1,1]"));
  CHECK(is_in(factor(1), "householder[0,1]"));
  CHECK_FALSE(is_in(factor(2), "householder[0,1]"));
  CHECK_FALSE(is_in(factor(1 + little), "householder[0,1]"));
}

TEST_CASE("triangular matrices, and matrices with single entries", "[validation]") {
  const auto dense = [](std::vector<Rational> entries) -> Transition<Rational> {
    return Dense<Rational>{exact::Matrix<Rational>(2, 2, std::move(entries))};
  };
  CHECK(is_in(dense({Rational(1, 2), 0, 7, 1}), "triangular[0,1]"));
  CHECK_FALSE(is_in(dense({Rational(1, 2), 0, 7, 1}), "triangular[1,1]"));
  CHECK_FALSE(is_in(dense({0, 1, 0, 0}), "triangular[0,1]"));
  CHECK_FALSE(is_in(dense({0, 0, 1, 0}), "triangular[1,1]"));
  CHECK(is_in(Diagonal<Rational>{{0, 1}}, "triangular[0,1]"));
  CHECK_FALSE(is_in(Diagonal<Rational>{{0, -1}}, "triangular[0,1]"));
  CHECK(is_in(dense({0, Rational(-1), Rational(1, 2), 0}), "pd"));
  CHECK(is_in(dense({0, 1, 0, 0}), "pd"));
  CHECK_FALSE(is_in(dense({1, 0, 1, 0}), "pd"));
  CHECK_FALSE(is_in(dense({0, 2, 0, 0}), "pd"));
  CHECK(is_in(Diagonal<Rational>{{-1, 0}}, "pd"));
  CHECK_FALSE(is_in(Diagonal<Rational>{{2}}, "pd"));
  CHECK_FALSE(is_in(RankOneProduct<Rational>{2, {}}, "pd"));
  CHECK_FALSE(is_in(RankOneProduct<Rational>{2, {}}, "triangular[-1,1]"));
}

TEST_CASE("constant layers, and mixed ones", "[validation]") {
  const auto in = [](std::vector<Rational> first, std::vector<Rational> second, const char* c) {
    RationalNetwork network = one_matrix(Diagonal<Rational>{std::move(first)});
    auto& layer = network.layers[0];
    layer.maps.resize(1);
    layer.maps.push_back({Diagonal<Rational>{std::move(second)}, layer.maps[0].b});
    network.alphabet = testing::small_alphabet(2);
    return is_member(kRationals, network, parse_transition_class(c, {"class"})).is_yes();
  };
  CHECK(in({-1, 1}, {-1, 1}, "constant"));
  CHECK(in({-1, 1}, {-1, 1}, "constant+diagonal[0,1]"));
  CHECK_FALSE(in({2, 1}, {2, 1}, "constant"));
  CHECK_FALSE(in({0, 1}, {1, 1}, "constant"));
  CHECK(in({0, 1}, {1, 1}, "constant+diagonal[0,1]"));
  CHECK_FALSE(in({-1, 1}, {1, 1}, "constant+diagonal[0,1]"));
}

TEST_CASE("the length of v does not change the eigenvalue of a factor", "[validation]") {
  CHECK(is_in(HouseholderProduct<Rational>{1, {{2, vector({1000})}}}, "householder[-1,1]"));
  CHECK(is_in(HouseholderProduct<Rational>{1, {{2, vector({Rational(1, 1000)})}}}, "householder[-1,1]"));
}

TEST_CASE("a class bounds the number of factors and asks for the form", "[validation]") {
  const auto v = vector({1, 0});
  const HouseholderProduct<Rational> two{2, {{1, v}, {1, v}}};
  CHECK(is_in(two, "householder[0,1]:2"));
  CHECK_FALSE(is_in(two, "householder[0,1]:1"));
  CHECK_FALSE(is_in(two, "rank-one"));
  CHECK_FALSE(is_in(two, "diagonal[-9,9]"));
  CHECK(is_in(two, "dense"));
  CHECK(is_in(HouseholderProduct<Rational>{2, {}}, "householder[0,1]:0"));
  const RankOneProduct<Rational> any{2, {{vector({9, 9}), vector({9, 9})}}};
  CHECK(is_in(any, "rank-one:1"));
  CHECK_FALSE(is_in(any, "rank-one:0"));
  CHECK_FALSE(is_in(any, "householder[-1000,1000]"));
  // The identity matrix in full is not in the form of a diagonal.
  CHECK_FALSE(is_in(Dense<Rational>{exact::identity(kRationals, 2)}, "diagonal[0,1]"));
}

TEST_CASE("the witness names layer, letter, place and number", "[validation]") {
  RationalNetwork network = sample();
  const auto why = [&](const std::string& c) {
    const auto verdict = is_member(kRationals, network, parse_transition_class(c, {"class"}));
    REQUIRE(verdict.is_no());
    return verdict.witness();
  };
  CHECK(why("diagonal[0,1]") == "layer 1, letter 'a': the matrix is not given as a diagonal");
  CHECK(why("rank-one") == "layer 1, letter 'a': the matrix is not given as a product of factors I - u v^T");
  CHECK(why("householder[0,1]") == "layer 1, letter 'a': factor 0 has the eigenvalue -1, outside [0,1]");
  CHECK(why("householder[-1,1]:0") == "layer 1, letter 'a': 1 factors, more than 0");
  CHECK(why("householder[-1,1]:1") ==
        "layer 1, letter 'b': the matrix is not given as a product of Householder factors");
  network = one_matrix(Diagonal<Rational>{{0, Rational(3, 2)}});
  CHECK(why("diagonal[-1,1]") == "layer 1, letter 'a': entry 1 is 3/2, outside [-1,1]");
}

TEST_CASE("signs in a number field decide membership", "[validation]") {
  // φ − 1 = 0.6180339887…
  const exact::NumberField k = testing::field_of_sqrt5();
  const exact::FieldElement entry = k.from_coefficients({Rational(-1, 2), Rational(1, 2)});
  Layer<exact::FieldElement> layer{1,
                                   SparseVector<exact::FieldElement>(1),
                                   {{Diagonal<exact::FieldElement>{{entry}}, SparseVector<exact::FieldElement>(1)}},
                                   core::Alphabet({"y"}),
                                   {}};
  const Network<exact::FieldElement> network{testing::small_alphabet(1), false, {layer}, {true}, std::nullopt};
  const auto in = [&](const std::string& c) {
    return is_member(k, network, parse_transition_class(c, {"class"})).is_yes();
  };
  CHECK(in("diagonal[0,1]"));
  CHECK(in("diagonal[6180339887/10000000000,1]"));
  CHECK_FALSE(in("diagonal[6180339889/10000000000,1]"));
  CHECK_FALSE(in("diagonal[0,6180339887/10000000000]"));
}

TEST_CASE("a network without layers is in every class", "[validation]") {
  const RationalNetwork network{testing::small_alphabet(1), false, {}, {true}, std::nullopt};
  CHECK(is_member(kRationals, network, parse_transition_class("diagonal[0,0]", {"class"})).is_yes());
}

TEST_CASE("membership rests on a listed theorem", "[validation]") {
  const auto id = is_member(kRationals, sample(), {}).theorem();
  const auto& all = core::theorems();
  CHECK(std::any_of(all.begin(), all.end(), [&](const core::Theorem& t) { return t.id == id; }));
}

// Equality.

TEST_CASE("any number, letter or bit that changes makes another network, names of outputs do not", "[validation]") {
  CHECK(same_network(sample(), sample()));
  RationalNetwork renamed = sample();
  renamed.layers[0].outputs = core::Alphabet({"p", "q"});
  CHECK(same_network(sample(), renamed));

  using Change = std::function<void(RationalNetwork&)>;
  const std::vector<Change> changes{
      [](auto& n) { n.alphabet = core::parse_alphabet("ba", {"alphabet"}); },
      [](auto& n) { n.accepts_empty_word = false; },
      [](auto& n) { n.accept[0] = true; },
      [](auto& n) { n.claim = TransitionClass{}; },
      [](auto& n) { n.layers.pop_back(); },
      [](auto& n) { n.layers[0].dimension = 3; },
      [](auto& n) {
        n.layers[0].start = vector({1, 1});
      },
      [](auto& n) { n.layers[0].maps.pop_back(); },
      [](auto& n) { n.layers[0].maps[1].b = zero(2); },
      [](auto& n) {
        n.layers[0].outputs = core::Alphabet({"low", "high", "more"});
      },
      [](auto& n) {
        first_matrix(n) = HouseholderProduct<Rational>{2, {{1, vector({1, -1})}}};
      },
      [](auto& n) {
        first_matrix(n) = HouseholderProduct<Rational>{2, {{2, vector({-1, 1})}}};
      },  // the same matrix
      [](auto& n) {
        first_matrix(n) = HouseholderProduct<Rational>{2, {}};
      },
      [](auto& n) { first_matrix(n) = Dense<Rational>{exact::identity(kRationals, 2)}; },
      [](auto& n) {
        n.layers[0].maps[1].a = RankOneProduct<Rational>{2, {{vector({1, -1}), vector({1, 1})}}};
      },
      [](auto& n) {
        n.layers[0].maps[1].a = RankOneProduct<Rational>{2, {{vector({1, 1}), vector({1, 0})}}};
      },
      [](auto& n) { n.layers[1].maps[0].a = Diagonal<Rational>{{1}}; },
      [](auto& n) { n.layers[1].maps[1].a = Dense<Rational>{exact::Matrix<Rational>(1, 1, Rational(2))}; },
      [](auto& n) {
        affine(n).readouts[0].weights = vector({1, 3});
      },
      [](auto& n) { affine(n).readouts[0].constant = 0; },
      [](auto& n) { affine(n).readouts[0].thresholds[0] = 2; },
      [](auto& n) { affine(n).readouts[0].outputs[0] = core::symbol(1); },
      [](auto& n) { affine(n).readouts.push_back(affine(n).readouts[0]); },
      [](auto& n) { table(n).rows[0].state = vector({2}); },
      [](auto& n) { table(n).rows[0].outputs[0] = core::symbol(0); },
      [](auto& n) { table(n).rows.pop_back(); },
      [](auto& n) { n.layers[1].decoder = AffineDecoder<Rational>{}; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    RationalNetwork changed = sample();
    changes[i](changed);
    CAPTURE(i);
    CHECK_FALSE(same_network(sample(), changed));
    CHECK_FALSE(same_network(changed, sample()));
  }
}

}  // namespace
}  // namespace eigenmata::lrnn
