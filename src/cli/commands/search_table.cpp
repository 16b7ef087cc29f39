// SPDX-License-Identifier: Apache-2.0
#include "search_table.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>
#include <vector>

#include "../common.hpp"
#include "../ranks.hpp"
#include "eigenmata/core/json.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/verification/numeric_certificate.hpp"
#include "search_sweep.hpp"

namespace eigenmata::cli {

using verification::PeriodicOrbit;
using verification::PeriodSearch;
using verification::PeriodStructure;

namespace {

constexpr std::pair<const char*, PeriodStructure> kStructures[] = {
    {"diagonal-complex", PeriodStructure::kDiagonalComplex},
    {"diagonal-real", PeriodStructure::kDiagonalReal},
    {"householder-pair", PeriodStructure::kHouseholderPair}};

struct Line {
  std::string structure;
  std::string format;
  PeriodSearch search;
  std::size_t certificates = 0;
  std::string not_written;  ///< why a certificate is not there
};

/// '+' there is an orbit, '-' there is none, '?' none in what was searched, which is not all.
char sign(const Line& line, std::size_t period) {
  if (line.search.orbits.contains(period)) return '+';
  return line.search.exhaustive ? '-' : '?';
}

Line searched(const Request& request, const char* name, PeriodStructure structure,
              const precision::FloatFormat& format) {
  Line line{name, std::string(format.name), run_sweep(request, structure, format, kLongestListed).search, 0, ""};
  for (const auto& [period, orbit] : line.search.orbits) {
    // By the soft arithmetic, which the tables of the search were not asked to be believed for.
    if (!verification::is_orbit(structure, format, orbit))
      throw std::logic_error(fmt::format("an orbit of period {} is none", period));
    if (request.certificates.empty() || period < 2 || period > kLongestListed) continue;
    const std::string path = (std::filesystem::path(request.certificates) /
                              fmt::format("{}-{}-{}.cert", line.structure, line.format, period))
                                 .string();
    const std::string written = certify_orbit(structure, format, orbit, path, request.limits);
    if (written == path) {
      ++line.certificates;
    } else {
      line.not_written = fmt::format("period {}: {}", period, written);
    }
  }
  return line;
}

std::string as_json(const std::vector<Line>& lines) {
  core::JsonWriter json;
  json.begin_object().key("table").begin_array();
  for (const Line& line : lines) {
    json.begin_object().key("structure").string(line.structure).key("format").string(line.format);
    json.key("exhaustive").boolean(line.search.exhaustive).key("searched").integer(line.search.parameters);
    json.key("periods").begin_array(core::JsonWriter::Layout::kInline);
    for (std::size_t m = 2; m <= kLongestListed; ++m) {
      if (sign(line, m) == '+') json.integer(m);
    }
    json.end_array().key("certificates").integer(line.certificates).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

/// A character for each period, in groups that begin at multiples of ten.
template <class Character>
std::string by_period(const Character& character) {
  std::string text;
  for (std::size_t m = 2; m <= kLongestListed; ++m) {
    if (m % 10 == 0) text += ' ';
    text += character(m);
  }
  return text;
}

std::string as_text(const std::vector<Line>& lines, const std::string& folder) {
  std::string text = "exact orbits of period m: + there is one, - there is none, ? none was found\n";
  text += fmt::format("{:>28}2        10         20         30         40         50         60\n", "m = ");
  std::size_t certificates = 0;
  for (const Line& line : lines) {
    text += fmt::format("{:17} {:10}{}\n", line.structure, line.format,
                        by_period([&](std::size_t m) { return sign(line, m); }));
    certificates += line.certificates;
  }
  for (const Line& line : lines) {
    if (!line.search.stopped_by.empty())
      text += fmt::format("  stopped      {} {}: {}\n", line.structure, line.format, line.search.stopped_by);
    if (!line.not_written.empty())
      text += fmt::format("  no file      {} {}, {}\n", line.structure, line.format, line.not_written);
  }
  if (!folder.empty()) text += fmt::format("  certificates {} in {}\n", certificates, folder);
  return text;
}

}  // namespace

PeriodStructure structure_named(const std::string& name) {
  for (const auto& [text, structure] : kStructures) {
    if (name == text) return structure;
  }
  throw core::Error(
      {"--structure"},
      core::in_quotes(name) + " is no structure; expected diagonal-complex, diagonal-real or householder-pair");
}

std::string certify_orbit(PeriodStructure structure, const precision::FloatFormat& format, const PeriodicOrbit& orbit,
                          const std::string& path, const core::Limits& limits) {
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
    const auto rounded = lrnn::rounded_network(arithmetic, k, network, limits);
    const auto check = verification::check_numeric(arithmetic, rounded, multiples, limits);
    if (check.verdict.is_unknown()) return fmt::format("not written: {}", check.verdict.reason());
    if (!check.closure) throw std::logic_error(fmt::format("an orbit of period {} does not count", m));
    core::write_file(path, verification::write_certificate(k, network, fmt::format("float:{}", format.name),
                                                           *check.closure, limits));
  } catch (const core::LimitReached& limit) {
    return fmt::format("not written: {}", limit.what());
  }
  return path;
}

Result search_table(const Request& request) {
  if (request.period || !request.resume.empty() || !request.certificate.empty())
    throw core::Error({"--table"}, "goes without --period, --resume and --certificate");
  if (!request.structure.empty()) (void)structure_named(request.structure);
  if (!request.number_format.empty()) (void)precision::float_format(request.number_format, {"--format"});
  if (!request.certificates.empty()) {
    std::error_code error;
    std::filesystem::create_directories(request.certificates, error);
    if (!std::filesystem::is_directory(request.certificates))
      throw core::Error({request.certificates}, "is no folder and cannot be made one");
  }
  std::vector<Line> lines;
  for (const auto& [name, structure] : kStructures) {
    if (!request.structure.empty() && request.structure != name) continue;
    for (const precision::FloatFormat& format : precision::float_formats()) {
      const bool is_named = request.number_format == format.name;
      if (!is_named && !request.number_format.empty()) continue;
      const bool near_circle = is_named && structure == PeriodStructure::kDiagonalComplex && format.bits() == 16;
      if (format.bits() <= 8 || near_circle) lines.push_back(searched(request, name, structure, format));
    }
  }
  if (!Ranks::job().is_first()) return {};
  if (lines.empty()) throw NotBuilt(fmt::format("searching {} {}", request.structure, request.number_format));
  bool is_complete = true;
  for (const Line& line : lines)
    is_complete = is_complete && line.search.stopped_by.empty() && line.not_written.empty();
  return {is_complete ? Exit::kYes : Exit::kUnknown,
          request.json ? as_json(lines) : as_text(lines, request.certificates)};
}

}  // namespace eigenmata::cli
