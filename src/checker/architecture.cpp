// SPDX-License-Identifier: Apache-2.0
//
// A token's map is looked at by itself: what can B be, given the A that is written there? Of delta rules the answer is
// a subspace, spanned by what each step writes and later steps leave of it; B is reduced modulo an echelon basis of it.
#include "checker/architecture.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "checker/network.hpp"
#include "checker/propagation.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

using Rule = ArchitectureClaim::Rule;

struct Range {
  int low = 0;
  int high = 1;
  bool low_closed = false;
  bool high_closed = false;
};

constexpr Range kOpen{0, 1, false, false};
constexpr Range kClosed{0, 1, true, true};
constexpr Range kSigned{-1, 1, true, true};

struct Listed {
  std::string_view name;
  Rule rule;
  Range gates;
  bool constant = false;
};

constexpr std::array<Listed, 37> kTable{{
    {"mamba", Rule::kStep, kOpen},
    {"mamba[0,1]", Rule::kStep, kClosed},
    {"mamba[-1,1]", Rule::kStep, kSigned},
    {"mamba2", Rule::kStep, kOpen},
    {"mamba3", Rule::kNone, kOpen},
    {"gla", Rule::kFree, kOpen},
    {"rwkv4", Rule::kFree, kOpen, true},
    {"rwkv5", Rule::kFree, kOpen, true},
    {"rwkv6", Rule::kFree, kOpen},
    {"rwkv7", Rule::kDecayedNumber, kOpen},
    {"rwkv7[-1,1]", Rule::kDecayedKey, kSigned},
    {"hgrn", Rule::kStep, kOpen},
    {"hgrn2", Rule::kStep, kOpen},
    {"griffin", Rule::kStep, kOpen},
    {"mlstm", Rule::kFree, kOpen},
    {"retnet", Rule::kFree, kOpen, true},
    {"linear-attention", Rule::kFree, {1, 1, true, true}, true},
    {"s4", Rule::kFree, kOpen, true},
    {"s4d", Rule::kFree, kOpen, true},
    {"dss", Rule::kFree, kOpen, true},
    {"s5", Rule::kFree, kOpen, true},
    {"lru", Rule::kFree, kOpen, true},
    {"deltanet", Rule::kDelta, kOpen},
    {"deltanet[0,1]", Rule::kDelta, kClosed},
    {"deltanet[-1,1]", Rule::kDelta, kSigned},
    {"deltaproduct:k", Rule::kDelta, kOpen},
    {"deltaproduct:k[0,1]", Rule::kDelta, kClosed},
    {"deltaproduct:k[-1,1]", Rule::kDelta, kSigned},
    {"gated-deltanet", Rule::kGatedDelta, kOpen},
    {"gated-deltanet[0,1]", Rule::kGatedDelta, kClosed},
    {"gated-deltanet[-1,1]", Rule::kGatedDelta, kSigned},
    {"aussm", Rule::kTurns, kSigned},
    {"pd-ssm", Rule::kColumns, kOpen},
    {"pd-ssm[closed]", Rule::kColumns, kClosed},
    {"longhorn", Rule::kOneKey, {0, 1, false, true}},
    {"ttt-linear[no-norm]", Rule::kDelta, kSigned},
    {"sd-ssm", Rule::kUnitColumns, kSigned},
}};

/// The number k where the text has one and the pattern `:k`; 0 if the pattern has none; nothing if they do not match.
std::optional<std::uint32_t> match(std::string_view pattern, std::string_view text) {
  const std::size_t at = pattern.find(":k");
  if (at == std::string_view::npos) return pattern == text ? std::optional<std::uint32_t>(0) : std::nullopt;
  const std::string_view tail = pattern.substr(at + 2);
  if (text.size() < pattern.size() || text.substr(0, at + 1) != pattern.substr(0, at + 1)) return std::nullopt;
  if (text.substr(text.size() - tail.size()) != tail) return std::nullopt;
  const std::optional<std::uint32_t> count = parse_count(text.substr(at + 1, text.size() - tail.size() - at - 1));
  return count && *count > 0 ? count : std::nullopt;
}

bool within(const Number& value, const Range& range) {
  try {
    const Number low(range.low);
    const Number high(range.high);
    return (low < value || (range.low_closed && value == low)) &&
           (value < high || (range.high_closed && value == high));
  } catch (const Unordered&) {
    return false;
  }
}

bool is_one(const Number& value) { return value == Number(1); }

bool has_modulus_one(const Number& value) {
  return !value.is_zero() && value.is_in_unit_disc().value_or(false) &&
         (Number(1) / value).is_in_unit_disc().value_or(false);
}

/// Coordinates that are not zero.
using Column = std::map<std::uint32_t, Number>;

/// h ← h − (β/vᵀv) v (vᵀh).
void contract(const Factor& factor, Column& h) {
  Number sum;
  for (const Entry& e : factor.v) {
    const auto at = h.find(e.index);
    if (at != h.end()) sum += e.value * at->second;
  }
  sum = sum * factor.beta / dot(factor.v, factor.v);
  if (sum.is_zero()) return;
  for (const Entry& e : factor.v) {
    Number& coordinate = h[e.index];
    coordinate -= sum * e.value;
    if (coordinate.is_zero()) h.erase(e.index);
  }
}

Column column(VectorView vector) {
  Column result;
  for (const Entry& e : vector) result.emplace(e.index, e.value);
  return result;
}

/// Takes multiples of the basis off h, in the order of the basis; each has 1 at its least coordinate.
void reduce(const std::vector<Column>& basis, Column& h) {
  for (const Column& vector : basis) {
    const auto at = h.find(vector.begin()->first);
    if (at == h.end()) continue;
    const Number scale = at->second;
    for (const auto& [index, value] : vector) {
      Number& coordinate = h[index];
      coordinate -= scale * value;
      if (coordinate.is_zero()) h.erase(index);
    }
  }
}

/// Whether the steps, with values of their own, can write B.
bool can_write(const std::vector<Factor>& steps, VectorView b) {
  if (b.empty()) return true;
  std::vector<Column> basis;
  for (std::size_t j = 0; j < steps.size(); ++j) {
    if (steps[j].beta.is_zero()) continue;
    Column written = column(steps[j].v);
    for (std::size_t later = j + 1; later < steps.size(); ++later) contract(steps[later], written);
    reduce(basis, written);
    if (written.empty()) continue;
    const Number lead = written.begin()->second;
    for (auto& [index, value] : written) value /= lead;
    basis.push_back(std::move(written));
  }
  Column rest = column(b);
  reduce(basis, rest);
  return rest.empty();
}

/// One token's map against the tie. Every function returns what is wrong, or nothing to say.
class TokenCheck {
 public:
  TokenCheck(const Map& map, std::uint32_t dimension, const Listed& entry, std::uint32_t steps)
      : map_(map), dimension_(dimension), entry_(entry), steps_(steps) {}

  [[nodiscard]] std::string fault() const {
    switch (entry_.rule) {
      case Rule::kFree:
        return diagonal_fault();
      case Rule::kStep:
        return step_fault();
      case Rule::kOneKey:
        return one_key_fault();
      case Rule::kTurns:
        return turns_fault();
      case Rule::kDelta:
        return delta_fault();
      case Rule::kGatedDelta:
        return gated_delta_fault();
      case Rule::kDecayedNumber:
        return dimension_ == 1 ? diagonal_fault() : "more than one coordinate";
      case Rule::kDecayedKey:
        return decayed_key_fault();
      case Rule::kColumns:
      case Rule::kUnitColumns:
        return columns_fault();
      case Rule::kNone:
        return "what is written depends on the token before";
      case Rule::kAny:
        break;
    }
    return "";
  }

 private:
  [[nodiscard]] std::string diagonal_fault() const {
    if (map_.form != MatrixForm::kDiagonal) return "the matrix is not diagonal";
    for (const Entry& e : map_.diagonal) {
      if (!within(e.value, entry_.gates)) return "no gate is " + e.value.shown();
    }
    if (map_.diagonal.size() < dimension_ && !within(Number(), entry_.gates)) return "no gate is 0";
    return "";
  }

  [[nodiscard]] std::string step_fault() const {
    if (std::string fault = diagonal_fault(); !fault.empty()) return fault;
    for (const Entry& e : map_.offset) {
      const Entry* gate = entry_at(map_.diagonal, e.index);
      if (gate != nullptr && is_one(gate->value))
        return "coordinate " + std::to_string(e.index) + " has the gate 1, and is written to";
    }
    return "";
  }

  [[nodiscard]] std::string one_key_fault() const {
    if (std::string fault = step_fault(); !fault.empty()) return fault;
    const auto held =
        std::count_if(map_.diagonal.begin(), map_.diagonal.end(), [](const Entry& e) { return is_one(e.value); });
    return dimension_ - static_cast<std::uint32_t>(held) > 1 ? "more than one coordinate moves" : "";
  }

  [[nodiscard]] std::string turns_fault() const {
    if (map_.form != MatrixForm::kDiagonal) return "the matrix is not diagonal";
    if (map_.diagonal.size() < dimension_) return "an entry is 0";
    for (const Entry& e : map_.diagonal) {
      if (!has_modulus_one(e.value)) return "the modulus of " + e.value.shown() + " is not 1";
    }
    return "";
  }

  [[nodiscard]] std::string delta_fault() const {
    if (map_.form != MatrixForm::kHouseholder) return "the matrix is no product of Householder factors";
    const std::size_t steps = steps_ == 0 ? 1 : steps_;
    if (map_.factors.size() > steps)
      return plural(map_.factors.size(), "step") + ", where a token has " + std::to_string(steps);
    if (map_.factors.size() < steps && !entry_.gates.high_closed)
      return plural(map_.factors.size(), "step") + ", where a token has " + std::to_string(steps) + ", none of size 0";
    for (const Factor& factor : map_.factors) {
      const Number eigenvalue = Number(1) - factor.beta;
      if (!within(eigenvalue, entry_.gates)) return "no step has the eigenvalue " + eigenvalue.shown();
    }
    return can_write(map_.factors, map_.offset) ? "" : "no values of the steps write the offset";
  }

  [[nodiscard]] std::string gated_delta_fault() const {
    if (map_.form == MatrixForm::kHouseholder) {
      return entry_.gates.high_closed ? delta_fault() : "the gate is 1, which is never reached";
    }
    if (map_.form != MatrixForm::kDiagonal) return "the matrix is neither diagonal nor a Householder factor";
    if (dimension_ == 0) return "";
    if (dimension_ == 1) {
      const Number entry = map_.diagonal.empty() ? Number() : map_.diagonal[0].value;
      if (!within(entry, entry_.gates)) return "no gate times an eigenvalue is " + entry.shown();
      return is_one(entry) && !map_.offset.empty() ? "a gate 1 and a step of size 0 write nothing" : "";
    }
    // The gate is the number at all coordinates but one: among three of them the one that comes twice.
    const Number first = entry_or_zero(0);
    const Number second = entry_or_zero(1);
    if (can_be_gate(first) || (!(second == first) && can_be_gate(second))) return "";
    return "no gate, key and value make this map";
  }

  [[nodiscard]] Number entry_or_zero(std::uint32_t i) const {
    const Entry* entry = entry_at(map_.diagonal, i);
    return entry == nullptr ? Number() : entry->value;
  }

  /// With the number as α: the other coordinate, if there is one, has α(1 − β), and B is there alone.
  [[nodiscard]] bool can_be_gate(const Number& alpha) const {
    if (!within(alpha, {0, 1, entry_.gates.high_closed, entry_.gates.high_closed})) return false;
    if (alpha.is_zero()) return map_.diagonal.empty();  // then β = 1 and a key along B write anything
    std::optional<std::uint32_t> other;
    std::uint32_t expected = 0;
    const auto differs = [&](std::uint32_t i) {
      if (other) return false;
      other = i;
      return true;
    };
    for (const Entry& e : map_.diagonal) {
      for (; expected < e.index; ++expected) {
        if (!differs(expected)) return false;
      }
      ++expected;
      if (!(e.value == alpha) && !differs(e.index)) return false;
    }
    for (; expected < dimension_; ++expected) {
      if (!differs(expected)) return false;
    }
    if (!other) return entry_.gates.high_closed && map_.offset.empty();  // a step of size 0
    return within(entry_or_zero(*other) / alpha, entry_.gates) &&
           std::all_of(map_.offset.begin(), map_.offset.end(), [&](const Entry& e) { return e.index == *other; });
  }

  /// w = 1, and a = (β/2)(1, …, 1); or a copy, A = I − u vᵀ with v = (2/uᵀu)(a ∘ u).
  [[nodiscard]] std::string decayed_key_fault() const {
    if (map_.factors.empty()) {
      const bool product = map_.form == MatrixForm::kHouseholder || map_.form == MatrixForm::kRankOne;
      return product ? "" : "the matrix is no product of factors";
    }
    if (map_.factors.size() > 1) return plural(map_.factors.size(), "factor") + ", where a token has one key";
    const Factor& factor = map_.factors[0];
    if (map_.form == MatrixForm::kHouseholder) return factor.beta.is_zero() ? "" : delta_fault();
    if (factor.v.empty()) return "";
    const Number half = dot(factor.u, factor.u) / Number(2);
    for (const Entry& e : factor.v) {
      const Entry* key = entry_at(factor.u, e.index);
      if (key == nullptr) return "the key has no coordinate " + std::to_string(e.index);
      const Number rate = half * e.value / key->value;
      if (!within(rate, kClosed)) return "the rate " + rate.shown() + " is outside [0,1]";
    }
    return can_write({Factor{Number(1), {}, factor.u, factor.line}}, map_.offset) ? ""
                                                                                  : "the offset is not along the key";
  }

  /// Column by column: what becomes of each unit vector.
  [[nodiscard]] std::string columns_fault() const {
    const bool modulus_one = entry_.rule == Rule::kUnitColumns;
    const PreparedMap prepared(map_);
    Workspace state;
    Workspace scratch;
    for (std::uint32_t j = 0; j < dimension_; ++j) {
      const SparseVector unit{{j, Number(1)}};
      state.load(unit);
      prepared.apply_matrix(state, scratch);
      const SparseVector image = state.vector();
      const std::string name = "column " + std::to_string(j);
      if (image.size() > 1) return name + " has several entries";
      if (image.empty()) {
        if (modulus_one || !entry_.gates.low_closed) return name + " is 0";
        continue;
      }
      const Number& value = image[0].value;
      const bool good = modulus_one ? has_modulus_one(value)
                                    : value.is_in_unit_disc().value_or(false) &&
                                          (entry_.gates.high_closed || !has_modulus_one(value));
      if (!good) return name + " has the entry " + value.shown();
    }
    return "";
  }

  const Map& map_;
  std::uint32_t dimension_;
  const Listed& entry_;
  std::uint32_t steps_;
};

bool same_diagonal(const Map& a, const Map& b) {
  return a.form == MatrixForm::kDiagonal && b.form == MatrixForm::kDiagonal && compare(a.diagonal, b.diagonal) == 0;
}

constexpr Listed kSlice{"slice", Rule::kAny, kOpen};

const Listed& entry_of(const ArchitectureClaim& claim) {
  const auto at = std::find_if(kTable.begin(), kTable.end(), [&](const Listed& e) { return e.name == claim.pattern; });
  return at == kTable.end() ? kSlice : *at;
}

}  // namespace

std::optional<ArchitectureClaim> parse_architecture(std::string_view text) {
  if (text == kSlice.name) return ArchitectureClaim{kSlice.name, 0};
  for (const Listed& entry : kTable) {
    if (const std::optional<std::uint32_t> steps = match(entry.name, text))
      return ArchitectureClaim{entry.name, *steps};
  }
  return std::nullopt;
}

std::optional<ClassFault> fault_of_architecture(const Network& network, const ArchitectureClaim& claim) {
  const Listed& entry = entry_of(claim);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const std::string place = "layer " + std::to_string(l + 1);
    if (!layer.bos && !layer.start.empty()) {
      return ClassFault{layer.line, place + ": the state before the first token is 0, and no token writes the start"};
    }
    for (std::size_t y = 0; y <= layer.maps.size(); ++y) {
      const bool is_bos = y == layer.maps.size();
      if (is_bos && !layer.bos) break;
      const Map& map = is_bos ? *layer.bos : layer.maps[y];
      const std::string token =
          place + ", " + (is_bos ? "the beginning-of-sequence token" : symbol_name(network, l, y)) + ": ";
      if (const std::string fault = TokenCheck(map, layer.dimension, entry, claim.steps).fault(); !fault.empty()) {
        return ClassFault{map.line, token + fault};
      }
      if (entry.constant && !same_diagonal(map, layer.maps[0])) {
        return ClassFault{map.line, token + "the matrix is not that of the other tokens"};
      }
    }
  }
  return std::nullopt;
}

}  // namespace eigenmata::checker
