// SPDX-License-Identifier: Apache-2.0
#include "lane_program.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "lane_numbers.hpp"
#include "tame_steps.hpp"

namespace eigenmata::simulation {
namespace {

using precision::FloatFormat;
using precision::RoundingPlan;

std::int32_t f32_bits(double a) { return std::bit_cast<std::int32_t>(static_cast<float>(a)); }

/// Every number of the format is one of f32.
bool is_part_of_f32(const FloatFormat& format) {
  return format.precision() <= 24 && format.lowest_exponent() - format.fraction_bits >= -149 &&
         format.highest_exponent() <= 127;
}

template <class T>
class Builder {
 public:
  using Layer = lrnn::Layer<double>;
  using Index = typename LaneLayer<T>::Index;

  Builder(const precision::FloatArithmetic& k, std::size_t permutes) : k_(k), permutes_(permutes) {}

  LaneLayer<T> build(const Layer& layer, const std::vector<bool>* accept) {
    LaneLayer<T> result;
    symbols_ = layer.maps.size();
    result.dimension = dimension_ = layer.dimension;
    result.symbols = symbols_;
    using Lookup = typename LaneLayer<T>::Lookup;
    result.lookup = symbols_ == 1 ? Lookup::kSame : symbols_ <= permutes_ ? Lookup::kPermute : Lookup::kGather;
    stride_ = result.lookup == Lookup::kPermute ? permutes_ : symbols_;
    add_maps(layer, result);
    if (const auto* affine = std::get_if<lrnn::AffineDecoder<double>>(&layer.decoder)) {
      add_readouts(*affine, accept, result);
    } else {
      add_table(std::get<lrnn::TableDecoder<double>>(layer.decoder), accept, result);
    }
    return result;
  }

 private:
  [[nodiscard]] LaneTable<T> rows(std::size_t count) const { return {count, stride_}; }

  void set(LaneTable<T>& table, const lrnn::SparseVector<double>& vector, std::size_t symbol) {
    for (const auto& entry : vector.entries()) table.row(entry.index)[symbol] = static_cast<T>(entry.value);
  }

  void add_maps(const Layer& layer, LaneLayer<T>& result) {
    std::size_t products = 0, diagonals = 0, denses = 0;
    result.b = rows(dimension_);
    for (std::size_t x = 0; x < symbols_; ++x) {
      const auto& map = layer.maps[x];
      set(result.b, map.b, x);
      if (const auto* diagonal = std::get_if<lrnn::Diagonal<double>>(&map.a)) {
        if (diagonals++ == 0) result.diagonal = rows(dimension_);
        for (std::size_t i = 0; i < dimension_; ++i) result.diagonal.row(i)[x] = static_cast<T>(diagonal->entries[i]);
      } else if (const auto* dense = std::get_if<lrnn::Dense<double>>(&map.a)) {
        if (denses++ == 0) result.dense = rows(dimension_ * dimension_);
        for (std::size_t i = 0; i < dimension_ * dimension_; ++i)
          result.dense.row(i)[x] = static_cast<T>(dense->matrix.entries()[i]);
      } else {
        ++products;
        for (const auto& entry : map.b.entries()) result.adds_b = result.adds_b || entry.value != 0;
      }
    }
    add_factors(layer, result);
    if (products == symbols_) add_letters(result);
    const auto mark = [&](std::size_t count, LaneTable<T>& table, const auto& is_one) {
      if (count == 0 || count == symbols_) return;
      table = rows(1);
      for (std::size_t x = 0; x < symbols_; ++x) table.row(0)[x] = is_one(layer.maps[x].a) ? T(1) : T(0);
    };
    const auto is_diagonal = [](const auto& a) { return std::holds_alternative<lrnn::Diagonal<double>>(a); };
    const auto is_dense = [](const auto& a) { return std::holds_alternative<lrnn::Dense<double>>(a); };
    mark(diagonals, result.is_diagonal, is_diagonal);
    mark(denses, result.is_dense, is_dense);
    mark(products, result.is_product, [&](const auto& a) { return !is_diagonal(a) && !is_dense(a); });
  }

  void add_factors(const Layer& layer, LaneLayer<T>& result) {
    const std::size_t most = lrnn::factors_per_token(layer);
    for (std::size_t f = 0; f < most; ++f) {
      typename LaneLayer<T>::Factor factor;
      factor.v = rows(dimension_);
      factor.takes_part = rows(1);
      bool all = true;
      bool all_householder = true;
      bool any_householder = false;
      for (std::size_t x = 0; x < symbols_; ++x) {
        const auto& a = layer.maps[x].a;
        const bool there = lrnn::factor_count(a) > f;
        const bool householder = std::holds_alternative<lrnn::HouseholderProduct<double>>(a);
        factor.takes_part.row(0)[x] = there ? T(1) : T(0);
        all = all && there;
        if (!there) continue;
        all_householder = all_householder && householder;
        any_householder = any_householder || householder;
      }
      if (all) factor.takes_part = {};
      if (!all_householder) factor.u = rows(dimension_);
      if (any_householder) {
        factor.scale = rows(1);
        for (std::size_t x = 0; x < symbols_; ++x) factor.scale.row(0)[x] = 1;
      }
      for (std::size_t x = 0; x < symbols_; ++x) {
        const auto& a = layer.maps[x].a;
        if (lrnn::factor_count(a) <= f) continue;
        if (const auto* product = std::get_if<lrnn::HouseholderProduct<double>>(&a)) {
          set(factor.v, product->factors[f].v, x);
          if (factor.u) set(factor.u, product->factors[f].v, x);
          factor.scale.row(0)[x] = static_cast<T>(lrnn::factor_scale(k_, product->factors[f]));
        } else {
          const auto& ranks = std::get<lrnn::RankOneProduct<double>>(a);
          set(factor.v, ranks.factors[f].v, x);
          set(factor.u, ranks.factors[f].u, x);
        }
      }
      result.factors.push_back(std::move(factor));
    }
  }

  void add_letters(LaneLayer<T>& layer) const {
    if (sizeof(T) != 4 || permutes_ != kTurnedLanes || layer.lookup != LaneLayer<T>::Lookup::kGather) return;
    if (k_.plan().order != RoundingPlan::Order::kSequential) return;
    for (const auto& factor : layer.factors) {
      if (factor.takes_part) return;
    }
    const std::size_t each = letter_factor_size(dimension_);
    layer.by_letter = {symbols_, layer.factors.size() * each + padded(dimension_)};
    for (std::size_t x = 0; x < symbols_; ++x) {
      T* to = layer.by_letter.row(x);
      for (const auto& factor : layer.factors) {
        const LaneTable<T>& u = factor.u ? factor.u : factor.v;
        for (std::size_t i = 0; i < dimension_; ++i) {
          to[i] = factor.v.row(i)[x];
          to[padded(dimension_) + i] = u.row(i)[x];
        }
        if (factor.scale) to[2 * padded(dimension_)] = factor.scale.row(0)[x];
        to += each;
      }
      for (std::size_t i = 0; i < dimension_; ++i) to[i] = layer.b.row(i)[x];
    }
  }

  static std::size_t output(core::Symbol symbol, const std::vector<bool>* accept) {
    return accept == nullptr ? core::index(symbol) : ((*accept)[core::index(symbol)] ? 1 : 0);
  }

  void add_readouts(const lrnn::AffineDecoder<double>& decoder, const std::vector<bool>* accept, LaneLayer<T>& result) {
    const auto& readouts = decoder.readouts;
    result.one_readout = readouts.size() == 1;
    const std::size_t usual = stride_;
    if (result.one_readout) stride_ = 1;
    for (const auto& readout : readouts)
      result.threshold_count = std::max(result.threshold_count, readout.thresholds.size());
    const std::size_t outputs = result.threshold_count + 1;
    result.weights = rows(dimension_);
    result.constant = rows(1);
    result.thresholds = rows(result.threshold_count);
    result.has_thresholds = rows(1);
    result.outputs = {1, readouts.size() * outputs};
    for (std::size_t x = 0; x < readouts.size(); ++x) {
      const auto& readout = readouts[x];
      set(result.weights, readout.weights, x);
      result.constant.row(0)[x] = static_cast<T>(readout.constant);
      for (std::size_t j = 0; j < result.threshold_count; ++j)
        result.thresholds.row(j)[x] =
            j < readout.thresholds.size() ? static_cast<T>(readout.thresholds[j]) : static_cast<T>(NAN);
      result.has_thresholds.row(0)[x] = readout.thresholds.empty() ? T(0) : T(1);
      for (std::size_t j = 0; j < readout.outputs.size(); ++j)
        result.outputs.row(0)[x * outputs + j] = static_cast<Index>(output(readout.outputs[j], accept));
    }
    stride_ = usual;
  }

  void add_table(const lrnn::TableDecoder<double>& decoder, const std::vector<bool>* accept, LaneLayer<T>& result) {
    result.is_table = true;
    LaneRows<T>& table = result.table;
    table.outputs_per_row = decoder.rows.empty() ? 1 : symbols_;
    for (std::size_t i = 0; i < decoder.rows.size(); ++i) {
      const auto& row = decoder.rows[i];
      std::uint64_t hash = 0;
      for (const double value : lrnn::coordinates(k_, row.state)) {
        table.states.push_back(canonical(static_cast<T>(value)));
        hash = hashed(hash, table.states.back());
      }
      table.rows.emplace(hash, i);
      for (std::size_t x = 0; x < symbols_; ++x)
        table.outputs.push_back(
            static_cast<std::uint32_t>(output(row.outputs.size() == 1 ? row.outputs[0] : row.outputs[x], accept)));
    }
  }

  const precision::FloatArithmetic& k_;
  std::size_t permutes_;
  std::size_t symbols_ = 0;
  std::size_t dimension_ = 0;
  std::size_t stride_ = 0;
};

}  // namespace

bool has_narrow_rounding(const FloatFormat& format) {
  // The product of two numbers has 2p bits. It is exact in f32, unless it is smaller than half of the format's smallest
  // number, and then both roundings give 0: its last bit is at least 2^−149. A sum needs 2p + 2 ≤ 24 [Figueroa1995].
  return 2 * format.precision() + 2 <= 24 && is_part_of_f32(format) && format.subnormals &&
         format.specials != precision::Specials::kNegativeZeroIsNan &&
         format.lowest_exponent() - format.fraction_bits - 2 * format.precision() >= -149;
}

NarrowFormat narrow_format(const FloatFormat& format) {
  const precision::SoftFloat soft(format);
  NarrowFormat result;
  result.cut = precision::kF32.fraction_bits - format.fraction_bits;
  result.normal_from = f32_bits(std::ldexp(1.0, format.lowest_exponent()));
  result.largest = f32_bits(soft.to_double(format.largest()));
  result.beyond = f32_bits(soft.to_double(soft.from_double(INFINITY)));
  result.nan = f32_bits(soft.to_double(soft.from_double(NAN)));
  result.coarse = static_cast<float>(std::ldexp(1.0, format.lowest_exponent() + result.cut));
  return result;
}

LaneChoice lanes_for(const RoundingPlan& plan) {
  const auto none = [](std::string why) { return LaneChoice{LaneType::kNone, LaneMath::kNative, std::move(why)}; };
  if (plan.chunk != 0) return none("plans in chunks");
  if (plan.rounding != precision::Rounding::kNearestEven) return none("this rounding");
  const bool fused_sums = plan.fused_sums && plan.order != RoundingPlan::Order::kPairwise;
  const bool fused = fused_sums || plan.fused_updates;
  const auto native = [&](LaneType type) {
    if (fused && !lanes_fuse()) return none("fused operations on a machine without them");
    if (fused_sums && !plan.fused_updates) return none("fused sums without fused updates");
    return LaneChoice{type,
                      fused_sums           ? LaneMath::kNativeFused
                      : plan.fused_updates ? LaneMath::kNativeFusedUpdates
                                           : LaneMath::kNative,
                      ""};
  };
  const auto results_are = [&](const FloatFormat& format) {
    return plan.products == format && plan.accumulation == format && plan.operations == format;
  };
  if (results_are(precision::kF64) && plan.state == precision::kF64) return native(LaneType::kF64);
  if (results_are(precision::kF32) && is_part_of_f32(plan.parameters) &&
      (plan.state == precision::kF32 || has_narrow_rounding(plan.state)))
    return native(LaneType::kF32);
  const FloatFormat& narrow = plan.operations;
  if (!has_narrow_rounding(narrow) || plan.parameters != narrow || plan.state != narrow)
    return none("this combination of formats");
  if (fused) return none("fused operations in narrow formats");
  const bool is_bf16 = narrow == precision::kBf16;
  if (results_are(narrow)) return {LaneType::kF32, is_bf16 ? LaneMath::kBf16 : LaneMath::kNarrow, ""};
  if (plan.products == precision::kF32 && plan.accumulation == precision::kF32)
    return {LaneType::kF32, is_bf16 ? LaneMath::kBf16SumsInF32 : LaneMath::kNarrowSumsInF32, ""};
  return none("this combination of formats");
}

template <class T>
LaneProgram<T> lane_program(const precision::FloatArithmetic& arithmetic, const lrnn::Network<double>& network,
                            std::size_t permutes) {
  const RoundingPlan& plan = arithmetic.plan();
  LaneProgram<T> program;
  program.math = lanes_for(plan).math;
  program.order = plan.order;
  program.blocks = plan.lanes;
  const bool is_narrow = has_narrow_rounding(plan.state);
  if (is_narrow) program.narrow = narrow_format(plan.state);
  program.rounds_state = is_narrow && plan.operations != plan.state;
  Builder<T> builder(arithmetic, permutes);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const auto& layer = network.layers[l];
    program.layers.push_back(builder.build(layer, l + 1 == network.layers.size() ? &network.accept : nullptr));
    program.coordinates += layer.dimension;
    program.widest = std::max(program.widest, layer.dimension);
    for (const double value : lrnn::coordinates(arithmetic, layer.start))
      program.start.push_back(static_cast<T>(value));
  }
  if (!network.layers.empty()) {
    const TameSteps tame = tame_steps(plan, network.layers.back());
    program.tame_steps = tame.steps;
    program.tame = static_cast<T>(tame.bound);
  }
  return program;
}

template <class T>
void look_up(const LaneLayer<T>& layer, const T* state, std::size_t width, typename LaneLayer<T>::Index* symbols,
             std::uint8_t* silent) {
  const LaneRows<T>& table = layer.table;
  for (std::size_t lane = 0; lane < width; ++lane) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < layer.dimension; ++i) hash = hashed(hash, canonical(state[i * width + lane]));
    const auto [first, last] = table.rows.equal_range(hash);
    bool found = false;
    for (auto at = first; at != last && !found; ++at) {
      const T* row = table.states.data() + at->second * layer.dimension;
      found = true;
      for (std::size_t i = 0; i < layer.dimension; ++i) found = found && is_same(row[i], state[i * width + lane]);
      if (found)
        symbols[lane] = static_cast<typename LaneLayer<T>::Index>(
            table.outputs[at->second * table.outputs_per_row + static_cast<std::size_t>(symbols[lane])]);
    }
    if (!found) {
      symbols[lane] = 0;
      silent[lane] = 1;
    }
  }
}

template LaneProgram<float> lane_program(const precision::FloatArithmetic&, const lrnn::Network<double>&, std::size_t);
template LaneProgram<double> lane_program(const precision::FloatArithmetic&, const lrnn::Network<double>&, std::size_t);
template void look_up(const LaneLayer<float>&, const float*, std::size_t, std::int32_t*, std::uint8_t*);
template void look_up(const LaneLayer<double>&, const double*, std::size_t, std::int64_t*, std::uint8_t*);

}  // namespace eigenmata::simulation
