// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "../common.hpp"
#include "../request.hpp"
#include "classification.hpp"

namespace eigenmata::cli {
namespace {

core::JsonWriter& write_integer(core::JsonWriter& json, const exact::Integer& value) {
  return value <= UINT64_MAX ? json.integer(static_cast<std::uint64_t>(value)) : json.string(exact::to_string(value));
}

void write_subgroups(core::JsonWriter& json, const Classification& c) {
  if (!c.classes) {
    json.null();
    return;
  }
  json.begin_array();
  for (const Subgroup& group : c.subgroups) {
    json.begin_object().key("order");
    write_integer(json, group.order);
    json.key("name");
    group.name ? json.string(*group.name) : json.null();
    json.key("solvable");
    group.solvable ? json.boolean(*group.solvable) : json.null();
    json.key("composition_factors");
    group.composition_factors ? json.strings(*group.composition_factors) : json.null();
    json.key("derived_length");
    group.derived_length ? json.integer(*group.derived_length) : json.null();
    json.key("frattini_length");
    group.frattini_length ? json.integer(*group.frattini_length) : json.null();
    json.end_object();
  }
  json.end_array();
}

void write_witnesses(core::JsonWriter& json, const Classification& c) {
  const core::Alphabet& alphabet = c.minimal.alphabet();
  json.begin_object(core::JsonWriter::Layout::kLines);
  for (const Property& property : c.properties) {
    if (property.answer == core::Answer::kYes) continue;
    json.key(property.name).begin_object().key("reason").string(property.reason);
    if (property.witness) {
      json.key("law").string(property.witness->law).key("words").begin_object();
      for (const auto& [variable, word] : property.witness->words) {
        json.key(std::string(1, variable));
        write_word(json, alphabet, word);
      }
      json.end_object().key("left");
      write_word(json, alphabet, property.witness->left);
      json.key("right");
      write_word(json, alphabet, property.witness->right);
      json.key("prefix");
      write_word(json, alphabet, property.witness->prefix);
      json.key("suffix");
      write_word(json, alphabet, property.witness->suffix);
    }
    json.end_object();
  }
  json.end_object();
}

std::string as_json(const Classification& c) {
  using Layout = core::JsonWriter::Layout;
  core::JsonWriter json;
  json.begin_object();
  json.key("name").string(c.language.name).key("states").integer(c.minimal.states());
  json.key("alphabet").strings(c.minimal.alphabet().names());
  json.key("monoid").begin_object();
  json.key("complete").boolean(c.monoid().is_complete()).key("size");
  c.size ? write_integer(json, *c.size) : json.null();
  json.key("idempotents");
  c.idempotents ? json.integer(*c.idempotents) : json.null();
  if (!c.size) {
    json.key("size_at_least");
    write_integer(json, c.size_at_least);
  }
  if (!c.monoid().is_complete()) json.key("stopped_by").string(c.stopped_by);
  json.key("d_classes");
  c.classes ? json.integer(c.classes->d) : json.null();
  json.key("l_classes");
  c.classes ? write_integer(json, c.classes->l) : json.null();
  json.key("r_classes");
  c.classes ? write_integer(json, c.classes->r) : json.null();
  json.key("maximal_subgroups");
  write_subgroups(json, c);
  json.end_object();
  json.key("periods");
  c.periods ? json.integers(*c.periods) : json.null();
  json.key("period_witness");
  if (c.aperiodic().is_no()) {
    const auto& w = c.aperiodic().witness();
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
  for (const Property& property : c.properties) json.key(property.name).string(to_string(property.answer));
  json.end_object();
  json.key("witnesses");
  write_witnesses(json, c);
  json.end_object();
  return json.take();
}

/// Names in lines of about a hundred columns, the later ones indented.
std::string wrapped(const std::vector<std::string>& names) {
  std::string text;
  std::size_t column = 0;
  for (const std::string& name : names) {
    if (!text.empty()) text += column + name.size() > 78 ? ",\n" + std::string(21, ' ') : ", ";
    if (column + name.size() > 78) column = 0;
    text += name;
    column += name.size() + 2;
  }
  return text;
}

std::string shown_subgroups(const Classification& c) {
  std::map<std::string, std::size_t> counts;
  std::vector<std::string> order;
  for (const Subgroup& group : c.subgroups) {
    if (++counts[shown_name(group)] == 1) order.push_back(shown_name(group));
  }
  std::vector<std::string> shown;
  for (const std::string& name : order)
    shown.push_back(name + (counts[name] > 1 ? " (in " + std::to_string(counts[name]) + " D-classes)" : ""));
  return shown.empty() ? "all trivial" : wrapped(shown);
}

std::string as_text(const Classification& c, bool explain) {
  const core::Alphabet& alphabet = c.minimal.alphabet();
  std::string out = c.language.name + "\n";
  const auto row = [&out](std::string_view name, std::string_view text) {
    out += fmt::format("  {:<18} {}\n", name, text);
  };
  if (!c.language.description.empty()) out += fmt::format("  {}  {}\n", c.language.description, c.language.source);
  row("states", fmt::format("{} (minimal, complete)", c.minimal.states()));
  row("alphabet", counted(alphabet.size(), "letter") + " " + to_string(alphabet));
  if (c.size) {
    row("syntactic monoid", counted_exactly(*c.size, "element") +
                                (c.idempotents ? ", " + counted_exactly(*c.idempotents, "idempotent") : ""));
  } else {
    row("syntactic monoid", "at least " + counted_exactly(c.size_at_least, "element") + ": " + c.stopped_by);
  }
  if (c.classes) {
    row("Green's relations",
        fmt::format("D {} ({} regular), L {}, R {}, H {} classes", c.classes->d, c.classes->regular_d,
                    exact::to_string(c.classes->l), exact::to_string(c.classes->r), exact::to_string(c.classes->h)));
    row("maximal subgroups", shown_subgroups(c));
  }
  if (c.periods) {
    std::string periods;
    for (const std::uint64_t p : *c.periods) periods += (periods.empty() ? "" : " ") + std::to_string(p);
    row("periods", periods + (c.monoid().is_complete() ? "" : " …"));
  }
  for (const auto& [answer, name] : {std::pair(core::Answer::kYes, "is"), std::pair(core::Answer::kNo, "is not"),
                                     std::pair(core::Answer::kUnknown, "not known to be")}) {
    std::vector<std::string> names;
    for (const Property& property : c.properties) {
      if (property.answer == answer) names.emplace_back(property.name);
    }
    if (names.empty()) continue;
    if (!explain || answer == core::Answer::kYes) {
      row(name, wrapped(names));
      continue;
    }
    out += fmt::format("  {}\n", name);
    for (const Property& property : c.properties) {
      if (property.answer == answer) out += fmt::format("    {:<26} {}\n", property.name, property.reason);
    }
  }
  if (c.aperiodic().is_no() && !explain) row("not star-free", c.properties[0].reason);
  return out;
}

}  // namespace

Result run_classify(const Request& request) {
  const Classification c(request);
  return {c.is_whole() ? Exit::kYes : Exit::kUnknown, request.json ? as_json(c) : as_text(c, request.explain)};
}

}  // namespace eigenmata::cli
