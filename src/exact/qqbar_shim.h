/* SPDX-License-Identifier: Apache-2.0
 *
 * Calcium's headers convert void* without a cast and so are C only. This is the door to them: plain functions on opaque
 * handles. Everything that crosses it is a FLINT or Arb type, whose headers C++ can read.
 */
#ifndef EIGENMATA_EXACT_QQBAR_SHIM_H
#define EIGENMATA_EXACT_QQBAR_SHIM_H

#include <acb.h>
#include <flint/fmpq.h>
#include <flint/fmpz_poly.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct eigenmata_qqbar eigenmata_qqbar;

eigenmata_qqbar* eigenmata_qqbar_new(void);
void eigenmata_qqbar_free(eigenmata_qqbar* x);
void eigenmata_qqbar_set(eigenmata_qqbar* result, const eigenmata_qqbar* x);
void eigenmata_qqbar_set_fmpq(eigenmata_qqbar* result, const fmpq_t x);

/* All roots of a polynomial other than zero, with multiplicity, into `count` = degree fresh handles. */
void eigenmata_qqbar_roots(eigenmata_qqbar** results, long count, const fmpz_poly_t poly);
void eigenmata_qqbar_root_of_unity(eigenmata_qqbar* result, long p, unsigned long q);
void eigenmata_qqbar_sqrt(eigenmata_qqbar* result, const eigenmata_qqbar* x);

void eigenmata_qqbar_add(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y);
void eigenmata_qqbar_sub(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y);
void eigenmata_qqbar_mul(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y);
/* Needs y != 0. */
void eigenmata_qqbar_div(eigenmata_qqbar* result, const eigenmata_qqbar* x, const eigenmata_qqbar* y);
void eigenmata_qqbar_conj(eigenmata_qqbar* result, const eigenmata_qqbar* x);
void eigenmata_qqbar_re(eigenmata_qqbar* result, const eigenmata_qqbar* x);
void eigenmata_qqbar_im(eigenmata_qqbar* result, const eigenmata_qqbar* x);
void eigenmata_qqbar_abs(eigenmata_qqbar* result, const eigenmata_qqbar* x);

int eigenmata_qqbar_equal(const eigenmata_qqbar* x, const eigenmata_qqbar* y);
unsigned long eigenmata_qqbar_hash(const eigenmata_qqbar* x);
int eigenmata_qqbar_is_real(const eigenmata_qqbar* x);
int eigenmata_qqbar_is_rational(const eigenmata_qqbar* x);
int eigenmata_qqbar_sgn_re(const eigenmata_qqbar* x);
int eigenmata_qqbar_sgn_im(const eigenmata_qqbar* x);
int eigenmata_qqbar_cmp_root_order(const eigenmata_qqbar* x, const eigenmata_qqbar* y);
/* Needs a rational x. */
void eigenmata_qqbar_get_fmpq(fmpq_t result, const eigenmata_qqbar* x);
/* x = exp(2 pi i p / q) with 0 <= p < q coprime; returns 0 if x is no root of unity. */
int eigenmata_qqbar_is_root_of_unity(long* p, unsigned long* q, const eigenmata_qqbar* x);
void eigenmata_qqbar_minimal_polynomial(fmpz_poly_t result, const eigenmata_qqbar* x);
void eigenmata_qqbar_enclosure(acb_t result, const eigenmata_qqbar* x, long bits);

#ifdef __cplusplus
}
#endif

#endif
