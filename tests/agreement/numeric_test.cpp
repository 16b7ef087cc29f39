// SPDX-License-Identifier: Apache-2.0
//
// Numbers of finitely many bits, in the two programs that share no code: their arithmetic, number for number, and what
// they say of networks that run in it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <iomanip>
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
#include "eigenmata/verification/region_check.hpp"
#include "eigenmata/verification/stochastic_check.hpp"
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
      const auto neighbours_agree = [&](const Value& exact, const SoftFloat::Choice& ours) {
        const auto [below, above] = other.neighbours(exact);
        return other.code(below) == settled(soft, ours.first) && other.code(above) == settled(soft, ours.second);
      };
      const bool same = other.code(other.round(x + y)) == settled(soft, soft.add(a, b)) &&
                        neighbours_agree(x + y, soft.add_either_way(a, b)) &&
                        neighbours_agree(x * y, soft.multiply_either_way(a, b)) &&
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
        FixedFormat::wrapping_integer(1), FixedFormat::wrapping_integer(8), FixedFormat::wrapping_integer(62),
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
                                     "int:5,wrap",
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

/// The same with all choices of stochastic rounding. The language is what the network recognises rounded to nearest,
/// which is one of them.
std::optional<std::string> certified_for_all_choices(const lrnn::RationalNetwork& network, const std::string& format) {
  const exact::RationalArithmetic q;
  const auto semantics = expressivity::parse_semantics("float:" + format, {"semantics"});
  const auto numbers = std::get<precision::FloatArithmetic>(verification::numeric_arithmetic(semantics));
  core::Limits limits;
  limits.memory_bytes = 1 << 17;
  limits.deadline = core::Limits::Clock::now() + std::chrono::milliseconds(200);
  try {
    const auto rounded = lrnn::rounded_network(numbers, q, network, limits);
    const auto language = verification::recognised_language(numbers, rounded, limits);
    const auto found = verification::check_stochastic(numbers, rounded.network, language, limits);
    REQUIRE((found.check.closure != nullptr) == found.check.verdict.is_yes());
    if (!found.check.closure) return std::nullopt;
    return verification::write_certificate(q, network, "float:" + format + ",stochastic", *found.check.closure, {});
  } catch (const core::LimitReached&) {
    return std::nullopt;
  } catch (const core::Error&) {  // rows of a table that become one
    return std::nullopt;
  }
}

TEST_CASE("the checker proves what the library found for all choices of stochastic rounding", "[agreement]") {
  EIGENMATA_SEEDED(random, 318);
  std::size_t proved = 0, refused = 0, with_choices = 0;
  for (std::size_t i = 0; i < 100; ++i) {
    testing::NetworkShape shape;
    shape.layers = random.below(3);
    shape.max_dimension = 2;
    const auto network = testing::random_network(exact::RationalArithmetic{}, random, shape);
    for (const std::string format : {"e4m3", "e2m1", "e5m2-fnuz", "e3m2"}) {
      CAPTURE(i, format);
      const auto text = certified_for_all_choices(network, format);
      if (!text) continue;
      ++proved;
      const auto [kind, reason] = judged(*text);
      if (kind != "proved") FAIL(kind << ": " << reason << "\n" << *text);
      // What choices lead to is more than what rounding to nearest leads to; so the same states are not all reached.
      const auto nearest = judged(with(*text, ",stochastic", ""));
      if (nearest.first == "proved") continue;
      ++with_choices;
      CHECK(nearest.first == "rule 2");
    }
    // And without a state that only choices lead to, the list is not closed.
    const auto nearest = certified(exact::RationalArithmetic{}, network, "float:e4m3");
    if (nearest && judged(with(*nearest, "float:e4m3", "float:e4m3,stochastic")).first != "proved") ++refused;
  }
  std::cout << "with all choices " << proved << " networks proved, in " << with_choices
            << " of them choices matter; rounded to nearest " << refused << " are not closed under choices\n";
  CHECK(proved > 50);
  CHECK(with_choices > 5);
  CHECK(refused > 3);
}

std::optional<std::string> certified_in_boxes(const lrnn::RationalNetwork& network, const automata::Dfa& language,
                                              const std::string& semantics) {
  const exact::RationalArithmetic q;
  const auto arithmetic = verification::numeric_arithmetic(expressivity::parse_semantics(semantics, {"semantics"}));
  const auto& numbers = std::get<precision::FloatArithmetic>(arithmetic);
  const auto rounded = lrnn::rounded_network(numbers, q, network, {});
  const auto region = verification::closed_region(numbers, rounded.network, language, {});
  if (!region) return std::nullopt;
  return verification::write_certificate(q, network, semantics, numbers, *region);
}

/// The boxes with one end of a side moved inwards, to the next number; nothing if all sides are single numbers. The
/// boxes that the library finds are the least ones that are closed, so none that are smaller can be.
std::optional<std::string> with_a_narrower_side(const std::string& text, const NumberFormat& format,
                                                core::Random& random) {
  const std::uint64_t sign = std::uint64_t{1} << (format.bits() - 1);
  const auto moved = [&](std::uint64_t code, bool up) {
    const bool negative = (code & sign) != 0;
    if (code == 0) return up ? 1 : sign | 1;
    const std::uint64_t next = negative != up ? code + 1 : code - 1;
    return next == sign ? 0 : next;
  };
  std::vector<std::pair<std::size_t, bool>> ends;  // where in the text, and whether it is a low one
  const std::size_t digits = (format.bits() + 3) / 4;
  for (std::size_t line = text.find("\nbox "); line != std::string::npos; line = text.find("\nbox ", line + 1)) {
    const std::size_t end = text.find('\n', line + 1);
    for (std::size_t at = text.find(' ', line + 5) + 1; at < end && at != 0; at += 2 * (digits + 1)) {
      if (text.substr(at, digits) == text.substr(at + digits + 1, digits)) continue;
      ends.emplace_back(at, true);
      ends.emplace_back(at + digits + 1, false);
    }
  }
  if (ends.empty()) return std::nullopt;
  const auto [at, low] = ends[random.below(ends.size())];
  std::ostringstream code;
  code << std::hex << std::setw(static_cast<int>(digits)) << std::setfill('0')
       << moved(std::stoull(text.substr(at, digits), nullptr, 16), low);
  return std::string(text).replace(at, digits, code.str());
}

TEST_CASE("the checker proves boxes in arithmetic of its own, and refuses others", "[agreement]") {
  EIGENMATA_SEEDED(random, 319);
  std::map<std::string, std::size_t> counts;
  std::size_t proved = 0;
  const automata::Dfa languages[] = {testing::regex_language("(a|b)*a"), testing::regex_language("(a|b)*"),
                                     testing::regex_language("(a|b)*b|()"), testing::regex_language("(b*ab*ab*)*|b*")};
  for (std::size_t i = 0; i < 120; ++i) {
    testing::NetworkShape shape;
    shape.layers = 1 + random.below(2);
    shape.tables = false;
    lrnn::RationalNetwork network = testing::random_network(exact::RationalArithmetic{}, random, shape);
    if (random.one_in(2)) {
      const Rational a(static_cast<int>(random.between(-7, 7)), 10);
      network = testing::one_layer({-1}, {testing::scalar_map(a, 1), testing::scalar_map(a, -1)}, {1}, 0, true, false);
    }
    for (const std::string semantics : {"float:f64", "float:f32,fla-recurrent", "float:bf16,pytorch-loop", "float:e4m3",
                                        "float:e2m1,fla-recurrent"}) {
      for (const automata::Dfa& language : languages) {
        CAPTURE(i, semantics);
        const auto text = certified_in_boxes(network, language, semantics);
        if (!text) continue;
        ++proved;
        const auto [kind, reason] = judged(*text);
        if (kind != "proved") FAIL(kind << ": " << reason << "\n" << *text);
        const bool wide = semantics.find("fla-recurrent") != std::string::npos;
        const auto name = semantics.substr(6, semantics.find(',') - 6);
        const NumberFormat states = *NumberFormat::floating(wide ? "f32" : name);
        for (int m = 0; m < 5; ++m) {
          const auto mutant = with_a_narrower_side(*text, states, random);
          if (!mutant) break;
          const auto [verdict, why] = judged(*mutant);
          ++counts[verdict];
          if (verdict != "rule 1" && verdict != "rule 3") FAIL(verdict << ": " << why << "\n" << *mutant);
        }
      }
    }
  }
  std::cout << proved << " networks proved by boxes; with a narrower side:";
  for (const auto& [kind, count] : counts) std::cout << ' ' << count << ' ' << kind << ';';
  std::cout << '\n';
  CHECK(proved > 50);
  CHECK(counts["rule 3"] > 50);
  CHECK(counts["rule 1"] > 5);
}

TEST_CASE("boxes that are too small, too large or out of place are refused", "[agreement]") {
  const auto fades = testing::one_layer(
      {-1}, {testing::scalar_map(Rational(1, 4), 1), testing::scalar_map(Rational(1, 4), -1)}, {1}, 0, true, false);
  const std::string text = *certified_in_boxes(fades, testing::regex_language("(a|b)*a"), "float:e4m3");
  REQUIRE(judged(text).first == "proved");
  const auto judge = [&](const std::string& old, const std::string& now) { return judged(with(text, old, now)).first; };
  // Of the letter a from 5/8 to 11/8 (rounded), of b the negative of it.
  INFO(text);
  CHECK(judge("boxes 2", "boxes 0") == "unreadable");
  CHECK(judge("boxes 2", "regions 2") == "unreadable");
  CHECK(judge("box 1 ", "box 2 ") == "unreadable");
  CHECK(judge("box 1 ", "box 0 ") == "rule 2");
  CHECK(judge("float:e4m3", "float:e4m3,stochastic") == "unreadable");
  CHECK(judge("float:e4m3", "float:e4m3,fla-chunk:1") == "unreadable");
  CHECK(judge("float:e4m3", "float:e4m3,pytorch-loop") == "proved");  // as loose
  CHECK(judge("entries 0:1/4", "entries 0:1/2") == "rule 3");
  CHECK(judge("start 0:-1", "start 0:-3") == "rule 1");
  CHECK(judge("empty-word reject", "empty-word accept") == "rule 6");
  const std::string line = text.substr(text.find("\nbox 1 ") + 1, std::string("box 1 30 3b").size());
  CHECK(judge(line, "box 1 40 3b") == "unreadable");  // the ends in this order
  CHECK(judge(line, "box 1 30 7f") == "unreadable");  // NaN
  CHECK(judge(line, "box 1 38 3b") == "rule 3");
  CHECK(judge(line, "box 1 b8 3b") == "rule 3");  // leads out of the box
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
