// SPDX-License-Identifier: Apache-2.0
//
// What verdicts need to know of a language, each fact computed when it is first asked for and kept. Permutation
// automata never have their monoid enumerated: groups of any order are treated through their generators. Of other
// automata at most five million elements are listed; the groups in a larger monoid are those of the images of its maps
// (algebra/image_orbit.hpp).
//
// M is the syntactic monoid of the language over the alphabet Σ, S the semigroup of the maps of the non-empty words,
// and M_m ⊆ M the maps of the words whose length is a multiple of m, the image of (Σ^m)*.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/permutation_group.hpp"
#include "eigenmata/algebra/reflection_cover.hpp"
#include "eigenmata/algebra/reflection_length.hpp"
#include "eigenmata/algebra/varieties.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::expressivity {

/// A group in M_m: the maps of certain words on the points of an image; up to isomorphism every maximal subgroup of M_m
/// that is not trivial is one of these.
struct GroupInLanguage {
  algebra::PermutationGroup group;
  /// Words that generate it. For m > 1 perhaps only one, of an element that is not the identity.
  std::vector<core::Word> words;
};

/// A property that groups have or do not have, inherited by subgroups.
struct GroupCondition {
  bool trivial = false;                        ///< of one element
  bool solvable = false;                       ///< asked for whenever one of the following is
  std::optional<std::uint64_t> primes_divide;  ///< every prime that divides the order divides this number
  std::optional<std::size_t> derived_length;   ///< at most this
  std::optional<std::size_t> frattini_length;  ///< at most this; asked only together with a single prime
};

/// "trivial", "a 2-group", "solvable of derived length at most 2", …
[[nodiscard]] std::string to_string(const GroupCondition& condition);

/// A group that does not satisfy a condition.
struct FailingGroup {
  GroupInLanguage group;
  std::string name;   ///< of the group
  std::string lacks;  ///< "is not solvable: A_5 is a composition factor", "has derived length 3", …
};

using GroupVerdict = core::Verdict<core::NoEvidence, FailingGroup>;
using PeriodVerdict = core::Verdict<core::NoEvidence, algebra::PeriodWitness>;

class LanguageFacts {
 public:
  /// Minimises. Throws `core::LimitReached` if that meets a limit; nothing below does, where it says so.
  explicit LanguageFacts(const automata::Dfa& language, const core::Limits& limits = {});
  ~LanguageFacts();
  LanguageFacts(const LanguageFacts&) = delete;
  LanguageFacts& operator=(const LanguageFacts&) = delete;

  [[nodiscard]] const automata::Dfa& minimal() const { return minimal_; }
  [[nodiscard]] const core::Limits& limits() const { return limits_; }
  /// The maps of the letters on the states of the minimal automaton.
  [[nodiscard]] const std::vector<algebra::Transformation>& letters() const { return letters_; }

  /// Does every letter permute the states (is M a group)?
  [[nodiscard]] bool is_group() const { return is_group_; }
  /// The group that the letters generate. Needs is_group(). Throws `core::LimitReached`.
  [[nodiscard]] const algebra::PermutationGroup& group();
  /// k(G, Σ) of that group and the letters; nothing if the group is too large for its characters. Needs is_group().
  /// Throws `core::LimitReached` for other limits.
  [[nodiscard]] const std::optional<algebra::ShortestReflections>& shortest_reflections();
  /// Are the letters images of reflections of a finite reflection group? Needs is_group().
  [[nodiscard]] const core::Verdict<algebra::ReflectionCover, algebra::NotCovered>& reflection_cover();

  /// The images of the maps and their groups; nullptr if they are too many for little memory, or a limit is met. On
  /// more than 128 states groups may take hours, so then only if there is a deadline.
  [[nodiscard]] const algebra::ImageOrbit* images();

  // The enumerated monoid and its varieties; unknown where a limit is met.
  [[nodiscard]] const algebra::TransitionMonoid& monoid();
  [[nodiscard]] const algebra::SyntacticSemigroup& semigroup();
  [[nodiscard]] const algebra::LawVerdict& definite();
  [[nodiscard]] const algebra::LawVerdict& quasi_aperiodic();
  [[nodiscard]] const algebra::LawVerdict& r_trivial();

  /// Do the periods of all elements of M divide `allowed`? With 1: is L star-free? No: words u, x, v such that the
  /// least period of [u xᵏ v ∈ L] in k does not.
  [[nodiscard]] PeriodVerdict periods_divide(std::uint64_t allowed);
  /// Are the periods of all elements powers of 2?
  [[nodiscard]] PeriodVerdict periods_are_powers_of_two();
  /// The first for the letters alone. Never unknown. Cost: O(states · letters).
  [[nodiscard]] PeriodVerdict letter_periods_divide(std::uint64_t allowed) const;
  /// Is M_m aperiodic? No: words u, x, v as above, the length of x a multiple of m.
  [[nodiscard]] PeriodVerdict aperiodic_in_blocks(std::uint64_t m);
  /// Does every group in M_m satisfy the condition?
  [[nodiscard]] GroupVerdict groups_in_blocks(std::uint64_t m, const GroupCondition& condition);

  /// A letter x with η(x)² ≠ η(x), if there is one. Cost: O(states · letters).
  [[nodiscard]] std::optional<core::Symbol> letter_not_idempotent() const;

  /// For each letter x the language L x⁻¹ of the words w with wx ∈ L. Throws `core::LimitReached`.
  [[nodiscard]] const std::vector<std::unique_ptr<LanguageFacts>>& before_letters();

  /// See algebra/ends_and_length.hpp.
  [[nodiscard]] algebra::LawVerdict decided_by_ends(std::uint64_t modulus);

 private:
  [[nodiscard]] algebra::LawVerdict find_definite();
  [[nodiscard]] PeriodVerdict find_periods_divide(std::uint64_t allowed);
  [[nodiscard]] PeriodVerdict group_aperiodic_in_blocks(std::uint64_t m) const;
  [[nodiscard]] const std::vector<GroupInLanguage>& groups(std::uint64_t m);

  core::Limits limits_;
  automata::Dfa minimal_;
  std::vector<algebra::Transformation> letters_;
  bool is_group_;
  std::optional<algebra::PermutationGroup> group_;
  bool looked_for_reflections_ = false;
  std::optional<algebra::ShortestReflections> shortest_reflections_;
  std::optional<core::Verdict<algebra::ReflectionCover, algebra::NotCovered>> reflection_cover_;
  bool looked_for_images_ = false;
  std::unique_ptr<algebra::ImageOrbit> images_;
  std::unique_ptr<algebra::TransitionMonoid> monoid_;
  std::optional<core::LimitReached> no_monoid_;  ///< why there is none
  std::unique_ptr<algebra::SyntacticSemigroup> semigroup_;
  std::optional<algebra::LawVerdict> definite_, quasi_aperiodic_, r_trivial_;
  std::map<std::uint64_t, PeriodVerdict> periods_;
  std::map<std::uint64_t, std::vector<GroupInLanguage>> groups_;
  std::vector<std::unique_ptr<LanguageFacts>> before_letters_;
};

}  // namespace eigenmata::expressivity
