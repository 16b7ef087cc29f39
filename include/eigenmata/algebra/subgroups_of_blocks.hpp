// SPDX-License-Identifier: Apache-2.0
//
// Words read in blocks of m letters. They make a submonoid M_m of the syntactic monoid M, the image of (Σᵐ)*; M₁ = M.
// What groups are left in it?
//
// The idempotents of M_m are those of the syntactic semigroup S (if w makes e then wᵐ does, too), and the identity.
// The maximal subgroup of M_m around e is what M_m has of the H-class H_e of e in M, for a subset of a finite group
// that is closed under multiplication is a group. Let p be the period of the R-class of e (varieties.hpp, at
// is_quasi_aperiodic): the lengths of the words of g in H_e are congruent to the distance from e to g modulo p, and all
// large numbers of that kind occur. So g is in M_m iff that distance is a multiple of gcd(p, m). Distance modulo
// gcd(p, m) is a homomorphism on H_e, as the lengths of the words of e are multiples of p: the subgroup is normal, its
// factor group cyclic.
//
// One e for each regular D-class of M is enough. For f in it let a be R-related to e and L-related to f, and a' with
// aa' = e and a'a = f. Then g → a'ga is an isomorphism of H_e to H_f, and adds |a| + |a'| to lengths, a length of e and
// so a multiple of p, which is the period at f, too. But the e of one D-class of M may be in several D-classes of M_m.
#pragma once

#include <cstdint>
#include <vector>

#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/permutation_group.hpp"
#include "eigenmata/algebra/varieties.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// What words of a length divisible by m make of the H-class of an idempotent.
struct BlockSubgroup {
  Element identity{};
  std::vector<Point> points;  ///< the image of the idempotent, increasing: point i of the group is points[i]
  PermutationGroup group;
  /// A shortest word of a length divisible by m, among those that begin with the least word of the idempotent, that
  /// makes an element of the group other than the identity; empty iff the group is trivial.
  core::Word witness;
};

/// One entry for each regular D-class of M whose maximal subgroups are not trivial, in the order of D-classes: up to
/// isomorphism these are, with the trivial group, the maximal subgroups of M_m. Needs semigroup.is_known(). Throws
/// `core::Error` if m = 0, `core::LimitReached`. Cost: O(elements of those D-classes · (letters + degree of the
/// group)), and for the words O(elements of one R-class · m · letters).
[[nodiscard]] std::vector<BlockSubgroup> maximal_subgroups_of_blocks(const SyntacticSemigroup& semigroup,
                                                                     std::uint64_t m);

/// Is M_m aperiodic? No: u, x, v as for `is_aperiodic`, with |x| divisible by m. Throws `core::Error` if m = 0. Cost:
/// O(elements · letters), and for the witness as above.
[[nodiscard]] core::Verdict<core::NoEvidence, PeriodWitness> is_aperiodic_in_blocks(const SyntacticSemigroup& semigroup,
                                                                                    std::uint64_t m);

}  // namespace eigenmata::algebra
