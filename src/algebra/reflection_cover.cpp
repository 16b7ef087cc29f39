// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/reflection_cover.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <string>
#include <utility>

#include "eigenmata/algebra/listed_group.hpp"

namespace eigenmata::algebra {
namespace {

using Verdict = core::Verdict<ReflectionCover, NotCovered>;

constexpr std::size_t kMaxOrder = 50'000;           // below the quotients of E6
constexpr std::uint64_t kMaxSteps = 1'000'000'000;  // comparisons: seconds

/// Rank 3 and more that a group of this order, at most kMaxOrder, can need; by rank.
std::vector<CoxeterType> types_of_rank_at_least_3(std::size_t order) {
  std::vector<CoxeterType> types{{'A', 3, 0}, {'B', 3, 0}, {'H', 3, 0}, {'A', 4, 0},
                                 {'B', 4, 0}, {'D', 4, 0}, {'F', 4, 0}, {'H', 4, 0}};
  std::size_t factorial = 24;
  for (std::size_t n = 5; (factorial *= n) <= order; ++n) {
    for (const char family : {'A', 'B', 'D'}) types.push_back({family, n, 0});
  }
  return types;
}

/// What generates one component, and the search for its t_i.
class ComponentSearch {
 public:
  /// Letters of which there are no two alike, involutions, connected by not commuting.
  ComponentSearch(const std::vector<Transformation>& letters, const core::Limits& limits)
      : limits_(limits),
        ticker_(limits, "tuples of involutions"),
        h_(PermutationGroup(letters[0].degree(), letters, limits), kMaxOrder, limits) {
    const auto class_of = h_.class_of_elements();
    for (const Transformation& x : letters) letters_.push_back(h_.number_of(x));
    std::map<std::uint32_t, std::size_t> number_of_class;
    for (const std::uint32_t x : letters_) number_of_class.emplace(class_of[x], number_of_class.size());
    classes_ = number_of_class.size();
    for (std::uint32_t x = 0; x < h_.order(); ++x) {
      const auto found = number_of_class.find(class_of[x]);
      if (found == number_of_class.end()) continue;
      conjugates_.push_back(x);
      class_.push_back(found->second);
    }
    for (std::uint32_t x = 0; x < h_.order(); ++x) {
      order_of_element_.push_back(static_cast<std::uint16_t>(h_.element_order(x)));
    }
    orders_.resize(conjugates_.size());
  }

  [[nodiscard]] std::optional<ReflectionCover::Component> find() {
    if (letters_.size() == 1) return component({'A', 1, 0}, {0});
    for (std::size_t a = 0; a < conjugates_.size(); ++a) {
      if (!represents_class(a)) continue;
      for (std::size_t b = 0; b < conjugates_.size(); ++b) {
        const std::uint16_t order = orders(a)[b];
        if (2 * std::size_t{order} == h_.order() && is_cover({a, b})) return component({'I', 2, order}, {a, b});
      }
    }
    for (const CoxeterType& type : types_of_rank_at_least_3(h_.order())) {
      if (type.rank > letters_.size()) continue;
      std::vector<std::size_t> chosen;
      if (extend(coxeter_matrix(type), chosen)) return component(type, chosen);
    }
    return std::nullopt;
  }

 private:
  /// The orders of a·b for all b; made when they are asked for.
  [[nodiscard]] const std::vector<std::uint16_t>& orders(std::size_t a) {
    std::vector<std::uint16_t>& row = orders_[a];
    if (!row.empty()) return row;
    limits_.require_memory(++rows_ * conjugates_.size() * sizeof(row[0]), "orders of products of involutions");
    for (const std::uint32_t b : conjugates_) row.push_back(order_of_element_[h_.product(conjugates_[a], b)]);
    return row;
  }

  [[nodiscard]] bool represents_class(std::size_t a) const {
    return std::find(class_.begin(), class_.end(), class_[a]) == class_.begin() + static_cast<std::ptrdiff_t>(a);
  }

  /// Chooses t for the rest of the simple reflections.
  [[nodiscard]] bool extend(const std::vector<std::vector<std::uint64_t>>& matrix, std::vector<std::size_t>& chosen) {
    const std::size_t i = chosen.size();
    if (i == matrix.size()) return is_cover(chosen);
    ticker_.tick((i + 1) * conjugates_.size());
    if (ticker_.done() > kMaxSteps) {
      throw core::LimitReached(core::LimitReached::Kind::kSize, "too many tuples of involutions for a search");
    }
    for (std::size_t t = 0; t < conjugates_.size(); ++t) {
      if (i == 0 && !represents_class(t)) continue;  // up to conjugation of all of them
      bool fits = true;
      for (std::size_t j = 0; j < i && fits; ++j) fits = matrix[i][j] % orders(chosen[j])[t] == 0;
      if (!fits) continue;
      chosen.push_back(t);
      if (extend(matrix, chosen)) return true;
      chosen.pop_back();
    }
    return false;
  }

  /// They meet the classes of all letters and generate the group.
  [[nodiscard]] bool is_cover(const std::vector<std::size_t>& chosen) const {
    std::vector<bool> met(classes_, false);
    for (const std::size_t t : chosen) met[class_[t]] = true;
    if (std::find(met.begin(), met.end(), false) != met.end()) return false;
    std::vector<Transformation> generators;
    for (const std::size_t t : chosen) generators.push_back(h_.element(conjugates_[t]));
    return PermutationGroup(h_.group().degree(), std::move(generators), limits_).order() == h_.order();
  }

  [[nodiscard]] ReflectionCover::Component component(const CoxeterType& type,
                                                     const std::vector<std::size_t>& chosen) const {
    ReflectionCover::Component result{type, {}};
    for (const std::size_t t : chosen) result.images.push_back(h_.element(conjugates_[t]));
    return result;
  }

  const core::Limits& limits_;
  core::Ticker ticker_;
  ListedGroup h_;
  std::vector<std::uint32_t> letters_;
  std::vector<std::uint32_t> conjugates_;  // of letters, increasing
  std::vector<std::size_t> class_;         // of each of them, numbered from 0
  std::size_t classes_ = 0;
  std::vector<std::uint16_t> order_of_element_;
  std::vector<std::vector<std::uint16_t>> orders_;  // of products of two of them
  std::size_t rows_ = 0;                            // of these, made so far
};

/// Breadth first through the conjugates of the images of the simple reflections: a shortest conjugator for each.
std::map<std::vector<Point>, ReflectionCover::Reflection> reflections(const ReflectionCover::Component& component,
                                                                      std::size_t number) {
  std::map<std::vector<Point>, ReflectionCover::Reflection> found;
  std::vector<Transformation> queue;
  for (std::size_t i = 0; i < component.images.size(); ++i) {
    if (found.emplace(component.images[i].images(), ReflectionCover::Reflection{number, i, {}}).second) {
      queue.push_back(component.images[i]);
    }
  }
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const Transformation x = queue[at];
    for (std::size_t i = 0; i < component.images.size(); ++i) {
      ReflectionCover::Reflection longer = found.at(x.images());
      longer.conjugator.push_back(i);
      const Transformation next = component.images[i] * x * component.images[i];
      if (found.emplace(next.images(), std::move(longer)).second) queue.push_back(next);
    }
  }
  return found;
}

/// The components of the graph of letters that do not commute, as positions.
std::vector<std::vector<std::size_t>> components(const std::vector<Transformation>& letters,
                                                 const std::vector<std::size_t>& vertices) {
  std::vector<std::vector<std::size_t>> result;
  std::vector<bool> seen(letters.size(), false);
  for (const std::size_t start : vertices) {
    if (seen[start]) continue;
    std::vector<std::size_t> component{start};
    seen[start] = true;
    for (std::size_t at = 0; at < component.size(); ++at) {
      for (const std::size_t x : vertices) {
        const std::size_t y = component[at];
        if (seen[x] || letters[x] * letters[y] == letters[y] * letters[x]) continue;
        seen[x] = true;
        component.push_back(x);
      }
    }
    std::sort(component.begin(), component.end());
    result.push_back(std::move(component));
  }
  return result;
}

}  // namespace

std::string to_string(const CoxeterType& type) {
  std::string text(1, type.family);
  text += std::to_string(type.rank);
  if (type.bond != 0) text += "(" + std::to_string(type.bond) + ")";
  return text;
}

std::vector<std::vector<std::uint64_t>> coxeter_matrix(const CoxeterType& type) {
  const std::size_t n = type.rank;
  std::vector<std::vector<std::uint64_t>> m(n, std::vector<std::uint64_t>(n, 2));
  const auto join = [&](std::size_t i, std::size_t j, std::uint64_t order) { m[i][j] = m[j][i] = order; };
  for (std::size_t i = 0; i < n; ++i) m[i][i] = 1;
  for (std::size_t i = 0; i + 1 < n; ++i) join(i, i + 1, 3);
  switch (type.family) {
    case 'B':
      join(0, 1, 4);
      break;
    case 'D':
      join(0, 1, 2);
      join(0, 2, 3);
      break;
    case 'F':
      join(1, 2, 4);
      break;
    case 'H':
      join(0, 1, 5);
      break;
    case 'I':
      join(0, 1, type.bond);
      break;
    default:
      assert(type.family == 'A');
  }
  return m;
}

Verdict reflection_cover(const std::vector<Transformation>& letters, const core::Limits& limits) {
  ReflectionCover cover;
  cover.letters.resize(letters.size());
  std::map<std::vector<Point>, std::size_t> first;  // positions of letters other than 1, each once
  for (std::size_t x = 0; x < letters.size(); ++x) {
    const std::uint64_t order = letters[x].period();
    if (order > 2) return Verdict::no({x}, "reflection-cover");
    if (order == 2) first.emplace(letters[x].images(), x);
  }
  std::vector<std::size_t> vertices;
  for (const auto& [letter, x] : first) vertices.push_back(x);
  std::sort(vertices.begin(), vertices.end());
  std::string unknown;
  for (const auto& positions : components(letters, vertices)) {
    try {
      std::vector<Transformation> its_letters;
      for (const std::size_t x : positions) its_letters.push_back(letters[x]);
      auto component = ComponentSearch(its_letters, limits).find();
      if (!component) return Verdict::no(positions, "reflection-cover");
      const auto found = reflections(*component, cover.components.size());
      for (std::size_t x = 0; x < letters.size(); ++x) {
        if (const auto at = found.find(letters[x].images()); at != found.end()) cover.letters[x] = at->second;
      }
      cover.components.push_back(std::move(*component));
    } catch (const core::LimitReached& e) {
      unknown = e.what();  // another component may still say no
    }
  }
  if (!unknown.empty()) return Verdict::unknown(unknown);
  return Verdict::yes(std::move(cover), "reflection-cover");
}

}  // namespace eigenmata::algebra
