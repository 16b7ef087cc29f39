// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/numeric_certificate.hpp"

namespace eigenmata::verification {

template <exact::ExactArithmetic K>
std::string write_certificate(const K& k, const lrnn::Network<typename K::Scalar>& network, std::string_view semantics,
                              const NumericClosure& closure, const core::Limits& limits) {
  constexpr std::size_t kMostDigitsOfAState = 10;
  const std::size_t digits = (closure.number_bits + 3) / 4;
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
    for (std::size_t c = 0; c < closure.coordinates; ++c) {
      const std::uint64_t code = closure.code(i, c);
      text += ' ';
      for (std::size_t d = digits; d-- > 0;) text += "0123456789abcdef"[code >> (4 * d) & 15];
    }
    if (closure.chunk != 0) {
      text += " |";
      for (const core::Symbol letter : closure.since_boundary(i)) text += " " + std::to_string(core::index(letter));
    }
    text += '\n';
  }
  text += "end\n";
  return text;
}

template std::string write_certificate(const exact::RationalArithmetic&, const lrnn::Network<exact::Rational>&,
                                       std::string_view, const NumericClosure&, const core::Limits&);
template std::string write_certificate(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&,
                                       std::string_view, const NumericClosure&, const core::Limits&);
template std::string write_certificate(const exact::CyclotomicField&, const lrnn::Network<exact::FieldElement>&,
                                       std::string_view, const NumericClosure&, const core::Limits&);

}  // namespace eigenmata::verification
