// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <vector>

#include "checker/network.hpp"

namespace eigenmata::checker {

/// Random vectors and maps of all forms.
class MapGenerator {
 public:
  explicit MapGenerator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }

  /// Small numbers, so that sums often cancel.
  Rational number() {
    const std::vector<const char*> texts = {"1", "1", "-1", "-1", "2", "1/2", "-3/2", "100000000000000000000/3"};
    return Rational::parse(texts[below(below(8) + 1)]).value();
  }

  SparseVector vector(std::uint32_t dimension, std::size_t density) {
    SparseVector result;
    for (std::uint32_t i = 0; i < dimension; ++i) {
      if (below(density) == 0) result.push_back({i, number()});
    }
    return result;
  }

  Map map(std::uint32_t dimension) {
    Map result;
    const std::size_t density = 1 + below(4);
    result.form = static_cast<MatrixForm>(below(4));
    if (result.form == MatrixForm::kDiagonal) result.diagonal = vector(dimension, density);
    if (result.form == MatrixForm::kDense) {
      for (std::uint32_t i = 0; i < dimension; ++i) result.rows.push_back(vector(dimension, density));
    }
    if (result.form == MatrixForm::kHouseholder || result.form == MatrixForm::kRankOne) {
      for (std::size_t f = below(12); f > 0; --f) {
        Factor factor;
        factor.v = vector(dimension, density);
        if (result.form == MatrixForm::kRankOne) factor.u = vector(dimension, density);
        if (result.form == MatrixForm::kHouseholder) {
          factor.beta = below(3) == 0 ? Rational(2) : number();
          if (factor.v.empty()) factor.v.push_back({0, number()});
        }
        result.factors.push_back(factor);
      }
    }
    if (below(2) == 0) result.offset = vector(dimension, 3);
    return result;
  }

 private:
  std::mt19937 random_;
};

}  // namespace eigenmata::checker
