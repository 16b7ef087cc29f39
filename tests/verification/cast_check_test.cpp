// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/cast_check.hpp"

#include <catch2/catch.hpp>

#include "support/float_networks.hpp"
#include "support/languages.hpp"

namespace eigenmata::verification {
namespace {

using exact::Rational;
using testing::one_layer;
using testing::regex_language;
using testing::scalar_map;

/// h ← a h; accepted if the cast state is positive.
lrnn::RationalNetwork sign_of_powers(const Rational& a) {
  return one_layer({1}, {scalar_map(a)}, {1}, Rational(1, 16), true, true);
}

TEST_CASE("a decaying negative eigenvalue does parity if 0 cannot be cast to", "[cast_check]") {
  const auto even = regex_language("(aa)*");
  const auto yes = check_cast(sign_of_powers(Rational(-1, 8)), {-1, 1}, even, {});
  CHECK(yes.verdict.is_yes());
  CHECK(yes.reachable_states == 2);
  // With 0 in the set: 1, −1/8, 1/64 …: −1/8 is nearest to 0, and everything after it.
  const auto no = check_cast(sign_of_powers(Rational(-1, 8)), {-1, 0, 1}, even, {});
  REQUIRE(no.verdict.is_no());
  CHECK(no.verdict.witness().word.size() == 2);
  CHECK(no.verdict.witness().in_language);
  // −1/2 lies between −1 and 0: cast to −1, the smaller; 1/4 is cast to 0.
  const auto tie = check_cast(sign_of_powers(Rational(-1, 2)), {-1, 0, 1}, even, {});
  REQUIRE(tie.verdict.is_no());
  CHECK(tie.verdict.witness().word.size() == 2);
  CHECK(check_cast(sign_of_powers(-1), {-1, 0, 1}, even, {}).verdict.is_yes());
  CHECK(check_cast(sign_of_powers(1), {-1, 1}, regex_language("a*"), {}).verdict.is_yes());
  // The finer the set, the longer it takes: |h| ≥ 1/32 up to the fifth halving, a tie to the smaller.
  const auto finer =
      check_cast(sign_of_powers(Rational(-1, 2)), {-1, Rational(-1, 16), 0, Rational(1, 16), 1}, even, {});
  REQUIRE(finer.verdict.is_no());
  CHECK(finer.verdict.witness().word.size() == 6);
}

TEST_CASE("casting alone makes 0 negative where -1 and 1 are equally near", "[cast_check]") {
  const auto check = check_cast(one_layer({0}, {scalar_map(1)}, {1}, 0, true, true), {-1, 1}, regex_language("a*"), {});
  REQUIRE(check.verdict.is_no());
  CHECK(check.verdict.witness().word.size() == 1);
}

TEST_CASE("what is not built is said", "[cast_check]") {
  CHECK(why_no_cast_check(sign_of_powers(-2)) == "layer 1, letter 'a': an entry beyond [-1,1]");
  CHECK(why_no_cast_check(one_layer({1}, {scalar_map(1, 1)}, {1}, 0, true, true)) == "layer 1, letter 'a': a B");
  CHECK(why_no_cast_check(one_layer({1, 0}, {testing::reflection_map(2, {1, -1})}, {1, 0}, 0, true, true)) ==
        "layer 1, letter 'a': a matrix that is not diagonal");
}

/// With states kept exact, and nothing collapsed: the same answers on all short words.
TEST_CASE("exact powers agree with the collapsed states on short words", "[cast_check]") {
  const std::vector<Rational> set{Rational(-3, 4), Rational(-1, 5), Rational(1, 7), 1};
  const Rational entries[] = {Rational(-2, 3), Rational(1, 2)};
  const auto network =
      one_layer({1}, {scalar_map(entries[0]), scalar_map(entries[1])}, {1}, Rational(1, 8), true, true);
  const auto cast = [&](const Rational& x) {
    Rational best = set[0];
    for (const Rational& z : set) {
      if (abs(Rational(z - x)) < abs(Rational(best - x))) best = z;
    }
    return best;
  };
  // The language of the network up to length 7, as a tree; the check finds no difference up to there.
  std::vector<std::pair<core::Word, Rational>> words{{{}, 1}};
  std::vector<bool> accepting{true};
  std::vector<automata::State> next;
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t x = 0; x < 2; ++x) {
      if (words[i].first.size() == 7) {
        next.push_back(automata::state(i));
        continue;
      }
      auto word = words[i].first;
      word.push_back(core::symbol(x));
      const Rational h = words[i].second * entries[x];
      next.push_back(automata::state(words.size()));
      words.emplace_back(word, h);
      accepting.push_back(cast(h) >= Rational(1, 8));
    }
  }
  const automata::Dfa tree(network.alphabet, automata::state(0), accepting, next);
  const auto check = check_cast(network, set, tree, {}, 7);
  CHECK(check.verdict.is_unknown());
  CHECK(check.agrees_up_to_length == 7);
}

}  // namespace
}  // namespace eigenmata::verification
