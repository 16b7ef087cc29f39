// SPDX-License-Identifier: Apache-2.0
#include "../../src/compiler/decoder.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/lrnn/recurrence.hpp"
#include "support/languages.hpp"
#include "support/networks.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using exact::Rational;

const exact::RationalArithmetic kRationals{};

using Codes = std::vector<std::vector<int>>;

/// States that only matter for whether they accept.
Dfa accepting_states(const std::vector<bool>& accepting) {
  std::vector<automata::State> next(accepting.size(), automata::state(0));
  return {testing::small_alphabet(1), automata::state(0), accepting, next};
}

std::vector<lrnn::SparseVector<Rational>> vectors(const Codes& codes) {
  std::vector<lrnn::SparseVector<Rational>> result;
  for (const auto& code : codes)
    result.push_back(lrnn::sparse(kRationals, std::vector<Rational>(code.begin(), code.end())));
  return result;
}

/// What the decoder says of every code.
std::vector<std::optional<bool>> decoded(const lrnn::Decoder<Rational>& decoder, const Codes& codes) {
  const std::size_t n = codes[0].size();
  lrnn::RationalNetwork network{testing::small_alphabet(1), false, {}, {false, true}, std::nullopt};
  network.layers.push_back({n, lrnn::SparseVector<Rational>(n), {}, core::Alphabet({"reject", "accept"}), decoder});
  const lrnn::Runner<exact::RationalArithmetic> runner(kRationals, network);
  std::vector<std::optional<bool>> result;
  for (const auto& code : vectors(codes)) {
    const auto output = runner.decode(0, code, core::symbol(0));
    result.push_back(output ? std::optional<bool>(core::index(*output) == 1) : std::nullopt);
  }
  return result;
}

std::vector<std::optional<bool>> optional_bits(const std::vector<bool>& bits) { return {bits.begin(), bits.end()}; }

bool is_table(const lrnn::Decoder<Rational>& decoder) {
  return std::holds_alternative<lrnn::TableDecoder<Rational>>(decoder);
}

TEST_CASE("acceptance that is an affine function becomes one threshold", "[decoder]") {
  const Codes codes{{0, 0}, {1, 0}, {0, 1}};
  const std::vector<bool> accepting{false, true, true};
  const auto decoder = decoder_for(vectors(codes), accepting_states(accepting));
  REQUIRE_FALSE(is_table(decoder));
  CHECK(decoded(decoder, codes) == optional_bits(accepting));
}

TEST_CASE("acceptance beyond a threshold of a linear function is found, though it is no affine function", "[decoder]") {
  const Codes codes{{0, 0}, {1, 0}, {2, 1}, {5, 3}, {-4, 7}};
  const std::vector<bool> accepting{false, false, true, true, true};
  const auto decoder = decoder_for(vectors(codes), accepting_states(accepting));
  REQUIRE_FALSE(is_table(decoder));
  CHECK(decoded(decoder, codes) == optional_bits(accepting));
}

TEST_CASE("acceptance that no line separates is a table", "[decoder]") {
  const Codes codes{{0, 0}, {1, 1}, {0, 1}, {1, 0}};
  const std::vector<bool> accepting{false, false, true, true};
  const auto decoder = decoder_for(vectors(codes), accepting_states(accepting));
  REQUIRE(is_table(decoder));
  CHECK(decoded(decoder, codes) == optional_bits(accepting));
}

TEST_CASE("all or no states accepting", "[decoder]") {
  for (const bool accepts : {false, true}) {
    const Codes codes{{1}, {2}};
    const std::vector<bool> accepting(2, accepts);
    CHECK(decoded(decoder_for(vectors(codes), accepting_states(accepting)), codes) == optional_bits(accepting));
  }
}

TEST_CASE("any set of codes is decoded, a separable one by a threshold", "[decoder]") {
  EIGENMATA_SEEDED(random, 261);
  int tables = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 1 + random.below(4);
    Codes codes;
    for (std::size_t tries = 1 + random.below(10); tries > 0; --tries) {
      std::vector<int> code;
      for (std::size_t i = 0; i < n; ++i) code.push_back(static_cast<int>(random.between(-3, 3)));
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
    }
    const bool separable = random.one_in(2);
    std::vector<int> w;
    for (std::size_t i = 0; i <= n; ++i) w.push_back(static_cast<int>(random.between(-3, 3)));
    std::vector<bool> accepting;
    for (const auto& code : codes) {
      int value = w[n];
      for (std::size_t i = 0; i < n; ++i) value += w[i] * code[i];
      accepting.push_back(separable ? value >= 0 : random.one_in(2));
    }
    CAPTURE(round, codes, accepting);
    const auto decoder = decoder_for(vectors(codes), accepting_states(accepting));
    REQUIRE(decoded(decoder, codes) == optional_bits(accepting));
    // So few and small codes settle long before the perceptron gives up.
    if (separable) REQUIRE_FALSE(is_table(decoder));
    tables += is_table(decoder) ? 1 : 0;
  }
  CHECK(tables > 20);
}

}  // namespace
}  // namespace eigenmata::compiler
