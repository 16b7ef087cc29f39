// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/hippo_forms.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Rational;

template <class Entry, class Input>
LinearSystem<Rational> filled(std::size_t size, const Entry& entry, const Input& input) {
  require_state(size);
  LinearSystem<Rational> system{{size, size, Rational(0)}, {}};
  for (std::size_t n = 0; n < size; ++n) {
    for (std::size_t k = 0; k < size; ++k) system.a(n, k) = entry(n, k);
    system.b.push_back(input(n));
  }
  return system;
}

void require_window(const Rational& window) {
  if (window <= 0) throw core::Error("a window of " + exact::to_string(window) + "; it has to be positive");
}

Rational alternating(std::size_t n) { return n % 2 == 0 ? 1 : -1; }

}  // namespace

LinearSystem<Rational> legt_form(std::size_t size, const Rational& window) {
  require_window(window);
  const auto weight = [&](std::size_t n) { return Rational(2 * n + 1) / window; };
  return filled(
      size, [&](std::size_t n, std::size_t k) { return -weight(n) * (k < n ? Rational(1) : alternating(k - n)); },
      weight);
}

LinearSystem<Rational> lmu_form(std::size_t size, const Rational& window) {
  require_window(window);
  const auto weight = [&](std::size_t n) { return Rational(2 * n + 1) / window; };
  return filled(
      size, [&](std::size_t n, std::size_t k) { return weight(n) * (n < k ? Rational(-1) : alternating(n - k + 1)); },
      [&](std::size_t n) { return weight(n) * alternating(n); });
}

LinearSystem<Rational> legs_form(std::size_t size) {
  return filled(
      size,
      [](std::size_t n, std::size_t k) {
        return k < n ? -Rational(2 * n + 1) : k == n ? -Rational(n + 1) : Rational(0);
      },
      [](std::size_t n) { return Rational(2 * n + 1); });
}

LinearSystem<Rational> lagt_form(std::size_t size, const Rational& alpha, const Rational& beta) {
  return filled(
      size,
      [&](std::size_t n, std::size_t k) {
        return k < n ? Rational(-1) : k == n ? -(Rational(1) + beta) / Rational(2) : Rational(0);
      },
      [&](std::size_t n) {
        Rational product = 1;
        for (std::size_t i = 1; i <= n; ++i) product *= (Rational(i) + alpha) / Rational(i);
        return product;
      });
}

exact::Integer binomial(std::size_t n, std::size_t k) {
  if (k > n) return 0;
  exact::Integer result = 1;
  for (std::size_t i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

}  // namespace eigenmata::ssm
