// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <algorithm>

#include "../common.hpp"
#include "../ranks.hpp"
#include "../request.hpp"
#include "check_in_numbers.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/threads.hpp"
#include "eigenmata/verification/model_check.hpp"
#include "eigenmata/verification/refute.hpp"

namespace eigenmata::cli {
namespace {

using verification::Counterexample;
using verification::ModelCheck;

/// What the two methods found.
template <class K>
struct Found {
  ModelCheck<K> check;
  std::string refuted_by;  ///< if the refuter found the word: how
  std::string refuter;     ///< if it was asked in vain: what it says
};

template <class K>
std::string as_text(const Found<K>& both, const std::string& model, const std::string& language) {
  const ModelCheck<K>& found = both.check;
  const auto& verdict = found.verdict;
  if (verdict.is_yes()) {
    return fmt::format(
        "yes: {} recognises {} for all word lengths\n  {} (pairs of network state and automaton state), closed under "
        "every letter\n",
        model, language, counted(found.reachable_states, "reachable state"));
  }
  if (verdict.is_no()) {
    std::string text = difference_text(verdict.witness());
    if (!both.refuted_by.empty()) {
      text += fmt::format("  found by the refuter: {}; no difference on words of up to {}\n", both.refuted_by,
                          counted(found.agrees_up_to_length, "letter"));
    }
    return text;
  }
  std::string text =
      fmt::format("unknown: {}\n  no difference on words of up to {}; {} so far\n", verdict.reason(),
                  counted(found.agrees_up_to_length, "letter"), counted(found.reachable_states, "reachable state"));
  if (!both.refuter.empty()) text += "  " + both.refuter + "\n";
  return text;
}

template <class K>
std::string as_json(const Found<K>& both) {
  const ModelCheck<K>& found = both.check;
  const auto& verdict = found.verdict;
  core::JsonWriter json;
  begin_answer(json, verdict, found.reachable_states);
  if (verdict.is_unknown()) {
    json.integer(found.agrees_up_to_length).key("reason").string(verdict.reason());
    if (!both.refuter.empty()) json.key("refuter").string(both.refuter);
  } else if (!both.refuted_by.empty()) {
    json.integer(found.agrees_up_to_length).key("refuter").string(both.refuted_by);
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

/// Exploration ends if the reachable states are finitely many; else nothing but a limit ends it, though often a word
/// refutes the network at once. So: a short exploration, then the refuter, then exploration to the limits.
template <class K>
Found<K> find(const Request& request, const lrnn::ModelOver<K>& model, const automata::Dfa& language) {
  constexpr std::size_t kFirstTable = std::size_t{1} << 26;
  const auto check = [&](const core::Limits& limits) {
    return verification::check_model(model.arithmetic, model.network, language, limits, request.up_to);
  };
  if (request.up_to) return {check(request.limits), "", ""};
  core::Limits first = half_of(request.limits);
  first.memory_bytes = std::min(first.memory_bytes, kFirstTable);
  Found<K> found{check(first), "", ""};
  if (!found.check.verdict.is_unknown()) return found;
  // No word of the language has a letter that the network cannot read, or check_model had said so.
  const automata::Dfa readable = automata::over_alphabet(language, model.network.alphabet);
  verification::RefutationEffort effort;
  effort.seed = request.seed;
  const auto refuted = verification::refute(model.arithmetic, model.network, readable, effort, half_of(request.limits));
  if (refuted.verdict.is_no()) {
    const auto& refutation = refuted.verdict.witness();
    found.check.verdict = decltype(found.check.verdict)::no(
        Counterexample{model.network.alphabet, refutation.word, refutation.in_language.back(),
                       refutation.network_accepts.back()},
        refuted.verdict.theorem());
    found.refuted_by = refutation.found_by;
    return found;
  }
  const auto is_stopped = [&] { return request.limits.interrupted != nullptr && request.limits.interrupted->load(); };
  if (!is_stopped() && (request.limits.deadline || first.memory_bytes < request.limits.memory_bytes)) {
    auto last = check(request.limits);
    // In the time that was left it may not have come as far.
    if (!last.verdict.is_unknown() || last.agrees_up_to_length >= found.check.agrees_up_to_length)
      found.check = std::move(last);
  }
  // Also when the last look was stopped before it had come as far as the first.
  if (found.check.verdict.is_unknown() && is_stopped())
    found.check.verdict = decltype(found.check.verdict)::unknown("interrupted");
  if (found.check.verdict.is_unknown()) found.refuter = refuted.verdict.reason();
  return found;
}

template <class K>
Result check_over(const Request& request, const lrnn::ModelOver<K>& model, const std::string& model_name,
                  const automata::Language& language) {
  const Found<K> found = find(request, model, language.dfa);
  const auto& verdict = found.check.verdict;
  if (verdict.is_yes() && !request.certificate.empty()) {
    core::write_file(request.certificate, certificate::write_certificate(verdict.proof()));
  }
  return {exit_of(verdict.answer()), request.json ? as_json(found) : as_text(found, model_name, language.name)};
}

}  // namespace

Result run_check(const Request& request) {
  const auto named = operands(request, 2, 2, "a model and a language");
  const auto stochastic = format_rounded_stochastically(request.semantics);
  const auto semantics = expressivity::parse_semantics(stochastic.value_or(request.semantics), {"--semantics"});
  const bool numeric = verification::is_numeric(semantics) || semantics.kind == expressivity::Semantics::Kind::kCast;
  if (!numeric) require_exact_semantics(request.semantics);
  if (!numeric && !request.output.empty())
    throw core::Error("-o writes what the network recognises in numbers of finitely many bits; say --semantics");
  if (named[0].is_regex) throw core::Error("'eigenmata check' takes a model first, then a language");
  const Ranks& job = Ranks::job();
  const bool is_standard_input = named[0].text == "-" || (named[1].text == "-" && !named[1].is_regex);
  if (!job.is_alone() && is_standard_input)
    throw core::Error("standard input reaches one process only; under mpirun name a file");
  // Numeric states are shared by the processes of a job. What has no such list of states is for the first one.
  if (!job.is_first() && (!numeric || stochastic || semantics.kind == expressivity::Semantics::Kind::kCast)) return {};
  const lrnn::Model model = read_model(named[0].text);
  const automata::Language language = read_language(request, named[1]);
  if (numeric) {
    // The answer, the word and the certificate are the same whatever the number.
    Result result;
    core::on_threads(request.threads, [&] {
      result = check_in_numbers(request, model, named[0].text, language, semantics, stochastic.has_value());
    });
    return result;
  }
  return std::visit([&](const auto& over) { return check_over(request, over, named[0].text, language); }, model);
}

}  // namespace eigenmata::cli
