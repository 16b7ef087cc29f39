// SPDX-License-Identifier: Apache-2.0
//
// Networks in floats, many words side by side in the lanes of vectors (AVX-512, AVX2, or plain code: what the machine
// has, found out when it runs). Each lane is at a letter of its own; a step costs the same for all of them, 2 · n
// multiplications and additions a factor. Full blocks are 4 vectors wide, so that one sum need not wait for the other.
//
// Plans with lanes: everything that rounds to nearest-even in f32, or in f64, with or without fused operations; the
// same with states in a narrow format; all operations in a narrow format, with sums in it or in f32. Narrow are formats
// of at most 11 bits of precision with subnormals and −0: bf16, fp16, the fp8 of OCP, fp6, fp4. Their numbers are
// carried in f32, in which a product is exact, and a sum rounded to f32 and then to the format is rounded as if once,
// since 24 ≥ 2p + 2 [Figueroa1995]; a fused operation is not, so plans that fuse in narrow formats have no lanes.
// Neither have plans in chunks, other roundings, and mixtures of narrow formats.
//
// Sums in blocked order of 8 numbers in f32 (4 in f64), and sums in pairs, can be those of a vector of 32 bytes with
// several coordinates of one word in its lanes. Parameters are then read as they stand in memory, where words in lanes
// have to gather them, and that is about twice as fast. It is for updates that are fused (and blocked sums with them)
// or nothing fused; for networks of one layer, whose letters are all products of factors and which is
// read out by an affine decoder; in pairs up to 128 dimensions (64 in f64); and while nothing can overflow. Others,
// and words on the way to an overflow, have words in the lanes. The order of additions is the same either way.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/batch_stepper.hpp"

namespace eigenmata::simulation {

/// Why a plan or a network is not for lanes, if so: "…", to be run by the reference. (Layers with more than 2^28
/// parameters are not: a table holds those of all letters, zeros included.)
[[nodiscard]] std::optional<std::string> why_no_lanes(const precision::FloatArithmetic& arithmetic,
                                                      const lrnn::Network<double>& network);

/// What stands in the lanes. `kFaster`: what has been faster on the first words, wherever there is a choice.
enum class LaneLayout { kFaster, kWords, kCoordinates };

/// Copies what it needs. Needs `why_no_lanes` to be silent, a network rounded by this arithmetic with at least one
/// layer and at most 256 letters. Cost: the parameters of the network.
[[nodiscard]] std::unique_ptr<BatchStepper> lane_stepper(const precision::FloatArithmetic& arithmetic,
                                                         const lrnn::Network<double>& network,
                                                         LaneLayout layout = LaneLayout::kFaster);

/// Sets of instructions with kernels that this machine has, the best first; for tests.
[[nodiscard]] std::vector<std::string> lane_targets();
/// Steppers made from now on use this one of `lane_targets()`, or the best one again. For tests; not while another
/// thread makes steppers.
void use_lane_target(std::optional<std::size_t> target);

}  // namespace eigenmata::simulation
