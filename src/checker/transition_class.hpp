// SPDX-License-Identifier: Apache-2.0
//
// Claims about matrices: what form they have, how many factors, how large their eigenvalues are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checker/rational.hpp"

namespace eigenmata::checker {

enum class MatrixForm : std::uint8_t { kDiagonal, kHouseholder, kRankOne, kDense };

/// As files spell it: `diagonal`, `householder`, `rank-one`, `dense`.
std::string_view name_of(MatrixForm form);

/// `diagonal[a,b]`, `diagonal-complex`, `householder[a,b]:k`, `rank-one:k`, or `dense`, which claims nothing; without
/// `:k` any number.
struct TransitionClass {
  MatrixForm form = MatrixForm::kDense;
  Rational low;  ///< diagonal and householder: bounds of entries and of 1 − β
  Rational high;
  bool unit_disc = false;                ///< diagonal: the entries have modulus at most 1, instead
  std::optional<std::uint32_t> factors;  ///< householder and rank-one: at most that many

  friend bool operator==(const TransitionClass&, const TransitionClass&) = default;
};

/// Nothing unless the text is one of the five spellings, with canonical numbers and a ≤ b.
std::optional<TransitionClass> parse_class(std::string_view text);

constexpr std::string_view kKnownClasses =
    "diagonal[a,b], diagonal-complex, householder[a,b]:k, rank-one:k (:k may be left out), dense";

struct Map;

/// How a matrix breaks a claim, and on which line of the certificate.
struct ClassFault {
  std::size_t line;
  std::string reason;
};

std::optional<ClassFault> fault_of_class(const Map& map, std::uint32_t dimension, const TransitionClass& claim);

}  // namespace eigenmata::checker
