// SPDX-License-Identifier: Apache-2.0
//
// Languages that the first k letters, the last k letters and the length modulo m decide, for words of at least 2k
// letters and some k. In the syntactic semigroup S of the language: for all idempotents e
//
//   eue = eve   whenever |u| = |v| modulo m.
//
// Necessary: let w be a word of e with k letters or more and a length divisible by m (powers of a word of e are words
// of e); then wuw and wvw agree in ends and length. Sufficient: for idempotents e, f with words of lengths d, d' take
// their powers of length dd'; the law with f in place of e gives f e f = f f f = f, so e x f = e x f e f = (e (x f) e)
// f depends on |x| modulo m alone. A word of more than 2|S| letters has a factor with an idempotent map in its first
// |S| letters and one in its last |S|, so the letters before the former, those after the latter and the length decide.
// ∎
//
// m = 1 says nothing of the length, and that is generalised definite [Ginzburg1966]. "For some m" is the same as: for
// |u| = |v|. (There are finitely many e, and for each the lengths of the words with the map eue are, from some length
// on, whole residue classes modulo the period of the R-class of e.)
#pragma once

#include <cstdint>

#include "eigenmata/algebra/varieties.hpp"

namespace eigenmata::algebra {

/// The law above; `modulus` 0 stands for "some m". No: words e, u, v for which it fails. Only the maximal idempotents
/// matter (those below give elements e'(eue)e'; idempotents of one D-class give the same up to isomorphism, with words
/// of equal lengths). Unknown if `semigroup.is_known()` is false or a limit is reached, or if the law fails but words
/// that show it would have to be too long, for a large m that is prime to what they count. Cost: O(elements · letters ·
/// d) for each of those idempotents, d the period of its R-class; words for a no: O(elements · letters · m).
[[nodiscard]] LawVerdict is_decided_by_ends_and_length(const SyntacticSemigroup& semigroup, std::uint64_t modulus);

}  // namespace eigenmata::algebra
