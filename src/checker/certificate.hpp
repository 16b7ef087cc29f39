// SPDX-License-Identifier: Apache-2.0
//
// A certificate in memory (proofs/certificate-format.md): a network, an automaton, and the points, the
// regions and contexts, or the numeric states, that relate them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "checker/automaton.hpp"
#include "checker/blocks.hpp"
#include "checker/layers.hpp"
#include "checker/network.hpp"
#include "checker/numeric_states.hpp"
#include "checker/rows.hpp"

namespace eigenmata::checker {

/// Where a point is said to come from (point 0: from nowhere), and its automaton state.
struct Point {
  std::uint32_t parent = 0;
  LetterId letter = 0;
  State state = 0;
  std::size_t line = 0;       ///< of `point`; its `at` lines follow
  std::size_t step_line = 0;  ///< of `step`
};

struct Certificate {
  std::string name;
  Dfa automaton;
  std::size_t automaton_line = 0;
  Network network;
  std::vector<Point> points;
  std::size_t points_line = 0;
  std::vector<Rows<Entry>> vectors;      ///< of each layer, its state vector at each point
  std::vector<std::size_t> start_lines;  ///< of the `at` lines of point 0
  std::vector<std::uint32_t> steps;      ///< row by row: the point to which letter x takes p is steps[p · letters + x]

  std::optional<Layerwise> layerwise;    ///< of `kind layers`, which has no points
  std::optional<Blocks> blocks;          ///< of `kind blocks`, for the last two layers; all others are in `layerwise`
  std::optional<NumericStates> numeric;  ///< of `kind numeric`, which has none either

  [[nodiscard]] std::uint32_t step(std::size_t p, LetterId x) const { return steps[p * network.letters.size() + x]; }
};

/// Reads a certificate. Throws Error for whatever has not the layout. `name` stands for the stream in
/// messages.
Certificate read_certificate(std::istream& in, const std::string& name);

}  // namespace eigenmata::checker
