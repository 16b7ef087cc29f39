// SPDX-License-Identifier: Apache-2.0
//
// Complex scalars of formats whose numbers are too many for tables: those near roots of unity, run from the numbers of
// one binade.
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <atomic>
#include <cassert>
#include <cmath>
#include <numeric>

#include "eigenmata/precision/carried_float.hpp"
#include "search_parts.hpp"

namespace eigenmata::verification {
namespace {

using precision::CarriedFloat;
using Point = std::pair<double, double>;  // real and imaginary part

/// The next number of the format, up or down.
double neighbour(const CarriedFloat& k, double x, int direction) {
  const std::uint64_t sign = k.format().sign_bit();
  if (x == 0) return direction * k.number(1);
  const std::uint64_t code = k.code(std::abs(x)) + ((x > 0) == (direction > 0) ? 1 : -1);
  return k.number(x < 0 ? code | sign : code);
}

Point times(const CarriedFloat& k, const Point& a, const Point& z) {
  return {k.add(k.multiply(a.first, z.first), -k.multiply(a.second, z.second)),
          k.add(k.multiply(a.first, z.second), k.multiply(a.second, z.first))};
}

}  // namespace

double most_steps_near_circle(const precision::FloatFormat& format, std::size_t period) {
  const auto m = static_cast<double>(period);
  return m / 2 * 25 * std::ldexp(1.0, 2 * format.fraction_bits + 4) * m;
}

PeriodSearch search_near_circle(const precision::FloatFormat& format, std::size_t period, const core::Limits& limits,
                                SearchPart part, bool in_disc) {
  assert(format.bits() <= 16 && period >= 2 && part.index < part.count);
  const CarriedFloat k(format, precision::Rounding::kNearestEven, format.precision());
  // Numbers of the format within two units of the last place of x.
  const auto near = [&](double x) {
    std::vector<double> values;
    double low = std::abs(x) < 1e-9 ? 0 : k.round(x);  // cos(π/2) is 0
    for (int i = 0; i < 2; ++i) low = neighbour(k, low, -1);
    for (int i = 0; i < 5; ++i, low = neighbour(k, low, 1)) values.push_back(low);
    return values;
  };
  std::vector<double> imaginary{0};
  for (double y = std::ldexp(1.0, -6); y < 2; y = neighbour(k, y, 1)) imaginary.insert(imaginary.end(), {y, -y});
  std::vector<Point> starts;
  for (double x = 1; x < 2; x = neighbour(k, x, 1)) {
    for (const double y : imaginary) {
      if (std::abs(y) <= x) starts.emplace_back(x, y);
    }
  }
  PeriodSearch result;
  result.states = starts.size();
  core::Ticker ticker(limits, "searching near the unit circle");
  try {
    std::size_t scalars = 0;
    for (std::size_t j = 1; 2 * j <= period; ++j) scalars += std::gcd(j, period) == 1 ? 25 : 0;
    const auto [begin, end] = rows_of(part, scalars);
    std::size_t scalar = 0;
    for (std::size_t j = 1; 2 * j <= period; ++j) {
      if (std::gcd(j, period) != 1) continue;
      const double angle = 2 * M_PI * static_cast<double>(j) / static_cast<double>(period);
      for (const double re : near(std::cos(angle))) {
        for (const double im : near(std::sin(angle))) {
          const std::size_t number = scalar++;
          if (number < begin || number >= end) continue;
          if (in_disc && re * re + im * im > 1) continue;  // exact: numbers of at most 16 bits
          std::atomic<std::size_t> first{starts.size()};
          tbb::parallel_for(tbb::blocked_range<std::size_t>(0, starts.size(), 4096), [&](const auto& range) {
            constexpr std::size_t kPatience = 1 << 20;  // steps between two looks at the limits
            std::size_t patience = kPatience;
            for (std::size_t i = range.begin(); i < range.end() && i < first; ++i) {
              Point at = starts[i];
              std::size_t steps = 0;
              do {
                at = times(k, {re, im}, at);
                ++steps;
                if (--patience == 0) {
                  limits.poll();
                  patience = kPatience;
                }
              } while (steps < period && at != starts[i]);
              if (steps != period || at != starts[i]) continue;
              for (std::size_t known = first; i < known && !first.compare_exchange_weak(known, i);) {
              }
            }
          });
          ++result.parameters;
          ticker.tick(starts.size());
          if (first == starts.size()) continue;
          PeriodicOrbit orbit{{re, im}, {}};
          for (Point at = starts[first]; orbit.states.size() < period; at = times(k, {re, im}, at))
            orbit.states.push_back({at.first, at.second});
          result.orbits[period] = std::move(orbit);
          return result;
        }
      }
    }
  } catch (const core::LimitReached& limit) {
    result.stopped_by = limit.what();
  }
  return result;
}

}  // namespace eigenmata::verification
