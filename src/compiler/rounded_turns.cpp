// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/rounded_turns.hpp"

#include <map>
#include <set>
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
using exact::CyclotomicField;
using exact::FieldElement;
using exact::Rational;
using Model = lrnn::ModelOver<CyclotomicField>;

constexpr const char* kPass = "rounded-turns";

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
    std::set<std::uint32_t> powers;
    for (const CascadeLevel& level : cascade.levels) {
      for (const std::uint32_t m : std::get<CoordinateMachine>(level.machine).moduli) {
        const auto of_m = prime_powers(m);
        powers.insert(of_m.begin(), of_m.end());
      }
    }
    std::string text = "{0,1,-1,e(1/4),e(3/4)";
    for (const std::uint32_t q : powers) {
      if (q != 2 && q != 4 && root(q)) text += ",e(1/" + std::to_string(q) + ")";
    }
    return expressivity::SpectrumSet::parse(text + "}", {});
  }

 private:
  const RootFinder& find_;
  std::map<std::uint32_t, std::optional<RoundedRoot>> found_;
};

/// The layer of a level whose counters step by one along an orbit, or count modulo 2 or 4.
lrnn::Layer<FieldElement> layer_for(const CyclotomicField& gaussian, const CascadeLevel& level, Roots& roots) {
  const auto& moduli = std::get<CoordinateMachine>(level.machine).moduli;
  const auto complex = [&](const RoundedRoot::Number& z) {
    return gaussian.add(gaussian.from_rational(z.first),
                        gaussian.multiply(gaussian.power_of_generator(1), gaussian.from_rational(z.second)));
  };
  const auto number = [&](std::size_t j, std::uint32_t entry) {
    const std::uint32_t m = moduli[j];
    if (m == 1) return gaussian.from_rational(Rational(entry));
    if (m == 2 || m == 4) return gaussian.power_of_generator(4 / m * entry);
    return complex(roots.root(m)->orbit[entry]);
  };
  const auto gate = [&](std::size_t j, const Move& move) {
    const std::uint32_t m = moduli[j];
    if (move.writes) return gaussian.zero();
    if (m == 1 || move.amount % m == 0) return gaussian.one();
    if (m == 2 || m == 4) return gaussian.power_of_generator(4 / m * move.amount);
    return complex(roots.root(m)->scalar);
  };
  const auto offset = [&](std::size_t j, const Move& move) {
    return move.writes ? number(j, move.amount) : gaussian.zero();
  };
  return layer_of_points(gaussian, level, number, gate, offset);
}

Model model_of(const Cascade& cascade, Roots& roots) {
  const automata::Dfa& dfa = cascade.automaton;
  Model model{CyclotomicField(4), {dfa.alphabet(), dfa.is_accepting(dfa.initial()), {}, {false, true}, std::nullopt}};
  for (const CascadeLevel& level : cascade.levels)
    model.network.layers.push_back(layer_for(model.arithmetic, level, roots));
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
      if (auto why = turn_counters(cascade, roots.for_counters(cascade), limits, Steps::kByOne)) {
        reason = std::move(*why) + ": no orbit of such a length was found";
        continue;
      }
      Model model = model_of(cascade, roots);
      const auto member = expressivity::is_member(model.arithmetic, model.network, target);
      if (!member.is_yes()) {
        reason = "not of the class: " + member.witness();
      } else if (!best || model.network.layers.size() < best->network.layers.size()) {
        best = std::move(model);
      }
    }
  }
  if (best) return std::move(*best);
  return Refusal{kPass, std::move(reason)};
}

}  // namespace eigenmata::compiler
