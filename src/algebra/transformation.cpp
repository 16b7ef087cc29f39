// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/transformation.hpp"

#include <cassert>
#include <numeric>
#include <string>
#include <utility>

#include "cycles.hpp"
#include "eigenmata/core/error.hpp"

namespace eigenmata::algebra {
Transformation::Transformation(std::vector<Point> images) : images_(std::move(images)) {
  for (std::size_t x = 0; x < images_.size(); ++x) {
    if (images_[x] >= images_.size()) {
      throw core::Error("point " + std::to_string(x) + " is sent to " + std::to_string(images_[x]) +
                        ", but the points are 0 to " + std::to_string(images_.size() - 1));
    }
  }
}

Transformation Transformation::identity(std::size_t degree) {
  std::vector<Point> images(degree);
  std::iota(images.begin(), images.end(), 0u);
  return Transformation(std::move(images));
}

std::size_t Transformation::rank() const {
  std::vector<bool> hit(degree(), false);
  std::size_t rank = 0;
  for (const Point y : images_) {
    if (!hit[y]) ++rank;
    hit[y] = true;
  }
  return rank;
}

std::size_t Transformation::components() const {
  std::size_t count = 0;
  CycleFinder().for_each_cycle(
      degree(), [&](std::size_t x) { return images_[x]; }, [&](std::size_t) { ++count; });
  return count;
}

std::uint64_t Transformation::period() const {
  return CycleFinder().period(degree(), [&](std::size_t x) { return images_[x]; });
}

Transformation operator*(const Transformation& a, const Transformation& b) {
  assert(a.degree() == b.degree());
  std::vector<Point> images;
  images.reserve(a.degree());
  for (const Point y : a.images_) images.push_back(b.images_[y]);
  return Transformation(std::move(images));
}

Transformation inverse(const Transformation& g) {
  std::vector<Point> images(g.degree());
  for (Point x = 0; x < g.degree(); ++x) images[g.image_of(x)] = x;
  return Transformation(std::move(images));
}

std::vector<Transformation> letter_maps(const automata::Dfa& dfa) {
  std::vector<Transformation> maps;
  for (std::size_t x = 0; x < dfa.letters(); ++x) maps.push_back(word_map(dfa, {core::symbol(x)}));
  return maps;
}

Transformation word_map(const automata::Dfa& dfa, const automata::Word& word) {
  std::vector<Point> images;
  images.reserve(dfa.states());
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    images.push_back(static_cast<Point>(index(dfa.run(automata::state(q), word))));
  }
  return Transformation(std::move(images));
}

}  // namespace eigenmata::algebra
