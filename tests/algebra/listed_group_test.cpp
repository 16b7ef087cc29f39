// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/listed_group.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "algebra/permutation_groups.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

TEST_CASE("numbers stand for elements, and products of numbers for products", "[listed_group]") {
  EIGENMATA_SEEDED(random, 31);
  for (int round = 0; round < 100; ++round) {
    const PermutationGroup g = random_group(random, 7);
    const ListedGroup listed(g);
    CAPTURE(shown(g));
    REQUIRE(listed.element(0) == Transformation::identity(g.degree()));
    for (int i = 0; i < 50; ++i) {
      const auto x = static_cast<std::uint32_t>(random.below(listed.order()));
      const auto y = static_cast<std::uint32_t>(random.below(listed.order()));
      REQUIRE(listed.number_of(listed.element(x)) == x);
      REQUIRE(g.element(x) == listed.element(x));
      REQUIRE(listed.element(listed.product(x, y)) == listed.element(x) * listed.element(y));
      REQUIRE(listed.product(x, listed.inverse(x)) == 0);
      REQUIRE(listed.element_order(x) == listed.element(x).period());
      REQUIRE(listed.power(x, listed.element_order(x) + 2) == listed.product(x, x));
    }
  }
}

TEST_CASE("conjugacy classes, centre and exponent are those of all elements", "[listed_group]") {
  EIGENMATA_SEEDED(random, 32);
  for (int round = 0; round < 150; ++round) {
    const PermutationGroup g = random_group(random, 5);
    const ListedGroup listed(g);
    CAPTURE(shown(g));
    const ElementSet all = elements_of(g);
    const auto classes = listed.conjugacy_classes();
    const auto class_of = listed.class_of_elements();
    ElementSet centre_elements;
    std::uint64_t lcm = 1;
    std::set<ElementSet> expected;
    for (const auto& x : all) {
      ElementSet conjugates;
      for (const auto& y : all) conjugates.insert(times(times(inverted(y), x), y));
      if (conjugates.size() == 1) centre_elements.insert(x);
      lcm = std::lcm(lcm, Transformation(x).period());
      const auto& its_class = classes.at(class_of[listed.number_of(Transformation(x))]);
      REQUIRE(its_class.size == conjugates.size());
      REQUIRE(its_class.element_order == Transformation(x).period());
      REQUIRE(conjugates.count(listed.element(its_class.representative).images()) == 1);
      expected.insert(std::move(conjugates));
    }
    REQUIRE(classes.size() == expected.size());
    REQUIRE(listed.exponent() == lcm);
    REQUIRE(exponent(g) == lcm);
    REQUIRE(elements_of(centre(g)) == centre_elements);
    REQUIRE(listed.centre().size() == centre_elements.size());
  }
}

TEST_CASE("groups from the books have their numbers of classes", "[listed_group]") {
  CHECK(ListedGroup(symmetric_group(7)).conjugacy_classes().size() == 15);  // partitions of 7
  CHECK(ListedGroup(alternating_group(7)).conjugacy_classes().size() == 9);
  CHECK(ListedGroup(mathieu_11()).conjugacy_classes().size() == 10);
  CHECK(ListedGroup(psl2(31)).conjugacy_classes().size() == 18);  // (31 + 5) / 2
  CHECK(ListedGroup(psl2(7)).conjugacy_classes().size() == 6);
  CHECK(ListedGroup(dihedral_group(9)).conjugacy_classes().size() == 6);
  CHECK(centre(dihedral_group(10)).order() == 2);
  CHECK(exponent(mathieu_11()) == 1320);
}

TEST_CASE("members are the elements of the subgroup", "[listed_group]") {
  const ListedGroup s4(symmetric_group(4));
  const auto members = s4.members(alternating_group(4));
  REQUIRE(members.size() == 12);
  REQUIRE(std::is_sorted(members.begin(), members.end()));
  for (const std::uint32_t x : members) CHECK(alternating_group(4).contains(s4.element(x)));
}

TEST_CASE("groups with too many elements are not listed", "[listed_group]") {
  CHECK_THROWS_WITH(ListedGroup(symmetric_group(5), 100),
                    "a group of order 120 has more elements than the limit of 100");
  CHECK_THROWS_AS(ListedGroup(symmetric_group(30)), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra
