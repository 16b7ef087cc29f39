// SPDX-License-Identifier: Apache-2.0
#include "automaton_tables.hpp"

namespace eigenmata::simulation {
namespace {

constexpr std::size_t kRows16 = std::size_t{1} << 16;
constexpr std::size_t kMappedStates = 64;

std::size_t step(const automata::Dfa& dfa, std::size_t q, std::size_t x) {
  return index(dfa.step(automata::state(q), core::symbol(x)));
}

/// Where the letters of a code lead, 0 if some of them are none.
std::size_t step_by_code(const automata::Dfa& dfa, const LetterGroup& group, std::size_t q, std::size_t code) {
  for (unsigned i = 0; i < group.size; ++i) {
    const std::size_t x = group.letter(code, i);
    if (x >= dfa.letters()) return 0;
    q = step(dfa, q, x);
  }
  return q;
}

}  // namespace

LetterGroup letter_group(std::size_t letters) {
  LetterGroup group;
  group.bits = 1;
  while ((std::size_t{1} << group.bits) < letters) ++group.bits;
  while (2 * group.size * group.bits <= 8) group.size *= 2;
  if (group.size == 1) return {};
  group.shift = (8 - group.bits) * (group.size - 1);
  group.multiplier = 0;
  for (unsigned i = 0; i < group.size; ++i)
    group.multiplier |= std::uint64_t{1} << (group.shift - (8 - group.bits) * i);
  return group;
}

AutomatonTables::AutomatonTables(const automata::Dfa& dfa)
    : states(static_cast<std::uint32_t>(dfa.states())),
      letters(static_cast<std::uint32_t>(dfa.letters())),
      initial(static_cast<std::uint32_t>(index(dfa.initial()))),
      group(letter_group(dfa.letters())) {
  const std::size_t entries = dfa.states() * dfa.letters();
  const bool fits16 = entries <= kRows16;
  (fits16 ? next16.reserve(entries) : next32.reserve(entries));
  for (const automata::State q : dfa.table()) {
    const std::size_t row = index(q) * dfa.letters();
    if (fits16) {
      next16.push_back(static_cast<std::uint16_t>(row));
    } else {
      next32.push_back(static_cast<std::uint32_t>(row));
    }
  }
  constexpr std::size_t kRow = 256;
  constexpr std::size_t kSmall = 4096;  // entries
  if (dfa.states() <= kRow && dfa.letters() > kRow / 2 && entries > kSmall) {
    next8.resize(dfa.states() * kRow);
    for (std::size_t i = 0; i < entries; ++i)
      next8[i / dfa.letters() * kRow + i % dfa.letters()] = static_cast<std::uint8_t>(index(dfa.table()[i]));
  }
  const std::size_t codes = group.codes();
  if (group.size > 1 && dfa.states() * codes <= kRows16) {
    for (std::size_t q = 0; q < dfa.states(); ++q) {
      for (std::size_t code = 0; code < codes; ++code)
        group_next.push_back(static_cast<std::uint16_t>(step_by_code(dfa, group, q, code) * codes));
    }
  }
  if (dfa.states() <= kMappedStates) {
    maps.resize(codes);
    for (std::size_t code = 0; code < codes; ++code) {
      for (std::size_t q = 0; q < dfa.states(); ++q)
        maps[code].image[q] = static_cast<std::uint8_t>(step_by_code(dfa, group, q, code));
    }
    if (dfa.states() > 16) map_differences = maps;
    for (StateMap& map : map_differences) {
      for (std::size_t q = map.image.size() - 1; q >= 16; --q) map.image[q] ^= map.image[q - 16];
    }
  }
  if (has_small_next()) {
    for (std::size_t i = 0; i < entries; ++i) {
      small_next.image[i] = static_cast<std::uint8_t>(next16[i]);
      small_state.image[i] = static_cast<std::uint8_t>(i / letters);
    }
  }
}

}  // namespace eigenmata::simulation
