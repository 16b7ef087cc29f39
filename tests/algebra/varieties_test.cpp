// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/varieties.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "eigenmata/algebra/finiteness.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/automata/words.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using testing::catalogue_language;
using testing::regex_language;

std::string shown(const Dfa& dfa) {
  std::string text;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    text += dfa.is_accepting(automata::state(q)) ? "+" : "-";
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      text += std::to_string(index(dfa.step(automata::state(q), core::symbol(x))));
      text += ' ';
    }
  }
  return text;
}

/// A language with its monoid, and all answers about it.
struct Classified {
  explicit Classified(Dfa dfa) : minimal(std::move(dfa)), monoid(letter_maps(minimal), {}), semigroup(minimal, monoid) {
    REQUIRE(semigroup.is_known());
  }
  Classified(const Classified&) = delete;

  Dfa minimal;
  TransitionMonoid monoid;
  SyntacticSemigroup semigroup;
};

const std::map<std::string, LawVerdict (*)(const SyntacticSemigroup&)>& decisions() {
  static const std::map<std::string, LawVerdict (*)(const SyntacticSemigroup&)> all{
      {"nilpotent", is_nilpotent},
      {"definite", is_definite},
      {"reverse_definite", is_reverse_definite},
      {"generalized_definite", is_generalized_definite},
      {"locally_testable", is_locally_testable},
      {"locally_threshold_testable", is_locally_threshold_testable},
      {"r_trivial", is_r_trivial},
      {"l_trivial", is_l_trivial},
      {"j_trivial", is_j_trivial},
      {"da", is_da},
      {"block_group", is_block_group},
      {"quasi_aperiodic", is_quasi_aperiodic},
  };
  return all;
}

// Witnesses.

core::Word substituted(const std::string& product, const LawWitness& witness) {
  core::Word word;
  for (const char variable : product) {
    const auto at =
        std::find_if(witness.words.begin(), witness.words.end(), [&](const auto& w) { return w.first == variable; });
    REQUIRE(at != witness.words.end());
    word.insert(word.end(), at->second.begin(), at->second.end());
  }
  return word;
}

/// The premises hold, the conclusion does not, and the language tells its sides apart.
void require_witness(const Dfa& dfa, const LawWitness& witness, bool of_semigroup) {
  CAPTURE(witness.law);
  std::string rest = witness.law;
  const std::size_t arrow = rest.find(" => ");
  REQUIRE(arrow != std::string::npos);
  std::string premises = rest.substr(0, arrow) + ", ";
  for (std::size_t comma; (comma = premises.find(", ")) != std::string::npos; premises.erase(0, comma + 2)) {
    const std::string premise = premises.substr(0, comma);
    CAPTURE(premise);
    const std::size_t equals = premise.find(" = ");
    REQUIRE(equals != std::string::npos);
    const std::string left = premise.substr(0, equals);
    const std::string right = premise.substr(equals + 3);
    if (left[0] == '|') {
      REQUIRE(substituted(left.substr(1, 1), witness).size() == substituted(right.substr(1, 1), witness).size());
    } else {
      REQUIRE(word_map(dfa, substituted(left, witness)) == word_map(dfa, substituted(right, witness)));
    }
  }
  const std::string conclusion = rest.substr(arrow + 4);
  const std::size_t equals = conclusion.find(" = ");
  REQUIRE(substituted(conclusion.substr(0, equals), witness) == witness.left);
  REQUIRE(substituted(conclusion.substr(equals + 3), witness) == witness.right);
  const auto in_context = [&](const core::Word& middle) {
    core::Word word = witness.prefix;
    word.insert(word.end(), middle.begin(), middle.end());
    word.insert(word.end(), witness.suffix.begin(), witness.suffix.end());
    return dfa.accepts(word);
  };
  REQUIRE(in_context(witness.left) != in_context(witness.right));
  if (of_semigroup) {
    for (const auto& [variable, word] : witness.words) REQUIRE_FALSE(word.empty());
  }
}

// The families by definition: what has to be known of a word, and does it decide?

/// Walks over all words at once. `signature` is what is known of a word so far; `extend(signature, letter)` what is
/// known of the longer word. Does it decide membership?
template <class Signature>
bool decides(const Dfa& dfa, Signature nothing, const std::function<Signature(const Signature&, std::size_t)>& extend) {
  std::set<std::pair<Signature, std::size_t>> seen{{nothing, index(dfa.initial())}};
  std::vector<std::pair<Signature, std::size_t>> queue(seen.begin(), seen.end());
  std::map<Signature, bool> accepts;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto [signature, q] = queue[i];
    const bool accepting = dfa.is_accepting(automata::state(q));
    if (accepts.try_emplace(signature, accepting).first->second != accepting) return false;
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      std::pair<Signature, std::size_t> next{extend(signature, x),
                                             index(dfa.step(automata::state(q), core::symbol(x)))};
      if (seen.insert(next).second) queue.push_back(std::move(next));
    }
  }
  return true;
}

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

/// The minimal automaton of the words read backwards: sets of states from which acceptance is reached.
Dfa reversed(const Dfa& dfa) {
  std::map<std::vector<bool>, std::size_t> number{{dfa.accepting(), 0}};
  std::vector<std::vector<bool>> sets{dfa.accepting()};
  std::vector<std::vector<std::size_t>> table;
  std::vector<std::size_t> accepting;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    table.emplace_back();
    if (sets[i][index(dfa.initial())]) accepting.push_back(i);
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      std::vector<bool> before(dfa.states());
      for (std::size_t q = 0; q < dfa.states(); ++q) {
        before[q] = sets[i][index(dfa.step(automata::state(q), core::symbol(x)))];
      }
      const auto [at, is_new] = number.try_emplace(before, sets.size());
      if (is_new) sets.push_back(before);
      table[i].push_back(at->second);
    }
  }
  return automata::minimised(testing::dfa_from_table(dfa.alphabet(), table, accepting));
}

/// The monoid by its multiplication table.
struct Table {
  explicit Table(const TransitionMonoid& monoid) : product(monoid.size(), std::vector<std::size_t>(monoid.size())) {
    std::map<std::vector<Point>, std::size_t> number;
    for (std::size_t m = 0; m < monoid.size(); ++m) number[monoid.map_of(element(m)).images()] = m;
    for (std::size_t a = 0; a < monoid.size(); ++a) {
      for (std::size_t b = 0; b < monoid.size(); ++b) {
        product[a][b] = number.at((monoid.map_of(element(a)) * monoid.map_of(element(b))).images());
      }
    }
  }
  [[nodiscard]] std::size_t size() const { return product.size(); }
  [[nodiscard]] std::size_t omega(std::size_t m) const {
    std::size_t power = m;
    while (product[power][power] != power) power = product[power][m];
    return power;
  }
  std::vector<std::vector<std::size_t>> product;
};

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

/// A random minimal automaton, with letters of kinds that make rare families less rare.
Dfa random_language(core::Random& random, std::size_t most_states, std::size_t most_letters) {
  const std::size_t states = 1 + random.below(most_states);
  const std::size_t letters = 1 + random.below(most_letters);
  std::vector<std::vector<std::size_t>> next(states, std::vector<std::size_t>(letters));
  std::vector<std::size_t> accepting;
  const std::uint64_t habit = random.below(5);
  for (std::size_t x = 0; x < letters; ++x) {
    const std::uint64_t kind = random.one_in(3) ? random.below(5) : habit;
    const auto permutation = testing::random_permutation(random, states);
    const std::size_t target = random.below(states);
    for (std::size_t q = 0; q < states; ++q) {
      next[q][x] = kind == 0   ? random.below(states)
                   : kind == 1 ? q + random.below(states - q)
                   : kind == 2 ? (random.one_in(4) ? q : target)
                   : kind == 3 ? permutation[q]
                               : std::min(states - 1, q + 1);
    }
  }
  for (std::size_t q = 0; q < states; ++q) {
    if (random.one_in(2)) accepting.push_back(q);
  }
  return automata::minimised(testing::dfa_from_table(testing::small_alphabet(letters), next, accepting));
}

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

}  // namespace
}  // namespace eigenmata::algebra
