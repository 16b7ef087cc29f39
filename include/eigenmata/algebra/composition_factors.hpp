// SPDX-License-Identifier: Apache-2.0
//
// The simple groups that a group is built of (Jordan–Hölder), by name. They decide what a language needs: a cascade of
// automata recognises it only if every simple factor of its monoid's groups divides one of theirs [KrohnRhodes1965].
//
// The solvable top G/G^(∞) gives primes. The perfect rest is taken apart by what it does on an orbit and on blocks,
// image and kernel each in turn; a primitive group that is not the alternating group of its degree is listed, and
// either has no proper normal closure of a class, which proves it simple, or is taken apart there. Alternating groups
// on their natural points are recognised by order alone, in any degree. Simple groups of order up to a million are
// named by their order, which determines them [Conway1985] but for 20160, where A₈ has an element of order 15 and
// PSL(3,4) none.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "eigenmata/algebra/listed_group.hpp"
#include "eigenmata/algebra/permutation_group.hpp"

namespace eigenmata::algebra {

struct CompositionFactor {
  exact::Integer order;
  std::string name;  ///< "Z_2", "A_5", "PSL(2,7)", "M_11", …; "simple of order N" where this library has no name

  friend bool operator==(const CompositionFactor&, const CompositionFactor&) = default;
};

/// With multiplicity, ordered by order (those of equal order by name); none for the trivial group. Throws
/// `core::LimitReached`: kSize if a primitive perfect group turns up in the decomposition that is not alternating on
/// its points and has more than a million elements (or more than 10⁸ images altogether), or a perfect quotient of such
/// a group has more than 2,500.
[[nodiscard]] std::vector<CompositionFactor> composition_factors(const PermutationGroup& g,
                                                                 const core::Limits& limits = {});

/// The names of the non-abelian simple groups of this order, if it is at most a million: none, one, or two. Z_n is not
/// among them.
[[nodiscard]] std::vector<std::string> simple_group_names(std::uint64_t order);

/// The name of a simple non-abelian group of order at most a million. Needs a simple one.
[[nodiscard]] std::string simple_group_name(const ListedGroup& g);

}  // namespace eigenmata::algebra
