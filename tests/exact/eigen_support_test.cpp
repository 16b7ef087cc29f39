// SPDX-License-Identifier: Apache-2.0
//
// The only test that instantiates Eigen's solvers over our scalars.
#include "eigenmata/exact/eigen_support.hpp"

#include <Eigen/LU>
#include <Eigen/QR>
#include <catch2/catch.hpp>

#include "exact/naive_linear_algebra.hpp"

namespace eigenmata::exact {
namespace {

using testing::naive_determinant;
using testing::naive_rank;
using testing::random_matrix;
using testing::random_singular;

template <class S>
using EigenMatrix = Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic>;

EigenMatrix<Rational> to_eigen(const Matrix<Rational>& a) {
  EigenMatrix<Rational> result(static_cast<Eigen::Index>(a.rows()), static_cast<Eigen::Index>(a.columns()));
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) {
      result(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = a(i, j);
    }
  }
  return result;
}

/// Sets Boost's default precision for a scope.
class DefaultPrecision {
 public:
  explicit DefaultPrecision(unsigned digits) : before_(Real::default_precision()) { Real::default_precision(digits); }
  ~DefaultPrecision() { Real::default_precision(before_); }
  DefaultPrecision(const DefaultPrecision&) = delete;
  DefaultPrecision& operator=(const DefaultPrecision&) = delete;

 private:
  unsigned before_;
};

mpfr_prec_t bits_of(const Real& x) { return mpfr_get_prec(x.backend().data()); }

TEST_CASE("Eigen's LU decomposition is exact over the rationals", "[eigen_support]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t singular = 0;
  for (int round = 0; round < 60; ++round) {
    const std::size_t rows = 1 + random.below(5);
    const std::size_t columns = 1 + random.below(5);
    const Matrix<Rational> a =
        random.one_in(2) ? random_matrix(random, rows, columns, 20) : random_singular(random, rows, columns, 20);
    CAPTURE(rows, columns, a.entries());
    const EigenMatrix<Rational> m = to_eigen(a);
    const Eigen::FullPivLU<EigenMatrix<Rational>> lu(m);
    REQUIRE(static_cast<std::size_t>(lu.rank()) == naive_rank(a));
    if (lu.dimensionOfKernel() > 0) {
      const EigenMatrix<Rational> zero = m * lu.kernel();
      REQUIRE(zero.isZero(Rational(0)));
      ++singular;
    }
    // m·x for some x can be solved exactly, whatever the rank.
    const EigenMatrix<Rational> side = m * to_eigen(random_matrix(random, columns, 2, 9));
    REQUIRE(m * lu.solve(side) == side);
    if (rows == columns) {
      REQUIRE(lu.determinant() == naive_determinant(a));
      if (lu.isInvertible()) REQUIRE((m * lu.inverse()).eval() == EigenMatrix<Rational>::Identity(m.rows(), m.rows()));
    }
  }
  CHECK(singular > 10);
}

TEST_CASE("Eigen's QR decomposition of reals is as precise as they are", "[eigen_support]") {
  EIGENMATA_SEEDED(random, 2);
  for (const unsigned digits : {15u, 30u, 120u}) {
    const DefaultPrecision precision(digits);
    const Real tiny = pow(Real(10), -static_cast<int>(digits) + 3);
    for (int round = 0; round < 10; ++round) {
      const auto n = static_cast<Eigen::Index>(1 + random.below(6));
      EigenMatrix<Real> m(n, n);
      for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < n; ++j) m(i, j) = approximate_real(testing::random_rational(random, 9), digits);
      }
      const Eigen::HouseholderQR<EigenMatrix<Real>> qr(m);
      const EigenMatrix<Real> q = qr.householderQ();
      const EigenMatrix<Real> r = qr.matrixQR().triangularView<Eigen::Upper>();
      CAPTURE(digits, n);
      REQUIRE((q * r - m).cwiseAbs().maxCoeff() < tiny * 100);
      REQUIRE((q.transpose() * q - EigenMatrix<Real>::Identity(n, n)).cwiseAbs().maxCoeff() < tiny);
      REQUIRE(bits_of(q(0, 0)) == bits_of(approximate_real(1, digits)));
    }
  }
}

TEST_CASE("Eigen is told the constants of the rationals", "[eigen_support]") {
  using Traits = Eigen::NumTraits<Rational>;
  CHECK(Traits::epsilon() == 0);
  CHECK(Traits::dummy_precision() == 0);
  // Fuzzy comparison is equality.
  EigenMatrix<Rational> a = EigenMatrix<Rational>::Identity(2, 2);
  EigenMatrix<Rational> b = a;
  CHECK(a.isApprox(b));
  b(0, 1) = Rational(Integer(1), pow(Integer(10), 300u));
  CHECK_FALSE(a.isApprox(b));
}

TEST_CASE("Eigen is told the constants of the default precision of the moment", "[eigen_support]") {
  using Traits = Eigen::NumTraits<Real>;
  for (const unsigned digits : {100u, 15u, 30u}) {  // going down too: nothing is kept from before
    const DefaultPrecision precision(digits);
    CAPTURE(digits);
    const Real one = approximate_real(1, digits);
    Real next = one;
    mpfr_nextabove(next.backend().data());
    CHECK(Traits::epsilon() == next - one);
    CHECK(Traits::dummy_precision() == 1000 * (next - one));
    CHECK(bits_of(Traits::epsilon()) == bits_of(one));
    CHECK(Traits::digits10() == static_cast<int>(digits));
    CHECK(mpfr_number_p(Traits::highest().backend().data()) != 0);
    CHECK(Traits::highest() > pow(Real(10), 1'000'000));
    CHECK(Traits::lowest() == -Traits::highest());
  }
}

}  // namespace
}  // namespace eigenmata::exact
