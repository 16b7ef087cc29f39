// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/construction.hpp"

#include <cassert>
#include <utility>

namespace eigenmata::compiler {

certificate::RationalCertificate certificate_by_codes(lrnn::RationalNetwork network, const automata::Dfa& minimal,
                                                      std::vector<lrnn::JointState<exact::Rational>> codes) {
  assert(codes.size() == minimal.states() && index(minimal.initial()) == 0);
  certificate::RationalCertificate result{{}, std::move(network), minimal, {}, {}};
  result.points.resize(minimal.states());
  for (std::size_t q = 0; q < minimal.states(); ++q) {
    result.points[q].state = automata::state(q);
    result.points[q].vectors = std::move(codes[q]);
  }
  // States are numbered as breadth-first search finds them, so the first edge into a state comes from an earlier one.
  std::size_t found = 1;
  for (std::size_t q = 0; q < minimal.states(); ++q) {
    for (std::size_t x = 0; x < minimal.letters(); ++x) {
      const std::size_t target = index(minimal.step(automata::state(q), core::symbol(x)));
      result.steps.push_back(static_cast<std::uint32_t>(target));
      if (target != found) continue;
      result.points[found].from = static_cast<std::uint32_t>(q);
      result.points[found].letter = core::symbol(x);
      ++found;
    }
  }
  assert(found == minimal.states());
  return result;
}

bool has_finite_orbit(const Construction& construction) {
  if (const auto* layers = std::get_if<certificate::LayerwiseCertificate>(&construction.certificate))
    return certificate::is_integral(layers->network);
  const auto* phases = std::get_if<certificate::ComplexLayerwiseCertificate>(&construction.certificate);
  return phases == nullptr || certificate::has_points_only(*phases);
}

}  // namespace eigenmata::compiler
