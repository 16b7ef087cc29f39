// SPDX-License-Identifier: Apache-2.0
#include "../../src/compiler/components.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "eigenmata/algebra/transition_monoid.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Transformation;

std::vector<Transformation> random_letters(core::Random& random, std::size_t states, std::size_t count) {
  std::vector<Transformation> letters;
  for (std::size_t x = 0; x < count; ++x) letters.push_back(testing::random_map(random, states));
  return letters;
}

/// Two states are in one class of p only if they are in one class of q.
bool refines(const Components& p, const Components& q) {
  std::map<std::uint32_t, std::uint32_t> image;
  for (std::size_t i = 0; i < p.size(); ++i) {
    if (image.emplace(p[i], q[i]).first->second != q[i]) return false;
  }
  return true;
}

/// The components of the maps, by spreading labels until nothing changes.
Components slow_components(const std::vector<Transformation>& maps, std::size_t states) {
  Components labels;
  for (std::uint32_t q = 0; q < states; ++q) labels.push_back(q);
  for (bool changed = true; changed;) {
    changed = false;
    for (const Transformation& map : maps) {
      for (std::uint32_t q = 0; q < states; ++q) {
        const std::uint32_t least = std::min(labels[q], labels[map.image_of(q)]);
        changed = changed || labels[q] != least || labels[map.image_of(q)] != least;
        labels[q] = labels[map.image_of(q)] = least;
      }
    }
  }
  return labels;
}

TEST_CASE("samples are components of words, not trivial, different, few components first", "[components]") {
  EIGENMATA_SEEDED(random, 231);
  std::size_t total = 0;
  for (int round = 0; round < 60; ++round) {
    const std::size_t states = 2 + random.below(5);
    const auto letters = random_letters(random, states, 1 + random.below(2));
    // One word for each partition into components that a word has. The components of two words depend on these alone.
    const algebra::TransitionMonoid monoid(letters, {});
    std::map<Components, Transformation> words;
    for (std::size_t i = 0; i < monoid.size(); ++i) {
      const Transformation map = monoid.map_of(algebra::element(i));
      words.emplace(slow_components({map}, states), map);
    }
    const std::size_t keep = 1 + random.below(10);
    const auto samples = sample_components(letters, 100, keep, random);
    REQUIRE(samples.size() <= keep);
    total += samples.size();
    REQUIRE(std::set<Components>(samples.begin(), samples.end()).size() == samples.size());
    std::size_t previous = 0;
    for (const Components& sample : samples) {
      REQUIRE(sample.size() == states);
      const std::size_t count = class_count(sample);
      REQUIRE(count > 1);
      REQUIRE(count < states);
      REQUIRE(count >= previous);
      previous = count;
      // Some pair of words has exactly these components: both keep them, and no finer ones.
      const bool explained = std::any_of(words.begin(), words.end(), [&](const auto& a) {
        return std::any_of(words.begin(), words.end(), [&](const auto& b) {
          const Components labels = slow_components({a.second, b.second}, states);
          return refines(labels, sample) && refines(sample, labels);
        });
      });
      REQUIRE(explained);
    }
  }
  CHECK(total > 50);
}

TEST_CASE("a generic function is constant on components and different between them", "[components]") {
  EIGENMATA_SEEDED(random, 232);
  const Components components{0, 1, 0, 2, 1};
  for (int round = 0; round < 20; ++round) {
    const StateFunction f = generic_function(components, random);
    CHECK(f[0] == f[2]);
    CHECK(f[1] == f[4]);
    CHECK(std::set<std::int64_t>(f.begin(), f.end()) == std::set<std::int64_t>{0, 1, 2});
  }
}

TEST_CASE("the common refinement has one class for each pair of classes that occurs", "[components]") {
  EIGENMATA_SEEDED(random, 233);
  for (int round = 0; round < 200; ++round) {
    const std::size_t states = 1 + random.below(8);
    Components a;
    Components b;
    for (std::size_t q = 0; q < states; ++q) {
      a.push_back(static_cast<std::uint32_t>(random.below(3)));
      b.push_back(static_cast<std::uint32_t>(random.below(3)));
    }
    const Components both = refined(a, b);
    for (std::size_t p = 0; p < states; ++p) {
      for (std::size_t q = 0; q < states; ++q) REQUIRE((both[p] == both[q]) == (a[p] == a[q] && b[p] == b[q]));
    }
    REQUIRE(class_count(both) == std::set<std::uint32_t>(both.begin(), both.end()).size());
  }
}

}  // namespace
}  // namespace eigenmata::compiler
