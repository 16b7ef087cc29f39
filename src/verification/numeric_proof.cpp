// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/numeric_proof.hpp"

#include <type_traits>
#include <utility>

#include "eigenmata/core/counted.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/verification/numeric_certificate.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"

namespace eigenmata::verification {
namespace {

using Answer = std::variant<certificate::NumericProof, std::string>;

template <class K, class T>
Answer prove(const lrnn::ModelOver<K>& over, const T& numbers, std::string text, const automata::Dfa& language,
             const expressivity::Semantics& semantics, const core::Limits& limits) {
  if constexpr (std::is_same_v<K, exact::CyclotomicField>)
    return "numbers of a cyclotomic field are proved in exact arithmetic only";
  const auto rounded = lrnn::rounded_network(numbers, over.arithmetic, over.network, limits);
  const NumericCheck check = check_numeric(numbers, rounded, language, limits);
  if (check.verdict.is_no()) {
    return "rounding changes the answer to a word of " + core::counted(check.verdict.witness().word.size(), "letter");
  }
  if (check.verdict.is_unknown()) return check.verdict.reason();
  if (!check.closure) return "its states were not listed";
  return certificate::NumericProof{
      check.reachable_states, description(numbers), std::move(text),
      write_certificate(over.arithmetic, over.network, semantics.text, *check.closure, limits)};
}

}  // namespace

Answer prove_in_numbers(const lrnn::Model& model, const automata::Dfa& language,
                        const expressivity::Semantics& semantics, const core::Limits& limits) {
  std::string text = lrnn::write_model(model);
  const lrnn::Model again = lrnn::read_model({"the model", text});
  const NumericArithmetic arithmetic = numeric_arithmetic(semantics);
  try {
    return std::visit(
        [&](const auto& over, const auto& numbers) {
          return prove(over, numbers, std::move(text), language, semantics, limits);
        },
        again, arithmetic);
  } catch (const core::Error& error) {
    return std::string(error.what());
  }
}

}  // namespace eigenmata::verification
