// SPDX-License-Identifier: Apache-2.0
#include "common.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "eigenmata/core/counted.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/expressivity/semantics.hpp"
#include "eigenmata/lrnn/tensor_file.hpp"

namespace eigenmata::cli {

std::vector<Operand> operands(const Request& request, std::size_t least, std::size_t most, std::string_view expected) {
  std::vector<Operand> result;
  for (const std::string& text : request.positionals) result.push_back({text, false});
  for (const std::string& text : request.regexes) result.push_back({text, true});
  if (result.size() < least || result.size() > most) {
    throw core::Error(fmt::format("'eigenmata {}' takes {}, found {}; see 'eigenmata help {}'", request.command,
                                  expected, counted(result.size(), "argument"), request.command));
  }
  return result;
}

automata::Language read_language(const Request& request, const Operand& operand) {
  automata::LanguageRequest wanted;
  if (operand.is_regex) {
    wanted.regex = operand.text;
  } else {
    wanted.path_or_name = operand.text;
  }
  if (request.alphabet) wanted.alphabet = core::parse_alphabet(*request.alphabet, {"-a"});
  if (!request.symbols.empty()) wanted.symbols_path = request.symbols;
  if (!request.format.empty()) {
    wanted.format = automata::format_named(request.format);
    if (!wanted.format) {
      throw core::Error({"--format"},
                        core::in_quotes(request.format) + " is no format; expected att, dot, jff, json or gap");
    }
  }
  return automata::read_language(wanted, request.limits);
}

lrnn::Model read_model(const std::string& path) { return lrnn::read_model(core::read_input(path)); }

bool names_model(const Operand& operand) {
  std::error_code ignored;
  if (operand.is_regex || !std::filesystem::is_regular_file(operand.text, ignored)) return false;
  // The format stands at the head of a model.
  std::ifstream file(operand.text);
  std::string head(512, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  return lrnn::looks_like_tensors(head) || head.find("\"eigenmata-model\"") != std::string::npos;
}

void require_model_class(const std::string& text, const std::string& option) {
  if (const auto why = expressivity::why_unclassified(text))
    throw Unanswered(text + " has no class of matrices: " + std::string(*why));
  (void)expressivity::parse_model_class(text, {option});
}

void require_exact_semantics(const std::string& semantics) {
  if (!expressivity::parse_semantics(semantics, {"--semantics"}).is_exact_or_finite_orbit())
    throw NotBuilt("semantics " + semantics);
}

automata::Format output_format(const Request& request) {
  const auto format =
      request.as.empty() ? automata::format_of_path(request.output) : automata::format_named(request.as);
  if (!format) {
    throw core::Error(fmt::format("the format of {} is not known; say --as att, dot, jff, json or gap",
                                  core::in_quotes(request.output)));
  }
  return *format;
}

std::string in_format(const automata::Dfa& dfa, automata::Format format, const std::string& description,
                      const std::string& source) {
  return format == automata::Format::kJson ? automata::write_json(dfa, description, source)
                                           : automata::write(dfa, format);
}

std::string shown(const core::Alphabet& alphabet, const core::Word& word) {
  if (word.empty()) return "ε";
  constexpr std::size_t kMost = 40;
  if (word.size() <= kMost) return core::format_word(alphabet, word);
  const core::Word head(word.begin(), word.begin() + kMost / 2);
  const core::Word tail(word.end() - kMost / 4, word.end());
  return fmt::format("{} … {} ({} letters)", core::format_word(alphabet, head), core::format_word(alphabet, tail),
                     word.size());
}

void write_word(core::JsonWriter& json, const core::Alphabet& alphabet, const core::Word& word) {
  json.begin_array(core::JsonWriter::Layout::kInline);
  for (const core::Symbol x : word) json.string(alphabet.name(x));
  json.end_array();
}

std::string counted(std::size_t count, std::string_view noun) { return core::counted(count, noun); }

std::string file_size(std::size_t bytes) {
  if (bytes < 1024) return counted(bytes, "byte");
  if (bytes < 1024 * 1024) return fmt::format("{} KiB", (bytes + 512) / 1024);
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1024 * 1024));
}

}  // namespace eigenmata::cli
