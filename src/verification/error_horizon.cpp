// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/error_horizon.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <deque>
#include <map>
#include <set>

#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::verification {
namespace {

using exact::Rational;
using lrnn::SparseVector;
using Coordinates = std::vector<Rational>;

const exact::RationalArithmetic kRationals;

/// Why there is no bound.
struct NoBound {
  std::string reason;
};

/// A double that is not below what a few operations on doubles that are not below theirs have computed. All are ≥ 0.
double up(double x) { return x * (1 + 0x1p-40) + 0x1p-1060; }

/// |x|, not below it.
double up(const Rational& x) { return up(std::abs(x.convert_to<double>())); }

double norm_of(const std::vector<double>& x) {
  double sum = 0;
  for (const double each : x) sum += each * each;
  return up(std::sqrt(up(sum)));
}

/// A number of which |x| ≤ size for its exact value, and which is computed with an error of at most `error`.
struct Bound {
  double size = 0;
  double error = 0;
  [[nodiscard]] double computed() const { return up(size + error); }
};

/// Rounding to nearest in a format, as bounds.
class Rounding {
 public:
  explicit Rounding(const precision::FloatFormat& format)
      : relative_(std::ldexp(1.0, -format.precision())),
        absolute_(std::ldexp(1.0, format.lowest_exponent() - format.fraction_bits - 1)),
        largest_(precision::SoftFloat(format).to_double(format.largest())) {
    if (!format.subnormals) absolute_ = std::ldexp(1.0, format.lowest_exponent());
  }

  /// Of something of this size. Throws if it may be beyond the largest number.
  [[nodiscard]] double error(double size) const {
    if (!(size < largest_)) throw NoBound{"a number may overflow"};
    return up(relative_ * size + absolute_);
  }
  [[nodiscard]] Bound round(const Bound& x) const { return {x.size, up(x.error + error(x.computed()))}; }
  [[nodiscard]] double relative() const { return relative_; }

 private:
  double relative_, absolute_, largest_;
};

Bound product(const Bound& a, const Bound& b) {
  return {up(a.size * b.size), up(up(a.size * b.error) + up(a.error * b.size) + up(a.error * b.error))};
}

/// One layer's parameters, and what a step does to a state that is near an exact one.
class LayerBounds {
 public:
  LayerBounds(const precision::FloatArithmetic& k, const lrnn::Layer<Rational>& layer)
      : k_(k),
        layer_(layer),
        products_(k.plan().products),
        sums_(k.plan().accumulation),
        operations_(k.plan().operations),
        states_(k.plan().state) {}

  /// A parameter as it is rounded: its size, and how wrong it is, exactly.
  [[nodiscard]] Bound parameter(const Rational& x) const { return rounded(x, k_.parameter(x)); }

  /// Of h_0.
  [[nodiscard]] double start_error() const {
    std::vector<double> errors;
    for (const auto& entry : layer_.start.entries()) {
      errors.push_back(
          rounded(entry.value, layer_.bos ? k_.parameter(entry.value) : k_.state_number(entry.value)).error);
    }
    return norm_of(errors);
  }

  /// A bound of |δ| for a step from within `radius` of h. Throws NoBound.
  [[nodiscard]] double step_error(const Coordinates& h, const lrnn::AffineMap<Rational>& map, double radius) const {
    const std::size_t n = h.size();
    const Coordinates b = lrnn::coordinates(kRationals, map.b);
    std::vector<double> errors(n, 0);  // of the coordinates, by this step's roundings alone
    const auto finish = [&](std::size_t i, const Bound& x) { errors[i] = states_.round(x).error; };
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<Rational>>(&map.a)) {
      for (std::size_t i = 0; i < n; ++i) {
        const Bound term = product(parameter(diagonal->entries[i]), near(h[i], radius));
        finish(i, added(parameter(b[i]), term));
      }
      return norm_of(errors);
    }
    if (const auto* dense = std::get_if<lrnn::Dense<Rational>>(&map.a)) {
      for (std::size_t i = 0; i < n; ++i) {
        std::vector<Bound> row;
        for (std::size_t j = 0; j < n; ++j) row.push_back(product_in_sum(dense->matrix(i, j), near(h[j], radius)));
        finish(i, sum_of_two(sum(row), parameter(b[i])));
      }
      return norm_of(errors);
    }
    // Factors one by one: what the ones before have done wrong is multiplied by a norm.
    double total = 0;
    double reach = radius;
    Coordinates now = h;
    const auto apply = [&](const Coordinates& u, const std::vector<Bound>& rounded_u,
                           const std::vector<Bound>& rounded_v, const Coordinates& v, const std::optional<Bound>& scale,
                           const Rational& exact_scale, double norm) {
      std::vector<Bound> terms;
      Rational along = 0;
      for (std::size_t i = 0; i < n; ++i) {
        terms.push_back(product_in_sum(rounded_v[i], near(now[i], reach)));
        along += v[i] * now[i];
      }
      Bound d = sum(terms);
      if (scale) d = operations_.round(product(*scale, d));
      std::vector<double> factor_errors;
      for (std::size_t i = 0; i < n; ++i)
        factor_errors.push_back(added(near(now[i], reach), product(rounded_u[i], d)).error);
      for (std::size_t i = 0; i < n; ++i) now[i] -= u[i] * along * exact_scale;
      const double own = norm_of(factor_errors);
      total = up(up(norm * total) + own);
      reach = up(up(norm * reach) + own);
    };
    if (const auto* steps = std::get_if<lrnn::HouseholderProduct<Rational>>(&map.a)) {
      for (const auto& factor : steps->factors) apply_householder(factor, apply);
    } else {
      for (const auto& factor : std::get<lrnn::RankOneProduct<Rational>>(map.a).factors) {
        const Coordinates u = lrnn::coordinates(kRationals, factor.u);
        const Coordinates v = lrnn::coordinates(kRationals, factor.v);
        apply(u, parameters(u), parameters(v), v, std::nullopt, 1, norm(factor));
      }
    }
    for (std::size_t i = 0; i < n; ++i) finish(i, sum_of_two(near(now[i], reach), parameter(b[i])));
    return up(total + norm_of(errors));
  }

  /// Is a state within `radius` of h read as h is?
  [[nodiscard]] bool is_read_alike(const Coordinates& h, const lrnn::AffineReadout<Rational>& readout,
                                   double radius) const {
    Rational value = readout.constant;
    std::vector<Bound> terms;
    std::vector<double> weights;
    const Coordinates w = lrnn::coordinates(kRationals, readout.weights);
    for (std::size_t i = 0; i < w.size(); ++i) {
      value += w[i] * h[i];
      weights.push_back(up(w[i]));
      terms.push_back(product_in_sum(w[i], near(h[i], radius)));
    }
    const Bound read = sum_of_two(sum(terms), parameter(readout.constant));
    const double wrong = up(read.error + up(norm_of(weights) * radius));
    if (!std::isfinite(wrong)) return false;
    for (const Rational& threshold : readout.thresholds) {
      if (!(Rational(wrong) < abs(Rational(value - threshold)))) return false;
    }
    return true;
  }

  /// The largest of the norms of the matrices.
  [[nodiscard]] double largest_norm() const {
    double most = 0;
    for (const auto& map : layer_.maps) most = std::max(most, norm(map.a));
    return most;
  }

 private:
  [[nodiscard]] static Bound rounded(const Rational& x, double to) {
    if (!std::isfinite(to)) throw NoBound{"a parameter overflows"};
    return {up(x), x == Rational(to) ? 0 : up(Rational(x - Rational(to)))};
  }
  [[nodiscard]] std::vector<Bound> parameters(const Coordinates& x) const {
    std::vector<Bound> result;
    for (const Rational& each : x) result.push_back(parameter(each));
    return result;
  }
  /// A coordinate of the state: exact as it is, but within `radius` of x only.
  [[nodiscard]] static Bound near(const Rational& x, double radius) { return {up(up(x) + radius), 0}; }

  [[nodiscard]] Bound product_in_sum(const Rational& a, const Bound& h) const {
    return product_in_sum(parameter(a), h);
  }
  [[nodiscard]] Bound product_in_sum(const Bound& a, const Bound& h) const {
    const Bound exact = product(a, h);
    return k_.plan().fused_sums ? exact : products_.round(exact);
  }
  /// In whatever order: there are as many additions as terms, and a few of lanes, each of partial sums no larger than
  /// all terms together with what was rounded before.
  [[nodiscard]] Bound sum(const std::vector<Bound>& terms) const {
    const auto additions = static_cast<double>(terms.size() + k_.plan().lanes + 1);
    if (additions * sums_.relative() > 0.01) throw NoBound{"sums of too many terms for the format"};
    Bound total;
    for (const Bound& term : terms) total = {up(total.size + term.size), up(total.error + term.error)};
    const double each = sums_.error(up(1.02 * total.computed()) + up(additions * sums_.error(0)));
    total.error = up(total.error + up(additions * each));
    return operations_.round(total);
  }
  /// h + a product, as the plan updates.
  [[nodiscard]] Bound added(const Bound& h, const Bound& exact_product) const {
    const Bound term = k_.plan().fused_updates ? exact_product : operations_.round(exact_product);
    return sum_of_two(h, term);
  }
  [[nodiscard]] Bound sum_of_two(const Bound& a, const Bound& b) const {
    return operations_.round({up(a.size + b.size), up(a.error + b.error)});
  }

  template <class Apply>
  void apply_householder(const lrnn::HouseholderFactor<Rational>& factor, const Apply& apply) const {
    const Coordinates v = lrnn::coordinates(kRationals, factor.v);
    const Rational square = lrnn::dot(kRationals, factor.v, factor.v);
    const Rational scale = factor.beta / square;
    std::vector<Bound> key;
    if (k_.normalises_keys()) {
      const double length = std::sqrt(square.convert_to<double>());
      if (!(length > 0x1p-400 && length < 0x1p+400)) throw NoBound{"a key of extreme length"};
      const precision::SoftFloat soft(k_.plan().parameters);
      for (const Rational& entry : v) {
        // Nearly v/|v|. Rounded it is the parameter, or close to a tie the other neighbour, as far away as this one.
        const double nearly = entry.convert_to<double>() / length;
        const double rounded = soft.to_double(soft.from_double(nearly));
        if (!std::isfinite(rounded)) throw NoBound{"a parameter overflows"};
        const double slack = up(std::abs(nearly) * 0x1p-45);
        key.push_back({up(std::abs(nearly) + slack), entry.is_zero() ? 0 : up(std::abs(nearly - rounded) + slack)});
      }
    } else {
      key = parameters(v);
    }
    apply(v, key, key, v, parameter(k_.normalises_keys() ? factor.beta : scale), scale, norm(factor));
  }

  [[nodiscard]] static double norm(const lrnn::HouseholderFactor<Rational>& factor) {
    return std::max(1.0, abs(Rational(1 - factor.beta)) <= 1 ? 1.0 : up(Rational(1 - factor.beta)));
  }
  [[nodiscard]] static double norm(const lrnn::RankOneFactor<Rational>& factor) {
    const Rational u = lrnn::dot(kRationals, factor.u, factor.u);
    const Rational v = lrnn::dot(kRationals, factor.v, factor.v);
    return up(1 + up(std::sqrt(up(u)) * std::sqrt(up(v))));
  }
  [[nodiscard]] static double norm(const lrnn::Transition<Rational>& a) {
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<Rational>>(&a)) {
      double most = 0;
      for (const Rational& entry : diagonal->entries) most = std::max(most, abs(entry) == 1 ? 1 : up(entry));
      return most;
    }
    if (const auto* steps = std::get_if<lrnn::HouseholderProduct<Rational>>(&a)) {
      double result = 1;
      for (const auto& factor : steps->factors) result *= norm(factor);
      return result == 1 ? 1 : up(result);
    }
    return norm(lrnn::to_dense(kRationals, a));
  }

 public:
  /// √(|A|₁ |A|∞), at least |A|; 1 exactly if that is at most 1.
  [[nodiscard]] static double norm(const exact::Matrix<Rational>& a) {
    Rational rows = 0;
    Rational columns = 0;
    for (std::size_t i = 0; i < a.rows(); ++i) {
      Rational row = 0;
      Rational column = 0;
      for (std::size_t j = 0; j < a.columns(); ++j) {
        row += abs(a(i, j));
        column += abs(a(j, i));
      }
      rows = std::max(rows, row);
      columns = std::max(columns, column);
    }
    const Rational square = rows * columns;
    return square <= 1 ? 1 : up(std::sqrt(up(square)));
  }

 private:
  const precision::FloatArithmetic& k_;
  const lrnn::Layer<Rational>& layer_;
  Rounding products_, sums_, operations_, states_;
};

/// The largest norm of a product of the matrices, the empty one included; nothing if they are too many.
std::optional<double> semigroup_norm(const lrnn::Layer<Rational>& layer, const core::Limits& limits) {
  constexpr std::size_t kMost = 2'000;
  constexpr std::size_t kMostRows = 16;
  if (layer.dimension > kMostRows) return std::nullopt;
  std::vector<exact::Matrix<Rational>> letters;
  for (const auto& map : layer.maps) letters.push_back(lrnn::to_dense(kRationals, map.a));
  std::set<std::vector<Rational>> seen;
  std::vector<exact::Matrix<Rational>> found{exact::identity(kRationals, layer.dimension)};
  seen.insert(found[0].entries());
  double most = 1;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const auto& letter : letters) {
      limits.poll();
      auto next = exact::multiply(kRationals, letter, found[i]);
      if (!seen.insert(next.entries()).second) continue;
      if (found.size() == kMost) return std::nullopt;
      most = std::max(most, LayerBounds::norm(next));
      found.push_back(std::move(next));
    }
  }
  return most;
}

/// What a layer meets in exact arithmetic.
struct Met {
  std::set<std::pair<Coordinates, std::size_t>> steps;  ///< a state, and the symbol read in it
  std::set<std::pair<Coordinates, std::size_t>> reads;  ///< a state reached, and the symbol it was reached by
};

/// Goes through all reachable states of the exact network. Throws NoBound.
std::vector<Met> explore(const lrnn::RationalNetwork& network, const core::Limits& limits) {
  constexpr std::size_t kMost = 50'000;
  constexpr std::size_t kMostCoordinates = std::size_t{1} << 21;
  constexpr std::size_t kMostBytes = std::size_t{1} << 24;  // where there is no end, numbers get longer and longer
  const lrnn::Runner<exact::RationalArithmetic> runner(kRationals, network);
  auto work = runner.make_workspace();
  std::vector<Met> met(network.layers.size());
  using Joint = std::vector<Coordinates>;
  const auto listed = [](const auto& states) {
    Joint joint;
    for (const auto& state : states) joint.push_back(lrnn::coordinates(kRationals, state));
    return joint;
  };
  auto start = runner.start();
  std::size_t bytes = 0;
  std::size_t coordinates = 0;
  std::set<Joint> seen{listed(start)};
  std::deque<lrnn::JointState<Rational>> open{start};
  core::Ticker ticker(limits, "exploring exact states");
  while (!open.empty()) {
    const auto from = std::move(open.front());
    open.pop_front();
    for (std::size_t x = 0; x < network.alphabet.size(); ++x) {
      ticker.tick();
      auto states = from;
      std::size_t symbol = x;
      for (std::size_t l = 0; l < network.layers.size(); ++l) {
        met[l].steps.emplace(lrnn::coordinates(kRationals, from[l]), symbol);
        runner.next(l, from[l], core::symbol(symbol), work, states[l]);
        met[l].reads.emplace(lrnn::coordinates(kRationals, states[l]), symbol);
        const auto output = runner.decode(l, states[l], core::symbol(symbol));
        if (!output) throw NoBound{"a decoder of the exact network has no output"};
        symbol = core::index(*output);
      }
      if (!seen.insert(listed(states)).second) continue;
      for (const auto& state : states) {
        coordinates += state.dimension();
        for (const auto& entry : state.entries())
          bytes += msb(denominator(entry.value)) / 8 + msb(abs(numerator(entry.value))) / 8;
      }
      if (seen.size() > kMost || coordinates > kMostCoordinates || bytes > kMostBytes)
        throw NoBound{"the exact states are more than " + std::to_string(seen.size())};
      open.push_back(std::move(states));
    }
  }
  return met;
}

LayerHorizon horizon_of(const precision::FloatArithmetic& k, const lrnn::Layer<Rational>& layer, const Met& met,
                        const core::Limits& limits) {
  const auto* decoder = std::get_if<lrnn::AffineDecoder<Rational>>(&layer.decoder);
  if (decoder == nullptr) throw NoBound{"a table reads only what is exact"};
  const LayerBounds bounds(k, layer);
  core::Ticker ticker(limits, "bounding errors");
  LayerHorizon result;
  result.start_error = bounds.start_error();
  result.growth = bounds.largest_norm();
  if (result.growth <= 1) {
    result.growth = 1;
  } else if (const auto most = semigroup_norm(layer, limits)) {
    result.growth = *most;
  } else {
    result.grows_by_step = true;
  }
  // A decoder with one output says it whatever it reads.
  if (std::all_of(decoder->readouts.begin(), decoder->readouts.end(),
                  [](const auto& readout) { return readout.thresholds.empty(); })) {
    result.length = kFarthestHorizon;
    return result;
  }
  // The largest radius of which decoders notice nothing, nearly.
  constexpr double kWidest = 0x1p+20;
  constexpr double kNarrowest = 0x1p-200;
  result.radius = kWidest;
  for (const auto& [state, symbol] : met.reads) {
    const auto& readout = decoder->readouts[decoder->readouts.size() == 1 ? 0 : symbol];
    while (result.radius > kNarrowest) {
      ticker.tick();
      try {
        if (bounds.is_read_alike(state, readout, result.radius)) break;
      } catch (const NoBound&) {
        // With a smaller radius there may be one.
      }
      result.radius *= 0.9;
    }
  }
  if (result.radius <= kNarrowest) throw NoBound{"a value lies on a threshold, or too close to it for the format"};
  for (auto step = met.steps.begin(); step != met.steps.end();) {
    ticker.tick();
    try {
      const double error = bounds.step_error(step->first, layer.maps[step->second], result.radius);
      result.step_error = std::max(result.step_error, error);
      ++step;
    } catch (const NoBound&) {
      // What overflows somewhere in a wide neighbourhood need not in a narrow one.
      result.radius *= 0.5;
      if (result.radius <= kNarrowest) throw;
    }
  }
  double steps = 0;
  if (!result.grows_by_step) {
    steps = (result.radius / result.growth - result.start_error) / result.step_error * (1 - 0x1p-30);
  } else {
    for (double error = result.start_error;; ++steps) {
      ticker.tick();
      error = up(up(result.growth * error) + result.step_error);
      if (!(error <= result.radius)) break;
    }
  }
  if (!(steps >= 1)) steps = 0;
  result.length = steps >= static_cast<double>(kFarthestHorizon) ? kFarthestHorizon : static_cast<std::size_t>(steps);
  return result;
}

}  // namespace

ErrorHorizon error_horizon(const precision::FloatArithmetic& arithmetic, const lrnn::RationalNetwork& network,
                           const core::Limits& limits) {
  ErrorHorizon result;
  const precision::RoundingPlan& plan = arithmetic.plan();
  try {
    if (plan.chunk != 0) throw NoBound{"the plan computes in chunks"};
    if (plan.form != precision::RoundingPlan::Form::kFactors) throw NoBound{"the plan multiplies matrices out"};
    if (plan.rounding != precision::Rounding::kNearestEven) throw NoBound{"the plan does not round to nearest"};
    constexpr std::size_t kMostRows = 256;
    for (const auto& layer : network.layers) {
      if (layer.dimension > kMostRows) throw NoBound{"a layer of more than 256 dimensions"};
    }
    const std::vector<Met> met = explore(network, limits);
    std::size_t length = kFarthestHorizon;
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      result.layers.push_back(horizon_of(arithmetic, network.layers[l], met[l], limits));
      length = std::min(length, result.layers.back().length);
    }
    result.length = length;
  } catch (const NoBound& none) {
    result.why_not = none.reason;
  } catch (const core::LimitReached& limit) {
    result.why_not = limit.what();
  }
  return result;
}

}  // namespace eigenmata::verification
