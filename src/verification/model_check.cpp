// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/model_check.hpp"

#include <algorithm>
#include <utility>

#include "eigenmata/automata/minimise.hpp"
#include "foreign_letters.hpp"

namespace eigenmata::verification {
using automata::Dfa;
using core::Alphabet;

template <exact::ExactArithmetic K>
ModelCheck<K> check_model(const K& k, const lrnn::Network<typename K::Scalar>& network, const Dfa& language,
                          const core::Limits& limits, std::optional<std::size_t> up_to) {
  using Verdict = core::Verdict<certificate::Certificate<K>, Counterexample>;
  const Alphabet all = core::united(network.alphabet, language.alphabet());
  const auto foreign = shortest_foreign_word(language, network.alphabet);
  // A shorter difference may still be found among the words that the network can read.
  std::optional<std::size_t> bound = up_to;
  if (foreign) bound = std::min(up_to.value_or(SIZE_MAX), foreign->size() - 1);
  Dfa readable = over_alphabet(language, network.alphabet);
  try {
    readable = automata::minimised(readable, limits);
  } catch (const core::LimitReached&) {
    // Only the proof would be smaller. Exploration meets the limit too, and answers unknown.
  }
  auto found = certificate::explore(k, network, readable, limits, bound);
  if (found.verdict.is_no()) {
    const auto& difference = found.verdict.witness();
    Counterexample example{all, translated(difference.word, network.alphabet, all), readable.accepts(difference.word),
                           difference.network_accepts};
    return {Verdict::no(std::move(example), found.verdict.theorem()), found.reachable_states, 0};
  }
  // Beyond `up_to` as well, if all words that the network can read agree.
  if (foreign && (found.verdict.is_yes() || foreign->size() <= up_to.value_or(SIZE_MAX))) {
    Counterexample example{all, translated(*foreign, language.alphabet(), all), true, std::nullopt};
    return {Verdict::no(std::move(example), "certificate-soundness"), found.reachable_states, 0};
  }
  if (found.verdict.is_yes())
    return {Verdict::yes(found.verdict.proof(), found.verdict.theorem()), found.reachable_states, 0};
  return {Verdict::unknown(found.verdict.reason()), found.reachable_states, found.agrees_up_to_length};
}

template ModelCheck<exact::RationalArithmetic> check_model(const exact::RationalArithmetic&,
                                                           const lrnn::Network<exact::Rational>&, const Dfa&,
                                                           const core::Limits&, std::optional<std::size_t>);
template ModelCheck<exact::NumberField> check_model(const exact::NumberField&,
                                                    const lrnn::Network<exact::FieldElement>&, const Dfa&,
                                                    const core::Limits&, std::optional<std::size_t>);
template ModelCheck<exact::CyclotomicField> check_model(const exact::CyclotomicField&,
                                                        const lrnn::Network<exact::FieldElement>&, const Dfa&,
                                                        const core::Limits&, std::optional<std::size_t>);

}  // namespace eigenmata::verification
