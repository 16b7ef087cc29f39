// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/automata/minimise.hpp"

namespace eigenmata::cli {
namespace {

/// Everything that classification finds out.
struct Classification {
  automata::Language language;
  automata::Dfa minimal;
  algebra::TransitionMonoid monoid;
  core::Verdict<core::NoEvidence, algebra::PeriodWitness> aperiodic;
  core::Verdict<core::NoEvidence, core::Symbol> group;
  core::Verdict<core::NoEvidence, std::pair<core::Symbol, core::Symbol>> commutative;
};

Classification classify(const Request& request) {
  automata::Language language = read_language(request, operands(request, 1, 1, "a language")[0]);
  automata::Dfa minimal = automata::minimised(language.dfa, request.limits);
  algebra::TransitionMonoid monoid(algebra::letter_maps(minimal), request.limits);
  auto aperiodic = algebra::is_aperiodic(minimal, monoid);
  auto group = algebra::is_group(minimal);
  auto commutative = algebra::is_commutative(minimal);
  return {std::move(language),  std::move(minimal), std::move(monoid),
          std::move(aperiodic), std::move(group),   std::move(commutative)};
}

std::string as_json(const Classification& c) {
  using Layout = core::JsonWriter::Layout;
  core::JsonWriter json;
  json.begin_object();
  json.key("name").string(c.language.name).key("states").integer(c.minimal.states());
  json.key("alphabet").strings(c.minimal.alphabet().names());
  json.key("monoid").begin_object();
  json.key("complete").boolean(c.monoid.is_complete());
  if (c.monoid.is_complete()) {
    json.key("size").integer(c.monoid.size()).key("idempotents").integer(c.monoid.count_idempotents());
  } else {
    json.key("size").null().key("idempotents").null();
    json.key("size_at_least").integer(c.monoid.size()).key("stopped_by").string(c.monoid.stopped_by());
  }
  json.end_object();
  json.key("periods").integers(c.monoid.periods());
  json.key("period_witness");
  if (c.aperiodic.is_no()) {
    const auto& w = c.aperiodic.witness();
    json.begin_object();
    json.key("prefix");
    write_word(json, c.minimal.alphabet(), w.prefix);
    json.key("repeat");
    write_word(json, c.minimal.alphabet(), w.repeat);
    json.key("suffix");
    write_word(json, c.minimal.alphabet(), w.suffix);
    json.key("period").integer(w.period).end_object();
  } else {
    json.null();
  }
  json.key("properties").begin_object(Layout::kLines);
  json.key("aperiodic").string(to_string(c.aperiodic.answer()));
  json.key("group").string(to_string(c.group.answer()));
  json.key("commutative").string(to_string(c.commutative.answer()));
  json.end_object().end_object();
  return json.take();
}

std::string as_text(const Classification& c) {
  const core::Alphabet& alphabet = c.minimal.alphabet();
  std::string out = c.language.name + "\n";
  const auto row = [&out](std::string_view name, std::string_view text) {
    out += fmt::format("  {:<18} {}\n", name, text);
  };
  if (!c.language.description.empty()) out += fmt::format("  {}  {}\n", c.language.description, c.language.source);
  row("states", fmt::format("{} (minimal, complete)", c.minimal.states()));
  row("alphabet", counted(alphabet.size(), "letter") + " " + to_string(alphabet));
  if (c.monoid.is_complete()) {
    row("syntactic monoid",
        counted(c.monoid.size(), "element") + ", " + counted(c.monoid.count_idempotents(), "idempotent"));
  } else {
    row("syntactic monoid", "more than " + counted(c.monoid.size(), "element") + ": " + c.monoid.stopped_by());
  }
  std::string periods;
  for (const std::uint64_t p : c.monoid.periods()) periods += (periods.empty() ? "" : " ") + std::to_string(p);
  row("periods", periods + (c.monoid.is_complete() ? "" : " …"));
  if (c.aperiodic.is_no()) {
    const auto& w = c.aperiodic.witness();
    row("aperiodic", fmt::format("no: u x^k v in the language has period {} in k, for u = {}, x = {}, v = {}", w.period,
                                 shown(alphabet, w.prefix), shown(alphabet, w.repeat), shown(alphabet, w.suffix)));
  } else {
    row("aperiodic", c.aperiodic.is_yes() ? "yes: the language is star-free" : "unknown: " + c.aperiodic.reason());
  }
  row("group", c.group.is_yes() ? "yes: every letter permutes the states"
                                : "no: letter " + alphabet.name(c.group.witness()) + " does not permute the states");
  if (c.commutative.is_yes()) {
    row("commutative", "yes");
  } else {
    const auto& [x, y] = c.commutative.witness();
    const std::string blank = alphabet.single_characters() ? "" : " ";
    row("commutative",
        fmt::format("no: {0}{2}{1} and {1}{2}{0} act differently", alphabet.name(x), alphabet.name(y), blank));
  }
  return out;
}

}  // namespace

Result run_classify(const Request& request) {
  const Classification c = classify(request);
  // Stopped before the end, the size is not known, and perhaps not the answer to aperiodicity.
  return {c.monoid.is_complete() ? Exit::kYes : Exit::kUnknown, request.json ? as_json(c) : as_text(c)};
}

}  // namespace eigenmata::cli
