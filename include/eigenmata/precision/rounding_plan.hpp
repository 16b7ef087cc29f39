// SPDX-License-Identifier: Apache-2.0
//
// A claim about floats without its rounding plan is meaningless: the same weights in the same format give other answers
// when a sum is kept in f32, when a product is fused, when keys are normalised. A plan says all of that for one step
//
//   h ← A h + b,    A = F_k ⋯ F_1,    F = I − s v vᵀ or I − u vᵀ
//
// of the one recurrence there is (lrnn/recurrence.hpp):
//
// - parameters (entries of A and b, v, u, s, readouts) are rounded once from their exact values;
// - in a sum Σ a_i b_i (a row of a matrix times h, vᵀh, a readout) products are rounded to `products` and running sums
//   to `accumulation`, in the order that the plan says, beginning with 0; the total is rounded to `operations`;
// - whatever is done to single numbers (s · vᵀh, then h_i − u_i · that, a_i h_i + b_i, + b_i) is rounded to
// `operations`
//   one by one, the last two as one if `fused_updates`;
// - at the end of the step the state is rounded to `state`.
//
// Decoders compare the value of a readout, computed likewise, with the exact threshold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/precision/float_format.hpp"

namespace eigenmata::precision {

struct RoundingPlan {
  enum class Order {
    kSequential,  ///< left to right
    kPairwise,    ///< neighbours, then neighbours of what that gave, …: a tree
    kBlocked      ///< `lanes` sums, of every lanes-th term each, then these left to right: as SIMD does
  };
  enum class Form {
    kFactors,  ///< the factors are applied to the state one after the other
    kMatrix    ///< A is multiplied out (rounded as above), then applied
  };
  enum class Keys {
    kAsWritten,  ///< v as it stands in the model, s = β/vᵀv
    kNormalised  ///< v/|v|, s = β: what a layer with normalised keys keeps of the same factor
  };

  std::string name;
  FloatFormat parameters, products, accumulation, operations, state;
  Rounding rounding = Rounding::kNearestEven;
  bool fused_sums = false;     ///< sum ← sum + a·b with one rounding, to `accumulation`
  bool fused_updates = false;  ///< h_i − u_i·s and a_i h_i + b_i with one rounding
  Order order = Order::kSequential;
  std::size_t lanes = 8;  ///< if blocked
  Form form = Form::kFactors;
  Keys keys = Keys::kAsWritten;
  std::size_t chunk = 0;  ///< letters computed together, as below; 0: one after the other

  /// One paragraph for reports: every choice above.
  [[nodiscard]] std::string description() const;
};

// What people run:
//
//   all-same       every tensor and every operation in the format, sums left to right, nothing fused.
//   pytorch-loop   h = A @ h + b, or d = k @ h; h = h - k * (s * d) + b, tensors of the format: dot products
//                  accumulate in f32 (f64 for f64) and are rounded once, each elementwise operation is rounded.
//   fla-recurrent  the fused recurrent kernels of flash-linear-attention: parameters in the format, keys normalised,
//                  everything else in f32, updates fused, sums as a tree.
//   fla-chunk:C     its chunked kernels for DeltaNet and DeltaProduct, with C letters a chunk (fla-chunk: 64).
//
// In chunks the state is known at the boundaries only. The factors since the last one are rows i = 1, 2, … in the order
// in which they act, row i being h ← (I − β_i k_i k_iᵀ) h + β_i x_i k_i; in front of the chunk the state is h. With →
// for rounding to the format F of parameters, all else in f32, sums as trees over the rows so far [Yang2024]:
//
//   c_ij = β_i (k_i · k_j),  j < i
//   t_ij = −(c_ij + Σ_{j<l<i} c_il t_lj),  t_ii = 1           T = (I + C)⁻¹, row by row
//   w_i  = → Σ_{j≤i} (→ t_ij) (→ β_j k_j),    u_i = → Σ_{j≤i} (→ t_ij) (→ β_j x_j)
//   y_i  = → (u_i − w_i · (→ h))                              what row i adds to the state, along k_i
//   read:  q·h_now = q · (→ h) + Σ_i (→ q · k_i) y_i
//   the boundary, after C letters:  h ← h + Σ_i y_i k_i
//
// This is a model of such kernels, made from their formulas and not measured on them: tiles of 16 rows, in which they
// invert, and the order in which a tensor core adds up are not in it.

inline constexpr std::size_t kUsualChunk = 64;
inline constexpr std::size_t kLongestChunk = 1024;

/// Throws `core::Error` at `place` for a name that is no plan, listing those that are.
[[nodiscard]] RoundingPlan named_plan(std::string_view name, const FloatFormat& format, const core::Place& place);

struct PlanInfo {
  std::string_view name;
  std::string_view meaning;
};
[[nodiscard]] const std::vector<PlanInfo>& all_plans();

}  // namespace eigenmata::precision
