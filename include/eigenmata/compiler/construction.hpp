// SPDX-License-Identifier: Apache-2.0
//
// What a compiler pass hands over: a network with its certificate, and how close to the best it is.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/certificate/any.hpp"

namespace eigenmata::compiler {

/// A finished construction. The network stands inside the certificate.
struct Construction {
  std::string pass;  ///< "current-letter", "one-hot", "permutation", "reduced", "representation:frame", …
  certificate::AnyCertificate certificate;
  /// For every layer and letter rank(I − A(x)): no product of rank-one changes of the identity for this A has fewer
  /// factors.
  std::vector<std::vector<std::size_t>> factor_bounds;

  /// visit(arithmetic, network), over whatever numbers the network has.
  template <class Visit>
  auto with_network(const Visit& visit) const {
    return std::visit([&](const auto& c) { return visit(c.arithmetic, c.network); }, certificate);
  }
  /// Needs rational numbers.
  [[nodiscard]] const lrnn::RationalNetwork& network() const {
    if (const auto* layers = std::get_if<certificate::LayerwiseCertificate>(&certificate)) return layers->network;
    return std::get<certificate::RationalCertificate>(certificate).network;
  }
};

/// Is it proved that only finitely many states are reachable? By a list of them, or by boxes and integers,
/// or by regions that are points.
[[nodiscard]] bool has_finite_orbit(const Construction& construction);

/// Why a pass does not apply.
struct Refusal {
  std::string pass;
  std::string reason;
};

using PassResult = std::variant<Construction, Refusal>;

/// The certificate of a network whose layers together have one joint state for each automaton state: `codes[q]` are the
/// layers' vectors when the automaton is in q. Needs a minimal automaton in the numbering of `automata::minimised` (so
/// state 0 is initial). The certificate is as right as the codes are; nothing is checked here. Cost: O(states ·
/// letters).
[[nodiscard]] certificate::RationalCertificate certificate_by_codes(
    lrnn::RationalNetwork network, const automata::Dfa& minimal, std::vector<lrnn::JointState<exact::Rational>> codes);

}  // namespace eigenmata::compiler
