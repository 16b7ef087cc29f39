// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/frattini.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/algebra/group_series.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// All subgroups, as sets of positions in the sorted elements: every subgroup is a smaller one and one element more.
class SubgroupList {
 public:
  explicit SubgroupList(const ElementSet& group) : elements_(as_vector(group)) {
    for (const auto& x : elements_) {
      std::vector<std::size_t> row;
      for (const auto& y : elements_) {
        row.push_back(static_cast<std::size_t>(std::lower_bound(elements_.begin(), elements_.end(), times(x, y)) -
                                               elements_.begin()));
      }
      table_.push_back(row);
    }
    std::vector<bool> trivial(elements_.size(), false);
    trivial[0] = true;  // the identity is least
    all_.insert(trivial);
    std::vector<std::vector<bool>> waiting{trivial};
    while (!waiting.empty()) {
      const std::vector<bool> h = waiting.back();
      waiting.pop_back();
      for (std::size_t x = 0; x < elements_.size(); ++x) {
        if (h[x]) continue;
        std::vector<bool> larger = joined(h, x);
        if (all_.insert(larger).second) waiting.push_back(std::move(larger));
      }
    }
  }

  [[nodiscard]] ElementSet intersection_of_maximal() const {
    std::vector<bool> common(elements_.size(), true);
    for (const auto& h : all_) {
      if (size(h) == elements_.size()) continue;
      const bool maximal = std::none_of(all_.begin(), all_.end(), [&](const auto& k) {
        return size(k) < elements_.size() && size(k) > size(h) && contains(k, h);
      });
      if (!maximal) continue;
      for (std::size_t x = 0; x < h.size(); ++x) common[x] = common[x] && h[x];
    }
    return elements(common);
  }

  [[nodiscard]] std::vector<ElementSet> minimal_normal() const {
    std::vector<std::vector<bool>> normal;
    for (const auto& h : all_) {
      if (size(h) > 1 && is_normal(h)) normal.push_back(h);
    }
    std::vector<ElementSet> result;
    for (const auto& h : normal) {
      const auto smaller = [&](const auto& k) { return k != h && contains(h, k); };
      if (std::none_of(normal.begin(), normal.end(), smaller)) result.push_back(elements(h));
    }
    return result;
  }

  [[nodiscard]] bool has_complement(const ElementSet& n) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& h) {
      if (size(h) * n.size() != elements_.size()) return false;
      std::size_t common = 0;
      for (const auto& x : elements(h)) common += n.count(x);
      return common == 1;
    });
  }

 private:
  static std::size_t size(const std::vector<bool>& h) {
    return static_cast<std::size_t>(std::count(h.begin(), h.end(), true));
  }
  static bool contains(const std::vector<bool>& large, const std::vector<bool>& small) {
    for (std::size_t x = 0; x < small.size(); ++x) {
      if (small[x] && !large[x]) return false;
    }
    return true;
  }
  [[nodiscard]] ElementSet elements(const std::vector<bool>& h) const {
    ElementSet result;
    for (std::size_t x = 0; x < h.size(); ++x) {
      if (h[x]) result.insert(elements_[x]);
    }
    return result;
  }
  [[nodiscard]] std::vector<bool> joined(const std::vector<bool>& h, std::size_t extra) const {
    std::vector<std::size_t> generators{extra};
    for (std::size_t x = 0; x < h.size(); ++x) {
      if (h[x]) generators.push_back(x);
    }
    std::vector<bool> result(h.size(), false);
    result[0] = true;
    std::vector<std::size_t> waiting{0};
    while (!waiting.empty()) {
      const std::size_t x = waiting.back();
      waiting.pop_back();
      for (const std::size_t g : generators) {
        const std::size_t y = table_[x][g];
        if (!result[y]) waiting.push_back(y);
        result[y] = true;
      }
    }
    return result;
  }
  [[nodiscard]] bool is_normal(const std::vector<bool>& h) const {
    for (std::size_t x = 0; x < h.size(); ++x) {
      for (std::size_t y = 0; h[x] && y < h.size(); ++y) {
        // y⁻¹·x·y in h for all y iff x·y in y·h.
        bool found = false;
        for (std::size_t z = 0; z < h.size() && !found; ++z) found = h[z] && table_[y][z] == table_[x][y];
        if (!found) return false;
      }
    }
    return true;
  }

  std::vector<std::vector<Point>> elements_;
  std::vector<std::vector<std::size_t>> table_;
  std::set<std::vector<bool>> all_;
};

/// Products of small groups with a common quotient identified, and the like: random subgroups of larger groups have
/// non-trivial Frattini subgroups more often than random permutations do.
PermutationGroup random_subgroup(core::Random& random) {
  static const std::vector<PermutationGroup> hosts{
      wreath_product(cyclic_group(4), cyclic_group(2)),
      wreath_product(cyclic_group(3), symmetric_group(3)),
      direct_product(cyclic_group(9), dihedral_group(4)),
      wreath_product(cyclic_group(2), symmetric_group(4)),
      direct_product(wreath_product(cyclic_group(2), symmetric_group(3)), cyclic_group(4)),
      symmetric_group(6)};
  const PermutationGroup& host = hosts[random.below(hosts.size())];
  std::vector<Transformation> generators;
  for (std::size_t i = 1 + random.below(3); i > 0; --i) generators.push_back(host.random_element(random));
  return PermutationGroup(host.degree(), generators);
}

TEST_CASE("the Frattini subgroup is the intersection of all maximal subgroups", "[frattini][slow]") {
  EIGENMATA_SEEDED(random, 41);
  int not_nilpotent = 0;
  int interesting = 0;
  for (int round = 0; round < 300; ++round) {
    const PermutationGroup g = random.one_in(3) ? random_group(random, 6) : random_subgroup(random);
    if (g.order() > 100) continue;
    CAPTURE(shown(g));
    const SubgroupList subgroups(elements_of(g));
    const ElementSet expected = subgroups.intersection_of_maximal();
    const PermutationGroup frattini = frattini_subgroup(g);
    REQUIRE(elements_of(frattini) == expected);
    if (!is_nilpotent(g)) {
      ++not_nilpotent;
      interesting += frattini.is_trivial() ? 0 : 1;
    }
    std::set<ElementSet> minimal;
    for (const auto& n : minimal_normal_subgroups(ListedGroup(g))) {
      minimal.insert(elements_of(n));
      if (n.is_abelian()) REQUIRE(has_complement(g, n) == subgroups.has_complement(elements_of(n)));
    }
    const auto expected_minimal = subgroups.minimal_normal();
    REQUIRE(minimal == std::set<ElementSet>(expected_minimal.begin(), expected_minimal.end()));
  }
  CHECK(not_nilpotent > 8);
  CHECK(interesting > 0);
}

TEST_CASE("Frattini lengths of groups from the books", "[frattini]") {
  CHECK(frattini_length(symmetric_group(1)) == 0);
  CHECK(frattini_length(cyclic_group(6)) == 1);
  CHECK(frattini_length(cyclic_group(32)) == 5);
  CHECK(frattini_length(cyclic_group(72)) == 3);
  CHECK(frattini_length(dihedral_group(4)) == 2);
  CHECK(frattini_length(dihedral_group(16)) == 4);
  CHECK(frattini_length(symmetric_group(4)) == 1);
  CHECK(frattini_length(alternating_group(6)) == 1);
  CHECK(frattini_length(dihedral_group(9)) == 2);
  // Φ of the Sylow 2-subgroup of S₁₆ is its derived subgroup, since the abelianisation is Z₂⁴.
  const PermutationGroup four = wreath_product(cyclic_group(2), cyclic_group(2));
  const PermutationGroup sylow = wreath_product(four, four);
  CHECK(frattini_subgroup(sylow) == derived_subgroup(sylow));
  CHECK(frattini_subgroup(sylow).order() == 2048);
  CHECK_THROWS_AS(frattini_subgroup(symmetric_group(8)), core::LimitReached);
}

TEST_CASE("a quotient is regular, and preimages have the subgroup's order", "[frattini][group_actions]") {
  EIGENMATA_SEEDED(random, 42);
  for (int round = 0; round < 100; ++round) {
    const PermutationGroup g = random_group(random, 6);
    const PermutationGroup n = normal_closure(g, {g.random_element(random)});
    const Quotient q = quotient(g, n);
    CAPTURE(shown(g), shown(n));
    REQUIRE(q.group.order() * n.order() == g.order());
    REQUIRE(q.group.degree() == q.group.order());
    REQUIRE(q.group.is_transitive());
    for (std::size_t i = 0; i < g.generators().size(); ++i) {
      for (Point c = 0; c < q.group.degree(); ++c) {
        const Point to = q.group.generators()[i].image_of(c);
        const Transformation moved = q.representatives[c] * g.generators()[i];
        REQUIRE(n.contains(moved * Transformation(inverted(q.representatives[to].images()))));
      }
    }
    const PermutationGroup d = derived_subgroup(q.group);
    const PermutationGroup above = preimage(q, n, d);
    REQUIRE(above.order() == d.order() * n.order());
    std::vector<Transformation> both = derived_subgroup(g).generators();
    for (const auto& x : n.generators()) both.push_back(x);
    REQUIRE(above == PermutationGroup(g.degree(), both));
  }
}

TEST_CASE("image and kernel of an action are those of all elements", "[group_actions]") {
  EIGENMATA_SEEDED(random, 43);
  for (int round = 0; round < 150; ++round) {
    const PermutationGroup g = random_group(random, 6);
    CAPTURE(shown(g));
    const auto orbits = g.orbits();
    const auto& orbit = orbits[random.below(orbits.size())];
    const Action action = action_on_points(g, orbit);
    ElementSet kernel;
    ElementSet images;
    for (const auto& x : elements_of(g)) {
      std::vector<Point> image;
      for (const Point p : orbit) {
        image.push_back(static_cast<Point>(std::find(orbit.begin(), orbit.end(), x[p]) - orbit.begin()));
      }
      if (image == do_nothing(orbit.size())) kernel.insert(x);
      images.insert(image);
    }
    REQUIRE(elements_of(action.kernel) == kernel);
    REQUIRE(elements_of(action.image) == images);
  }
}

TEST_CASE("block systems are found exactly in imprimitive groups", "[group_actions]") {
  EIGENMATA_SEEDED(random, 44);
  int primitive = 0;
  int imprimitive = 0;
  for (int round = 0; round < 2'000; ++round) {
    const PermutationGroup g = random_group(random, 8);
    if (!g.is_transitive() || g.degree() < 2) continue;
    CAPTURE(shown(g));
    const auto blocks = block_system(g);
    // Every set of points that contains 0: is it a block?
    bool any = false;
    const ElementSet all = g.order() <= 2'000 ? elements_of(g) : ElementSet{};
    if (all.empty()) continue;
    for (unsigned set = 1; set + 1 < 1u << g.degree(); set += 2) {
      if (set == 1) continue;
      any = any || std::all_of(all.begin(), all.end(), [&](const std::vector<Point>& x) {
              unsigned image = 0;
              for (Point p = 0; p < g.degree(); ++p) image |= (set >> p & 1u) << x[p];
              return image == set || (image & set) == 0;
            });
    }
    REQUIRE(blocks.empty() == !any);
    (any ? imprimitive : primitive) += 1;
    if (!any) continue;
    const Action action = action_on_blocks(g, blocks);
    REQUIRE(action.image.order() * action.kernel.order() == g.order());
    for (const auto& x : action.kernel.generators()) {
      for (const auto& block : blocks) {
        for (const Point p : block) REQUIRE(std::count(block.begin(), block.end(), x.image_of(p)) == 1);
      }
    }
  }
  CHECK(primitive > 20);
  CHECK(imprimitive > 5);
}

}  // namespace
}  // namespace eigenmata::algebra
