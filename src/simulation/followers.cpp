// SPDX-License-Identifier: Apache-2.0
#include "followers.hpp"

#include <algorithm>
#include <array>

#include "eigenmata/core/random.hpp"

namespace eigenmata::simulation {
namespace {

constexpr std::uint16_t kNone = UINT16_MAX;

/// The states that one piece is followed from, at first all.
struct Piece {
  std::vector<std::uint16_t> slot;  ///< of each state at the beginning: which of those below it has become
  std::size_t first = 0;            ///< of the walks of all pieces
  std::size_t count = 0;
};

/// Walks of a piece that have met become one. Keeps the order of pieces.
void merge(std::vector<Walk>& walks, std::array<Piece, Followers::kPieces>& pieces, std::size_t states) {
  std::vector<std::uint16_t> place(states), moved;
  std::size_t kept = 0;
  for (Piece& piece : pieces) {
    std::fill(place.begin(), place.end(), kNone);
    moved.clear();
    const std::size_t first = kept;
    for (std::size_t i = piece.first; i < piece.first + piece.count; ++i) {
      std::uint16_t& at = place[walks[i].state];
      if (at == kNone) {
        at = static_cast<std::uint16_t>(kept - first);
        walks[kept++] = walks[i];
      }
      moved.push_back(at);
    }
    piece.first = first;
    if (kept - first == piece.count) continue;
    piece.count = kept - first;
    for (std::uint16_t& slot : piece.slot) slot = moved[slot];
  }
  walks.resize(kept);
}

}  // namespace

Followers::Followers(const automata::Dfa& dfa, const AutomatonTables& tables) : tables_(tables) { find_symmetry(dfa); }

/// e is found by following all edges from (initial, q). Most automata have none for the first q, and it ends there.
void Followers::find_symmetry(const automata::Dfa& dfa) {
  const std::size_t n = dfa.states();
  const std::size_t initial = index(dfa.initial());
  std::vector<std::uint16_t> all(n * n, kNone);
  std::vector<std::uint16_t> reached;
  for (std::size_t q = 0; q < n; ++q) {
    std::uint16_t* e = all.data() + q * n;
    e[initial] = static_cast<std::uint16_t>(q);
    reached.assign(1, static_cast<std::uint16_t>(initial));
    for (std::size_t i = 0; i < reached.size(); ++i) {
      for (std::size_t x = 0; x < dfa.letters(); ++x) {
        const auto step = [&](std::size_t p) {
          return static_cast<std::uint16_t>(index(dfa.step(automata::state(p), core::symbol(x))));
        };
        const std::uint16_t p = step(reached[i]);
        const std::uint16_t image = step(e[reached[i]]);
        if (e[p] == kNone) {
          e[p] = image;
          reached.push_back(p);
        } else if (e[p] != image) {
          return;
        }
      }
    }
    if (reached.size() != n) return;  // a state that no word leads to
  }
  symmetry_ = std::move(all);
}

bool Followers::is_worth_it() const {
  if (!symmetry_.empty()) return true;
  core::Random random(1);
  std::vector<std::uint8_t> letters(kBlockLetters);
  for (std::uint8_t& x : letters) x = static_cast<std::uint8_t>(random.below(tables_.letters));
  std::vector<std::uint32_t> map;
  return run_block(letters.data(), map);
}

bool Followers::run_block(const std::uint8_t* letters, std::vector<std::uint32_t>& map) const {
  const std::size_t n = tables_.states;
  if (!symmetry_.empty()) {
    run_symmetric(letters, map);
    return true;
  }
  // Two steps a letter, and those of the beginning.
  std::size_t budget = 2 * kBlockLetters + kBlockLetters / 4;
  std::vector<Walk> walks;
  std::array<Piece, kPieces> pieces;
  for (std::size_t p = 0; p < kPieces; ++p) {
    pieces[p].first = p * n;
    pieces[p].count = n;
    for (std::size_t q = 0; q < n; ++q) {
      pieces[p].slot.push_back(static_cast<std::uint16_t>(q));
      walks.push_back({letters + p * kWalkDistance, static_cast<std::uint32_t>(q)});
    }
  }
  for (std::size_t t = 0, stage = 8; t < kWalkDistance; t += stage) {
    if (t > 8) stage = std::min(t, kWalkDistance - t);
    if (walks.size() == kPieces) stage = kWalkDistance - t;
    const std::size_t cost = walks.size() * stage;
    const bool stays_apart = t >= 32 && walks.size() > kPieces * n / 2;
    if (cost > budget || stays_apart) return false;
    budget -= cost;
    walk_on(tables_, walks, stage);
    if (walks.size() > kPieces) merge(walks, pieces, n);
  }
  map.resize(n);
  for (std::size_t q = 0; q < n; ++q) {
    std::size_t at = q;
    for (const Piece& piece : pieces) at = walks[piece.first + piece.slot[at]].state;
    map[q] = static_cast<std::uint32_t>(at);
  }
  return true;
}

void Followers::run_symmetric(const std::uint8_t* letters, std::vector<std::uint32_t>& map) const {
  const std::size_t n = tables_.states;
  std::vector<Walk> walks;
  for (std::size_t p = 0; p < kPieces; ++p) walks.push_back({letters + p * kWalkDistance, tables_.initial});
  walk_on(tables_, walks, kWalkDistance);
  std::size_t at = tables_.initial;
  for (const Walk& walk : walks) at = symmetry_[at * n + walk.state];
  map.resize(n);
  for (std::size_t q = 0; q < n; ++q) map[q] = symmetry_[q * n + at];
}

}  // namespace eigenmata::simulation
