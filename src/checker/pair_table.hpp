// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace eigenmata::checker {

/// A partial function of two numbers, listed line by line in increasing order of the pairs: steps and meets.
/// Nothing in it is as large as an announced count.
class PairTable {
 public:
  struct Line {
    std::uint64_t pair;  ///< first · 2^32 + second
    std::uint32_t value;
    std::uint32_t number;  ///< of the line; a file has fewer bytes than 2^32

    [[nodiscard]] std::uint32_t second() const { return static_cast<std::uint32_t>(pair); }
  };

  /// Whether the pair is above all that are listed.
  [[nodiscard]] bool can_append(std::uint32_t first, std::uint32_t second) const {
    return lines_.empty() || lines_.back().pair < key(first, second);
  }
  /// Needs can_append.
  void append(std::uint32_t first, std::uint32_t second, std::uint32_t value, std::size_t line) {
    lines_.push_back({key(first, second), value, static_cast<std::uint32_t>(line)});
  }

  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] const Line& operator[](std::size_t i) const { return lines_[i]; }

  /// The position of a pair.
  [[nodiscard]] std::optional<std::size_t> find(std::uint32_t first, std::uint32_t second) const {
    const auto place = at(key(first, second));
    if (place == lines_.end() || place->pair != key(first, second)) return std::nullopt;
    return static_cast<std::size_t>(place - lines_.begin());
  }

  /// All lines with this first number.
  [[nodiscard]] std::span<const Line> with_first(std::uint32_t first) const {
    return {at(key(first, 0)), at(key(first, 0) + (std::uint64_t{1} << 32))};
  }

 private:
  static std::uint64_t key(std::uint32_t first, std::uint32_t second) { return std::uint64_t{first} << 32 | second; }

  [[nodiscard]] std::vector<Line>::const_iterator at(std::uint64_t pair) const {
    return std::lower_bound(lines_.begin(), lines_.end(), pair,
                            [](const Line& line, std::uint64_t value) { return line.pair < value; });
  }

  std::vector<Line> lines_;
};

}  // namespace eigenmata::checker
