// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/character_table.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "dixon.hpp"
#include "prime_field.hpp"

namespace eigenmata::algebra {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::logic_error("a character table is wrong: " + what); }

void require_at_most(std::size_t limit, std::size_t count, const std::string& what) {
  if (count <= limit) return;
  throw core::LimitReached(core::LimitReached::Kind::kSize, "character tables are made for groups of at most " +
                                                                std::to_string(limit) + " " + what + ", this one has " +
                                                                std::to_string(count));
}

std::uint64_t exponent_of(const std::vector<ListedGroup::ConjugacyClass>& classes) {
  std::uint64_t result = 1;
  for (const auto& c : classes) result = std::lcm(result, c.element_order);
  return result;
}

/// xⁿ, n = 0 … count−1.
std::vector<std::uint64_t> powers_of(const PrimeField& field, std::uint64_t x, std::size_t count) {
  std::vector<std::uint64_t> powers{1};
  while (powers.size() < count) powers.push_back(field.multiply(powers.back(), x));
  return powers;
}

/// a modulo a monic b, coefficients from the constant term up; `quotient` if asked for.
std::vector<std::int64_t> remainder(std::vector<std::int64_t> a, const std::vector<std::int64_t>& b,
                                    std::vector<std::int64_t>* quotient = nullptr) {
  const std::size_t degree = b.size() - 1;
  if (quotient != nullptr) quotient->assign(a.size() - degree, 0);
  for (std::size_t i = a.size(); i-- > degree;) {
    const std::int64_t factor = a[i];
    if (quotient != nullptr) (*quotient)[i - degree] = factor;
    if (factor == 0) continue;
    for (std::size_t j = 0; j <= degree; ++j) a[i - degree + j] -= factor * b[j];
  }
  a.resize(std::min(a.size(), degree));
  return a;
}

/// xⁿ − 1 divided by the cyclotomic polynomials of the proper divisors of n.
std::vector<std::int64_t> cyclotomic_polynomial(std::uint64_t n) {
  std::vector<std::int64_t> result(n + 1, 0);
  result[0] = -1;
  result[n] = 1;
  for (std::uint64_t d = 1; d < n; ++d) {
    if (n % d != 0) continue;
    std::vector<std::int64_t> quotient;
    remainder(std::move(result), cyclotomic_polynomial(d), &quotient);
    result = std::move(quotient);
  }
  return result;
}

/// The numbers below n that are coprime to n.
std::vector<std::size_t> units(std::size_t n) {
  std::vector<std::size_t> result;
  for (std::size_t t = 0; t < n; ++t) {
    if (std::gcd(t, n) == 1) result.push_back(t);
  }
  return result;
}

/// Units of which the others are products modulo n.
std::vector<std::size_t> generators_of_units(std::size_t n) {
  std::vector<std::size_t> generators;
  std::vector<std::size_t> reached{1 % n};
  std::vector<bool> is_reached(n, false);
  is_reached[reached[0]] = true;
  for (const std::size_t t : units(n)) {
    if (is_reached[t]) continue;
    generators.push_back(t);
    for (std::size_t i = 0; i < reached.size(); ++i) {
      const std::size_t next = reached[i] * t % n;
      if (!is_reached[next]) reached.push_back(next);
      is_reached[next] = true;
    }
  }
  return generators;
}

/// By exponent; those with multiplicity 0 too.
using Multiplicities = std::vector<std::uint64_t>;

/// [j] = (1/n) Σ_l χ(g^l) ζ^(−jl), from the values χ(g^l) and the powers of ζ. Cost: O(n²).
Multiplicities multiplicities(const PrimeField& field, const std::vector<std::uint64_t>& values,
                              const std::vector<std::uint64_t>& root_powers) {
  const std::size_t n = values.size();
  const std::uint64_t scale = field.inverse(n % field.prime());
  Multiplicities result(n);
  for (std::size_t j = 0; j < n; ++j) {
    std::uint64_t sum = 0;
    std::size_t at = 0;  // −jl modulo n
    for (std::size_t l = 0; l < n; ++l) {
      sum = field.accumulate(sum, values[l], root_powers[at]);
      at = at >= j ? at - j : at + n - j;
    }
    result[j] = field.multiply(field.reduce(sum), scale);
  }
  return result;
}

}  // namespace

CharacterTable::CharacterTable(const ListedGroup& group, const core::Limits& limits) {
  require_at_most(kMaxOrder, group.order(), "elements");
  class_of_ = group.class_of_elements();
  classes_ = group.conjugacy_classes();
  require_at_most(kMaxClasses, classes_.size(), "conjugacy classes");
  for (const auto& c : classes_) {
    std::vector<std::uint32_t> powers;
    std::uint32_t x = 0;
    do {
      powers.push_back(class_of_[x]);
      x = group.product(x, c.representative);
    } while (x != 0);
    powers_.push_back(std::move(powers));
  }
  std::uint64_t root = 0;  // of |G|, rounded up
  while (root * root < group.order()) ++root;
  const std::uint64_t exponent = exponent_of(classes_);
  const PrimeField field(prime_above(2 * root, exponent));
  lift(normalised_characters(group, field, limits), field.prime(), field.root_of_unity(exponent));
  sort_characters();
  prove(limits);
}

void CharacterTable::lift(const std::vector<std::vector<std::uint64_t>>& normalised, std::uint64_t prime,
                          std::uint64_t root) {
  const PrimeField field(prime);
  const std::size_t r = classes_.size();
  const std::uint64_t order = group_order();
  const std::uint64_t exponent = exponent_of(classes_);
  const auto root_powers = powers_of(field, root, exponent);
  eigenvalues_.resize(r * r);
  for (std::size_t i = 0; i < r; ++i) {
    std::vector<std::uint64_t> values = normalised[i];
    std::uint64_t norm = 0;  // Σ_g χ(g)χ(g⁻¹) / χ(1)², so that norm · χ(1)² = |G|
    for (std::size_t k = 0; k < r; ++k) {
      norm = field.add_product(norm, classes_[k].size, field.multiply(values[k], values[inverse_class(k)]));
    }
    std::uint64_t degree = 1;  // the squares of numbers up to √|G| < p/2 are different modulo p
    while (field.multiply(norm, degree * degree) != order % prime) {
      ++degree;
      if (degree * degree > order) fail("no degree fits");
    }
    degrees_.push_back(static_cast<std::uint32_t>(degree));
    for (std::uint64_t& value : values) value = field.multiply(value, degree);

    for (std::size_t k = 0; k < r; ++k) {
      if (!eigenvalues_[i * r + k].empty()) continue;
      const std::size_t n = powers_[k].size();
      std::vector<std::uint64_t> at_powers;
      std::vector<std::uint64_t> zeta_powers;
      for (std::size_t l = 0; l < n; ++l) {
        at_powers.push_back(values[powers_[k][l]]);
        zeta_powers.push_back(root_powers[exponent / n * l]);
      }
      const Multiplicities found = multiplicities(field, at_powers, zeta_powers);
      // If ρ(g) has the eigenvalue ζ^j, ρ(g^t) has ζ^(jt).
      for (const std::size_t t : units(n)) {
        auto& target = eigenvalues_[i * r + powers_[k][t]];
        if (!target.empty()) continue;
        std::map<std::uint32_t, std::uint32_t> by_exponent;
        for (std::size_t j = 0; j < n; ++j) {
          if (found[j] > degree) fail("a multiplicity is larger than the degree");
          if (found[j] > 0) by_exponent[static_cast<std::uint32_t>(j * t % n)] = static_cast<std::uint32_t>(found[j]);
        }
        for (const auto& [j, multiplicity] : by_exponent) target.push_back({j, multiplicity});
      }
    }
  }
}

void CharacterTable::sort_characters() {
  const std::size_t r = classes_.size();
  const auto row = [&](std::size_t i) {
    const auto begin = eigenvalues_.begin() + static_cast<std::ptrdiff_t>(i * r);
    return std::pair{degrees_[i], std::vector(begin, begin + static_cast<std::ptrdiff_t>(r))};
  };
  // The trivial character comes first: all its exponents are 0.
  std::map<std::pair<std::uint32_t, std::vector<std::vector<Eigenvalue>>>, std::size_t> sorted;
  for (std::size_t i = 0; i < r; ++i) sorted.emplace(row(i), 0);
  if (sorted.size() != r) fail("two characters are equal");
  std::size_t number = 0;
  for (auto& entry : sorted) entry.second = number++;

  degrees_.clear();
  eigenvalues_.clear();
  for (const auto& [key, i] : sorted) {
    degrees_.push_back(key.first);
    eigenvalues_.insert(eigenvalues_.end(), key.second.begin(), key.second.end());
    auto conjugate = key;
    for (std::size_t k = 0; k < r; ++k) conjugate.second[k] = key.second[inverse_class(k)];
    const auto found = sorted.find(conjugate);
    if (found == sorted.end()) fail("the conjugate of a character is missing");
    conjugates_.push_back(found->second);
  }
}

void CharacterTable::prove(const core::Limits& limits) {
  const std::size_t r = classes_.size();
  const std::uint64_t order = group_order();
  const std::uint64_t exponent = exponent_of(classes_);
  std::uint64_t squares = 0;
  for (const std::uint32_t degree : degrees_) squares += std::uint64_t{degree} * degree;
  if (squares != order) fail("the squares of the degrees do not add up to the order");

  // A row belongs to maps of the group, and is invariant under the automorphisms of the field of its values.
  for (std::size_t k = 0; k < r; ++k) {
    const std::size_t n = powers_[k].size();
    const auto generators = generators_of_units(n);
    for (std::size_t i = 0; i < r; ++i) {
      std::uint64_t sum = 0;
      for (const Eigenvalue& e : eigenvalues(i, k)) sum += e.multiplicity;
      if (sum != degrees_[i]) fail("the multiplicities do not add up to the degree");
      for (const std::size_t t : generators) {
        std::vector<Eigenvalue> image;
        for (const Eigenvalue& e : eigenvalues(i, k)) {
          image.push_back({static_cast<std::uint32_t>(e.exponent * t % n), e.multiplicity});
        }
        std::sort(image.begin(), image.end());
        if (image != eigenvalues(i, powers_[k][t])) fail("values of powers are not conjugate");
      }
    }
  }

  // From here on every sum is an integer of absolute value at most |G|², computed modulo a prime above |G|² + |G|.
  const PrimeField field(prime_above(order * order + order, exponent));
  const std::uint64_t q = field.prime();
  const auto root_powers = powers_of(field, field.root_of_unity(exponent), exponent);
  std::vector<std::vector<std::uint64_t>> values(r, std::vector<std::uint64_t>(r));
  for (std::size_t i = 0; i < r; ++i) {
    for (std::size_t k = 0; k < r; ++k) {
      const std::uint64_t step = exponent / powers_[k].size();
      for (const Eigenvalue& e : eigenvalues(i, k)) {
        values[i][k] = field.add_product(values[i][k], e.multiplicity, root_powers[e.exponent * step]);
      }
    }
  }
  for (std::size_t i = 0; i < r; ++i) {
    limits.poll();
    std::vector<std::uint64_t> weighted(r);
    for (std::size_t k = 0; k < r; ++k) weighted[k] = field.multiply(values[i][inverse_class(k)], classes_[k].size);
    for (std::size_t j = i; j < r; ++j) {
      std::uint64_t sum = 0;
      for (std::size_t k = 0; k < r; ++k) sum = field.accumulate(sum, weighted[k], values[j][k]);
      if (field.reduce(sum) != (i == j ? order : 0)) fail("two rows are not orthonormal");
    }
  }
  for (std::size_t i = 0; i < r; ++i) {
    std::uint64_t sum = 0;  // Σ_g χ(g²) = indicator · |G|
    for (std::size_t k = 0; k < r; ++k) sum = field.add_product(sum, classes_[k].size, values[i][power_class(k, 2)]);
    if (sum != 0 && sum != order && sum != q - order) fail("a Frobenius–Schur indicator is not 1, 0 or −1");
    indicators_.push_back(sum == 0 ? 0 : sum == order ? 1 : -1);
    if ((sum != 0) != (conjugates_[i] == i)) fail("a Frobenius–Schur indicator is not that of a real character");
  }
}

std::uint32_t CharacterTable::power_class(std::size_t its_class, std::uint64_t exponent) const {
  return powers_[its_class][exponent % powers_[its_class].size()];
}

exact::Polynomial<exact::Rational> CharacterTable::value(std::size_t character, std::size_t its_class) const {
  const std::size_t n = powers_[its_class].size();
  std::vector<std::int64_t> sum(n, 0);
  for (const Eigenvalue& e : eigenvalues(character, its_class)) sum[e.exponent] = e.multiplicity;
  std::vector<exact::Rational> coefficients;
  for (const std::int64_t c : remainder(std::move(sum), cyclotomic_polynomial(n))) coefficients.emplace_back(c);
  return exact::make_polynomial(exact::RationalArithmetic{}, std::move(coefficients));
}

std::uint32_t CharacterTable::fixed_dimension(std::size_t character, std::size_t its_class) const {
  const Eigenvalue& first = eigenvalues(character, its_class).front();
  return first.exponent == 0 ? first.multiplicity : 0;
}

std::vector<bool> CharacterTable::kernel(std::size_t character) const {
  std::vector<bool> result;
  for (std::size_t k = 0; k < classes_.size(); ++k) {
    result.push_back(fixed_dimension(character, k) == degree(character));
  }
  return result;
}

std::vector<std::vector<bool>> CharacterTable::minimal_normal_subgroups() const {
  const std::size_t r = classes_.size();
  std::vector<std::vector<bool>> kernels;
  for (std::size_t i = 0; i < r; ++i) kernels.push_back(kernel(i));
  // The least normal subgroup around an element; a minimal one is that around any element of prime order in it.
  std::map<std::vector<bool>, std::size_t> orders;
  for (std::size_t k = 1; k < r; ++k) {
    if (!is_prime(classes_[k].element_order)) continue;
    std::vector<bool> closure(r, true);
    for (const auto& kernel : kernels) {
      for (std::size_t l = 0; kernel[k] && l < r; ++l) closure[l] = closure[l] && kernel[l];
    }
    std::size_t order = 0;
    for (std::size_t l = 0; l < r; ++l) order += closure[l] ? classes_[l].size : 0;
    orders.emplace(std::move(closure), order);
  }
  std::vector<std::pair<std::size_t, std::vector<bool>>> by_order;
  for (const auto& [closure, order] : orders) by_order.emplace_back(order, closure);
  std::sort(by_order.begin(), by_order.end());
  std::vector<std::vector<bool>> minimal;
  for (auto& [order, closure] : by_order) {
    const auto inside = [&](const std::vector<bool>& smaller) {
      for (std::size_t l = 0; l < r; ++l) {
        if (smaller[l] && !closure[l]) return false;
      }
      return true;
    };
    if (std::none_of(minimal.begin(), minimal.end(), inside)) minimal.push_back(std::move(closure));
  }
  return minimal;
}

}  // namespace eigenmata::algebra
