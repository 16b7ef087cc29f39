// SPDX-License-Identifier: Apache-2.0
//
// Which words go into lanes: those after which there are enough letters in memory.
#include <algorithm>
#include <vector>

#include "lane_words.hpp"

namespace eigenmata::simulation {

#ifdef EIGENMATA_X86_64
bool can_use_lanes(const AutomatonTables& tables, const Processor& processor) {
  return tables.has_small_next() && processor.avx2;
}

void run_lanes(const AutomatonTables& tables, std::span<const WordItem> words, const std::uint8_t* memory_end,
               automata::State* finals) {
  const auto run_64 = processor().avx512_vbmi ? run_lanes_vbmi : run_lanes_avx2;
  const std::uint8_t* last = nullptr;
  for (const WordItem& word : words) last = std::max(last, word.letters + word.length);
  if (words.empty() || static_cast<std::size_t>(memory_end - last) >= kSteps) {
    for (; !words.empty(); words = words.subspan(std::min(kLanes, words.size())))
      run_64(tables, words.first(std::min(kLanes, words.size())), finals);
    return;
  }
  // The words at the very end of the memory are walked.
  std::vector<WordItem> inner;
  for (const WordItem& word : words) {
    if (static_cast<std::size_t>(memory_end - word.letters) >= word.length + kSteps) {
      inner.push_back(word);
    } else {
      finals[word.index] = automata::state(walk(tables, tables.initial, {word.letters, word.length}));
    }
  }
  run_lanes(tables, inner, memory_end, finals);
}

void run_lanes(const AutomatonTables& tables, EqualWords words, const std::uint8_t* memory_end,
               automata::State* finals) {
  const auto run_in_lanes = processor().avx512_vbmi ? run_equal_lanes_vbmi : run_equal_lanes_avx2;
  std::size_t whole = words.count - words.count % kLanes;
  while (whole > 0 && static_cast<std::size_t>(memory_end - words.word(whole)) < kSteps) whole -= kLanes;
  if (whole > 0) run_in_lanes(tables, {words.letters, words.length, whole}, finals);
  interleave(tables, words.from(whole), finals + whole);
}
#else
bool can_use_lanes(const AutomatonTables&, const Processor&) { return false; }

void run_lanes(const AutomatonTables&, std::span<const WordItem>, const std::uint8_t*, automata::State*) {}
void run_lanes(const AutomatonTables&, EqualWords, const std::uint8_t*, automata::State*) {}
#endif

}  // namespace eigenmata::simulation
