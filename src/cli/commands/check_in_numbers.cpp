// SPDX-License-Identifier: Apache-2.0
#include "check_in_numbers.hpp"

#include <fmt/format.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

#include "../ranks.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/lrnn/real_form.hpp"
#include "eigenmata/verification/cast_check.hpp"
#include "eigenmata/verification/error_horizon.hpp"
#include "eigenmata/verification/error_subspace.hpp"
#include "eigenmata/verification/numeric_certificate.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "eigenmata/verification/region_check.hpp"
#include "eigenmata/verification/shared_check.hpp"
#include "eigenmata/verification/stochastic_check.hpp"

namespace eigenmata::cli {
namespace {

using verification::Counterexample;
using verification::NumericCheck;

/// The processes that mpirun started.
class RanksJob final : public verification::Job {
 public:
  [[nodiscard]] std::size_t processes() const override { return Ranks::job().size(); }
  [[nodiscard]] std::size_t number() const override { return Ranks::job().rank(); }
  [[nodiscard]] std::vector<std::vector<Word>> exchange(const std::vector<std::vector<Word>>& to) override {
    return Ranks::job().exchange(to);
  }
  void unite(std::vector<Word>& words) override { Ranks::job().unite(words); }
};

/// What the first process says, in all of them; `ask` is called there only.
bool decided_by_first(const std::function<bool()>& ask) {
  Ranks& job = Ranks::job();
  std::string answer = job.is_first() && ask() ? "yes" : "no";
  job.broadcast(answer);
  return answer == "yes";
}

/// What was run, and what came out.
struct Report {
  NumericCheck check;
  std::string plan;
  std::size_t parameters = 0;
  std::size_t rounded = 0;
  std::string automaton;    ///< about the file with the extracted automaton, if one was asked for
  std::string certificate;  ///< about the certificate, likewise, if the answer is yes
  /// Where closure did not answer: up to this length rounding changes no answer, and what is computed exactly is right.
  std::optional<std::size_t> horizon = std::nullopt;
  std::string horizon_reason = "";  ///< or why there is no such bound
  /// Then also, of each layer: where errors stay.
  std::vector<verification::ErrorSubspace> persistent = {};

  /// Of stochastic rounding, if the network errs: for each letter "u" for up and "d" for down, an operation after the
  /// other.
  std::vector<std::string> choices = {};
  /// If boxes prove a yes, states not having been listed: how many.
  std::optional<std::size_t> boxes = std::nullopt;

  /// All words of at most this length are right.
  [[nodiscard]] std::size_t right_up_to() const { return std::max(check.agrees_up_to_length, horizon.value_or(0)); }
};

bool is_found_by_running(const NumericCheck& check) { return check.verdict.theorem() == "run-of-a-word"; }

double bytes_a_state(const NumericCheck& check) {
  return static_cast<double>(check.table_bytes) / static_cast<double>(std::max<std::size_t>(check.reachable_states, 1));
}

std::vector<std::string> as_strings(const std::vector<exact::Rational>& vector) {
  std::vector<std::string> entries;
  for (const auto& entry : vector) entries.push_back(exact::to_string(entry));
  return entries;
}

std::string persistence_text(std::size_t layer, const verification::ErrorSubspace& errors) {
  constexpr std::size_t kMost = 4;
  std::string text = fmt::format("layer {}: errors in a subspace of {} of {}", layer + 1, errors.basis.size(),
                                 counted(errors.dimension, "dimension"));
  for (std::size_t i = 0; i < std::min(errors.basis.size(), kMost); ++i)
    text += fmt::format("{}({})", i == 0 ? ", spanned by " : " ", fmt::join(as_strings(errors.basis[i]), ", "));
  if (errors.basis.size() > kMost) text += " ...";
  return text + fmt::format("; {} of the input symbols keep them all", errors.keeping.size());
}

std::string choices_text(const std::vector<std::string>& choices) {
  constexpr std::size_t kMost = 24;
  std::string text = "chosen, a letter after the other:";
  for (std::size_t i = 0; i < std::min(choices.size(), kMost); ++i)
    text += choices[i].empty() ? " -" : " " + choices[i];
  return text + (choices.size() > kMost ? " ..." : "") + " (u: up, d: down, -: nothing to choose)";
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
    if (is_found_by_running(check))
      text += fmt::format("  found by running long words; no difference on words of up to {}\n",
                          counted(report.right_up_to(), "letter"));
  } else {
    text = fmt::format("unknown: {}\n  no difference on words of up to {}\n", verdict.reason(),
                       counted(report.right_up_to(), "letter"));
  }
  if (!report.choices.empty()) text += fmt::format("  choices      {}\n", choices_text(report.choices));
  if (report.horizon) {
    text += fmt::format(
        "  errors       bounded so that no answer changes on words of up to {} (computed, no certificate)\n",
        counted(*report.horizon, "letter"));
  } else if (!report.horizon_reason.empty()) {
    text += fmt::format("  errors       not bounded: {}\n", report.horizon_reason);
  }
  for (std::size_t l = 0; l < report.persistent.size(); ++l)
    text += fmt::format("  persistent   {}\n", persistence_text(l, report.persistent[l]));
  if (report.boxes)
    text += fmt::format("  region       boxes of numbers for {} of the automaton, closed under every rounded step\n",
                        counted(*report.boxes, "state"));
  text += fmt::format("  plan         {}\n", report.plan);
  if (report.parameters != 0)
    text += fmt::format("  parameters   {}, {} of them rounded\n", report.parameters, report.rounded);
  text += fmt::format("  states       {}{} (numeric state of all layers and automaton state)", check.reachable_states,
                      verdict.is_yes() && !report.boxes ? ", closed under every letter" : " so far");
  text += check.state_bits == 0 ? "\n" : fmt::format(", {} bits each\n", check.state_bits);
  if (!report.automaton.empty()) text += "  automaton    " + report.automaton + "\n";
  if (!report.certificate.empty()) text += "  certificate  " + report.certificate + "\n";
  return text;
}

std::string as_json(const Report& report, const std::string& semantics) {
  const NumericCheck& check = report.check;
  const auto& verdict = check.verdict;
  core::JsonWriter json;
  begin_answer(json, verdict, check.reachable_states);
  if (verdict.is_unknown()) {
    json.integer(report.right_up_to()).key("reason").string(verdict.reason());
  } else if (is_found_by_running(check)) {
    json.integer(report.right_up_to());
  } else {
    json.null();
  }
  if (!report.choices.empty()) {
    json.key("choices").begin_array(core::JsonWriter::Layout::kInline);
    for (const std::string& choice : report.choices) json.string(choice);
    json.end_array();
  }
  if (report.boxes) json.key("boxes").integer(*report.boxes);
  if (report.horizon) json.key("error_horizon").integer(*report.horizon);
  if (!report.persistent.empty()) {
    json.key("persistent_errors").begin_array();
    for (const auto& errors : report.persistent) {
      json.begin_object().key("dimension").integer(errors.dimension).key("basis").begin_array();
      for (const auto& vector : errors.basis) {
        json.begin_array(core::JsonWriter::Layout::kInline);
        for (const std::string& entry : as_strings(vector)) json.string(entry);
        json.end_array();
      }
      json.end_array().key("kept_by").begin_array(core::JsonWriter::Layout::kInline);
      for (const core::Symbol x : errors.keeping) json.integer(core::index(x));
      json.end_array().end_object();
    }
    json.end_array();
  }
  json.key("semantics").string(semantics).key("plan").string(report.plan);
  json.key("parameters").integer(report.parameters).key("rounded_parameters").integer(report.rounded);
  json.key("state_bits").integer(check.state_bits).key("table_bytes").integer(check.table_bytes);
  json.key("bytes_per_state").string(fmt::format("{:.1f}", bytes_a_state(check)));
  json.key("seconds").string(fmt::format("{:.3f}", check.seconds));
  if (!report.automaton.empty()) json.key("automaton").string(report.automaton);
  if (!report.certificate.empty()) json.key("certificate").string(report.certificate);
  json.end_object();
  return json.take();
}

/// Writes the automaton of what the network recognises; says so, or why not.
template <class T>
std::string extract(const Request& request, const T& arithmetic,
                    const lrnn::RoundedNetwork<typename T::Scalar>& network, automata::Format format,
                    const std::string& model, const std::string& semantics) {
  try {
    const automata::Dfa dfa = verification::recognised_language(arithmetic, network, request.limits);
    core::write_file(request.output, in_format(dfa, format, "what " + model + " recognises in " + semantics, ""));
    return fmt::format("{} ({} of what the network recognises)", request.output, counted(dfa.states(), "state"));
  } catch (const core::LimitReached& limit) {
    return fmt::format("not written: {}", limit.what());
  }
}

/// Writes the certificate, if one was asked for; says so, or why not.
template <class K, class... Proof>
std::string certify(const Request& request, const lrnn::ModelOver<K>& model, const std::string& semantics,
                    const Proof&... proof) {
  if (request.certificate.empty()) return "";
  try {
    core::write_file(request.certificate,
                     verification::write_certificate(model.arithmetic, model.network, semantics, proof...));
    return request.certificate;
  } catch (const core::LimitReached& limit) {
    return fmt::format("not written: {}", limit.what());
  }
}

/// How long errors are too small to matter, if the exact network is right that long.
template <class K, class T>
void bound_errors(const lrnn::ModelOver<K>& model, const T& arithmetic, const automata::Dfa& language,
                  const core::Limits& limits, Report& report) {
  if constexpr (std::is_same_v<K, exact::RationalArithmetic> && std::is_same_v<T, precision::FloatArithmetic>) {
    const auto bound = verification::error_horizon(arithmetic, model.network, half_of(limits));
    report.horizon_reason = bound.why_not;
    constexpr std::size_t kWidest = 64;  // dimensions; the subspace is a reason, not an answer
    try {
      for (const auto& layer : model.network.layers) {
        if (layer.dimension > kWidest) break;
        report.persistent.push_back(verification::error_subspace(layer, half_of(limits)));
      }
    } catch (const core::LimitReached&) {
      // Without it the answer is the same.
    }
    if (!bound.length) return;
    const auto exact = verification::check_model(model.arithmetic, model.network, language, limits);
    std::size_t right = *bound.length;
    if (exact.verdict.is_unknown()) right = std::min(right, exact.agrees_up_to_length);
    if (exact.verdict.is_no()) {
      const std::size_t wrong = exact.verdict.witness().word.size();
      if (wrong == 0) return;
      right = std::min(right, wrong - 1);
    }
    report.horizon = right;
  } else {
    report.horizon_reason = "bounds are made for floats and rational networks";
  }
}

/// The search for closure in half of the time; if that ends without an answer, a bound of the errors, then long words.
/// What they find is a difference, though not a shortest one. Closure is searched for by all processes of a job, the
/// rest is for the first one.
template <class K, class T>
void find(const Request& request, const lrnn::ModelOver<K>& model, const T& arithmetic,
          const lrnn::RoundedNetwork<typename T::Scalar>& rounded, const automata::Dfa& language,
          const std::string& semantics, Report& report) {
  constexpr std::size_t kLetters = 200'000;
  NumericCheck& check = report.check;
  core::Limits limits = half_of(request.limits);
  const auto closure = [&](const core::Limits& within) {
    if (Ranks::job().is_alone())
      return verification::check_numeric(arithmetic, rounded, language, within, request.up_to);
    RanksJob job;
    auto shared = verification::check_numeric_shared(job, arithmetic, rounded, language, within, request.up_to,
                                                     !request.certificate.empty());
    if (!shared.no_closure.empty()) report.certificate = "not written: " + shared.no_closure;
    return std::move(shared.check);
  };
  if constexpr (std::is_same_v<T, precision::FloatArithmetic>) {
    // A list of states says how many there are; so boxes come after a short list, and before a long one.
    constexpr std::size_t kFirstTable = std::size_t{1} << 26;
    const bool is_second = request.up_to.has_value() || limits.memory_bytes <= kFirstTable;
    core::Limits first = limits;
    // In each process: what one would list, more list as well.
    if (!is_second) first.memory_bytes = kFirstTable;
    check = closure(first);
    if (!check.verdict.is_unknown()) return;
    const bool has_boxes = !request.up_to && decided_by_first([&] {
      const auto region = verification::closed_region(arithmetic, rounded.network, language, half_of(request.limits));
      if (!region) return false;
      report.boxes = static_cast<std::size_t>(
          std::count_if(region->boxes.begin(), region->boxes.end(), [](const auto& box) { return box.has_value(); }));
      report.certificate = certify(request, model, semantics, arithmetic, *region);
      return true;
    });
    if (has_boxes) {
      check.verdict = decltype(check.verdict)::yes({}, "numeric-closure");
      return;
    }
    if (!is_second) {
      auto last = closure(half_of(request.limits));
      // In the time that was left it may not have come as far.
      if (!last.verdict.is_unknown() || last.agrees_up_to_length >= check.agrees_up_to_length) check = std::move(last);
    }
  } else {
    check = closure(limits);
  }
  if (!check.verdict.is_unknown() || request.up_to || !Ranks::job().is_first()) return;
  bound_errors(model, arithmetic, language, half_of(request.limits), report);
  auto difference = verification::run_long_words(arithmetic, rounded, over_alphabet(language, rounded.network.alphabet),
                                                 kLetters, request.seed, request.limits);
  if (!difference) return;
  if (report.horizon && *report.horizon >= difference->word.size())
    throw std::logic_error("a word within the bound of errors is answered wrongly");
  check.verdict = decltype(check.verdict)::no(std::move(*difference), "run-of-a-word");
}

template <class K, class T>
Report run(const Request& request, const lrnn::ModelOver<K>& model, const T& arithmetic,
           const automata::Language& language, const std::string& model_name,
           const expressivity::Semantics& semantics) {
  std::optional<automata::Format> format;
  if (!request.output.empty()) format = output_format(request);
  const auto rounded = lrnn::rounded_network(arithmetic, model.arithmetic, model.network, request.limits);
  Report report{{core::Verdict<core::NoEvidence, Counterexample>::unknown("")},
                verification::description(arithmetic),
                rounded.parameters,
                rounded.rounded,
                "",
                ""};
  find(request, model, arithmetic, rounded, language.dfa, semantics.text, report);
  if (!Ranks::job().is_first()) return report;
  if (format) report.automaton = extract(request, arithmetic, rounded, *format, model_name, semantics.text);
  if (report.check.closure)
    report.certificate = certify(request, model, semantics.text, *report.check.closure, request.limits);
  return report;
}

/// The set in "cast:-1,1".
std::vector<exact::Rational> cast_set(const expressivity::Semantics& semantics) {
  std::vector<exact::Rational> set;
  std::string_view rest = std::string_view(semantics.text).substr(std::string_view("cast:").size());
  for (;;) {
    const std::size_t comma = rest.find(',');
    set.push_back(exact::parse_rational(rest.substr(0, comma), {"--semantics"}));
    if (comma == std::string_view::npos) return set;
    rest.remove_prefix(comma + 1);
  }
}

Result check_with_cast(const Request& request, const lrnn::Model& model, const std::string& model_name,
                       const automata::Language& language, const expressivity::Semantics& semantics) {
  const auto* over = std::get_if<lrnn::ModelOver<exact::RationalArithmetic>>(&model);
  if (over == nullptr) throw NotBuilt("semantics " + semantics.text + " of numbers that are not rational");
  if (const auto why = verification::why_no_cast_check(over->network))
    throw NotBuilt("semantics " + semantics.text + " of a network with (" + *why + ")");
  if (!request.output.empty()) throw NotBuilt("-o in semantics " + semantics.text);
  if (!request.certificate.empty()) throw NotBuilt("a certificate in semantics " + semantics.text);
  const Report report{
      verification::check_cast(over->network, cast_set(semantics), language.dfa, request.limits, request.up_to),
      "products exact, every coordinate cast to the nearest number of the set before it is read",
      0,
      0,
      "",
      ""};
  return {exit_of(report.check.verdict.answer()),
          request.json ? as_json(report, semantics.text) : as_text(report, model_name, language.name, semantics.text)};
}

/// For all choices.
template <class K>
Result check_with_choices(const Request& request, const lrnn::ModelOver<K>& model, const std::string& model_name,
                          const precision::FloatArithmetic& arithmetic, const automata::Language& language,
                          const std::string& semantics) {
  if (!request.output.empty()) throw NotBuilt("-o in semantics " + semantics);
  const auto rounded = lrnn::rounded_network(arithmetic, model.arithmetic, model.network, request.limits);
  auto found = verification::check_stochastic(arithmetic, rounded.network, language.dfa, request.limits, request.up_to);
  Report report{std::move(found.check),
                "everything in " + std::string(arithmetic.plan().state.name) +
                    "; parameters rounded nearest-even, every product and sum stochastically: all choices tried",
                rounded.parameters,
                rounded.rounded,
                "",
                ""};
  for (const auto& letter : found.choices) {
    std::string text;
    for (const bool is_up : letter) text += is_up ? 'u' : 'd';
    report.choices.push_back(std::move(text));
  }
  if (report.check.closure)
    report.certificate = certify(request, model, semantics, *report.check.closure, request.limits);
  return {exit_of(report.check.verdict.answer()),
          request.json ? as_json(report, semantics) : as_text(report, model_name, language.name, semantics)};
}

}  // namespace

std::optional<std::string> format_rounded_stochastically(const std::string& semantics) {
  constexpr std::string_view kPlan = ",stochastic";
  const bool is_it = semantics.starts_with("float:") && semantics.ends_with(kPlan);
  return is_it ? std::optional(semantics.substr(0, semantics.size() - kPlan.size())) : std::nullopt;
}

core::Limits half_of(core::Limits limits) {
  const auto now = core::Limits::Clock::now();
  if (limits.deadline && *limits.deadline > now) limits.deadline = now + (*limits.deadline - now) / 2;
  return limits;
}

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
                        const automata::Language& language, const expressivity::Semantics& semantics,
                        bool is_stochastic) {
  if (semantics.kind == expressivity::Semantics::Kind::kCast)
    return check_with_cast(request, model, model_name, language, semantics);
  if (const auto* complex = std::get_if<lrnn::ModelOver<exact::CyclotomicField>>(&model)) {
    auto real = lrnn::real_form(*complex);
    if (!real) throw NotBuilt("semantics " + semantics.text + " of this network over a cyclotomic field");
    const auto as_model = [](auto& over) { return lrnn::Model(std::move(over)); };
    return check_in_numbers(request, std::visit(as_model, *real), "the real form of " + model_name, language, semantics,
                            is_stochastic);
  }
  if (const auto why = verification::why_not_built(semantics)) throw NotBuilt(*why);
  if (request.output == "-") throw core::Error("-o - would mix the automaton with the verdict; name a file");
  const auto arithmetic = verification::numeric_arithmetic(semantics);
  if (is_stochastic) {
    const auto& floats = std::get<precision::FloatArithmetic>(arithmetic);
    return std::visit(
        [&](const auto& over) {
          if constexpr (std::is_same_v<std::decay_t<decltype(over)>, lrnn::ModelOver<exact::CyclotomicField>>) {
            throw std::logic_error("a complex network after its real form was taken");
            return Result{};
          } else {
            return check_with_choices(request, over, model_name, floats, language, request.semantics);
          }
        },
        model);
  }
  const Report report =
      std::visit([&](const auto& over,
                     const auto& numbers) { return run(request, over, numbers, language, model_name, semantics); },
                 model, arithmetic);
  return {exit_of(report.check.verdict.answer()),
          request.json ? as_json(report, semantics.text) : as_text(report, model_name, language.name, semantics.text)};
}

}  // namespace eigenmata::cli
