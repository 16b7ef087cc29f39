// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/error.hpp"
#include "checker/regex.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

// An even number of a's: h is 1 or −1.
constexpr const char* kParity = R"(eigenmata-certificate 1
kind points
numbers rational
class diagonal[-1,1]
letters 2
letter "a"
letter "b"
automaton 2 initial 0
accepting 0
next 1 0
next 0 1
network 1 empty-word accept
layer 1 inputs 2 outputs 2
start 0:1
map diagonal
entries 0:-1
offset
map diagonal
entries 0:1
offset
decoder affine shared
readout 0:1 | 0 | 0 | 0 1
accept 1
points 2
point start state 0
at 0:1
step 1 0
point from 0 0 state 1
at 0:-1
step 0 1
end
)";

// The same by a reflection that exchanges two coordinates.
constexpr const char* kSwap = R"(eigenmata-certificate 1
kind points
numbers rational
class householder[-1,1]:1
letters 2
letter "a"
letter "b"
automaton 2 initial 0
accepting 0
next 1 0
next 0 1
network 1 empty-word accept
layer 2 inputs 2 outputs 2
start 0:1
map householder 1
factor 2 | 0:3/7 1:-3/7
offset
map householder 0
offset
decoder affine shared
readout 0:1 | -1/2 | 0 | 0 1
accept 1
points 2
point start state 0
at 0:1
step 1 0
point from 0 0 state 1
at 1:1
step 0 1
end
)";

// The last command was set (a), not reset (b): copies of one coordinate to the other.
constexpr const char* kFlipFlop = R"(# written by hand
eigenmata-certificate 1
kind points
numbers rational
class rank-one:1
letters 3
letter "set"
letter "reset"
letter " "
automaton 2 initial 0
accepting 1
next 1 0 0
next 1 0 1
network 1 empty-word reject
layer 2 inputs 3 outputs 2
start 0:1
map rank-one 1
factor 0:1 1:-1 | 0:1
offset
map rank-one 1
# a comment between two lines
factor 0:-1 1:1 | 1:1
offset
map rank-one 0
offset
decoder affine shared
readout 1:2 | 0 | 1 | 0 1
accept 1
points 2
point start state 0
at 0:1
step 1 0 0
point from 0 0 state 1
at 1:1
step 1 0 1
end
# the end
)";

// Layer 1 is the parity of the a's so far; layer 2 counts, modulo 2, how often it was odd.
constexpr const char* kTwoLayers = R"(eigenmata-certificate 1
kind points
numbers rational
class none
letters 2
letter "a"
letter "b"
automaton 4 initial 0
accepting 0 2
next 3 0
next 2 1
next 0 3
next 1 2
network 2 empty-word accept
layer 1 inputs 2 outputs 2
start 0:1
map diagonal
entries 0:-1
offset
map diagonal
entries 0:1
offset
decoder affine shared
readout 0:-1 | 0 | 0 | 0 1
layer 1 inputs 2 outputs 2
start 0:1
map rank-one 0
offset
map householder 1
factor 2 | 0:5
offset
decoder affine shared
readout 0:1 | 0 | 0 | 0 1
accept 1
points 4
point start state 0
at 0:1
at 0:1
step 1 0
point from 0 0 state 3
at 0:-1
at 0:-1
step 2 3
point from 1 0 state 1
at 0:1
at 0:-1
step 3 2
point from 1 1 state 2
at 0:-1
at 0:1
step 0 1
end
)";

constexpr const char* kLastIsA = R"(eigenmata-certificate 1
kind points
numbers rational
class none
letters 2
letter "a"
letter "\u0062"
automaton 2 initial 0
accepting 1
next 1 0
next 1 0
network 0 empty-word reject
accept 0
points 2
point start state 0
step 1 0
point from 0 0 state 1
step 1 0
end
)";

// The number of a's is divisible by 3: a rotation of order 3 in a skew basis, as a dense matrix.
constexpr const char* kTable = R"(eigenmata-certificate 1
kind points
numbers rational
class dense
letters 2
letter "a"
letter "b"
automaton 3 initial 0
accepting 0
next 1 0
next 2 1
next 0 2
network 1 empty-word accept
layer 2 inputs 2 outputs 2
start 0:1
map dense
row 1:-1
row 0:1 1:-1
offset
map dense
row 0:1
row 1:1
offset
decoder table 3
row 0:1 | 1
row 1:1 | 0 0
row 0:-1 1:-1 | 0
accept 1
points 3
point start state 0
at 0:1
step 1 0
point from 0 0 state 1
at 1:1
step 2 1
point from 1 0 state 2
at 0:-1 1:-1
step 0 2
end
)";

// An odd number of a's, the last letter an a: the decoder looks at the letter.
constexpr const char* kByLetter = R"(eigenmata-certificate 1
kind points
numbers rational
class diagonal[-1,1]
letters 2
letter "a"
letter "b"
automaton 3 initial 0
accepting 1
next 1 0
next 0 2
next 0 2
network 1 empty-word reject
layer 1 inputs 2 outputs 2
start 0:1
map diagonal
entries 0:-1
offset
map diagonal
entries 0:1
offset
decoder affine by-letter
readout 0:1 | 0 | 0 | 1 0
readout | 0 | | 0
accept 1
points 3
point start state 0
at 0:1
step 1 0
point from 0 0 state 1
at 0:-1
step 0 2
point from 1 1 state 2
at 0:-1
step 0 2
end
)";

// Some a occurs: h ← 0 h + 1/3. The threshold is met exactly.
constexpr const char* kOffset = R"(eigenmata-certificate 1
kind points
numbers rational
class diagonal[0,1]
letters 2
letter "é"
letter "b"
automaton 2 initial 0
accepting 1
next 1 0
next 1 1
network 1 empty-word reject
layer 1 inputs 2 outputs 3
start
map diagonal
entries
offset 0:1/3
map diagonal
entries 0:1
offset
decoder affine shared
readout 0:3 | 1/2 | -1/2 3/2 2 | 0 1 2 0
accept 2
points 2
point start state 0
at
step 1 0
point from 0 0 state 1
at 0:1/3
step 1 1
end
)";

// An odd number of letters: h and 1/c − h in turn, numbers beyond 64 bits.
constexpr const char* kLarge = R"(eigenmata-certificate 1
kind points
numbers rational
class none
letters 1
letter "a"
automaton 2 initial 0
accepting 1
next 1
next 0
network 1 empty-word reject
layer 1 inputs 1 outputs 2
start 0:123456789012345678901234567891/7
map diagonal
entries 0:-1
offset 0:1/98765432109876543210
decoder table 2
row 0:123456789012345678901234567891/7 | 0
row 0:-12193263113702179522496570642336229233221140070103/691358024769135802470 | 1
accept 1
points 2
point start state 0
at 0:123456789012345678901234567891/7
step 1
point from 0 0 state 1
at 0:-12193263113702179522496570642336229233221140070103/691358024769135802470
step 0
end
)";

/// Certificates of `kind layers`, which the fuzzing script uses too.
std::string read_sample(const std::string& name) {
  std::ifstream in(std::string(EIGENMATA_CHECKER_SAMPLES "/") + name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error("no sample " + name);
  return text.str();
}

}  // namespace

const std::map<std::string, std::string>& samples() {
  static const std::map<std::string, std::string> all = {
      {"parity", kParity},
      {"swap", kSwap},
      {"flip-flop", kFlipFlop},
      {"two layers", kTwoLayers},
      {"last is a", kLastIsA},
      {"table", kTable},
      {"by letter", kByLetter},
      {"offset", kOffset},
      {"large", kLarge},
      {"digits", read_sample("digits.cert")},
      {"cascade", read_sample("cascade.cert")},
      {"boxes", read_sample("boxes.cert")},
      {"rows", read_sample("rows.cert")},
  };
  return all;
}

Outcome outcome_of(const std::string& text) {
  std::istringstream in(text);
  try {
    const Certificate certificate = read_certificate(in, "cert");
    const std::optional<Failure> failure = check(certificate);
    if (!failure) return {0, 0, 0, ""};
    return {10, failure->line, failure->rule, failure->reason};
  } catch (const Error& error) {
    const std::string message = error.what();
    return {2, std::stoul(message.substr(message.find(':') + 1)), 0, message};
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string with_line(const std::string& text, std::size_t number, const std::string& line) {
  std::vector<std::string> lines = lines_of(text);
  lines.at(number - 1) = line;
  return joined(lines);
}

std::size_t line_number(const std::string& text, const std::string& line) {
  const std::vector<std::string> lines = lines_of(text);
  const auto place = std::find(lines.begin(), lines.end(), line);
  if (place == lines.end()) throw std::logic_error("no line " + line);
  return static_cast<std::size_t>(place - lines.begin()) + 1;
}

std::vector<std::vector<LetterId>> words_up_to(std::size_t length, LetterId letters) {
  std::vector<std::vector<LetterId>> words = {{}};
  for (std::size_t i = 0; i < words.size() && words[i].size() < length; ++i) {
    for (LetterId a = 0; a < letters; ++a) {
      std::vector<LetterId> longer = words[i];
      longer.push_back(a);
      words.push_back(std::move(longer));
    }
  }
  return words;
}

bool accepts(const Dfa& dfa, const std::vector<LetterId>& word) {
  State s = dfa.initial;
  for (const LetterId a : word) s = dfa.successor(s, a);
  return dfa.accepting[s];
}

bool accepts(const Language& language, const std::vector<std::string>& word) {
  std::vector<LetterId> ids;
  for (const std::string& letter : word) {
    const auto place = std::find(language.alphabet.begin(), language.alphabet.end(), letter);
    if (place == language.alphabet.end()) return false;
    ids.push_back(static_cast<LetterId>(place - language.alphabet.begin()));
  }
  return accepts(language.automaton, ids);
}

Language regex(const std::string& text) { return compile_regex(text, std::nullopt); }

Language regex(const std::string& text, const std::vector<std::string>& alphabet) {
  return compile_regex(text, alphabet);
}

}  // namespace eigenmata::checker
