// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/automaton_runner.hpp"

#include <tbb/blocked_range.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <string>

#include "automaton_kernels.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/core/threads.hpp"
#include "followers.hpp"

namespace eigenmata::simulation {
namespace {

using automata::State;

constexpr std::array<std::string_view, 6> kNames{"table", "interleaved", "groups", "composed", "followed", "lanes"};
/// From this length on a word is worth starting pieces, or threads, of its own.
constexpr std::size_t kLongWord = std::size_t{1} << 14;
constexpr std::size_t kLettersPerThread = std::size_t{1} << 16;

bool fits_tables(const AutomatonTables& tables, AutomatonEngine engine) {
  switch (engine) {
    case AutomatonEngine::kTable:
    case AutomatonEngine::kInterleaved:
      return true;
    case AutomatonEngine::kGroups:
      return tables.has_groups();
    case AutomatonEngine::kComposed:
      return can_compose(tables, processor());
    case AutomatonEngine::kFollowed:
      return tables.states <= Followers::kMostStates;
    case AutomatonEngine::kLanes:
      return can_use_lanes(tables, processor());
  }
  return false;
}

void check_size(const automata::Dfa& dfa) {
  if (dfa.letters() > kLargestPackedAlphabet)
    throw core::Error("fast runs need an alphabet of at most 256 letters; this one has " +
                      std::to_string(dfa.letters()));
  if (dfa.states() > UINT32_MAX / dfa.letters())
    throw core::Error("fast runs need a table of at most 2^32 entries; this one has " + std::to_string(dfa.states()) +
                      " states");
}

/// Is composing as slow as walking?
bool composes_slowly(const AutomatonTables& tables) {
  return tables.states > 48 && tables.group.size == 1 && !processor().avx512_vbmi;
}

/// Up to 32 states, or in registers of 64 bytes, composing is as fast as following one state of each piece.
bool may_follow(const AutomatonTables& tables) {
  constexpr std::size_t kComposedWell = 32;
  if (tables.states > Followers::kMostStates) return false;
  return !can_compose(tables, processor()) || (tables.states > kComposedWell && !processor().avx512_vbmi);
}

/// For one long word. Where composing takes as long as walking, it is worth while only for the sake of threads.
AutomatonEngine best_for_one(const AutomatonTables& tables, std::size_t threads, const Followers* followers) {
  if (followers != nullptr && followers->is_worth_it()) return AutomatonEngine::kFollowed;
  if (composes_slowly(tables) && threads == 1) return AutomatonEngine::kTable;
  for (const AutomatonEngine engine : {AutomatonEngine::kComposed, AutomatonEngine::kGroups}) {
    if (fits_tables(tables, engine)) return engine;
  }
  return AutomatonEngine::kTable;
}

/// For many words.
AutomatonEngine best_for_many(const AutomatonTables& tables) {
  for (const AutomatonEngine engine : {AutomatonEngine::kLanes, AutomatonEngine::kGroups}) {
    if (fits_tables(tables, engine)) return engine;
  }
  return AutomatonEngine::kInterleaved;
}

/// So many words at a time are listed and ordered: few enough to stay in the nearest cache.
constexpr std::size_t kTile = 1024;
/// In lanes, words of one length are neither: so many tiles are run at once.
constexpr std::size_t kTilesTogether = 16;

/// Words side by side all wait for the longest of them. If that costs much, words of similar length come together.
void order_by_length(std::vector<WordItem>& words) {
  constexpr std::size_t kTogether = 64;
  std::size_t sum = 0;
  std::size_t with_waiting = 0;
  for (std::size_t first = 0; first < words.size(); first += kTogether) {
    const std::size_t end = std::min(words.size(), first + kTogether);
    std::size_t longest = 0;
    for (std::size_t i = first; i < end; ++i) {
      sum += words[i].length;
      longest = std::max<std::size_t>(longest, words[i].length);
    }
    with_waiting += longest * (end - first);
  }
  if (with_waiting <= sum + sum / 8) return;
  std::sort(words.begin(), words.end(), [](const WordItem& a, const WordItem& b) { return a.length < b.length; });
}

/// The words from one to before another if they have one length.
std::optional<EqualWords> equal_words(const PackedWords& words, std::size_t begin, std::size_t end) {
  const std::size_t from = words.begin_of(begin);
  const std::size_t length = words.ends[begin] - from;
  for (std::size_t tile = begin; tile < end; tile += kTile) {
    bool equal = true;
    for (std::size_t i = tile; i < std::min(end, tile + kTile); ++i)
      equal &= words.ends[i] == from + (i - begin + 1) * length;
    if (!equal) return std::nullopt;
  }
  return EqualWords{words.letters.data() + from, length, end - begin};
}

/// The same as below for words of one length; `finals` begins with the first of them.
void run_equal(const AutomatonTables& tables, AutomatonEngine engine, EqualWords words, const std::uint8_t* memory_end,
               State* finals) {
  switch (engine) {
    case AutomatonEngine::kInterleaved:
      return interleave(tables, words, finals);
    case AutomatonEngine::kGroups:
      return interleave_groups(tables, words, finals);
    case AutomatonEngine::kLanes:
      return run_lanes(tables, words, memory_end, finals);
    case AutomatonEngine::kTable:
    case AutomatonEngine::kComposed:
    case AutomatonEngine::kFollowed:
      break;
  }
  for (std::size_t i = 0; i < words.count; ++i)
    finals[i] = automata::state(walk(tables, tables.initial, {words.word(i), words.length}));
}

void run_tile(const AutomatonTables& tables, AutomatonEngine engine, std::vector<WordItem>& words,
              const std::uint8_t* memory_end, State* finals) {
  switch (engine) {
    case AutomatonEngine::kInterleaved:
      order_by_length(words);
      return interleave(tables, words, finals);
    case AutomatonEngine::kGroups:
      order_by_length(words);
      return interleave_groups(tables, words, finals);
    case AutomatonEngine::kLanes:
      order_by_length(words);
      return run_lanes(tables, words, memory_end, finals);
    case AutomatonEngine::kTable:
    case AutomatonEngine::kComposed:
    case AutomatonEngine::kFollowed:
      break;
  }
  for (const WordItem& word : words)
    finals[word.index] = automata::state(walk(tables, tables.initial, {word.letters, word.length}));
}

}  // namespace

std::string_view to_string(AutomatonEngine engine) { return kNames[static_cast<std::size_t>(engine)]; }

std::optional<AutomatonEngine> automaton_engine_named(std::string_view name) {
  for (const AutomatonEngine engine : kAutomatonEngines) {
    if (to_string(engine) == name) return engine;
  }
  return std::nullopt;
}

AutomatonRunner::AutomatonRunner(const automata::Dfa& dfa, std::size_t threads, std::optional<AutomatonEngine> engine)
    : dfa_(dfa), threads_(threads == 0 ? static_cast<std::size_t>(tbb::info::default_concurrency()) : threads) {
  check_size(dfa);
  tables_ = std::make_unique<AutomatonTables>(dfa);
  if (engine && !fits_tables(*tables_, *engine))
    throw core::Error("the engine '" + std::string(to_string(*engine)) +
                      "' does not fit this automaton on this processor");
  if (engine ? *engine == AutomatonEngine::kFollowed : may_follow(*tables_))
    followers_ = std::make_unique<const Followers>(dfa_, *tables_);
  long_engine_ = engine ? *engine : best_for_one(*tables_, threads_, followers_.get());
  many_engine_ = engine.value_or(best_for_many(*tables_));
  // A forced engine gets the words that it is for, whatever their lengths.
  long_word_ = !engine                                                                          ? kLongWord
               : *engine == AutomatonEngine::kComposed || *engine == AutomatonEngine::kFollowed ? 0
                                                                                                : UINT32_MAX;
}

AutomatonRunner::~AutomatonRunner() = default;
AutomatonRunner::AutomatonRunner(AutomatonRunner&&) noexcept = default;
AutomatonRunner& AutomatonRunner::operator=(AutomatonRunner&&) noexcept = default;

bool AutomatonRunner::fits(const automata::Dfa& dfa, AutomatonEngine engine) {
  check_size(dfa);
  return fits_tables(AutomatonTables(dfa), engine);
}

State AutomatonRunner::run(State from, std::span<const std::uint8_t> word) const {
  const auto q = static_cast<std::uint32_t>(index(from));
  if (long_engine_ == AutomatonEngine::kGroups) return automata::state(walk_groups(*tables_, q, word));
  if (long_engine_ == AutomatonEngine::kFollowed) return automata::state(follow(q, word));
  if (long_engine_ != AutomatonEngine::kComposed) return automata::state(walk(*tables_, q, word));
  const std::size_t parts = std::min(threads_, word.size() / kLettersPerThread);
  if (parts <= 1) return automata::state(compose(*tables_, word).image[q]);
  std::vector<StateMap> maps(parts);
  const std::size_t part = word.size() / parts;
  core::on_threads(threads_, [&] {
    tbb::parallel_for(std::size_t{0}, parts, [&](std::size_t i) {
      maps[i] = compose(*tables_, word.subspan(i * part, i + 1 == parts ? std::dynamic_extent : part));
    });
  });
  std::uint32_t at = q;
  for (const StateMap& map : maps) at = map.image[at];
  return automata::state(at);
}

/// Block after block; where states stay apart, longer and longer stretches in another way.
std::uint32_t AutomatonRunner::follow_alone(std::uint32_t from, std::span<const std::uint8_t> word) const {
  constexpr std::size_t kBlock = Followers::kBlockLetters;
  constexpr std::size_t kLongest = 256;  // blocks
  const auto other = [&](std::span<const std::uint8_t> part) {
    if (can_compose(*tables_, processor()) && !composes_slowly(*tables_))
      return std::uint32_t{compose(*tables_, part).image[from]};
    return tables_->has_groups() ? walk_groups(*tables_, from, part) : walk(*tables_, from, part);
  };
  std::vector<std::uint32_t> map;
  for (std::size_t stretch = 1; word.size() >= kBlock;) {
    if (followers_->run_block(word.data(), map)) {
      from = map[from];
      word = word.subspan(kBlock);
      stretch = 1;
      continue;
    }
    const std::size_t letters = std::min(word.size(), stretch * kBlock);
    from = other(word.first(letters));
    word = word.subspan(letters);
    stretch = std::min(2 * stretch, kLongest);
  }
  return other(word);
}

/// Each thread has some blocks. If it finds one in which states stay apart, its part is done when its turn has come.
std::uint32_t AutomatonRunner::follow(std::uint32_t from, std::span<const std::uint8_t> word) const {
  constexpr std::size_t kBlock = Followers::kBlockLetters;
  const std::size_t parts = std::min(threads_, word.size() / std::max(kLettersPerThread, kBlock));
  if (parts <= 1) return follow_alone(from, word);
  const std::size_t part = word.size() / parts / kBlock * kBlock;
  std::vector<std::vector<std::uint32_t>> maps(parts);  // empty if there was such a block
  const auto run_part = [&](std::size_t i) {
    std::vector<std::uint32_t> map, block;
    for (std::size_t at = i * part; at < (i + 1) * part; at += kBlock) {
      if (!followers_->run_block(word.data() + at, block)) return;
      if (map.empty()) {
        map = block;
      } else {
        for (std::uint32_t& q : map) q = block[q];
      }
    }
    maps[i] = std::move(map);
  };
  core::on_threads(threads_, [&] { tbb::parallel_for(std::size_t{0}, parts, run_part); });
  for (std::size_t i = 0; i < parts; ++i)
    from = maps[i].empty() ? follow_alone(from, word.subspan(i * part, part)) : maps[i][from];
  return follow_alone(from, word.subspan(parts * part));
}

void AutomatonRunner::run(const PackedWords& words, State first, std::span<State> finals) const {
  if (words.size() == 0) return;
  const std::size_t tiles = (words.size() + kTile - 1) / kTile;
  std::vector<std::vector<std::size_t>> long_words(tiles);
  const auto run_tiles = [&](std::size_t begin, std::size_t end) {
    std::vector<WordItem> tile;
    const std::uint8_t* memory_end = words.letters.data() + words.letters.size();
    const std::size_t together = many_engine_ == AutomatonEngine::kLanes ? kTilesTogether : 1;
    for (std::size_t number = begin; number < end; ++number) {
      const std::size_t first_word = number * kTile;
      const std::size_t last = std::min(end, number + together) - 1;
      const auto equal = equal_words(words, first_word, std::min(words.size(), (last + 1) * kTile));
      if (equal && equal->length < long_word_) {
        run_equal(*tables_, many_engine_, *equal, memory_end, finals.data() + first_word);
        if (number == 0) long_words[0].push_back(0);  // once more, from where it starts
        number = last;
        continue;
      }
      tile.clear();
      std::size_t from = words.begin_of(number * kTile);
      for (std::size_t i = number * kTile; i < std::min(words.size(), (number + 1) * kTile); ++i) {
        const std::size_t length = words.ends[i] - from;
        if (length >= long_word_ || i == 0) {
          long_words[number].push_back(i);
        } else {
          tile.push_back(
              {words.letters.data() + from, static_cast<std::uint32_t>(length), static_cast<std::uint32_t>(i)});
        }
        from = words.ends[i];
      }
      run_tile(*tables_, many_engine_, tile, memory_end, finals.data());
    }
  };
  if (threads_ == 1 || tiles == 1) {
    run_tiles(0, tiles);
  } else {
    core::on_threads(threads_, [&] {
      tbb::parallel_for(tbb::blocked_range<std::size_t>(0, tiles),
                        [&](const auto& part) { run_tiles(part.begin(), part.end()); });
    });
  }
  // The threads work together on each of these.
  for (const auto& of_tile : long_words) {
    for (const std::size_t i : of_tile) finals[i] = run(i == 0 ? first : dfa_.initial(), words.word(i));
  }
}

}  // namespace eigenmata::simulation
