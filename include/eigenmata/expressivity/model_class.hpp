// SPDX-License-Identifier: Apache-2.0
//
// Classes of networks, as verdicts speak of them: which matrices A(x) the layers may use. (What a model file claims of
// the matrices written in it is `lrnn::TransitionClass`; every such claim has a class here, not the other way round.)
//
// Published architectures are of one of these classes. Many have gates that never quite reach 0 or 1, and then the
// class they are is a different one from the class of the limits of their gates; an architecture stands for the former,
// and `name[0,1]` or `name[-1,1]`, where it has that choice, for the latter.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/expressivity/spectrum_set.hpp"
#include "eigenmata/lrnn/architecture.hpp"

namespace eigenmata::expressivity {

struct ModelClass {
  enum class Form {
    kConstant,             ///< one diagonal A for all letters, entries in the spectrum set
    kConstantAndDiagonal,  ///< such layers on the whole disc, mixed with diagonal ones on [0,1]
    kDiagonal,             ///< entries in the set
    kTriangular,           ///< real, diagonal entries in the set
    kHouseholder,          ///< products of k factors I − β v vᵀ / (vᵀv), 1 − β in the set
    kGatedHouseholder,     ///< the same times a number in [0, 1]
    kContraction,          ///< any matrices with norm at most some ρ < 1, one norm for all letters
    kRwkv7,                ///< diag(w) − c κ (a ∘ κ)ᵀ as in [Peng2025], c = 1 if the set is (-1,1), 2 if [-1,1]
    kRankOne,              ///< products of k factors I − u vᵀ
    kPermutationDiagonal,  ///< one entry of modulus at most 1 in each column
    kDense                 ///< any
  };

  Form form = Form::kDense;
  std::optional<SpectrumSet> spectrum;  ///< for forms that have one
  std::optional<std::size_t> factors;   ///< k; nothing: any number. Only householder, gated, rank-one

  [[nodiscard]] const SpectrumSet& set() const { return spectrum.value(); }
};

/// "constant", "constant{1}", "constant+diagonal[0,1]", "diagonal[0,1]", "diagonal{0,1,e(1/3)}", "diagonal-complex",
/// "triangular[-1,1]", "householder[-1,1]:2", "gated-householder[-1,1]:1", "contraction", "rwkv7[-1,1]", "rank-one:1",
/// "pd", "dense", or the name of an architecture. Throws `core::Error` at `place` for anything else.
[[nodiscard]] ModelClass parse_model_class(std::string_view text, const core::Place& place);

/// Why a published architecture has no class here; nothing for any other text.
[[nodiscard]] std::optional<std::string_view> why_unclassified(std::string_view text);

/// The name of the class, never of an architecture.
[[nodiscard]] std::string to_string(const ModelClass& c);

/// A class as it is listed.
struct ClassInfo {
  std::string_view pattern;
  std::string_view matrices;
  std::string_view languages;  ///< with any number of layers, in exact arithmetic
};
[[nodiscard]] const std::vector<ClassInfo>& all_classes();

/// The published architectures.
using lrnn::all_architectures;
using lrnn::Architecture;

}  // namespace eigenmata::expressivity
