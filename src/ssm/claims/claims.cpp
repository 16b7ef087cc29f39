// SPDX-License-Identifier: Apache-2.0
#include "claims.hpp"

#include <cstdint>
#include <string>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::ssm {

std::string_view to_string(ClaimKind kind) {
  switch (kind) {
    case ClaimKind::kIdentity:
      return "identity";
    case ClaimKind::kBound:
      return "bound";
    case ClaimKind::kOrder:
      return "order";
    case ClaimKind::kSpectrum:
      return "spectrum";
    case ClaimKind::kErratum:
      break;
  }
  return "erratum";
}

std::string_view to_string(Method method) {
  switch (method) {
    case Method::kExact:
      return "exact";
    case Method::kEnclosed:
      return "enclosed";
    case Method::kMeasured:
      break;
  }
  return "measured";
}

namespace {

/// In the order of the table.
constexpr Claims (*kSystems[])() = {
    legendre_claims,          //
    hippo_claims,             //
    laguerre_claims,          //
    fout_claims,              //
    hippo_fourier_claims,     //
    discretisation_claims,    //
    legs_step_claims,         //
    s4_claims,                //
    s4_published_claims,      //
    s4_kernel_claims,         //
    s4_float_claims,          //
    s4_diagonal_claims,       //
    transfer_claims,          //
    stability_claims,         //
    lru_claims,               //
    attention_claims,         //
    newton_claims,            //
    deer_convergence_claims,  //
    kantorovich_claims,       //
    deer_step_claims,         //
    ode_claims,               //
    layer_claims,             //
    delta_layer_claims,       //
    mlstm_claims,             //
    layer_float_claims,       //
    transition_claims,        //
};

}  // namespace

const std::vector<Claim>& all_claims() {
  static const std::vector<Claim> claims = [] {
    std::vector<Claim> all;
    for (const auto claims_of : kSystems) {
      const Claims part = claims_of();
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return claims;
}

std::vector<const Claim*> claims_named(std::string_view name) {
  std::vector<const Claim*> found;
  for (const Claim& claim : all_claims()) {
    const bool begins = claim.id.substr(0, name.size()) == name;
    if (begins && (claim.id.size() == name.size() || claim.id[name.size()] == '.')) found.push_back(&claim);
  }
  return found;
}

Finding verified(const Claim& claim, const Scope& scope) {
  try {
    return claim.verify(scope);
  } catch (const core::LimitReached& limit) {
    Finding finding;
    finding.witness = limit.what();
    return finding;
  }
}

namespace {

/// For a table of count × count numbers, of so many bytes each; `what` names it.
void require_square(const Scope& scope, std::size_t count, std::size_t bytes, const std::string& what) {
  if (count > (std::size_t{1} << 20))  // the product may be no number here
    throw core::LimitReached(core::LimitReached::Kind::kMemory, what + " is beyond the memory limit");
  scope.limits.require_memory(count * count * bytes, what);
}

}  // namespace

Way in_balls(std::size_t bits) { return {Method::kEnclosed, "balls of " + std::to_string(bits) + " bits"}; }

std::size_t length_of(const Scope& scope, std::size_t least, std::size_t usual) {
  const std::size_t length = scope.length.value_or(usual);
  if (length < least) {
    throw core::Error("this claim is about sequences of length " + std::to_string(least) + " or more, not " +
                      std::to_string(length));
  }
  // The largest tables have a number for each pair of places.
  require_square(scope, length, sizeof(exact::Rational),
                 "a table of the pairs of " + std::to_string(length) + " places");
  return length;
}

bool runs_in_single(const Scope& scope) {
  if (scope.format == nullptr || *scope.format == precision::kF32) return true;
  if (*scope.format == precision::kF64) return false;
  throw core::Error("this claim runs on the hardware, in f32 or f64, not in " + std::string(scope.format->name));
}

Finding for_sizes(const Scope& scope, std::size_t first, std::size_t last, const Way& way,
                  const std::function<Failure(std::size_t)>& check) {
  last = scope.size.value_or(last);
  if (last < first)
    throw core::Error("this claim begins at N = " + std::to_string(first) + ", not " + std::to_string(last));
  // Complex balls have two midpoints, and there is more than one matrix of them.
  const std::size_t bytes = sizeof(exact::Rational) + (way.method == Method::kEnclosed ? scope.bits / 2 : 0);
  require_square(scope, last, bytes, "a matrix of " + std::to_string(last) + " x " + std::to_string(last));
  Finding finding{core::Answer::kYes, way.method, way.ring, {}, {}, {}};
  for (std::size_t n = first; n <= last; ++n) {
    try {
      scope.limits.poll();
      if (const Failure failure = check(n)) {
        finding.verdict = core::Answer::kNo;
        finding.witness = "N = " + std::to_string(n) + ": " + *failure;
        last = n;
      }
    } catch (const core::LimitReached& limit) {
      if (n == first) throw;
      finding.verdict = core::Answer::kUnknown;
      finding.witness = "N = " + std::to_string(n) + ": " + limit.what();
      last = n - 1;
    }
  }
  finding.range = "N = " + std::to_string(first) + ".." + std::to_string(last);
  return finding;
}

Finding for_one_case(const Way& way, std::string range, const Failure& failure, std::string value) {
  return {failure ? core::Answer::kNo : core::Answer::kYes,
          way.method,
          way.ring,
          std::move(range),
          std::move(value),
          failure.value_or("")};
}

}  // namespace eigenmata::ssm
