// SPDX-License-Identifier: Apache-2.0
#include "dixon.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "eigenmata/core/random.hpp"

namespace eigenmata::algebra {
namespace {

/// Subtracts that multiple of b from a which makes a 0 at the pivot, where b is 1. Entries of a are modulo p².
void clear(const PrimeField& field, ModularRow& a, std::size_t pivot, const ModularRow& b) {
  const std::uint64_t factor = field.reduce(a[pivot]);
  if (factor == 0) return;
  const std::uint64_t negative = field.prime() - factor;
  for (std::size_t i = 0; i < b.size(); ++i) a[i] = field.accumulate(a[i], negative, b[i]);
}

void reduce(const PrimeField& field, ModularRow& a) {
  for (std::uint64_t& entry : a) entry = field.reduce(entry);
}

void scale(const PrimeField& field, ModularRow& a, std::uint64_t factor) {
  for (std::uint64_t& entry : a) entry = field.multiply(entry, factor);
}

/// Σ coefficients[i] · rows[i], of the given length.
ModularRow combination(const PrimeField& field, const ModularRow& coefficients, const std::vector<ModularRow>& rows,
                       std::size_t length) {
  ModularRow sum(length, 0);
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    if (coefficients[i] == 0) continue;
    for (std::size_t j = 0; j < length; ++j) sum[j] = field.accumulate(sum[j], coefficients[i], rows[i][j]);
  }
  reduce(field, sum);
  return sum;
}

std::size_t first_nonzero(const ModularRow& row) {
  return static_cast<std::size_t>(std::find_if(row.begin(), row.end(), [](std::uint64_t a) { return a != 0; }) -
                                  row.begin());
}

/// A subspace, by a basis in reduced echelon form: basis[i] is 1 at pivots[i], and the others are 0 there.
struct Space {
  std::vector<ModularRow> basis;
  std::vector<std::size_t> pivots;

  [[nodiscard]] std::size_t dimension() const { return basis.size(); }

  /// False if the vector is in the space already.
  bool insert(const PrimeField& field, ModularRow vector) {
    for (std::size_t i = 0; i < basis.size(); ++i) clear(field, vector, pivots[i], basis[i]);
    reduce(field, vector);
    const std::size_t pivot = first_nonzero(vector);
    if (pivot == vector.size()) return false;
    scale(field, vector, field.inverse(vector[pivot]));
    for (ModularRow& other : basis) {
      clear(field, other, pivot, vector);
      reduce(field, other);
    }
    basis.push_back(std::move(vector));
    pivots.push_back(pivot);
    return true;
  }
};

/// One class matrix M_C, row by row on demand.
class ClassMatrix {
 public:
  ClassMatrix(const ListedGroup& g, const std::vector<std::uint32_t>& class_of,
              const std::vector<ListedGroup::ConjugacyClass>& classes, const std::vector<std::uint32_t>& members)
      : g_(g), class_of_(class_of), classes_(classes), members_(members), rows_(classes.size()) {}

  [[nodiscard]] const ModularRow& row(std::size_t i) {
    ModularRow& counts = rows_[i];
    if (counts.empty()) {
      counts.assign(classes_.size(), 0);
      for (const std::uint32_t x : members_) ++counts[class_of_[g_.product(x, classes_[i].representative)]];
    }
    return counts;
  }

 private:
  const ListedGroup& g_;
  const std::vector<std::uint32_t>& class_of_;
  const std::vector<ListedGroup::ConjugacyClass>& classes_;
  const std::vector<std::uint32_t>& members_;
  std::vector<ModularRow> rows_;
};

/// Coordinates x of a vector in the basis of an invariant space become x·A under the class matrix.
std::vector<ModularRow> restricted(const PrimeField& field, const Space& space, ClassMatrix& matrix) {
  std::vector<ModularRow> a(space.dimension(), ModularRow(space.dimension(), 0));
  for (std::size_t j = 0; j < space.dimension(); ++j) {
    const ModularRow& row = matrix.row(space.pivots[j]);
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (row[k] == 0) continue;
      for (std::size_t i = 0; i < space.dimension(); ++i) {
        a[i][j] = field.accumulate(a[i][j], field.reduce(row[k]), space.basis[i][k]);
      }
    }
  }
  for (ModularRow& row : a) reduce(field, row);
  return a;
}

bool is_scalar(const std::vector<ModularRow>& a) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (a[i][j] != (i == j ? a[0][0] : 0)) return false;
    }
  }
  return true;
}

/// x, xA, xA², … as far as they are independent, and the monic polynomial of least degree with x·m(A) = 0, constant
/// term first.
struct Krylov {
  std::vector<ModularRow> vectors;
  ModularRow polynomial;
};

Krylov krylov(const PrimeField& field, const std::vector<ModularRow>& a, ModularRow x) {
  Krylov result;
  std::vector<ModularRow> reduced;  // vectors with what they are made of behind them
  std::vector<std::size_t> pivots;
  const std::size_t d = a.size();
  for (;;) {
    const std::size_t power = result.vectors.size();
    ModularRow rest = x;
    rest.resize(d + d + 1, 0);
    rest[d + power] = 1;
    for (std::size_t i = 0; i < reduced.size(); ++i) clear(field, rest, pivots[i], reduced[i]);
    reduce(field, rest);
    const std::size_t pivot = first_nonzero(rest);
    if (pivot >= d) {
      result.polynomial.assign(rest.begin() + static_cast<std::ptrdiff_t>(d),
                               rest.begin() + static_cast<std::ptrdiff_t>(d + power + 1));
      return result;
    }
    scale(field, rest, field.inverse(rest[pivot]));
    reduced.push_back(std::move(rest));
    pivots.push_back(pivot);
    ModularRow next = combination(field, x, a, d);
    result.vectors.push_back(std::move(x));
    x = std::move(next);
  }
}

/// Quotient by X − root, and the remainder.
std::pair<ModularRow, std::uint64_t> divide(const PrimeField& field, const ModularRow& polynomial, std::uint64_t root) {
  ModularRow quotient(polynomial.size() - 1);
  std::uint64_t carry = 0;
  for (std::size_t i = polynomial.size(); i-- > 0;) {
    carry = field.add_product(polynomial[i], carry, root);
    if (i > 0) quotient[i - 1] = carry;
  }
  return {std::move(quotient), carry};
}

/// The roots of a monic polynomial that splits into different linear factors; `candidates` are tried first. By trying
/// all elements of the field, which is small: O(p · degree).
std::vector<std::uint64_t> roots(const PrimeField& field, ModularRow polynomial,
                                 const std::map<std::uint64_t, Space>& candidates) {
  std::vector<std::uint64_t> found;
  const auto attempt = [&](std::uint64_t x) {
    auto [quotient, remainder] = divide(field, polynomial, x);
    if (remainder != 0) return;
    found.push_back(x);
    polynomial = std::move(quotient);
  };
  for (const auto& [x, space] : candidates) attempt(x);
  for (std::uint64_t x = 0; polynomial.size() > 1; ++x) {
    assert(x < field.prime());
    attempt(x);
  }
  return found;
}

/// The eigenspaces of a diagonalisable matrix. A random vector has a component in each, which a quotient of its
/// polynomial singles out; so as many vectors as the largest multiplicity nearly always do.
std::map<std::uint64_t, Space> eigenspaces(const PrimeField& field, const std::vector<ModularRow>& a,
                                           core::Random& random) {
  std::map<std::uint64_t, Space> spaces;
  for (std::size_t found = 0; found < a.size();) {
    ModularRow x;
    for (std::size_t i = 0; i < a.size(); ++i) x.push_back(random.below(field.prime()));
    const Krylov powers = krylov(field, a, std::move(x));
    for (const std::uint64_t root : roots(field, powers.polynomial, spaces)) {
      const ModularRow quotient = divide(field, powers.polynomial, root).first;
      found += spaces[root].insert(field, combination(field, quotient, powers.vectors, a.size())) ? 1 : 0;
    }
  }
  return spaces;
}

std::vector<Space> split(const PrimeField& field, const Space& space, ClassMatrix& matrix, core::Random& random) {
  const auto a = restricted(field, space, matrix);
  if (is_scalar(a)) return {space};
  std::vector<Space> parts;
  for (const auto& [eigenvalue, coordinates] : eigenspaces(field, a, random)) {
    Space part;
    for (const ModularRow& x : coordinates.basis) {
      part.insert(field, combination(field, x, space.basis, space.basis[0].size()));
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

std::vector<ModularRow> normalised_characters(const ListedGroup& g, const PrimeField& field,
                                              const core::Limits& limits) {
  const auto classes = g.conjugacy_classes();
  const auto class_of = g.class_of_elements();
  const std::size_t r = classes.size();
  std::vector<std::vector<std::uint32_t>> members(r);
  for (std::uint32_t x = 0; x < g.order(); ++x) members[class_of[x]].push_back(x);

  std::vector<std::uint32_t> by_size(r);
  std::iota(by_size.begin(), by_size.end(), 0u);
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::uint32_t a, std::uint32_t b) {
    // Of the same size, those first whose elements can have more eigenvalues.
    return classes[a].size != classes[b].size ? classes[a].size < classes[b].size
                                              : classes[a].element_order > classes[b].element_order;
  });

  limits.require_memory(3 * r * r * sizeof(std::uint64_t), "a character table");
  core::Random random(1);
  std::vector<ModularRow> lines;
  std::vector<Space> spaces(1);
  for (std::size_t i = 0; i < r; ++i) {
    ModularRow unit(r, 0);
    unit[i] = 1;
    spaces[0].basis.push_back(std::move(unit));
    spaces[0].pivots.push_back(i);
  }
  core::Ticker ticker(limits, "class matrices", r);
  for (std::size_t c = 0; c < r && !spaces.empty(); ++c) {
    ClassMatrix matrix(g, class_of, classes, members[by_size[c]]);
    std::vector<Space> larger;
    ticker.tick();
    for (const Space& space : spaces) {
      limits.poll();
      std::vector<Space> parts{space};
      if (space.dimension() > 1) parts = split(field, space, matrix, random);
      for (Space& part : parts) {
        if (part.dimension() > 1) {
          larger.push_back(std::move(part));
        } else {
          lines.push_back(std::move(part.basis[0]));
        }
      }
    }
    spaces = std::move(larger);
  }
  assert(spaces.empty() && lines.size() == r);
  for (ModularRow& line : lines) scale(field, line, field.inverse(line[0]));  // class 0 is that of the identity
  return lines;
}

}  // namespace eigenmata::algebra
