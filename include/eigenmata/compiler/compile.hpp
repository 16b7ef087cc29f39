// SPDX-License-Identifier: Apache-2.0
//
// From a language to a certified network of a class: asks the passes that can build the class, and takes the best
// offer.
//
//   auto language = automata::compile_regex("(ab)*", std::nullopt, {});
//   auto verdict = compiler::compile(language, {.target = expressivity::parse_model_class("rank-one", {})}, {});
//   if (verdict.is_yes()) write(verdict.proof().certificate);
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/compiler/decompositions.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"
#include "eigenmata/expressivity/decide.hpp"

namespace eigenmata::compiler {

enum class Objective { kLayers, kFactors, kDimension };

/// How states are encoded, if the choice is not left to the objective.
enum class Encoding { kAny, kOneHot, kReduced };

struct CompileOptions {
  expressivity::ModelClass target;
  /// Networks of this architecture, with B tied to A and a beginning-of-sequence token; `target` is its class then.
  std::optional<lrnn::ArchitectureChoice> architecture = std::nullopt;
  expressivity::Semantics semantics;         ///< exact or finite-orbit; nothing is built for others
  std::optional<std::size_t> layers;         ///< at most this many
  Objective objective = Objective::kLayers;  ///< then factors, then numbers stored
  Encoding encoding = Encoding::kAny;
  std::uint64_t seed = 1;  ///< of the search for reduced codes
};

/// The options for a class, or for an architecture, by name. Throws `core::Error` at `place` as `parse_model_class`.
[[nodiscard]] CompileOptions options_for(std::string_view target, const core::Place& place);

/// What one pass offered, or why it refused: for `--explain`.
struct Offer {
  std::string pass;
  std::string text;
};

struct Compilation {
  Construction construction;
  std::vector<Offer> offers;
  std::optional<lrnn::ArchitectureChoice> architecture;  ///< with the number of steps, if it is tied to one
};

using CompileVerdict = core::Verdict<Compilation, expressivity::Obstruction>;

/// Yes with the network, its certificate checked by `certificate::check`; no with the theorem, where
/// `expressivity::decide` knows that there is no network; unknown if no pass offers one, with the reasons of all of
/// them.
///
/// Out of time before there is an offer is unknown as well, with what the passes had said until then and the one that
/// was stopped.
///
/// `dfa` need not be minimal. Throws `core::LimitReached` when interrupted, or if the time is over before the first
/// pass is asked; never for a limit of size.
[[nodiscard]] CompileVerdict compile(const automata::Dfa& dfa, const CompileOptions& options,
                                     const core::Limits& limits);

/// What passes found that do not depend on the class, for many calls of `build` with one automaton and one seed.
/// Cascades are kept, and representations, each with whether its certificate holds.
class PassMemo {
 public:
  struct Kept {
    PassResult result;
    bool is_checked = false;
  };

  /// What is kept under this name, or what `run` finds. A limit of size that it meets is a refusal.
  const Kept& get(const std::string& name, const std::function<PassResult()>& run, const core::Limits& limits);

  [[nodiscard]] const Decompositions& decompositions(const automata::Dfa& minimal);

 private:
  std::map<std::string, Kept> kept_;
  std::optional<Decompositions> decompositions_;
};

/// What is said of a network that was not built: no where a theorem says that there is none, else unknown for that
/// reason.
[[nodiscard]] CompileVerdict refused_or_unknown(expressivity::LanguageFacts& facts, const CompileOptions& options,
                                                const std::string& reason);

/// The best network that the passes offer, its certificate checked; nothing if there is none. Does not ask for
/// theorems.
[[nodiscard]] std::optional<Compilation> build(const automata::Dfa& dfa, const CompileOptions& options,
                                               const core::Limits& limits, PassMemo* memo = nullptr);

}  // namespace eigenmata::compiler
