// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/frattini.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <string>
#include <utility>

#include "eigenmata/algebra/group_series.hpp"
#include "stabiliser_chain.hpp"

namespace eigenmata::algebra {
namespace {

constexpr std::size_t kMaxOrder = 2'000;
constexpr std::size_t kMaxIndex = 2'500;

using Row = std::vector<std::uint64_t>;  // over GF(p)

/// n as a vector space over GF(p).
class ElementaryAbelian {
 public:
  ElementaryAbelian(const PermutationGroup& n, std::uint64_t p) {
    coordinates_.emplace(identity_images(n.degree()), Row{});
    for (const Transformation& x : n.generators()) {
      if (coordinates_.count(x.images()) != 0) continue;
      basis_.push_back(x.images());
      std::map<Images, Row> larger;
      for (const auto& [y, row] : coordinates_) {
        Images multiple = y;
        for (std::uint64_t c = 0; c < p; ++c, multiple = product(multiple, x.images())) {
          Row extended = row;
          extended.push_back(c);
          larger.emplace(multiple, std::move(extended));
        }
      }
      coordinates_ = std::move(larger);
    }
    assert(n.order() == coordinates_.size());
  }

  [[nodiscard]] std::size_t dimension() const { return basis_.size(); }
  [[nodiscard]] const Row& coordinates(const Images& x) const { return coordinates_.at(x); }

  /// v ↦ v·M for v ↦ g⁻¹·v·g.
  [[nodiscard]] std::vector<Row> matrix_of(const Images& g) const {
    std::vector<Row> rows;
    for (const Images& b : basis_) rows.push_back(coordinates(conjugate(b, g)));
    return rows;
  }

 private:
  std::vector<Images> basis_;
  std::map<Images, Row> coordinates_;
};

/// Equations row·x = right side over GF(p), taken in one at a time.
class LinearSystem {
 public:
  LinearSystem(std::size_t unknowns, std::uint64_t p) : unknowns_(unknowns), p_(p), pivot_rows_(unknowns) {}

  /// The last entry is the right side. False if the system has no solution any more.
  [[nodiscard]] bool add(Row row) {
    for (std::size_t i = 0; i < unknowns_; ++i) {
      if (row[i] == 0) continue;
      if (pivot_rows_[i].empty()) {
        const std::uint64_t scale = inverse_mod(row[i]);
        for (std::uint64_t& entry : row) entry = entry * scale % p_;
        pivot_rows_[i] = std::move(row);
        return true;
      }
      const std::uint64_t factor = p_ - row[i];
      for (std::size_t j = i; j <= unknowns_; ++j) row[j] = (row[j] + factor * pivot_rows_[i][j]) % p_;
    }
    return row[unknowns_] == 0;
  }

 private:
  [[nodiscard]] std::uint64_t inverse_mod(std::uint64_t a) const {
    std::uint64_t result = 1;  // a^(p−2)
    for (std::uint64_t e = p_ - 2; e > 0; e >>= 1, a = a * a % p_) {
      if (e & 1u) result = result * a % p_;
    }
    return result;
  }

  std::size_t unknowns_;
  std::uint64_t p_;
  std::vector<Row> pivot_rows_;
};

}  // namespace

bool has_complement(const PermutationGroup& g, const PermutationGroup& n, const core::Limits& limits) {
  if (n.is_trivial()) return true;
  assert(n.is_abelian() && n.order_factors().size() == 1);
  if (n.order() > kMaxIndex) {
    throw core::LimitReached(core::LimitReached::Kind::kSize,
                             "a normal subgroup of order " + exact::to_string(n.order()) +
                                 " is larger than the limit of " + std::to_string(kMaxIndex));
  }
  const std::uint64_t p = n.order_factors().begin()->first;
  const ElementaryAbelian space(n, p);
  const Quotient q = quotient(g, n, kMaxIndex, limits);
  const std::size_t d = space.dimension();
  const std::size_t generators = g.generators().size();
  const std::size_t unknowns = generators * d;  // x = (x₁, …): generator gᵢ becomes gᵢ·xᵢ

  // Breadth first through the cosets: coset c is reached by a word that evaluates to t[c] in the gᵢ and to
  // t[c]·(x·a[c]) in the gᵢ·xᵢ, with a[c] a matrix of `unknowns` rows and d columns. One step more, by gᵢ, gives
  // t·gᵢ·(x·(a·Mᵢ + Eᵢ)), where Mᵢ is conjugation by gᵢ and Eᵢ picks xᵢ.
  std::vector<std::vector<Row>> m;
  for (const Transformation& s : g.generators()) m.push_back(space.matrix_of(s.images()));
  const auto step = [&](const std::vector<Row>& a, std::size_t i) {
    std::vector<Row> next(unknowns, Row(d, 0));
    for (std::size_t u = 0; u < unknowns; ++u) {
      for (std::size_t k = 0; k < d; ++k) {
        if (a[u][k] == 0) continue;
        for (std::size_t c = 0; c < d; ++c) next[u][c] = (next[u][c] + a[u][k] * m[i][k][c]) % p;
      }
    }
    for (std::size_t c = 0; c < d; ++c) next[i * d + c][c] = (next[i * d + c][c] + 1) % p;
    return next;
  };
  std::vector<Images> t(q.representatives.size());
  std::vector<std::vector<Row>> a(q.representatives.size());
  t[0] = identity_images(g.degree());
  a[0].assign(unknowns, Row(d, 0));
  std::vector<Point> found{0};
  LinearSystem system(unknowns, p);
  for (std::size_t at = 0; at < found.size(); ++at) {
    limits.poll();
    const Point from = found[at];
    for (std::size_t i = 0; i < generators; ++i) {
      const Point to = q.group.generators()[i].image_of(from);
      Images element = product(t[from], g.generators()[i].images());
      std::vector<Row> matrix = step(a[from], i);
      if (t[to].empty()) {
        t[to] = std::move(element);
        a[to] = std::move(matrix);
        found.push_back(to);
        continue;
      }
      const Row& excess = space.coordinates(product(inverse(t[to]), element));
      for (std::size_t c = 0; c < d; ++c) {  // x·(matrix − a[to]) = −excess, column by column
        Row equation;
        for (std::size_t u = 0; u < unknowns; ++u) equation.push_back((matrix[u][c] + p - a[to][u][c]) % p);
        equation.push_back((p - excess[c]) % p);
        if (!system.add(std::move(equation))) return false;
      }
    }
  }
  return true;
}

PermutationGroup frattini_subgroup(const PermutationGroup& g, const core::Limits& limits) {
  if (auto easy = frattini_of_nilpotent(g, limits)) return *std::move(easy);
  for (const PermutationGroup& n : minimal_normal_subgroups(ListedGroup(g, kMaxOrder, limits), limits)) {
    if (!n.is_abelian() || has_complement(g, n, limits)) continue;
    const Quotient q = quotient(g, n, kMaxIndex, limits);
    return preimage(q, n, frattini_subgroup(q.group, limits), limits);
  }
  return PermutationGroup(g.degree(), {});
}

std::vector<PermutationGroup> frattini_series(const PermutationGroup& g, const core::Limits& limits) {
  std::vector<PermutationGroup> series{g};
  while (!series.back().is_trivial()) series.push_back(frattini_subgroup(series.back(), limits));
  return series;
}

std::size_t frattini_length(const PermutationGroup& g, const core::Limits& limits) {
  return frattini_series(g, limits).size() - 1;
}

}  // namespace eigenmata::algebra
