// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/composition_factors.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <utility>

#include "eigenmata/algebra/group_actions.hpp"
#include "eigenmata/algebra/group_series.hpp"

namespace eigenmata::algebra {
namespace {

constexpr std::uint64_t kMaxNamedOrder = 1'000'000;
constexpr std::size_t kMaxImages = 100'000'000;
constexpr std::size_t kMaxIndex = 2'500;

/// p if q is a power of the prime p, else 0. Needs q ≥ 2.
std::uint64_t prime_below(std::uint64_t q) {
  std::uint64_t p = 2;
  while (q % p != 0) ++p;
  while (q % p == 0) q /= p;
  return q == 1 ? p : 0;
}

/// The 56 non-abelian simple groups of order below a million [Conway1985].
const std::multimap<std::uint64_t, std::string>& small_simple_groups() {
  static const std::multimap<std::uint64_t, std::string> groups = [] {
    std::multimap<std::uint64_t, std::string> table{
        {5'616, "PSL(3,3)"},   {6'048, "PSU(3,3)"},  {7'920, "M_11"},  {20'160, "PSL(3,4)"},  {25'920, "PSU(4,2)"},
        {29'120, "Sz(8)"},     {62'400, "PSU(3,4)"}, {95'040, "M_12"}, {126'000, "PSU(3,5)"}, {175'560, "J_1"},
        {372'000, "PSL(3,5)"}, {443'520, "M_22"},    {604'800, "J_2"}, {979'200, "PSp(4,4)"},
    };
    std::uint64_t order = 12;
    for (std::uint64_t n = 5; (order *= n) <= kMaxNamedOrder; ++n) table.emplace(order, "A_" + std::to_string(n));
    for (std::uint64_t q = 7; q * (q * q - 1) / 2 <= kMaxNamedOrder; ++q) {
      const std::uint64_t p = prime_below(q);
      if (p == 0 || q == 9) continue;  // PSL(2,9) = A₆; PSL(2,4) = PSL(2,5) = A₅
      const std::uint64_t size = q * (q * q - 1) / (p == 2 ? 1 : 2);
      if (size <= kMaxNamedOrder) table.emplace(size, "PSL(2," + std::to_string(q) + ")");
    }
    return table;
  }();
  return groups;
}

/// n if g has all even permutations of the n points that it moves, and no others.
std::optional<std::size_t> natural_alternating_degree(const PermutationGroup& g) {
  std::size_t moved = 0;
  for (const auto& orbit : g.orbits()) moved += orbit.size() > 1 ? orbit.size() : 0;
  exact::Integer order = 1;
  for (std::size_t n = 3; n <= moved; ++n) order *= n;
  if (moved < 5 || g.order() != order) return std::nullopt;  // n!/2: the only subgroup of Sₙ of that order
  return moved;
}

class Decomposition {
 public:
  explicit Decomposition(const core::Limits& limits) : limits_(limits) {}

  void add(const PermutationGroup& g) {
    const PermutationGroup rest = derived_series(g, limits_).back();
    const auto below = rest.order_factors();
    for (const auto& [p, exponent] : g.order_factors()) {
      const auto at = below.find(p);
      const std::uint64_t times = exponent - (at == below.end() ? 0 : at->second);
      factors_.insert(factors_.end(), times, {exact::Integer(p), "Z_" + std::to_string(p)});
    }
    if (!rest.is_trivial()) add_perfect(rest);
  }

  [[nodiscard]] std::vector<CompositionFactor> sorted() && {
    std::sort(factors_.begin(), factors_.end(), [](const CompositionFactor& a, const CompositionFactor& b) {
      return a.order != b.order ? a.order < b.order : a.name < b.name;
    });
    return std::move(factors_);
  }

 private:
  void add_perfect(const PermutationGroup& g) {
    if (const auto n = natural_alternating_degree(g)) {
      factors_.push_back({g.order(), "A_" + std::to_string(*n)});
      return;
    }
    const auto orbits = g.orbits();
    const auto moved = std::find_if(orbits.begin(), orbits.end(), [](const auto& orbit) { return orbit.size() > 1; });
    if (moved->size() < g.degree()) {
      add_action(action_on_points(g, *moved, limits_));
      return;
    }
    const auto blocks = block_system(g);
    if (!blocks.empty()) {
      add_action(action_on_blocks(g, blocks, limits_));
      return;
    }
    add_primitive(g);
  }

  void add_action(const Action& action) {
    add(action.image);
    add(action.kernel);
  }

  void add_primitive(const PermutationGroup& g) {
    const ListedGroup listed(g, std::min<std::size_t>(kMaxNamedOrder, kMaxImages / g.degree()), limits_);
    const PermutationGroup n = minimal_normal_subgroups(listed, limits_).front();
    if (n.order() == g.order()) {
      factors_.push_back({g.order(), simple_group_name(listed)});
      return;
    }
    add(n);
    // A normal subgroup of a primitive group is transitive; if it is regular, it has the stabiliser of a point as a
    // complement, and that is the quotient.
    if (n.order() == g.degree()) {
      add(PermutationGroup(g.degree(), g.generators(), std::vector<Point>{0}, limits_).base_stabiliser(1, limits_));
    } else {
      add(quotient(g, n, kMaxIndex, limits_).group);
    }
  }

  const core::Limits& limits_;
  std::vector<CompositionFactor> factors_;
};

}  // namespace

std::vector<std::string> simple_group_names(std::uint64_t order) {
  const auto [first, last] = small_simple_groups().equal_range(order);
  std::vector<std::string> names;
  for (auto at = first; at != last; ++at) names.push_back(at->second);
  std::sort(names.begin(), names.end());
  return names;
}

std::string simple_group_name(const ListedGroup& g) {
  const auto names = simple_group_names(g.order());
  if (names.empty()) return "simple of order " + std::to_string(g.order());
  if (names.size() == 1) return names.front();
  for (const auto& its_class : g.conjugacy_classes()) {
    if (its_class.element_order == 15) return "A_8";
  }
  return "PSL(3,4)";
}

std::vector<CompositionFactor> composition_factors(const PermutationGroup& g, const core::Limits& limits) {
  Decomposition decomposition(limits);
  decomposition.add(g);
  return std::move(decomposition).sorted();
}

}  // namespace eigenmata::algebra
