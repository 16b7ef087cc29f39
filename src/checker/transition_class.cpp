// SPDX-License-Identifier: Apache-2.0
#include "checker/transition_class.hpp"

#include <tuple>
#include <utility>

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

std::optional<ClassFault> fault_of_diagonal(const Map& map, std::uint32_t dimension, const TransitionClass& claim) {
  for (const Entry& entry : map.diagonal) {
    if (claim.unit_disc) {
      const std::optional<bool> inside = entry.value.is_in_unit_disc();
      if (inside && *inside) continue;
      return ClassFault{map.diagonal_line,
                        "the diagonal entry " + entry.value.shown() + " at coordinate " + std::to_string(entry.index) +
                            (inside ? " has modulus above 1"
                                    : ": its modulus is not the square root of a rational number and is not compared")};
    }
    if (within(entry.value, claim)) continue;
    return ClassFault{map.diagonal_line, "the diagonal entry " + entry.value.shown() + " at coordinate " +
                                             std::to_string(entry.index) + " is outside " + interval(claim)};
  }
  if (!claim.unit_disc && map.diagonal.size() < dimension && !within(Number(), claim)) {
    return ClassFault{map.diagonal_line, "a diagonal entry is 0, outside " + interval(claim)};
  }
  return std::nullopt;
}

std::optional<ClassFault> fault_of_factors(const Map& map, const TransitionClass& claim) {
  if (claim.factors && map.factors.size() > *claim.factors) {
    return ClassFault{
        map.line, plural(map.factors.size(), "factor") + ", where the class allows " + std::to_string(*claim.factors)};
  }
  if (claim.form != MatrixForm::kHouseholder) return std::nullopt;
  for (const Factor& factor : map.factors) {
    const Number eigenvalue = Rational(1) - factor.beta;
    if (within(eigenvalue, claim)) continue;
    return ClassFault{factor.line, "the eigenvalue 1 − β = " + eigenvalue.shown() + " is outside " + interval(claim)};
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
    result.form = MatrixForm::kDiagonal;
    result.unit_disc = true;
  } else if (skip(text, "diagonal")) {
    result.form = MatrixForm::kDiagonal;
    good = take_interval(text, result);
  } else if (skip(text, "householder")) {
    result.form = MatrixForm::kHouseholder;
    good = take_interval(text, result) && take_factors(text, result);
  } else if (skip(text, "rank-one")) {
    result.form = MatrixForm::kRankOne;
    good = take_factors(text, result);
  } else {
    good = skip(text, "dense");
  }
  if (!good || !text.empty()) return std::nullopt;
  return result;
}

std::optional<ClassFault> fault_of_class(const Map& map, std::uint32_t dimension, const TransitionClass& claim) {
  if (claim.form == MatrixForm::kDense) return std::nullopt;
  if (map.form != claim.form) {
    return ClassFault{map.line, "the matrix is " + std::string(name_of(map.form)) + ", where the class claims " +
                                    std::string(name_of(claim.form))};
  }
  if (claim.form == MatrixForm::kDiagonal) return fault_of_diagonal(map, dimension, claim);
  return fault_of_factors(map, claim);
}

}  // namespace eigenmata::checker
