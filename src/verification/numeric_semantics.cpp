// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/numeric_semantics.hpp"

#include <cassert>
#include <cstdlib>

namespace eigenmata::verification {
namespace {

using expressivity::Semantics;
using precision::FixedFormat;
using Kind = Semantics::Kind;

/// "bf16" and "all-same" of "float:bf16".
struct FloatName {
  std::string format;
  std::string plan;
};

FloatName float_name(const Semantics& semantics) {
  const std::string rest = semantics.text.substr(std::string("float:").size());
  const std::size_t comma = rest.find(',');
  if (comma == std::string::npos) return {rest, "all-same"};
  return {rest.substr(0, comma), rest.substr(comma + 1)};
}

/// The numbers behind the colon: one, or two with a dot between them.
struct Bits {
  unsigned long long first = 0;
  unsigned long long second = 0;
};

Bits bits_of(const Semantics& semantics) {
  const std::string rest = semantics.text.substr(semantics.text.find(':') + 1);
  const std::size_t dot = rest.find('.');
  Bits bits{std::strtoull(rest.c_str(), nullptr, 10), 0};
  if (dot != std::string::npos) bits.second = std::strtoull(rest.c_str() + dot + 1, nullptr, 10);
  return bits;
}

}  // namespace

bool is_numeric(const Semantics& semantics) {
  return semantics.rounds_each_step() || semantics.kind == Kind::kWrapAround;
}

std::optional<std::string> why_not_built(const Semantics& semantics) {
  assert(is_numeric(semantics));
  if (semantics.kind == Kind::kFloat) return std::nullopt;
  const Bits bits = bits_of(semantics);
  if (bits.first + bits.second + (semantics.kind == Kind::kFixed ? 1 : 0) > FixedFormat::kMostBits)
    return "semantics " + semantics.text + " with more than " + std::to_string(FixedFormat::kMostBits) + " bits";
  return std::nullopt;
}

NumericArithmetic numeric_arithmetic(const Semantics& semantics) {
  assert(is_numeric(semantics) && !why_not_built(semantics));
  if (semantics.kind == Kind::kFloat) {
    const FloatName name = float_name(semantics);
    const auto& format = precision::float_format(name.format, {"--semantics"});
    return precision::FloatArithmetic(precision::named_plan(name.plan, format, {"--semantics"}));
  }
  const Bits bits = bits_of(semantics);
  const auto first = static_cast<int>(bits.first);
  if (semantics.kind == Kind::kFixed)
    return precision::FixedArithmetic(FixedFormat::fixed(first, static_cast<int>(bits.second)));
  if (semantics.kind == Kind::kSaturating) return precision::FixedArithmetic(FixedFormat::saturating_integer(first));
  return precision::FixedArithmetic(semantics.text.starts_with("uint:") ? FixedFormat::unsigned_integer(first)
                                                                        : FixedFormat::wrapping_integer(first));
}

std::string description(const precision::FloatArithmetic& arithmetic) { return arithmetic.plan().description(); }

std::string description(const precision::FixedArithmetic& arithmetic) {
  const FixedFormat& format = arithmetic.number_format();
  if (format.wraps)
    return "integers modulo 2^" + std::to_string(format.bits()) + ", every operation" +
           (format.is_signed ? "; compared as numbers of two's complement" : "");
  if (format.fraction_bits == 0)
    return "integers of " + std::to_string(format.bits()) + " bits, every operation saturates";
  return "fixed point with " + std::to_string(format.integer_bits) + " integer and " +
         std::to_string(format.fraction_bits) +
         " fraction bits and a sign; every operation rounded nearest-even, then saturated";
}

}  // namespace eigenmata::verification
