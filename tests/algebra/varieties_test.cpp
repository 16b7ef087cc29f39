// SPDX-License-Identifier: Apache-2.0
//
// What holds for all the decisions at once: their witnesses, how the families contain each other, known languages, and
// what is left of the answers when not all of the monoid is known.
#include "eigenmata/algebra/varieties.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <map>
#include <set>
#include <string>

#include "classified.hpp"
#include "eigenmata/algebra/language_properties.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

TEST_CASE("every no about a variety has a witness that can be run", "[varieties]") {
  EIGENMATA_SEEDED(random, 51);
  const std::set<std::string> of_monoids{"r_trivial", "l_trivial", "j_trivial", "da", "block_group"};
  std::map<std::string, int> no;
  std::set<std::string> laws;
  constexpr int kRounds = 3'000;
  for (int round = 0; round < kRounds; ++round) {
    const Classified c(random_language(random, 5, 3));
    CAPTURE(shown(c.minimal));
    for (const auto& [name, decide] : decisions()) {
      CAPTURE(name);
      const LawVerdict verdict = decide(c.semigroup);
      REQUIRE_FALSE(verdict.is_unknown());
      if (verdict.is_yes()) continue;
      ++no[name];
      laws.insert(verdict.witness().law);
      require_witness(c.minimal, verdict.witness(), of_monoids.count(name) == 0);
    }
  }
  for (const auto& [name, decide] : decisions()) {
    CAPTURE(name);
    CHECK(no[name] > kRounds / 20);
    CHECK(no[name] < kRounds * 19 / 20);
  }
  CHECK(laws == std::set<std::string>{
                    "ee = e => se = e", "ee = e => es = e", "ee = e => ese = e", "ee = e => esese = ese",
                    "ee = e => esete = etese", "ee = e, ff = f => epfqerf = erfqepf",
                    "ee = e, eg = g, ge = g, gh = e => g = e", "ee = e, eg = g, ge = g, gh = e, |e| = |g| => g = e",
                    "uyz = u => uy = u", "zyu = u => yu = u", "szs = s => ss = s",
                    "ee = e, ff = f, ef = f, fe = e => e = f", "ee = e, ff = f, ef = e, fe = f => e = f"});
}

TEST_CASE("varieties contain each other as they should", "[varieties]") {
  EIGENMATA_SEEDED(random, 57);
  const std::vector<std::pair<std::string, std::string>> implications{
      {"nilpotent", "definite"},
      {"nilpotent", "reverse_definite"},
      {"nilpotent", "j_trivial"},
      {"definite", "generalized_definite"},
      {"definite", "l_trivial"},
      {"reverse_definite", "generalized_definite"},
      {"reverse_definite", "r_trivial"},
      {"generalized_definite", "locally_testable"},
      {"generalized_definite", "da"},
      {"locally_testable", "locally_threshold_testable"},
      {"locally_threshold_testable", "aperiodic"},
      {"j_trivial", "r_trivial"},
      {"j_trivial", "l_trivial"},
      {"j_trivial", "block_group"},
      {"r_trivial", "da"},
      {"l_trivial", "da"},
      {"da", "aperiodic"},
      {"aperiodic", "quasi_aperiodic"},
      {"group", "block_group"},
      {"commutative", "block_group"},
  };
  std::map<std::pair<std::string, std::string>, int> proper;
  const auto examine = [&](const Dfa& dfa) {
    const Classified c(dfa);
    CAPTURE(shown(c.minimal));
    std::map<std::string, bool> answer;
    for (const auto& [name, decide] : decisions()) answer[name] = decide(c.semigroup).is_yes();
    answer["aperiodic"] = is_aperiodic(c.minimal, c.monoid).is_yes();
    answer["group"] = is_group(c.minimal).is_yes();
    answer["commutative"] = is_commutative(c.minimal).is_yes();
    for (const auto& [stronger, weaker] : implications) {
      CAPTURE(stronger, weaker);
      REQUIRE((answer.at(weaker) || !answer.at(stronger)));
      if (answer.at(weaker) && !answer.at(stronger)) ++proper[{stronger, weaker}];
    }
    // The words read backwards.
    const Classified mirror(reversed(c.minimal));
    for (const auto& [name, decide] : decisions()) {
      CAPTURE(name);
      const std::string other = name == "definite"           ? "reverse_definite"
                                : name == "reverse_definite" ? "definite"
                                : name == "r_trivial"        ? "l_trivial"
                                : name == "l_trivial"        ? "r_trivial"
                                                             : name;
      REQUIRE(decide(mirror.semigroup).is_yes() == answer.at(other));
    }
  };
  for (int round = 0; round < 1'500; ++round) examine(random_language(random, 5, 2));
  // Some differences are rare among random languages.
  for (const char* name : {"exactly-one-a", "subword-abc", "r-trivial-example", "l-trivial-example", "da-example",
                           "dot-depth-one-example", "starts-a-ends-b", "pangram-abcd", "tomita-4", "fibonacci"}) {
    examine(catalogue_language(name));
  }
  for (const auto& [stronger, weaker] : implications) {
    CAPTURE(stronger, weaker);
    CHECK(proper[{stronger, weaker}] > 0);
  }
}

TEST_CASE("the empty word does not matter to what speaks of non-empty words, nor to most of the rest", "[varieties]") {
  EIGENMATA_SEEDED(random, 58);
  for (int round = 0; round < 600; ++round) {
    const Dfa dfa = random_language(random, 4, 2);
    CAPTURE(shown(dfa));
    // A new initial state that nothing leads to, with the other answer for the empty word.
    std::vector<bool> accepting = dfa.accepting();
    std::vector<automata::State> next = dfa.table();
    accepting.push_back(!dfa.is_accepting(dfa.initial()));
    for (std::size_t x = 0; x < dfa.letters(); ++x) next.push_back(dfa.step(dfa.initial(), core::symbol(x)));
    const Classified c(dfa);
    const Classified toggled(automata::minimised(Dfa(dfa.alphabet(), automata::state(dfa.states()), accepting, next)));
    for (const auto& [name, decide] : decisions()) {
      CAPTURE(name);
      REQUIRE(decide(c.semigroup).answer() == decide(toggled.semigroup).answer());
    }
  }
}

TEST_CASE("well-known languages are where the literature puts them", "[varieties]") {
  // For each language the least of these families that it is in; what is not listed is no.
  const std::vector<std::pair<std::string, std::set<std::string>>> expected{
      {"third-from-end",
       {"definite", "generalized_definite", "locally_testable", "locally_threshold_testable", "l_trivial", "da",
        "quasi_aperiodic"}},
      {"ends-with-ab",
       {"definite", "generalized_definite", "locally_testable", "locally_threshold_testable", "l_trivial", "da",
        "quasi_aperiodic"}},
      {"starts-with-ab",
       {"reverse_definite", "generalized_definite", "locally_testable", "locally_threshold_testable", "r_trivial", "da",
        "quasi_aperiodic"}},
      {"starts-a-ends-b",
       {"generalized_definite", "locally_testable", "locally_threshold_testable", "da", "quasi_aperiodic"}},
      {"contains-aa", {"locally_testable", "locally_threshold_testable", "quasi_aperiodic"}},
      {"exactly-one-a",
       {"locally_threshold_testable", "r_trivial", "l_trivial", "j_trivial", "da", "block_group", "quasi_aperiodic"}},
      {"exactly-one-ab", {"locally_threshold_testable", "quasi_aperiodic"}},
      {"dot-depth-one-example", {"quasi_aperiodic"}},
      {"dot-depth-two-example", {"quasi_aperiodic"}},
      {"subword-abc", {"r_trivial", "l_trivial", "j_trivial", "da", "block_group", "quasi_aperiodic"}},
      {"pangram-abcd",
       {"locally_testable", "locally_threshold_testable", "r_trivial", "l_trivial", "j_trivial", "da", "block_group",
        "quasi_aperiodic"}},
      {"r-trivial-example", {"r_trivial", "da", "quasi_aperiodic"}},
      {"l-trivial-example", {"l_trivial", "da", "quasi_aperiodic"}},
      {"da-example", {"da", "quasi_aperiodic"}},
      {"parity", {"block_group"}},
      {"length-mod-3", {"block_group", "quasi_aperiodic"}},
      {"aa-star", {"block_group", "quasi_aperiodic"}},
      {"even-length-with-aa", {"quasi_aperiodic"}},
      {"even-positions-a", {"block_group", "quasi_aperiodic"}},
      {"abab-star", {"block_group", "quasi_aperiodic"}},
      {"ab-star", {"locally_testable", "locally_threshold_testable", "block_group", "quasi_aperiodic"}},
      {"s5-word-problem", {"block_group"}},
      {"flip-flop", {"l_trivial", "da", "quasi_aperiodic"}},
      {"nonempty",
       {"nilpotent", "definite", "reverse_definite", "generalized_definite", "locally_testable",
        "locally_threshold_testable", "r_trivial", "l_trivial", "j_trivial", "da", "block_group", "quasi_aperiodic"}},
  };
  for (const auto& [language, families] : expected) {
    const Classified c(catalogue_language(language));
    std::set<std::string> found;
    for (const auto& [name, decide] : decisions()) {
      if (decide(c.semigroup).is_yes()) found.insert(name);
    }
    CAPTURE(language);
    CHECK(found == families);
  }
}

TEST_CASE("without the whole monoid the answer is unknown, with the reason", "[varieties]") {
  core::Limits nothing;
  nothing.memory_bytes = 0;
  const Dfa dfa = regex_language("(ab)*");
  const TransitionMonoid part(letter_maps(dfa), nothing);
  REQUIRE_FALSE(part.is_complete());
  const SyntacticSemigroup unknown(dfa, part);
  const TransitionMonoid whole(letter_maps(dfa), {});
  const SyntacticSemigroup without_green(dfa, whole, nothing);
  for (const auto& [name, decide] : decisions()) {
    CAPTURE(name);
    REQUIRE(decide(unknown).is_unknown());
    CHECK_THAT(decide(unknown).reason(), Catch::Contains("memory limit"));
    REQUIRE(decide(without_green).is_unknown());
    CHECK_THAT(decide(without_green).reason(), Catch::Contains("memory limit"));
  }
}

TEST_CASE("a part of the monoid is enough for a no, if it has an element with a period", "[varieties]") {
  const auto examine = [](const Dfa& dfa, const TransitionMonoid& monoid, const core::Limits& limits) {
    const SyntacticSemigroup semigroup(dfa, monoid, limits);
    REQUIRE_FALSE(semigroup.is_known());
    std::set<std::string> unknown;
    for (const auto& [name, decide] : decisions()) {
      CAPTURE(name);
      const LawVerdict verdict = decide(semigroup);
      REQUIRE_FALSE(verdict.is_yes());
      if (verdict.is_unknown()) unknown.insert(name);
      if (verdict.is_no()) require_witness(dfa, verdict.witness(), true);
    }
    CHECK(unknown == std::set<std::string>{"block_group", "quasi_aperiodic"});
  };
  core::Limits little;
  little.memory_bytes = 40'000;
  const Dfa m11 = catalogue_language("m11-points");
  const TransitionMonoid part(letter_maps(m11), little);
  REQUIRE_FALSE(part.is_complete());
  examine(m11, part, {});

  // Every map that has a period, when only Green's relations are out of reach.
  EIGENMATA_SEEDED(random, 60);
  core::Limits nothing;
  nothing.memory_bytes = 0;
  int periodic = 0;
  for (int round = 0; round < 500; ++round) {
    const Dfa dfa = random_language(random, 6, 2);
    const TransitionMonoid monoid(letter_maps(dfa), {});
    if (!monoid.first_periodic()) continue;
    CAPTURE(shown(dfa));
    ++periodic;
    examine(dfa, monoid, nothing);
  }
  CHECK(periodic > 30);
}

/// Cycles of two lengths that a letter turns and another merges, both with all states: few R-classes, long ones.
Dfa two_cycles(std::size_t n, std::size_t m) {
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < n; ++q) next.push_back({(q + 1) % n, n});
  for (std::size_t q = 0; q < m; ++q) next.push_back({n + (q + 1) % m, 0});
  return automata::minimised(dfa_from_table(small_alphabet(2), next, {0, n + 3}));
}

TEST_CASE("an interrupt leaves open what takes long", "[varieties]") {
  const std::set<std::string> polled{"generalized_definite", "locally_testable", "quasi_aperiodic"};
  const Dfa dfa = two_cycles(7, 5);
  const TransitionMonoid monoid(letter_maps(dfa), {});
  std::atomic<bool> interrupted = false;
  core::Limits limits;
  limits.interrupted = &interrupted;
  const SyntacticSemigroup semigroup(dfa, monoid, limits);
  REQUIRE(semigroup.is_known());
  for (const std::string& name : polled) CHECK(decisions().at(name)(semigroup).is_no());
  interrupted = true;
  for (const std::string& name : polled) {
    CAPTURE(name);
    const LawVerdict verdict = decisions().at(name)(semigroup);
    REQUIRE(verdict.is_unknown());
    CHECK(verdict.reason() == "interrupted");
  }
}

TEST_CASE("words of one length that take too much memory are left out, and the answer with them", "[varieties]") {
  // A cycle of n letters a, or of n + 1 letters one of which is b; the words are accepted in which b comes an even
  // number of times. Words of one length with an even and with an odd number have n(n + 1) letters.
  constexpr std::size_t n = 101;
  constexpr std::size_t sink = 2 * (n + 1);
  std::vector<std::vector<std::size_t>> next(sink + 1, {sink, sink});
  for (const std::size_t parity : {0, 1}) {
    for (std::size_t q = 0; q <= n; ++q) next[2 * q + parity][0] = 2 * (q + 1 < n ? q + 1 : 0) + parity;
    next[2 * (n - 1) + parity][1] = 2 * n + (1 - parity);
  }
  const Dfa dfa = automata::minimised(dfa_from_table(small_alphabet(2), next, {0}));
  const TransitionMonoid monoid(letter_maps(dfa), {});
  core::Limits enough_for_green;
  enough_for_green.memory_bytes = monoid.size() * (4 * monoid.letters() + 48);
  const SyntacticSemigroup semigroup(dfa, monoid, enough_for_green);
  REQUIRE(semigroup.is_known());
  const LawVerdict verdict = is_quasi_aperiodic(semigroup);
  REQUIRE(verdict.is_unknown());
  CHECK_THAT(verdict.reason(), Catch::Contains("the witness is beyond the limits"));
  const SyntacticSemigroup generous(dfa, monoid);
  const LawVerdict answer = is_quasi_aperiodic(generous);
  REQUIRE(answer.is_no());
  CHECK(answer.witness().words[0].second.size() >= n * (n + 1));
}

TEST_CASE("two long cycles: words of idempotents have thousands of letters, and none is run for each element",
          "[varieties]") {
  const Classified c(two_cycles(61, 53));
  REQUIRE(c.monoid.size() > 9'000);
  core::Limits seconds;
  seconds.deadline = core::Limits::Clock::now() + std::chrono::seconds(20);
  const SyntacticSemigroup semigroup(c.minimal, c.monoid, seconds);
  for (const auto& [name, decide] : decisions()) {
    CAPTURE(name);
    const LawVerdict verdict = decide(semigroup);
    REQUIRE(verdict.is_no());
    require_witness(c.minimal, verdict.witness(), false);
  }
}

}  // namespace
}  // namespace eigenmata::algebra
