// SPDX-License-Identifier: Apache-2.0
//
// Numbers of finitely many bits, in the two programs that share no code: their arithmetic, number for number, and what
// they say of networks that run in it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/error.hpp"
#include "checker/number_format.hpp"
#include "eigenmata/expressivity/semantics.hpp"
#include "eigenmata/precision/soft_float.hpp"
#include "eigenmata/verification/numeric_certificate.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"
#include "support/delta_networks.hpp"
#include "support/float_networks.hpp"
#include "support/languages.hpp"
#include "support/mutation.hpp"
#include "support/networks.hpp"

namespace eigenmata {
namespace {

using checker::NumberFormat;
using checker::Value;
using exact::Rational;
using precision::FloatFormat;
using precision::SoftFloat;

/// The code that stands for this one among states: of zeros and of NaN there is one.
std::uint64_t settled(const SoftFloat& soft, std::uint64_t code) {
  if (soft.is_nan(code)) return soft.format().nan();
  return soft.compare(code, 0) == 0 ? 0 : code;
}

mpq_class gmp(const Rational& a) { return mpq_class(exact::to_string(a)); }

/// x against q for a rational x.
checker::Comparison comparison(const Rational& x) {
  return [x = gmp(x)](const mpq_class& q) { return cmp(x, q); };
}

TEST_CASE("both arithmetics round sums and products of floats alike", "[agreement]") {
  EIGENMATA_SEEDED(random, 311);
  for (const FloatFormat& format : precision::float_formats()) {
    const SoftFloat soft(format);
    const NumberFormat other = *NumberFormat::floating(format.name);
    REQUIRE(other.bits() == static_cast<unsigned>(format.bits()));
    const auto compare = [&](std::uint64_t a, std::uint64_t b) {
      const Value x = *other.value(a);
      const Value y = *other.value(b);
      const bool same = other.code(other.round(x + y)) == settled(soft, soft.add(a, b)) &&
                        other.code(other.round(x - y)) == settled(soft, soft.subtract(a, b)) &&
                        other.code(other.round(x * y)) == settled(soft, soft.multiply(a, b)) &&
                        other.code(other.round(y + x * x)) == settled(soft, soft.fused_multiply_add(a, a, b));
      if (!same) FAIL(format.name << ": codes " << a << " and " << b);
    };
    const std::uint64_t codes = format.bits() == 64 ? 0 : std::uint64_t{1} << format.bits();
    if (format.bits() <= 8) {
      for (std::uint64_t a = 0; a < codes; ++a) {
        // A code is one of a state if and only if it is the one that stands for it.
        if (other.value(a).has_value() != (settled(soft, a) == a)) FAIL(format.name << ": code " << a);
        if (!other.value(a)) continue;
        if (other.code(*other.value(a)) != a) FAIL(format.name << ": code " << a);
        for (std::uint64_t b = 0; b < codes; ++b) {
          if (other.value(b)) compare(a, b);
        }
      }
      continue;
    }
    for (int i = 0; i < 20'000; ++i) {
      const auto draw = [&] { return settled(soft, codes == 0 ? random.next() : random.below(codes)); };
      const std::uint64_t a = draw();
      // Also one that is near, so that sums cancel.
      const std::uint64_t near = settled(soft, (a ^ random.below(64)) & (2 * format.sign_bit() - 1));
      compare(a, random.one_in(2) ? near : draw());
    }
  }
}

TEST_CASE("both arithmetics convert, round parameters and take roots alike", "[agreement]") {
  EIGENMATA_SEEDED(random, 312);
  for (const FloatFormat& format : precision::float_formats()) {
    const SoftFloat soft(format);
    const NumberFormat other = *NumberFormat::floating(format.name);
    const SoftFloat f64(precision::kF64);
    const NumberFormat wide = *NumberFormat::floating("f64");
    for (int i = 0; i < 2'000; ++i) {
      // Between small and large, and often a number of the format, or halfway between two.
      Rational a = testing::random_rational(random, 1'000'000);
      const int scale = static_cast<int>(random.between(-40, 40));
      a *= scale < 0 ? Rational(1, exact::Integer(1) << -scale) : Rational(exact::Integer(1) << scale);
      if (random.one_in(2)) {
        const std::uint64_t nearby = soft.from_rational(a);
        const auto low = soft.to_rational(nearby);
        const auto high = soft.to_rational((nearby + 1) & (2 * format.sign_bit() - 1));
        if (low && high) a = random.one_in(2) ? Rational((*low + *high) / 2) : *low;
      }
      CAPTURE(format.name, a);
      const std::uint64_t expected = settled(soft, soft.from_rational(a));
      if (other.code(other.nearest(comparison(a))) != expected) FAIL("rounded as a real number");
      // Through f64, which holds some of them.
      const std::uint64_t code = f64.from_rational(a);
      if (other.code(other.round(*wide.value(settled(f64, code)))) !=
          settled(soft, soft.convert(precision::kF64, code)))
        FAIL("converted");
      const std::uint64_t root_of = settled(soft, soft.from_rational(abs(a)));
      const auto value = soft.to_rational(root_of);
      if (!value) continue;
      const mpq_class square = gmp(*value);
      const auto root = other.nearest([&](const mpq_class& q) { return q < 0 ? 1 : cmp(square, mpq_class(q * q)); });
      if (other.code(root) != settled(soft, soft.square_root(root_of))) FAIL("root");
    }
  }
}

TEST_CASE("both arithmetics compute in fixed point and integers alike", "[agreement]") {
  EIGENMATA_SEEDED(random, 313);
  using precision::FixedFormat;
  using precision::FixedPoint;
  for (const FixedFormat& format :
       {FixedFormat::fixed(3, 4), FixedFormat::fixed(0, 7), FixedFormat::fixed(7, 0), FixedFormat::fixed(20, 41),
        FixedFormat::saturating_integer(1), FixedFormat::saturating_integer(8), FixedFormat::saturating_integer(62),
        FixedFormat::unsigned_integer(1), FixedFormat::unsigned_integer(8), FixedFormat::unsigned_integer(62)}) {
    const FixedPoint ours(format);
    const NumberFormat theirs =
        NumberFormat::fixed(static_cast<unsigned>(format.integer_bits), static_cast<unsigned>(format.fraction_bits),
                            format.is_signed, format.wraps);
    CAPTURE(format.integer_bits, format.fraction_bits, format.is_signed);
    const auto compare = [&](std::uint64_t a, std::uint64_t b) {
      const Value x = *theirs.value(a);
      const Value y = *theirs.value(b);
      const auto m = ours.number(a);
      const auto n = ours.number(b);
      const bool same = theirs.code(x) == a && theirs.code(theirs.round(x + y)) == ours.code(ours.add(m, n)) &&
                        theirs.code(theirs.round(x - y)) == ours.code(ours.subtract(m, n)) &&
                        theirs.code(theirs.round(x * y)) == ours.code(ours.multiply(m, n));
      if (!same) FAIL("codes " << a << " and " << b);
    };
    const std::uint64_t codes = std::uint64_t{1} << format.bits();
    for (std::uint64_t i = 0; i < 70'000; ++i) {
      if (format.bits() <= 8) {
        if (i < codes * codes) compare(i / codes, i % codes);
      } else if (i < 20'000) {
        compare(random.below(codes), random.one_in(2) ? random.below(codes) : codes - 1 - random.below(100));
      }
    }
    if (format.wraps) continue;
    for (int i = 0; i < 500; ++i) {
      const Rational a = testing::random_rational(random, 1'000) / 8;
      CAPTURE(a);
      CHECK(theirs.code(theirs.nearest(comparison(a))) == ours.code(ours.from_rational(a)));
    }
  }
}

std::string with(std::string text, const std::string& old, const std::string& now) {
  const std::size_t at = text.find(old);
  if (at == std::string::npos) throw std::logic_error("no such text: " + old);
  return text.replace(at, old.size(), now);
}

/// "unreadable", "rule 3", or "proved"; then why.
std::pair<std::string, std::string> judged(const std::string& text) {
  try {
    std::istringstream stream(text);
    const auto failure = checker::check(checker::read_certificate(stream, "certificate"));
    if (failure) return {"rule " + std::to_string(failure->rule), failure->reason};
    return {"proved", ""};
  } catch (const checker::Error& error) {
    return {"unreadable", error.what()};
  }
}

/// What the network recognises is proved of it: by the library, which writes it down, then by the checker. The text, or
/// none if some word has no answer or the states are more than a test should wait for.
template <class K>
std::optional<std::string> certified(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                     const std::string& semantics) {
  const auto arithmetic = verification::numeric_arithmetic(expressivity::parse_semantics(semantics, {"semantics"}));
  return std::visit(
      [&](const auto& numbers) -> std::optional<std::string> {
        core::Limits limits;
        limits.memory_bytes = 1 << 17;
        try {
          const auto rounded = lrnn::rounded_network(numbers, k, network, limits);
          const auto language = verification::recognised_language(numbers, rounded, limits);
          const auto check = verification::check_numeric(numbers, rounded, language, limits);
          if (!check.verdict.is_yes()) {
            REQUIRE(check.closure == nullptr);
            return std::nullopt;
          }
          REQUIRE(check.closure->states.size() == check.reachable_states);
          return verification::write_certificate(k, network, semantics, *check.closure, {});
        } catch (const core::LimitReached&) {
          return std::nullopt;
        } catch (const core::Error&) {  // integers and fractions; rows of a table that become one
          return std::nullopt;
        }
      },
      arithmetic);
}

template <class K>
void require_certificates(const K& k, core::Random& random, std::size_t networks) {
  std::map<std::string, std::size_t> proved;
  const std::vector<std::string> all{"float:bf16",
                                     "float:e4m3",
                                     "float:e4m3,pytorch-loop",
                                     "float:e2m1",
                                     "float:e5m2-fnuz",
                                     "float:e5m2,fla-recurrent",
                                     "float:fp16,fla-recurrent",
                                     "float:f64",
                                     "float:e3m2,fla-recurrent",
                                     "fixed:2.5",
                                     "fixed:4.0",
                                     "int:6",
                                     "uint:5"};
  for (std::size_t i = 0; i < networks; ++i) {
    testing::NetworkShape shape;
    shape.layers = random.below(3);
    const auto network = testing::random_network(k, random, shape);
    for (const std::string& semantics : all) {
      CAPTURE(i, semantics);
      const auto text = certified(k, network, semantics);
      if (!text) continue;
      ++proved[semantics];
      const auto [kind, reason] = judged(*text);
      if (kind != "proved") FAIL(kind << ": " << reason << "\n" << *text);
    }
  }
  std::cout << "networks proved in";
  for (const auto& [semantics, count] : proved) {
    std::cout << ' ' << semantics << ": " << count << ';';
    CHECK(count > networks / 30);
  }
  std::cout << '\n';
  CHECK(proved.size() >= all.size() - 3);
}

TEST_CASE("the checker proves what the library found in numbers of finitely many bits", "[agreement]") {
  EIGENMATA_SEEDED(random, 314);
  require_certificates(exact::RationalArithmetic{}, random, 300);
}

TEST_CASE("the checker rounds numbers of number fields as the library does", "[agreement]") {
  EIGENMATA_SEEDED(random, 315);
  require_certificates(testing::field_of_sqrt5(), random, 100);
}

TEST_CASE("the checker computes in chunks as the library does", "[agreement]") {
  EIGENMATA_SEEDED(random, 317);
  std::map<std::string, std::size_t> proved;
  for (std::size_t i = 0; i < 25; ++i) {
    const auto network = testing::random_delta_network(random, 1 + random.below(2), 1 + random.below(2));
    for (const std::string semantics : {"float:e4m3,fla-chunk:1", "float:e4m3,fla-chunk:3", "float:bf16,fla-chunk:2",
                                        "float:e2m1,fla-chunk:4", "float:f64,fla-chunk:2", "float:fp16,fla-chunk:4"}) {
      CAPTURE(i, semantics);
      const auto text = certified(exact::RationalArithmetic{}, network, semantics);
      if (!text) continue;
      ++proved[semantics];
      const auto [kind, reason] = judged(*text);
      if (kind != "proved") FAIL(kind << ": " << reason << "\n" << *text);
      const std::size_t last = text->rfind(" |");
      CHECK(judged(with(*text, text->substr(last), text->substr(last, 2) + " 9\nend\n")).first == "unreadable");
    }
  }
  std::cout << "networks proved in";
  for (const auto& [semantics, count] : proved) std::cout << ' ' << semantics << ": " << count << ';';
  std::cout << '\n';
  CHECK(proved.size() >= 5);
}

/// The lines of the states, sorted; comments left out.
std::vector<std::string> listed(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text.substr(text.find("\nstates ") + 1));
  for (std::string line; std::getline(stream, line);) {
    if (line.substr(0, 1) != "#") lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_CASE("a certificate with other states is refused", "[agreement]") {
  EIGENMATA_SEEDED(random, 316);
  using testing::one_layer;
  using testing::reflection_map;
  using testing::scalar_map;
  const exact::RationalArithmetic k;
  const std::vector<std::pair<lrnn::RationalNetwork, std::string>> samples{
      {one_layer({1}, {scalar_map(Rational(-7, 8)), scalar_map(1)}, {1}, 0, true, true), "float:e4m3"},
      {one_layer({0}, {scalar_map(1, 1)}, {1}, 1, false, true), "uint:6"},
      {one_layer({1, 0}, {reflection_map(2, {1, -1}), reflection_map(1, {2, 1})}, {1, 0}, Rational(1, 2), true, true),
       "float:e2m3"}};
  std::map<std::string, std::size_t> counts;
  for (const auto& [network, semantics] : samples) {
    const auto text = certified(k, network, semantics);
    REQUIRE(text.has_value());
    REQUIRE(judged(*text).first == "proved");
    const std::size_t states = text->find("\nstates ") + 1;
    for (int i = 0; i < 1'000; ++i) {
      const std::string mutant = text->substr(0, states) + testing::mutated(text->substr(states), random);
      const auto [kind, reason] = judged(mutant);
      ++counts[kind];
      // Only another order, or a comment, leaves the proof a proof.
      if (kind == "proved" && listed(mutant) != listed(*text)) FAIL("accepted:\n" << mutant);
    }
  }
  std::cout << "numeric certificates with something else in the states:";
  for (const auto& [kind, count] : counts) std::cout << ' ' << count << ' ' << kind << ';';
  std::cout << '\n';
  CHECK(counts["unreadable"] > 500);
  CHECK(counts["rule 3"] + counts["rule 2"] > 100);
}

TEST_CASE("a certificate with another network, arithmetic or automaton is refused", "[agreement]") {
  const exact::RationalArithmetic k;
  const auto decays =
      testing::one_layer({1}, {testing::scalar_map(Rational(-7, 8)), testing::scalar_map(1)}, {1}, 0, true, true);
  const std::string text = *certified(k, decays, "float:e4m3");
  REQUIRE(judged(text).first == "proved");
  const auto judge = [&](const std::string& old, const std::string& now) { return judged(with(text, old, now)).first; };
  CHECK(judge("entries 0:-7/8", "entries 0:-3/4") == "rule 3");
  CHECK(judge("entries 0:-7/8", "entries 0:7/8") == "rule 3");
  CHECK(judge("start 0:1", "start 0:1/2") == "rule 1");
  CHECK(judge("| 0 | 0 | 0 1", "| 0 | 1 | 0 1") == "rule 5");
  CHECK(judge("| 0 | 0 | 0 1", "| 0 | 0 | 1 0") == "rule 5");
  CHECK(judge("network 1 empty-word accept", "network 1 empty-word reject") == "rule 6");
  CHECK(judge("next 1 0", "next 1 1") == "rule 3");
  CHECK(judge("accepting 0", "accepting 1") == "rule 6");
  CHECK(judge("float:e4m3", "float:e4m3,fla-recurrent") == "unreadable");  // states of 32 bits
  CHECK(judge("float:e4m3", "float:e4m3-fnuz") != "proved");
  CHECK(judge("float:e4m3", "float:e4m3,vague") == "unreadable");
  CHECK(judge("float:e4m3", "float:fp8") == "unreadable");
  CHECK(judge("float:e4m3", "fixed:3.4") != "proved");
  CHECK(judge("float:e4m3", "uint:8") == "rule 4");  // no fractions
  CHECK(judge("float:e4m3", "uint:63") == "unreadable");
  CHECK(judge("float:e4m3", "int:0") == "unreadable");
  CHECK(judge("float:e4m3", "fixed:08.1") == "unreadable");
  CHECK(judge("kind numeric\nsemantics float:e4m3", "kind numeric") == "unreadable");
  CHECK(judge("kind numeric\nsemantics float:e4m3", "kind points") == "unreadable");
  CHECK(judge("states 36", "states 0") == "unreadable");
  CHECK(judge("state 0 38", "state 0 038") == "unreadable");
  CHECK(judge("state 0 38", "state 0 80") == "unreadable");  // −0
  CHECK(judge("state 0 38", "state 0 ff") == "unreadable");  // the other NaN
  CHECK(judge("state 0 38", "state 1 38") == "rule 1");
  CHECK(judge("state 1 b6", "state 1 B6") == "unreadable");
  CHECK(judge("state 1 b6", "state 0 b6") != "proved");
  CHECK(judge("state 1 b6\n", "state 1 b6\nstate 1 b6\n") == "unreadable");  // one too many
  CHECK(judge("states 36\nstate 0 38\n", "states 37\nstate 0 38\nstate 1 b6\n") == "rule 2");
  CHECK(judge("states 36\nstate 0 38\n", "states 37\nstate 0 38\nstate 0 7f\n") == "rule 2");  // NaN, never reached
  // The same orbit in other arithmetics: the claim is another, and true.
  const auto flips = testing::one_layer({1}, {testing::scalar_map(-1)}, {1}, 0, true, true);
  const std::string exact = *certified(k, flips, "float:bf16");
  CHECK(judged(with(exact, "float:bf16", "float:bf16,pytorch-loop")).first == "proved");
}

}  // namespace
}  // namespace eigenmata
