// SPDX-License-Identifier: Apache-2.0
#include "checker/number_format.hpp"

#include <algorithm>
#include <utility>

namespace eigenmata::checker {
namespace {

long length(const mpz_class& m) { return m == 0 ? 0 : static_cast<long>(mpz_sizeinbase(m.get_mpz_t(), 2)); }

mpz_class shifted(const mpz_class& m, long by) {
  mpz_class result;
  mpz_mul_2exp(result.get_mpz_t(), m.get_mpz_t(), static_cast<mp_bitcnt_t>(by));
  return result;
}

/// m / 2^by, a tie to the even one.
mpz_class halved(const mpz_class& m, long by) {
  if (by <= 0) return shifted(m, -by);
  const auto count = static_cast<mp_bitcnt_t>(by);
  mpz_class quotient;
  mpz_class rest;
  mpz_fdiv_q_2exp(quotient.get_mpz_t(), m.get_mpz_t(), count);
  mpz_fdiv_r_2exp(rest.get_mpz_t(), m.get_mpz_t(), count);
  const int against_half = cmp(rest, shifted(1, by - 1));
  if (against_half > 0 || (against_half == 0 && mpz_odd_p(quotient.get_mpz_t()) != 0)) ++quotient;
  return quotient;
}

/// ⌊m / 2^by⌋.
mpz_class floor_of(const mpz_class& m, long by) {
  if (by <= 0) return shifted(m, -by);
  mpz_class quotient;
  mpz_fdiv_q_2exp(quotient.get_mpz_t(), m.get_mpz_t(), static_cast<mp_bitcnt_t>(by));
  return quotient;
}

/// a − b in magnitude.
int compare_magnitudes(const Value& a, const Value& b) {
  const long e = std::min(a.e, b.e);
  const mpz_class p = shifted(a.m, a.e - e);
  const mpz_class q = shifted(b.m, b.e - e);
  return mpz_cmpabs(p.get_mpz_t(), q.get_mpz_t());
}

struct Named {
  std::string_view name;
  unsigned exponent_bits;
  unsigned fraction_bits;
  int bias;
  int specials;  // the n-th of Specials
};

// [IEEE754] for f64, f32, fp16 and the layout of tf32 and bf16, [OCPFP8] and [OCPMX] for the small ones.
constexpr Named kFormats[] = {
    {"f64", 11, 52, 1023, 0}, {"f32", 8, 23, 127, 0},     {"tf32", 8, 10, 127, 0},   {"fp16", 5, 10, 15, 0},
    {"bf16", 8, 7, 127, 0},   {"e4m3", 4, 3, 7, 1},       {"e4m3-ieee", 4, 3, 7, 0}, {"e4m3-fnuz", 4, 3, 8, 3},
    {"e5m2", 5, 2, 15, 0},    {"e5m2-fnuz", 5, 2, 16, 3}, {"e3m2", 3, 2, 3, 2},      {"e2m3", 2, 3, 1, 2},
    {"e2m1", 2, 1, 1, 2},
};

}  // namespace

mpq_class Value::rational() const {
  if (e >= 0) return {shifted(m, e), 1};
  mpq_class result(m, shifted(1, -e));
  result.canonicalize();
  return result;
}

Value operator+(const Value& a, const Value& b) {
  if (a.kind == Value::Kind::kNan || b.kind == Value::Kind::kNan) return Value::nan();
  if (!a.is_finite()) return b.is_finite() || a.m == b.m ? a : Value::nan();
  if (!b.is_finite()) return b;
  if (a.m == 0) return b;
  if (b.m == 0) return a;
  const long e = std::min(a.e, b.e);
  return {Value::Kind::kFinite, shifted(a.m, a.e - e) + shifted(b.m, b.e - e), e};
}

Value operator-(const Value& a, const Value& b) {
  Value negated = b;
  negated.m = -b.m;
  return a + negated;
}

Value operator*(const Value& a, const Value& b) {
  if (a.kind == Value::Kind::kNan || b.kind == Value::Kind::kNan) return Value::nan();
  if (a.is_finite() && b.is_finite()) return {Value::Kind::kFinite, a.m * b.m, a.e + b.e};
  const int sign = sgn(a.m) * sgn(b.m);
  return sign == 0 ? Value::nan() : Value::infinity(sign);
}

std::optional<NumberFormat> NumberFormat::floating(std::string_view name) {
  for (const Named& named : kFormats) {
    if (named.name != name) continue;
    NumberFormat format;
    format.is_float_ = true;
    format.bits_ = 1 + named.exponent_bits + named.fraction_bits;
    format.fraction_bits_ = named.fraction_bits;
    format.lowest_ = 1 - named.bias;
    format.specials_ = static_cast<Specials>(named.specials);
    return format;
  }
  return std::nullopt;
}

NumberFormat NumberFormat::fixed(unsigned integer_bits, unsigned fraction_bits, bool is_signed, bool wraps) {
  NumberFormat format;
  format.bits_ = integer_bits + fraction_bits + (is_signed ? 1 : 0);
  format.fraction_bits_ = fraction_bits;
  format.signed_ = is_signed;
  format.wraps_ = wraps;
  return format;
}

Value NumberFormat::step(std::uint64_t k) const {
  Value value;
  if (!is_float_) {
    mpz_import(value.m.get_mpz_t(), 1, 1, sizeof k, 0, 0, &k);
    value.e = -static_cast<long>(fraction_bits_);
    return value;
  }
  const std::uint64_t leading = std::uint64_t{1} << fraction_bits_;
  const std::uint64_t fraction = k & (leading - 1);
  const auto field = static_cast<long>(k >> fraction_bits_);
  const std::uint64_t significand = field == 0 ? fraction : leading | fraction;
  mpz_import(value.m.get_mpz_t(), 1, 1, sizeof significand, 0, 0, &significand);
  value.e = lowest_ - static_cast<long>(fraction_bits_) + std::max(field - 1, 0L);
  return value;
}

std::uint64_t NumberFormat::steps(int sign) const {
  if (!is_float_) {
    if (!signed_) return sign < 0 ? 0 : (std::uint64_t{1} << bits_) - 1;
    return sign < 0 ? sign_bit() : sign_bit() - 1;
  }
  const std::uint64_t all = sign_bit() - 1;
  if (specials_ == Specials::kInfinityAndNan) return all - (std::uint64_t{1} << fraction_bits_);
  return specials_ == Specials::kNan ? all - 1 : all;
}

Value NumberFormat::beyond(int sign) const {
  if (is_float_ && specials_ == Specials::kInfinityAndNan) return Value::infinity(sign);
  if (is_float_ && specials_ != Specials::kNone) return Value::nan();
  Value end = step(steps(sign));
  if (sign < 0) end.m = -end.m;
  return end;
}

Value NumberFormat::round(const Value& exact) const {
  if (exact.kind == Value::Kind::kNan) return is_float_ && specials_ != Specials::kNone ? exact : Value();
  if (exact.kind == Value::Kind::kInfinite) return beyond(sgn(exact.m));
  if (exact.m == 0) return {};
  const auto fraction = static_cast<long>(fraction_bits_);
  // The last bit kept is worth 2^last.
  long last = -fraction;
  if (is_float_) last += std::max(exact.e + length(exact.m) - 1, lowest_);
  Value result{Value::Kind::kFinite, exact.m, exact.e};
  if (exact.e < last || !is_float_) result = {Value::Kind::kFinite, halved(exact.m, last - exact.e), last};
  if (wraps_) {
    mpz_fdiv_r_2exp(result.m.get_mpz_t(), result.m.get_mpz_t(), bits_);
    if (signed_ && mpz_tstbit(result.m.get_mpz_t(), bits_ - 1) != 0) result.m -= shifted(1, static_cast<long>(bits_));
    return result;
  }
  const int sign = sgn(result.m);
  return compare_magnitudes(result, step(steps(sign))) > 0 ? beyond(sign) : result;
}

std::pair<Value, Value> NumberFormat::neighbours(const Value& exact) const {
  if (!exact.is_finite() || exact.m == 0) return {round(exact), round(exact)};
  const long last = std::max(exact.e + length(exact.m) - 1, lowest_) - static_cast<long>(fraction_bits_);
  Value below{Value::Kind::kFinite, floor_of(exact.m, last - exact.e), last};
  Value above{Value::Kind::kFinite, -floor_of(-exact.m, last - exact.e), last};
  const int sign = sgn(exact.m);
  Value& outer = sign > 0 ? above : below;
  Value& inner = sign > 0 ? below : above;
  const Value end = step(steps(sign));
  if (compare_magnitudes(outer, end) > 0) outer = beyond(sign);
  if (compare_magnitudes(inner, end) > 0) {
    inner = end;
    if (sign < 0) inner.m = -inner.m;
  }
  return {below, above};
}

Value NumberFormat::nearest(const Comparison& x) const {
  const int sign = x(0);
  if (sign == 0) return {};
  // |x| against |q|.
  const auto order = [&](const mpq_class& q) { return sign * x(sign < 0 ? mpq_class(-q) : q); };
  std::uint64_t low = 0;
  std::uint64_t high = steps(sign);
  while (low < high) {  // the last step that is not above |x|
    const std::uint64_t middle = low + (high - low + 1) / 2;
    if (order(step(middle).rational()) >= 0) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const int against_half = order((step(low).rational() + step(low + 1).rational()) / 2);
  if (against_half > 0 || (against_half == 0 && low % 2 == 1)) ++low;
  if (low > steps(sign)) return beyond(sign);
  Value result = step(low);
  if (sign < 0) result.m = -result.m;
  return result;
}

std::uint64_t NumberFormat::code(const Value& value) const {
  if (value.kind == Value::Kind::kNan) {
    if (specials_ == Specials::kNegativeZeroIsNan) return sign_bit();
    if (specials_ == Specials::kNan) return sign_bit() - 1;
    return steps(1) + 1 + (std::uint64_t{1} << (fraction_bits_ - 1));
  }
  const std::uint64_t sign = sgn(value.m) < 0 && is_float_ ? sign_bit() : 0;
  if (value.kind == Value::Kind::kInfinite) return sign | (steps(1) + 1);
  if (value.m == 0) return 0;
  const auto fraction = static_cast<long>(fraction_bits_);
  long last = -fraction;
  std::uint64_t field = 0;
  if (is_float_) {
    const long highest = value.e + length(value.m) - 1;
    last += std::max(highest, lowest_);
    // With the leading bit of the significand that is added below, one more.
    if (highest >= lowest_) field = static_cast<std::uint64_t>(highest - lowest_);
  }
  mpz_class units = halved(value.m, last - value.e);  // exact: the number is one of the format
  if (is_float_) {
    units = abs(units);
  } else {
    mpz_fdiv_r_2exp(units.get_mpz_t(), units.get_mpz_t(), bits_);
  }
  std::uint64_t bits = 0;
  mpz_export(&bits, nullptr, 1, sizeof bits, 0, 0, units.get_mpz_t());
  return is_float_ ? sign | (bits + (field << fraction_bits_)) : bits;
}

std::optional<Value> NumberFormat::value(std::uint64_t code) const {
  if (bits_ < 64 && code >> bits_ != 0) return std::nullopt;
  Value result;
  if (!is_float_) {
    result = step(code);
    if (signed_ && (code & sign_bit()) != 0) result.m -= shifted(1, static_cast<long>(bits_));
    return result;
  }
  const std::uint64_t magnitude = code & (sign_bit() - 1);
  const int sign = code == magnitude ? 1 : -1;
  if (magnitude <= steps(1)) {
    result = step(magnitude);
    if (sign < 0) result.m = -result.m;
    if (sign < 0 && magnitude == 0 && specials_ == Specials::kNegativeZeroIsNan) result = Value::nan();
  } else {
    const bool infinite = specials_ == Specials::kInfinityAndNan && magnitude == steps(1) + 1;
    result = infinite ? Value::infinity(sign) : Value::nan();
  }
  if (this->code(result) != code) return std::nullopt;  // −0, or another NaN
  return result;
}

}  // namespace eigenmata::checker
