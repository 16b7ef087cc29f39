// SPDX-License-Identifier: Apache-2.0
//
// Where published statements disagree, a network decides: those of proofs/networks, as proofs/expressivity.md tells it.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "eigenmata/certificate/any.hpp"
#include "eigenmata/core/input.hpp"
#include "program.hpp"

namespace eigenmata::cli {
namespace {

using testing::eigenmata;
using testing::eigenmata_check;
using testing::Run;

std::string network(const char* name) { return std::string(EIGENMATA_SOURCE_DIR "/proofs/networks/") + name; }

bool prints(const Run& run, const char* text) { return run.out.find(text) != std::string::npos; }

TEST_CASE("two layers of reflections count modulo 3", "[disagreements]") {
  const std::string model = network("mod-3-by-reflections.json");
  CHECK(eigenmata({"check", model, "mod-3"}).exit == 0);
  const Run spectra = eigenmata({"show", model});
  CHECK(prints(spectra, "class householder[-1,1]:1"));
  CHECK(prints(spectra, "eigenvalues 1 (x2), -1"));
  CHECK_FALSE(prints(spectra, "e("));
  CHECK(eigenmata({"decide", "mod-3", "--class", "householder[-1,1]:1", "--layers", "2"}).exit == 0);
  CHECK(eigenmata({"decide", "mod-3", "--class", "householder[-1,1]:1", "--layers", "1"}).exit == 10);
  CHECK(eigenmata({"decide", "mod-3", "--class", "triangular[-1,1]"}).exit == 10);
}

TEST_CASE("nilpotent letters, and a word with the eigenvalue -1", "[disagreements]") {
  const std::string model = network("abab-by-nilpotent-letters.json");
  CHECK(eigenmata({"check", model, "-e", "(abab)*"}).exit == 0);
  CHECK(prints(eigenmata({"show", model}), "eigenvalues 0 (x2)"));
  CHECK_FALSE(prints(eigenmata({"show", model}), "-1"));
  CHECK(prints(eigenmata({"show", model, "--word", "ab"}), "eigenvalues 0, -1"));
  CHECK(eigenmata({"decide", "-e", "(abab)*", "--class", "triangular[0,1]"}).exit == 10);
}

TEST_CASE("idempotent letters that turn", "[disagreements]") {
  const std::string model = network("turns-by-idempotent-letters.json");
  CHECK(eigenmata({"check", model, "-e", "e*(f+e+f+e+)*"}).exit == 0);
  CHECK(prints(eigenmata({"show", model}), "eigenvalues 1 (x2), 0 (x2)"));
  CHECK(prints(eigenmata({"show", model, "--word", "fe"}), "-1"));
  CHECK(eigenmata({"decide", "-e", "e*(f+e+f+e+)*", "--class", "diagonal[0,1]"}).exit == 10);
}

/// diag(w) − κ (a ∘ κ)ᵀ with κ along k, as RWKV-7 with c = 1 has it.
exact::Matrix<exact::Rational> decayed_key(const std::vector<exact::Rational>& w, const std::vector<exact::Rational>& a,
                                           const std::vector<int>& k) {
  exact::Matrix<exact::Rational> result(w.size(), w.size(), 0);
  int norm = 0;
  for (const int x : k) norm += x * x;
  for (std::size_t i = 0; i < w.size(); ++i) {
    for (std::size_t j = 0; j < w.size(); ++j)
      result(i, j) = (i == j ? w[i] : exact::Rational(0)) - exact::Rational(k[i] * k[j], norm) * a[j];
  }
  return result;
}

TEST_CASE("letters that settle, and a pair of them that does not: RWKV-7 with c = 1 beyond the definite languages",
          "[disagreements]") {
  using exact::Rational;
  const std::string certificate = network("ab-star-by-settling-letters.cert");
  CHECK(eigenmata_check({certificate, "ab-star"}).exit == 0);
  CHECK(eigenmata_check({certificate, "-e", "(ab)*|(ab)*aa", "-a", "ab"}).exit == 10);
  const auto read = certificate::read_any_certificate(core::read_input(certificate));
  CHECK(certificate::check(read, {}).is_yes());
  const auto& layers = std::get<certificate::LayerwiseCertificate>(read).network.layers;
  REQUIRE(layers.size() == 1);
  struct Gates {
    std::vector<Rational> w, a;
    std::vector<int> k;
  };
  const std::vector<Gates> gates{
      {{Rational(14'723, 15'000), Rational(3, 5)}, {Rational(5, 6), Rational(2, 3)}, {1, -3}},
      {{Rational(1'109, 1'125), Rational(3, 5)}, {Rational(41, 2'000), Rational(123, 125)}, {4, -5}}};
  for (std::size_t x = 0; x < 2; ++x) {
    CHECK(std::get<lrnn::Dense<Rational>>(layers[0].maps[x].a).matrix.entries() ==
          decayed_key(gates[x].w, gates[x].a, gates[x].k).entries());
    CHECK(layers[0].maps[x].b.entries().empty());
    for (const auto& gate : {gates[x].w[0], gates[x].w[1], gates[x].a[0], gates[x].a[1]}) CHECK((gate > 0 && gate < 1));
    for (const auto& w : gates[x].w) CHECK(w > Rational(546, 1'000));
  }
  CHECK(eigenmata({"decide", "ab-star", "--class", "mamba"}).exit == 10);
}

}  // namespace
}  // namespace eigenmata::cli
