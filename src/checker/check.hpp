// SPDX-License-Identifier: Apache-2.0
//
// The proof: rules 1 to 7 of proofs/certificate-format.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "checker/certificate.hpp"

namespace eigenmata::checker {

/// A rule that a certificate breaks.
struct Failure {
  std::size_t line;
  int rule;
  std::string reason;
};

/// Nothing if rules 1 to 7 hold; else the first failure: rules 6 and 7, then
/// - the points in order, each with its rule 1 or 2 and then rules 3, 4, 5 letter by letter; or
/// - layer by layer: rule 1, rules 2 and 3 for one layer after the other, rules 4 and 5; or
/// - by blocks: the same for all layers but two, then rules 1 to 3, and rules 4 and 5 block by block; or
/// - in numbers of finitely many bits: rules 4 and 1, then state by state rules 2, 3 and 5.
/// By the soundness theorems, if there is none, network and automaton accept the same words of every length.
/// Throws Error if there are more situations than kMaxSituations, or numbers than kMaxDenseNumbers.
std::optional<Failure> check(const Certificate& certificate);

}  // namespace eigenmata::checker
