// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/d_class_frames.hpp"

#include <algorithm>
#include <cassert>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "hashed_numbers.hpp"
#include "stabiliser_chain.hpp"
#include "strong_components.hpp"

namespace eigenmata::algebra {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

std::uint64_t hash_of(std::span<const Point> map, std::uint32_t component) {
  std::uint64_t hash = component;
  for (const Point y : map) hash = (hash ^ y) * 0x100000001B3u + (hash >> 37);
  return mix(hash);
}

std::vector<bool> union_of(const ImageOrbit& orbit, std::span<const std::uint32_t> images) {
  std::vector<bool> points(orbit.degree(), false);
  for (const std::uint32_t image : images) {
    for (const Point x : orbit.points(image)) points[x] = true;
  }
  return points;
}

exact::Integer choose(std::size_t n, std::size_t k) {
  exact::Integer result = 1;
  for (std::size_t i = 1; i <= std::min(k, n - k); ++i) result = result * (n + 1 - i) / i;
  return result;
}

}  // namespace

/// Normal forms of cosets f·G, with working space.
class DClassFrames::NormalForm {
 public:
  explicit NormalForm(const ImageOrbit& images) : images_(images) {
    for (std::size_t c = 0; c < images.components(); ++c) {
      const std::size_t rank = images.points(images.images_of(c)[0]).size();
      exact::Integer everything = 1;
      for (std::size_t i = 2; i <= rank; ++i) everything *= i;
      const PermutationGroup& group = images.group(c);
      kinds_.push_back(group.is_trivial() ? Kind::kTrivial : group.order() == everything ? Kind::kFull : Kind::kOther);
    }
  }

  /// Brings a map whose values are the places of the root of a component, all of them, into normal form by a g in G.
  void reduce(std::vector<Point>& map, std::size_t c) {
    if (kinds_[c] == Kind::kTrivial) return;
    find(map, c);
    for (Point& y : map) y = g_[y];
  }

  /// That g. It is overwritten by the next call.
  const std::vector<Point>& find(const std::vector<Point>& map, std::size_t c) {
    const std::size_t rank = images_.points(images_.images_of(c)[0]).size();
    g_.assign(rank, kNone);
    if (kinds_[c] == Kind::kTrivial) {
      std::iota(g_.begin(), g_.end(), Point{0});
    } else if (kinds_[c] == Kind::kFull) {
      Point next = 0;
      for (const Point y : map) {
        if (g_[y] == kNone) g_[y] = next++;
      }
    } else {
      find_by_chain(map, images_.group(c).chain());
    }
    return g_;
  }

 private:
  enum class Kind { kTrivial, kFull, kOther };

  void find_by_chain(const std::vector<Point>& map, const StabiliserChain& chain) {
    first_.assign(g_.size(), kNone);
    for (std::size_t i = map.size(); i-- > 0;) first_[map[i]] = static_cast<Point>(i);
    std::iota(g_.begin(), g_.end(), Point{0});
    for (const StabiliserChain::Level& level : chain.levels()) {
      const auto best = std::min_element(level.orbit.begin(), level.orbit.end(),
                                         [&](Point a, Point b) { return first_[a] < first_[b]; });
      if (best == level.orbit.begin()) continue;
      const Images& to_base = level.carrier_inverse[static_cast<std::size_t>(best - level.orbit.begin())];
      moved_.resize(g_.size());
      for (std::size_t j = 0; j < g_.size(); ++j) moved_[to_base[j]] = first_[j];
      first_.swap(moved_);
      for (Point& y : g_) y = to_base[y];
    }
  }

  const ImageOrbit& images_;
  std::vector<Kind> kinds_;
  std::vector<Point> g_;
  std::vector<Point> first_;  // for each place of the root, the first point that goes there
  std::vector<Point> moved_;
};

DClassFrames::DClassFrames(const ImageOrbit& images, const core::Limits& limits) : images_(&images) {
  for (std::size_t x = 0; x < images.letters(); ++x) letters_.push_back(images.letter(core::symbol(x)).images());
  NormalForm normal_form(images);
  find_r_classes(normal_form, limits);
  find_d_classes(limits);
  core::Ticker ticker(limits, "Schützenberger groups", d_classes());
  for (std::size_t d = 0; d < d_classes(); ++d) {
    ticker.tick();
    classes_[d].is_regular = has_transversal(r_classes_of(d)[0], ticker);
    if (!classes_[d].is_regular) classes_[d].group = find_group(d, normal_form, ticker, limits);
    const DClassFrame frame = d_class(d);
    size_ += frame.size;
    l_classes_ += frame.l_classes;
    h_classes_ += frame.l_classes * frame.r_classes;
  }
}

std::span<const Point> DClassFrames::map_of(std::size_t r_class) const {
  return std::span<const Point>(maps_).subspan(r_class * images_->degree(), images_->degree());
}

std::span<const std::uint32_t> DClassFrames::r_classes_of(std::size_t d) const {
  return std::span<const std::uint32_t>(by_d_class_).subspan(d_start_[d], d_start_[d + 1] - d_start_[d]);
}

void DClassFrames::multiply(std::size_t letter, std::size_t r_class, std::vector<Point>& product) const {
  const std::vector<Point>& a = letters_[letter];
  const Point* const f = maps_.data() + r_class * a.size();
  for (std::size_t i = 0; i < a.size(); ++i) product[i] = f[a[i]];
}

void DClassFrames::find_r_classes(NormalForm& normal_form, const core::Limits& limits) {
  const std::size_t degree = images_->degree();
  const std::size_t letters = letters_.size();
  core::Ticker ticker(limits, "R-classes");
  HashedNumbers numbers;
  const auto hash_of_class = [&](std::size_t r) { return hash_of(map_of(r), component_[r]); };
  std::vector<Point> product = Transformation::identity(degree).images();
  std::vector<std::uint64_t> set((degree + 63) / 64 + (degree == 0 ? 1 : 0));
  std::vector<Point> place(degree);
  std::vector<std::uint32_t> used(degree, 0);  // the last product that has this place among its values
  std::uint32_t stamp = 0;
  const auto add = [&](std::uint32_t c, std::size_t slot) {
    numbers.fill(slot, component_.size());
    component_.push_back(c);
    maps_.insert(maps_.end(), product.begin(), product.end());
  };
  // Image 0 is the set of all points, the root of component 0.
  normal_form.reduce(product, 0);
  numbers.reserve(letters + 1, 0, hash_of_class);
  add(0, numbers.slot_of(hash_of(product, 0)));
  for (std::size_t r = 0; r < component_.size(); ++r) {
    ticker.tick(letters);
    if (component_.size() + letters >= kNone) {
      throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 2^32 R-classes");
    }
    numbers.reserve(component_.size() + letters, component_.size(), hash_of_class);
    limits.require_memory(memory_bytes() + numbers.memory_bytes(),
                          "a monoid of more than " + std::to_string(component_.size()) + " R-classes");
    for (std::size_t x = 0; x < letters; ++x) {
      multiply(x, r, product);
      std::uint32_t c = component_[r];
      const auto root = images_->points(images_->images_of(c)[0]);
      std::size_t rank = 0;
      if (++stamp == 0) {
        std::fill(used.begin(), used.end(), 0);
        stamp = 1;
      }
      for (const Point y : product) {
        rank += used[y] != stamp ? 1 : 0;
        used[y] = stamp;
      }
      if (rank < root.size()) {  // otherwise it has the same image
        std::fill(set.begin(), set.end(), 0);
        for (const Point y : product) set[root[y] / 64] |= std::uint64_t{1} << (root[y] % 64);
        const std::size_t image = images_->find(set);
        assert(image != ImageOrbit::kNone);
        const auto points = images_->points(image);
        for (std::size_t j = 0; j < points.size(); ++j) place[points[j]] = static_cast<Point>(j);
        for (Point& y : product) y = place[root[y]];
        c = static_cast<std::uint32_t>(images_->component_of(image));
      }
      normal_form.reduce(product, c);
      const std::size_t slot = numbers.find(hash_of(product, c), [&](std::size_t other) {
        return component_[other] == c && std::equal(product.begin(), product.end(), map_of(other).begin());
      });
      if (numbers.content(slot) == 0) add(c, slot);
      left_.push_back(numbers.content(slot) - 1);
    }
  }
}

void DClassFrames::find_d_classes(const core::Limits& limits) {
  const std::size_t letters = letters_.size();
  core::Ticker ticker(limits, "D-classes", r_classes());
  limits.require_memory(memory_bytes() + r_classes() * 28,
                        "D-classes of " + std::to_string(r_classes()) + " R-classes");
  const StrongComponents components = strong_components(
      r_classes(), letters, [&](std::size_t r, std::size_t x) { return std::size_t{left_[r * letters + x]}; }, ticker);
  d_start_.assign(components.count + 1, 0);
  for (const std::uint32_t d : components.of) ++d_start_[d + 1];
  for (std::size_t d = 0; d < components.count; ++d) d_start_[d + 1] += d_start_[d];
  std::vector<std::size_t> next(d_start_.begin(), d_start_.end() - 1);
  by_d_class_.resize(r_classes());
  for (std::size_t r = 0; r < r_classes(); ++r) {
    by_d_class_[next[components.of[r]]++] = static_cast<std::uint32_t>(r);
  }
  for (std::size_t d = 0; d < components.count; ++d) {
    const std::uint32_t c = component_[by_d_class_[d_start_[d]]];
    classes_.push_back({c, c, false});
  }
}

/// Does the image meet every class of the kernel of the R-class's maps? They have as many points as classes.
bool DClassFrames::is_transversal(std::size_t r_class, std::size_t image, std::vector<std::uint32_t>& stamps,
                                  std::uint32_t stamp) const {
  const auto map = map_of(r_class);
  for (const Point x : images_->points(image)) {
    if (stamps[map[x]] == stamp) return false;
    stamps[map[x]] = stamp;
  }
  return true;
}

bool DClassFrames::has_transversal(std::size_t r_class, core::Ticker& ticker) const {
  std::vector<std::uint32_t> stamps(images_->degree(), 0);
  std::uint32_t stamp = 0;
  for (const std::uint32_t image : images_->images_of(component_[r_class])) {
    ticker.tick();
    if (is_transversal(r_class, image, stamps, ++stamp)) return true;
  }
  return false;
}

/// The group of an irregular D-class. For each R-class r of it let u_r be the product of letters that leads from the
/// first one there, along a tree, and c_r the permutation for which u_r·(first map) = (map of r)·c_r. If a·(map of r) =
/// (map of s)·g then c_s⁻¹·g·c_r is what going to r, along a, and back from s makes of the first map.
std::uint32_t DClassFrames::find_group(std::size_t d, NormalForm& normal_form, core::Ticker& ticker,
                                       const core::Limits& limits) {
  const std::uint32_t component = classes_[d].component;
  const PermutationGroup& whole = images_->group(component);
  if (whole.is_trivial()) return component;
  const auto members = r_classes_of(d);  // increasing
  const auto index_of = [&](std::uint32_t r) {
    const auto at = std::lower_bound(members.begin(), members.end(), r);
    return at != members.end() && *at == r ? static_cast<std::size_t>(at - members.begin()) : members.size();
  };
  const std::size_t rank = whole.degree();
  limits.require_memory(members.size() * (sizeof(Images) + rank * sizeof(Point)), "a Schützenberger group");
  std::vector<Images> c(members.size());
  c[0] = identity_images(rank);
  std::vector<std::size_t> queue{0};
  auto chain = std::make_shared<StabiliserChain>(rank);
  std::vector<Transformation> generators;
  std::vector<Point> product(images_->degree());
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::size_t from = queue[i];
    for (std::size_t x = 0; x < letters_.size(); ++x) {
      ticker.tick();
      const std::size_t to = index_of(left_[members[from] * letters_.size() + x]);
      if (to == members.size()) continue;
      // The normal form is product·(this), so product = (map of s)·g with g its inverse.
      multiply(x, members[from], product);
      const Images through = ::eigenmata::algebra::product(inverse(normal_form.find(product, component)), c[from]);
      if (c[to].empty()) {
        c[to] = through;
        queue.push_back(to);
        continue;
      }
      Images loop = ::eigenmata::algebra::product(inverse(c[to]), through);
      if (chain->insert(loop, limits)) generators.emplace_back(std::move(loop));
    }
  }
  PermutationGroup group(std::move(generators), std::move(chain));
  if (group.order() == whole.order()) return component;
  const auto next = static_cast<std::uint32_t>(images_->components() + own_groups_.size());
  if (group.is_trivial()) {
    std::uint32_t& known = trivial_groups_.try_emplace(rank, next).first->second;
    if (known != next) return known;
  }
  limits.require_memory(memory_bytes(), "groups of irregular D-classes");
  own_groups_.push_back(std::move(group));
  return next;
}

std::size_t DClassFrames::regular_d_classes() const {
  return static_cast<std::size_t>(
      std::count_if(classes_.begin(), classes_.end(), [](const Class& c) { return c.is_regular; }));
}

DClassFrame DClassFrames::d_class(std::size_t d) const {
  const Class& c = classes_[d];
  const PermutationGroup& group = schutzenberger_group(d);
  DClassFrame frame;
  frame.rank = group.degree();
  frame.r_classes = r_classes_of(d).size();
  frame.h_size = group.order();
  frame.l_classes = images_->group(c.component).order() / group.order() * images_->images_of(c.component).size();
  frame.size = frame.l_classes * frame.r_classes * frame.h_size;
  frame.is_regular = c.is_regular;
  return frame;
}

const PermutationGroup& DClassFrames::schutzenberger_group(std::size_t d) const {
  const std::size_t group = classes_[d].group;
  return group < images_->components() ? images_->group(group) : own_groups_[group - images_->components()];
}

/// The idempotents of a regular D-class whose images are all sets of so many of these points: for each kernel one point
/// of each class is chosen.
std::uint64_t DClassFrames::count_products(std::size_t d, const std::vector<bool>& points, core::Ticker& ticker) const {
  std::vector<std::uint64_t> choices(schutzenberger_group(d).degree());
  std::uint64_t count = 0;
  for (const std::uint32_t r : r_classes_of(d)) {
    ticker.tick();
    std::fill(choices.begin(), choices.end(), 0);
    const auto map = map_of(r);
    for (std::size_t x = 0; x < map.size(); ++x) choices[map[x]] += points[x] ? 1 : 0;
    std::uint64_t product = 1;
    for (const std::uint64_t c : choices) product *= c;
    count += product;
  }
  return count;
}

std::uint64_t DClassFrames::count_idempotents(std::size_t d, const core::Limits& limits) const {
  if (!classes_[d].is_regular) return 0;
  const auto images = images_->images_of(classes_[d].component);
  core::Ticker ticker(limits, "idempotents", r_classes_of(d).size() * images.size());
  const std::vector<bool> points = union_of(*images_, images);
  const auto all = static_cast<std::size_t>(std::count(points.begin(), points.end(), true));
  if (choose(all, schutzenberger_group(d).degree()) == images.size()) return count_products(d, points, ticker);
  std::uint64_t count = 0;
  // In one word: the image meets every class of the kernel.
  std::vector<std::uint64_t> kernel(schutzenberger_group(d).degree());
  std::vector<std::uint32_t> stamps(images_->degree(), 0);
  std::uint32_t stamp = 0;
  for (const std::uint32_t r : r_classes_of(d)) {
    ticker.tick(images.size());
    const auto map = map_of(r);
    if (images_->degree() <= 64) {
      std::fill(kernel.begin(), kernel.end(), 0);
      for (std::size_t x = 0; x < map.size(); ++x) kernel[map[x]] |= std::uint64_t{1} << x;
      for (const std::uint32_t image : images) {
        const std::uint64_t set = images_->bits(image)[0];
        count += std::all_of(kernel.begin(), kernel.end(), [&](std::uint64_t k) { return (k & set) != 0; }) ? 1 : 0;
      }
      continue;
    }
    for (const std::uint32_t image : images) {
      if (++stamp == 0) {
        std::fill(stamps.begin(), stamps.end(), 0);
        stamp = 1;
      }
      count += is_transversal(r, image, stamps, stamp) ? 1 : 0;
    }
  }
  return count;
}

std::uint64_t DClassFrames::count_idempotents(const core::Limits& limits) const {
  std::uint64_t count = 0;
  for (std::size_t d = 0; d < d_classes(); ++d) count += count_idempotents(d, limits);
  return count;
}

std::size_t DClassFrames::memory_bytes() const {
  return maps_.capacity() * sizeof(Point) +
         (component_.capacity() + left_.capacity() + by_d_class_.capacity()) * sizeof(std::uint32_t) +
         d_start_.capacity() * sizeof(std::size_t) + classes_.capacity() * sizeof(Class) +
         own_groups_.capacity() * sizeof(PermutationGroup);
}

}  // namespace eigenmata::algebra
