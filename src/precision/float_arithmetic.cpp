// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/float_arithmetic.hpp"

#include <algorithm>
#include <bit>
#include <charconv>

namespace eigenmata::precision {
namespace {

int widest(const RoundingPlan& plan) {
  return std::max({plan.parameters.precision(), plan.products.precision(), plan.accumulation.precision(),
                   plan.operations.precision(), plan.state.precision()});
}

}  // namespace

FloatArithmetic::FloatArithmetic(RoundingPlan plan)
    : plan_(std::move(plan)),
      parameters_(plan_.parameters, plan_.rounding, widest(plan_)),
      products_(plan_.products, plan_.rounding, widest(plan_)),
      accumulation_(plan_.accumulation, plan_.rounding, widest(plan_)),
      operations_(plan_.operations, plan_.rounding, widest(plan_)),
      state_(plan_.state, plan_.rounding, widest(plan_)) {}

double FloatArithmetic::rounded(const FloatFormat& format, const exact::Rational& a) {
  const SoftFloat soft(format);
  return soft.to_double(soft.from_rational(a));
}

double FloatArithmetic::threshold(const exact::Rational& a) const {
  // Through doubles: every number of a narrower format is one.
  const Unpacked exact = precision::unpack(a);
  const double above = std::bit_cast<double>(precision::pack(kF64, Rounding::kUp, exact));
  const SoftFloat soft(plan_.operations, Rounding::kUp);
  const double rounded = soft.to_double(soft.from_double(above));
  return rounded < above || std::isnan(rounded) ? INFINITY : rounded;
}

std::string FloatArithmetic::format(double a) const {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, a == 0 ? 0.0 : a);
  return std::string(text, end.ptr);
}

void FloatArithmetic::ProductSum::add_in_other_order(const FloatArithmetic& k, double a, double b) {
  if (k.plan_.order == RoundingPlan::Order::kBlocked) {
    partial_.resize(k.plan_.lanes, 0);
    double& lane = partial_[terms_++ % partial_.size()];
    lane = k.accumulated(lane, a, b);
    return;
  }
  double term = k.products_.multiply(a, b);
  for (std::size_t carry = terms_++; (carry & 1) != 0; carry >>= 1) {
    term = k.accumulation_.add(partial_.back(), term);
    partial_.pop_back();
  }
  partial_.push_back(term);
}

void FloatArithmetic::ProductSum::combine(const FloatArithmetic& k) {
  if (partial_.empty()) return;
  if (k.plan_.order == RoundingPlan::Order::kBlocked) {
    sum_ = 0;  // the total may be asked for twice
    for (const double lane : partial_) sum_ = k.accumulation_.add(sum_, lane);
    return;
  }
  sum_ = partial_.back();
  for (std::size_t i = partial_.size() - 1; i-- > 0;) sum_ = k.accumulation_.add(partial_[i], sum_);
}

}  // namespace eigenmata::precision
