// SPDX-License-Identifier: Apache-2.0
//
// Networks whose numbers of states, boxes, layers and margins of noise are known from formulas, or were counted by
// other programs.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/permutation_group.hpp"
#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/certificate/noise_margin.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/compiler/ring_blocks.hpp"
#include "support/complex_constructions.hpp"
#include "support/constructions.hpp"
#include "support/word_problems.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;
using algebra::Transformation;
using exact::Rational;

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

/// Pairs of the states of all layers and of the automaton.
std::size_t joint_states(const Construction& construction, const automata::Dfa& minimal) {
  return construction.with_network([&](const auto& k, const auto& network) {
    const auto found = certificate::explore(k, network, minimal, {});
    REQUIRE(found.verdict.is_yes());
    return found.reachable_states;
  });
}

std::vector<std::size_t> dimensions(const Construction& construction) {
  return construction.with_network([](const auto& /*k*/, const auto& network) {
    std::vector<std::size_t> result;
    for (const auto& layer : network.layers) result.push_back(layer.dimension);
    return result;
  });
}

TEST_CASE("missing sets: two worked examples, joint states and dimensions", "[known-sizes]") {
  const auto three = automata::minimised(dfa_from_table(small_alphabet(2), {{1, 0}, {2, 0}, {0, 2}}, {0}));
  const auto of_three = compile_missing_sets(three, {});
  CHECK(joint_states(construction_of(of_three), three) == 18);
  CHECK(dimensions(construction_of(of_three)) == std::vector<std::size_t>{6, 1});
  const auto four = automata::minimised(dfa_from_table(small_alphabet(2), {{1, 1}, {2, 1}, {3, 2}, {0, 3}}, {0}));
  const auto of_four = compile_missing_sets(four, {});
  CHECK(joint_states(construction_of(of_four), four) == 212);
  CHECK(dimensions(construction_of(of_four)) == std::vector<std::size_t>{8, 6, 1});
}

struct Ring {
  std::string name;
  automata::Dfa dfa;
  std::size_t cells;   ///< two blocks of letters
  std::size_t points;  ///< of the last layer
  std::size_t states;
};

TEST_CASE("four layers with one factor: dimensions 1, 2, 2m, n, and all joint states", "[known-sizes]") {
  const Transformation four_cycle({1, 2, 3, 0});
  for (const Ring& ring :
       {Ring{"Z_3", word_problem({Transformation({1, 2, 0}), Transformation({2, 0, 1})}), 4, 3, 207},
        Ring{"S_3", point_problem({Transformation({1, 2, 0}), Transformation({1, 0, 2})}), 4, 3, 207},
        Ring{"S_4", point_problem({four_cycle, Transformation({1, 2, 0, 3})}), 6, 4, 1'599},
        Ring{"S_4, a cycle and a swap", point_problem({four_cycle, Transformation({1, 0, 2, 3})}), 4, 4, 271},
        Ring{"T_3", catalogue_language("t3"), 4, 3, 802}, Ring{"A_5", catalogue_language("a5-points"), 8, 5, 10'495}}) {
    CAPTURE(ring.name);
    const automata::Dfa minimal = automata::minimised(ring.dfa);
    const auto result = compile_ring_blocks(minimal, 1, FactorForm::kRankOne, {});
    CHECK(dimensions(construction_of(result)) == std::vector<std::size_t>{1, 2, ring.cells, ring.points});
    CHECK(joint_states(construction_of(result), minimal) == ring.states);
  }
}

/// Were the last two letters the same? The last letter is one of n values, and a value for the start.
automata::Dfa repeats(std::size_t n) {
  const std::string letters = std::string("abcdefgh").substr(0, n);
  std::string regex;
  for (const char c : letters) regex += (regex.empty() ? "" : "|") + std::string(2, c);
  return automata::minimised(regex_language(".*(" + regex + ")", letters));
}

certificate::LayerwiseCertificate digits(const automata::Dfa& minimal, const std::string& target) {
  return std::get<certificate::LayerwiseCertificate>(
      construction_of(compile_digits(minimal, model_class(target), {})).certificate);
}

TEST_CASE("digits: margins of noise of n values with the contraction 1/c", "[known-sizes]") {
  // Neighbouring boxes of old values are g = (2/(n − 1) (1 − 1/c) − 2/c)/c apart; ε c/(c − 1) is half of that.
  const std::map<std::size_t, std::pair<std::size_t, Rational>> margins{{2, {4, Rational(3, 32)}},
                                                                        {3, {8, Rational(35, 1024)}},
                                                                        {4, {8, Rational(7, 384)}},
                                                                        {5, {16, Rational(165, 16'384)}}};
  for (const auto& [n, known] : margins) {
    const auto& [c, margin] = known;
    CAPTURE(n, c);
    const auto certificate = digits(repeats(n - 1), "diagonal{1,1/" + std::to_string(c) + "}");
    std::set<Rational> found;
    for (const auto& layer : certificate::noise_margins(certificate)) {
      if (layer) found.insert(layer->overwriting);
    }
    CHECK(found.count(margin) == 1);
  }
}

TEST_CASE("digits: two values have the boxes [-1, -1/2] and [1/2, 1]", "[known-sizes]") {
  const auto certificate = digits(automata::minimised(regex_language(".*a.", "ab")), "diagonal{1,1/4}");
  const auto& regions = certificate.layers[0].regions;
  REQUIRE(regions.size() == 2);
  std::set<std::pair<Rational, Rational>> boxes;
  for (const auto& region : regions) boxes.emplace(region.at(0).low, region.at(0).high);
  CHECK(boxes == std::set<std::pair<Rational, Rational>>{{-1, Rational(-1, 2)}, {Rational(1, 2), 1}});
}

}  // namespace
}  // namespace eigenmata::compiler
