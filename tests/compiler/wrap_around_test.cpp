// SPDX-License-Identifier: Apache-2.0
//
// Counters of integers that wrap around: proved by listing all states in the arithmetic, and run on words by hand.
#include "eigenmata/compiler/wrap_around.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;
using exact::Rational;

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

std::string reason(const std::variant<lrnn::RationalNetwork, Refusal>& result) {
  return std::get<Refusal>(result).reason;
}

/// The answer to a word, in plain integers: diagonal entries 0 and 1, tables.
bool accepts_by_hand(const lrnn::RationalNetwork& network, const core::Word& word, std::size_t bits) {
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  const auto dense = [&](const lrnn::SparseVector<Rational>& v) {
    std::vector<std::uint64_t> numbers(v.dimension(), 0);
    for (const auto& entry : v.entries()) numbers[entry.index] = static_cast<std::uint64_t>(numerator(entry.value));
    return numbers;
  };
  std::vector<std::vector<std::uint64_t>> states;
  for (const auto& layer : network.layers) states.push_back(dense(layer.start));
  bool accepted = network.accepts_empty_word;
  for (core::Symbol symbol : word) {
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      const auto& layer = network.layers[l];
      const auto& map = layer.maps[index(symbol)];
      const auto b = dense(map.b);
      const auto& gates = std::get<lrnn::Diagonal<Rational>>(map.a).entries;
      for (std::size_t j = 0; j < b.size(); ++j) states[l][j] = ((gates[j] == 0 ? 0 : states[l][j]) + b[j]) & mask;
      bool found = false;
      const std::size_t input = index(symbol);
      for (const auto& row : std::get<lrnn::TableDecoder<Rational>>(layer.decoder).rows) {
        if (dense(row.state) != states[l]) continue;
        REQUIRE_FALSE(found);
        found = true;
        symbol = row.outputs[row.outputs.size() == 1 ? 0 : input];
      }
      REQUIRE(found);
    }
    accepted = network.accept[index(symbol)];
  }
  return accepted;
}

void require_proved(const lrnn::RationalNetwork& network, const automata::Dfa& minimal, std::size_t bits,
                    const std::string& target, core::Random& random) {
  REQUIRE(expressivity::is_member(network, model_class(target)).is_yes());
  const auto semantics = expressivity::parse_semantics("uint:" + std::to_string(bits), {});
  const auto arithmetic = std::get<precision::FixedArithmetic>(verification::numeric_arithmetic(semantics));
  const auto rounded = lrnn::rounded_network(arithmetic, exact::RationalArithmetic{}, network, {});
  REQUIRE(rounded.rounded == 0);
  REQUIRE(verification::check_numeric(arithmetic, rounded, minimal, {}).verdict.is_yes());
  for (int i = 0; i < 10; ++i) {
    const core::Word word = random_word(random, random.below(40), minimal.letters());
    REQUIRE(accepts_by_hand(network, word, bits) == minimal.accepts(word));
  }
}

TEST_CASE("wrap-around: counters modulo powers of two are one number of one layer", "[wrap-around]") {
  core::Random random(1);
  struct Known {
    const char* language;
    std::size_t bits, layers, dimension;
    const char* target;
  };
  for (const Known& known :
       {Known{"mod-8", 3, 1, 1, "constant{1}"}, Known{"mod-8", 8, 1, 1, "diagonal{1}"},
        Known{"mod-8", 2, 3, 1, "diagonal{0,1}"}, Known{"mod-4", 62, 1, 1, "diagonal[0,1]"},
        Known{"parity", 1, 1, 1, "triangular[0,1]"}, Known{"z2xz4-word-problem", 2, 1, 2, "constant"},
        Known{"q8-word-problem", 2, 2, 2, "constant{1}"}}) {
    CAPTURE(known.language, known.bits);
    const auto minimal = automata::minimised(catalogue_language(known.language));
    const auto result = compile_wrap_around(minimal, model_class(known.target), known.bits, {});
    const auto& network = std::get<lrnn::RationalNetwork>(result);
    CHECK(network.layers.size() == known.layers);
    std::size_t dimension = 0;
    for (const auto& layer : network.layers) dimension = std::max(dimension, layer.dimension);
    CHECK(dimension == known.dimension);
    require_proved(network, minimal, known.bits, known.target, random);
  }
}

TEST_CASE("wrap-around: what is refused", "[wrap-around]") {
  const auto refused = [](const std::string& language, const std::string& target, std::size_t bits) {
    return reason(
        compile_wrap_around(automata::minimised(catalogue_language(language)), model_class(target), bits, {}));
  };
  CHECK(refused("mod-3", "diagonal{0,1}", 8).find("3") != std::string::npos);
  CHECK(refused("flip-flop", "diagonal{1}", 8).find("not of the class") == 0);
  CHECK(refused("parity", "rank-one", 8) == "its matrices are diagonal");
  CHECK(refused("a5-points", "diagonal{0,1}", 8).find("A5") != std::string::npos);
}

TEST_CASE("wrap-around: random automata, wherever the theorem says yes", "[wrap-around]") {
  EIGENMATA_SEEDED(random, 91);
  const auto target = model_class("diagonal{0,1}");
  std::size_t built = 0;
  for (int i = 0; i < 200; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(4), 2));
    if (minimal.states() < 2) continue;
    CAPTURE(i, minimal.states());
    expressivity::LanguageFacts facts(minimal, {});
    const auto verdict = expressivity::decide(facts, target, std::nullopt, expressivity::parse_semantics("uint:8", {}));
    const auto result = compile_wrap_around(minimal, target, 8, {});
    const auto* network = std::get_if<lrnn::RationalNetwork>(&result);
    REQUIRE((network != nullptr) == verdict.is_yes());
    if (network == nullptr) continue;
    require_proved(*network, minimal, 8, "diagonal{0,1}", random);
    ++built;
  }
  CHECK(built > 40);
}

}  // namespace
}  // namespace eigenmata::compiler
