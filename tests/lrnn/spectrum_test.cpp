// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/spectrum.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/exact/approximate_spectrum.hpp"
#include "support/languages.hpp"
#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Algebraic;
using exact::FieldElement;
using exact::Matrix;
using exact::NumberField;
using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

SparseVector<Rational> vector(const std::vector<Rational>& values) { return sparse(kRationals, values); }
Matrix<Rational> matrix(std::size_t n, const std::vector<Rational>& entries) { return {n, n, entries}; }
Algebraic number(const Rational& x) { return Algebraic(x); }

Matrix<Rational> integers(core::Random& random, std::size_t n, std::int64_t size) {
  Matrix<Rational> result(n, n, Rational(0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) result(i, j) = random.between(-size, size);
  }
  return result;
}

/// A vector with a x = λ x over the algebraic numbers exists: a − λ·1 is singular. By the multiplicity of the
/// root λ in the characteristic polynomial, found without FLINT's.
std::size_t multiplicity_in(const Algebraic& root, exact::Polynomial<Rational> p) {
  const auto value_at = [&](const exact::Polynomial<Rational>& q) {
    Algebraic value;
    for (std::size_t i = q.coefficients.size(); i-- > 0;) value = value * root + Algebraic(q.coefficients[i]);
    return value;
  };
  std::size_t multiplicity = 0;
  while (!p.is_zero() && value_at(p).is_zero()) {
    ++multiplicity;
    std::vector<Rational> derivative;
    for (std::size_t i = 1; i < p.coefficients.size(); ++i) derivative.push_back(p.coefficients[i] * i);
    p.coefficients = derivative;
  }
  return multiplicity;
}

TEST_CASE("the eigenvalues are the roots of the characteristic polynomial, as often as it has them", "[spectrum]") {
  EIGENMATA_SEEDED(random, 91);
  for (int round = 0; round < 60; ++round) {
    const std::size_t n = random.below(5);
    const auto a = integers(random, n, 2);
    CAPTURE(round, n);
    // The generic elimination-free algorithm, not the one that `spectrum` uses.
    const auto p = exact::characteristic_polynomial<RationalArithmetic>(kRationals, a);
    std::size_t total = 0;
    const auto eigenvalues = spectrum(kRationals, a);
    for (std::size_t i = 0; i < eigenvalues.size(); ++i) {
      REQUIRE(multiplicity_in(eigenvalues[i].first, p) == eigenvalues[i].second);
      total += eigenvalues[i].second;
      if (i > 0) REQUIRE(before_as_root(eigenvalues[i - 1].first, eigenvalues[i].first));
    }
    REQUIRE(total == n);
  }
}

TEST_CASE("the exact eigenvalues are those that QR iteration approximates", "[spectrum]") {
  EIGENMATA_SEEDED(random, 92);
  for (int round = 0; round < 10; ++round) {
    const auto a = integers(random, 5, 4);
    auto approximate = exact::approximate_eigenvalues(a);
    for (const auto& [value, multiplicity] : spectrum(kRationals, a)) {
      const auto [re, im] = value.enclosure(80);
      for (std::size_t m = 0; m < multiplicity; ++m) {
        const auto near = std::find_if(approximate.begin(), approximate.end(), [&](const auto& z) {
          return std::abs(static_cast<double>(z.first) - re.approximate_midpoint()) < 1e-4 &&
                 std::abs(static_cast<double>(z.second) - im.approximate_midpoint()) < 1e-4;
        });
        REQUIRE(near != approximate.end());
        approximate.erase(near);
      }
    }
    REQUIRE(approximate.empty());
  }
}

TEST_CASE("a permutation matrix has the roots of unity of its cycles", "[spectrum]") {
  // Cycles of lengths 4, 3 and 1.
  Matrix<Rational> a(8, 8, Rational(0));
  const std::vector<std::size_t> images{1, 2, 3, 0, 5, 6, 4, 7};
  for (std::size_t i = 0; i < 8; ++i) a(images[i], i) = 1;
  std::vector<Algebraic> expected{number(1)};
  for (const std::size_t length : {4u, 3u}) {
    for (std::size_t p = 0; p < length; ++p) expected.push_back(exact::root_of_unity(p, length));
  }
  std::size_t total = 0;
  for (const auto& [value, multiplicity] : spectrum(kRationals, a)) {
    const auto count = std::count(expected.begin(), expected.end(), value);
    CHECK(static_cast<std::size_t>(count) == multiplicity);
    total += multiplicity;
  }
  CHECK(total == 8);
}

TEST_CASE("real eigenvalues come first, in decreasing order", "[spectrum]") {
  const auto found = spectrum(kRationals, matrix(4, {0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3}));
  REQUIRE(found.size() == 4);
  CHECK(found[0].first == number(3));
  CHECK(found[1].first == number(2));
  CHECK(found[2].first == exact::root_of_unity(1, 4));  // i before −i
  CHECK(found[3].first == exact::root_of_unity(3, 4));
}

TEST_CASE("the empty matrix has no eigenvalue, and large ones are refused", "[spectrum]") {
  CHECK(spectrum(kRationals, matrix(0, {})).empty());
  const auto found = spectrum(kRationals, exact::identity(kRationals, 120));
  REQUIRE(found.size() == 1);
  CHECK(found[0].second == 120);
  CHECK_THROWS_AS(spectrum(kRationals, exact::identity(kRationals, 121)), core::LimitReached);
}

// Words. A(x_t) ⋯ A(x_1), and what single letters do not show.

Layer<Rational> layer_of(std::size_t n, const std::vector<Transition<Rational>>& matrices) {
  Layer<Rational> layer{n, SparseVector<Rational>(n), {}, core::Alphabet({"no", "yes"}), {}};
  for (const auto& a : matrices) layer.maps.push_back({a, SparseVector<Rational>(n)});
  return layer;
}

TEST_CASE("the matrix of a word has the first letter on the right", "[spectrum]") {
  const auto a = matrix(2, {1, 1, 0, 1});
  const auto b = matrix(2, {1, 0, 1, 1});
  const auto layer = layer_of(2, {Dense<Rational>{a}, Dense<Rational>{b}});
  // B·A by hand.
  CHECK(word_matrix(kRationals, layer, {core::symbol(0), core::symbol(1)}) == matrix(2, {1, 1, 1, 2}));
  CHECK(word_matrix(kRationals, layer, {}) == exact::identity(kRationals, 2));
}

TEST_CASE("nilpotent letters with a word of eigenvalue -1 recognise (abab)*", "[spectrum]") {
  auto layer = layer_of(2, {Dense<Rational>{matrix(2, {0, 0, 1, 0})}, Dense<Rational>{matrix(2, {0, -1, 0, 0})}});
  for (const auto& map : layer.maps) {
    const auto found = spectrum(kRationals, to_dense(kRationals, map.a));
    REQUIRE(found.size() == 1);
    CHECK(found[0].first == number(0));
    CHECK(found[0].second == 2);
    CHECK(is_contraction(kRationals, to_dense(kRationals, map.a)).is_yes());
  }
  const auto word = spectrum(kRationals, word_matrix(kRationals, layer, {core::symbol(0), core::symbol(1)}));
  REQUIRE(word.size() == 2);
  CHECK(word[0].first == number(0));
  CHECK(word[1].first == number(-1));
  // From e_1, with e_1 accepted: abab brings it back, ab turns it round, everything else ends in 0 or beside
  // it.
  layer.start = vector({1, 0});
  layer.decoder = AffineDecoder<Rational>{{{vector({1, 0}), 0, {1}, {core::symbol(0), core::symbol(1)}}}};
  const RationalNetwork network{testing::small_alphabet(2), true, {layer}, {false, true}, std::nullopt};
  const auto language = testing::regex_language("(abab)*");
  const auto found = certificate::explore(kRationals, network, language, {});
  REQUIRE(found.verdict.is_yes());
  CHECK(found.reachable_states == 5);  // ±e_1, ±e_2 and 0
}

TEST_CASE("idempotent letters with a word of eigenvalue -1", "[spectrum]") {
  // On four points: E sends 3 to 1 and 4 to 2, F sends 1 to 4 and 2 to 3; E after F exchanges 1 and 2.
  const auto e = matrix(4, {1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
  const auto f = matrix(4, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 1});
  REQUIRE(multiply(kRationals, e, e) == e);
  REQUIRE(multiply(kRationals, f, f) == f);
  const auto layer = layer_of(4, {Dense<Rational>{f}, Dense<Rational>{e}});
  const auto word = spectrum(kRationals, word_matrix(kRationals, layer, {core::symbol(0), core::symbol(1)}));
  REQUIRE(word.size() == 3);
  CHECK(word[0].first == number(1));
  CHECK(word[1] == Eigenvalue{number(0), 2});
  CHECK(word[2].first == number(-1));
}

TEST_CASE("three projections with a negative eigenvalue", "[spectrum]") {
  // Onto (1,0), (3/5,4/5) and (−7/25,24/25), multiplied in this order; each is I − v vᵀ for the vector
  // across.
  const Transition<Rational> product =
      HouseholderProduct<Rational>{2, {{1, vector({24, 7})}, {1, vector({4, -3})}, {1, vector({0, 1})}}};
  const auto a = to_dense(kRationals, product);
  CHECK(a == matrix(2, {Rational(-63, 625), Rational(216, 625), 0, 0}));
  const auto found = spectrum(kRationals, a);
  REQUIRE(found.size() == 2);
  CHECK(found[0].first == number(0));
  CHECK(found[1].first == number(Rational(-63, 625)));
}

TEST_CASE("three factors with eigenvalues in [0,1] whose product has complex ones", "[spectrum]") {
  const auto found = spectrum(
      kRationals, matrix(2, {Rational(1539, 3125), Rational(72, 3125), Rational(-24, 625), Rational(273, 625)}));
  REQUIRE(found.size() == 2);
  for (const auto& [value, multiplicity] : found) {
    CHECK_FALSE(value.is_real());
    CHECK(multiplicity == 1);
    // λ² − 2904/3125 λ + 27/125 = 0.
    CHECK((value * value - number(Rational(2904, 3125)) * value + number(Rational(27, 125))).is_zero());
  }
  CHECK(found[0].first.conjugate() == found[1].first);
}

// Number fields.

TEST_CASE("over a number field the eigenvalues are those of the chosen root, not of its conjugates", "[spectrum]") {
  const NumberField k = testing::field_of_sqrt5();
  const FieldElement phi = k.from_coefficients({Rational(1, 2), Rational(1, 2)});
  const Algebraic golden = exact::parse_algebraic("1/2+1/2*sqrt(5)", {"phi"});

  const auto scaled = spectrum(k, Matrix<FieldElement>(2, 2, {phi, k.zero(), k.zero(), phi}));
  REQUIRE(scaled.size() == 1);
  CHECK(scaled[0] == Eigenvalue{golden, 2});

  // [[0, φ], [1, 0]] has ±√φ, both real; with the other root of x² − x − 1 they would be imaginary.
  const auto roots = spectrum(k, Matrix<FieldElement>(2, 2, {k.zero(), phi, k.one(), k.zero()}));
  REQUIRE(roots.size() == 2);
  CHECK(roots[0].first * roots[0].first == golden);
  CHECK(roots[0].first.sign_of_real_part() == 1);
  CHECK(roots[1].first == number(0) - roots[0].first);

  // A rational companion matrix that splits over the field: both roots belong to it.
  const auto both = spectrum(k, Matrix<FieldElement>(2, 2, {k.zero(), k.one(), k.one(), k.one()}));
  REQUIRE(both.size() == 2);
  CHECK(both[0].first == golden);
  CHECK(both[1].first == number(1) - golden);

  CHECK(spectrum(k, Matrix<FieldElement>(0, 0, std::vector<FieldElement>{})).empty());
}

TEST_CASE("the negative root of a field is as good as the positive one", "[spectrum]") {
  const NumberField k{exact::parse_polynomial("x^2-5", "x", {"field"}), Rational(-3), Rational(-2), "r"};
  const auto found = spectrum(k, Matrix<FieldElement>(1, 1, {k.generator()}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].first.sign_of_real_part() == -1);
  CHECK(found[0].first * found[0].first == number(5));
}

TEST_CASE("eigenvalues over a number field add up to the trace, and number the rows", "[spectrum]") {
  EIGENMATA_SEEDED(random, 93);
  const NumberField k = testing::field_of_sqrt5();
  const Algebraic root = exact::square_root(number(5));
  for (int round = 0; round < 25; ++round) {
    const std::size_t n = 1 + random.below(2);
    std::vector<FieldElement> entries;
    for (std::size_t i = 0; i < n * n; ++i)
      entries.push_back(k.from_coefficients({random.between(-2, 2), random.between(-1, 1)}));
    const Matrix<FieldElement> a(n, n, entries);
    std::size_t total = 0;
    Algebraic sum;
    for (const auto& [value, multiplicity] : spectrum(k, a)) {
      total += multiplicity;
      for (std::size_t m = 0; m < multiplicity; ++m) sum = sum + value;
    }
    Algebraic trace;
    for (std::size_t i = 0; i < n; ++i) {
      const auto c = a(i, i).coefficients();
      trace = trace + number(c[0]) + number(c[1]) * root;
    }
    CAPTURE(round, n);
    REQUIRE(total == n);
    REQUIRE(sum == trace);
  }
}

TEST_CASE("a rotation of the icosahedron of order 5 has the fifth roots of unity of its angle", "[spectrum]") {
  // The trace is φ = 1 + 2 cos 72°.
  const NumberField k = testing::field_of_sqrt5();
  const auto c = [&](int a, int b) {
    return k.from_coefficients({Rational(a, 4), Rational(b, 4)});
  };  // quarters: φ/2 = (1+√5)/4
  const Matrix<FieldElement> g(3, 3,
                               {c(2, 0), c(-1, -1), c(-1, 1), c(1, 1), c(-1, 1), c(-2, 0), c(-1, 1), c(2, 0), c(1, 1)});
  const auto found = spectrum(k, g);
  REQUIRE(found.size() == 3);
  CHECK(found[0].first == number(1));
  CHECK(found[1].first == exact::root_of_unity(1, 5));
  CHECK(found[2].first == exact::root_of_unity(4, 5));
}

TEST_CASE("over a field of degree d at most 24/d rows are done", "[spectrum]") {
  const NumberField k = testing::field_of_sqrt5();
  CHECK(spectrum(k, exact::identity(k, 12)).at(0).second == 12);
  CHECK_THROWS_AS(spectrum(k, exact::identity(k, 13)), core::LimitReached);
}

// Norms.

Rational square_of(const std::vector<Rational>& h) {
  Rational sum = 0;
  for (const Rational& x : h) sum += x * x;
  return sum;
}

std::vector<Rational> times(const Matrix<Rational>& a, const std::vector<Rational>& h) {
  std::vector<Rational> result(a.rows(), Rational(0));
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) result[i] += a(i, j) * h[j];
  }
  return result;
}

TEST_CASE("matrices of norm 1 are contractions, a copy is not", "[spectrum]") {
  CHECK(is_contraction(kRationals, matrix(3, {0, 0, 1, 1, 0, 0, 0, 1, 0})).is_yes());  // a permutation
  CHECK(is_contraction(kRationals, matrix(2, {Rational(3, 5), Rational(-4, 5), Rational(4, 5), Rational(3, 5)}))
            .is_yes());  // a rotation
  CHECK(is_contraction(kRationals, matrix(2, {0, 0, 1, 0})).is_yes());
  CHECK(is_contraction(kRationals, matrix(2, {0, 0, 0, 0})).is_yes());
  CHECK(is_contraction(kRationals, matrix(0, {})).is_yes());
  // Point 0 copied onto point 1: norm √2.
  const auto copy = matrix(2, {0, 0, 1, 1});
  const auto no = is_contraction(kRationals, copy);
  REQUIRE(no.is_no());
  CHECK(square_of(times(copy, no.witness())) > square_of(no.witness()));
  CHECK(is_contraction(kRationals, matrix(1, {Rational(-1'000'000'001, 1'000'000'000)})).is_no());
}

TEST_CASE("2 x 2 matrices are contractions iff I - A^T A has no negative trace or determinant", "[spectrum]") {
  EIGENMATA_SEEDED(random, 94);
  int contractions = 0;
  for (int round = 0; round < 500; ++round) {
    Matrix<Rational> a(2, 2, Rational(0));
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 2; ++j) a(i, j) = Rational(random.between(-5, 5), 5);
    }
    // Entries of the Gram matrix by hand.
    const Rational p = 1 - a(0, 0) * a(0, 0) - a(1, 0) * a(1, 0);
    const Rational q = 1 - a(0, 1) * a(0, 1) - a(1, 1) * a(1, 1);
    const Rational r = -a(0, 0) * a(0, 1) - a(1, 0) * a(1, 1);
    const bool expected = p + q >= 0 && p * q - r * r >= 0;
    const auto verdict = is_contraction(kRationals, a);
    CAPTURE(round);
    REQUIRE(verdict.is_yes() == expected);
    contractions += expected ? 1 : 0;
    if (verdict.is_no()) REQUIRE(square_of(times(a, verdict.witness())) > square_of(verdict.witness()));
  }
  CHECK(contractions > 50);
  CHECK(contractions < 450);
}

TEST_CASE("larger matrices that stretch a vector come with one", "[spectrum]") {
  EIGENMATA_SEEDED(random, 95);
  int stretching = 0;
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + random.below(5);
    Matrix<Rational> a(n, n, Rational(0));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) a(i, j) = Rational(random.between(-2, 2), 4);
    }
    const auto verdict = is_contraction(kRationals, a);
    CAPTURE(round, n);
    if (verdict.is_no()) {
      ++stretching;
      REQUIRE(square_of(times(a, verdict.witness())) > square_of(verdict.witness()));
      continue;
    }
    // No vector of small integers is stretched.
    for (int sample = 0; sample < 100; ++sample) {
      std::vector<Rational> h;
      for (std::size_t i = 0; i < n; ++i) h.emplace_back(random.between(-3, 3));
      REQUIRE(square_of(times(a, h)) <= square_of(h));
    }
  }
  CHECK(stretching > 30);
  CHECK(stretching < 190);
}

}  // namespace
}  // namespace eigenmata::lrnn
