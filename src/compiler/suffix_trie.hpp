// SPDX-License-Identifier: Apache-2.0
//
// The last letters of a word as digits of one number: h ← λ h + (1 − λ) p_z, where p_z = 2z/n − 1 for the letters z =
// 1, …, n, and h_0 = p_0 = −1 says that there was no letter yet. With (n + 1) λ < 1 the last letter tells in which of n
// + 1 boxes h lies, the letter before it in which box inside that one, and so on. Here is the tree of those boxes, as
// deep as it has to be: words, read backwards, until they take all states that are still possible to one.
#pragma once

#include <cstdint>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::compiler {

/// A node is a word, its child by digit z the word with z before it; digit 0 says that the word starts there. Letters
/// that act alike are one digit.
class SuffixTrie {
 public:
  using Images = std::vector<std::uint32_t>;  ///< of the states under a word

  struct Node {
    std::vector<std::uint32_t> children;  ///< by digit; empty in a leaf
    std::uint32_t parent;                 ///< `kNone` for the root
    std::uint32_t digit = 0;              ///< by which the parent leads here
    std::uint32_t region = 0;             ///< of a leaf: its number among them
    std::uint32_t images = 0;             ///< of a leaf: its word's, in a list
  };
  static constexpr std::uint32_t kNone = 0xffffffff;

  /// A word is long enough when it takes each block of states to one state. The limits and the automaton have to
  /// outlive the tree. A block may be listed by any states; those in no block do not matter.
  SuffixTrie(const automata::Dfa& dfa, std::vector<Images> blocks, const core::Limits& limits);

  /// Needs that all words of some length are long enough. False, and of no use, if there would be more leaves than
  /// that. Cost: O(nodes · states).
  [[nodiscard]] bool grow(std::size_t most_leaves);

  [[nodiscard]] std::size_t base() const { return digits_.size() + 1; }
  [[nodiscard]] std::uint32_t digit_of(std::size_t letter) const { return digit_of_letter_[letter]; }
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<std::uint32_t>& leaves() const { return leaves_; }
  /// The leaf of the word without letters.
  [[nodiscard]] std::uint32_t empty_word() const { return nodes_[0].children.empty() ? 0 : nodes_[0].children[0]; }
  /// Is a word of one letter long enough?
  [[nodiscard]] bool is_shallow() const;

  /// The images of all states under the word of a leaf.
  [[nodiscard]] const Images& images(std::uint32_t leaf) const { return images_[nodes_[leaf].images]; }
  /// Is the word of the leaf whole? Then its first letter was the first there was.
  [[nodiscard]] bool is_whole(std::uint32_t leaf) const { return leaf != 0 && nodes_[leaf].digit == 0; }
  [[nodiscard]] std::size_t length(std::uint32_t leaf) const;

  /// The leaf of the word of a leaf with one more letter. What is long enough still is after it.
  [[nodiscard]] std::uint32_t after(std::uint32_t leaf, std::uint32_t digit) const;

  /// p_z.
  [[nodiscard]] exact::Rational place(std::uint32_t digit) const;

  struct Interval {
    exact::Rational low, high;
  };
  /// Where h lies after a leaf's word. Digit 0 at the end of a word is the number −1, held since before the first
  /// letter.
  [[nodiscard]] Interval box(std::uint32_t leaf, const exact::Rational& contraction) const;

 private:
  [[nodiscard]] bool is_long_enough(const Images& images) const;
  std::uint32_t child(std::uint32_t node, std::uint32_t digit);
  void close(std::uint32_t node, const Images& images);
  /// The digits of a leaf's word, the last first.
  [[nodiscard]] std::vector<std::uint32_t> backwards(std::uint32_t leaf) const;

  const automata::Dfa& dfa_;
  std::vector<Images> blocks_;
  const core::Limits& limits_;
  std::vector<Images> digits_;  ///< [digit − 1]
  std::vector<std::uint32_t> digit_of_letter_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> leaves_;
  std::vector<Images> images_;
};

}  // namespace eigenmata::compiler
