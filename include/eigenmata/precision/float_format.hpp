// SPDX-License-Identifier: Apache-2.0
//
// Binary floating-point formats as data. A number is stored as a sign, an exponent field and a fraction field:
//
//   field ≥ 1:  ± 2^(field − bias) · (1 + fraction / 2^fraction_bits)
//   field = 0:  ± 2^(1 − bias) · fraction / 2^fraction_bits              (zero and subnormals)
//
// and the formats differ in what their topmost codes mean. The sources: [IEEE754] for f32, f64, fp16 and the layout of
// bf16 and tf32; [OCPFP8] for e4m3 and e5m2; [OCPMX] for fp6 and fp4.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"

namespace eigenmata::precision {

/// What the codes hold that are not finite numbers.
enum class Specials {
  kInfinityAndNan,    ///< the largest exponent field: fraction 0 is infinity, all others NaN (IEEE 754)
  kNan,               ///< the largest field with the largest fraction is NaN; no infinity (e4m3 of OCP)
  kNone,              ///< all codes are finite numbers (fp6 and fp4 of OCP); overflow saturates
  kNegativeZeroIsNan  ///< the code of −0 is NaN; no infinity, no −0 (the "fnuz" formats)
};

struct FloatFormat {
  std::string_view name;
  int exponent_bits;  ///< ≥ 1
  int fraction_bits;  ///< ≥ 1
  int bias;
  Specials specials = Specials::kInfinityAndNan;
  /// Without them a result below the smallest normal number (after rounding to full precision) is a zero of its sign,
  /// and so is an operand.
  bool subnormals = true;
  /// Overflow gives the largest finite number, in place of infinity or NaN. (It does without being asked where there is
  /// neither.)
  bool saturates = false;

  /// Of a code: sign, exponent and fraction; at most 64.
  [[nodiscard]] int bits() const { return 1 + exponent_bits + fraction_bits; }
  /// Of the significand, the leading bit counted.
  [[nodiscard]] int precision() const { return fraction_bits + 1; }
  /// The smallest normal number is 2^lowest_exponent().
  [[nodiscard]] int lowest_exponent() const { return 1 - bias; }
  [[nodiscard]] std::uint64_t sign_bit() const { return std::uint64_t{1} << (bits() - 1); }
  /// Code of the largest finite number.
  [[nodiscard]] std::uint64_t largest() const;
  /// Exponent e of the largest finite number: it lies in [2^e, 2^(e + 1)).
  [[nodiscard]] int highest_exponent() const { return static_cast<int>(largest() >> fraction_bits) - bias; }
  [[nodiscard]] bool has_infinity() const { return specials == Specials::kInfinityAndNan; }
  [[nodiscard]] bool has_nan() const { return specials != Specials::kNone; }
  /// Code of +infinity. Needs `has_infinity()`.
  [[nodiscard]] std::uint64_t infinity() const;
  /// Code of the NaN that operations give: quiet, positive where it has a sign. Needs `has_nan()`.
  [[nodiscard]] std::uint64_t nan() const;

  friend bool operator==(const FloatFormat&, const FloatFormat&) = default;
};

inline constexpr FloatFormat kBf16{"bf16", 8, 7, 127};
inline constexpr FloatFormat kFp16{"fp16", 5, 10, 15};
inline constexpr FloatFormat kTf32{"tf32", 8, 10, 127};
inline constexpr FloatFormat kF32{"f32", 8, 23, 127};
inline constexpr FloatFormat kF64{"f64", 11, 52, 1023};
inline constexpr FloatFormat kE4m3{"e4m3", 4, 3, 7, Specials::kNan};
inline constexpr FloatFormat kE4m3Ieee{"e4m3-ieee", 4, 3, 7};
inline constexpr FloatFormat kE5m2{"e5m2", 5, 2, 15};
inline constexpr FloatFormat kE4m3Fnuz{"e4m3-fnuz", 4, 3, 8, Specials::kNegativeZeroIsNan};
inline constexpr FloatFormat kE5m2Fnuz{"e5m2-fnuz", 5, 2, 16, Specials::kNegativeZeroIsNan};
inline constexpr FloatFormat kE3m2{"e3m2", 3, 2, 3, Specials::kNone};
inline constexpr FloatFormat kE2m3{"e2m3", 2, 3, 1, Specials::kNone};
inline constexpr FloatFormat kE2m1{"e2m1", 2, 1, 1, Specials::kNone};

/// All of the above, the wide ones first.
[[nodiscard]] const std::vector<FloatFormat>& float_formats();

/// Null if no format has the name.
[[nodiscard]] const FloatFormat* find_float_format(std::string_view name);

/// Throws `core::Error` at `place` that lists the names if no format has this one.
[[nodiscard]] const FloatFormat& float_format(std::string_view name, const core::Place& place);

/// Which of two neighbouring numbers of a format stands for what lies between them.
enum class Rounding {
  kNearestEven,  ///< ties to the one whose last bit is 0
  kNearestAway,  ///< ties away from zero
  kTowardZero,
  kUp,
  kDown
};
inline constexpr Rounding kAllRoundings[] = {Rounding::kNearestEven, Rounding::kNearestAway, Rounding::kTowardZero,
                                             Rounding::kUp, Rounding::kDown};

/// "nearest-even", "nearest-away", "toward-zero", "up" or "down".
[[nodiscard]] std::string_view to_string(Rounding rounding);

}  // namespace eigenmata::precision
