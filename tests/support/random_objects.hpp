// SPDX-License-Identifier: Apache-2.0
//
// Random operands for tests. Every test that uses them makes its generator with `seeded`, which prints the seed when an
// assertion fails; EIGENMATA_SEED in the environment replays a run or tries another.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/automata/nfa.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/matrix.hpp"

namespace eigenmata::testing {

inline std::uint64_t seed_or(std::uint64_t usual) {
  const char* chosen = std::getenv("EIGENMATA_SEED");
  return chosen == nullptr ? usual : std::strtoull(chosen, nullptr, 10);
}

/// {a, b, c, …} of a size up to 26.
inline core::Alphabet small_alphabet(std::size_t letters) {
  std::vector<std::string> names;
  for (std::size_t x = 0; x < letters; ++x) names.emplace_back(1, static_cast<char>('a' + x));
  return core::Alphabet(std::move(names));
}

inline automata::Dfa random_dfa(core::Random& random, std::size_t states, std::size_t letters) {
  std::vector<automata::State> next;
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < states; ++q) {
    accepting.push_back(random.one_in(2));
    for (std::size_t x = 0; x < letters; ++x) next.push_back(automata::state(random.below(states)));
  }
  return {small_alphabet(letters), automata::state(random.below(states)), std::move(accepting), std::move(next)};
}

inline std::vector<algebra::Point> random_permutation(core::Random& random, std::size_t points) {
  std::vector<algebra::Point> images(points);
  for (std::size_t i = 0; i < points; ++i) images[i] = static_cast<algebra::Point>(i);
  for (std::size_t i = points; i > 1; --i) std::swap(images[i - 1], images[random.below(i)]);
  return images;
}

/// Every letter permutes the states.
inline automata::Dfa random_permutation_dfa(core::Random& random, std::size_t states, std::size_t letters) {
  std::vector<automata::State> next(states * letters);
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < states; ++q) accepting.push_back(random.one_in(2));
  for (std::size_t x = 0; x < letters; ++x) {
    const auto images = random_permutation(random, states);
    for (std::size_t q = 0; q < states; ++q) next[q * letters + x] = automata::state(images[q]);
  }
  return {small_alphabet(letters), automata::state(0), std::move(accepting), std::move(next)};
}

inline algebra::Transformation random_map(core::Random& random, std::size_t points) {
  std::vector<algebra::Point> images;
  for (std::size_t i = 0; i < points; ++i) images.push_back(static_cast<algebra::Point>(random.below(points)));
  return algebra::Transformation(std::move(images));
}

inline core::Word random_word(core::Random& random, std::size_t length, std::size_t letters) {
  core::Word word;
  for (std::size_t i = 0; i < length; ++i) word.push_back(core::symbol(random.below(letters)));
  return word;
}

/// Numerator and denominator of at most `size`.
inline exact::Rational random_rational(core::Random& random, std::int64_t size) {
  return exact::Rational(exact::Integer(random.between(-size, size)), exact::Integer(random.between(1, size)));
}

inline exact::Matrix<exact::Rational> random_matrix(core::Random& random, std::size_t rows, std::size_t columns,
                                                    std::int64_t size) {
  exact::Matrix<exact::Rational> result(rows, columns, exact::Rational(0));
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (!random.one_in(4)) result(i, j) = random_rational(random, size);
    }
  }
  return result;
}

/// Calls visit(word) for every word of exactly this length.
template <class Visit>
void for_each_word(std::size_t length, std::size_t letters, Visit visit) {
  core::Word word(length, core::symbol(0));
  for (;;) {
    visit(word);
    std::size_t i = length;
    while (i > 0) {
      const std::size_t next = core::index(word[i - 1]) + 1;
      if (next < letters) {
        word[i - 1] = core::symbol(next);
        break;
      }
      word[--i] = core::symbol(0);
    }
    if (i == 0) return;
  }
}

}  // namespace eigenmata::testing

/// Declares `core::Random name` with a seed that is shown when an assertion of the scope fails.
#define EIGENMATA_SEEDED(name, usual)                                     \
  const std::uint64_t name##_seed = ::eigenmata::testing::seed_or(usual); \
  INFO("seed " << name##_seed);                                           \
  ::eigenmata::core::Random name(name##_seed)
