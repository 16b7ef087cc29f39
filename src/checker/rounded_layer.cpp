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

Value RoundedLayer::sum_of_products(const Values& a, const Values& b) const {
  const NumericSemantics& s = semantics_;
  if (!s.in_pairs) {
    Value sum;
    for (std::size_t i = 0; i < a.size(); ++i) sum = s.sums.round(sum + s.products.round(a[i] * b[i]));
    return operation(sum);
  }
  // Neighbours, then neighbours of what that gave; one without a neighbour waits. So partial sums are of powers of two
  // of terms, decreasing; two of a size are added at once, and those that are left from the right.
  Values partial;
  for (std::size_t i = 0; i < a.size(); ++i) {
    partial.push_back(s.products.round(a[i] * b[i]));
    for (std::size_t carry = i; carry % 2 == 1; carry /= 2) {
      const Value last = partial.back();
      partial.pop_back();
      partial.back() = s.sums.round(partial.back() + last);
    }
  }
  while (partial.size() > 1) {
    const Value last = partial.back();
    partial.pop_back();
    partial.back() = s.sums.round(partial.back() + last);
  }
  return operation(partial.empty() ? Value() : partial.back());
}

Value RoundedLayer::plus_product(const Value& c, const Value& a, const Value& b) const {
  return operation(c + (semantics_.fused ? a * b : operation(a * b)));
}

Value RoundedLayer::minus_product(const Value& c, const Value& a, const Value& b) const {
  return operation(c - (semantics_.fused ? a * b : operation(a * b)));
}

Values RoundedLayer::next(const Values& state, std::uint32_t input) const {
  const DenseMap& map = maps_[input];
  const std::size_t dimension = state.size();
  Values result = state;
  switch (layer_.maps[input].form) {
    case MatrixForm::kDiagonal:
      for (std::size_t i = 0; i < dimension; ++i) result[i] = plus_product(map.offset[i], map.diagonal[i], state[i]);
      break;
    case MatrixForm::kDense:
      for (std::size_t i = 0; i < dimension; ++i)
        result[i] = operation(sum_of_products(map.rows[i], state) + map.offset[i]);
      break;
    case MatrixForm::kHouseholder:
    case MatrixForm::kRankOne:
      for (const DenseFactor& factor : map.factors) {
        Value along = sum_of_products(factor.v, result);
        if (factor.scale) along = operation(*factor.scale * along);
        for (std::size_t i = 0; i < dimension; ++i) result[i] = minus_product(result[i], factor.u[i], along);
      }
      for (std::size_t i = 0; i < dimension; ++i) result[i] = operation(result[i] + map.offset[i]);
      break;
  }
  for (Value& value : result) value = semantics_.states.round(value);
  return result;
}

std::optional<std::uint32_t> RoundedLayer::output(const Values& state, std::uint32_t input) const {
  const Decoder& decoder = layer_.decoder;
  if (decoder.kind == Decoder::Kind::kTable) {
    const auto row = rows_.find(codes(state));
    if (row == rows_.end()) return std::nullopt;
    return decoder.rows[row->second].output(input);
  }
  const std::size_t r = decoder.kind == Decoder::Kind::kShared ? 0 : input;
  const Readout& readout = decoder.readouts[r];
  return passed(readout, operation(sum_of_products(readouts_[r].weights, state) + readouts_[r].constant));
}

std::optional<std::uint32_t> RoundedLayer::passed(const Readout& readout, const Value& value) {
  if (readout.thresholds.empty()) return readout.outputs[0];
  if (value.kind == Value::Kind::kNan) return std::nullopt;
  if (value.kind == Value::Kind::kInfinite) return value.m > 0 ? readout.outputs.back() : readout.outputs.front();
  const Number exact = Rational(value.rational());
  std::size_t passed = 0;
  while (passed < readout.thresholds.size() && readout.thresholds[passed] <= exact) ++passed;
  return readout.outputs[passed];
}

}  // namespace eigenmata::checker
