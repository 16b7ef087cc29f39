// SPDX-License-Identifier: Apache-2.0
//
// The mathematics of state space models as claims that run. A derivation in the literature is a chain of identities,
// bounds and spectra; each link is a claim here, with an id, a statement, its source, and a computation that decides
// it: exactly where there is a ring in which the claim can be stated, with certified enclosures otherwise, and by
// measurement only where the claim is about floats.
//
//   for (const Claim* claim : claims_named("hippo.legt")) {
//     const Finding finding = verified(*claim, Scope{});
//     ...                                                  // finding.verdict, .ring, .range, .value
//   }
//
// What a finding says holds for the range that it names, and no further. A printed statement that is wrong is a claim,
// too: an erratum is established if the statement fails as printed and the corrected one holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"
#include "eigenmata/precision/float_format.hpp"

namespace eigenmata::ssm {

enum class ClaimKind {
  kIdentity,  ///< two expressions are equal
  kBound,     ///< one is at most another
  kOrder,     ///< of an approximation
  kSpectrum,  ///< where eigenvalues lie, stability
  kErratum    ///< what a source prints is wrong, and what would be right
};
/// "identity", "bound", "order", "spectrum" or "erratum".
[[nodiscard]] std::string_view to_string(ClaimKind kind);

enum class Method {
  kExact,     ///< in a ring in which numbers are what they stand for
  kEnclosed,  ///< in balls: what is said is proved, up to radii that are shown
  kMeasured   ///< floats were run, and what they gave compared with an exact or enclosed value
};
/// "exact", "enclosed" or "measured".
[[nodiscard]] std::string_view to_string(Method method);

/// What to verify. Whatever is not set is as each claim has it by itself.
struct Scope {
  std::optional<std::size_t> size;    ///< state sizes up to this one, or this one where a claim is about one size
  std::optional<std::size_t> length;  ///< of sequences
  const precision::FloatFormat* format = nullptr;  ///< of measurements
  std::size_t bits = 256;                          ///< of balls, at least to begin with
  std::uint64_t seed = 1;                          ///< of random data
  core::Limits limits;
};

/// What came out.
struct Finding {
  /// Yes: the claim came out as stated. Unknown: balls too wide, a limit.
  core::Answer verdict = core::Answer::kUnknown;
  Method method = Method::kExact;
  std::string ring;     ///< where it was computed: "Q", "Q[q]", "balls of 256 bits", "f32 against Q"
  std::string range;    ///< what was covered: "N = 1..64"
  std::string value;    ///< the number that the claim is about, with the radius of its ball; may be empty
  std::string witness;  ///< no: the smallest case that fails; unknown: the reason; otherwise empty
};

struct Claim {
  std::string_view id;  ///< the system first, as in "hippo.legt.pade"
  ClaimKind kind;
  std::string_view statement;  ///< one sentence or formula
  std::string_view source;     ///< a bibliography key, with the place; or "this project"
  /// Throws `core::LimitReached`, and `core::Error` if the scope asks for what makes no sense (a size of 0).
  std::function<Finding(const Scope&)> verify;
  /// Theorems of proofs/theories that prove it for all N, as "File.name", comma between them; empty if there are none.
  std::string_view coq = {};
  bool measures = false;  ///< the scope's format means something to it
};

/// All claims, system by system, in the order in which one would derive them. Ids are unique.
[[nodiscard]] const std::vector<Claim>& all_claims();

/// The claim with this id, or all whose id begins with it and a dot; empty if there is none.
[[nodiscard]] std::vector<const Claim*> claims_named(std::string_view name);

/// Runs the claim. A limit is an unknown with its reason. Throws `core::Error` as `verify` does.
[[nodiscard]] Finding verified(const Claim& claim, const Scope& scope);

}  // namespace eigenmata::ssm
