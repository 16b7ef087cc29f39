// SPDX-License-Identifier: Apache-2.0
//
// JFLAP's XML files for finite automata. pugixml parses the XML.
#include <cstdint>
#include <pugixml.hpp>
#include <string>

#include "eigenmata/automata/formats.hpp"
#include "eigenmata/core/text.hpp"
#include "graph_builder.hpp"

namespace eigenmata::automata {
namespace {

using core::in_quotes;

class JffReader {
 public:
  JffReader(const core::Input& input, const std::optional<Alphabet>& alphabet)
      : input_(input), lines_(input), builder_(alphabet) {}

  Nfa read() {
    const auto parsed =
        document_.load_buffer(input_.text.data(), input_.text.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed)
      throw core::Error(lines_.place(static_cast<std::size_t>(parsed.offset)),
                        std::string("not XML: ") + parsed.description());
    const pugi::xml_node structure = document_.child("structure");
    if (!structure) throw core::Error({input_.name}, "no <structure> element; expected a JFLAP file");
    const std::string type = structure.child_value("type");
    if (type != "fa")
      throw core::Error({input_.name},
                        "a JFLAP file of type " + in_quotes(type) + "; only finite automata (fa) are read");
    // JFLAP 7 wraps the states in <automaton>, earlier versions do not.
    const pugi::xml_node automaton = structure.child("automaton") ? structure.child("automaton") : structure;
    for (const pugi::xml_node node : automaton.children("state")) read_state(node);
    for (const pugi::xml_node node : automaton.children("transition")) read_transition(node);
    return builder_.build({input_.name});
  }

 private:
  [[nodiscard]] core::Place place(const pugi::xml_node& node) const {
    return lines_.place(static_cast<std::size_t>(node.offset_debug()));
  }

  void read_state(const pugi::xml_node& node) {
    const pugi::xml_attribute id = node.attribute("id");
    if (!id) throw core::Error(place(node), "a state without an id");
    if (builder_.find_state(id.value()))
      throw core::Error(place(node), "state " + in_quotes(id.value()) + " stands twice");
    const State q = builder_.state_named(id.value());
    if (node.child("initial")) builder_.set_initial(q);
    if (node.child("final")) builder_.set_accepting(q);
  }

  [[nodiscard]] State end_of(const pugi::xml_node& transition, const char* which) const {
    const std::string id = transition.child_value(which);
    const auto q = builder_.find_state(id);
    if (!q)
      throw core::Error(place(transition),
                        std::string("a transition <") + which + "> " + in_quotes(id) + ", which is no state");
    return *q;
  }

  void read_transition(const pugi::xml_node& node) {
    const State from = end_of(node, "from");
    const State to = end_of(node, "to");
    const std::string letter = node.child_value("read");
    if (letter.empty()) {
      builder_.add_epsilon(from, to);
    } else {
      builder_.add_edge(from, letter, to, place(node));
    }
  }

  const core::Input& input_;
  core::LineIndex lines_;
  pugi::xml_document document_;
  formats::GraphBuilder builder_;
};

class StringWriter : public pugi::xml_writer {
 public:
  void write(const void* data, std::size_t size) override { text_.append(static_cast<const char*>(data), size); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

Nfa read_jff(const core::Input& input, const std::optional<Alphabet>& alphabet) {
  return JffReader(input, alphabet).read();
}

std::string write_jff(const Dfa& dfa) {
  for (const std::string& name : dfa.alphabet().names()) {
    if (name == " ") throw core::Error("the letter ' ' cannot be written for JFLAP; JSON takes any letter");
  }
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  pugi::xml_node structure = document.append_child("structure");
  const auto add_text = [](pugi::xml_node& parent, const char* name, const std::string& value) {
    parent.append_child(name).append_child(pugi::node_pcdata).set_value(value.c_str());
  };
  add_text(structure, "type", "fa");
  pugi::xml_node automaton = structure.append_child("automaton");
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    pugi::xml_node node = automaton.append_child("state");
    node.append_attribute("id") = std::to_string(q).c_str();
    node.append_attribute("name") = ("q" + std::to_string(q)).c_str();
    // A grid, so that JFLAP shows something readable before its own layout is asked for.
    add_text(node, "x", std::to_string(80 + 120 * (q % 8)));
    add_text(node, "y", std::to_string(80 + 120 * (q / 8)));
    if (state(q) == dfa.initial()) node.append_child("initial");
    if (dfa.is_accepting(state(q))) node.append_child("final");
  }
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      pugi::xml_node node = automaton.append_child("transition");
      add_text(node, "from", std::to_string(q));
      add_text(node, "to", std::to_string(index(dfa.step(state(q), core::symbol(x)))));
      add_text(node, "read", dfa.alphabet().name(core::symbol(x)));
    }
  }
  StringWriter writer;
  document.save(writer, "  ");
  return writer.take();
}

}  // namespace eigenmata::automata
