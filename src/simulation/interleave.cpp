// SPDX-License-Identifier: Apache-2.0
//
// Walks through tables. A step has to wait for the one before, some five cycles for a table in the nearest cache; many
// words side by side fill that time. A word takes a few letters in a row before it is the next one's turn, so that its
// state and letters stay in registers; the processor overlaps the turns by itself.
#include <algorithm>
#include <array>

#include "automaton_kernels.hpp"

namespace eigenmata::simulation {
namespace {

constexpr std::size_t kTogether = 32;
/// So many letters of a word are copied at a time.
constexpr std::size_t kPart = 64;

/// One letter a step.
template <class Entry>
struct ByLetter {
  static constexpr unsigned kLetters = 1;
  static constexpr unsigned kTurn = 4;  // steps
  const Entry* next;
  std::size_t row_length;
  std::uint64_t reciprocal;

  explicit ByLetter(const AutomatonTables& tables, const std::vector<Entry>& table)
      : next(table.data()), row_length(tables.letters), reciprocal((std::uint64_t{1} << 32) / row_length + 1) {}
  [[nodiscard]] std::uint32_t state(std::size_t row) const {
    // For rows below 2^16 and as many letters the product with the reciprocal, rounded up, is too large by less than
    // 2^-16, and the quotient is an integer.
    if constexpr (sizeof(Entry) == 2) return static_cast<std::uint32_t>(row * reciprocal >> 32);
    return static_cast<std::uint32_t>(row / row_length);
  }
  [[nodiscard]] std::size_t step(std::size_t row, const std::uint8_t* letters) const { return next[row + *letters]; }
};

/// One letter a step, states in bytes: a shift more than by rows, and half of their memory.
struct ByByte {
  static constexpr unsigned kLetters = 1;
  static constexpr unsigned kTurn = 4;
  static constexpr std::size_t row_length = 256;
  const std::uint8_t* next;

  explicit ByByte(const AutomatonTables& tables) : next(tables.next8.data()) {}
  [[nodiscard]] static std::uint32_t state(std::size_t row) { return static_cast<std::uint32_t>(row / row_length); }
  [[nodiscard]] std::size_t step(std::size_t row, const std::uint8_t* letters) const {
    return next[row + *letters] * row_length;
  }
};

/// One group of letters a step.
template <unsigned Size>
struct ByGroup {
  static constexpr unsigned kLetters = Size;
  static constexpr unsigned kTurn = 2;
  const std::uint16_t* next;
  LetterGroup group;
  std::size_t row_length;
  unsigned row_bits;

  explicit ByGroup(const AutomatonTables& tables)
      : next(tables.group_next.data()),
        group(tables.group),
        row_length(tables.group.codes()),
        row_bits(tables.group.size * tables.group.bits) {}
  [[nodiscard]] std::uint32_t state(std::size_t row) const { return static_cast<std::uint32_t>(row >> row_bits); }
  [[nodiscard]] std::size_t step(std::size_t row, const std::uint8_t* letters) const {
    return next[row + code_at<Size>(group, letters)];
  }
};

template <class Step>
std::uint32_t walk_by(const AutomatonTables& tables, const Step& by, std::uint32_t from,
                      std::span<const std::uint8_t> word) {
  std::size_t row = from * by.row_length;
  const std::size_t whole = word.size() - word.size() % Step::kLetters;
  for (std::size_t t = 0; t < whole; t += Step::kLetters) row = by.step(row, word.data() + t);
  const std::uint32_t q = by.state(row);
  if constexpr (Step::kLetters == 1) {
    return q;
  } else {
    return walk(tables, q, word.subspan(whole));
  }
}

template <class Step>
void interleave_by(const AutomatonTables& tables, const Step& by, std::span<const WordItem> words,
                   automata::State* finals) {
  constexpr std::size_t kTurnLetters = std::size_t{Step::kLetters} * Step::kTurn;
  while (!words.empty()) {
    const std::span<const WordItem> together = words.first(std::min(kTogether, words.size()));
    words = words.subspan(together.size());
    std::array<std::size_t, kTogether> rows;
    rows.fill(tables.initial * by.row_length);
    std::size_t shortest = SIZE_MAX;
    for (const WordItem& word : together) shortest = std::min<std::size_t>(shortest, word.length);
    std::size_t t = 0;
    for (; t + kTurnLetters <= shortest; t += kTurnLetters) {
      for (std::size_t i = 0; i < together.size(); ++i) {
        std::size_t row = rows[i];
        for (std::size_t s = 0; s < kTurnLetters; s += Step::kLetters) row = by.step(row, together[i].letters + t + s);
        rows[i] = row;
      }
    }
    for (std::size_t i = 0; i < together.size(); ++i) {
      const WordItem& word = together[i];
      std::uint32_t q = by.state(rows[i]);
      if (t < word.length) q = walk_by(tables, by, q, {word.letters + t, word.length - t});
      finals[word.index] = automata::state(q);
    }
  }
}

template <std::size_t Together, class Step>
void walk_some(const Step& by, Walk* walks, std::size_t letters) {
  constexpr std::size_t kTurnLetters = 8;
  std::array<std::size_t, Together> rows;
  for (std::size_t i = 0; i < Together; ++i) rows[i] = walks[i].state * by.row_length;
  for (std::size_t t = 0; t < letters; t += kTurnLetters) {
    for (std::size_t i = 0; i < Together; ++i) {
      std::size_t row = rows[i];
#pragma GCC unroll 8
      for (std::size_t s = 0; s < kTurnLetters; s += Step::kLetters) row = by.step(row, walks[i].at + t + s);
      rows[i] = row;
    }
  }
  for (std::size_t i = 0; i < Together; ++i) walks[i] = {walks[i].at + letters, by.state(rows[i])};
}

/// Eight walks, `Stride` bytes apart, that go a step each in turn. With a distance that the compiler knows, the rows
/// and one address are all that has to stay in registers.
template <std::size_t Stride, class Step>
void walk_eight(const Step& by, const std::uint8_t* at, std::size_t letters, std::array<std::size_t, 8>& rows) {
  std::size_t r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3];
  std::size_t r4 = rows[4], r5 = rows[5], r6 = rows[6], r7 = rows[7];
  for (const std::uint8_t* end = at + letters; at != end; at += Step::kLetters) {
    r0 = by.step(r0, at);
    r1 = by.step(r1, at + Stride);
    r2 = by.step(r2, at + 2 * Stride);
    r3 = by.step(r3, at + 3 * Stride);
    r4 = by.step(r4, at + 4 * Stride);
    r5 = by.step(r5, at + 5 * Stride);
    r6 = by.step(r6, at + 6 * Stride);
    r7 = by.step(r7, at + 7 * Stride);
  }
  rows = {r0, r1, r2, r3, r4, r5, r6, r7};
}

template <class Step>
void walk_on_by(const Step& by, std::span<Walk> walks, std::size_t letters) {
  constexpr std::size_t kAtOnce = 16;
  std::size_t i = 0;
  const auto are_neighbours = [&] {
    if (i + 8 > walks.size()) return false;
    for (std::size_t j = 1; j < 8; ++j) {
      if (walks[i + j].at != walks[i].at + j * kWalkDistance) return false;
    }
    return true;
  };
  for (; are_neighbours(); i += 8) {
    std::array<std::size_t, 8> rows;
    for (std::size_t j = 0; j < 8; ++j) rows[j] = walks[i + j].state * by.row_length;
    walk_eight<kWalkDistance>(by, walks[i].at, letters, rows);
    for (std::size_t j = 0; j < 8; ++j) walks[i + j] = {walks[i + j].at + letters, by.state(rows[j])};
  }
  for (; i + kAtOnce <= walks.size(); i += kAtOnce) walk_some<kAtOnce>(by, walks.data() + i, letters);
  for (; i < walks.size(); ++i) walk_some<1>(by, walks.data() + i, letters);
}

/// Eight words at a time, copied to where they are a known distance apart.
template <class Step>
void interleave_equal(const AutomatonTables& tables, const Step& by, EqualWords words, automata::State* finals) {
  constexpr std::size_t kEight = 8;
  alignas(64) std::array<std::uint8_t, kEight * kPart> part;
  const std::size_t whole = words.length - words.length % Step::kLetters;
  for (; words.count >= kEight; words = words.from(kEight), finals += kEight) {
    std::array<std::size_t, kEight> rows;
    rows.fill(tables.initial * by.row_length);
    for (std::size_t t = 0; t < whole; t += kPart) {
      const std::size_t letters = std::min(kPart, whole - t);
      for (std::size_t i = 0; i < kEight; ++i) {
        if (letters == kPart) {
          std::memcpy(part.data() + i * kPart, words.word(i) + t, kPart);  // a size that the compiler knows
        } else {
          std::memcpy(part.data() + i * kPart, words.word(i) + t, letters);
        }
      }
      walk_eight<kPart>(by, part.data(), letters, rows);
    }
    for (std::size_t i = 0; i < kEight; ++i) {
      const std::uint32_t q = by.state(rows[i]);
      finals[i] = automata::state(walk(tables, q, {words.word(i) + whole, words.length - whole}));
    }
  }
  for (std::size_t i = 0; i < words.count; ++i)
    finals[i] = automata::state(walk_by(tables, by, tables.initial, {words.word(i), words.length}));
}

/// Eight words at a time are copied first, which pays where a word has many steps: by letters, or in full parts by
/// groups of few. Else 32 of them where they stand.
template <class Step>
void interleave_best(const AutomatonTables& tables, const Step& by, EqualWords words, automata::State* finals) {
  if (Step::kLetters == 1 || (Step::kLetters <= 4 && words.length % kPart == 0))
    return interleave_equal(tables, by, words, finals);
  for (std::size_t begin = 0; begin < words.count; begin += kTogether) {
    std::array<WordItem, kTogether> items;
    const std::size_t count = std::min(kTogether, words.count - begin);
    for (std::size_t i = 0; i < count; ++i)
      items[i] = {words.word(begin + i), static_cast<std::uint32_t>(words.length),
                  static_cast<std::uint32_t>(begin + i)};
    interleave_by(tables, by, std::span<const WordItem>(items.data(), count), finals);
  }
}

/// Calls a function with the steps by groups of the tables' size.
template <class Use>
auto with_groups(const AutomatonTables& tables, Use use) {
  switch (tables.group.size) {
    case 8:
      return use(ByGroup<8>(tables));
    case 4:
      return use(ByGroup<4>(tables));
    default:
      return use(ByGroup<2>(tables));
  }
}

/// The same with the steps by letters.
template <class Use>
auto with_letters(const AutomatonTables& tables, Use use) {
  if (!tables.next8.empty()) return use(ByByte(tables));
  if (tables.next32.empty()) return use(ByLetter<std::uint16_t>(tables, tables.next16));
  return use(ByLetter<std::uint32_t>(tables, tables.next32));
}

}  // namespace

std::uint32_t walk(const AutomatonTables& tables, std::uint32_t from, std::span<const std::uint8_t> word) {
  return with_letters(tables, [&](const auto& by) { return walk_by(tables, by, from, word); });
}

std::uint32_t walk_groups(const AutomatonTables& tables, std::uint32_t from, std::span<const std::uint8_t> word) {
  return with_groups(tables, [&](const auto& by) { return walk_by(tables, by, from, word); });
}

void walk_on(const AutomatonTables& tables, std::span<Walk> walks, std::size_t letters) {
  if (tables.has_groups()) {
    with_groups(tables, [&](const auto& by) { walk_on_by(by, walks, letters); });
  } else {
    with_letters(tables, [&](const auto& by) { walk_on_by(by, walks, letters); });
  }
}

void interleave(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals) {
  with_letters(tables, [&](const auto& by) { interleave_by(tables, by, words, finals); });
}

void interleave_groups(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals) {
  with_groups(tables, [&](const auto& by) { interleave_by(tables, by, words, finals); });
}

void interleave(const AutomatonTables& tables, EqualWords words, automata::State* finals) {
  with_letters(tables, [&](const auto& by) { interleave_best(tables, by, words, finals); });
}

void interleave_groups(const AutomatonTables& tables, EqualWords words, automata::State* finals) {
  with_groups(tables, [&](const auto& by) { interleave_best(tables, by, words, finals); });
}

}  // namespace eigenmata::simulation
