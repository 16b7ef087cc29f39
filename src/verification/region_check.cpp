// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/region_check.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <set>

#include "foreign_letters.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using core::Symbol;
using precision::FloatArithmetic;
using Symbols = std::set<Symbol>;

/// There is no region of this kind.
struct NoRegion {};

/// A parameter times what is in an interval is least at this end of it, and largest at the other.
double least(double parameter, const Interval& x) { return parameter >= 0 ? x.low : x.high; }
double most(double parameter, const Interval& x) { return parameter >= 0 ? x.high : x.low; }

/// The ends of Σ a_i h_i.
Interval product_sum(const FloatArithmetic& k, const std::vector<double>& a, const Interval* h) {
  FloatArithmetic::ProductSum low(k), high(k);
  low.clear();
  high.clear();
  for (std::size_t i = 0; i < a.size(); ++i) {
    low.add(k, a[i], least(a[i], h[i]));
    high.add(k, a[i], most(a[i], h[i]));
  }
  return {low.total(k), high.total(k)};
}

void require_finite(const Interval& x) {
  if (!std::isfinite(x.low) || !std::isfinite(x.high)) throw NoRegion{};
}

class RegionLayer {
 public:
  RegionLayer(const FloatArithmetic& k, const lrnn::Layer<double>& layer) : dimension_(layer.dimension) {
    for (const auto& map : layer.maps) maps_.push_back(prepared(k, map));
    const auto* affine = std::get_if<lrnn::AffineDecoder<double>>(&layer.decoder);
    if (affine == nullptr) throw NoRegion{};
    for (const auto& readout : affine->readouts)
      readouts_.push_back(
          {lrnn::coordinates(k, readout.weights), readout.constant, readout.thresholds, readout.outputs});
  }

  [[nodiscard]] std::size_t dimension() const { return dimension_; }

  /// All of A h + b.
  [[nodiscard]] Box next(const FloatArithmetic& k, const Interval* h, Symbol symbol) const {
    const Map& map = maps_[core::index(symbol)];
    Box to(h, h + dimension_);
    for (const Factor& factor : map.factors) {
      Interval sum = product_sum(k, factor.v, to.data());
      if (factor.scale) {
        const double s = *factor.scale;
        sum = {k.multiply(s, least(s, sum)), k.multiply(s, most(s, sum))};
      }
      for (std::size_t i = 0; i < dimension_; ++i) {
        k.subtract_product(to[i].low, factor.u[i], most(factor.u[i], sum));
        k.subtract_product(to[i].high, factor.u[i], least(factor.u[i], sum));
        require_finite(to[i]);
      }
    }
    for (std::size_t i = 0; i < dimension_; ++i) {
      if (map.is_diagonal) {
        const double a = map.rows[0][i];
        Interval x{map.b[i], map.b[i]};
        k.add_product(x.low, a, least(a, h[i]));
        k.add_product(x.high, a, most(a, h[i]));
        to[i] = x;
      } else {
        const Interval x = map.rows.empty() ? to[i] : product_sum(k, map.rows[i], h);
        to[i] = {k.add(x.low, map.b[i]), k.add(x.high, map.b[i])};
      }
      to[i] = {k.settled(to[i].low), k.settled(to[i].high)};
      require_finite(to[i]);
    }
    return to;
  }

  /// All that the decoder may say.
  void decode(const FloatArithmetic& k, const Box& h, Symbol symbol, Symbols& outputs) const {
    const Readout& readout = readouts_.size() == 1 ? readouts_[0] : readouts_[core::index(symbol)];
    const auto passed = [&](double value) {
      std::size_t count = 0;
      while (count < readout.thresholds.size() && value >= readout.thresholds[count]) ++count;
      return count;
    };
    Interval value{0, 0};
    if (!readout.thresholds.empty()) {
      const Interval sum = product_sum(k, readout.weights, h.data());
      value = {k.add(sum.low, readout.constant), k.add(sum.high, readout.constant)};
      require_finite(value);
    }
    for (std::size_t i = passed(value.low); i <= passed(value.high); ++i) outputs.insert(readout.outputs[i]);
  }

 private:
  struct Factor {
    std::vector<double> u, v;
    std::optional<double> scale;
  };
  /// A diagonal, rows of a matrix, or factors.
  struct Map {
    bool is_diagonal = false;
    std::vector<std::vector<double>> rows;
    std::vector<Factor> factors;
    std::vector<double> b;
  };
  struct Readout {
    std::vector<double> weights;
    double constant;
    std::vector<double> thresholds;
    std::vector<Symbol> outputs;
  };

  static Map prepared(const FloatArithmetic& k, const lrnn::AffineMap<double>& map) {
    Map result{false, {}, {}, lrnn::coordinates(k, map.b)};
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<double>>(&map.a)) {
      result.is_diagonal = true;
      result.rows.push_back(diagonal->entries);
    } else if (const auto* dense = std::get_if<lrnn::Dense<double>>(&map.a)) {
      const auto& m = dense->matrix;
      for (std::size_t i = 0; i < m.rows(); ++i) {
        result.rows.emplace_back();
        for (std::size_t j = 0; j < m.columns(); ++j) result.rows.back().push_back(m(i, j));
      }
    } else if (const auto* householder = std::get_if<lrnn::HouseholderProduct<double>>(&map.a)) {
      for (const auto& f : householder->factors) {
        const auto v = lrnn::coordinates(k, f.v);
        result.factors.push_back({v, v, lrnn::factor_scale(k, f)});
      }
    } else {
      for (const auto& f : std::get<lrnn::RankOneProduct<double>>(map.a).factors)
        result.factors.push_back({lrnn::coordinates(k, f.u), lrnn::coordinates(k, f.v), std::nullopt});
    }
    return result;
  }

  std::size_t dimension_;
  std::vector<Map> maps_;
  std::vector<Readout> readouts_;
};

class RegionSearch {
 public:
  RegionSearch(const FloatArithmetic& k, const lrnn::Network<double>& network, const Dfa& automaton,
               const core::Limits& limits)
      : k_(k), network_(network), automaton_(automaton), ticker_(limits, "joining boxes of numeric states") {
    for (const auto& layer : network.layers) layers_.emplace_back(k, layer);
  }

  ClosedRegion run() {
    constexpr std::size_t kMostChanges = std::size_t{1} << 20;
    if (network_.accepts_empty_word != automaton_.is_accepting(automaton_.initial())) throw NoRegion{};
    ClosedRegion region{automaton_, std::vector<std::optional<Box>>(automaton_.states())};
    Box start;
    for (const auto& layer : network_.layers) {
      for (const double x : lrnn::coordinates(k_, layer.start)) start.push_back({x, x});
    }
    std::deque<automata::State> open{automaton_.initial()};
    region.boxes[automata::index(automaton_.initial())] = start;
    for (std::size_t changes = 0; !open.empty(); open.pop_front()) {
      for (std::size_t x = 0; x < automaton_.letters(); ++x) {
        const auto next = automaton_.step(open.front(), core::symbol(x));
        auto& to = region.boxes[automata::index(next)];
        if (!join(to, image(*region.boxes[automata::index(open.front())], core::symbol(x), next))) continue;
        if (++changes > kMostChanges) throw NoRegion{};
        if (std::find(open.begin() + 1, open.end(), next) == open.end()) open.push_back(next);
      }
    }
    if (!is_closed(region, start)) throw NoRegion{};
    return region;
  }

 private:
  /// Where a letter takes a box. Throws if an answer may be wrong.
  Box image(const Box& from, Symbol letter, automata::State next) {
    ticker_.tick();
    Symbols symbols{letter};
    Box to;
    std::size_t first = 0;
    for (const RegionLayer& layer : layers_) {
      std::optional<Box> whole;
      Symbols outputs;
      for (const Symbol symbol : symbols) {
        const Box one = layer.next(k_, from.data() + first, symbol);
        layer.decode(k_, one, symbol, outputs);
        (void)join(whole, one);
      }
      to.insert(to.end(), whole->begin(), whole->end());
      symbols = std::move(outputs);
      first += layer.dimension();
    }
    for (const Symbol symbol : symbols) {
      if (network_.accept[core::index(symbol)] != automaton_.is_accepting(next)) throw NoRegion{};
    }
    return to;
  }

  /// Whether that changed the first one.
  static bool join(std::optional<Box>& all, const Box& more) {
    if (!all) {
      all = more;
      return true;
    }
    bool changed = false;
    for (std::size_t i = 0; i < more.size(); ++i) {
      changed = changed || more[i].low < (*all)[i].low || more[i].high > (*all)[i].high;
      (*all)[i].low = std::min((*all)[i].low, more[i].low);
      (*all)[i].high = std::max((*all)[i].high, more[i].high);
    }
    return changed;
  }

  static bool holds(const Box& all, const Box& part) {
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (!(all[i].low <= part[i].low && part[i].high <= all[i].high)) return false;
    }
    return all.size() == part.size();
  }

  /// The proof, whatever led to it.
  bool is_closed(const ClosedRegion& region, const Box& start) {
    const auto& first = region.boxes[automata::index(automaton_.initial())];
    if (!first || !holds(*first, start)) return false;
    for (std::size_t q = 0; q < region.boxes.size(); ++q) {
      for (std::size_t x = 0; x < automaton_.letters() && region.boxes[q]; ++x) {
        const auto next = automaton_.step(automata::state(q), core::symbol(x));
        const auto& to = region.boxes[automata::index(next)];
        if (!to || !holds(*to, image(*region.boxes[q], core::symbol(x), next))) return false;
      }
    }
    return true;
  }

  const FloatArithmetic& k_;
  const lrnn::Network<double>& network_;
  const Dfa& automaton_;
  core::Ticker ticker_;
  std::vector<RegionLayer> layers_;
};

}  // namespace

std::optional<ClosedRegion> closed_region(const FloatArithmetic& arithmetic, const lrnn::Network<double>& network,
                                          const Dfa& language, const core::Limits& limits) {
  if (arithmetic.plan().chunk != 0 || shortest_foreign_word(language, network.alphabet)) return std::nullopt;
  const Dfa readable = automata::over_alphabet(language, network.alphabet);
  try {
    return RegionSearch(arithmetic, network, readable, limits).run();
  } catch (const NoRegion&) {
    return std::nullopt;
  } catch (const core::LimitReached&) {
    return std::nullopt;
  }
}

}  // namespace eigenmata::verification
