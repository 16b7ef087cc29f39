// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/random.hpp"
#include "eigenmata/verification/numeric_check.hpp"

namespace eigenmata::verification {

template <class T>
std::optional<Counterexample> run_long_words(const T& arithmetic, const lrnn::Network<typename T::Scalar>& network,
                                             const automata::Dfa& language, std::size_t letters, std::uint64_t seed,
                                             const core::Limits& limits) {
  constexpr std::size_t kRandomWords = 16;
  const lrnn::Runner<T> runner(arithmetic, network);
  auto work = runner.make_workspace();
  core::Random random(seed);
  core::Ticker ticker(limits, "running long words");
  std::optional<Counterexample> best;
  try {
    for (std::size_t i = 0; i < network.alphabet.size() + kRandomWords; ++i) {
      auto states = runner.start();
      automata::State state = language.initial();
      core::Word word;
      while (word.size() < letters) {
        const bool power = i < network.alphabet.size();
        word.push_back(core::symbol(power ? i : random.below(network.alphabet.size())));
        state = language.step(state, word.back());
        const auto accepted = runner.step(states, word.back(), work);
        ticker.tick();
        if (accepted == language.is_accepting(state)) continue;
        letters = word.size() - 1;  // only shorter ones from now on
        best = Counterexample{network.alphabet, word, language.is_accepting(state), accepted};
      }
    }
  } catch (const core::LimitReached&) {
    // What was found is a difference all the same.
  }
  return best;
}

template std::optional<Counterexample> run_long_words(const precision::FloatArithmetic&, const lrnn::Network<double>&,
                                                      const automata::Dfa&, std::size_t, std::uint64_t,
                                                      const core::Limits&);
template std::optional<Counterexample> run_long_words(const precision::FixedArithmetic&,
                                                      const lrnn::Network<std::int64_t>&, const automata::Dfa&,
                                                      std::size_t, std::uint64_t, const core::Limits&);

}  // namespace eigenmata::verification
