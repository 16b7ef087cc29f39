// SPDX-License-Identifier: Apache-2.0
//
// Certificates that claim an architecture: what the first token writes, and what the others may.
#include "checker/architecture.hpp"

#include <catch2/catch.hpp>

#include "support.hpp"

namespace eigenmata::checker {
namespace {

/// Two points that letter a swaps and letter b leaves: parity by DeltaNet with beta in [0,2].
const std::string kParity = R"(eigenmata-certificate 1
kind points
numbers rational
class deltanet[-1,1]
letters 2
letter "a"
letter "b"
automaton 2 initial 0
accepting 0
next 1 0
next 0 1
network 1 empty-word accept
layer 2 inputs 2 outputs 2
start bos
map householder 1
factor 1 | 0:1 1:2
offset 0:1 1:2
map householder 1
factor 2 | 0:1 1:-1
offset
map householder 0
offset
decoder affine shared
readout 0:1 | 0 | 3/2 | 0 1
accept 0
points 2
point start state 0
at 0:1 1:2
step 1 0
point from 0 0 state 1
at 0:2 1:1
step 0 1
end
)";

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = kParity;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("a tied network is proved", "[checker][architecture]") {
  const Outcome good = outcome_of(kParity);
  INFO(good.message);
  CHECK(good.code == 0);
  for (const char* name : {"deltaproduct:1[-1,1]", "deltaproduct:3[-1,1]", "ttt-linear[no-norm]", "rwkv7[-1,1]",
                           "gated-deltanet[-1,1]", "slice", "householder[-1,1]:1", "none"}) {
    CAPTURE(name);
    CHECK(outcome_of(replaced("class deltanet[-1,1]", std::string("class ") + name)).code == 0);
  }
}

TEST_CASE("a claim that does not hold is told with its line", "[checker][architecture]") {
  const auto broken = [](const std::string& text, std::size_t line) {
    const Outcome outcome = outcome_of(text);
    INFO(outcome.message);
    CHECK(outcome.code == 10);
    CHECK(outcome.rule == 7);
    CHECK(outcome.line == line);
  };
  broken(replaced("class deltanet[-1,1]", "class deltanet[0,1]"), 18);  // a reflection
  broken(replaced("class deltanet[-1,1]", "class deltanet"), 18);
  broken(replaced("class deltanet[-1,1]", "class mamba[0,1]"), 18);
  broken(replaced("class deltanet[-1,1]", "class mamba3"), 18);
  broken(replaced("factor 1 | 0:1 1:2", "factor 1 | 0:1 1:1"), 15);  // the key is not along what is written
  broken(replaced("factor 1 | 0:1 1:2", "factor 0 | 0:1 1:2"), 15);  // nothing is written by a step of size 0
  // No token writes the start.
  broken(replaced("start bos\nmap householder 1\nfactor 1 | 0:1 1:2\noffset 0:1 1:2\n", "start 0:1 1:2\n"), 13);
}

TEST_CASE("the layout of the first token", "[checker][architecture]") {
  CHECK(outcome_of(replaced("start bos", "start bos 0:1")).code == 2);
  CHECK(outcome_of(replaced("start bos\n", "start boss\n")).code == 2);
  CHECK(outcome_of(replaced("class deltanet[-1,1]", "class deltanet[-1,1]:1")).code == 2);
  CHECK(outcome_of(replaced("offset 0:1 1:2", "offset 0:1 1:3")).code == 10);  // the start is another one then
}

}  // namespace
}  // namespace eigenmata::checker
