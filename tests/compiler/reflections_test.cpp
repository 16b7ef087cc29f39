// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/reflections.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "support/networks.hpp"
#include "support/property.hpp"

namespace eigenmata::compiler {
namespace {

using exact::FieldElement;
using exact::Matrix;
using exact::NumberField;
using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

template <class K>
std::size_t rank_of_difference(const K& k, const Matrix<typename K::Scalar>& a) {
  return exact::rank(k, exact::subtract(k, exact::identity(k, a.rows()), a));
}

/// As many reflections as the rank says, and their product is the matrix; in the metric I also as Householder factors.
template <class K>
std::size_t require_factored(const K& k, const Matrix<typename K::Scalar>& a, const Matrix<typename K::Scalar>& gram) {
  using S = typename K::Scalar;
  const auto reflections = reflections_of(k, a, gram);
  REQUIRE(reflections.size() == rank_of_difference(k, a));
  const auto same = [&](const Matrix<S>& b) {
    for (std::size_t i = 0; i < a.rows(); ++i) {
      for (std::size_t j = 0; j < a.rows(); ++j) {
        if (!k.equal(a(i, j), b(i, j))) return false;
      }
    }
    return true;
  };
  REQUIRE(same(lrnn::to_dense(k, lrnn::Transition<S>(rank_one_product(k, gram, reflections)))));
  bool usual = true;
  for (std::size_t i = 0; i < gram.rows(); ++i) {
    for (std::size_t j = 0; j < gram.rows(); ++j) {
      usual = usual && k.equal(gram(i, j), i == j ? k.one() : k.zero());
    }
  }
  if (usual) REQUIRE(same(lrnn::to_dense(k, lrnn::Transition<S>(householder_product(k, a.rows(), reflections)))));
  return reflections.size();
}

/// All products of some matrices.
template <class K>
std::vector<Matrix<typename K::Scalar>> group_of(const K& k,
                                                 const std::vector<Matrix<typename K::Scalar>>& generators) {
  using S = typename K::Scalar;
  const auto same = [&](const Matrix<S>& a, const Matrix<S>& b) {
    return std::equal(a.entries().begin(), a.entries().end(), b.entries().begin(),
                      [&](const S& x, const S& y) { return k.equal(x, y); });
  };
  std::vector<Matrix<S>> elements{exact::identity(k, generators[0].rows())};
  for (std::size_t i = 0; i < elements.size(); ++i) {
    for (const auto& g : generators) {
      Matrix<S> next = exact::multiply(k, g, elements[i]);
      if (std::none_of(elements.begin(), elements.end(), [&](const auto& e) { return same(e, next); })) {
        elements.push_back(std::move(next));
      }
    }
  }
  return elements;
}

Matrix<Rational> rational(std::size_t n, const std::vector<int>& entries) {
  return Matrix<Rational>(n, n, std::vector<Rational>(entries.begin(), entries.end()));
}

TEST_CASE("the rotations of a cube take two reflections, but the identity", "[reflections]") {
  const auto rotations =
      group_of(kRationals, {rational(3, {0, -1, 0, 1, 0, 0, 0, 0, 1}), rational(3, {0, 0, 1, 1, 0, 0, 0, 1, 0})});
  REQUIRE(rotations.size() == 24);
  std::map<std::size_t, std::size_t> histogram;
  for (const auto& a : rotations) ++histogram[require_factored(kRationals, a, exact::identity(kRationals, 3))];
  CHECK(histogram == std::map<std::size_t, std::size_t>{{0, 1}, {2, 23}});
}

TEST_CASE("the rotations of an icosahedron take two reflections, but the identity", "[reflections]") {
  const NumberField k = testing::field_of_sqrt5();
  const auto matrix = [&](const std::vector<const char*>& entries) {
    std::vector<FieldElement> result;
    for (const char* entry : entries) result.push_back(k.parse(entry, {"entry"}));
    return Matrix<FieldElement>(3, 3, std::move(result));
  };
  const char* half_phi = "1/4+1/4*sqrt(5)";
  const char* less = "-1/4+1/4*sqrt(5)";
  const auto fifth = matrix({"1/2", "-1/4-1/4*sqrt(5)", less, half_phi, less, "-1/2", less, "1/2", half_phi});
  const auto rotations = group_of(k, {fifth, matrix({"0", "0", "1", "1", "0", "0", "0", "1", "0"})});
  REQUIRE(rotations.size() == 60);
  std::map<std::size_t, std::size_t> histogram;
  for (const auto& a : rotations) ++histogram[require_factored(k, a, exact::identity(k, 3))];
  CHECK(histogram == std::map<std::size_t, std::size_t>{{0, 1}, {2, 59}});
}

TEST_CASE("the permutations of six points, in six dimensions and in five", "[reflections]") {
  std::vector<int> p{0, 1, 2, 3, 4, 5};
  // Coordinates e_i − e_5: the root lattice, whose metric is I + J.
  Matrix<Rational> gram(5, 5, Rational(1));
  for (std::size_t i = 0; i < 5; ++i) gram(i, i) = 2;
  std::map<std::size_t, std::size_t> histogram, twisted;
  do {
    Matrix<Rational> a(6, 6, Rational(0));
    Matrix<Rational> b(5, 5, Rational(0));
    int sign = 1;
    for (std::size_t i = 0; i < 6; ++i) {
      a(p[i], i) = 1;
      for (std::size_t j = i + 1; j < 6; ++j) sign = p[i] > p[j] ? -sign : sign;
    }
    for (std::size_t j = 0; j < 5; ++j) {
      if (p[j] < 5) b(p[j], j) += sign;
      if (p[5] < 5) b(p[5], j) -= sign;
    }
    ++histogram[require_factored(kRationals, a, exact::identity(kRationals, 6))];
    ++twisted[require_factored(kRationals, b, gram)];
  } while (std::next_permutation(p.begin(), p.end()));
  CHECK(histogram == std::map<std::size_t, std::size_t>{{0, 1}, {1, 15}, {2, 85}, {3, 225}, {4, 274}, {5, 120}});
  CHECK(twisted == std::map<std::size_t, std::size_t>{{0, 1}, {2, 100}, {4, 619}});
}

/// A product of a few random reflections in a random metric.
template <class K>
void require_random_factored(const K& k, core::Random& random) {
  using S = typename K::Scalar;
  const std::size_t n = 2 + random.below(5);
  Matrix<S> root(n, n, k.zero());  // Γ = rootᵀ root + I
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) root(i, j) = testing::random_scalar(k, random);
  }
  Matrix<S> gram = exact::multiply(k, exact::transposed(root), root);
  for (std::size_t i = 0; i < n; ++i) gram(i, i) = k.add(gram(i, i), k.one());
  std::vector<std::vector<S>> reflections;
  for (std::size_t count = random.below(n + 2); count > 0; --count) {
    std::vector<S> w;
    for (std::size_t i = 0; i < n; ++i) w.push_back(testing::random_scalar(k, random));
    if (std::any_of(w.begin(), w.end(), [&](const S& x) { return !k.is_zero(x); })) reflections.push_back(std::move(w));
  }
  const auto a = lrnn::to_dense(k, lrnn::Transition<S>(rank_one_product(k, gram, reflections)));
  CAPTURE(n, reflections.size());
  CHECK(require_factored(k, a, gram) <= reflections.size());
}

TEST_CASE("orthogonal matrices of random metrics", "[reflections]") {
  EIGENMATA_SEEDED(random, 421);
  for (int round = 0; round < 60; ++round) require_random_factored(kRationals, random);
  for (int round = 0; round < 12; ++round) require_random_factored(testing::field_of_sqrt5(), random);
}

}  // namespace
}  // namespace eigenmata::compiler
