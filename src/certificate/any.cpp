// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/any.hpp"

namespace eigenmata::certificate {

const automata::Dfa& automaton_of(const AnyCertificate& certificate) {
  return std::visit([](const auto& c) -> const automata::Dfa& { return c.automaton; }, certificate);
}

core::Verdict<core::NoEvidence, Failure> check(const AnyCertificate& certificate, const core::Limits& limits,
                                               std::size_t threads) {
  return std::visit(
      [&](const auto& c) {
        if constexpr (requires { c.points; }) {
          return check(c, limits, threads);
        } else {
          return check(c, limits);
        }
      },
      certificate);
}

std::string write_certificate(const AnyCertificate& certificate) {
  return std::visit([](const auto& c) { return write_certificate(c); }, certificate);
}

}  // namespace eigenmata::certificate
