// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "../common.hpp"
#include "../ranks.hpp"
#include "../request.hpp"
#include "eigenmata/core/json.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/verification/period_search.hpp"
#include "search_sweep.hpp"
#include "search_table.hpp"

namespace eigenmata::cli {
namespace {

using verification::PeriodicOrbit;
using verification::PeriodSearch;
using verification::PeriodStructure;

std::string shown(const std::vector<double>& numbers) {
  return numbers.size() == 1 ? fmt::format("{}", numbers[0]) : fmt::format("({})", fmt::join(numbers, ", "));
}

std::string as_json(const PeriodSearch& search, const std::vector<std::pair<std::size_t, PeriodicOrbit>>& found,
                    const std::string& space, const std::string& certificate) {
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
  json.key("space").string(space);
  if (!certificate.empty()) json.key("certificate").string(certificate);
  json.end_object();
  return json.take();
}

}  // namespace

Result run_search(const Request& request) {
  (void)operands(request, 0, 0, "no language");
  if (request.table) return search_table(request);
  if (!request.certificates.empty())
    throw core::Error({"--certificates"}, "a folder of certificates belongs to --table");
  if (request.structure.empty()) throw core::Error({"--structure"}, "is missing; or --table for all structures");
  if (request.number_format.empty()) throw core::Error({"--format"}, "is missing; or --table for all formats");
  const PeriodStructure structure = structure_named(request.structure);
  const auto& format = precision::float_format(request.number_format, {"--format"});
  const bool near_circle = format.bits() > 8;
  if (near_circle && (structure != PeriodStructure::kDiagonalComplex || format.bits() > 16))
    throw NotBuilt(fmt::format("searching {} {}", request.structure, format.name));
  if (!request.certificate.empty() && !request.period)
    throw core::Error({"--certificate"}, "a certificate is about one orbit; say which --period");
  if (near_circle && request.period && *request.period < 2)
    throw core::Error({"--period"}, fmt::format("{} is searched for periods from 2 on: 1 has period 1", format.name));
  const Sweep sweep = run_sweep(request, structure, format, kLongestListed);
  if (!Ranks::job().is_first()) return {};
  const PeriodSearch& search = sweep.search;
  const std::string space = verification::space_of(structure, format);
  std::vector<std::pair<std::size_t, PeriodicOrbit>> found;
  for (const auto& [period, orbit] : search.orbits) {
    if (request.period && period != *request.period) continue;
    // By the soft arithmetic, which the tables of the search were not asked to be believed for.
    if (!verification::is_orbit(structure, format, orbit))
      throw std::logic_error(fmt::format("an orbit of period {} is none", period));
    found.emplace_back(period, orbit);
  }
  std::string certificate;
  if (!request.certificate.empty() && !found.empty())
    certificate = certify_orbit(structure, format, found[0].second, request.certificate, request.limits);
  const Exit exit = !found.empty() ? Exit::kYes : search.exhaustive ? Exit::kNo : Exit::kUnknown;
  if (request.json) return {exit, as_json(search, found, space, certificate)};
  std::string text;
  for (const auto& [period, orbit] : found) {
    text += fmt::format("period {}: parameters {}, states", period, shown(orbit.parameters));
    constexpr std::size_t kMost = 8;
    for (std::size_t i = 0; i < std::min(orbit.states.size(), kMost); ++i) text += " " + shown(orbit.states[i]);
    text += orbit.states.size() > kMost ? " ...\n" : "\n";
  }
  if (found.empty()) {
    text = search.exhaustive           ? fmt::format("none of period {}\n", *request.period)
           : search.stopped_by.empty() ? "unknown: none in what was searched, which is not all\n"
                                       : fmt::format("unknown: {}\n", search.stopped_by);
  }
  text += fmt::format("  searched     {} of parameters, {} for each{}\n", counted(search.parameters, "value"),
                      counted(search.states, "state"), search.exhaustive ? ": all there are" : "");
  text += fmt::format("  space        {}\n", space);
  if (!found.empty() && !search.stopped_by.empty()) text += fmt::format("  stopped      {}\n", search.stopped_by);
  if (!request.resume.empty())
    text += fmt::format("  resumed      {} of {} parts were known, {} are now: {}\n", sweep.resumed, sweep.parts,
                        sweep.done, request.resume);
  if (!certificate.empty()) text += fmt::format("  certificate  {}\n", certificate);
  return {exit, text};
}

}  // namespace eigenmata::cli
