/* SPDX-License-Identifier: Apache-2.0 */
#include "qqbar_shim.h"

#include <calcium/qqbar.h>
#include <stdlib.h>

struct eigenmata_qqbar {
  qqbar_t value;
};

eigenmata_qqbar* eigenmata_qqbar_new(void) {
  eigenmata_qqbar* x = flint_malloc(sizeof(eigenmata_qqbar));
  qqbar_init(x->value);
  return x;
}

void eigenmata_qqbar_free(eigenmata_qqbar* x) {
  qqbar_clear(x->value);
  flint_free(x);
}

void eigenmata_qqbar_set(eigenmata_qqbar* result, const eigenmata_qqbar* x) { qqbar_set(result->value, x->value); }

void eigenmata_qqbar_set_fmpq(eigenmata_qqbar* result, const fmpq_t x) { qqbar_set_fmpq(result->value, x); }

void eigenmata_qqbar_roots(eigenmata_qqbar** results, long count, const fmpz_poly_t poly) {
  qqbar_ptr roots = _qqbar_vec_init(count);
  qqbar_roots_fmpz_poly(roots, poly, 0);
  for (long i = 0; i < count; ++i) qqbar_swap(results[i]->value, roots + i);
  _qqbar_vec_clear(roots, count);
}

void eigenmata_qqbar_root_of_unity(eigenmata_qqbar* result, long p, unsigned long q) {
  qqbar_root_of_unity(result->value, p, q);
}

void eigenmata_qqbar_sqrt(eigenmata_qqbar* result, const eigenmata_qqbar* x) { qqbar_sqrt(result->value, x->value); }

void eigenmata_qqbar_add(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y) {
  qqbar_add(result->value, x->value, y->value);
}

void eigenmata_qqbar_sub(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y) {
  qqbar_sub(result->value, x->value, y->value);
}

void eigenmata_qqbar_mul(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y) {
  qqbar_mul(result->value, x->value, y->value);
}

void eigenmata_qqbar_div(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y) {
  qqbar_div(result->value, x->value, y->value);
}

void eigenmata_qqbar_conj(eigenmata_qqbar* result, const eigenmata_qqbar* x) { qqbar_conj(result->value, x->value); }

void eigenmata_qqbar_re(eigenmata_qqbar* result, const eigenmata_qqbar* x) { qqbar_re(result->value, x->value); }

void eigenmata_qqbar_im(eigenmata_qqbar* result, const eigenmata_qqbar* x) { qqbar_im(result->value, x->value); }

void eigenmata_qqbar_abs(eigenmata_qqbar* result, const eigenmata_qqbar* x) { qqbar_abs(result->value, x->value); }

int eigenmata_qqbar_equal(const eigenmata_qqbar* x, const eigenmata_qqbar* y) {
  return qqbar_equal(x->value, y->value);
}

unsigned long eigenmata_qqbar_hash(const eigenmata_qqbar* x) { return qqbar_hash(x->value); }

int eigenmata_qqbar_is_real(const eigenmata_qqbar* x) { return qqbar_is_real(x->value); }

int eigenmata_qqbar_is_rational(const eigenmata_qqbar* x) { return qqbar_is_rational(x->value); }

int eigenmata_qqbar_sgn_re(const eigenmata_qqbar* x) { return qqbar_sgn_re(x->value); }

int eigenmata_qqbar_sgn_im(const eigenmata_qqbar* x) { return qqbar_sgn_im(x->value); }

int eigenmata_qqbar_cmp_root_order(const eigenmata_qqbar* x, const eigenmata_qqbar* y) {
  return qqbar_cmp_root_order(x->value, y->value);
}

void eigenmata_qqbar_get_fmpq(fmpq_t result, const eigenmata_qqbar* x) { qqbar_get_fmpq(result, x->value); }

int eigenmata_qqbar_is_root_of_unity(long* p, unsigned long* q, const eigenmata_qqbar* x) {
  return qqbar_is_root_of_unity(p, q, x->value);
}

void eigenmata_qqbar_minimal_polynomial(fmpz_poly_t result, const eigenmata_qqbar* x) {
  fmpz_poly_set(result, QQBAR_POLY(x->value));
}

void eigenmata_qqbar_enclosure(acb_t result, const eigenmata_qqbar* x, long bits) {
  qqbar_get_acb(result, x->value, bits);
}
