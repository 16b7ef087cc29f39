// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "../common.hpp"
#include "../pictures.hpp"
#include "../request.hpp"
#include "eigenmata/algebra/green_picture.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::cli {
namespace {

/// "text", "dot" or "svg": said, or read off the output's name.
std::string picture_format(const Request& request) {
  std::string format = request.as;
  if (format.empty()) {
    const std::size_t dot = request.output.rfind('.');
    format = dot == std::string::npos ? "text" : request.output.substr(dot + 1);
    if (format == "txt") format = "text";
  }
  if (format != "text" && format != "dot" && format != "svg") {
    throw core::Error(core::in_quotes(format) + " is no picture format; say --as text, dot or svg");
  }
  return format;
}

std::string language_picture(const Request& request, const Operand& operand, const std::string& format) {
  const automata::Language language = read_language(request, operand);
  const automata::Dfa dfa = request.as_is ? language.dfa : automata::minimised(language.dfa, request.limits);
  if (request.egg_box) {
    const algebra::TransitionMonoid monoid(algebra::letter_maps(dfa), request.limits);
    if (!monoid.is_complete())
      throw core::LimitReached(
          core::LimitReached::Kind::kSize,
          "the monoid has more than " + counted(monoid.size(), "element") + "; " + monoid.stopped_by());
    const algebra::GreenRelations green(monoid, request.limits);
    if (format == "text") return algebra::egg_box_text(green, dfa.alphabet());
    const std::string dot = algebra::egg_box_dot(green, dfa.alphabet());
    return format == "dot" ? dot : svg_by_graphviz(dot);
  }
  if (format == "text") return automaton_text(language, dfa);
  const std::string dot = automaton_dot(dfa);
  return format == "dot" ? dot : svg_by_graphviz(dot);
}

std::string model_picture(const Request& request, const Operand& operand, const std::string& format) {
  if (request.egg_box) throw core::Error("egg-boxes are of languages; a model has none");
  if (format == "dot") throw core::Error("a model is shown by its spectra, as text or svg; dot is for languages");
  const lrnn::Model model = read_model(operand.text);
  return std::visit(
      [&](const auto& over) {
        std::optional<core::Word> word;
        if (!request.word.empty()) word = core::parse_word(over.network.alphabet, request.word, {"--word"});
        return format == "text" ? spectra_text(over, word, operand.text) : spectra_svg(over, word);
      },
      model);
}

}  // namespace

Result run_show(const Request& request) {
  const auto named = operands(request, 1, 1, "a language or a model");
  const std::string format = picture_format(request);
  const std::string picture =
      names_model(named[0]) ? model_picture(request, named[0], format) : language_picture(request, named[0], format);
  if (request.output.empty() || request.output == "-") return {Exit::kYes, picture};
  core::write_file(request.output, picture);
  return {Exit::kYes, fmt::format("{} ({})\n", request.output, file_size(picture.size()))};
}

}  // namespace eigenmata::cli
