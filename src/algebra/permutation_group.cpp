// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/permutation_group.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <string>
#include <utility>

#include "eigenmata/core/error.hpp"
#include "stabiliser_chain.hpp"

namespace eigenmata::algebra {
namespace {

std::shared_ptr<const StabiliserChain> chain_of(std::size_t degree, const std::vector<Transformation>& generators,
                                                const std::vector<Point>& base_prefix, const core::Limits& limits) {
  for (std::size_t i = 0; i < generators.size(); ++i) {
    if (generators[i].degree() != degree) {
      throw core::Error("generator " + std::to_string(i) + " acts on " + std::to_string(generators[i].degree()) +
                        " points, but the group on " + std::to_string(degree));
    }
    if (!generators[i].is_permutation()) {
      throw core::Error("generator " + std::to_string(i) + " is not a permutation: its image has " +
                        std::to_string(generators[i].rank()) + " of " + std::to_string(degree) + " points");
    }
  }
  std::vector<bool> seen(degree, false);
  for (const Point b : base_prefix) {
    if (b >= degree || seen[b]) {
      throw core::Error("base point " + std::to_string(b) + " is named twice or not below the degree " +
                        std::to_string(degree));
    }
    seen[b] = true;
  }
  auto chain = std::make_shared<StabiliserChain>(degree, base_prefix);
  for (const Transformation& g : generators) chain->insert(g.images(), limits);
  return chain;
}

}  // namespace

PermutationGroup::PermutationGroup(std::size_t degree, std::vector<Transformation> generators,
                                   const core::Limits& limits)
    : PermutationGroup(degree, std::move(generators), std::vector<Point>{}, limits) {}

PermutationGroup::PermutationGroup(std::size_t degree, std::vector<Transformation> generators,
                                   const std::vector<Point>& base_prefix, const core::Limits& limits)
    : generators_(std::move(generators)), chain_(chain_of(degree, generators_, base_prefix, limits)), order_(1) {
  for (const auto& level : chain_->levels()) order_ *= level.orbit.size();
}

PermutationGroup::PermutationGroup(std::vector<Transformation> generators, std::shared_ptr<const StabiliserChain> chain)
    : generators_(std::move(generators)), chain_(std::move(chain)), order_(1) {
  for (const auto& level : chain_->levels()) order_ *= level.orbit.size();
}

std::size_t PermutationGroup::degree() const { return chain_->degree(); }

std::map<std::uint64_t, std::uint64_t> PermutationGroup::order_factors() const {
  std::map<std::uint64_t, std::uint64_t> factors;
  for (const auto& level : chain_->levels()) {
    std::uint64_t rest = level.orbit.size();
    for (std::uint64_t p = 2; p * p <= rest; ++p) {
      for (; rest % p == 0; rest /= p) ++factors[p];
    }
    if (rest > 1) ++factors[rest];
  }
  return factors;
}

std::vector<Point> PermutationGroup::base() const {
  std::vector<Point> points;
  for (const auto& level : chain_->levels()) points.push_back(level.base);
  return points;
}

std::vector<std::size_t> PermutationGroup::basic_orbit_lengths() const {
  std::vector<std::size_t> lengths;
  for (const auto& level : chain_->levels()) lengths.push_back(level.orbit.size());
  return lengths;
}

std::vector<Transformation> PermutationGroup::strong_generators() const {
  std::vector<Transformation> generators;
  // Level 0 may lack what was found to be a strong generator deeper down; together they have all.
  for (const auto& level : chain_->levels()) {
    for (const Images& g : level.generators) {
      Transformation candidate(g);
      if (std::find(generators.begin(), generators.end(), candidate) == generators.end()) {
        generators.push_back(std::move(candidate));
      }
    }
  }
  return generators;
}

PermutationGroup PermutationGroup::base_stabiliser(std::size_t points, const core::Limits& limits) const {
  assert(points <= chain_->levels().size());
  std::vector<Transformation> generators;
  if (points < chain_->levels().size()) {
    for (const Images& g : chain_->levels()[points].generators) generators.emplace_back(g);
  }
  return PermutationGroup(degree(), std::move(generators), limits);
}

bool PermutationGroup::contains(const Transformation& g) const {
  return g.degree() == degree() && g.is_permutation() && chain_->contains(g.images());
}

bool PermutationGroup::is_subgroup_of(const PermutationGroup& other) const {
  return degree() == other.degree() &&
         std::all_of(generators_.begin(), generators_.end(), [&](const auto& g) { return other.contains(g); });
}

Transformation PermutationGroup::random_element(core::Random& random) const {
  Images g = identity_images(degree());
  for (std::size_t i = chain_->levels().size(); i-- > 0;) {
    const auto& level = chain_->levels()[i];
    g = product(g, level.carrier[random.below(level.orbit.size())]);
  }
  return Transformation(std::move(g));
}

Transformation PermutationGroup::element(const exact::Integer& index) const {
  assert(index >= 0 && index < order_);
  std::vector<std::size_t> places;
  exact::Integer rest = index;
  for (const auto& level : chain_->levels()) {
    places.push_back(static_cast<std::size_t>(exact::Integer(rest % level.orbit.size())));
    rest /= level.orbit.size();
  }
  Images g = identity_images(degree());
  for (std::size_t i = places.size(); i-- > 0;) g = product(g, chain_->levels()[i].carrier[places[i]]);
  return Transformation(std::move(g));
}

std::vector<Transformation> PermutationGroup::elements(std::size_t limit) const {
  if (order_ > limit) {
    throw core::LimitReached(
        core::LimitReached::Kind::kSize,
        "the group has " + exact::to_string(order_) + " elements, more than the limit of " + std::to_string(limit));
  }
  std::vector<Transformation> result;
  for (std::size_t i = 0; i < static_cast<std::size_t>(order_); ++i) result.push_back(element(i));
  return result;
}

std::vector<Point> PermutationGroup::orbit(Point x) const {
  assert(x < degree());
  std::vector<bool> seen(degree(), false);
  std::vector<Point> points{x};
  seen[x] = true;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (const Transformation& g : generators_) {
      const Point y = g.image_of(points[i]);
      if (!seen[y]) points.push_back(y);
      seen[y] = true;
    }
  }
  std::sort(points.begin(), points.end());
  return points;
}

std::vector<std::vector<Point>> PermutationGroup::orbits() const {
  std::vector<std::vector<Point>> result;
  std::vector<bool> seen(degree(), false);
  for (Point x = 0; x < degree(); ++x) {
    if (seen[x]) continue;
    result.push_back(orbit(x));
    for (const Point y : result.back()) seen[y] = true;
  }
  return result;
}

bool PermutationGroup::is_abelian() const {
  for (std::size_t i = 0; i < generators_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (generators_[i] * generators_[j] != generators_[j] * generators_[i]) return false;
    }
  }
  return true;
}

PermutationGroup cyclic_group(std::size_t n) {
  Images rotation(n);
  for (std::size_t x = 0; x < n; ++x) rotation[x] = static_cast<Point>((x + 1) % n);
  return PermutationGroup(n, {Transformation(std::move(rotation))});
}

PermutationGroup symmetric_group(std::size_t n) {
  std::vector<Transformation> generators = cyclic_group(n).generators();
  if (n >= 2) {
    Images swap = identity_images(n);
    std::swap(swap[0], swap[1]);
    generators.emplace_back(std::move(swap));
  }
  return PermutationGroup(n, std::move(generators));
}

PermutationGroup alternating_group(std::size_t n) {
  std::vector<Transformation> generators;  // the 3-cycles (0 1 x)
  for (std::size_t x = 2; x < n; ++x) {
    Images cycle = identity_images(n);
    cycle[0] = 1;
    cycle[1] = static_cast<Point>(x);
    cycle[x] = 0;
    generators.emplace_back(std::move(cycle));
  }
  return PermutationGroup(n, std::move(generators));
}

}  // namespace eigenmata::algebra
