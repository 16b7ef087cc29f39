// SPDX-License-Identifier: Apache-2.0
//
// Integers modulo a prime below 2³¹, so that sums of two products fit into 64 bits.
#pragma once

#include <cassert>
#include <cstdint>

namespace eigenmata::algebra {

/// Trial division: O(√n).
[[nodiscard]] inline bool is_prime(std::uint64_t n) {
  for (std::uint64_t d = 2; d * d <= n; ++d) {
    if (n % d == 0) return false;
  }
  return n > 1;
}

/// The least prime p > bound with p ≡ 1 modulo `modulus` ≥ 1. There are infinitely many.
[[nodiscard]] inline std::uint64_t prime_above(std::uint64_t bound, std::uint64_t modulus) {
  std::uint64_t p = bound / modulus * modulus + 1;
  while (p <= bound || !is_prime(p)) p += modulus;
  return p;
}

class PrimeField {
 public:
  explicit PrimeField(std::uint64_t p) : p_(p) { assert(p < (std::uint64_t{1} << 31) && is_prime(p)); }

  [[nodiscard]] std::uint64_t prime() const { return p_; }
  [[nodiscard]] std::uint64_t subtract(std::uint64_t a, std::uint64_t b) const { return a >= b ? a - b : a + p_ - b; }
  [[nodiscard]] std::uint64_t multiply(std::uint64_t a, std::uint64_t b) const { return a * b % p_; }
  /// sum + b·c modulo p², for long sums: no division. Needs sum < p² and b, c < p; `reduce` makes a residue of the
  /// result.
  [[nodiscard]] std::uint64_t accumulate(std::uint64_t sum, std::uint64_t b, std::uint64_t c) const {
    sum += b * c;
    return sum >= p_ * p_ ? sum - p_ * p_ : sum;
  }
  [[nodiscard]] std::uint64_t reduce(std::uint64_t a) const { return a % p_; }
  /// a + b·c.
  [[nodiscard]] std::uint64_t add_product(std::uint64_t a, std::uint64_t b, std::uint64_t c) const {
    return (a + b * c) % p_;
  }
  [[nodiscard]] std::uint64_t power(std::uint64_t a, std::uint64_t exponent) const {
    std::uint64_t result = 1;
    for (; exponent > 0; exponent >>= 1, a = multiply(a, a)) {
      if (exponent & 1u) result = multiply(result, a);
    }
    return result;
  }
  /// Needs a ≠ 0.
  [[nodiscard]] std::uint64_t inverse(std::uint64_t a) const { return power(a, p_ - 2); }

  /// An element of order n. Needs n | p − 1.
  [[nodiscard]] std::uint64_t root_of_unity(std::uint64_t n) const {
    assert((p_ - 1) % n == 0);
    for (std::uint64_t base = 1;; ++base) {
      const std::uint64_t root = power(base, (p_ - 1) / n);
      if (has_order(root, n)) return root;
    }
  }

 private:
  /// Needs rootⁿ = 1.
  [[nodiscard]] bool has_order(std::uint64_t root, std::uint64_t n) const {
    for (std::uint64_t d = 2; d <= n; ++d) {
      if (n % d == 0 && is_prime(d) && power(root, n / d) == 1) return false;
    }
    return true;
  }

  std::uint64_t p_;
};

}  // namespace eigenmata::algebra
