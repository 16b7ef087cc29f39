// SPDX-License-Identifier: Apache-2.0
//
// Word problems of permutation groups in any letters.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/permutation_group.hpp"
#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/alphabet.hpp"

namespace eigenmata::testing {

/// The words in the given permutations whose product is the identity.
inline automata::Dfa word_problem(const std::vector<algebra::Transformation>& letters) {
  std::vector<algebra::Transformation> elements{algebra::Transformation::identity(letters[0].degree())};
  std::map<std::vector<algebra::Point>, std::size_t> number{{elements[0].images(), 0}};
  std::vector<automata::State> next;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    for (const auto& x : letters) {
      const algebra::Transformation product = elements[i] * x;
      const auto [at, is_new] = number.try_emplace(product.images(), elements.size());
      if (is_new) elements.push_back(product);
      next.push_back(automata::state(at->second));
    }
  }
  std::vector<bool> accepting(elements.size(), false);
  accepting[0] = true;
  std::vector<std::string> names;
  for (std::size_t x = 0; x < letters.size(); ++x) names.push_back("g" + std::to_string(x));
  return {core::Alphabet(std::move(names), {"letters"}), automata::state(0), accepting, next};
}

/// The words that take point 0 to itself; minimal if only the trivial system of blocks there is.
inline automata::Dfa point_problem(const std::vector<algebra::Transformation>& letters) {
  std::vector<std::string> names;
  for (std::size_t x = 0; x < letters.size(); ++x) names.push_back("g" + std::to_string(x));
  std::vector<automata::State> next;
  for (std::size_t q = 0; q < letters[0].degree(); ++q) {
    for (const auto& x : letters) next.push_back(automata::state(x.images()[q]));
  }
  std::vector<bool> accepting(letters[0].degree(), false);
  accepting[0] = true;
  return automata::minimised(
      automata::Dfa(core::Alphabet(std::move(names), {"letters"}), automata::state(0), accepting, next));
}

inline std::vector<algebra::Transformation> involutions(const algebra::PermutationGroup& group) {
  std::vector<algebra::Transformation> result;
  for (const auto& g : group.elements(10'000)) {
    if (g.period() == 2) result.push_back(g);
  }
  return result;
}

}  // namespace eigenmata::testing
