// SPDX-License-Identifier: Apache-2.0
//
// In GAP's order of preference: abelian, alternating and symmetric, dihedral and its relatives, linear, simple; then
// direct products; then semidirect ones. The first that fits is the name.
#include "eigenmata/algebra/structure_name.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include "eigenmata/algebra/composition_factors.hpp"
#include "eigenmata/algebra/group_actions.hpp"
#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/algebra/listed_group.hpp"

namespace eigenmata::algebra {
namespace {

using Name = std::optional<std::string>;

constexpr std::size_t kListed = ListedGroup::kUsualLimit;
constexpr std::size_t kDirectFactors = 2'000;
constexpr std::size_t kMaxNormalSubgroups = 2'000;

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "x") + part;
  return text;
}

std::string name_of_abelian(const PermutationGroup& g, const core::Limits& limits) {
  std::vector<std::string> parts;
  for (const exact::Integer& n : abelian_invariants(g, limits)) parts.push_back("C" + exact::to_string(n));
  return parts.empty() ? "1" : joined(parts);
}

/// All permutations, or all even ones, of the points that are moved: the only subgroups of Sₙ of their orders.
Name natural_symmetric(const PermutationGroup& g) {
  std::size_t moved = 0;
  for (const auto& orbit : g.orbits()) moved += orbit.size() > 1 ? orbit.size() : 0;
  exact::Integer factorial = 1;
  for (std::size_t n = 2; n <= moved; ++n) factorial *= n;
  if (moved >= 3 && g.order() == factorial) return "S" + std::to_string(moved);
  if (moved >= 4 && 2 * g.order() == factorial) return "A" + std::to_string(moved);
  return std::nullopt;
}

/// pᵏ with k ≥ 1.
bool is_prime_power(std::size_t n) {
  if (n < 2) return false;
  std::size_t p = 2;
  while (n % p != 0) ++p;
  while (n % p == 0) n /= p;
  return n == 1;
}

/// "A_5" and "M_11" without the bar, PSL(2,7) as GAP has it.
std::string gap_name_of_simple(std::string name) {
  if (name == "PSL(2,7)") return "PSL(3,2)";
  std::erase(name, '_');
  return name;
}

class SmallGroupNamer {
 public:
  SmallGroupNamer(const PermutationGroup& g, const core::Limits& limits)
      : g_(g), limits_(limits), listed_(g, kListed, limits), derived_(derived_subgroup(g, limits)) {
    for (std::size_t x = 0; x < listed_.order(); ++x) {
      orders_.push_back(listed_.element_order(static_cast<std::uint32_t>(x)));
    }
    involutions_ = static_cast<std::size_t>(std::count(orders_.begin(), orders_.end(), 2u));
    derived_order_ = static_cast<std::size_t>(derived_.order());
  }

  /// A basic name: of a group that is not to be taken apart.
  [[nodiscard]] Name basic() const {
    if (Name name = symmetric()) return name;
    if (Name name = with_cyclic_subgroup_of_index_two()) return name;
    if (Name name = linear()) return name;
    return simple();
  }

  /// Metacyclic groups that are no direct products. Only with a normal part of prime power order: GAP writes some of
  /// the others as C3:(C5:C8) and not as C15:C8, which would be true as well.
  [[nodiscard]] Name semidirect() const {
    if (Name name = dicyclic()) return name;
    // G′ cyclic of order m, G/G′ cyclic of order n, coprime: by Schur–Zassenhaus, G = Cm:Cn.
    const std::size_t n = order() / derived_order_;
    if (std::gcd(n, derived_order_) != 1 || !is_cyclic(derived_)) return std::nullopt;
    if (!is_prime_power(derived_order_)) return std::nullopt;
    if (!is_cyclic(quotient(g_, derived_, kListed, limits_).group)) return std::nullopt;
    return "C" + std::to_string(derived_order_) + ":C" + std::to_string(n);
  }

  /// Two proper normal subgroups of which the group is the direct product, the first not decomposable.
  [[nodiscard]] std::optional<std::pair<PermutationGroup, PermutationGroup>> direct_factors() const {
    const auto normal = normal_subgroups();
    for (const auto& a : normal) {
      if (a.count == 1 || a.count == order()) continue;
      for (const auto& b : normal) {
        if (a.count * b.count != order()) continue;
        bool meet = false;
        for (std::size_t c = 1; c < a.classes.size() && !meet; ++c) meet = a.classes[c] && b.classes[c];
        if (!meet) return std::pair{group_of(a), group_of(b)};
      }
    }
    return std::nullopt;
  }

 private:
  /// A normal subgroup as the set of its conjugacy classes.
  struct Normal {
    std::vector<bool> classes;
    std::size_t count;
  };

  [[nodiscard]] std::size_t order() const { return listed_.order(); }
  [[nodiscard]] static bool is_cyclic(const PermutationGroup& h) {
    if (!h.is_abelian()) return false;
    return abelian_invariants(h).size() <= 1;
  }

  [[nodiscard]] Name symmetric() const {
    if (order() == 6) return "S3";                           // the only non-abelian group of order 6,
    if (order() == 12 && derived_order_ == 4) return "A4";   // of order 12 with |G′| = 4
    if (order() == 24 && derived_order_ == 12) return "S4";  // of order 24 with |G′| = 12 (the others: ≤ 8)
    // |G| = n!, G′ simple of order n!/2, only the identity commutes with G′: then G embeds in the automorphisms of Aₙ,
    // which are Sₙ for n = 5, 7, and twice as many for n = 6. There S₆ has 75 involutions, PGL(2,9) 81, M₁₀ 45.
    const std::map<std::size_t, std::string> candidates{{120, "S5"}, {720, "S6"}, {5'040, "S7"}};
    const auto at = candidates.find(order());
    if (at == candidates.end() || 2 * derived_order_ != order()) return std::nullopt;
    const ListedGroup listed(derived_, kListed, limits_);
    if (minimal_normal_subgroups(listed, limits_).front().order() != derived_.order()) return std::nullopt;
    if (listed_.centraliser(listed_.members(derived_)).size() != 1) return std::nullopt;
    if (order() == 720 && involutions_ != 75) return std::nullopt;
    return at->second;
  }

  /// An element r of order n = |G|/2 and an s outside ⟨r⟩: what s² and s⁻¹rs are decides.
  [[nodiscard]] Name with_cyclic_subgroup_of_index_two() const {
    const std::size_t n = order() / 2;
    if (order() % 2 != 0) return std::nullopt;
    const auto found = std::find(orders_.begin(), orders_.end(), n);
    if (found == orders_.end()) return std::nullopt;
    const auto r = static_cast<std::uint32_t>(found - orders_.begin());
    const std::vector<bool> in_cycle = cycle_of(r);
    const bool power_of_two = (n & (n - 1)) == 0;
    const std::uint32_t half = n % 2 == 0 ? listed_.power(r, n / 2) : 0;
    for (std::size_t x = 0; x < order(); ++x) {
      if (in_cycle[x]) continue;
      const auto s = static_cast<std::uint32_t>(x);
      const std::uint32_t square = listed_.product(s, s);
      const std::uint32_t turned = listed_.product(listed_.product(listed_.inverse(s), r), s);
      const bool inverts = turned == listed_.inverse(r);
      if (square == 0 && inverts) return "D" + std::to_string(order());
      if (!power_of_two || n < 4) continue;
      if (square == half && inverts) return "Q" + std::to_string(order());
      if (n >= 8 && square == 0 && turned == listed_.power(r, n / 2 - 1)) return "QD" + std::to_string(order());
    }
    return std::nullopt;
  }

  /// C_m:Q_k of order 4n with n = m·2^…, m odd: r of order 2n, s² = rⁿ, s inverts r. Then ⟨r^(k/2)⟩ of order m is
  /// normal and has the Sylow 2-subgroup as a complement.
  [[nodiscard]] Name dicyclic() const {
    if (order() % 4 != 0) return std::nullopt;
    const std::size_t n = order() / 4;
    const auto found = std::find(orders_.begin(), orders_.end(), 2 * n);
    if (found == orders_.end()) return std::nullopt;
    const auto r = static_cast<std::uint32_t>(found - orders_.begin());
    const std::vector<bool> in_cycle = cycle_of(r);
    for (std::size_t x = 0; x < order(); ++x) {
      if (in_cycle[x]) continue;
      const auto s = static_cast<std::uint32_t>(x);
      if (listed_.product(s, s) != listed_.power(r, n)) continue;
      if (listed_.product(listed_.product(listed_.inverse(s), r), s) != listed_.inverse(r)) continue;
      std::size_t m = n;
      while (m % 2 == 0) m /= 2;
      const std::size_t sylow = order() / m;
      if (!is_prime_power(m)) return std::nullopt;
      return "C" + std::to_string(m) + (sylow == 4 ? ":C4" : ":Q" + std::to_string(sylow));
    }
    return std::nullopt;
  }

  [[nodiscard]] Name linear() const {
    // One involution: of order 24 there are five such groups, and only SL(2,3) has |G′| = 8.
    if (order() == 24 && derived_order_ == 8 && involutions_ == 1) return "SL(2,3)";
    // Of order 48 with |G′| = 24 there are two groups; the other is the binary octahedral group, with one involution.
    if (order() == 48 && derived_order_ == 24 && involutions_ > 1) return "GL(2,3)";
    // The only perfect groups of their orders.
    if (order() == 120 && derived_order_ == 120) return "SL(2,5)";
    if (order() == 336 && derived_order_ == 336) return "SL(2,7)";
    return std::nullopt;
  }

  [[nodiscard]] Name simple() const {
    if (derived_order_ != order()) return std::nullopt;
    if (minimal_normal_subgroups(listed_, limits_).front().order() != g_.order()) return std::nullopt;
    if (simple_group_names(order()).empty()) return std::nullopt;
    return gap_name_of_simple(simple_group_name(listed_));
  }

  [[nodiscard]] std::vector<bool> cycle_of(std::uint32_t r) const {
    std::vector<bool> in(order(), false);
    std::uint32_t x = 0;
    do {
      in[x] = true;
      x = listed_.product(x, r);
    } while (x != 0);
    return in;
  }

  /// All of them, smallest first, as joins of the closures of classes; none at all if they are too many.
  [[nodiscard]] std::vector<Normal> normal_subgroups() const {
    const auto classes = listed_.conjugacy_classes();
    const auto class_of = listed_.class_of_elements();
    const auto as_classes = [&](const PermutationGroup& h) {
      Normal n{std::vector<bool>(classes.size(), false), static_cast<std::size_t>(h.order())};
      for (std::size_t c = 0; c < classes.size(); ++c) {
        n.classes[c] = h.contains(listed_.element(classes[c].representative));
      }
      return n;
    };
    std::map<std::vector<bool>, std::size_t> all;
    std::set<std::vector<bool>> of_one_class;
    for (const auto& its_class : classes) {
      const Normal n = as_classes(normal_closure(g_, {listed_.element(its_class.representative)}, limits_));
      of_one_class.insert(n.classes);
      all.emplace(n.classes, n.count);
    }
    std::vector<std::vector<bool>> waiting(of_one_class.begin(), of_one_class.end());
    while (!waiting.empty()) {
      limits_.poll();
      const std::vector<bool> a = std::move(waiting.back());
      waiting.pop_back();
      for (const auto& b : of_one_class) {
        Normal both{a, 0};
        bool larger = false;
        for (std::size_t c = 0; c < a.size(); ++c) {
          larger = larger || (b[c] && !a[c]);
          both.classes[c] = a[c] || b[c];
        }
        if (!larger) continue;
        const Normal join = as_classes(group_of(both));
        if (!all.emplace(join.classes, join.count).second) continue;
        if (all.size() > kMaxNormalSubgroups) return {};
        waiting.push_back(join.classes);
      }
    }
    std::vector<Normal> result;
    for (const auto& [set, count] : all) result.push_back({set, count});
    std::stable_sort(result.begin(), result.end(), [](const Normal& a, const Normal& b) { return a.count < b.count; });
    return result;
  }

  /// Generated by all elements of the classes.
  [[nodiscard]] PermutationGroup group_of(const Normal& n) const {
    const auto classes = listed_.conjugacy_classes();
    std::vector<Transformation> elements;
    for (std::size_t c = 0; c < n.classes.size(); ++c) {
      if (n.classes[c]) elements.push_back(listed_.element(classes[c].representative));
    }
    return normal_closure(g_, elements, limits_);
  }

  const PermutationGroup& g_;
  const core::Limits& limits_;
  ListedGroup listed_;
  PermutationGroup derived_;
  std::vector<std::uint64_t> orders_;
  std::size_t involutions_ = 0;
  std::size_t derived_order_ = 0;
};

/// A direct product on disjoint points: one orbit, and the rest of them.
std::optional<std::pair<PermutationGroup, PermutationGroup>> factors_on_orbits(const PermutationGroup& g,
                                                                               const core::Limits& limits) {
  const auto orbits = g.orbits();
  for (const auto& orbit : orbits) {
    if (orbit.size() == 1) continue;
    std::vector<Point> rest;
    for (const auto& other : orbits) {
      if (other != orbit) rest.insert(rest.end(), other.begin(), other.end());
    }
    // The kernel on the orbit acts faithfully on the rest; it is all that happens there iff the orders multiply.
    PermutationGroup first = action_on_points(g, orbit, limits).image;
    PermutationGroup second = action_on_points(g, rest, limits).image;
    if (!second.is_trivial() && first.order() * second.order() == g.order()) {
      return std::pair{std::move(first), std::move(second)};
    }
  }
  return std::nullopt;
}

/// The names of the indecomposable factors.
struct Parts {
  struct Factor {
    exact::Integer order;
    std::string name;
  };
  std::vector<exact::Integer> cyclic;  // orders
  std::vector<Factor> others;
};

/// D12 = C2xS3, D20 = C2xD10, …: the only basic names of groups that can be taken apart.
void add_factor(std::size_t order, const std::string& basic, Parts& parts) {
  if (basic.front() == 'D' && order % 8 == 4) {
    parts.cyclic.push_back(2);
    parts.others.push_back({order / 2, order == 12 ? "S3" : "D" + std::to_string(order / 2)});
  } else {
    parts.others.push_back({order, basic});
  }
}

/// Collects the indecomposable factors of g; false if one has no name.
bool take_apart(const PermutationGroup& g, Parts& parts, const core::Limits& limits) {
  if (g.is_abelian()) {
    for (const exact::Integer& n : abelian_invariants(g, limits)) parts.cyclic.push_back(n);
    return true;
  }
  if (const Name natural = natural_symmetric(g)) {
    parts.others.push_back({g.order(), *natural});
    return true;
  }
  if (g.order() > kListed) {
    const auto pair = factors_on_orbits(g, limits);
    return pair && take_apart(pair->first, parts, limits) && take_apart(pair->second, parts, limits);
  }
  const SmallGroupNamer namer(g, limits);
  if (const Name basic = namer.basic()) {
    add_factor(static_cast<std::size_t>(g.order()), *basic, parts);
    return true;
  }
  auto pair = factors_on_orbits(g, limits);
  if (!pair && g.order() <= kDirectFactors) pair = namer.direct_factors();
  if (pair) return take_apart(pair->first, parts, limits) && take_apart(pair->second, parts, limits);
  if (g.order() > kDirectFactors) return false;
  const Name name = namer.semidirect();
  if (name) parts.others.push_back({g.order(), *name});
  return name.has_value();
}

/// Cyclic factors of these orders, as C(n₁)xC(n₂)x… with n₂ | n₁ and so on.
std::vector<std::string> names_of_cyclic(std::vector<exact::Integer> orders) {
  // (a, b) → (lcm, gcd) until every order divides the one before.
  for (std::size_t i = 0; i < orders.size(); ++i) {
    for (std::size_t j = i + 1; j < orders.size(); ++j) {
      const exact::Integer common = boost::multiprecision::gcd(orders[i], orders[j]);
      orders[i] = orders[i] / common * orders[j];
      orders[j] = common;
    }
  }
  std::vector<std::string> names;
  for (const exact::Integer& n : orders) {
    if (n > 1) names.push_back("C" + exact::to_string(n));
  }
  return names;
}

}  // namespace

std::optional<std::string> proved_structure_name(const PermutationGroup& g, const core::Limits& limits) {
  if (g.is_abelian()) return name_of_abelian(g, limits);
  Parts parts;
  if (!take_apart(g, parts, limits)) return std::nullopt;
  std::vector<std::string> names = names_of_cyclic(parts.cyclic);
  std::sort(parts.others.begin(), parts.others.end(), [](const Parts::Factor& a, const Parts::Factor& b) {
    return a.order != b.order ? a.order < b.order : a.name < b.name;
  });
  // A name for the whole comes before the names of factors.
  if (names.size() == 1 && parts.others.size() == 1) {
    const Parts::Factor& other = parts.others.front();
    const bool is_dihedral = other.name == "S3" || other.name.front() == 'D';
    if (names[0] == "C2" && is_dihedral && other.order % 4 == 2) return "D" + exact::to_string(g.order());
    if (names[0] == "C3" && other.name == "A5") return "GL(2,4)";
  }
  const bool alone = names.empty() && parts.others.size() == 1;
  for (const Parts::Factor& factor : parts.others) {
    const bool compound = !alone && factor.name.find(':') != std::string::npos;
    names.push_back(compound ? "(" + factor.name + ")" : factor.name);
  }
  return joined(names);
}

std::string structure_name(const PermutationGroup& g, const core::Limits& limits) {
  return proved_structure_name(g, limits).value_or("group of order " + exact::to_string(g.order()));
}

}  // namespace eigenmata::algebra
