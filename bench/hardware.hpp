// SPDX-License-Identifier: Apache-2.0
//
// What the machine can do, and what a loop over Eigen's vectors does with it: both compiled for this machine alone, and
// so in a file of their own.
#pragma once

#include <complex>
#include <cstddef>
#include <cstdint>

namespace eigenmata::bench {

/// Floating-point operations of one call: `rounds` times a chain of fused multiply-adds in every register.
[[nodiscard]] double fused_operations(std::size_t rounds);
/// Runs them. Returns something, so that they are not left out.
float run_fused_operations(std::size_t rounds);

/// h ← h − u (vᵀh), k factors a letter, over all letters of a word; tables [letter][factor][coordinate]. Returns a
/// coordinate.
float rank_one_by_eigen(const float* u, const float* v, std::size_t n, std::size_t k, const std::uint8_t* letters,
                        std::size_t length, float* h);

/// H ← H + k (β (x − Hᵀk))ᵀ, row after row; the state either way round.
void delta_rule_by_eigen(const float* keys, const float* betas, const float* values, std::size_t n, std::size_t d,
                         std::size_t rows, float* state, bool columns_together);

/// The C library's own copy.
void copy_memory(const void* from, void* to, std::size_t bytes);

/// h ← a ∘ h + x, in place, as one writes it, for this machine.
void scan_plainly(const std::complex<float>* a, std::complex<float>* x, std::size_t steps, std::size_t channels,
                  std::complex<float>* h);

}  // namespace eigenmata::bench
