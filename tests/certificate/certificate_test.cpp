// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/certificate.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <sstream>
#include <utility>
#include <variant>

#include "eigenmata/core/error.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "support/certificates.hpp"

namespace eigenmata::certificate {
namespace {

using testing::joined;
using testing::lines_of;

using exact::NumberField;
using exact::Rational;
using exact::RationalArithmetic;
using testing::NamedCertificate;

const RationalArithmetic kRationals{};

RationalCertificate read(const std::string& text) { return read_certificate({"x.cert", text}); }

bool same_points(const RationalCertificate& a, const RationalCertificate& b) {
  if (a.points.size() != b.points.size() || a.steps != b.steps) return false;
  for (std::size_t p = 0; p < a.points.size(); ++p) {
    const auto& x = a.points[p];
    const auto& y = b.points[p];
    if (p > 0 && (x.from != y.from || x.letter != y.letter)) return false;
    if (x.state != y.state || x.vectors.size() != y.vectors.size()) return false;
    for (std::size_t l = 0; l < x.vectors.size(); ++l) {
      if (!equal(kRationals, x.vectors[l], y.vectors[l])) return false;
    }
  }
  return true;
}

bool same_certificate(const RationalCertificate& a, const RationalCertificate& b) {
  return same_network(a.network, b.network) && a.automaton == b.automaton && same_points(a, b);
}

bool holds(const RationalCertificate& certificate) { return check(certificate, {}).is_yes(); }

/// A network with finitely many states, and its certificate by exploration against its own language.
RationalCertificate random_certificate(core::Random& random) {
  for (;;) {
    const auto network = testing::random_finite_network(random, {1 + random.below(3), random.below(3), 3, false});
    const auto language = testing::language_of(kRationals, network, 200);
    if (language) return testing::explored(network, automata::minimised(*language));
  }
}

// Round trips.

TEST_CASE("a certificate that is written and read again is the same", "[certificate]") {
  for (const NamedCertificate& sample : testing::sample_certificates()) {
    CAPTURE(sample.name);
    const std::string text = write_certificate(sample.certificate);
    const auto again = read(text);
    CHECK(same_certificate(sample.certificate, again));
    CHECK(write_certificate(again) == text);
  }
}

TEST_CASE("networks of every form survive in a certificate", "[certificate]") {
  EIGENMATA_SEEDED(random, 111);
  for (int round = 0; round < 150; ++round) {
    // Points and automaton need not be right to be written and read.
    const auto network = testing::random_network(kRationals, random, {1 + random.below(3), random.below(4), 4, true});
    const auto automaton = testing::random_dfa(random, 1 + random.below(4), network.alphabet.size());
    RationalCertificate certificate{{}, network, automaton, {}, {}};
    for (std::size_t p = 1 + random.below(4), i = 0; i < p; ++i) {
      Point<Rational> point;
      point.from = static_cast<std::uint32_t>(random.below(p));
      point.letter = core::symbol(random.below(network.alphabet.size()));
      point.state = automata::state(random.below(automaton.states()));
      for (const auto& layer : network.layers) {
        point.vectors.push_back(testing::random_vector(kRationals, random, layer.dimension));
      }
      certificate.points.push_back(std::move(point));
      for (std::size_t x = 0; x < network.alphabet.size(); ++x) {
        certificate.steps.push_back(static_cast<std::uint32_t>(random.below(p)));
      }
    }
    const std::string text = write_certificate(certificate);
    CAPTURE(round, text);
    REQUIRE(same_certificate(certificate, read(text)));
  }
}

TEST_CASE("letters of any kind are written and read", "[certificate]") {
  const core::Alphabet alphabet({"a", " ", "\"", "\\", "é", "push", "#"});
  const auto language = testing::dfa_from_table(alphabet, {{0, 0, 0, 0, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 1}}, {1});
  const auto certificate = testing::certificate_of(compiler::compile_current_letter(language));
  CHECK(same_certificate(certificate, read(write_certificate(certificate))));
}

TEST_CASE("comments change nothing", "[certificate]") {
  const auto sample = testing::sample_certificates()[0].certificate;
  std::string with_noise;
  std::istringstream lines(write_certificate(sample));
  for (std::string line; std::getline(lines, line);) with_noise += "# " + line + "\t\n#\n" + line + "\n";
  CHECK(same_certificate(sample, read(with_noise + "# the end")));
}

TEST_CASE("the points remember the lines they were read from", "[certificate]") {
  const std::string text = write_certificate(testing::sample_certificates()[0].certificate);
  std::vector<std::size_t> lines;
  std::istringstream stream(text);
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.rfind("point ", 0) == 0) lines.push_back(number);
  }
  const auto certificate = read(text);
  REQUIRE(certificate.points.size() == lines.size());
  for (std::size_t p = 0; p < lines.size(); ++p) CHECK(certificate.points[p].line == lines[p]);
}

// Checking.

TEST_CASE("right certificates are accepted, by any number of threads", "[certificate]") {
  for (const NamedCertificate& sample : testing::sample_certificates()) {
    CAPTURE(sample.name);
    for (const std::size_t threads : {0u, 1u, 2u, 5u}) CHECK(check(sample.certificate, {}, threads).is_yes());
  }
}

TEST_CASE("certificates of random networks are accepted, also after writing and reading", "[certificate]") {
  EIGENMATA_SEEDED(random, 112);
  std::size_t points = 0;
  for (int round = 0; round < 150; ++round) {
    const auto certificate = random_certificate(random);
    CAPTURE(round, write_certificate(certificate));
    points = std::max(points, certificate.points.size());
    REQUIRE(holds(certificate));
    REQUIRE(holds(read(write_certificate(certificate))));
  }
  CHECK(points > 10);
}

TEST_CASE("a certificate over a number field is checked as well", "[certificate]") {
  // The golden ratio and its negative.
  const NumberField k = testing::field_of_sqrt5();
  using S = exact::FieldElement;
  const S phi = k.from_coefficients({Rational(1, 2), Rational(1, 2)});
  lrnn::Layer<S> layer{1, lrnn::sparse(k, std::vector<S>{phi}), {}, core::Alphabet({"no", "yes"}), {}};
  layer.maps.push_back({lrnn::Diagonal<S>{{k.from_rational(-1)}}, lrnn::SparseVector<S>(1)});
  layer.decoder =
      lrnn::AffineDecoder<S>{{{lrnn::unit_vector(k, 1, 0), k.zero(), {k.zero()}, {core::symbol(0), core::symbol(1)}}}};
  const lrnn::Network<S> network{testing::small_alphabet(1), true, {layer}, {false, true}, std::nullopt};
  auto certificate = explore(k, network, testing::regex_language("(aa)*"), {}).verdict.proof();
  CHECK(check(certificate, {}).is_yes());
  certificate.points[1].vectors[0] = lrnn::sparse(k, std::vector<S>{phi});
  CHECK(check(certificate, {}).is_no());
}

TEST_CASE("certificates over a number field are written and read", "[certificate]") {
  for (const auto& sample : testing::sample_field_certificates()) {
    CAPTURE(sample.name);
    REQUIRE(check(sample.certificate, {}).is_yes());
    const std::string text = write_certificate(sample.certificate);
    CHECK_THAT(text, Catch::Contains("\nnumbers field x^2-5 2 3 sqrt(5)\n"));
    const auto again = read_any_certificate({"x.cert", text});
    REQUIRE(std::holds_alternative<Certificate<NumberField>>(again));
    const auto& over_field = std::get<Certificate<NumberField>>(again);
    CHECK(over_field.arithmetic == sample.certificate.arithmetic);
    CHECK(same_network(over_field.arithmetic, over_field.network, sample.certificate.network));
    CHECK(over_field.points.size() == 10);
    CHECK(check(over_field, {}).is_yes());
    CHECK(write_certificate(again) == text);
    CHECK_THROWS_WITH(read_certificate({"x.cert", text}), Catch::Contains("rational numbers"));
  }
}

TEST_CASE("fields that are none are refused, with the line", "[certificate]") {
  const std::string text = write_certificate(testing::sample_field_certificates()[0].certificate);
  const std::string line = "numbers field x^2-5 2 3 sqrt(5)";
  for (const auto& [field, message] : std::vector<std::pair<std::string, std::string>>{
           {"numbers field", "ends too early"},
           {"numbers field x^2-5 2 3", "ends too early"},
           {"numbers field x^2-5 2 3 sqrt(5) 1", "end of the line"},
           {"numbers field x^2-4 1 3 sqrt(4)", "not irreducible"},
           {"numbers field x^2-5 -3 3 sqrt(5)", "2 real roots"},
           {"numbers field x^2-5 2 4/2 sqrt(5)", "4/2"},
           {"numbers field y^2-5 2 3 sqrt(5)", "y^2"},
           {"numbers field x^2-5 2 3 sqrt(6)", "cannot name the generator"},
           {"numbers fields x^2-5 2 3 sqrt(5)", "expected 'rational'"}}) {
    CAPTURE(field);
    std::string changed = text;
    changed.replace(changed.find(line), line.size(), field);
    CHECK_THROWS_WITH(read_any_certificate({"x.cert", changed}),
                      Catch::StartsWith("x.cert:3:") && Catch::Contains(message));
  }
}

/// A copy of a sample with something changed.
struct Broken {
  int rule;
  std::string what;  ///< part of the message
  std::function<void(RationalCertificate&)> change;
};

RationalCertificate sample(const std::string& name) {
  for (const NamedCertificate& s : testing::sample_certificates()) {
    if (s.name == name) return s.certificate;
  }
  throw std::logic_error(name);
}

automata::Dfa with_accepting(const automata::Dfa& dfa, std::size_t q, bool accepting) {
  std::vector<bool> bits = dfa.accepting();
  bits[q] = accepting;
  return {dfa.alphabet(), dfa.initial(), bits, dfa.table()};
}

automata::Dfa with_step(const automata::Dfa& dfa, std::size_t at, std::size_t target) {
  auto table = dfa.table();
  table[at] = automata::state(target);
  return {dfa.alphabet(), dfa.initial(), dfa.accepting(), table};
}

TEST_CASE("each rule that is broken is named", "[certificate]") {
  // (.*ab) one-hot: states 0, 1 (after a), 2 (after ab, accepting); the points are in this order.
  const auto good = sample("one-hot");
  REQUIRE(good.points.size() == 3);
  REQUIRE(good.steps == std::vector<std::uint32_t>{1, 0, 1, 2, 1, 0});
  const auto e = [](std::size_t i) { return lrnn::unit_vector(kRationals, 3, i); };
  const std::vector<Broken> faults{
      {1, "there is no point",
       [](auto& c) {
         c.points.clear();
         c.steps.clear();
       }},
      {1, "does not stand for the initial state", [](auto& c) { c.points[0].state = automata::state(1); }},
      {1, "is not the start of the network", [&](auto& c) { c.points[0].vectors[0] = e(1); }},
      {1, "is not the start of the network", [&](auto& c) { c.network.layers[0].start = e(2); }},
      {2, "point 1", [](auto& c) { c.points[1].from = 1; }},
      {2, "point 2", [](auto& c) { c.points[2].from = 0; }},
      {2, "point 2", [](auto& c) { c.points[2].letter = core::symbol(0); }},
      {3, "different letters", [](auto& c) { c.network.alphabet = core::parse_alphabet("ac", {"alphabet"}); }},
      {3, "wrong size", [](auto& c) { c.steps.pop_back(); }},
      {3, "does not exist", [](auto& c) { c.steps[4] = 3; }},
      {3, "point 2 under letter 'b' does not lead to the vectors of point 1", [](auto& c) { c.steps[5] = 1; }},
      {3, "does not lead to the vectors", [&](auto& c) { c.points[2].vectors[0] = lrnn::SparseVector<Rational>(3); }},
      {3, "does not lead to the vectors", [&](auto& c) { c.network.layers[0].maps[0].b = e(0); }},
      {3, "does not lead to the vectors",
       [&](auto& c) { std::get<lrnn::RankOneProduct<Rational>>(c.network.layers[0].maps[1].a).factors.pop_back(); }},
      {3, "a decoder has no output", [](auto& c) { c.network.layers[0].decoder = lrnn::TableDecoder<Rational>{}; }},
      {4, "stands for state 0, but the automaton goes to 2",
       [](auto& c) { c.automaton = with_step(c.automaton, 1, 2); }},
      {4, "stands for state 1, but the automaton goes to 2", [](auto& c) { c.points[2].state = automata::state(1); }},
      {5, "accepted by the network", [](auto& c) { c.automaton = with_accepting(c.automaton, 2, false); }},
      {5, "rejected by the network", [](auto& c) { c.automaton = with_accepting(c.automaton, 1, true); }},
      {5, "accepted by the network", [](auto& c) { c.network.accept[0] = true; }},
      {6, "empty word", [](auto& c) { c.network.accepts_empty_word = true; }},
      {7, "layer 1", [](auto& c) { c.network.claim = lrnn::parse_transition_class("rank-one:1", {"class"}); }},
      {7, "layer 1", [](auto& c) { c.network.claim = lrnn::parse_transition_class("diagonal[-1,1]", {"class"}); }},
  };
  REQUIRE(holds(good));
  for (std::size_t i = 0; i < faults.size(); ++i) {
    RationalCertificate broken = good;
    faults[i].change(broken);
    CAPTURE(i, faults[i].what);
    for (const std::size_t threads : {0u, 1u}) {
      const auto verdict = check(broken, {}, threads);
      REQUIRE(verdict.is_no());
      CHECK(verdict.witness().rule == faults[i].rule);
      CHECK_THAT(verdict.witness().what, Catch::Contains(faults[i].what));
    }
  }
}

TEST_CASE("in two layers a wrong vector of either is found", "[certificate]") {
  const auto good = sample("two layers");
  for (std::size_t p = 0; p < good.points.size(); ++p) {
    for (std::size_t l = 0; l < 2; ++l) {
      auto broken = good;
      broken.points[p].vectors[l] = lrnn::SparseVector<Rational>(1, {{0, 2}});
      const auto verdict = check(broken, {});
      REQUIRE(verdict.is_no());
      CHECK(verdict.witness().rule == (p == 0 ? 1 : 3));
    }
  }
}

TEST_CASE("of several failures the one at the first point is told, with its line", "[certificate]") {
  // A long cycle, so that several blocks of points are checked at a time.
  const auto language = testing::regex_language("(a{1000})*");
  auto certificate = testing::certificate_of(compiler::compile_permutation(language));
  REQUIRE(certificate.points.size() == 1'000);
  certificate.steps[900] = 5;
  certificate.steps[700] = 6;
  certificate.steps[123] = 7;
  certificate.points[500].vectors[0] = certificate.points[501].vectors[0];
  const auto read_again = read(write_certificate(certificate));
  for (int round = 0; round < 5; ++round) {
    const auto verdict = check(read_again, {}, 4);
    REQUIRE(verdict.is_no());
    CHECK(verdict.witness().point == 123);
    CHECK(verdict.witness().line == read_again.points[123].line);
    CHECK(verdict.witness().line > 1'000);
  }
  CHECK(check(certificate, {}).witness().line == 0);  // not read from a file
}

TEST_CASE("an interrupt ends the check without an answer", "[certificate]") {
  const std::atomic<bool> interrupted = true;
  core::Limits limits;
  limits.interrupted = &interrupted;
  CHECK_THROWS_AS(check(sample("one-hot"), limits), core::LimitReached);
}

// Reading.

/// A certificate with all kinds of lines, written by hand: is the number of a's even? (With one factor too
/// many.)
const std::string kByHand = R"(eigenmata-certificate 1
kind points
numbers rational
class none
letters 2
letter "a"
letter "b"
automaton 2 initial 0
accepting 0
next 1 0
next 0 1
network 2 empty-word accept
layer 2 inputs 2 outputs 2
start 0:1
map rank-one 2
factor 0:1 1:-1 | 0:1 1:-1
factor | 1:5
offset
map diagonal
entries 0:1 1:1
offset
decoder table 2
row 0:1 | 0
row 1:1 | 1 1
layer 1 inputs 2 outputs 2
start
map dense
row
offset 0:1
map householder 1
factor 1 | 0:1
offset
decoder affine by-letter
readout 0:1 | 0 | 1/2 | 0 1
readout 0:1 | -1/3 | -1/3 2 | 1 0 1
accept 1
points 2
point start state 0
at 0:1
at
step 1 0
point from 0 0 state 1
at 1:1
at
step 0 1
end
)";

TEST_CASE("the certificate by hand can be read, and says where it is wrong", "[certificate]") {
  const auto certificate = read(kByHand);
  CHECK(joined(lines_of(kByHand)) == kByHand);
  const auto verdict = check(certificate, {});
  REQUIRE(verdict.is_no());
  CHECK(verdict.witness().rule == 3);
  // Right are: the second layer is 1 after an even number of a's (its first input), else 0.
  auto lines = lines_of(kByHand);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i] == "readout 0:1 | -1/3 | -1/3 2 | 1 0 1") lines[i] = "readout 0:1 | -1/3 | 0 2 | 0 1 1";
    if (lines[i] == "points 2") {
      lines.resize(i);
      break;
    }
  }
  const std::string points = R"(points 3
point start state 0
at 0:1
at
step 1 2
point from 0 0 state 1
at 1:1
at
step 2 1
point from 0 1 state 0
at 0:1
at 0:1
step 1 2
end
)";
  CHECK(holds(read(joined(lines) + points)));
}

TEST_CASE("a line that does not fit is refused with its number", "[certificate]") {
  struct Fault {
    std::string line;
    std::string with;
    std::string message;
  };
  const std::vector<Fault> faults{
      {"eigenmata-certificate 1", "eigenmata-certificate 2", "expected 'eigenmata-certificate 1'"},
      {"eigenmata-certificate 1", "", "expected 'eigenmata-certificate 1'"},
      {"eigenmata-certificate 1", " eigenmata-certificate 1", "expected"},
      {"kind points", "kind regions", "expected 'points'"},
      {"numbers rational", "numbers field", "the line ends too early"},
      {"class none", "class", "the line ends too early"},
      {"class none", "class mamba9", "no transition class"},
      {"class none", "class none none", "unexpected 'none'"},
      {"class none", "class rank-one:", "number of factors"},
      {"class none", "class diagonal[1/0,1]", ""},
      {"letters 2", "letters 0", "alphabet is empty"},
      {"letters 2", "letters two", "'two' is no number of letters"},
      {"letters 2", "letters -1", "number of letters"},
      {"letters 2", "letters 02", "number of letters"},
      {"letters 2", "letters 2 ", "at the end of the line"},
      {"letters 2", "letters 300000000", "number of letters"},
      {"letters 2", "letters 99999999999999999999999", "number of letters"},
      {"letter \"b\"", "letter", "JSON string"},
      {"letter \"b\"", "letter b", "JSON string"},
      {"letter \"b\"", "letter \"b", "JSON string"},
      {"letter \"b\"", "letter \"b\" ", "JSON string"},
      {"letter \"b\"", "letter  \"b\"", "JSON string"},
      {"letter \"b\"", "letter 1", "JSON string"},
      {"letter \"b\"", "letter [\"b\"]", "JSON string"},
      {"letter \"b\"", "letter \"a\"", "twice"},
      {"letter \"b\"", "letter \"\"", "empty name"},
      {"letter \"b\"", "letter \"b c\"", "blank"},
      {"letter \"b\"", "letter \"\\u0001\"", "cannot be printed"},
      {"kind points", "kind points\r", "carriage return"},
      {"kind points", "# \x01\nkind points", "control character"},
      {"kind points", "# \xC3\nkind points", "not UTF-8"},
      {"letter \"b\"", "letter \"\xff\"", ""},
      {"automaton 2 initial 0", "automaton 2 initial 2", "'2' is no state"},
      {"automaton 2 initial 0", "automaton 0 initial 0", "state"},
      {"automaton 2 initial 0", "automaton 2 start 0", "expected 'initial'"},
      {"automaton 2 initial 0", "automaton 2 initial", "the line ends"},
      {"accepting 0", "accepting 2", "'2' is no state"},
      {"accepting 0", "accepting 1 0", "have to increase"},
      {"accepting 0", "accepting 0 0", "have to increase"},
      {"accepting 0", "accepting  0", "state"},
      {"accepting 0", "accepting 0 ", "state"},
      {"accepting 0", "Accepting 0", "expected 'accepting'"},
      {"next 1 0", "next 1", "the line ends"},
      {"next 1 0", "next 1 0 0", "unexpected '0'"},
      {"next 1 0", "next 1 2", "'2' is no state"},
      {"next 1 0", "next 1 x", "'x' is no state"},
      {"network 2 empty-word accept", "network 2 empty-word maybe", "expected 'reject'"},
      {"network 2 empty-word accept", "network 2", "expected 'empty-word'"},
      {"network 2 empty-word accept", "network x empty-word accept", "number of layers"},
      {"layer 2 inputs 2 outputs 2", "layer 2 inputs 3 outputs 2", "the layer below has 2 symbols"},
      {"layer 2 inputs 2 outputs 2", "layer 16777217 inputs 2 outputs 2", "dimension"},
      {"layer 2 inputs 2 outputs 2", "layer 2 inputs 2 outputs 1048577", "number of outputs"},
      {"layer 2 inputs 2 outputs 2", "layer 2 inputs 2", "expected 'outputs'"},
      {"layer 2 inputs 2 outputs 2", "layer -2 inputs 2 outputs 2", "dimension"},
      {"start 0:1", "start 2:1", "index below 2"},
      {"start 0:1", "start 0:1 0:1", "have to increase"},
      {"start 0:1", "start 1:1 0:1", "have to increase"},
      {"start 0:1", "start 0:0", "zeros are left out"},
      {"start 0:1", "start 0:1/0", ""},
      {"start 0:1", "start 0:2/4", ""},
      {"start 0:1", "start 0:1.5", ""},
      {"start 0:1", "start 0:NaN", ""},
      {"start 0:1", "start 0:", ""},
      {"start 0:1", "start :1", "index:number"},
      {"start 0:1", "start 1", "index:number"},
      {"start 0:1", "start 0:1 ", "index:number"},
      {"start 0:1", "start 0:1 |", "unexpected '|'"},
      {"start 0:1", "start 00:1", "index:number"},
      {"start 0:1", "start -0:1", "index:number"},
      {"map rank-one 2", "map rank-two 2", "expected diagonal, householder, rank-one or dense"},
      {"map rank-one 2", "map rank-one", "number of factors"},
      {"map rank-one 2", "map rank-one -1", "number of factors"},
      {"map rank-one 2", "map", "the line ends"},
      {"factor | 1:5", "factor 1:5", "expected '|'"},
      {"factor | 1:5", "factor | 1:5 | 1:5", "unexpected '|'"},
      {"factor | 1:5", "factor | 2:5", "index below 2"},
      {"map diagonal", "map diagonal 2", "unexpected '2'"},
      {"entries 0:1 1:1", "entries 0:1 2:1", "index below 2"},
      {"entries 0:1 1:1", "diagonal 0:1 1:1", "expected 'entries'"},
      {"map dense", "map dense 1", "unexpected '1'"},
      {"offset 0:1", "offset 1:1", "index below 1"},
      {"factor 1 | 0:1", "factor 1 |", "is 0"},
      {"factor 1 | 0:1", "factor | 0:1", ""},
      {"factor 1 | 0:1", "factor x | 0:1", ""},
      {"factor 1 | 0:1", "factor 1 0:1", "expected '|'"},
      {"decoder table 2", "decoder tables 2", "expected 'affine'"},
      {"decoder table 2", "decoder table", "number of rows"},
      {"row 0:1 | 0", "row 0:1", "expected '|'"},
      {"row 0:1 | 0", "row 0:1 |", "0 outputs; expected 1 or 2"},
      {"row 0:1 | 0", "row 0:1 | 0 0 0", "3 outputs; expected 1 or 2"},
      {"row 0:1 | 0", "row 0:1 | 2", "'2' is no output"},
      {"row 1:1 | 1 1", "row 0:1 | 1 1", "same state"},
      {"decoder affine by-letter", "decoder affine by-word", "expected 'by-letter'"},
      {"decoder affine by-letter", "decoder affine", "expected 'by-letter'"},
      {"readout 0:1 | 0 | 1/2 | 0 1", "readout 0:1 | 0 | 1/2 | 0", "1 thresholds need 2 outputs"},
      {"readout 0:1 | 0 | 1/2 | 0 1", "readout 0:1 | 0 | 1/2 | 0 2", "'2' is no output"},
      {"readout 0:1 | 0 | 1/2 | 0 1", "readout 0:1 | | 1/2 | 0 1", ""},
      {"readout 0:1 | 0 | 1/2 | 0 1", "readout 0:1 | 0 0 | 1/2 | 0 1", "expected '|'"},
      {"readout 0:1 | 0 | 1/2 | 0 1", "readout 0:1 | 0 | 1/2", "expected '|'"},
      {"readout 0:1 | -1/3 | -1/3 2 | 1 0 1", "readout 0:1 | -1/3 | 2 2 | 1 0 1", "have to increase"},
      {"readout 0:1 | -1/3 | -1/3 2 | 1 0 1", "readout 0:1 | -1/3 | 2 -1/3 | 1 0 1", "have to increase"},
      {"accept 1", "accept 2", "'2' is no answer"},
      {"accept 1", "accept 1 0", "have to increase"},
      {"points 2", "points two", "number of points"},
      {"point start state 0", "point start state 2", "'2' is no state"},
      {"point start state 0", "point from 0 0 state 0", "expected 'start'"},
      {"point start state 0", "point start state 0 0", "unexpected '0'"},
      {"point from 0 0 state 1", "point start state 1", "expected 'from'"},
      {"point from 0 0 state 1", "point from 2 0 state 1", "'2' is no point"},
      {"point from 0 0 state 1", "point from 0 2 state 1", "'2' is no letter"},
      {"point from 0 0 state 1", "point from 0 0", "expected 'state'"},
      {"at 1:1", "at 2:1", "index below 2"},
      {"at 1:1", "step 0 1", "expected 'at'"},
      {"step 0 1", "step 0", "the line ends"},
      {"step 0 1", "step 0 2", "'2' is no point"},
      {"step 0 1", "step 0 1 1", "unexpected '1'"},
      {"end", "End", "expected 'end'"},
      {"end", "end ", "expected 'end'"},
      {"end", "end\nmore", "goes on after 'end'"},
      {"end", "end\n", "goes on after 'end'"},
  };
  for (const Fault& fault : faults) {
    auto lines = lines_of(kByHand);
    const auto at = std::find(lines.begin(), lines.end(), fault.line);
    REQUIRE(at != lines.end());
    std::size_t number = static_cast<std::size_t>(at - lines.begin()) + 1;
    *at = fault.with;
    CAPTURE(fault.line, fault.with);
    try {
      read(joined(lines));
      FAIL_CHECK("it was read");
    } catch (const core::Error& error) {
      // An announced count that is too small or too large shows where the lines stop fitting; the rest in the
      // line itself.
      if (fault.with.rfind("end\n", 0) == 0) ++number;
      CHECK(error.place().source == "x.cert");
      CHECK(error.place().line == number);
      CHECK_THAT(error.what(), Catch::Contains(fault.message));
    }
  }
}

TEST_CASE("counts that do not fit the lines that follow are refused", "[certificate]") {
  struct Fault {
    std::string line;
    std::string with;
  };
  const std::vector<Fault> faults{{"letters 2", "letters 1"},
                                  {"letters 2", "letters 3"},
                                  {"automaton 2 initial 0", "automaton 1 initial 0"},
                                  {"automaton 2 initial 0", "automaton 3 initial 0"},
                                  {"network 2 empty-word accept", "network 1 empty-word accept"},
                                  {"network 2 empty-word accept", "network 3 empty-word accept"},
                                  {"layer 2 inputs 2 outputs 2", "layer 1 inputs 2 outputs 2"},
                                  {"layer 2 inputs 2 outputs 2", "layer 2 inputs 2 outputs 3"},
                                  {"layer 1 inputs 2 outputs 2", "layer 2 inputs 2 outputs 2"},
                                  {"map rank-one 2", "map rank-one 1"},
                                  {"map rank-one 2", "map rank-one 3"},
                                  {"map householder 1", "map householder 0"},
                                  {"map householder 1", "map householder 2"},
                                  {"decoder table 2", "decoder table 1"},
                                  {"decoder table 2", "decoder table 3"},
                                  {"decoder affine by-letter", "decoder affine shared"},
                                  {"points 2", "points 1"},
                                  {"points 2", "points 3"}};
  for (const Fault& fault : faults) {
    auto lines = lines_of(kByHand);
    const auto at = std::find(lines.begin(), lines.end(), fault.line);
    REQUIRE(at != lines.end());
    *at = fault.with;
    CAPTURE(fault.line, fault.with);
    CHECK_THROWS_AS(read(joined(lines)), core::Error);
  }
}

TEST_CASE("a certificate cut off anywhere is refused", "[certificate]") {
  for (const NamedCertificate& s : testing::sample_certificates()) {
    CAPTURE(s.name);
    const std::string text = write_certificate(s.certificate);
    REQUIRE(text.substr(text.size() - 4) == "end\n");
    const auto lines = lines_of(text);
    for (std::size_t count = 0; count < lines.size(); ++count) {
      const std::string prefix = joined({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(count)});
      CAPTURE(count);
      CHECK_THROWS_AS(read(prefix), core::Error);
    }
    // At every byte as well; only the last line's end may be missing.
    for (std::size_t length = 0; length + 1 < text.size(); ++length) {
      bool refused = false;
      try {
        read(text.substr(0, length));
      } catch (const core::Error&) {
        refused = true;
      }
      if (!refused) FAIL("cut off after " << length << " of " << text.size() << " bytes");
    }
    CHECK_NOTHROW(read(text.substr(0, text.size() - 1)));
  }
}

TEST_CASE("the end of the file is told as such", "[certificate]") {
  CHECK_THROWS_WITH(read("eigenmata-certificate 1\nkind points\n"),
                    Catch::Contains("the certificate ends here; expected 'numbers'"));
  CHECK_THROWS_AS(read(""), core::Error);
}

}  // namespace
}  // namespace eigenmata::certificate
