// SPDX-License-Identifier: Apache-2.0
#include "checker/numeric_semantics.hpp"

#include "checker/limits.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

using Result = std::optional<NumericSemantics>;

constexpr std::uint32_t kUsualChunk = 64;

NumericSemantics all_in(const NumberFormat& format) { return {format, format, format, format, format}; }

Result parse_float(std::string_view text, std::string& fault) {
  const std::size_t comma = text.find(',');
  const std::string_view name = text.substr(0, comma);
  const std::optional<NumberFormat> format = NumberFormat::floating(name);
  if (!format) {
    fault = quoted(name) + " is no float format";
    return std::nullopt;
  }
  NumericSemantics result = all_in(*format);
  if (comma == std::string_view::npos) return result;
  const std::string_view plan = text.substr(comma + 1);
  const NumberFormat wide = *NumberFormat::floating(name == "f64" ? "f64" : "f32");
  if (plan == "pytorch-loop") {
    result.products = result.sums = wide;
  } else if (plan == "fla-recurrent") {
    result.products = result.sums = result.operations = result.states = wide;
    result.in_pairs = result.fused = result.normalised = true;
  } else if (const std::size_t colon = plan.find(':'); plan.substr(0, colon) == "fla-chunk") {
    const std::optional<std::uint32_t> chunk =
        colon == std::string_view::npos ? kUsualChunk : parse_count(plan.substr(colon + 1));
    if (!chunk || *chunk == 0 || *chunk > kMaxChunk) {
      fault = "expected fla-chunk:C with from 1 to " + std::to_string(kMaxChunk) + " letters a chunk";
      return std::nullopt;
    }
    result.products = result.sums = result.operations = result.states = wide;
    result.in_pairs = result.normalised = true;
    result.chunk = *chunk;
  } else if (plan == "stochastic") {
    result.stochastic = true;
  } else if (plan != "all-same") {
    fault = quoted(plan) +
            " is no rounding plan; expected all-same, pytorch-loop, fla-recurrent, fla-chunk[:C] or stochastic";
    return std::nullopt;
  }
  return result;
}

/// The format of so many bits, if they are neither none nor too many.
Result of_bits(std::optional<std::uint32_t> integer, std::optional<std::uint32_t> fraction, bool is_signed, bool wraps,
               std::string& fault) {
  const std::uint32_t sign = is_signed ? 1 : 0;
  constexpr std::uint32_t kMost = NumberFormat::kMaxBits;
  if (!integer || !fraction || *integer > kMost || *fraction > kMost || *integer + *fraction + sign < 1 ||
      *integer + *fraction + sign > kMost) {
    fault = "expected from 1 to " + std::to_string(kMost) + " bits, the sign counted";
    return std::nullopt;
  }
  return all_in(NumberFormat::fixed(*integer, *fraction, is_signed, wraps));
}

}  // namespace

Result NumericSemantics::parse(std::string_view text, std::string& fault) {
  const std::size_t colon = text.find(':');
  const std::string_view kind = text.substr(0, colon);
  const std::string_view rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
  if (kind == "float") return parse_float(rest, fault);
  if (kind == "fixed") {
    const std::size_t dot = rest.find('.');
    const std::string_view fraction = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
    return of_bits(parse_count(rest.substr(0, dot)), parse_count(fraction), true, false, fault);
  }
  if (kind == "uint") return of_bits(parse_count(rest), 0, false, true, fault);
  if (kind == "int") {
    constexpr std::string_view kWrap = ",wrap";
    const bool wraps = rest.size() > kWrap.size() && rest.substr(rest.size() - kWrap.size()) == kWrap;
    std::optional<std::uint32_t> bits = parse_count(wraps ? rest.substr(0, rest.size() - kWrap.size()) : rest);
    if (bits && *bits > 0) return of_bits(*bits - 1, 0, true, wraps, fault);
    return of_bits(std::nullopt, 0, true, wraps, fault);
  }
  fault = quoted(text) +
          " is no semantics of finitely many bits; expected float:FORMAT[,PLAN], fixed:I.F, "
          "int:N[,wrap] or uint:N";
  return std::nullopt;
}

}  // namespace eigenmata::checker
