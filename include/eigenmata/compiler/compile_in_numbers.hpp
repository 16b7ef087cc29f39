// SPDX-License-Identifier: Apache-2.0
//
// From a language to a network that is right in numbers of finitely many bits. What the passes for exact arithmetic
// build may or may not survive rounding, where integers wrap around counters modulo 2^N are had for nothing, and floats
// have orbits that never drift; so networks are only candidates here, and each has to be proved in the arithmetic
// itself. The proof is made a floor up (verification/numeric_proof.hpp), and so is the search for orbits; both are
// handed in:
//
//   const auto prove = [&](const lrnn::Model& model) {
//     return verification::prove_in_numbers(model, minimal, options.semantics, limits);
//   };
//   const auto built = compiler::compile_in_numbers(language, options, {prove, {}}, limits);
//   if (built.verdict.is_yes()) write(built.verdict.proof().proof.certificate);
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "eigenmata/certificate/numeric.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/compiler/rounded_turns.hpp"
#include "eigenmata/lrnn/model_file.hpp"

namespace eigenmata::compiler {

/// A network that may be right in the arithmetic.
struct NumericCandidate {
  std::string pass;
  lrnn::Model model;

  [[nodiscard]] std::vector<std::size_t> dimensions() const;  ///< layer by layer
  [[nodiscard]] std::size_t factors() const;                  ///< the most of any token in any layer
};

struct NumericCompilation {
  NumericCandidate candidate;
  certificate::NumericProof proof;
};

/// The proof that a network accepts the language in the arithmetic, or why there is none, as what follows "refused: ".
using NumericProver = std::function<std::variant<certificate::NumericProof, std::string>(const lrnn::Model&)>;

/// What belongs to the arithmetic.
struct NumericTools {
  NumericProver prove;
  RootFinder find_root;  ///< may be empty: then no orbits are looked for
};

struct NumericCompilationReport {
  /// Yes with the network; no with the theorem, where `expressivity::decide` knows that there is none; else unknown
  /// with the reason of each pass.
  core::Verdict<NumericCompilation, expressivity::Obstruction> verdict;
  std::vector<Offer> offers;  ///< of each candidate that was tried, the last one tried being the one that is taken
};

/// Networks for a numeric semantics (`verification::is_numeric`): counters modulo 2^N for `uint`, orbits for floats (if
/// nothing else is proved), and what the passes offer for a finite orbit, or else for exact arithmetic, complex
/// networks as their real form. They are tried by fewest layers, then factors, until one with no more than
/// `options.layers` layers is proved. `dfa` need not be minimal. A limit of size that a pass meets is its refusal;
/// throws `core::LimitReached` when interrupted or out of time, and what the tools throw.
[[nodiscard]] NumericCompilationReport compile_in_numbers(const automata::Dfa& dfa, const CompileOptions& options,
                                                          const NumericTools& tools, const core::Limits& limits);

}  // namespace eigenmata::compiler
