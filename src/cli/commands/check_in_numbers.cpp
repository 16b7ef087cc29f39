// SPDX-License-Identifier: Apache-2.0
#include "check_in_numbers.hpp"

#include <fmt/format.h>

#include "eigenmata/core/output.hpp"
#include "eigenmata/verification/numeric_check.hpp"

namespace eigenmata::cli {
namespace {

using verification::Counterexample;
using verification::NumericCheck;

/// What was run, and what came out.
struct Report {
  NumericCheck check;
  std::string plan;
  std::size_t parameters = 0;
  std::size_t rounded = 0;
  std::string automaton;  ///< about the file with the extracted automaton, if one was asked for
};

double bytes_a_state(const NumericCheck& check) {
  return static_cast<double>(check.table_bytes) / static_cast<double>(std::max<std::size_t>(check.reachable_states, 1));
}

std::string as_text(const Report& report, const std::string& model, const std::string& language,
                    const std::string& semantics) {
  const NumericCheck& check = report.check;
  const auto& verdict = check.verdict;
  std::string text;
  if (verdict.is_yes()) {
    text = fmt::format("yes: {} in {} recognises {} for all word lengths\n", model, semantics, language);
  } else if (verdict.is_no()) {
    text = difference_text(verdict.witness());
  } else {
    text = fmt::format("unknown: {}\n  no difference on words of up to {}\n", verdict.reason(),
                       counted(check.agrees_up_to_length, "letter"));
  }
  text += fmt::format("  plan         {}\n", report.plan);
  text += fmt::format("  parameters   {}, {} of them rounded\n", report.parameters, report.rounded);
  text += fmt::format("  states       {}{} (numeric state of all layers and automaton state), {} bits each\n",
                      check.reachable_states, verdict.is_yes() ? ", closed under every letter" : " so far",
                      check.state_bits);
  if (!report.automaton.empty()) text += "  automaton    " + report.automaton + "\n";
  return text;
}

std::string as_json(const Report& report, const std::string& semantics) {
  const NumericCheck& check = report.check;
  const auto& verdict = check.verdict;
  core::JsonWriter json;
  json.begin_object();
  json.key("verdict").string(to_string(verdict.answer())).key("reachable_states").integer(check.reachable_states);
  json.key("counterexample");
  if (verdict.is_no()) {
    write_counterexample(json, verdict.witness());
  } else {
    json.null();
  }
  json.key("exact_up_to");
  if (verdict.is_unknown()) {
    json.integer(check.agrees_up_to_length).key("reason").string(verdict.reason());
  } else {
    json.null();
  }
  json.key("semantics").string(semantics).key("plan").string(report.plan);
  json.key("parameters").integer(report.parameters).key("rounded_parameters").integer(report.rounded);
  json.key("state_bits").integer(check.state_bits).key("table_bytes").integer(check.table_bytes);
  json.key("bytes_per_state").string(fmt::format("{:.1f}", bytes_a_state(check)));
  json.key("seconds").string(fmt::format("{:.3f}", check.seconds));
  if (!report.automaton.empty()) json.key("automaton").string(report.automaton);
  json.end_object();
  return json.take();
}

/// Writes the automaton of what the network recognises; says so, or why not.
template <class T>
std::string extract(const Request& request, const T& arithmetic, const lrnn::Network<typename T::Scalar>& network,
                    automata::Format format, const std::string& model, const std::string& semantics) {
  try {
    const automata::Dfa dfa = verification::recognised_language(arithmetic, network, request.limits);
    core::write_file(request.output, in_format(dfa, format, "what " + model + " recognises in " + semantics, ""));
    return fmt::format("{} ({} of what the network recognises)", request.output, counted(dfa.states(), "state"));
  } catch (const core::LimitReached& limit) {
    return fmt::format("not written: {}", limit.what());
  }
}

template <class K, class T>
Report run(const Request& request, const lrnn::ModelOver<K>& model, const T& arithmetic,
           const automata::Language& language, const std::string& model_name,
           const expressivity::Semantics& semantics) {
  std::optional<automata::Format> format;
  if (!request.output.empty()) format = output_format(request);
  const auto rounded = lrnn::rounded_network(arithmetic, model.arithmetic, model.network, request.limits);
  Report report{verification::check_numeric(arithmetic, rounded.network, language.dfa, request.limits, request.up_to),
                verification::description(arithmetic), rounded.parameters, rounded.rounded, ""};
  if (format) report.automaton = extract(request, arithmetic, rounded.network, *format, model_name, semantics.text);
  return report;
}

}  // namespace

Exit exit_of(core::Answer answer) {
  switch (answer) {
    case core::Answer::kYes:
      return Exit::kYes;
    case core::Answer::kNo:
      return Exit::kNo;
    case core::Answer::kUnknown:
      break;
  }
  return Exit::kUnknown;
}

std::string difference_text(const Counterexample& example) {
  const std::string network = !example.network_accepts   ? "has no answer"
                              : *example.network_accepts ? "accepts it"
                                                         : "rejects it";
  return fmt::format("no: they differ on a word of {}: {}\n  the language {} it, the network {}\n",
                     counted(example.word.size(), "letter"), shown(example.alphabet, example.word),
                     example.in_language ? "contains" : "does not contain", network);
}

void write_counterexample(core::JsonWriter& json, const Counterexample& example) {
  write_word(json, example.alphabet, example.word);
  json.key("in_language").boolean(example.in_language).key("network_accepts");
  if (example.network_accepts) {
    json.boolean(*example.network_accepts);
  } else {
    json.null();
  }
}

Result check_in_numbers(const Request& request, const lrnn::Model& model, const std::string& model_name,
                        const automata::Language& language, const expressivity::Semantics& semantics) {
  if (const auto why = verification::why_not_built(semantics)) throw NotBuilt(*why);
  if (!request.certificate.empty()) throw NotBuilt("a certificate in semantics " + semantics.text);
  if (request.output == "-") throw core::Error("-o - would mix the automaton with the verdict; name a file");
  const auto arithmetic = verification::numeric_arithmetic(semantics);
  const Report report =
      std::visit([&](const auto& over,
                     const auto& numbers) { return run(request, over, numbers, language, model_name, semantics); },
                 model, arithmetic);
  return {exit_of(report.check.verdict.answer()),
          request.json ? as_json(report, semantics.text) : as_text(report, model_name, language.name, semantics.text)};
}

}  // namespace eigenmata::cli
