// SPDX-License-Identifier: Apache-2.0
//
// The numbers of the hardware as an arithmetic context (exact/arithmetic.hpp): float, double and their complex numbers,
// for what is measured of programs that use them. Nothing about them is proved.
#pragma once

#include <complex>
#include <optional>
#include <string>

#include "eigenmata/exact/arithmetic.hpp"

namespace eigenmata::ssm {

template <class S>
struct NativeField {
  using Scalar = S;
  static constexpr bool kExact = false;

  [[nodiscard]] S zero() const { return S(0); }
  [[nodiscard]] S one() const { return S(1); }
  [[nodiscard]] S from_rational(const exact::Rational& a) const { return converted(a.convert_to<double>()); }
  [[nodiscard]] S add(const S& a, const S& b) const { return a + b; }
  [[nodiscard]] S subtract(const S& a, const S& b) const { return a - b; }
  [[nodiscard]] S multiply(const S& a, const S& b) const { return a * b; }
  [[nodiscard]] S divide(const S& a, const S& b) const { return a / b; }
  [[nodiscard]] bool is_zero(const S& /*a*/) const { return false; }  // 0 · ∞ is NaN
  [[nodiscard]] std::optional<int> sign(const S& /*a*/) const { return std::nullopt; }
  [[nodiscard]] std::string format(const S& a) const {
    return std::to_string(std::real(a)) + "+" + std::to_string(std::imag(a)) + "i";
  }

 private:
  static S converted(double a) {
    if constexpr (std::is_floating_point_v<S>) {
      return static_cast<S>(a);
    } else {
      return S(static_cast<typename S::value_type>(a));
    }
  }
};

}  // namespace eigenmata::ssm
