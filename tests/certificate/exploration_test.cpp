// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/exploration.hpp"

#include <atomic>
#include <catch2/catch.hpp>

#include "eigenmata/lrnn/validation.hpp"
#include "support/certificates.hpp"

namespace eigenmata::certificate {
namespace {

using exact::Rational;
using exact::RationalArithmetic;
using lrnn::RationalNetwork;
using lrnn::SparseVector;
using testing::NaiveRunner;

const RationalArithmetic kRationals{};

SparseVector<Rational> scalar(const Rational& x) { return lrnn::sparse(kRationals, std::vector<Rational>{x}); }

/// h ← factor · h + b[x] in one dimension from h = 0, accepting every word.
RationalNetwork accepting_all(const Rational& factor, const std::vector<Rational>& b) {
  lrnn::Layer<Rational> layer{1, SparseVector<Rational>(1), {}, core::Alphabet({"y"}), {}};
  for (const Rational& offset : b) layer.maps.push_back({lrnn::Diagonal<Rational>{{factor}}, scalar(offset)});
  layer.decoder = lrnn::AffineDecoder<Rational>{{{SparseVector<Rational>(1), 0, {}, {core::symbol(0)}}}};
  return {testing::small_alphabet(b.size()), true, {layer}, {true}, std::nullopt};
}

automata::Dfa everything(std::size_t letters) { return testing::regex_language(".*", letters == 1 ? "a" : "ab"); }

/// Length of a shortest word of at most `longest` letters on which they differ; nothing if there is none.
std::optional<std::size_t> shortest_difference(const RationalNetwork& network, const automata::Dfa& language,
                                               std::size_t longest) {
  const NaiveRunner<RationalArithmetic> naive(kRationals, network);
  for (std::size_t length = 0; length <= longest; ++length) {
    bool differ = false;
    testing::for_each_word(length, network.alphabet.size(), [&](const core::Word& word) {
      differ = differ || naive.accepts(word) != std::optional<bool>(language.accepts(word));
    });
    if (differ) return length;
  }
  return std::nullopt;
}

TEST_CASE("the states of a finite network and its language are a certificate", "[exploration]") {
  EIGENMATA_SEEDED(random, 121);
  int closed = 0;
  for (int round = 0; round < 300; ++round) {
    const auto network = testing::random_finite_network(random, {1 + random.below(3), 1 + random.below(2), 3, false});
    const auto language = testing::language_of(kRationals, network, 300);
    if (!language) continue;
    ++closed;
    const auto minimal = automata::minimised(*language);
    const auto found = explore(kRationals, network, minimal, {});
    CAPTURE(round);
    REQUIRE(found.verdict.is_yes());
    const auto& certificate = found.verdict.proof();
    REQUIRE(certificate.points.size() == found.reachable_states);
    REQUIRE(check(certificate, {}).is_yes());
    REQUIRE(lrnn::same_network(certificate.network, network));
    REQUIRE(certificate.automaton == minimal);
    // No two points agree in vectors and state.
    for (std::size_t p = 0; p < certificate.points.size(); ++p) {
      for (std::size_t q = 0; q < p; ++q) {
        bool same = certificate.points[p].state == certificate.points[q].state;
        for (std::size_t l = 0; l < network.layers.size(); ++l) {
          same = same && equal(kRationals, certificate.points[p].vectors[l], certificate.points[q].vectors[l]);
        }
        REQUIRE_FALSE(same);
      }
    }
  }
  CHECK(closed > 200);
}

TEST_CASE("a difference is a shortest one, and what the network says is told", "[exploration]") {
  EIGENMATA_SEEDED(random, 122);
  constexpr std::size_t kLongest = 5;
  int differences = 0;
  int without_answer = 0;
  int long_ones = 0;
  int agreements = 0;
  for (int round = 0; round < 400; ++round) {
    const testing::NetworkShape shape{1 + random.below(2), random.below(3), 3, true};
    const auto network = random.one_in(2) ? testing::random_network(kRationals, random, shape)
                                          : testing::random_finite_network(random, shape);
    // Its own language with an accepting state changed differs late; any automaton soon.
    const auto own = testing::language_of(kRationals, network, 60);
    auto language = testing::random_dfa(random, 1 + random.below(4), network.alphabet.size());
    if (own && random.one_in(2)) {
      auto accepting = own->accepting();
      const std::size_t changed = random.below(2 * own->states());
      if (changed < own->states()) accepting[changed] = !accepting[changed];
      language = automata::Dfa(own->alphabet(), own->initial(), accepting, own->table());
    }
    CAPTURE(round);
    const auto found = explore(kRationals, network, language, {}, kLongest);
    const auto expected = shortest_difference(network, language, kLongest);
    REQUIRE(found.verdict.is_no() == expected.has_value());
    if (!found.verdict.is_no()) {
      ++agreements;
      if (found.verdict.is_unknown()) REQUIRE(found.agrees_up_to_length == kLongest);
      continue;
    }
    ++differences;
    const Difference& difference = found.verdict.witness();
    REQUIRE(difference.word.size() == *expected);
    long_ones += *expected > 1 ? 1 : 0;
    without_answer += difference.network_accepts.has_value() ? 0 : 1;
    const NaiveRunner<RationalArithmetic> naive(kRationals, network);
    REQUIRE(naive.accepts(difference.word) == difference.network_accepts);
    REQUIRE(difference.network_accepts != std::optional<bool>(language.accepts(difference.word)));
  }
  CHECK(differences > 100);
  CHECK(long_ones > 20);
  CHECK(without_answer > 5);
  CHECK(agreements > 10);
}

TEST_CASE("the empty word is the shortest difference of all", "[exploration]") {
  auto network = accepting_all(1, {0});
  network.accepts_empty_word = false;
  const auto found = explore(kRationals, network, everything(1), {});
  REQUIRE(found.verdict.is_no());
  CHECK(found.verdict.witness().word.empty());
  CHECK(found.verdict.witness().network_accepts == false);
}

TEST_CASE("exploration stops after the length asked for", "[exploration]") {
  // One more state with every letter: after all words of length n there are n + 1 states.
  for (const std::size_t length : {0u, 1u, 2u, 7u, 100u}) {
    const auto found = explore(kRationals, accepting_all(1, {1}), everything(1), {}, length);
    CAPTURE(length);
    REQUIRE(found.verdict.is_unknown());
    CHECK(found.agrees_up_to_length == length);
    CHECK(found.reachable_states == length + 1);
  }
  // Binary digits: 2^(n+1) − 1 states.
  const auto found = explore(kRationals, accepting_all(2, {1, 2}), everything(2), {}, 6);
  CHECK(found.agrees_up_to_length == 6);
  CHECK(found.reachable_states == 127);
}

TEST_CASE("a length beyond the last new state does not stop the proof", "[exploration]") {
  const auto network = testing::two_layer_network();
  // Three letters lead to the last of its states; one more shows that they are closed.
  CHECK(explore(kRationals, network, testing::two_layer_language(), {}, 50).verdict.is_yes());
  CHECK(explore(kRationals, network, testing::two_layer_language(), {}, 1).verdict.is_unknown());
}

TEST_CASE("infinitely many states end at the memory limit, with the length up to which all words agree",
          "[exploration]") {
  core::Limits limits;
  limits.memory_bytes = 200'000;
  const auto line = explore(kRationals, accepting_all(1, {1}), everything(1), limits);
  REQUIRE(line.verdict.is_unknown());
  CHECK_THAT(line.verdict.reason(), Catch::Contains("memory limit"));
  CHECK(line.reachable_states > 100);
  CHECK(line.agrees_up_to_length == line.reachable_states - 1);

  const auto tree = explore(kRationals, accepting_all(2, {1, 2}), everything(2), limits);
  REQUIRE(tree.verdict.is_unknown());
  // Of the words of this length all states were found, of those one longer not.
  const std::size_t length = tree.agrees_up_to_length;
  CHECK(length > 4);
  CHECK(tree.reachable_states >= (std::size_t{2} << length) - 1);
  CHECK(tree.reachable_states < (std::size_t{4} << length) - 1);
}

TEST_CASE("a start that does not fit the memory limit is unknown as well", "[exploration]") {
  core::Limits limits;
  limits.memory_bytes = 10;
  const auto found = explore(kRationals, accepting_all(1, {1}), everything(1), limits);
  REQUIRE(found.verdict.is_unknown());
  CHECK(found.agrees_up_to_length == 0);
  CHECK(found.reachable_states == 0);
}

TEST_CASE("a deadline or an interrupt ends exploration in unknown", "[exploration]") {
  core::Limits late;
  late.deadline = core::Limits::Clock::now() - std::chrono::seconds(1);
  const auto found = explore(kRationals, accepting_all(1, {1}), everything(1), late);
  REQUIRE(found.verdict.is_unknown());
  CHECK_THAT(found.verdict.reason(), Catch::Contains("time"));
  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK(explore(kRationals, accepting_all(1, {1}), everything(1), stopped).verdict.is_unknown());
}

TEST_CASE("a decoder without an output is a difference, whatever the language says", "[exploration]") {
  // Rows for 0, 1 and 2 only: after aaa there is no answer.
  auto network = accepting_all(1, {1});
  lrnn::TableDecoder<Rational> table;
  for (int i = 0; i <= 2; ++i) table.rows.push_back({scalar(i), {core::symbol(0)}});
  network.layers[0].decoder = table;
  for (const auto& language : {everything(1), testing::regex_language("a?a?", "a")}) {
    const auto found = explore(kRationals, network, language, {});
    REQUIRE(found.verdict.is_no());
    CHECK(found.verdict.witness().word.size() == 3);
    CHECK_FALSE(found.verdict.witness().network_accepts.has_value());
  }
}

TEST_CASE("a network without layers has one state for each state of the automaton", "[exploration]") {
  const RationalNetwork network{testing::small_alphabet(2), false, {}, {false, true}, std::nullopt};
  const auto found = explore(kRationals, network, testing::regex_language(".*b", "ab"), {});
  REQUIRE(found.verdict.is_yes());
  CHECK(found.reachable_states == 2);
  const auto wrong = explore(kRationals, network, testing::regex_language(".*bb", "ab"), {});
  REQUIRE(wrong.verdict.is_no());
  CHECK(core::format_word(network.alphabet, wrong.verdict.witness().word) == "b");
}

TEST_CASE("automata that are not minimal only cost more states", "[exploration]") {
  // Parity, counted modulo 4.
  const auto language = testing::dfa_from_table(testing::small_alphabet(1), {{1}, {2}, {3}, {0}}, {0, 2});
  const auto construction = testing::certificate_of(compiler::compile_permutation(automata::minimised(language)));
  const auto found = explore(kRationals, construction.network, language, {});
  REQUIRE(found.verdict.is_yes());
  CHECK(found.reachable_states == 4);
  CHECK(check(found.verdict.proof(), {}).is_yes());
}

}  // namespace
}  // namespace eigenmata::certificate
