// SPDX-License-Identifier: Apache-2.0
//
// Valid certificates of several kinds, small enough to be run by hand.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "eigenmata/certificate/any.hpp"
#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/compiler/linear_reduction.hpp"
#include "eigenmata/compiler/one_hot.hpp"
#include "eigenmata/compiler/permutation.hpp"
#include "support/languages.hpp"
#include "support/networks.hpp"

namespace eigenmata::testing {

struct NamedCertificate {
  std::string name;
  certificate::RationalCertificate certificate;
};

/// The lines of a text, without their ends, and back.
inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

/// The network of a pass that must not refuse.
inline certificate::RationalCertificate certificate_of(const compiler::PassResult& result) {
  const auto* construction = std::get_if<compiler::Construction>(&result);
  if (construction == nullptr) throw std::logic_error("refused: " + std::get<compiler::Refusal>(result).reason);
  return std::get<certificate::RationalCertificate>(construction->certificate);
}

/// Found by exploration; the network must recognise the language.
inline certificate::RationalCertificate explored(const lrnn::RationalNetwork& network, const automata::Dfa& language) {
  return certificate::explore(exact::RationalArithmetic{}, network, language, {}).verdict.proof();
}

/// Two layers: the first counts the letter a modulo 2 by its sign and shows it through a table, the second
/// counts modulo 2 how often the first was odd. Accepted are the words with an even count of those.
inline lrnn::RationalNetwork two_layer_network() {
  using exact::Rational;
  const lrnn::SparseVector<Rational> one(1, {{0, 1}});
  const lrnn::SparseVector<Rational> minus_one(1, {{0, -1}});
  const lrnn::SparseVector<Rational> zero(1);
  const lrnn::Transition<Rational> flip = lrnn::Diagonal<Rational>{{-1}};
  const lrnn::Transition<Rational> hold = lrnn::Diagonal<Rational>{{1}};
  lrnn::Layer<Rational> first{1, one, {{flip, zero}, {hold, zero}}, core::Alphabet({"even", "odd"}), {}};
  first.decoder =
      lrnn::TableDecoder<Rational>{{{one, {core::symbol(0)}}, {minus_one, {core::symbol(1), core::symbol(1)}}}};
  lrnn::Layer<Rational> second{1, one, {{hold, zero}, {flip, zero}}, core::Alphabet({"no", "yes"}), {}};
  const lrnn::AffineReadout<Rational> readout{one, 0, {0}, {core::symbol(0), core::symbol(1)}};
  second.decoder = lrnn::AffineDecoder<Rational>{{readout, readout}};
  auto claim = lrnn::parse_transition_class("diagonal[-1,1]", {"class"});
  return {small_alphabet(2), true, {first, second}, {false, true}, claim};
}

/// Its language: states (sign of the first layer, sign of the second).
inline automata::Dfa two_layer_language() {
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < 4; ++q) {
    next.emplace_back();
    for (std::size_t letter = 0; letter < 2; ++letter) {
      const std::size_t odd = letter == 0 ? 1 - q / 2 : q / 2;
      next.back().push_back(2 * odd + (odd == 1 ? 1 - q % 2 : q % 2));
    }
  }
  return dfa_from_table(small_alphabet(2), next, {0, 2});
}

/// One certificate of each kind: every form of matrix, every form of decoder, one layer, two and none.
inline std::vector<NamedCertificate> sample_certificates() {
  const auto s3 = catalogue_language("s3-word-problem");
  const auto ends = regex_language(".*ab", "ab");
  std::vector<NamedCertificate> samples;
  samples.push_back({"one-hot", certificate_of(compiler::compile_one_hot(ends))});
  samples.push_back({"dense", certificate_of(compiler::compile_dense_one_hot(regex_language("(ab)*"), {}))});
  samples.push_back({"permutation", certificate_of(compiler::compile_permutation(regex_language("(aaa)*")))});
  samples.push_back({"permuted points", certificate_of(compiler::compile_permuted_points(s3, {}))});
  samples.push_back({"reduced", certificate_of(compiler::compile_reduced(s3, compiler::ReducedForm::kRankOne, {}))});
  samples.push_back(
      {"reduced, dense", certificate_of(compiler::compile_reduced(s3, compiler::ReducedForm::kDense, {}))});
  samples.push_back({"no layer", certificate_of(compiler::compile_current_letter(regex_language(".*b", "ab")))});
  samples.push_back({"two layers", explored(two_layer_network(), two_layer_language())});
  return samples;
}

struct NamedFieldCertificate {
  std::string name;
  certificate::Certificate<exact::NumberField> certificate;
};

/// The symmetries of a regular pentagon, as those of an icosahedron that fix an axis: a rotation by two reflections and
/// one of these. The words that are the identity, over ℚ(√5).
inline lrnn::Network<exact::FieldElement> pentagon_network(const exact::NumberField& k, bool dense) {
  using S = exact::FieldElement;
  const auto number = [&](const char* text) { return k.parse(text, {"sample"}); };
  const lrnn::HouseholderFactor<S> mirror{number("2"), lrnn::unit_vector(k, 3, 1)};
  const lrnn::HouseholderFactor<S> other{
      number("2"), lrnn::sparse(k, std::vector<S>{k.one(), number("-1/2-1/2*sqrt(5)"), number("1/2-1/2*sqrt(5)")})};
  const lrnn::Transition<S> turn = lrnn::HouseholderProduct<S>{3, {mirror, other}};
  const lrnn::Transition<S> flip = lrnn::HouseholderProduct<S>{3, {mirror}};
  const lrnn::SparseVector<S> start = lrnn::sparse(k, std::vector<S>{k.one(), number("1/3"), number("-sqrt(5)")});
  lrnn::Layer<S> layer{3, start, {}, core::Alphabet({"no", "yes"}), {}};
  for (const auto& a : {turn, flip}) {
    layer.maps.push_back({dense ? lrnn::Transition<S>(lrnn::Dense<S>{lrnn::to_dense(k, a)}) : a, {3, {}}});
  }
  // All states have the same length, so the start is the one with the largest product with itself.
  layer.decoder = lrnn::AffineDecoder<S>{{{start,
                                           number("-55/9"),
                                           {number("0"), number("sqrt(5)")},
                                           {core::symbol(0), core::symbol(1), core::symbol(0)}}}};
  auto claim = lrnn::parse_transition_class(dense ? "dense" : "householder[-1,1]:2", {"class"});
  return {small_alphabet(2), true, {layer}, {false, true}, claim};
}

/// Its language: five rotations, and five with a reflection.
inline automata::Dfa pentagon_language() {
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < 10; ++q) {
    const std::size_t angle = q % 5;
    const bool mirrored = q >= 5;
    // The turn acts on top; a mirror reverses the turns before it.
    next.push_back({mirrored ? 5 + (angle + 1) % 5 : (angle + 1) % 5, (mirrored ? 0 : 5) + (5 - angle) % 5});
  }
  return dfa_from_table(small_alphabet(2), next, {0});
}

/// Certificates over number fields: householder, dense.
inline std::vector<NamedFieldCertificate> sample_field_certificates() {
  const exact::NumberField k = field_of_sqrt5();
  std::vector<NamedFieldCertificate> samples;
  for (const bool dense : {false, true}) {
    const auto network = pentagon_network(k, dense);
    auto found = certificate::explore(k, network, pentagon_language(), {});
    samples.push_back({dense ? "pentagon, dense" : "pentagon", found.verdict.proof()});
  }
  // The same with the points as a table, which then has a row for each.
  auto with_table = samples[0].certificate;
  lrnn::TableDecoder<exact::FieldElement> table;
  for (const auto& point : with_table.points) {
    table.rows.push_back({point.vectors[0], {core::symbol(point.state == automata::state(0) ? 1 : 0)}});
  }
  with_table.network.layers[0].decoder = std::move(table);
  samples.push_back({"pentagon, table", std::move(with_table)});
  return samples;
}

}  // namespace eigenmata::testing
