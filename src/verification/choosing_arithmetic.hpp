// SPDX-License-Identifier: Apache-2.0
//
// Stochastic rounding as an arithmetic context that asks, at every operation whose result is no number of the format,
// which neighbour to take: so the recurrence runs once for each sequence of answers.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/precision/float_arithmetic.hpp"
#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::verification {

/// A path through a tree of choices, each between false and true; `advance` goes through all paths.
class ChoicePath {
 public:
  void rewind() { next_ = 0; }
  /// The next choice on the path; false where it ends, which it then no longer does.
  bool choose() {
    if (next_ == taken_.size()) taken_.push_back(false);
    return taken_[next_++];
  }
  /// The next path, rewound; false if this was the last one. Then the first one comes again.
  bool advance() {
    taken_.resize(next_);
    next_ = 0;
    while (!taken_.empty() && taken_.back()) taken_.pop_back();
    if (taken_.empty()) return false;
    taken_.back() = true;
    return true;
  }
  [[nodiscard]] std::vector<bool> taken() const {
    return {taken_.begin(), taken_.begin() + static_cast<std::ptrdiff_t>(next_)};
  }
  void set(std::vector<bool> path) {
    taken_ = std::move(path);
    next_ = 0;
  }

 private:
  std::vector<bool> taken_;
  std::size_t next_ = 0;
};

/// Refers to the path. For numbers of the format of states.
class ChoosingArithmetic {
 public:
  using Scalar = double;
  static constexpr bool kExact = false;
  static constexpr bool kFactorsAreScaled = true;

  ChoosingArithmetic(const precision::FloatArithmetic& arithmetic, ChoicePath& path)
      : k_(arithmetic), soft_(arithmetic.plan().state), path_(path) {}

  [[nodiscard]] double zero() const { return 0; }
  [[nodiscard]] double one() const { return 1; }
  [[nodiscard]] double from_rational(const exact::Rational& a) const { return k_.from_rational(a); }
  [[nodiscard]] double add(double a, double b) const { return chosen(soft_.add_either_way(k_.pack(a), k_.pack(b))); }
  [[nodiscard]] double subtract(double a, double b) const { return add(a, -b); }
  [[nodiscard]] double multiply(double a, double b) const {
    return chosen(soft_.multiply_either_way(k_.pack(a), k_.pack(b)));
  }
  [[nodiscard]] bool is_zero(double /*a*/) const { return false; }
  [[nodiscard]] std::optional<int> compare(double a, double b) const { return k_.compare(a, b); }
  [[nodiscard]] std::optional<int> sign(double a) const { return k_.sign(a); }
  [[nodiscard]] std::string format(double a) const { return k_.format(a); }

 private:
  [[nodiscard]] double chosen(const precision::SoftFloat::Choice& choice) const {
    const double below = k_.unpack(choice.first);
    const double above = k_.unpack(choice.second);
    const bool is_one_number = below == above || (std::isnan(below) && std::isnan(above));
    return is_one_number || !path_.choose() ? below : above;
  }

  const precision::FloatArithmetic& k_;
  precision::SoftFloat soft_;
  ChoicePath& path_;
};

}  // namespace eigenmata::verification
