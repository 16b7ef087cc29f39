// SPDX-License-Identifier: Apache-2.0
//
// The matrices of HiPPO as papers and repositories print them, in the rational normalisation (hippo.hpp derives them).
// They are O(size²) to write down, which a derivation is not.
#pragma once

#include <cstddef>

#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

/// −(2n + 1)/w · {1 for k < n, (−1)^{n−k} for k ≥ n}; B = (2n + 1)/w. All throw `core::Error` for N = 0, and for w ≤ 0.
[[nodiscard]] LinearSystem<exact::Rational> legt_form(std::size_t size, const exact::Rational& window = 1);
/// (2n + 1)/w · {−1 for n < k, (−1)^{n−k+1} for n ≥ k}; B = (2n + 1)(−1)^n/w [VoelkerEtAl2019].
[[nodiscard]] LinearSystem<exact::Rational> lmu_form(std::size_t size, const exact::Rational& window = 1);
/// −{2n + 1 for k < n, n + 1 for k = n, 0 for k > n}; B = 2n + 1 [GuEtAl2020].
[[nodiscard]] LinearSystem<exact::Rational> legs_form(std::size_t size);
/// −{1 for k < n, (1 + β)/2 for k = n, 0 for k > n}; B_n = binomial(n + α, n). β = 0, α = 0 is LagT.
[[nodiscard]] LinearSystem<exact::Rational> lagt_form(std::size_t size, const exact::Rational& alpha = 0,
                                                      const exact::Rational& beta = 0);

/// binomial(n, k), 0 for k > n.
[[nodiscard]] exact::Integer binomial(std::size_t n, std::size_t k);

}  // namespace eigenmata::ssm
