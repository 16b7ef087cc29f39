// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/language_properties.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <queue>
#include <vector>

#include "eigenmata/core/theorems.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using testing::catalogue_language;
using testing::regex_language;

TransitionMonoid monoid_of(const Dfa& dfa) { return {letter_maps(dfa), {}}; }

std::string shown(const Dfa& dfa) {
  std::string text = "initial " + std::to_string(index(dfa.initial())) + ", accepting";
  for (std::size_t q = 0; q < dfa.states(); ++q)
    text += dfa.is_accepting(automata::state(q)) ? " " + std::to_string(q) : "";
  for (const Transformation& map : letter_maps(dfa)) text += ", " + Catch::Detail::stringify(map.images());
  return text;
}

/// m^n = m^{n+1} for a large n, by multiplying.
bool is_aperiodic_map(const Transformation& map) {
  Transformation power = map;
  for (std::size_t i = 0; i < map.degree(); ++i) power = power * map;
  return power * map == power;
}

/// [u xᵏ v ∈ L] for k = 0 … count − 1, by running the words.
std::vector<bool> memberships(const Dfa& dfa, const PeriodWitness& witness, std::size_t count) {
  std::vector<bool> bits;
  core::Word word = witness.prefix;
  for (std::size_t k = 0; k < count; ++k) {
    core::Word whole = word;
    whole.insert(whole.end(), witness.suffix.begin(), witness.suffix.end());
    bits.push_back(dfa.accepts(whole));
    word.insert(word.end(), witness.repeat.begin(), witness.repeat.end());
  }
  return bits;
}

bool has_period(const std::vector<bool>& bits, std::size_t period) {
  for (std::size_t k = 0; k + period < bits.size(); ++k) {
    if (bits[k] != bits[k + period]) return false;
  }
  return true;
}

/// The memberships from k = 0 on have the period of the witness, it is greater than 1, and none below it. Two
/// periods of a sequence that is longer than both together make their greatest common divisor a period (Fine
/// and Wilf), so a window of four times the number of states decides.
void require_witness(const Dfa& dfa, const PeriodWitness& witness) {
  REQUIRE(witness.period > 1);
  REQUIRE(witness.period <= dfa.states());
  const std::vector<bool> bits = memberships(dfa, witness, 4 * dfa.states() + 2);
  REQUIRE(has_period(bits, witness.period));
  for (std::size_t p = 1; p < witness.period; ++p) REQUIRE_FALSE(has_period(bits, p));
}

/// Length of a shortest word from the initial state to one that `wanted` names.
std::size_t distance_to(const Dfa& dfa, const std::vector<bool>& wanted) {
  std::vector<std::size_t> distance(dfa.states(), SIZE_MAX);
  std::queue<automata::State> queue;
  distance[index(dfa.initial())] = 0;
  queue.push(dfa.initial());
  for (; !queue.empty(); queue.pop()) {
    const automata::State q = queue.front();
    if (wanted[index(q)]) return distance[index(q)];
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const automata::State next = dfa.step(q, core::symbol(x));
      if (distance[index(next)] != SIZE_MAX) continue;
      distance[index(next)] = distance[index(q)] + 1;
      queue.push(next);
    }
  }
  return SIZE_MAX;
}

TEST_CASE("a language is aperiodic iff no element of its monoid has a period, and a witness can be run",
          "[language_properties]") {
  EIGENMATA_SEEDED(random, 21);
  int periodic = 0;
  for (int round = 0; round < 4'000; ++round) {
    const Dfa dfa = automata::minimised(testing::random_dfa(random, 1 + random.below(5), 1 + random.below(3)));
    CAPTURE(shown(dfa));
    const TransitionMonoid monoid = monoid_of(dfa);
    bool expected = true;
    for (std::size_t m = 0; m < monoid.size(); ++m) expected = expected && is_aperiodic_map(monoid.map_of(element(m)));
    const auto verdict = is_aperiodic(dfa, monoid);
    REQUIRE_FALSE(verdict.is_unknown());
    REQUIRE(verdict.is_yes() == expected);
    if (verdict.is_yes()) continue;
    ++periodic;
    require_witness(dfa, verdict.witness());
  }
  CHECK(periodic > 1'000);
  CHECK(periodic < 3'900);
}

TEST_CASE("a witness for a given word has a shortest prefix", "[language_properties]") {
  EIGENMATA_SEEDED(random, 22);
  int tried = 0;
  for (int round = 0; round < 3'000; ++round) {
    const Dfa dfa = automata::minimised(testing::random_dfa(random, 2 + random.below(8), 1 + random.below(3)));
    const core::Word repeat = testing::random_word(random, 1 + random.below(4), dfa.letters());
    const Transformation map = word_map(dfa, repeat);
    if (map.period() == 1) continue;
    ++tried;
    CAPTURE(shown(dfa), core::format_word(dfa.alphabet(), repeat));
    const PeriodWitness witness = period_witness(dfa, repeat);
    REQUIRE(witness.repeat == repeat);
    require_witness(dfa, witness);
    // The points on cycles of length > 1: those that come back, but not at once.
    std::vector<bool> moved(dfa.states(), false);
    for (Point q = 0; q < dfa.states(); ++q) {
      Point later = map.image_of(q);
      if (later == q) continue;
      for (std::size_t i = 0; i < dfa.states() && later != q; ++i) later = map.image_of(later);
      moved[q] = later == q;
    }
    REQUIRE(moved[index(dfa.run(dfa.initial(), witness.prefix))]);
    REQUIRE(witness.prefix.size() == distance_to(dfa, moved));
  }
  CHECK(tried > 500);
}

TEST_CASE("well-known languages are star-free or not", "[language_properties]") {
  const auto aperiodic = [](const Dfa& dfa) { return is_aperiodic(dfa, monoid_of(dfa)).is_yes(); };
  CHECK(aperiodic(regex_language("(ab)*")));  // [McNaughtonPapert1971]
  CHECK(aperiodic(regex_language(".*a.*", "ab")));
  CHECK(aperiodic(catalogue_language("third-from-end")));
  CHECK(aperiodic(catalogue_language("dyck-1-depth-3")));
  CHECK(aperiodic(catalogue_language("flip-flop")));
  CHECK_FALSE(aperiodic(regex_language("(aa)*")));
  CHECK_FALSE(aperiodic(regex_language("(abab)*")));
  CHECK_FALSE(aperiodic(catalogue_language("parity")));
  CHECK_FALSE(aperiodic(catalogue_language("a5-word-problem")));
}

TEST_CASE("the witness for parity is one letter", "[language_properties]") {
  const Dfa parity = catalogue_language("parity");
  const auto verdict = is_aperiodic(parity, monoid_of(parity));
  REQUIRE(verdict.is_no());
  CHECK(verdict.witness().prefix.empty());
  CHECK(verdict.witness().repeat.size() == 1);
  CHECK(verdict.witness().suffix.empty());
  CHECK(verdict.witness().period == 2);
}

TEST_CASE("the period of a witness can be less than that of the map", "[language_properties]") {
  // a turns a cycle of two accepting-and-rejecting states and, reached by b, one of three; from the first the
  // word has period 2, though the map has period 6.
  const Dfa dfa = automata::minimised(
      testing::dfa_from_table(testing::small_alphabet(2), {{1, 2}, {0, 2}, {3, 3}, {4, 4}, {2, 2}}, {0, 2}));
  REQUIRE(dfa.states() == 5);
  const core::Word a{core::symbol(0)};
  CHECK(word_map(dfa, a).period() == 6);
  CHECK(period_witness(dfa, a).period == 2);
}

TEST_CASE("an incomplete monoid answers no or unknown, never yes", "[language_properties]") {
  core::Limits nothing;
  nothing.memory_bytes = 0;
  const Dfa star_free = regex_language("(ab)*");
  const TransitionMonoid first(letter_maps(star_free), nothing);
  REQUIRE_FALSE(first.is_complete());
  const auto unknown = is_aperiodic(star_free, first);
  REQUIRE(unknown.is_unknown());
  CHECK_THAT(unknown.reason(), Catch::Contains("memory limit"));

  // Among the first elements found there is one with a period.
  core::Limits little;
  little.memory_bytes = 40'000;
  const Dfa m11 = catalogue_language("m11-points");
  const TransitionMonoid part(letter_maps(m11), little);
  REQUIRE_FALSE(part.is_complete());
  const auto no = is_aperiodic(m11, part);
  REQUIRE(no.is_no());
  require_witness(m11, no.witness());
}

TEST_CASE("the monoid is a group iff every element is a permutation", "[language_properties]") {
  EIGENMATA_SEEDED(random, 23);
  int groups = 0;
  for (int round = 0; round < 600; ++round) {
    const std::size_t states = 1 + random.below(4);
    const std::size_t letters = 1 + random.below(3);
    const Dfa dfa = automata::minimised(random.one_in(2) ? testing::random_permutation_dfa(random, states, letters)
                                                         : testing::random_dfa(random, states, letters));
    CAPTURE(shown(dfa));
    const TransitionMonoid monoid = monoid_of(dfa);
    bool expected = true;
    for (std::size_t m = 0; m < monoid.size(); ++m) expected = expected && monoid.map_of(element(m)).is_permutation();
    const auto verdict = is_group(dfa);
    REQUIRE(verdict.is_yes() == expected);
    groups += expected ? 1 : 0;
    if (verdict.is_no()) REQUIRE_FALSE(word_map(dfa, {verdict.witness()}).is_permutation());
  }
  CHECK(groups > 50);
  CHECK(is_group(catalogue_language("m11-points")).is_yes());
  CHECK(is_group(regex_language("(ab)*")).is_no());
}

TEST_CASE("the order of letters matters iff two elements of the monoid do not commute", "[language_properties]") {
  EIGENMATA_SEEDED(random, 24);
  int commutative = 0;
  for (int round = 0; round < 600; ++round) {
    const Dfa dfa = automata::minimised(testing::random_dfa(random, 1 + random.below(3), 1 + random.below(3)));
    CAPTURE(shown(dfa));
    const TransitionMonoid monoid = monoid_of(dfa);
    bool expected = true;
    for (std::size_t m = 0; m < monoid.size(); ++m) {
      for (std::size_t n = 0; n < m; ++n) {
        const Transformation a = monoid.map_of(element(m));
        const Transformation b = monoid.map_of(element(n));
        expected = expected && a * b == b * a;
      }
    }
    const auto verdict = is_commutative(dfa);
    REQUIRE(verdict.is_yes() == expected);
    commutative += expected ? 1 : 0;
    if (verdict.is_yes()) continue;
    const auto [x, y] = verdict.witness();
    REQUIRE(word_map(dfa, {x, y}) != word_map(dfa, {y, x}));
  }
  CHECK(commutative > 50);
  CHECK(commutative < 550);
  CHECK(is_commutative(catalogue_language("mod-5")).is_yes());
  CHECK(is_commutative(catalogue_language("s3-word-problem")).is_no());
}

TEST_CASE("the verdicts name theorems that are listed", "[language_properties]") {
  const auto listed = [](const std::string& id) {
    const auto& all = core::theorems();
    return std::any_of(all.begin(), all.end(), [&](const core::Theorem& t) { return t.id == id; });
  };
  const Dfa parity = catalogue_language("parity");
  CHECK(listed(is_aperiodic(parity, monoid_of(parity)).theorem()));
  CHECK(listed(is_group(parity).theorem()));
  CHECK(listed(is_commutative(parity).theorem()));
}

}  // namespace
}  // namespace eigenmata::algebra
