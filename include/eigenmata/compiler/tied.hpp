// SPDX-License-Identifier: Apache-2.0
//
// From a network of a class of matrices to one of an architecture, which ties what is written to the matrices and
// starts from 0 (lrnn/architecture.hpp). What changes:
//
//   * start. A beginning-of-sequence token writes it: one delta step with the key along h_0, or the token's own write.
//   * open gates. A delta rule whose steps are never of size 0 takes the steps that it has no use for along one more
//     coordinate, which is 0 for ever: A is the identity on all others.
//   * the claim.
//
// What is written by letters stays. Where their map has a fixed point and no step is wasted it is tied already
// (lrnn/tie.hpp), and the passes write no other maps that may repeat; whether it is so is checked for every map, not
// assumed.
#pragma once

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/lrnn/architecture.hpp"

namespace eigenmata::compiler {

/// The construction in the tied form, with its certificate; that one is to be checked again. Refuses with the token
/// whose write is not tied. The number of steps of an architecture that has that choice becomes the least that serves
/// all tokens, unless it is given.
[[nodiscard]] PassResult tied_to(Construction construction, const lrnn::ArchitectureChoice& architecture);

}  // namespace eigenmata::compiler
