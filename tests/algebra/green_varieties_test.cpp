// SPDX-License-Identifier: Apache-2.0
//
// The families that Green's relations of the syntactic monoid decide, against other descriptions of them: R-, L- and
// J-trivial, DA, block groups, quasi-aperiodic.
#include "eigenmata/algebra/varieties.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "classified.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "signatures.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// The subwords of length at most k.
bool subwords_decide(const Dfa& dfa, std::size_t k) {
  using Signature = std::set<std::string>;
  return decides<Signature>(dfa, {""}, [=](const Signature& s, std::size_t x) {
    Signature next = s;
    for (const std::string& subword : s) {
      if (subword.size() < k) next.insert(subword + static_cast<char>('a' + x));
    }
    return next;
  });
}

/// No cycles but loops.
bool is_partially_ordered(const Dfa& dfa) {
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const automata::State next = dfa.step(automata::state(q), core::symbol(x));
      if (index(next) != q && automata::shortest_path(dfa, next, automata::state(q))) return false;
    }
  }
  return true;
}

bool is_da_by_its_identity(const Table& t) {
  for (std::size_t x = 0; x < t.size(); ++x) {
    for (std::size_t y = 0; y < t.size(); ++y) {
      const std::size_t e = t.omega(t.product[x][y]);
      if (t.product[t.product[e][x]][e] != e) return false;
    }
  }
  return true;
}

bool is_block_group_by_its_identity(const Table& t) {
  for (std::size_t x = 0; x < t.size(); ++x) {
    for (std::size_t y = 0; y < t.size(); ++y) {
      const std::size_t e = t.omega(x);
      const std::size_t f = t.omega(y);
      if (t.omega(t.product[e][f]) != t.omega(t.product[f][e])) return false;
    }
  }
  return true;
}

/// For t = 1, 2, … the set of maps of words of length t, until a set comes again: is there a cyclic group of more than
/// one element in one of them?
bool is_quasi_aperiodic_by_lengths(const TransitionMonoid& monoid, const Table& t) {
  std::set<std::set<std::size_t>> seen;
  std::set<std::size_t> made{0};
  for (;;) {
    std::set<std::size_t> next;
    for (const std::size_t m : made) {
      for (std::size_t x = 0; x < monoid.letters(); ++x) next.insert(index(monoid.right(element(m), core::symbol(x))));
    }
    made = std::move(next);
    if (!seen.insert(made).second) return true;
    for (const std::size_t g : made) {
      std::size_t order = 1;
      std::size_t power = t.product[g][g];
      for (; power != g && made.count(power) == 1 && order <= t.size(); ++order) power = t.product[power][g];
      if (power == g && order > 1) return false;
    }
  }
}

TEST_CASE("piecewise testable: the subwords up to the longest path of the automaton decide", "[varieties]") {
  EIGENMATA_SEEDED(random, 54);
  int yes = 0;
  int no = 0;
  for (int round = 0; round < 2'000; ++round) {
    const Classified c(random_language(random, 4, 2));
    CAPTURE(shown(c.minimal));
    const bool by_definition = subwords_decide(c.minimal, 3);
    REQUIRE(is_j_trivial(c.semigroup).is_yes() == by_definition);
    ++(by_definition ? yes : no);
  }
  CHECK(yes > 100);
  CHECK(no > 100);
}

TEST_CASE("R-trivial: the minimal automaton has no cycles but loops; L-trivial: that of the reversed words",
          "[varieties]") {
  EIGENMATA_SEEDED(random, 55);
  std::map<std::pair<bool, bool>, int> count;
  for (int round = 0; round < 8'000; ++round) {
    const Classified c(random_language(random, 4, 3));
    CAPTURE(shown(c.minimal));
    const bool r = is_partially_ordered(c.minimal);
    const bool l = is_partially_ordered(reversed(c.minimal));
    REQUIRE(is_r_trivial(c.semigroup).is_yes() == r);
    REQUIRE(is_l_trivial(c.semigroup).is_yes() == l);
    REQUIRE(is_j_trivial(c.semigroup).is_yes() == (r && l));
    ++count[{r, l}];
  }
  for (const bool r : {false, true}) {
    for (const bool l : {false, true}) CHECK(count[{r, l}] > 5);
  }
}

TEST_CASE("DA, block groups and quasi-aperiodic monoids by other descriptions", "[varieties]") {
  EIGENMATA_SEEDED(random, 56);
  std::map<std::string, int> yes;
  int only_quasi = 0;
  int rounds = 0;
  for (int round = 0; round < 1'500; ++round) {
    const Classified c(random_language(random, 4, 2));
    if (c.monoid.size() > 60) continue;
    ++rounds;
    CAPTURE(shown(c.minimal));
    const Table table(c.monoid);
    const auto check = [&](const char* name, bool expected) {
      CAPTURE(name);
      REQUIRE(decisions().at(name)(c.semigroup).is_yes() == expected);
      yes[name] += expected ? 1 : 0;
    };
    check("da", is_da_by_its_identity(table));
    check("block_group", is_block_group_by_its_identity(table));
    const bool quasi = is_quasi_aperiodic_by_lengths(c.monoid, table);
    check("quasi_aperiodic", quasi);
    only_quasi += quasi && is_aperiodic(c.minimal, c.monoid).is_no() ? 1 : 0;
  }
  for (const auto& [name, count] : yes) {
    CAPTURE(name);
    CHECK(count > 100);
    CHECK(count < rounds - 30);
  }
  CHECK(only_quasi > 50);
}

}  // namespace
}  // namespace eigenmata::algebra
