// SPDX-License-Identifier: Apache-2.0
//
// Green's relations of a finite monoid M [Green1951]:
//
//   a R b  iff  aM = bM        a L b  iff  Ma = Mb        a H b  iff  a R b and a L b
//   a D b  iff  a R c and c L b for some c  iff  MaM = MbM (D = J, because M is finite)
//
// R-classes are the strongly connected components of the right Cayley graph, L-classes those of the left one, and
// D-classes those of both together, since J is what multiplying on both sides makes [FroidurePin1997]. A D-class is
// drawn as an egg-box: a row for each R-class, a column for each L-class, an H-class in each cell, all of one size. An
// H-class is a group iff it has an idempotent, and a D-class is regular iff it has one (then every row and every column
// has) [CliffordPreston1961, Ch. 2].
//
// Cost: O(elements · letters) time; 4 · letters + 24 bytes an element kept, about 24 more on the way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::algebra {

/// A D-class. All its H-classes have `h_size` elements, so size = r_classes · l_classes · h_size.
struct DClass {
  std::size_t size = 0;
  std::size_t r_classes = 0;    ///< rows of the egg-box
  std::size_t l_classes = 0;    ///< columns
  std::size_t h_size = 0;       ///< if regular, also the order of its maximal subgroups, which are isomorphic
  std::size_t idempotents = 0;  ///< at most one in an H-class
  std::size_t rank = 0;         ///< number of points in the image of each element

  [[nodiscard]] bool is_regular() const { return idempotents > 0; }
};

/// The H-class of an idempotent e, as a group of permutations of the image of e.
struct MaximalSubgroup {
  Element identity{};
  std::size_t order = 0;
  std::vector<Point> points;               ///< the image of e, increasing: point i of the generators is points[i]
  std::vector<Transformation> generators;  ///< of degree points.size(), different, without the identity; maybe none
};

class GreenRelations {
 public:
  /// Keeps a reference to `monoid`, which has to live as long and stay in place. Throws `core::Error` if the monoid is
  /// not complete, `core::LimitReached` (the memory asked for is that of the tables, here and on the way).
  explicit GreenRelations(const TransitionMonoid& monoid, const core::Limits& limits = {});

  [[nodiscard]] const TransitionMonoid& monoid() const { return *monoid_; }

  /// Numbers of classes.
  [[nodiscard]] std::size_t r_classes() const { return r_classes_; }
  [[nodiscard]] std::size_t l_classes() const { return l_classes_; }
  [[nodiscard]] std::size_t h_classes() const { return h_classes_; }
  [[nodiscard]] std::size_t d_classes() const { return classes_.size(); }
  [[nodiscard]] std::size_t regular_d_classes() const;

  /// The class of an element. The classes of each relation are numbered from 0 in the order of their least elements,
  /// so class 0 is that of the identity.
  [[nodiscard]] std::size_t r_class_of(Element m) const { return r_[index(m)]; }
  [[nodiscard]] std::size_t l_class_of(Element m) const { return l_[index(m)]; }
  [[nodiscard]] std::size_t h_class_of(Element m) const { return h_[index(m)]; }
  [[nodiscard]] std::size_t d_class_of(Element m) const { return d_[index(m)]; }

  /// Needs d < d_classes().
  [[nodiscard]] const DClass& d_class(std::size_t d) const { return classes_[d]; }
  /// The elements of a D-class, increasing.
  [[nodiscard]] std::span<const Element> elements_of(std::size_t d) const;
  /// The idempotents of a D-class, increasing. Cost: O(its size).
  [[nodiscard]] std::vector<Element> idempotents_of(std::size_t d) const;

  [[nodiscard]] bool is_idempotent(Element m) const { return idempotent_[index(m)]; }
  [[nodiscard]] bool is_regular(Element m) const { return classes_[d_[index(m)]].is_regular(); }

  /// x·m.
  [[nodiscard]] Element left(Element m, core::Symbol x) const {
    return left_[index(m) * monoid_->letters() + core::index(x)];
  }

  /// The maximal subgroup around an idempotent. Needs is_idempotent(e).
  ///
  /// Each g in H_e maps the image of e onto itself, and is determined by that since g = e·g. Generators: for every
  /// H-class h in the R-class of e choose r_h = e·t_h in h. If r_h·x is again in that R-class, in the H-class k, then
  /// r_h·x = g·r_k for exactly one g in H_e, and these g generate: an element of H_e is e·w, every prefix of w stays in
  /// the R-class, and replacing e·(prefix) by g·r_k letter by letter writes it as a product of them (Schreier's
  /// argument, for the Schützenberger group [CliffordPreston1961, Ch. 2]).
  /// Cost: O(l_classes of the D-class · letters · degree), and sorting the generators.
  [[nodiscard]] MaximalSubgroup maximal_subgroup(Element e) const;

  /// For each D-class the other D-classes that one letter, on the right or on the left, leads to from it; increasing.
  /// Their reflexive and transitive closure is the J-order (d' ≤ d). Cost: O(elements · letters), and sorting.
  [[nodiscard]] std::vector<std::vector<std::size_t>> steps_down() const;

  /// A shortest word w with from·w = to, or w·from = to, first in the order of the letters; nothing else is asked than
  /// that they are in one R-class, or one L-class. Cost: O(size of that class · letters).
  [[nodiscard]] core::Word right_multiplier(Element from, Element to) const;
  [[nodiscard]] core::Word left_multiplier(Element from, Element to) const;

 private:
  const TransitionMonoid* monoid_;
  std::vector<Element> left_;  // [element · letters + letter]
  std::vector<std::uint32_t> r_, l_, h_, d_;
  std::vector<bool> idempotent_;
  std::size_t r_classes_ = 0, l_classes_ = 0, h_classes_ = 0;
  std::vector<DClass> classes_;
  std::vector<Element> by_d_class_;   // the elements of D-class 0, of D-class 1, …
  std::vector<std::size_t> d_start_;  // where each begins
};

}  // namespace eigenmata::algebra
