// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/box.hpp"

#include <algorithm>

namespace eigenmata::certificate {
namespace {

using exact::Rational;
using lrnn::SparseVector;
using Entry = SparseVector<Rational>::Entry;

/// a + scale · b.
template <class K>
SparseVector<typename K::Scalar> combined(const K& k, const SparseVector<typename K::Scalar>& a,
                                          const typename K::Scalar& scale, const SparseVector<typename K::Scalar>& b) {
  using S = typename K::Scalar;
  std::vector<typename SparseVector<S>::Entry> entries;
  auto i = a.entries().begin();
  for (const auto& entry : b.entries()) {
    while (i != a.entries().end() && i->index < entry.index) entries.push_back(*i++);
    S value = k.multiply(scale, entry.value);
    if (i != a.entries().end() && i->index == entry.index) value = k.add(value, (i++)->value);
    if (!k.is_zero(value)) entries.push_back({entry.index, std::move(value)});
  }
  entries.insert(entries.end(), i, a.entries().end());
  return {a.dimension(), std::move(entries)};
}

/// The absolute values; nothing if an entry is not rational.
template <class K>
std::optional<SparseVector<Rational>> magnitudes(const K& k, const SparseVector<typename K::Scalar>& a) {
  std::vector<Entry> entries;
  for (const auto& entry : a.entries()) {
    const auto value = exact::rational_value(k, entry.value);
    if (!value) return std::nullopt;
    entries.push_back({entry.index, abs(*value)});
  }
  return SparseVector<Rational>(a.dimension(), std::move(entries));
}

const exact::RationalArithmetic kRationals{};

}  // namespace

template <class K>
bool contains(const K& k, const Box<typename K::Scalar>& outer, const Box<typename K::Scalar>& inner) {
  const auto shift = combined(k, inner.centre, k.from_rational(-1), outer.centre);
  const auto distance = magnitudes(k, shift);
  if (!distance) return false;
  const auto reach = combined(kRationals, *distance, Rational(1), inner.half_widths);
  const auto excess = combined(kRationals, reach, Rational(-1), outer.half_widths);
  return std::all_of(excess.entries().begin(), excess.entries().end(),
                     [](const Entry& entry) { return entry.value < 0; });
}

template <class K>
std::optional<Box<typename K::Scalar>> BoxImages<K>::image(const Box<S>& box, core::Symbol symbol) {
  Box<S> result{SparseVector<S>(box.centre.dimension()), SparseVector<Rational>(box.centre.dimension())};
  runner_.next(layer_, box.centre, symbol, work_, result.centre);
  for (const Entry& half : box.half_widths.entries()) {
    const Magnitudes& widened = column(half.index, symbol);
    if (!widened) return std::nullopt;
    result.half_widths = combined(kRationals, result.half_widths, half.value, *widened);
  }
  return result;
}

template <class K>
const typename BoxImages<K>::Magnitudes& BoxImages<K>::column(std::uint32_t j, core::Symbol symbol) {
  const auto [at, is_new] = columns_.try_emplace({j, symbol});
  if (is_new) {
    const lrnn::Layer<S>& layer = runner_.network().layers[layer_];
    SparseVector<S> image(layer.dimension);
    runner_.next(layer_, lrnn::unit_vector(k_, layer.dimension, j), symbol, work_, image);
    at->second = magnitudes(k_, combined(k_, image, k_.from_rational(-1), layer.maps[core::index(symbol)].b));
  }
  return at->second;
}

template <class K>
std::optional<core::Symbol> BoxImages<K>::output(const Box<S>& box, core::Symbol symbol) const {
  const auto* affine = std::get_if<lrnn::AffineDecoder<S>>(&runner_.network().layers[layer_].decoder);
  if (affine == nullptr) return box.is_point() ? runner_.decode(layer_, box.centre, symbol) : std::nullopt;
  const auto& readout = affine->readouts[affine->readouts.size() == 1 ? 0 : core::index(symbol)];
  const S middle = k_.add(dot(k_, readout.weights, box.centre), readout.constant);
  Rational half = 0;
  if (!box.is_point()) {
    const auto weights = magnitudes(k_, readout.weights);
    if (!weights) return std::nullopt;
    half = dot(kRationals, *weights, box.half_widths);
  }
  // Thresholds increase, by rational numbers: so if one of them can be compared, all can.
  bool is_rational = true;
  const auto passed = [&](const Rational& least) {
    const auto end =
        std::partition_point(readout.thresholds.begin(), readout.thresholds.end(), [&](const S& threshold) {
          const auto beyond = exact::rational_value(k_, k_.subtract(middle, threshold));
          is_rational = is_rational && beyond;
          return beyond && *beyond >= least;
        });
    return static_cast<std::size_t>(end - readout.thresholds.begin());
  };
  const std::size_t below = passed(half);  // by all of the box
  if (!is_rational || (!half.is_zero() && below != passed(-half))) return std::nullopt;
  return readout.outputs[below];
}

template bool contains(const exact::RationalArithmetic&, const Box<Rational>&, const Box<Rational>&);
template bool contains(const exact::CyclotomicField&, const Box<exact::FieldElement>&, const Box<exact::FieldElement>&);
template class BoxImages<exact::RationalArithmetic>;
template class BoxImages<exact::CyclotomicField>;

}  // namespace eigenmata::certificate
