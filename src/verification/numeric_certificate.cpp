// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/numeric_certificate.hpp"

namespace eigenmata::verification {
namespace {

/// A number's bits, in hexadecimal digits.
void append_code(std::string& text, std::uint64_t code, std::size_t digits) {
  text += ' ';
  for (std::size_t d = digits; d-- > 0;) text += "0123456789abcdef"[code >> (4 * d) & 15];
}

std::size_t digits_of(std::size_t bits) { return (bits + 3) / 4; }

}  // namespace

template <exact::ExactArithmetic K>
std::string write_certificate(const K& k, const lrnn::Network<typename K::Scalar>& network, std::string_view semantics,
                              const NumericClosure& closure, const core::Limits& limits) {
  constexpr std::size_t kMostDigitsOfAState = 10;
  const std::size_t digits = digits_of(closure.number_bits);
  const std::size_t line = std::string_view("state ").size() + kMostDigitsOfAState +
                           closure.coordinates * (digits + 1) +
                           (closure.chunk == 0 ? 0 : 2 + kMostDigitsOfAState * closure.chunk);
  limits.require_memory(closure.states.size() * (line + 1), "the certificate");
  std::string text = certificate::numeric_heading(k, network, closure.automaton, semantics);
  text += "# state of the automaton, then the bits of every coordinate of every layer" +
          std::string(closure.chunk == 0 ? "\n" : " at the last boundary | the letters since\n");
  text += "states " + std::to_string(closure.states.size()) + "\n";
  for (std::size_t i = 0; i < closure.states.size(); ++i) {
    text += "state " + std::to_string(index(closure.automaton_state(i)));
    for (std::size_t c = 0; c < closure.coordinates; ++c) append_code(text, closure.code(i, c), digits);
    if (closure.chunk != 0) {
      text += " |";
      for (const core::Symbol letter : closure.since_boundary(i)) text += " " + std::to_string(core::index(letter));
    }
    text += '\n';
  }
  text += "end\n";
  return text;
}

template <exact::ExactArithmetic K>
std::string write_certificate(const K& k, const lrnn::Network<typename K::Scalar>& network, std::string_view semantics,
                              const precision::FloatArithmetic& arithmetic, const ClosedRegion& region) {
  const std::size_t digits = digits_of(static_cast<std::size_t>(arithmetic.bits()));
  std::string boxes;
  std::size_t count = 0;
  for (std::size_t q = 0; q < region.boxes.size(); ++q) {
    if (!region.boxes[q]) continue;
    ++count;
    boxes += "box " + std::to_string(q);
    for (const Interval& side : *region.boxes[q]) {
      append_code(boxes, arithmetic.pack(side.low), digits);
      append_code(boxes, arithmetic.pack(side.high), digits);
    }
    boxes += '\n';
  }
  return certificate::numeric_heading(k, network, region.automaton, semantics) +
         "# state of the automaton, then for every coordinate of every layer the bits of the least and largest "
         "number\n" +
         "boxes " + std::to_string(count) + "\n" + boxes + "end\n";
}

#define EIGENMATA_CERTIFICATES(K, S)                                                                        \
  template std::string write_certificate(const exact::K&, const lrnn::Network<exact::S>&, std::string_view, \
                                         const NumericClosure&, const core::Limits&);                       \
  template std::string write_certificate(const exact::K&, const lrnn::Network<exact::S>&, std::string_view, \
                                         const precision::FloatArithmetic&, const ClosedRegion&);
EIGENMATA_CERTIFICATES(RationalArithmetic, Rational)
EIGENMATA_CERTIFICATES(NumberField, FieldElement)
EIGENMATA_CERTIFICATES(CyclotomicField, FieldElement)
#undef EIGENMATA_CERTIFICATES

}  // namespace eigenmata::verification
