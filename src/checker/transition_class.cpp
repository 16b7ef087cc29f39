// SPDX-License-Identifier: Apache-2.0
#include "checker/transition_class.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "checker/architecture.hpp"
#include "checker/network.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

bool skip(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Takes `[a,b]` from the front.
bool take_interval(std::string_view& text, TransitionClass& result) {
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos) return false;
  std::optional<std::pair<Rational, Rational>> interval = parse_interval(text.substr(0, close + 1));
  if (!interval) return false;
  std::tie(result.low, result.high) = *std::move(interval);
  text.remove_prefix(close + 1);
  return true;
}

/// `1/2`, `e(1/3)` or `1/2*e(1/3)`.
std::optional<SpectrumPoint> parse_point(std::string_view text) {
  SpectrumPoint point{Rational(1)};
  const std::size_t e = text.find("e(");
  const std::string_view scale = e == std::string_view::npos ? text : text.substr(0, e > 0 ? e - 1 : 0);
  if (e != 0) {
    std::optional<Rational> number = Rational::parse(scale);
    if (!number || *number < Rational(-1) || Rational(1) < *number) return std::nullopt;
    point.scale = *std::move(number);
  }
  if (e == std::string_view::npos) return point;
  if ((e > 0 && text[e - 1] != '*') || text.back() != ')' || !(Rational(0) < point.scale)) return std::nullopt;
  if (e > 0 && point.scale == Rational(1)) return std::nullopt;
  const std::string_view turn = text.substr(e + 2, text.size() - e - 3);
  const std::size_t slash = turn.find('/');
  if (!Rational::parse(turn) || slash == std::string_view::npos) return std::nullopt;
  const std::optional<std::uint32_t> p = parse_count(turn.substr(0, slash));
  const std::optional<std::uint32_t> q = parse_count(turn.substr(slash + 1));
  if (!p || !q || *p == 0 || *p >= *q || *q == 2) return std::nullopt;
  point.p = *p;
  point.q = *q;
  return point;
}

/// Takes `{a,b,…}` from the front.
bool take_points(std::string_view& text, TransitionClass& result) {
  const std::size_t close = text.find('}');
  if (close == std::string_view::npos) return false;
  std::string_view rest = text.substr(0, close);
  text.remove_prefix(close + 1);
  while (true) {
    const std::size_t comma = rest.find(',');
    const std::optional<SpectrumPoint> point = parse_point(rest.substr(0, comma));
    if (!point) return false;
    result.points.push_back(*point);
    if (comma == std::string_view::npos) return true;
    rest.remove_prefix(comma + 1);
  }
}

std::string shown(const SpectrumPoint& point) {
  if (point.q == 1) return point.scale.shown();
  const std::string turn = "e(" + std::to_string(point.p) + "/" + std::to_string(point.q) + ")";
  return point.scale == Rational(1) ? turn : point.scale.shown() + "*" + turn;
}

bool is_among(const Number& value, const std::vector<SpectrumPoint>& points) {
  return std::any_of(points.begin(), points.end(), [&](const SpectrumPoint& point) {
    return point.q == 1 ? value == Number(point.scale)
                        : (value / Number(point.scale)).is_root_of_unity(point.p, point.q);
  });
}

/// Takes `:k`, which must be all that is left, or nothing.
bool take_factors(std::string_view& text, TransitionClass& result) {
  if (!skip(text, ":")) return text.empty();
  result.factors = parse_count(text);
  text = {};
  return result.factors.has_value();
}

/// A number that is not comparable with the ends is in no interval.
bool within(const Number& value, const TransitionClass& claim) {
  try {
    return claim.low <= value && value <= claim.high;
  } catch (const Unordered&) {
    return false;
  }
}

std::string interval(const TransitionClass& claim) { return "[" + claim.low.shown() + "," + claim.high.shown() + "]"; }

/// Why a number is not of modulus at most 1; empty if it is.
std::string modulus_fault(const Number& value) {
  const std::optional<bool> inside = value.is_in_unit_disc();
  if (!inside) return ": its modulus is not the square root of a rational number and is not compared";
  return *inside ? "" : " has modulus above 1";
}

std::optional<ClassFault> fault_of_diagonal(const Map& map, std::uint32_t dimension, const TransitionClass& claim) {
  for (const Entry& entry : map.diagonal) {
    const std::string which =
        "the diagonal entry " + entry.value.shown() + " at coordinate " + std::to_string(entry.index);
    if (!claim.points.empty()) {
      if (!is_among(entry.value, claim.points)) return ClassFault{map.diagonal_line, which + " is not in the set"};
    } else if (claim.unit_disc) {
      const std::string fault = modulus_fault(entry.value);
      if (!fault.empty()) return ClassFault{map.diagonal_line, which + fault};
    } else if (!within(entry.value, claim)) {
      return ClassFault{map.diagonal_line, which + " is outside " + interval(claim)};
    }
  }
  if (map.diagonal.size() == dimension || claim.unit_disc) return std::nullopt;
  if (!claim.points.empty()) {
    if (is_among(Number(), claim.points)) return std::nullopt;
    return ClassFault{map.diagonal_line, "a diagonal entry is 0, which is not in the set"};
  }
  if (!within(Number(), claim))
    return ClassFault{map.diagonal_line, "a diagonal entry is 0, outside " + interval(claim)};
  return std::nullopt;
}

std::string place(std::size_t row, std::uint32_t column, const Number& value) {
  return "the entry " + value.shown() + " in row " + std::to_string(row) + ", column " + std::to_string(column);
}

std::optional<ClassFault> fault_of_rows(const Map& map, const TransitionClass& claim) {
  for (std::size_t i = 0; i < map.rows.size(); ++i) {
    for (const Entry& entry : map.rows[i]) {
      if (entry.index > i) return ClassFault{map.line, place(i, entry.index, entry.value) + " is above the diagonal"};
    }
    const Entry* diagonal = entry_at(map.rows[i], static_cast<std::uint32_t>(i));
    if (within(diagonal == nullptr ? Number() : diagonal->value, claim)) continue;
    return ClassFault{map.line, "the diagonal entry of row " + std::to_string(i) + " is outside " + interval(claim)};
  }
  return std::nullopt;
}

std::optional<ClassFault> fault_of_columns(const Map& map) {
  std::vector<bool> used(map.rows.size(), false);
  for (std::size_t i = 0; i < map.rows.size(); ++i) {
    for (const Entry& entry : map.rows[i]) {
      if (used[entry.index]) return ClassFault{map.line, "column " + std::to_string(entry.index) + " has two entries"};
      used[entry.index] = true;
      const std::string fault = modulus_fault(entry.value);
      if (!fault.empty()) return ClassFault{map.line, place(i, entry.index, entry.value) + fault};
    }
  }
  return std::nullopt;
}

std::optional<ClassFault> fault_of_factors(const Map& map, const TransitionClass& claim) {
  if (claim.factors && map.factors.size() > *claim.factors) {
    return ClassFault{
        map.line, plural(map.factors.size(), "factor") + ", where the class allows " + std::to_string(*claim.factors)};
  }
  if (claim.form != ClaimForm::kHouseholder) return std::nullopt;
  for (const Factor& factor : map.factors) {
    const Number eigenvalue = Rational(1) - factor.beta;
    if (within(eigenvalue, claim)) continue;
    return ClassFault{factor.line, "the eigenvalue 1 − β = " + eigenvalue.shown() + " is outside " + interval(claim)};
  }
  return std::nullopt;
}

ClassFault of_another_form(const Map& map, std::string_view claimed) {
  return {map.line,
          "the matrix is " + std::string(name_of(map.form)) + ", where the class claims " + std::string(claimed)};
}

/// Of one matrix; of what the whole layer has to be only that matrices are diagonal with entries as claimed.
std::optional<ClassFault> fault_of_map(const Map& map, std::uint32_t dimension, const TransitionClass& claim) {
  const bool is_diagonal = map.form == MatrixForm::kDiagonal;
  const bool is_by_entries = is_diagonal || map.form == MatrixForm::kDense;
  switch (claim.form) {
    case ClaimForm::kDense:
      return std::nullopt;
    case ClaimForm::kDiagonal:
    case ClaimForm::kConstant:
    case ClaimForm::kConstantAndDiagonal:
      return is_diagonal ? fault_of_diagonal(map, dimension, claim) : of_another_form(map, "diagonal");
    case ClaimForm::kTriangular:
      if (!is_by_entries) return of_another_form(map, "triangular");
      return is_diagonal ? fault_of_diagonal(map, dimension, claim) : fault_of_rows(map, claim);
    case ClaimForm::kSingleEntries:
      if (!is_by_entries) return of_another_form(map, "single entries");
      return is_diagonal ? fault_of_diagonal(map, dimension, claim) : fault_of_columns(map);
    case ClaimForm::kHouseholder:
      return map.form == MatrixForm::kHouseholder ? fault_of_factors(map, claim) : of_another_form(map, "householder");
    case ClaimForm::kRankOne:
      return map.form == MatrixForm::kRankOne ? fault_of_factors(map, claim) : of_another_form(map, "rank-one");
  }
  return std::nullopt;
}

std::optional<ClassFault> fault_of_maps(const Layer& layer, const TransitionClass& claim) {
  for (std::size_t y = 0; y < layer.maps.size(); ++y) {
    std::optional<ClassFault> fault = fault_of_map(layer.maps[y], layer.dimension, claim);
    if (!fault && claim.form == ClaimForm::kConstant && layer.maps[y].diagonal != layer.maps[0].diagonal) {
      fault = ClassFault{layer.maps[y].diagonal_line, "the matrix is another one than for the first symbol"};
    }
    if (!fault) continue;
    fault->symbol = y;
    return fault;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(MatrixForm form) {
  switch (form) {
    case MatrixForm::kDiagonal:
      return "diagonal";
    case MatrixForm::kHouseholder:
      return "householder";
    case MatrixForm::kRankOne:
      return "rank-one";
    case MatrixForm::kDense:
      break;
  }
  return "dense";
}

std::optional<TransitionClass> parse_class(std::string_view text) {
  TransitionClass result;
  bool good = true;
  result.architecture = parse_architecture(text);
  if (result.architecture) return result;
  if (skip(text, "diagonal-complex")) {
    result.form = ClaimForm::kDiagonal;
    result.unit_disc = true;
  } else if (skip(text, "diagonal{")) {
    result.form = ClaimForm::kDiagonal;
    good = take_points(text, result);
  } else if (skip(text, "diagonal")) {
    result.form = ClaimForm::kDiagonal;
    good = take_interval(text, result);
  } else if (skip(text, "triangular")) {
    result.form = ClaimForm::kTriangular;
    good = take_interval(text, result);
  } else if (skip(text, "householder")) {
    result.form = ClaimForm::kHouseholder;
    good = take_interval(text, result) && take_factors(text, result);
  } else if (skip(text, "rank-one")) {
    result.form = ClaimForm::kRankOne;
    good = take_factors(text, result);
  } else if (skip(text, "pd")) {
    result.form = ClaimForm::kSingleEntries;
    result.unit_disc = true;
  } else if (skip(text, "constant+diagonal[0,1]")) {
    result.form = ClaimForm::kConstantAndDiagonal;
    result.high = Rational(1);
  } else if (skip(text, "constant")) {
    result.form = ClaimForm::kConstant;
    result.unit_disc = true;
  } else {
    good = skip(text, "dense");
  }
  if (!good || !text.empty()) return std::nullopt;
  return result;
}

std::string shown(const TransitionClass& claim) {
  const std::string factors = claim.factors ? ":" + std::to_string(*claim.factors) : "";
  switch (claim.form) {
    case ClaimForm::kDiagonal:
      if (!claim.points.empty()) {
        std::string set;
        for (const SpectrumPoint& point : claim.points) set += (set.empty() ? "" : ",") + shown(point);
        return "diagonal{" + set + "}";
      }
      return claim.unit_disc ? "diagonal-complex" : "diagonal" + interval(claim);
    case ClaimForm::kTriangular:
      return "triangular" + interval(claim);
    case ClaimForm::kHouseholder:
      return "householder" + interval(claim) + factors;
    case ClaimForm::kRankOne:
      return "rank-one" + factors;
    case ClaimForm::kSingleEntries:
      return "pd";
    case ClaimForm::kConstant:
      return "constant";
    case ClaimForm::kConstantAndDiagonal:
      return "constant+diagonal[0,1]";
    case ClaimForm::kDense:
      break;
  }
  return "dense";
}

std::optional<ClassFault> fault_of_class(const Layer& layer, const TransitionClass& claim) {
  if (claim.form == ClaimForm::kConstantAndDiagonal) {
    TransitionClass constant;
    constant.form = ClaimForm::kConstant;
    constant.unit_disc = true;
    if (!fault_of_maps(layer, constant)) return std::nullopt;
  }
  return fault_of_maps(layer, claim);
}

}  // namespace eigenmata::checker
