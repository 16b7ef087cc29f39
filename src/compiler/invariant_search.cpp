// SPDX-License-Identifier: Apache-2.0
//
// Where small invariant spaces come from:
//
//   1. Functions that are constant on the components of two words (components.hpp). For groups they generate
//      permutation representations on cosets, of dimension |G:H| − 1 without the constants. That is how S_5 with 120
//      states gets down to five points.
//   2. Splitting. Inside a space, a random combination R of the letters has a characteristic polynomial; if it has a
//      factor p, a function in the kernel of p(R) often generates a proper subspace (the idea of the MeatAxe
//      [Parker1984], over ℚ). That is how the cyclic group of order 60 falls into parts of dimension φ(d).
//
// The parts found are put together again: the cheapest set of parts that separates all states wins.
#include "invariant_search.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "affine_codes.hpp"
#include "cheapest_cover.hpp"
#include "components.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/lattice.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Transformation;
using exact::Integer;
using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;

constexpr std::size_t kWordTrials = 300;  // pairs of words whose components are looked at
constexpr std::size_t kSpunTrials = 24;   // of these, how many generate a space
constexpr std::size_t kSplitTrials = 6;   // random combinations for each space to split, at least
constexpr std::size_t kSplitWork = 256;   // and as many as keep trials · dimension below this
constexpr std::size_t kMaxSplitDimension = 64;
constexpr std::int64_t kLargestValue = 1 << 20;

const RationalArithmetic kRationals{};

/// A space found, and which states it tells apart.
struct Part {
  FunctionSpace space;
  Components classes;
};

class Search {
 public:
  Search(const std::vector<Transformation>& letters, std::size_t max_dimension, std::uint64_t seed,
         const core::Limits& limits)
      : letters_(letters), states_(letters[0].degree()), best_(max_dimension), random_(seed), limits_(limits) {}

  std::optional<FunctionSpace> run() {
    add_everything();
    for (const Components& components : sample_components(letters_, kWordTrials, kSpunTrials, random_)) {
      limits_.poll();
      add(spin(letters_, {generic_function(components, random_)}, best_));
    }
    // Splitting adds parts at the end of the list, where they are split in their turn.
    for (std::size_t i = 0; i < parts_.size(); ++i) split(i);
    return cheapest_separating_sum();
  }

 private:
  /// The space of all functions, for small automata.
  void add_everything() {
    if (states_ > kMaxSplitDimension + 1) return;
    FunctionSpace all;
    for (std::size_t q = 1; q < states_; ++q) {
      StateFunction f(states_, 0);
      f[q] = 1;
      all.basis.push_back(std::move(f));
    }
    add(std::move(all));
  }

  void add(std::optional<FunctionSpace> space) {
    if (!space || space->dimension() == 0) return;
    Part part{std::move(*space), {}};
    part.classes = classes(part.space.basis, states_);
    const bool separates = class_count(part.classes) == states_;
    for (const Part& known : parts_) {
      if (known.space.dimension() <= part.space.dimension() && known.classes == part.classes) return;
    }
    if (separates) best_ = std::min(best_, part.space.dimension());
    parts_.push_back(std::move(part));
  }

  void split(std::size_t part) {
    const std::size_t n = parts_[part].space.dimension();
    if (n < 2 || n > kMaxSplitDimension) return;
    const FunctionSpace space = parts_[part].space;  // a copy: the list grows
    const auto maps = matrices(space);
    if (!maps) return;
    for (std::size_t trial = 0; trial < std::max(kSplitTrials, kSplitWork / n); ++trial) {
      limits_.poll();
      const Matrix<Rational> r = random_combination(*maps);
      for (const auto& [factor, multiplicity] : exact::factors(characteristic_polynomial(kRationals, r))) {
        if (factor.degree() == n) continue;
        for (const StateFunction& f : kernel_functions(evaluate_at(factor, r), space)) add(spin(letters_, {f}, n - 1));
      }
    }
  }

  /// How the letters act on the coordinates of the space's functions, constants left out: x f_i = Σ_j M_x(i, j) f_j +
  /// const.
  std::optional<std::vector<Matrix<Rational>>> matrices(const FunctionSpace& space) {
    // A few letters are enough for a random combination.
    std::vector<Transformation> some;
    for (std::size_t i = 0; i < std::min<std::size_t>(letters_.size(), 6); ++i) {
      some.push_back(letters_.size() <= 6 ? letters_[i] : letters_[random_.below(letters_.size())]);
    }
    auto codes = affine_maps(values_of(space, states_), some);
    if (!codes) return std::nullopt;
    return std::move(codes->a);
  }

  Matrix<Rational> random_combination(const std::vector<Matrix<Rational>>& maps) {
    const std::size_t n = maps[0].rows();
    Matrix<Rational> sum(n, n, Rational(0));
    for (std::size_t term = 0; term < 3; ++term) {
      const Matrix<Rational>& a = maps[random_.below(maps.size())];
      const Matrix<Rational>& b = maps[random_.below(maps.size())];
      const Matrix<Rational> product = random_.one_in(2) ? a : multiply(kRationals, a, b);
      const Rational weight = random_.between(1, 3);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) sum(i, j) += weight * product(i, j);
      }
    }
    return sum;
  }

  static Matrix<Rational> evaluate_at(const exact::Polynomial<Rational>& p, const Matrix<Rational>& r) {
    Matrix<Rational> value(r.rows(), r.rows(), Rational(0));
    for (std::size_t i = p.coefficients.size(); i-- > 0;) {
      value = multiply(kRationals, value, r);
      for (std::size_t j = 0; j < r.rows(); ++j) value(j, j) += p.coefficients[i];
    }
    return value;
  }

  /// Functions Σ a_i f_i with a · m = 0: short ones and a random combination of them.
  std::vector<StateFunction> kernel_functions(const Matrix<Rational>& m, const FunctionSpace& space) {
    const Matrix<Rational> kernel = exact::kernel(exact::transposed(m));
    if (kernel.columns() == 0) return {};
    Integer scale = 1;
    for (const Rational& value : kernel.entries()) scale = lcm(scale, Integer(denominator(value)));
    Matrix<Integer> rows(kernel.columns(), states_, Integer(0));
    for (std::size_t k = 0; k < kernel.columns(); ++k) {
      for (std::size_t i = 0; i < kernel.rows(); ++i) {
        const Integer weight = numerator(Rational(kernel(i, k) * scale));
        for (std::size_t q = 0; q < states_; ++q) rows(k, q) += weight * space.basis[i][q];
      }
    }
    rows = exact::reduced_basis(rows);
    std::vector<StateFunction> result;
    add_function(
        rows, [](std::size_t k) { return Integer(k == 0 ? 1 : 0); }, result);
    if (rows.rows() > 1)
      add_function(
          rows, [this](std::size_t) { return Integer(random_.between(-2, 2)); }, result);
    return result;
  }

  void add_function(const Matrix<Integer>& rows, const std::function<Integer(std::size_t)>& weight,
                    std::vector<StateFunction>& result) const {
    std::vector<Integer> sum(states_, Integer(0));
    for (std::size_t k = 0; k < rows.rows(); ++k) {
      const Integer w = weight(k);
      for (std::size_t q = 0; q < states_; ++q) sum[q] += w * rows(k, q);
    }
    StateFunction f;
    for (const Integer& value : sum) {
      if (abs(value) > kLargestValue) return;
      f.push_back(static_cast<std::int64_t>(value));
    }
    result.push_back(std::move(f));
  }

  std::optional<FunctionSpace> cheapest_separating_sum() {
    std::vector<PricedPart> priced;
    for (const Part& part : parts_) priced.push_back({part.space.dimension(), part.classes});
    const std::vector<std::size_t> chosen = cheapest_separating_set(priced, best_ + 1);
    if (chosen.empty()) return std::nullopt;
    std::vector<StateFunction> seeds;
    for (const std::size_t i : chosen)
      seeds.insert(seeds.end(), parts_[i].space.basis.begin(), parts_[i].space.basis.end());
    return spin(letters_, seeds, best_);
  }

  const std::vector<Transformation>& letters_;
  std::size_t states_;
  std::size_t best_;  // no larger separating space is of interest
  core::Random random_;
  const core::Limits& limits_;
  std::vector<Part> parts_;
};

}  // namespace

std::optional<FunctionSpace> find_separating_space(const std::vector<Transformation>& letters,
                                                   std::size_t max_dimension, std::uint64_t seed,
                                                   const core::Limits& limits) {
  return Search(letters, max_dimension, seed, limits).run();
}

}  // namespace eigenmata::compiler
