// SPDX-License-Identifier: Apache-2.0
//
// Diagonal recurrences over 2^20 steps beside a copy of the same memory. (Their kernels by FFT: kernel_bench.cpp.)
#include <cstdio>
#include <string>
#include <vector>

#include "eigenmata/simulation/diagonal_scan.hpp"
#include "figures.hpp"
#include "hardware.hpp"

namespace eigenmata::bench {
namespace {

using Complex = std::complex<float>;

constexpr std::size_t kSteps = std::size_t{1} << 20;
constexpr std::size_t kChannels = 32;

std::vector<Complex> coefficients(std::size_t channels) {
  std::vector<Complex> a(channels);
  for (std::size_t c = 0; c < channels; ++c) a[c] = std::polar(0.99f, 0.1f * static_cast<float>(c + 1));
  return a;
}

/// What is timed is a second passage: the first one makes the memory.
template <class Run>
void measure(::benchmark::State& state, double bytes, const Run& run) {
  run();
  count_least_seconds(state, run);
  state.counters["bytes"] = bytes;
}

constexpr double kBytes = 2.0 * sizeof(Complex) * kSteps * kChannels;  // read and written

void diagonal(::benchmark::State& state, std::size_t channels, std::size_t segments, std::size_t threads) {
  const auto a = coefficients(channels);
  std::vector<Complex> x(kSteps * channels, 0.01f), h(channels);
  measure(state, 2.0 * sizeof(Complex) * static_cast<double>(x.size()), [&] {
    segments == 1 ? simulation::scan_diagonal<float>(a, x, h, threads, {})
                  : simulation::scan_diagonal_in_segments<float>(a, x, h, segments, threads, {});
  });
}

}  // namespace

void register_scans() {
  register_run("scan/copy", [](::benchmark::State& s) {
    std::vector<Complex> from(kSteps * kChannels, 1.0f), to(from.size());
    measure(s, kBytes, [&] { copy_memory(from.data(), to.data(), from.size() * sizeof(Complex)); });
  });
  register_run("scan/complex", [](::benchmark::State& s) { diagonal(s, kChannels, 1, 1); });
  register_run("scan/plain", [](::benchmark::State& s) {
    const auto a = coefficients(kChannels);
    std::vector<Complex> x(kSteps * kChannels, 0.01f), h(kChannels);
    measure(s, kBytes, [&] { scan_plainly(a.data(), x.data(), kSteps, kChannels, h.data()); });
  });
  register_run("scan/gated", [](::benchmark::State& s) {
    std::vector<float> a(kSteps * kChannels, 0.99f), x(a.size(), 0.01f), h(kChannels);
    measure(s, 3.0 * sizeof(float) * kSteps * kChannels, [&] { simulation::scan_gated<float>(a, x, h, 1, {}); });
  });
  register_run("scan/channels/2/sequence", [](::benchmark::State& s) { diagonal(s, 2, 1, 1); });
  register_run("scan/channels/2/segments", [](::benchmark::State& s) { diagonal(s, 2, 2, 2); });
  register_run("scan/threads/2", [](::benchmark::State& s) { diagonal(s, kChannels, 1, 2); });
}

void print_scans(const Figures& figures) {
  const auto traffic = [&](const std::string& name) {
    const auto at = figures.find("scan/" + name);
    return at == figures.end() ? 0.0 : at->second.counters.at("bytes") / at->second.counters.at("seconds") / 1e9;
  };
  if (!(traffic("copy") > 0)) return;
  const auto milliseconds = [&](const std::string& name) {
    const auto at = figures.find("scan/" + name);
    return at == figures.end() ? 0.0 : at->second.seconds * 1e3;
  };
  const double copy = traffic("copy");
  std::printf("\nScans of 2^20 steps, f32, %zu channels, in place, one core; GB/s read and written, share of a copy\n",
              kChannels);
  std::printf("  %-28s %8.1f\n", "copy", copy);
  for (const auto& [name, what] :
       {std::pair{"complex", "complex diagonal"}, {"plain", "the same, a plain loop"}, {"gated", "gated, real"}})
    std::printf("  %-28s %8.1f %6.2f\n", what, traffic(name), traffic(name) / copy);
  std::printf("  complex diagonal: 0.85 times a copy %s\n",
              traffic("complex") >= 0.85 * copy ? "reached" : "goal missed");
  std::printf("  two threads, by the clock: %.1f ms, one %.1f\n", milliseconds("threads/2"), milliseconds("complex"));
  std::printf("  2 channels: in sequence %.1f ms, in two segments on two threads %.1f\n",
              milliseconds("channels/2/sequence"), milliseconds("channels/2/segments"));
}

}  // namespace eigenmata::bench
