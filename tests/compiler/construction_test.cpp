// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/construction.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/automata/words.hpp"
#include "support/constructions.hpp"

namespace eigenmata::compiler {
namespace {

using exact::Rational;

TEST_CASE("the certificate by codes has a point for each state, reached by a shortest word", "[construction]") {
  EIGENMATA_SEEDED(random, 191);
  for (int round = 0; round < 100; ++round) {
    const auto minimal = automata::minimised(testing::random_dfa(random, 1 + random.below(10), 1 + random.below(3)));
    // Any codes will do: they are not looked at.
    std::vector<lrnn::JointState<Rational>> codes;
    for (std::size_t q = 0; q < minimal.states(); ++q)
      codes.push_back({lrnn::SparseVector<Rational>(1, {{0, Rational(q + 1)}})});
    const lrnn::RationalNetwork network{minimal.alphabet(), false, {}, {}, std::nullopt};
    const auto certificate = certificate_by_codes(network, minimal, codes);
    CAPTURE(round);
    REQUIRE(certificate.points.size() == minimal.states());
    REQUIRE(certificate.steps.size() == minimal.states() * minimal.letters());
    for (std::size_t q = 0; q < minimal.states(); ++q) {
      const auto& point = certificate.points[q];
      REQUIRE(point.state == automata::state(q));
      REQUIRE(point.vectors[0].entries()[0].value == Rational(q + 1));
      for (std::size_t x = 0; x < minimal.letters(); ++x) {
        REQUIRE(certificate.steps[q * minimal.letters() + x] ==
                index(minimal.step(automata::state(q), core::symbol(x))));
      }
      // Back along `from` to the start.
      std::size_t length = 0;
      for (std::size_t p = q; p != 0; p = certificate.points[p].from, ++length) {
        REQUIRE(certificate.points[p].from < p);
        REQUIRE(minimal.step(automata::state(certificate.points[p].from), certificate.points[p].letter) ==
                automata::state(p));
      }
      REQUIRE(length == automata::shortest_path(minimal, automata::state(0), automata::state(q))->size());
    }
  }
}

}  // namespace
}  // namespace eigenmata::compiler
