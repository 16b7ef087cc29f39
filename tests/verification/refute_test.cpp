// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/refute.hpp"

#include <atomic>

#include "eigenmata/verification/model_check.hpp"
#include "eigenmata/verification/network_class.hpp"
#include "support/certificates.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using exact::NumberField;
using exact::Rational;
using exact::RationalArithmetic;
using lrnn::AffineDecoder;
using lrnn::AffineReadout;
using lrnn::Diagonal;
using lrnn::Layer;
using lrnn::RationalNetwork;
using testing::catalogue_language;
using testing::regex_language;

const RationalArithmetic kRationals{};

/// What a refutation says, run by the slow model.
void check_refutation(const RationalNetwork& network, const Dfa& language, const Refutation& refutation) {
  const testing::NaiveRunner<RationalArithmetic> naive(kRationals, network);
  REQUIRE(refutation.network_accepts.size() == refutation.word.size() + 1);
  REQUIRE(refutation.in_language.size() == refutation.word.size() + 1);
  REQUIRE(naive.accepts(refutation.word) == refutation.network_accepts.back());
  REQUIRE(language.accepts(refutation.word) == refutation.in_language.back());
  for (std::size_t i = 0; i < refutation.word.size(); ++i)
    REQUIRE(refutation.network_accepts[i] == std::optional<bool>(refutation.in_language[i]));
  REQUIRE(refutation.network_accepts.back() != std::optional<bool>(refutation.in_language.back()));
}

std::string names(const std::vector<expressivity::ModelClass>& classes) {
  std::string text;
  for (const auto& c : classes) text += (text.empty() ? "" : " ") + to_string(c);
  return text;
}

/// One coordinate for each row of `entries`, the numbers of the letters in it; accepted is what lies at or above a
/// threshold.
RationalNetwork diagonal_network(const std::vector<std::vector<Rational>>& entries,
                                 const std::vector<std::vector<Rational>>& offsets,
                                 const std::vector<Rational>& weights, const Rational& threshold) {
  const std::size_t n = entries.size();
  Layer<Rational> layer{n, lrnn::SparseVector<Rational>(n), {}, core::Alphabet({"no", "yes"}), {}};
  for (std::size_t x = 0; x < entries[0].size(); ++x) {
    std::vector<Rational> a;
    std::vector<Rational> b;
    for (std::size_t i = 0; i < n; ++i) {
      a.push_back(entries[i][x]);
      b.push_back(offsets[i][x]);
    }
    layer.maps.push_back({Diagonal<Rational>{a}, lrnn::sparse(kRationals, b)});
  }
  layer.decoder = AffineDecoder<Rational>{
      {AffineReadout<Rational>{lrnn::sparse(kRationals, weights), 0, {threshold}, {core::symbol(0), core::symbol(1)}}}};
  return {testing::small_alphabet(entries[0].size()), false, {layer}, {false, true}, std::nullopt};
}

// Classes.

TEST_CASE("the classes of a network are read off its matrices", "[refute]") {
  const auto classes = [](const RationalNetwork& network) { return names(classes_of(kRationals, network)); };
  const std::vector<std::vector<Rational>> zeros{{0, 0}};
  CHECK(classes(diagonal_network({{Rational(1, 2), Rational(1, 2)}}, zeros, {1}, 0)) ==
        "constant{1/2} diagonal{1/2} triangular{1/2}");
  CHECK(classes(diagonal_network({{1, Rational(-1, 2)}}, zeros, {1}, 0)) == "diagonal{1,-1/2} triangular{1,-1/2}");
  CHECK(classes(diagonal_network({{2, 1}}, zeros, {1}, 0)) == "");
  auto claimed = diagonal_network({{0, 1}}, zeros, {1}, 0);
  claimed.claim = lrnn::parse_transition_class("diagonal[0,1]", {});
  CHECK(classes(claimed) == "diagonal{0,1} triangular{0,1} diagonal[0,1]");
  // A swap is a product with one factor, and is not triangular.
  const auto swaps = testing::certificate_of(compiler::compile_permutation(catalogue_language("parity"))).network;
  CHECK(classes(swaps).find("householder{-1}:1") == 0);
  // One-hot maps: dense matrices of no class.
  CHECK(classes(compiler::compile_one_hot(regex_language("(ab)*")).network()).find("diagonal") == std::string::npos);
}

TEST_CASE("triangular matrices have to be triangular the same way in all letters of a layer", "[refute]") {
  const auto network = [](const exact::Matrix<Rational>& first, const exact::Matrix<Rational>& second) {
    auto result = diagonal_network({{0, 0}, {0, 0}}, {{1, 0}, {0, 1}}, {1, 0}, 1);
    result.layers[0].maps[0].a = lrnn::Dense<Rational>{first};
    result.layers[0].maps[1].a = lrnn::Dense<Rational>{second};
    return result;
  };
  const exact::Matrix<Rational> lower(2, 2, std::vector<Rational>{0, 0, 1, Rational(1, 3)});
  const exact::Matrix<Rational> upper(2, 2, std::vector<Rational>{1, 5, 0, 0});
  CHECK(names(classes_of(kRationals, network(lower, lower))) == "triangular{0,1/3}");
  CHECK(names(classes_of(kRationals, network(upper, upper))) == "triangular{1,0}");
  CHECK(names(classes_of(kRationals, network(upper, lower))) == "");
}

TEST_CASE("over a number field the entries are enclosed", "[refute]") {
  const NumberField k = testing::field_of_sqrt5();
  using S = exact::FieldElement;
  const S small = k.from_coefficients({Rational(-2), Rational(1)});  // about 0.236
  Layer<S> layer{2, lrnn::SparseVector<S>(2), {}, core::Alphabet({"y"}), {}};
  layer.maps.push_back({Diagonal<S>{{small, k.one()}}, lrnn::SparseVector<S>(2)});
  layer.decoder = AffineDecoder<S>{{{lrnn::SparseVector<S>(2), k.zero(), {}, {core::symbol(0)}}}};
  lrnn::Network<S> network{testing::small_alphabet(1), true, {layer}, {true}, std::nullopt};
  CHECK(names(classes_of(k, network)) == "constant{(0,1),1} diagonal{(0,1),1} triangular{(0,1),1}");
  const auto found = refute(k, network, regex_language("(aa)*"), {}, {});
  REQUIRE(found.verdict.is_no());
  CHECK(found.verdict.witness().word.size() == 1);
}

// Networks of forbidden classes.

/// Non-negative entries and affine decoders: no promise of the network is needed.
RationalNetwork random_nonnegative_network(core::Random& random, std::size_t letters) {
  const auto entry = [&]() -> Rational {
    switch (random.below(4)) {
      case 0:
        return 0;
      case 1:
        return 1;
      default:
        return Rational(random.between(1, 4), 5);
    }
  };
  RationalNetwork network{testing::small_alphabet(letters), random.one_in(2), {}, {}, std::nullopt};
  const std::size_t depth = 1 + random.below(3);
  for (std::size_t l = 0; l < depth; ++l) {
    const std::size_t n = 1 + random.below(3);
    const std::size_t outputs = 2 + random.below(2);
    Layer<Rational> layer{n, testing::random_vector(kRationals, random, n), {}, testing::output_names(l, outputs), {}};
    for (std::size_t x = 0; x < network.inputs(l).size(); ++x) {
      Diagonal<Rational> a;
      for (std::size_t i = 0; i < n; ++i) a.entries.push_back(entry());
      layer.maps.push_back({std::move(a), testing::random_vector(kRationals, random, n)});
    }
    layer.decoder = testing::random_affine_decoder(kRationals, random, n, network.inputs(l).size(), outputs);
    network.layers.push_back(std::move(layer));
  }
  for (std::size_t i = 0; i < network.answers().size(); ++i) network.accept.push_back(random.one_in(2));
  return network;
}

TEST_CASE("non-negative diagonal networks are refuted on every language that is not star-free", "[refute]") {
  EIGENMATA_SEEDED(random, 151);
  std::vector<Dfa> languages;
  for (const char* expression : {"b*(ab*ab*)*", "((a|b)(a|b))*", "(aa)*b", "(ab|ba)*", "((a|b){3})*a"})
    languages.push_back(regex_language(expression));
  for (const std::string name : {"parity", "mod-5", "s3-word-problem"}) languages.push_back(catalogue_language(name));
  for (int round = 0; round < 200; ++round) {
    const Dfa& named = languages[random.below(languages.size())];
    RationalNetwork network = random_nonnegative_network(random, named.letters());
    network.alphabet = named.alphabet();
    network.accepts_empty_word = named.is_accepting(named.initial());
    CAPTURE(round, named.states());
    const auto found = refute(kRationals, network, named, {}, {});
    REQUIRE(found.verdict.is_no());
    check_refutation(network, named, found.verdict.witness());
  }
}

TEST_CASE("a network that counts for long is refuted where the theorem points to", "[refute]") {
  // h ← h + 1 on a, kept on b, accepted from 60 on: no short word tells it from the words with 60 letters a or more,
  // and a^k settles. With a language that agrees up to 60 and is periodic beyond, only the powers of a tell.
  const auto network = diagonal_network({{1, 1}}, {{1, 0}}, {1}, 60);
  const Dfa language = regex_language("b*(ab*){60}((ab*)(ab*))*");
  const auto found = refute(kRationals, network, language, {}, {});
  REQUIRE(found.verdict.is_no());
  const Refutation& refutation = found.verdict.witness();
  check_refutation(network, language, refutation);
  CHECK(refutation.word == core::Word(61, core::symbol(0)));
  CHECK(refutation.theorem == "unit-spectrum-one");
  // The states are not bounded, so what the theorems for finite orbits point to need not refute it.
  CHECK_THAT(refutation.found_by, Catch::Contains("u x^k v") && Catch::Contains("for triangular{1}"));
}

TEST_CASE("a fading memory is refuted on what came long ago", "[refute]") {
  // h ← h/2 + [a]: the digits tell the last letters, but not whether there ever was an a.
  const Rational half(1, 2);
  const auto network = diagonal_network({{half, half}}, {{1, 0}}, {1}, Rational(1, 1 << 20));
  const Dfa language = regex_language("(a|b)*a(a|b)*");
  const auto found = refute(kRationals, network, language, {}, {});
  REQUIRE(found.verdict.is_no());
  check_refutation(network, language, found.verdict.witness());
  CHECK(found.verdict.witness().word.size() > 20);
  CHECK(found.verdict.witness().theorem == "constant-spectrum");
  // A longer memory only takes longer words.
  const auto longer = diagonal_network({{half, half}}, {{1, 0}}, {1}, Rational(1, exact::Integer(1) << 900));
  const auto found_later = refute(kRationals, longer, language, {}, {});
  REQUIRE(found_later.verdict.is_no());
  CHECK(found_later.verdict.witness().word.size() == 902);
}

TEST_CASE("any non-negative diagonal network with finitely many states is refuted on the last letter but one",
          "[refute]") {
  // Theorem stutter-invariant: aa and a would have to get the same answer.
  EIGENMATA_SEEDED(random, 152);
  const Dfa language = regex_language("(a|b)*a(a|b)");
  for (int round = 0; round < 300; ++round) {
    RationalNetwork network = random_nonnegative_network(random, 2);
    network.accepts_empty_word = false;
    for (auto& layer : network.layers) {
      for (auto& map : layer.maps) {
        auto& entries = std::get<Diagonal<Rational>>(map.a).entries;
        auto b = lrnn::coordinates(kRationals, map.b);
        for (std::size_t i = 0; i < entries.size(); ++i) {
          entries[i] = random.one_in(2) ? 1 : 0;
          if (entries[i] == 1) b[i] = 0;
        }
        map.b = lrnn::sparse(kRationals, b);
      }
    }
    CAPTURE(round);
    const auto found = refute(kRationals, network, language, {}, {});
    REQUIRE(found.verdict.is_no());
    check_refutation(network, language, found.verdict.witness());
  }
}

TEST_CASE("one reflection a letter does not turn by a third in one layer", "[refute]") {
  // a reflects the points of a triangle in one axis, b in another, so that ab turns: for (ab)^k it is right. A letter
  // of period 3 is beyond it.
  auto network = diagonal_network({{1, 1}, {1, 1}}, {{0, 0}, {0, 0}}, {1, 0}, 1);
  network.layers[0].start = lrnn::sparse(kRationals, std::vector<Rational>{1, 0});
  for (auto& map : network.layers[0].maps) {
    map.a = lrnn::HouseholderProduct<Rational>{2, {{2, lrnn::sparse(kRationals, std::vector<Rational>{1, -1})}}};
  }
  network.accepts_empty_word = true;
  const Dfa language = regex_language("(b*ab*ab*a)*b*");
  const auto found = refute(kRationals, network, language, {}, {});
  REQUIRE(found.verdict.is_no());
  check_refutation(network, language, found.verdict.witness());
}

// Networks that are right.

TEST_CASE("networks that recognise the language are never refuted", "[refute]") {
  RefutationEffort effort;
  effort.exponents = 100;
  effort.letters = 5'000;
  effort.random_words = 20;
  std::size_t networks = 0;
  for (const auto& named : testing::sample_certificates()) {
    CAPTURE(named.name);
    const auto& certificate = named.certificate;
    const auto found = refute(kRationals, certificate.network, certificate.automaton, effort, {});
    REQUIRE(found.verdict.is_unknown());
    CHECK(found.verdict.reason().find("no difference") == 0);
    CHECK(found.letters > 0);
    ++networks;
  }
  CHECK(networks > 3);
}

/// The last `length` letters, as digits of one number to the base 5 in [−1, 1].
RationalNetwork digits_network(const Dfa& language, std::size_t length) {
  Layer<Rational> layer{1, lrnn::SparseVector<Rational>(1), {}, core::Alphabet({"no", "yes"}), {}};
  const Rational fifth(1, 5);
  for (int digit : {-1, 1}) {
    layer.maps.push_back(
        {Diagonal<Rational>{{fifth}}, lrnn::sparse(kRationals, std::vector<Rational>{Rational(4, 5) * digit})});
  }
  // The values of the last letters are in order of these letters, read backwards; thresholds lie between them.
  std::vector<std::pair<Rational, bool>> values;
  testing::for_each_word(length, 2, [&](const core::Word& word) {
    Rational value = 0;
    for (const core::Symbol x : word) value = value / 5 + Rational(4, 5) * (core::index(x) == 0 ? -1 : 1);
    values.emplace_back(value, language.accepts(word));
  });
  std::sort(values.begin(), values.end());
  AffineReadout<Rational> readout{lrnn::sparse(kRationals, std::vector<Rational>{1}), 0, {}, {}};
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) readout.thresholds.push_back((values[i - 1].first + values[i].first) / 2);
    readout.outputs.push_back(core::symbol(values[i].second ? 1 : 0));
  }
  layer.decoder = AffineDecoder<Rational>{{readout}};
  return {testing::small_alphabet(2), language.is_accepting(language.initial()), {layer}, {false, true}, std::nullopt};
}

TEST_CASE("the digits of a definite language are right on all words, with infinitely many states", "[refute]") {
  RefutationEffort effort;
  effort.exponents = 300;
  effort.random_words = 20;
  effort.state_bytes = 1 << 20;
  // The start 1 is as if the letter b had come for ever, which makes no difference to these.
  for (const std::string expression : {"(a|b)*a", "(a|b)*ab", "(a|b)*aab", "(a|b)*(aab|aba)"}) {
    CAPTURE(expression);
    const Dfa language = regex_language(expression);
    RationalNetwork network = digits_network(language, 3);
    network.layers[0].start = lrnn::sparse(kRationals, std::vector<Rational>{1});
    const auto found = refute(kRationals, network, language, effort, {});
    REQUIRE(found.verdict.is_unknown());
    CHECK(found.words > 100);
    // And it is the language that is right, not the refuter that is blind.
    CHECK(refute(kRationals, network, regex_language(expression + "|(a|b){300}b"), {}, {}).verdict.is_no());
  }
}

// Every refutation is one.

TEST_CASE("random networks: a refutation is a difference, and none is found where states are finitely many and agree",
          "[refute]") {
  EIGENMATA_SEEDED(random, 153);
  int refuted = 0;
  int agreed = 0;
  RefutationEffort effort;
  effort.exponents = 60;
  effort.letters = 2'000;
  effort.random_words = 5;
  effort.random_length = 60;
  effort.state_bytes = 1 << 17;
  for (int round = 0; round < 300; ++round) {
    const testing::NetworkShape shape{2, 1 + random.below(2), 3, true};
    const auto network = random.one_in(2) ? testing::random_network(kRationals, random, shape)
                                          : testing::random_finite_network(random, shape);
    const auto own = testing::language_of(kRationals, network, 60);
    const Dfa language =
        own && random.one_in(2) ? *own : testing::random_dfa(random, 1 + random.below(3), network.alphabet.size());
    CAPTURE(round);
    const auto found = refute(kRationals, network, language, effort, {});
    if (found.verdict.is_no()) {
      ++refuted;
      check_refutation(network, language, found.verdict.witness());
    }
    if (!own) continue;
    const bool same = automata::minimised(*own) == automata::minimised(language);
    agreed += same ? 1 : 0;
    REQUIRE(found.verdict.is_no() != same);
  }
  CHECK(refuted > 50);
  CHECK(agreed > 50);
}

TEST_CASE("a limit ends the search in unknown", "[refute]") {
  const auto network = diagonal_network({{1, 1}}, {{1, 0}}, {1}, 60);
  const Dfa language = regex_language("b*(ab*){60}((ab*)(ab*))*");
  core::Limits late;
  late.deadline = core::Limits::Clock::now() - std::chrono::seconds(1);
  const auto stopped = refute(kRationals, network, language, {}, late);
  REQUIRE(stopped.verdict.is_unknown());
  CHECK(stopped.words == 0);
  const std::atomic<bool> interrupted = true;
  core::Limits asked;
  asked.interrupted = &interrupted;
  CHECK(refute(kRationals, network, language, {}, asked).verdict.is_unknown());
}

}  // namespace
}  // namespace eigenmata::verification
