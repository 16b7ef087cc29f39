// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "eigenmata/certificate/coq.hpp"

namespace eigenmata::certificate {
namespace {

using S = exact::RationalArithmetic::Scalar;

std::string number(std::size_t value) { return std::to_string(value); }

/// `[f(0); f(1); …]`
template <class F>
std::string list(std::size_t size, const F& item) {
  std::string text = "[";
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) text += "; ";
    text += item(i);
  }
  return text + "]";
}

template <class Range, class F>
std::string list_of(const Range& range, const F& item) {
  return list(range.size(), [&](std::size_t i) { return item(range[i]); });
}

class CoqWriter {
 public:
  explicit CoqWriter(const RationalCertificate& certificate) : certificate_(certificate) {}

  [[nodiscard]] std::string text() const {
    std::string out =
        "(* The network and the automaton below accept the same words; letters are numbers. To be checked with\n"
        "     coqc -R proofs/theories Eigenmata FILE.v\n"
        "   in the folder of eigenmata, after `make proofs`. *)\n"
        "From Coq Require Import List NArith ZArith QArith.\n"
        "From Eigenmata Require Import Checker.\n"
        "Import ListNotations.\n"
        "Local Open Scope N_scope.\n\n"
        "Definition q (n : Z) (d : positive) : Q := Qmake n d.\n\n";
    out += "Definition the_automaton : automaton :=\n" + automaton() + ".\n\n";
    out += "Definition the_layers : list (layer Q) :=\n  " + layers() + ".\n\n";
    out += "Definition the_points : list (point Q) :=\n  " + points() + ".\n\n";
    const auto& network = certificate_.network;
    std::string accept = "empty_table unit";
    for (std::size_t i = 0; i < network.accept.size(); ++i) {
      if (network.accept[i]) accept = "add_table " + number(i) + " tt (" + accept + ")";
    }
    out +=
        "Definition the_certificate : certificate Q :=\n  {| letters := " + number(certificate_.automaton.letters()) +
        "; automaton_of := the_automaton; layers := the_layers;\n     accept_outputs := " + accept +
        "; accept_empty := " + (network.accepts_empty_word ? "true" : "false") +
        ";\n     points := table_of_list the_points; point_count := " + number(certificate_.points.size()) + " |}.\n\n";
    out +=
        "Lemma checked : check_rational the_certificate = true.\n"
        "Proof. vm_compute. reflexivity. Qed.\n\n"
        "From mathcomp Require Import all_ssreflect all_algebra.\n"
        "From Eigenmata Require Import Networks CheckerSound.\n\n"
        "(** Over every ordered field R: the network of these matrices, in exact arithmetic, answers after every word\n"
        "    over the letters as the automaton does; and so on the empty word. *)\n"
        "Theorem same_words (R : realFieldType) :\n"
        "  (forall w x, all (fun y => N.ltb y (letters the_certificate)) (rcons w x) ->\n"
        "     net (network_of (@q_value R) the_certificate) w x = automaton_accepts the_automaton (rcons w x)) /\\\n"
        "  accept_empty the_certificate = automaton_accepts the_automaton [::].\n"
        "Proof. exact: (check_rational_sound R checked). Qed.\n"
        "Print Assumptions same_words.\n";
    return out;
  }

 private:
  static std::string scalar(const S& value) {
    const std::string text = exact::to_string(value);
    const std::size_t slash = text.find('/');
    const std::string numerator = text.substr(0, slash);
    const std::string denominator = slash == std::string::npos ? "1" : text.substr(slash + 1);
    return "q (" + numerator + ") " + denominator;
  }

  static std::string vector(const lrnn::SparseVector<S>& v) {
    return list_of(v.entries(), [](const auto& e) { return "(" + number(e.index) + ", " + scalar(e.value) + ")"; });
  }

  [[nodiscard]] std::string automaton() const {
    const automata::Dfa& dfa = certificate_.automaton;
    const std::string accepting =
        list(dfa.states(), [&](std::size_t q) { return dfa.is_accepting(automata::state(q)) ? "true" : "false"; });
    const std::string next = list(dfa.states(), [&](std::size_t q) {
      return "table_of_list " + list(dfa.letters(), [&](std::size_t x) {
               return number(index(dfa.step(automata::state(q), core::symbol(x))));
             });
    });
    return "  {| initial_state := " + number(index(dfa.initial())) + ";\n     accepting := table_of_list " + accepting +
           ";\n     next := table_of_list " + next + " |}";
  }

  [[nodiscard]] std::string matrix(const lrnn::Transition<S>& a) const {
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<S>>(&a))
      return "Diagonal " + vector(lrnn::sparse(certificate_.arithmetic, diagonal->entries));
    if (const auto* product = std::get_if<lrnn::HouseholderProduct<S>>(&a))
      return "Householder " +
             list_of(product->factors, [](const auto& f) { return "(" + scalar(f.beta) + ", " + vector(f.v) + ")"; });
    if (const auto* product = std::get_if<lrnn::RankOneProduct<S>>(&a))
      return "RankOne " +
             list_of(product->factors, [](const auto& f) { return "(" + vector(f.u) + ", " + vector(f.v) + ")"; });
    const auto& rows = std::get<lrnn::Dense<S>>(a).matrix;
    return "Dense " + list(rows.rows(), [&](std::size_t i) {
             std::string row;
             for (std::size_t j = 0; j < rows.columns(); ++j) {
               if (certificate_.arithmetic.is_zero(rows(i, j))) continue;
               row += std::string(row.empty() ? "" : "; ") + ("(" + number(j) + ", " + scalar(rows(i, j)) + ")");
             }
             return "[" + row + "]";
           });
  }

  static std::string outputs(const std::vector<core::Symbol>& symbols) {
    return "table_of_list " + list_of(symbols, [](core::Symbol o) { return number(core::index(o)); });
  }

  static std::string readout(const lrnn::AffineReadout<S>& r) {
    return "{| weights := " + vector(r.weights) + "; constant := " + scalar(r.constant) +
           "; thresholds := " + list_of(r.thresholds, [](const S& t) { return scalar(t); }) +
           "; outputs_by_count := " + outputs(r.outputs) + " |}";
  }

  static std::string decoder(const lrnn::Layer<S>& layer) {
    if (const auto* affine = std::get_if<lrnn::AffineDecoder<S>>(&layer.decoder)) {
      if (affine->readouts.size() == 1) return "Affine " + readout(affine->readouts.front());
      return "AffineByLetter (table_of_list " + list_of(affine->readouts, readout) + ")";
    }
    if (std::holds_alternative<lrnn::WalkDecoder<S>>(layer.decoder))
      throw core::Error("a decoder that walks has no form in Coq yet");
    return "Table " + list_of(std::get<lrnn::TableDecoder<S>>(layer.decoder).rows, [](const auto& row) {
             return "(" + vector(row.state) + ", " +
                    (row.outputs.size() == 1 ? "inl " + number(core::index(row.outputs.front()))
                                             : "inr (" + outputs(row.outputs) + ")") +
                    ")";
           });
  }

  [[nodiscard]] std::string layers() const {
    return list_of(certificate_.network.layers, [&](const lrnn::Layer<S>& layer) {
      // with a beginning-of-sequence token the state before the first letter is its offset
      return "{| dimension := " + number(layer.dimension) +
             "; initial := " + vector(layer.bos ? layer.bos->b : layer.start) + ";\n     maps := table_of_list " +
             list_of(layer.maps, [&](const auto& map) { return "(" + matrix(map.a) + ", " + vector(map.b) + ")"; }) +
             ";\n     decoder_of := " + decoder(layer) + " |}";
    });
  }

  [[nodiscard]] std::string points() const {
    const std::size_t letters = certificate_.automaton.letters();
    return list(certificate_.points.size(), [&](std::size_t p) {
      const auto& point = certificate_.points[p];
      return std::string(p == 0 ? "" : "\n   ") + "{| vectors := " + list_of(point.vectors, vector) +
             "; state_of := " + number(index(point.state)) + "; steps := table_of_list " +
             list(letters, [&](std::size_t x) { return number(certificate_.steps[p * letters + x]); }) + " |}";
    });
  }

  const RationalCertificate& certificate_;
};

}  // namespace

std::string write_coq(const RationalCertificate& certificate) { return CoqWriter(certificate).text(); }

}  // namespace eigenmata::certificate
