// SPDX-License-Identifier: Apache-2.0
#include "components.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace eigenmata::compiler {
namespace {

using algebra::Transformation;

/// Half of the words are short: where the letters are many, or their words collapse. With few letters, elements that
/// generate a subgroup of small index may need long words.
Transformation random_word(const std::vector<Transformation>& letters, core::Random& random) {
  Transformation map = letters[random.below(letters.size())];
  for (std::size_t more = random.below(random.one_in(2) ? 4 : 16); more > 0; --more)
    map = map * letters[random.below(letters.size())];
  return map;
}

Components components_of(const std::vector<Transformation>& words) {
  const std::size_t states = words[0].degree();
  std::vector<std::uint32_t> parent(states);
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](std::uint32_t q) {
    while (parent[q] != q) q = parent[q] = parent[parent[q]];
    return q;
  };
  for (const Transformation& word : words) {
    for (std::uint32_t q = 0; q < states; ++q) parent[root(q)] = root(word.image_of(q));
  }
  std::vector<std::uint32_t> number(states, UINT32_MAX);
  std::uint32_t found = 0;
  Components result;
  for (std::uint32_t q = 0; q < states; ++q) {
    if (number[root(q)] == UINT32_MAX) number[root(q)] = found++;
    result.push_back(number[root(q)]);
  }
  return result;
}

}  // namespace

std::vector<Components> sample_components(const std::vector<Transformation>& letters, std::size_t trials,
                                          std::size_t keep, core::Random& random) {
  std::set<std::pair<std::size_t, Components>> found;
  for (std::size_t trial = 0; trial < trials; ++trial) {
    std::vector<Transformation> words{random_word(letters, random)};
    if (trial % 3 != 0) words.push_back(random_word(letters, random));
    Components components = components_of(words);
    const std::size_t count = class_count(components);
    if (count > 1 && count < letters[0].degree()) found.emplace(count, std::move(components));
  }
  std::vector<Components> result;
  for (const auto& [count, components] : found) {
    if (result.size() < keep) result.push_back(components);
  }
  return result;
}

StateFunction generic_function(const Components& components, core::Random& random) {
  std::vector<std::int64_t> values(class_count(components));
  std::iota(values.begin(), values.end(), 0);
  for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
  StateFunction f;
  for (const std::uint32_t c : components) f.push_back(values[c]);
  return f;
}

Components refined(const Components& a, const Components& b) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> numbers;
  Components result;
  for (std::size_t q = 0; q < a.size(); ++q) {
    result.push_back(
        numbers.emplace(std::make_pair(a[q], b[q]), static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  return result;
}

}  // namespace eigenmata::compiler
