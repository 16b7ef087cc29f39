// SPDX-License-Identifier: Apache-2.0
//
// Images of boxes against the images of their corners, which are computed by dense matrices.
#include "eigenmata/certificate/box.hpp"

#include <catch2/catch.hpp>

#include "support/networks.hpp"

namespace eigenmata::certificate {
namespace {

using exact::Rational;
using testing::random_rational;

const exact::RationalArithmetic kRationals;

/// Some coordinates are intervals, some numbers, some 0.
template <class K>
Box<typename K::Scalar> random_box(const K& k, core::Random& random, std::size_t dimension) {
  std::vector<Rational> half_widths;
  for (std::size_t i = 0; i < dimension; ++i)
    half_widths.push_back(random.one_in(2) ? Rational(0) : abs(random_rational(random, 4)));
  return {testing::random_vector(k, random, dimension), lrnn::sparse(kRationals, half_widths)};
}

template <class K>
std::vector<std::vector<typename K::Scalar>> corners(const K& k, const Box<typename K::Scalar>& box) {
  std::vector<std::vector<typename K::Scalar>> result{lrnn::coordinates(k, box.centre)};
  for (const auto& side : box.half_widths.entries()) {
    const auto width = k.from_rational(side.value);
    const std::size_t count = result.size();
    for (std::size_t i = 0; i < count; ++i) {
      result.push_back(result[i]);
      result[i][side.index] = k.subtract(result[i][side.index], width);
      result.back()[side.index] = k.add(result.back()[side.index], width);
    }
  }
  return result;
}

template <class K>
std::vector<typename K::Scalar> moved(const K& k, const lrnn::AffineMap<typename K::Scalar>& map,
                                      const std::vector<typename K::Scalar>& x) {
  const auto matrix = to_dense(k, map.a);
  auto result = lrnn::coordinates(k, map.b);
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j) result[i] = k.add(result[i], k.multiply(matrix(i, j), x[j]));
  }
  return result;
}

/// A network of one layer and one letter.
template <class K>
lrnn::Network<typename K::Scalar> network_of(const K& k, lrnn::AffineMap<typename K::Scalar> map, std::size_t n) {
  lrnn::Network<typename K::Scalar> network{testing::small_alphabet(1), false, {}, {false}, std::nullopt};
  lrnn::AffineDecoder<typename K::Scalar> decoder;
  decoder.readouts.push_back({lrnn::SparseVector<typename K::Scalar>(n), k.zero(), {}, {core::symbol(0)}});
  network.layers.push_back(
      {n, lrnn::SparseVector<typename K::Scalar>(n), {std::move(map)}, testing::small_alphabet(1), std::move(decoder)});
  return network;
}

TEST_CASE("the image of a box is the smallest box around the images of its corners", "[certificate][box]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 2000; ++round) {
    const std::size_t n = 1 + random.below(5);
    const auto form = static_cast<testing::MatrixForm>(random.below(testing::kMatrixForms));
    const lrnn::AffineMap<Rational> map{testing::random_transition(kRationals, random, n, form),
                                        testing::random_vector(kRationals, random, n)};
    const auto network = network_of(kRationals, map, n);
    const lrnn::Runner<exact::RationalArithmetic> runner({}, network);
    BoxImages<exact::RationalArithmetic> images(runner, 0);
    for (int again = 0; again < 2; ++again) {  // the second time from remembered columns
      const auto box = random_box(kRationals, random, n);
      const auto image = images.image(box, core::symbol(0));
      REQUIRE(image);
      std::vector<std::vector<Rational>> moved_corners;
      for (const auto& corner : corners(kRationals, box)) moved_corners.push_back(moved(kRationals, map, corner));
      const auto centre = lrnn::coordinates(kRationals, image->centre);
      const auto half = lrnn::coordinates(kRationals, image->half_widths);
      for (std::size_t i = 0; i < n; ++i) {
        Rational low = moved_corners[0][i], high = low;
        for (const auto& corner : moved_corners) low = std::min(low, corner[i]), high = std::max(high, corner[i]);
        CAPTURE(round, n, static_cast<int>(form), i);
        REQUIRE(centre[i] - half[i] == low);
        REQUIRE(centre[i] + half[i] == high);
      }
    }
  }
}

TEST_CASE("a box in a box", "[certificate][box]") {
  EIGENMATA_SEEDED(random, 2);
  std::size_t inside = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::size_t n = 1 + random.below(3);
    const auto outer = random_box(kRationals, random, n);
    auto inner = random.one_in(3) ? outer : random_box(kRationals, random, n);
    if (random.one_in(2))
      inner.half_widths = mapped(inner.half_widths, [](const Rational& x) { return Rational(x / 2); });
    bool expected = true;
    const auto c = lrnn::coordinates(kRationals, outer.centre), w = lrnn::coordinates(kRationals, outer.half_widths);
    for (const auto& corner : corners(kRationals, inner)) {
      for (std::size_t i = 0; i < n; ++i) expected = expected && abs(Rational(corner[i] - c[i])) <= w[i];
    }
    CAPTURE(round, n);
    REQUIRE(contains(kRationals, outer, inner) == expected);
    inside += expected ? 1 : 0;
  }
  CHECK(inside > 500);
}

TEST_CASE("segments in a complex plane stay parallel to the real line, or have no image", "[certificate][box]") {
  EIGENMATA_SEEDED(random, 3);
  const exact::CyclotomicField k(5);
  const auto z = k.power_of_generator(1);
  std::size_t turned_away = 0;
  for (int round = 0; round < 500; ++round) {
    lrnn::Diagonal<exact::FieldElement> gates;
    for (int i = 0; i < 3; ++i)
      gates.entries.push_back(random.one_in(3) ? z : k.from_rational(random_rational(random, 3)));
    const lrnn::AffineMap<exact::FieldElement> map{gates, {3, {{1, z}}}};
    const auto network = network_of(k, map, 3);
    const lrnn::Runner<exact::CyclotomicField> runner(k, network);
    BoxImages<exact::CyclotomicField> images(runner, 0);
    std::vector<Rational> half_widths;
    for (int i = 0; i < 3; ++i) half_widths.push_back(random.one_in(2) ? Rational(0) : Rational(1, 2));
    const Box<exact::FieldElement> box{{3, {{0, k.one()}, {2, z}}}, lrnn::sparse(kRationals, half_widths)};
    bool turned = false;
    for (std::size_t i = 0; i < 3; ++i) turned = turned || (!half_widths[i].is_zero() && k.equal(gates.entries[i], z));
    const auto image = images.image(box, core::symbol(0));
    CAPTURE(round);
    REQUIRE(image.has_value() == !turned);
    turned_away += turned ? 1 : 0;
    if (!image) continue;
    for (const auto& corner : corners(k, box)) {
      const Box<exact::FieldElement> point{lrnn::sparse(k, moved(k, map, corner)), lrnn::SparseVector<Rational>(3)};
      REQUIRE(contains(k, *image, point));
    }
    for (const auto& side : image->half_widths.entries())
      REQUIRE(side.value == abs(*exact::rational_value(k, gates.entries[side.index])) * half_widths[side.index]);
  }
  CHECK(turned_away > 50);
}

TEST_CASE("a box beside another by a number that is not rational is not inside it", "[certificate][box]") {
  const exact::CyclotomicField k(5);
  const Box<exact::FieldElement> large{lrnn::SparseVector<exact::FieldElement>(1), {1, {{0, Rational(9)}}}};
  const Box<exact::FieldElement> beside{{1, {{0, k.power_of_generator(1)}}}, lrnn::SparseVector<Rational>(1)};
  CHECK_FALSE(contains(k, large, beside));
  CHECK(contains(k, beside, beside));
}

}  // namespace
}  // namespace eigenmata::certificate
