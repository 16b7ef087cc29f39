// SPDX-License-Identifier: Apache-2.0
//
// Automata over one long word and over many words: symbols a second, beside the plain walk through the table, RE2 where
// (and Hyperscan, if installed) where the language has an expression, and what the machine allows: reading memory, and
// shuffling registers.
#include <re2/re2.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/simulation/automaton_runner.hpp"
#include "figures.hpp"

#ifdef EIGENMATA_HYPERSCAN
#include <hs/hs.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace eigenmata::bench {
namespace {

using automata::Dfa;
using automata::State;
using simulation::AutomatonRunner;
using simulation::PackedWords;

constexpr std::size_t kLetters = std::size_t{64} << 20;
constexpr std::size_t kWordLength = 64;

/// An automaton whose letters are random permutations, which never lead two states to one, or random maps; or that of
/// an expression over a and b, or of a language of the catalogue.
struct Example {
  const char* name;
  std::size_t states;
  std::size_t letters;
  const char* regex = nullptr;
  const char* language = nullptr;
  bool has_maps = false;
};

const std::vector<Example>& long_examples() {
  static const std::vector<Example> list{{"60 states, 60 letters", 60, 60},
                                         {"64 states, 256 letters", 64, 256},
                                         {"16 states, 60 letters", 16, 60},
                                         {"32 states, 60 letters", 32, 60},
                                         {"32 states, 2 letters", 32, 2},
                                         {"60 states, 16 letters", 60, 16},
                                         {"60 states, 4 letters", 60, 4},
                                         {"60 states, 2 letters", 60, 2},
                                         {"16 states, 2 letters", 16, 2},
                                         {"a six from the end", 64, 2, "(a|b)*a(a|b){5}"},
                                         {"even number of a", 2, 2, "(b*ab*a)*b*"},
                                         {"200 states, 2 letters", 200, 2},
                                         {"A_5 word problem", 60, 60, nullptr, "a5-word-problem"},
                                         {"S_5 word problem", 120, 120, nullptr, "s5-word-problem"},
                                         {"60 states, 60 maps", 60, 60, nullptr, nullptr, true},
                                         {"60 states, 2 maps", 60, 2, nullptr, nullptr, true},
                                         {"200 states, 60 maps", 200, 60, nullptr, nullptr, true}};
  return list;
}

const std::vector<Example>& many_examples() {
  static const std::vector<Example> list{{"60 states, 60 letters", 60, 60},
                                         {"200 states, 256 letters", 200, 256},
                                         {"3600 states, 60 letters", 3600, 60},
                                         {"60 states, 4 letters", 60, 4},
                                         {"8 states, 8 letters", 8, 8},
                                         {"21 states, 3 letters", 21, 3},
                                         {"32 states, 2 letters", 32, 2},
                                         {"200 states, 2 letters", 200, 2},
                                         {"a six from the end", 64, 2, "(a|b)*a(a|b){5}"},
                                         {"even number of a", 2, 2, "(b*ab*a)*b*"}};
  return list;
}

Dfa automaton(const Example& example) {
  if (example.regex != nullptr) {
    automata::LanguageRequest request;
    request.regex = example.regex;
    return automata::read_language(request, {}).dfa;
  }
  if (example.language != nullptr) {
    automata::LanguageRequest request;
    request.path_or_name = example.language;
    return automata::read_language(request, {}).dfa;
  }
  core::Random random(example.states * 1000 + example.letters);
  std::vector<std::string> names;
  for (std::size_t x = 0; x < example.letters; ++x) names.push_back("x" + std::to_string(x));
  std::vector<State> next(example.states * example.letters);
  for (std::size_t x = 0; x < example.letters; ++x) {
    std::vector<State> image(example.states);
    for (std::size_t q = 0; q < example.states; ++q) image[q] = automata::state(q);
    for (std::size_t q = example.states; q > 1; --q) std::swap(image[q - 1], image[random.below(q)]);
    for (std::size_t q = 0; q < example.states; ++q)
      next[q * example.letters + x] = example.has_maps ? automata::state(random.below(example.states)) : image[q];
  }
  std::vector<bool> accepting(example.states, false);
  accepting[0] = true;
  return {automata::Alphabet(names), automata::state(0), accepting, next};
}

PackedWords random_text(std::size_t letters, std::size_t total, std::size_t length) {
  core::Random random(1);
  PackedWords words;
  words.letters.resize(total);
  for (std::uint8_t& x : words.letters) x = static_cast<std::uint8_t>(random.next() % letters);
  for (std::size_t end = length; end <= total; end += length) words.ends.push_back(end);
  return words;
}

/// The same words for all benchmarks of an alphabet; one alphabet at a time is held.
const PackedWords& text(std::size_t letters, std::size_t length) {
  static std::size_t held_letters = 0;
  static std::size_t held_length = 0;
  static PackedWords held;
  if (held_letters != letters || held_length != length) held = random_text(letters, kLetters, length);
  held_letters = letters;
  held_length = length;
  return held;
}

/// The plain walk at its best: rows counted in entries, the smallest type that fits.
struct PlainTable {
  explicit PlainTable(const Dfa& dfa) {
    for (const State q : dfa.table()) next.push_back(static_cast<std::uint32_t>(index(q) * dfa.letters()));
    start = static_cast<std::uint32_t>(index(dfa.initial()) * dfa.letters());
  }
  [[nodiscard]] std::uint32_t walk(std::span<const std::uint8_t> word) const {
    std::uint32_t row = start;
    for (const std::uint8_t x : word) row = next[row + x];
    return row;
  }
  std::vector<std::uint32_t> next;
  std::uint32_t start;
};

void plain(::benchmark::State& state, const Example& example, std::size_t length) {
  const Dfa dfa = automaton(example);
  const PlainTable table(dfa);
  const PackedWords& words = text(dfa.letters(), length);
  count_least_seconds(state, [&] {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < words.size(); ++i) sum += table.walk(words.word(i));
    ::benchmark::DoNotOptimize(sum);
  });
}

void ours(::benchmark::State& state, const Example& example, std::size_t length, std::size_t threads) {
  const Dfa dfa = automaton(example);
  const AutomatonRunner runner(dfa, threads);
  const PackedWords& words = text(dfa.letters(), length);
  std::vector<State> finals(words.size());
  const double begin = processor_seconds();
  for (auto _ : state) {
    runner.run(words, dfa.initial(), finals);
    ::benchmark::DoNotOptimize(finals.data());
  }
  // Of this thread: a figure if it is alone.
  if (threads == 1) state.counters["seconds"] = (processor_seconds() - begin) / static_cast<double>(state.iterations());
  state.counters["accepted"] = static_cast<double>(
      std::count_if(finals.begin(), finals.end(), [&](const State q) { return dfa.is_accepting(q); }));
  state.counters["engine"] = static_cast<double>(length == kLetters ? runner.long_engine() : runner.many_engine());
}

std::string as_text(const PackedWords& words) {
  std::string letters(words.letters.size(), 'a');
  for (std::size_t i = 0; i < letters.size(); ++i) letters[i] = static_cast<char>('a' + words.letters[i]);
  return letters;
}

void with_re2(::benchmark::State& state, const Example& example, std::size_t length) {
  const PackedWords& words = text(2, length);
  const std::string letters = as_text(words);
  const RE2 expression(example.regex, RE2::Quiet);
  std::size_t accepted = 0;
  count_least_seconds(state, [&] {
    accepted = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const re2::StringPiece word(letters.data() + words.begin_of(i), words.word(i).size());
      accepted += RE2::FullMatch(word, expression) ? 1 : 0;
    }
    ::benchmark::DoNotOptimize(accepted);
  });
  state.counters["accepted"] = static_cast<double>(accepted);
}

#ifdef EIGENMATA_HYPERSCAN
void with_hyperscan(::benchmark::State& state, const Example& example, std::size_t length) {
  const PackedWords& words = text(2, length);
  const std::string letters = as_text(words);
  const std::string anchored = "^(" + std::string(example.regex) + ")$";
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  hs_scratch_t* scratch = nullptr;
  constexpr unsigned kFlags = HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY;
  if (hs_compile(anchored.c_str(), kFlags, HS_MODE_BLOCK, nullptr, &database, &error) != HS_SUCCESS ||
      hs_alloc_scratch(database, &scratch) != HS_SUCCESS) {
    state.SkipWithError(error != nullptr ? error->message : "Hyperscan has no memory");
    hs_free_compile_error(error);
    return;
  }
  const match_event_handler count = [](unsigned, unsigned long long, unsigned long long, unsigned, void* accepted) {
    ++*static_cast<std::size_t*>(accepted);
    return 0;
  };
  std::size_t accepted = 0;
  count_least_seconds(state, [&] {
    accepted = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      (void)hs_scan(database, letters.data() + words.begin_of(i), static_cast<unsigned>(words.word(i).size()), 0,
                    scratch, count, &accepted);
    }
  });
  state.counters["accepted"] = static_cast<double>(accepted);
  hs_free_scratch(scratch);
  hs_free_database(database);
}
#endif

/// Eight places at a time, as composing does, so that reading is all that takes time.
void read_memory(::benchmark::State& state) {
  const PackedWords& words = text(2, kLetters);
  constexpr std::size_t kPieces = 8;
  const std::size_t piece = words.letters.size() / kPieces;
  count_least_seconds(state, [&] {
    std::uint64_t sums[kPieces] = {};
    for (std::size_t i = 0; i < piece; i += 64) {
      for (std::size_t j = 0; j < kPieces; ++j) {
        std::uint64_t part[8];
        std::memcpy(part, words.letters.data() + j * piece + i, 64);
        for (const std::uint64_t eight : part) sums[j] += eight;
      }
    }
    for (std::uint64_t& sum : sums) ::benchmark::DoNotOptimize(sum);
  });
}

constexpr std::size_t kShuffles = std::size_t{1} << 26;

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw,avx512vbmi"))) void shuffle_64(::benchmark::State& state) {
  __m512i table = _mm512_set1_epi8(3);
  for (auto _ : state) {
    __m512i f[8] = {table, table, table, table, table, table, table, table};
    for (std::size_t i = 0; i < kShuffles / 8; ++i) {
#pragma GCC unroll 8
      for (int j = 0; j < 8; ++j) {
        f[j] = _mm512_permutexvar_epi8(f[j], table);
        __asm__ volatile("" : "+v"(f[j]));
      }
    }
  }
}

__attribute__((target("avx2"))) void shuffle_16(::benchmark::State& state) {
  __m128i table = _mm_set1_epi8(3);
  for (auto _ : state) {
    __m128i f[8] = {table, table, table, table, table, table, table, table};
    for (std::size_t i = 0; i < kShuffles / 8; ++i) {
#pragma GCC unroll 8
      for (int j = 0; j < 8; ++j) {
        f[j] = _mm_shuffle_epi8(table, f[j]);
        __asm__ volatile("" : "+x"(f[j]));
      }
    }
  }
}
#endif

std::string row_of(const char* table, const Example& example) { return std::string(table) + "/" + example.name; }

void register_table(const char* table, const std::vector<Example>& examples, std::size_t length) {
  for (const Example& example : examples) {
    const std::string row = row_of(table, example);
    register_run(row + "/plain", [&, length](::benchmark::State& s) { plain(s, example, length); });
    register_run(row + "/one", [&, length](::benchmark::State& s) { ours(s, example, length, 1); });
    register_run(row + "/two", [&, length](::benchmark::State& s) { ours(s, example, length, 2); });
    if (example.regex != nullptr)
      register_run(row + "/re2", [&, length](::benchmark::State& s) { with_re2(s, example, length); });
#ifdef EIGENMATA_HYPERSCAN
    if (example.regex != nullptr)
      register_run(row + "/hyperscan", [&, length](::benchmark::State& s) { with_hyperscan(s, example, length); });
#endif
  }
}

/// Of the processor where that is known.
double seconds(const Figure& figure) {
  const auto of_processor = figure.counters.find("seconds");
  return of_processor == figure.counters.end() ? figure.seconds : of_processor->second;
}

double rate(const Figures& figures, const std::string& name) {
  const auto found = figures.find(name);
  return found == figures.end() ? 0 : static_cast<double>(kLetters) / seconds(found->second) / 1e9;
}

/// How many times as fast as a peer this is, if that was measured, and accepts the same words.
void print_peer(const Figures& figures, const std::string& row, const char* peer, int width) {
  const auto found = figures.find(row + peer);
  if (found == figures.end()) {
    std::printf(" %*s", width, "-");
  } else if (found->second.counters.at("accepted") != figures.at(row + "/one").counters.at("accepted")) {
    std::printf(" %*s", width, "DIFFERS");
  } else {
    std::printf(" %*.1f", width, seconds(found->second) / seconds(figures.at(row + "/one")));
  }
}

/// G symbols/s that composing maps could reach on AVX2 if it were nothing but shuffles of 16 entries, or 0 if they were
/// not measured: t ceil(t/2) of them a group of letters, for maps of t registers of 16 bytes.
double shuffle_limit(const Figures& figures, const Example& example) {
  const auto found = figures.find("automata/limits/shuffle16");
  if (found == figures.end() || example.states > 64) return 0;
  std::size_t bits = 1;
  while ((std::size_t{1} << bits) < example.letters) ++bits;
  std::size_t group = 1;
  while (2 * group * bits <= 8) group *= 2;
  const std::size_t registers = (example.states + 15) / 16;
  const std::size_t shuffles = registers * ((registers + 1) / 2);
  const double rate = static_cast<double>(kShuffles) / found->second.seconds / 1e9;
  return rate * static_cast<double>(group) / static_cast<double>(shuffles);
}

void print_table(const Figures& figures, const char* table, const char* title, const std::vector<Example>& examples) {
  if (figures.count(row_of(table, examples[0]) + "/one") == 0) return;
  std::printf("\n%s\n  %-24s %-12s %10s %8s %10s %8s %12s %12s %10s\n", title, "automaton", "engine", "G symb/s",
              "x plain", "2 threads", "x RE2", "x Hyperscan", "of memory", "goal");
  const double memory = rate(figures, "automata/limits/memory");
  for (const Example& example : examples) {
    const std::string row = row_of(table, example);
    const double one = rate(figures, row + "/one");
    const double plain_rate = rate(figures, row + "/plain");
    const auto engine = static_cast<simulation::AutomatonEngine>(figures.at(row + "/one").counters.at("engine"));
    std::printf("  %-24s %-12s %10.2f %8.1f %9.2fx", example.name, std::string(to_string(engine)).c_str(), one,
                one / plain_rate, figures.at(row + "/one").seconds / figures.at(row + "/two").seconds);
    print_peer(figures, row, "/re2", 8);
    print_peer(figures, row, "/hyperscan", 12);
    std::printf(" %11.0f%%", 100 * one / memory);
    if (std::string(table) == "automata-long") {
      const double goal = example.states > 64 ? 0 : example.letters == 2 ? 20 : 5;
      if (goal > 0) {
        const bool is_reached = one / plain_rate >= goal;
        const double limit = shuffle_limit(figures, example);
        std::printf(" %4.0fx %s", goal, is_reached ? "reached" : "MISSED");
        if (!is_reached && limit > 0 && engine != simulation::AutomatonEngine::kFollowed)
          std::printf("; %.1fx if all time were shuffles", limit / plain_rate);
      }
    } else {
      const double goal = example.states * example.letters <= 64 ? 13 : 2.2;
      std::printf(" %4.1f %s", goal, one >= goal ? "reached" : "MISSED");
    }
    std::printf("\n");
  }
}

constexpr std::size_t kCounts[] = {1'000, 10'000, 100'000};
constexpr std::size_t kLengths[] = {16, 160, 1600};

void linear(::benchmark::State& state, std::size_t count, std::size_t length) {
  const Dfa dfa = automaton({"", 60, 60});
  const AutomatonRunner runner(dfa);
  const PackedWords words = random_text(60, count * length, length);
  std::vector<State> finals(words.size());
  for (auto _ : state) runner.run(words, dfa.initial(), finals);
}

}  // namespace

void register_automata() {
  register_run("automata/limits/memory", read_memory);
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512vbmi")) register_run("automata/limits/shuffle64", shuffle_64);
  if (__builtin_cpu_supports("avx2")) register_run("automata/limits/shuffle16", shuffle_16);
#endif
  register_table("automata-long", long_examples(), kLetters);
  register_table("automata-many", many_examples(), kWordLength);
  for (const std::size_t count : kCounts) {
    for (const std::size_t length : kLengths) {
      register_run("automata-linear/" + std::to_string(count) + "/" + std::to_string(length),
                   [=](::benchmark::State& s) { linear(s, count, length); });
    }
  }
}

void print_automata(const Figures& figures) {
  const auto shuffles = [&](const char* name) {
    const auto found = figures.find(name);
    return found == figures.end() ? 0.0 : static_cast<double>(kShuffles) / found->second.seconds / 1e9;
  };
  if (figures.count("automata/limits/memory") > 0) {
    std::printf(
        "\nAutomata: one core reads %.1f GB/s of these letters from memory; %.2f G shuffles/s of 64 bytes, %.2f of "
        "16\n",
        rate(figures, "automata/limits/memory"), shuffles("automata/limits/shuffle64"),
        shuffles("automata/limits/shuffle16"));
  }
  print_table(figures, "automata-long", "One word of 64 Mi letters", long_examples());
  print_table(figures, "automata-many", "2^20 words of 64 letters", many_examples());
  if (figures.count("automata-linear/1000/16") == 0) return;
  std::printf("\nCost is linear (60 states, 60 letters): ns a letter\n  %10s", "words");
  for (const std::size_t length : kLengths) std::printf("  length %5zu", length);
  for (const std::size_t count : kCounts) {
    std::printf("\n  %10zu", count);
    for (const std::size_t length : kLengths) {
      const Figure& figure = figures.at("automata-linear/" + std::to_string(count) + "/" + std::to_string(length));
      std::printf("  %12.3f", figure.seconds * 1e9 / static_cast<double>(count * length));
    }
  }
  std::printf("\n");
}

}  // namespace eigenmata::bench
