// SPDX-License-Identifier: Apache-2.0
//
// The monoid that a set of maps generates, enumerated breadth first [FroidurePin1997].
//
// Elements are numbered in the shortlex order of their least words: element 0 is the identity (the empty word), and the
// word of every element is the word of its prefix followed by one letter. Each product element · letter is computed and
// looked up once; this gives the right Cayley graph. The left one needs no product at all: with m = p·x (prefix p, last
// letter x), a·m = (a·p)·x is one step in the right graph from a·p, which is known because p is shorter.
//
// "Monoid" always means with the identity, whether or not a non-empty word makes it.
//
// Cost: elements · letters products, each O(degree) (one instruction for degree ≤ 16 where the machine has byte
// shuffles), and a hash look-up. Memory per element: the map (8 bytes for degree ≤ 16), 4 bytes a letter for each
// Cayley graph, 6 to 12 bytes for the hash table, 8 for the word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::algebra {

/// An element, as its position in shortlex order.
enum class Element : std::uint32_t {};

[[nodiscard]] constexpr std::size_t index(Element element) { return static_cast<std::size_t>(element); }
[[nodiscard]] constexpr Element element(std::size_t index) { return static_cast<Element>(index); }

class TransitionMonoid {
 public:
  /// Enumerates until all elements are found, or more than `most`, or a limit is reached; never throws `LimitReached`.
  /// The letters of words are the positions in `generators`. Throws `core::Error` if there is no generator or their
  /// degrees differ.
  TransitionMonoid(const std::vector<Transformation>& generators, const core::Limits& limits,
                   std::size_t most = SIZE_MAX);
  TransitionMonoid(TransitionMonoid&&) noexcept;
  TransitionMonoid& operator=(TransitionMonoid&&) noexcept;
  ~TransitionMonoid();

  /// False if the enumeration stopped at a limit: then there are elements beyond those listed.
  [[nodiscard]] bool is_complete() const { return stopped_by_.empty(); }
  /// The limit, in words; empty if complete.
  [[nodiscard]] const std::string& stopped_by() const { return stopped_by_; }

  /// Number of elements found; the size of the monoid if complete, else a lower bound.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t degree() const { return degree_; }
  [[nodiscard]] std::size_t letters() const { return letters_; }

  [[nodiscard]] Transformation map_of(Element m) const;
  /// The least word of the element, in shortlex order. Cost: its length.
  [[nodiscard]] core::Word word_of(Element m) const;
  /// The element of that word without its last letter, and that letter. Needs m ≠ element 0.
  [[nodiscard]] Element prefix_of(Element m) const { return element(prefix_[index(m)]); }
  [[nodiscard]] core::Symbol last_letter_of(Element m) const { return core::symbol(last_[index(m)]); }
  /// m·x. Needs a complete enumeration.
  [[nodiscard]] Element right(Element m, core::Symbol x) const;
  /// The table of x·m, at [m · letters + x]. Needs a complete enumeration. Cost: O(size · letters).
  [[nodiscard]] std::vector<Element> left_cayley_graph() const;

  /// m·m = m. Cost: O(degree).
  [[nodiscard]] bool is_idempotent(Element m) const;
  /// Elements e with e·e = e among those found. Cost: O(size · degree).
  [[nodiscard]] std::size_t count_idempotents() const;
  /// The periods of all elements found, increasing: p is one if m^{i+p} = m^i for some m and large i, p least. These
  /// are the orders of the elements of the maximal subgroups. Cost: O(size · degree). Throws `core::LimitReached`.
  [[nodiscard]] std::vector<std::uint64_t> periods(const core::Limits& limits = {}) const;
  /// The first element whose period is not 1. Cost: O(degree) for each element up to it. Throws `core::LimitReached`;
  /// the first elements are looked at even when there is no time left.
  [[nodiscard]] std::optional<Element> first_periodic(const core::Limits& limits = {}) const;

  /// Bytes held, by capacity.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  class Elements;  // how the maps are stored; one implementation a range of degrees
  struct PackedElements;
  template <class Value>
  struct WideElements;
  template <class Stored>
  void enumerate(Stored& elements, const core::Limits& limits, std::size_t most);

  std::size_t degree_ = 0;
  std::size_t letters_ = 0;
  std::unique_ptr<Elements> elements_;
  std::vector<std::uint32_t> right_;   // [element · letters + letter]
  std::vector<std::uint32_t> prefix_;  // the element without the last letter of its word
  std::vector<std::uint32_t> last_;    // that letter
  std::string stopped_by_;
};

}  // namespace eigenmata::algebra
