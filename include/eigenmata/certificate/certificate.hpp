// SPDX-License-Identifier: Apache-2.0
//
// Certificates: the reachable states of a network as a list of points, where each letter takes each of them, and which
// automaton state each stands for. Checking one is a pass over (point, letter); if it holds, network and automaton
// accept the same words of every length. Format, rules and the proof of soundness: proofs/certificate-format.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/input.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"
#include "eigenmata/lrnn/recurrence.hpp"

namespace eigenmata::certificate {

/// A reachable state of all layers together, and the automaton state it stands for.
template <class S>
struct Point {
  std::uint32_t from = 0;       ///< the point it was reached from; of no meaning for point 0
  core::Symbol letter{};        ///< by this letter
  automata::State state{};      ///< what it stands for
  lrnn::JointState<S> vectors;  ///< one for each layer
  std::size_t line = 0;         ///< where it stands in the file it was read from; 0 if it was not
};

template <exact::ExactArithmetic K>
struct Certificate {
  using S = typename K::Scalar;

  K arithmetic;
  lrnn::Network<S> network;
  automata::Dfa automaton;  ///< over the network's alphabet
  std::vector<Point<S>> points;
  std::vector<std::uint32_t> steps;  ///< [point · letters + letter]
};

using RationalCertificate = Certificate<exact::RationalArithmetic>;

/// The rule of certificate-format.md that a certificate breaks, and where.
struct Failure {
  int rule = 0;
  std::size_t point = 0;
  std::size_t line = 0;  ///< of the point in its file, if it was read from one
  std::string what;
};

/// Rules 1 to 7. Points are checked in parallel; of several failures the one at the first point is told.
///
/// Cost: points · letters · (factor meetings + entries of a vector). Throws `core::LimitReached` when interrupted.
/// `threads` 0 means as many as there are cores.
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, Failure> check(const Certificate<K>& certificate,
                                                             const core::Limits& limits, std::size_t threads = 0);

extern template core::Verdict<core::NoEvidence, Failure> check(const Certificate<exact::RationalArithmetic>&,
                                                               const core::Limits&, std::size_t);
extern template core::Verdict<core::NoEvidence, Failure> check(const Certificate<exact::NumberField>&,
                                                               const core::Limits&, std::size_t);
extern template core::Verdict<core::NoEvidence, Failure> check(const Certificate<exact::CyclotomicField>&,
                                                               const core::Limits&, std::size_t);

/// The text of a certificate. Cost: linear in its size.
[[nodiscard]] std::string write_certificate(const RationalCertificate& certificate);
[[nodiscard]] std::string write_certificate(const Certificate<exact::NumberField>& certificate);
[[nodiscard]] std::string write_certificate(const Certificate<exact::CyclotomicField>& certificate);

/// Reads what `write_certificate` writes. Throws `core::Error` with the line for anything else; a certificate that can
/// be read need not be right. Only certificates of kind points over the rationals; for others see any.hpp.
[[nodiscard]] RationalCertificate read_certificate(const core::Input& input);

}  // namespace eigenmata::certificate
