// SPDX-License-Identifier: Apache-2.0
#include "tame_steps.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::simulation {
namespace {

using Vector = lrnn::SparseVector<double>;

double largest(const Vector& a) {
  double most = 0;
  for (const auto& entry : a.entries()) most = std::max(most, std::abs(entry.value));
  return most;
}

double sum(const Vector& a) {
  double total = 0;
  for (const auto& entry : a.entries()) total += std::abs(entry.value);
  return total;
}

/// |h|∞ ≤ x before a step makes it at most growth · x + added behind it, and no number on the way larger than peak · x
/// + added. For x ≥ 1.
struct Step {
  double growth = 1;
  double peak = 1;
  double added = 0;
};

/// `tiny`: what underflow in the n products of a sum may add.
void apply_factor(Step& step, double u, double v, double scale, double tiny, double slack) {
  const double dot = (v + tiny) * slack;
  const double scaled = (dot * std::abs(scale) + tiny) * slack;
  const double moved = (scaled * u + tiny) * slack;
  step.peak = std::max(step.peak, step.growth * std::max({1.0, dot, scaled, moved, 1 + moved}));
  step.growth *= (1 + moved) * slack;
}

Step bound(const lrnn::AffineMap<double>& map, double tiny, double slack) {
  Step step;
  step.added = largest(map.b) * slack;
  if (const auto* diagonal = std::get_if<lrnn::Diagonal<double>>(&map.a)) {
    double most = 0;
    for (const double a : diagonal->entries) most = std::max(most, std::abs(a));
    step.growth = std::max(most, 1.0) * slack;
  } else if (const auto* dense = std::get_if<lrnn::Dense<double>>(&map.a)) {
    double most = 0;
    for (std::size_t i = 0; i < dense->matrix.rows(); ++i) {
      double row = 0;
      for (std::size_t j = 0; j < dense->matrix.columns(); ++j) row += std::abs(dense->matrix(i, j));
      most = std::max(most, row);
    }
    step.growth = std::max(most, 1.0) * slack;
  } else if (const auto* householder = std::get_if<lrnn::HouseholderProduct<double>>(&map.a)) {
    for (const auto& f : householder->factors) apply_factor(step, largest(f.v), sum(f.v), f.beta, tiny, slack);
  } else {
    for (const auto& f : std::get<lrnn::RankOneProduct<double>>(map.a).factors)
      apply_factor(step, largest(f.u), sum(f.v), 1, tiny, slack);
  }
  step.peak = std::max(step.peak, step.growth);
  return step;
}

bool is_finite(const Vector& a) {
  return std::all_of(a.entries().begin(), a.entries().end(), [](const auto& e) { return std::isfinite(e.value); });
}

bool is_finite(const lrnn::Transition<double>& a) {
  const auto finite = [](double x) { return std::isfinite(x); };
  if (const auto* diagonal = std::get_if<lrnn::Diagonal<double>>(&a))
    return std::all_of(diagonal->entries.begin(), diagonal->entries.end(), finite);
  if (const auto* dense = std::get_if<lrnn::Dense<double>>(&a))
    return std::all_of(dense->matrix.entries().begin(), dense->matrix.entries().end(), finite);
  if (const auto* householder = std::get_if<lrnn::HouseholderProduct<double>>(&a))
    return std::all_of(householder->factors.begin(), householder->factors.end(),
                       [](const auto& f) { return std::isfinite(f.beta) && is_finite(f.v); });
  const auto& factors = std::get<lrnn::RankOneProduct<double>>(a).factors;
  return std::all_of(factors.begin(), factors.end(), [](const auto& f) { return is_finite(f.u) && is_finite(f.v); });
}

double largest_number(const precision::FloatFormat& format) {
  return precision::SoftFloat(format).to_double(format.largest());
}

}  // namespace

TameSteps tame_steps(const precision::RoundingPlan& plan, const lrnn::Layer<double>& layer) {
  const auto* affine = std::get_if<lrnn::AffineDecoder<double>>(&layer.decoder);
  if (affine == nullptr) return {};
  for (const auto& map : layer.maps) {
    if (!is_finite(map.a) || !is_finite(map.b)) return {};
  }
  for (const auto& readout : affine->readouts) {
    if (!is_finite(readout.weights) || !std::isfinite(readout.constant)) return {};
  }
  const int bits = std::min(
      {plan.products.precision(), plan.accumulation.precision(), plan.operations.precision(), plan.state.precision()});
  const double most = std::min({largest_number(plan.products), largest_number(plan.accumulation),
                                largest_number(plan.operations), largest_number(plan.state)}) /
                      16;
  const double slack = std::exp((static_cast<double>(layer.dimension) + 8) * std::ldexp(1.0, 2 - bits));
  const auto smallest = [](const precision::FloatFormat& format) {
    return std::ldexp(1.0, format.lowest_exponent() - format.fraction_bits);
  };
  const double tiny = (static_cast<double>(layer.dimension) + 1) *
                      std::max({smallest(plan.products), smallest(plan.accumulation), smallest(plan.operations)});
  Step step;
  for (const auto& map : layer.maps) {
    const Step one = bound(map, tiny, slack);
    step.growth = std::max(step.growth, one.growth);
    step.peak = std::max(step.peak, one.peak);
    step.added = std::max(step.added, one.added);
  }
  double weight = 0;
  double constant = 0;
  for (const auto& readout : affine->readouts) {
    weight = std::max(weight, sum(readout.weights) * slack);
    constant = std::max(constant, std::abs(readout.constant));
  }
  const auto steps_from = [&](double x) {
    constexpr std::size_t kMost = 64;
    std::size_t steps = 0;
    while (steps < kMost) {
      if (!(step.peak * x + step.added <= most)) break;
      x = step.growth * x + step.added;
      if (!(weight * x + constant <= most)) break;
      ++steps;
    }
    return steps;
  };
  TameSteps best;
  for (double x = std::sqrt(most); x >= 1; x = x > 1 ? std::max(std::sqrt(x) / 2, 1.0) : 0) {
    const std::size_t steps = steps_from(x);
    if (steps >= 2 * best.steps && steps >= 4) best = {steps, x};
  }
  return best;
}

}  // namespace eigenmata::simulation
