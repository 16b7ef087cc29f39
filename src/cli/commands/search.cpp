// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "../common.hpp"
#include "../request.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::cli {
namespace {

using verification::PeriodicOrbit;
using verification::PeriodSearch;
using verification::PeriodStructure;

PeriodStructure structure_named(const std::string& name) {
  if (name == "diagonal-complex") return PeriodStructure::kDiagonalComplex;
  if (name == "diagonal-real") return PeriodStructure::kDiagonalReal;
  if (name == "householder-pair") throw NotBuilt("searching products of two Householder factors");
  throw core::Error(
      {"--structure"},
      core::in_quotes(name) + " is no structure; expected diagonal-complex, diagonal-real or householder-pair");
}

std::string shown(const std::vector<double>& numbers) {
  return numbers.size() == 1 ? fmt::format("{}", numbers[0]) : fmt::format("({}, {})", numbers[0], numbers[1]);
}

std::string as_json(const PeriodSearch& search, const std::vector<std::pair<std::size_t, PeriodicOrbit>>& found,
                    const std::string& space) {
  const auto write = [](core::JsonWriter& json, const std::vector<double>& numbers) {
    json.begin_array(core::JsonWriter::Layout::kInline);
    for (const double x : numbers) json.string(fmt::format("{}", x));
    json.end_array();
  };
  core::JsonWriter json;
  json.begin_object().key("found").begin_array();
  for (const auto& [period, orbit] : found) {
    json.begin_object().key("period").integer(period).key("parameters");
    write(json, orbit.parameters);
    json.key("states").begin_array();
    for (const auto& state : orbit.states) write(json, state);
    json.end_array().end_object();
  }
  json.end_array();
  json.key("searched").integer(search.parameters).key("exhaustive").boolean(search.exhaustive);
  json.key("space").string(space).end_object();
  return json.take();
}

}  // namespace

Result run_search(const Request& request) {
  (void)operands(request, 0, 0, "no language");
  const PeriodStructure structure = structure_named(request.structure);
  const auto& format = precision::float_format(request.number_format, {"--format"});
  if (format.bits() > 8) throw NotBuilt(fmt::format("searching {}, which has more than 8 bits", format.name));
  const PeriodSearch search = verification::search_periods(structure, format, request.limits);
  const std::string space = verification::space_of(structure, format);
  std::vector<std::pair<std::size_t, PeriodicOrbit>> found;
  for (const auto& [period, orbit] : search.orbits) {
    if (request.period && period != *request.period) continue;
    // By the soft arithmetic, which the tables of the search were not asked to be believed for.
    if (!verification::is_orbit(structure, format, orbit))
      throw std::logic_error(fmt::format("an orbit of period {} is none", period));
    found.emplace_back(period, orbit);
  }
  const Exit exit = !found.empty() ? Exit::kYes : search.exhaustive ? Exit::kNo : Exit::kUnknown;
  if (request.json) return {exit, as_json(search, found, space)};
  std::string text;
  for (const auto& [period, orbit] : found) {
    text += fmt::format("period {}: parameters {}, states", period, shown(orbit.parameters));
    constexpr std::size_t kMost = 8;
    for (std::size_t i = 0; i < std::min(orbit.states.size(), kMost); ++i) text += " " + shown(orbit.states[i]);
    text += orbit.states.size() > kMost ? " ...\n" : "\n";
  }
  if (found.empty()) {
    text = search.exhaustive ? fmt::format("none of period {}\n", *request.period)
                             : fmt::format("unknown: {}\n", search.stopped_by);
  }
  text += fmt::format("  searched     {} of parameters, {} for each{}\n", counted(search.parameters, "value"),
                      counted(search.states, "state"), search.exhaustive ? ": all there are" : "");
  text += fmt::format("  space        {}\n", space);
  return {exit, text};
}

}  // namespace eigenmata::cli
