// SPDX-License-Identifier: Apache-2.0
//
// What the checker's tests share: sample certificates, verdicts on texts, words in order of length.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "checker/automaton.hpp"
#include "checker/language.hpp"

namespace eigenmata::checker {

/// Certificates written by hand, by name. All of them are proved.
const std::map<std::string, std::string>& samples();

/// What the program would say about a certificate.
struct Outcome {
  int code;          ///< 0, 2 or 10
  std::size_t line;  ///< where it fails, 0 if it does not
  int rule;          ///< 0 unless the code is 10
  std::string message;
};

Outcome outcome_of(const std::string& certificate);

/// The text with line `number` (from 1) replaced.
std::string with_line(const std::string& text, std::size_t number, const std::string& line);
std::vector<std::string> lines_of(const std::string& text);
std::string joined(const std::vector<std::string>& lines);

/// The line number of the first line that is exactly this.
std::size_t line_number(const std::string& text, const std::string& line);

/// All words over letters 0, …, k − 1 up to a length, shortest first.
std::vector<std::vector<LetterId>> words_up_to(std::size_t length, LetterId letters);

bool accepts(const Dfa& dfa, const std::vector<LetterId>& word);
/// Word by letter names; a letter that the language does not know is refused.
bool accepts(const Language& language, const std::vector<std::string>& word);

Language regex(const std::string& text);
Language regex(const std::string& text, const std::vector<std::string>& alphabet);

}  // namespace eigenmata::checker
