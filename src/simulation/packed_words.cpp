// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/packed_words.hpp"

#include <string>

#include "eigenmata/core/error.hpp"

namespace eigenmata::simulation {

void PackedWords::append(const core::Word& word) {
  for (const core::Symbol letter : word) {
    if (core::index(letter) >= kLargestPackedAlphabet)
      throw core::Error("packed words hold alphabets of at most 256 letters; this is letter " +
                        std::to_string(core::index(letter)));
  }
  for (const core::Symbol letter : word) letters.push_back(static_cast<std::uint8_t>(core::index(letter)));
  ends.push_back(letters.size());
}

}  // namespace eigenmata::simulation
