// SPDX-License-Identifier: Apache-2.0
//
// What `classify` finds out about a language: its syntactic monoid, Green's relations, maximal subgroups, and the
// families that it is in.
//
// Up to some millions of elements are listed, and Green's relations found from the list. A larger monoid is known by
// the frames of its D-classes, if there are not too many of these: sizes, classes, subgroups, and what follows from
// them. Which of the two is cheaper shows when a first part of the elements is listed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../request.hpp"
#include "eigenmata/algebra/d_class_frames.hpp"
#include "eigenmata/algebra/frame_properties.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/varieties.hpp"

namespace eigenmata::cli {

/// A property of the language, with a witness if it fails.
struct Property {
  const char* name;
  core::Answer answer;
  std::string reason;                          ///< why the answer is no or unknown, in words
  std::optional<algebra::LawWitness> witness;  ///< if it is a law that fails
};

/// A maximal subgroup of the monoid: one for each regular D-class in which it is not trivial. Beyond the order, what is
/// not known because a limit was reached is not there.
struct Subgroup {
  exact::Integer order;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> composition_factors;
  std::optional<bool> solvable;
  std::optional<std::size_t> derived_length;   ///< nothing if it is not solvable, or not known
  std::optional<std::size_t> frattini_length;  ///< nothing if it is not known
};

/// "1 element", "27 elements".
[[nodiscard]] std::string counted_exactly(const exact::Integer& count, std::string_view noun);

/// The name of the group, or its order.
[[nodiscard]] std::string shown_name(const Subgroup& group);

/// Numbers of Green's classes.
struct ClassCounts {
  std::size_t d;
  std::size_t regular_d;
  exact::Integer l;
  exact::Integer r;
  exact::Integer h;
};

/// Everything that classification finds out. Does not move: parts refer to others.
class Classification {
 public:
  explicit Classification(const Request& request);
  Classification(const Classification&) = delete;
  Classification& operator=(const Classification&) = delete;

  automata::Language language;
  automata::Dfa minimal;

  /// The elements found, all of them or a part.
  [[nodiscard]] const algebra::TransitionMonoid& monoid() const { return *monoid_; }
  [[nodiscard]] const core::Verdict<core::NoEvidence, algebra::PeriodWitness>& aperiodic() const { return *aperiodic_; }

  std::optional<exact::Integer> size;  ///< of the monoid
  exact::Integer size_at_least = 1;    ///< if the elements are not all listed
  std::string stopped_by;              ///< the limit, if the elements are not all listed
  std::optional<std::uint64_t> idempotents;
  std::optional<ClassCounts> classes;
  std::optional<std::vector<std::uint64_t>> periods;  ///< of the elements found, if there was time to look at them
  std::vector<Subgroup> subgroups;                    ///< if `classes` are known
  std::string subgroups_stopped_by;  ///< the limit, if one kept something from being known of the subgroups
  std::vector<Property> properties;

  /// Is everything known that was asked for?
  [[nodiscard]] bool is_whole() const;

 private:
  void list_elements(const core::Limits& limits);
  void find_frames(const core::Limits& limits);
  [[nodiscard]] bool is_beyond_lists() const;
  void count(const core::Limits& limits);
  void find_subgroups(const core::Limits& limits);
  void find_group_properties(const core::Limits& limits);
  void find_properties(const core::Limits& limits);
  void add(const char* name, const algebra::LawVerdict& verdict);
  template <class Decide>
  void add(const char* name, const algebra::LawVerdict& verdict, Decide of_frames);
  void find_quasi_aperiodic(const core::Limits& limits);
  void draw_conclusions();
  [[nodiscard]] std::string why_unknown(const algebra::LawVerdict& verdict) const;
  [[nodiscard]] std::string in_words(const algebra::LawWitness& witness) const;
  [[nodiscard]] Property of_all_subgroups(
      const char* name, const std::function<std::optional<bool>(const Subgroup&)>& holds,
      const std::function<bool(const algebra::PermutationGroup&)>& holds_in_group) const;

  std::vector<algebra::Transformation> maps_;
  std::optional<algebra::TransitionMonoid> monoid_;
  std::optional<algebra::ImageOrbit> images_;    // if elements are too many, or too many to relate
  std::optional<algebra::DClassFrames> frames_;  // the same
  std::string frames_stopped_by_;
  std::optional<algebra::SyntacticSemigroup> semigroup_;
  std::optional<core::Verdict<core::NoEvidence, algebra::PeriodWitness>> aperiodic_;
};

}  // namespace eigenmata::cli
