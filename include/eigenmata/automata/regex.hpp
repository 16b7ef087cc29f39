// SPDX-License-Identifier: Apache-2.0
//
// Regular expressions, matched against whole words, over UTF-8 characters and named symbols.
//
//   expression    = intersection { '|' intersection }
//   intersection  = concatenation { '&' concatenation }
//   concatenation = factor { factor }
//   factor        = '~' factor                        complement: ~a* is ~(a*), ~ab is (~a)b
//                 | atom { quantifier }
//   quantifier    = '*' | '+' | '?' | '{m}' | '{m,}' | '{m,n}'
//   atom          = character                         not one of  . [ ] ( ) { } * + ? | & ~ < > \ ^ $
//                 | '\' character                     that character; not a letter or digit
//                 | '<' name '>'                      a named symbol, without blanks, '<' and '>'
//                 | '.'                               any letter of the alphabet
//                 | '[' ['^'] item { item } ']'       item = member | member '-' member | '<' name '>'
//                 | '()'                              the empty word
//                 | '(' expression ')'
//
// Inside a class the characters  ] [ \ < >  need '\', '^' only in front, '-' only between two members; the others
// stand for themselves. A range means those of its letters that are in the alphabet; [^…] is taken within the
// alphabet. An empty expression or alternative is an error: the empty word is written (), the empty language ~.* .
//
// The alphabet is the one given, else the letters mentioned: characters in the order of their code points, then
// names in alphabetical order. Compilation: Thompson's construction; under '&' and '~' the operands are made
// deterministic and minimal first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::automata {

/// The minimal automaton of an expression.
///
/// Throws `core::Error` with the column (in characters) for what the grammar does not allow, for a letter outside
/// `alphabet`, and if no alphabet is given and no letter mentioned; `core::LimitReached` if an automaton on the way
/// grows beyond the limits (bounded repetition and '&' and '~' can make them exponentially large).
[[nodiscard]] Dfa compile_regex(std::string_view expression, const std::optional<Alphabet>& alphabet,
                                const core::Limits& limits, const std::string& source = "regex");

/// A letter, escaped so that it stands for itself in an expression.
[[nodiscard]] std::string escaped_letter(std::string_view letter);

}  // namespace eigenmata::automata
