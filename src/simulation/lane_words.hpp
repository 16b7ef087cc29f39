// SPDX-License-Identifier: Apache-2.0
//
// 64 words side by side, a byte of a register each, for automata with states · letters ≤ 64: a step adds the letters to
// the rows and looks the sums up in a table that is in registers too. The letters have to be turned for that: sixteen
// from each of 64 words, into sixteen times one from each. One file for each set of instructions.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "automaton_kernels.hpp"

namespace eigenmata::simulation {

inline constexpr std::size_t kLanes = 64;
inline constexpr std::size_t kSteps = 16;

#ifdef EIGENMATA_X86_64
/// A multiple of 64 words of one length, after the last of which there are 16 more letters in memory. Lane 16g + r
/// takes them from quarter g: memory is read from four places at once faster than from one.
void run_equal_lanes_vbmi(const AutomatonTables& tables, EqualWords words, automata::State* finals);
void run_equal_lanes_avx2(const AutomatonTables& tables, EqualWords words, automata::State* finals);

/// 64 words or fewer, after each of which there are 16 more letters in memory.
void run_lanes_vbmi(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals);
void run_lanes_avx2(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals);
#endif

}  // namespace eigenmata::simulation
