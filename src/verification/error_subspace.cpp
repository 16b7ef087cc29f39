// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/error_subspace.hpp"

#include <optional>
#include <utility>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/transition.hpp"

namespace eigenmata::verification {
namespace {

using exact::Matrix;
using exact::Rational;
using Vector = std::vector<Rational>;

Vector product(const Matrix<Rational>& a, const Vector& x) {
  Vector y(a.rows());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j) {
      if (!x[j].is_zero() && !a(i, j).is_zero()) y[i] += a(i, j) * x[j];
    }
  }
  return y;
}

/// Rows in reduced echelon form: each has a 1 where all others have a 0.
class Echelon {
 public:
  [[nodiscard]] const std::vector<Vector>& rows() const { return rows_; }

  /// The vector, if it is not in the span; adds it to the span.
  std::optional<Vector> insert(const Vector& vector) {
    Vector rest = vector;
    for (std::size_t r = 0; r < rows_.size(); ++r) subtract(rest, Rational(rest[pivots_[r]]), rows_[r]);
    std::size_t pivot = 0;
    while (pivot < rest.size() && rest[pivot].is_zero()) ++pivot;
    if (pivot == rest.size()) return std::nullopt;
    const Rational scale = rest[pivot];
    for (Rational& entry : rest) entry = entry / scale;
    for (Vector& row : rows_) subtract(row, Rational(row[pivot]), rest);
    std::size_t at = 0;
    while (at < pivots_.size() && pivots_[at] < pivot) ++at;
    rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(at), std::move(rest));
    pivots_.insert(pivots_.begin() + static_cast<std::ptrdiff_t>(at), pivot);
    return vector;
  }

 private:
  static void subtract(Vector& from, const Rational& factor, const Vector& row) {
    if (factor.is_zero()) return;
    for (std::size_t i = 0; i < from.size(); ++i) from[i] = from[i] - factor * row[i];
  }

  std::vector<Vector> rows_;
  std::vector<std::size_t> pivots_;
};

}  // namespace

ErrorSubspace error_subspace(const lrnn::Layer<Rational>& layer, const core::Limits& limits) {
  const exact::RationalArithmetic k;
  const std::size_t n = layer.dimension;
  limits.require_memory(layer.maps.size() * n * n * sizeof(Rational), "the matrices of a layer");
  const Vector start = lrnn::coordinates(k, layer.start);
  std::vector<Matrix<Rational>> matrices;
  Echelon span;
  std::vector<Vector> fresh;  // members of U whose images have not been looked at
  for (const auto& map : layer.maps) {
    limits.poll();
    matrices.push_back(lrnn::to_dense(k, map.a));
    Vector shift = product(matrices.back(), start);
    const Vector b = lrnn::coordinates(k, map.b);
    for (std::size_t i = 0; i < n; ++i) shift[i] = shift[i] + b[i] - start[i];
    if (auto vector = span.insert(shift)) fresh.push_back(std::move(*vector));
  }
  while (!fresh.empty()) {
    const Vector vector = std::move(fresh.back());
    fresh.pop_back();
    for (const auto& a : matrices) {
      limits.poll();
      if (auto image = span.insert(product(a, vector))) fresh.push_back(std::move(*image));
    }
  }
  ErrorSubspace result{n, span.rows(), {}};
  for (std::size_t x = 0; x < matrices.size(); ++x) {
    limits.poll();
    Echelon images;
    bool one_to_one = true;
    for (const Vector& row : result.basis) one_to_one = one_to_one && images.insert(product(matrices[x], row));
    if (one_to_one) result.keeping.push_back(core::symbol(x));
  }
  return result;
}

}  // namespace eigenmata::verification
