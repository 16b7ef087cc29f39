// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/wrap_around.hpp"

#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "cascade_layers.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "eigenmata/expressivity/membership.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Cascade;
using algebra::CascadeLevel;
using algebra::CoordinateMachine;
using algebra::Move;
using algebra::SeriesKind;
using exact::Rational;

constexpr const char* kPass = "wrap-around";

/// Why a level is nothing for integers modulo `size`; empty if it is.
std::string objection(const CascadeLevel& level, std::uint64_t size) {
  const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
  if (machine == nullptr) return "it has a group that is not taken apart";
  for (std::size_t j = 0; j < machine->moduli.size(); ++j) {
    const std::uint32_t m = machine->moduli[j];
    if (m > 1 && size % m != 0) return "it counts modulo " + std::to_string(m);
    for (const auto& value : level.values) {
      if (m == 1 && value[j] >= size) return "its codes need numbers up to " + std::to_string(value[j]);
    }
  }
  return "";
}

/// The layer of a level without objection: codes stand for themselves, counts go in steps of size/m.
lrnn::Layer<Rational> layer_for(const CascadeLevel& level, std::uint64_t size) {
  const auto& moduli = std::get<CoordinateMachine>(level.machine).moduli;
  const auto number = [&](std::size_t j, std::uint32_t entry) {
    return moduli[j] == 1 ? Rational(entry) : Rational(size / moduli[j]) * Rational(entry % moduli[j]);
  };
  const auto gate = [](std::size_t, const Move& move) { return Rational(move.writes ? 0 : 1); };
  const auto offset = [&](std::size_t j, const Move& move) {
    return moduli[j] > 1 || move.writes ? number(j, move.amount) : Rational(0);
  };
  return layer_of_points(exact::RationalArithmetic{}, level, number, gate, offset);
}

lrnn::RationalNetwork network_of(const Cascade& cascade, const expressivity::ModelClass& target, std::uint64_t size) {
  const automata::Dfa& dfa = cascade.automaton;
  lrnn::TransitionClass claim;
  claim.form = lrnn::TransitionClass::Form::kDiagonal;
  claim.unit_disc = !target.set().is_real();
  if (!claim.unit_disc) std::tie(claim.low, claim.high) = target.set().real_hull();
  lrnn::RationalNetwork network{dfa.alphabet(), dfa.is_accepting(dfa.initial()), {}, {false, true}, claim};
  for (const CascadeLevel& level : cascade.levels) network.layers.push_back(layer_for(level, size));
  return network;
}

}  // namespace

std::variant<lrnn::RationalNetwork, Refusal> compile_wrap_around(const Decompositions& cascades,
                                                                 const expressivity::ModelClass& target,
                                                                 std::size_t bits, const core::Limits& limits) {
  using Form = expressivity::ModelClass::Form;
  if (target.form != Form::kDiagonal && target.form != Form::kTriangular && target.form != Form::kConstant)
    return Refusal{kPass, "its matrices are diagonal"};
  const std::uint64_t size = std::uint64_t{1} << bits;
  std::optional<lrnn::RationalNetwork> best;
  std::string reason;
  for (const Cascade* original : {&cascades.missing_sets(limits), &cascades.holonomy(limits)}) {
    for (const SeriesKind kind : {SeriesKind::kDerived, SeriesKind::kFrattini}) {
      auto split = algebra::split_groups(*original, kind, limits);
      if (auto* why = std::get_if<std::string>(&split)) {
        reason = std::move(*why);
        continue;
      }
      const Cascade cascade = algebra::with_toggles(std::get<Cascade>(split), limits);
      std::string why;
      for (std::size_t l = 0; l < cascade.levels.size() && why.empty(); ++l) {
        why = objection(cascade.levels[l], size);
        if (!why.empty()) why = "level " + std::to_string(l + 1) + ": " + why;
      }
      if (why.empty()) {
        auto network = network_of(cascade, target, size);
        const auto member = expressivity::is_member(exact::RationalArithmetic{}, network, target);
        if (member.is_yes()) {
          if (!best || network.layers.size() < best->layers.size()) best = std::move(network);
          continue;
        }
        why = "not of the class: " + member.witness();
      }
      reason = std::move(why);
    }
  }
  if (best) return std::move(*best);
  return Refusal{kPass, std::move(reason)};
}

}  // namespace eigenmata::compiler
