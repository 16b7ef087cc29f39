// SPDX-License-Identifier: Apache-2.0
//
// Transition classes: which matrices A(x) a network may use. The form of the matrices, and the eigenvalues that their
// factors may have. Or an architecture, which ties B(x) to them as well.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/rational.hpp"
#include "eigenmata/lrnn/architecture.hpp"

namespace eigenmata::lrnn {

/// The number `scale` · exp(2πi `angle`): a real one with angle 0, or scale > 0, 0 < angle < 1 and angle ≠ 1/2.
struct SpectrumPoint {
  exact::Rational scale;
  exact::Rational angle = 0;

  friend bool operator==(const SpectrumPoint&, const SpectrumPoint&) = default;
};

struct TransitionClass {
  enum class Form {
    kDiagonal,
    kHouseholder,
    kRankOne,
    kDense,
    kTriangular,           ///< lower triangular, or diagonal
    kPermutationDiagonal,  ///< at most one entry in each column, of modulus at most 1
    kConstant,             ///< one diagonal matrix for all letters of a layer, entries of modulus at most 1
    kConstantAndDiagonal,  ///< each layer such a one, or with diagonal matrices with entries in [0,1]
    kArchitecture
  };

  Form form = Form::kDense;
  /// Ends of the closed interval of the diagonal entries, or of the eigenvalues 1 − β of the factors. Only for
  /// diagonal, householder and triangular.
  exact::Rational low = -1;
  exact::Rational high = 1;
  /// The diagonal entries are any complex numbers of modulus at most 1, instead. Only for kDiagonal.
  bool unit_disc = false;
  /// The diagonal entries are among these numbers of modulus at most 1, instead, if there are any. Only for kDiagonal.
  std::vector<SpectrumPoint> points;
  /// At most this many factors a letter; nothing: any number. Only for householder and rank-one.
  std::optional<std::size_t> factors;
  ArchitectureChoice architecture;  ///< only for kArchitecture

  friend bool operator==(const TransitionClass&, const TransitionClass&) = default;
};

/// "diagonal[-1,1]", "diagonal-complex", "diagonal{-1,0,e(1/3)}", "householder[0,1]:2", "rank-one", "rank-one:3",
/// "dense", "triangular[0,1]", "pd", "constant", "constant+diagonal[0,1]", "deltanet[-1,1]".
[[nodiscard]] std::string to_string(const TransitionClass& c);

/// Inverse of `to_string`. Throws `core::Error` at `place` for anything else.
[[nodiscard]] TransitionClass parse_transition_class(std::string_view text, const core::Place& place);

}  // namespace eigenmata::lrnn
