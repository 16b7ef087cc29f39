// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/green.hpp"

#include <algorithm>
#include <cassert>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "eigenmata/core/error.hpp"
#include "strong_components.hpp"

namespace eigenmata::algebra {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

/// A shortest word from one vertex to another. `step(v, letter)` must stay inside a set in which `to` can be reached,
/// or be `kNone`.
template <class Step>
core::Word path_between(Element from, Element to, std::size_t letters, Step step) {
  std::unordered_map<std::size_t, std::pair<std::size_t, std::size_t>> reached_by{{index(from), {index(from), 0}}};
  std::vector<std::size_t> queue{index(from)};
  for (std::size_t i = 0; reached_by.find(index(to)) == reached_by.end(); ++i) {
    assert(i < queue.size());
    for (std::size_t x = 0; x < letters; ++x) {
      const std::size_t next = step(queue[i], x);
      if (next != kNone && reached_by.try_emplace(next, queue[i], x).second) queue.push_back(next);
    }
  }
  core::Word word;
  for (std::size_t at = index(to); at != index(from); at = reached_by.at(at).first) {
    word.push_back(core::symbol(reached_by.at(at).second));
  }
  return word;  // the last letter first
}

/// A class for each pair (r[m], l[m]), numbered in the order of the least elements.
std::pair<std::vector<std::uint32_t>, std::size_t> h_classes_from(const std::vector<std::uint32_t>& r,
                                                                  const std::vector<std::uint32_t>& l,
                                                                  std::size_t l_classes, std::size_t r_classes) {
  // The elements by R-class, each R-class increasing; inside one R-class an L-class stands for one H-class.
  std::vector<std::uint32_t> start(r_classes + 1, 0);
  for (const std::uint32_t c : r) ++start[c + 1];
  for (std::size_t c = 0; c < r_classes; ++c) start[c + 1] += start[c];
  std::vector<std::uint32_t> by_r(r.size());
  for (std::size_t m = 0; m < r.size(); ++m) by_r[start[r[m]]++] = static_cast<std::uint32_t>(m);
  std::vector<std::uint32_t> h(r.size());
  std::vector<std::uint32_t> least(l_classes);  // the first element of the H-class of (this R-class, L-class)
  std::vector<std::uint32_t> seen_for(l_classes, kNone);
  for (const std::uint32_t m : by_r) {
    if (seen_for[l[m]] != r[m]) {
      seen_for[l[m]] = r[m];
      least[l[m]] = m;
    }
    h[m] = least[l[m]];
  }
  // From the least element to a number; an element's least one comes no later than itself.
  std::uint32_t count = 0;
  for (std::size_t m = 0; m < h.size(); ++m) h[m] = h[m] == m ? count++ : h[h[m]];
  return {std::move(h), count};
}

}  // namespace

GreenRelations::GreenRelations(const TransitionMonoid& monoid, const core::Limits& limits) : monoid_(&monoid) {
  if (!monoid.is_complete()) {
    throw core::Error("Green's relations need the whole monoid, but its enumeration stopped: " + monoid.stopped_by());
  }
  const std::size_t size = monoid.size();
  const std::size_t letters = monoid.letters();
  limits.require_memory(size * (4 * letters + 48), "Green's relations of " + std::to_string(size) + " elements");
  left_ = monoid.left_cayley_graph();
  core::Ticker ticker(limits, "finding Green's relations", 3 * size);
  const auto right_edge = [&](std::size_t m, std::size_t x) {
    return index(monoid.right(element(m), core::symbol(x)));
  };
  const auto left_edge = [&](std::size_t m, std::size_t x) { return index(left_[m * letters + x]); };
  const auto any_edge = [&](std::size_t m, std::size_t x) {
    return x < letters ? right_edge(m, x) : left_edge(m, x - letters);
  };
  const auto keep = [](StrongComponents&& components, std::vector<std::uint32_t>& of) {
    of = std::move(components.of);
    return components.count;
  };
  r_classes_ = keep(strong_components(size, letters, right_edge, ticker), r_);
  l_classes_ = keep(strong_components(size, letters, left_edge, ticker), l_);
  const std::size_t d_classes = keep(strong_components(size, 2 * letters, any_edge, ticker), d_);
  std::tie(h_, h_classes_) = h_classes_from(r_, l_, l_classes_, r_classes_);

  classes_.resize(d_classes);
  idempotent_.resize(size);
  std::vector<bool> r_seen(r_classes_, false);
  std::vector<bool> l_seen(l_classes_, false);
  for (std::size_t m = 0; m < size; ++m) {
    DClass& c = classes_[d_[m]];
    if (c.size++ == 0) c.rank = monoid.map_of(element(m)).rank();
    if (!r_seen[r_[m]]) ++c.r_classes;
    if (!l_seen[l_[m]]) ++c.l_classes;
    r_seen[r_[m]] = l_seen[l_[m]] = true;
    idempotent_[m] = monoid.is_idempotent(element(m));
    if (idempotent_[m]) ++c.idempotents;
  }
  d_start_.assign(d_classes + 1, 0);
  for (std::size_t d = 0; d < d_classes; ++d) {
    classes_[d].h_size = classes_[d].size / (classes_[d].r_classes * classes_[d].l_classes);
    d_start_[d + 1] = d_start_[d] + classes_[d].size;
  }
  by_d_class_.resize(size);
  std::vector<std::size_t> next(d_start_.begin(), d_start_.end() - 1);
  for (std::size_t m = 0; m < size; ++m) by_d_class_[next[d_[m]]++] = element(m);
}

std::size_t GreenRelations::regular_d_classes() const {
  return static_cast<std::size_t>(
      std::count_if(classes_.begin(), classes_.end(), [](const DClass& c) { return c.is_regular(); }));
}

std::span<const Element> GreenRelations::elements_of(std::size_t d) const {
  return std::span<const Element>(by_d_class_).subspan(d_start_[d], classes_[d].size);
}

std::vector<Element> GreenRelations::idempotents_of(std::size_t d) const {
  std::vector<Element> found;
  for (const Element m : elements_of(d)) {
    if (is_idempotent(m)) found.push_back(m);
  }
  return found;
}

MaximalSubgroup GreenRelations::maximal_subgroup(Element e) const {
  assert(is_idempotent(e));
  MaximalSubgroup group;
  group.identity = e;
  group.order = classes_[d_class_of(e)].h_size;
  const Transformation map_of_e = monoid_->map_of(e);
  for (Point x = 0; x < map_of_e.degree(); ++x) {
    if (map_of_e.image_of(x) == x) group.points.push_back(x);
  }
  // The chosen elements r_h, breadth first, by their L-classes: inside one R-class these tell H-classes apart.
  std::unordered_map<std::size_t, Element> chosen{{l_class_of(e), e}};
  std::vector<Element> queue{e};
  std::set<std::vector<Point>> generators;
  std::vector<Point> position(map_of_e.degree());
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (std::size_t x = 0; x < monoid_->letters(); ++x) {
      const Element product = monoid_->right(queue[i], core::symbol(x));
      if (r_class_of(product) != r_class_of(e)) continue;
      const auto [at, is_new] = chosen.try_emplace(l_class_of(product), product);
      if (is_new) {
        queue.push_back(product);
        continue;
      }
      if (at->second == product) continue;  // g = e
      const Transformation target = monoid_->map_of(at->second);
      for (std::size_t j = 0; j < group.points.size(); ++j) {
        position[target.image_of(group.points[j])] = static_cast<Point>(j);
      }
      const Transformation map = monoid_->map_of(product);
      std::vector<Point> images;
      for (const Point p : group.points) images.push_back(position[map.image_of(p)]);
      generators.insert(std::move(images));
    }
  }
  for (const std::vector<Point>& images : generators) group.generators.emplace_back(images);
  return group;
}

std::vector<std::vector<std::size_t>> GreenRelations::steps_down() const {
  std::vector<std::vector<std::size_t>> below(d_classes());
  for (std::size_t d = 0; d < d_classes(); ++d) {
    for (const Element m : elements_of(d)) {
      for (std::size_t x = 0; x < monoid_->letters(); ++x) {
        for (const Element next : {monoid_->right(m, core::symbol(x)), left(m, core::symbol(x))}) {
          if (d_class_of(next) != d) below[d].push_back(d_class_of(next));
        }
      }
    }
    std::sort(below[d].begin(), below[d].end());
    below[d].erase(std::unique(below[d].begin(), below[d].end()), below[d].end());
  }
  return below;
}

core::Word GreenRelations::right_multiplier(Element from, Element to) const {
  assert(r_class_of(from) == r_class_of(to));
  core::Word word = path_between(from, to, monoid_->letters(), [&](std::size_t m, std::size_t x) -> std::size_t {
    const Element next = monoid_->right(element(m), core::symbol(x));
    return r_class_of(next) == r_class_of(to) ? index(next) : kNone;
  });
  std::reverse(word.begin(), word.end());
  return word;
}

core::Word GreenRelations::left_multiplier(Element from, Element to) const {
  assert(l_class_of(from) == l_class_of(to));
  return path_between(from, to, monoid_->letters(), [&](std::size_t m, std::size_t x) -> std::size_t {
    const Element next = left(element(m), core::symbol(x));
    return l_class_of(next) == l_class_of(to) ? index(next) : kNone;
  });
}

}  // namespace eigenmata::algebra
