// SPDX-License-Identifier: Apache-2.0
//
// One long word, in parallel, although no state is known before the one before it: a piece of the word is run from all
// states at once, and what it does to them is a map. The maps of the pieces are composed at the end. For at most 64
// states (16) a map fits into a register of 64 bytes (16), and a letter, or a group of letters, is one byte shuffle.
#include "compose_groups.hpp"

namespace eigenmata::simulation {

#ifdef EIGENMATA_X86_64
bool can_compose(const AutomatonTables& tables, const Processor& processor) {
  return tables.has_maps() && processor.avx2;
}

StateMap compose(const AutomatonTables& tables, std::span<const std::uint8_t> word) {
  // Up to 16 states one shuffle of 16 bytes does as much as one of 64.
  const auto compose_groups = processor().avx512_vbmi && tables.states > 16 ? compose_groups_vbmi : compose_groups_avx2;
  StateMap whole = compose_groups(tables, word.data(), word.size());
  const auto rest = word.last(word.size() % tables.group.size);
  for (std::uint32_t q = 0; q < tables.states && !rest.empty(); ++q)
    whole.image[q] = static_cast<std::uint8_t>(walk(tables, whole.image[q], rest));
  return whole;
}
#else
bool can_compose(const AutomatonTables&, const Processor&) { return false; }

StateMap compose(const AutomatonTables&, std::span<const std::uint8_t>) { return {}; }
#endif

}  // namespace eigenmata::simulation
