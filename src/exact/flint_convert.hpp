// SPDX-License-Identifier: Apache-2.0
//
// Between Boost's GMP numbers and FLINT's types.
#pragma once

#include <flint/fmpq.h>
#include <flint/fmpq_poly.h>
#include <flint/fmpz.h>
#include <flint/fmpz_poly.h>

#include <vector>

#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact::flint {

/// Owners of FLINT objects.
struct Fmpz {
  fmpz_t value;
  Fmpz() { fmpz_init(value); }
  ~Fmpz() { fmpz_clear(value); }
  Fmpz(const Fmpz&) = delete;
  Fmpz& operator=(const Fmpz&) = delete;
};

struct Fmpq {
  fmpq_t value;
  Fmpq() { fmpq_init(value); }
  explicit Fmpq(const Rational& q) {
    fmpq_init(value);
    fmpq_set_mpq(value, q.backend().data());
  }
  ~Fmpq() { fmpq_clear(value); }
  Fmpq(const Fmpq&) = delete;
  Fmpq& operator=(const Fmpq&) = delete;
};

struct FmpqPoly {
  fmpq_poly_t value;
  FmpqPoly() { fmpq_poly_init(value); }
  ~FmpqPoly() { fmpq_poly_clear(value); }
  FmpqPoly(const FmpqPoly&) = delete;
  FmpqPoly& operator=(const FmpqPoly&) = delete;
};

struct FmpzPoly {
  fmpz_poly_t value;
  FmpzPoly() { fmpz_poly_init(value); }
  ~FmpzPoly() { fmpz_poly_clear(value); }
  FmpzPoly(const FmpzPoly&) = delete;
  FmpzPoly& operator=(const FmpzPoly&) = delete;
};

inline Rational to_rational(const fmpq_t q) {
  Rational result;
  fmpq_get_mpq(result.backend().data(), q);
  return result;
}

inline Integer to_integer(const fmpz_t z) {
  Integer result;
  fmpz_get_mpz(result.backend().data(), z);
  return result;
}

inline void set_coefficients(fmpq_poly_t poly, const std::vector<Rational>& coefficients) {
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    const Fmpq q(coefficients[i]);
    fmpq_poly_set_coeff_fmpq(poly, static_cast<slong>(i), q.value);
  }
}

inline std::vector<Rational> coefficients(const fmpq_poly_t poly) {
  std::vector<Rational> result;
  Fmpq q;
  for (slong i = 0; i < fmpq_poly_length(poly); ++i) {
    fmpq_poly_get_coeff_fmpq(q.value, poly, i);
    result.push_back(to_rational(q.value));
  }
  return result;
}

}  // namespace eigenmata::exact::flint
