// SPDX-License-Identifier: Apache-2.0
#include "classification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "../common.hpp"
#include "eigenmata/algebra/composition_factors.hpp"
#include "eigenmata/algebra/finiteness.hpp"
#include "eigenmata/algebra/frattini.hpp"
#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/algebra/loop_lengths.hpp"
#include "eigenmata/algebra/structure_name.hpp"
#include "eigenmata/automata/minimise.hpp"

namespace eigenmata::cli {
namespace {

constexpr std::size_t kFirst = 200'000;                         // elements listed before frames are tried
constexpr std::size_t kListed = 5'000'000;                      // and where frames are known, listed at all
constexpr std::size_t kMemoryOfFrames = std::size_t{16} << 20;  // tried before all elements are
constexpr std::size_t kMostPoints = 128;  // groups on more points may take hours: only if there is a time limit

/// The limits for the enumeration of a monoid: so much of the time that what was found can be looked at.
core::Limits most_of(core::Limits limits) {
  if (limits.deadline) {
    const auto now = core::Limits::Clock::now();
    limits.deadline = now + (*limits.deadline - now) * 3 / 4;
  }
  return limits;
}

/// Adds what is found of the group. Groups that are too large for a question leave it open; the other limits are thrown
/// on as `core::LimitReached`, with what was found before in its place.
void describe(Subgroup& found, const algebra::PermutationGroup& group, const core::Limits& limits) {
  const auto attempt = [](const auto& find) {
    try {
      find();
    } catch (const core::LimitReached& limit) {
      if (limit.kind() != core::LimitReached::Kind::kSize) throw;
    }
  };
  attempt([&] {
    found.derived_length = algebra::derived_length(group, limits);
    found.solvable = found.derived_length.has_value();
  });
  attempt([&] { found.name = algebra::structure_name(group, limits); });
  attempt([&] { found.frattini_length = algebra::frattini_length(group, limits); });
  attempt([&] {
    std::vector<std::string> names;
    for (const auto& factor : algebra::composition_factors(group, limits)) names.push_back(factor.name);
    found.composition_factors = std::move(names);
  });
}

}  // namespace

std::string counted_exactly(const exact::Integer& count, std::string_view noun) {
  return exact::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string shown_name(const Subgroup& group) {
  return group.name.value_or("of order " + exact::to_string(group.order));
}

Classification::Classification(const Request& request)
    : language(read_language(request, operands(request, 1, 1, "a language")[0])),
      minimal(automata::minimised(language.dfa, request.limits)),
      maps_(algebra::letter_maps(minimal)) {
  const core::Limits& limits = request.limits;
  list_elements(limits);
  semigroup_.emplace(minimal, *monoid_, limits);
  if (!semigroup_->is_known() && !frames_) {
    core::Limits rest = most_of(limits);
    rest.memory_bytes /= 4;  // much may be taken by the elements
    find_frames(rest);
  }
  aperiodic_ = algebra::is_aperiodic(minimal, *monoid_, limits);
  if (aperiodic_->is_unknown() && images_) aperiodic_ = algebra::is_aperiodic(minimal, *images_);
  count(limits);
  find_subgroups(limits);
  find_properties(limits);
}

void Classification::list_elements(const core::Limits& limits) {
  monoid_.emplace(maps_, most_of(limits), kFirst);
  if (monoid_->is_complete() || monoid_->size() <= kFirst) return;
  core::Limits little = most_of(limits);
  little.memory_bytes = std::min(little.memory_bytes, kMemoryOfFrames);
  find_frames(little);
  if (is_beyond_lists()) {
    if (!frames_) find_frames(most_of(limits));
  } else {
    monoid_.emplace(maps_, most_of(limits));
  }
}

/// Are there so many elements that they are not listed?
bool Classification::is_beyond_lists() const {
  return frames_ ? frames_->size() > kListed : images_ && images_->size_at_least() > kListed;
}

void Classification::find_frames(const core::Limits& limits) {
  if (minimal.states() > kMostPoints && !limits.deadline) return;
  try {
    if (!images_) images_.emplace(maps_, limits);
    frames_.emplace(*images_, limits);
  } catch (const core::LimitReached& limit) {
    frames_stopped_by_ = limit.what();
  }
}

void Classification::count(const core::Limits& limits) {
  try {
    periods = monoid_->periods(limits);
  } catch (const core::LimitReached&) {  // the answers about periods say why
  }
  if (monoid_->is_complete()) {
    size = monoid_->size();
    idempotents = monoid_->count_idempotents();
  } else {
    size_at_least = std::max<exact::Integer>(monoid_->size(), images_ ? images_->size_at_least() : 0);
    stopped_by = !is_beyond_lists() ? monoid_->stopped_by()
                 : frames_          ? "more than " + std::to_string(kListed) + " elements are not listed"
                                    : frames_stopped_by_;
  }
  if (semigroup_->is_known()) {
    const algebra::GreenRelations& green = semigroup_->green();
    classes = {green.d_classes(), green.regular_d_classes(), green.l_classes(), green.r_classes(), green.h_classes()};
  } else if (frames_) {
    size = frames_->size();
    classes = {frames_->d_classes(), frames_->regular_d_classes(), frames_->l_classes(), frames_->r_classes(),
               frames_->h_classes()};
    try {
      if (!idempotents) idempotents = frames_->count_idempotents(limits);
    } catch (const core::LimitReached& limit) {
      stopped_by = limit.what();
    }
  }
}

bool Classification::is_whole() const {
  return classes && idempotents && subgroups_stopped_by.empty() &&
         std::none_of(properties.begin(), properties.end(),
                      [](const Property& p) { return p.answer == core::Answer::kUnknown; });
}

void Classification::find_subgroups(const core::Limits& limits) {
  if (!classes) return;
  std::vector<std::size_t> d_classes;
  for (std::size_t d = 0; d < classes->d; ++d) {
    if (semigroup_->is_known()) {
      const algebra::DClass& d_class = semigroup_->green().d_class(d);
      if (!d_class.is_regular() || d_class.h_size == 1) continue;
      subgroups.emplace_back().order = d_class.h_size;
    } else {
      const algebra::DClassFrame d_class = frames_->d_class(d);
      if (!d_class.is_regular || d_class.h_size == 1) continue;
      subgroups.emplace_back().order = d_class.h_size;
    }
    d_classes.push_back(d);
  }
  try {
    for (std::size_t i = 0; i < d_classes.size(); ++i) {
      limits.poll();
      if (!semigroup_->is_known()) {
        describe(subgroups[i], frames_->schutzenberger_group(d_classes[i]), limits);
        continue;
      }
      const algebra::GreenRelations& green = semigroup_->green();
      const algebra::MaximalSubgroup subgroup = green.maximal_subgroup(green.idempotents_of(d_classes[i]).front());
      describe(subgroups[i], algebra::PermutationGroup(subgroup.points.size(), subgroup.generators, limits), limits);
    }
  } catch (const core::LimitReached& limit) {
    subgroups_stopped_by = limit.what();
  }
}

std::string Classification::in_words(const algebra::LawWitness& witness) const {
  std::string text = "the law " + witness.law + " fails for";
  for (std::size_t i = 0; i < witness.words.size(); ++i) {
    text += (i == 0 ? " " : ", ") + std::string(1, witness.words[i].first) + " = " +
            shown(minimal.alphabet(), witness.words[i].second);
  }
  return text;
}

/// Why a decision that needs all elements is not taken.
std::string Classification::why_unknown(const algebra::LawVerdict& verdict) const {
  if (semigroup_->is_known() || !size) return verdict.reason();
  return "needs all " + exact::to_string(*size) + " elements of the monoid; " +
         (monoid_->is_complete() ? semigroup_->why_unknown() : stopped_by);
}

void Classification::add(const char* name, const algebra::LawVerdict& verdict) {
  Property property{name, verdict.answer(), "", std::nullopt};
  if (verdict.is_no()) {
    property.witness = verdict.witness();
    property.reason = in_words(verdict.witness());
  } else if (!verdict.is_yes()) {
    property.reason = why_unknown(verdict);
  }
  properties.push_back(std::move(property));
}

/// The same; what cannot be decided from elements is decided from frames, if these are known.
template <class Decide>
void Classification::add(const char* name, const algebra::LawVerdict& verdict, Decide of_frames) {
  add(name, verdict);
  if (!verdict.is_unknown() || !frames_) return;
  const algebra::FrameVerdict answer = of_frames(*frames_);
  Property& property = properties.back();
  property.answer = answer.answer();
  property.reason = answer.reason();
  if (!answer.is_no()) return;
  const algebra::DClassFrame c = frames_->d_class(answer.witness());
  property.reason = fmt::format(
      "a D-class of rank {} has {} R-classes, {} L-classes, H-classes of {}, {}", c.rank, c.r_classes,
      exact::to_string(c.l_classes), counted_exactly(c.h_size, "element"),
      c.is_regular ? counted_exactly(frames_->count_idempotents(answer.witness()), "idempotent") : "no idempotents");
}

/// From the images.
void Classification::find_quasi_aperiodic(const core::Limits& limits) {
  const algebra::ImageVerdict answer = algebra::is_quasi_aperiodic(*images_, limits);
  if (answer.is_unknown()) return;
  properties.back().answer = answer.answer();
  if (!answer.is_no()) return;
  properties.back().reason = "words of one length make different elements of a group of order " +
                             exact::to_string(images_->group(answer.witness()).order()) +
                             " that permutes the image of an element";
}

/// What is left open, from what is known. The families are in order: a conclusion may be used by the next.
void Classification::draw_conclusions() {
  constexpr std::pair<const char*, const char*> kContained[] = {{"r_trivial", "aperiodic"},
                                                                {"l_trivial", "aperiodic"},
                                                                {"j_trivial", "r_trivial"},
                                                                {"j_trivial", "l_trivial"},
                                                                {"piecewise_testable", "j_trivial"},
                                                                {"nilpotent", "j_trivial"},
                                                                {"da", "aperiodic"},
                                                                {"definite", "l_trivial"},
                                                                {"reverse_definite", "r_trivial"},
                                                                {"generalized_definite", "da"},
                                                                {"locally_threshold_testable", "aperiodic"},
                                                                {"locally_testable", "locally_threshold_testable"}};
  const auto find = [&](const char* name) {
    return std::find_if(properties.begin(), properties.end(),
                        [&](const Property& p) { return std::string_view(p.name) == name; });
  };
  for (const auto& [smaller, larger] : kContained) {
    const auto at = find(smaller);
    if (at->answer != core::Answer::kUnknown || find(larger)->answer != core::Answer::kNo) continue;
    at->answer = core::Answer::kNo;
    at->reason = std::string("not ") + larger;
  }
  // One idempotent; idempotents that commute, so that those of one R- or L-class are one.
  const auto block_group = find("block_group");
  for (const char* smaller : {"group", "commutative"}) {
    if (block_group->answer != core::Answer::kUnknown || find(smaller)->answer != core::Answer::kYes) continue;
    block_group->answer = core::Answer::kYes;
  }
}

/// The groups of all images are made of the same simple groups as the subgroups: image_orbit.hpp.
Property Classification::of_all_subgroups(
    const char* name, const std::function<std::optional<bool>(const Subgroup&)>& holds,
    const std::function<bool(const algebra::PermutationGroup&)>& holds_in_group) const {
  Property property{name, core::Answer::kYes, "", std::nullopt};
  for (const Subgroup& subgroup : subgroups) {
    const std::optional<bool> answer = holds(subgroup);
    if (answer == true) continue;
    property.answer = answer ? core::Answer::kNo : core::Answer::kUnknown;
    property.reason = answer || subgroups_stopped_by.empty() ? "the subgroup " + shown_name(subgroup) + " of the monoid"
                                                             : subgroups_stopped_by;
    if (answer) break;
  }
  if (classes) return property;
  if (!images_) return {name, core::Answer::kUnknown, semigroup_->why_unknown(), std::nullopt};
  try {
    for (std::size_t c = 0; c < images_->components(); ++c) {
      const algebra::PermutationGroup& group = images_->group(c);
      if (group.is_trivial() || holds_in_group(group)) continue;
      return {name, core::Answer::kNo,
              "a group of order " + exact::to_string(group.order()) + " permutes the image of an element",
              std::nullopt};
    }
  } catch (const core::LimitReached& limit) {
    return {name, core::Answer::kUnknown, limit.what(), std::nullopt};
  }
  return property;
}

/// Of the monoid, if it is a group.
void Classification::find_group_properties(const core::Limits& limits) {
  const Property group = properties.back();
  const auto add = [&](const char* name, const std::string& failing, const auto& holds) {
    Property property{name, group.answer, group.reason, std::nullopt};
    try {
      if (group.answer == core::Answer::kYes && !holds(algebra::PermutationGroup(minimal.states(), maps_, limits))) {
        property.answer = core::Answer::kNo;
        property.reason = failing;
      }
    } catch (const core::LimitReached& limit) {
      property.answer = core::Answer::kUnknown;
      property.reason = limit.what();
    }
    properties.push_back(std::move(property));
  };
  using Group = algebra::PermutationGroup;
  add("p_group", "more than one prime divides the order", [](const Group& g) { return g.order_factors().size() <= 1; });
  add("nilpotent_group", "the lower central series stops above 1",
      [&](const Group& g) { return algebra::is_nilpotent(g, limits); });
  add("solvable_group", "the derived series stops above 1",
      [&](const Group& g) { return algebra::is_solvable(g, limits); });
}

void Classification::find_properties(const core::Limits& limits) {
  const algebra::SyntacticSemigroup& semigroup = *semigroup_;
  const core::Alphabet& alphabet = minimal.alphabet();
  const auto word = [&](const core::Word& w) { return shown(alphabet, w); };
  const auto from = [this](const char* name, const auto& verdict, const auto& in_words_of) {
    Property property{name, verdict.answer(), "", std::nullopt};
    if (verdict.is_no()) property.reason = in_words_of(verdict.witness());
    if (verdict.answer() == core::Answer::kUnknown) property.reason = verdict.reason();
    properties.push_back(std::move(property));
  };
  const auto pumped = [&](const algebra::PumpWitness& w) {
    return "u x^k v for all k, u = " + word(w.prefix) + ", x = " + word(w.repeat) + ", v = " + word(w.suffix);
  };
  from("aperiodic", *aperiodic_, [&](const algebra::PeriodWitness& w) {
    return fmt::format("u x^k v in the language has period {} in k, for u = {}, x = {}, v = {}", w.period,
                       word(w.prefix), word(w.repeat), word(w.suffix));
  });
  from("group", algebra::is_group(minimal),
       [&](core::Symbol x) { return "letter " + alphabet.name(x) + " does not permute the states"; });
  find_group_properties(limits);
  properties.push_back(of_all_subgroups(
      "solvable", [](const Subgroup& g) { return g.solvable; },
      [&](const algebra::PermutationGroup& g) { return algebra::is_solvable(g, limits); }));
  properties.push_back(of_all_subgroups(
      "two_group", [](const Subgroup& g) { return std::optional<bool>((g.order & (g.order - 1)) == 0); },
      [](const algebra::PermutationGroup& g) { return algebra::is_p_group(g, 2); }));
  from("commutative", algebra::is_commutative(minimal), [&](const std::pair<core::Symbol, core::Symbol>& letters) {
    const std::string blank = alphabet.single_characters() ? "" : " ";
    return fmt::format("{0}{2}{1} and {1}{2}{0} act differently", alphabet.name(letters.first),
                       alphabet.name(letters.second), blank);
  });
  using Frames = algebra::DClassFrames;
  const algebra::LawVerdict j_trivial = algebra::is_j_trivial(semigroup);
  const auto j_trivial_by_frames = [](const Frames& frames) { return algebra::is_j_trivial(frames); };
  add("nilpotent", algebra::is_nilpotent(semigroup));
  add("block_group", algebra::is_block_group(semigroup),
      [&](const Frames& frames) { return algebra::is_block_group(frames, limits); });
  add("j_trivial", j_trivial, j_trivial_by_frames);
  add("r_trivial", algebra::is_r_trivial(semigroup), [](const Frames& f) { return algebra::is_r_trivial(f); });
  add("l_trivial", algebra::is_l_trivial(semigroup), [](const Frames& f) { return algebra::is_l_trivial(f); });
  add("da", algebra::is_da(semigroup), [&](const Frames& frames) { return algebra::is_da(frames, limits); });
  from("trivial", algebra::is_trivial(minimal), [&](const std::pair<core::Word, core::Word>& words) {
    return word(words.first) + " is accepted, " + word(words.second) + " is not";
  });
  from("finite", algebra::is_finite(minimal), [&](const auto& w) { return "accepts " + pumped(w); });
  from("cofinite", algebra::is_cofinite(minimal), [&](const auto& w) { return "rejects " + pumped(w); });
  add("definite", algebra::is_definite(semigroup));
  add("reverse_definite", algebra::is_reverse_definite(semigroup));
  add("generalized_definite", algebra::is_generalized_definite(semigroup));
  add("locally_testable", algebra::is_locally_testable(semigroup));
  add("locally_threshold_testable", algebra::is_locally_threshold_testable(semigroup));
  add("piecewise_testable", j_trivial, j_trivial_by_frames);
  add("quasi_aperiodic", algebra::is_quasi_aperiodic(semigroup));
  if (images_ && properties.back().answer == core::Answer::kUnknown) find_quasi_aperiodic(limits);
  draw_conclusions();
}

}  // namespace eigenmata::cli
