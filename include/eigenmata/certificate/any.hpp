// SPDX-License-Identifier: Apache-2.0
//
// A certificate of either kind.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "eigenmata/certificate/certificate.hpp"
#include "eigenmata/certificate/layerwise.hpp"

namespace eigenmata::certificate {

using AnyCertificate = std::variant<RationalCertificate, Certificate<exact::NumberField>, LayerwiseCertificate,
                                    Certificate<exact::CyclotomicField>, ComplexLayerwiseCertificate>;

[[nodiscard]] const automata::Dfa& automaton_of(const AnyCertificate& certificate);

/// Checks the rules of its kind. `threads` as for points.
[[nodiscard]] core::Verdict<core::NoEvidence, Failure> check(const AnyCertificate& certificate,
                                                             const core::Limits& limits, std::size_t threads = 0);

[[nodiscard]] std::string write_certificate(const AnyCertificate& certificate);

/// Reads a certificate of any kind. Throws `core::Error` with the line; what can be read need not be right.
[[nodiscard]] AnyCertificate read_any_certificate(const core::Input& input);

}  // namespace eigenmata::certificate
