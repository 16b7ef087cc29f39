// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/structure_name.hpp"

#include <catch2/catch.hpp>

#include "algebra/permutation_groups.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

PermutationGroup named_cycles(std::size_t degree, std::vector<std::vector<Point>> generators) {
  std::vector<Transformation> maps;
  for (auto& g : generators) maps.emplace_back(std::move(g));
  return PermutationGroup(degree, std::move(maps));
}

/// ⟨x ↦ x + 1, x ↦ u·x⟩ on the integers mod n.
PermutationGroup affine(std::size_t n, std::size_t u) {
  std::vector<Point> shift;
  std::vector<Point> scale;
  for (std::size_t x = 0; x < n; ++x) {
    shift.push_back(static_cast<Point>((x + 1) % n));
    scale.push_back(static_cast<Point>(x * u % n));
  }
  return named_cycles(n, {shift, scale});
}

/// ⟨r, s : r^2n = 1, s² = rⁿ, s⁻¹rs = r⁻¹⟩ acting on itself; element rⁱsʲ is point 2i + j.
PermutationGroup dicyclic_group(std::size_t n) {
  std::vector<Point> r;
  std::vector<Point> s;
  for (std::size_t i = 0; i < 2 * n; ++i) {
    r.push_back(static_cast<Point>(2 * ((i + 1) % (2 * n))));              // rⁱ·r
    r.push_back(static_cast<Point>(2 * ((i + 2 * n - 1) % (2 * n)) + 1));  // rⁱs·r = rⁱ⁻¹s
    s.push_back(static_cast<Point>(2 * i + 1));
    s.push_back(static_cast<Point>(2 * ((i + n) % (2 * n))));
  }
  return named_cycles(4 * n, {r, s});
}

PermutationGroup regular(const PermutationGroup& g) {
  std::vector<std::vector<Point>> generators;
  for (const auto& x : g.generators()) generators.push_back(x.images());
  return regular_representation(elements_of(g), generators);
}

TEST_CASE("abelian groups are named by their invariants", "[structure_name]") {
  CHECK(structure_name(symmetric_group(1)) == "1");
  CHECK(structure_name(PermutationGroup(0, {})) == "1");
  CHECK(structure_name(cyclic_group(12)) == "C12");
  CHECK(structure_name(direct_product(cyclic_group(2), cyclic_group(4))) == "C4xC2");
  CHECK(structure_name(direct_product(cyclic_group(4), cyclic_group(6))) == "C12xC2");
  CHECK(structure_name(direct_product(cyclic_group(3), cyclic_group(5))) == "C15");
}

TEST_CASE("the groups of order 8 and 12 have five names each", "[structure_name]") {
  CHECK(structure_name(dihedral_group(4)) == "D8");
  CHECK(structure_name(dicyclic_group(2)) == "Q8");
  CHECK(structure_name(dihedral_group(6)) == "D12");
  CHECK(structure_name(direct_product(symmetric_group(3), cyclic_group(2))) == "D12");
  CHECK(structure_name(dicyclic_group(3)) == "C3:C4");
  CHECK(structure_name(alternating_group(4)) == "A4");
}

TEST_CASE("two-groups with a cyclic subgroup of index two", "[structure_name]") {
  CHECK(structure_name(dihedral_group(16)) == "D32");
  CHECK(structure_name(dicyclic_group(8)) == "Q32");
  CHECK(structure_name(affine(8, 3)) == "QD16");
  CHECK(structure_name(affine(16, 7)) == "QD32");
  CHECK(structure_name(affine(8, 7)) == "D16");
  CHECK(structure_name(affine(8, 5)) == "group of order 16");  // GAP: C8:C2, modular; no criterion here
}

TEST_CASE("semidirect products of cyclic groups of coprime orders", "[structure_name]") {
  CHECK(structure_name(affine(7, 2)) == "C7:C3");
  CHECK(structure_name(affine(7, 3)) == "C7:C6");
  CHECK(structure_name(affine(5, 2)) == "C5:C4");
  CHECK(structure_name(dicyclic_group(5)) == "C5:C4");
  CHECK(structure_name(dicyclic_group(6)) == "C3:Q8");
  CHECK(structure_name(dicyclic_group(15)) == "group of order 60");  // GAP: C15:C4
  CHECK(structure_name(direct_product(affine(7, 2), cyclic_group(4))) == "C4x(C7:C3)");
}

TEST_CASE("symmetric and alternating groups are known on any points", "[structure_name]") {
  for (std::size_t n = 4; n <= 6; ++n) {
    CHECK(structure_name(symmetric_group(n)) == "S" + std::to_string(n));
    CHECK(structure_name(alternating_group(n)) == "A" + std::to_string(n));
    if (n > 5) continue;
    CHECK(structure_name(regular(symmetric_group(n))) == "S" + std::to_string(n));
    CHECK(structure_name(regular(alternating_group(n))) == "A" + std::to_string(n));
  }
  CHECK(structure_name(symmetric_group(50)) == "S50");
  CHECK(structure_name(alternating_group(50)) == "A50");
  CHECK(structure_name(direct_product(symmetric_group(30), symmetric_group(3))) == "S3xS30");
  CHECK(structure_name(psl2(5)) == "A5");
  // S₅ on 6 points is PGL(2,5); x ↦ 2x, 2 not a square, makes it from PSL(2,5).
  std::vector<Transformation> generators = psl2(5).generators();
  generators.push_back(Transformation({0, 2, 4, 1, 3, 5}));
  const PermutationGroup pgl(6, generators);
  REQUIRE(pgl.order() == 120);
  CHECK(structure_name(pgl) == "S5");
}

TEST_CASE("the three groups between A_6 and its automorphisms are not confused", "[structure_name]") {
  // GF(9) = GF(3)[i], a + bi is point a + 3b, infinity 9: shifts, z ↦ −1/z, z ↦ (1 + i)² z generate PSL(2,9) = A₆.
  const auto field = [](Point z, Point w) {  // product
    const unsigned a = z % 3, b = z / 3, c = w % 3, d = w / 3;
    return static_cast<Point>((a * c + 2 * b * d) % 3 + 3 * ((a * d + b * c) % 3));
  };
  const auto map = [](auto f) {
    std::vector<Point> images;
    for (Point z = 0; z < 10; ++z) images.push_back(f(z));
    return Transformation(images);
  };
  const Transformation shift = map([](Point z) { return z == 9 ? 9 : z - z % 3 + (z % 3 + 1) % 3; });
  const Transformation turn = map([&](Point z) {
    if (z == 0 || z == 9) return z == 0 ? Point{9} : Point{0};
    Point w = 1;
    while (field(z, w) != 2) ++w;  // z·w = −1
    return w;
  });
  const Transformation square = map([&](Point z) { return z == 9 ? z : field(z, field(4, 4)); });
  const Transformation scale = map([&](Point z) { return z == 9 ? z : field(z, 4); });
  const Transformation bar = map([](Point z) { return z == 9 ? z : z % 3 + 3 * ((3 - z / 3) % 3); });
  const PermutationGroup a6(10, {shift, turn, square});
  REQUIRE(a6.order() == 360);
  CHECK(structure_name(a6) == "A6");
  const auto extended = [&](const Transformation& by) { return PermutationGroup(10, {shift, turn, square, by}); };
  CHECK(extended(bar).order() == 720);
  CHECK(structure_name(extended(bar)) == "S6");
  CHECK(structure_name(extended(scale)) == "group of order 720");        // PGL(2,9)
  CHECK(structure_name(extended(scale * bar)) == "group of order 720");  // M₁₀
}

TEST_CASE("simple and linear groups", "[structure_name]") {
  CHECK(structure_name(psl2(7)) == "PSL(3,2)");
  CHECK(structure_name(psl2(11)) == "PSL(2,11)");
  CHECK(structure_name(mathieu_11()) == "M11");
  // SL(2,3) and GL(2,3) on the eight non-zero vectors (a, b) over GF(3): vector 3a + b is point 3a + b − 1.
  const auto matrix = [](unsigned p, unsigned q, unsigned r, unsigned s) {
    std::vector<Point> images;
    for (unsigned v = 1; v < 9; ++v) {
      const unsigned a = v / 3, b = v % 3;
      images.push_back(3 * ((a * p + b * r) % 3) + (a * q + b * s) % 3 - 1);
    }
    return images;
  };
  CHECK(structure_name(named_cycles(8, {matrix(1, 1, 0, 1), matrix(1, 0, 1, 1)})) == "SL(2,3)");
  CHECK(structure_name(named_cycles(8, {matrix(1, 1, 0, 1), matrix(1, 0, 1, 1), matrix(2, 0, 0, 1)})) == "GL(2,3)");
}

TEST_CASE("direct products are taken apart, whatever the points", "[structure_name]") {
  CHECK(structure_name(direct_product(cyclic_group(5), alternating_group(4))) == "C5xA4");
  CHECK(structure_name(direct_product(alternating_group(5), cyclic_group(2))) == "C2xA5");
  CHECK(structure_name(direct_product(dihedral_group(4), dihedral_group(4))) == "D8xD8");
  CHECK(structure_name(regular(direct_product(cyclic_group(6), symmetric_group(3)))) == "C6xS3");
  CHECK(structure_name(regular(direct_product(symmetric_group(3), dihedral_group(5)))) == "S3xD10");
  CHECK(structure_name(regular(direct_product(dicyclic_group(2), symmetric_group(3)))) == "S3xQ8");
  CHECK(structure_name(direct_product(direct_product(cyclic_group(2), cyclic_group(4)), alternating_group(4))) ==
        "C4xC2xA4");
  CHECK(structure_name(direct_product(direct_product(cyclic_group(3), cyclic_group(4)), dicyclic_group(3))) ==
        "C12x(C3:C4)");
}

TEST_CASE("a group without a proved name is called by its order", "[structure_name]") {
  CHECK(structure_name(wreath_product(cyclic_group(2), cyclic_group(4))) == "group of order 64");
  CHECK(proved_structure_name(wreath_product(cyclic_group(2), cyclic_group(4))) == std::nullopt);
  CHECK(structure_name(wreath_product(symmetric_group(10), symmetric_group(2))) == "group of order 26336378880000");
}

}  // namespace
}  // namespace eigenmata::algebra
