// SPDX-License-Identifier: Apache-2.0
#include "stabiliser_chain.hpp"

#include <cassert>
#include <numeric>
#include <utility>

#include "cycles.hpp"

namespace eigenmata::algebra {

Images identity_images(std::size_t degree) {
  Images images(degree);
  std::iota(images.begin(), images.end(), Point{0});
  return images;
}

bool is_identity(const Images& g) {
  for (std::size_t x = 0; x < g.size(); ++x) {
    if (g[x] != x) return false;
  }
  return true;
}

Images product(const Images& a, const Images& b) {
  assert(a.size() == b.size());
  Images images(a.size());
  for (std::size_t x = 0; x < a.size(); ++x) images[x] = b[a[x]];
  return images;
}

Images inverse(const Images& g) {
  Images images(g.size());
  for (std::size_t x = 0; x < g.size(); ++x) images[g[x]] = static_cast<Point>(x);
  return images;
}

Images conjugate(const Images& x, const Images& g) {
  Images images(x.size());
  for (std::size_t p = 0; p < x.size(); ++p) images[g[p]] = g[x[p]];  // (p·g)·(g⁻¹xg) = p·xg
  return images;
}

Images commutator(const Images& a, const Images& b) { return product(inverse(a), conjugate(a, b)); }

Images power(const Images& g, std::uint64_t exponent) {
  Images result = identity_images(g.size());
  Images square = g;
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1u) result = product(result, square);
    square = product(square, square);
  }
  return result;
}

std::uint64_t order_of(const Images& g) {
  return CycleFinder().period(g.size(), [&](std::size_t x) { return g[x]; });
}

StabiliserChain::StabiliserChain(std::size_t degree, const std::vector<Point>& base_prefix) : degree_(degree) {
  for (const Point b : base_prefix) append_level(b);
}

void StabiliserChain::append_level(Point base) {
  Level level;
  level.base = base;
  level.orbit = {base};
  level.position.assign(degree_, kNotThere);
  level.position[base] = 0;
  level.carrier = {identity_images(degree_)};
  level.carrier_inverse = level.carrier;
  levels_.push_back(std::move(level));
  ++carriers_;
}

StabiliserChain::Residue StabiliserChain::sift(Images g, std::size_t from) const {
  for (std::size_t i = from; i < levels_.size(); ++i) {
    const std::uint32_t at = levels_[i].position[g[levels_[i].base]];
    if (at == kNotThere) return {std::move(g), i};
    if (at == 0) continue;
    const Images& back = levels_[i].carrier_inverse[at];
    for (Point& y : g) y = back[y];
  }
  return {std::move(g), levels_.size()};
}

bool StabiliserChain::contains(const Images& g) const {
  const Residue residue = sift(g, 0);
  return residue.level == levels_.size() && is_identity(residue.images);
}

bool StabiliserChain::insert(const Images& g, const core::Limits& limits) {
  assert(g.size() == degree_);
  const Residue residue = sift(g, 0);
  if (residue.level == levels_.size() && is_identity(residue.images)) return false;
  core::Ticker ticker(limits, "strong generating set");
  add_generator(residue.images, 0, residue.level, limits);
  for (std::size_t i = residue.level + 1; i-- > 0;) complete(i, ticker, limits);
  return true;
}

/// To the levels first … last; if `last` does not exist yet, g fixes the whole base and a point that it moves is added.
void StabiliserChain::add_generator(const Images& g, std::size_t first, std::size_t last, const core::Limits& limits) {
  if (last == levels_.size()) {
    Point moved = 0;
    while (g[moved] == moved) ++moved;
    append_level(moved);
  }
  for (std::size_t i = first; i <= last; ++i) {
    levels_[i].generators.push_back(g);
    levels_[i].tested.push_back(0);
    extend_orbit(levels_[i], limits);
  }
}

/// Closes the orbit under all generators, of which only the last is new. Points and carriers that were there stay.
void StabiliserChain::extend_orbit(Level& level, const core::Limits& limits) {
  const std::size_t old = level.orbit.size();
  for (std::size_t p = 0; p < level.orbit.size(); ++p) {
    for (std::size_t g = p < old ? level.generators.size() - 1 : 0; g < level.generators.size(); ++g) {
      const Point y = level.generators[g][level.orbit[p]];
      if (level.position[y] != kNotThere) continue;
      limits.require_memory(2 * ++carriers_ * degree_ * sizeof(Point), "transversals of a stabiliser chain");
      level.position[y] = static_cast<std::uint32_t>(level.orbit.size());
      level.orbit.push_back(y);
      level.carrier.push_back(product(level.carrier[p], level.generators[g]));
      level.carrier_inverse.push_back(inverse(level.carrier.back()));
    }
  }
}

/// Sifts the Schreier generators of level i that have not been sifted. Needs all deeper levels complete.
void StabiliserChain::complete(std::size_t i, core::Ticker& ticker, const core::Limits& limits) {
  // Deeper levels may be added on the way, which moves the levels in memory: no reference to one is kept.
  for (std::size_t g = 0; g < levels_[i].generators.size(); ++g) {
    while (levels_[i].tested[g] < levels_[i].orbit.size()) {
      ticker.tick();
      const std::size_t p = levels_[i].tested[g]++;
      const Images& s = levels_[i].generators[g];
      const std::uint32_t to = levels_[i].position[s[levels_[i].orbit[p]]];
      const Images carried = product(levels_[i].carrier[p], s);
      const Images& direct = levels_[i].carrier[to];
      if (carried == direct) continue;
      const Residue residue = sift(product(carried, levels_[i].carrier_inverse[to]), i + 1);
      if (residue.level == levels_.size() && is_identity(residue.images)) continue;
      add_generator(residue.images, i + 1, residue.level, limits);
      for (std::size_t l = residue.level; l > i; --l) complete(l, ticker, limits);
    }
  }
}

}  // namespace eigenmata::algebra
