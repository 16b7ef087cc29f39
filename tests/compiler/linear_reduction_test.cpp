// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/linear_reduction.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "eigenmata/automata/language.hpp"
#include "support/constructions.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;
using testing::catalogue_language;
using testing::construction_of;
using testing::regex_language;
using testing::require_right;

const RationalArithmetic kRationals{};

std::size_t dimension_of(const PassResult& result) { return construction_of(result).network().layers[0].dimension; }

PassResult reduced(const Dfa& minimal, ReducedForm form = ReducedForm::kRankOne, std::uint64_t seed = 1) {
  return compile_reduced(minimal, form, {}, seed);
}

// The dimension for a linear readout, against the Hankel matrix.

std::vector<core::Word> words_up_to(std::size_t length, std::size_t letters) {
  std::vector<core::Word> words;
  for (std::size_t l = 0; l <= length; ++l) {
    testing::for_each_word(l, letters, [&](const core::Word& word) { words.push_back(word); });
  }
  return words;
}

/// Ranks of H(u, v) = [uv ∈ L] and of H with a column of ones. Words shorter than the number of states lead
/// to every state, and those functions v ↦ [q·v ∈ F] that they give span what all words give.
std::pair<std::size_t, std::size_t> hankel_ranks(const Dfa& minimal) {
  const auto words = words_up_to(minimal.states() - 1, minimal.letters());
  Matrix<Rational> h(words.size(), words.size() + 1, Rational(1));
  Matrix<Rational> alone(words.size(), words.size(), Rational(0));
  for (std::size_t u = 0; u < words.size(); ++u) {
    for (std::size_t v = 0; v < words.size(); ++v) {
      core::Word whole = words[u];
      whole.insert(whole.end(), words[v].begin(), words[v].end());
      h(u, v) = alone(u, v) = minimal.accepts(whole) ? 1 : 0;
    }
  }
  return {exact::rank(kRationals, alone), exact::rank(kRationals, h)};
}

void require_linear_dimension(const Dfa& minimal) {
  const auto [alone, with_ones] = hankel_ranks(minimal);
  const auto found = linear_dimension(minimal);
  REQUIRE(found.has_value());
  REQUIRE(found->hankel_rank == alone);
  REQUIRE(found->affine == with_ones - 1);
}

TEST_CASE("the linear dimension is the rank of the Hankel matrix", "[linear_reduction]") {
  EIGENMATA_SEEDED(random, 201);
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (int round = 0; round < 150; ++round) {
    const std::size_t letters = 1 + random.below(2);
    const Dfa minimal = automata::minimised(testing::random_dfa(random, 1 + random.below(6), letters));
    CAPTURE(round, minimal.states());
    require_linear_dimension(minimal);
    const auto d = linear_dimension(minimal).value();
    seen.emplace(d.hankel_rank, d.affine);
  }
  for (int round = 0; round < 30; ++round) {
    CAPTURE(round);
    require_linear_dimension(automata::minimised(testing::random_dfa(random, 1 + random.below(4), 3)));
  }
  // With the constants in the span and without.
  CHECK(seen.count({3, 2}) == 1);
  CHECK(seen.count({2, 2}) == 1);
  CHECK(seen.count({1, 0}) == 1);
  CHECK(seen.count({0, 0}) == 1);
}

TEST_CASE("small languages of the catalogue have the dimension of their Hankel matrix", "[linear_reduction]") {
  std::size_t languages = 0;
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa minimal = catalogue_language(name);
    double words = 1;
    for (std::size_t i = 1; i < minimal.states(); ++i) words *= static_cast<double>(minimal.letters());
    if (words > 100) continue;
    CAPTURE(name);
    require_linear_dimension(minimal);
    ++languages;
  }
  CHECK(languages > 20);
}

TEST_CASE("linear dimensions that are known", "[linear_reduction]") {
  const auto dimension = [](const Dfa& minimal) { return linear_dimension(minimal).value(); };
  // The word problem of a group of order n: [q·w = 1] runs through all indicator functions.
  CHECK(dimension(catalogue_language("s3-word-problem")).hankel_rank == 6);
  CHECK(dimension(catalogue_language("s3-word-problem")).affine == 5);
  CHECK(dimension(catalogue_language("a5-word-problem")).affine == 59);
  // Third letter from the end: the three last letters, and the constant is not among them.
  CHECK(dimension(catalogue_language("third-from-end")).hankel_rank == 4);
  CHECK(dimension(catalogue_language("third-from-end")).affine == 3);
  // Parity: (1 + (−1)^n)/2.
  CHECK(dimension(catalogue_language("parity")).hankel_rank == 2);
  CHECK(dimension(catalogue_language("parity")).affine == 1);
  CHECK(dimension(regex_language(".*", "a")).hankel_rank == 1);
  CHECK(dimension(regex_language(".*", "a")).affine == 0);
  CHECK(dimension(regex_language("~.*", "a")).hankel_rank == 0);
}

TEST_CASE("beyond the limit on work there is no linear dimension", "[linear_reduction]") {
  // A cycle of 600 states: n = 599, and 600 · 599² is more than the limit.
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < 600; ++q) next.push_back({(q + 1) % 600});
  const Dfa cycle = testing::dfa_from_table(testing::small_alphabet(1), next, {0});
  REQUIRE(600u * 599u * 599u > kMaxReductionWork);
  CHECK_FALSE(linear_dimension(cycle).has_value());
}

// Reduced networks.

/// Codes, matrices and offsets are integers; the dimension is small enough; the class is the one it should
/// be.
void require_reduced(const Construction& construction, const Dfa& minimal, ReducedForm form) {
  const auto& layer = construction.network().layers.at(0);
  REQUIRE(construction.network().layers.size() == 1);
  if (minimal.states() == 2) {
    REQUIRE(layer.dimension == 1);
  } else {
    REQUIRE(layer.dimension + 2 <= minimal.states());
  }
  for (const auto& map : layer.maps) {
    const auto matrix = lrnn::to_dense(kRationals, map.a);
    for (const Rational& x : matrix.entries()) REQUIRE(testing::is_integer(x));
    for (const auto& entry : map.b.entries()) REQUIRE(testing::is_integer(entry.value));
    REQUIRE(std::holds_alternative<lrnn::Dense<Rational>>(map.a) == (form == ReducedForm::kDense));
  }
  for (const auto& point : std::get<certificate::RationalCertificate>(construction.certificate).points) {
    for (const auto& entry : point.vectors[0].entries()) REQUIRE(testing::is_integer(entry.value));
  }
}

TEST_CASE("random automata are reduced to integer codes, or refused", "[linear_reduction]") {
  EIGENMATA_SEEDED(random, 202);
  int found = 0;
  int refused = 0;
  for (int round = 0; round < 200; ++round) {
    const Dfa minimal = automata::minimised(testing::random_dfa(random, 1 + random.below(8), 1 + random.below(3)));
    const ReducedForm form = random.one_in(2) ? ReducedForm::kRankOne : ReducedForm::kDense;
    CAPTURE(round, minimal.states());
    const PassResult result = reduced(minimal, form, random.next());
    // Never worse than what the linear readout needs.
    const std::size_t affine = linear_dimension(minimal)->affine;
    if (std::holds_alternative<Refusal>(result)) {
      ++refused;
      REQUIRE(minimal.states() != 2);
      if (minimal.states() > 2) REQUIRE(affine + 1 >= minimal.states());
      continue;
    }
    ++found;
    require_right(construction_of(result), minimal, random);
    require_reduced(construction_of(result), minimal, form);
    REQUIRE(dimension_of(result) <= affine);
  }
  CHECK(found > 20);
  CHECK(refused > 40);
}

TEST_CASE("automata with structure are reduced", "[linear_reduction]") {
  // Random automata hardly reduce; products of small ones and shift registers do.
  EIGENMATA_SEEDED(random, 203);
  int found = 0;
  for (int round = 0; round < 100; ++round) {
    const std::size_t bits = 2 + random.below(3);
    const std::size_t letters = 2 + random.below(2);
    // A state is the last `bits` bits; a letter shifts in a bit, flips all, or flips one.
    std::vector<std::vector<std::size_t>> next(std::size_t{1} << bits);
    std::vector<std::size_t> accepting;
    const std::size_t mask = next.size() - 1;
    for (std::size_t x = 0; x < letters; ++x) {
      const std::size_t kind = random.below(4);
      const std::size_t flip = random.below(next.size());
      for (std::size_t q = 0; q < next.size(); ++q) {
        next[q].push_back(kind == 0   ? (2 * q) & mask
                          : kind == 1 ? (2 * q + 1) & mask
                          : kind == 2 ? q ^ mask
                                      : q ^ flip);
      }
    }
    for (std::size_t q = 0; q < next.size(); ++q) {
      if ((q & 1) == 1 && !random.one_in(4)) accepting.push_back(q);
    }
    const Dfa minimal = automata::minimised(testing::dfa_from_table(testing::small_alphabet(letters), next, accepting));
    CAPTURE(round, minimal.states());
    const PassResult result = reduced(minimal);
    if (std::holds_alternative<Refusal>(result)) continue;
    ++found;
    // One coordinate a bit is enough, if all strings of bits are states of their own.
    if (minimal.states() == next.size()) REQUIRE(dimension_of(result) <= bits);
    require_right(construction_of(result), minimal, random);
    require_reduced(construction_of(result), minimal, ReducedForm::kRankOne);
  }
  CHECK(found > 40);
}

TEST_CASE("groups are reduced to their least faithful rational representation", "[linear_reduction][slow]") {
  // Degrees by character theory over ℚ: a code of dimension n gives a faithful representation of that degree,
  // so fewer are impossible. Z_60 = Z_4 × Z_3 × Z_5: φ(4) + φ(3) + φ(5). Q_8 and SL(2,3): quaternions. D_5,
  // F_20: degree 4. Z_2 × Z_4: 1 + 2. The group of order 27: degree 3 over the cube roots of unity. A_4 ×
  // Z_5: 3 + 4. (Z_3 is not here: its 2 dimensions are |Q| − 1, which every automaton has.)
  const std::map<std::string, std::size_t> degrees{
      {"s3-word-problem", 2},          {"s4-word-problem", 3},    {"s5-word-problem", 4},
      {"a4-word-problem", 3},          {"a5-word-problem", 4},    {"d4-word-problem", 2},
      {"d5-word-problem", 4},          {"q8-word-problem", 4},    {"f20-word-problem", 4},
      {"sl-2-3-word-problem", 4},      {"z4-word-problem", 2},    {"z60-word-problem", 8},
      {"z2xz2-word-problem", 2},       {"z2xz4-word-problem", 3}, {"a4xz5-word-problem", 7},
      {"heisenberg-3-word-problem", 6}};
  EIGENMATA_SEEDED(random, 204);
  for (const auto& [name, degree] : degrees) {
    CAPTURE(name);
    const Dfa minimal = catalogue_language(name);
    const PassResult result = reduced(minimal);
    CHECK(dimension_of(result) == degree);
    require_right(construction_of(result), minimal, random);
    require_reduced(construction_of(result), minimal, ReducedForm::kRankOne);
    // A group has a fixed point, which becomes the origin.
    for (const auto& map : construction_of(result).network().layers[0].maps) CHECK(map.b.is_zero());
  }
}

TEST_CASE("other seeds find the same dimensions", "[linear_reduction][slow]") {
  for (std::uint64_t seed = 2; seed <= 4; ++seed) {
    CAPTURE(seed);
    CHECK(dimension_of(reduced(catalogue_language("q8-word-problem"), ReducedForm::kDense, seed)) == 4);
    CHECK(dimension_of(reduced(catalogue_language("s4-word-problem"), ReducedForm::kDense, seed)) == 3);
    CHECK(dimension_of(reduced(catalogue_language("z60-word-problem"), ReducedForm::kDense, seed)) == 8);
  }
}

TEST_CASE("a shift register has a coordinate for each letter it remembers", "[linear_reduction]") {
  CHECK(dimension_of(reduced(catalogue_language("third-from-end"))) == 3);
  CHECK(dimension_of(reduced(catalogue_language("fifth-from-end"))) == 5);
}

TEST_CASE("the small languages of the catalogue are reduced or refused", "[linear_reduction][slow]") {
  EIGENMATA_SEEDED(random, 205);
  std::size_t smaller = 0;
  std::size_t refused = 0;
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa minimal = catalogue_language(name);
    if (minimal.states() * minimal.letters() > 200) continue;
    CAPTURE(name);
    const PassResult result = reduced(minimal);
    if (const auto* refusal = std::get_if<Refusal>(&result)) {
      ++refused;
      CHECK_FALSE(refusal->reason.empty());
      continue;
    }
    ++smaller;
    require_right(construction_of(result), minimal, random);
    require_reduced(construction_of(result), minimal, ReducedForm::kRankOne);
  }
  CHECK(smaller > 20);
  CHECK(refused > 20);
}

TEST_CASE("every language of the catalogue is reduced or refused", "[linear_reduction][.extreme]") {
  EIGENMATA_SEEDED(random, 206);
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa minimal = catalogue_language(name);
    CAPTURE(name);
    const PassResult result = reduced(minimal);
    if (std::holds_alternative<Refusal>(result)) continue;
    require_right(construction_of(result), minimal, random);
    require_reduced(construction_of(result), minimal, ReducedForm::kRankOne);
  }
}

TEST_CASE("one state needs no layer, and three states that are a chain no smaller code", "[linear_reduction]") {
  CHECK(std::get<Refusal>(reduced(regex_language(".*", "ab"))).reason == "one state needs no layer");
  CHECK_THAT(std::get<Refusal>(reduced(regex_language("(ab)*"))).reason, Catch::Contains("|Q| - 1 = 2"));
}

TEST_CASE("two states always have one coordinate", "[linear_reduction]") {
  EIGENMATA_SEEDED(random, 207);
  int two = 0;
  for (int round = 0; round < 200; ++round) {
    const Dfa minimal = automata::minimised(testing::random_dfa(random, 2, 1 + random.below(3)));
    if (minimal.states() != 2) continue;
    ++two;
    CAPTURE(round);
    const PassResult result = reduced(minimal);
    REQUIRE(dimension_of(result) == 1);
    require_right(construction_of(result), minimal, random);
  }
  CHECK(two > 30);
}

TEST_CASE("a seed decides the reduced network", "[linear_reduction]") {
  const Dfa language = catalogue_language("s4-word-problem");
  const auto text = [&](std::uint64_t seed) {
    return certificate::write_certificate(construction_of(reduced(language, ReducedForm::kRankOne, seed)).certificate);
  };
  CHECK(text(3) == text(3));
}

}  // namespace
}  // namespace eigenmata::compiler
