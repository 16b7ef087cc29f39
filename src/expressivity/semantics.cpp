// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/semantics.hpp"

#include <algorithm>

#include "eigenmata/core/text.hpp"
#include "eigenmata/precision/rounding_plan.hpp"

namespace eigenmata::expressivity {
namespace {

using core::Error;
using core::in_quotes;
using core::Place;
using Kind = Semantics::Kind;

/// The format in "float:f32" or "float:f32,all-same".
std::string_view format_in(std::string_view text) {
  text.remove_prefix(std::string_view("float:").size());
  return text.substr(0, text.find(','));
}

void require_bits(std::string_view text, const Place& place, const char* what) {
  std::uint64_t bits = 0;
  if (!core::parse_unsigned(text, bits, 4096) || bits == 0)
    throw Error(place, "expected a number of " + std::string(what) + " from 1 to 4096, found " + in_quotes(text));
}

void require_fixed(std::string_view text, const Place& place) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) throw Error(place, "expected fixed:INT.FRAC, as in fixed:4.12");
  for (const std::string_view bits : {text.substr(0, dot), text.substr(dot + 1)}) {
    std::uint64_t count = 0;
    if (!core::parse_unsigned(bits, count, 4096))
      throw Error(place, "expected a number of bits from 0 to 4096, found " + in_quotes(bits));
  }
}

void require_cast_set(std::string_view text, const Place& place) {
  std::vector<exact::Rational> values;
  while (true) {
    const std::size_t comma = text.find(',');
    values.push_back(exact::parse_rational(text.substr(0, comma), place));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  std::sort(values.begin(), values.end());
  const auto twice = std::adjacent_find(values.begin(), values.end());
  if (twice != values.end()) throw Error(place, exact::to_string(*twice) + " stands twice in the set to cast to");
}

void require_float(std::string_view text, const Place& place) {
  const precision::FloatFormat& format = precision::float_format(format_in(text), place);
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return;
  (void)precision::named_plan(text.substr(comma + 1), format, place);
}

}  // namespace

std::size_t Semantics::significant_bits() const {
  if (kind != Kind::kFloat) return 0;
  return static_cast<std::size_t>(precision::find_float_format(format_in(text))->precision());
}

bool Semantics::holds_one() const { return text.rfind("fixed:0.", 0) != 0 && text != "int:1"; }

Semantics parse_semantics(std::string_view text, const Place& place) {
  Semantics result;
  result.text = std::string(text);
  if (text == "exact") return result;
  result.kind = Kind::kFiniteOrbit;
  if (text == "finite-orbit") return result;
  result.kind = Kind::kLogPrecision;
  if (text == "log-precision") return result;
  result.kind = Kind::kPolyPrecision;
  if (text == "poly-precision") return result;
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const std::string_view rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  if (name == "robust") {
    result.kind = Kind::kRobust;
    if (exact::parse_rational(rest, place) <= 0) throw Error(place, "robust:E needs a positive E");
  } else if (name == "cast") {
    result.kind = Kind::kCast;
    require_cast_set(rest, place);
  } else if (name == "float" && colon != std::string_view::npos) {
    result.kind = Kind::kFloat;
    require_float(text, place);
  } else if (name == "fixed") {
    result.kind = Kind::kFixed;
    require_fixed(rest, place);
  } else if (name == "int" || name == "uint") {
    constexpr std::string_view kWrap = ",wrap";
    const bool wraps = name == "uint" || rest.ends_with(kWrap);
    result.kind = wraps ? Kind::kWrapAround : Kind::kSaturating;
    require_bits(name == "int" && wraps ? rest.substr(0, rest.size() - kWrap.size()) : rest, place, "bits");
  } else {
    throw Error(place, in_quotes(text) +
                           " is no semantics; expected exact, finite-orbit, robust:E, cast:A,B,..., float:FORMAT, "
                           "fixed:I.F, int:N[,wrap], uint:N, log-precision or poly-precision");
  }
  return result;
}

const std::vector<SemanticsInfo>& all_semantics() {
  static const std::vector<SemanticsInfo> list{
      {"exact",
       "real arithmetic without rounding; in every layer bounded states, finitely many outputs, and a positive "
       "distance "
       "between states of different output"},
      {"finite-orbit", "exact, and only finitely many states are reachable"},
      {"robust:E", "exact, and right under an error of norm at most E in every step of every layer"},
      {"cast:A,B,...", "products and sums exact, each term and each sum cast to the nearest number of the set"},
      {"float:FORMAT[,PLAN]",
       "every operation rounded, step by step; formats bf16, fp16, tf32, f32, f64, e4m3, e4m3-ieee, e5m2, e3m2, e2m3, "
       "e2m1, plans all-same, pytorch-loop, fla-recurrent, fla-chunk[:C]"},
      {"fixed:I.F", "every operation rounded to I integer and F fractional bits, saturating"},
      {"int:N", "integers of N bits, saturating"},
      {"int:N,wrap", "integers of N bits in two's complement that wrap around; otherwise as uint:N"},
      {"uint:N", "integers modulo 2^N; of a set of numbers those that are integers"},
      {"log-precision",
       "in words of n letters O(log n) bits a number, sums and products exact and then rounded; decoders in TC0"},
      {"poly-precision", "rational numbers without rounding, of O(n) bits in words of n letters; decoders in TC0"}};
  return list;
}

}  // namespace eigenmata::expressivity
