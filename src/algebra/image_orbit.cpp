// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/image_orbit.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <memory>
#include <string>
#include <utility>

#include "eigenmata/core/error.hpp"
#include "hashed_numbers.hpp"
#include "stabiliser_chain.hpp"
#include "strong_components.hpp"

namespace eigenmata::algebra {
namespace {

std::uint64_t hash_of(std::span<const std::uint64_t> bits) {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : bits) hash = mix(hash ^ word);
  return mix(hash);
}

void set_bit(std::span<std::uint64_t> bits, Point x) { bits[x / 64] |= std::uint64_t{1} << (x % 64); }

}  // namespace

ImageOrbit::ImageOrbit(const std::vector<Transformation>& generators, const core::Limits& limits)
    : generators_(generators), numbers_(std::make_unique<HashedNumbers>()) {
  if (generators.empty()) throw core::Error("a monoid needs at least one generator");
  for (const Transformation& g : generators) {
    if (g.degree() != degree()) {
      throw core::Error("generators of degree " + std::to_string(degree()) + " and " + std::to_string(g.degree()) +
                        "; all have to act on the same points");
    }
  }
  find_images(limits);
  find_components(limits);
  find_groups(limits);
}

ImageOrbit::ImageOrbit(ImageOrbit&&) noexcept = default;
ImageOrbit& ImageOrbit::operator=(ImageOrbit&&) noexcept = default;
ImageOrbit::~ImageOrbit() = default;

std::span<const std::uint32_t> ImageOrbit::images_of(std::size_t c) const {
  return std::span<const std::uint32_t>(by_component_)
      .subspan(component_start_[c], component_start_[c + 1] - component_start_[c]);
}

std::span<const Point> ImageOrbit::points(std::size_t image) const {
  return std::span<const Point>(points_).subspan(start_[image], start_[image + 1] - start_[image]);
}

std::span<const std::uint64_t> ImageOrbit::bits(std::size_t image) const {
  return std::span<const std::uint64_t>(bits_).subspan(image * words_, words_);
}

std::size_t ImageOrbit::find(std::span<const std::uint64_t> set) const {
  const std::size_t slot = numbers_->find(
      hash_of(set), [&](std::size_t image) { return std::equal(set.begin(), set.end(), bits(image).begin()); });
  return numbers_->content(slot) == 0 ? kNone : numbers_->content(slot) - 1;
}

/// Breadth first; points in any order.
void ImageOrbit::find_images(const core::Limits& limits) {
  words_ = std::max<std::size_t>(1, (degree() + 63) / 64);
  core::Ticker ticker(limits, "images of the maps");
  std::vector<std::uint64_t> set(words_, 0);
  for (Point x = 0; x < degree(); ++x) {
    set_bit(set, x);
    points_.push_back(x);
  }
  bits_ = set;
  start_ = {0, points_.size()};
  const auto hash_of_image = [&](std::size_t i) { return hash_of(bits(i)); };
  numbers_->reserve(letters() + 1, 0, hash_of_image);
  numbers_->fill(numbers_->slot_of(hash_of_image(0)), 0);
  for (std::size_t image = 0; image + 1 < start_.size(); ++image) {
    ticker.tick(letters() * (words_ + start_[image + 1] - start_[image]));
    const std::size_t known = start_.size() - 1;
    if (known + letters() >= UINT32_MAX) {
      throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 2^32 images");
    }
    numbers_->reserve(known + letters(), known, hash_of_image);
    limits.require_memory(memory_bytes(), std::to_string(known) + " images of maps");
    for (const Transformation& letter : generators_) {
      std::fill(set.begin(), set.end(), 0);
      for (const Point x : points(image)) set_bit(set, letter.image_of(x));
      const std::size_t slot = numbers_->find(
          hash_of(set), [&](std::size_t other) { return std::equal(set.begin(), set.end(), bits(other).begin()); });
      if (numbers_->content(slot) == 0) {
        numbers_->fill(slot, start_.size() - 1);
        bits_.insert(bits_.end(), set.begin(), set.end());
        for (std::size_t w = 0; w < words_; ++w) {
          for (std::uint64_t rest = set[w]; rest != 0; rest &= rest - 1) {
            points_.push_back(static_cast<Point>(64 * w + static_cast<std::size_t>(std::countr_zero(rest))));
          }
        }
        start_.push_back(points_.size());
      }
      right_.push_back(numbers_->content(slot) - 1);
    }
  }
}

void ImageOrbit::find_components(const core::Limits& limits) {
  const std::size_t images = start_.size() - 1;
  core::Ticker ticker(limits, "components of the images", images);
  StrongComponents components = strong_components(
      images, letters(), [&](std::size_t v, std::size_t x) { return std::size_t{right_[v * letters() + x]}; }, ticker);
  component_ = std::move(components.of);
  component_start_.assign(components.count + 1, 0);
  for (const std::uint32_t c : component_) ++component_start_[c + 1];
  for (std::size_t c = 0; c < components.count; ++c) component_start_[c + 1] += component_start_[c];
  std::vector<std::size_t> next(component_start_.begin(), component_start_.end() - 1);
  by_component_.resize(images);
  for (std::size_t i = 0; i < images; ++i) by_component_[next[component_[i]]++] = static_cast<std::uint32_t>(i);
  for (std::size_t c = 0; c < components.count; ++c) roots_.push_back(by_component_[component_start_[c]]);
  choose_elements(ticker);
}

/// Puts the points of every image in the order of its root's, along a tree of shortest paths inside the component.
void ImageOrbit::choose_elements(core::Ticker& ticker) {
  std::vector<bool> seen(size(), false);
  for (const std::uint32_t root : roots_) {
    seen[root] = true;
    std::vector<std::size_t> queue{root};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      ticker.tick(letters());
      for (std::size_t x = 0; x < letters(); ++x) {
        const std::size_t next = right_[queue[i] * letters() + x];
        if (seen[next] || component_[next] != component_[root]) continue;
        seen[next] = true;
        queue.push_back(next);
        for (std::size_t j = 0; j < points(root).size(); ++j) {
          points_[start_[next] + j] = generators_[x].image_of(points_[start_[queue[i]] + j]);
        }
      }
    }
  }
}

std::vector<Point> ImageOrbit::permutation(const Edge& edge) const {
  const auto from = points(edge.image);
  const auto to = points(right_[edge.image * letters() + edge.letter]);
  std::vector<Point> place(degree());
  for (std::size_t j = 0; j < to.size(); ++j) place[to[j]] = static_cast<Point>(j);
  std::vector<Point> images;
  for (const Point x : from) images.push_back(place[generators_[edge.letter].image_of(x)]);
  return images;
}

void ImageOrbit::find_groups(const core::Limits& limits) {
  core::Ticker ticker(limits, "groups of the images", size());
  std::vector<std::shared_ptr<StabiliserChain>> trivial(degree() + 1);  // of each rank: most groups may be so
  for (std::size_t c = 0; c < components(); ++c) {
    ticker.tick();
    limits.require_memory(memory_bytes(), "groups of " + std::to_string(components()) + " components of images");
    const std::size_t rank = points(roots_[c]).size();
    auto chain = std::make_shared<StabiliserChain>(rank);
    std::vector<Transformation> generators;
    // Nothing is missing once the group is the symmetric one; the levels of its chain have orbits of length rank, … 2.
    const auto is_everything = [&] {
      if (chain->levels().size() + 1 < rank) return false;
      for (std::size_t i = 0; i + 1 < rank; ++i) {
        if (chain->levels()[i].orbit.size() != rank - i) return false;
      }
      return true;
    };
    bool complete = rank <= 1;
    for (const std::uint32_t image : images_of(c)) {
      if (complete) break;
      ticker.tick();
      for (std::size_t x = 0; x < letters() && !complete; ++x) {
        if (component_[right_[image * letters() + x]] != c) continue;
        std::vector<Point> g = permutation({image, x});
        if (!chain->insert(g, limits)) continue;
        if (!moving_) moving_ = Edge{image, x};
        generators.emplace_back(std::move(g));
        complete = is_everything();
      }
    }
    if (generators.empty()) {
      if (!trivial[rank]) trivial[rank] = chain;
      chain = trivial[rank];
    }
    groups_.emplace_back(std::move(generators), std::move(chain));
  }
}

/// A shortest word inside a component.
core::Word ImageOrbit::path(std::size_t from, std::size_t to) const {
  std::vector<std::size_t> before(size(), kNone);
  std::vector<std::size_t> letter(size());
  std::vector<std::size_t> queue{from};
  before[from] = from;
  for (std::size_t i = 0; before[to] == kNone; ++i) {
    assert(i < queue.size());
    for (std::size_t x = 0; x < letters(); ++x) {
      const std::size_t next = right_[queue[i] * letters() + x];
      if (before[next] != kNone || component_[next] != component_[from]) continue;
      before[next] = queue[i];
      letter[next] = x;
      queue.push_back(next);
    }
  }
  core::Word word;
  for (std::size_t at = to; at != from; at = before[at]) word.push_back(core::symbol(letter[at]));
  std::reverse(word.begin(), word.end());
  return word;
}

exact::Integer ImageOrbit::size_at_least() const {
  exact::Integer least = 0;
  for (std::size_t c = 0; c < components(); ++c) least += group(c).order() * images_of(c).size();
  return least;
}

std::optional<core::Word> ImageOrbit::periodic_word() const {
  if (!moving_) return std::nullopt;
  const std::size_t root = roots_[component_[moving_->image]];
  const std::size_t next = right_[moving_->image * letters() + moving_->letter];
  // Two ways from the root to `next` that do not agree, and one back: not both loops are the identity.
  const core::Word back = path(next, root);
  core::Word loop = path(root, next);
  loop.insert(loop.end(), back.begin(), back.end());
  const auto moves = [&](const core::Word& word) {
    return std::any_of(points(root).begin(), points(root).end(), [&](const Point start) {
      Point x = start;
      for (const core::Symbol letter : word) x = generators_[core::index(letter)].image_of(x);
      return x != start;
    });
  };
  if (moves(loop)) return loop;
  loop = path(root, moving_->image);
  loop.push_back(core::symbol(moving_->letter));
  loop.insert(loop.end(), back.begin(), back.end());
  assert(moves(loop));
  return loop;
}

std::size_t ImageOrbit::memory_bytes() const {
  return bits_.capacity() * sizeof(bits_[0]) + points_.capacity() * sizeof(Point) +
         (start_.capacity() + component_start_.capacity()) * sizeof(std::size_t) +
         (right_.capacity() + component_.capacity() + roots_.capacity() + by_component_.capacity()) *
             sizeof(std::uint32_t) +
         groups_.capacity() * sizeof(PermutationGroup) + numbers_->memory_bytes();
}

}  // namespace eigenmata::algebra
