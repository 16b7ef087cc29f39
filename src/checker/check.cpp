// SPDX-License-Identifier: Apache-2.0
//
// Rules 6 and 7, which do not depend on the kind of certificate, then those that do.
#include "checker/check.hpp"

#include "checker/architecture.hpp"
#include "checker/rules.hpp"

namespace eigenmata::checker {
namespace {

std::optional<Failure> check_empty_word(const Certificate& certificate) {
  const Network& network = certificate.network;
  const bool accepting = certificate.automaton.accepting[certificate.automaton.initial];
  if (network.accepts_empty == accepting) return std::nullopt;
  return Failure{network.line, 6,
                 std::string("the network ") + (network.accepts_empty ? "accepts" : "rejects") +
                     " the empty word, but the automaton's initial state " +
                     std::to_string(certificate.automaton.initial) + " is " +
                     (accepting ? "accepting" : "not accepting")};
}

std::optional<Failure> check_classes(const Network& network) {
  if (!network.claim) return std::nullopt;
  if (network.claim->architecture) {
    const std::optional<ClassFault> fault = fault_of_architecture(network, *network.claim->architecture);
    return fault ? std::optional(Failure{fault->line, 7, fault->reason}) : std::nullopt;
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (const std::optional<ClassFault> fault = fault_of_class(network.layers[l], *network.claim)) {
      return Failure{
          fault->line, 7,
          "layer " + std::to_string(l + 1) + ", " + symbol_name(network, l, fault->symbol) + ": " + fault->reason};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Failure> check(const Certificate& certificate) {
  if (std::optional<Failure> failure = check_empty_word(certificate)) return failure;
  if (std::optional<Failure> failure = check_classes(certificate.network)) return failure;
  if (certificate.numeric) return check_numeric(certificate);
  return certificate.layerwise ? check_layers(certificate) : check_points(certificate);
}

}  // namespace eigenmata::checker
