// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/transition_class.hpp"

#include <tuple>
#include <utility>

#include "eigenmata/core/text.hpp"

namespace eigenmata::lrnn {
namespace {

using core::in_quotes;
using exact::Rational;

constexpr const char* kKnown =
    "diagonal[a,b], diagonal{a,b,...}, diagonal-complex, constant, constant+diagonal[0,1], triangular[a,b], "
    "householder[a,b]:k, "
    "rank-one:k, pd, dense, or an architecture";

struct Name {
  std::string_view text;
  TransitionClass::Form form;
};
constexpr Name kWholeNames[] = {{"dense", TransitionClass::Form::kDense},
                                {"pd", TransitionClass::Form::kPermutationDiagonal},
                                {"constant", TransitionClass::Form::kConstant},
                                {"constant+diagonal[0,1]", TransitionClass::Form::kConstantAndDiagonal}};

/// Reads "[low,high]" off the front of the text.
std::pair<Rational, Rational> take_interval(std::string_view& text, const core::Place& place) {
  const std::size_t comma = text.find(',');
  const std::size_t close = text.find(']');
  if (text.empty() || text[0] != '[' || comma == std::string_view::npos || close == std::string_view::npos ||
      close < comma) {
    throw core::Error(place, "expected an interval like [-1,1], found " + core::in_quotes(text));
  }
  const Rational low = exact::parse_rational(text.substr(1, comma - 1), place);
  const Rational high = exact::parse_rational(text.substr(comma + 1, close - comma - 1), place);
  if (high < low) throw core::Error(place, "the interval " + std::string(text.substr(0, close + 1)) + " is empty");
  text.remove_prefix(close + 1);
  return {low, high};
}

std::string to_string(const SpectrumPoint& point) {
  if (point.angle == 0) return exact::to_string(point.scale);
  return (point.scale == 1 ? "" : exact::to_string(point.scale) + "*") + "e(" + exact::to_string(point.angle) + ")";
}

/// "1/2", "e(1/3)" or "1/2*e(1/3)".
SpectrumPoint parse_point(std::string_view text, const core::Place& place) {
  const auto refuse = [&](const char* what) { throw core::Error(place, in_quotes(text) + what); };
  SpectrumPoint point{1, 0};
  const std::size_t e = text.find("e(");
  if (e == std::string_view::npos) {
    point.scale = exact::parse_rational(text, place);
    if (point.scale < -1 || point.scale > 1) refuse(" is outside [-1,1]");
    return point;
  }
  if (text.back() != ')' || (e > 0 && text[e - 1] != '*')) refuse(" is no number like 1/2 or e(1/3)");
  if (e > 0) point.scale = exact::parse_rational(text.substr(0, e - 1), place);
  point.angle = exact::parse_rational(text.substr(e + 2, text.size() - e - 3), place);
  if (point.scale <= 0 || point.scale > 1 || (e > 0 && point.scale == 1) || point.angle <= 0 || point.angle >= 1 ||
      point.angle == Rational(1, 2))
    refuse(" is no r*e(t) with 0 < r <= 1, 0 < t < 1 and t not 1/2; real numbers are written without e");
  return point;
}

/// Reads "{a,b,...}" off the front of the text.
std::vector<SpectrumPoint> take_points(std::string_view& text, const core::Place& place) {
  const std::size_t close = text.find('}');
  if (close == std::string_view::npos) throw core::Error(place, "expected a set like {0,1}, found " + in_quotes(text));
  std::vector<SpectrumPoint> points;
  for (std::string_view rest = text.substr(1, close - 1); true;) {
    const std::size_t comma = rest.find(',');
    points.push_back(parse_point(rest.substr(0, comma), place));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  text.remove_prefix(close + 1);
  return points;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::size_t> take_factors(std::string_view& text, const core::Place& place) {
  if (!take(text, ":")) return std::nullopt;
  std::uint64_t count = 0;
  if (!core::parse_unsigned(text, count, UINT32_MAX)) {
    throw core::Error(place, "expected a number of factors after ':', found " + core::in_quotes(text));
  }
  text = {};
  return count;
}

}  // namespace

std::string to_string(const TransitionClass& c) {
  const std::string interval = "[" + exact::to_string(c.low) + "," + exact::to_string(c.high) + "]";
  const std::string factors = c.factors ? ":" + std::to_string(*c.factors) : "";
  switch (c.form) {
    case TransitionClass::Form::kDiagonal:
      if (!c.points.empty()) {
        std::string set;
        for (const SpectrumPoint& point : c.points) set += (set.empty() ? "" : ",") + to_string(point);
        return "diagonal{" + set + "}";
      }
      return c.unit_disc ? "diagonal-complex" : "diagonal" + interval;
    case TransitionClass::Form::kHouseholder:
      return "householder" + interval + factors;
    case TransitionClass::Form::kRankOne:
      return "rank-one" + factors;
    case TransitionClass::Form::kTriangular:
      return "triangular" + interval;
    case TransitionClass::Form::kArchitecture:
      return to_string(c.architecture);
    default:
      break;
  }
  for (const Name& name : kWholeNames) {
    if (name.form == c.form) return std::string(name.text);
  }
  return "dense";
}

TransitionClass parse_transition_class(std::string_view text, const core::Place& place) {
  TransitionClass result;
  std::string_view rest = text;
  for (const Name& name : kWholeNames) {
    if (name.text != text) continue;
    result.form = name.form;
    return result;
  }
  const auto choice = find_architecture(text, place);
  if (choice && to_string(*choice) == text && choice->steps.has_value() == choice->architecture->counts_steps()) {
    result.form = TransitionClass::Form::kArchitecture;
    result.architecture = *choice;
    return result;
  }
  if (rest == "diagonal-complex") {
    result.form = TransitionClass::Form::kDiagonal;
    result.unit_disc = true;
    return result;
  }
  if (take(rest, "diagonal{")) {
    rest = text.substr(8);
    result.form = TransitionClass::Form::kDiagonal;
    result.points = take_points(rest, place);
  } else if (take(rest, "diagonal[")) {
    rest = text.substr(8);
    result.form = TransitionClass::Form::kDiagonal;
    std::tie(result.low, result.high) = take_interval(rest, place);
  } else if (take(rest, "triangular[")) {
    rest = text.substr(10);
    result.form = TransitionClass::Form::kTriangular;
    std::tie(result.low, result.high) = take_interval(rest, place);
  } else if (take(rest, "householder[")) {
    rest = text.substr(11);
    result.form = TransitionClass::Form::kHouseholder;
    std::tie(result.low, result.high) = take_interval(rest, place);
    result.factors = take_factors(rest, place);
  } else if (take(rest, "rank-one")) {
    result.form = TransitionClass::Form::kRankOne;
    result.factors = take_factors(rest, place);
  } else {
    rest = "?";
  }
  if (!rest.empty()) throw core::Error(place, in_quotes(text) + " is no transition class; expected " + kKnown);
  return result;
}

}  // namespace eigenmata::lrnn
