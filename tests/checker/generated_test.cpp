// SPDX-License-Identifier: Apache-2.0
//
// Certificates made by a small compiler of the test's own: random networks whose states are finitely many,
// explored by plain simulation. Each must be proved, and no longer be proved once one of its decisive numbers
// is changed.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <sstream>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "layerwise.hpp"
#include "simulation.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  Network network() {
    Network network;
    network.letters = {"a", "b"};
    network.accepts_empty = below(2) == 0;
    std::uint32_t symbols = 2;
    for (std::uint32_t l = below(4); l > 0; --l) {
      network.layers.push_back(layer(symbols));
      symbols = network.layers.back().outputs;
    }
    for (std::uint32_t o = 0; o < symbols; ++o) {
      if (below(2) == 0) network.accept.push_back(o);
    }
    return network;
  }

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

 private:
  Layer layer(std::uint32_t inputs) {
    Layer layer;
    layer.dimension = 1 + below(3);
    layer.inputs = inputs;
    layer.outputs = 1 + below(3);
    layer.start = vector(layer.dimension);
    for (std::uint32_t y = 0; y < inputs; ++y) layer.maps.push_back(map(layer.dimension));
    layer.decoder.kind = below(2) == 0 ? Decoder::Kind::kShared : Decoder::Kind::kByLetter;
    for (std::uint32_t y = layer.decoder.kind == Decoder::Kind::kShared ? 1 : inputs; y > 0; --y) {
      layer.decoder.readouts.push_back(readout(layer));
    }
    return layer;
  }

  SparseVector vector(std::uint32_t dimension) {
    SparseVector result;
    for (std::uint32_t i = 0; i < dimension; ++i) {
      if (below(2) == 0) result.push_back({i, Rational(below(2) == 0 ? 1 : -1)});
    }
    return result;
  }

  /// Maps with entries from {−1, 0, 1}, mostly: signs, exchanges, copies, resets; offsets seldom.
  Map map(std::uint32_t dimension) {
    Map map;
    map.form = static_cast<MatrixForm>(below(4));
    if (map.form == MatrixForm::kDiagonal) map.diagonal = vector(dimension);
    for (std::uint32_t i = 0; map.form == MatrixForm::kDense && i < dimension; ++i) {
      map.rows.emplace_back();
      if (below(5) != 0) map.rows.back().push_back({below(dimension), Rational(below(3) == 0 ? -1 : 1)});
    }
    const bool product = map.form == MatrixForm::kHouseholder || map.form == MatrixForm::kRankOne;
    for (std::uint32_t f = product ? below(4) : 0; f > 0; --f) map.factors.push_back(factor(map.form, dimension));
    if (below(4) == 0) map.offset = vector(dimension);
    return map;
  }

  Factor factor(MatrixForm form, std::uint32_t dimension) {
    Factor factor;
    const std::uint32_t x = below(dimension);
    const std::uint32_t y = below(dimension);
    const auto difference = [x, y] {
      SparseVector result = {{std::min(x, y), Rational(x < y ? 1 : -1)}};
      if (x != y) result.push_back({std::max(x, y), Rational(x < y ? -1 : 1)});
      return result;
    };
    if (form == MatrixForm::kHouseholder) {
      factor.beta = Rational(below(3) == 0 ? 1 : 2);
      factor.v = difference();
    } else {
      factor.u = difference();
      factor.v = {{x, Rational(1)}};
    }
    return factor;
  }

  Readout readout(const Layer& layer) {
    Readout readout;
    readout.weights = vector(layer.dimension);
    readout.constant = Rational(static_cast<std::int32_t>(below(3)) - 1);
    for (std::int32_t t = -1; t <= 1; ++t) {
      if (below(2) == 0) readout.thresholds.emplace_back(t);
    }
    for (std::size_t i = 0; i <= readout.thresholds.size(); ++i) readout.outputs.push_back(below(layer.outputs));
    return readout;
  }

  std::mt19937 random_;
};

/// Writes the certificate of a network: explores (states, accepted) and takes these pairs both as points and
/// as the automaton's states. Nothing if there are too many of them.
class Writer {
 public:
  Writer(const Network& network, bool tables) : network_(network), tables_(tables) {}

  std::optional<std::string> write() {
    if (!explore()) return std::nullopt;
    out_ << "eigenmata-certificate 1\nkind points\nnumbers rational\nclass none\nletters 2\nletter "
            "\"a\"\nletter \"b\"\n";
    out_ << "automaton " << points_.size() << " initial 0\naccepting";
    for (std::size_t p = 0; p < points_.size(); ++p) out_ << (points_[p].second ? " " + std::to_string(p) : "");
    for (const auto& row : steps_) out_ << "\nnext " << row[0] << ' ' << row[1];
    out_ << "\nnetwork " << network_.layers.size() << " empty-word " << (network_.accepts_empty ? "accept" : "reject");
    out_ << '\n';
    for (std::size_t l = 0; l < network_.layers.size(); ++l) write_layer(l);
    out_ << "accept";
    for (const std::uint32_t o : network_.accept) out_ << ' ' << o;
    out_ << "\npoints " << points_.size() << '\n';
    for (std::size_t p = 0; p < points_.size(); ++p) {
      if (p == 0) {
        out_ << "point start state 0\n";
      } else {
        out_ << "point from " << origin_[p].first << ' ' << origin_[p].second << " state " << p << '\n';
      }
      for (const Column& state : points_[p].first) out_ << "at" << text(state) << '\n';
      out_ << "step " << steps_[p][0] << ' ' << steps_[p][1] << '\n';
    }
    out_ << "end\n";
    return out_.str();
  }

 private:
  using Place = std::pair<States, bool>;

  bool explore() {
    constexpr std::size_t kMost = 40;
    std::map<Place, std::size_t> numbers;
    points_.emplace_back(start_of(network_), network_.accepts_empty);
    origin_.emplace_back(0, 0);
    numbers.emplace(points_[0], 0);
    for (std::size_t p = 0; p < points_.size(); ++p) {
      steps_.emplace_back();
      for (std::uint32_t x = 0; x < 2; ++x) {
        Place next(points_[p].first, false);
        const std::uint32_t output = advance(network_, next.first, x).value();
        next.second = std::count(network_.accept.begin(), network_.accept.end(), output) > 0;
        const auto [place, fresh] = numbers.emplace(next, points_.size());
        if (fresh) {
          if (points_.size() == kMost) return false;
          points_.push_back(next);
          origin_.emplace_back(p, x);
        }
        steps_[p].push_back(place->second);
      }
    }
    return true;
  }

  static std::string text(const Column& column) {
    std::string result;
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (column[i] != 0) result += " " + std::to_string(i) + ":" + column[i].get_str();
    }
    return result;
  }

  static std::string text(VectorView vector) {
    std::string result;
    for (const Entry& e : vector) result += " " + std::to_string(e.index) + ":" + e.value.value().get_str();
    return result;
  }

  void write_layer(std::size_t l) {
    const Layer& layer = network_.layers[l];
    out_ << "layer " << layer.dimension << " inputs " << layer.inputs << " outputs " << layer.outputs << "\nstart"
         << text(layer.start) << '\n';
    for (const Map& map : layer.maps) {
      out_ << "map " << name_of(map.form);
      if (map.form == MatrixForm::kHouseholder || map.form == MatrixForm::kRankOne) out_ << ' ' << map.factors.size();
      if (map.form == MatrixForm::kDiagonal) out_ << "\nentries" << text(map.diagonal);
      for (const SparseVector& row : map.rows) out_ << "\nrow" << text(row);
      for (const Factor& f : map.factors) {
        out_ << "\nfactor" << (map.form == MatrixForm::kHouseholder ? " " + f.beta.shown() : text(f.u)) << " |"
             << text(f.v);
      }
      out_ << "\noffset" << text(map.offset) << '\n';
    }
    tables_ ? write_table(l) : write_readouts(layer.decoder);
  }

  void write_readouts(const Decoder& decoder) {
    out_ << "decoder affine " << (decoder.kind == Decoder::Kind::kShared ? "shared" : "by-letter") << '\n';
    for (const Readout& readout : decoder.readouts) {
      out_ << "readout" << text(readout.weights) << " | " << readout.constant.shown() << " |";
      for (const Number& t : readout.thresholds) out_ << ' ' << t.shown();
      out_ << " |";
      for (const std::uint32_t o : readout.outputs) out_ << ' ' << o;
      out_ << '\n';
    }
  }

  /// The same outputs as a table of the states that occur.
  void write_table(std::size_t l) {
    const Layer& layer = network_.layers[l];
    std::map<Column, std::string> rows;
    for (const Place& point : points_) {
      std::string outputs;
      for (std::uint32_t y = 0; y < layer.inputs; ++y) {
        const Readout& readout = layer.decoder.readouts[layer.decoder.kind == Decoder::Kind::kShared ? 0 : y];
        const Column& h = point.first[l];
        const mpq_class value = product(dense(readout.weights, h.size()), h) + readout.constant.value();
        std::size_t i = 0;
        while (i < readout.thresholds.size() && readout.thresholds[i].value() <= value) ++i;
        outputs += " " + std::to_string(readout.outputs[i]);
      }
      rows[point.first[l]] = outputs;
    }
    out_ << "decoder table " << rows.size() << '\n';
    for (const auto& [state, outputs] : rows) out_ << "row" << text(state) << " |" << outputs << '\n';
  }

  const Network& network_;
  bool tables_;
  std::vector<Place> points_;
  std::vector<std::pair<std::size_t, std::uint32_t>> origin_;
  std::vector<std::vector<std::size_t>> steps_;
  std::ostringstream out_;
};

/// Every token of the points and of the automaton decides something. Replacing one by another that is
/// readable must not leave a proof, with two exceptions: a `from` may name another way to the same point, and
/// a state's successors do not matter if no point stands for it (here all do).
void spoil(const std::string& text, Generator& generator) {
  std::vector<std::string> lines = lines_of(text);
  for (int round = 0; round < 12; ++round) {
    const std::size_t i = generator.below(static_cast<std::uint32_t>(lines.size()));
    const std::string word = lines[i].substr(0, lines[i].find(' '));
    if (word != "at" && word != "step" && word != "next" && word != "accepting" && word != "point") continue;
    const std::size_t last = lines[i].rfind(' ');
    if (last == std::string::npos) continue;
    const std::string before = lines[i];
    const std::size_t colon = std::max(last + 1, lines[i].rfind(':') + 1);
    const std::string value = lines[i].substr(colon);
    const std::string other = value == "1" ? "2" : value == "2" ? "3" : "1";
    lines[i] = lines[i].substr(0, colon) + other;
    const Outcome outcome = outcome_of(joined(lines));
    CAPTURE(before, lines[i], text);
    REQUIRE(outcome.code != 0);
    lines[i] = before;
  }
}

/// The same by layers is proved; it is no longer if a state is taken from what a context means, or exchanged.
void require_layer_by_layer(const Certificate& points, Generator& generator) {
  Certificate layers = layer_by_layer(points);
  if (const std::optional<Failure> failure = check(layers)) FAIL(failure->rule << ": " << failure->reason);
  Rows<State>& meaning = layers.layerwise->meaning;
  State& state = meaning.items()[generator.below(static_cast<std::uint32_t>(meaning.items().size()))];
  if (points.automaton.size() == 1) return;
  const State other = (state + 1) % static_cast<State>(points.automaton.size());
  if (std::count(meaning.items().begin(), meaning.items().end(), state) > 1) return;
  state = other;
  REQUIRE(check(layers));
}

TEST_CASE("certificates of random networks are proved, and spoiled ones are not", "[checker][generated]") {
  int finite = 0;
  for (unsigned seed = 0; seed < 1200; ++seed) {
    Generator generator(seed);
    const Network network = generator.network();
    const std::optional<std::string> text = Writer(network, seed % 3 == 0).write();
    if (!text) continue;
    ++finite;
    CAPTURE(seed);
    const Outcome outcome = outcome_of(*text);
    if (outcome.code != 0) FAIL(outcome.message << "\n" << *text);
    spoil(*text, generator);
    std::istringstream in(*text);
    const Certificate certificate = read_certificate(in, "x");
    if (!network.layers.empty()) require_layer_by_layer(certificate, generator);
    if (seed % 10 != 0) continue;
    for (const std::vector<LetterId>& word : words_up_to(6, 2)) {
      REQUIRE(answer_of(certificate.network, word) == (accepts(certificate.automaton, word) ? 1 : 0));
    }
  }
  CHECK(finite > 600);
}

}  // namespace
}  // namespace eigenmata::checker
