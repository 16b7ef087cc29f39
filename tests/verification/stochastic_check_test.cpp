// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/stochastic_check.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "support/float_networks.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using exact::Rational;
using testing::in_floats;
using testing::one_layer;
using testing::reflection_map;
using testing::regex_language;
using testing::scalar_map;

StochasticCheck checked(const precision::FloatArithmetic& k, const lrnn::RationalNetwork& network,
                        const Dfa& language) {
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  return check_stochastic(k, rounded.network, language, {});
}

/// h ← fl(fl(a h) + b) for each letter, one dimension, accepted iff fl(fl(w h) + 0) ≥ threshold: all sets of states, as
/// values, that words of a length may lead to, by the soft arithmetic's own choices.
struct Scalar {
  std::vector<double> a, b;
  double weight, threshold;
};

/// The length of the shortest word, up to `longest`, on which some choices err; nothing if there is none. Sets of
/// (number, state of the automaton), one for each length.
std::optional<std::size_t> shortest_error(const precision::FloatFormat& format, const Scalar& scalar,
                                          const Dfa& language, double start, std::size_t longest, bool& closed) {
  const precision::SoftFloat soft(format);
  const auto values = [&](precision::SoftFloat::Choice choice) {
    return std::set<double>{soft.to_double(choice.first), soft.to_double(choice.second)};
  };
  const auto code = [&](double x) { return soft.from_double(x); };
  std::set<std::pair<double, std::size_t>> level{{start, automata::index(language.initial())}};
  std::set<std::pair<double, std::size_t>> all = level;
  closed = false;
  for (std::size_t length = 1; length <= longest; ++length) {
    std::set<std::pair<double, std::size_t>> next;
    for (const auto& [h, q] : level) {
      for (std::size_t x = 0; x < scalar.a.size(); ++x) {
        const auto to = language.step(automata::state(q), core::symbol(x));
        for (const double ah : values(soft.multiply_either_way(code(scalar.a[x]), code(h)))) {
          for (const double sum : values(soft.add_either_way(code(ah), code(scalar.b[x])))) {
            for (const double read : values(soft.multiply_either_way(code(scalar.weight), code(sum)))) {
              if ((read >= scalar.threshold) != language.is_accepting(to)) return length;
            }
            const auto pair = std::pair(sum == 0 ? 0.0 : sum, automata::index(to));
            if (all.insert(pair).second) next.insert(pair);
          }
        }
      }
    }
    if (next.empty()) {
      closed = true;
      return std::nullopt;
    }
    level = std::move(next);
  }
  return std::nullopt;
}

TEST_CASE("exact steps have no choice", "[stochastic_check]") {
  const Dfa even = regex_language("(b*ab*ab*)*|b*");
  for (const auto& format : {precision::kE2m1, precision::kE4m3, precision::kBf16, precision::kF32}) {
    const auto found =
        checked(in_floats(format), one_layer({1}, {scalar_map(-1), scalar_map(1)}, {1}, 0, true, true), even);
    CHECK(found.check.verdict.is_yes());
    CHECK(found.check.reachable_states == 2);
    CHECK(found.check.steps == 4);
  }
}

TEST_CASE("nearest rounding keeps a sign for ever that a choice may lose", "[stochastic_check]") {
  // −7/8 in e4m3: to nearest the smallest numbers come back to themselves; rounded down in size they become 0.
  const Dfa even = regex_language("(b*ab*ab*)*|b*");
  const auto k = in_floats(precision::kE4m3);
  const auto network = one_layer({1}, {scalar_map(Rational(-7, 8)), scalar_map(1)}, {1}, 0, true, true);
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  CHECK(check_numeric(k, rounded.network, even, {}).verdict.is_yes());
  const auto found = check_stochastic(k, rounded.network, even, {});
  REQUIRE(found.check.verdict.is_no());
  const auto& example = found.check.verdict.witness();
  REQUIRE(found.choices.size() == example.word.size());
  const auto answers = answers_with(k, rounded.network, example.word, found.choices);
  CHECK(answers.back() == example.network_accepts);
  CHECK(answers.back() != even.accepts(example.word));
  for (std::size_t i = 0; i + 1 < answers.size(); ++i) {
    const core::Word prefix(example.word.begin(), example.word.begin() + static_cast<std::ptrdiff_t>(i + 1));
    if (answers[i] != even.accepts(prefix)) FAIL("wrong after " << i + 1 << " letters already");
  }
}

TEST_CASE("a right network is right whatever is chosen, where a margin is left", "[stochastic_check]") {
  // Reset to 1 or −1, then fade: h ← h/4 + 1 or − 1. Rounding moves it a little; the sign is the last letter.
  const auto network =
      one_layer({-1}, {scalar_map(Rational(1, 4), 1), scalar_map(Rational(1, 4), -1)}, {1}, 0, true, false);
  const auto found = checked(in_floats(precision::kE4m3), network, regex_language("(a|b)*a"));
  CHECK(found.check.verdict.is_yes());
  CHECK(found.check.steps > 2 * found.check.reachable_states);  // there are choices
}

TEST_CASE("random scalar networks: what brute force finds", "[stochastic_check]") {
  const std::uint64_t seed = testing::seed_or(23);
  core::Random random(seed);
  const Dfa languages[] = {regex_language("(b*ab*ab*)*|b*"), regex_language("(a|b)*a"), regex_language("(a|b)*"),
                           regex_language("(a|b)*ab*")};
  std::map<bool, int> answers;
  for (int i = 0; i < 300; ++i) {
    CAPTURE(seed, i);
    const auto& format = random.one_in(2) ? precision::kE2m1 : precision::kE4m3;
    const auto k = in_floats(format);
    const auto small = [&] { return Rational(random.between(-6, 6), 4); };
    std::vector<Rational> a{small(), small()}, b{random.one_in(2) ? small() : Rational(0), small()};
    const Rational weight = random.one_in(2) ? Rational(1) : small();
    const Rational threshold = random.one_in(2) ? Rational(0) : small();
    const Dfa& language = languages[random.below(4)];
    const auto network = one_layer({1}, {scalar_map(a[0], b[0]), scalar_map(a[1], b[1])}, {weight}, threshold, true,
                                   language.is_accepting(language.initial()));
    const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
    const Scalar scalar{{k.parameter(a[0]), k.parameter(a[1])},
                        {k.parameter(b[0]), k.parameter(b[1])},
                        k.parameter(weight),
                        k.threshold(threshold)};
    bool closed = false;
    const auto expected = shortest_error(format, scalar, language, 1, 1000, closed);
    REQUIRE((closed || expected));
    const auto found = check_stochastic(k, rounded.network, language, {});
    ++answers[expected.has_value()];
    if (!expected) {
      CHECK(found.check.verdict.is_yes());
      // Nearest rounding is one of the choices.
      CHECK(check_numeric(k, rounded.network, language, {}).verdict.is_yes());
      continue;
    }
    REQUIRE(found.check.verdict.is_no());
    const auto& example = found.check.verdict.witness();
    CHECK(example.word.size() == *expected);
    const auto run = answers_with(k, rounded.network, example.word, found.choices);
    CHECK(run.back() == example.network_accepts);
    CHECK(run.back() != language.accepts(example.word));
  }
  CHECK(answers[true] > 20);
  CHECK(answers[false] > 5);
}

TEST_CASE("a reflection with a key that is not exact", "[stochastic_check]") {
  const auto k = in_floats(precision::kE4m3);
  const auto network =
      one_layer({1, 0}, {reflection_map(2, {1, -1}), reflection_map(0, {1, -1})}, {1, 0}, Rational(1, 2), true, true);
  const Dfa even = regex_language("(b*ab*ab*)*|b*");
  // (1, −1) with s = 1 is exact; (3, −3) with s = 1/9 is not.
  CHECK(checked(k, network, even).check.verdict.is_yes());
  const auto inexact =
      one_layer({1, 0}, {reflection_map(2, {3, -3}), reflection_map(0, {1, -1})}, {1, 0}, Rational(1, 2), true, true);
  CHECK(checked(k, inexact, even).check.verdict.is_no());
}

TEST_CASE("a limit is unknown, with the length that was reached, for all choices", "[stochastic_check]") {
  const auto network =
      one_layer({1}, {scalar_map(Rational(1, 3), 1), scalar_map(Rational(-1, 3), 1)}, {1}, -8, true, true);
  const auto k = in_floats(precision::kF32);
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  const auto up_to = check_stochastic(k, rounded.network, regex_language("(a|b)*"), {}, 3);
  CHECK(up_to.check.verdict.is_unknown());
  CHECK(up_to.check.agrees_up_to_length == 3);
  core::Limits limits;
  limits.memory_bytes = 1 << 16;
  const auto small = check_stochastic(k, rounded.network, regex_language("(a|b)*"), limits);
  CHECK(small.check.verdict.is_unknown());
  CHECK(small.check.agrees_up_to_length > 3);
}

TEST_CASE("below the least number there is a choice as above the largest", "[stochastic_check]") {
  // −416 − 64 = −480 in e4m3: −448, or NaN. The decoder has an output for all states.
  for (const int sign : {1, -1}) {
    auto network = one_layer({Rational(416 * sign)}, {scalar_map(1, Rational(64 * sign))}, {1}, 0, true, true);
    auto& readout = std::get<lrnn::AffineDecoder<Rational>>(network.layers[0].decoder).readouts[0];
    readout.thresholds.clear();
    readout.outputs = {core::symbol(0)};
    network.accept = {true, true};
    const auto found = checked(in_floats(precision::kE4m3), network, regex_language("a*"));
    CAPTURE(sign);
    CHECK(found.check.verdict.is_yes());
    CHECK(found.check.reachable_states == 3);
  }
}

}  // namespace
}  // namespace eigenmata::verification
