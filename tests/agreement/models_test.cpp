// SPDX-License-Identifier: Apache-2.0
//
// The library and eigenmata-check read model files with readers of their own. They refuse the same files, and agree on
// whether the network of a file is the one of a certificate.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <string>
#include <variant>

#include "checker/certificate.hpp"
#include "checker/error.hpp"
#include "checker/model.hpp"
#include "checker/transition_class.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "support/certificates.hpp"
#include "support/mutation.hpp"

namespace eigenmata {
namespace {

enum class Answer { kRefused, kOther, kSame };

const char* to_string(Answer answer) {
  static const char* const kNames[] = {"refused", "another network", "the network"};
  return kNames[static_cast<int>(answer)];
}

template <class K>
Answer library_answer(const std::string& model, const lrnn::ModelOver<K>& original, std::string& reason) {
  try {
    const lrnn::Model read = lrnn::read_model({"model", model});
    const auto* again = std::get_if<lrnn::ModelOver<K>>(&read);
    if (again == nullptr) return Answer::kOther;
    if constexpr (std::is_same_v<K, exact::NumberField>) {
      if (!(again->arithmetic == original.arithmetic)) return Answer::kOther;
    }
    return lrnn::same_network(original.arithmetic, again->network, original.network) ? Answer::kSame : Answer::kOther;
  } catch (const core::Error& error) {
    reason = error.what();
    return Answer::kRefused;
  }
}

/// The checker leaves a model's claim to the certificate's; here it counts as the library counts it.
bool keeps_its_claim(const checker::Network& network) {
  if (!network.claim) return true;
  return std::none_of(network.layers.begin(), network.layers.end(),
                      [&](const auto& layer) { return fault_of_class(layer, *network.claim).has_value(); });
}

Answer checker_answer(const std::string& model, const checker::Network& network, std::string& reason) {
  try {
    const checker::Network read = checker::read_model(model, "model");
    if (!keeps_its_claim(read)) return Answer::kRefused;
    return checker::difference(network, read) ? Answer::kOther : Answer::kSame;
  } catch (const checker::Error& error) {
    reason = error.what();
    return Answer::kRefused;
  }
}

/// 600 mutants of a certificate's model, and the model itself.
template <class K>
void compare_readers(const certificate::Certificate<K>& certificate, core::Random& random, std::size_t counts[3]) {
  const lrnn::ModelOver<K> ours{certificate.arithmetic, certificate.network};
  std::istringstream stream(certificate::write_certificate(certificate));
  const checker::Network theirs = checker::read_certificate(stream, "certificate").network;
  const std::string text = lrnn::write_model(ours);
  for (int i = 0; i < 600; ++i) {
    std::string mutant = text;
    for (int changes = i % 3; changes > 0; --changes) mutant = testing::mutated(mutant, random);
    std::string reason;
    std::string other_reason;
    const Answer answer = library_answer(mutant, ours, reason);
    const Answer other = checker_answer(mutant, theirs, other_reason);
    ++counts[static_cast<int>(answer)];
    if (mutant == text) REQUIRE(answer == Answer::kSame);
    if (answer == other) continue;
    FAIL_CHECK("library: " << to_string(answer) << ' ' << reason << "\nchecker: " << to_string(other) << ' '
                           << other_reason << "\n"
                           << mutant);
  }
}

TEST_CASE("both programs read the same models, and tell the same models from others", "[agreement]") {
  EIGENMATA_SEEDED(random, 321);
  std::size_t counts[3] = {};
  for (const auto& sample : testing::sample_certificates()) {
    CAPTURE(sample.name);
    compare_readers(sample.certificate, random, counts);
  }
  for (const auto& sample : testing::sample_field_certificates()) {
    CAPTURE(sample.name);
    compare_readers(sample.certificate, random, counts);
  }
  std::cout << "models read by both programs: " << counts[2] << " the network, " << counts[1] << " another, "
            << counts[0] << " refused\n";
  CHECK(counts[0] > 1'000);
  CHECK(counts[1] > 100);
  CHECK(counts[2] > 1'600);
}

}  // namespace
}  // namespace eigenmata
