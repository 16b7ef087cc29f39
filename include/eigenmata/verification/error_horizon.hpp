// SPDX-License-Identifier: Apache-2.0
//
// How long a rounded network surely answers as the exact one does, for words of every letter: a bound where the numeric
// states are too many to be listed.
//
// The exact network has finitely many reachable states. Of each layer let h_t be the exact state after t letters and
// h_t + e_t the rounded one; |·| is the Euclidean norm. A step is A h + b, rounded, so
//
//   e_{t+1} = A e_t + δ_t,    e_t = A_w e_0 + Σ_j A_{w_j} δ_j
//
// where δ is what the step's own roundings do (parameters, products, sums, the state), and w_j the symbols after the
// j-th. Let R be so small that a state that is wrong by at most R is still read as the exact one by the layer's
// decoder, d a bound of |δ| for all states within R of an exact one, C ≥ |A_w| for all words w of input symbols. Then
// |e_t| ≤ C (|e_0| + t d), which is at most R for
//
//   t ≤ (R/C − |e_0|) / d.
//
// While that holds in every layer, every layer reads what it reads in exact arithmetic: by induction over letters and
// layers no answer differs. C = 1 if all matrices are of norm at most 1, as products of Householder factors with
// eigenvalues in [−1, 1] are; else it is the largest norm in the semigroup of the matrices, if that is finite and
// small; else |e_{t+1}| ≤ a |e_t| + d, a the largest norm of a matrix, bounds far fewer steps.
//
// d follows the operations of the plan one by one (a factor at a time, so that norms and not absolute values multiply);
// all bounds are computed in doubles that are rounded up generously.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/lrnn/network.hpp"
#include "eigenmata/precision/float_arithmetic.hpp"

namespace eigenmata::verification {

/// Bounds of one layer, in the notation above.
struct LayerHorizon {
  double radius = 0;      ///< R
  double step_error = 0;  ///< d
  double start_error = 0;
  double growth = 1;           ///< C; or a, if the semigroup was not listed
  bool grows_by_step = false;  ///< whether it is a
  std::size_t length = 0;
};

struct ErrorHorizon {
  /// On words of at most this length the rounded network answers as the exact one; nothing if there is no bound.
  std::optional<std::size_t> length;
  std::string why_not;  ///< then
  std::vector<LayerHorizon> layers;
};

/// Longer ones are not told apart.
inline constexpr std::size_t kFarthestHorizon = std::size_t{1} << 53;

/// Never throws `core::LimitReached`: a limit is a reason for no bound. No bound for plans in chunks or with multiplied
/// matrices, tables, exact states that do not end within 50,000, layers of more than 256 dimensions, and what may
/// overflow. Cost: exact states · letters
/// steps of the exact network, and for matrices of norms above 1 at most 2,000 products.
[[nodiscard]] ErrorHorizon error_horizon(const precision::FloatArithmetic& arithmetic,
                                         const lrnn::RationalNetwork& network, const core::Limits& limits);

}  // namespace eigenmata::verification
