// SPDX-License-Identifier: Apache-2.0
//
// Numbers of finitely many bits: floats, fixed point, integers (proofs/numeric-semantics.md).
//
// Everything is a dyadic number m · 2^e, an infinity or NaN. Sums and products are exact; a format rounds them, to
// nearest, of two equally near to the even one. So there is one operation on formats that matters, `round`. Zeros have
// no sign here: nothing that a network does tells them apart.
//
// A parameter may be any real number, a root for instance. It is given by how it compares with rationals, and its
// rounding is found by bisection.
#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

namespace eigenmata::checker {

struct Value {
  enum class Kind : std::uint8_t { kFinite, kInfinite, kNan };

  Kind kind = Kind::kFinite;
  mpz_class m;  ///< of an infinity: 1 or −1
  long e = 0;

  [[nodiscard]] static Value nan() { return {Kind::kNan, 0, 0}; }
  [[nodiscard]] static Value infinity(int sign) { return {Kind::kInfinite, sign, 0}; }
  [[nodiscard]] bool is_finite() const { return kind == Kind::kFinite; }
  /// Needs a finite one.
  [[nodiscard]] mpq_class rational() const;
};

/// Exact; infinities as IEEE 754 has them: ∞ − ∞ and 0 · ∞ are NaN.
Value operator+(const Value& a, const Value& b);
Value operator-(const Value& a, const Value& b);
Value operator*(const Value& a, const Value& b);

/// The sign of x − q, for a real number x.
using Comparison = std::function<int(const mpq_class& q)>;

class NumberFormat {
 public:
  /// By the name of the format: bf16, f32, e4m3, … Nothing if there is none.
  static std::optional<NumberFormat> floating(std::string_view name);
  /// Of a sign if there is one, integer and fraction bits, together at most kMaxBits.
  static NumberFormat fixed(unsigned integer_bits, unsigned fraction_bits, bool is_signed, bool wraps);
  static constexpr unsigned kMaxBits = 62;

  /// Of a code; at most 64.
  [[nodiscard]] unsigned bits() const { return bits_; }
  /// Integers take parameters that are integers; if they do not wrap, those in their range.
  [[nodiscard]] bool is_integer() const { return !is_float_ && fraction_bits_ == 0; }
  [[nodiscard]] bool wraps() const { return wraps_; }

  [[nodiscard]] Value round(const Value& exact) const;
  /// The largest number that is not above, and the smallest that is not below; the same one twice of infinities and
  /// NaN. Beyond the largest number: that one, and what `round` makes of numbers far beyond it. Floats only.
  [[nodiscard]] std::pair<Value, Value> neighbours(const Value& exact) const;
  /// `round` of a real number. Not for a format that wraps.
  [[nodiscard]] Value nearest(const Comparison& x) const;

  /// The bits of a number of the format; of a zero always 0, of NaN always the same.
  [[nodiscard]] std::uint64_t code(const Value& value) const;
  /// The number of which this is the code; nothing if it is of none.
  [[nodiscard]] std::optional<Value> value(std::uint64_t code) const;

  friend bool operator==(const NumberFormat&, const NumberFormat&) = default;

 private:
  enum class Specials : std::uint8_t { kInfinityAndNan, kNan, kNone, kNegativeZeroIsNan };

  [[nodiscard]] std::uint64_t sign_bit() const { return std::uint64_t{1} << (bits_ - 1); }
  /// The number k steps above 0, and of a code without its sign.
  [[nodiscard]] Value step(std::uint64_t k) const;
  /// How many steps to the largest number, and to the smallest.
  [[nodiscard]] std::uint64_t steps(int sign) const;
  /// What lies beyond them is rounded to this.
  [[nodiscard]] Value beyond(int sign) const;

  bool is_float_ = false;
  unsigned bits_ = 0;
  unsigned fraction_bits_ = 0;
  // Floats: the smallest normal number is 2^lowest_.
  long lowest_ = 0;
  Specials specials_ = Specials::kNone;
  // Others.
  bool signed_ = false;
  bool wraps_ = false;
};

}  // namespace eigenmata::checker
