// SPDX-License-Identifier: Apache-2.0
//
// The operations of a step, as proofs/numeric-semantics.md orders and rounds them, performed in one of three ways: on
// numbers, rounded to nearest; on intervals of numbers, by their ends; or on numbers, each result one of the two
// neighbours of the exact one, along a path of choices.
//
// Rounding, sums, and products by a parameter are monotone in each argument. So an interval's ends lead to the ends of
// what its numbers lead to. That is false of numbers that wrap around, and past the largest number where that is no
// number; there the intervals refuse.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "checker/numeric_semantics.hpp"

namespace eigenmata::checker {

/// All coordinates of a layer.
using Values = std::vector<Value>;

/// A result that is no finite number: nothing follows about what is between.
struct NoInterval {};

struct Interval {
  Value low;
  Value high;

  Interval() = default;
  Interval(Value a, Value b) : low(std::move(a)), high(std::move(b)) {}
  Interval(const Value& number) : low(number), high(number) {}  // NOLINT: a number is an interval
};

Interval operator+(const Interval& a, const Interval& b);
Interval operator-(const Interval& a, const Interval& b);
Interval operator*(const Value& parameter, const Interval& x);
/// Of finite numbers.
bool operator<=(const Value& a, const Value& b);

struct ToNearest {
  using Number = Value;
  [[nodiscard]] Value round(const NumberFormat& format, const Value& exact) const { return format.round(exact); }
};

struct ByEnds {
  using Number = Interval;
  /// Throws NoInterval.
  [[nodiscard]] Interval round(const NumberFormat& format, const Interval& exact) const;
};

/// A path through the tree of all choices: false takes the neighbour below.
class ChoicePath {
 public:
  void begin() { next_ = 0; }
  bool choose() {
    if (next_ == taken_.size()) taken_.push_back(false);
    return taken_[next_++];
  }
  /// Turns, behind what was used, to the next path; false if there is none.
  bool advance() {
    taken_.resize(next_);
    while (!taken_.empty() && taken_.back()) taken_.pop_back();
    if (!taken_.empty()) taken_.back() = true;
    return !taken_.empty();
  }

 private:
  std::vector<bool> taken_;
  std::size_t next_ = 0;
};

struct Chosen {
  using Number = Value;
  ChoicePath* path;
  [[nodiscard]] Value round(const NumberFormat& format, const Value& exact) const;
};

/// Refers to the semantics.
template <class Way>
class Operations {
 public:
  using Number = typename Way::Number;
  using Numbers = std::vector<Number>;

  explicit Operations(const NumericSemantics& semantics, Way way = {}) : semantics_(semantics), way_(way) {}

  [[nodiscard]] Number operation(const Number& exact) const { return way_.round(semantics_.operations, exact); }
  [[nodiscard]] Number settled(const Number& result) const { return way_.round(semantics_.states, result); }
  [[nodiscard]] Number plus_product(const Value& c, const Value& a, const Number& b) const {
    return operation(c + (semantics_.fused ? a * b : operation(a * b)));
  }
  [[nodiscard]] Number minus_product(const Number& c, const Value& a, const Number& b) const {
    return operation(c - (semantics_.fused ? a * b : operation(a * b)));
  }

  [[nodiscard]] Number sum_of_products(const Values& a, const Numbers& b) const {
    const NumericSemantics& s = semantics_;
    const auto added = [&](const Number& x, const Number& y) { return way_.round(s.sums, x + y); };
    if (!s.in_pairs) {
      Number sum{};
      for (std::size_t i = 0; i < a.size(); ++i) sum = added(sum, way_.round(s.products, a[i] * b[i]));
      return operation(sum);
    }
    // Neighbours, then neighbours of what that gave; one without a neighbour waits. So partial sums are of powers of
    // two of terms, decreasing; two of a size are added at once, and those that are left from the right.
    Numbers partial;
    const auto add_last_two = [&] {
      const Number last = partial.back();
      partial.pop_back();
      partial.back() = added(partial.back(), last);
    };
    for (std::size_t i = 0; i < a.size(); ++i) {
      partial.push_back(way_.round(s.products, a[i] * b[i]));
      for (std::size_t carry = i; carry % 2 == 1; carry /= 2) add_last_two();
    }
    while (partial.size() > 1) add_last_two();
    return operation(partial.empty() ? Number{} : partial.back());
  }

 private:
  const NumericSemantics& semantics_;
  Way way_;
};

}  // namespace eigenmata::checker
