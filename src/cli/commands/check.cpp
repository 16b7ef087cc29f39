// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/verification/model_check.hpp"

namespace eigenmata::cli {
namespace {

using verification::Counterexample;
using verification::ModelCheck;

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

std::string what_network_says(const Counterexample& example) {
  if (!example.network_accepts) return "has no answer";
  return *example.network_accepts ? "accepts it" : "rejects it";
}

template <class K>
std::string as_text(const ModelCheck<K>& found, const std::string& model, const std::string& language) {
  const auto& verdict = found.verdict;
  if (verdict.is_yes()) {
    return fmt::format(
        "yes: {} recognises {} for all word lengths\n  {} (pairs of network state and automaton state), closed under "
        "every letter\n",
        model, language, counted(found.reachable_states, "reachable state"));
  }
  if (verdict.is_no()) {
    const Counterexample& example = verdict.witness();
    return fmt::format("no: they differ on a word of {}: {}\n  the language {} it, the network {}\n",
                       counted(example.word.size(), "letter"), shown(example.alphabet, example.word),
                       example.in_language ? "contains" : "does not contain", what_network_says(example));
  }
  return fmt::format("unknown: {}\n  no difference on words of up to {}; {} so far\n", verdict.reason(),
                     counted(found.agrees_up_to_length, "letter"), counted(found.reachable_states, "reachable state"));
}

template <class K>
std::string as_json(const ModelCheck<K>& found) {
  const auto& verdict = found.verdict;
  core::JsonWriter json;
  json.begin_object();
  json.key("verdict").string(to_string(verdict.answer())).key("reachable_states").integer(found.reachable_states);
  json.key("counterexample");
  if (verdict.is_no()) {
    const Counterexample& example = verdict.witness();
    write_word(json, example.alphabet, example.word);
    json.key("in_language").boolean(example.in_language).key("network_accepts");
    if (example.network_accepts) {
      json.boolean(*example.network_accepts);
    } else {
      json.null();
    }
  } else {
    json.null();
  }
  json.key("exact_up_to");
  if (verdict.is_unknown()) {
    json.integer(found.agrees_up_to_length).key("reason").string(verdict.reason());
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

void write_certificate(const Request& request, const ModelCheck<exact::RationalArithmetic>& found) {
  core::write_file(request.certificate, certificate::write_certificate(found.verdict.proof()));
}

void write_certificate(const Request& /*request*/, const ModelCheck<exact::NumberField>& /*found*/) {
  throw NotBuilt("a certificate over a number field");
}

template <class K>
Result check_over(const Request& request, const lrnn::ModelOver<K>& model, const std::string& model_name,
                  const automata::Language& language) {
  const auto found =
      verification::check_model(model.arithmetic, model.network, language.dfa, request.limits, request.up_to);
  if (found.verdict.is_yes() && !request.certificate.empty()) write_certificate(request, found);
  return {exit_of(found.verdict.answer()), request.json ? as_json(found) : as_text(found, model_name, language.name)};
}

}  // namespace

Result run_check(const Request& request) {
  const auto named = operands(request, 2, 2, "a model and a language");
  require_exact_semantics(request.semantics);
  if (named[0].is_regex) throw core::Error("'eigenmata check' takes a model first, then a language");
  const lrnn::Model model = read_model(named[0].text);
  const automata::Language language = read_language(request, named[1]);
  return std::visit([&](const auto& over) { return check_over(request, over, named[0].text, language); }, model);
}

}  // namespace eigenmata::cli
