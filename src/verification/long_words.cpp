// SPDX-License-Identifier: Apache-2.0
#include "chunk_stepper.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/verification/numeric_check.hpp"

namespace eigenmata::verification {

namespace {

/// `begin()` goes back to the start, `step(letter)` one letter on.
template <class Begin, class Step>
std::optional<Counterexample> run_words(const core::Alphabet& alphabet, const automata::Dfa& language,
                                        std::size_t letters, std::uint64_t seed, const core::Limits& limits,
                                        const Begin& begin, const Step& step) {
  constexpr std::size_t kRandomWords = 16;
  core::Random random(seed);
  core::Ticker ticker(limits, "running long words");
  std::optional<Counterexample> best;
  try {
    for (std::size_t i = 0; i < alphabet.size() + kRandomWords; ++i) {
      begin();
      automata::State state = language.initial();
      core::Word word;
      while (word.size() < letters) {
        const bool power = i < alphabet.size();
        word.push_back(core::symbol(power ? i : random.below(alphabet.size())));
        state = language.step(state, word.back());
        const std::optional<bool> accepted = step(word.back());
        ticker.tick();
        if (accepted == language.is_accepting(state)) continue;
        letters = word.size() - 1;  // only shorter ones from now on
        best = Counterexample{alphabet, word, language.is_accepting(state), accepted};
      }
    }
  } catch (const core::LimitReached&) {
    // What was found is a difference all the same.
  }
  return best;
}

}  // namespace

template <class T>
std::optional<Counterexample> run_long_words(const T& arithmetic, const lrnn::Network<typename T::Scalar>& network,
                                             const automata::Dfa& language, std::size_t letters, std::uint64_t seed,
                                             const core::Limits& limits) {
  const lrnn::Runner<T> runner(arithmetic, network);
  auto work = runner.make_workspace();
  auto states = runner.start();
  return run_words(
      network.alphabet, language, letters, seed, limits, [&] { states = runner.start(); },
      [&](core::Symbol x) { return runner.step(states, x, work); });
}

template <class T>
std::optional<Counterexample> run_long_words(const T& arithmetic,
                                             const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                                             const automata::Dfa& language, std::size_t letters, std::uint64_t seed,
                                             const core::Limits& limits) {
  if constexpr (std::is_same_v<T, precision::FloatArithmetic>) {
    if (arithmetic.plan().chunk != 0) {
      ChunkStepper stepper(arithmetic, rounded, language);
      return run_words(
          rounded.network.alphabet, language, letters, seed, limits, [&] { stepper.begin(); },
          [&](core::Symbol x) { return stepper.advance(x); });
    }
  }
  return run_long_words(arithmetic, rounded.network, language, letters, seed, limits);
}

#define EIGENMATA_LONG_WORDS(T)                                                                           \
  template std::optional<Counterexample> run_long_words(const T&, const lrnn::Network<T::Scalar>&,        \
                                                        const automata::Dfa&, std::size_t, std::uint64_t, \
                                                        const core::Limits&);                             \
  template std::optional<Counterexample> run_long_words(const T&, const lrnn::RoundedNetwork<T::Scalar>&, \
                                                        const automata::Dfa&, std::size_t, std::uint64_t, \
                                                        const core::Limits&);
EIGENMATA_LONG_WORDS(precision::FloatArithmetic)
EIGENMATA_LONG_WORDS(precision::FixedArithmetic)
#undef EIGENMATA_LONG_WORDS

}  // namespace eigenmata::verification
