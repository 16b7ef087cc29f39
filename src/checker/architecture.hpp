// SPDX-License-Identifier: Apache-2.0
//
// Published architectures: how each ties B to A, and which numbers its gates can be. The table is that of
// proofs/model-format.md, "Architectures"; what is checked of a network that claims to be of one is rule 7 of
// proofs/certificate-format.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checker/transition_class.hpp"

namespace eigenmata::checker {

struct Network;

/// Nothing unless the text is a name of the table, with a positive number of steps where it says `:k`.
std::optional<ArchitectureClaim> parse_architecture(std::string_view text);

/// How a network breaks the claim, and on which line of the certificate; `reason` names the layer and the token.
std::optional<ClassFault> fault_of_architecture(const Network& network, const ArchitectureClaim& claim);

}  // namespace eigenmata::checker
