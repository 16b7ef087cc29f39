// SPDX-License-Identifier: Apache-2.0
//
// All bounds of the checker in one place.
//
// Inputs come from anywhere, so every resource has a bound that is stated in a message when it is met. Counts
// that a file announces are only compared with these bounds; memory grows with the lines that are really
// there.
#pragma once

#include <cstddef>
#include <cstdint>

namespace eigenmata::checker {

constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;
constexpr std::size_t kMaxLineBytes = std::size_t{1} << 24;

/// Digits of a numerator or of a denominator.
constexpr std::size_t kMaxDigits = 1'000'000;

/// Of the polynomial of a number field, and of the ends of its interval.
constexpr std::size_t kMaxFieldBytes = 20'000;

/// States, letters, points, factors, dimensions: 32 bits, with two values to spare for sinks and "none".
constexpr std::uint32_t kMaxCount = 4'294'967'294;

/// Situations of one level of a certificate of `kind layers`.
constexpr std::size_t kMaxSituations = std::size_t{1} << 28;

/// In all vectors of a network, zeros counted, when it is run in numbers of finitely many bits.
constexpr std::size_t kMaxDenseNumbers = std::size_t{1} << 24;

/// Letters of a chunk.
constexpr std::uint32_t kMaxChunk = 1024;

constexpr std::size_t kMaxJsonDepth = 64;
/// Values and keys in a JSON text.
constexpr std::size_t kMaxJsonValues = std::size_t{1} << 25;

constexpr std::size_t kMaxRegexBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxRegexParentheses = 200;
constexpr std::size_t kMaxRegexQuantifiers = 8;
constexpr std::uint32_t kMaxRegexRepetitions = 1'000'000;

/// Automata that the checker builds itself: of expressions, by determinisation, by completion with a sink.
constexpr std::size_t kMaxNfaStates = std::size_t{1} << 22;
constexpr std::size_t kMaxNfaEdges = std::size_t{1} << 24;
constexpr std::size_t kMaxDfaStates = std::size_t{1} << 21;
constexpr std::size_t kMaxDfaTransitions = std::size_t{1} << 27;
/// Steps of the subset construction: states of the NFA looked at, over all subsets.
constexpr std::size_t kMaxSubsetSteps = std::size_t{1} << 27;
/// States held in all subsets together.
constexpr std::size_t kMaxSubsetMembers = std::size_t{1} << 25;

}  // namespace eigenmata::checker
