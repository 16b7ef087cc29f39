// SPDX-License-Identifier: Apache-2.0
//
// Verdicts for every language of the catalogue: against the definitions, tried on a plain list of all maps that words
// make, and against what is published about languages by name.
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "eigenmata/expressivity/decide.hpp"
#include "support/languages.hpp"

namespace eigenmata::expressivity {
namespace {

using automata::Dfa;
using Map = std::vector<std::uint32_t>;

CellVerdict verdict(LanguageFacts& facts, const std::string& c, Layers layers = {},
                    const std::string& semantics = "exact") {
  return decide(facts, parse_model_class(c, {"test"}), layers, parse_semantics(semantics, {"test"}));
}

Map then(const Map& f, const Map& g) {
  Map result;
  for (const auto x : f) result.push_back(g[x]);
  return result;
}

/// The maps of all non-empty words on the states; nothing if they are more than `most`.
std::vector<Map> all_maps(const Dfa& minimal, std::size_t most) {
  std::vector<Map> letters;
  for (std::size_t x = 0; x < minimal.letters(); ++x) {
    Map map;
    for (std::size_t q = 0; q < minimal.states(); ++q)
      map.push_back(static_cast<std::uint32_t>(index(minimal.step(automata::state(q), core::symbol(x)))));
    letters.push_back(map);
  }
  std::set<Map> seen(letters.begin(), letters.end());
  std::vector<Map> maps(seen.begin(), seen.end());
  for (std::size_t i = 0; i < maps.size(); ++i) {
    for (const Map& x : letters) {
      Map next = then(maps[i], x);
      if (!seen.insert(next).second) continue;
      maps.push_back(std::move(next));
      if (maps.size() > most) return {};
    }
  }
  return maps;
}

/// The period of f, f², f³, … by looking for a repetition.
std::size_t period_of(const Map& f) {
  std::vector<Map> powers{f};
  while (true) {
    const Map next = then(powers.back(), f);
    for (std::size_t i = 0; i < powers.size(); ++i) {
      if (powers[i] == next) return powers.size() - i;
    }
    powers.push_back(next);
  }
}

TEST_CASE("verdicts for the whole catalogue agree with the definitions", "[catalogue-verdicts]") {
  constexpr std::size_t kMostMaps = 3'000;
  std::size_t compared = 0;
  for (const std::string& name : automata::catalogue_names()) {
    LanguageFacts facts(testing::catalogue_language(name));
    const Dfa& dfa = facts.minimal();
    const std::vector<Map> maps = all_maps(dfa, kMostMaps);
    if (maps.empty() || maps.size() * dfa.states() > 200'000) continue;
    ++compared;
    bool aperiodic = true, powers_of_two = true, definite = true, idempotent_letters = true;
    for (const Map& m : maps) {
      const std::size_t period = period_of(m);
      aperiodic = aperiodic && period == 1;
      powers_of_two = powers_of_two && (period & (period - 1)) == 0;
    }
    // se = e for all s and all idempotents e.
    for (const Map& e : maps) {
      if (!definite || then(e, e) != e) continue;
      for (const Map& s : maps) definite = definite && then(s, e) == e;
    }
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      Map letter;
      for (std::size_t q = 0; q < dfa.states(); ++q)
        letter.push_back(static_cast<std::uint32_t>(index(dfa.step(automata::state(q), core::symbol(x)))));
      idempotent_letters = idempotent_letters && then(letter, letter) == letter;
    }
    CAPTURE(name, maps.size());
    CHECK(verdict(facts, "diagonal[0,1]").is_yes() == aperiodic);
    CHECK(verdict(facts, "diagonal[0,1]").is_no() == !aperiodic);
    CHECK(verdict(facts, "householder[0,1]:1").is_yes() == aperiodic);
    CHECK(verdict(facts, "diagonal[-1,1]").is_yes() == powers_of_two);
    CHECK(verdict(facts, "diagonal[-1,1]").is_no() == !powers_of_two);
    CHECK(verdict(facts, "triangular[-1,1]").is_yes() == powers_of_two);
    CHECK(verdict(facts, "diagonal(0,1)").is_yes() == definite);
    CHECK(verdict(facts, "dense", {}, "robust:1/10").is_yes() == definite);
    CHECK(verdict(facts, "diagonal[0,1]", {}, "finite-orbit").is_yes() == (aperiodic && idempotent_letters));
    CHECK(verdict(facts, "householder[-1,1]:1").is_yes());
    CHECK(verdict(facts, "dense", 1).is_yes());
  }
  CHECK(compared >= 100);
}

TEST_CASE("published verdicts by name", "[catalogue-verdicts]") {
  struct Published {
    const char* language;
    bool star_free;   ///< non-negative diagonal: [Sarrof2024], [Bhattamishra2020] for the Tomita languages
    bool two_groups;  ///< diagonal entries in [-1,1]: [Grazzi2025] for counters
    bool solvable;    ///< complex diagonal: [Shakerinava2026]
    bool definite;    ///< gates strictly inside (0,1): [Dankowiakowski2025] for flip-flop
  };
  for (const Published& known : {Published{"parity", false, true, true, false},
                                 Published{"aa-star", false, true, true, false},
                                 Published{"ab-star", true, true, true, false},
                                 Published{"abab-star", false, true, true, false},
                                 Published{"flip-flop", true, true, true, false},
                                 Published{"even-pairs", true, true, true, false},
                                 Published{"tomita-1", true, true, true, false},
                                 Published{"tomita-2", true, true, true, false},
                                 Published{"tomita-3", false, true, true, false},
                                 Published{"tomita-4", true, true, true, false},
                                 Published{"tomita-5", false, true, true, false},
                                 Published{"tomita-6", false, false, true, false},
                                 Published{"tomita-7", true, true, true, false},
                                 Published{"mod-3", false, false, true, false},
                                 Published{"mod-4", false, true, true, false},
                                 Published{"mod-5", false, false, true, false},
                                 Published{"mod-8", false, true, true, false},
                                 Published{"dyck-1-depth-3", true, true, true, false},
                                 Published{"cycle-navigation", false, false, true, false},
                                 Published{"s3-word-problem", false, false, true, false},
                                 Published{"s4-word-problem", false, false, true, false},
                                 Published{"a4-word-problem", false, false, true, false},
                                 Published{"q8-word-problem", false, true, true, false},
                                 Published{"d4-word-problem", false, true, true, false},
                                 Published{"a5-word-problem", false, false, false, false},
                                 Published{"s5-word-problem", false, false, false, false},
                                 Published{"z60-word-problem", false, false, true, false},
                                 Published{"s5-swaps", false, false, false, false}}) {
    CAPTURE(known.language);
    LanguageFacts facts(testing::catalogue_language(known.language));
    CHECK(verdict(facts, "mamba[0,1]").is_yes() == known.star_free);
    CHECK(verdict(facts, "mamba[0,1]").is_no() == !known.star_free);
    CHECK(verdict(facts, "mamba[-1,1]").is_yes() == known.two_groups);
    CHECK(verdict(facts, "diagonal-complex").is_yes() == known.solvable);
    CHECK(verdict(facts, "mamba").is_yes() == known.definite);
    CHECK(verdict(facts, "deltanet[-1,1]").is_yes());
    CHECK(verdict(facts, "pd-ssm[closed]", 1).is_yes());
    CHECK(verdict(facts, "rwkv7[-1,1]", 4).is_yes());
  }
}

}  // namespace
}  // namespace eigenmata::expressivity
