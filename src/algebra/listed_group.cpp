// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/listed_group.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <string>

#include "stabiliser_chain.hpp"

namespace eigenmata::algebra {
namespace {

std::size_t checked_order(const PermutationGroup& group, std::size_t max_order) {
  assert(max_order <= UINT32_MAX);
  if (group.order() > max_order) {
    throw core::LimitReached(core::LimitReached::Kind::kSize, "a group of order " + exact::to_string(group.order()) +
                                                                  " has more elements than the limit of " +
                                                                  std::to_string(max_order));
  }
  return static_cast<std::size_t>(group.order());
}

}  // namespace

ListedGroup::ListedGroup(const PermutationGroup& group, std::size_t max_order, const core::Limits& limits)
    : group_(group), order_(checked_order(group, max_order)), degree_(group.degree()) {
  limits.require_memory(order_ * degree_ * sizeof(Point), "elements of a group");
  // Element = (element of the deeper levels) · carrier of this level; the place in the first level varies fastest.
  images_ = identity_images(degree_);
  const auto& levels = group_.chain().levels();
  std::size_t listed = 1;
  core::Ticker ticker(limits, "elements of a group", order_);
  for (std::size_t i = levels.size(); i-- > 0;) {
    const std::size_t places = levels[i].orbit.size();
    std::vector<Point> next(listed * places * degree_);
    for (std::size_t x = 0; x < listed; ++x) {
      ticker.tick(places);
      for (std::size_t p = 0; p < places; ++p) {
        for (std::size_t point = 0; point < degree_; ++point) {
          next[(x * places + p) * degree_ + point] = levels[i].carrier[p][images_[x * degree_ + point]];
        }
      }
    }
    images_ = std::move(next);
    listed *= places;
  }
  assert(listed == order_);
}

Transformation ListedGroup::element(std::uint32_t x) const {
  return Transformation(std::vector<Point>(images(x), images(x) + degree_));
}

/// Sifts an element of which the image of any point can be asked; only those of base points are.
template <class ImageOf>
std::uint32_t ListedGroup::number_from(ImageOf image_of) const {
  const auto& levels = group_.chain().levels();
  std::size_t number = 0;
  std::size_t stride = 1;
  std::array<const Point*, 64> back;  // a group of order < 2³² has at most 32 levels that are not redundant
  std::size_t backs = 0;
  for (const auto& level : levels) {
    if (level.orbit.size() == 1) continue;
    Point y = image_of(level.base);
    for (std::size_t i = 0; i < backs; ++i) y = back[i][y];
    const std::uint32_t place = level.position[y];
    assert(place != StabiliserChain::kNotThere);
    if (place != 0) back[backs++] = level.carrier_inverse[place].data();
    number += place * stride;
    stride *= level.orbit.size();
  }
  return static_cast<std::uint32_t>(number);
}

std::uint32_t ListedGroup::number_of(const Transformation& g) const {
  assert(group_.contains(g));
  return number_from([&](Point p) { return g.image_of(p); });
}

std::uint32_t ListedGroup::product(std::uint32_t x, std::uint32_t y) const {
  const Point* first = images(x);
  const Point* second = images(y);
  return number_from([&](Point p) { return second[first[p]]; });
}

std::uint32_t ListedGroup::inverse(std::uint32_t x) const {
  const Point* g = images(x);
  return number_from([&](Point p) { return static_cast<Point>(std::find(g, g + degree_, p) - g); });
}

std::uint32_t ListedGroup::power(std::uint32_t x, std::uint64_t exponent) const {
  std::uint32_t result = 0;
  for (std::uint32_t square = x; exponent > 0; exponent >>= 1) {
    if (exponent & 1u) result = product(result, square);
    square = product(square, square);
  }
  return result;
}

std::uint64_t ListedGroup::element_order(std::uint32_t x) const {
  return order_of(std::vector<Point>(images(x), images(x) + degree_));
}

std::vector<std::uint32_t> ListedGroup::class_of_elements() const {
  std::vector<Images> generators;
  std::vector<Images> inverses;
  for (const Transformation& g : group_.generators()) {
    generators.push_back(g.images());
    inverses.push_back(algebra::inverse(g.images()));
  }
  std::vector<std::uint32_t> class_of(order_, UINT32_MAX);
  std::uint32_t classes = 0;
  std::vector<std::uint32_t> members;
  for (std::size_t start = 0; start < order_; ++start) {
    if (class_of[start] != UINT32_MAX) continue;
    class_of[start] = classes;
    members.assign(1, static_cast<std::uint32_t>(start));
    while (!members.empty()) {
      const Point* x = images(members.back());
      members.pop_back();
      for (std::size_t g = 0; g < generators.size(); ++g) {
        const std::uint32_t y = number_from([&](Point p) { return generators[g][x[inverses[g][p]]]; });
        if (class_of[y] != UINT32_MAX) continue;
        class_of[y] = classes;
        members.push_back(y);
      }
    }
    ++classes;
  }
  return class_of;
}

std::vector<ListedGroup::ConjugacyClass> ListedGroup::conjugacy_classes() const {
  const std::vector<std::uint32_t> class_of = class_of_elements();
  std::vector<ConjugacyClass> classes;
  for (std::size_t x = 0; x < order_; ++x) {
    const auto number = static_cast<std::uint32_t>(x);
    if (class_of[x] == classes.size()) classes.push_back({number, 0, element_order(number)});
    ++classes[class_of[x]].size;
  }
  return classes;
}

std::vector<std::uint32_t> ListedGroup::centraliser(const std::vector<std::uint32_t>& elements) const {
  std::vector<std::uint32_t> result;
  for (std::size_t x = 0; x < order_; ++x) {
    const Point* a = images(static_cast<std::uint32_t>(x));
    const bool commutes = std::all_of(elements.begin(), elements.end(), [&](std::uint32_t y) {
      const Point* b = images(y);
      for (std::size_t p = 0; p < degree_; ++p) {
        if (b[a[p]] != a[b[p]]) return false;
      }
      return true;
    });
    if (commutes) result.push_back(static_cast<std::uint32_t>(x));
  }
  return result;
}

std::vector<std::uint32_t> ListedGroup::centre() const {
  std::vector<std::uint32_t> generators;
  for (const Transformation& g : group_.generators()) generators.push_back(number_of(g));
  return centraliser(generators);
}

std::uint64_t ListedGroup::exponent() const {
  std::uint64_t result = 1;
  for (std::size_t x = 0; x < order_; ++x) result = std::lcm(result, element_order(static_cast<std::uint32_t>(x)));
  return result;
}

std::vector<std::uint32_t> ListedGroup::members(const PermutationGroup& subgroup) const {
  assert(subgroup.is_subgroup_of(group_));
  std::vector<std::uint32_t> result;
  for (const Transformation& g : subgroup.elements(order_)) result.push_back(number_of(g));
  std::sort(result.begin(), result.end());
  return result;
}

PermutationGroup centre(const PermutationGroup& g, const core::Limits& limits) {
  const ListedGroup listed(g, ListedGroup::kUsualLimit, limits);
  auto chain = std::make_shared<StabiliserChain>(g.degree());
  std::vector<Transformation> generators;
  for (const std::uint32_t x : listed.centre()) {
    Transformation element = listed.element(x);
    if (chain->insert(element.images(), limits)) generators.push_back(std::move(element));
  }
  return PermutationGroup(std::move(generators), std::move(chain));
}

std::uint64_t exponent(const PermutationGroup& g, const core::Limits& limits) {
  return ListedGroup(g, ListedGroup::kUsualLimit, limits).exponent();
}

}  // namespace eigenmata::algebra
