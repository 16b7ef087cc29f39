// SPDX-License-Identifier: Apache-2.0
#include "checker/rounded_layer.hpp"

#include "checker/error.hpp"
#include "checker/limits.hpp"

namespace eigenmata::checker {
namespace {

int sign_of(std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

}  // namespace

RoundedLayer::RoundedLayer(const Layer& layer, const NumericSemantics& semantics, std::size_t& numbers)
    : layer_(layer), semantics_(semantics), numbers_(numbers), line_(layer.line) {
  // What a beginning-of-sequence token writes is a parameter.
  start_ = dense(layer.start, layer.bos ? semantics.parameters : semantics.states);
  for (const Map& map : layer.maps) maps_.push_back(dense(map));
  line_ = layer.decoder.line;
  for (const Readout& readout : layer.decoder.readouts) {
    readouts_.push_back(
        {dense(readout.weights, semantics.parameters), parameter(readout.constant, semantics.parameters)});
  }
  read_table();
}

Value RoundedLayer::parameter(const Number& number, const NumberFormat& format) const {
  if (number.is_zero()) return {};
  try {
    if (!format.is_integer()) {
      return format.nearest([&](const mpq_class& q) { return sign_of(number <=> Number(Rational(q))); });
    }
    if (number.is_rational() && number.value().get_den() == 1) {
      const Value value{Value::Kind::kFinite, number.value().get_num(), 0};
      const Value rounded = format.round(value);
      if (format.wraps() || (rounded - value).m == 0) return rounded;
    }
  } catch (const Unordered&) {
    throw NotRounded(line_, number.shown() + " is not a real number");
  }
  throw NotRounded(line_, number.shown() + " is not a number of this format, and integers are not rounded");
}

/// x/√s, by how its square compares: for q ≥ 0, |x|/√s < q if and only if x² < q² s.
Value RoundedLayer::quotient_by_root(const Number& x, const Number& square) const {
  if (x.is_zero()) return {};
  try {
    const int sign = sign_of(x <=> Number());
    const Number x_square = x * x;
    return semantics_.parameters.nearest([&](const mpq_class& q) {
      const int q_sign = sgn(q);
      if (q_sign != sign) return sign;
      return sign * sign_of(x_square <=> Number(Rational(mpq_class(q * q))) * square);
    });
  } catch (const Unordered&) {
    throw NotRounded(line_, x.shown() + " is not a real number");
  }
}

Values RoundedLayer::dense(const SparseVector& vector, const NumberFormat& format) {
  numbers_ += layer_.dimension;
  if (numbers_ > kMaxDenseNumbers) {
    throw Error("the vectors of the network, with all their zeros, have more than " + std::to_string(kMaxDenseNumbers) +
                " numbers");
  }
  Values result(layer_.dimension);
  for (const Entry& entry : vector) result[entry.index] = parameter(entry.value, format);
  return result;
}

RoundedLayer::DenseFactor RoundedLayer::dense(const Factor& factor, MatrixForm form) {
  line_ = factor.line;
  const NumberFormat& format = semantics_.parameters;
  if (form == MatrixForm::kRankOne) return {dense(factor.u, format), dense(factor.v, format), std::nullopt};
  const Number square = dot(factor.v, factor.v);
  if (!semantics_.normalised) {
    const Values v = dense(factor.v, format);
    return {v, v, parameter(factor.beta / square, format)};
  }
  Values key = dense(SparseVector(), format);
  for (const Entry& entry : factor.v) key[entry.index] = quotient_by_root(entry.value, square);
  return {key, key, parameter(factor.beta, format)};
}

/// b = μ v = β x v/|v|, so x = (μ/β) |v|.
Value RoundedLayer::written(const Map& map) const {
  if (map.form != MatrixForm::kHouseholder) throw NotRounded(map.line, "chunks are of Householder factors only");
  if (map.offset.empty()) return {};
  const NotRounded fault(map.line, "in chunks the offset is a multiple of the last factor's v");
  if (map.factors.empty() || map.factors.back().beta.is_zero()) throw fault;
  const Factor& factor = map.factors.back();
  if (map.offset.size() != factor.v.size()) throw fault;
  const Number ratio = map.offset[0].value / factor.v[0].value;
  for (std::size_t i = 0; i < factor.v.size(); ++i) {
    if (factor.v[i].index != map.offset[i].index || factor.v[i].value * ratio != map.offset[i].value) throw fault;
  }
  const Number square = dot(factor.v, factor.v);
  return quotient_by_root(ratio / factor.beta * square, square);
}

RoundedLayer::DenseMap RoundedLayer::dense(const Map& map) {
  DenseMap result;
  if (semantics_.chunk != 0) result.written = written(map);
  const NumberFormat& format = semantics_.parameters;
  for (const Factor& factor : map.factors) result.factors.push_back(dense(factor, map.form));
  line_ = map.line;
  if (map.form == MatrixForm::kDiagonal) result.diagonal = dense(map.diagonal, format);
  for (const SparseVector& row : map.rows) result.rows.push_back(dense(row, format));
  result.offset = dense(map.offset, format);
  return result;
}

void RoundedLayer::read_table() {
  const std::vector<TableRow>& rows = layer_.decoder.rows;
  if (layer_.decoder.kind == Decoder::Kind::kWalk) {
    throw NotRounded(layer_.decoder.line, "walks over the coordinates are done in exact arithmetic only");
  }
  if (layer_.decoder.kind == Decoder::Kind::kTable && semantics_.chunk != 0) {
    throw NotRounded(layer_.decoder.line, "in chunks most states are not computed, and a table needs them");
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    line_ = rows[i].line;
    if (!rows_.emplace(codes(dense(rows[i].state, semantics_.states)), i).second) {
      throw NotRounded(line_, "in this format another row of the table has the same state");
    }
  }
}

Codes RoundedLayer::codes(const Values& state) const {
  Codes result;
  for (const Value& value : state) result.push_back(semantics_.states.code(value));
  return result;
}

template <class Way>
std::vector<typename Way::Number> RoundedLayer::next(const Operations<Way>& k,
                                                     const std::vector<typename Way::Number>& state,
                                                     std::uint32_t input) const {
  const DenseMap& map = maps_[input];
  const std::size_t dimension = state.size();
  std::vector<typename Way::Number> result = state;
  switch (layer_.maps[input].form) {
    case MatrixForm::kDiagonal:
      for (std::size_t i = 0; i < dimension; ++i) result[i] = k.plus_product(map.offset[i], map.diagonal[i], state[i]);
      break;
    case MatrixForm::kDense:
      for (std::size_t i = 0; i < dimension; ++i)
        result[i] = k.operation(k.sum_of_products(map.rows[i], state) + map.offset[i]);
      break;
    case MatrixForm::kHouseholder:
    case MatrixForm::kRankOne:
      for (const DenseFactor& factor : map.factors) {
        typename Way::Number along = k.sum_of_products(factor.v, result);
        if (factor.scale) along = k.operation(*factor.scale * along);
        for (std::size_t i = 0; i < dimension; ++i) result[i] = k.minus_product(result[i], factor.u[i], along);
      }
      for (std::size_t i = 0; i < dimension; ++i) result[i] = k.operation(result[i] + map.offset[i]);
      break;
  }
  for (typename Way::Number& number : result) number = k.settled(number);
  return result;
}

template <class Way>
typename Way::Number RoundedLayer::read(const Operations<Way>& k, const std::vector<typename Way::Number>& state,
                                        std::size_t readout) const {
  const DenseReadout& used = readouts_[readout];
  return k.operation(k.sum_of_products(used.weights, state) + used.constant);
}

template <class Way>
std::optional<std::uint32_t> RoundedLayer::output(const Operations<Way>& operations, const Values& state,
                                                  std::uint32_t input) const {
  const Decoder& decoder = layer_.decoder;
  if (decoder.kind == Decoder::Kind::kTable) {
    const auto row = rows_.find(codes(state));
    if (row == rows_.end()) return std::nullopt;
    return decoder.rows[row->second].output(input);
  }
  const Readout& used = decoder.readouts[readout(input)];
  if (used.thresholds.empty()) return used.outputs[0];
  const std::optional<std::size_t> count = passed(used, read(operations, state, readout(input)));
  return count ? std::optional(used.outputs[*count]) : std::nullopt;
}

void RoundedLayer::outputs(const Operations<ByEnds>& operations, const std::vector<Interval>& box, std::uint32_t input,
                           std::set<std::uint32_t>& into) const {
  if (layer_.decoder.kind == Decoder::Kind::kTable) throw NoInterval{};
  const Readout& used = layer_.decoder.readouts[readout(input)];
  std::size_t least = 0;
  std::size_t most = 0;
  if (!used.thresholds.empty()) {
    const Interval value = read(operations, box, readout(input));
    least = *passed(used, value.low);
    most = *passed(used, value.high);
  }
  for (std::size_t i = least; i <= most; ++i) into.insert(used.outputs[i]);
}

std::optional<std::size_t> RoundedLayer::passed(const Readout& readout, const Value& value) {
  if (value.kind == Value::Kind::kNan) return std::nullopt;
  if (value.kind == Value::Kind::kInfinite) return value.m > 0 ? readout.thresholds.size() : 0;
  const Number exact = Rational(value.rational());
  std::size_t passed = 0;
  while (passed < readout.thresholds.size() && readout.thresholds[passed] <= exact) ++passed;
  return passed;
}

template Values RoundedLayer::next(const Operations<ToNearest>&, const Values&, std::uint32_t) const;
template Values RoundedLayer::next(const Operations<Chosen>&, const Values&, std::uint32_t) const;
template std::vector<Interval> RoundedLayer::next(const Operations<ByEnds>&, const std::vector<Interval>&,
                                                  std::uint32_t) const;
template std::optional<std::uint32_t> RoundedLayer::output(const Operations<ToNearest>&, const Values&,
                                                           std::uint32_t) const;
template std::optional<std::uint32_t> RoundedLayer::output(const Operations<Chosen>&, const Values&,
                                                           std::uint32_t) const;

}  // namespace eigenmata::checker
