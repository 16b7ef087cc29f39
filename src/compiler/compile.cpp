// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/compile.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/compiler/first_and_last_letters.hpp"
#include "eigenmata/compiler/last_letters.hpp"
#include "eigenmata/compiler/letter_and_group.hpp"
#include "eigenmata/compiler/linear_reduction.hpp"
#include "eigenmata/compiler/one_hot.hpp"
#include "eigenmata/compiler/permutation.hpp"
#include "eigenmata/compiler/representation.hpp"
#include "eigenmata/compiler/ring_blocks.hpp"
#include "eigenmata/compiler/tied.hpp"
#include "eigenmata/compiler/write_once.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "time_share.hpp"

namespace eigenmata::compiler {
namespace {

using Form = expressivity::ModelClass::Form;

/// What the offers are compared by.
struct Size {
  std::size_t layers = 0;
  std::size_t factors = 0;
  std::size_t dimension = 0;
  std::size_t numbers = 0;  ///< rationals stored in the maps
};

template <class S>
std::size_t numbers_in(const lrnn::Transition<S>& a) {
  std::size_t count = 0;
  if (const auto* rank_one = std::get_if<lrnn::RankOneProduct<S>>(&a)) {
    for (const auto& f : rank_one->factors) count += f.u.entries().size() + f.v.entries().size();
  } else if (const auto* householder = std::get_if<lrnn::HouseholderProduct<S>>(&a)) {
    for (const auto& f : householder->factors) count += 1 + f.v.entries().size();
  } else if (const auto* dense = std::get_if<lrnn::Dense<S>>(&a)) {
    count = dense->matrix.entries().size();
  } else {
    count = dimension(a);
  }
  return count;
}

std::size_t degree_of(const exact::RationalArithmetic& /*k*/) { return 1; }
std::size_t degree_of(const exact::NumberField& k) { return k.degree(); }
std::size_t degree_of(const exact::CyclotomicField& k) { return k.degree(); }

template <class K>
Size size_of(const K& k, const lrnn::Network<typename K::Scalar>& network) {
  Size size;
  size.layers = network.layers.size();
  for (const auto& layer : network.layers) {
    size.factors = std::max(size.factors, factors_per_token(layer));
    size.dimension = std::max(size.dimension, layer.dimension);
    for (const auto& map : layer.maps) size.numbers += degree_of(k) * (numbers_in(map.a) + map.b.entries().size());
  }
  return size;
}

std::string to_text(const Size& size) {
  return std::to_string(size.layers) + (size.layers == 1 ? " layer" : " layers") + ", dimension " +
         std::to_string(size.dimension) + ", " + std::to_string(size.factors) + " factors per token, " +
         std::to_string(size.numbers) + " numbers";
}

bool is_better(const Size& a, const Size& b, Objective objective) {
  switch (objective) {
    case Objective::kLayers:
      return std::tie(a.layers, a.factors, a.numbers) < std::tie(b.layers, b.factors, b.numbers);
    case Objective::kFactors:
      return std::tie(a.factors, a.layers, a.numbers) < std::tie(b.factors, b.layers, b.numbers);
    case Objective::kDimension:
      return std::tie(a.dimension, a.layers, a.factors, a.numbers) <
             std::tie(b.dimension, b.layers, b.factors, b.numbers);
  }
  return false;
}

/// Collects the offers for one target.
class Bidding {
 public:
  Bidding(const CompileOptions& options, const core::Limits& limits)
      : options_(options), limits_(limits), pass_limits_(limits), time_(limits.deadline, core::Limits::Clock::now()) {}

  /// What a pass that is being run may use; of the time, its share (time_share.hpp).
  [[nodiscard]] const core::Limits& limits() const { return pass_limits_; }

  /// Runs one pass, which keeps `limits()`. A limit of size or memory is a reason to refuse, and so is time if there is
  /// an offer; an interrupt is not.
  void ask(const std::string& pass, const std::function<PassResult()>& run) {
    within_limits(pass, [&] {
      PassResult result = run();
      if (auto* refusal = std::get_if<Refusal>(&result)) {
        note(pass, "refused: " + refusal->reason);
        return;
      }
      consider(std::move(std::get<Construction>(result)));
    });
  }

  /// What a pass found before, or finds now. Nothing if a limit was reached.
  const PassMemo::Kept* hear(const std::string& pass, const std::function<const PassMemo::Kept&()>& find) {
    const PassMemo::Kept* kept = nullptr;
    within_limits(pass, [&] {
      kept = &find();
      if (const auto* refusal = std::get_if<Refusal>(&kept->result)) {
        note(pass, "refused: " + refusal->reason);
      } else {
        consider(std::get<Construction>(kept->result), kept->is_checked);
      }
    });
    return kept;
  }

  /// The best offer, if there is one.
  [[nodiscard]] std::optional<Compilation> take() {
    if (!best_) return std::nullopt;
    Compilation result{std::move(*best_), std::move(offers_), std::nullopt};
    if (options_.architecture) {
      result.architecture = result.construction.with_network(
          [](const auto& /*k*/, const auto& network) { return network.claim.value().architecture; });
    }
    return result;
  }

  [[nodiscard]] bool has_offer() const { return best_.has_value(); }

  /// Of the best offer; if there is none, more than of any.
  [[nodiscard]] std::size_t layers() const { return best_ ? best_size_.layers : SIZE_MAX; }

  [[nodiscard]] std::size_t factors() const { return best_ ? best_size_.factors : SIZE_MAX; }

  /// Is there an offer of one layer with at most one factor?
  [[nodiscard]] bool has_least() const { return best_ && best_size_.layers <= 1 && best_size_.factors <= 1; }

  /// What every pass said.
  [[nodiscard]] std::string said() const {
    std::string text;
    for (const Offer& offer : offers_) text += (text.empty() ? "" : "; ") + offer.pass + " " + offer.text;
    return text;
  }

 private:
  void within_limits(const std::string& pass, const std::function<void()>& run) {
    using Clock = core::Limits::Clock;
    using Kind = core::LimitReached::Kind;
    pass_limits_.deadline = time_.of_pass(has_offer(), Clock::now());
    try {
      run();
    } catch (const core::LimitReached& limit) {
      const bool is_out_of_time = limit.kind() == Kind::kTime && time_.is_out(has_offer(), Clock::now());
      if (is_out_of_time) note(pass, std::string("stopped: ") + limit.what());
      if (limit.kind() == Kind::kInterrupted || is_out_of_time) throw;
      note(pass, limit.kind() == Kind::kTime ? "refused: it would take more than half of the time that was left"
                                             : std::string("refused: ") + limit.what());
    }
    pass_limits_.deadline = limits_.deadline;
  }

  /// What a pass that was asked in several ways says twice is listed once.
  void note(const std::string& pass, const std::string& text) {
    const auto same = [&](const Offer& offer) { return offer.pass == pass && offer.text == text; };
    if (std::none_of(offers_.begin(), offers_.end(), same)) offers_.push_back({pass, text});
  }

  void consider(Construction construction, bool is_checked = false) {
    if (options_.architecture) {
      PassResult tied = tied_to(std::move(construction), *options_.architecture);
      if (auto* refusal = std::get_if<Refusal>(&tied)) {
        note(refusal->pass, "refused: " + refusal->reason);
        return;
      }
      construction = std::move(std::get<Construction>(tied));
      is_checked = false;
    }
    const Size size = construction.with_network([](const auto& k, const auto& network) { return size_of(k, network); });
    const auto unfit = objection(construction, size, is_checked);
    note(construction.pass, (unfit.empty() ? "" : "refused: " + unfit + ": ") + to_text(size));
    if (!unfit.empty() || (best_ && !is_better(size, best_size_, options_.objective))) return;
    best_ = std::move(construction);
    best_size_ = size;
  }

  /// Why a construction is not what was asked for, or not right; empty if it is.
  [[nodiscard]] std::string objection(const Construction& construction, const Size& size, bool is_checked) const {
    if (options_.target.factors && size.factors > *options_.target.factors) {
      return "more than " + std::to_string(*options_.target.factors) +
             " factors; whether another encoding needs fewer is not known";
    }
    if (options_.layers && size.layers > *options_.layers)
      return "more than " + std::to_string(*options_.layers) + " layers";
    // Of an architecture the certificate says so itself.
    const auto member = construction.with_network(
        [&](const auto& k, const auto& network) { return expressivity::is_member(k, network, options_.target); });
    if (!options_.architecture && !member.is_yes()) return "not of the class: " + member.witness();
    if (options_.semantics.kind == expressivity::Semantics::Kind::kFiniteOrbit && !has_finite_orbit(construction))
      return "its orbit need not be finite";
    if (is_checked) return "";
    const auto checked = certificate::check(construction.certificate, limits_);
    if (!checked.is_yes())
      return "its certificate fails (rule " + std::to_string(checked.witness().rule) + ": " + checked.witness().what +
             ")";
    return "";
  }

  const CompileOptions& options_;
  const core::Limits& limits_;
  core::Limits pass_limits_;
  TimeShare time_;
  std::vector<Offer> offers_;
  std::optional<Construction> best_;
  Size best_size_;
};

bool holds(const expressivity::ModelClass& c, int value) { return c.set().contains(value); }

bool is_householder(const expressivity::ModelClass& c) {
  return c.form == Form::kHouseholder || c.form == Form::kGatedHouseholder;
}

PassResult as_construction(std::variant<RepresentedGroup, Refusal> result) {
  if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
  auto& built = std::get<RepresentedGroup>(result);
  return Construction{std::move(built.pass), std::move(built.certificate), {std::move(built.factor_bounds)}};
}

/// Representations of the group of the letters, and of reflection groups over it. Of the former, one in the field of
/// the characters, and one with the fewest coordinates; if the dimension counts, also one of least dimension.
void ask_representations(Bidding& bidding, const automata::Dfa& minimal, FactorForm form, const CompileOptions& options,
                         PassMemo& memo) {
  const core::Limits& limits = bidding.limits();
  const bool dimension_counts = options.objective == Objective::kDimension;
  if (bidding.has_least() && !dimension_counts) return;
  // Whether there may be fewer coordinates.
  const auto ask = [&](bool least_dimension, bool fewest_coordinates) {
    const RepresentationOptions how{form, least_dimension, fewest_coordinates, options.seed};
    const std::string name = std::string("representation ") + (form == FactorForm::kRankOne ? "r" : "h") +
                             (least_dimension ? "d" : "") + (fewest_coordinates ? "c" : "");
    const auto* kept = bidding.hear("representation", [&]() -> const PassMemo::Kept& {
      return memo.get(
          name, [&] { return as_construction(represent(minimal, how, limits)); }, limits);
    });
    const auto* found = kept == nullptr ? nullptr : std::get_if<Construction>(&kept->result);
    return found == nullptr || found->pass.find("simplex") != std::string::npos ||
           found->pass.find("orbit") != std::string::npos;
  };
  const bool has_choice = ask(false, false);
  if (form == FactorForm::kHouseholder && has_choice) ask(false, true);
  if (dimension_counts) ask(true, true);
  if (bidding.has_least() && !dimension_counts) return;
  const std::string name = std::string("reflection-cover ") + (form == FactorForm::kRankOne ? "r" : "h");
  bidding.hear("reflection-cover", [&]() -> const PassMemo::Kept& {
    return memo.get(
        name, [&] { return as_construction(represent_cover(minimal, form, limits)); }, limits);
  });
}

/// What is done in seconds. More is left for last: certificates of kind blocks take less.
constexpr std::size_t kFewBlockPairs = 100'000;

/// Cascades of Householder factors with blocks of letters, of at most so many pairs. These are the last resort, and may
/// be large: once for all classes with the set and so many factors.
void ask_block_cascades(Bidding& bidding, const Decompositions& cascades, const expressivity::ModelClass& c,
                        std::size_t most_pairs, PassMemo& memo) {
  const core::Limits& limits = bidding.limits();
  const auto ask_once = [&](const std::string& pass, const auto& run) {
    if (bidding.has_offer() && bidding.factors() <= *c.factors) return;
    const std::string name =
        pass + " " + to_string(c.set()) + ":" + std::to_string(*c.factors) + " " + std::to_string(most_pairs);
    bidding.hear(pass, [&]() -> const PassMemo::Kept& {
      return memo.get(
          name, [&] { return run(cascades, c, limits, most_pairs); }, limits);
    });
  };
  ask_once("turns", compile_turns);
  ask_once("blocks", compile_blocks);
}

/// With a large ring only where so few layers are asked for that nothing else will do.
void ask_swaps_and_copies(Bidding& bidding, const automata::Dfa& minimal, FactorForm form,
                          const CompileOptions& options, PassMemo& memo) {
  const core::Limits& limits = bidding.limits();
  const std::size_t factors = options.target.factors.value_or(1);
  const bool layers_count = options.objective == Objective::kLayers;
  const auto ask = [&](bool large_ring) {
    const std::size_t most_layers = layers_count ? bidding.layers() : SIZE_MAX;
    const std::string name = std::string("swaps-and-copies ") + (form == FactorForm::kRankOne ? "r" : "h") +
                             (large_ring ? "l" : "") + std::to_string(factors) + " " + std::to_string(most_layers);
    bidding.hear("swaps-and-copies", [&]() -> const PassMemo::Kept& {
      return memo.get(
          name,
          [&] {
            return compile_swaps_and_copies(minimal, factors, form, large_ring, limits, most_layers, kFewBlockPairs);
          },
          limits);
    });
  };
  // What one swap or copy a letter does has been offered as one-hot codes; else there are at least so many layers.
  const std::size_t least_layers = factors == 1 ? 4 : 3;
  if (layers_count && bidding.layers() <= least_layers) return;
  if (form == FactorForm::kRankOne) ask(false);
  if (layers_count && bidding.layers() <= least_layers) return;
  bidding.hear("ring-blocks", [&]() -> const PassMemo::Kept& {
    return memo.get(
        std::string("ring-blocks ") + (form == FactorForm::kRankOne ? "r" : "h") + std::to_string(factors),
        [&] { return compile_ring_blocks(minimal, factors, form, limits); }, limits);
  });
  if (options.layers && *options.layers >= least_layers && !bidding.has_offer()) ask(true);
}

/// Classes in which one number can have the last letters as its digits, and in which nothing else is built if it holds
/// no state for ever.
bool has_last_letters(const expressivity::ModelClass& c) {
  if (c.form == Form::kContraction || c.form == Form::kRwkv7) return true;
  return (c.form == Form::kConstant || c.form == Form::kDiagonal || is_householder(c)) &&
         (c.form == Form::kGatedHouseholder || c.set().has_contraction());
}

/// In one layer, or, where that has too many regions, in as many as there are letters to remember.
void ask_last_letters(Bidding& bidding, const automata::Dfa& minimal, const expressivity::ModelClass& c) {
  const core::Limits& limits = bidding.limits();
  bool is_definite = true;
  bidding.ask("last-letters", [&] {
    PassResult result = compile_last_letters(minimal, c, limits);
    const auto* refusal = std::get_if<Refusal>(&result);
    is_definite = refusal == nullptr || refusal->reason != kNotDefinite;
    return result;
  });
  if (is_definite && !bidding.has_offer())
    bidding.ask("letter-by-letter", [&] { return compile_letter_by_letter(minimal, c, limits); });
}

/// The passes that may build the class, with one call of `ask` each.
void ask_passes(Bidding& bidding, const automata::Dfa& minimal, const CompileOptions& options, PassMemo& memo) {
  const core::Limits& limits = bidding.limits();
  const expressivity::ModelClass& c = options.target;
  const bool one_hot = options.encoding != Encoding::kReduced;
  const bool reduced = options.encoding != Encoding::kOneHot;
  const bool any = options.encoding == Encoding::kAny;
  const Decompositions& cascades = memo.decompositions(minimal);
  if (any) bidding.ask("current-letter", [&] { return compile_current_letter(minimal); });
  if (any && c.form == Form::kConstant)
    bidding.ask("first-and-last-letters", [&] { return compile_first_and_last_letters(minimal, c, limits); });
  // Where that has an offer, the last letters alone are no layer of a size that anybody wants.
  if (any && has_last_letters(c) && !(c.form == Form::kConstant && bidding.has_offer()))
    ask_last_letters(bidding, minimal, c);
  if (is_householder(c) && holds(c, -1)) {
    if (one_hot) bidding.ask("permutation", [&] { return compile_permutation(minimal); });
    if (reduced) bidding.ask("permuted-points", [&] { return compile_permuted_points(minimal, limits, options.seed); });
    if (reduced) ask_representations(bidding, minimal, FactorForm::kHouseholder, options, memo);
    if (any && holds(c, 0)) bidding.ask("missing-sets", [&] { return compile_missing_sets(cascades, limits); });
  }
  if (any && (is_householder(c) || c.form == Form::kDiagonal || c.form == Form::kTriangular))
    bidding.ask("digits", [&] { return compile_digits(cascades, c, limits); });
  if (any && c.form == Form::kConstantAndDiagonal) {
    const auto constant = expressivity::parse_model_class("constant", {});
    const auto interval = expressivity::parse_model_class("diagonal[0,1]", {});
    bidding.ask("first-and-last-letters", [&] { return compile_first_and_last_letters(minimal, constant, limits); });
    bidding.ask("digits", [&] { return compile_digits(cascades, interval, limits); });
    bidding.ask("clock-and-digits", [&] { return compile_mixed(cascades, false, limits); });
    bidding.ask("clock-and-slots", [&] { return compile_mixed(cascades, true, limits); });
  }
  if (any && (is_householder(c) || c.form == Form::kDiagonal || c.form == Form::kTriangular) && holds(c, -1)) {
    bidding.ask("signs-and-digits", [&] { return compile_signs(cascades, c, false, limits); });
    bidding.ask("toggles", [&] { return compile_signs(cascades, c, true, limits); });
    if (is_householder(c) && c.factors && holds(c, 0)) {
      ask_block_cascades(bidding, cascades, c, kFewBlockPairs, memo);
      ask_swaps_and_copies(bidding, minimal, FactorForm::kHouseholder, options, memo);
    }
  } else if (any && c.form == Form::kDiagonal && holds(c, 0)) {
    bidding.ask("toggles", [&] { return compile_signs(cascades, c, true, limits); });
  }
  const bool has_forms = is_householder(c) || c.form == Form::kDiagonal;
  if (any && has_forms && holds(c, 0) && holds(c, 1) && !holds(c, -1))
    bidding.ask("repetition-slots", [&] { return compile_repetitions(cascades, c, limits); });
  if (any && c.form == Form::kDiagonal && !holds(c, 1))
    bidding.ask("clock", [&] { return compile_clock(cascades, c, limits); });
  if (any && c.form == Form::kDiagonal && !c.set().is_real()) {
    // Digits are for what is overwritten, and a group overwrites nothing.
    if (algebra::is_group(minimal).is_no())
      bidding.ask("phases-and-digits", [&] { return compile_phases(cascades, c, false, limits); });
    bidding.ask("phases", [&] { return compile_phases(cascades, c, true, limits); });
  }
  // A root of odd order has no toggle, but a clock.
  if (any && c.form == Form::kDiagonal && holds(c, 0) && holds(c, 1) && !c.set().is_real() && !c.set().units().all &&
      !bidding.has_offer())
    bidding.ask("clock", [&] { return compile_clock(cascades, c, limits); });
  if (any && c.form == Form::kDiagonal && !c.set().units().empty() && !bidding.has_offer())
    bidding.ask("letter-and-group", [&] { return compile_letter_and_group(minimal, c, limits); });
  if (any && c.form == Form::kDiagonal && holds(c, 1) && c.set().has_contraction() && !bidding.has_offer())
    bidding.ask("write-once", [&] { return compile_write_once(minimal, c, limits); });
  if (any && c.form == Form::kTriangular && holds(c, 0))
    bidding.ask("slots", [&] { return compile_slots(cascades, limits); });
  if (c.form == Form::kRankOne) {
    if (one_hot) bidding.ask("one-hot", [&]() -> PassResult { return compile_one_hot(minimal); });
    if (reduced)
      bidding.ask("reduced", [&] { return compile_reduced(minimal, ReducedForm::kRankOne, limits, options.seed); });
    if (reduced) ask_representations(bidding, minimal, FactorForm::kRankOne, options, memo);
  }
  if (c.form == Form::kDense || c.form == Form::kPermutationDiagonal) {
    if (one_hot) bidding.ask("one-hot", [&]() -> PassResult { return compile_dense_one_hot(minimal, limits); });
    if (reduced && c.form == Form::kDense)
      bidding.ask("reduced", [&] { return compile_reduced(minimal, ReducedForm::kDense, limits, options.seed); });
  }
}

/// RWKV-7 with c = 2 has the maps of one Householder factor, and the swaps and copies of one rank-one factor; rank-one
/// factors may be Householder factors.
void ask_with_kin(Bidding& bidding, const automata::Dfa& minimal, const CompileOptions& options, PassMemo& memo) {
  const auto with_target = [&](const std::string& part) {
    CompileOptions asked = options;
    asked.target = expressivity::parse_model_class(part, {});
    return asked;
  };
  // The larger cascades of a class of Householder factors, where nothing else was found.
  const auto ask_large = [&](const expressivity::ModelClass& c) {
    if (options.encoding == Encoding::kAny && is_householder(c) && c.factors && holds(c, -1) && holds(c, 0))
      ask_block_cascades(bidding, memo.decompositions(minimal), c, kMostBlockPairs, memo);
  };
  ask_passes(bidding, minimal, options, memo);
  ask_large(options.target);
  const bool is_rwkv7 = options.target.form == Form::kRwkv7 && holds(options.target, -1);
  const bool has_factors = options.target.form == Form::kRankOne && options.target.factors.value_or(0) > 0;
  if (!is_rwkv7 && !has_factors) return;
  const std::size_t most = is_rwkv7 ? 1 : *options.target.factors;
  const std::string factors = ":" + std::to_string(most);
  const auto is_done = [&] { return bidding.layers() <= 1 && bidding.factors() <= most; };
  if (is_rwkv7) ask_passes(bidding, minimal, with_target("rank-one" + factors), memo);
  if (is_done()) return;
  ask_passes(bidding, minimal, with_target("householder[-1,1]" + factors), memo);
  if (options.encoding != Encoding::kAny || is_done()) return;
  ask_swaps_and_copies(bidding, minimal, FactorForm::kRankOne, with_target("rank-one" + factors), memo);
  ask_large(with_target("householder[-1,1]" + factors).target);
}

/// If factors count most, also the classes of one and of two of them, which may take more layers.
void ask_all(Bidding& bidding, const automata::Dfa& minimal, const CompileOptions& options, PassMemo& memo) {
  ask_with_kin(bidding, minimal, options, memo);
  const bool has_factors = is_householder(options.target) || options.target.form == Form::kRankOne;
  if (options.objective != Objective::kFactors || !has_factors || options.target.factors ||
      options.encoding != Encoding::kAny)
    return;
  for (const std::size_t factors : {1U, 2U}) {
    if (bidding.factors() <= factors) return;
    CompileOptions fewer = options;
    fewer.target.factors = factors;
    ask_with_kin(bidding, minimal, fewer, memo);
  }
}

}  // namespace

CompileOptions options_for(std::string_view target, const core::Place& place) {
  CompileOptions options;
  options.target = expressivity::parse_model_class(target, place);
  options.architecture = lrnn::find_architecture(target, place);
  return options;
}

const Decompositions& PassMemo::decompositions(const automata::Dfa& minimal) {
  if (!decompositions_) decompositions_.emplace(minimal);
  return *decompositions_;
}

const PassMemo::Kept& PassMemo::get(const std::string& name, const std::function<PassResult()>& run,
                                    const core::Limits& limits) {
  const auto known = kept_.find(name);
  if (known != kept_.end()) return known->second;
  PassResult result = Refusal{name, ""};
  try {
    result = run();
  } catch (const core::LimitReached& limit) {
    if (limit.kind() == core::LimitReached::Kind::kInterrupted || limit.kind() == core::LimitReached::Kind::kTime)
      throw;
    result = Refusal{name, limit.what()};
  }
  const auto* construction = std::get_if<Construction>(&result);
  const bool holds = construction != nullptr && certificate::check(construction->certificate, limits).is_yes();
  return kept_.emplace(name, Kept{std::move(result), holds}).first->second;
}

std::optional<Compilation> build(const automata::Dfa& dfa, const CompileOptions& options, const core::Limits& limits,
                                 PassMemo* memo) {
  if (!options.semantics.is_exact_or_finite_orbit()) return std::nullopt;
  Bidding bidding(options, limits);
  PassMemo own;
  ask_all(bidding, automata::minimised(dfa, limits), options, memo != nullptr ? *memo : own);
  return bidding.take();
}

CompileVerdict compile(const automata::Dfa& dfa, const CompileOptions& options, const core::Limits& limits) {
  expressivity::LanguageFacts facts(dfa, limits);
  std::string reason = "not built yet: networks for the semantics " + options.semantics.text;
  if (options.semantics.is_exact_or_finite_orbit()) {
    Bidding bidding(options, limits);
    PassMemo memo;
    try {
      ask_all(bidding, facts.minimal(), options, memo);
    } catch (const core::LimitReached& limit) {
      // No time is left to ask for theorems either.
      if (limit.kind() != core::LimitReached::Kind::kTime) throw;
      return CompileVerdict::unknown(std::string(limit.what()) + ": " + bidding.said());
    }
    if (auto best = bidding.take()) {
      const auto& certificate = best->construction.certificate;
      const auto* complex = std::get_if<certificate::ComplexLayerwiseCertificate>(&certificate);
      if (complex != nullptr && complex->blocks) return CompileVerdict::yes(std::move(*best), "block-soundness");
      if (complex != nullptr || std::holds_alternative<certificate::LayerwiseCertificate>(certificate))
        return CompileVerdict::yes(std::move(*best), "layerwise-soundness");
      return CompileVerdict::yes(std::move(*best), "certificate-soundness");
    }
    reason = "no pass has a construction: " + bidding.said();
  }
  return refused_or_unknown(facts, options, reason);
}

CompileVerdict refused_or_unknown(expressivity::LanguageFacts& facts, const CompileOptions& options,
                                  const std::string& reason) {
  // What one layer cannot do, none can.
  const expressivity::Layers layers =
      options.layers ? expressivity::Layers(std::max<std::size_t>(*options.layers, 1)) : std::nullopt;
  const auto verdict = expressivity::decide(facts, options.target, layers, options.semantics);
  if (verdict.is_no()) return CompileVerdict::no(verdict.witness(), verdict.theorem());
  return CompileVerdict::unknown(reason);
}

}  // namespace eigenmata::compiler
