// SPDX-License-Identifier: Apache-2.0
//
// The catalogue in automata/: what holds for every file, and the word problems made again from their groups.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <numeric>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"

namespace eigenmata::automata {
namespace {

Language from_catalogue(const std::string& name) {
  LanguageRequest request;
  request.path_or_name = name;
  return read_language(request, {});
}

TEST_CASE("every language of the catalogue is readable, described in one line, and has a source", "[catalogue]") {
  const auto names = catalogue_names();
  CHECK(names.size() >= 60);
  for (const std::string& name : names) {
    CAPTURE(name);
    const Language language = from_catalogue(name);
    CHECK(language.name == name);
    CHECK(language.description.size() >= 10);
    CHECK(language.description.size() <= 130);
    CHECK(language.description.find('\n') == std::string::npos);
    CHECK_FALSE(language.source.empty());
  }
}

TEST_CASE("the automata of the catalogue are minimal as they stand", "[catalogue]") {
  for (const std::string& name : catalogue_names()) {
    CAPTURE(name);
    const Dfa dfa = from_catalogue(name).dfa;
    CHECK(dfa.states() == minimised(dfa).states());
  }
}

TEST_CASE("at least 60 minimal automata of the catalogue differ in more than the names of letters", "[catalogue]") {
  std::map<std::pair<std::vector<bool>, std::vector<State>>, std::string> tables;
  std::size_t letters_matter = 0;
  for (const std::string& name : catalogue_names()) {
    const Dfa minimal = minimised(from_catalogue(name).dfa);
    CAPTURE(name);
    const auto [at, is_new] = tables.emplace(std::pair(minimal.accepting(), minimal.table()), name);
    if (!is_new) {
      // Two languages of one shape must at least be over different letters.
      CHECK_FALSE(from_catalogue(at->second).dfa.alphabet() == minimal.alphabet());
      ++letters_matter;
    }
  }
  CHECK(tables.size() >= 60);
  CHECK(letters_matter < tables.size() / 10);
}

/// A finite group as its multiplication: product(i, j) is the number of element i times element j. Element 0
/// need not be the identity.
struct Group {
  std::size_t order;
  std::size_t identity;
  std::function<std::size_t(std::size_t, std::size_t)> product;
};

/// The automaton of the words over g0, g1, …, or over those of them that `chosen` says, whose product is the
/// identity.
Dfa word_problem(
    const Group& group, const std::function<bool(std::size_t)>& chosen = [](std::size_t) { return true; }) {
  std::vector<std::string> names;
  std::vector<std::size_t> letters;
  for (std::size_t g = 0; g < group.order; ++g) {
    if (!chosen(g)) continue;
    letters.push_back(g);
    names.push_back("g" + std::to_string(g));
  }
  std::vector<State> next;
  std::vector<bool> accepting(group.order, false);
  accepting[group.identity] = true;
  for (std::size_t q = 0; q < group.order; ++q) {
    for (const std::size_t g : letters) next.push_back(state(group.product(q, g)));
  }
  return {Alphabet(std::move(names)), state(group.identity), std::move(accepting), std::move(next)};
}

using Permutation = std::vector<std::size_t>;

/// First p, then q.
Permutation product(const Permutation& p, const Permutation& q) {
  Permutation result;
  for (const std::size_t image : p) result.push_back(q[image]);
  return result;
}

/// The permutations of n points with a property, in lexicographic order of their lists of images.
std::vector<Permutation> permutations(std::size_t n, const std::function<bool(const Permutation&)>& has_property) {
  std::vector<Permutation> found;
  Permutation p(n);
  std::iota(p.begin(), p.end(), std::size_t{0});
  do {
    if (has_property(p)) found.push_back(p);
  } while (std::next_permutation(p.begin(), p.end()));
  return found;
}

Group group_of(const std::vector<Permutation>& elements) {
  const auto number = [elements](const Permutation& p) {
    const auto at = std::lower_bound(elements.begin(), elements.end(), p);
    REQUIRE((at != elements.end() && *at == p));  // closed under products
    return static_cast<std::size_t>(at - elements.begin());
  };
  return {elements.size(), 0,
          [elements, number](std::size_t i, std::size_t j) { return number(product(elements[i], elements[j])); }};
}

bool any(const Permutation&) { return true; }

bool is_even(const Permutation& p) {
  std::size_t inversions = 0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    for (std::size_t j = i + 1; j < p.size(); ++j) inversions += p[i] > p[j] ? 1 : 0;
  }
  return inversions % 2 == 0;
}

/// Neighbours on the n-gon stay neighbours.
bool is_symmetry_of_polygon(const Permutation& p) {
  const std::size_t n = p.size();
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t turn = (p[(i + 1) % n] + n - p[i]) % n;
    if (turn != 1 && turn != n - 1) return false;
  }
  return true;
}

bool is_affine_modulo_5(const Permutation& p) {
  for (std::size_t x = 0; x < 5; ++x) {
    if (p[x] != ((p[1] + 5 - p[0]) * x + p[0]) % 5) return false;
  }
  return true;
}

std::size_t moved(const Permutation& p) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < p.size(); ++i) count += p[i] != i ? 1 : 0;
  return count;
}

Group cyclic(std::size_t n) {
  return {n, 0, [n](std::size_t i, std::size_t j) { return (i + j) % n; }};
}

/// Pairs; element number i·|second| + j.
Group direct_product(const Group& first, const Group& second) {
  const std::size_t n = second.order;
  return {first.order * n, first.identity * n + second.identity, [first, second, n](std::size_t i, std::size_t j) {
            return first.product(i / n, j / n) * n + second.product(i % n, j % n);
          }};
}

/// 1, −1, i, −i, j, −j, k, −k by Hamilton's ij = k, jk = i, ki = j and i² = j² = k² = −1.
Group quaternions() {
  return {8, 0, [](std::size_t x, std::size_t y) {
            const std::size_t a = x / 2;
            const std::size_t b = y / 2;  // 0, 1, 2, 3 for 1, i, j, k
            std::size_t sign = (x + y) % 2;
            if (a == 0 || b == 0) return 2 * (a + b) + sign;
            if (a == b) return 1 - sign;
            if ((b + 3 - a) % 3 == 2) sign = 1 - sign;  // against the order i → j → k → i
            return 2 * (6 - a - b) + sign;
          }};
}

/// Upper triangular matrices over F₃ with ones on the diagonal, as the triple (x, y, z).
Group heisenberg() {
  return {27, 0, [](std::size_t i, std::size_t j) {
            const std::size_t x = i / 9 + j / 9;
            const std::size_t y = i / 3 % 3 + j / 3 % 3;
            const std::size_t z = i % 3 + j % 3 + (i / 9) * (j / 3 % 3);
            return x % 3 * 9 + y % 3 * 3 + z % 3;
          }};
}

void check_word_problem(const std::string& name, std::size_t order, const Dfa& expected) {
  CAPTURE(name);
  const Dfa dfa = from_catalogue(name).dfa;
  REQUIRE(dfa.alphabet() == expected.alphabet());
  CHECK(expected.states() == order);
  CHECK(dfa.states() == order);  // no two elements are equivalent
  const auto verdict = equal(dfa, expected);
  if (verdict.is_no()) FAIL("differs on " << format_word(dfa.alphabet(), verdict.witness()));
}

TEST_CASE("the word problems of cyclic groups and their products are those of addition", "[catalogue][groups]") {
  check_word_problem("z2-word-problem", 2, word_problem(cyclic(2)));
  check_word_problem("z3-word-problem", 3, word_problem(cyclic(3)));
  check_word_problem("z4-word-problem", 4, word_problem(cyclic(4)));
  check_word_problem("z60-word-problem", 60, word_problem(cyclic(60)));
  check_word_problem("z2xz2-word-problem", 4, word_problem(direct_product(cyclic(2), cyclic(2))));
  check_word_problem("z2xz4-word-problem", 8, word_problem(direct_product(cyclic(2), cyclic(4))));
}

TEST_CASE("the word problems of permutation groups are those of permutations, first letter first",
          "[catalogue][groups]") {
  check_word_problem("s3-word-problem", 6, word_problem(group_of(permutations(3, any))));
  check_word_problem("s4-word-problem", 24, word_problem(group_of(permutations(4, any))));
  check_word_problem("s5-word-problem", 120, word_problem(group_of(permutations(5, any))));
  check_word_problem("a4-word-problem", 12, word_problem(group_of(permutations(4, is_even))));
  check_word_problem("a5-word-problem", 60, word_problem(group_of(permutations(5, is_even))));
  check_word_problem("d4-word-problem", 8, word_problem(group_of(permutations(4, is_symmetry_of_polygon))));
  check_word_problem("d5-word-problem", 10, word_problem(group_of(permutations(5, is_symmetry_of_polygon))));
  check_word_problem("f20-word-problem", 20, word_problem(group_of(permutations(5, is_affine_modulo_5))));
  check_word_problem("a4xz5-word-problem", 60,
                     word_problem(direct_product(group_of(permutations(4, is_even)), cyclic(5))));
}

TEST_CASE("the word problems of groups of matrices and quaternions are those of their products",
          "[catalogue][groups]") {
  check_word_problem("q8-word-problem", 8, word_problem(quaternions()));
  check_word_problem("heisenberg-3-word-problem", 27, word_problem(heisenberg()));
}

TEST_CASE("swaps and 3-point permutations are numbered as among all permutations of five points",
          "[catalogue][groups]") {
  const auto elements = permutations(5, any);
  const Group s5 = group_of(elements);
  const Dfa swaps = word_problem(s5, [&](std::size_t g) { return moved(elements[g]) <= 2; });
  CHECK(swaps.letters() == 11);  // the identity and C(5,2) transpositions
  check_word_problem("s5-swaps", 120, swaps);
  const Dfa three_points = word_problem(s5, [&](std::size_t g) { return moved(elements[g]) <= 3; });
  CHECK(three_points.letters() == 31);  // and twenty 3-cycles
  check_word_problem("s5-3-points", 120, three_points);
}

TEST_CASE("the word problem of SL(2,3) is that of 24 permutations of the 8 vectors other than zero",
          "[catalogue][groups]") {
  // Vectors 01, 02, 10, 11, 12, 20, 21, 22, times a matrix from the right.
  std::vector<Permutation> elements;
  for (int code = 0; code < 81; ++code) {
    const int a = code / 27;
    const int b = code / 9 % 3;
    const int c = code / 3 % 3;
    const int d = code % 3;
    if ((a * d + 2 * b * c) % 3 != 1) continue;
    Permutation p;
    for (int vector = 1; vector < 9; ++vector) {
      const int x = vector / 3;
      const int y = vector % 3;
      p.push_back(static_cast<std::size_t>((x * a + y * c) % 3 * 3 + (x * b + y * d) % 3 - 1));
    }
    elements.push_back(p);
  }
  std::sort(elements.begin(), elements.end());
  REQUIRE(elements.size() == 24);
  Group group = group_of(elements);
  Permutation identity(8);
  std::iota(identity.begin(), identity.end(), std::size_t{0});
  group.identity =
      static_cast<std::size_t>(std::lower_bound(elements.begin(), elements.end(), identity) - elements.begin());
  check_word_problem("sl-2-3-word-problem", 24, word_problem(group));
}

}  // namespace
}  // namespace eigenmata::automata
