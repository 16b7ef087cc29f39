// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "eigenmata/certificate/any.hpp"
#include "eigenmata/certificate/numeric.hpp"
#include "eigenmata/core/json.hpp"

namespace eigenmata::certificate {
namespace {

using lrnn::SparseVector;

template <class K>
class Writer {
  using S = typename K::Scalar;

 public:
  Writer(const K& k, const lrnn::Network<S>& network, const automata::Dfa& automaton)
      : k_(k), network_(network), automaton_(automaton) {}

  std::string points(const Certificate<K>& certificate) {
    write_network("points");
    line("# the states that can be reached: how, what they stand for, their vectors, where the letters lead");
    line("points " + number(certificate.points.size()));
    for (std::size_t p = 0; p < certificate.points.size(); ++p) write_point(certificate, p);
    line("end");
    return std::move(out_);
  }

  std::string numeric_heading(std::string_view semantics) {
    write_network("numeric\nsemantics " + std::string(semantics));
    return std::move(out_);
  }

  std::string layers(const LayerwiseOver<K>& certificate) {
    write_network(certificate.blocks ? "blocks" : "layers");
    line("# for each layer: boxes that its state moves among, how, and the contexts that join the layers");
    for (const auto& claim : certificate.layers) write_claim(claim);
    if (certificate.blocks) return blocks(*certificate.blocks);
    line("# the states of the automaton that each context allows");
    line("meaning " + number(certificate.meaning.size()));
    for (const auto& states : certificate.meaning) {
      out_ += "meaning";
      for (const automata::State q : states) out_ += " " + number(index(q));
      line("");
    }
    line("end");
    return std::move(out_);
  }

 private:
  std::string blocks(const BlockClaimOver<S>& claim) {
    line("# letters in a block; what the last layer holds for each state of the automaton when a block ends");
    line("block " + number(claim.length));
    for (const auto& code : claim.codes) {
      out_ += "code";
      add(code);
      line("");
    }
    line("end");
    return std::move(out_);
  }

  void write_network(std::string_view kind) {
    out_ = "eigenmata-certificate 1\nkind " + std::string(kind) + "\nnumbers ";
    write_arithmetic(k_);
    out_ += "\nclass ";
    out_ += network_.claim ? to_string(*network_.claim) : "none";
    line("\n# the claim: for every word, the network below accepts it iff this automaton does");
    write_automaton();
    line("# layer by layer: h <- A h + B, factors of A in the order in which they act");
    line("network " + number(network_.layers.size()) + " empty-word " +
         (network_.accepts_empty_word ? "accept" : "reject"));
    for (std::size_t l = 0; l < network_.layers.size(); ++l) write_layer(network_.layers[l], network_.inputs(l).size());
    out_ += "accept";
    for (std::size_t i = 0; i < network_.accept.size(); ++i) {
      if (network_.accept[i]) out_ += " " + number(i);
    }
    line("");
  }

  void write_claim(const LayerClaimOver<S>& claim) {
    line("regions " + number(claim.regions.size()) + " start " + number(claim.start));
    for (const auto& region : claim.regions) {
      out_ += "region";
      for (const auto& extent : region) {
        const std::string low = text(extent.low);
        const bool is_point = k_.equal(extent.low, extent.high);
        out_ += " " + number(extent.index) + ":" + (is_point ? low : "[" + low + "," + text(extent.high) + "]");
      }
      line("");
    }
    line("steps " + number(claim.steps.size()));
    for (const RegionStep& s : claim.steps)
      line("step " + number(s.region) + " " + number(s.symbol) + " " + number(s.next));
    line("contexts " + number(claim.contexts));
    line("meets " + number(claim.meets.size()));
    for (const ContextMeet& m : claim.meets)
      line("meet " + number(m.above) + " " + number(m.region) + " " + number(m.context));
  }

  void write_arithmetic(const exact::RationalArithmetic&) { out_ += "rational"; }
  void write_arithmetic(const exact::NumberField& field) {
    out_ += "field " + to_string(field.polynomial()) + " " + exact::to_string(field.low()) + " " +
            exact::to_string(field.high()) + " " + field.generator_name();
  }
  void write_arithmetic(const exact::CyclotomicField& field) { out_ += "cyclotomic " + number(field.order()); }

  [[nodiscard]] std::string text(const S& value) const { return k_.format(value); }
  static std::string number(std::size_t value) { return std::to_string(value); }
  void line(std::string_view content) {
    out_ += content;
    out_ += '\n';
  }

  void add(const SparseVector<S>& vector) {
    for (const auto& entry : vector.entries()) out_ += " " + number(entry.index) + ":" + text(entry.value);
  }

  void write_automaton() {
    const automata::Dfa& dfa = automaton_;
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

  void write_layer(const lrnn::Layer<S>& layer, std::size_t inputs) {
    line("layer " + number(layer.dimension) + " inputs " + number(inputs) + " outputs " + number(layer.outputs.size()));
    if (layer.bos) {
      line("start bos");
      write_affine(*layer.bos);
    } else {
      out_ += "start";
      add(layer.start);
      line("");
    }
    for (const auto& map : layer.maps) write_affine(map);
    if (const auto* affine = std::get_if<lrnn::AffineDecoder<S>>(&layer.decoder)) {
      line(affine->readouts.size() == 1 ? "decoder affine shared" : "decoder affine by-letter");
      for (const auto& readout : affine->readouts) write_readout(readout);
      return;
    }
    if (const auto* walk = std::get_if<lrnn::WalkDecoder<S>>(&layer.decoder)) return write_walk(*walk);
    const auto& rows = std::get<lrnn::TableDecoder<S>>(layer.decoder).rows;
    line("decoder table " + number(rows.size()));
    for (const auto& row : rows) {
      out_ += "row";
      add(row.state);
      out_ += " |";
      for (const core::Symbol output : row.outputs) out_ += " " + number(core::index(output));
      line("");
    }
  }

  static std::string number_or_none(std::uint32_t value) {
    return value == lrnn::WalkTables::kNone ? "-" : number(value);
  }

  template <class List>
  void write_list(const char* first, const List& list) {
    out_ += first;
    for (const std::uint32_t item : list) out_ += " " + number_or_none(item);
  }

  void write_walk(const lrnn::WalkDecoder<S>& walk) {
    const auto& tables = walk.tables;
    const std::size_t codes = walk.codes.size();
    line("decoder walk " + number(codes));
    out_ += "codes";
    for (const S& code : walk.codes) out_ += " " + text(code);
    line("");
    for (const auto* next : {&tables.first, &tables.second}) {
      line("nodes " + number(next->size() / codes));
      for (std::size_t at = 0; at < next->size(); at += codes) {
        write_list("node", std::vector<std::uint32_t>(next->begin() + static_cast<std::ptrdiff_t>(at),
                                                      next->begin() + static_cast<std::ptrdiff_t>(at + codes)));
        line("");
      }
    }
    line("tables " + number(tables.tables.size()));
    for (const auto& rows : tables.tables) {
      line("table " + number(rows.size()));
      for (const auto& row : rows) {
        out_ += "row " + number(row.node);
        write_list(" |", row.outputs);
        line("");
      }
    }
    line("routes " + number(tables.routes.size()));
    for (const auto& route : tables.routes) {
      out_ += "route " + number(route.table);
      write_list(" |", route.first);
      write_list(" |", route.second);
      line("");
    }
    write_list("symbols", tables.route_of);
    line("");
  }

  void write_affine(const lrnn::AffineMap<S>& map) {
    write_map(map.a);
    out_ += "offset";
    add(map.b);
    line("");
  }

  void write_map(const lrnn::Transition<S>& a) {
    if (const auto* diagonal = std::get_if<lrnn::Diagonal<S>>(&a)) {
      line("map diagonal");
      out_ += "entries";
      add(lrnn::sparse(k_, diagonal->entries));
      line("");
    } else if (const auto* householder = std::get_if<lrnn::HouseholderProduct<S>>(&a)) {
      line("map householder " + number(householder->factors.size()));
      for (const auto& factor : householder->factors) {
        out_ += "factor " + text(factor.beta) + " |";
        add(factor.v);
        line("");
      }
    } else if (const auto* rank_one = std::get_if<lrnn::RankOneProduct<S>>(&a)) {
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
      const auto& matrix = std::get<lrnn::Dense<S>>(a).matrix;
      for (std::size_t i = 0; i < matrix.rows(); ++i) {
        out_ += "row";
        for (std::size_t j = 0; j < matrix.columns(); ++j) {
          if (!k_.is_zero(matrix(i, j))) out_ += " " + number(j) + ":" + text(matrix(i, j));
        }
        line("");
      }
    }
  }

  void write_readout(const lrnn::AffineReadout<S>& readout) {
    out_ += "readout";
    add(readout.weights);
    out_ += " | " + text(readout.constant) + " |";
    for (const S& t : readout.thresholds) out_ += " " + text(t);
    out_ += " |";
    for (const core::Symbol output : readout.outputs) out_ += " " + number(core::index(output));
    line("");
  }

  void write_point(const Certificate<K>& certificate, std::size_t p) {
    const auto& point = certificate.points[p];
    out_ += p == 0 ? "point start" : "point from " + number(point.from) + " " + number(core::index(point.letter));
    line(" state " + number(index(point.state)));
    for (const auto& vector : point.vectors) {
      out_ += "at";
      add(vector);
      line("");
    }
    out_ += "step";
    const std::size_t letters = automaton_.letters();
    for (std::size_t x = 0; x < letters; ++x) out_ += " " + number(certificate.steps[p * letters + x]);
    line("");
  }

  const K& k_;
  const lrnn::Network<S>& network_;
  const automata::Dfa& automaton_;
  std::string out_;
};

}  // namespace

std::string write_certificate(const RationalCertificate& c) {
  return Writer<exact::RationalArithmetic>(c.arithmetic, c.network, c.automaton).points(c);
}

std::string write_certificate(const Certificate<exact::NumberField>& c) {
  return Writer<exact::NumberField>(c.arithmetic, c.network, c.automaton).points(c);
}

std::string write_certificate(const Certificate<exact::CyclotomicField>& c) {
  return Writer<exact::CyclotomicField>(c.arithmetic, c.network, c.automaton).points(c);
}

std::string write_certificate(const LayerwiseCertificate& c) {
  return Writer<exact::RationalArithmetic>(c.arithmetic, c.network, c.automaton).layers(c);
}

std::string write_certificate(const ComplexLayerwiseCertificate& c) {
  return Writer<exact::CyclotomicField>(c.arithmetic, c.network, c.automaton).layers(c);
}

template <exact::ExactArithmetic K>
std::string numeric_heading(const K& k, const lrnn::Network<typename K::Scalar>& network,
                            const automata::Dfa& automaton, std::string_view semantics) {
  return Writer<K>(k, network, automaton).numeric_heading(semantics);
}

template std::string numeric_heading(const exact::RationalArithmetic&, const lrnn::Network<exact::Rational>&,
                                     const automata::Dfa&, std::string_view);
template std::string numeric_heading(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&,
                                     const automata::Dfa&, std::string_view);
template std::string numeric_heading(const exact::CyclotomicField&, const lrnn::Network<exact::FieldElement>&,
                                     const automata::Dfa&, std::string_view);

}  // namespace eigenmata::certificate
