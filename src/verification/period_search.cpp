// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/period_search.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <array>
#include <atomic>
#include <cassert>
#include <cmath>
#include <mutex>
#include <set>

#include "search_parts.hpp"

namespace eigenmata::verification {
namespace {

using precision::FloatFormat;
using precision::SoftFloat;
using Code = std::uint8_t;

/// All sums and products of a format, numbers as positions in a list of its finite values without −0; `lost` stands for
/// what is not finite.
class Tables {
 public:
  explicit Tables(const FloatFormat& format) {
    const SoftFloat soft(format);
    std::vector<int> position(std::size_t{1} << format.bits(), -1);
    for (std::uint64_t code = 0; code < position.size(); ++code) {
      const double x = soft.to_double(code);
      if (!std::isfinite(x) || (code != 0 && x == 0)) continue;
      position[code] = static_cast<int>(values_.size());
      values_.push_back(x);
      codes_.push_back(code);
    }
    lost_ = values_.size();
    const auto at = [&](std::uint64_t code) {
      if (soft.to_double(code) == 0) return static_cast<Code>(position[0]);
      return position[code] < 0 ? static_cast<Code>(lost_) : static_cast<Code>(position[code]);
    };
    const std::size_t n = lost_ + 1;
    sums_.assign(n * n, static_cast<Code>(lost_));
    products_ = negated_ = sums_;
    for (std::size_t i = 0; i < lost_; ++i) {
      negated_[i] = at(soft.from_double(-values_[i]));
      for (std::size_t j = 0; j < lost_; ++j) {
        sums_[i * n + j] = at(soft.add(codes_[i], codes_[j]));
        products_[i * n + j] = at(soft.multiply(codes_[i], codes_[j]));
      }
    }
  }

  [[nodiscard]] std::size_t size() const { return lost_; }
  [[nodiscard]] Code lost() const { return static_cast<Code>(lost_); }
  [[nodiscard]] double value(std::size_t i) const { return values_[i]; }
  [[nodiscard]] Code sum(Code a, Code b) const { return sums_[a * (lost_ + 1) + b]; }
  [[nodiscard]] Code product(Code a, Code b) const { return products_[a * (lost_ + 1) + b]; }
  [[nodiscard]] Code negated(Code a) const { return negated_[a]; }

 private:
  std::vector<double> values_;
  std::vector<std::uint64_t> codes_;
  std::size_t lost_ = 0;
  std::vector<Code> sums_, products_, negated_;
};

constexpr std::uint32_t kGone = UINT32_MAX;  // the successor is not finite

/// Calls `cycle(state, length)` for each cycle of a map of {0, …, n − 1}.
template <class Cycle>
void for_each_cycle(const std::vector<std::uint32_t>& next, std::vector<std::uint32_t>& seen_by, const Cycle& cycle) {
  seen_by.assign(next.size(), 0);
  for (std::uint32_t start = 0; start < next.size(); ++start) {
    std::uint32_t at = start;
    while (at != kGone && seen_by[at] == 0) {
      seen_by[at] = start + 1;
      at = next[at];
    }
    if (at == kGone || seen_by[at] != start + 1) continue;
    std::size_t length = 1;
    for (std::uint32_t i = next[at]; i != at; i = next[i]) ++length;
    cycle(at, length);
  }
}

double square(double x) { return x * x; }  // exact: few bits

class Search {
 public:
  Search(PeriodStructure structure, const FloatFormat& format, const core::Limits& limits, SearchPart part,
         bool in_disc)
      : structure_(structure), tables_(format), limits_(limits), part_(part), in_disc_(in_disc) {}

  PeriodSearch run() {
    if (structure_ == PeriodStructure::kHouseholderPair) return run_pairs();
    const std::size_t n = tables_.size();
    const bool complex = structure_ == PeriodStructure::kDiagonalComplex;
    result_.states = complex ? n * n : n;
    std::atomic<std::uint64_t> done{0};
    const auto [begin, end] = rows_of(part_, n);
    tbb::parallel_for(tbb::blocked_range<std::size_t>(begin, end, 1), [&](const auto& range) {
      std::vector<std::uint32_t> next, seen_by;
      for (std::size_t first = range.begin(); first < range.end(); ++first) {
        for (std::size_t second = 0; second < n; ++second) {
          if (complex && tables_.value(second) < 0) continue;
          if (in_disc_ && square(tables_.value(first)) + square(tables_.value(second)) > 1) continue;
          if (has_stopped()) return;
          if (complex) {
            fill_complex(static_cast<Code>(first), static_cast<Code>(second), next);
          } else {
            fill_real(static_cast<Code>(first), static_cast<Code>(second), next);
          }
          for_each_cycle(next, seen_by, [&](std::uint32_t state, std::size_t length) {
            keep(first * n + second, {tables_.value(first), tables_.value(second)}, state, length, next);
          });
          ++done;
        }
      }
    });
    result_.parameters = done;
    result_.exhaustive = result_.stopped_by.empty();
    return std::move(result_);
  }

 private:
  /// Where a factor I − s v vᵀ takes all states.
  struct FactorMap {
    std::array<Code, 3> parameters;  // s, v_1, v_2
    std::vector<std::uint32_t> next;
  };

  [[nodiscard]] FactorMap factor_map(Code s, Code v, Code w) const {
    const std::size_t n = tables_.size();
    const Tables& t = tables_;
    FactorMap map{{s, v, w}, std::vector<std::uint32_t>(n * n)};
    for (std::size_t i = 0; i < n * n; ++i) {
      const auto x = static_cast<Code>(i / n);
      const auto y = static_cast<Code>(i % n);
      const Code along = t.product(s, t.sum(t.product(v, x), t.product(w, y)));
      const Code u = t.sum(x, t.negated(t.product(v, along)));
      const Code z = t.sum(y, t.negated(t.product(w, along)));
      map.next[i] = u != t.lost() && z != t.lost() ? static_cast<std::uint32_t>(u * n + z) : kGone;
    }
    return map;
  }

  [[nodiscard]] Code position_of(double value) const {
    std::size_t i = 0;
    while (tables_.value(i) != value) ++i;
    return static_cast<Code>(i);
  }

  /// Has I − s v vᵀ the eigenvalue 1 − s vᵀv in [−1, 1]? Exact: few bits.
  [[nodiscard]] bool is_contraction(Code s, Code v, Code w) const {
    const double a = tables_.value(v);
    const double b = tables_.value(w);
    const double beta = tables_.value(s) * (a * a + b * b);
    return 0 <= beta && beta <= 2;
  }

  /// Factors that do the same are gone through once.
  [[nodiscard]] std::vector<FactorMap> all_factors() const {
    std::vector<FactorMap> factors;
    std::set<std::vector<std::uint32_t>> known;
    const auto n = static_cast<Code>(tables_.size());
    for (Code s = 0; s < n; ++s) {
      for (Code v = 0; v < n; ++v) {
        for (Code w = 0; w < n; ++w) {
          if (!is_contraction(s, v, w)) continue;
          FactorMap map = factor_map(s, v, w);
          if (known.insert(map.next).second) factors.push_back(std::move(map));
        }
      }
    }
    return factors;
  }

  /// Cycles of `second` after `first`.
  void visit_pair(const FactorMap& first, const FactorMap& second, std::size_t rank, std::vector<std::uint32_t>& next,
                  std::vector<std::uint32_t>& seen_by) {
    next.resize(first.next.size());
    for (std::size_t i = 0; i < next.size(); ++i) next[i] = first.next[i] == kGone ? kGone : second.next[first.next[i]];
    for_each_cycle(next, seen_by, [&](std::uint32_t state, std::size_t length) {
      std::vector<double> parameters;
      for (const FactorMap* factor : {&first, &second}) {
        for (const Code p : factor->parameters) parameters.push_back(tables_.value(p));
      }
      keep(rank, parameters, state, length, next);
    });
  }

  PeriodSearch run_pairs() {
    const std::size_t n = tables_.size();
    result_.states = n * n;
    const bool all = n < 16;  // of fp4
    const std::vector<FactorMap> factors = all ? all_factors() : std::vector<FactorMap>();
    const FactorMap mirror = factor_map(position_of(2), position_of(1), position_of(0));
    const Code one = position_of(1);
    std::atomic<std::uint64_t> done{0};
    const auto [begin, end] = rows_of(part_, all ? factors.size() : n);
    tbb::parallel_for(tbb::blocked_range<std::size_t>(begin, end, 1), [&](const auto& range) {
      std::vector<std::uint32_t> next, seen_by;
      for (std::size_t i = range.begin(); i < range.end(); ++i) {
        for (std::size_t j = 0; j < (all ? factors.size() : n); ++j) {
          if (!all && (tables_.value(j) < 0 || !is_contraction(static_cast<Code>(i), one, static_cast<Code>(j))))
            continue;
          if (has_stopped()) return;
          if (all) {
            visit_pair(factors[i], factors[j], i * factors.size() + j, next, seen_by);
          } else {
            visit_pair(mirror, factor_map(static_cast<Code>(i), one, static_cast<Code>(j)), i * n + j, next, seen_by);
          }
          ++done;
        }
      }
    });
    result_.parameters = done;
    result_.exhaustive = all && result_.stopped_by.empty();
    return std::move(result_);
  }

  void fill_complex(Code re, Code im, std::vector<std::uint32_t>& next) const {
    const std::size_t n = tables_.size();
    next.resize(n * n);
    // a_re x, a_im x and −a_im x for all x.
    std::vector<Code> by_re(n), by_im(n), by_minus_im(n);
    for (std::size_t x = 0; x < n; ++x) {
      by_re[x] = tables_.product(re, static_cast<Code>(x));
      by_im[x] = tables_.product(im, static_cast<Code>(x));
      by_minus_im[x] = tables_.negated(by_im[x]);
    }
    for (std::size_t x = 0; x < n; ++x) {
      for (std::size_t y = 0; y < n; ++y) {
        const Code u = tables_.sum(by_re[x], by_minus_im[y]);
        const Code v = tables_.sum(by_re[y], by_im[x]);
        const bool finite = u != tables_.lost() && v != tables_.lost();
        next[x * n + y] = finite ? static_cast<std::uint32_t>(u * n + v) : kGone;
      }
    }
  }

  void fill_real(Code a, Code b, std::vector<std::uint32_t>& next) const {
    next.resize(tables_.size());
    for (std::size_t x = 0; x < next.size(); ++x) {
      const Code u = tables_.sum(tables_.product(a, static_cast<Code>(x)), b);
      next[x] = u != tables_.lost() ? u : kGone;
    }
  }

  void keep(std::size_t parameters_rank, std::vector<double> parameters, std::uint32_t state, std::size_t length,
            const std::vector<std::uint32_t>& next) {
    const std::size_t n = tables_.size();
    const std::scoped_lock lock(mutex_);
    // The same orbits whatever the threads did: the first in the order of the parameters, then of the states.
    const auto rank = std::pair(parameters_rank, state);
    const auto known = ranks_.find(length);
    if (known != ranks_.end() && known->second <= rank) return;
    ranks_[length] = rank;
    PeriodicOrbit orbit{std::move(parameters), {}};
    for (std::uint32_t at = state; orbit.states.size() < length; at = next[at]) {
      if (structure_ != PeriodStructure::kDiagonalReal) {
        orbit.states.push_back({tables_.value(at / n), tables_.value(at % n)});
      } else {
        orbit.states.push_back({tables_.value(at)});
      }
    }
    result_.orbits[length] = std::move(orbit);
  }

  bool has_stopped() {
    const std::scoped_lock lock(mutex_);
    if (!result_.stopped_by.empty()) return true;
    try {
      limits_.poll();
    } catch (const core::LimitReached& limit) {
      result_.stopped_by = limit.what();
    }
    return !result_.stopped_by.empty();
  }

  PeriodStructure structure_;
  Tables tables_;
  const core::Limits& limits_;
  SearchPart part_;
  bool in_disc_;
  std::mutex mutex_;  // of what follows
  PeriodSearch result_;
  std::map<std::size_t, std::pair<std::size_t, std::uint32_t>> ranks_;
};

}  // namespace

PeriodSearch search_periods(PeriodStructure structure, const FloatFormat& format, const core::Limits& limits,
                            SearchPart part, bool in_disc) {
  assert(format.bits() <= 8 && part.index < part.count);
  assert(!in_disc || structure == PeriodStructure::kDiagonalComplex);
  return Search(structure, format, limits, part, in_disc).run();
}

PeriodSearch joined(std::vector<PeriodSearch> parts) {
  PeriodSearch all;
  all.exhaustive = !parts.empty();
  for (PeriodSearch& part : parts) {
    all.orbits.merge(part.orbits);
    all.parameters += part.parameters;
    all.states = part.states;
    all.exhaustive = all.exhaustive && part.exhaustive;
    if (all.stopped_by.empty()) all.stopped_by = part.stopped_by;
  }
  return all;
}

}  // namespace eigenmata::verification
