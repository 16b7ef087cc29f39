// SPDX-License-Identifier: Apache-2.0
//
// Pictures of automata and of spectra, as text, for Graphviz, and as SVG.
#pragma once

#include <optional>
#include <string>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/lrnn/model_file.hpp"

namespace eigenmata::cli {

/// A transition table.
[[nodiscard]] std::string automaton_text(const automata::Language& language, const automata::Dfa& dfa);

/// One edge a pair of states; long lists of letters are shortened.
[[nodiscard]] std::string automaton_dot(const automata::Dfa& dfa);

/// Runs Graphviz's `dot`. Throws `NotBuilt` if it is not installed.
[[nodiscard]] std::string svg_by_graphviz(const std::string& dot);

/// For every layer and letter (or for one word in a network of one layer): the eigenvalues of A, exactly where that is
/// feasible; whether |A| ≤ 1; rank(I − A).
template <class K>
[[nodiscard]] std::string spectra_text(const lrnn::ModelOver<K>& model, const std::optional<core::Word>& word,
                                       const std::string& name);

/// The eigenvalues in the complex plane with the unit circle, one panel a letter.
template <class K>
[[nodiscard]] std::string spectra_svg(const lrnn::ModelOver<K>& model, const std::optional<core::Word>& word);

}  // namespace eigenmata::cli
