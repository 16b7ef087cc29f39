// SPDX-License-Identifier: Apache-2.0
//
// The families that what is seen locally decides, against their definitions and against the laws tried on everything:
// definite, reverse definite, generalized definite, nilpotent, locally testable, locally threshold testable.
#include "eigenmata/algebra/varieties.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "classified.hpp"
#include "eigenmata/algebra/finiteness.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "signatures.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// The word itself up to length 2k; of longer words the first k letters (if `first`) and the last k (if `last`).
bool ends_decide(const Dfa& dfa, std::size_t k, bool first, bool last) {
  using Signature = std::pair<std::string, std::string>;
  return decides<Signature>(dfa, {}, [=](const Signature& s, std::size_t x) {
    const char letter = static_cast<char>('a' + x);
    Signature next = s;
    if (next.first.empty() || next.first[0] != '!') {
      next.first += letter;
      if (next.first.size() <= 2 * k) return next;
      next.second = last ? next.first.substr(next.first.size() - k) : "";
      next.first = "!" + (first ? next.first.substr(0, k) : "");
      return next;
    }
    if (last) next.second = (next.second + letter).substr(next.second.size() + 1 - k);
    return next;
  });
}

/// The first and last k − 1 letters and how often each factor of length k occurs, counted up to `threshold`; shorter
/// words themselves.
bool factors_decide(const Dfa& dfa, std::size_t k, std::size_t threshold) {
  struct Signature {
    std::string first;
    std::string last;
    std::map<std::string, std::size_t> factors;
    bool operator<(const Signature& other) const {
      return std::tie(first, last, factors) < std::tie(other.first, other.last, other.factors);
    }
  };
  return decides<Signature>(dfa, {}, [=](const Signature& s, std::size_t x) {
    Signature next = s;
    const char letter = static_cast<char>('a' + x);
    if (next.first.size() < k - 1) next.first += letter;
    next.last += letter;
    if (next.last.size() == k) {
      std::size_t& count = next.factors[next.last];
      count = std::min(count + 1, threshold);
    }
    if (next.last.size() > k - 1) next.last.erase(0, 1);
    return next;
  });
}

TEST_CASE("definite, reverse definite and generalized definite: the ends of long words decide", "[varieties][slow]") {
  EIGENMATA_SEEDED(random, 52);
  std::map<std::string, int> yes;
  for (int round = 0; round < 1'500; ++round) {
    const Classified c(random_language(random, 4, 2));
    CAPTURE(shown(c.minimal));
    // With n states, n(n − 1)/2 letters merge all states if any number does, as pairs of states then do not repeat.
    const std::size_t k = std::max<std::size_t>(1, c.minimal.states() * (c.minimal.states() - 1) / 2);
    const auto check = [&](const char* name, bool by_definition) {
      CAPTURE(name);
      REQUIRE(decisions().at(name)(c.semigroup).is_yes() == by_definition);
      yes[name] += by_definition ? 1 : 0;
    };
    check("definite", ends_decide(c.minimal, k, false, true));
    check("reverse_definite", ends_decide(c.minimal, k, true, false));
    check("generalized_definite", ends_decide(c.minimal, k, true, true));
    check("nilpotent", is_finite(c.minimal).is_yes() || is_cofinite(c.minimal).is_yes());
  }
  for (const auto& [name, count] : yes) {
    CAPTURE(name);
    CHECK(count > 100);
    CHECK(count < 1'400);
  }
}

TEST_CASE("locally testable: for some k the factors of length k decide; with a threshold, how often they occur",
          "[varieties]") {
  EIGENMATA_SEEDED(random, 53);
  int testable = 0;
  int with_threshold = 0;
  int rejected = 0;
  for (int round = 0; round < 3'000; ++round) {
    const Classified c(random_language(random, 4, 2));
    CAPTURE(shown(c.minimal));
    // A no has to hold for every k: tried are those that are quickly tried.
    const bool lt = is_locally_testable(c.semigroup).is_yes();
    std::size_t k = 1;
    while (k < (lt ? 6 : 3) && !factors_decide(c.minimal, k, 1)) ++k;
    REQUIRE(factors_decide(c.minimal, k, 1) == lt);
    const bool ltt = is_locally_threshold_testable(c.semigroup).is_yes();
    REQUIRE((ltt || !lt));
    if (!lt) {
      k = 1;
      while (k < (ltt ? 3 : 2) && !factors_decide(c.minimal, k, 3)) ++k;
      REQUIRE(factors_decide(c.minimal, k, 3) == ltt);
    }
    ++(lt ? testable : ltt ? with_threshold : rejected);
  }
  CHECK(testable > 100);
  CHECK(with_threshold > 5);
  CHECK(rejected > 100);
}

TEST_CASE("the laws of local sets, tried on all elements", "[varieties]") {
  EIGENMATA_SEEDED(random, 59);
  std::map<std::string, int> yes;
  int rounds = 0;
  int needs_two_idempotents = 0;
  const auto examine = [&](const Dfa& dfa) {
    const Classified c(dfa);
    if (c.monoid.size() > 30) return;
    ++rounds;
    CAPTURE(shown(c.minimal));
    const Table t(c.monoid);
    const auto product = [&](std::initializer_list<std::size_t> factors) {
      std::size_t result = 0;
      for (const std::size_t factor : factors) result = t.product[result][factor];
      return result;
    };
    std::set<std::size_t> s;  // products of one or more letters
    for (std::size_t m = 0; m < t.size(); ++m) {
      for (std::size_t x = 0; x < c.monoid.letters(); ++x) s.insert(index(c.monoid.right(element(m), core::symbol(x))));
    }
    REQUIRE(c.semigroup.has_identity() == (s.count(0) == 1));
    bool generalized_definite = true;
    bool semilattices = true;
    bool commutative = true;
    bool exchangeable = true;
    for (const std::size_t e : s) {
      if (t.product[e][e] != e) continue;
      for (const std::size_t f : s) {
        if (t.product[f][f] != f) continue;
        std::set<std::size_t> there, back;
        for (const std::size_t m : s) {
          there.insert(product({e, m, f}));
          back.insert(product({f, m, e}));
        }
        for (const std::size_t p : there) {
          if (e == f && p != e) generalized_definite = false;
          if (e == f && t.product[p][p] != p) semilattices = false;
          for (const std::size_t r : there) {
            if (e == f && t.product[p][r] != t.product[r][p]) commutative = false;
            for (const std::size_t q : back) exchangeable = exchangeable && product({p, q, r}) == product({r, q, p});
          }
        }
      }
    }
    const bool aperiodic = is_aperiodic(c.minimal, c.monoid).is_yes();
    const auto check = [&](const char* name, bool expected) {
      CAPTURE(name);
      const LawVerdict verdict = decisions().at(name)(c.semigroup);
      REQUIRE(verdict.is_yes() == expected);
      yes[name] += expected ? 1 : 0;
      if (verdict.is_no()) require_witness(c.minimal, verdict.witness(), true);
    };
    check("generalized_definite", generalized_definite);
    check("locally_testable", semilattices && commutative);
    check("locally_threshold_testable", aperiodic && exchangeable);
    needs_two_idempotents += aperiodic && commutative && !exchangeable ? 1 : 0;
  };
  for (int round = 0; round < 2'000; ++round) examine(random_language(random, 5, 3));
  for (int round = 0; round < 100; ++round) {
    // a* x b* y a* z … for letters x, y, z among c, d, e: the idempotents of a and of b, and one way to and fro. If x ≠
    // z, a* z b* y a* x has the same factors, but all local monoids are commutative.
    const std::size_t places = 3 + random.below(2);
    std::vector<std::vector<std::size_t>> next(places + 1, std::vector<std::size_t>(5, places));
    for (std::size_t q = 0; q < places; ++q) {
      next[q][q % 2] = q;
      if (q + 1 < places) next[q][2 + random.below(3)] = q + 1;
    }
    examine(automata::minimised(testing::dfa_from_table(testing::small_alphabet(5), next, {places - 1})));
  }
  for (const auto& [name, count] : yes) {
    CAPTURE(name);
    CHECK(count > 100);
    CHECK(count < rounds - 100);
  }
  CHECK(needs_two_idempotents > 5);
}

}  // namespace
}  // namespace eigenmata::algebra
