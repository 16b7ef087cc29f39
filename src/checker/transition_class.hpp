// SPDX-License-Identifier: Apache-2.0
//
// Claims about matrices: what form they have, how many factors, how large their eigenvalues are; or of which
// architecture they are, which ties what is written to them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/rational.hpp"

namespace eigenmata::checker {

enum class MatrixForm : std::uint8_t { kDiagonal, kHouseholder, kRankOne, kDense };

/// As files spell it: `diagonal`, `householder`, `rank-one`, `dense`.
std::string_view name_of(MatrixForm form);

/// An architecture of the table in architecture.cpp.
struct ArchitectureClaim {
  /// What B can be where A is given.
  enum class Rule : std::uint8_t {
    kFree,           ///< diagonal gates, any B
    kStep,           ///< the same, but 0 where the gate is 1
    kOneKey,         ///< the same, and at most one gate is not 1
    kTurns,          ///< diagonal entries of modulus 1, any B
    kDelta,          ///< Householder steps; what they can write
    kGatedDelta,     ///< one such step after a gate for all coordinates
    kDecayedNumber,  ///< RWKV-7 with c = 1: one gate
    kDecayedKey,     ///< RWKV-7 with c = 2 and w = 1
    kColumns,        ///< at most one entry in each column
    kUnitColumns,    ///< one entry of modulus 1 in each column
    kNone,           ///< B is no function of the token
    kAny
  };

  std::string_view pattern;  ///< its name in the table
  std::uint32_t steps = 0;   ///< where the name has `:k`

  friend bool operator==(const ArchitectureClaim&, const ArchitectureClaim&) = default;
};

enum class ClaimForm : std::uint8_t {
  kDiagonal,
  kHouseholder,
  kRankOne,
  kDense,
  kTriangular,          ///< diagonal, or dense and lower triangular
  kSingleEntries,       ///< diagonal, or dense with at most one entry in each column; of modulus at most 1
  kConstant,            ///< one diagonal matrix for all symbols of a layer, entries of modulus at most 1
  kConstantAndDiagonal  ///< each layer like that, or diagonal with entries in [0,1]
};

/// The number scale · e(p/q): a real one with p = 0, or scale > 0 and a turn that is not 0 or 1/2.
struct SpectrumPoint {
  Rational scale;
  std::uint32_t p = 0;
  std::uint32_t q = 1;

  friend bool operator==(const SpectrumPoint&, const SpectrumPoint&) = default;
};

/// `diagonal[a,b]`, `diagonal-complex`, `diagonal{a,r*e(p/q),…}`, `triangular[a,b]`, `householder[a,b]:k`,
/// `rank-one:k`, `pd`, `constant`, `constant+diagonal[0,1]`, or `dense`, which claims nothing; without `:k` any number.
/// Or the name of an architecture.
struct TransitionClass {
  ClaimForm form = ClaimForm::kDense;
  Rational low;  ///< diagonal, triangular and householder: bounds of (diagonal) entries and of 1 − β
  Rational high;
  bool unit_disc = false;                         ///< diagonal: the entries have modulus at most 1, instead
  std::vector<SpectrumPoint> points;              ///< diagonal: if any, the entries are among these, instead
  std::optional<std::uint32_t> factors;           ///< householder and rank-one: at most that many
  std::optional<ArchitectureClaim> architecture;  ///< then the rest means nothing

  friend bool operator==(const TransitionClass&, const TransitionClass&) = default;
};

/// Nothing unless the text is one of these spellings, with canonical numbers and a ≤ b.
std::optional<TransitionClass> parse_class(std::string_view text);

/// Its text, the inverse of `parse_class`; not of an architecture.
std::string shown(const TransitionClass& claim);

constexpr std::string_view kKnownClasses =
    "diagonal[a,b], diagonal{a,b,...}, diagonal-complex, constant, constant+diagonal[0,1], triangular[a,b], "
    "householder[a,b]:k, "
    "rank-one:k (:k may be left out), pd, dense, an architecture";

struct Layer;

/// How a matrix breaks a claim, and on which line of the certificate.
struct ClassFault {
  std::size_t line;
  std::string reason;
  std::size_t symbol = 0;  ///< of the layer
};

/// The first of a layer's matrices that is not of the class. Not of an architecture.
std::optional<ClassFault> fault_of_class(const Layer& layer, const TransitionClass& claim);

}  // namespace eigenmata::checker
