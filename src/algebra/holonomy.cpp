// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/holonomy.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "eigenmata/algebra/structure_name.hpp"

namespace eigenmata::algebra {
namespace {

using Bits = std::span<const std::uint64_t>;

bool is_subset(Bits small, Bits large) {
  for (std::size_t w = 0; w < small.size(); ++w) {
    if ((small[w] & ~large[w]) != 0) return false;
  }
  return true;
}

bool contains(Bits bits, Point x) { return (bits[x / 64] >> (x % 64) & 1) != 0; }

}  // namespace

Holonomy::Holonomy(const std::vector<Transformation>& generators, const core::Limits& limits)
    : orbit_(generators, limits) {
  find_classes(limits);
  find_levels();
}

void Holonomy::find_classes(const core::Limits& limits) {
  const auto size_of = [&](std::size_t image) { return orbit_.points(image).size(); };
  std::vector<std::uint32_t> by_size(orbit_.size());
  std::iota(by_size.begin(), by_size.end(), 0);
  std::stable_sort(by_size.begin(), by_size.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return size_of(a) > size_of(b); });

  core::Ticker ticker(limits, "tiles of the images");
  std::map<std::size_t, PermutationGroup> trivial_groups;  // by degree
  std::size_t bytes = 0;
  class_of_component_.assign(orbit_.components(), kNone);
  for (std::size_t component = 0; component < orbit_.components(); ++component) {
    const std::size_t root = orbit_.images_of(component)[0];
    if (size_of(root) < 2) continue;
    class_of_component_[component] = classes_.size();
    std::vector<std::vector<Point>> tiles = tiles_of(root, by_size, ticker);
    for (const auto& tile : tiles) bytes += sizeof(tile) + tile.size() * sizeof(Point);
    limits.require_memory(bytes, "the tiles of " + std::to_string(classes_.size()) + " classes of images");
    const auto trivial = trivial_groups.try_emplace(tiles.size(), tiles.size(), std::vector<Transformation>{}).first;
    classes_.push_back({component, std::move(tiles), {}, trivial->second, {}, 0, 0});

    std::vector<Transformation> generators;
    for (const Transformation& g : orbit_.group(component).generators()) {
      Transformation moved = on_tiles(classes_.size() - 1, g.images());
      if (moved != Transformation::identity(moved.degree())) generators.push_back(std::move(moved));
    }
    if (!generators.empty()) {
      const std::size_t degree = generators[0].degree();
      classes_.back().group = PermutationGroup(degree, std::move(generators), limits);
    }
  }
  find_what_is_below(ticker);
}

/// The larger a set, the earlier it is looked at: then a set is maximal unless it is inside one already found.
std::vector<std::vector<Point>> Holonomy::tiles_of(std::size_t root, const std::vector<std::uint32_t>& by_size,
                                                   core::Ticker& ticker) const {
  const auto points = orbit_.points(root);
  const Bits bits = orbit_.bits(root);
  std::vector<std::uint32_t> maximal;
  std::vector<bool> is_covered(points.size(), false);
  const auto smaller = std::partition_point(by_size.begin(), by_size.end(), [&](std::uint32_t image) {
    return orbit_.points(image).size() >= points.size();
  });
  for (auto image = smaller; image != by_size.end(); ++image) {
    ticker.tick();
    const Bits candidate = orbit_.bits(*image);
    if (!is_subset(candidate, bits)) continue;
    ticker.tick(maximal.size());
    const bool is_maximal = std::none_of(maximal.begin(), maximal.end(),
                                         [&](std::uint32_t m) { return is_subset(candidate, orbit_.bits(m)); });
    if (is_maximal) maximal.push_back(*image);
  }
  std::vector<std::vector<Point>> tiles;
  for (const std::uint32_t image : maximal) {
    std::vector<Point>& tile = tiles.emplace_back();
    for (std::size_t place = 0; place < points.size(); ++place) {
      if (!contains(orbit_.bits(image), points[place])) continue;
      tile.push_back(static_cast<Point>(place));
      is_covered[place] = true;
    }
  }
  for (std::size_t place = 0; place < points.size(); ++place) {
    if (!is_covered[place]) tiles.push_back({static_cast<Point>(place)});
  }
  std::sort(tiles.begin(), tiles.end());
  return tiles;
}

void Holonomy::find_what_is_below(core::Ticker& ticker) {
  std::vector<std::uint64_t> bits(orbit_.bits(0).size());
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    HolonomyClass& above = classes_[c];
    const auto images = orbit_.images_of(above.images);
    for (const auto& places : above.tiles) {
      std::fill(bits.begin(), bits.end(), 0);
      for (const Point place : places) {
        const Point x = orbit_.points(images[0])[place];
        bits[x / 64] |= std::uint64_t{1} << (x % 64);
      }
      above.tile_classes.push_back(places.size() == 1 ? kNone : class_of(orbit_.find(bits)));
    }
    above.below = above.tile_classes;
    for (const std::uint32_t image : images) {
      ticker.tick(orbit_.letters());
      for (std::size_t x = 0; x < orbit_.letters(); ++x) {
        above.below.push_back(class_of(orbit_.right(image, core::symbol(x))));
        if (above.below.back() == c) above.below.pop_back();
      }
    }
    std::sort(above.below.begin(), above.below.end());
    above.below.erase(std::unique(above.below.begin(), above.below.end()), above.below.end());
    if (!above.below.empty() && above.below.back() == kNone) above.below.pop_back();
  }
}

/// Longest paths in the graph of `below`, which has no cycle: it only leads down in subduction.
void Holonomy::find_levels() {
  std::vector<std::size_t> missing(classes_.size(), 0);
  for (const HolonomyClass& c : classes_) {
    for (const std::size_t b : c.below) ++missing[b];
  }
  std::vector<std::size_t> order;
  if (!classes_.empty()) order.push_back(0);  // that of Q, which is above all
  for (std::size_t i = 0; i < order.size(); ++i) {
    const HolonomyClass& c = classes_[order[i]];
    levels_ = std::max(levels_, c.depth + 1);
    for (const std::size_t b : c.below) {
      classes_[b].depth = std::max(classes_[b].depth, c.depth + 1);
      if (--missing[b] == 0) order.push_back(b);
    }
  }
  assert(order.size() == classes_.size());
  for (auto c = order.rbegin(); c != order.rend(); ++c) {
    for (const std::size_t b : classes_[*c].below)
      classes_[*c].height = std::max(classes_[*c].height, classes_[b].height + 1);
  }
}

std::size_t Holonomy::sets() const {
  std::size_t images_of_one_point = 0;
  for (std::size_t image = 0; image < orbit_.size(); ++image) {
    if (orbit_.points(image).size() == 1) ++images_of_one_point;
  }
  return orbit_.size() - images_of_one_point + orbit_.degree();
}

std::vector<std::vector<std::size_t>> Holonomy::classes_by_level(LevelOrder order) const {
  std::vector<std::vector<std::size_t>> by_level(levels_);
  for (std::size_t c = 0; c < classes_.size(); ++c) by_level[level_of(c, order)].push_back(c);
  return by_level;
}

exact::Integer Holonomy::flags() const {
  std::vector<exact::Integer> below(classes_.size());
  const auto by_level = classes_by_level(LevelOrder::kDepth);
  for (auto level = by_level.rbegin(); level != by_level.rend(); ++level) {
    for (const std::size_t c : *level) {
      for (const std::size_t t : classes_[c].tile_classes) below[c] += t == kNone ? exact::Integer(1) : below[t];
    }
  }
  return classes_.empty() ? exact::Integer(1) : below[0];
}

std::vector<Point> Holonomy::tile(std::size_t image, std::size_t t) const {
  std::vector<Point> points;
  for (const Point place : classes_[class_of(image)].tiles[t]) points.push_back(orbit_.points(image)[place]);
  std::sort(points.begin(), points.end());
  return points;
}

Transformation Holonomy::on_tiles(std::size_t c, std::span<const Point> places) const {
  const auto& tiles = classes_[c].tiles;
  std::vector<Point> images;
  std::vector<Point> moved;
  for (const auto& tile : tiles) {
    moved.clear();
    for (const Point place : tile) moved.push_back(places[place]);
    std::sort(moved.begin(), moved.end());
    const auto at = std::lower_bound(tiles.begin(), tiles.end(), moved);
    assert(at != tiles.end() && *at == moved);
    images.push_back(static_cast<Point>(at - tiles.begin()));
  }
  return Transformation(std::move(images));
}

bool Holonomy::is_aperiodic() const {
  return std::all_of(classes_.begin(), classes_.end(), [](const HolonomyClass& c) { return c.group.is_trivial(); });
}

std::string holonomy_table(const Holonomy& holonomy, LevelOrder order, const core::Limits& limits) {
  std::string table;
  for (const auto& level : holonomy.classes_by_level(order)) {
    std::map<std::tuple<std::size_t, exact::Integer, std::string>, std::size_t, std::greater<>> entries;
    for (const std::size_t c : level) {
      const HolonomyClass& shown = holonomy.classes()[c];
      const std::string tiles = std::to_string(shown.tiles.size());
      ++entries[{shown.tiles.size(), shown.group.order(),
                 shown.group.is_trivial() ? tiles : "(" + tiles + "," + structure_name(shown.group, limits) + ")"}];
    }
    if (!table.empty()) table += " / ";
    bool is_first = true;
    for (const auto& [entry, count] : entries) {
      if (!std::exchange(is_first, false)) table += " ";
      table += std::get<std::string>(entry);
      if (count > 1) table += " x" + std::to_string(count);
    }
  }
  return table;
}

}  // namespace eigenmata::algebra
