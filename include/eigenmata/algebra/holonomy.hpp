// SPDX-License-Identifier: Apache-2.0
//
// The holonomy decomposition: an automaton with states Q as a cascade all of whose groups divide its transition monoid
// [Eilenberg1976] [EgriNagyNehaniv2015].
//
// Let 𝓘 be the images Q·w of all words, Q among them, and the sets of one state. P ≤ R (*subduction*) iff P ⊆ R·w for
// some word w; P and R are equivalent iff P ≤ R ≤ P, which means that each is an image of the other: so the classes are
// the strongly connected components of X → X·a (image_orbit.hpp). The *tiles* of P are its maximal proper subsets in 𝓘.
// For each class of sets with two states or more, with R its root, the *holonomy group* is what the words w with
// R·w = R make of the tiles of R: a quotient of the group of R, so it divides the monoid, and is trivial if that is
// aperiodic. The other sets of the class have the tiles of R, moved along by the elements that the orbit chose.
//
// A class is placed on a level so that whatever is strictly below it in subduction is on a later level: by its *depth*,
// the longest chain down from Q, or by its *height*, the longest chain up from the sets of one state. The number of
// levels is the same, the length of the longest chain of all; it can exceed the number of states.
//
// In the cascade level l is *active* in X if X is on it, and then says in which tile of X the state is. Under the
// letter a, from X to X' with X·a ⊆ X':
//   - X' not on level l:             hold; level l + 1 gets the same set;
//   - X' on level l and X·a = X':    permute. X' ≤ X, and X is on no earlier level, so both are in one class;
//   - X' on level l and X·a ⊊ X':    reset to the first tile of X' that contains X·a, which is in 𝓘.
// Classes with a trivial group share points, and share them with what else is on their level: the level has the group
// of the others. Classes with a group have points of their own, so that the level's group is inside the direct
// product; on shared points two groups may generate a larger one.
//
// Cost: the orbit of images, and images · classes · degree / 64. The images can be exponentially many, also for
// aperiodic automata; then `core::LimitReached`.
//
// Example:
//   const Holonomy t3({Transformation({1, 0, 2}), Transformation({1, 2, 0}), Transformation({0, 0, 2})});
//   t3.levels() == 2;  holonomy_table(t3, LevelOrder::kDepth) == "(3,S3) / (2,C2)";  t3.flags() == 6;
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "eigenmata/algebra/cascade.hpp"
#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/algebra/permutation_group.hpp"
#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::algebra {

/// Where a class is placed; level 0 is that of the set of all points.
enum class LevelOrder { kDepth, kHeight };

/// A class of images of two points or more.
struct HolonomyClass {
  std::size_t images = 0;  ///< its component in the orbit of images
  /// Of the root R: places in the list of its points, increasing; the tiles in lexicographic order. At least two.
  std::vector<std::vector<Point>> tiles;
  /// The class that each tile is in; `Holonomy::kNone` for a tile of one point.
  std::vector<std::size_t> tile_classes;
  PermutationGroup group;          ///< on the tiles
  std::vector<std::size_t> below;  ///< the other classes that letters or tiles lead to, increasing
  std::size_t depth = 0;           ///< of the class of Q: 0
  std::size_t height = 0;          ///< of a class with nothing below: 0
};

class Holonomy {
 public:
  static constexpr std::size_t kNone = SIZE_MAX;

  /// Throws `core::Error` if there is no generator or their degrees differ; `core::LimitReached`.
  explicit Holonomy(const std::vector<Transformation>& generators, const core::Limits& limits = {});

  [[nodiscard]] const ImageOrbit& orbit() const { return orbit_; }
  /// |𝓘|: the images, and the sets of one point.
  [[nodiscard]] std::size_t sets() const;
  /// In the order of the components of the orbit. None if there is one point.
  [[nodiscard]] const std::vector<HolonomyClass>& classes() const { return classes_; }
  /// Of an image of the orbit; `kNone` if it is a single point.
  [[nodiscard]] std::size_t class_of(std::size_t image) const {
    return class_of_component_[orbit_.component_of(image)];
  }

  [[nodiscard]] std::size_t levels() const { return levels_; }
  [[nodiscard]] std::size_t level_of(std::size_t c, LevelOrder order) const {
    return order == LevelOrder::kDepth ? classes_[c].depth : levels_ - 1 - classes_[c].height;
  }
  /// For each level its classes, increasing; never empty.
  [[nodiscard]] std::vector<std::vector<std::size_t>> classes_by_level(LevelOrder order) const;

  /// The number of flags Q = X_0 ⊃ X_1 ⊃ … down to one point, each a tile of the one before.
  [[nodiscard]] exact::Integer flags() const;

  /// Tile t of an image of class c, as points, increasing.
  [[nodiscard]] std::vector<Point> tile(std::size_t image, std::size_t t) const;
  /// What a permutation of the root's points, by their places, makes of the tiles. Needs one that some word makes.
  [[nodiscard]] Transformation on_tiles(std::size_t c, std::span<const Point> places) const;

  /// All holonomy groups are trivial, which means that the monoid is aperiodic: if a word permutes a set of 𝓘 and fixes
  /// all its tiles, but not all its points, it permutes one of the tiles and moves a point there.
  [[nodiscard]] bool is_aperiodic() const;

 private:
  void find_classes(const core::Limits& limits);
  [[nodiscard]] std::vector<std::vector<Point>> tiles_of(std::size_t root, const std::vector<std::uint32_t>& by_size,
                                                         core::Ticker& ticker) const;
  void find_what_is_below(core::Ticker& ticker);
  void find_levels();

  ImageOrbit orbit_;
  std::vector<std::size_t> class_of_component_;
  std::vector<HolonomyClass> classes_;
  std::size_t levels_ = 0;
};

/// Level by level the classes as (tiles,group), or the number of tiles alone if the group is trivial, the largest
/// first: "2 / (4,C3) (3,S3) / 2 x3" says that the last level has three classes of two tiles. Names as
/// `structure_name`'s.
[[nodiscard]] std::string holonomy_table(const Holonomy& holonomy, LevelOrder order, const core::Limits& limits = {});

/// The cascade, its symbols merged and levels without a group coded. Levels by depth or by height, whichever needs
/// fewer points. A level with a group is a point machine with values of one point; its group is inside the direct
/// product of the holonomy groups that are on it. Throws `core::LimitReached`.
[[nodiscard]] Cascade holonomy_cascade(const automata::Dfa& dfa, const core::Limits& limits);

}  // namespace eigenmata::algebra
