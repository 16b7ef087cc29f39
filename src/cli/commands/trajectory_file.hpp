// SPDX-License-Identifier: Apache-2.0
//
// The states that a machine goes through, as a NumPy array, little-endian: for each word, in order, a row for the state
// it begins with and one for the state after every letter, so that a word of L letters takes L + 1 rows.
//
//   automaton        uint32, one dimension: the number of the state
//   floats           float64, a column for each coordinate of each layer, in order: every format fits exactly. Not a
//                    number from where on there is no answer
//   fixed, integers  int64, the same columns, in units of the last place (2^-F for fixed:I.F). The least int64 from
//                    where on there is no answer
//
// Memory is bounded by a block of words; the file appears whole or not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "bulk_machine.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/simulation/word_source.hpp"

namespace eigenmata::cli {

class TrajectoryFile {
 public:
  /// Takes a machine with rows. Throws `core::Error` if the file cannot be made.
  TrajectoryFile(const std::string& path, std::unique_ptr<Machine> machine, const core::Limits& limits);

  /// Adds the words of a block. Letters have to be below the number of letters. Throws `core::LimitReached`.
  template <class Letter>
  void add(const simulation::WordBlock<Letter>& block);
  /// Writes how many rows there are, and moves the file to its name.
  void commit();

 private:
  [[nodiscard]] std::string header() const;
  void add_row();

  core::PendingFile file_;
  std::unique_ptr<Machine> machine_;
  core::Limits limits_;
  std::optional<bool> answer_;
  std::uint64_t rows_ = 0;
  std::string bytes_;
};

}  // namespace eigenmata::cli
