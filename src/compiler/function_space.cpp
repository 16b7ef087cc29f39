// SPDX-License-Identifier: Apache-2.0
#include "function_space.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

namespace eigenmata::compiler {
namespace {

// 2⁶¹ − 1 is prime, and products fit into 128 bits.
constexpr std::uint64_t kPrime = (std::uint64_t{1} << 61) - 1;
__extension__ using Wide = unsigned __int128;

std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  const auto folded = static_cast<std::uint64_t>(product & kPrime) + static_cast<std::uint64_t>(product >> 61);
  return folded >= kPrime ? folded - kPrime : folded;
}

std::uint64_t subtract(std::uint64_t a, std::uint64_t b) { return a >= b ? a - b : a + kPrime - b; }

std::uint64_t inverse(std::uint64_t a) {
  std::uint64_t result = 1;
  for (std::uint64_t exponent = kPrime - 2; exponent > 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result = multiply(result, a);
    a = multiply(a, a);
  }
  return result;
}

using Row = std::vector<std::uint64_t>;

Row residues(const StateFunction& f) {
  Row row;
  row.reserve(f.size());
  for (const std::int64_t value : f) {
    const auto magnitude = static_cast<std::uint64_t>(value < 0 ? -value : value) % kPrime;
    row.push_back(value < 0 ? subtract(0, magnitude) : magnitude);
  }
  return row;
}

/// Rows in echelon form, each with 1 at its pivot.
class Echelon {
 public:
  /// Adds a row if it is independent of those there; says whether it was.
  bool add(Row row) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::uint64_t factor = row[pivots_[i]];
      if (factor == 0) continue;
      for (std::size_t j = pivots_[i]; j < row.size(); ++j) {
        if (rows_[i][j] != 0) row[j] = subtract(row[j], multiply(factor, rows_[i][j]));
      }
    }
    const auto pivot = std::find_if(row.begin(), row.end(), [](std::uint64_t v) { return v != 0; });
    if (pivot == row.end()) return false;
    const std::uint64_t scale = inverse(*pivot);
    for (auto v = pivot; v != row.end(); ++v) *v = multiply(*v, scale);
    // Rows are reduced in the order of their pivots, so that one pass is enough.
    const auto column = static_cast<std::size_t>(pivot - row.begin());
    const auto at = std::lower_bound(pivots_.begin(), pivots_.end(), column) - pivots_.begin();
    pivots_.insert(pivots_.begin() + at, column);
    rows_.insert(rows_.begin() + at, std::move(row));
    return true;
  }

 private:
  std::vector<Row> rows_;
  std::vector<std::size_t> pivots_;
};

StateFunction moved(const StateFunction& f, const algebra::Transformation& letter) {
  StateFunction result;
  result.reserve(f.size());
  for (const algebra::Point target : letter.images()) result.push_back(f[target]);
  return result;
}

}  // namespace

std::optional<FunctionSpace> spin(const std::vector<algebra::Transformation>& letters,
                                  const std::vector<StateFunction>& seeds, std::size_t max_dimension) {
  const std::size_t states = letters[0].degree();
  Echelon echelon;
  echelon.add(Row(states, 1));
  FunctionSpace space;
  const auto add = [&](StateFunction f) {
    if (echelon.add(residues(f))) space.basis.push_back(std::move(f));
    return space.dimension() <= max_dimension;
  };
  for (const StateFunction& seed : seeds) {
    if (!add(seed)) return std::nullopt;
  }
  for (std::size_t i = 0; i < space.basis.size(); ++i) {
    for (const auto& letter : letters) {
      if (!add(moved(space.basis[i], letter))) return std::nullopt;
    }
  }
  return space;
}

std::vector<std::uint32_t> classes(const std::vector<StateFunction>& functions, std::size_t states) {
  std::map<std::vector<std::int64_t>, std::uint32_t> numbers;
  std::vector<std::uint32_t> result;
  for (std::size_t q = 0; q < states; ++q) {
    std::vector<std::int64_t> values;
    for (const StateFunction& f : functions) values.push_back(f[q]);
    result.push_back(numbers.emplace(std::move(values), static_cast<std::uint32_t>(numbers.size())).first->second);
  }
  return result;
}

std::size_t class_count(const std::vector<std::uint32_t>& classes) {
  return classes.empty() ? 0 : std::size_t{*std::max_element(classes.begin(), classes.end())} + 1;
}

}  // namespace eigenmata::compiler
