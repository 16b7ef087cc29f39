// SPDX-License-Identifier: Apache-2.0
//
// Definite languages in one layer of one number: the last letters are its digits.
//
//   h ← λ h + (1 − λ) p_z,   p_z = 2z/n − 1 for the letters z = 1, …, n,   h_0 = p_0 = −1 (no letter)
//
// With (n + 1) λ < 1 the last letter tells in which of n + 1 boxes h lies, the letter before it in which box inside
// that one, and so on. A region of the certificate is a word that leads to the same state from every state, no shorter
// end of which does, or a whole word from the start; the letters that act alike are one. So every gate is the same
// number strictly inside (0, 1): what architectures with open gates, or with constant ones, can run without any limit.
//
// Where these words are too many, layer i of k has the map of the last i letters as its digit, and as the next digit
// the one that it overwrites (algebra/last_letters_cascade.hpp).
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/model_class.hpp"

namespace eigenmata::compiler {

/// Why both passes refuse languages for which no number of letters is enough.
inline constexpr const char* kNotDefinite = "no fixed number of last letters decides";

/// On the diagonal, or by one Householder factor where the class counts factors. Needs a minimal automaton. Refuses if
/// no fixed number of last letters decides, if it has too many regions, or if the class has no λ small enough. Cost:
/// O(regions · (letters + states)); regions grow like letters^k for k last letters in the worst case. The orbit is
/// infinite in general.
[[nodiscard]] PassResult compile_last_letters(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                              const core::Limits& limits);

/// The same by a layer of one number for each of the last letters, with one gate below 1 / (number of maps of words of
/// one length); on the diagonal, if there is none, by what else remembers an old value there: binary digits, or traces.
/// Needs a minimal automaton. Refuses if no fixed number of last letters decides, or if the class has no gate small
/// enough. Cost: layers · maps · letters · states.
[[nodiscard]] PassResult compile_letter_by_letter(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                                  const core::Limits& limits);

}  // namespace eigenmata::compiler
