// SPDX-License-Identifier: Apache-2.0
//
// Certificates of `kind blocks`: the ring, symbol by symbol, then what its walks mean, then the steps of the last layer
// for each block and all that may have been read after it. Vectors of the last layer are numbered, so that each pair
// of a vector and a symbol is computed once.
#include "checker/blocks.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "checker/certificate.hpp"
#include "checker/certificate_lines.hpp"
#include "checker/decoding.hpp"
#include "checker/rules.hpp"
#include "checker/situations.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

std::string number(std::size_t n) { return std::to_string(n); }

struct LessVector {
  bool operator()(const SparseVector& a, const SparseVector& b) const { return compare(a, b) < 0; }
};

/// A node's meaning: the successors of all states, or for each state whether it is in a set.
using Meaning = std::vector<std::uint32_t>;

class BlocksPass {
 public:
  BlocksPass(const Certificate& certificate, const SituationSet& situations)
      : dfa_(certificate.automaton),
        network_(certificate.network),
        blocks_(*certificate.blocks),
        clocks_(certificate.layerwise->layers.back()),
        ring_(network_.layers[network_.layers.size() - 2]),
        last_(network_.layers.back()),
        walk_(ring_.decoder.walk),
        prepared_ring_(ring_),
        prepared_(last_),
        situations_(situations),
        m_(blocks_.length),
        cells_(2 * blocks_.length) {}

  std::optional<Failure> run(std::uint32_t context) {
    if (shape(context) && ring() && letters() && block_nodes() && letter_nodes()) {
      for (const std::uint32_t node : block_ends_) {
        for (std::uint32_t first_cell = 0; first_cell < cells_ && !failure_; first_cell += m_) steps(node, first_cell);
      }
    }
    return std::move(failure_);
  }

 private:
  bool fail(std::size_t line, int rule, const std::string& reason) {
    failure_ = Failure{line, rule, reason};
    return false;
  }

  bool shape(std::uint32_t context) {
    if (ring_.decoder.kind != Decoder::Kind::kWalk)
      return fail(ring_.decoder.line, 2, "the decoder of the ring does not walk");
    if (m_ == 0 || ring_.dimension / 2 != m_ || ring_.dimension % 2 != 0) {
      return fail(ring_.line, 2,
                  "a ring for blocks of " + plural(m_, "letter") + " has twice as many coordinates, not " +
                      number(ring_.dimension));
    }
    if (clocks_.contexts != cells_)
      return fail(clocks_.line, 2,
                  plural(cells_, "context") + " below the ring were expected: the times modulo that number");
    if (clocks_.meets.size() < cells_)
      return fail(clocks_.meets_line, 2, "not every context below the ring has a meet");
    if (context != 0) return fail(clocks_.meets_line, 1, "the start has context " + number(context) + ", not 0");
    if (!ring_.start.empty()) return fail(ring_.line, 1, "the ring does not start from 0");
    blank_ = walk_.code(Number());
    if (!blank_) return fail(walk_.line, 2, "0, from which the ring starts, is no code");
    if (compare(last_.start, blocks_.codes[dfa_.initial]) == 0) return true;
    return fail(blocks_.code_lines[dfa_.initial], 1,
                "the last layer does not start from the code of the initial state");
  }

  // Rule 2.

  bool ring() {
    cell_of_symbol_.assign(ring_.inputs, kNowhere);
    code_of_symbol_.assign(ring_.inputs, kNowhere);
    code_of_letter_.assign(network_.letters.size(), kNowhere);
    table_of_cell_.assign(cells_, kNowhere);
    for (const Situation& s : situations_) {
      const std::string input = "input symbol " + number(s.output);
      const std::size_t line = ring_.maps[s.output].line;
      if (s.after != (s.before + 1) % cells_) {
        return fail(clocks_.meets_line, 2,
                    "letter " + quoted(network_.letters[s.letter]) + " leads from context " + number(s.before) +
                        " to " + number(s.after) + ", not to the next time");
      }
      if (cell_of_symbol_[s.output] == kNowhere) {
        if (!writes(s.output, s.before)) return false;
        if (!reads(s.output, s.before)) return false;
        cell_of_symbol_[s.output] = s.before;
      }
      if (cell_of_symbol_[s.output] != s.before)
        return fail(line, 2, input + " is said at two times modulo " + number(cells_));
      std::uint32_t& code = code_of_letter_[s.letter];
      if (code != kNowhere && code != code_of_symbol_[s.output]) {
        return fail(line, 2,
                    input + " writes another code for letter " + quoted(network_.letters[s.letter]) +
                        " than a symbol before it");
      }
      code = code_of_symbol_[s.output];
      std::uint32_t& table = table_of_cell_[s.before];
      const std::uint32_t own = walk_.routes[walk_.route_of[s.output]].table;
      if (table != kNowhere && table != own)
        return fail(walk_.line, 2, input + " asks another table than a symbol of its time");
      table = own;
    }
    for (std::uint32_t cell = 0; cell < cells_; ++cell) {
      if (table_of_cell_[cell] == kNowhere)
        return fail(clocks_.meets_line, 2, "nothing happens at time " + number(cell));
    }
    return true;
  }

  /// A is I − e e^T for the cell, so it keeps all other unit vectors; B is a code at the cell.
  bool writes(std::uint32_t symbol, std::uint32_t cell) {
    const Map& map = ring_.maps[symbol];
    const std::string input = "input symbol " + number(symbol);
    const Entry* written = entry_at(map.offset, cell);
    if (map.offset.size() != (written == nullptr ? 0U : 1U))
      return fail(map.line, 2, input + " writes elsewhere than in cell " + number(cell));
    const std::optional<std::uint32_t> code = walk_.code(written == nullptr ? Number() : written->value);
    if (!code) return fail(map.line, 2, input + " writes " + written->value.shown() + ", which is no code");
    code_of_symbol_[symbol] = *code;
    for (std::uint32_t i = 0; i < cells_; ++i) {
      const SparseVector unit{{i, Number(1)}};
      prepared_ring_.state.load(unit);
      prepared_ring_.maps[symbol].apply_matrix(prepared_ring_.state, prepared_ring_.scratch);
      if (prepared_ring_.state.equals(i == cell ? VectorView() : VectorView(unit))) continue;
      return fail(map.line, 2, input + (i == cell ? " does not wipe cell " : " changes cell ") + number(i));
    }
    return true;
  }

  /// At time t = before + 1 the first walk reads the m letters up to the end of the last block, in time; the second
  /// those since, backwards in time.
  bool reads(std::uint32_t symbol, std::uint32_t before) {
    const std::uint32_t since = before % m_ + 1;
    const std::uint32_t block_start = before + 1 + cells_ - since - m_;  // not modulo 2m
    std::array<std::vector<std::uint32_t>, 2> expected;
    for (std::uint32_t j = 0; j < m_; ++j) expected[0].push_back((block_start + j) % cells_);
    for (std::uint32_t j = since; j > 0; --j) expected[1].push_back((block_start + m_ + j - 1) % cells_);
    if (walk_.routes[walk_.route_of[symbol]].coordinates == expected) return true;
    return fail(walk_.line, 2,
                "input symbol " + number(symbol) +
                    ": its route does not read the block before and the letters since, at time " + number(before + 1));
  }

  // Rule 3.

  /// Letters with one code act alike; what a code does to the states.
  bool letters() {
    acts_.assign(walk_.codes.size(), Meaning());
    for (LetterId x = 0; x < network_.letters.size(); ++x) {
      Meaning action;
      for (State q = 0; q < dfa_.size(); ++q) action.push_back(dfa_.successor(q, x));
      Meaning& known = acts_[code_of_letter_[x]];
      if (!known.empty() && known != action)
        return fail(walk_.line, 3,
                    "letter " + quoted(network_.letters[x]) + " has the code of one that acts otherwise");
      if (known.empty()) used_codes_.push_back(code_of_letter_[x]);
      known = std::move(action);
    }
    if (acts_[*blank_].empty()) acts_[*blank_] = identity();
    return true;
  }

  [[nodiscard]] Meaning identity() const {
    Meaning result;
    for (State q = 0; q < dfa_.size(); ++q) result.push_back(q);
    return result;
  }

  /// One more step of a walk from every node of the set.
  bool advance(std::size_t walk, const std::vector<std::uint32_t>& codes, std::set<std::uint32_t>& nodes) {
    std::set<std::uint32_t> reached;
    std::vector<Meaning>& meanings = meanings_[walk];
    for (const std::uint32_t node : nodes) {
      for (const std::uint32_t code : codes) {
        const std::uint32_t next = walk_.nodes[walk][node][code];
        if (next == kNowhere)
          return fail(
              walk_.line, 3,
              "walk " + number(walk + 1) + " does not go on from node " + number(node) + " by code " + number(code));
        // first the node, then the code; for sets, the states that the code leads into the set
        Meaning meaning;
        for (State q = 0; q < dfa_.size(); ++q)
          meaning.push_back(walk == 0 ? acts_[code][meanings[node][q]] : meanings[node][acts_[code][q]]);
        if (meanings[next].empty()) meanings[next] = meaning;
        if (meanings[next] != meaning)
          return fail(walk_.line, 3,
                      "node " + number(next) + " of walk " + number(walk + 1) +
                          " is reached by letters that do not mean the same");
        reached.insert(next);
      }
    }
    nodes = std::move(reached);
    return true;
  }

  bool block_nodes() {
    meanings_[0].resize(walk_.nodes[0].size());
    meanings_[0][0] = identity();
    std::set<std::uint32_t> unwritten{0};
    block_ends_ = {0};
    for (std::uint32_t i = 0; i < m_; ++i) {
      if (!advance(0, {*blank_}, unwritten) || !advance(0, used_codes_, block_ends_)) return false;
    }
    if (meanings_[0][*unwritten.begin()] != identity())
      return fail(walk_.line, 3, "a block that was never written moves states");
    block_ends_.insert(*unwritten.begin());
    return true;
  }

  bool letter_nodes() {
    meanings_[1].resize(walk_.nodes[1].size());
    for (State q = 0; q < dfa_.size(); ++q) meanings_[1][0].push_back(dfa_.accepting[q] ? 1 : 0);
    std::set<std::uint32_t> now{0};
    for (std::uint32_t i = 0; i < m_; ++i) {
      if (!advance(1, used_codes_, now)) return false;
      letter_ends_.push_back(now);
    }
    return true;
  }

  // Rules 4 and 5.

  std::uint32_t numbered(SparseVector vector) {
    const auto [place, is_new] = numbers_.emplace(std::move(vector), static_cast<std::uint32_t>(vectors_.size()));
    if (is_new) vectors_.push_back(&place->first);
    return place->second;
  }

  struct Step {
    std::uint32_t to;
    std::optional<bool> accepts;
  };

  const Step& step(std::uint32_t symbol, std::uint32_t vector) {
    const std::uint64_t key = std::uint64_t{symbol} << 32 | vector;
    const auto known = steps_.find(key);
    if (known != steps_.end()) return known->second;
    prepared_.state.load(*vectors_[vector]);
    prepared_.maps[symbol].apply(prepared_.state, prepared_.scratch);
    SparseVector reached = prepared_.state.vector();
    const std::optional<std::uint32_t> output = prepared_.outputs.of(reached, symbol);
    Step result{numbered(std::move(reached)), std::nullopt};
    if (output) result.accepts = std::binary_search(network_.accept.begin(), network_.accept.end(), *output);
    return steps_.emplace(key, result).first->second;
  }

  /// The steps while a block is read, after one whose node this is.
  void steps(std::uint32_t node, std::uint32_t first_cell) {
    const Meaning& product = meanings_[0][node];
    std::vector<std::uint32_t> now;
    for (const SparseVector& code : blocks_.codes) now.push_back(numbered(code));
    for (std::uint32_t i = 0; i < m_; ++i) {
      const WalkRow* row = walk_.row(table_of_cell_[first_cell + i], node);
      const std::string place = "after node " + number(node) + ", step " + number(i + 1);
      if (row == nullptr) {
        fail(walk_.line, 4, place + ": its table has no row for the node");
        return;
      }
      std::vector<std::uint32_t> next;
      for (const std::uint32_t end : letter_ends_[i]) {
        if (row->outputs[end] == kNowhere) {
          fail(row->line, 4, place + ": no output for node " + number(end) + " of the second walk");
          return;
        }
        for (State q = 0; q < dfa_.size(); ++q) {
          const Step& taken = step(row->outputs[end], now[q]);
          if (next.size() <= q) next.push_back(taken.to);
          if (next[q] != taken.to) {
            fail(row->line, 4,
                 place + ", from state " + number(q) + ": where the last layer goes depends on what was read since");
            return;
          }
          if (taken.accepts == (meanings_[1][end][product[q]] != 0)) continue;
          fail(row->line, 5,
               place + ", from state " + number(q) + ": " +
                   (taken.accepts ? "the answer is wrong" : "the last layer has no output"));
          return;
        }
      }
      now = std::move(next);
    }
    for (State q = 0; q < dfa_.size(); ++q) {
      if (compare(*vectors_[now[q]], blocks_.codes[product[q]]) == 0) continue;
      fail(blocks_.code_lines[product[q]], 4,
           "the steps after node " + number(node) + " do not lead from the code of state " + number(q) +
               " to that of state " + number(product[q]));
      return;
    }
  }

  const Dfa& dfa_;
  const Network& network_;
  const Blocks& blocks_;
  const LayerRegions& clocks_;
  const Layer& ring_;
  const Layer& last_;
  const WalkDecoder& walk_;
  PreparedLayer prepared_ring_;
  PreparedLayer prepared_;
  const SituationSet& situations_;
  std::uint32_t m_;
  std::uint32_t cells_;
  std::optional<std::uint32_t> blank_;
  std::vector<std::uint32_t> cell_of_symbol_;
  std::vector<std::uint32_t> code_of_symbol_;
  std::vector<std::uint32_t> code_of_letter_;
  std::vector<std::uint32_t> table_of_cell_;      ///< by the cell that is written
  std::vector<Meaning> acts_;                     ///< by code
  std::vector<std::uint32_t> used_codes_;         ///< by some letter
  std::array<std::vector<Meaning>, 2> meanings_;  ///< by walk and node; empty if it was not reached
  std::set<std::uint32_t> block_ends_;
  std::vector<std::set<std::uint32_t>> letter_ends_;  ///< after one letter, two letters, …
  std::map<SparseVector, std::uint32_t, LessVector> numbers_;
  std::vector<const SparseVector*> vectors_;
  std::unordered_map<std::uint64_t, Step> steps_;
  std::optional<Failure> failure_;
};

}  // namespace

Blocks read_blocks(CertificateLines& lines, std::uint32_t dimension, std::size_t states) {
  Blocks result;
  result.length = lines.line_of("block").positive("number of letters");
  result.line = lines.number();
  lines.finish();
  for (std::size_t q = 0; q < states; ++q) {
    result.codes.push_back(lines.line_of("code").vector(dimension));
    result.code_lines.push_back(lines.number());
    lines.finish();
  }
  return result;
}

std::optional<Failure> check_blocks(const Certificate& certificate, const SituationSet& situations,
                                    std::uint32_t context) {
  return BlocksPass(certificate, situations).run(context);
}

}  // namespace eigenmata::checker
