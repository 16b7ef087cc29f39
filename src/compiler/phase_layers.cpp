// SPDX-License-Identifier: Apache-2.0
#include "phase_layers.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "plane_layers.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Cascade;
using algebra::CascadeLevel;
using algebra::CascadeStep;
using algebra::CoordinateMachine;
using algebra::Move;
using algebra::Value;
using exact::CyclotomicField;
using exact::FieldElement;
using exact::Rational;
using expressivity::SpectrumSet;
using Entries = std::vector<std::uint32_t>;
using Vector = lrnn::SparseVector<FieldElement>;

Rational turn(std::uint64_t p, std::uint64_t q) { return Rational(p) / Rational(q); }

/// Where a coordinate of the old machine went: to one that is the same, to one for each amount that is ever added, or,
/// taken modulo each of the prime powers q whose product its modulus is, to what these go to.
struct Turned {
  std::uint32_t amount = 0;    ///< what each of its steps stands for; 0: all amounts, as before
  std::uint32_t modulus = 0;   ///< N
  std::uint32_t step = 0;      ///< p of the root e(p/N)
  std::uint32_t back = 0;      ///< p · back = 1 modulo N
  std::size_t coordinate = 0;  ///< of the old machine
  std::uint32_t part = 0;      ///< q, or the old modulus
  std::uint32_t weight = 1;    ///< 1 modulo q, and 0 modulo the other prime powers
};

/// A root of unity of the set whose order is a multiple of `order`; one of least order.
std::optional<std::pair<std::uint32_t, std::uint32_t>> root_for(const SpectrumSet& spectrum, std::uint32_t order) {
  std::optional<std::pair<std::uint32_t, std::uint32_t>> best;
  for (const Rational& angle : spectrum.units().angles) {
    const auto p = static_cast<std::uint64_t>(numerator(angle));
    const auto n = static_cast<std::uint64_t>(denominator(angle));
    if (n % order != 0 || n > CyclotomicField::kMaxOrder) continue;
    if (!best || n < best->second) best = {static_cast<std::uint32_t>(p), static_cast<std::uint32_t>(n)};
  }
  return best;
}

std::uint32_t inverse_modulo(std::uint32_t p, std::uint32_t n) {
  for (std::uint32_t i = 1; i < n; ++i) {
    if (std::uint64_t{p} * i % n == 1) return i;
  }
  return 0;
}

class LevelTurner {
 public:
  LevelTurner(CascadeLevel& level, const SpectrumSet& spectrum, Steps steps)
      : level_(level), spectrum_(spectrum), steps_(steps), machine_(std::get<CoordinateMachine>(level.machine)) {}

  /// The sentence if the set has no root for a counter.
  std::optional<std::string> plan() {
    for (std::size_t j = 0; j < machine_.moduli.size(); ++j) {
      const std::uint32_t m = machine_.moduli[j];
      if (m == 1 || has_all(j, m)) {
        plan_.push_back({0, m, 0, 0, j, m});
        continue;
      }
      changes_ = true;
      if (!missing_order(j, m)) {
        plan_amounts(j, m, 1);
        continue;
      }
      for (const std::uint32_t q : prime_powers(m)) {
        const std::uint32_t weight = m / q * inverse_modulo(m / q % q, q);
        if (has_all(j, q)) {
          plan_.push_back({0, q, 0, 0, j, q, weight});
        } else if (const auto order = missing_order(j, q)) {
          return "it counts modulo " + std::to_string(m) +
                 ", and the set has no root of unity of an order divisible by " + std::to_string(*order);
        } else {
          plan_amounts(j, q, weight);
        }
      }
    }
    return std::nullopt;
  }

  void apply(const core::Limits& limits) {
    if (!changes_) return;
    std::map<Entries, Value> old_values;
    for (Value v = 0; v < level_.values.size(); ++v) old_values.emplace(level_.values[v], v);
    CoordinateMachine machine{{}, {}};
    for (const Turned& turned : plan_) machine.moduli.push_back(turned.modulus);
    for (const auto& moves : machine_.actions) machine.actions.push_back(turned_moves(moves));
    // All values that steps lead to from the start, with the old value of each.
    std::map<Entries, Value> numbers;
    std::vector<Entries> values;
    std::vector<Value> old;
    const auto number = [&](const Entries& value) {
      const auto [at, is_new] = numbers.emplace(value, static_cast<Value>(values.size()));
      if (is_new) {
        values.push_back(value);
        old.push_back(old_values.at(projection(value)));
        limits.require_memory(values.size() * 64 * value.size(), "the values of a counter");
      }
      return at->second;
    };
    Entries start;
    for (const Turned& turned : plan_)
      start.push_back(turned.amount == 0 ? reduced(level_.values[level_.start][turned.coordinate], turned.part) : 0);
    number(start);
    std::vector<std::vector<CascadeStep>> steps(level_.inputs());
    for (Value v = 0; v < values.size(); ++v) {
      for (std::size_t s = 0; s < level_.inputs(); ++s) {
        const auto& list = level_.steps[s];
        const auto step = std::find_if(list.begin(), list.end(), [&](const auto& x) { return x.value == old[v]; });
        if (step == list.end()) continue;
        const Value next = number(moved(values[v], machine.moduli, machine.actions[s]));
        steps[s].push_back({v, next, step->output});
      }
    }
    std::vector<algebra::Meet> meets;
    for (const algebra::Meet& meet : level_.meets) {
      for (Value v = 0; v < values.size(); ++v) {
        if (old[v] == meet.value) meets.push_back({meet.above, v, meet.context});
      }
    }
    std::sort(meets.begin(), meets.end(),
              [](const auto& a, const auto& b) { return std::pair(a.above, a.value) < std::pair(b.above, b.value); });
    level_.machine = std::move(machine);
    level_.values = std::move(values);
    level_.start = 0;
    level_.steps = std::move(steps);
    level_.meets = std::move(meets);
  }

 private:
  /// Modulo q; codes, which have the modulus 1, as they are.
  static std::uint32_t reduced(std::uint32_t a, std::uint32_t q) { return q == 1 ? a : a % q; }

  /// The amounts other than 0 that are ever added to the coordinate, modulo q.
  [[nodiscard]] Entries amounts(std::size_t j, std::uint32_t q) const {
    Entries result;
    for (const auto& moves : machine_.actions) {
      const std::uint32_t amount = moves[j].amount % q;
      if (!moves[j].writes && amount != 0) result.push_back(amount);
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  /// Can one coordinate modulo q have all the amounts?
  [[nodiscard]] bool has_all(std::size_t j, std::uint32_t q) const {
    if (steps_ == Steps::kByOne && q != 2 && q != 4) return amounts(j, q).empty();
    const Entries list = amounts(j, q);
    return std::all_of(list.begin(), list.end(),
                       [&](std::uint32_t amount) { return spectrum_.units().contains(turn(amount, q)); });
  }

  /// The order of an amount for which the set has no root of unity, if there is one.
  [[nodiscard]] std::optional<std::uint32_t> missing_order(std::size_t j, std::uint32_t q) const {
    for (const std::uint32_t amount : amounts(j, q)) {
      const std::uint32_t order = q / std::gcd(q, amount);
      if (!root_for(spectrum_, order)) return order;
    }
    return std::nullopt;
  }

  /// A coordinate for each amount. Needs no missing order.
  void plan_amounts(std::size_t j, std::uint32_t q, std::uint32_t weight) {
    for (const std::uint32_t amount : amounts(j, q)) {
      const auto [step, modulus] = *root_for(spectrum_, q / std::gcd(q, amount));
      plan_.push_back({amount, modulus, step, inverse_modulo(step, modulus), j, q, weight});
    }
  }

  [[nodiscard]] std::vector<Move> turned_moves(const std::vector<Move>& moves) const {
    std::vector<Move> result;
    for (const Turned& turned : plan_) {
      const Move& move = moves[turned.coordinate];
      if (turned.amount == 0) {
        result.push_back({move.writes, reduced(move.amount, turned.part)});
      } else {
        const bool counts = move.amount % turned.part == turned.amount;
        result.push_back({false, counts ? turned.step : 0});
      }
    }
    return result;
  }

  /// The old machine's value.
  [[nodiscard]] Entries projection(const Entries& value) const {
    Entries result(machine_.moduli.size(), 0);
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      const Turned& turned = plan_[i];
      std::uint32_t& sum = result[turned.coordinate];
      const std::uint64_t m = machine_.moduli[turned.coordinate];
      if (m == 1) {
        sum = value[i];
        continue;
      }
      std::uint64_t count = value[i];
      if (turned.amount != 0) {
        count = count * turned.back % turned.modulus * turned.amount;
        // Counters of amounts count from where the old one started.
        const bool is_first =
            i == 0 || plan_[i - 1].coordinate != turned.coordinate || plan_[i - 1].part != turned.part;
        if (is_first) count += level_.values[level_.start][turned.coordinate];
      }
      sum = static_cast<std::uint32_t>((sum + count % turned.part * turned.weight) % m);
    }
    return result;
  }

  static Entries moved(const Entries& value, const std::vector<std::uint32_t>& moduli, const std::vector<Move>& moves) {
    Entries result = value;
    for (std::size_t i = 0; i < result.size(); ++i) {
      if (moves[i].writes) {
        result[i] = moves[i].amount;
      } else if (moduli[i] > 1) {
        result[i] = (result[i] + moves[i].amount) % moduli[i];
      }
    }
    return result;
  }

  CascadeLevel& level_;
  const SpectrumSet& spectrum_;
  Steps steps_;
  CoordinateMachine machine_;
  std::vector<Turned> plan_;
  bool changes_ = false;
};

bool counts_beyond_two(const CascadeLevel& level) {
  const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
  return machine != nullptr &&
         std::any_of(machine->moduli.begin(), machine->moduli.end(), [](std::uint32_t m) { return m > 2; });
}

/// m of the least cyclotomic field with all numbers of the counters; 1 or 2 for ℚ, 0 if it is too large.
std::uint64_t order_of(const Cascade& cascade, lrnn::TransitionClass::Form form) {
  std::uint64_t order = 1;
  for (const CascadeLevel& level : cascade.levels) {
    const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
    if (machine == nullptr) continue;
    if (form == lrnn::TransitionClass::Form::kHouseholder) {
      order = std::lcm(order, plane_order(level));
    } else {
      for (const std::uint32_t m : machine->moduli) order = std::lcm(order, std::uint64_t{m});
    }
    if (order > 2 * CyclotomicField::kMaxOrder) return 0;
  }
  if (order % 4 == 2) order /= 2;
  return order > CyclotomicField::kMaxOrder ? 0 : order;
}

/// φ(order).
std::size_t degree_of_field(std::uint64_t order) {
  std::size_t degree = 0;
  for (std::uint64_t i = 1; i <= order; ++i) degree += std::gcd(i, order) == 1 ? 1 : 0;
  return degree;
}

/// The layer of a level whose values are points.
class PhaseWriter {
 public:
  PhaseWriter(const CyclotomicField& k, bool in_frame, const CascadeLevel& level)
      : k_(k), in_frame_(in_frame), level_(level), machine_(std::get<CoordinateMachine>(level.machine)) {}

  [[nodiscard]] Vector code(Value value) const {
    return vector([&](std::size_t j) { return entry(j, level_.values[value][j], level_.values[value]); });
  }

  [[nodiscard]] lrnn::AffineMap<FieldElement> map(std::size_t symbol, const std::vector<Move>& moves) const {
    lrnn::Diagonal<FieldElement> diagonal;
    for (std::size_t j = 0; j < moves.size(); ++j) diagonal.entries.push_back(gate(j, moves));
    if (level_.steps[symbol].empty()) return {std::move(diagonal), Vector(moves.size())};
    const auto& after = level_.values[level_.steps[symbol][0].next];
    return {std::move(diagonal),
            vector([&](std::size_t j) { return moves[j].writes ? entry(j, moves[j].amount, after) : k_.zero(); })};
  }

  /// rank(I − A).
  [[nodiscard]] std::size_t changes(const std::vector<Move>& moves) const {
    std::size_t count = 0;
    for (std::size_t j = 0; j < moves.size(); ++j) count += k_.equal(gate(j, moves), k_.one()) ? 0 : 1;
    return count;
  }

 private:
  /// e(amount/m) for the modulus m of coordinate j.
  [[nodiscard]] FieldElement root(std::size_t j, std::uint32_t amount) const {
    return *k_.root_of_unity(turn(amount, machine_.moduli[j]));
  }

  /// Entry j of a value all of whose entries are given. In a frame it turns with the clock, the last one.
  [[nodiscard]] FieldElement entry(std::size_t j, std::uint32_t entry, const Entries& all) const {
    const FieldElement number = machine_.moduli[j] > 1 ? root(j, entry) : k_.from_rational(entry);
    return in_frame_ && j + 1 < all.size() ? k_.multiply(number, root(all.size() - 1, all.back())) : number;
  }

  [[nodiscard]] FieldElement gate(std::size_t j, const std::vector<Move>& moves) const {
    if (moves[j].writes) return k_.zero();
    const FieldElement turned = machine_.moduli[j] == 1 ? k_.one() : root(j, moves[j].amount);
    const std::size_t clock = moves.size() - 1;
    return in_frame_ && j < clock ? k_.multiply(turned, root(clock, moves[clock].amount)) : turned;
  }

  template <class F>
  [[nodiscard]] Vector vector(const F& coordinate) const {
    std::vector<Vector::Entry> entries;
    for (std::uint32_t j = 0; j < machine_.moduli.size(); ++j) {
      FieldElement value = coordinate(j);
      if (!k_.is_zero(value)) entries.push_back({j, std::move(value)});
    }
    return {machine_.moduli.size(), std::move(entries)};
  }

  const CyclotomicField& k_;
  bool in_frame_;
  const CascadeLevel& level_;
  const CoordinateMachine& machine_;
};

FieldLayer turning_layer(const CyclotomicField& k, const CascadeLevel& level, bool in_frame) {
  const PhaseWriter writer(k, in_frame, level);
  const auto& machine = std::get<CoordinateMachine>(level.machine);
  FieldLayer result{{machine.moduli.size(),
                     writer.code(level.start),
                     {},
                     output_names(level.outputs),
                     table_of_values<FieldElement>(level, [&](Value v) { return writer.code(v); })},
                    {},
                    {}};
  for (Value v = 0; v < level.values.size(); ++v) result.regions.push_back(certificate::point_region(writer.code(v)));
  for (std::size_t s = 0; s < machine.actions.size(); ++s) {
    result.layer.maps.push_back(writer.map(s, machine.actions[s]));
    result.factor_bounds.push_back(writer.changes(machine.actions[s]));
  }
  return result;
}

/// The layer over the rationals, read over the field.
FieldLayer real_layer(const CyclotomicField& k, const CascadeLevel& level, const LayerStyle& style) {
  FinishedLayer finished = layer_for(level, style);
  const auto embedded = [&](const Rational& a) { return k.from_rational(a); };
  lrnn::RationalNetwork alone{output_names(level.inputs()), false, {std::move(finished.layer)}, {}, std::nullopt};
  FieldLayer result{std::move(mapped(alone, embedded).layers[0]), {}, std::move(finished.factor_bounds)};
  for (const certificate::Region& region : finished.regions) {
    result.regions.emplace_back();
    for (const auto& extent : region)
      result.regions.back().push_back({extent.index, embedded(extent.low), embedded(extent.high)});
  }
  return result;
}

}  // namespace

std::vector<Rational> angles_of_frames(const SpectrumSet& set) {
  std::vector<Rational> angles = set.units().angles;
  std::erase(angles, 0);
  std::stable_sort(angles.begin(), angles.end(),
                   [](const auto& a, const auto& b) { return denominator(a) < denominator(b); });
  return angles;
}

SpectrumSet in_frame_of(const Rational& angle, const SpectrumSet& set) {
  using Kind = expressivity::SpectrumPiece::Kind;
  std::vector<expressivity::SpectrumPiece> pieces;
  for (expressivity::SpectrumPiece piece : set.pieces()) {
    if (piece.kind == Kind::kPoint && !piece.modulus.is_zero()) {
      piece.angle -= angle;
      if (piece.angle < 0) piece.angle += 1;
    } else if (piece.kind == Kind::kInterval && angle == Rational(1, 2)) {
      std::tie(piece.low, piece.high) = std::pair(Rational(-piece.high), Rational(-piece.low));
      std::swap(piece.low_closed, piece.high_closed);
    } else if (piece.kind == Kind::kInterval) {
      piece = {};
      if (!set.contains_zero()) continue;
    }
    pieces.push_back(piece);
  }
  return SpectrumSet(std::move(pieces));
}

std::vector<std::uint32_t> prime_powers(std::uint32_t m) {
  std::vector<std::uint32_t> powers;
  for (std::uint32_t p = 2; m > 1; ++p) {
    if (m % p != 0) continue;
    powers.push_back(1);
    for (; m % p == 0; m /= p) powers.back() *= p;
  }
  return powers;
}

std::optional<std::string> turn_counters(Cascade& cascade, const SpectrumSet& spectrum, const core::Limits& limits,
                                         Steps steps) {
  for (std::size_t l = 0; l < cascade.levels.size(); ++l) {
    if (!std::holds_alternative<CoordinateMachine>(cascade.levels[l].machine)) continue;
    LevelTurner turner(cascade.levels[l], spectrum, steps);
    if (const auto why = turner.plan()) return "level " + std::to_string(l + 1) + ": " + *why;
    turner.apply(limits);
  }
  return std::nullopt;
}

std::optional<std::string> phase_obstacle(const Cascade& cascade, lrnn::TransitionClass::Form form,
                                          std::size_t max_steps) {
  const std::uint64_t order = order_of(cascade, form);
  if (order == 0) return "its roots of unity have an order beyond " + std::to_string(CyclotomicField::kMaxOrder);
  if (order < 3) return "no level counts beyond 2";
  if (form != lrnn::TransitionClass::Form::kHouseholder) return std::nullopt;
  // Each step multiplies numbers that are not monomials, and rational layers are read over the field as well.
  constexpr std::size_t kMostWork = 1'000'000'000;
  const std::size_t degree = degree_of_field(order);
  std::size_t steps = 0;
  for (const CascadeLevel& level : cascade.levels) {
    for (const auto& list : level.steps) steps += list.size();
  }
  if (steps > max_steps || steps > kMostWork / (degree * degree))
    return std::to_string(steps) + " steps in numbers of degree " + std::to_string(degree);
  return std::nullopt;
}

Construction phase_construction(const std::string& pass, const Cascade& cascade, const LayerStyle& style,
                                std::optional<lrnn::TransitionClass> claim) {
  const automata::Dfa& dfa = cascade.automaton;
  const CyclotomicField k(order_of(cascade, style.form));
  certificate::ComplexLayerwiseCertificate result{
      {dfa.alphabet(), dfa.is_accepting(dfa.initial()), {}, {false, true}, std::move(claim)},
      dfa,
      {},
      cascade.meaning,
      k};
  using Form = lrnn::TransitionClass::Form;
  std::vector<std::vector<std::size_t>> bounds;
  std::size_t factors = 0;
  for (const CascadeLevel& level : cascade.levels) {
    FieldLayer layer = !counts_beyond_two(level)          ? real_layer(k, level, style)
                       : style.form == Form::kHouseholder ? plane_layer(k, level)
                                                          : turning_layer(k, level, style.in_frame);
    factors = std::max(factors, factors_per_token(layer.layer));
    result.network.layers.push_back(std::move(layer.layer));
    result.layers.push_back(claim_of<FieldElement>(level, std::move(layer.regions)));
    bounds.push_back(std::move(layer.factor_bounds));
  }
  if (result.network.claim && style.form == Form::kHouseholder) result.network.claim->factors = factors;
  return {pass, std::move(result), std::move(bounds)};
}

std::variant<Construction, std::string> counter_construction(const std::string& pass, const Cascade& cascade,
                                                             const LayerStyle& style,
                                                             std::optional<lrnn::TransitionClass> claim,
                                                             const core::Limits& limits) {
  if (std::none_of(cascade.levels.begin(), cascade.levels.end(), counts_beyond_two))
    return construction_for(pass, cascade, style, std::move(claim), limits);
  if (auto why = phase_obstacle(cascade, style.form)) return std::move(*why);
  return phase_construction(pass, cascade, style, std::move(claim));
}

}  // namespace eigenmata::compiler
