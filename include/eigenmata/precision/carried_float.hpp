// SPDX-License-Identifier: Apache-2.0
//
// Arithmetic of any format at nearly the speed of the hardware: every number of a format is carried as the double that
// has its value (every format here is a part of f64), an operation is done in f64 and its result rounded to the format.
//
// Rounding twice is the trap: first to 53 bits, then to p. What makes it harmless here, in any rounding, is that the
// first result is exact or rounded to odd (the inexact neighbour with last bit 1), with 53 ≥ p + 2
// [BoldoMelquiond2008]:
//
// - operands of at most 24 bits have products of at most 48, exact in f64, and nothing of it leaves f64's range;
// - a sum's rounding error is a double that Knuth's TwoSum finds [Knuth1997, 4.2.2]; if it is not 0, the sum's last bit
//   is set towards it;
// - a fused a·b + c is a sum of two such numbers.
//
// Only f64 itself is left to the hardware as it is (nearest-even), and what is none of these goes through the integers
// of unpacked.hpp. Needs that the compiler does not contract a·b + c (ISO mode of g++ and clang does not).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::precision {

/// Rounds what is computed from numbers of formats of at most `operand_precision` bits to one format.
class CarriedFloat {
 public:
  /// Operands have at most `operand_precision` significant bits and magnitudes in the range of f32, or are any doubles
  /// if it is more than 24.
  CarriedFloat(const FloatFormat& format, Rounding rounding, int operand_precision);

  [[nodiscard]] const FloatFormat& format() const { return soft_.format(); }

  [[nodiscard]] double add(double a, double b) const {
    if (method_ == Method::kRoundToOdd) return round(sum_to_odd(a, b));
    return method_ == Method::kHardware ? a + b : slow_add(a, b);
  }
  [[nodiscard]] double subtract(double a, double b) const { return add(a, -b); }
  [[nodiscard]] double multiply(double a, double b) const {
    if (method_ == Method::kRoundToOdd) return round(a * b);
    return method_ == Method::kHardware ? a * b : slow_multiply(a, b);
  }
  /// a·b + c.
  [[nodiscard]] double fused_multiply_add(double a, double b, double c) const {
    if (method_ == Method::kRoundToOdd) return round(sum_to_odd(a * b, c));
    return method_ == Method::kHardware ? std::fma(a, b, c) : slow_fused(a, b, c);
  }

  /// A double rounded to the format.
  [[nodiscard]] double round(double a) const {
    if (!is_quick_) return slow_round(a);
    const auto bits = std::bit_cast<std::uint64_t>(a);
    const std::uint64_t magnitude = bits & kMagnitude;
    // Normal in the format, and not beyond its largest number: add half a unit of the last bit kept, and cut.
    if (magnitude - normal_from_ < normal_length_) {
      const std::uint64_t odd = (magnitude >> cut_) & 1;
      return std::bit_cast<double>((bits + half_minus_one_ + odd) & ~cut_mask_);
    }
    // Smaller: the hardware rounds at the last bit of a number so large that this is the format's smallest one.
    if (magnitude < normal_from_) return std::copysign((std::abs(a) + coarse_) - coarse_, a);
    return slow_round(a);
  }

  /// The code of a number of the format. NaN has one code, whichever it was.
  [[nodiscard]] std::uint64_t code(double a) const {
    const auto bits = std::bit_cast<std::uint64_t>(a);
    const std::uint64_t magnitude = bits & kMagnitude;
    if (magnitude - normal_from_ < normal_length_) return (bits >> 63) * sign_ | ((magnitude - field_shift_) >> cut_);
    return soft_.from_double(a);
  }
  /// The number of a code.
  [[nodiscard]] double number(std::uint64_t code) const {
    const std::uint64_t magnitude = code & (sign_ - 1);
    if (magnitude - code_normal_from_ < code_normal_length_)
      return std::bit_cast<double>((code & sign_ ? kSign : 0) | ((magnitude << cut_) + field_shift_));
    return soft_.to_double(code);
  }

 private:
  enum class Method { kRoundToOdd, kHardware, kIntegers };
  static constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
  static constexpr std::uint64_t kMagnitude = kSign - 1;

  /// a + b rounded to odd at 53 bits. Needs that a + b does not overflow, or one of them not finite.
  static double sum_to_odd(double a, double b) {
    const double sum = a + b;
    const double b_part = sum - a;
    const double error = (a - (sum - b_part)) + (b - b_part);
    auto bits = std::bit_cast<std::uint64_t>(sum);
    if ((error > 0 || error < 0) && (bits & 1) == 0) bits += (error > 0) == (sum > 0) ? 1 : -1;
    return std::bit_cast<double>(bits);
  }

  [[nodiscard]] double slow_round(double a) const;
  [[nodiscard]] double slow_add(double a, double b) const;
  [[nodiscard]] double slow_multiply(double a, double b) const;
  [[nodiscard]] double slow_fused(double a, double b, double c) const;

  SoftFloat soft_;
  Method method_;
  bool is_quick_;                              // nearest-even with subnormals, narrower than f64
  int cut_;                                    // bits of a double's fraction that the format lacks
  std::uint64_t half_minus_one_, cut_mask_;    // in units of a double's last bit
  std::uint64_t field_shift_;                  // between the exponent fields, in place
  std::uint64_t normal_from_, normal_length_;  // normal numbers of the format, as magnitudes of doubles
  double coarse_;                              // its last bit is the format's smallest number
  std::uint64_t sign_, code_normal_from_, code_normal_length_;
};

}  // namespace eigenmata::precision
