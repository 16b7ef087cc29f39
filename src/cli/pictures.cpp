// SPDX-License-Identifier: Apache-2.0
#include "pictures.hpp"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <map>

#include "common.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/exact/approximate_spectrum.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/spectrum.hpp"

namespace eigenmata::cli {
namespace {

using automata::Dfa;
using exact::Algebraic;

std::string dot_escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

/// A few letters, and how many more.
std::string letter_list(const Dfa& dfa, const std::vector<std::size_t>& letters) {
  constexpr std::size_t kMost = 6;
  std::string text;
  for (std::size_t i = 0; i < letters.size() && i < kMost; ++i) {
    text += (text.empty() ? "" : ", ") + dfa.alphabet().name(core::symbol(letters[i]));
  }
  if (letters.size() > kMost) text += fmt::format(", … ({})", letters.size());
  return text;
}

}  // namespace

std::string automaton_text(const automata::Language& language, const Dfa& dfa) {
  std::string out =
      fmt::format("{}: {}, {}\n", language.name, counted(dfa.states(), "state"), counted(dfa.letters(), "letter"));
  constexpr std::size_t kWide = 16;
  std::size_t width = 5;
  const std::size_t shown_letters = std::min(dfa.letters(), kWide);
  for (std::size_t x = 0; x < shown_letters; ++x)
    width = std::max(width, dfa.alphabet().name(core::symbol(x)).size() + 1);
  out += fmt::format("  {:>8}", "state");
  for (std::size_t x = 0; x < shown_letters; ++x)
    out += fmt::format("{:>{}}", dfa.alphabet().name(core::symbol(x)), width);
  out += dfa.letters() > kWide ? " …\n" : "\n";
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    const std::string mark = fmt::format("{}{}", automata::state(q) == dfa.initial() ? "> " : "  ",
                                         dfa.is_accepting(automata::state(q)) ? "* " : "  ");
    out += fmt::format("  {}{:>4}", mark, q);
    for (std::size_t x = 0; x < shown_letters; ++x)
      out += fmt::format("{:>{}}", index(dfa.step(automata::state(q), core::symbol(x))), width);
    out += dfa.letters() > kWide ? " …\n" : "\n";
  }
  return out + "  > initial, * accepting\n";
}

std::string automaton_dot(const Dfa& dfa) {
  std::string out =
      "digraph automaton {\n  rankdir=LR;\n  node [shape=circle, fontname=\"Helvetica\"];\n  edge "
      "[fontname=\"Helvetica\"];\n"
      "  __start0 [shape=point, label=\"\"];\n";
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (dfa.is_accepting(automata::state(q))) out += fmt::format("  {} [shape=doublecircle];\n", q);
  }
  out += fmt::format("  __start0 -> {};\n", index(dfa.initial()));
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    std::map<std::size_t, std::vector<std::size_t>> letters_to;
    for (std::size_t x = 0; x < dfa.letters(); ++x)
      letters_to[index(dfa.step(automata::state(q), core::symbol(x)))].push_back(x);
    for (const auto& [target, letters] : letters_to) {
      out += fmt::format("  {} -> {} [label=\"{}\"];\n", q, target, dot_escaped(letter_list(dfa, letters)));
    }
  }
  return out + "}\n";
}

std::string svg_by_graphviz(const std::string& dot) {
  // Through files, so that neither side can block the other on a full pipe.
  core::PendingFile source("/tmp/eigenmata-picture.dot");
  core::PendingFile target("/tmp/eigenmata-picture.svg");
  source.write(dot);
  const pid_t child = ::fork();
  if (child < 0) throw NotBuilt("a picture: cannot start another process");
  if (child == 0) {
    ::execlp("dot", "dot", "-Tsvg", "-o", target.temporary_path().c_str(), source.temporary_path().c_str(),
             static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) == 127) {
    throw NotBuilt(
        "SVG pictures of automata need Graphviz's 'dot' (Debian: apt install graphviz); --as dot works without it");
  }
  if (WEXITSTATUS(status) != 0) throw core::Error("Graphviz's 'dot' failed on the picture");
  return core::read_input(target.temporary_path()).text;
}

namespace {

/// What is known of one matrix.
struct Spectrum {
  std::vector<lrnn::Eigenvalue> exact;                 // if it is feasible
  std::vector<std::pair<double, double>> approximate;  // for the picture
  bool is_exact = false;
  std::string norm;
  std::size_t rank = 0;
};

std::vector<std::pair<double, double>> approximate_points(const exact::Matrix<exact::Rational>& a) {
  std::vector<std::pair<double, double>> points;
  constexpr std::size_t kLimit = 300;
  if (a.rows() > kLimit) throw core::LimitReached(core::LimitReached::Kind::kSize, "a spectrum of more than 300 rows");
  for (const auto& [re, im] : exact::approximate_eigenvalues(a))
    points.emplace_back(static_cast<double>(re), static_cast<double>(im));
  return points;
}

std::vector<std::pair<double, double>> approximate_points(const exact::Matrix<exact::FieldElement>& /*a*/) {
  throw core::LimitReached(core::LimitReached::Kind::kSize, "a spectrum over a number field of this size");
}

template <class K>
std::string norm_text(const K& k, const exact::Matrix<typename K::Scalar>& a) {
  if constexpr (std::is_same_v<K, exact::CyclotomicField>) {
    bool is_inside = true;
    for (std::size_t i = 0; i < a.rows(); ++i) {
      for (std::size_t j = 0; j < a.columns(); ++j) {
        if (i != j && !k.is_zero(a(i, j))) return "|A| not compared with 1";
      }
      const auto inside = is_in_unit_disc(k, a(i, i));
      if (!inside) return "|A| not compared with 1";
      is_inside = is_inside && *inside;
    }
    return is_inside ? "|A| <= 1" : "|A| > 1";
  } else {
    return lrnn::is_contraction(k, a).is_yes() ? "|A| <= 1" : "|A| > 1";
  }
}

template <class K>
Spectrum spectrum_of(const K& k, const exact::Matrix<typename K::Scalar>& a) {
  Spectrum result;
  try {
    result.exact = lrnn::spectrum(k, a);
    result.is_exact = true;
    for (const auto& [value, multiplicity] : result.exact) {
      const auto [re, im] = value.enclosure(64);
      for (std::size_t i = 0; i < multiplicity; ++i)
        result.approximate.emplace_back(re.approximate_midpoint(), im.approximate_midpoint());
    }
  } catch (const core::LimitReached&) {
    result.approximate = approximate_points(a);
  }
  result.norm = norm_text(k, a);
  result.rank = rank(k, exact::subtract(k, exact::identity(k, a.rows()), a));
  return result;
}

std::string eigenvalue_text(const Algebraic& value) {
  if (const auto unity = value.as_root_of_unity(); unity && unity->second > 2)
    return fmt::format("e({}/{})", unity->first, unity->second);
  return exact::to_string(value);
}

std::string spectrum_text(const Spectrum& spectrum) {
  std::string text;
  if (spectrum.is_exact) {
    for (const auto& [value, multiplicity] : spectrum.exact) {
      text += (text.empty() ? "" : ", ") + eigenvalue_text(value);
      if (multiplicity > 1) text += fmt::format(" (x{})", multiplicity);
    }
    return text;
  }
  for (const auto& [re, im] : spectrum.approximate)
    text += fmt::format("{}{:.4g}{:+.4g}i", text.empty() ? "approximately " : ", ", re, im);
  return text;
}

/// A matrix to look at, with its caption.
template <class S>
struct Panel {
  std::string caption;
  exact::Matrix<S> matrix;
};

/// One panel a layer and letter; with a word, one a layer: the product along what the layer reads while the network
/// reads the word from its start.
template <class K>
std::vector<Panel<typename K::Scalar>> panels(const lrnn::ModelOver<K>& model, const std::optional<core::Word>& word) {
  const auto& network = model.network;
  std::vector<Panel<typename K::Scalar>> result;
  std::vector<core::Word> read(network.layers.size());
  if (word) {
    const lrnn::Runner<K> runner(model.arithmetic, network);
    auto work = runner.make_workspace();
    auto states = runner.start();
    for (core::Symbol symbol : *word) {
      for (std::size_t l = 0; l < network.layers.size(); ++l) {
        read[l].push_back(symbol);
        runner.next(l, states[l], symbol, work, states[l]);
        const auto output = runner.decode(l, states[l], symbol);
        if (!output) throw core::Error("layer " + std::to_string(l + 1) + " has no output along this word");
        symbol = *output;
      }
    }
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const std::string layer = network.layers.size() > 1 ? fmt::format("layer {}, ", l + 1) : "";
    if (word) {
      result.push_back({layer + "word " + shown(network.inputs(l), read[l]),
                        lrnn::word_matrix(model.arithmetic, network.layers[l], read[l])});
      continue;
    }
    for (std::size_t x = 0; x < network.layers[l].maps.size(); ++x) {
      result.push_back(
          {layer + network.inputs(l).name(core::symbol(x)), to_dense(model.arithmetic, network.layers[l].maps[x].a)});
    }
  }
  return result;
}

constexpr double kPanel = 170;

std::string panel_svg(double left, double top, const std::string& caption, const Spectrum& spectrum) {
  const double cx = left + kPanel / 2;
  const double cy = top + kPanel / 2 + 8;
  double largest = 1;
  for (const auto& [re, im] : spectrum.approximate) largest = std::max({largest, std::abs(re), std::abs(im)});
  const double unit = 60 / largest;
  std::string out = fmt::format("<g><text x=\"{:.1f}\" y=\"{:.1f}\" class=\"caption\">{}</text>\n", cx, top + 14,
                                core::html_escaped(caption));
  out += fmt::format(
      "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/><line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" "
      "y2=\"{:.1f}\"/>\n",
      cx - 72, cy, cx + 72, cy, cx, cy - 72, cx, cy + 72);
  out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" class=\"unit\"/>\n", cx, cy, unit);
  std::map<std::pair<long, long>, std::size_t> counts;
  for (const auto& [re, im] : spectrum.approximate) ++counts[{std::lround(re * 1e6), std::lround(im * 1e6)}];
  for (const auto& [at, count] : counts) {
    const double x = cx + static_cast<double>(at.first) * 1e-6 * unit;
    const double y = cy - static_cast<double>(at.second) * 1e-6 * unit;
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" class=\"value\"/>", x, y);
    if (count > 1) out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"count\">{}</text>", x + 6, y - 5, count);
    out += "\n";
  }
  return out + "</g>\n";
}

}  // namespace

template <class K>
std::string spectra_text(const lrnn::ModelOver<K>& model, const std::optional<core::Word>& word,
                         const std::string& name) {
  const auto& network = model.network;
  std::string out = fmt::format("{}: {}, {}{}\n", name, counted(network.layers.size(), "layer"),
                                counted(network.alphabet.size(), "letter"),
                                network.claim ? ", class " + to_string(*network.claim) : "");
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    out += fmt::format("  layer {}: dimension {}, at most {} per token\n", l + 1, network.layers[l].dimension,
                       counted(factors_per_token(network.layers[l]), "factor"));
  }
  for (const auto& panel : panels(model, word)) {
    const Spectrum spectrum = spectrum_of(model.arithmetic, panel.matrix);
    out += fmt::format("  {:<12} {}; rank(I - A) = {}; eigenvalues {}\n", panel.caption, spectrum.norm, spectrum.rank,
                       spectrum_text(spectrum));
  }
  return out;
}

template <class K>
std::string spectra_svg(const lrnn::ModelOver<K>& model, const std::optional<core::Word>& word) {
  constexpr std::size_t kColumns = 6;
  constexpr std::size_t kMost = 36;
  const auto all = panels(model, word);
  const std::size_t count = std::min(all.size(), kMost);
  const std::size_t columns = std::max<std::size_t>(1, std::min(count, kColumns));
  const std::size_t rows = (count + columns - 1) / columns;
  const double width = kPanel * static_cast<double>(columns);
  const double height = kPanel * static_cast<double>(rows) + (all.size() > count ? 30 : 10);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\">\n",
      width, height);
  out +=
      "<style>text{font-family:Helvetica,Arial,sans-serif;font-size:12px;fill:#222}.caption{text-anchor:middle}.count{"
      "font-size:10px;fill:#666}"
      "line{stroke:#ddd}.unit{fill:none;stroke:#999}.value{fill:#1f6feb;fill-opacity:.85}</style>\n<rect "
      "width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  for (std::size_t i = 0; i < count; ++i) {
    out += panel_svg(kPanel * static_cast<double>(i % columns), kPanel * static_cast<double>(i / columns),
                     all[i].caption, spectrum_of(model.arithmetic, all[i].matrix));
  }
  if (all.size() > count) {
    out += fmt::format("<text x=\"10\" y=\"{:.1f}\">{} of {} matrices</text>\n", height - 10, count, all.size());
  }
  return out + "</svg>\n";
}

template std::string spectra_text(const lrnn::ModelOver<exact::RationalArithmetic>&, const std::optional<core::Word>&,
                                  const std::string&);
template std::string spectra_text(const lrnn::ModelOver<exact::NumberField>&, const std::optional<core::Word>&,
                                  const std::string&);
template std::string spectra_svg(const lrnn::ModelOver<exact::RationalArithmetic>&, const std::optional<core::Word>&);
template std::string spectra_svg(const lrnn::ModelOver<exact::NumberField>&, const std::optional<core::Word>&);
template std::string spectra_text(const lrnn::ModelOver<exact::CyclotomicField>&, const std::optional<core::Word>&,
                                  const std::string&);
template std::string spectra_svg(const lrnn::ModelOver<exact::CyclotomicField>&, const std::optional<core::Word>&);

}  // namespace eigenmata::cli
