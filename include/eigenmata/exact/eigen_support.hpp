// SPDX-License-Identifier: Apache-2.0
//
// Lets Eigen's algorithms run over the exact rationals and the MPFR reals. (Boost 1.74's own Eigen header does not
// compile against Eigen 3.4.) Including Eigen's solvers costs twenty seconds a file: instantiate them once.
#pragma once

#include <Eigen/Core>
#include <limits>

#include "eigenmata/exact/rational.hpp"
#include "eigenmata/exact/real.hpp"

namespace Eigen {

template <>
struct NumTraits<eigenmata::exact::Rational> : GenericNumTraits<eigenmata::exact::Rational> {
  using Real = eigenmata::exact::Rational;
  using NonInteger = Real;
  using Literal = Real;
  using Nested = Real;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 6,
    AddCost = 150,
    MulCost = 100
  };
  static Real epsilon() { return 0; }
  static Real dummy_precision() { return 0; }
  static int digits10() { return 0; }
};

/// Eigen asks for constants without naming a precision; they are those of Boost's default precision, which whoever
/// runs a solver sets first (see approximate_spectrum.cpp).
template <>
struct NumTraits<eigenmata::exact::Real> : GenericNumTraits<eigenmata::exact::Real> {
  using Real = eigenmata::exact::Real;
  using NonInteger = Real;
  using Literal = Real;
  using Nested = Real;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 6,
    AddCost = 60,
    MulCost = 60
  };
  static Real epsilon() { return std::numeric_limits<Real>::epsilon(); }
  static Real dummy_precision() { return 1000 * epsilon(); }
  static Real highest() { return (std::numeric_limits<Real>::max)(); }
  static Real lowest() { return -(std::numeric_limits<Real>::max)(); }
  static int digits10() { return static_cast<int>(Real::default_precision()); }
};

}  // namespace Eigen
