// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/spectrum_set.hpp"

#include <algorithm>

#include "eigenmata/core/text.hpp"

namespace eigenmata::expressivity {
namespace {

using core::Error;
using core::in_quotes;
using core::Place;
using exact::Rational;
using Kind = SpectrumPiece::Kind;

constexpr const char* kExpected =
    "expected numbers like 1/2 or e(1/3), intervals like [0,1), discs D(1/2), circles C(1)";

bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_back(std::string_view& text, std::string_view suffix) {
  if (text.size() < suffix.size() || text.substr(text.size() - suffix.size()) != suffix) return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// A turn less than 1.
Rational fraction_of(const Rational& angle) {
  using boost::multiprecision::denominator;
  using boost::multiprecision::numerator;
  exact::Integer rest = numerator(angle) % denominator(angle);
  if (rest < 0) rest += denominator(angle);
  return Rational(rest, denominator(angle));
}

SpectrumPiece point(Rational modulus, Rational angle) {
  SpectrumPiece piece;
  if (modulus < 0) {
    modulus = -modulus;
    angle += Rational(1, 2);
  }
  piece.angle = modulus == 0 ? Rational(0) : fraction_of(angle);
  piece.modulus = std::move(modulus);
  return piece;
}

SpectrumPiece parse_round(std::string_view whole, std::string_view radius, Kind kind, const Place& place) {
  SpectrumPiece piece;
  piece.kind = kind;
  piece.high_closed = kind == Kind::kCircle || !take(radius, "<");
  if (!take_back(radius, ")")) throw Error(place, in_quotes(whole) + " does not end with ')'");
  piece.modulus = exact::parse_rational(radius, place);
  return piece;
}

SpectrumPiece parse_interval(std::string_view text, const Place& place) {
  const std::size_t comma = text.find(',');
  const char last = text.back();
  if (comma == std::string_view::npos || (last != ']' && last != ')')) {
    throw Error(place, "expected an interval like [-1,1] or (0,1), found " + in_quotes(text));
  }
  SpectrumPiece piece;
  piece.kind = Kind::kInterval;
  piece.low_closed = text[0] == '[';
  piece.high_closed = last == ']';
  piece.low = exact::parse_rational(text.substr(1, comma - 1), place);
  piece.high = exact::parse_rational(text.substr(comma + 1, text.size() - comma - 2), place);
  if (piece.low == piece.high && piece.low_closed && piece.high_closed) return point(piece.low, 0);
  if (piece.high <= piece.low) throw Error(place, "the interval " + in_quotes(text) + " is empty");
  return piece;
}

SpectrumPiece parse_piece(std::string_view text, const Place& place) {
  if (text.empty()) throw Error(place, "an empty piece of a spectrum set; " + std::string(kExpected));
  std::string_view rest = text;
  if (rest[0] == '[' || rest[0] == '(') return parse_interval(rest, place);
  if (take(rest, "D(")) return parse_round(text, rest, Kind::kDisc, place);
  if (take(rest, "C(")) return parse_round(text, rest, Kind::kCircle, place);
  Rational modulus = 1;
  const std::size_t e = rest.find("e(");
  if (e == std::string_view::npos) return point(exact::parse_rational(rest, place), 0);
  if (e > 0) {
    std::string_view factor = rest.substr(0, e);
    if (factor == "-") {
      modulus = -1;
    } else if (take_back(factor, "*")) {
      modulus = exact::parse_rational(factor, place);
    } else {
      throw Error(place, in_quotes(text) + " is no number; " + kExpected);
    }
  }
  std::string_view angle = rest.substr(e + 2);
  if (!take_back(angle, ")")) throw Error(place, in_quotes(text) + " does not end with ')'");
  return point(std::move(modulus), exact::parse_rational(angle, place));
}

/// Splits at the commas outside brackets.
std::vector<std::string_view> split_pieces(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (text[i] != ',' || depth > 0) continue;
    pieces.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  pieces.push_back(text.substr(start));
  return pieces;
}

void validate(const SpectrumPiece& piece) {
  if (piece.kind == Kind::kInterval) {
    if (piece.low < -1 || piece.high > 1)
      throw Error("the interval from " + exact::to_string(piece.low) + " to " + exact::to_string(piece.high) +
                  " leaves the closed unit disc; larger eigenvalues are not treated");
    if (piece.high <= piece.low) throw Error("an interval of a spectrum set is empty");
    return;
  }
  if (piece.modulus < 0 || piece.modulus > 1)
    throw Error("modulus " + exact::to_string(piece.modulus) +
                " is outside 0 to 1; eigenvalues outside the closed unit disc are not treated");
  if (piece.kind != Kind::kPoint && piece.modulus == 0) throw Error("a disc or circle needs a radius above 0");
  if (piece.angle < 0 || piece.angle >= 1) throw Error("an angle of a spectrum set is not in [0, 1)");
}

/// Least common multiple of the denominators.
std::uint64_t common_denominator(const std::vector<Rational>& angles) {
  exact::Integer multiple = 1;
  for (const Rational& angle : angles)
    multiple = boost::multiprecision::lcm(multiple, boost::multiprecision::denominator(angle));
  if (multiple > (std::uint64_t{1} << 32)) throw Error("the angles of a spectrum set have too large denominators");
  return static_cast<std::uint64_t>(multiple);
}

Units units_of(const std::vector<SpectrumPiece>& pieces) {
  Units units;
  for (const SpectrumPiece& piece : pieces) {
    switch (piece.kind) {
      case Kind::kPoint:
        if (piece.modulus == 1) units.angles.push_back(piece.angle);
        break;
      case Kind::kInterval:
        if (piece.high == 1 && piece.high_closed) units.angles.emplace_back(0);
        if (piece.low == -1 && piece.low_closed) units.angles.emplace_back(1, 2);
        break;
      case Kind::kDisc:
      case Kind::kCircle:
        units.all = units.all || (piece.modulus == 1 && piece.high_closed);
        break;
    }
  }
  if (units.all) {
    units.angles.clear();
    units.order = units.ratio_order = 0;
    return units;
  }
  std::sort(units.angles.begin(), units.angles.end());
  units.angles.erase(std::unique(units.angles.begin(), units.angles.end()), units.angles.end());
  units.order = common_denominator(units.angles);
  std::vector<Rational> ratios;
  for (const Rational& angle : units.angles) ratios.push_back(angle - units.angles[0]);
  units.ratio_order = common_denominator(ratios);
  return units;
}

/// The infimum of the moduli of the contractions in the piece, if it has any.
std::optional<Rational> least_contraction_of(const SpectrumPiece& piece) {
  switch (piece.kind) {
    case Kind::kPoint:
    case Kind::kCircle:
      if (piece.modulus == 0 || piece.modulus == 1) return std::nullopt;
      return piece.modulus;
    case Kind::kInterval:
      if (piece.low > 0) return piece.low;
      if (piece.high < 0) return Rational(-piece.high);
      return Rational(0);
    case Kind::kDisc:
      break;
  }
  return Rational(0);
}

bool piece_contains(const SpectrumPiece& piece, const Rational& real) {
  const Rational modulus = real < 0 ? Rational(-real) : real;
  switch (piece.kind) {
    case Kind::kPoint:
      return piece == point(real, 0);
    case Kind::kInterval:
      return (piece.low < real || (piece.low_closed && piece.low == real)) &&
             (real < piece.high || (piece.high_closed && piece.high == real));
    case Kind::kDisc:
      return modulus < piece.modulus || (piece.high_closed && modulus == piece.modulus);
    case Kind::kCircle:
      break;
  }
  return modulus == piece.modulus;
}

std::string to_string(const SpectrumPiece& piece) {
  const auto text = [](const Rational& r) { return exact::to_string(r); };
  switch (piece.kind) {
    case Kind::kInterval:
      return (piece.low_closed ? "[" : "(") + text(piece.low) + "," + text(piece.high) +
             (piece.high_closed ? "]" : ")");
    case Kind::kDisc:
      return std::string("D(") + (piece.high_closed ? "" : "<") + text(piece.modulus) + ")";
    case Kind::kCircle:
      return "C(" + text(piece.modulus) + ")";
    case Kind::kPoint:
      break;
  }
  if (piece.angle == 0) return text(piece.modulus);
  if (piece.angle == Rational(1, 2)) return "-" + text(piece.modulus);
  return (piece.modulus == 1 ? "" : text(piece.modulus) + "*") + "e(" + text(piece.angle) + ")";
}

}  // namespace

bool Units::contains(const Rational& angle) const {
  return all || std::binary_search(angles.begin(), angles.end(), angle);
}

SpectrumSet::SpectrumSet(std::vector<SpectrumPiece> pieces) : pieces_(std::move(pieces)) {
  if (pieces_.empty()) throw Error("a spectrum set is empty; " + std::string(kExpected));
  for (const SpectrumPiece& piece : pieces_) {
    validate(piece);
    const auto least = least_contraction_of(piece);
    if (least && (!least_contraction_ || *least < *least_contraction_)) least_contraction_ = least;
  }
  units_ = units_of(pieces_);
}

SpectrumSet SpectrumSet::parse(std::string_view text, const Place& place) {
  std::vector<SpectrumPiece> pieces;
  std::string_view inner = text;
  if (take(inner, "{")) {
    if (!take_back(inner, "}")) throw Error(place, in_quotes(text) + " does not end with '}'");
    for (const std::string_view piece : split_pieces(inner)) pieces.push_back(parse_piece(piece, place));
  } else {
    pieces.push_back(parse_piece(inner, place));
  }
  try {
    return SpectrumSet(std::move(pieces));
  } catch (const Error& error) {
    throw Error(place, error.what());
  }
}

bool SpectrumSet::contains(const Rational& real) const {
  return std::any_of(pieces_.begin(), pieces_.end(),
                     [&](const SpectrumPiece& piece) { return piece_contains(piece, real); });
}

bool SpectrumSet::contains_zero() const { return contains(Rational(0)); }

bool SpectrumSet::has_small_contraction(std::uint64_t power) const {
  if (!least_contraction_) return false;
  Rational value = 1;
  for (std::uint64_t i = 0; i < power && value * 2 >= 1; ++i) {
    value *= *least_contraction_;
    // Nearer to 1 than any power that could matter: no use in growing numerators for ever.
    if (i > 4096) return false;
  }
  return value * 2 < 1;
}

std::optional<SpectrumPiece> SpectrumSet::only_contraction() const {
  std::optional<SpectrumPiece> only;
  for (const SpectrumPiece& piece : pieces_) {
    if (!least_contraction_of(piece) || piece == only) continue;
    if (only || piece.kind != Kind::kPoint) return std::nullopt;
    only = piece;
  }
  return only;
}

std::optional<Rational> SpectrumSet::real_contraction_below(const Rational& bound) const {
  Rational power(1, 2);
  while (power >= bound) power /= 2;
  for (int i = 0; i < 64; ++i, power /= 2) {
    if (contains(power)) return power;
    if (contains(Rational(-power))) return Rational(-power);
  }
  for (const SpectrumPiece& piece : pieces_) {
    if (piece.kind == Kind::kPoint && (piece.angle == 0 || piece.angle == Rational(1, 2)) && piece.modulus > 0 &&
        piece.modulus < bound)
      return piece.angle == 0 ? piece.modulus : Rational(-piece.modulus);
    if (piece.kind == Kind::kInterval) {
      const Rational middle = (piece.low + piece.high) / 2;
      if (!middle.is_zero() && abs(middle) < bound) return middle;
    }
  }
  return std::nullopt;
}

std::pair<Rational, Rational> SpectrumSet::real_hull() const {
  std::pair<Rational, Rational> hull(1, -1);
  for (const SpectrumPiece& piece : pieces_) {
    const bool is_interval = piece.kind == Kind::kInterval;
    const Rational point = piece.angle == 0 ? piece.modulus : Rational(-piece.modulus);
    hull.first = std::min(hull.first, is_interval ? piece.low : point);
    hull.second = std::max(hull.second, is_interval ? piece.high : point);
  }
  return hull;
}

bool SpectrumSet::is_real() const {
  return std::all_of(pieces_.begin(), pieces_.end(), [](const SpectrumPiece& piece) {
    return piece.kind == Kind::kInterval ||
           (piece.kind == Kind::kPoint && (piece.angle == 0 || piece.angle == Rational(1, 2)));
  });
}

bool SpectrumSet::is_nonnegative() const {
  return std::all_of(pieces_.begin(), pieces_.end(), [](const SpectrumPiece& piece) {
    return (piece.kind == Kind::kInterval && piece.low >= 0) || (piece.kind == Kind::kPoint && piece.angle == 0);
  });
}

bool SpectrumSet::is_nonpositive() const {
  return std::all_of(pieces_.begin(), pieces_.end(), [](const SpectrumPiece& piece) {
    return (piece.kind == Kind::kInterval && piece.high <= 0) ||
           (piece.kind == Kind::kPoint && (piece.modulus == 0 || piece.angle == Rational(1, 2)));
  });
}

bool SpectrumSet::covers(const Rational& low, const Rational& high) const {
  return std::any_of(pieces_.begin(), pieces_.end(), [&](const SpectrumPiece& piece) {
    return (piece.kind == Kind::kInterval || piece.kind == Kind::kDisc) && piece_contains(piece, low) &&
           piece_contains(piece, high);
  });
}

std::string to_string(const SpectrumSet& set) {
  if (set.pieces().size() == 1 && set.pieces()[0].kind != Kind::kPoint) return to_string(set.pieces()[0]);
  std::string text = "{";
  for (const SpectrumPiece& piece : set.pieces()) text += (text.size() > 1 ? "," : "") + to_string(piece);
  return text + "}";
}

}  // namespace eigenmata::expressivity
