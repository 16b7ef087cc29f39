// SPDX-License-Identifier: Apache-2.0
//
// Three checkers: the library, eigenmata-check, and the one that is proved right in Coq (proofs/README.md). The last is
// a program of its own, `make proofs` builds it; so this stands behind [.extreme].
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/error.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/core/error.hpp"
#include "support/certificates.hpp"
#include "support/languages.hpp"
#include "support/mutation.hpp"
#include "support/random_objects.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata {
namespace {

constexpr const char* kProgram = EIGENMATA_SOURCE_DIR "/proofs/build/eigenmata-check-verified";

constexpr int kProved = 0;
constexpr int kUnreadable = 2;
constexpr int kNotProved = 10;
constexpr int kNotBuilt = 20;

int by_library(const std::string& text) {
  try {
    return certificate::check(certificate::read_any_certificate({"certificate", text}), {}, 1).is_yes() ? kProved
                                                                                                        : kNotProved;
  } catch (const core::Error&) {
    return kUnreadable;
  }
}

int by_checker(const std::string& text) {
  try {
    std::istringstream stream(text);
    return checker::check(checker::read_certificate(stream, "certificate")) ? kNotProved : kProved;
  } catch (const checker::Error&) {
    return kUnreadable;
  }
}

class VerifiedChecker {
 public:
  [[nodiscard]] static bool is_built() { return std::filesystem::exists(kProgram); }

  [[nodiscard]] int judge(const std::string& text) const {
    const std::string file = folder_.path_of("certificate");
    std::ofstream(file, std::ios::binary) << text;
    const std::string command = std::string("'") + kProgram + "' --quiet '" + file + "' >/dev/null 2>&1";
    const int status = std::system(command.c_str());  // NOLINT(concurrency-mt-unsafe)
    return WEXITSTATUS(status);
  }

 private:
  testing::ScratchFolder folder_;
};

TEST_CASE("three checkers judge 1,000 certificates and 1,000 mutants alike", "[agreement][.extreme]") {
  if (!VerifiedChecker::is_built()) {
    WARN("skipped: " << kProgram << " is not there; make proofs builds it");
    return;
  }
  const VerifiedChecker verified;
  std::map<std::string, std::size_t> counts;
  const auto judge = [&](const std::string& text) {
    const int library = by_library(text);
    const int checker = by_checker(text);
    const int proof = verified.judge(text);
    ++counts["library " + std::to_string(library) + ", checker " + std::to_string(checker) + ", verified " +
             std::to_string(proof)];
    // A class that the reader of the verified checker does not know is not an answer.
    if (library == checker && (proof == checker || proof == kNotBuilt)) return;
    FAIL_CHECK("library " << library << ", checker " << checker << ", verified " << proof << "\n" << text);
  };

  EIGENMATA_SEEDED(random, 304);
  std::vector<std::string> texts;
  for (const auto& sample : testing::sample_certificates())
    texts.push_back(certificate::write_certificate(sample.certificate));
  for (const auto& sample : testing::sample_field_certificates())
    texts.push_back(certificate::write_certificate(sample.certificate));
  const std::vector<std::string> classes{
      "rank-one", "householder[-1,1]", "diagonal[0,1]",         "diagonal[-1,1]", "dense", "diagonal-complex",
      "pd",       "constant",          "constant+diagonal[0,1]"};
  while (texts.size() < 1'000) {
    compiler::CompileOptions options;
    options.target = expressivity::parse_model_class(classes[random.below(classes.size())], {});
    const auto language = testing::random_dfa(random, 1 + random.below(5), 1 + random.below(3));
    const auto built = compiler::build(language, options, {});
    if (built) texts.push_back(certificate::write_certificate(built->construction.certificate));
  }
  for (const std::string& text : texts) {
    judge(text);
    judge(testing::mutated(text, random));
  }
  for (const auto& [answers, count] : counts) std::cout << count << " x " << answers << '\n';
}

}  // namespace
}  // namespace eigenmata
