// SPDX-License-Identifier: Apache-2.0
//
// Arithmetic on the codes of a format, every operation rounded correctly once. What IEEE 754 says holds for every
// format here as far as its codes allow: signed zeros, infinities, NaN where an operation has no value.
//
//   const SoftFloat bf16(kBf16);
//   bf16.add(bf16.from_rational(1), bf16.from_rational(Rational(1, 256)));   // the code of 1: a tie, to even
//
// This is the reference; it costs tens of nanoseconds. For speed see carried_float.hpp, which is tested against it.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <utility>

#include "eigenmata/precision/unpacked.hpp"

namespace eigenmata::precision {

class SoftFloat {
 public:
  using Code = std::uint64_t;
  /// Two neighbours, or twice the same number: what stochastic rounding may give.
  using Choice = std::pair<Code, Code>;

  explicit SoftFloat(const FloatFormat& format, Rounding rounding = Rounding::kNearestEven)
      : format_(format), rounding_(rounding) {}

  [[nodiscard]] const FloatFormat& format() const { return format_; }
  [[nodiscard]] Rounding rounding() const { return rounding_; }

  [[nodiscard]] Code add(Code a, Code b) const { return packed(sum(unpacked(a), unpacked(b))); }
  [[nodiscard]] Code subtract(Code a, Code b) const { return packed(sum(unpacked(a), negated(unpacked(b)))); }
  [[nodiscard]] Code multiply(Code a, Code b) const { return packed(product(unpacked(a), unpacked(b))); }
  /// a·b + c.
  [[nodiscard]] Code fused_multiply_add(Code a, Code b, Code c) const {
    return packed(fused(unpacked(a), unpacked(b), unpacked(c)));
  }
  [[nodiscard]] Code divide(Code a, Code b) const { return packed(quotient(unpacked(a), unpacked(b))); }
  [[nodiscard]] Code square_root(Code a) const { return packed(precision::square_root(unpacked(a))); }

  [[nodiscard]] Choice add_either_way(Code a, Code b) const {
    return neighbours(format_, sum(unpacked(a), unpacked(b)));
  }
  [[nodiscard]] Choice multiply_either_way(Code a, Code b) const {
    return neighbours(format_, product(unpacked(a), unpacked(b)));
  }
  [[nodiscard]] Choice fused_multiply_add_either_way(Code a, Code b, Code c) const {
    return neighbours(format_, fused(unpacked(a), unpacked(b), unpacked(c)));
  }

  /// The number of another format's code in this format.
  [[nodiscard]] Code convert(const FloatFormat& from, Code a) const { return packed(unpack(from, a)); }
  [[nodiscard]] Code from_rational(const exact::Rational& a) const { return packed(unpack(a)); }
  [[nodiscard]] Code from_double(double a) const { return convert(kF64, std::bit_cast<std::uint64_t>(a)); }

  /// Nothing for infinities and NaN.
  [[nodiscard]] std::optional<exact::Rational> to_rational(Code a) const { return rational_value(unpacked(a)); }
  /// Exact: every format here is a part of f64.
  [[nodiscard]] double to_double(Code a) const {
    return std::bit_cast<double>(pack(kF64, Rounding::kNearestEven, unpacked(a)));
  }

  [[nodiscard]] std::partial_ordering compare(Code a, Code b) const {
    return precision::compare(unpacked(a), unpacked(b));
  }
  [[nodiscard]] bool is_nan(Code a) const { return unpacked(a).kind == Unpacked::Kind::kNan; }

 private:
  [[nodiscard]] Unpacked unpacked(Code a) const { return unpack(format_, a); }
  [[nodiscard]] Code packed(const Unpacked& a) const { return pack(format_, rounding_, a); }

  FloatFormat format_;
  Rounding rounding_;
};

}  // namespace eigenmata::precision
