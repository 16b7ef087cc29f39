// SPDX-License-Identifier: Apache-2.0
#include "coordinate_program.hpp"

#include <algorithm>
#include <bit>

#include "tame_steps.hpp"

namespace eigenmata::simulation {
namespace {

using precision::RoundingPlan;

constexpr std::size_t kMostNumbers = std::size_t{1} << 28;

/// The most factors of a letter; nothing if some letter is no product, or none has factors. Letters with fewer get
/// factors of zeros: they take 0 · 0 away.
std::optional<std::size_t> most_factors(const lrnn::Layer<double>& layer) {
  std::size_t most = 0;
  for (const auto& map : layer.maps) {
    const bool is_product = std::holds_alternative<lrnn::HouseholderProduct<double>>(map.a) ||
                            std::holds_alternative<lrnn::RankOneProduct<double>>(map.a);
    if (!is_product) return std::nullopt;
    most = std::max(most, lrnn::factor_count(map.a));
  }
  return most == 0 ? std::nullopt : std::optional(most);
}

/// As the kernels want them.
template <class T>
std::size_t vectors_for(std::size_t n, bool in_pairs) {
  const std::size_t needed = std::max<std::size_t>((n + kCoordinateLanes<T> - 1) / kCoordinateLanes<T>, 1);
  if (in_pairs) return std::bit_ceil(needed);
  for (const std::size_t size : kCoordinateSizes) {
    if (size >= needed) return size;
  }
  return (needed + 3) / 4 * 4;
}

template <class T>
void set(const CoordinateProgram<T>& program, T* to, const lrnn::SparseVector<double>& vector) {
  for (const auto& entry : vector.entries()) to[program.place(entry.index)] = static_cast<T>(entry.value);
}

template <class T>
void add_letter(const precision::FloatArithmetic& k, const lrnn::AffineMap<double>& map, CoordinateProgram<T>& program,
                T* row) {
  const std::size_t n = program.padded_dimension();
  if (program.adds_b) set(program, row + program.b_at(), map.b);
  T* scales = row + program.scales_at();
  const auto add = [&](const auto& u, const auto& v, T scale) {
    set(program, row, v);
    set(program, row + n, u);
    *scales++ = scale;
    program.is_scaled = program.is_scaled || scale != 1;
    row += 2 * n;
  };
  if (const auto* product = std::get_if<lrnn::HouseholderProduct<double>>(&map.a)) {
    for (const auto& f : product->factors) add(f.v, f.v, static_cast<T>(lrnn::factor_scale(k, f)));
  } else {
    for (const auto& f : std::get<lrnn::RankOneProduct<double>>(map.a).factors) add(f.u, f.v, T(1));
  }
}

}  // namespace

template <class T>
std::size_t CoordinateProgram<T>::place(std::size_t i) const {
  if (!in_pairs) return i;
  std::size_t lane = 0;
  for (std::size_t q = i / vectors, bit = kCoordinateLanes<T> / 2; bit > 0; q /= 2, bit /= 2) lane += q % 2 * bit;
  return i % vectors * kCoordinateLanes<T> + lane;
}

template <class T>
std::optional<CoordinateProgram<T>> coordinate_program(const precision::FloatArithmetic& arithmetic,
                                                       const lrnn::Network<double>& network) {
  const RoundingPlan& plan = arithmetic.plan();
  const LaneMath math = lanes_for(plan).math;
  const bool in_pairs = plan.order == RoundingPlan::Order::kPairwise;
  const bool blocked = plan.order == RoundingPlan::Order::kBlocked && plan.lanes == kCoordinateLanes<T>;
  if (!in_pairs && !blocked) return std::nullopt;
  if (math != LaneMath::kNative && math != (in_pairs ? LaneMath::kNativeFusedUpdates : LaneMath::kNativeFused))
    return std::nullopt;
  if (plan.operations != plan.state || network.layers.size() != 1) return std::nullopt;
  const auto& layer = network.layers[0];
  const auto* affine = std::get_if<lrnn::AffineDecoder<double>>(&layer.decoder);
  const auto factors = most_factors(layer);
  if (affine == nullptr || !factors) return std::nullopt;
  const TameSteps tame = tame_steps(plan, layer);
  if (tame.steps == 0) return std::nullopt;

  CoordinateProgram<T> program;
  program.dimension = layer.dimension;
  program.in_pairs = in_pairs;
  program.vectors = vectors_for<T>(layer.dimension, in_pairs);
  if (in_pairs && program.vectors > kCoordinateSizes.back()) return std::nullopt;
  program.factors = *factors;
  program.is_fused = math != LaneMath::kNative;
  program.tame_steps = tame.steps;
  program.tame = static_cast<T>(tame.bound);
  for (const auto& map : layer.maps) {
    for (const auto& entry : map.b.entries()) program.adds_b = program.adds_b || entry.value != 0;
  }
  // Whole lines of the nearest cache, and an odd number of them: rows of a power of two would share their places.
  constexpr std::size_t kLine = 64 / sizeof(T);
  const std::size_t size = program.b_at() + (program.adds_b ? program.padded_dimension() : 0);
  const std::size_t stride = ((size + kLine - 1) / kLine | 1) * kLine;
  if (stride > kMostNumbers / layer.maps.size()) return std::nullopt;
  program.letters = {layer.maps.size(), stride};
  for (std::size_t x = 0; x < layer.maps.size(); ++x)
    add_letter(arithmetic, layer.maps[x], program, program.letters.row(x));
  program.readouts = {affine->readouts.size(), program.padded_dimension() + kCoordinateLanes<T>};
  for (std::size_t r = 0; r < affine->readouts.size(); ++r) {
    const auto& readout = affine->readouts[r];
    set(program, program.readouts.row(r), readout.weights);
    program.readouts.row(r)[program.padded_dimension()] = static_cast<T>(readout.constant);
    typename CoordinateProgram<T>::Outputs outputs;
    for (const double threshold : readout.thresholds) outputs.thresholds.push_back(static_cast<T>(threshold));
    for (const core::Symbol symbol : readout.outputs)
      outputs.answers.push_back(network.accept[core::index(symbol)] ? Answer::kAccept : Answer::kReject);
    program.outputs.push_back(std::move(outputs));
  }
  program.start.resize(program.padded_dimension(), T(0));
  set(program, program.start.data(), layer.start);
  return program;
}

template struct CoordinateProgram<float>;
template struct CoordinateProgram<double>;
template std::optional<CoordinateProgram<float>> coordinate_program(const precision::FloatArithmetic&,
                                                                    const lrnn::Network<double>&);
template std::optional<CoordinateProgram<double>> coordinate_program(const precision::FloatArithmetic&,
                                                                     const lrnn::Network<double>&);

}  // namespace eigenmata::simulation
