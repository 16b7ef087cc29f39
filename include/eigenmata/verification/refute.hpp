// SPDX-License-Identifier: Apache-2.0
//
// The negative theorems at work: given a network of a class that does not recognise the language, a word on which it
// fails. The theorem says where to look; the word is found by running the network, and proves itself.
//
// For a witness (u, x, v) of a period, [u xᵏ v ∈ L] does not settle to a period that the class has; the answers of the
// network do, so for some k the two differ on u xᵏ v, or on a beginning of it. How soon depends on the network. What is
// needed for it to happen at all:
//
// - Affine and table decoders, and word matrices with real eigenvalues only, as of diagonal and triangular real
//   matrices: nothing. Over a period of its inputs a layer applies one affine map f(h) = Ah + b, so that a coordinate
//   of f^k(h), and the value of a readout, is a sum of terms c·binom(k, j)·λ^(k−j), λ real: from some k on it keeps its
//   sign for even and for odd k, for λ ≥ 0 for all k. So it ends on one side of each threshold, at equality included,
//   and at each row of a table or at none; the outputs settle to the period of the inputs, or to twice that. By
//   induction over layers the proof of proofs/expressivity.md, section 2, goes through, and states need neither be
//   bounded nor keep a distance from thresholds.
// - Other matrices (products of several factors may have eigenvalues that are not real, of modulus below 1): that the
//   network keeps the promise of exact arithmetic, bounded states, and a positive distance between those of different
//   value. With distance δ it is enough that the powers of the contracting parts fall below δ.
//
// Witnesses of other kinds guide the search without such a promise: of a law, where the words of the idempotents are
// repeated, and of a group, where words are made of those of its generators. Then all short words, then random long
// ones.
//
//   const auto found = refute(k, network, language, {}, limits);
//   if (found.verdict.is_no()) show(found.verdict.witness().word);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::verification {

/// A word on which network and language differ, and what the two say along it.
struct Refutation {
  core::Word word;  ///< over the network's alphabet
  /// After each prefix, the empty one first: word.size() + 1 answers. They differ in the last one, and in no other. The
  /// network's is nothing where a decoder has no output.
  std::vector<std::optional<bool>> network_accepts;
  std::vector<bool> in_language;
  std::string found_by;  ///< "u x^k v with k = 12, where the theorem unit-spectrum-one for … points to", …
  std::string theorem;   ///< that guided the search; empty if none did
};

/// How far to look.
struct RefutationEffort {
  std::size_t exponents = 2'000;      ///< largest k in u xᵏ v
  std::size_t letters = 200'000;      ///< run for one witness; exact numbers may grow with every letter
  std::size_t state_bytes = 1 << 24;  ///< of the table of the states that short words lead to
  std::size_t random_words = 200;
  std::size_t random_length = 400;
  std::uint64_t seed = 1;
};

struct RefutationSearch {
  /// Never yes: that no difference was found proves nothing. Unknown says how far the search went.
  core::Verdict<core::NoEvidence, Refutation> verdict;
  std::size_t words = 0;    ///< u xᵏ v and random words that were run
  std::size_t letters = 0;  ///< and their letters
};

/// Needs a language over the network's alphabet. The words that theorems point to first, for the classes that the
/// network is of (network_class.hpp), then u xᵏ for every letter x and a word u to each state of the automaton, then
/// all short words, then random ones. A refutation is run again from its beginning by a fresh runner before it is
/// returned. Not the shortest difference in general: for that see model_check.hpp. Never throws `core::LimitReached`: a
/// limit ends the search.
template <exact::ExactArithmetic K>
[[nodiscard]] RefutationSearch refute(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                      const automata::Dfa& language, const RefutationEffort& effort,
                                      const core::Limits& limits);

extern template RefutationSearch refute(const exact::RationalArithmetic&, const lrnn::Network<exact::Rational>&,
                                        const automata::Dfa&, const RefutationEffort&, const core::Limits&);
extern template RefutationSearch refute(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&,
                                        const automata::Dfa&, const RefutationEffort&, const core::Limits&);
extern template RefutationSearch refute(const exact::CyclotomicField&, const lrnn::Network<exact::FieldElement>&,
                                        const automata::Dfa&, const RefutationEffort&, const core::Limits&);

}  // namespace eigenmata::verification
