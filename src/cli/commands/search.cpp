// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "../common.hpp"
#include "../ranks.hpp"
#include "../request.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/verification/numeric_certificate.hpp"
#include "eigenmata/verification/period_search.hpp"
#include "search_sweep.hpp"

namespace eigenmata::cli {
namespace {

using verification::PeriodicOrbit;
using verification::PeriodSearch;
using verification::PeriodStructure;

PeriodStructure structure_named(const std::string& name) {
  if (name == "diagonal-complex") return PeriodStructure::kDiagonalComplex;
  if (name == "diagonal-real") return PeriodStructure::kDiagonalReal;
  if (name == "householder-pair") return PeriodStructure::kHouseholderPair;
  throw core::Error(
      {"--structure"},
      core::in_quotes(name) + " is no structure; expected diagonal-complex, diagonal-real or householder-pair");
}

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

constexpr std::size_t kLongestNearCircle = 64;

/// That the orbit counts for ever, as a certificate about the network that it is. Says where it is, or why it is not.
std::string certify(const Request& request, PeriodStructure structure, const precision::FloatFormat& format,
                    const PeriodicOrbit& orbit) {
  const exact::RationalArithmetic k;
  const lrnn::RationalNetwork network = verification::counter_of(structure, orbit);
  const precision::FloatArithmetic arithmetic(precision::named_plan("all-same", format, {"--format"}));
  const std::size_t m = orbit.states.size();
  std::vector<automata::State> next;
  std::vector<bool> accepting(m, false);
  for (std::size_t i = 0; i < m; ++i) next.push_back(automata::state((i + 1) % m));
  accepting[0] = true;
  const automata::Dfa multiples(network.alphabet, automata::state(0), std::move(accepting), std::move(next));
  try {
    const auto rounded = lrnn::rounded_network(arithmetic, k, network, request.limits);
    const auto check = verification::check_numeric(arithmetic, rounded, multiples, request.limits);
    if (check.verdict.is_unknown()) return fmt::format("not written: {}", check.verdict.reason());
    if (!check.closure) throw std::logic_error(fmt::format("an orbit of period {} does not count", m));
    core::write_file(request.certificate,
                     verification::write_certificate(k, network, fmt::format("float:{}", format.name), *check.closure,
                                                     request.limits));
  } catch (const core::LimitReached& limit) {
    return fmt::format("not written: {}", limit.what());
  }
  return request.certificate;
}

}  // namespace

Result run_search(const Request& request) {
  (void)operands(request, 0, 0, "no language");
  const PeriodStructure structure = structure_named(request.structure);
  const auto& format = precision::float_format(request.number_format, {"--format"});
  const bool near_circle = format.bits() > 8;
  if (near_circle && (structure != PeriodStructure::kDiagonalComplex || format.bits() > 16))
    throw NotBuilt(fmt::format("searching {} {}", request.structure, format.name));
  if (!request.certificate.empty() && !request.period)
    throw core::Error({"--certificate"}, "a certificate is about one orbit; say which --period");
  if (near_circle && request.period && *request.period < 3)
    throw core::Error({"--period"},
                      fmt::format("{} is searched for periods from 3 on: 1 and -1 have periods 1 and 2", format.name));
  const Sweep sweep = run_sweep(request, structure, format, kLongestNearCircle);
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
    certificate = certify(request, structure, format, found[0].second);
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
