// SPDX-License-Identifier: Apache-2.0
//
// Automata in files: AT&T/OpenFST text, Graphviz, JFLAP, the project's JSON, GAP. One source file a format; each
// reads what it writes.
//
// Readers accept non-deterministic automata and ε-moves and say what they found: an Nfa over the letters that occur,
// in the order in which they occur, unless an alphabet is given. A missing transition means a rejecting sink, except in
// JSON, which has to be complete or say that it is partial. All readers throw `core::Error` with file, line and, where
// it is known, column.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/automata/nfa.hpp"
#include "eigenmata/core/input.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::automata {

enum class Format { kAtt, kDot, kJff, kJson, kGap };

/// "att", "dot", "jff", "json", "gap".
[[nodiscard]] std::string_view to_string(Format format);
/// By name, or by the ending of a path after the last dot.
[[nodiscard]] std::optional<Format> format_named(std::string_view name);
[[nodiscard]] std::optional<Format> format_of_path(std::string_view path);
/// All of them, in the order in which messages list them.
[[nodiscard]] const std::vector<Format>& all_formats();

/// Numbers to names, for AT&T files whose labels are numbers. Names the label 0 stands for ε.
using SymbolTable = std::map<std::uint64_t, std::string>;

/// Reads an OpenFST symbol table: "name number", one a line. Throws `core::Error` if a number stands twice.
[[nodiscard]] SymbolTable read_symbol_table(const core::Input& input);

/// "source target label [weight 0]" or "source target label label [weight 0]"; "state [weight 0]" makes a state
/// accepting; the first line's source is initial; "<eps>", or 0 with a symbol table, is ε.
[[nodiscard]] Nfa read_att(const core::Input& input, const std::optional<Alphabet>& alphabet,
                           const std::optional<SymbolTable>& symbols);

/// A directed graph: "__start0 -> q" (any name that begins with __start) marks q initial, shape=doublecircle accepting;
/// an edge's label lists letters separated by commas, and is ε if it is absent, empty, "ε" or "<eps>".
[[nodiscard]] Nfa read_dot(const core::Input& input, const std::optional<Alphabet>& alphabet);

/// JFLAP's XML for finite automata. An empty <read/> is ε.
[[nodiscard]] Nfa read_jff(const core::Input& input, const std::optional<Alphabet>& alphabet);

/// A GAP list of transformations, letters a, b, c … in order (or as "# letters …" says), and a comment line
/// "# initial 1 accepting 1,3" (points from 1). A file is as deterministic as a list of maps can be.
[[nodiscard]] Dfa read_gap(const core::Input& input, const std::optional<Alphabet>& alphabet);

/// What a JSON language file says beside the automaton.
struct JsonLanguage {
  Dfa dfa;  ///< as it stands in the file, made deterministic and complete, not minimised; minimal for a regex
  std::string description;
  std::string source;
};

/// The project's own format; proofs/language-format.md is the page about it.
[[nodiscard]] JsonLanguage read_json_language(const core::Input& input, const core::Limits& limits);

/// Writers. Each throws `core::Error` if a letter cannot be written in its format.
[[nodiscard]] std::string write_att(const Dfa& dfa);
[[nodiscard]] std::string write_dot(const Dfa& dfa);
[[nodiscard]] std::string write_jff(const Dfa& dfa);
[[nodiscard]] std::string write_gap(const Dfa& dfa);
[[nodiscard]] std::string write_json(const Dfa& dfa, const std::string& description = {},
                                     const std::string& source = {});
[[nodiscard]] std::string write(const Dfa& dfa, Format format);

}  // namespace eigenmata::automata
