// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/carried_float.hpp"

namespace eigenmata::precision {
namespace {

Unpacked unpacked(double a) { return unpack(kF64, std::bit_cast<std::uint64_t>(a)); }

}  // namespace

CarriedFloat::CarriedFloat(const FloatFormat& format, Rounding rounding, int operand_precision)
    : soft_(format, rounding) {
  const bool is_f64 = format == kF64 && rounding == Rounding::kNearestEven;
  const bool is_narrow = operand_precision <= kF32.precision() && format.precision() <= kF32.precision();
  // Rounding down makes the zero of x − x negative, which the hardware does not.
  method_ = is_f64                                     ? Method::kHardware
            : is_narrow && rounding != Rounding::kDown ? Method::kRoundToOdd
                                                       : Method::kIntegers;
  cut_ = kF64.fraction_bits - format.fraction_bits;
  // −0 is left as it is, so the format has to have it.
  is_quick_ = rounding == Rounding::kNearestEven && format.subnormals && cut_ > 0 &&
              format.specials != Specials::kNegativeZeroIsNan;
  half_minus_one_ = cut_ == 0 ? 0 : (std::uint64_t{1} << (cut_ - 1)) - 1;
  cut_mask_ = (std::uint64_t{1} << cut_) - 1;
  field_shift_ = static_cast<std::uint64_t>(kF64.bias - format.bias) << kF64.fraction_bits;
  sign_ = format.sign_bit();
  code_normal_from_ = std::uint64_t{1} << format.fraction_bits;
  code_normal_length_ = format.largest() - code_normal_from_ + 1;
  normal_from_ = (code_normal_from_ << cut_) + field_shift_;
  normal_length_ = (format.largest() << cut_) + field_shift_ - normal_from_ + 1;
  coarse_ = cut_ == 0 ? 0 : std::ldexp(1.0, format.lowest_exponent() + cut_);
}

double CarriedFloat::slow_round(double a) const { return soft_.to_double(soft_.from_double(a)); }

double CarriedFloat::slow_add(double a, double b) const {
  return soft_.to_double(pack(soft_.format(), soft_.rounding(), sum(unpacked(a), unpacked(b))));
}

double CarriedFloat::slow_multiply(double a, double b) const {
  return soft_.to_double(pack(soft_.format(), soft_.rounding(), product(unpacked(a), unpacked(b))));
}

double CarriedFloat::slow_fused(double a, double b, double c) const {
  return soft_.to_double(pack(soft_.format(), soft_.rounding(), fused(unpacked(a), unpacked(b), unpacked(c))));
}

}  // namespace eigenmata::precision
