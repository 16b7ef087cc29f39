// SPDX-License-Identifier: Apache-2.0
//
// Where the errors of a layer stay: the linear algebra behind a horizon (error_horizon.hpp).
//
// Let U be the span of the differences of reachable exact states. It is the smallest subspace that contains f_x(h_0) −
// h_0 for every letter x, f_x(h) = A_x h + b_x, and that all A_x map into itself: with h_w the state after w,
//
//   h_{wx} − h_0 = A_x (h_w − h_0) + (f_x(h_0) − h_0).
//
// If a word w leads every reachable state back to itself, A_w is the identity on U, so that an error in U comes back as
// it was: an affine step cannot both keep its states apart and correct errors between them. Such words are made of the
// letters whose A_x is one-to-one on U: f_x is then one-to-one on h_0 + U, so it permutes the reachable states if they
// are finitely many, and a power of it fixes them all. The other letters forget the errors in the part of U that A_x
// takes to 0; if every letter keeps all of U, no word ever corrects an error in it.
//
// The entries are those of the network before anything is rounded.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::verification {

struct ErrorSubspace {
  std::size_t dimension = 0;                        ///< of the layer
  std::vector<std::vector<exact::Rational>> basis;  ///< of U, in reduced echelon form
  std::vector<core::Symbol> keeping;                ///< input symbols whose matrix is one-to-one on U, increasing

  [[nodiscard]] bool is_kept_by_all(std::size_t symbols) const { return keeping.size() == symbols; }
};

/// Of a layer; all input symbols count, whether or not they follow one another in a word. Cost: O(dimension³)
/// operations for each symbol. Throws `core::LimitReached`.
[[nodiscard]] ErrorSubspace error_subspace(const lrnn::Layer<exact::Rational>& layer, const core::Limits& limits);

}  // namespace eigenmata::verification
