// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::cli {

Result run_convert(const Request& request) {
  const auto named = operands(request, 1, 1, "a language");
  if (request.output.empty()) throw core::Error("say where to: -o FILE, or -o - with --as FORMAT");
  const automata::Format format = output_format(request);
  const automata::Language language = read_language(request, named[0]);
  const automata::Dfa dfa = request.as_is ? language.dfa : automata::minimised(language.dfa, request.limits);
  const std::string text = in_format(dfa, format, language.description, language.source);
  if (request.output == "-") {
    if (request.json) throw core::Error("-o - and --json both write to standard output; choose one");
    return {Exit::kYes, text};
  }
  core::write_file(request.output, text);
  if (request.json) {
    core::JsonWriter json;
    json.begin_object().key("file").string(request.output).key("format").string(automata::to_string(format));
    json.key("states").integer(dfa.states()).key("letters").integer(dfa.letters()).end_object();
    return {Exit::kYes, json.take()};
  }
  return {Exit::kYes, fmt::format("{} ({}, {}) -> {} ({})\n", language.name, counted(dfa.states(), "state"),
                                  counted(dfa.letters(), "letter"), request.output, file_size(text.size()))};
}

}  // namespace eigenmata::cli
