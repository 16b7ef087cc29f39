// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/format_groups.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "eigenmata/algebra/green.hpp"
#include "eigenmata/algebra/transition_monoid.hpp"

namespace eigenmata::verification {
namespace {

using algebra::Transformation;
using precision::FloatFormat;
using precision::Rounding;
using precision::SoftFloat;
using Position = std::uint16_t;

/// Sums and products of the numbers of a format, as positions in increasing order; the last position is NaN. Of each
/// two tables, the one rounds as asked for, and the other says whether there was anything to round.
class Chain {
 public:
  Chain(const FloatFormat& format, Rounding rounding) {
    const SoftFloat soft(format, rounding);
    std::vector<std::pair<double, std::uint64_t>> ordered;
    for (std::uint64_t code = 0; code < std::uint64_t{1} << format.bits(); ++code) {
      const double x = soft.to_double(code);
      if (!std::isnan(x) && (x != 0 || code == 0)) ordered.emplace_back(x, code);
    }
    std::sort(ordered.begin(), ordered.end());
    size_ = ordered.size();
    const auto at = [&](std::uint64_t code) {
      const double x = soft.to_double(code);
      if (std::isnan(x)) return nan();
      // −0 compares equal to 0.
      const auto found = std::lower_bound(ordered.begin(), ordered.end(), x,
                                          [](const auto& entry, double value) { return entry.first < value; });
      return static_cast<Position>(found - ordered.begin());
    };
    const std::size_t n = size_ + 1;
    sums_.assign(n * n, nan());
    products_ = sums_;
    sure_sums_.assign(n * n, false);
    sure_products_ = sure_sums_;
    for (std::size_t i = 0; i < size_; ++i) {
      values_.push_back(ordered[i].first);
      for (std::size_t j = 0; j < size_; ++j) {
        const auto a = ordered[i].second, b = ordered[j].second;
        sums_[i * n + j] = at(soft.add(a, b));
        products_[i * n + j] = at(soft.multiply(a, b));
        const auto sum = soft.add_either_way(a, b);
        const auto product = soft.multiply_either_way(a, b);
        sure_sums_[i * n + j] = at(sum.first) == at(sum.second);
        sure_products_[i * n + j] = at(product.first) == at(product.second);
      }
    }
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Position nan() const { return static_cast<Position>(size_); }
  [[nodiscard]] double value(std::size_t i) const { return values_[i]; }
  [[nodiscard]] bool is_parameter(std::size_t i) const { return std::isfinite(values_[i]); }

  /// Where the letter (a, b) takes all numbers, and NaN.
  void step(std::size_t a, std::size_t b, std::vector<Position>& next) const {
    const std::size_t n = size_ + 1;
    next.resize(n);
    for (std::size_t h = 0; h < n; ++h) next[h] = sums_[products_[a * n + h] * n + b];
  }
  /// Has no operation of this step a choice?
  [[nodiscard]] bool is_sure(std::size_t a, std::size_t b, std::size_t h) const {
    const std::size_t n = size_ + 1;
    return sure_products_[a * n + h] && sure_sums_[products_[a * n + h] * n + b];
  }

 private:
  std::size_t size_ = 0;
  std::vector<double> values_;
  std::vector<Position> sums_, products_;  // of NaN they are NaN
  std::vector<bool> sure_sums_, sure_products_;
};

/// Does it keep the order, or turn it round, where it is defined?
bool is_ordered(const std::vector<Position>& next, Position nan, bool turned) {
  Position last = nan;
  for (std::size_t h = 0; h < nan; ++h) {
    if (next[h] == nan) continue;
    if (last != nan && (turned ? next[h] > last : next[h] < last)) return false;
    last = next[h];
  }
  return true;
}

/// Calls `cycle(h, length)` for each cycle that does not run through NaN.
template <class Cycle>
void for_each_cycle(const std::vector<Position>& next, Position nan, std::vector<Position>& seen_by,
                    const Cycle& cycle) {
  seen_by.assign(next.size(), 0);
  for (Position start = 0; start < nan; ++start) {
    Position at = start;
    while (at != nan && seen_by[at] == 0) {
      seen_by[at] = static_cast<Position>(start + 1);
      at = next[at];
    }
    if (at == nan || seen_by[at] != start + 1) continue;
    std::uint64_t length = 1;
    for (Position i = next[at]; i != at; i = next[i]) ++length;
    cycle(at, length);
  }
}

}  // namespace

std::optional<std::size_t> ScalarGroups::largest_group() const {
  if (!exhaustive || neither) return std::nullopt;
  if (signed_periods.contains(2)) return 2;
  if (antitone == 0) return 1;
  return std::nullopt;  // no letter shows the 2, and a product might
}

ScalarGroups scalar_groups(const FloatFormat& format, Rounding rounding, const core::Limits& limits) {
  assert(format.bits() <= 8);
  const Chain chain(format, rounding);
  ScalarGroups result;
  result.numbers = chain.size();
  std::vector<Position> next, seen_by;
  try {
    for (std::size_t a = 0; a < chain.size(); ++a) {
      if (!chain.is_parameter(a)) continue;
      limits.poll();
      const bool turned = chain.value(a) < 0;
      for (std::size_t b = 0; b < chain.size(); ++b) {
        if (!chain.is_parameter(b)) continue;
        chain.step(a, b, next);
        ++result.letters;
        if (is_ordered(next, chain.nan(), turned)) {
          ++(turned ? result.antitone : result.monotone);
        } else if (!result.neither) {
          result.neither = {chain.value(a), chain.value(b)};
        }
        for_each_cycle(next, chain.nan(), seen_by, [&](Position start, std::uint64_t length) {
          (turned ? result.signed_periods : result.periods).insert(length);
          bool sure = true;
          Position h = start;
          do {
            sure = sure && chain.is_sure(a, b, h);
            h = next[h];
          } while (sure && h != start);
          if (sure) result.sure_periods.insert(length);
        });
      }
    }
    result.exhaustive = true;
  } catch (const core::LimitReached& limit) {
    result.stopped_by = limit.what();
  }
  return result;
}

std::vector<Transformation> scalar_letters(const FloatFormat& format, Rounding rounding, bool is_signed) {
  assert(format.bits() <= 8);
  const Chain chain(format, rounding);
  std::vector<Transformation> letters;
  std::vector<Position> next;
  for (std::size_t a = 0; a < chain.size(); ++a) {
    if (!chain.is_parameter(a) || (!is_signed && chain.value(a) < 0)) continue;
    for (std::size_t b = 0; b < chain.size(); ++b) {
      if (!chain.is_parameter(b)) continue;
      chain.step(a, b, next);
      letters.emplace_back(std::vector<algebra::Point>(next.begin(), next.end()));
    }
  }
  return letters;
}

WrapAroundGroups wrap_around_groups(int bits, const core::Limits& limits) {
  assert(1 <= bits && bits <= 5);
  const std::size_t n = std::size_t{1} << bits;
  std::vector<Transformation> letters;
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      std::vector<algebra::Point> images;
      for (std::size_t x = 0; x < n; ++x) images.push_back(static_cast<algebra::Point>((a * x + b) % n));
      letters.emplace_back(std::move(images));
    }
  }
  const algebra::TransitionMonoid monoid(letters, limits);
  if (!monoid.is_complete()) throw core::LimitReached(core::LimitReached::Kind::kSize, monoid.stopped_by());
  WrapAroundGroups result;
  result.monoid = monoid.size();
  for (const std::uint64_t period : monoid.periods(limits)) result.periods.insert(period);
  const algebra::GreenRelations green(monoid, limits);
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    const auto idempotents = green.idempotents_of(d);
    if (idempotents.empty()) continue;
    result.largest_group = std::max(result.largest_group, green.maximal_subgroup(idempotents[0]).order);
  }
  return result;
}

}  // namespace eigenmata::verification
