// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/abelian_series.hpp"

#include <cassert>
#include <utility>

#include "eigenmata/algebra/frattini.hpp"
#include "eigenmata/algebra/group_series.hpp"

namespace eigenmata::algebra {
namespace {

using Numbers = std::vector<std::uint32_t>;

std::vector<std::uint64_t> prime_factors(std::uint64_t n) {
  std::vector<std::uint64_t> primes;
  for (std::uint64_t p = 2; p * p <= n; ++p) {
    if (n % p != 0) continue;
    primes.push_back(p);
    while (n % p == 0) n /= p;
  }
  if (n > 1) primes.push_back(n);
  return primes;
}

/// A subgroup: its elements, and for every element of the group whether it is one of them.
struct Subgroup {
  Numbers members;
  std::vector<bool> has;
};

Subgroup subgroup(const ListedGroup& group, Numbers members) {
  Subgroup result{std::move(members), std::vector<bool>(group.order(), false)};
  for (const std::uint32_t x : result.members) result.has[x] = true;
  return result;
}

struct BasisElement {
  std::uint32_t element = 0;
  std::uint32_t order = 1;  ///< modulo the smaller group
};

/// A basis of upper/lower, which is Abelian.
class BasisFinder {
 public:
  BasisFinder(const ListedGroup& group, const Subgroup& upper, const Subgroup& lower)
      : group_(group),
        upper_(upper),
        lower_(lower),
        index_(upper.members.size() / lower.members.size()),
        primes_(prime_factors(index_)) {}

  std::vector<BasisElement> run(core::Ticker& ticker) {
    std::vector<BasisElement> basis;
    Subgroup span = lower_;
    while (span.members.size() < upper_.members.size()) {
      const BasisElement next = best_outside(span, ticker);
      assert(next.order > 1);
      basis.push_back(next);
      span = extended(span, next);
    }
    return basis;
  }

 private:
  [[nodiscard]] std::uint32_t order_modulo(std::uint32_t x, const Subgroup& n) const {
    std::uint64_t order = index_;
    for (const std::uint64_t p : primes_) {
      while (order % p == 0 && n.has[group_.power(x, order / p)]) order /= p;
    }
    return static_cast<std::uint32_t>(order);
  }

  [[nodiscard]] BasisElement best_outside(const Subgroup& span, core::Ticker& ticker) const {
    BasisElement best;
    std::vector<Point> images;
    for (const std::uint32_t x : upper_.members) {
      ticker.tick();
      if (span.has[x]) continue;
      const std::uint32_t order = order_modulo(x, lower_);
      if (order < best.order || order_modulo(x, span) != order) continue;
      auto candidate = group_.element(x).images();
      if (order == best.order && candidate > images) continue;
      best = {x, order};
      images = std::move(candidate);
    }
    return best;
  }

  [[nodiscard]] Subgroup extended(const Subgroup& span, const BasisElement& next) const {
    Numbers members;
    std::uint32_t power = 0;
    for (std::uint32_t e = 0; e < next.order; ++e) {
      for (const std::uint32_t x : span.members) members.push_back(group_.product(x, power));
      power = group_.product(power, next.element);
    }
    return subgroup(group_, std::move(members));
  }

  const ListedGroup& group_;
  const Subgroup& upper_;
  const Subgroup& lower_;
  std::uint64_t index_;
  std::vector<std::uint64_t> primes_;
};

/// b₁^e₁ b₂^e₂ ⋯ for all exponents, the first fastest.
Numbers products_of_powers(const ListedGroup& group, const std::vector<BasisElement>& basis) {
  Numbers result{0};
  for (const BasisElement& b : basis) {
    const std::size_t before = result.size();
    for (std::size_t i = 0; i < before * (b.order - 1); ++i) result.push_back(group.product(result[i], b.element));
  }
  return result;
}

Transformation power(const Transformation& g, std::uint64_t exponent) {
  Transformation result = Transformation::identity(g.degree());
  for (std::uint64_t i = 0; i < exponent; ++i) result = result * g;
  return result;
}

/// Down to a group without commutators of index above 1.
std::vector<PermutationGroup> elementary_series(const PermutationGroup& group, const core::Limits& limits) {
  std::vector<PermutationGroup> series{group};
  for (;;) {
    const std::vector<PermutationGroup> derived = derived_series(series.back(), limits);
    if (derived.size() < 2) return series;
    const exact::Integer index = series.back().order() / derived[1].order();
    std::uint64_t exponent = 1;
    for (const auto& [p, times] : series.back().order_factors()) {
      if (index % p == 0) exponent *= p;
    }
    std::vector<Transformation> generators = derived[1].generators();
    for (const Transformation& g : series.back().generators()) generators.push_back(power(g, exponent));
    series.emplace_back(group.degree(), std::move(generators), limits);
  }
}

std::vector<PermutationGroup> series_of(const PermutationGroup& group, SeriesKind kind, const core::Limits& limits) {
  if (kind == SeriesKind::kDerived) return derived_series(group, limits);
  if (kind == SeriesKind::kElementary) return elementary_series(group, limits);
  if (!is_p_group(group, 2)) return {group};
  return frattini_series(group, limits);
}

}  // namespace

AbelianSeries::Coordinates AbelianSeries::coordinates(std::size_t i, std::uint32_t x) const {
  assert(contains(i, x));
  std::uint32_t coset = factors_[i].coset_of[x];
  Coordinates c;
  for (const std::uint32_t m : factors_[i].moduli) {
    c.push_back(coset % m);
    coset /= m;
  }
  return c;
}

std::uint32_t AbelianSeries::representative(std::size_t i, const Coordinates& c) const {
  const Factor& factor = factors_[i];
  assert(c.size() == factor.moduli.size());
  std::size_t coset = 0;
  for (std::size_t j = c.size(); j-- > 0;) {
    assert(c[j] < factor.moduli[j]);
    coset = coset * factor.moduli[j] + c[j];
  }
  return factor.representatives[coset];
}

std::uint32_t AbelianSeries::cocycle(std::size_t i, const Coordinates& c, std::uint32_t x) const {
  const std::uint32_t moved = group_.product(representative(i, c), x);
  assert(contains(i, moved));
  const Factor& factor = factors_[i];
  return group_.product(moved, group_.inverse(factor.representatives[factor.coset_of[moved]]));
}

std::optional<AbelianSeries> abelian_series(const PermutationGroup& group, SeriesKind kind, std::size_t max_order,
                                            const core::Limits& limits) {
  const std::vector<PermutationGroup> groups = series_of(group, kind, limits);
  if (!groups.back().is_trivial()) return std::nullopt;
  AbelianSeries series(ListedGroup(group, max_order, limits));
  const ListedGroup& listed = series.group_;
  core::Ticker ticker(limits, "coordinates of a solvable group");
  Subgroup upper = subgroup(listed, listed.members(groups[0]));
  for (std::size_t i = 0; i + 1 < groups.size(); ++i) {
    Subgroup lower = subgroup(listed, listed.members(groups[i + 1]));
    const auto basis = BasisFinder(listed, upper, lower).run(ticker);
    AbelianSeries::Factor factor{{}, Numbers(listed.order(), AbelianSeries::kNone), products_of_powers(listed, basis)};
    for (const BasisElement& b : basis) factor.moduli.push_back(b.order);
    for (std::uint32_t coset = 0; coset < factor.representatives.size(); ++coset) {
      for (const std::uint32_t n : lower.members)
        factor.coset_of[listed.product(n, factor.representatives[coset])] = coset;
    }
    series.factors_.push_back(std::move(factor));
    upper = std::move(lower);
  }
  return series;
}

}  // namespace eigenmata::algebra
