// SPDX-License-Identifier: Apache-2.0
//
// The local sets eSf of a semigroup S, e and f idempotents of S.
//
// eSf = eS ∩ Sf: an element of both, es = tf, is e(es)f. And eS = eM for the monoid M of S: these differ in e at most,
// and e = ee is in eS; in the same way Sf = Mf. So eSf is what can be reached from e in the right Cayley graph of M and
// also from f in the left one, and no word is run.
#pragma once

#include <vector>

#include "eigenmata/algebra/varieties.hpp"

namespace eigenmata::algebra {

/// eSf, increasing. Needs idempotents of S. Cost: O(elements · letters), less if few elements are multiples. Throws
/// `core::LimitReached`.
[[nodiscard]] std::vector<Element> local_set(const SyntacticSemigroup& semigroup, Element e, Element f,
                                             core::Ticker& ticker);

}  // namespace eigenmata::algebra
