// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/reflection_length.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace eigenmata::algebra {
namespace {

constexpr std::uint64_t kMaxSteps = 1'000'000'000;  // additions: seconds

using Lengths = std::vector<std::uint32_t>;  // one for each letter

struct Candidate {
  std::size_t irreducible;
  std::vector<bool> covers;  // [minimal normal subgroup]: it is not in the kernel
  Lengths lengths;
  std::uint32_t degree;

  /// Wherever the other stands in a cover, this one can stand and costs no more.
  [[nodiscard]] bool replaces(const Candidate& other) const {
    for (std::size_t n = 0; n < covers.size(); ++n) {
      if (other.covers[n] && !covers[n]) return false;
    }
    for (std::size_t x = 0; x < lengths.size(); ++x) {
      if (lengths[x] > other.lengths[x]) return false;
    }
    return degree <= other.degree;
  }
};

struct Cost {
  std::uint32_t k = 0;
  std::uint32_t degree = 0;

  friend auto operator<=>(const Cost&, const Cost&) = default;
};

/// The cheapest set of candidates that covers everything, by branch and bound.
class CoverSearch {
 public:
  CoverSearch(std::vector<Candidate> candidates, Cost lower_bound, const core::Limits& limits)
      : candidates_(std::move(candidates)),
        lower_bound_(lower_bound),
        ticker_(limits, "sets of representations"),
        excluded_(candidates_.size(), false) {}

  /// Needs a cover to exist.
  [[nodiscard]] std::vector<std::size_t> best(std::size_t to_cover, std::size_t letters) {
    descend(std::vector<bool>(to_cover, false), Lengths(letters, 0), 0);
    return best_;
  }

 private:
  struct Branch {
    Cost cost;
    std::size_t candidate;
    Lengths lengths;
  };

  void descend(const std::vector<bool>& covered, const Lengths& lengths, std::uint32_t degree) {
    const auto branches = narrowest(covered, lengths, degree);
    if (!branches) {  // all is covered
      best_cost_ = {longest(lengths), degree};
      best_ = chosen_;
      return;
    }
    // What is tried here is left out beside it: every set is met once.
    for (const Branch& branch : *branches) {
      if (!(branch.cost < best_cost_) || best_cost_ <= lower_bound_) continue;
      const Candidate& c = candidates_[branch.candidate];
      std::vector<bool> now = covered;
      for (std::size_t n = 0; n < now.size(); ++n) now[n] = now[n] || c.covers[n];
      excluded_[branch.candidate] = true;
      chosen_.push_back(c.irreducible);
      descend(now, branch.lengths, branch.cost.degree);
      chosen_.pop_back();
    }
    for (const Branch& branch : *branches) excluded_[branch.candidate] = false;
  }

  /// What may cover the subgroup that the fewest can, cheapest first; nothing if no subgroup is left.
  std::optional<std::vector<Branch>> narrowest(const std::vector<bool>& covered, const Lengths& lengths,
                                               std::uint32_t degree) {
    std::vector<Branch> open;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (excluded_[i]) continue;
      step(lengths.size() + 1);
      Branch branch{{0, degree + candidates_[i].degree}, i, lengths};
      for (std::size_t x = 0; x < lengths.size(); ++x) branch.lengths[x] += candidates_[i].lengths[x];
      branch.cost.k = longest(branch.lengths);
      if (branch.cost < best_cost_) open.push_back(std::move(branch));
    }
    std::size_t fewest = SIZE_MAX;
    std::size_t where = covered.size();
    for (std::size_t n = 0; n < covered.size(); ++n) {
      if (covered[n]) continue;
      step(open.size());
      const auto count = static_cast<std::size_t>(std::count_if(
          open.begin(), open.end(), [&](const Branch& b) { return bool{candidates_[b.candidate].covers[n]}; }));
      if (count < fewest) std::tie(fewest, where) = std::pair{count, n};
    }
    if (where == covered.size()) return std::nullopt;
    std::erase_if(open, [&](const Branch& b) { return !candidates_[b.candidate].covers[where]; });
    std::stable_sort(open.begin(), open.end(), [](const Branch& a, const Branch& b) { return a.cost < b.cost; });
    return open;
  }

  [[nodiscard]] static std::uint32_t longest(const Lengths& lengths) {
    return lengths.empty() ? 0 : *std::max_element(lengths.begin(), lengths.end());
  }

  void step(std::size_t work) {
    ticker_.tick(work);
    if (ticker_.done() > kMaxSteps) {
      throw core::LimitReached(core::LimitReached::Kind::kSize,
                               "too many sets of irreducible representations for a search");
    }
  }

  std::vector<Candidate> candidates_;
  Cost lower_bound_;
  core::Ticker ticker_;
  std::vector<bool> excluded_;
  std::vector<std::size_t> chosen_;
  std::vector<std::size_t> best_;
  Cost best_cost_{UINT32_MAX, UINT32_MAX};
};

/// The classes of letters, without those that no representation makes longer than another one of them.
std::vector<std::size_t> decisive_classes(const CharacterTable& table, const std::vector<RealIrreducible>& irreducibles,
                                          const std::vector<std::uint32_t>& letters) {
  std::map<Lengths, std::size_t> by_lengths;
  for (const std::uint32_t letter : letters) {
    const std::size_t k = table.class_of(letter);
    Lengths lengths;
    for (const RealIrreducible& rho : irreducibles) lengths.push_back(reflection_length(table, rho, k));
    by_lengths.emplace(std::move(lengths), k);
  }
  std::vector<std::size_t> result;
  for (const auto& [lengths, k] : by_lengths) {
    const bool exceeded = std::any_of(by_lengths.begin(), by_lengths.end(), [&, &shorter = lengths](const auto& other) {
      if (other.first == shorter) return false;
      return std::equal(shorter.begin(), shorter.end(), other.first.begin(), std::less_equal<>());
    });
    if (!exceeded) result.push_back(k);
  }
  return result;
}

/// Let E be the product of the minimal normal subgroups that are p-groups; it is elementary abelian, of rank r. The
/// characters of E in a faithful representation span the dual of E; on some g in E none of r independent ones is 1.
/// So the degree, and the length of g if it is a letter, are at least r, and 2r if p > 2: their conjugates are others.
Cost bound_by_elementary_abelian(const CharacterTable& table, const std::vector<std::vector<bool>>& minimal,
                                 const std::vector<bool>& has_letter) {
  std::set<std::uint64_t> primes;
  for (const auto& c : table.classes()) primes.insert(c.element_order);
  Cost bound;
  for (const std::uint64_t p : primes) {
    std::vector<std::size_t> inside;  // classes in those minimal normal subgroups
    for (const auto& n : minimal) {
      std::vector<std::size_t> its_classes;
      bool is_p_group = true;
      for (std::size_t k = 1; k < n.size(); ++k) {
        if (!n[k]) continue;
        its_classes.push_back(k);
        is_p_group = is_p_group && table.classes()[k].element_order == p;
      }
      if (is_p_group) inside.insert(inside.end(), its_classes.begin(), its_classes.end());
    }
    if (inside.empty()) continue;
    std::vector<bool> product(table.size(), true);  // the least normal subgroup that contains them
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto kernel = table.kernel(i);
      if (!std::all_of(inside.begin(), inside.end(), [&](std::size_t k) { return bool{kernel[k]}; })) continue;
      for (std::size_t k = 0; k < product.size(); ++k) product[k] = product[k] && kernel[k];
    }
    std::uint64_t order = 0;
    bool all_letters = true;
    for (std::size_t k = 0; k < product.size(); ++k) {
      if (!product[k]) continue;
      order += table.classes()[k].size;
      all_letters = all_letters && (k == 0 || has_letter[k]);
    }
    std::uint32_t rank = 0;
    for (; order > 1; order /= p) ++rank;
    if (p > 2) rank *= 2;
    bound.degree = std::max(bound.degree, rank);
    if (all_letters) bound.k = std::max(bound.k, rank);
  }
  return bound;
}

}  // namespace

std::vector<RealIrreducible> real_irreducibles(const CharacterTable& table) {
  std::vector<RealIrreducible> result;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table.conjugate(i) < i) continue;
    const int indicator = table.indicator(i);
    result.push_back({i, indicator, indicator == 1 ? table.degree(i) : 2 * table.degree(i)});
  }
  return result;
}

std::uint32_t reflection_length(const CharacterTable& table, const RealIrreducible& rho, std::size_t its_class) {
  // χ̄(g) has as many eigenvalues 1 as χ(g).
  const std::uint32_t length = table.degree(rho.character) - table.fixed_dimension(rho.character, its_class);
  return rho.indicator == 1 ? length : 2 * length;
}

std::uint32_t reflection_length(const CharacterTable& table, const RealRepresentation& rho, std::size_t its_class) {
  std::uint32_t sum = 0;
  for (const RealIrreducible& part : rho.parts) sum += reflection_length(table, part, its_class);
  return sum;
}

std::map<std::uint32_t, std::uint64_t> rank_histogram(const CharacterTable& table, const RealRepresentation& rho) {
  std::map<std::uint32_t, std::uint64_t> histogram;
  for (std::size_t k = 0; k < table.classes().size(); ++k) {
    histogram[reflection_length(table, rho, k)] += table.classes()[k].size;
  }
  return histogram;
}

bool is_faithful(const CharacterTable& table, const RealRepresentation& rho) {
  return rank_histogram(table, rho)[0] == 1;
}

ShortestReflections shortest_reflections(const CharacterTable& table, const std::vector<std::uint32_t>& letters,
                                         const core::Limits& limits) {
  const auto irreducibles = real_irreducibles(table);
  const auto classes = decisive_classes(table, irreducibles, letters);
  const auto minimal = table.minimal_normal_subgroups();
  std::vector<Candidate> candidates;
  for (std::size_t i = 1; i < irreducibles.size(); ++i) {
    Candidate c{i, {}, {}, irreducibles[i].degree};
    const auto kernel = table.kernel(irreducibles[i].character);
    for (const auto& n : minimal) {
      // The kernel is normal: it contains all of n, or of n only the identity.
      const auto k = static_cast<std::size_t>(std::find(n.begin() + 1, n.end(), true) - n.begin());
      c.covers.push_back(!kernel[k]);
    }
    for (const std::size_t k : classes) c.lengths.push_back(reflection_length(table, irreducibles[i], k));
    const auto replaces_c = [&](const Candidate& other) { return other.replaces(c); };
    if (std::any_of(candidates.begin(), candidates.end(), replaces_c)) continue;
    std::erase_if(candidates, [&](const Candidate& other) { return c.replaces(other); });
    candidates.push_back(std::move(c));
  }

  std::vector<bool> has_letter(table.size(), false);
  Cost bound;
  for (const std::uint32_t letter : letters) {
    const std::uint32_t k = table.class_of(letter);
    has_letter[k] = true;
    // One reflection is an involution.
    bound.k =
        std::max(bound.k, static_cast<std::uint32_t>(std::min<std::uint64_t>(table.classes()[k].element_order, 3)) - 1);
  }
  const Cost elementary = bound_by_elementary_abelian(table, minimal, has_letter);
  bound = {std::max(bound.k, elementary.k), elementary.degree};

  ShortestReflections result;
  CoverSearch search(std::move(candidates), bound, limits);
  for (const std::size_t i : search.best(minimal.size(), classes.size())) {
    result.representation.parts.push_back(irreducibles[i]);
    result.representation.degree += irreducibles[i].degree;
  }
  for (std::size_t x = 0; x < letters.size(); ++x) {
    const std::uint32_t length = reflection_length(table, result.representation, table.class_of(letters[x]));
    result.letter_lengths.push_back(length);
    if (length > result.k) std::tie(result.k, result.longest_letter) = std::pair{length, x};
  }
  return result;
}

RealRepresentation least_faithful_representation(const CharacterTable& table, const core::Limits& limits) {
  return shortest_reflections(table, {}, limits).representation;
}

}  // namespace eigenmata::algebra
