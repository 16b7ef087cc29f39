// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/diagonal_scan.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "scan_kernels.hpp"

namespace eigenmata::simulation {
namespace {

template <class T>
using Complex = std::complex<T>;

// Steps between looks at the limits, in numbers.
constexpr std::size_t kPollNumbers = std::size_t{1} << 20;

void require(const char* what, std::size_t found, std::size_t wanted) {
  if (found != wanted)
    throw core::Error("scan: " + std::to_string(found) + " numbers in its " + what + " in the place of " +
                      std::to_string(wanted));
}

/// The number of steps.
std::size_t steps_of(std::size_t x, std::size_t channels) {
  if (channels == 0) throw core::Error("scan: no channels");
  if (x % channels != 0)
    throw core::Error("scan: " + std::to_string(x) + " numbers are no whole steps of " + std::to_string(channels) +
                      " channels");
  return x / channels;
}

void require_threads(std::size_t threads) {
  if (threads == 0) throw core::Error("scan: 0 threads; at least 1 has to run");
}

/// work(0) … work(count − 1), on that many threads; throws what one of them has thrown.
template <class Work>
void on_threads(std::size_t count, const Work& work) {
  std::vector<std::exception_ptr> failures(count);
  const auto guarded = [&](std::size_t i) {
    try {
      work(i);
    } catch (...) {
      failures[i] = std::current_exception();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < count; ++i) threads.emplace_back(guarded, i);
  guarded(0);
  for (auto& thread : threads) thread.join();
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

/// Numbers of thread i out of `threads`; whole cache lines, as far as there are any.
std::size_t share(std::size_t numbers, std::size_t size, std::size_t i, std::size_t threads) {
  const std::size_t line = std::max<std::size_t>(64 / size, 1);
  return i == threads ? numbers : std::min(numbers, numbers / line * i / threads * line);
}

template <class T>
T* parts(std::span<Complex<T>> z) {
  return reinterpret_cast<T*>(z.data());
}
template <class T>
const T* parts(std::span<const Complex<T>> z) {
  return reinterpret_cast<const T*>(z.data());
}

/// In pieces, with a look at the limits between them.
template <class T, class Run>
void in_pieces(ScanBlock<T> block, bool a_moves, const core::Limits& limits, const Run& run) {
  const std::size_t piece = std::max<std::size_t>(kPollNumbers / std::max<std::size_t>(block.numbers, 1), 1);
  for (std::size_t left = block.steps; left > 0; left -= block.steps) {
    limits.poll();
    block.steps = std::min(piece, left);
    run(block);
    block.x += block.steps * block.stride;
    if (a_moves) block.a += block.steps * block.stride;
  }
}

/// Threads share the numbers of a step, each walking through a part of every line of memory that all of them need. Few
/// channels are slower by two threads than by one; where that ends depends on the machine, so pieces are timed, by
/// turns with all threads and with one, and the rest goes the faster way.
template <class T, class Run>
void with_threads_that_pay(ScanBlock<T> block, bool a_moves, std::size_t threads, const core::Limits& limits,
                           const Run& run) {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t kTrials = 4;
  const std::size_t numbers = block.numbers;
  const auto run_by = [&](std::size_t count, const ScanBlock<T>& piece) {
    on_threads(count, [&](std::size_t i) {
      const std::size_t first = share(numbers, sizeof(T), i, count), last = share(numbers, sizeof(T), i + 1, count);
      if (first == last) return;
      ScanBlock<T> own = piece;
      own.numbers = last - first;
      own.a += first;
      own.x += first;
      own.state += first;
      in_pieces<T>(own, a_moves, limits, run);
    });
  };
  const std::size_t trial = std::max<std::size_t>(kPollNumbers / std::max<std::size_t>(numbers, 1), 1);
  double seconds[2] = {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::size_t left = block.steps;
  for (std::size_t i = 0; i < kTrials && threads > 1 && left > trial; ++i) {
    block.steps = trial;
    const auto begin = Clock::now();
    run_by(i % 2 == 0 ? 1 : threads, block);
    seconds[i % 2] = std::min(seconds[i % 2], std::chrono::duration<double>(Clock::now() - begin).count());
    block.x += trial * block.stride;
    if (a_moves) block.a += trial * block.stride;
    left -= trial;
  }
  block.steps = left;
  run_by(seconds[1] < seconds[0] ? threads : 1, block);
}

template <class T>
Complex<T> step(Complex<T> a, Complex<T> h, Complex<T> x) {
  return {std::fma(a.real(), h.real(), std::fma(-a.imag(), h.imag(), x.real())),
          std::fma(a.real(), h.imag(), std::fma(a.imag(), h.real(), x.imag()))};
}

std::size_t segment_length(std::size_t steps, std::size_t segments) {
  if (segments == 0) throw core::Error("scan: 0 segments; at least 1 is needed");
  return steps == 0 ? 1 : (steps - 1) / segments + 1;
}

}  // namespace

template <class T>
void scan_diagonal_by_reference(std::span<const Complex<T>> a, std::span<Complex<T>> x, std::span<Complex<T>> state) {
  const std::size_t channels = a.size();
  require("state", state.size(), channels);
  const std::size_t steps = steps_of(x.size(), channels);
  for (std::size_t t = 0; t < steps; ++t) {
    for (std::size_t c = 0; c < channels; ++c)
      state[c] = x[t * channels + c] = step(a[c], state[c], x[t * channels + c]);
  }
}

template <class T>
void scan_gated_by_reference(std::span<const T> a, std::span<T> x, std::span<T> state) {
  const std::size_t channels = state.size();
  const std::size_t steps = steps_of(x.size(), channels);
  require("gates", a.size(), x.size());
  for (std::size_t i = 0; i < steps * channels; ++i)
    state[i % channels] = x[i] = std::fma(a[i], state[i % channels], x[i]);
}

template <class T>
void scan_diagonal_in_segments_by_reference(std::span<const Complex<T>> a, std::span<Complex<T>> x,
                                            std::span<Complex<T>> state, std::size_t segments) {
  const std::size_t channels = a.size();
  require("state", state.size(), channels);
  const std::size_t steps = steps_of(x.size(), channels);
  const std::size_t length = segment_length(steps, segments);
  for (std::size_t first = 0; first < steps; first += length) {
    const auto own = x.subspan(first * channels, std::min(length, steps - first) * channels);
    if (first == 0) {
      scan_diagonal_by_reference<T>(a, own, state);
      continue;
    }
    std::vector<Complex<T>> zero(channels);
    scan_diagonal_by_reference<T>(a, own, zero);
    std::vector<Complex<T>> powers(a.begin(), a.end());
    for (std::size_t i = 0; i < own.size(); ++i) {
      const std::size_t c = i % channels;
      own[i] = step(powers[c], state[c], own[i]);
      powers[c] = step(a[c], powers[c], Complex<T>());
    }
    std::copy(own.end() - static_cast<std::ptrdiff_t>(channels), own.end(), state.begin());
  }
}

template <class T>
void scan_diagonal(std::span<const Complex<T>> a, std::span<Complex<T>> x, std::span<Complex<T>> state,
                   std::size_t threads, const core::Limits& limits) {
  require_threads(threads);
  const ScanKernels<T> kernels = scan_kernels<T>();
  if (!kernels.fuses) return scan_diagonal_by_reference<T>(a, x, state);
  require("state", state.size(), a.size());
  const std::size_t steps = steps_of(x.size(), a.size());
  const ScanBlock<T> all{steps, 2 * a.size(), 2 * a.size(), parts(a), parts(x), parts(state)};
  with_threads_that_pay(all, false, threads, limits, kernels.diagonal);
}

template <class T>
void scan_gated(std::span<const T> a, std::span<T> x, std::span<T> state, std::size_t threads,
                const core::Limits& limits) {
  require_threads(threads);
  const ScanKernels<T> kernels = scan_kernels<T>();
  if (!kernels.fuses) return scan_gated_by_reference<T>(a, x, state);
  const std::size_t steps = steps_of(x.size(), state.size());
  require("gates", a.size(), x.size());
  const ScanBlock<T> all{steps, state.size(), state.size(), a.data(), x.data(), state.data()};
  with_threads_that_pay(all, true, threads, limits, kernels.gated);
}

template <class T>
void scan_diagonal_in_segments(std::span<const Complex<T>> a, std::span<Complex<T>> x, std::span<Complex<T>> state,
                               std::size_t segments, std::size_t threads, const core::Limits& limits) {
  require_threads(threads);
  const ScanKernels<T> kernels = scan_kernels<T>();
  if (!kernels.fuses) return scan_diagonal_in_segments_by_reference<T>(a, x, state, segments);
  const std::size_t channels = a.size();
  require("state", state.size(), channels);
  const std::size_t steps = steps_of(x.size(), channels);
  const std::size_t length = segment_length(steps, segments);
  const std::size_t count = (steps + length - 1) / length;
  if (count == 0) return;
  // Each from 0 but the first; then the last powers, and what each segment takes over; then that added everywhere.
  std::vector<Complex<T>> carried(count * channels), powers(count * channels);
  std::copy(state.begin(), state.end(), carried.begin());
  const auto block = [&](std::size_t s, Complex<T>* h) {
    return ScanBlock<T>{std::min(length, steps - s * length), 2 * channels,           2 * channels, parts(a),
                        parts(x) + 2 * s * length * channels, reinterpret_cast<T*>(h)};
  };
  const auto each_segment = [&](const auto& work) {
    on_threads(std::min(threads, count), [&](std::size_t i) {
      for (std::size_t s = count * i / std::min(threads, count); s < count * (i + 1) / std::min(threads, count); ++s)
        work(s);
    });
  };
  std::vector<Complex<T>> ends(carried);  // of each segment, from 0
  each_segment(
      [&](std::size_t s) { in_pieces(block(s, ends.data() + s * channels), false, limits, kernels.diagonal); });
  // The power that belongs to the last step of a full segment, by the same steps as all others: a sequence of zeros.
  std::vector<Complex<T>> last(a.begin(), a.end());
  if (count > 2) {
    constexpr std::size_t kZeros = 64;
    std::vector<Complex<T>> zeros(kZeros * channels);
    for (std::size_t left = length - 1, some = 0; left > 0; left -= some) {
      limits.poll();
      some = std::min(left, kZeros);
      std::fill(zeros.begin(), zeros.end(), Complex<T>());
      kernels.diagonal({some, 2 * channels, 2 * channels, parts(a), parts(std::span(zeros)), parts(std::span(last))});
    }
  }
  for (std::size_t s = 1; s < count; ++s) {
    for (std::size_t c = 0; c < channels; ++c) {
      Complex<T>& h = carried[s * channels + c];
      h = ends[(s - 1) * channels + c];
      if (s > 1) h = step(last[c], carried[(s - 1) * channels + c], h);
    }
  }
  each_segment([&](std::size_t s) {
    if (s == 0) return;
    Complex<T>* power = powers.data() + s * channels;
    std::copy(a.begin(), a.end(), power);
    in_pieces(block(s, carried.data() + s * channels), false, limits,
              [&](const ScanBlock<T>& b) { kernels.carry(b, reinterpret_cast<T*>(power)); });
  });
  std::copy(x.end() - static_cast<std::ptrdiff_t>(channels), x.end(), state.begin());
}

#define EIGENMATA_SCANS(T)                                                                                             \
  template void scan_diagonal_by_reference(std::span<const Complex<T>>, std::span<Complex<T>>, std::span<Complex<T>>); \
  template void scan_gated_by_reference(std::span<const T>, std::span<T>, std::span<T>);                               \
  template void scan_diagonal_in_segments_by_reference(std::span<const Complex<T>>, std::span<Complex<T>>,             \
                                                       std::span<Complex<T>>, std::size_t);                            \
  template void scan_diagonal(std::span<const Complex<T>>, std::span<Complex<T>>, std::span<Complex<T>>, std::size_t,  \
                              const core::Limits&);                                                                    \
  template void scan_gated(std::span<const T>, std::span<T>, std::span<T>, std::size_t, const core::Limits&);          \
  template void scan_diagonal_in_segments(std::span<const Complex<T>>, std::span<Complex<T>>, std::span<Complex<T>>,   \
                                          std::size_t, std::size_t, const core::Limits&)
EIGENMATA_SCANS(float);
EIGENMATA_SCANS(double);
#undef EIGENMATA_SCANS

}  // namespace eigenmata::simulation
