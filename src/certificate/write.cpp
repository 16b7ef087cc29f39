// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "eigenmata/certificate/certificate.hpp"
#include "eigenmata/core/json.hpp"

namespace eigenmata::certificate {
namespace {

using exact::Rational;
using lrnn::SparseVector;

class Writer {
 public:
  explicit Writer(const RationalCertificate& certificate) : c_(certificate) {}

  std::string write() {
    out_ = "eigenmata-certificate 1\nkind points\nnumbers rational\nclass ";
    out_ += c_.network.claim ? to_string(*c_.network.claim) : "none";
    line("\n# the claim: for every word, the network below accepts it iff this automaton does");
    write_automaton();
    line("# layer by layer: h <- A h + B, factors of A in the order in which they act");
    line("network " + number(c_.network.layers.size()) + " empty-word " +
         (c_.network.accepts_empty_word ? "accept" : "reject"));
    for (std::size_t l = 0; l < c_.network.layers.size(); ++l)
      write_layer(c_.network.layers[l], c_.network.inputs(l).size());
    out_ += "accept";
    for (std::size_t i = 0; i < c_.network.accept.size(); ++i) {
      if (c_.network.accept[i]) out_ += " " + number(i);
    }
    line("");
    line("# the states that can be reached: how, what they stand for, their vectors, where the letters lead");
    line("points " + number(c_.points.size()));
    for (std::size_t p = 0; p < c_.points.size(); ++p) write_point(p);
    line("end");
    return std::move(out_);
  }

 private:
  static std::string number(std::size_t value) { return std::to_string(value); }
  void line(std::string_view text) {
    out_ += text;
    out_ += '\n';
  }

  void add(const SparseVector<Rational>& vector) {
    for (const auto& entry : vector.entries()) out_ += " " + number(entry.index) + ":" + exact::to_string(entry.value);
  }

  void write_automaton() {
    const automata::Dfa& dfa = c_.automaton;
    line("letters " + number(dfa.letters()));
    for (const std::string& name : dfa.alphabet().names()) line("letter " + core::json_quoted(name));
    line("automaton " + number(dfa.states()) + " initial " + number(index(dfa.initial())));
    out_ += "accepting";
    for (std::size_t q = 0; q < dfa.states(); ++q) {
      if (dfa.is_accepting(automata::state(q))) out_ += " " + number(q);
    }
    line("");
    for (std::size_t q = 0; q < dfa.states(); ++q) {
      out_ += "next";
      for (std::size_t x = 0; x < dfa.letters(); ++x)
        out_ += " " + number(index(dfa.step(automata::state(q), core::symbol(x))));
      line("");
    }
  }

  void write_layer(const lrnn::Layer<Rational>& layer, std::size_t inputs) {
    line("layer " + number(layer.dimension) + " inputs " + number(inputs) + " outputs " + number(layer.outputs.size()));
    out_ += "start";
    add(layer.start);
    line("");
    for (const auto& map : layer.maps) {
      write_map(map.a);
      out_ += "offset";
      add(map.b);
      line("");
    }
    if (const auto* affine = std::get_if<lrnn::AffineDecoder<Rational>>(&layer.decoder)) {
      line(affine->readouts.size() == 1 ? "decoder affine shared" : "decoder affine by-letter");
      for (const auto& readout : affine->readouts) write_readout(readout);
      return;
    }
    const auto& rows = std::get<lrnn::TableDecoder<Rational>>(layer.decoder).rows;
    line("decoder table " + number(rows.size()));
    for (const auto& row : rows) {
      out_ += "row";
      add(row.state);
      out_ += " |";
      for (const core::Symbol output : row.outputs) out_ += " " + number(core::index(output));
      line("");
    }
  }

  void write_map(const lrnn::Transition<Rational>& a) {
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<Rational>>(&a)) {
      line("map diagonal");
      out_ += "entries";
      add(lrnn::sparse(c_.arithmetic, diagonal->entries));
      line("");
    } else if (const auto* householder = std::get_if<lrnn::HouseholderProduct<Rational>>(&a)) {
      line("map householder " + number(householder->factors.size()));
      for (const auto& factor : householder->factors) {
        out_ += "factor " + exact::to_string(factor.beta) + " |";
        add(factor.v);
        line("");
      }
    } else if (const auto* rank_one = std::get_if<lrnn::RankOneProduct<Rational>>(&a)) {
      line("map rank-one " + number(rank_one->factors.size()));
      for (const auto& factor : rank_one->factors) {
        out_ += "factor";
        add(factor.u);
        out_ += " |";
        add(factor.v);
        line("");
      }
    } else {
      line("map dense");
      const auto& matrix = std::get<lrnn::Dense<Rational>>(a).matrix;
      for (std::size_t i = 0; i < matrix.rows(); ++i) {
        out_ += "row";
        for (std::size_t j = 0; j < matrix.columns(); ++j) {
          if (!matrix(i, j).is_zero()) out_ += " " + number(j) + ":" + exact::to_string(matrix(i, j));
        }
        line("");
      }
    }
  }

  void write_readout(const lrnn::AffineReadout<Rational>& readout) {
    out_ += "readout";
    add(readout.weights);
    out_ += " | " + exact::to_string(readout.constant) + " |";
    for (const Rational& t : readout.thresholds) out_ += " " + exact::to_string(t);
    out_ += " |";
    for (const core::Symbol output : readout.outputs) out_ += " " + number(core::index(output));
    line("");
  }

  void write_point(std::size_t p) {
    const auto& point = c_.points[p];
    out_ += p == 0 ? "point start" : "point from " + number(point.from) + " " + number(core::index(point.letter));
    line(" state " + number(index(point.state)));
    for (const auto& vector : point.vectors) {
      out_ += "at";
      add(vector);
      line("");
    }
    out_ += "step";
    const std::size_t letters = c_.automaton.letters();
    for (std::size_t x = 0; x < letters; ++x) out_ += " " + number(c_.steps[p * letters + x]);
    line("");
  }

  const RationalCertificate& c_;
  std::string out_;
};

}  // namespace

std::string write_certificate(const RationalCertificate& certificate) { return Writer(certificate).write(); }

}  // namespace eigenmata::certificate
