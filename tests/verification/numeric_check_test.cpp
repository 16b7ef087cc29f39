// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/numeric_check.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/threads.hpp"
#include "support/float_networks.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using exact::Rational;
using lrnn::RationalNetwork;
using precision::FixedArithmetic;
using precision::FixedFormat;
using precision::FloatArithmetic;
using testing::in_floats;
using testing::one_layer;
using testing::reflection_map;
using testing::regex_language;
using testing::scalar_map;

template <class T>
NumericCheck checked(const T& arithmetic, const RationalNetwork& network, const Dfa& language,
                     const core::Limits& limits = {}, std::optional<std::size_t> up_to = std::nullopt) {
  const auto rounded = lrnn::rounded_network(arithmetic, exact::RationalArithmetic{}, network, limits);
  return check_numeric(arithmetic, rounded.network, language, limits, up_to);
}

template <class T>
Dfa recognised(const T& arithmetic, const RationalNetwork& network) {
  const auto rounded = lrnn::rounded_network(arithmetic, exact::RationalArithmetic{}, network, {});
  return recognised_language(arithmetic, rounded.network, {});
}

std::string shown(const NumericCheck& check) {
  return core::format_word(check.verdict.witness().alphabet, check.verdict.witness().word);
}

/// Words with an even number of a.
const Dfa& even() {
  static const Dfa language = regex_language("(b*ab*ab*)*|b*");
  return language;
}

/// Parity of a by h ← −h, read off the sign; b does nothing.
RationalNetwork sign_flips(const Rational& a) {
  return one_layer({1}, {scalar_map(a), scalar_map(1)}, {1}, 0, true, true);
}

TEST_CASE("parity by -1 is exact for ever in every format", "[numeric_check]") {
  for (const auto& format : precision::float_formats()) {
    for (const std::string plan : {"all-same", "pytorch-loop", "fla-recurrent"}) {
      CAPTURE(format.name, plan);
      const auto check = checked(in_floats(format, plan), sign_flips(-1), even());
      CHECK(check.verdict.is_yes());
      CHECK(check.reachable_states == 2);
    }
  }
  CHECK(checked(FixedArithmetic(FixedFormat::fixed(1, 6)), sign_flips(-1), even()).verdict.is_yes());
  CHECK(checked(FixedArithmetic(FixedFormat::saturating_integer(8)), sign_flips(-1), even()).verdict.is_yes());
  // Unsigned numbers have no sign: −1 is 255, and is not below 0.
  const auto check = checked(FixedArithmetic(FixedFormat::unsigned_integer(8)), sign_flips(-1), even());
  REQUIRE(check.verdict.is_no());
  CHECK(shown(check) == "a");
}

TEST_CASE("a state that decays loses its sign, unless rounding holds it", "[numeric_check]") {
  // −1/2: 150 halvings of f32, of which the last is a tie between 2^−149 and 0, to even.
  const auto check = checked(in_floats(precision::kF32), sign_flips(Rational(-1, 2)), even());
  REQUIRE(check.verdict.is_no());
  // −0 is at least 0, so the word is wrong only when the number of a is odd.
  CHECK(check.verdict.witness().word.size() == 151);
  // −7/8 in e4m3: the smallest subnormals are rounded back to themselves, and the sign is kept for ever.
  const auto stuck = checked(in_floats(precision::kE4m3), sign_flips(Rational(-7, 8)), even());
  CHECK(stuck.verdict.is_yes());
  CHECK(stuck.reachable_states > 2);
  // Without subnormals it is not.
  auto plan = precision::named_plan("all-same", precision::kE4m3, {"plan"});
  plan.parameters.subnormals = plan.products.subnormals = plan.accumulation.subnormals = plan.operations.subnormals =
      plan.state.subnormals = false;
  CHECK(checked(FloatArithmetic(plan), sign_flips(Rational(-7, 8)), even()).verdict.is_no());
}

/// Swaps of two coordinates: a is I − β k kᵀ with the key given, b does nothing. The first coordinate is read.
RationalNetwork swaps(const Rational& beta, const std::vector<Rational>& key,
                      const Rational& threshold = Rational(1, 2)) {
  return one_layer({1, 0}, {reflection_map(beta, key), reflection_map(0, key)}, {1, 0}, threshold, true, true);
}

/// The state after so many letters a.
template <class T>
std::vector<double> after(const T& arithmetic, const RationalNetwork& network, int letters) {
  const auto rounded = lrnn::rounded_network(arithmetic, exact::RationalArithmetic{}, network, {});
  const lrnn::Runner<T> runner(arithmetic, rounded.network);
  auto work = runner.make_workspace();
  auto states = runner.start();
  for (int i = 0; i < letters; ++i) (void)runner.step(states, core::symbol(0), work);
  return lrnn::coordinates(arithmetic, states[0]);
}

TEST_CASE("swaps with keys (1,-1)/sqrt(2) in bf16 drift if the state is kept in f32", "[numeric_check]") {
  const auto fla = in_floats(precision::kBf16, "fla-recurrent");
  const auto thousand = after(fla, swaps(2, {1, -1}), 1000);
  CHECK(thousand[0] == Approx(0.826).margin(0.0005));
  CHECK(thousand[1] == Approx(0.174).margin(0.0005));
  const auto many = after(fla, swaps(2, {1, -1}), 20'000);
  CHECK(many[0] == Approx(0.5).margin(0.001));
  CHECK(many[1] == Approx(0.5).margin(0.001));
  const auto check = checked(fla, swaps(2, {1, -1}), even());
  // An exact comparison with 1/2 still sees which is larger: at (0.50007, 0.49990) the rounding errors hold the rest of
  // the difference for ever.
  CHECK(check.verdict.is_yes());
  CHECK(check.reachable_states == 20'324);
  const auto later = after(fla, swaps(2, {1, -1}), 100'000);
  CHECK(later[0] - later[1] == Approx(1.69575e-4).epsilon(1e-5));
  // A readout that asks for a margin is wrong as soon as the drift has eaten it: after k swaps the larger one is
  // 1/2 + 0.9995727539^k / 2, below 3/4 for k > 1622.0; words of even length should be accepted.
  const auto with_margin = checked(fla, swaps(2, {1, -1}, Rational(3, 4)), even());
  REQUIRE(with_margin.verdict.is_no());
  const auto& word = with_margin.verdict.witness().word;
  CHECK(word.size() == 1624);
  CHECK(std::abs(1622.5 - std::log(0.5) / std::log(0.9995727539)) < 1);
  // The word is right: run it again, and all shorter ones were.
  const auto rounded = lrnn::rounded_network(fla, exact::RationalArithmetic{}, swaps(2, {1, -1}, Rational(3, 4)), {});
  const lrnn::Runner<FloatArithmetic> runner(fla, rounded.network);
  const auto answers = lrnn::answers(runner, word);
  for (std::size_t i = 0; i + 1 < answers.size(); ++i) {
    if (answers[i] != (i % 2 == 0)) FAIL("wrong after " << i << " letters already");
  }
  CHECK(answers.back() != even().accepts(word));
}

TEST_CASE("the same swaps with the state in bf16 are exact for ever", "[numeric_check]") {
  // Keys rounded to bf16, everything in bf16, products in f32 or not.
  for (const std::string name : {"all-same", "pytorch-loop", "fla-recurrent"}) {
    CAPTURE(name);
    auto plan = precision::named_plan(name, precision::kBf16, {"plan"});
    plan.keys = precision::RoundingPlan::Keys::kNormalised;
    plan.state = precision::kBf16;
    const FloatArithmetic arithmetic(plan);
    const auto check = checked(arithmetic, swaps(2, {1, -1}), even());
    CHECK(check.verdict.is_yes());
    if (name == "all-same") CHECK(check.reachable_states == 2);
  }
}

TEST_CASE("unnormalised keys (1,-1) with beta 1 swap exactly for ever", "[numeric_check]") {
  // s = β/vᵀv = 2/2 = 1: what a layer with k = (1, −1) and β = 1 computes.
  for (const auto& format : precision::float_formats()) {
    for (const std::string plan : {"all-same", "pytorch-loop"}) {
      CAPTURE(format.name, plan);
      const auto check = checked(in_floats(format, plan), swaps(2, {1, -1}), even());
      CHECK(check.verdict.is_yes());
      CHECK(check.reachable_states == 2);
    }
  }
}

/// h ← h + 1 for a; accepted while h < 1.
RationalNetwork counter() { return one_layer({0}, {scalar_map(1, 1)}, {1}, 1, false, true); }

TEST_CASE("counting by 1: modulo 256 in uint8 and, compared with a sign, in int8 that wraps; to the end in int8",
          "[numeric_check]") {
  const Dfa multiples = regex_language("(a{256})*");
  const FixedArithmetic uint8(FixedFormat::unsigned_integer(8));
  const auto wraps = checked(uint8, counter(), multiples);
  CHECK(wraps.verdict.is_yes());
  CHECK(wraps.reachable_states == 256);
  CHECK(automata::equal(recognised(uint8, counter()), multiples, {}).is_yes());

  // After 127 comes −128, which is below 1.
  const FixedArithmetic wrapping(FixedFormat::wrapping_integer(8));
  CHECK(automata::equal(recognised(wrapping, counter()), regex_language("(a{256})*|(a{256})*a{128}a{0,127}"), {})
            .is_yes());

  const FixedArithmetic int8(FixedFormat::saturating_integer(8));
  const auto saturates = checked(int8, counter(), multiples);
  REQUIRE(saturates.verdict.is_no());
  CHECK(saturates.verdict.witness().word.size() == 256);
  CHECK(saturates.verdict.witness().in_language);
  CHECK(saturates.verdict.witness().network_accepts == false);
  CHECK(automata::equal(recognised(int8, counter()), regex_language("()", "a"), {}).is_yes());

  // bf16 counts to 256, and stays there.
  const FloatArithmetic bf16 = in_floats(precision::kBf16);
  const auto rounded = lrnn::rounded_network(bf16, exact::RationalArithmetic{}, counter(), {});
  CHECK(check_numeric(bf16, rounded.network, regex_language("()", "a"), {}).reachable_states == 257);
}

TEST_CASE("integers take no fractions", "[numeric_check]") {
  const FixedArithmetic uint8(FixedFormat::unsigned_integer(8));
  CHECK_THROWS_WITH(checked(uint8, sign_flips(Rational(-1, 2)), even()),
                    Catch::Matchers::Contains("layer 1, letter 'a'") && Catch::Matchers::Contains("-1/2"));
  const FixedArithmetic int8(FixedFormat::saturating_integer(8));
  CHECK_THROWS_WITH(checked(int8, sign_flips(200), even()), Catch::Matchers::Contains("200"));
  // Fixed point rounds: −1/2 in Q1.0 is a tie, to even: 0.
  const auto rounded =
      lrnn::rounded_network(FixedArithmetic(FixedFormat::fixed(1, 0)), exact::RationalArithmetic{}, sign_flips(-1), {});
  CHECK(rounded.rounded == 0);
  CHECK(rounded.parameters == 4);
  const auto thirds =
      lrnn::rounded_network(in_floats(precision::kBf16), exact::RationalArithmetic{}, sign_flips(Rational(-1, 3)), {});
  CHECK(thirds.rounded == 1);
}

TEST_CASE("a limit is unknown, with the length that was reached", "[numeric_check]") {
  // Two letters that turn the plane by different angles: states spread out.
  const auto turn = [](const Rational& c, const Rational& s) {
    return lrnn::AffineMap<Rational>{lrnn::Dense<Rational>{exact::Matrix<Rational>(2, 2, {c, -s, s, c})},
                                     lrnn::SparseVector<Rational>(2)};
  };
  const auto network = one_layer(
      {1, 0}, {turn(Rational(3, 5), Rational(4, 5)), turn(Rational(5, 13), Rational(12, 13))}, {1, 0}, -2, true, true);
  core::Limits limits;
  limits.memory_bytes = 1 << 18;
  const auto check = checked(in_floats(precision::kF32), network, regex_language(".*", "ab"), limits);
  REQUIRE(check.verdict.is_unknown());
  CHECK(check.verdict.reason().find("memory limit") != std::string::npos);
  CHECK(check.agrees_up_to_length > 3);
  const auto up_to = checked(in_floats(precision::kF32), network, regex_language(".*", "ab"), {}, 5);
  CHECK(up_to.verdict.is_unknown());
  CHECK(up_to.agrees_up_to_length == 5);
}

TEST_CASE("a letter that the network does not know", "[numeric_check]") {
  const auto check = checked(in_floats(precision::kBf16), sign_flips(-1), regex_language("(b*ab*ab*)*|b*|cc"));
  REQUIRE(check.verdict.is_no());
  CHECK(shown(check) == "cc");
  CHECK_FALSE(check.verdict.witness().network_accepts.has_value());
}

TEST_CASE("long words find a difference that is out of reach of closure", "[numeric_check]") {
  // The swaps with a margin again: the power of a finds the same word as the search, the random ones nothing shorter.
  const auto fla = in_floats(precision::kBf16, "fla-recurrent");
  const auto rounded = lrnn::rounded_network(fla, exact::RationalArithmetic{}, swaps(2, {1, -1}, Rational(3, 4)), {});
  const auto found = run_long_words(fla, rounded.network, even(), 5'000, 1, {});
  REQUIRE(found.has_value());
  CHECK(found->word.size() == 1624);
  CHECK(found->in_language);
  CHECK(found->network_accepts == false);
  CHECK_FALSE(run_long_words(fla, rounded.network, even(), 1'600, 1, {}).has_value());
}

/// Reachable numeric states and answers by sets of vectors of doubles, without packing, tables or batches.
Dfa naive_automaton(const FloatArithmetic& k, const lrnn::Network<double>& network) {
  const lrnn::Runner<FloatArithmetic> runner(k, network);
  auto work = runner.make_workspace();
  std::map<std::pair<std::vector<double>, bool>, std::size_t> numbers;
  std::vector<std::pair<lrnn::JointState<double>, bool>> states;
  const auto number = [&](const lrnn::JointState<double>& state, bool accepted) {
    std::vector<double> key;
    for (const auto& vector : state)
      for (const double x : lrnn::coordinates(k, vector)) key.push_back(std::isnan(x) ? 1e300 : x);
    const auto [at, fresh] = numbers.emplace(std::pair(key, accepted), states.size());
    if (fresh) states.emplace_back(state, accepted);
    return at->second;
  };
  (void)number(runner.start(), network.accepts_empty_word);
  std::vector<automata::State> next;
  std::vector<std::pair<std::size_t, std::size_t>> silent;
  for (std::size_t q = 0; q < states.size(); ++q) {
    for (std::size_t x = 0; x < network.alphabet.size(); ++x) {
      auto state = states[q].first;
      const auto accepted = runner.step(state, core::symbol(x), work);
      if (!accepted) silent.emplace_back(q, x);
      next.push_back(automata::state(accepted ? number(state, *accepted) : 0));
    }
  }
  const std::size_t n = states.size();
  for (const auto& [q, x] : silent) next[q * network.alphabet.size() + x] = automata::state(n);
  next.insert(next.end(), network.alphabet.size(), automata::state(n));
  std::vector<bool> accepting;
  for (const auto& state : states) accepting.push_back(state.second);
  accepting.push_back(false);
  return automata::minimised(Dfa(network.alphabet, automata::state(0), accepting, next));
}

TEST_CASE("a layer of no numbers answers by its constant", "[numeric_check]") {
  const lrnn::AffineMap<Rational> nothing{lrnn::Diagonal<Rational>{}, testing::rational_vector({})};
  const auto network = one_layer({}, {nothing, nothing}, {}, 0, true, true);
  for (const auto& format : {precision::kE4m3, precision::kF32}) {
    CAPTURE(format.name);
    const auto check = checked(in_floats(format), network, regex_language("(a|b)*"));
    CHECK(check.verdict.is_yes());
    CHECK(check.reachable_states == 1);
  }
}

TEST_CASE("three numbers of 8 bits: the automaton found is the one that a simple search finds", "[numeric_check]") {
  // A rotation of the axes, and one number halved and turned: thousands of states, all steps by tables.
  const auto map = [](std::vector<Rational> entries, std::vector<Rational> b) {
    return lrnn::AffineMap<Rational>{lrnn::Dense<Rational>{exact::Matrix<Rational>(3, 3, std::move(entries))},
                                     testing::rational_vector(b)};
  };
  const auto network = one_layer(
      {1, 1, 1},
      {map({0, 1, 0, 0, 0, 1, 1, 0, 0}, {0, 0, 0}), map({Rational(-1, 2), 0, 0, 0, 1, 0, 0, 0, 1}, {0, 0, 0})},
      {0, 1, 0}, Rational(1, 100), true, true);
  const auto k = in_floats(precision::kE4m3);
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  const Dfa expected = naive_automaton(k, rounded.network);
  CHECK(recognised_language(k, rounded.network, {}) == expected);
  const auto check = check_numeric(k, rounded.network, expected, {});
  CHECK(check.verdict.is_yes());
  CHECK(check.reachable_states > 1'000);
}

TEST_CASE("what is found does not depend on the number of threads", "[numeric_check]") {
  const std::uint64_t seed = testing::seed_or(43);
  core::Random random(seed);
  std::size_t closed = 0, different = 0;
  for (int i = 0; i < 80; ++i) {
    CAPTURE(seed, i);
    // Rows that contract, so that nothing overflows.
    const auto entry = [&] { return Rational(random.between(-15, 15), 32); };
    std::vector<lrnn::AffineMap<Rational>> maps;
    for (int x = 0; x < 3; ++x) {
      const auto dense = lrnn::Dense<Rational>{exact::Matrix<Rational>(2, 2, {entry(), entry(), entry(), entry()})};
      maps.push_back({dense, testing::rational_vector({2 * entry(), entry()})});
    }
    // Some have slots of their own, some are hashed, some are cut off by the length.
    const auto& format = i % 2 == 0 ? precision::kE4m3 : precision::kBf16;
    const auto network = one_layer({1, 1}, maps, {1, entry()}, -100, true, true);
    const auto k = in_floats(format);
    // The network accepts all words.
    const Dfa language = regex_language(i % 3 == 0 ? "(a|b|c)*" : "(a|b|c){0,8}|(a|b)*");
    const auto run = [&](std::size_t threads) {
      std::optional<NumericCheck> found;
      core::on_threads(threads, [&] { found = checked(k, network, language, {}, 10); });
      return *found;
    };
    const NumericCheck one = run(1);
    (one.verdict.is_no() ? different : closed) += one.reachable_states > 1'000 ? 1 : 0;
    for (const std::size_t threads : {2, 3, 7}) {
      CAPTURE(threads);
      const NumericCheck many = run(threads);
      REQUIRE(many.verdict.answer() == one.verdict.answer());
      REQUIRE(many.reachable_states == one.reachable_states);
      REQUIRE(many.agrees_up_to_length == one.agrees_up_to_length);
      if (one.verdict.is_no()) REQUIRE(shown(many) == shown(one));
      REQUIRE((many.closure == nullptr) == (one.closure == nullptr));
      if (!one.closure) continue;
      for (std::size_t p = 0; p < one.closure->states.size(); ++p) {
        for (std::size_t c = 0; c < 2; ++c) {
          if (many.closure->code(p, c) != one.closure->code(p, c)) FAIL("state " << p);
        }
      }
    }
  }
  CHECK(closed > 3);
  CHECK(different > 3);
}

TEST_CASE("random networks: the automaton found is the one that a simple search finds", "[numeric_check]") {
  const std::uint64_t seed = testing::seed_or(41);
  core::Random random(seed);
  for (int i = 0; i < 60; ++i) {
    CAPTURE(seed, i);
    const std::size_t n = 1 + random.below(3);
    const auto entry = [&] { return Rational(random.between(-8, 8), random.between(1, 6)); };
    std::vector<lrnn::AffineMap<Rational>> maps;
    for (int x = 0; x < 2; ++x) {
      std::vector<Rational> b, d, v;
      for (std::size_t j = 0; j < n; ++j) {
        b.push_back(random.one_in(3) ? entry() : Rational(0));
        d.push_back(entry());
        v.push_back(Rational(random.between(-2, 2)) + Rational(j == 0 ? 1 : 0) * Rational(1, 3));
      }
      lrnn::Transition<Rational> a = lrnn::Diagonal<Rational>{d};
      if (random.one_in(2)) {
        a = lrnn::HouseholderProduct<Rational>{n, {{Rational(random.between(0, 4), 2), testing::rational_vector(v)}}};
      } else if (random.one_in(2)) {
        const bool is_sparse = random.one_in(2);  // at most one entry a row, which tables take the place of
        std::vector<Rational> entries(n * n);
        for (std::size_t j = 0; j < n; ++j) {
          for (std::size_t l = 0; l < (is_sparse ? 1 : n); ++l)
            entries[j * n + (is_sparse ? random.below(n) : l)] = entry();
        }
        a = lrnn::Dense<Rational>{exact::Matrix<Rational>(n, n, entries)};
      }
      maps.push_back({std::move(a), testing::rational_vector(b)});
    }
    std::vector<Rational> start(n, 1), weights(n, 1);
    if (random.one_in(2)) {
      // What depends on one number is looked up in a table.
      std::fill(weights.begin(), weights.end(), Rational(0));
      weights[random.below(n)] = entry();
    }
    const auto network = one_layer(start, maps, weights, Rational(1, 2), true, false);
    // Three numbers of 8 bits have too many states for a simple search.
    const precision::FloatFormat formats[] = {precision::kE4m3, precision::kE5m2, precision::kE2m1, precision::kE3m2,
                                              precision::kE4m3Ieee};
    const FloatArithmetic k = in_floats(formats[n == 3 ? 2 + random.below(2) : random.below(5)],
                                        random.one_in(2) ? "all-same" : "pytorch-loop");
    const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
    const Dfa expected = naive_automaton(k, rounded.network);
    const Dfa found = recognised_language(k, rounded.network, {});
    REQUIRE(found == expected);
    // And the check knows it, and knows a change.
    const auto check = check_numeric(k, rounded.network, expected, {});
    bool has_silence = check.verdict.is_no() && !check.verdict.witness().network_accepts.has_value();
    CHECK((check.verdict.is_yes() || has_silence));
  }
}

}  // namespace
}  // namespace eigenmata::verification
