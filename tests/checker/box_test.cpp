// SPDX-License-Identifier: Apache-2.0
//
// Images of boxes against the corners of the boxes, in GMP rationals.
#include "checker/box.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "map_generator.hpp"
#include "simulation.hpp"

namespace eigenmata::checker {
namespace {

Rational rational(const char* text) { return Rational::parse(text).value(); }

Box random_box(MapGenerator& generator, std::uint32_t dimension) {
  Box box;
  box.centre = generator.vector(dimension, 2);
  box.radius = generator.vector(dimension, 2);
  for (Entry& side : box.radius) {
    if (side.value < Rational()) side.value *= Rational(-1);
  }
  return box;
}

std::vector<Column> corners(const Box& box, std::uint32_t dimension) {
  std::vector<Column> result = {dense(box.centre, dimension)};
  for (const Entry& side : box.radius) {
    const std::size_t count = result.size();
    for (std::size_t i = 0; i < count; ++i) {
      result.push_back(result[i]);
      result[i][side.index] -= side.value.value();
      result.back()[side.index] += side.value.value();
    }
  }
  return result;
}

/// Smallest and largest coordinate i of the columns.
std::pair<mpq_class, mpq_class> extent(const std::vector<Column>& columns, std::size_t i) {
  std::pair<mpq_class, mpq_class> result(columns[0][i], columns[0][i]);
  for (const Column& column : columns) {
    result.first = std::min(result.first, column[i]);
    result.second = std::max(result.second, column[i]);
  }
  return result;
}

TEST_CASE("the image is the smallest box around the images of the corners", "[checker][box]") {
  Workspace state;
  Workspace scratch;
  for (unsigned seed = 0; seed < 3000; ++seed) {
    MapGenerator generator(seed);
    const auto dimension = static_cast<std::uint32_t>(1 + generator.below(6));
    const Map map = generator.map(dimension);
    const Box box = random_box(generator, dimension);
    const std::vector<Column> matrix = matrix_of(map, dimension);
    std::vector<Column> images;
    for (const Column& corner : corners(box, dimension)) {
      images.push_back(dense(map.offset, dimension));
      for (std::size_t i = 0; i < dimension; ++i) images.back()[i] += product(matrix[i], corner);
    }
    const Box result = image(PreparedMap(map), box.view(), state, scratch);
    const Column centre = dense(result.centre, dimension);
    const Column radius = dense(result.radius, dimension);
    CAPTURE(seed, shown(box.view()), shown(result.view()));
    for (std::size_t i = 0; i < dimension; ++i) {
      const auto [low, high] = extent(images, i);
      REQUIRE(centre[i] - radius[i] == low);
      REQUIRE(centre[i] + radius[i] == high);
    }
    for (const Entry& side : result.radius) REQUIRE(side.value > Rational());
  }
}

TEST_CASE("the values of a linear function on a box", "[checker][box]") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    MapGenerator generator(seed);
    const auto dimension = static_cast<std::uint32_t>(1 + generator.below(6));
    const Box box = random_box(generator, dimension);
    const SparseVector weights = generator.vector(dimension, 2);
    std::vector<Column> values;
    for (const Column& corner : corners(box, dimension)) values.push_back({product(dense(weights, dimension), corner)});
    const auto [low, high] = range(weights, box.view());
    REQUIRE(std::pair(low.value(), high.value()) == extent(values, 0));
  }
}

TEST_CASE("a box in a box", "[checker][box]") {
  int inside = 0;
  for (unsigned seed = 0; seed < 4000; ++seed) {
    MapGenerator generator(seed);
    const auto dimension = static_cast<std::uint32_t>(1 + generator.below(4));
    const Box outer = random_box(generator, dimension);
    Box inner = generator.below(3) == 0 ? outer : random_box(generator, dimension);
    for (Entry& side : inner.radius) side.value *= rational(generator.below(2) == 0 ? "1/2" : "1");
    const Column c = dense(inner.centre, dimension), r = dense(inner.radius, dimension);
    const Column d = dense(outer.centre, dimension), s = dense(outer.radius, dimension);
    std::vector<std::uint32_t> leaving;
    for (std::uint32_t i = 0; i < dimension; ++i) {
      if (c[i] - r[i] < d[i] - s[i] || c[i] + r[i] > d[i] + s[i]) leaving.push_back(i);
    }
    const std::optional<std::uint32_t> found = coordinate_outside(inner.view(), outer.view());
    CAPTURE(seed, shown(inner.view()), shown(outer.view()));
    REQUIRE(found.has_value() == !leaving.empty());
    if (found) REQUIRE(std::count(leaving.begin(), leaving.end(), *found) == 1);
    inside += found ? 0 : 1;
  }
  CHECK(inside > 500);
}

TEST_CASE("factors that exchange coordinates widen nothing", "[checker][box]") {
  Map map;
  map.form = MatrixForm::kHouseholder;
  map.factors.resize(2);
  map.factors[0].beta = map.factors[1].beta = Rational(2);
  map.factors[0].v = map.factors[1].v = {{0, Rational(1)}, {1, Rational(-1)}};
  const Box box = {{{0, rational("1/2")}, {1, rational("5/2")}}, {{0, rational("1/2")}, {1, rational("1/3")}}};
  Workspace state;
  Workspace scratch;
  const Box same = image(PreparedMap(map), box.view(), state, scratch);
  CHECK(shown(same.view()) == "0:[0,1] 1:[13/6,17/6]");
  map.factors.pop_back();
  CHECK(shown(image(PreparedMap(map), box.view(), state, scratch).view()) == "0:[13/6,17/6] 1:[0,1]");
}

TEST_CASE("a box in messages", "[checker][box]") {
  Box box;
  CHECK(shown(box.view()) == "0");
  CHECK(shown_side(box.view(), 3) == "0");
  for (std::uint32_t i = 0; i < 9; ++i) box.radius.push_back({2 * i, Rational(1)});
  box.centre = {{1, Rational(-5)}};
  CHECK(shown(box.view()) == "0:[-1,1] 1:-5 2:[-1,1] 4:[-1,1] 6:[-1,1] 8:[-1,1] … (10 sides)");
}

}  // namespace
}  // namespace eigenmata::checker
