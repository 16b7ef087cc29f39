// SPDX-License-Identifier: Apache-2.0
//
// What several commands share: reading what the user named, and saying things in the same words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/core/json.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "request.hpp"

namespace eigenmata::cli {

/// Thrown for what is understood, but has no answer: exit code 20.
class Unanswered : public std::exception {
 public:
  explicit Unanswered(std::string what) : what_(std::move(what)) {}
  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

 private:
  std::string what_;
};

/// Thrown for what is known but not built yet.
class NotBuilt : public Unanswered {
 public:
  explicit NotBuilt(const std::string& what) : Unanswered("not built yet: " + what) {}
};

/// A name or path, or an expression given with -e.
struct Operand {
  std::string text;
  bool is_regex = false;
};

/// What stands where: names and paths in their order, then the -e's; at least `least` and at most `most` of them.
/// Throws `core::Error` that lists what is expected ("a language", "a model and a language").
[[nodiscard]] std::vector<Operand> operands(const Request& request, std::size_t least, std::size_t most,
                                            std::string_view expected);

/// Reads a language with the request's alphabet, format and symbol table.
[[nodiscard]] automata::Language read_language(const Request& request, const Operand& operand);

/// Reads a model. Throws `core::Error`.
[[nodiscard]] lrnn::Model read_model(const std::string& path);

/// True if the operand names a file that holds a model.
[[nodiscard]] bool names_model(const Operand& operand);

/// Throws `core::Error` at `option` if the text names no class of networks, `Unanswered` for names that have no class
/// yet.
void require_model_class(const std::string& text, const std::string& option);

/// Throws `NotBuilt` for a semantics that is known but not `exact` or `finite-orbit`, `core::Error` for any other text.
void require_exact_semantics(const std::string& semantics);

/// The format to write an automaton in: --as, or by the ending of -o. Throws `core::Error` if neither says.
[[nodiscard]] automata::Format output_format(const Request& request);

/// An automaton in a file's format.
[[nodiscard]] std::string in_format(const automata::Dfa& dfa, automata::Format format, const std::string& description,
                                    const std::string& source);

/// A word for people: as in files, and "ε" for the empty one; long words are shortened in the middle.
[[nodiscard]] std::string shown(const core::Alphabet& alphabet, const core::Word& word);

/// A word in JSON: an array of letters.
void write_word(core::JsonWriter& json, const core::Alphabet& alphabet, const core::Word& word);

/// "1 layer", "3 layers".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

/// "812 bytes", "12 KiB", "3.4 MiB".
[[nodiscard]] std::string file_size(std::size_t bytes);

}  // namespace eigenmata::cli
