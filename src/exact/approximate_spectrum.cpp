// SPDX-License-Identifier: Apache-2.0
//
// The one file that instantiates an Eigen solver over MPFR; it takes about as long to compile as ten others.
#include "eigenmata/exact/approximate_spectrum.hpp"

#include <Eigen/Eigenvalues>
#include <mutex>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/exact/eigen_support.hpp"

namespace eigenmata::exact {
namespace {

/// Boost's default precision is one variable for the whole process.
class DefaultPrecision {
 public:
  explicit DefaultPrecision(unsigned digits) : lock_(mutex()), before_(Real::default_precision()) {
    Real::default_precision(digits);
  }
  ~DefaultPrecision() { Real::default_precision(before_); }
  DefaultPrecision(const DefaultPrecision&) = delete;
  DefaultPrecision& operator=(const DefaultPrecision&) = delete;

 private:
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  std::lock_guard<std::mutex> lock_;
  unsigned before_;
};

}  // namespace

std::vector<std::pair<Real, Real>> approximate_eigenvalues(const Matrix<Rational>& a, unsigned digits) {
  assert(a.rows() == a.columns());
  const DefaultPrecision precision(digits);
  const auto n = static_cast<Eigen::Index>(a.rows());
  std::vector<std::pair<Real, Real>> result;
  if (n == 0) return result;
  Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic> m(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      m(i, j) = approximate_real(a(static_cast<std::size_t>(i), static_cast<std::size_t>(j)), digits);
    }
  }
  const Eigen::EigenSolver<decltype(m)> solver(m, false);
  if (solver.info() != Eigen::Success) {
    throw core::LimitReached(core::LimitReached::Kind::kSize, "the QR iteration did not converge");
  }
  for (Eigen::Index i = 0; i < n; ++i)
    result.emplace_back(solver.eigenvalues()(i).real(), solver.eigenvalues()(i).imag());
  return result;
}

}  // namespace eigenmata::exact
