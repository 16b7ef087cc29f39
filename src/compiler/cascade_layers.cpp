// SPDX-License-Identifier: Apache-2.0
#include "cascade_layers.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

#include "eigenmata/algebra/bits.hpp"
#include "eigenmata/algebra/swap_copy.hpp"
#include "eigenmata/certificate/box.hpp"
#include "eigenmata/core/memory_tally.hpp"
#include "eigenmata/core/random.hpp"
#include "one_hot_product.hpp"
#include "threshold_readout.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Cascade;
using algebra::CascadeLevel;
using algebra::CascadeStep;
using algebra::CoordinateMachine;
using algebra::Move;
using algebra::PointMachine;
using algebra::ResetTo;
using algebra::SwapCopy;
using certificate::Extent;
using certificate::Region;
using exact::Rational;
using lrnn::SparseVector;
using Form = lrnn::TransitionClass::Form;
using Entry = SparseVector<Rational>::Entry;

const exact::RationalArithmetic kRationals{};

/// One machine made into a layer: everything but the decoder's thresholds, which follow from the regions.
struct Realised {
  std::size_t dimension = 0;
  SparseVector<Rational> start;
  std::vector<lrnn::AffineMap<Rational>> maps;  ///< by symbol
  std::vector<SparseVector<Rational>> weights;  ///< by symbol: the number that the decoder looks at
  std::vector<Region> regions;                  ///< by value
  std::vector<std::size_t> factor_bounds;       ///< by symbol
};

SparseVector<Rational> unit(std::size_t dimension, std::size_t i) {
  return lrnn::unit_vector(kRationals, dimension, i);
}

SparseVector<Rational> zero(std::size_t dimension) { return SparseVector<Rational>(dimension); }

/// c · e_i; c may be 0.
SparseVector<Rational> scaled_unit(std::size_t dimension, std::size_t i, const Rational& c) {
  if (c.is_zero()) return zero(dimension);
  return {dimension, {{static_cast<std::uint32_t>(i), c}}};
}

/// One number for each coordinate, by which it is multiplied.
lrnn::Transition<Rational> gates_in_form(Form form, std::vector<Rational> gates) {
  if (form != Form::kHouseholder) return lrnn::Diagonal<Rational>{std::move(gates)};
  lrnn::HouseholderProduct<Rational> product{gates.size(), {}};
  for (std::size_t j = 0; j < gates.size(); ++j) {
    if (gates[j] != 1) product.factors.push_back({Rational(1) - gates[j], unit(gates.size(), j)});
  }
  return product;
}

// Machines of points, and of codes, with a slot where an old value is read.

/// A machine's values as vectors of n coordinates that its symbols permute or overwrite.
struct Codes {
  std::size_t n = 0;
  std::vector<SparseVector<Rational>> of_value;
  SparseVector<Rational> weights;   ///< tell all values apart
  std::vector<Rational> low, high;  ///< bounds of each coordinate
  bool signs = false;               ///< two points as ±1 in one coordinate
};

/// The number at the j-th point of a value.
std::uint32_t label(const PointMachine& machine, std::size_t j) {
  return machine.lists ? static_cast<std::uint32_t>(j + 1) : 1;
}

/// Small weights for which no two values weigh the same.
SparseVector<Rational> telling_weights(const PointMachine& machine,
                                       const std::vector<std::vector<std::uint32_t>>& values) {
  const std::size_t n = machine.points;
  const auto is_good = [&](const std::vector<std::uint64_t>& w) {
    std::vector<std::uint64_t> sums;
    for (const auto& value : values) {
      std::uint64_t sum = 0;
      for (std::size_t j = 0; j < value.size(); ++j) sum += label(machine, j) * w[value[j]];
      sums.push_back(sum);
    }
    std::sort(sums.begin(), sums.end());
    return std::adjacent_find(sums.begin(), sums.end()) == sums.end();
  };
  std::vector<std::uint64_t> w(n);
  std::iota(w.begin(), w.end(), std::uint64_t{1});
  core::Random random(1);
  for (std::uint64_t bound = 4 * n; !is_good(w) && bound < (std::uint64_t{1} << 50); bound *= 2) {
    for (auto& x : w) x = 1 + random.below(bound);
  }
  assert(is_good(w));
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < n; ++i) entries.push_back({i, Rational(w[i])});
  return {n, std::move(entries)};
}

Codes codes_of_points(const CascadeLevel& level, const PointMachine& machine) {
  const std::size_t points = machine.points;
  Codes codes;
  if (points == 2 && level.values[0].size() == 1) {
    codes = {1, {}, unit(1, 0), {-1}, {1}, true};
    for (const auto& value : level.values) codes.of_value.push_back(scaled_unit(1, 0, value[0] == 0 ? -1 : 1));
    return codes;
  }
  codes = {points, {}, telling_weights(machine, level.values), {}, {}, false};
  codes.low.assign(points, 0);
  codes.high.assign(points, machine.lists ? Rational(level.values[0].size()) : Rational(1));
  for (const auto& value : level.values) {
    std::vector<Rational> code(points);
    for (std::size_t j = 0; j < value.size(); ++j) code[value[j]] = label(machine, j);
    codes.of_value.push_back(lrnn::sparse(kRationals, code));
  }
  return codes;
}

/// How many codes the one coordinate of a machine may have.
std::size_t code_count(const CascadeLevel& level) {
  std::uint32_t most = 0;
  for (const auto& value : level.values) most = std::max(most, value[0]);
  return most + std::size_t{1};
}

Codes codes_of_coordinate(const CascadeLevel& level) {
  Codes codes{1, {}, unit(1, 0), {0}, {Rational(code_count(level) - 1)}, false};
  for (const auto& value : level.values) codes.of_value.push_back(scaled_unit(1, 0, value[0]));
  return codes;
}

/// Writes maps of slot layers in the form of a class.
class SlotWriter {
 public:
  SlotWriter(Form form, const Codes& codes, bool has_slot)
      : form_(form), codes_(codes), has_slot_(has_slot), dimension_(has_slot ? 2 * codes.n : codes.n) {}

  [[nodiscard]] std::size_t dimension() const { return dimension_; }

  [[nodiscard]] SparseVector<Rational> widened(const SparseVector<Rational>& code) const {
    return {dimension_, code.entries()};
  }

  /// The code in place, anything that a slot can hold beside it.
  [[nodiscard]] Region region(const SparseVector<Rational>& code) const {
    Region region = certificate::point_region(code);
    for (std::size_t i = 0; has_slot_ && i < codes_.n; ++i) {
      if (codes_.low[i] < codes_.high[i])
        region.push_back({static_cast<std::uint32_t>(codes_.n + i), codes_.low[i], codes_.high[i]});
    }
    return region;
  }

  using Product = lrnn::HouseholderProduct<Rational>;

  [[nodiscard]] Product permute(const algebra::Transformation& permutation) const {
    lrnn::HouseholderProduct<Rational> product{dimension_, {}};
    if (codes_.signs) {
      if (permutation.image_of(0) == 1) product.factors.push_back({2, unit(dimension_, 0)});
    } else {
      for (const SwapCopy& f : swap_copy_factors(permutation)) product.factors.push_back(swap(f.x, f.y));
    }
    return product;
  }

  [[nodiscard]] Product hold() const { return {dimension_, {}}; }

  /// u ← 0, or (u, v) ← (0, u) to keep the old code.
  [[nodiscard]] Product reset(bool keeps_old) const {
    lrnn::HouseholderProduct<Rational> product{dimension_, {}};
    const std::size_t first = keeps_old ? codes_.n : 0;
    for (std::size_t i = 0; i < codes_.n; ++i) product.factors.push_back({1, unit(dimension_, first + i)});
    for (std::size_t i = 0; keeps_old && i < codes_.n; ++i) product.factors.push_back(swap(i, codes_.n + i));
    return product;
  }

  [[nodiscard]] lrnn::Transition<Rational> in_form(Product product) const {
    if (form_ == Form::kHouseholder) return product;
    if (form_ == Form::kRankOne) {
      lrnn::RankOneProduct<Rational> result{dimension_, {}};
      for (const auto& f : product.factors) {
        const Rational scale = f.beta / dot(kRationals, f.v, f.v);
        result.factors.push_back({mapped(f.v, [&](const Rational& x) { return Rational(x * scale); }), f.v});
      }
      return result;
    }
    const auto matrix = to_dense(kRationals, lrnn::Transition<Rational>(std::move(product)));
    if (form_ != Form::kDiagonal) return lrnn::Dense<Rational>{matrix};
    lrnn::Diagonal<Rational> diagonal;
    for (std::size_t i = 0; i < dimension_; ++i) diagonal.entries.push_back(matrix(i, i));
    return diagonal;
  }

  [[nodiscard]] SparseVector<Rational> weights(bool of_slot) const {
    std::vector<Entry> entries;
    for (const Entry& e : codes_.weights.entries())
      entries.push_back({static_cast<std::uint32_t>(e.index + (of_slot ? codes_.n : 0)), e.value});
    return {dimension_, std::move(entries)};
  }

 private:
  [[nodiscard]] lrnn::HouseholderFactor<Rational> swap(std::size_t i, std::size_t j) const {
    if (j < i) std::swap(i, j);
    return {2, {dimension_, {{static_cast<std::uint32_t>(i), 1}, {static_cast<std::uint32_t>(j), -1}}}};
  }

  Form form_;
  const Codes& codes_;
  bool has_slot_;
  std::size_t dimension_;
};

Realised with_slot(const CascadeLevel& level, Form form, const Codes& codes) {
  const SlotWriter writer(form, codes, level.needs_old_values());
  Realised result{writer.dimension(), writer.widened(codes.of_value[level.start]), {}, {}, {}, {}};
  for (const auto& code : codes.of_value) result.regions.push_back(writer.region(code));
  const auto add = [&](SlotWriter::Product a, SparseVector<Rational> b, bool reads_slot) {
    result.factor_bounds.push_back(a.factors.size());
    result.maps.push_back({writer.in_form(std::move(a)), std::move(b)});
    result.weights.push_back(writer.weights(reads_slot));
  };
  // Where points are mapped onto one another: single points, at least three, and no old values.
  const auto add_copies = [&](const algebra::Transformation& map) {
    lrnn::RankOneProduct<Rational> a = one_hot_product(map);
    result.factor_bounds.push_back(a.factors.size());
    result.maps.push_back({std::move(a), zero(writer.dimension())});
    result.weights.push_back(writer.weights(false));
  };
  for (std::size_t s = 0; s < level.inputs(); ++s) {
    const bool keeps_old = level.needs_old_value(s);
    const auto reset_to = [&](const SparseVector<Rational>& code) {
      add(writer.reset(keeps_old), writer.widened(code), keeps_old);
    };
    if (const auto* machine = std::get_if<PointMachine>(&level.machine)) {
      if (const auto* reset = std::get_if<ResetTo>(&machine->actions[s])) {
        reset_to(codes.of_value[reset->value]);
        continue;
      }
      const auto& map = std::get<algebra::Transformation>(machine->actions[s]);
      if (map.is_permutation()) {
        add(writer.permute(map), zero(writer.dimension()), false);
      } else {
        add_copies(map);
      }
      continue;
    }
    const Move& move = std::get<CoordinateMachine>(level.machine).actions[s][0];
    if (move.writes) {
      reset_to(scaled_unit(1, 0, move.amount));
    } else {
      add(writer.hold(), zero(writer.dimension()), false);
    }
  }
  return result;
}

// Machines of coordinates that nobody has to remember: each is held, overwritten, or has its sign changed.

class CoordinateWriter {
 public:
  CoordinateWriter(Form form, bool in_frame, const CascadeLevel& level)
      : form_(form), in_frame_(in_frame), level_(level), moduli_(std::get<CoordinateMachine>(level.machine).moduli) {}

  [[nodiscard]] std::size_t dimension() const { return moduli_.size(); }

  [[nodiscard]] SparseVector<Rational> code(algebra::Value value) const {
    return vector([&](std::size_t j) { return entry(j, level_.values[value][j], level_.values[value]); });
  }

  [[nodiscard]] SparseVector<Rational> offset(std::size_t symbol, const std::vector<Move>& moves) const {
    if (level_.steps[symbol].empty()) return zero(dimension());
    const auto& after = level_.values[level_.steps[symbol][0].next];
    return vector([&](std::size_t j) { return moves[j].writes ? entry(j, moves[j].amount, after) : Rational(0); });
  }

  [[nodiscard]] lrnn::Transition<Rational> matrix(const std::vector<Move>& moves) const {
    std::vector<Rational> gates;
    for (std::size_t j = 0; j < dimension(); ++j) gates.push_back(gate(j, moves));
    return gates_in_form(form_, std::move(gates));
  }

  /// How many coordinates do not stay.
  [[nodiscard]] std::size_t changes(const std::vector<Move>& moves) const {
    std::size_t count = 0;
    for (std::size_t j = 0; j < dimension(); ++j) count += gate(j, moves) == 1 ? 0 : 1;
    return count;
  }

  /// Mixed radix: different values have different numbers, in a frame those of one time.
  [[nodiscard]] SparseVector<Rational> weights() const {
    std::vector<Entry> entries;
    Rational weight = 1;
    for (std::uint32_t j = 0; j < dimension(); ++j) {
      entries.push_back({j, weight});
      std::uint32_t most = 2;  // ±1
      for (const auto& value : level_.values) most = moduli_[j] == 1 ? std::max(most, value[j]) : most;
      weight *= most + 1;
    }
    return {dimension(), std::move(entries)};
  }

 private:
  /// Entry j of a value all of whose entries are given.
  [[nodiscard]] Rational entry(std::size_t j, std::uint32_t entry, const std::vector<std::uint32_t>& all) const {
    if (moduli_[j] == 1) return in_frame_ && all.back() == 1 ? -Rational(entry) : Rational(entry);
    return entry == 0 ? 1 : -1;
  }

  [[nodiscard]] Rational gate(std::size_t j, const std::vector<Move>& moves) const {
    if (moves[j].writes) return 0;
    const std::size_t turning = in_frame_ ? moves.size() - 1 : j;
    return moduli_[turning] == 2 && moves[turning].amount % 2 == 1 ? -1 : 1;
  }

  template <class F>
  [[nodiscard]] SparseVector<Rational> vector(const F& coordinate) const {
    std::vector<Entry> entries;
    for (std::uint32_t j = 0; j < dimension(); ++j) {
      Rational value = coordinate(j);
      if (!value.is_zero()) entries.push_back({j, std::move(value)});
    }
    return {dimension(), std::move(entries)};
  }

  Form form_;
  bool in_frame_;
  const CascadeLevel& level_;
  const std::vector<std::uint32_t>& moduli_;
};

Realised with_coordinates(const CascadeLevel& level, const LayerStyle& style) {
  const CoordinateWriter writer(style.form, style.in_frame, level);
  Realised result{writer.dimension(), writer.code(level.start), {}, {}, {}, {}};
  for (algebra::Value v = 0; v < level.values.size(); ++v)
    result.regions.push_back(certificate::point_region(writer.code(v)));
  const auto& actions = std::get<CoordinateMachine>(level.machine).actions;
  for (std::size_t s = 0; s < actions.size(); ++s) {
    const auto& moves = actions[s];
    result.maps.push_back({writer.matrix(moves), writer.offset(s, moves)});
    result.weights.push_back(writer.weights());
    result.factor_bounds.push_back(writer.changes(moves));
  }
  return result;
}

// Machines of codes by digits.

/// Where a reset multiplies by |λ| < 1/n and adds, n values have numbers in n intervals, and the value before the last
/// reset is in the next digit. Nothing if the set has no such contraction, as far as is known.
std::optional<Rational> contraction_for(std::size_t values, const expressivity::SpectrumSet& spectrum) {
  return spectrum.real_contraction_below(Rational(1, std::max<std::size_t>(values, 2)));
}

/// Writes the maps and regions of one level: one coordinate.
class DigitWriter {
 public:
  DigitWriter(Form form, std::size_t base, const Rational& contraction, bool remembers, bool has_zero)
      : form_(form), base_(std::max<std::size_t>(base, 2)), gate_(contraction), half_(abs(contraction)) {
    if (!remembers && has_zero) gate_ = half_ = 0;  // where nobody remembers, a reset is to the point itself
  }

  /// The value as a number from −1 to 1: what a level starts with.
  [[nodiscard]] Rational code(std::size_t value) const { return Rational(2 * value) / Rational(base_ - 1) - 1; }
  [[nodiscard]] Rational centre(std::size_t value) const { return code(value) * (Rational(1) - half_); }
  [[nodiscard]] const Rational& gate() const { return gate_; }
  [[nodiscard]] const Rational& half() const { return half_; }

  /// The interval around (1 − |λ|) p of half-width |λ|.
  [[nodiscard]] Region region(std::size_t value) const {
    const Rational middle = centre(value);
    if (middle.is_zero() && half_.is_zero()) return {};
    return {{0, middle - half_, middle + half_}};
  }

  [[nodiscard]] lrnn::AffineMap<Rational> hold() const { return {scaled(1), zero(1)}; }

  [[nodiscard]] lrnn::AffineMap<Rational> write(std::size_t value) const {
    return {scaled(gate_), scaled_unit(1, 0, centre(value))};
  }

 private:
  [[nodiscard]] lrnn::Transition<Rational> scaled(const Rational& gate) const { return gates_in_form(form_, {gate}); }

  Form form_;
  std::size_t base_;
  Rational gate_;
  Rational half_;
};

/// In the frame of −1: beside a clock, and everything times −1 at odd times.
Realised with_turning_digits(const CascadeLevel& level, const LayerStyle& style, const DigitWriter& writer) {
  const auto sign_at = [&](algebra::Value v) { return Rational(level.values[v].back() == 1 ? -1 : 1); };
  const auto at = [&](algebra::Value v, const Rational& number) {
    return lrnn::sparse(kRationals, std::vector<Rational>{number * sign_at(v), sign_at(v)});
  };
  Realised result{2, at(level.start, writer.code(level.values[level.start][0])), {}, {}, {}, {}};
  for (algebra::Value v = 0; v < level.values.size(); ++v) {
    const Rational centre = writer.centre(level.values[v][0]) * sign_at(v);
    result.regions.push_back({{0, centre - writer.half(), centre + writer.half()}, {1, sign_at(v), sign_at(v)}});
  }
  for (std::size_t s = 0; s < level.inputs(); ++s) {
    const Move& move = std::get<CoordinateMachine>(level.machine).actions[s][0];
    lrnn::AffineMap<Rational> map{gates_in_form(style.form, {move.writes ? -writer.gate() : Rational(-1), -1}),
                                  zero(2)};
    if (move.writes && !level.steps[s].empty())
      map.b = scaled_unit(2, 0, writer.centre(move.amount) * sign_at(level.steps[s][0].next));
    result.maps.push_back(std::move(map));
    result.weights.push_back(unit(2, 0));
    result.factor_bounds.push_back(2);
  }
  return result;
}

Realised with_digits(const CascadeLevel& level, const LayerStyle& style) {
  const std::size_t values = code_count(level);
  const DigitWriter writer(style.form, values, *contraction_for(values, *style.spectrum), level.needs_old_values(),
                           style.spectrum->contains(0));
  if (style.in_frame) return with_turning_digits(level, style, writer);
  Realised result{1, scaled_unit(1, 0, writer.code(level.values[level.start][0])), {}, {}, {}, {}};
  for (const auto& value : level.values) result.regions.push_back(writer.region(value[0]));
  for (const auto& action : std::get<CoordinateMachine>(level.machine).actions) {
    result.maps.push_back(action[0].writes ? writer.write(action[0].amount) : writer.hold());
    result.weights.push_back(unit(1, 0));
    result.factor_bounds.push_back(action[0].writes ? 1 : 0);
  }
  return result;
}

// Machines of codes by traces.

/// The λ of traces: any real contraction, beside 0.
std::optional<Rational> trace_gate(const expressivity::SpectrumSet& spectrum) {
  if (!spectrum.contains(0)) return std::nullopt;
  return spectrum.real_contraction_below(1);
}

/// Writes the maps and regions of one level: the code, and a trace for each value whose writing is to tell the old one.
class TraceWriter {
 public:
  TraceWriter(const CascadeLevel& level, Form form, const Rational& gate)
      : level_(level), actions_(std::get<CoordinateMachine>(level.machine).actions), form_(form), gate_(gate) {
    trace_of_.assign(code_count(level), 0);
    for (std::size_t s = 0; s < actions_.size(); ++s) {
      std::size_t& trace = trace_of_[actions_[s][0].amount];
      if (level.needs_old_value(s) && trace == 0) trace = ++traces_;
    }
  }

  [[nodiscard]] std::size_t dimension() const { return 1 + traces_; }

  [[nodiscard]] SparseVector<Rational> start() const { return point(level_.values[level_.start][0]); }

  /// The value's own trace has faded, once more each time the value was written over itself.
  [[nodiscard]] Region region(std::uint32_t value) const {
    Region region = certificate::point_region(point(value));
    if (const std::size_t own = trace_of_[value]; own > 0) {
      const Rational most = abs(gate_) * mark(trace_of_.size() - 1);
      region.push_back({static_cast<std::uint32_t>(own), gate_ < 0 ? -most : Rational(0), most});
      std::sort(region.begin(), region.end(), [](const Extent& a, const Extent& b) { return a.index < b.index; });
    }
    return region;
  }

  [[nodiscard]] lrnn::AffineMap<Rational> map(std::size_t symbol) const {
    const Move& move = actions_[symbol][0];
    std::vector<Rational> gates(dimension(), move.writes ? 0 : 1);
    if (!move.writes) return {gates_in_form(form_, std::move(gates)), zero(dimension())};
    if (const std::size_t own = trace_of_[move.amount]; own > 0) gates[own] = gate_;
    return {gates_in_form(form_, std::move(gates)), point(move.amount)};
  }

  /// The trace that is read where the old value is asked for, else the code.
  [[nodiscard]] SparseVector<Rational> weights(std::size_t symbol) const {
    return unit(dimension(), level_.needs_old_value(symbol) ? trace_of_[actions_[symbol][0].amount] : 0);
  }

 private:
  /// What a value leaves in the traces of the others: different numbers from 1 to less than (1 + 1/|λ|)/2.
  [[nodiscard]] Rational mark(std::size_t value) const {
    return Rational(1) + Rational(value) / Rational(trace_of_.size()) * (Rational(1) / abs(gate_) - 1) / 2;
  }

  /// The code of a value and its marks, but nothing in its own trace.
  [[nodiscard]] SparseVector<Rational> point(std::uint32_t value) const {
    std::vector<Rational> numbers(dimension(), mark(value));
    numbers[0] = value;
    if (trace_of_[value] > 0) numbers[trace_of_[value]] = 0;
    return lrnn::sparse(kRationals, numbers);
  }

  const CascadeLevel& level_;
  const std::vector<std::vector<Move>>& actions_;
  Form form_;
  Rational gate_;
  std::vector<std::size_t> trace_of_;  ///< by value: its coordinate, or 0
  std::size_t traces_ = 0;
};

Realised with_traces(const CascadeLevel& level, const LayerStyle& style) {
  const TraceWriter writer(level, style.form, *trace_gate(*style.spectrum));
  Realised result{writer.dimension(), writer.start(), {}, {}, {}, {}};
  for (const auto& value : level.values) result.regions.push_back(writer.region(value[0]));
  for (std::size_t s = 0; s < level.inputs(); ++s) {
    result.maps.push_back(writer.map(s));
    result.weights.push_back(writer.weights(s));
    result.factor_bounds.push_back(std::get<CoordinateMachine>(level.machine).actions[s][0].writes ? writer.dimension()
                                                                                                   : 0);
  }
  return result;
}

// The decoder, the claim, and all layers together.

/// Thresholds between the intervals in which the number lies after the steps of one symbol.
class Readouts {
 public:
  Readouts(const CascadeLevel& level, const Realised& realised, lrnn::Layer<Rational> layer)
      : level_(level),
        realised_(realised),
        network_{output_names(level.inputs()), false, {std::move(layer)}, {}, std::nullopt},
        runner_({}, network_),
        images_(runner_, 0) {
    for (const Region& region : realised.regions)
      boxes_.push_back(certificate::box_of(kRationals, region, realised.dimension));
  }

  lrnn::AffineReadout<Rational> of(std::size_t symbol) {
    std::vector<OutputRange> ranges;
    for (const CascadeStep& step : level_.steps[symbol]) {
      const certificate::Box<Rational> image = *images_.image(boxes_[step.value], core::symbol(symbol));
      const auto& weights = realised_.weights[symbol];
      const Rational middle = dot(kRationals, weights, image.centre);
      const Rational half = dot(kRationals, weights, image.half_widths);  // weights are not negative
      ranges.push_back({middle - half, middle + half, core::symbol(step.output)});
    }
    return threshold_readout(realised_.weights[symbol], std::move(ranges));  // none: the symbol never occurs
  }

 private:
  const CascadeLevel& level_;
  const Realised& realised_;
  lrnn::RationalNetwork network_;
  lrnn::Runner<exact::RationalArithmetic> runner_;
  certificate::BoxImages<exact::RationalArithmetic> images_;
  std::vector<certificate::Box<Rational>> boxes_;
};

/// Does the level use a contraction other than 0, to remember or for lack of 0?
bool uses_digits(const CascadeLevel& level, const LayerStyle& style) {
  const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
  if (machine == nullptr) return false;
  const bool coded = style.in_frame ? machine->moduli.size() == 2 && machine->moduli[0] == 1 : is_coded(*machine);
  return style.memory == Memory::kDigits && coded && (level.needs_old_values() || !style.spectrum->contains(0));
}

/// Does the level need digits for which no contraction is small enough?
bool lacks_contraction(const CascadeLevel& level, const LayerStyle& style) {
  return uses_digits(level, style) && !contraction_for(code_count(level), *style.spectrum);
}

Realised realised(const CascadeLevel& level, const LayerStyle& style) {
  if (const auto* points = std::get_if<PointMachine>(&level.machine))
    return with_slot(level, style.form, codes_of_points(level, *points));
  const bool coded = is_coded(std::get<CoordinateMachine>(level.machine));
  if (lacks_contraction(level, style)) return with_traces(level, style);
  if (uses_digits(level, style)) return with_digits(level, style);
  if (coded && style.memory == Memory::kSlot && style.form != Form::kDiagonal)
    return with_slot(level, style.form, codes_of_coordinate(level));
  return with_coordinates(level, style);
}

/// Why there is no layer of the style for a level; empty if there is.
std::string level_obstacle(const CascadeLevel& level, const LayerStyle& style) {
  const auto* coordinates = std::get_if<CoordinateMachine>(&level.machine);
  if (coordinates == nullptr) {
    const bool no_points = style.memory == Memory::kDigits || style.form == Form::kDiagonal;
    const std::string points = std::to_string(std::get<PointMachine>(level.machine).points);
    return no_points ? "its letters permute " + points + " points, and a layer of separate coordinates cannot" : "";
  }
  const auto is_large = [](std::uint32_t m) { return m > 2; };
  if (!style.phases && std::any_of(coordinates->moduli.begin(), coordinates->moduli.end(), is_large))
    return "it counts beyond 2";
  if (level.needs_old_values() && !uses_digits(level, style)) {
    if (!is_coded(*coordinates) || (style.form == Form::kDiagonal && style.memory == Memory::kSlot))
      return "it needs the value that it overwrites";
  }
  if (lacks_contraction(level, style) && !trace_gate(*style.spectrum))
    return "no contraction below 1/" + std::to_string(code_count(level)) + " is known in the spectrum set";
  return "";
}

/// Bytes that the layer of a level and its regions take, to the nearest few.
std::size_t bytes_of_layer(const CascadeLevel& level, const LayerStyle& style) {
  constexpr std::size_t kFactor = sizeof(lrnn::HouseholderFactor<Rational>) + 2 * sizeof(Entry);
  constexpr std::size_t kMap = 300;  // map, readout and thresholds of one symbol
  std::size_t bytes = level.inputs() * kMap;
  const auto* machine = std::get_if<PointMachine>(&level.machine);
  if (machine == nullptr) {
    if (lacks_contraction(level, style)) bytes += (level.inputs() + level.values.size()) * code_count(level) * kMap;
    return bytes;
  }
  const std::size_t old_codes = level.needs_old_values() ? machine->points : 0;
  const std::size_t dimension = machine->points + old_codes;
  bytes += level.values.size() * dimension * sizeof(Region::value_type);
  for (const auto& action : machine->actions) {
    const auto* permutation = std::get_if<algebra::Transformation>(&action);
    const std::size_t factors = permutation == nullptr ? dimension : swap_copy_factors(*permutation).size();
    bytes += style.form == Form::kDense ? dimension * dimension * sizeof(Rational) : factors * kFactor;
  }
  return bytes;
}

}  // namespace

Cascade with_writable_digits(const Cascade& cascade, const LayerStyle& style, const core::Limits& limits) {
  constexpr std::size_t kMostTraces = 64;  // a layer has a number for each trace and symbol
  const bool has_traces = trace_gate(*style.spectrum).has_value();
  const auto has_too_many = [&](const CascadeLevel& level) {
    return lacks_contraction(level, style) && !(has_traces && code_count(level) <= kMostTraces);
  };
  if (std::none_of(cascade.levels.begin(), cascade.levels.end(), has_too_many)) return cascade;
  if (!contraction_for(2, *style.spectrum) && !has_traces) return cascade;
  return algebra::with_bits(cascade, has_too_many, limits);
}

core::Alphabet output_names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("y" + std::to_string(i));
  return core::Alphabet(std::move(names));
}

FinishedLayer layer_for(const CascadeLevel& level, const LayerStyle& style) {
  Realised layer = realised(level, style);
  lrnn::Layer<Rational> finished{layer.dimension, layer.start, layer.maps, output_names(level.outputs), {}};
  lrnn::AffineDecoder<Rational> decoder;
  Readouts readouts(level, layer, finished);
  for (std::size_t s = 0; s < level.inputs(); ++s) decoder.readouts.push_back(readouts.of(s));
  finished.decoder = std::move(decoder);
  return {std::move(finished), std::move(layer.regions), std::move(layer.factor_bounds)};
}

std::optional<std::string> obstacle(const Cascade& cascade, const LayerStyle& style) {
  for (std::size_t l = 0; l < cascade.levels.size(); ++l) {
    const std::string why = level_obstacle(cascade.levels[l], style);
    if (!why.empty()) return "level " + std::to_string(l + 1) + ": " + why;
  }
  return std::nullopt;
}

Construction construction_for(const std::string& pass, const Cascade& cascade, const LayerStyle& style,
                              std::optional<lrnn::TransitionClass> claim, const core::Limits& limits) {
  const automata::Dfa& dfa = cascade.automaton;
  certificate::LayerwiseCertificate result{
      {dfa.alphabet(), dfa.is_accepting(dfa.initial()), {}, {}, std::nullopt}, dfa, {}, cascade.meaning};
  std::vector<std::vector<std::size_t>> bounds;
  std::size_t factors = 0;
  core::MemoryTally memory(limits, "the network's layers");
  for (const CascadeLevel& level : cascade.levels) {
    limits.poll();
    memory.add(bytes_of_layer(level, style));
    FinishedLayer finished = layer_for(level, style);
    factors = std::max(factors, factors_per_token(finished.layer));
    result.network.layers.push_back(std::move(finished.layer));
    result.layers.push_back(claim_of<Rational>(level, std::move(finished.regions)));
    bounds.push_back(std::move(finished.factor_bounds));
  }
  if (claim && (claim->form == Form::kHouseholder || claim->form == Form::kRankOne)) claim->factors = factors;
  result.network.claim = claim;
  result.network.accept = {false, true};
  if (cascade.levels.empty()) result.network.accept.assign(dfa.letters(), dfa.is_accepting(dfa.initial()));
  return {pass, std::move(result), std::move(bounds)};
}

}  // namespace eigenmata::compiler
