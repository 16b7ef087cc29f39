// SPDX-License-Identifier: Apache-2.0
//
// Gates at the ends of their range. A sigmoid never is 0 or 1 and a decay exp(−x) with x > 0 never is: a construction
// that needs these numbers is a limit of networks, not one of them. In floats rounding reaches them. Here: from which
// logit (or step size) on, if the gate is the float nearest to the exact function value, ties to even.
//
// Let p be the significand bits of the format and m its least positive number. What lies below 1 by at most 2^−(p+1)
// becomes 1, and what is at most m/2 becomes 0. So σ(z) becomes 1 for e^z ≥ 2^(p+1) − 1, and 0 for e^−z ≥ 2/m − 1;
// exp(−x) becomes 1 for x ≤ −ln(1 − 2^−(p+1)), and 0 for x ≥ ln(2/m); and so on. The answers are floats of the format,
// found from enclosures of these logarithms: the last ones for which the claim holds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/exact/rational.hpp"
#include "eigenmata/lrnn/architecture.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// A binary float format, as far as it matters here.
struct FloatFormat {
  std::string_view name;
  int significand_bits = 0;
  int least_exponent = 0;  ///< the least positive number is 2^least_exponent
};

/// f32 and bf16.
[[nodiscard]] const std::vector<FloatFormat>& gate_formats();

/// The gate becomes the limit for all logits (step sizes) from this one on.
struct LimitLogit {
  std::string_view format;
  exact::Rational bound;
  bool at_least = true;  ///< from here upwards; else downwards
};

/// From where on a gate made by this activation is `limit` in each format. `limit` is what the activation itself tends
/// to: 0 or 1 for kSigmoid, kModulus and kDecay, 0 or 2 for kTwiceSigmoid, −1 or 1 for kTwiceDecayMinusOne. Empty for
/// other numbers, and for kAttained.
[[nodiscard]] std::vector<LimitLogit> limit_logits(Activation activation, int limit);

/// A gate at a limit that its activation never reaches.
struct GateLimit {
  std::string_view parameter;  ///< "beta", "alpha", "gate", "w", "a", "modulus"
  Activation activation = Activation::kAttained;
  int limit = 0;

  friend bool operator==(const GateLimit&, const GateLimit&) = default;
};

/// The limits that a network of the architecture takes; if there are none, its gates lie inside their open ranges, and
/// the network is one of the architecture itself. Needs a member (tie.hpp).
template <exact::ExactArithmetic K>
[[nodiscard]] std::vector<GateLimit> gate_limits(const K& k, const Network<typename K::Scalar>& network,
                                                 const ArchitectureChoice& architecture);

extern template std::vector<GateLimit> gate_limits(const exact::RationalArithmetic&, const Network<exact::Rational>&,
                                                   const ArchitectureChoice&);
extern template std::vector<GateLimit> gate_limits(const exact::NumberField&, const Network<exact::FieldElement>&,
                                                   const ArchitectureChoice&);
extern template std::vector<GateLimit> gate_limits(const exact::CyclotomicField&, const Network<exact::FieldElement>&,
                                                   const ArchitectureChoice&);

}  // namespace eigenmata::lrnn
