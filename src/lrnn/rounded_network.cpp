// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/rounded_network.hpp"

#include <cmath>
#include <utility>

#include "eigenmata/core/text.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/validation.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;

/// A real number: rational, or enclosed as closely as one likes.
template <class Enclose>
struct RealNumber {
  std::optional<Rational> value;
  Enclose enclose;  ///< bits → (low, high), for numbers that are not rational
};

/// As results of a rounding: NaN, in the place of too large numbers, is the same as NaN.
template <class R>
bool is_same(R a, R b) {
  if constexpr (std::is_same_v<R, double>) return a == b || (std::isnan(a) && std::isnan(b));
  return a == b;
}

/// A rounding f of the reals applied to a number. Roundings are constant between breakpoints, which are rational: an
/// irrational number lies between two of them, so that close enough ends of an enclosure are rounded alike.
template <class Enclose, class Round>
auto rounded(const RealNumber<Enclose>& a, const Round& round) {
  if (a.value) return round(*a.value);
  for (std::size_t bits = 64;; bits *= 2) {
    const auto [low, high] = a.enclose(bits);
    auto from_below = round(low);
    if (is_same(from_below, round(high))) return from_below;
  }
}

auto real_number(const exact::RationalArithmetic& /*k*/, const Rational& a) {
  const auto never = [a](std::size_t) { return std::pair(a, a); };
  return RealNumber<decltype(never)>{a, never};
}

auto real_number(const exact::NumberField& k, const exact::FieldElement& a) {
  const auto coefficients = a.coefficients();
  bool rational = true;
  for (std::size_t i = 1; i < coefficients.size(); ++i) rational = rational && coefficients[i].is_zero();
  const auto enclose = [k, a](std::size_t bits) { return k.enclosure(a, bits + 32).dyadic_ends(bits); };
  std::optional<Rational> value;
  if (rational) value = coefficients.empty() ? Rational(0) : coefficients[0];
  return RealNumber<decltype(enclose)>{value, enclose};
}

auto real_number(const exact::CyclotomicField& k, const exact::FieldElement& a) {
  const auto value = exact::rational_value(k, a);
  if (!value) throw core::Error(k.format(a) + " is not rational; complex numbers have no rounding here");
  const auto never = [v = *value](std::size_t) { return std::pair(v, v); };
  return RealNumber<decltype(never)>{value, never};
}

/// ⌊√a · 2^bits⌋ / 2^bits, a ≥ 0.
Rational square_root_below(const Rational& a, std::size_t bits) {
  const exact::Integer shifted = boost::multiprecision::numerator(a) << (2 * bits);
  return Rational(sqrt(exact::Integer(shifted / boost::multiprecision::denominator(a))), exact::Integer(1) << bits);
}

template <class T, class K>
class Rounder {
 public:
  using S = typename K::Scalar;
  using R = typename T::Scalar;

  Rounder(const T& target, const K& k, const core::Limits& limits) : t_(target), k_(k), limits_(limits) {}

  RoundedNetwork<R> run(const Network<S>& network) {
    Network<R> result{network.alphabet, network.accepts_empty_word, {}, network.accept, std::nullopt};
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      const Layer<S>& layer = network.layers[l];
      where_ = "layer " + std::to_string(l + 1);
      // What a beginning-of-sequence token writes is one of its parameters.
      std::vector<R> values;
      Layer<R> copy{layer.dimension, layer.bos ? vector(layer.start) : state(layer.start), {}, layer.outputs, {}};
      for (std::size_t x = 0; x < layer.maps.size(); ++x) {
        where_ =
            "layer " + std::to_string(l + 1) + ", letter " + core::in_quotes(network.inputs(l).name(core::symbol(x)));
        if (in_chunks()) {
          values.push_back(value(layer.maps[x]));
          copy.maps.push_back({transition(layer.maps[x].a), vector(SparseVector<S>(layer.dimension))});
        } else {
          copy.maps.push_back({transition(layer.maps[x].a), vector(layer.maps[x].b)});
        }
      }
      if (in_chunks()) values_.push_back(std::move(values));
      where_ = "decoder of layer " + std::to_string(l + 1);
      if (in_chunks() && !std::holds_alternative<AffineDecoder<S>>(layer.decoder))
        throw core::Error(where_ + ": a table of states, or walks, but in chunks most states are not computed");
      if (std::holds_alternative<WalkDecoder<S>>(layer.decoder))
        throw core::Error(where_ + ": walks over the coordinates are done in exact arithmetic only");
      copy.decoder = decoder(layer.decoder);
      result.layers.push_back(std::move(copy));
    }
    return {std::move(result), parameters_, rounded_, std::move(values_)};
  }

 private:
  [[nodiscard]] bool in_chunks() const {
    if constexpr (std::is_same_v<T, precision::FloatArithmetic>) return t_.plan().chunk != 0;
    return false;
  }

  /// x of b = β x k, with k = v/|v| exactly: b = μ v gives x = μ |v| / β.
  R value(const AffineMap<S>& map) {
    const auto* product = std::get_if<HouseholderProduct<S>>(&map.a);
    if (product == nullptr)
      throw core::Error(where_ + ": fla-chunk is about products of Householder factors, and this matrix is none");
    if (map.b.is_zero()) return t_.zero();
    const auto refuse = [&] {
      throw core::Error(where_ + ": fla-chunk writes along the key of the last factor, and B is not β x k");
    };
    if (product->factors.empty() || k_.is_zero(product->factors.back().beta)) refuse();
    const auto& factor = product->factors.back();
    const auto& v = factor.v.entries();
    const auto& b = map.b.entries();
    if (v.size() != b.size() || v[0].index != b[0].index) refuse();
    const S mu = k_.divide(b[0].value, v[0].value);
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (v[i].index != b[i].index || !k_.equal(k_.multiply(mu, v[i].value), b[i].value)) refuse();
    }
    const S ratio = k_.divide(mu, factor.beta);
    return signed_root(k_.sign(ratio) == -1, k_.multiply(k_.multiply(ratio, ratio), dot(k_, factor.v, factor.v)));
  }

  /// Calls `round` with rationals, counts the number, and complains about it where the target does.
  template <class Round>
  R convert(const S& a, const Round& round) {
    try {
      const auto real = real_number(k_, a);
      if (!k_.is_zero(a)) ++parameters_;
      if (real.value ? t_.refuses(*real.value) : t_.refuses(Rational(1, 3)))
        throw core::Error(k_.format(a) + " is not a number of this format, and integers are not rounded");
      const R result = lrnn::rounded(real, round);
      if (!real.value || is_changed(*real.value, result)) ++rounded_;
      return result;
    } catch (const core::Error& error) {
      throw core::Error(where_ + ": " + error.what());
    }
  }
  R parameter(const S& a) {
    return convert(a, [&](const Rational& x) { return t_.parameter(x); });
  }

  [[nodiscard]] bool is_changed(const Rational& exact, R rounded) const {
    if constexpr (std::is_same_v<T, precision::FixedArithmetic>) {
      return !precision::FixedPoint(t_.number_format()).holds(exact);
    } else {
      const precision::SoftFloat f64(precision::kF64);
      return f64.to_rational(std::bit_cast<std::uint64_t>(rounded)) != exact;
    }
  }

  /// Dense if zeros count.
  template <class Round>
  SparseVector<R> vector(const SparseVector<S>& a, const Round& round) {
    std::vector<typename SparseVector<R>::Entry> entries;
    const bool dense = !t_.is_zero(t_.zero());
    if (dense) {
      bytes_ += sizeof(entries[0]) * a.dimension();
      limits_.require_memory(bytes_, "the network with all its zeros");
      entries.reserve(a.dimension());
      for (std::uint32_t i = 0; i < a.dimension(); ++i) entries.push_back({i, t_.zero()});
      for (const auto& entry : a.entries()) entries[entry.index].value = round(entry.value);
    } else {
      for (const auto& entry : a.entries()) {
        const R value = round(entry.value);
        if (!t_.is_zero(value)) entries.push_back({entry.index, value});
      }
    }
    return {a.dimension(), std::move(entries)};
  }
  SparseVector<R> vector(const SparseVector<S>& a) {
    return vector(a, [&](const S& x) { return parameter(x); });
  }
  SparseVector<R> state(const SparseVector<S>& a) {
    return vector(a, [&](const S& x) { return convert(x, [&](const Rational& y) { return t_.state_number(y); }); });
  }

  HouseholderFactor<R> factor(const HouseholderFactor<S>& f) {
    const S norm = dot(k_, f.v, f.v);
    if (!t_.normalises_keys()) return {parameter(k_.divide(f.beta, norm)), vector(f.v)};
    return {parameter(f.beta), vector(f.v, [&](const S& x) { return quotient_by_root(x, norm); })};
  }

  /// x / √norm, rounded: ± the square root of x²/norm.
  R quotient_by_root(const S& x, const S& norm) {
    return signed_root(k_.sign(x) == -1, k_.divide(k_.multiply(x, x), norm));
  }

  /// ±√square, rounded.
  R signed_root(bool negative, const S& square) {
    const auto real = real_number(k_, square);
    const auto round = [&](const Rational& y) { return t_.parameter(negative ? Rational(-y) : y); };
    ++parameters_;
    std::optional<Rational> root;
    if (real.value) {
      const Rational candidate(sqrt(exact::Integer(boost::multiprecision::numerator(*real.value))),
                               sqrt(exact::Integer(boost::multiprecision::denominator(*real.value))));
      if (candidate * candidate == *real.value) root = candidate;
    }
    const auto enclose = [&](std::size_t bits) {
      const auto [low, high] = real.value ? std::pair(*real.value, *real.value) : real.enclose(2 * bits);
      const Rational step(1, exact::Integer(1) << bits);
      return std::pair(square_root_below(low < 0 ? Rational(0) : low, bits), square_root_below(high, bits) + step);
    };
    const R result = lrnn::rounded(RealNumber<decltype(enclose)>{root, enclose}, round);
    if (!root || is_changed(negative ? Rational(-*root) : *root, result)) ++rounded_;
    return result;
  }

  Transition<R> transition(const Transition<S>& a) {
    if (const auto* diagonal = std::get_if<Diagonal<S>>(&a)) {
      Diagonal<R> result;
      for (const S& entry : diagonal->entries) result.entries.push_back(parameter(entry));
      return result;
    }
    if (const auto* dense = std::get_if<Dense<S>>(&a)) {
      std::vector<R> entries;
      for (const S& entry : dense->matrix.entries()) entries.push_back(parameter(entry));
      return Dense<R>{exact::Matrix<R>(dense->matrix.rows(), dense->matrix.columns(), std::move(entries))};
    }
    Transition<R> result;
    if (const auto* product = std::get_if<HouseholderProduct<S>>(&a)) {
      HouseholderProduct<R> copy{product->dimension, {}};
      for (const auto& f : product->factors) copy.factors.push_back(factor(f));
      result = std::move(copy);
    } else {
      const auto& ranks = std::get<RankOneProduct<S>>(a);
      RankOneProduct<R> copy{ranks.dimension, {}};
      for (const auto& f : ranks.factors) copy.factors.push_back({vector(f.u), vector(f.v)});
      result = std::move(copy);
    }
    if (t_.forms_matrices()) return Dense<R>{to_dense(t_, result)};
    return result;
  }

  Decoder<R> decoder(const Decoder<S>& decoder) {
    if (const auto* affine = std::get_if<AffineDecoder<S>>(&decoder)) {
      AffineDecoder<R> result;
      for (const auto& readout : affine->readouts) {
        std::vector<R> thresholds;
        // A comparison with the exact threshold is one with the next number above it.
        for (const S& t : readout.thresholds)
          thresholds.push_back(lrnn::rounded(real_number(k_, t), [&](const Rational& x) { return t_.threshold(x); }));
        result.readouts.push_back(
            {vector(readout.weights), parameter(readout.constant), std::move(thresholds), readout.outputs});
      }
      return result;
    }
    TableDecoder<R> result;
    for (const auto& row : std::get<TableDecoder<S>>(decoder).rows)
      result.rows.push_back({state(row.state), row.outputs});
    if (const auto row = repeated_row(t_, result))
      throw core::Error(where_ + ": in this format row " + std::to_string(*row + 1) +
                        " of the table has the state of an earlier one");
    return result;
  }

  const T& t_;
  const K& k_;
  const core::Limits& limits_;
  std::string where_;
  std::size_t parameters_ = 0;
  std::size_t rounded_ = 0;
  std::size_t bytes_ = 0;
  std::vector<std::vector<R>> values_;
};

}  // namespace

template <class T, exact::ExactArithmetic K>
RoundedNetwork<typename T::Scalar> rounded_network(const T& target, const K& k,
                                                   const Network<typename K::Scalar>& network,
                                                   const core::Limits& limits) {
  return Rounder<T, K>(target, k, limits).run(network);
}

#define EIGENMATA_ROUNDED(T, K)                                                                                       \
  template RoundedNetwork<typename T::Scalar> rounded_network(const T&, const K&, const Network<typename K::Scalar>&, \
                                                              const core::Limits&);
EIGENMATA_ROUNDED(precision::FloatArithmetic, exact::RationalArithmetic)
EIGENMATA_ROUNDED(precision::FloatArithmetic, exact::NumberField)
EIGENMATA_ROUNDED(precision::FloatArithmetic, exact::CyclotomicField)
EIGENMATA_ROUNDED(precision::FixedArithmetic, exact::RationalArithmetic)
EIGENMATA_ROUNDED(precision::FixedArithmetic, exact::NumberField)
EIGENMATA_ROUNDED(precision::FixedArithmetic, exact::CyclotomicField)
#undef EIGENMATA_ROUNDED

}  // namespace eigenmata::lrnn
