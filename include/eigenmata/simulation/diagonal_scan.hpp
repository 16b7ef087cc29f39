// SPDX-License-Identifier: Apache-2.0
//
// Diagonal linear recurrences over long sequences, many channels side by side:
//
//   h_t = a ∘ h_{t−1} + x_t        a complex, one for all t: S4D, LRU [Gu2022, Orvieto2023]
//   h_t = a_t ∘ h_{t−1} + x_t      a_t real, one for each t: Mamba, gated units [GuDao2023]
//
// in place: x becomes h. A step is too little arithmetic for the memory it moves, so the best that can be done is to
// move it once, at the speed of a copy; channels stand in the lanes of vectors and steps follow each other.
//
// Sequences of few channels wait for one multiplication after the other. They can be cut into segments that run side by
// side, each from 0, and then take up what came before: h_t = y_t + a^{t−t₀+1} h_{t₀−1} for a segment that begins at t₀
// (the associative scan of pairs (a^m, y), ssm/scan.hpp, in two levels). That rounds differently, and so is a function
// of its own.
//
// Orders of rounding, each with a scalar reference that the fast path equals bit for bit (−0 and 0 being one number):
//
//   complex step   re ← fma(a_re, h_re, fma(−a_im, h_im, x_re)),   im ← fma(a_re, h_im, fma(a_im, h_re, x_im))
//   real step      h ← fma(a, h, x)
//   segments       ⌈L/S⌉ steps each, the last ones shorter; p_{t₀} = a, p_t = the complex step of p_{t−1} with x = 0;
//                  h_t = the complex step with p_t in the place of a, h_{t₀−1} as computed, x = y_t
//
// Kernels as convolutions, by FFT: ssm/fourier.hpp, ssm/transfer_function.hpp.
#pragma once

#include <complex>
#include <cstddef>
#include <span>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::simulation {

/// `a` and `state` have a number for each channel, `x` is [step][channel]; `state` is h before the first step and
/// becomes the h after the last. Threads share the channels out, which changes no number; with few channels two are
/// often slower than one, so after some steps each way the faster way is taken. For float and double. Throws
/// `core::Error` if sizes do not fit, or for 0 threads; `core::LimitReached` if stopped, x and state being unspecified
/// then.
template <class T>
void scan_diagonal(std::span<const std::complex<T>> a, std::span<std::complex<T>> x, std::span<std::complex<T>> state,
                   std::size_t threads, const core::Limits& limits);
/// The same with gates: `a` is [step][channel] like `x`.
template <class T>
void scan_gated(std::span<const T> a, std::span<T> x, std::span<T> state, std::size_t threads,
                const core::Limits& limits);
/// The first one in `segments` segments (at least 1), which the threads share out.
template <class T>
void scan_diagonal_in_segments(std::span<const std::complex<T>> a, std::span<std::complex<T>> x,
                               std::span<std::complex<T>> state, std::size_t segments, std::size_t threads,
                               const core::Limits& limits);

/// The definitions, one number after the other.
template <class T>
void scan_diagonal_by_reference(std::span<const std::complex<T>> a, std::span<std::complex<T>> x,
                                std::span<std::complex<T>> state);
template <class T>
void scan_gated_by_reference(std::span<const T> a, std::span<T> x, std::span<T> state);
template <class T>
void scan_diagonal_in_segments_by_reference(std::span<const std::complex<T>> a, std::span<std::complex<T>> x,
                                            std::span<std::complex<T>> state, std::size_t segments);

}  // namespace eigenmata::simulation
