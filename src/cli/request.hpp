// SPDX-License-Identifier: Apache-2.0
//
// What the command line asked for, as plain data. main.cpp fills it; each command reads the part that concerns it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::cli {

/// Exit codes that scripts may rely on.
enum class Exit : int { kYes = 0, kUsage = 2, kNo = 10, kUnknown = 20 };

struct Request {
  std::string command;

  // Languages and files, in the order in which they stand. An -e takes its place among them.
  std::vector<std::string> positionals;
  std::vector<std::string> regexes;
  std::optional<std::string> alphabet;
  std::string format;
  std::string symbols;

  // Output.
  std::string output;
  bool json = false;
  bool quiet = false;

  // Limits.
  double time_limit = 0;  ///< seconds; 0: none
  std::size_t memory_limit_mib = 0;
  std::uint64_t seed = 1;
  std::size_t threads = 0;

  // compile
  std::string target;
  std::optional<std::size_t> layers;
  std::string semantics = "exact";
  std::string objective;
  std::string encoding;
  std::string certificate;
  std::string coq;
  bool explain = false;

  // decide (with target, semantics and explain)
  std::string layers_text;  ///< a number, or "any"
  bool matrix = false;

  // check
  std::optional<std::size_t> up_to;

  // search
  std::string structure;
  std::string number_format;
  std::optional<std::size_t> period;
  bool table = false;
  std::string certificates;  ///< a folder
  std::string resume;

  // derive (with number_format)
  std::optional<std::size_t> state_size;
  std::optional<std::size_t> length;
  std::size_t bits = 256;

  // convert, show
  bool as_is = false;
  std::string as;

  // simulate (with length; output is for the verdicts)
  std::vector<std::string> words;
  std::optional<std::uint64_t> random_words;
  std::string drawn_from;
  bool stream = false;
  bool bytes = false;
  std::optional<std::size_t> word_length;
  bool skip_invalid = false;
  std::string final_states;
  std::string trajectories;
  std::string engine;
  bool trace = false;

  // show
  std::string word;
  bool egg_box = false;

  core::Limits limits;
};

/// What a command prints at its end, and its exit code. Nothing is printed before, so that an error leaves stdout
/// empty.
struct Result {
  Exit exit = Exit::kYes;
  std::string output;
};

Result run_classify(const Request& request);
Result run_decide(const Request& request);
Result run_compile(const Request& request);
Result run_check(const Request& request);
Result run_equal(const Request& request);
Result run_derive(const Request& request);
Result run_convert(const Request& request);
Result run_simulate(const Request& request);
Result run_search(const Request& request);
Result run_show(const Request& request);
Result run_list(const Request& request);

}  // namespace eigenmata::cli
