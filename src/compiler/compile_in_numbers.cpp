// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/compile_in_numbers.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/wrap_around.hpp"
#include "eigenmata/core/counted.hpp"
#include "eigenmata/lrnn/real_form.hpp"

namespace eigenmata::compiler {
namespace {

using core::counted;
using expressivity::Semantics;

/// Is this limit one of size, which another candidate may not meet?
bool is_of_size(const core::LimitReached& limit) {
  using Kind = core::LimitReached::Kind;
  return limit.kind() == Kind::kSize || limit.kind() == Kind::kMemory;
}

class Attempt {
 public:
  Attempt(const automata::Dfa& minimal, const CompileOptions& options, const NumericTools& tools,
          const core::Limits& limits)
      : minimal_(minimal), options_(options), tools_(tools), limits_(limits) {}

  /// The best candidate that is proved; every one leaves a line.
  [[nodiscard]] std::optional<NumericCompilation> best() {
    add_wrap_around();
    add_exact();
    if (auto proved = first_proved()) return proved;
    add_rounded_turns();
    return first_proved();
  }

  [[nodiscard]] std::string reasons() const {
    std::string reasons;
    for (const Offer& offer : offers_) reasons += (reasons.empty() ? "" : "; ") + offer.pass + " " + offer.text;
    return "no network is proved: " + reasons;
  }
  [[nodiscard]] std::vector<Offer> take_offers() { return std::move(offers_); }

 private:
  /// Tries all candidates, by fewest layers, then factors; none is left.
  [[nodiscard]] std::optional<NumericCompilation> first_proved() {
    std::vector<NumericCandidate> candidates = std::exchange(candidates_, {});
    std::stable_sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.dimensions().size(), a.factors()) < std::tuple(b.dimensions().size(), b.factors());
    });
    for (NumericCandidate& candidate : candidates) {
      if (options_.layers && candidate.dimensions().size() > *options_.layers) {
        refuse(candidate.pass, "more than " + counted(*options_.layers, "layer"));
        continue;
      }
      auto result = tools_.prove(candidate.model);
      if (const auto* why = std::get_if<std::string>(&result)) {
        refuse(candidate.pass, *why);
        continue;
      }
      auto& proof = std::get<certificate::NumericProof>(result);
      offers_.push_back({candidate.pass, counted(candidate.dimensions().size(), "layer") + ", " +
                                             counted(proof.states, "state") + " in " + options_.semantics.text});
      return NumericCompilation{std::move(candidate), std::move(proof)};
    }
    return std::nullopt;
  }

  void refuse(const std::string& pass, const std::string& why) { offers_.push_back({pass, "refused: " + why}); }

  void add_wrap_around() {
    constexpr const char* kPass = "wrap-around";
    if (options_.semantics.kind != Semantics::Kind::kWrapAround || options_.architecture || minimal_.states() == 1)
      return;
    const auto bits =
        static_cast<std::size_t>(std::stoul(options_.semantics.text.substr(options_.semantics.text.find(':') + 1)));
    try {
      auto counters = compile_wrap_around(minimal_, options_.target, bits, limits_);
      if (const auto* refusal = std::get_if<Refusal>(&counters)) {
        refuse(refusal->pass, refusal->reason);
      } else {
        candidates_.push_back({kPass, lrnn::ModelOver<exact::RationalArithmetic>{
                                          {}, std::move(std::get<lrnn::RationalNetwork>(counters))}});
      }
    } catch (const core::LimitReached& limit) {
      if (!is_of_size(limit)) throw;
      refuse(kPass, limit.what());
    }
  }

  /// Orbits that never drift, where what is exact elsewhere does.
  void add_rounded_turns() {
    constexpr const char* kPass = "rounded-turns";
    if (!tools_.find_root || options_.architecture || minimal_.states() == 1 || options_.target.set().is_real()) return;
    try {
      auto turns = compile_rounded_turns(minimal_, options_.target, tools_.find_root, limits_);
      if (const auto* refusal = std::get_if<Refusal>(&turns)) {
        refuse(refusal->pass, refusal->reason);
      } else if (auto real = lrnn::real_form(std::get<lrnn::ModelOver<exact::CyclotomicField>>(turns))) {
        candidates_.push_back({kPass, std::visit([](auto& over) { return lrnn::Model(std::move(over)); }, *real)});
      } else {
        refuse(kPass, "its layers have more numbers than are written out as real ones");
      }
    } catch (const core::LimitReached& limit) {
      if (!is_of_size(limit)) throw;
      refuse(kPass, limit.what());
    }
  }

  /// With finitely many states there is less to round.
  void add_exact() {
    for (const Semantics::Kind kind : {Semantics::Kind::kFiniteOrbit, Semantics::Kind::kExact}) {
      CompileOptions exactly = options_;
      exactly.semantics = {kind, kind == Semantics::Kind::kExact ? "exact" : "finite-orbit"};
      const auto built = build(minimal_, exactly, limits_);
      if (!built) continue;
      const Construction& construction = built->construction;
      lrnn::Model model = construction.with_network([](const auto& k, const auto& network) {
        return lrnn::Model(lrnn::ModelOver<std::decay_t<decltype(k)>>{k, network});
      });
      // Formats have real numbers only: a complex coordinate is two of them.
      if (const auto* complex = std::get_if<lrnn::ModelOver<exact::CyclotomicField>>(&model)) {
        auto real = lrnn::real_form(*complex);
        if (!real) {
          refuse(construction.pass, "its numbers are of a cyclotomic field that has no real form here");
          return;
        }
        model = std::visit([](auto& over) { return lrnn::Model(std::move(over)); }, *real);
      }
      candidates_.push_back({construction.pass, std::move(model)});
      return;
    }
    if (candidates_.empty()) refuse("exact", "no pass has a network in exact arithmetic");
  }

  const automata::Dfa& minimal_;
  const CompileOptions& options_;
  const NumericTools& tools_;
  const core::Limits& limits_;
  std::vector<NumericCandidate> candidates_;
  std::vector<Offer> offers_;
};

}  // namespace

std::vector<std::size_t> NumericCandidate::dimensions() const {
  return std::visit(
      [](const auto& over) {
        std::vector<std::size_t> result;
        for (const auto& layer : over.network.layers) result.push_back(layer.dimension);
        return result;
      },
      model);
}

std::size_t NumericCandidate::factors() const {
  return std::visit(
      [](const auto& over) {
        std::size_t most = 0;
        for (const auto& layer : over.network.layers) most = std::max(most, factors_per_token(layer));
        return most;
      },
      model);
}

NumericCompilationReport compile_in_numbers(const automata::Dfa& dfa, const CompileOptions& options,
                                            const NumericTools& tools, const core::Limits& limits) {
  using Verdict = decltype(NumericCompilationReport::verdict);
  const automata::Dfa minimal = automata::minimised(dfa, limits);
  Attempt attempt(minimal, options, tools, limits);
  if (auto best = attempt.best()) {
    return {Verdict::yes(std::move(*best), "numeric-closure"), attempt.take_offers()};
  }
  expressivity::LanguageFacts facts(minimal, limits);
  const CompileVerdict refused = refused_or_unknown(facts, options, attempt.reasons());
  return {refused.is_no() ? Verdict::no(refused.witness(), refused.theorem()) : Verdict::unknown(refused.reason()),
          attempt.take_offers()};
}

}  // namespace eigenmata::compiler
