// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/ring_blocks.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "cascade_layers.hpp"
#include "claimed_form.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/ring_blocks.hpp"
#include "plane_layers.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::CascadeLevel;
using algebra::CoordinateMachine;
using algebra::RingBlocks;
using algebra::SwapCopy;
using exact::CyclotomicField;
using exact::FieldElement;
using exact::Rational;
using Vector = lrnn::SparseVector<FieldElement>;

constexpr const char* kPass = "ring-blocks";
constexpr std::size_t kMostRowOutputs = 4'000'000;  ///< of a last layer whose decoder is a table

/// Codes of letters, and the symbols (place, letter) that layers say.
class Letters {
 public:
  explicit Letters(const RingBlocks& plan) : code_of_letter_(plan.code_of_letter), codes_(plan.code_of_letter) {
    std::sort(codes_.begin(), codes_.end());
    codes_.erase(std::unique(codes_.begin(), codes_.end()), codes_.end());
  }

  [[nodiscard]] std::size_t count() const { return codes_.size(); }
  [[nodiscard]] std::size_t letters() const { return code_of_letter_.size(); }
  [[nodiscard]] std::uint32_t code(std::size_t i) const { return codes_[i]; }
  [[nodiscard]] std::uint32_t symbol_of_code(std::uint32_t place, std::size_t i) const {
    return static_cast<std::uint32_t>(place * count() + i);
  }
  [[nodiscard]] std::uint32_t symbol(std::uint32_t place, std::size_t letter) const {
    const auto at = std::lower_bound(codes_.begin(), codes_.end(), code_of_letter_[letter]);
    return symbol_of_code(place, static_cast<std::size_t>(at - codes_.begin()));
  }

 private:
  std::vector<std::uint32_t> code_of_letter_;
  std::vector<std::uint32_t> codes_;
};

/// t modulo 2.
CascadeLevel toggle(const Letters& letters) {
  CascadeLevel level{CoordinateMachine{{2}, {}}, {{0}, {1}}, 0, {}, 2 * letters.count(), 2, {{0, 0, 0}, {0, 1, 1}}};
  for (std::size_t x = 0; x < letters.letters(); ++x) {
    std::get<CoordinateMachine>(level.machine).actions.push_back({{false, 1}});
    level.steps.push_back({{0, 1, letters.symbol(1, x)}, {1, 0, letters.symbol(0, x)}});
  }
  return level;
}

/// t modulo a number of cells, behind the toggle: −t at odd times (reflected_counters.hpp). Says the cell to be
/// written.
CascadeLevel reflecting_clock(const Letters& letters, std::uint32_t cells) {
  CascadeLevel level{CoordinateMachine{{cells}, {}}, {}, 0, {}, cells * letters.count(), cells, {}};
  for (std::uint32_t v = 0; v < cells; ++v) level.values.push_back({v});
  for (std::uint32_t p = 0; p < 2; ++p) {
    for (std::size_t i = 0; i < letters.count(); ++i) {
      const std::uint32_t amount = p == 1 ? cells - 1 : 1;
      std::get<CoordinateMachine>(level.machine).actions.push_back({{false, amount, true}});
      level.steps.emplace_back();
      for (std::uint32_t v = 1 - p; v < cells; v += 2) {
        const std::uint32_t time = p == 1 ? v : cells - v;  // before the step
        level.steps.back().push_back({v, (amount + cells - v) % cells, letters.symbol_of_code(time, i)});
      }
    }
  }
  for (std::uint32_t p = 0; p < 2; ++p) {
    for (std::uint32_t v = p; v < cells; v += 2) level.meets.push_back({p, v, p == 0 ? v : cells - v});
  }
  return level;
}

/// The same by two reflections a step, with no toggle.
CascadeLevel turning_clock(const Letters& letters, std::uint32_t cells) {
  CascadeLevel level{CoordinateMachine{{cells}, {}}, {}, 0, {}, cells * letters.count(), cells, {}};
  for (std::uint32_t v = 0; v < cells; ++v) {
    level.values.push_back({v});
    level.meets.push_back({0, v, v});
  }
  for (std::size_t x = 0; x < letters.letters(); ++x) {
    std::get<CoordinateMachine>(level.machine).actions.push_back({{false, 1}});
    level.steps.emplace_back();
    for (std::uint32_t v = 0; v < cells; ++v) level.steps.back().push_back({v, (v + 1) % cells, letters.symbol(v, x)});
  }
  return level;
}

class RingWriter {
 public:
  RingWriter(const RingBlocks& plan, const Letters& letters, const CyclotomicField& k, FactorForm form)
      : plan_(plan), letters_(letters), k_(k), form_(form), cells_(static_cast<std::uint32_t>(2 * plan.length)) {}

  [[nodiscard]] lrnn::Layer<FieldElement> ring() const {
    lrnn::Layer<FieldElement> layer{cells_, Vector(cells_), {}, output_names(plan_.symbols.size()), {}};
    for (std::uint32_t cell = 0; cell < cells_; ++cell) {
      for (std::size_t i = 0; i < letters_.count(); ++i) {
        const Vector unit = lrnn::unit_vector(k_, cells_, cell);
        Vector written(cells_);
        if (letters_.code(i) != 0) written = {cells_, {{cell, k_.from_rational(letters_.code(i))}}};
        layer.maps.push_back({lrnn::HouseholderProduct<FieldElement>{cells_, {{k_.one(), unit}}}, std::move(written)});
      }
    }
    layer.decoder = walk();
    return layer;
  }

  [[nodiscard]] lrnn::Layer<FieldElement> last(std::size_t start) const {
    lrnn::Layer<FieldElement> layer{plan_.points, code(start), {}, output_names(2), decoder()};
    for (const RingBlocks::Symbol& symbol : plan_.symbols)
      layer.maps.push_back({product(symbol), Vector(plan_.points)});
    return layer;
  }

  [[nodiscard]] Vector code(std::size_t state) const { return vector(plan_.arrangements[plan_.of_state[state]]); }

 private:
  [[nodiscard]] lrnn::WalkDecoder<FieldElement> walk() const {
    const auto m = static_cast<std::uint32_t>(plan_.length);
    lrnn::WalkDecoder<FieldElement> result;
    for (std::size_t c = 0; c < plan_.codes; ++c) result.codes.push_back(k_.from_rational(c));
    result.tables.first = plan_.block;
    result.tables.second = plan_.letters;
    for (const auto& rows : plan_.tables) {
      result.tables.tables.emplace_back();
      for (const auto& row : rows) result.tables.tables.back().push_back({row.node, row.outputs});
    }
    for (std::uint32_t cell = 0; cell < cells_; ++cell) {
      const std::uint32_t i = cell % m;  // letters of the block before this one
      lrnn::WalkTables::Route route{i, {}, {}};
      for (std::uint32_t j = 0; j < m; ++j) route.first.push_back((cell + cells_ - i - m + j) % cells_);
      for (std::uint32_t j = 0; j <= i; ++j) route.second.push_back(cell - j);
      result.tables.routes.push_back(std::move(route));
      for (std::size_t l = 0; l < letters_.count(); ++l) result.tables.route_of.push_back(cell);
    }
    return result;
  }

  [[nodiscard]] Vector vector(const RingBlocks::Arrangement& at) const {
    std::vector<Vector::Entry> entries;
    for (std::uint32_t i = 0; i < at.size(); ++i) {
      if (at[i] != 0) entries.push_back({i, k_.from_rational(at[i])});
    }
    return {at.size(), std::move(entries)};
  }

  [[nodiscard]] lrnn::Transition<FieldElement> product(const RingBlocks::Symbol& symbol) const {
    lrnn::HouseholderProduct<FieldElement> reflections{plan_.points, {}};
    lrnn::RankOneProduct<FieldElement> ranks{plan_.points, {}};
    for (const SwapCopy& f : symbol.factors) {
      const Vector x = lrnn::unit_vector(k_, plan_.points, f.x);
      std::vector<FieldElement> numbers(plan_.points, k_.zero());
      numbers[f.x] = k_.one();
      numbers[f.y] = k_.from_rational(-1);
      const Vector difference = lrnn::sparse(k_, numbers);
      reflections.factors.push_back({k_.from_rational(2), difference});
      ranks.factors.push_back({difference, f.kind == SwapCopy::Kind::kSwap ? difference : x});
    }
    if (form_ == FactorForm::kHouseholder) return reflections;
    return ranks;
  }

  /// Accepts the arrangements of the symbol. A single one h* among those that permute its numbers is the only h with
  /// h · h* ≥ |h*|².
  [[nodiscard]] lrnn::Decoder<FieldElement> decoder() const {
    const bool by_products = plan_.one_hot || std::all_of(plan_.symbols.begin(), plan_.symbols.end(),
                                                          [](const auto& s) { return s.accepted.size() <= 1; });
    if (!by_products) return table();
    lrnn::AffineDecoder<FieldElement> result;
    for (const RingBlocks::Symbol& symbol : plan_.symbols) {
      lrnn::AffineReadout<FieldElement> readout{Vector(plan_.points), k_.zero(), {}, {core::symbol(0)}};
      RingBlocks::Arrangement sum(plan_.points, 0);
      for (const std::uint32_t a : symbol.accepted) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += plan_.arrangements[a][i];
      }
      if (!symbol.accepted.empty()) {
        const auto square = plan_.one_hot ? 1U : std::inner_product(sum.begin(), sum.end(), sum.begin(), 0U);
        readout.weights = vector(sum);
        readout.thresholds.push_back(k_.from_rational(square));
        readout.outputs.push_back(core::symbol(1));
      }
      result.readouts.push_back(std::move(readout));
    }
    return result;
  }

  [[nodiscard]] lrnn::Decoder<FieldElement> table() const {
    lrnn::TableDecoder<FieldElement> result;
    for (const auto& at : plan_.arrangements)
      result.rows.push_back({vector(at), std::vector<core::Symbol>(plan_.symbols.size(), core::symbol(0))});
    for (std::size_t s = 0; s < plan_.symbols.size(); ++s) {
      for (const std::uint32_t a : plan_.symbols[s].accepted) result.rows[a].outputs[s] = core::symbol(1);
    }
    return result;
  }

  const RingBlocks& plan_;
  const Letters& letters_;
  const CyclotomicField& k_;
  FactorForm form_;
  std::uint32_t cells_;
};

}  // namespace

PassResult compile_ring_blocks(const automata::Dfa& minimal, std::size_t factors, FactorForm form,
                               const core::Limits& limits) {
  if (form == FactorForm::kHouseholder && algebra::is_group(minimal).is_no())
    return Refusal{kPass, "a copy of one state to another is no Householder factor"};
  auto found = algebra::ring_blocks(minimal, factors, limits);
  if (auto* why = std::get_if<std::string>(&found)) return Refusal{kPass, std::move(*why)};
  const auto& plan = std::get<RingBlocks>(found);
  if (!plan.one_hot && plan.arrangements.size() * plan.symbols.size() > kMostRowOutputs)
    return Refusal{kPass, "a table of " + std::to_string(plan.arrangements.size()) + " arrangements and " +
                              std::to_string(plan.symbols.size()) + " symbols"};
  const Letters letters(plan);
  const auto cells = static_cast<std::uint32_t>(2 * plan.length);
  if (2 * cells > CyclotomicField::kMaxOrder)
    return Refusal{kPass,
                   "blocks of " + std::to_string(plan.length) + " letters need roots of unity of too large an order"};
  std::vector<CascadeLevel> clock;
  if (factors == 1) clock.push_back(toggle(letters));
  clock.push_back(factors == 1 ? reflecting_clock(letters, cells) : turning_clock(letters, cells));
  const CyclotomicField k(plane_order(clock.back()));
  certificate::ComplexLayerwiseCertificate result{
      {minimal.alphabet(), minimal.is_accepting(minimal.initial()), {}, {false, true}, std::nullopt},
      minimal,
      {},
      {},
      k};
  std::vector<std::vector<std::size_t>> bounds;
  for (const CascadeLevel& level : clock) {
    FieldLayer layer = plane_layer(k, level);
    result.network.layers.push_back(std::move(layer.layer));
    result.layers.push_back(claim_of<FieldElement>(level, std::move(layer.regions)));
    bounds.push_back(std::move(layer.factor_bounds));
  }
  const RingWriter writer(plan, letters, k, form);
  result.network.layers.push_back(writer.ring());
  result.network.layers.push_back(writer.last(index(minimal.initial())));
  for (std::size_t l = clock.size(); l < result.network.layers.size(); ++l) {
    bounds.emplace_back();
    for (const auto& map : result.network.layers[l].maps) bounds.back().push_back(factor_count(map.a));
  }
  result.blocks.emplace();
  result.blocks->length = plan.length;
  for (std::size_t q = 0; q < minimal.states(); ++q) result.blocks->codes.push_back(writer.code(q));
  return claimed({kPass, std::move(result), std::move(bounds)}, form);
}

}  // namespace eigenmata::compiler
