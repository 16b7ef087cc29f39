// SPDX-License-Identifier: Apache-2.0
//
// Breadth-first enumeration in blocks. A product's hash slot is a random memory access, and so is the element it points
// to; both are prefetched for a whole block of products before any is resolved, so that the misses overlap.
#include "eigenmata/algebra/transition_monoid.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <set>
#include <utility>

#include "cycles.hpp"
#include "eigenmata/core/error.hpp"
#include "hashed_numbers.hpp"

#if defined(__x86_64__)
#include <tmmintrin.h>
#define EIGENMATA_HAS_BYTE_SHUFFLE 1
#endif

namespace eigenmata::algebra {
namespace {

constexpr std::size_t kBlock = 64;                         // elements multiplied by all letters at a time,
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;  // fewer if their products would take more than this
constexpr std::size_t kPackedDegree = 16;

}  // namespace

class TransitionMonoid::Elements {
 public:
  virtual ~Elements() = default;
  [[nodiscard]] virtual std::size_t size() const = 0;
  [[nodiscard]] virtual Point image(std::size_t element, std::size_t x) const = 0;
  [[nodiscard]] virtual bool is_idempotent(std::size_t element, std::size_t degree) const = 0;
  [[nodiscard]] virtual std::uint64_t period(std::size_t element, std::size_t degree, CycleFinder& cycles) const = 0;
  [[nodiscard]] virtual std::size_t memory_bytes() const = 0;
};

/// Maps of at most 16 points: four bits a point in one 64-bit word. Points beyond the degree are fixed by every map, so
/// unused bits never differ.
struct TransitionMonoid::PackedElements final : Elements {
  using Product = std::uint64_t;

  explicit PackedElements(const std::vector<Transformation>& generators) {
    for (const Transformation& g : generators) {
      Table table{};
      for (std::size_t x = 0; x < kPackedDegree; ++x) {
        table.image[x] = static_cast<std::uint8_t>(x < g.degree() ? g.image_of(static_cast<Point>(x)) : x);
      }
      letters.push_back(table);
    }
    block = std::clamp<std::size_t>(kBlockBytes / (letters.size() * sizeof(Product)), 1, kBlock);
    products.resize(block * letters.size());
  }

  static std::uint64_t nibble(std::uint64_t key, std::size_t x) { return (key >> (4 * x)) & 15u; }

  void append_identity(std::size_t /*degree*/) { keys.push_back(0xFEDCBA9876543210u); }
  void append(std::size_t product) { keys.push_back(products[product]); }
  [[nodiscard]] std::uint64_t hash(std::size_t product) const { return mix(products[product]); }
  [[nodiscard]] std::uint64_t hash_of_element(std::size_t element) const { return mix(keys[element]); }
  [[nodiscard]] bool equals(std::size_t product, std::size_t element) const {
    return products[product] == keys[element];
  }
  void prefetch(std::size_t element) const { __builtin_prefetch(&keys[element]); }

  /// products[i · letters + x] = element (first + i) times letter x.
  void multiply(std::size_t first, std::size_t count) {
#if defined(EIGENMATA_HAS_BYTE_SHUFFLE)
    if (__builtin_cpu_supports("ssse3")) {
      multiply_by_shuffles(first, count);
      return;
    }
#endif
    multiply_by_nibbles(first, count);
  }

  void multiply_by_nibbles(std::size_t first, std::size_t count) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < count; ++i) {
      for (const Table& letter : letters) {
        std::uint64_t product = 0;
        for (std::size_t x = 0; x < kPackedDegree; ++x) {
          product |= std::uint64_t{letter.image[nibble(keys[first + i], x)]} << (4 * x);
        }
        products[at++] = product;
      }
    }
  }

#if defined(EIGENMATA_HAS_BYTE_SHUFFLE)
  __attribute__((target("ssse3"))) void multiply_by_shuffles(std::size_t first, std::size_t count) {
    const __m128i low_nibbles = _mm_set1_epi8(15);
    const __m128i one_and_sixteen = _mm_set1_epi16(0x1001);
    std::size_t at = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const __m128i packed = _mm_cvtsi64_si128(static_cast<long long>(keys[first + i]));
      const __m128i even = _mm_and_si128(packed, low_nibbles);
      const __m128i odd = _mm_and_si128(_mm_srli_epi16(packed, 4), low_nibbles);
      const __m128i images = _mm_unpacklo_epi8(even, odd);
      for (const Table& letter : letters) {
        const __m128i table = _mm_load_si128(reinterpret_cast<const __m128i*>(letter.image));
        const __m128i product = _mm_shuffle_epi8(table, images);
        const __m128i pairs = _mm_maddubs_epi16(product, one_and_sixteen);
        products[at++] = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_packus_epi16(pairs, pairs)));
      }
    }
  }
#endif

  [[nodiscard]] std::size_t size() const override { return keys.size(); }
  [[nodiscard]] Point image(std::size_t element, std::size_t x) const override {
    return static_cast<Point>(nibble(keys[element], x));
  }
  [[nodiscard]] bool is_idempotent(std::size_t element, std::size_t degree) const override {
    const std::uint64_t key = keys[element];
    for (std::size_t x = 0; x < degree; ++x) {
      if (nibble(key, nibble(key, x)) != nibble(key, x)) return false;
    }
    return true;
  }
  [[nodiscard]] std::uint64_t period(std::size_t element, std::size_t degree, CycleFinder& cycles) const override {
    const std::uint64_t key = keys[element];
    return cycles.period(degree, [key](std::size_t x) { return nibble(key, x); });
  }
  [[nodiscard]] std::size_t memory_bytes() const override {
    return (keys.capacity() + products.capacity()) * sizeof(std::uint64_t);
  }

  struct alignas(16) Table {
    std::uint8_t image[kPackedDegree];
  };
  std::size_t block = 1;
  std::vector<Table> letters;
  std::vector<std::uint64_t> keys;
  std::vector<Product> products;
};

/// Maps of any degree, `degree` values each.
template <class Value>
struct TransitionMonoid::WideElements final : Elements {
  explicit WideElements(const std::vector<Transformation>& generators) : degree(generators[0].degree()) {
    for (const Transformation& g : generators) {
      letters.emplace_back();
      for (const Point y : g.images()) letters.back().push_back(static_cast<Value>(y));
    }
    const std::size_t bytes = letters.size() * degree * sizeof(Value);  // degree > 16, so not 0
    block = std::clamp<std::size_t>(kBlockBytes / bytes, 1, kBlock);
    products.resize(block * letters.size() * degree);
  }

  void append_identity(std::size_t /*degree*/) {
    for (std::size_t x = 0; x < degree; ++x) values.push_back(static_cast<Value>(x));
  }
  void append(std::size_t product) {
    values.insert(values.end(), products.begin() + static_cast<std::ptrdiff_t>(product * degree),
                  products.begin() + static_cast<std::ptrdiff_t>((product + 1) * degree));
  }
  [[nodiscard]] std::uint64_t hash(std::size_t product) const { return hash_range(&products[product * degree]); }
  [[nodiscard]] std::uint64_t hash_of_element(std::size_t element) const {
    return hash_range(&values[element * degree]);
  }
  [[nodiscard]] bool equals(std::size_t product, std::size_t element) const {
    return std::memcmp(&products[product * degree], &values[element * degree], degree * sizeof(Value)) == 0;
  }
  void prefetch(std::size_t element) const { __builtin_prefetch(&values[element * degree]); }

  void multiply(std::size_t first, std::size_t count) {
    Value* out = products.data();
    for (std::size_t i = 0; i < count; ++i) {
      const Value* const element = &values[(first + i) * degree];
      for (const auto& letter : letters) {
        for (std::size_t x = 0; x < degree; ++x) *out++ = letter[element[x]];
      }
    }
  }

  [[nodiscard]] std::size_t size() const override { return values.size() / degree; }
  [[nodiscard]] Point image(std::size_t element, std::size_t x) const override { return values[element * degree + x]; }
  [[nodiscard]] bool is_idempotent(std::size_t element, std::size_t /*degree*/) const override {
    const Value* const map = &values[element * degree];
    for (std::size_t x = 0; x < degree; ++x) {
      if (map[map[x]] != map[x]) return false;
    }
    return true;
  }
  [[nodiscard]] std::uint64_t period(std::size_t element, std::size_t /*degree*/, CycleFinder& cycles) const override {
    const Value* const map = &values[element * degree];
    return cycles.period(degree, [map](std::size_t x) { return std::size_t{map[x]}; });
  }
  [[nodiscard]] std::size_t memory_bytes() const override {
    return (values.capacity() + products.capacity()) * sizeof(Value);
  }

  [[nodiscard]] std::uint64_t hash_range(const Value* map) const {
    std::uint64_t hash = 0;
    for (std::size_t x = 0; x < degree; ++x) hash = (hash ^ map[x]) * 0x100000001B3u + (hash >> 37);
    return mix(hash);
  }

  std::size_t degree;
  std::size_t block = 1;
  std::vector<std::vector<Value>> letters;
  std::vector<Value> values;
  std::vector<Value> products;
};

template <class Stored>
void TransitionMonoid::enumerate(Stored& elements, const core::Limits& limits, std::size_t most_elements) {
  HashedNumbers table;
  std::vector<std::uint64_t> hashes(elements.block * letters_);
  elements.append_identity(degree_);
  prefix_.push_back(0);
  last_.push_back(0);
  table.reserve(elements.block * letters_ + 1, 1, [&](std::size_t i) { return elements.hash_of_element(i); });
  core::Ticker ticker(limits, "enumerating the monoid");
  for (std::size_t first = 0, count = 0; first < elements.size(); first += count) {
    count = std::min(elements.block, elements.size() - first);
    if (elements.size() > most_elements) {
      throw core::LimitReached(core::LimitReached::Kind::kSize,
                               "more than " + std::to_string(most_elements) + " elements are not listed");
    }
    const std::size_t products = count * letters_;
    const std::size_t most = elements.size() + products;
    if (most >= UINT32_MAX) throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 2^32 elements");
    table.reserve(most, elements.size(), [&](std::size_t i) { return elements.hash_of_element(i); });
    ticker.tick(count);
    limits.require_memory(memory_bytes() + table.memory_bytes(),
                          "a monoid of more than " + std::to_string(elements.size()) + " elements");
    elements.multiply(first, count);
    for (std::size_t p = 0; p < products; ++p) {
      hashes[p] = elements.hash(p);
      table.prefetch(table.slot_of(hashes[p]));
    }
    for (std::size_t p = 0; p < products; ++p) {
      const std::uint32_t content = table.content(table.slot_of(hashes[p]));
      if (content != 0) elements.prefetch(content - 1);
    }
    for (std::size_t p = 0; p < products; ++p) {
      std::size_t slot = table.slot_of(hashes[p]);
      while (table.content(slot) != 0 && !elements.equals(p, table.content(slot) - 1)) slot = table.next(slot);
      if (table.content(slot) == 0) {
        table.fill(slot, elements.size());
        elements.append(p);
        prefix_.push_back(static_cast<std::uint32_t>(first + p / letters_));
        last_.push_back(static_cast<std::uint32_t>(p % letters_));
      }
      right_.push_back(table.content(slot) - 1);
    }
  }
}

TransitionMonoid::TransitionMonoid(const std::vector<Transformation>& generators, const core::Limits& limits,
                                   std::size_t most) {
  if (generators.empty()) throw core::Error("a monoid needs at least one generator");
  degree_ = generators[0].degree();
  letters_ = generators.size();
  for (const Transformation& g : generators) {
    if (g.degree() != degree_) {
      throw core::Error("generators of degree " + std::to_string(degree_) + " and " + std::to_string(g.degree()) +
                        "; all have to act on the same points");
    }
  }
  const auto run = [&](auto elements) {
    auto* const stored = elements.get();
    elements_ = std::move(elements);
    try {
      enumerate(*stored, limits, most);
    } catch (const core::LimitReached& limit) {
      stopped_by_ = limit.what();
    }
  };
  if (degree_ <= kPackedDegree) {
    run(std::make_unique<PackedElements>(generators));
  } else if (degree_ <= 256) {
    run(std::make_unique<WideElements<std::uint8_t>>(generators));
  } else if (degree_ <= 65'536) {
    run(std::make_unique<WideElements<std::uint16_t>>(generators));
  } else {
    run(std::make_unique<WideElements<std::uint32_t>>(generators));
  }
}

TransitionMonoid::TransitionMonoid(TransitionMonoid&&) noexcept = default;
TransitionMonoid& TransitionMonoid::operator=(TransitionMonoid&&) noexcept = default;
TransitionMonoid::~TransitionMonoid() = default;

std::size_t TransitionMonoid::size() const { return elements_->size(); }

Transformation TransitionMonoid::map_of(Element m) const {
  std::vector<Point> images;
  for (std::size_t x = 0; x < degree_; ++x) images.push_back(elements_->image(index(m), x));
  return Transformation(std::move(images));
}

core::Word TransitionMonoid::word_of(Element m) const {
  core::Word word;
  for (std::size_t i = index(m); i != 0; i = prefix_[i]) word.push_back(core::symbol(last_[i]));
  std::reverse(word.begin(), word.end());
  return word;
}

Element TransitionMonoid::right(Element m, core::Symbol x) const {
  assert(is_complete());
  return element(right_[index(m) * letters_ + core::index(x)]);
}

std::vector<Element> TransitionMonoid::left_cayley_graph() const {
  assert(is_complete());
  std::vector<Element> left(size() * letters_);
  for (std::size_t x = 0; x < letters_; ++x) left[x] = element(right_[x]);
  for (std::size_t m = 1; m < size(); ++m) {
    for (std::size_t x = 0; x < letters_; ++x) {
      const std::size_t shorter = index(left[prefix_[m] * letters_ + x]);
      left[m * letters_ + x] = element(right_[shorter * letters_ + last_[m]]);
    }
  }
  return left;
}

bool TransitionMonoid::is_idempotent(Element m) const { return elements_->is_idempotent(index(m), degree_); }

std::size_t TransitionMonoid::count_idempotents() const {
  std::size_t count = 0;
  for (std::size_t m = 0; m < size(); ++m) count += elements_->is_idempotent(m, degree_) ? 1 : 0;
  return count;
}

std::vector<std::uint64_t> TransitionMonoid::periods(const core::Limits& limits) const {
  CycleFinder cycles;
  core::Ticker ticker(limits, "periods of the elements", size());
  std::set<std::uint64_t> periods;
  std::uint64_t last = 0;
  for (std::size_t m = 0; m < size(); ++m) {
    ticker.tick();
    const std::uint64_t period = elements_->period(m, degree_, cycles);
    if (period != last) periods.insert(period);
    last = period;
  }
  return {periods.begin(), periods.end()};
}

std::optional<Element> TransitionMonoid::first_periodic(const core::Limits& limits) const {
  CycleFinder cycles;
  core::Ticker ticker(limits, "periods of the elements", size());
  const std::size_t at_once = 10'000'000 / std::max<std::size_t>(degree_, 1) + 1;
  for (std::size_t m = 0; m < size(); ++m) {
    if (elements_->period(m, degree_, cycles) > 1) return element(m);
    if ((m + 1) % at_once == 0) ticker.tick(at_once);
  }
  return std::nullopt;
}

std::size_t TransitionMonoid::memory_bytes() const {
  return elements_->memory_bytes() +
         (right_.capacity() + prefix_.capacity() + last_.capacity()) * sizeof(std::uint32_t);
}

}  // namespace eigenmata::algebra
