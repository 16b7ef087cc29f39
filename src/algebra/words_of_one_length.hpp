// SPDX-License-Identifier: Apache-2.0
//
// Two words of one length, for witnesses of laws about lengths.
#pragma once

#include <functional>
#include <utility>

#include "eigenmata/algebra/varieties.hpp"

namespace eigenmata::algebra {

/// Non-empty words u, v of one length, the least for which there are such words, with from·u = first, from·v = second,
/// through elements that are `allowed`. Words of some common length have to exist. Cost: that length times the edges
/// between the elements allowed, and four bytes for each element reached by each length. Throws `core::LimitReached`.
[[nodiscard]] std::pair<core::Word, core::Word> words_of_one_length(const SyntacticSemigroup& semigroup, Element from,
                                                                    Element first, Element second,
                                                                    const std::function<bool(Element)>& allowed);

}  // namespace eigenmata::algebra
