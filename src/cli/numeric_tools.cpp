// SPDX-License-Identifier: Apache-2.0
#include "numeric_tools.hpp"

#include <memory>
#include <variant>

#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/verification/numeric_proof.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"
#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::cli {
namespace {

/// Orbits of complex scalars of modulus at most 1: of small formats all are found at once, of others near the circle.
class Orbits {
 public:
  Orbits(const precision::FloatFormat& format, const core::Limits& limits) : format_(format), limits_(limits) {}

  std::optional<compiler::RoundedRoot> root(std::uint32_t m) {
    constexpr int kSmall = 8;
    if (format_.bits() > kSmall) {
      if (verification::most_steps_near_circle(format_, m) > kMostSteps) return std::nullopt;
      return root_of(verification::search_near_circle(format_, m, limits_, {}, true), m);
    }
    if (!all_)
      all_ = verification::search_periods(verification::PeriodStructure::kDiagonalComplex, format_, limits_, {}, true);
    return root_of(*all_, m);
  }

 private:
  /// A minute or two: bf16 up to m = 78, fp16 up to m = 9.
  static constexpr double kMostSteps = 2e10;

  [[nodiscard]] std::optional<compiler::RoundedRoot> root_of(const verification::PeriodSearch& search,
                                                             std::uint32_t m) const {
    if (!search.stopped_by.empty()) limits_.poll();
    const auto found = search.orbits.find(m);
    if (found == search.orbits.end()) return std::nullopt;
    const auto pair = [](const std::vector<double>& z) {
      return compiler::RoundedRoot::Number(exact::Rational(z[0]), exact::Rational(z[1]));
    };
    compiler::RoundedRoot root{pair(found->second.parameters), {}};
    for (const auto& state : found->second.states) root.orbit.push_back(pair(state));
    return root;
  }

  precision::FloatFormat format_;
  const core::Limits& limits_;
  std::optional<verification::PeriodSearch> all_;
};

/// How many numbers of the model the arithmetic has not.
std::size_t rounded_parameters(const lrnn::Model& model, const verification::NumericArithmetic& arithmetic,
                               const core::Limits& limits) {
  return std::visit(
      [&](const auto& over, const auto& numbers) {
        return lrnn::rounded_network(numbers, over.arithmetic, over.network, limits).rounded;
      },
      model, arithmetic);
}

}  // namespace

compiler::NumericTools numeric_tools(const automata::Dfa& minimal, const expressivity::Semantics& semantics,
                                     Parameters parameters, const core::Limits& limits) {
  const verification::NumericArithmetic arithmetic = verification::numeric_arithmetic(semantics);
  compiler::NumericTools tools;
  using Answer = std::variant<certificate::NumericProof, std::string>;
  tools.prove = [&minimal, &limits, semantics, parameters, arithmetic](const lrnn::Model& model) -> Answer {
    if (parameters == Parameters::kExact) {
      try {
        if (rounded_parameters(model, arithmetic, limits) != 0) return "its numbers are not all numbers of the format";
      } catch (const core::Error& error) {
        return std::string(error.what());
      }
    }
    return verification::prove_in_numbers(model, minimal, semantics, limits);
  };
  constexpr int kMostBits = 16;
  const auto* floats = std::get_if<precision::FloatArithmetic>(&arithmetic);
  if (floats != nullptr && floats->plan().name == "all-same" && floats->plan().state.bits() <= kMostBits) {
    auto orbits = std::make_shared<Orbits>(floats->plan().state, limits);
    tools.find_root = [orbits](std::uint32_t m) { return orbits->root(m); };
  }
  return tools;
}

}  // namespace eigenmata::cli
