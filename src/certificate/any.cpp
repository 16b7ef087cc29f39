// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/any.hpp"

namespace eigenmata::certificate {

const lrnn::RationalNetwork& network_of(const AnyCertificate& certificate) {
  return std::visit([](const auto& c) -> const lrnn::RationalNetwork& { return c.network; }, certificate);
}

const automata::Dfa& automaton_of(const AnyCertificate& certificate) {
  return std::visit([](const auto& c) -> const automata::Dfa& { return c.automaton; }, certificate);
}

core::Verdict<core::NoEvidence, Failure> check(const AnyCertificate& certificate, const core::Limits& limits,
                                               std::size_t threads) {
  if (const auto* layers = std::get_if<LayerwiseCertificate>(&certificate)) return check(*layers, limits);
  return check(std::get<RationalCertificate>(certificate), limits, threads);
}

}  // namespace eigenmata::certificate
