// SPDX-License-Identifier: Apache-2.0
//
// A certificate as a Coq file: the network and the automaton as data of proofs/theories/Checker.v, and the theorem that
// they accept the same words, over every ordered field, closed by computation and by the soundness of the verified
// checker (proofs/theories/CheckerSound.v).
#pragma once

#include <string>

#include "eigenmata/certificate/certificate.hpp"

namespace eigenmata::certificate {

/// The text of a Coq file whose theorem `same_words` is about the network and the automaton of the certificate:
/// `coqc -R proofs/theories Eigenmata FILE.v` accepts it if and only if the certificate keeps rules 1 and 3 to 6.
/// Letters are their numbers. Cost: linear in the size of the certificate.
[[nodiscard]] std::string write_coq(const RationalCertificate& certificate);

}  // namespace eigenmata::certificate
