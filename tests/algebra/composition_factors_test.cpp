// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/composition_factors.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/algebra/group_actions.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

std::vector<std::string> factors(const PermutationGroup& g) {
  std::vector<std::string> names;
  exact::Integer product = 1;
  for (const auto& factor : composition_factors(g)) {
    names.push_back(factor.name);
    product *= factor.order;
  }
  CHECK(product == g.order());
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("composition factors of groups from the books", "[composition_factors]") {
  CHECK(factors(symmetric_group(1)).empty());
  CHECK(factors(symmetric_group(4)) == Names{"Z_2", "Z_2", "Z_2", "Z_3"});
  CHECK(factors(symmetric_group(5)) == Names{"Z_2", "A_5"});
  CHECK(factors(cyclic_group(30)) == Names{"Z_2", "Z_3", "Z_5"});
  CHECK(factors(symmetric_group(40)) == Names{"Z_2", "A_40"});
  CHECK(factors(mathieu_11()) == Names{"M_11"});
  CHECK(factors(mathieu_12()) == Names{"M_12"});
  CHECK(factors(psl2(5)) == Names{"A_5"});
  CHECK(factors(psl2(7)) == Names{"PSL(2,7)"});
  CHECK(factors(psl2(13)) == Names{"PSL(2,13)"});
  CHECK(factors(psl2(31)) == Names{"PSL(2,31)"});
  CHECK(factors(wreath_product(alternating_group(6), symmetric_group(5))) ==
        Names{"Z_2", "A_5", "A_6", "A_6", "A_6", "A_6", "A_6"});
  CHECK(factors(wreath_product(cyclic_group(6), alternating_group(5))) ==
        Names{"Z_2", "Z_2", "Z_2", "Z_2", "Z_2", "Z_3", "Z_3", "Z_3", "Z_3", "Z_3", "A_5"});
  CHECK(factors(direct_product(mathieu_11(), symmetric_group(20))) == Names{"Z_2", "M_11", "A_20"});
}

TEST_CASE("A_8 and PSL(3,4) have the same order and different names", "[composition_factors]") {
  // GAP's generators of PSL(3,4) on the 21 points of the plane.
  const PermutationGroup plane(
      21, {from_cycles(21, {{3, 4, 5}, {7, 9, 8}, {10, 14, 18}, {11, 17, 20}, {12, 15, 21}, {13, 16, 19}}),
           from_cycles(21, {{1, 2, 6, 7, 11, 3, 10}, {4, 14, 8, 15, 16, 20, 13}, {5, 18, 9, 19, 21, 17, 12}})});
  REQUIRE(plane.order() == 20'160);
  CHECK(factors(plane) == Names{"PSL(3,4)"});
  CHECK(simple_group_name(ListedGroup(alternating_group(8), 20'160)) == "A_8");
}

/// x ↦ x·a + b on the vectors of GF(2)³, numbered in binary, a in GL(3,2): primitive with a regular normal subgroup.
TEST_CASE("a primitive affine group is a vector space and a matrix group", "[composition_factors]") {
  const auto linear = [](Point e1, Point e2, Point e4) {
    std::vector<Point> images;
    for (Point v = 0; v < 8; ++v) images.push_back(((v & 1) ? e1 : 0) ^ ((v & 2) ? e2 : 0) ^ ((v & 4) ? e4 : 0));
    return Transformation(images);
  };
  std::vector<Point> shift;
  for (Point v = 0; v < 8; ++v) shift.push_back(v ^ 1);
  const PermutationGroup affine(8, {linear(2, 4, 1), linear(3, 2, 4), Transformation(shift)});
  REQUIRE(affine.order() == 8 * 168);
  CHECK(block_system(affine).empty());
  CHECK(factors(affine) == Names{"Z_2", "Z_2", "Z_2", "PSL(2,7)"});
}

TEST_CASE("a primitive product of simple groups is taken apart", "[composition_factors]") {
  // A₅ × A₅ on the 25 pairs: primitive? The rows are blocks of the product action; swapping the coordinates joins them.
  std::vector<Transformation> generators;
  const PermutationGroup a5 = alternating_group(5);
  for (const auto& x : a5.generators()) {
    std::vector<Point> images;
    for (Point p = 0; p < 25; ++p) images.push_back(5 * x.image_of(p / 5) + p % 5);
    generators.emplace_back(images);
  }
  std::vector<Point> swap;
  for (Point p = 0; p < 25; ++p) swap.push_back(5 * (p % 5) + p / 5);
  generators.emplace_back(swap);
  const PermutationGroup g(25, generators);
  CHECK(block_system(g).empty());
  CHECK(factors(g) == Names{"Z_2", "A_5", "A_5"});
  // A₅ acting on itself from both sides, 60 points: primitive, perfect and not simple.
  const ElementSet all = elements_of(a5);
  const auto elements = as_vector(all);
  std::vector<Transformation> sides;
  for (const auto& x : a5.generators()) {
    std::vector<Point> left;
    std::vector<Point> right;
    for (const auto& y : elements) {
      const auto at = [&](const std::vector<Point>& z) {
        return static_cast<Point>(std::lower_bound(elements.begin(), elements.end(), z) - elements.begin());
      };
      left.push_back(at(times(inverted(x.images()), y)));
      right.push_back(at(times(y, x.images())));
    }
    sides.emplace_back(left);
    sides.emplace_back(right);
  }
  const PermutationGroup both(60, sides);
  CHECK(both.order() == 3'600);
  CHECK(block_system(both).empty());
  CHECK(factors(both) == Names{"A_5", "A_5"});
}

TEST_CASE("there are 56 simple groups of order below a million, two of them of one order", "[composition_factors]") {
  std::size_t groups = 0;
  for (std::uint64_t order = 1; order <= 1'000'000; ++order) {
    const auto names = simple_group_names(order);
    groups += names.size();
    if (names.size() > 1) {
      CHECK(order == 20'160);
      CHECK(names == Names{"A_8", "PSL(3,4)"});
    }
  }
  CHECK(groups == 56);
  CHECK(simple_group_names(60) == Names{"A_5"});
  CHECK(simple_group_names(976'500) == Names{"PSL(2,125)"});
}

}  // namespace
}  // namespace eigenmata::algebra
