// SPDX-License-Identifier: Apache-2.0
//
// What frames and images decide, against the decisions from listed elements.
#include "eigenmata/algebra/frame_properties.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "classified.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "maps.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

TEST_CASE("frames decide varieties as listed elements do", "[frames]") {
  EIGENMATA_SEEDED(random, 85);
  std::map<std::string, std::map<bool, int>> count;
  for (int round = 0; round < 2'000; ++round) {
    const Classified c(random_language(random, 5, 3));
    CAPTURE(testing::shown(c.minimal));
    const ImageOrbit images(letter_maps(c.minimal));
    const DClassFrames frames(images);
    const std::map<std::string, FrameVerdict> verdicts{{"r_trivial", is_r_trivial(frames)},
                                                       {"l_trivial", is_l_trivial(frames)},
                                                       {"j_trivial", is_j_trivial(frames)},
                                                       {"da", is_da(frames)},
                                                       {"block_group", is_block_group(frames)}};
    for (const auto& [name, verdict] : verdicts) {
      CAPTURE(name);
      const LawVerdict expected = decisions().at(name)(c.semigroup);
      REQUIRE(verdict.answer() == expected.answer());
      REQUIRE(verdict.theorem() == expected.theorem());
      if (verdict.is_no()) REQUIRE(verdict.witness() < frames.d_classes());
      ++count[name][verdict.is_yes()];
    }
    const auto aperiodic = is_aperiodic(c.minimal, images);
    REQUIRE(aperiodic.answer() == is_aperiodic(c.minimal, c.monoid).answer());
    ++count["aperiodic"][aperiodic.is_yes()];
    if (aperiodic.is_yes()) continue;
    // Read k times the word is accepted with the period that is claimed.
    const PeriodWitness& w = aperiodic.witness();
    std::vector<bool> bits;
    core::Word pumped = w.prefix;
    for (std::uint64_t k = 0; k < 2 * w.period; ++k) {
      core::Word word = pumped;
      word.insert(word.end(), w.suffix.begin(), w.suffix.end());
      bits.push_back(c.minimal.accepts(word));
      pumped.insert(pumped.end(), w.repeat.begin(), w.repeat.end());
    }
    REQUIRE(w.period > 1);
    for (std::uint64_t k = 0; k < w.period; ++k) REQUIRE(bits[k] == bits[k + w.period]);
    REQUIRE(std::set<bool>(bits.begin(), bits.end()).size() == 2);
  }
  for (const auto& [name, answers] : count) {
    CAPTURE(name);
    CHECK(answers.at(true) > 100);
    CHECK(answers.at(false) > 100);
  }
}

TEST_CASE("counting idempotents can be stopped, and leaves open what needs them", "[frames]") {
  // Order-preserving maps: aperiodic, so that the groups do not say no.
  const ImageOrbit images(maps_of_digits({"01224", "01334", "00234", "11234", "02234", "01344"}));
  REQUIRE_FALSE(images.periodic_word());
  const DClassFrames frames(images);
  std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK(is_da(frames, stopped).is_unknown());
  CHECK(is_da(frames, stopped).reason() == "interrupted");
  CHECK(is_da(frames).is_no());
}

}  // namespace
}  // namespace eigenmata::algebra
