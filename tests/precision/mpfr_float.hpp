// SPDX-License-Identifier: Apache-2.0
//
// Operations of a format by MPFR, another implementation than ours to compare with: MPFR rounds to the format's
// precision itself and emulates its subnormals (mpfr_subnormalize). Ours is only what MPFR does not know: ties away
// from zero, and what the topmost codes mean.
#pragma once

#include <mpfr.h>

#include <cmath>

#include "eigenmata/precision/float_format.hpp"

namespace eigenmata::testing {

class MpfrFloat {
 public:
  MpfrFloat(const precision::FloatFormat& format, precision::Rounding rounding, double largest)
      : format_(format), rounding_(rounding), largest_(largest) {
    mpfr_inits2(53, a_, b_, c_, nullptr);
    mpfr_init2(narrow_, format.precision());
    mpfr_init2(other_, format.precision());
    mpfr_init2(exact_, 2400);
  }
  MpfrFloat(const MpfrFloat&) = delete;
  MpfrFloat& operator=(const MpfrFloat&) = delete;
  ~MpfrFloat() { mpfr_clears(a_, b_, c_, narrow_, other_, exact_, nullptr); }

  double add(double a, double b) {
    return operate(a, b, 0, [&](mpfr_t r, mpfr_rnd_t mode) { return mpfr_add(r, a_, b_, mode); });
  }
  double multiply(double a, double b) {
    return operate(a, b, 0, [&](mpfr_t r, mpfr_rnd_t mode) { return mpfr_mul(r, a_, b_, mode); });
  }
  double fused_multiply_add(double a, double b, double c) {
    return operate(a, b, c, [&](mpfr_t r, mpfr_rnd_t mode) { return mpfr_fma(r, a_, b_, c_, mode); });
  }
  double divide(double a, double b) {
    return operate(a, b, 0, [&](mpfr_t r, mpfr_rnd_t mode) { return mpfr_div(r, a_, b_, mode); });
  }
  double square_root(double a) {
    return operate(a, 0, 0, [&](mpfr_t r, mpfr_rnd_t mode) { return mpfr_sqrt(r, a_, mode); });
  }
  double convert(double a) {
    return operate(a, 0, 0, [&](mpfr_t r, mpfr_rnd_t mode) { return mpfr_set(r, a_, mode); });
  }

 private:
  template <class Operation>
  double operate(double a, double b, double c, const Operation& operation) {
    using precision::Rounding;
    mpfr_set_d(a_, a, MPFR_RNDN);
    mpfr_set_d(b_, b, MPFR_RNDN);
    mpfr_set_d(c_, c, MPFR_RNDN);
    switch (rounding_) {
      case Rounding::kNearestEven:
        return finish(round(narrow_, MPFR_RNDN, operation));
      case Rounding::kTowardZero:
        return finish(round(narrow_, MPFR_RNDZ, operation));
      case Rounding::kUp:
        return finish(round(narrow_, MPFR_RNDU, operation));
      case Rounding::kDown:
        return finish(round(narrow_, MPFR_RNDD, operation));
      case Rounding::kNearestAway:
        break;
    }
    // The nearer of the two neighbours towards and away from zero; if the exact value lies in the middle, the latter.
    const double inner = round(narrow_, MPFR_RNDZ, operation);
    const double outer = round(other_, MPFR_RNDA, operation);
    if (std::isnan(inner) || inner == outer) return finish(inner);
    operation(exact_, MPFR_RNDZ);
    mpfr_mul_2ui(exact_, exact_, 1, MPFR_RNDZ);
    return finish(mpfr_cmpabs(exact_, twice_middle(inner, outer)) >= 0 ? outer : inner);
  }

  /// inner + outer, exactly: both are doubles with few bits.
  mpfr_ptr twice_middle(double inner, double outer) {
    mpfr_set_d(c_, inner, MPFR_RNDN);
    mpfr_set_d(b_, outer, MPFR_RNDN);
    mpfr_set_prec(other_, 120);
    mpfr_add(other_, b_, c_, MPFR_RNDN);
    return other_;
  }

  template <class Operation>
  double round(mpfr_t result, mpfr_rnd_t mode, const Operation& operation) {
    mpfr_set_prec(result, format_.precision());
    int ternary = operation(result, mode);
    if (format_.subnormals) {
      const mpfr_exp_t emin = mpfr_get_emin();
      mpfr_set_emin(format_.lowest_exponent() - format_.fraction_bits + 1);
      ternary = mpfr_check_range(result, ternary, mode);
      mpfr_subnormalize(result, ternary, mode);
      mpfr_set_emin(emin);
    }
    return mpfr_get_d(result, MPFR_RNDN);
  }

  /// What the format says about numbers that it does not have.
  double finish(double value) const {
    using precision::Rounding;
    using precision::Specials;
    if (std::isnan(value)) return format_.has_nan() ? value : 0.0;
    if (!format_.subnormals && std::abs(value) < std::ldexp(1.0, format_.lowest_exponent()))
      value = std::copysign(0.0, value);
    if (value == 0 && format_.specials == Specials::kNegativeZeroIsNan) return 0.0;
    if (std::abs(value) <= largest_) return value;
    const bool inward = rounding_ == Rounding::kTowardZero || (rounding_ == Rounding::kUp && value < 0) ||
                        (rounding_ == Rounding::kDown && value > 0);
    const bool stays = format_.saturates || !format_.has_nan() || (inward && !std::isinf(value));
    if (stays) return std::copysign(largest_, value);
    return format_.has_infinity() ? std::copysign(INFINITY, value) : NAN;
  }

  precision::FloatFormat format_;
  precision::Rounding rounding_;
  double largest_;
  mpfr_t a_, b_, c_, narrow_, other_, exact_;
};

}  // namespace eigenmata::testing
