// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/rounded_turns.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "cascade_layers.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "phase_layers.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Cascade;
using algebra::CascadeLevel;
using algebra::CoordinateMachine;
using algebra::Move;
using algebra::SeriesKind;
using algebra::Value;
using exact::CyclotomicField;
using exact::FieldElement;
using exact::Rational;
using Model = lrnn::ModelOver<CyclotomicField>;
using Vector = lrnn::SparseVector<FieldElement>;

constexpr const char* kPass = "rounded-turns";

bool is_prime_power(std::uint32_t m) {
  std::uint32_t p = 2;
  while (p < m && m % p != 0) ++p;
  while (m % p == 0) m /= p;
  return m == 1;
}

/// The roots that are found, each looked for once.
class Roots {
 public:
  explicit Roots(const RootFinder& find) : find_(find) {}

  const std::optional<RoundedRoot>& root(std::uint32_t m) {
    const auto known = found_.find(m);
    return known != found_.end() ? known->second : found_.emplace(m, find_(m)).first->second;
  }

  /// What counters may turn by: the powers of i, and e(1/q) for each prime power q above 4 of a modulus that has a
  /// root.
  expressivity::SpectrumSet for_counters(const Cascade& cascade) {
    std::string text = "{0,1,-1,e(1/4),e(3/4)";
    std::map<std::uint32_t, bool> seen;
    for (const CascadeLevel& level : cascade.levels) {
      for (std::uint32_t m : std::get<CoordinateMachine>(level.machine).moduli) {
        for (std::uint32_t p = 2; m > 1; ++p) {
          std::uint32_t q = 1;
          for (; m % p == 0; m /= p) q *= p;
          if (q == 1 || q == 2 || q == 4 || !seen.emplace(q, true).second || !root(q)) continue;
          text += ",e(1/" + std::to_string(q) + ")";
        }
      }
    }
    return expressivity::SpectrumSet::parse(text + "}", {});
  }

 private:
  const RootFinder& find_;
  std::map<std::uint32_t, std::optional<RoundedRoot>> found_;
};

/// The power of i that e(amount/m) is, if it is one.
std::optional<std::uint32_t> quarter_turns(std::uint32_t m, std::uint32_t amount) {
  if (amount % m == 0) return 0;
  if (std::uint64_t{4} * amount % m != 0) return std::nullopt;
  return static_cast<std::uint32_t>(std::uint64_t{4} * amount / m % 4);
}

/// By coordinate of a level: the orbit along which it counts by one; none for a code, or a counter of quarter turns.
using Orbits = std::vector<const RoundedRoot*>;

/// Nothing if a counter moves in another way.
std::optional<Orbits> orbits_of(const CascadeLevel& level, Roots& roots) {
  const auto& machine = std::get<CoordinateMachine>(level.machine);
  Orbits orbits(machine.moduli.size(), nullptr);
  for (std::size_t j = 0; j < machine.moduli.size(); ++j) {
    const std::uint32_t m = machine.moduli[j];
    const bool in_quarters = std::all_of(level.values.begin(), level.values.end(),
                                         [&](const auto& value) { return quarter_turns(m, value[j]).has_value(); });
    if (m == 1 || in_quarters) continue;
    const bool by_one = std::all_of(machine.actions.begin(), machine.actions.end(),
                                    [&](const auto& moves) { return moves[j].amount % m <= 1; });
    if (!by_one || !is_prime_power(m) || !roots.root(m)) return std::nullopt;
    orbits[j] = &*roots.root(m);
  }
  return orbits;
}

class Writer {
 public:
  Writer(const CyclotomicField& gaussian, const CascadeLevel& level, const Orbits& orbits)
      : k_(gaussian), level_(level), machine_(std::get<CoordinateMachine>(level.machine)), orbits_(orbits) {}

  [[nodiscard]] lrnn::Layer<FieldElement> layer() const {
    lrnn::Layer<FieldElement> result{machine_.moduli.size(), code(level_.start), {}, output_names(level_.outputs), {}};
    for (const auto& moves : machine_.actions) {
      lrnn::Diagonal<FieldElement> gates;
      for (std::size_t j = 0; j < moves.size(); ++j) gates.entries.push_back(gate(j, moves[j]));
      result.maps.push_back({std::move(gates), vector([&](std::size_t j) {
                               return moves[j].writes ? number(j, moves[j].amount) : k_.zero();
                             })});
    }
    result.decoder = table_of_values<FieldElement>(level_, [&](Value v) { return code(v); });
    return result;
  }

 private:
  [[nodiscard]] FieldElement complex(const std::pair<double, double>& z) const {
    return k_.add(k_.from_rational(Rational(z.first)),
                  k_.multiply(k_.power_of_generator(1), k_.from_rational(Rational(z.second))));
  }

  /// What stands for an entry of coordinate j.
  [[nodiscard]] FieldElement number(std::size_t j, std::uint32_t entry) const {
    if (orbits_[j] != nullptr) return complex(orbits_[j]->orbit[entry]);
    if (machine_.moduli[j] == 1) return k_.from_rational(Rational(entry));
    return k_.power_of_generator(*quarter_turns(machine_.moduli[j], entry));
  }

  [[nodiscard]] FieldElement gate(std::size_t j, const Move& move) const {
    if (move.writes) return k_.zero();
    if (machine_.moduli[j] == 1 || move.amount % machine_.moduli[j] == 0) return k_.one();
    if (orbits_[j] != nullptr) return complex(orbits_[j]->scalar);
    return k_.power_of_generator(*quarter_turns(machine_.moduli[j], move.amount));
  }

  [[nodiscard]] Vector code(Value value) const {
    return vector([&](std::size_t j) { return number(j, level_.values[value][j]); });
  }

  template <class F>
  [[nodiscard]] Vector vector(const F& coordinate) const {
    std::vector<FieldElement> numbers;
    for (std::size_t j = 0; j < machine_.moduli.size(); ++j) numbers.push_back(coordinate(j));
    return lrnn::sparse(k_, numbers);
  }

  const CyclotomicField& k_;
  const CascadeLevel& level_;
  const CoordinateMachine& machine_;
  const Orbits& orbits_;
};

/// The network of a cascade of counters and codes, if each can be written.
std::optional<Model> model_of(const Cascade& cascade, Roots& roots) {
  const automata::Dfa& dfa = cascade.automaton;
  Model model{CyclotomicField(4), {dfa.alphabet(), dfa.is_accepting(dfa.initial()), {}, {false, true}, std::nullopt}};
  for (const CascadeLevel& level : cascade.levels) {
    const auto orbits = orbits_of(level, roots);
    if (!orbits) return std::nullopt;
    model.network.layers.push_back(Writer(model.arithmetic, level, *orbits).layer());
  }
  return model;
}

}  // namespace

std::variant<Model, Refusal> compile_rounded_turns(const Decompositions& cascades,
                                                   const expressivity::ModelClass& target, const RootFinder& find_root,
                                                   const core::Limits& limits) {
  if (target.form != expressivity::ModelClass::Form::kDiagonal) return Refusal{kPass, "its matrices are diagonal"};
  Roots roots(find_root);
  std::optional<Model> best;
  std::string reason;
  for (const Cascade* original : {&cascades.missing_sets(limits), &cascades.holonomy(limits)}) {
    for (const SeriesKind series : {SeriesKind::kDerived, SeriesKind::kElementary}) {
      auto split = algebra::split_groups(*original, series, limits);
      if (auto* why = std::get_if<std::string>(&split)) {
        reason = std::move(*why);
        continue;
      }
      Cascade cascade = algebra::with_toggles(std::get<Cascade>(split), limits);
      if (auto why = turn_counters(cascade, roots.for_counters(cascade), limits)) {
        reason = std::move(*why) + ": no orbit of such a length was found";
        continue;
      }
      auto model = model_of(cascade, roots);
      if (!model) {
        reason = "a counter moves neither by one along an orbit nor by quarter turns";
        continue;
      }
      const auto member = expressivity::is_member(model->arithmetic, model->network, target);
      if (!member.is_yes()) {
        reason = "not of the class: " + member.witness();
      } else if (!best || model->network.layers.size() < best->network.layers.size()) {
        best = std::move(model);
      }
    }
  }
  if (best) return std::move(*best);
  return Refusal{kPass, std::move(reason)};
}

}  // namespace eigenmata::compiler
