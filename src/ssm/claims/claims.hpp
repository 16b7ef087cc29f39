// SPDX-License-Identifier: Apache-2.0
//
// The claims of each system, a file each, and what they share. A claim's computation answers with a `Finding`; most of
// them go through sizes one by one and stop at the first that fails:
//
//   return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) -> Failure { ... });
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/ssm/claim.hpp"

namespace eigenmata::ssm {

using Claims = std::vector<Claim>;

[[nodiscard]] Claims legendre_claims();
[[nodiscard]] Claims hippo_claims();
[[nodiscard]] Claims laguerre_claims();
[[nodiscard]] Claims hippo_fourier_claims();
[[nodiscard]] Claims fout_claims();
[[nodiscard]] Claims discretisation_claims();
[[nodiscard]] Claims legs_step_claims();
[[nodiscard]] Claims s4_claims();
[[nodiscard]] Claims s4_kernel_claims();
[[nodiscard]] Claims s4_diagonal_claims();
[[nodiscard]] Claims s4_float_claims();
[[nodiscard]] Claims s4_published_claims();
[[nodiscard]] Claims layer_claims();
[[nodiscard]] Claims delta_layer_claims();
[[nodiscard]] Claims mlstm_claims();
[[nodiscard]] Claims layer_float_claims();
[[nodiscard]] Claims transition_claims();
[[nodiscard]] Claims transfer_claims();
[[nodiscard]] Claims stability_claims();
[[nodiscard]] Claims lru_claims();
[[nodiscard]] Claims attention_claims();
[[nodiscard]] Claims newton_claims();
[[nodiscard]] Claims deer_convergence_claims();
[[nodiscard]] Claims kantorovich_claims();
[[nodiscard]] Claims deer_step_claims();
[[nodiscard]] Claims ode_claims();

/// The scope's length, or `usual`. Throws `core::Error` if it is below `least`, and
/// `core::LimitReached` if a table of length × length rationals is beyond the memory limit.
[[nodiscard]] std::size_t length_of(const Scope& scope, std::size_t least, std::size_t usual);

/// For what runs on the hardware: f32, unless the scope says f64. Throws `core::Error` for other formats.
[[nodiscard]] bool runs_in_single(const Scope& scope);

/// Nothing if the claim holds in a case, otherwise what differs.
using Failure = std::optional<std::string>;

/// How a claim is verified: its method, and the ring.
struct Way {
  Method method;
  std::string ring;
};
[[nodiscard]] inline Way exactly_in(std::string ring) { return {Method::kExact, std::move(ring)}; }
[[nodiscard]] Way in_balls(std::size_t bits);

/// The sizes first … last (or as far as the scope says), each by `check`. Throws `core::Error` if the scope's size is
/// below `first`. If a limit is reached the range says how far it was verified.
[[nodiscard]] Finding for_sizes(const Scope& scope, std::size_t first, std::size_t last, const Way& way,
                                const std::function<Failure(std::size_t)>& check);

/// One case: what it covers, in words.
[[nodiscard]] Finding for_one_case(const Way& way, std::string range, const Failure& failure, std::string value = {});

}  // namespace eigenmata::ssm
