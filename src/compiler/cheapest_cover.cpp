// SPDX-License-Identifier: Apache-2.0
#include "cheapest_cover.hpp"

#include <algorithm>
#include <numeric>

namespace eigenmata::compiler {
namespace {

constexpr std::size_t kMostParts = 16;  // 2^16 sets at most

class Cover {
 public:
  Cover(const std::vector<PricedPart>& parts, std::size_t bound)
      : parts_(parts), bound_(bound), states_(parts[0].classes.size()) {}

  std::vector<std::size_t> run() {
    order_.resize(parts_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [this](std::size_t a, std::size_t b) { return parts_[a].price < parts_[b].price; });
    const auto alone = std::find_if(order_.begin(), order_.end(),
                                    [this](std::size_t i) { return class_count(parts_[i].classes) == states_; });
    if (order_.size() > kMostParts) {
      if (alone != order_.end() && alone - order_.begin() >= static_cast<std::ptrdiff_t>(kMostParts))
        order_[kMostParts - 1] = *alone;
      order_.resize(kMostParts);
    }
    choose(0, 0, Components(states_, 0));
    return winner_;
  }

 private:
  void choose(std::size_t next, std::size_t price, const Components& joint) {
    if (class_count(joint) == states_) {
      bound_ = price;
      winner_ = chosen_;
      return;
    }
    for (std::size_t i = next; i < order_.size(); ++i) {
      const PricedPart& part = parts_[order_[i]];
      if (price + part.price >= bound_) return;  // the rest costs no less
      const Components finer = refined(joint, part.classes);
      if (class_count(finer) == class_count(joint)) continue;
      chosen_.push_back(order_[i]);
      choose(i + 1, price + part.price, finer);
      chosen_.pop_back();
    }
  }

  const std::vector<PricedPart>& parts_;
  std::size_t bound_;
  std::size_t states_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> chosen_;
  std::vector<std::size_t> winner_;
};

}  // namespace

std::vector<std::size_t> cheapest_separating_set(const std::vector<PricedPart>& parts, std::size_t bound) {
  if (parts.empty()) return {};
  return Cover(parts, bound).run();
}

}  // namespace eigenmata::compiler
