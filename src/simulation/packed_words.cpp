// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/packed_words.hpp"

#include <limits>
#include <string>

#include "eigenmata/core/error.hpp"

namespace eigenmata::simulation {

template <class Letter>
void PackedWordsOf<Letter>::append(const core::Word& word) {
  for (const core::Symbol letter : word) {
    if (core::index(letter) > std::numeric_limits<Letter>::max())
      throw core::Error("packed words hold alphabets of at most 256 letters; this is letter " +
                        std::to_string(core::index(letter)));
  }
  for (const core::Symbol letter : word) letters.push_back(static_cast<Letter>(core::index(letter)));
  ends.push_back(letters.size());
}

template struct PackedWordsOf<std::uint8_t>;
template struct PackedWordsOf<std::uint32_t>;

}  // namespace eigenmata::simulation
