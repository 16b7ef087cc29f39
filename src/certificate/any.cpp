// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/any.hpp"

namespace eigenmata::certificate {

const automata::Dfa& automaton_of(const AnyCertificate& certificate) {
  return std::visit([](const auto& c) -> const automata::Dfa& { return c.automaton; }, certificate);
}

core::Verdict<core::NoEvidence, Failure> check(const AnyCertificate& certificate, const core::Limits& limits,
                                               std::size_t threads) {
  if (const auto* layers = std::get_if<LayerwiseCertificate>(&certificate)) return check(*layers, limits);
  if (const auto* rational = std::get_if<RationalCertificate>(&certificate)) return check(*rational, limits, threads);
  return check(std::get<Certificate<exact::NumberField>>(certificate), limits, threads);
}

std::string write_certificate(const AnyCertificate& certificate) {
  return std::visit([](const auto& c) { return write_certificate(c); }, certificate);
}

}  // namespace eigenmata::certificate
