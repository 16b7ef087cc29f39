// SPDX-License-Identifier: Apache-2.0
//
// A rounding plan as an arithmetic context (exact/arithmetic.hpp): with it the generic recurrence runs in floats.
// Numbers are carried as doubles (carried_float.hpp), each one a number of the format that the plan gives it where it
// stands.
//
// No number is `is_zero`, in the sense of the concept that it may be left out of sums: a kernel multiplies by its
// zeros, and 0 · ∞ is NaN. So vectors keep all their coordinates. −0 and +0 are one state: nothing that a step does
// tells them apart.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/precision/carried_float.hpp"
#include "eigenmata/precision/rounding_plan.hpp"

namespace eigenmata::precision {

class FloatArithmetic {
 public:
  using Scalar = double;
  static constexpr bool kExact = false;
  /// In the place of β, Householder factors of rounded networks hold s = β/vᵀv: no step divides.
  static constexpr bool kFactorsAreScaled = true;

  explicit FloatArithmetic(RoundingPlan plan);

  [[nodiscard]] const RoundingPlan& plan() const { return plan_; }

  // What networks are made of, rounded once from their exact values.
  [[nodiscard]] double parameter(const exact::Rational& a) const { return rounded(plan_.parameters, a); }
  [[nodiscard]] double state_number(const exact::Rational& a) const { return rounded(plan_.state, a); }
  /// The smallest number of `operations` that is not below `a`, or infinity.
  [[nodiscard]] double threshold(const exact::Rational& a) const;
  [[nodiscard]] static bool refuses(const exact::Rational& /*a*/) { return false; }
  [[nodiscard]] bool normalises_keys() const { return plan_.keys == RoundingPlan::Keys::kNormalised; }
  [[nodiscard]] bool forms_matrices() const { return plan_.form == RoundingPlan::Form::kMatrix; }

  // States as bits.
  [[nodiscard]] int bits() const { return plan_.state.bits(); }
  [[nodiscard]] std::uint64_t pack(double a) const { return a == 0 ? 0 : state_.code(a); }
  [[nodiscard]] double unpack(std::uint64_t code) const { return state_.number(code); }

  // The concept.
  [[nodiscard]] double zero() const { return 0; }
  [[nodiscard]] double one() const { return 1; }
  [[nodiscard]] double from_rational(const exact::Rational& a) const { return parameter(a); }
  [[nodiscard]] double add(double a, double b) const { return operations_.add(a, b); }
  [[nodiscard]] double subtract(double a, double b) const { return operations_.subtract(a, b); }
  [[nodiscard]] double multiply(double a, double b) const { return operations_.multiply(a, b); }
  void add_product(double& sum, double a, double b) const {
    sum = plan_.fused_updates ? operations_.fused_multiply_add(a, b, sum)
                              : operations_.add(sum, operations_.multiply(a, b));
  }
  void subtract_product(double& sum, double a, double b) const { add_product(sum, -a, b); }
  [[nodiscard]] bool is_zero(double /*a*/) const { return false; }
  [[nodiscard]] std::optional<int> sign(double a) const { return compare(a, 0); }
  [[nodiscard]] std::string format(double a) const;

  // More than the concept asks for: see recurrence.hpp.
  [[nodiscard]] double settled(double a) const { return a == 0 ? 0 : state_.round(a); }
  /// Rounded to the format of parameters: what a chunk is computed from (rounding_plan.hpp).
  [[nodiscard]] double narrowed(double a) const { return parameters_.round(a); }
  /// Nothing if one of them is NaN.
  [[nodiscard]] std::optional<int> compare(double a, double b) const {
    if (std::isnan(a) || std::isnan(b)) return std::nullopt;
    return a < b ? -1 : a > b ? 1 : 0;
  }
  [[nodiscard]] bool equal(double a, double b) const { return a == b || (std::isnan(a) && std::isnan(b)); }
  [[nodiscard]] std::size_t hash(double a) const { return pack(a); }

  /// Σ a_i b_i in the plan's order and formats.
  class ProductSum {
   public:
    explicit ProductSum(const FloatArithmetic& /*k*/) {}

    void clear() {
      terms_ = 0;
      sum_ = 0;
      partial_.clear();
    }
    void add(const FloatArithmetic& k, double a, double b) {
      if (k.plan_.order == RoundingPlan::Order::kSequential) {
        sum_ = k.accumulated(sum_, a, b);
      } else {
        add_in_other_order(k, a, b);
      }
    }
    [[nodiscard]] double& total(const FloatArithmetic& k) {
      if (k.plan_.order != RoundingPlan::Order::kSequential) combine(k);
      sum_ = k.operations_.round(sum_);
      return sum_;
    }

   private:
    void add_in_other_order(const FloatArithmetic& k, double a, double b);
    void combine(const FloatArithmetic& k);

    std::size_t terms_ = 0;
    double sum_ = 0;
    std::vector<double> partial_;  // lanes, or sums of 2^i terms, one for each bit i that is set in terms_
  };

 private:
  [[nodiscard]] static double rounded(const FloatFormat& format, const exact::Rational& a);
  [[nodiscard]] double accumulated(double sum, double a, double b) const {
    return plan_.fused_sums ? accumulation_.fused_multiply_add(a, b, sum)
                            : accumulation_.add(sum, products_.multiply(a, b));
  }

  RoundingPlan plan_;
  CarriedFloat parameters_, products_, accumulation_, operations_, state_;
};

}  // namespace eigenmata::precision
