// SPDX-License-Identifier: Apache-2.0
#include "suffix_trie.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace eigenmata::compiler {

using exact::Rational;

SuffixTrie::SuffixTrie(const automata::Dfa& dfa, std::vector<Images> blocks, const core::Limits& limits)
    : dfa_(dfa), blocks_(std::move(blocks)), limits_(limits) {
  std::map<Images, std::uint32_t> numbers;
  for (std::size_t x = 0; x < dfa_.letters(); ++x) {
    Images images;
    for (std::size_t q = 0; q < dfa_.states(); ++q)
      images.push_back(static_cast<std::uint32_t>(index(dfa_.step(automata::state(q), core::symbol(x)))));
    const auto [at, is_new] = numbers.emplace(images, static_cast<std::uint32_t>(digits_.size() + 1));
    if (is_new) digits_.push_back(images);
    digit_of_letter_.push_back(at->second);
  }
}

bool SuffixTrie::grow(std::size_t most_leaves) {
  struct Open {
    std::uint32_t node;
    Images images;
  };
  Images identity;
  for (std::size_t q = 0; q < dfa_.states(); ++q) identity.push_back(static_cast<std::uint32_t>(q));
  nodes_.push_back({{}, kNone});
  std::vector<Open> open{{0, std::move(identity)}};
  core::Ticker ticker(limits_, "the last letters");
  while (!open.empty()) {
    ticker.tick();
    const Open at = std::move(open.back());
    open.pop_back();
    if (is_long_enough(at.images)) {
      close(at.node, at.images);
      continue;
    }
    // What is open becomes at least one leaf each.
    if (leaves_.size() + open.size() + base() > most_leaves) return false;
    nodes_[at.node].children.resize(base());
    close(child(at.node, 0), at.images);
    for (std::uint32_t z = 1; z < base(); ++z) {
      Images images;
      for (const std::uint32_t q : digits_[z - 1]) images.push_back(at.images[q]);
      open.push_back({child(at.node, z), std::move(images)});
    }
    limits_.require_memory(nodes_.size() * (sizeof(Node) + 8 * base()) +
                               (open.size() + images_.size()) * (sizeof(Images) + 4 * dfa_.states()),
                           "the last letters");
  }
  return true;
}

bool SuffixTrie::is_shallow() const {
  return std::all_of(nodes_[0].children.begin(), nodes_[0].children.end(),
                     [&](std::uint32_t c) { return nodes_[c].children.empty(); });
}

std::size_t SuffixTrie::length(std::uint32_t leaf) const { return backwards(leaf).size() - (is_whole(leaf) ? 1 : 0); }

std::uint32_t SuffixTrie::after(std::uint32_t leaf, std::uint32_t digit) const {
  std::vector<std::uint32_t> word = backwards(leaf);
  word.insert(word.begin(), digit);
  std::uint32_t at = 0;
  for (std::size_t i = 0; !nodes_[at].children.empty(); ++i) at = nodes_[at].children[word[i]];
  return at;
}

Rational SuffixTrie::place(std::uint32_t digit) const { return Rational(2 * digit) / Rational(base() - 1) - 1; }

SuffixTrie::Interval SuffixTrie::box(std::uint32_t leaf, const Rational& contraction) const {
  Rational centre = 0;
  Rational scale = 1;
  for (const std::uint32_t digit : backwards(leaf)) {
    if (digit == 0) return {centre - scale, centre - scale};
    centre += scale * (Rational(1) - contraction) * place(digit);
    scale *= contraction;
  }
  return {centre - scale, centre + scale};
}

bool SuffixTrie::is_long_enough(const Images& images) const {
  return std::all_of(blocks_.begin(), blocks_.end(), [&](const Images& block) {
    return std::all_of(block.begin(), block.end(), [&](std::uint32_t q) { return images[q] == images[block[0]]; });
  });
}

std::uint32_t SuffixTrie::child(std::uint32_t node, std::uint32_t digit) {
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({{}, node, digit});
  nodes_[node].children[digit] = made;
  return made;
}

void SuffixTrie::close(std::uint32_t node, const Images& images) {
  nodes_[node].region = static_cast<std::uint32_t>(leaves_.size());
  leaves_.push_back(node);
  nodes_[node].images = static_cast<std::uint32_t>(images_.size());
  images_.push_back(images);
}

std::vector<std::uint32_t> SuffixTrie::backwards(std::uint32_t leaf) const {
  std::vector<std::uint32_t> word;
  for (std::uint32_t n = leaf; nodes_[n].parent != kNone; n = nodes_[n].parent) word.push_back(nodes_[n].digit);
  std::reverse(word.begin(), word.end());
  return word;
}

}  // namespace eigenmata::compiler
