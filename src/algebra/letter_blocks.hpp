// SPDX-License-Identifier: Apache-2.0
//
// The lower levels of a cascade that reads its letters in blocks of m: a clock, the letters of the block that is read,
// the product of the one before (or the letters of both in a ring). What they say to the machine behind them is a map σ
// that is a product of at most k swaps and copies, and what is left to be done after it: see group_blocks.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "eigenmata/algebra/group_blocks.hpp"
#include "level_growth.hpp"

namespace eigenmata::algebra {

using MapId = std::uint32_t;  ///< of a map of the points that are moved; 0 is the identity

/// Maps by number.
class NumberedMaps {
 public:
  explicit NumberedMaps(std::size_t degree) { id(Transformation::identity(degree)); }

  MapId id(const Transformation& f);
  [[nodiscard]] const Transformation& operator[](MapId id) const { return list_[id]; }
  MapId product(MapId a, MapId b);

 private:
  std::map<std::vector<Point>, MapId> ids_;
  std::vector<Transformation> list_;
  std::map<std::pair<MapId, MapId>, MapId> products_;
};

/// Numbers for tuples of numbers.
class Quadruples {
 public:
  using Tuple = std::array<std::uint32_t, 4>;

  std::uint32_t operator()(const Tuple& tuple) {
    const auto [at, is_new] = numbers_.emplace(tuple, static_cast<std::uint32_t>(list_.size()));
    if (is_new) list_.push_back(tuple);
    return at->second;
  }
  [[nodiscard]] const std::vector<Tuple>& list() const { return list_; }

 private:
  std::map<Tuple, std::uint32_t> numbers_;
  std::vector<Tuple> list_;
};

class LetterBlocks {
 public:
  /// `letters[s]` is what symbol s does to the points; `alike[s]` the symbol that stands for it once its letter is in a
  /// product.
  LetterBlocks(std::size_t degree, const std::vector<Transformation>& letters, std::vector<Value> alike,
               const BlockStyle& style, const core::Limits& limits);

  /// Blocks of the least length that will do; with a binary clock, that is a power of 2. No plan, and a sentence, if
  /// there are too many products of so many letters. To be called first.
  [[nodiscard]] std::optional<std::string> plan();
  /// How many pairs of what is left of a block and what has been read of the next there are, at all positions.
  [[nodiscard]] std::size_t pairs();
  /// Why so many pairs of a context and a value are too many.
  [[nodiscard]] std::string too_many(std::size_t pairs) const;

  /// How many levels will be appended.
  [[nodiscard]] std::size_t levels() const;
  [[nodiscard]] std::size_t length() const { return length_; }

  /// Appends the levels; the front is behind them then.
  void append_levels(LevelFront& front, std::vector<CascadeLevel>& result);

  // Of the level behind them.
  /// (old symbol, σ, what is left after σ and the letters so far, —) by symbol.
  [[nodiscard]] const std::vector<Quadruples::Tuple>& symbols() const { return symbols_.list(); }
  /// (old context, position in the block, product of its letters, what is left of the block before) by context.
  [[nodiscard]] const std::vector<Quadruples::Tuple>& contexts() const { return contexts_.list(); }
  [[nodiscard]] NumberedMaps& maps() { return maps_; }
  [[nodiscard]] MapId letter(Value symbol) const { return letters_[symbol]; }

 private:
  template <class Output, class ContextOf>
  CascadeLevel grown(std::variant<PointMachine, CoordinateMachine> machine, Entries start, const LevelFront& front,
                     const Output& output, const ContextOf& context);
  [[nodiscard]] std::size_t distinct_letters() const;
  [[nodiscard]] bool has_few_letters() const;
  [[nodiscard]] bool has_small_ring() const;
  std::pair<MapId, MapId> done(MapId block, std::size_t i);
  void begin_letters();
  void do_letters_at_once();

  CascadeLevel binary(std::uint32_t bit, const LevelFront& front);
  CascadeLevel circle(std::uint32_t length, const LevelFront& front);
  CascadeLevel letter_at(std::uint32_t i, const LevelFront& front);
  CascadeLevel all_letters(const LevelFront& front);
  CascadeLevel block(const LevelFront& front);
  CascadeLevel ring(const LevelFront& front);

  std::size_t factors_;
  Clock clock_;
  std::size_t max_ring_steps_;
  const core::Limits& limits_;
  NumberedMaps maps_;
  std::vector<MapId> letters_;             ///< by old symbol
  std::vector<Value> alike_;               ///< by old symbol
  std::size_t length_ = 1;                 ///< m
  std::vector<std::set<MapId>> products_;  ///< of 0, 1, …, m letters
  std::map<MapId, std::vector<std::pair<MapId, MapId>>> done_;
  // (old, position after the step, product of the letters, —) up to the letters; then (old, σ, R · A, —).
  Quadruples symbols_;
  // (old, position, product of the letters, R)
  Quadruples contexts_;
};

/// What a product of so few swaps and copies cannot be is one of more: rank(I − M_f).
[[nodiscard]] inline std::size_t factors_of(const Transformation& f) { return f.degree() - f.components(); }

}  // namespace eigenmata::algebra
