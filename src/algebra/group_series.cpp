// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/group_series.hpp"

#include <cassert>
#include <memory>
#include <utility>

#include "eigenmata/core/error.hpp"
#include "stabiliser_chain.hpp"

namespace eigenmata::algebra {
namespace {

/// From `series` on, appends next(last) until it does not change any more.
template <class Next>
std::vector<PermutationGroup> descend(const PermutationGroup& g, Next next) {
  std::vector<PermutationGroup> series{g};
  for (;;) {
    if (series.back().is_trivial()) return series;
    PermutationGroup below = next(series.back());
    if (below.order() == series.back().order()) return series;
    series.push_back(std::move(below));
  }
}

std::optional<std::size_t> length_if_it_ends_trivially(const std::vector<PermutationGroup>& series) {
  if (!series.back().is_trivial()) return std::nullopt;
  return series.size() - 1;
}

std::size_t exponent_in(exact::Integer n, std::uint64_t p) {
  std::size_t exponent = 0;
  for (; n % p == 0; n /= p) ++exponent;
  return exponent;
}

}  // namespace

PermutationGroup normal_closure(const PermutationGroup& g, const std::vector<Transformation>& elements,
                                const core::Limits& limits) {
  auto chain = std::make_shared<StabiliserChain>(g.degree());
  std::vector<Transformation> generators;
  const auto add = [&](const Images& x) {
    if (chain->insert(x, limits)) generators.emplace_back(x);
  };
  for (const Transformation& x : elements) {
    assert(g.contains(x));
    add(x.images());
  }
  for (std::size_t i = 0; i < generators.size(); ++i) {
    for (const Transformation& by : g.generators()) add(conjugate(generators[i].images(), by.images()));
  }
  return PermutationGroup(std::move(generators), std::move(chain));
}

PermutationGroup commutator_subgroup(const PermutationGroup& g, const PermutationGroup& a, const PermutationGroup& b,
                                     const core::Limits& limits) {
  // Modulo the normal closure of the commutators of generators, every generator of a commutes with every one of b.
  std::vector<Transformation> commutators;
  for (const Transformation& x : a.generators()) {
    for (const Transformation& y : b.generators()) commutators.emplace_back(commutator(x.images(), y.images()));
  }
  return normal_closure(g, commutators, limits);
}

PermutationGroup derived_subgroup(const PermutationGroup& g, const core::Limits& limits) {
  return commutator_subgroup(g, g, g, limits);
}

std::vector<PermutationGroup> derived_series(const PermutationGroup& g, const core::Limits& limits) {
  return descend(g, [&](const PermutationGroup& last) { return derived_subgroup(last, limits); });
}

std::optional<std::size_t> derived_length(const PermutationGroup& g, const core::Limits& limits) {
  return length_if_it_ends_trivially(derived_series(g, limits));
}

bool is_solvable(const PermutationGroup& g, const core::Limits& limits) {
  return derived_length(g, limits).has_value();
}

std::vector<PermutationGroup> lower_central_series(const PermutationGroup& g, const core::Limits& limits) {
  return descend(g, [&](const PermutationGroup& last) { return commutator_subgroup(g, g, last, limits); });
}

std::optional<std::size_t> nilpotency_class(const PermutationGroup& g, const core::Limits& limits) {
  return length_if_it_ends_trivially(lower_central_series(g, limits));
}

bool is_nilpotent(const PermutationGroup& g, const core::Limits& limits) {
  return nilpotency_class(g, limits).has_value();
}

bool is_p_group(const PermutationGroup& g, std::uint64_t p) {
  for (const auto& [prime, exponent] : g.order_factors()) {
    if (prime != p) return false;
  }
  return true;
}

std::vector<exact::Integer> abelian_invariants(const PermutationGroup& g, const core::Limits& limits) {
  if (!g.is_abelian()) throw core::Error("the group is not abelian: it has no abelian invariants");
  // The subgroup of pᵏ-th powers has index p^(sum over the cyclic p-factors of min(k, exponent)); so the step from k to
  // k + 1 counts the factors whose exponent is more than k.
  std::vector<exact::Integer> invariants;
  for (const auto& [p, exponent] : g.order_factors()) {
    std::vector<Transformation> powers = g.generators();
    exact::Integer before = g.order();
    for (;;) {
      for (Transformation& x : powers) x = Transformation(power(x.images(), p));
      const exact::Integer after = PermutationGroup(g.degree(), powers, limits).order();
      const std::size_t factors = exponent_in(before / after, p);
      if (factors == 0) break;
      if (invariants.size() < factors) invariants.resize(factors, 1);
      for (std::size_t i = 0; i < factors; ++i) invariants[i] *= p;
      before = after;
    }
  }
  return invariants;
}

std::optional<PermutationGroup> frattini_of_nilpotent(const PermutationGroup& g, const core::Limits& limits) {
  if (!is_nilpotent(g, limits)) return std::nullopt;
  std::vector<Transformation> elements;
  for (const auto& x : g.generators()) {
    Images image = x.images();
    for (const auto& [p, exponent] : g.order_factors()) image = power(image, p);
    elements.emplace_back(std::move(image));
    for (const auto& y : g.generators()) elements.emplace_back(commutator(x.images(), y.images()));
  }
  return normal_closure(g, elements, limits);
}

}  // namespace eigenmata::algebra
