// SPDX-License-Identifier: Apache-2.0
//
// The file of --resume is text: a line that says which search it is, then one line for each part that is done, numbers
// separated by blanks, and a line with a checksum of all lines before it:
//
//   part NUMBER parameters COUNT states COUNT exhaustive 0|1 orbits COUNT
//        {PERIOD PARAMETERS COUNT x ... STATE-SIZE n (PERIOD times n numbers)} end
//   checksum 16 HEXADECIMAL DIGITS
//
// It is written anew, whole, whenever a part is done. The same lines of parts go from process to process.
//
// Orbits are run again when the file is read, but how many parameters and states were searched, and that nothing was
// left out, is what the file says. Hence the checksum, FNV-1a of 64 bits: each of its steps is a bijection of the 64
// bits for a given byte and maps different bytes to different values, so one changed byte never goes unnoticed, and
// other changes with a chance of about 2^-64. It is made against accidents and edits, not against a forger, who can
// compute it.
#include "search_sweep.hpp"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <map>
#include <sstream>

#include "../ranks.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/core/input.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::cli {
namespace {

using verification::PeriodicOrbit;
using verification::PeriodSearch;
using verification::PeriodStructure;
using verification::SearchPart;

/// So many parts a search has, for the sake of sharing and of resuming: each is a small share of the work.
constexpr std::size_t kParts = 32;

std::string line_of(std::size_t number, const PeriodSearch& search) {
  std::string line = fmt::format("part {} parameters {} states {} exhaustive {} orbits {}", number, search.parameters,
                                 search.states, search.exhaustive ? 1 : 0, search.orbits.size());
  for (const auto& [period, orbit] : search.orbits) {
    line += fmt::format(" {} {}", period, orbit.parameters.size());
    for (const double x : orbit.parameters) line += fmt::format(" {}", x);
    line += fmt::format(" {}", orbit.states.at(0).size());
    for (const auto& state : orbit.states) {
      for (const double x : state) line += fmt::format(" {}", x);
    }
  }
  return line + " end";
}

/// FNV-1a (Fowler, Noll and Vo), 64 bits.
std::string checksum_line(std::string_view text) {
  std::uint64_t sum = 0xcbf29ce484222325;
  for (const char byte : text) sum = (sum ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  return fmt::format("checksum {:016x}\n", sum);
}

/// Reads the words of a line; every one of them has to be what is expected.
class LineReader {
 public:
  LineReader(const std::string& line, std::string where) : stream_(line), where_(std::move(where)) {}

  void word(std::string_view expected) {
    if (next() != expected) fail();
  }
  template <class Number>
  Number number() {
    const std::string text = next();
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) fail();
    return value;
  }
  /// A count of what is still to come on this line.
  std::size_t count() {
    const auto value = number<std::size_t>();
    if (value > stream_.str().size()) fail();
    return value;
  }
  void end() {
    word("end");
    if (!next().empty()) fail();
  }

 private:
  std::string next() {
    std::string text;
    stream_ >> text;
    return text;
  }
  [[noreturn]] void fail() const { throw core::Error({where_}, "is damaged; remove the file to begin anew"); }

  std::istringstream stream_;
  std::string where_;
};

std::pair<std::size_t, PeriodSearch> part_of(const std::string& line, const std::string& where) {
  LineReader reader(line, where);
  PeriodSearch search;
  reader.word("part");
  const auto number = reader.number<std::size_t>();
  reader.word("parameters");
  search.parameters = reader.number<std::uint64_t>();
  reader.word("states");
  search.states = reader.number<std::uint64_t>();
  reader.word("exhaustive");
  search.exhaustive = reader.number<unsigned>() != 0;
  reader.word("orbits");
  for (std::size_t left = reader.count(); left > 0; --left) {
    const std::size_t period = reader.count();
    PeriodicOrbit orbit;
    for (std::size_t i = reader.count(); i > 0; --i) orbit.parameters.push_back(reader.number<double>());
    const std::size_t n = reader.count();
    for (std::size_t s = 0; s < period; ++s) {
      std::vector<double> state;
      for (std::size_t i = 0; i < n; ++i) state.push_back(reader.number<double>());
      orbit.states.push_back(std::move(state));
    }
    search.orbits[period] = std::move(orbit);
  }
  reader.end();
  return {number, std::move(search)};
}

class SweepRun {
 public:
  SweepRun(const Request& request, PeriodStructure structure, const precision::FloatFormat& format, std::size_t longest)
      : request_(request), structure_(structure), format_(format), near_circle_(format.bits() > 8) {
    first_period_ = near_circle_ ? request.period.value_or(2) : 0;
    last_period_ = near_circle_ ? request.period.value_or(longest) : 0;
    parts_ = (last_period_ - first_period_ + 1) * kParts;
  }

  Sweep run() {
    Ranks& job = Ranks::job();
    share_file();
    Sweep sweep;
    sweep.parts = parts_;
    sweep.resumed = done_.size();
    std::vector<std::size_t> open;
    for (std::size_t number = 0; number < parts_; ++number) {
      if (done_.count(number) == 0) open.push_back(number);
    }
    for (std::size_t i = job.rank(); i < open.size(); i += job.size()) {
      const std::size_t number = open[i];
      if (is_needless(number)) continue;
      PeriodSearch part = search(number);
      if (!part.stopped_by.empty()) {
        stopped_by_ = part.stopped_by;
        break;
      }
      if (job.is_first()) {
        add(number, std::move(part));
        take(job.arrived(false));
      } else {
        job.send(line_of(number, part));
        done_[number] = std::move(part);
      }
    }
    if (!job.is_first()) return sweep;
    while (stopped_by_.empty() && !is_done()) {
      const auto messages = job.arrived(true);
      if (messages.empty()) break;
      take(messages);
    }
    if (!is_done() && stopped_by_.empty()) stopped_by_ = "another process was stopped by its limits";
    sweep.done = done_.size();
    sweep.search = result();
    return sweep;
  }

 private:
  [[nodiscard]] SearchPart part(std::size_t number) const { return {number % kParts, kParts}; }

  [[nodiscard]] PeriodSearch search(std::size_t number) const {
    if (!near_circle_) return verification::search_periods(structure_, format_, request_.limits, part(number));
    return verification::search_near_circle(format_, first_period_ + number / kParts, request_.limits, part(number));
  }

  /// Near the circle one orbit of a period is enough: is there one in an earlier part?
  [[nodiscard]] bool is_needless(std::size_t number) const {
    if (!near_circle_) return false;
    for (auto it = done_.lower_bound(number - number % kParts); it != done_.end() && it->first < number; ++it) {
      if (!it->second.orbits.empty()) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_done() const {
    for (std::size_t number = 0; number < parts_; ++number) {
      if (done_.count(number) == 0 && !is_needless(number)) return false;
    }
    return true;
  }

  /// As if one part after the other had been searched, until it ends.
  [[nodiscard]] PeriodSearch result() const {
    std::vector<PeriodSearch> parts;
    for (const auto& [number, part] : done_) {
      if (!is_needless(number)) parts.push_back(part);
    }
    PeriodSearch all = verification::joined(std::move(parts));
    all.stopped_by = stopped_by_;
    all.exhaustive = all.exhaustive && stopped_by_.empty();
    return all;
  }

  [[nodiscard]] std::string heading() const {
    return fmt::format("eigenmata search 2 structure {} format {} periods {} to {} parts {}", request_.structure,
                       format_.name, first_period_, last_period_, parts_);
  }

  /// The first process reads the file, and all others learn from it: it will change while they begin.
  void share_file() {
    Ranks& job = Ranks::job();
    std::string text;
    if (job.is_first() && !request_.resume.empty() && std::filesystem::exists(request_.resume)) {
      try {
        text = core::read_input(request_.resume).text;
        read(text);
      } catch (const core::Error&) {
        text = "error";
        job.broadcast(text);
        throw;
      }
    }
    job.broadcast(text);
    if (job.is_first()) return;
    if (text == "error") throw core::Error("the first process cannot read the file of --resume");
    if (!text.empty()) read(text);
  }

  void read(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    std::getline(lines, line);
    if (line != heading())
      throw core::Error({request_.resume + ":1"}, "is no file of this search, which would begin " +
                                                      core::in_quotes(heading(), 200) +
                                                      "; name another file, or remove it");
    // The checksum of everything above its line; the lines above it are read below.
    const std::size_t last = text.rfind('\n', text.size() - 2) + 1;
    if (text.substr(last) != checksum_line(std::string_view(text).substr(0, last)))
      throw core::Error({request_.resume},
                        "is not as it was written: its last line should be the checksum of the others; remove the file "
                        "to begin anew");
    lines.str(text.substr(0, last));
    lines.clear();
    std::getline(lines, line);
    for (std::size_t i = 2; std::getline(lines, line); ++i) {
      const std::string where = fmt::format("{}:{}", request_.resume, i);
      auto [number, part] = part_of(line, where);
      if (number >= parts_) throw core::Error({where}, fmt::format("there is no part {}", number));
      for (const auto& [period, orbit] : part.orbits) {
        if (!is_orbit(period, orbit))
          throw core::Error({where}, fmt::format("has an orbit of period {} that is none", period));
      }
      done_[number] = std::move(part);
    }
  }

  /// A file may say anything: numbers as many as the structure has, and an orbit in soft arithmetic.
  [[nodiscard]] bool is_orbit(std::size_t period, const PeriodicOrbit& orbit) const {
    const std::size_t parameters = structure_ == PeriodStructure::kHouseholderPair ? 6 : 2;
    const std::size_t coordinates = structure_ == PeriodStructure::kDiagonalReal ? 1 : 2;
    if (period == 0 || orbit.states.size() != period || orbit.parameters.size() != parameters) return false;
    for (const auto& state : orbit.states) {
      if (state.size() != coordinates) return false;
    }
    return verification::is_orbit(structure_, format_, orbit);
  }

  void add(std::size_t number, PeriodSearch part) {
    done_[number] = std::move(part);
    if (request_.resume.empty()) return;
    std::string text = heading() + "\n";
    for (const auto& [known, found] : done_) text += line_of(known, found) + "\n";
    core::write_file(request_.resume, text + checksum_line(text));
  }

  void take(const std::vector<Ranks::Message>& messages) {
    for (const auto& message : messages) {
      auto [number, part] = part_of(message.bytes, fmt::format("message of process {}", message.from));
      add(number, std::move(part));
    }
  }

  const Request& request_;
  PeriodStructure structure_;
  const precision::FloatFormat& format_;
  bool near_circle_;
  std::size_t first_period_ = 0;
  std::size_t last_period_ = 0;
  std::size_t parts_ = 0;
  std::map<std::size_t, PeriodSearch> done_;
  std::string stopped_by_;
};

}  // namespace

Sweep run_sweep(const Request& request, PeriodStructure structure, const precision::FloatFormat& format,
                std::size_t longest) {
  return SweepRun(request, structure, format, longest).run();
}

}  // namespace eigenmata::cli
