// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/words.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/boolean.hpp"
#include "eigenmata/automata/regex.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

Dfa language(std::string_view expression, std::string_view letters) {
  return compile_regex(expression, core::parse_alphabet(letters, {"letters"}), {});
}

/// The first accepted word in the order of `words_up_to`; every non-empty language of n states has one
/// shorter than n.
std::optional<Word> first_accepted(const Dfa& dfa) {
  for (const Word& word : brute_force::words_up_to(dfa.states() - 1, dfa.letters())) {
    if (dfa.accepts(word)) return word;
  }
  return std::nullopt;
}

TEST_CASE("shortest accepted and rejected words are the first ones by length and order", "[words]") {
  EIGENMATA_SEEDED(random, 1);
  for (int i = 0; i < 1000; ++i) {
    const Dfa dfa = testing::random_dfa(random, random.below(6) + 1, random.below(3) + 1);
    CAPTURE(i);
    CHECK(shortest_accepted(dfa) == first_accepted(dfa));
    CHECK(shortest_rejected(dfa) == first_accepted(complement(dfa)));
  }
}

TEST_CASE("shortest paths are the first ones by length and order, or there is none", "[words]") {
  EIGENMATA_SEEDED(random, 2);
  for (int i = 0; i < 300; ++i) {
    const Dfa dfa = testing::random_dfa(random, random.below(5) + 1, 2);
    const State from = state(random.below(dfa.states()));
    const State to = state(random.below(dfa.states()));
    std::optional<Word> expected;
    for (const Word& word : brute_force::words_up_to(dfa.states() - 1, 2)) {
      if (!expected && dfa.run(from, word) == to) expected = word;
    }
    CAPTURE(i, index(from), index(to));
    CHECK(shortest_path(dfa, from, to) == expected);
  }
}

TEST_CASE("words are counted as by listing them", "[words]") {
  EIGENMATA_SEEDED(random, 3);
  for (int i = 0; i < 300; ++i) {
    const std::size_t letters = random.below(3) + 1;
    const Dfa dfa = testing::random_dfa(random, random.below(6) + 1, letters);
    for (std::size_t length = 0; length <= 6; ++length) {
      WordCount expected = 0;
      testing::for_each_word(length, letters, [&](const Word& word) { expected += dfa.accepts(word) ? 1 : 0; });
      CAPTURE(i, length);
      CHECK(count_words(dfa, length) == expected);
    }
  }
}

TEST_CASE("words without two b's in a row are counted by the Fibonacci numbers", "[words]") {
  const Dfa dfa = language("(a|ba)*b?", "ab");
  WordCount previous = 1;  // F(1)
  WordCount current = 1;   // F(2): one word of length 0
  for (std::size_t length = 0; length <= 1000; ++length) {
    if (length % 100 == 0 || length < 20) CHECK(count_words(dfa, length) == current);
    current += std::exchange(previous, current);
  }
}

TEST_CASE("balanced brackets of depth at most 3 are counted by the odd Fibonacci numbers", "[words]") {
  // Dyck paths of semilength n and height at most 3: 1, 1, 2, 5, 13, 34, 89, … (OEIS A001519).
  const Dfa dfa = language("(o(o(oc)*c)*c)*", "oc");
  const std::vector<unsigned> expected{1, 1, 2, 5, 13, 34, 89, 233, 610, 1597, 4181};
  for (std::size_t n = 0; n < expected.size(); ++n) {
    CHECK(count_words(dfa, 2 * n) == expected[n]);
    CHECK(count_words(dfa, 2 * n + 1) == 0);
  }
}

TEST_CASE("all words of length 500 over ten letters are 10^500", "[words]") {
  CHECK(count_words(language(".*", "0123456789"), 500).str() == "1" + std::string(500, '0'));
}

TEST_CASE("drawn words have the length, are accepted, and come equally often", "[words]") {
  EIGENMATA_SEEDED(random, 4);
  int languages = 0;
  while (languages < 40) {
    const Dfa dfa = testing::random_dfa(random, random.below(6) + 1, random.below(2) + 2);
    const WordSampler sampler(dfa, random.below(5) + 1);
    const auto total = sampler.total().convert_to<std::size_t>();
    if (total < 2) continue;
    ++languages;
    std::map<std::vector<Symbol>, double> counts;
    const std::size_t draws = 200 * total;
    for (std::size_t i = 0; i < draws; ++i) ++counts[sampler.sample(random)];
    REQUIRE(counts.size() <= total);
    double chi_square = 0;
    double hit = 0;
    for (const auto& [word, count] : counts) {
      REQUIRE(dfa.accepts(word));
      chi_square += (count - 200) * (count - 200) / 200;
      ++hit;
    }
    chi_square += 200 * (static_cast<double>(total) - hit);
    // Mean f and variance 2f with f = total − 1; beyond mean + 6 deviations + 20 a fair sampler comes by
    // chance less than once in a million, also for f = 1.
    const double freedom = static_cast<double>(total) - 1;
    CAPTURE(languages, total, chi_square);
    CHECK(chi_square < freedom + 6 * std::sqrt(2 * freedom) + 20);
  }
}

TEST_CASE("words of a number beyond 64 bits are drawn, and both halves of them", "[words]") {
  EIGENMATA_SEEDED(random, 5);
  const Dfa dfa = language("(a|ba)*b?", "ab");
  const WordSampler sampler(dfa, 300);
  CHECK(sampler.total() == count_words(dfa, 300));
  CHECK(sampler.total() > WordCount(1) << 200);
  // Of the words of length n without bb a share of F(n)/F(n+2) begins with b, about 0.382.
  int begins_with_b = 0;
  for (int i = 0; i < 2000; ++i) {
    const Word word = sampler.sample(random);
    REQUIRE(word.size() == 300);
    REQUIRE(dfa.accepts(word));
    begins_with_b += word[0] == core::symbol(1) ? 1 : 0;
  }
  CHECK(std::abs(begins_with_b - 764) < 130);  // six standard deviations of a binomial (2000, 0.382)
}

TEST_CASE("there may be nothing to draw, and the empty word can be drawn", "[words]") {
  EIGENMATA_SEEDED(random, 6);
  CHECK(WordSampler(language("(ab)*", "ab"), 3).total() == 0);
  const WordSampler sampler(language("(ab)*", "ab"), 0);
  CHECK(sampler.total() == 1);
  CHECK(sampler.sample(random).empty());
}

TEST_CASE("counting and drawing obey their limits", "[words]") {
  const Dfa dfa = language("(a|ba)*b?", "ab");
  core::Limits limits;
  limits.memory_bytes = std::size_t{1} << 20;
  CHECK_THROWS_AS(WordSampler(dfa, 100'000, limits), core::LimitReached);
  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK_THROWS_AS(count_words(dfa, 100'000, stopped), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::automata
