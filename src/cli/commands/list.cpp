// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fmt/ranges.h>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/core/bibliography.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/core/theorems.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/expressivity/semantics.hpp"
#include "eigenmata/precision/soft_float.hpp"
#include "eigenmata/verification/format_groups.hpp"
#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::cli {
namespace {

/// A line of a list: a name, and what there is to say about it.
struct Item {
  std::string name;
  std::vector<std::pair<std::string, std::string>> fields;
};

std::vector<Item> languages(const Request& request) {
  std::vector<Item> items;
  for (const std::string& name : automata::catalogue_names()) {
    const automata::Language language = read_language(request, {name, false});
    items.push_back({name,
                     {{"states", std::to_string(language.dfa.states())},
                      {"letters", std::to_string(language.dfa.letters())},
                      {"description", language.description},
                      {"source", language.source}}});
  }
  return items;
}

std::vector<Item> theorems() {
  std::vector<Item> items;
  for (const auto& theorem : core::theorems()) {
    items.push_back(
        {std::string(theorem.id),
         {{"statement", std::string(theorem.statement)},
          {"semantics", theorem.semantics.empty() ? "algebra" : "in " + std::string(theorem.semantics)},
          {"source", std::string(theorem.source)},
          {"machine-checked", theorem.coq.empty() ? "not machine-checked" : "Coq: " + std::string(theorem.coq)}}});
  }
  return items;
}

std::vector<Item> references() {
  std::vector<Item> items;
  for (const auto& reference : core::bibliography())
    items.push_back({std::string(reference.key), {{"reference", std::string(reference.text)}}});
  return items;
}

std::vector<Item> classes() {
  std::vector<Item> items;
  for (const auto& c : expressivity::all_classes()) {
    items.push_back(
        {std::string(c.pattern), {{"matrices", std::string(c.matrices)}, {"languages", std::string(c.languages)}}});
  }
  return items;
}

std::vector<Item> architectures() {
  std::vector<Item> items;
  for (const auto& architecture : expressivity::all_architectures()) {
    items.push_back({std::string(architecture.name),
                     {{"class", std::string(architecture.model_class)},
                      {"transition", std::string(architecture.transition)},
                      {"writes", std::string(architecture.written)},
                      {"source", std::string(architecture.source)}}});
  }
  return items;
}

std::vector<Item> semantics() {
  std::vector<Item> items;
  for (const auto& s : expressivity::all_semantics())
    items.push_back({std::string(s.pattern), {{"meaning", std::string(s.meaning)}}});
  return items;
}

std::vector<Item> formats() {
  std::vector<Item> items{{"att", {{"file", "AT&T / OpenFST text"}}},
                          {"dot", {{"file", "Graphviz"}}},
                          {"jff", {{"file", "JFLAP"}}},
                          {"json", {{"file", "the project's own"}}},
                          {"gap", {{"file", "a GAP list of transformations"}}}};
  for (const auto& format : precision::float_formats()) {
    const precision::SoftFloat soft(format);
    items.push_back({std::string(format.name),
                     {{"numbers", fmt::format("float, {} exponent and {} fraction bits", format.exponent_bits,
                                              format.fraction_bits)},
                      {"largest", fmt::format("largest {}", soft.to_double(format.largest()))},
                      {"smallest", fmt::format("smallest {}", soft.to_double(1))}}});
  }
  return items;
}

/// What a scalar layer of a small format can count. All of it is gone through here and now; of complex scalars only the
/// narrow formats, as the others take minutes.
std::vector<Item> groups() {
  using verification::PeriodStructure;
  constexpr int kQuick = 6;  // bits
  std::vector<Item> items;
  for (const auto& format : precision::float_formats()) {
    if (format.bits() > 8) continue;
    const auto found = verification::scalar_groups(format, precision::Rounding::kNearestEven, {});
    const auto largest = found.largest_group();
    Item item{std::string(format.name), {}};
    item.fields.emplace_back(
        "scalar", fmt::format("h <- a h + b, all {} letters on all {} numbers: {} keep the order, {} turn it round",
                              found.letters, found.numbers, found.monotone, found.antitone));
    item.fields.emplace_back("nonnegative", fmt::format("a >= 0: periods {}; the groups of all letters together are {}",
                                                        fmt::join(found.periods, " "),
                                                        largest ? "trivial (rounding-monotone)" : "not bounded"));
    item.fields.emplace_back(
        "signed", fmt::format("any a: periods {}; groups of all letters together have at most {}",
                              fmt::join(found.signed_periods, " "),
                              largest ? fmt::format("{} elements (rounding-monotone)", *largest) : "? elements"));
    item.fields.emplace_back("stochastic", fmt::format("stochastic rounding: cycles without a choice have periods {}",
                                                       fmt::join(found.sure_periods, " ")));
    if (format.bits() <= kQuick) {
      const auto search = verification::search_periods(PeriodStructure::kDiagonalComplex, format, {});
      std::vector<std::size_t> periods;
      for (const auto& [period, orbit] : search.orbits) periods.push_back(period);
      item.fields.emplace_back("complex", fmt::format("complex scalars z <- a z: periods {}", fmt::join(periods, " ")));
    } else {
      item.fields.emplace_back(
          "complex",
          fmt::format("complex scalars: eigenmata search --structure diagonal-complex --format {}", format.name));
    }
    items.push_back(std::move(item));
  }
  for (int bits = 1; bits <= 4; ++bits) {
    const auto found = verification::wrap_around_groups(bits, {});
    items.push_back({fmt::format("uint:{}", bits),
                     {{"scalar", fmt::format("x <- a x + b, all {} maps: periods {}; the largest group has {} elements",
                                             found.monoid, fmt::join(found.periods, " "), found.largest_group)}}});
  }
  return items;
}

std::vector<Item> items_of(const Request& request, const std::string& kind) {
  if (kind == "languages") return languages(request);
  if (kind == "classes") return classes();
  if (kind == "semantics") return semantics();
  if (kind == "formats") return formats();
  if (kind == "groups") return groups();
  if (kind == "theorems") return theorems();
  if (kind == "references") return references();
  if (kind == "architectures") return architectures();
  throw core::Error(
      core::in_quotes(kind) +
      " cannot be listed; expected languages, classes, architectures, semantics, formats, groups, theorems or "
      "references");
}

std::string as_json(const std::vector<Item>& items) {
  core::JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const Item& item : items) {
    json.begin_object(core::JsonWriter::Layout::kInline).key("name").string(item.name);
    for (const auto& [key, value] : item.fields) {
      std::uint64_t number = 0;
      json.key(key);
      if (core::parse_unsigned(value, number)) {
        json.integer(number);
      } else {
        json.string(value);
      }
    }
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string languages_as_text(const std::vector<Item>& items) {
  std::string out = fmt::format("{:<28} {:>6} {:>7}  {}\n", "name", "states", "letters", "language");
  for (const Item& item : items) {
    out += fmt::format("{:<28} {:>6} {:>7}  {}  {}\n", item.name, item.fields[0].second, item.fields[1].second,
                       item.fields[2].second, item.fields[3].second);
  }
  return out;
}

std::string as_text(const std::vector<Item>& items) {
  std::string out;
  for (const Item& item : items) {
    out += item.name;
    for (const auto& [key, value] : item.fields) out += fmt::format("\n    {}", value);
    out += "\n";
  }
  return out;
}

}  // namespace

Result run_list(const Request& request) {
  if (request.positionals.size() > 1)
    throw core::Error("'eigenmata list' takes one kind of thing; see 'eigenmata help list'");
  const std::string kind = request.positionals.empty() ? "languages" : request.positionals[0];
  const auto items = items_of(request, kind);
  if (request.json) return {Exit::kYes, as_json(items)};
  return {Exit::kYes, kind == "languages" ? languages_as_text(items) : as_text(items)};
}

}  // namespace eigenmata::cli
