// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/model_check.hpp"

#include <atomic>
#include <catch2/catch.hpp>

#include "support/certificates.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using exact::NumberField;
using exact::Rational;
using exact::RationalArithmetic;
using lrnn::RationalNetwork;
using testing::catalogue_language;
using testing::regex_language;

const RationalArithmetic kRationals{};

ModelCheck<RationalArithmetic> checked(const RationalNetwork& network, const Dfa& language,
                                       std::optional<std::size_t> up_to = std::nullopt,
                                       const core::Limits& limits = {}) {
  return check_model(kRationals, network, language, limits, up_to);
}

RationalNetwork one_hot(const Dfa& language) { return compiler::compile_one_hot(language).network(); }

std::string shown(const Counterexample& example) { return core::format_word(example.alphabet, example.word); }

TEST_CASE("a network that recognises the language gets a certificate that holds", "[model_check]") {
  for (const std::string name :
       {"parity", "flip-flop", "third-from-end", "dyck-1-depth-4", "s3-word-problem", "no-words", "all-words"}) {
    CAPTURE(name);
    const Dfa language = catalogue_language(name);
    const auto result = checked(one_hot(language), language);
    REQUIRE(result.verdict.is_yes());
    CHECK(certificate::check(result.verdict.proof(), {}).is_yes());
    CHECK(result.reachable_states == language.states());
    CHECK(result.verdict.proof().automaton == language);
  }
}

TEST_CASE("the language need not be given by a minimal automaton, nor with its letters in the network's order",
          "[model_check]") {
  // (ab)* with doubled states and the letters the other way round.
  const Dfa language = testing::dfa_from_table(core::parse_alphabet("ba", {"alphabet"}),
                                               {{3, 1}, {2, 3}, {3, 1}, {4, 4}, {3, 3}}, {0, 2});
  const auto result = checked(one_hot(regex_language("(ab)*")), language);
  REQUIRE(result.verdict.is_yes());
  CHECK(result.reachable_states == 3);
}

TEST_CASE("a wrong language is refuted by a shortest word", "[model_check]") {
  const auto result = checked(one_hot(regex_language("(ab)*")), regex_language("(ab){0,3}"));
  REQUIRE(result.verdict.is_no());
  const Counterexample& example = result.verdict.witness();
  CHECK(shown(example) == "abababab");
  CHECK_FALSE(example.in_language);
  CHECK(example.network_accepts == true);
}

// Letters that one side does not know.

TEST_CASE("a letter that only the network knows is in no word of the language", "[model_check]") {
  // The network accepts b, which the language has no letter for.
  const auto wrong = checked(one_hot(regex_language("a*b?", "ab")), regex_language("a*"));
  REQUIRE(wrong.verdict.is_no());
  CHECK(shown(wrong.verdict.witness()) == "b");
  CHECK_FALSE(wrong.verdict.witness().in_language);
  CHECK(wrong.verdict.witness().network_accepts == true);
  // It may know a letter and reject every word with it.
  const auto right = checked(one_hot(regex_language("a*", "ab")), regex_language("a*"));
  REQUIRE(right.verdict.is_yes());
  CHECK(right.verdict.proof().automaton.alphabet().size() == 2);
}

TEST_CASE("a word of the language with a letter that the network cannot read is a difference", "[model_check]") {
  const auto result = checked(one_hot(regex_language("(ab)*")), regex_language("(ab)*|aac"));
  REQUIRE(result.verdict.is_no());
  const Counterexample& example = result.verdict.witness();
  CHECK(shown(example) == "aac");
  CHECK(example.in_language);
  CHECK_FALSE(example.network_accepts.has_value());
  CHECK(example.alphabet.names() == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("letters that no word of the language uses do not matter", "[model_check]") {
  CHECK(checked(one_hot(regex_language("(ab)*")), regex_language("(ab)*", "abcde")).verdict.is_yes());
}

TEST_CASE("a shorter difference on letters that both know goes first", "[model_check]") {
  const auto result = checked(one_hot(regex_language("(ab)*")), regex_language("(ab)*|aa|cccc"));
  REQUIRE(result.verdict.is_no());
  CHECK(shown(result.verdict.witness()) == "aa");
  // And of the same length the word that cannot be read may be told; it is as short.
  const auto tie = checked(one_hot(regex_language("(ab)*")), regex_language("(ab)*|aa|cc"));
  REQUIRE(tie.verdict.is_no());
  CHECK(tie.verdict.witness().word.size() == 2);
}

TEST_CASE("a word that cannot be read is a difference however long it is", "[model_check]") {
  // The network's states close after three letters; the word is longer than the length asked for.
  const RationalNetwork network = one_hot(regex_language("(ab)*"));
  const Dfa language = regex_language("(ab)*|cccccccccc");
  for (const std::size_t up_to : {4u, 9u, 10u, 11u}) {
    const auto result = checked(network, language, up_to);
    CAPTURE(up_to);
    REQUIRE(result.verdict.is_no());
    CHECK(shown(result.verdict.witness()) == "cccccccccc");
  }
  // A length at which the states are not closed yet leaves the question open.
  const auto open = checked(network, language, 1);
  REQUIRE(open.verdict.is_unknown());
  CHECK(open.agrees_up_to_length == 1);
}

// Against brute force.

/// Shortest word over all letters on which the two sets of words differ, up to a length.
std::optional<std::size_t> shortest_difference(const RationalNetwork& network, const Dfa& language,
                                               std::size_t longest) {
  const core::Alphabet all = core::united(network.alphabet, language.alphabet());
  const testing::NaiveRunner<RationalArithmetic> naive(kRationals, network);
  const auto translated = [&](const core::Word& word, const core::Alphabet& to) -> std::optional<core::Word> {
    core::Word result;
    for (const core::Symbol x : word) {
      const auto letter = to.find(all.name(x));
      if (!letter) return std::nullopt;
      result.push_back(*letter);
    }
    return result;
  };
  for (std::size_t length = 0; length <= longest; ++length) {
    bool differ = false;
    testing::for_each_word(length, all.size(), [&](const core::Word& word) {
      const auto readable = translated(word, network.alphabet);
      const auto known = translated(word, language.alphabet());
      const bool in_language = known && language.accepts(*known);
      if (readable) {
        differ = differ || naive.accepts(*readable) != std::optional<bool>(in_language);
      } else {
        differ = differ || in_language;
      }
    });
    if (differ) return length;
  }
  return std::nullopt;
}

core::Alphabet some_letters(core::Random& random) {
  std::vector<std::string> names;
  while (names.empty()) {
    for (const std::string name : {"a", "b", "c"}) {
      if (random.one_in(2)) names.push_back(name);
    }
  }
  if (names.size() > 1 && random.one_in(2)) std::swap(names[0], names[1]);
  return core::Alphabet(names);
}

TEST_CASE("counterexamples over any two alphabets are shortest ones", "[model_check]") {
  EIGENMATA_SEEDED(random, 141);
  constexpr std::size_t kLongest = 5;
  int differences = 0;
  int unreadable = 0;
  int agreements = 0;
  for (int round = 0; round < 500; ++round) {
    const core::Alphabet letters = some_letters(random);
    const testing::NetworkShape shape{letters.size(), random.below(3), 3, true};
    auto network = random.one_in(2) ? testing::random_network(kRationals, random, shape)
                                    : testing::random_finite_network(random, shape);
    network.alphabet = letters;
    const core::Alphabet others = some_letters(random);
    const Dfa any = testing::random_dfa(random, 1 + random.below(3), others.size());
    Dfa language(others, any.initial(), any.accepting(), any.table());
    // The network's own language, over more letters or fewer, agrees for a while or for ever.
    const auto own = testing::language_of(kRationals, network, 40);
    if (own && random.one_in(2)) language = over_alphabet(*own, others);
    CAPTURE(round);
    const auto result = checked(network, language, kLongest);
    const auto expected = shortest_difference(network, language, kLongest);
    if (!expected) {
      ++agreements;
      // A longer word that cannot be read may be known already.
      if (result.verdict.is_no()) REQUIRE(result.verdict.witness().word.size() > kLongest);
      if (result.verdict.is_unknown()) REQUIRE(result.agrees_up_to_length == kLongest);
      continue;
    }
    ++differences;
    REQUIRE(result.verdict.is_no());
    const Counterexample& example = result.verdict.witness();
    REQUIRE(example.word.size() == *expected);
    REQUIRE(example.network_accepts != std::optional<bool>(example.in_language));
    bool readable = true;
    for (const core::Symbol x : example.word) readable = readable && network.alphabet.find(example.alphabet.name(x));
    if (!readable) {
      ++unreadable;
      REQUIRE(example.in_language);
      REQUIRE_FALSE(example.network_accepts.has_value());
    }
  }
  CHECK(differences > 100);
  CHECK(unreadable > 20);
  CHECK(agreements > 50);
}

// Limits.

/// h ← h + 1: a state for every length, and every word accepted.
RationalNetwork endless() {
  lrnn::Layer<Rational> layer{1, lrnn::SparseVector<Rational>(1), {}, core::Alphabet({"y"}), {}};
  layer.maps.push_back({lrnn::Diagonal<Rational>{{1}}, lrnn::unit_vector(kRationals, 1, 0)});
  layer.decoder = lrnn::AffineDecoder<Rational>{{{lrnn::SparseVector<Rational>(1), 0, {}, {core::symbol(0)}}}};
  return {testing::small_alphabet(1), true, {layer}, {true}, std::nullopt};
}

TEST_CASE("infinitely many states are unknown, with the length up to which all words agree", "[model_check]") {
  const auto to_length = checked(endless(), regex_language("a*"), 17);
  REQUIRE(to_length.verdict.is_unknown());
  CHECK(to_length.agrees_up_to_length == 17);
  CHECK(to_length.reachable_states == 18);

  core::Limits limits;
  limits.memory_bytes = 100'000;
  const auto to_limit = checked(endless(), regex_language("a*"), std::nullopt, limits);
  REQUIRE(to_limit.verdict.is_unknown());
  CHECK_THAT(to_limit.verdict.reason(), Catch::Contains("memory limit"));
  CHECK(to_limit.agrees_up_to_length + 1 == to_limit.reachable_states);
  // A difference is found all the same.
  const auto wrong = checked(endless(), regex_language("a{0,29}"));
  REQUIRE(wrong.verdict.is_no());
  CHECK(wrong.verdict.witness().word.size() == 30);
}

TEST_CASE("a limit that is reached before anything is run is unknown, not an exception", "[model_check]") {
  core::Limits late;
  late.deadline = core::Limits::Clock::now() - std::chrono::seconds(1);
  CHECK(checked(endless(), regex_language("a*"), std::nullopt, late).verdict.is_unknown());
  core::Limits small;
  small.memory_bytes = 1;
  CHECK(checked(endless(), regex_language("a*"), std::nullopt, small).verdict.is_unknown());
  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK(checked(endless(), regex_language("a*"), std::nullopt, stopped).verdict.is_unknown());
}

// Number fields.

TEST_CASE("a rotation by 72 degrees over the rationals with the square root of 5 counts modulo 5", "[model_check]") {
  // One of the rotations of the icosahedron, about an axis that none of the coordinates is.
  const NumberField k = testing::field_of_sqrt5();
  using S = exact::FieldElement;
  const auto c = [&](int a, int b) { return k.from_coefficients({Rational(a, 4), Rational(b, 4)}); };
  const exact::Matrix<S> turn(3, 3,
                              {c(2, 0), c(-1, -1), c(-1, 1), c(1, 1), c(-1, 1), c(-2, 0), c(-1, 1), c(2, 0), c(1, 1)});
  const auto start = lrnn::sparse(k, std::vector<S>{k.from_rational(1), k.from_rational(2), k.from_rational(3)});
  lrnn::Layer<S> layer{
      3, start, {{lrnn::Dense<S>{turn}, lrnn::SparseVector<S>(3)}}, core::Alphabet({"away", "back"}), {}};
  layer.decoder =
      lrnn::AffineDecoder<S>{{{start, k.zero(), {k.from_rational(14)}, {core::symbol(0), core::symbol(1)}}}};
  const lrnn::Network<S> network{testing::small_alphabet(1), true, {layer}, {false, true}, std::nullopt};
  const auto right = check_model(k, network, regex_language("(aaaaa)*"), {});
  REQUIRE(right.verdict.is_yes());
  CHECK(right.reachable_states == 5);
  CHECK(certificate::check(right.verdict.proof(), {}).is_yes());
  const auto wrong = check_model(k, network, regex_language("(aaaaaa)*"), {});
  REQUIRE(wrong.verdict.is_no());
  CHECK(wrong.verdict.witness().word.size() == 5);
}

}  // namespace
}  // namespace eigenmata::verification
