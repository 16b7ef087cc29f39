// SPDX-License-Identifier: Apache-2.0
//
// Causal attention as a recurrent network with a state that does not grow with the sequence [Su10017]:
//
//   o_i = Σ_{j≤i} w(q_i, k_j) v_j / Σ_{j≤i} w(q_i, k_j)
//
// is the end of a recurrence (y, z) ← (y, z) + w·(v_j, 1). Without a cache of keys and values, layer ℓ computes again
// whatever it needs of layer ℓ − 1, position by position. It goes through j = i, i − 1, …, so that the first number it
// gets is the one that its own query comes from. What is alive is (query, y, z) of each layer.
//
// T_ℓ(i) evaluations of layer 0 give one number: T_0 = 1, T_ℓ(i) = Σ_{j≤i} T_{ℓ−1}(j), that is C(i + ℓ − 1, ℓ), and
// C(L + ℓ, ℓ + 1) give all of i = 1 … L.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "eigenmata/exact/arithmetic.hpp"

namespace eigenmata::ssm {

/// Layers of attention on one number a position, q = k = v = the number of the layer before, with weights
/// `weight(q, k)` that have to be positive.
template <exact::Field K, class Weight>
class AttentionWithoutCache {
 public:
  using S = typename K::Scalar;

  AttentionWithoutCache(const K& k, std::vector<S> inputs, Weight weight)
      : k_(k), inputs_(std::move(inputs)), weight_(std::move(weight)) {}

  /// The number of a layer (0: the inputs) at a position from 0 on.
  [[nodiscard]] S number(std::size_t layer, std::size_t position) {
    if (layer == 0) {
      ++evaluations_;
      return inputs_[position];
    }
    peak_ = std::max(peak_, ++alive_);
    S query = k_.zero(), y = k_.zero(), z = k_.zero();
    for (std::size_t j = position + 1; j-- > 0;) {
      const S value = number(layer - 1, j);
      if (j == position) query = value;
      const S w = weight_(query, value);
      y = k_.add(y, k_.multiply(w, value));
      z = k_.add(z, w);
    }
    --alive_;
    return k_.divide(y, z);
  }

  /// Of layer 0, so far.
  [[nodiscard]] std::uint64_t evaluations() const { return evaluations_; }
  /// The most (query, y, z) that were alive at a time.
  [[nodiscard]] std::size_t peak() const { return peak_; }

 private:
  const K& k_;
  std::vector<S> inputs_;
  Weight weight_;
  std::uint64_t evaluations_ = 0;
  std::size_t alive_ = 0, peak_ = 0;
};

/// What a block of keys contributes to a position: weights W are kept as W/m, for a positive m.
template <class S>
struct AttentionBlock {
  S m, y, z;
};

/// The blocks' union: the larger m, and sums. Associative and commutative as fractions y/z, y·m and z·m.
template <exact::Field K>
[[nodiscard]] AttentionBlock<typename K::Scalar> merged(const K& k, const AttentionBlock<typename K::Scalar>& a,
                                                        const AttentionBlock<typename K::Scalar>& b) {
  using S = typename K::Scalar;
  const bool second = exact::compare(k, a.m, b.m).value_or(0) < 0;
  const S& m = second ? b.m : a.m;
  const S of_a = k.divide(a.m, m), of_b = k.divide(b.m, m);
  return {m, k.add(k.multiply(of_a, a.y), k.multiply(of_b, b.y)), k.add(k.multiply(of_a, a.z), k.multiply(of_b, b.z))};
}

}  // namespace eigenmata::ssm
