// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/automaton_runner.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/random.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::simulation {
namespace {

using automata::Dfa;
using automata::State;

automata::Alphabet letters(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) names.push_back("x" + std::to_string(i));
  return automata::Alphabet(names);
}

Dfa random_dfa(core::Random& random, std::size_t states, std::size_t alphabet) {
  std::vector<bool> accepting;
  std::vector<State> next;
  for (std::size_t q = 0; q < states; ++q) accepting.push_back(random.one_in(2));
  for (std::size_t i = 0; i < states * alphabet; ++i) next.push_back(automata::state(random.below(states)));
  return {letters(alphabet), automata::state(random.below(states)), accepting, next};
}

std::vector<std::uint8_t> random_letters(core::Random& random, std::size_t alphabet, std::size_t length) {
  std::vector<std::uint8_t> word(length);
  for (std::uint8_t& x : word) x = static_cast<std::uint8_t>(random.below(alphabet));
  return word;
}

/// The definition.
State walked(const Dfa& dfa, State from, std::span<const std::uint8_t> word) {
  for (const std::uint8_t x : word) from = dfa.step(from, core::symbol(x));
  return from;
}

void check_words(const Dfa& dfa, const PackedWords& words, std::size_t threads, std::optional<AutomatonEngine> engine) {
  INFO("engine " << (engine ? to_string(*engine) : "automatic") << ", threads " << threads << ", states "
                 << dfa.states() << ", letters " << dfa.letters() << ", words " << words.size());
  const AutomatonRunner runner(dfa, threads, engine);
  const State first = automata::state(dfa.states() - 1);
  std::vector<State> finals(words.size());
  runner.run(words, first, finals);
  std::size_t differences = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const State from = i == 0 ? first : dfa.initial();
    const State right = walked(dfa, from, words.word(i));
    if (finals[i] == right && (i % 8 != 0 || runner.run(from, words.word(i)) == right)) continue;
    if (++differences == 1) UNSCOPED_INFO("first at word " << i << " of length " << words.word(i).size());
  }
  CHECK(differences == 0);
}

void check_engines(const Dfa& dfa, const PackedWords& words) {
  check_words(dfa, words, 1, std::nullopt);
  check_words(dfa, words, 2, std::nullopt);
  for (const AutomatonEngine engine : kAutomatonEngines) {
    if (AutomatonRunner::fits(dfa, engine)) check_words(dfa, words, 1, engine);
  }
}

TEST_CASE("every engine gives the states of the table walk", "[automaton-runner]") {
  constexpr std::uint64_t kSeed = 20261122;
  core::Random random(kSeed);
  INFO("seed " << kSeed);
  for (const std::size_t states : {1, 2, 3, 16, 17, 32, 64, 65, 257, 1100}) {
    for (const std::size_t alphabet : {1, 2, 3, 4, 5, 16, 17, 60, 256}) {
      const Dfa dfa = random_dfa(random, states, alphabet);
      PackedWords words;
      for (std::size_t i = 0; i < 200; ++i) {
        const auto word = random_letters(random, alphabet, random.below(i < 100 ? 100 : 20));
        words.letters.insert(words.letters.end(), word.begin(), word.end());
        words.ends.push_back(words.letters.size());
      }
      check_engines(dfa, words);
    }
  }
}

TEST_CASE("words of one length, of every remainder and in every number", "[automaton-runner]") {
  core::Random random(7);
  // Tables of 10, 30, 20, 48, 60, 60 and 720 entries: lanes look them up by sixteens.
  for (const auto& [states, alphabet] : std::initializer_list<std::pair<std::size_t, std::size_t>>{
           {5, 2}, {15, 2}, {5, 4}, {12, 4}, {12, 5}, {20, 3}, {12, 60}}) {
    const Dfa dfa = random_dfa(random, states, alphabet);
    for (std::size_t length = 0; length < 36; ++length) {
      PackedWords words;
      words.letters = random_letters(random, alphabet, length * (60 + length));
      for (std::size_t i = 1; i <= 60 + length; ++i) words.ends.push_back(i * length);
      check_engines(dfa, words);
    }
  }
  check_engines(random_dfa(random, 3, 2), PackedWords{});
}

TEST_CASE("many words of one length, and some of another among them", "[automaton-runner]") {
  EIGENMATA_SEEDED(random, 13);
  for (const auto& [states, alphabet] :
       std::initializer_list<std::pair<std::size_t, std::size_t>>{{5, 3}, {12, 4}, {60, 60}}) {
    const Dfa dfa = random_dfa(random, states, alphabet);
    for (const std::size_t count : {130, 17'500, 34'000}) {
      for (const std::size_t length : {3, 16, 19}) {
        CAPTURE(states, alphabet, count, length);
        PackedWords words;
        words.letters = random_letters(random, alphabet, length * count);
        for (std::size_t i = 1; i <= count; ++i) words.ends.push_back(i * length);
        check_engines(dfa, words);
        words.ends[random.below(count - 1)] -= 1;  // one is shorter, the next one longer
        check_engines(dfa, words);
      }
    }
  }
}

TEST_CASE("long words beside short ones, in pieces and threads", "[automaton-runner]") {
  core::Random random(11);
  for (const std::size_t states : {4, 16, 17, 32, 33, 48, 49, 64, 100}) {
    for (const std::size_t alphabet : {2, 3, 6, 9, 60}) {
      const Dfa dfa = random_dfa(random, states, alphabet);
      PackedWords words;
      for (const std::size_t length : {300'007, 5, 0, 20'003, 64}) {
        const auto word = random_letters(random, alphabet, length);
        words.letters.insert(words.letters.end(), word.begin(), word.end());
        words.ends.push_back(words.letters.size());
      }
      check_engines(dfa, words);
    }
  }
}

/// The word problem of the symmetries of a polygon: states are elements, r^a s^b as 2a + b, letters multiply from the
/// right by r, s, and some others.
Dfa dihedral(std::size_t corners, std::size_t alphabet) {
  std::vector<State> next;
  std::vector<bool> accepting(2 * corners, false);
  accepting[0] = true;
  for (std::size_t q = 0; q < 2 * corners; ++q) {
    for (std::size_t x = 0; x < alphabet; ++x) {
      const std::size_t by = x == 0 ? 2 : x == 1 ? 1 : x * 7 % (2 * corners);
      const std::size_t turned = q % 2 == 0 ? by / 2 : corners - by / 2;
      next.push_back(automata::state((q / 2 + turned) % corners * 2 + (q + by) % 2));
    }
  }
  return {letters(alphabet), automata::state(4), accepting, next};
}

/// Permutations without symmetry, and a last letter that leads two states to one.
Dfa shuffling(core::Random& random, std::size_t states, std::size_t alphabet) {
  std::vector<State> next(states * alphabet);
  for (std::size_t x = 0; x < alphabet; ++x) {
    std::vector<std::size_t> image(states);
    for (std::size_t q = 0; q < states; ++q) {
      const std::size_t other = random.below(q + 1);
      image[q] = image[other];
      image[other] = q;
    }
    if (x + 1 == alphabet) image[0] = image[1];
    for (std::size_t q = 0; q < states; ++q) next[q * alphabet + x] = automata::state(image[q]);
  }
  std::vector<bool> accepting(states, false);
  accepting[1] = true;
  return {letters(alphabet), automata::state(1), accepting, next};
}

TEST_CASE("one long word by few states of each piece", "[automaton-runner]") {
  constexpr std::uint64_t kSeed = 5;
  core::Random random(kSeed);
  INFO("seed " << kSeed);
  const auto engine_of = [](const Dfa& dfa) { return AutomatonRunner(dfa).long_engine(); };
  for (const std::size_t alphabet : {2, 3, 16, 40}) {
    const Dfa group = dihedral(100, alphabet);
    CHECK(engine_of(group) == AutomatonEngine::kFollowed);
    const Dfa maps = random_dfa(random, 200, alphabet);
    CHECK(engine_of(maps) == AutomatonEngine::kFollowed);
    // Merged by its last letter, which comes in some stretches only.
    const Dfa mixed = shuffling(random, 70, alphabet);
    for (const std::size_t length : {1'000'003, 124'928, 124'927, 200'000}) {
      PackedWords words;
      for (const std::size_t stretch : {length / 3, length / 2, length - length / 3 - length / 2}) {
        const bool with_last = words.letters.size() != length / 3;
        const auto part = random_letters(random, with_last ? alphabet : alphabet - 1, stretch);
        words.letters.insert(words.letters.end(), part.begin(), part.end());
      }
      words.ends.push_back(words.letters.size());
      for (const Dfa* dfa : {&group, &maps, &mixed}) {
        check_words(*dfa, words, 1, AutomatonEngine::kFollowed);
        check_words(*dfa, words, 2, AutomatonEngine::kFollowed);
        check_words(*dfa, words, 3, std::nullopt);
      }
    }
  }
}

TEST_CASE("what does not fit is refused", "[automaton-runner]") {
  core::Random random(1);
  const Dfa large = random_dfa(random, 65, 17);
  CHECK_FALSE(AutomatonRunner::fits(large, AutomatonEngine::kComposed));
  CHECK_FALSE(AutomatonRunner::fits(large, AutomatonEngine::kLanes));
  CHECK_FALSE(AutomatonRunner::fits(large, AutomatonEngine::kGroups));
  CHECK_THROWS_AS(AutomatonRunner(large, 1, AutomatonEngine::kComposed), core::Error);
  CHECK_THROWS_AS(AutomatonRunner(random_dfa(random, 2, 257)), core::Error);
  for (const AutomatonEngine engine : kAutomatonEngines) CHECK(automaton_engine_named(to_string(engine)) == engine);
  CHECK_FALSE(automaton_engine_named("fastest"));
}

}  // namespace
}  // namespace eigenmata::simulation
