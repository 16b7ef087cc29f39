// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "program.hpp"

namespace eigenmata::testing {
namespace {

TEST_CASE("derive answers claim by claim, as text and as JSON", "[derive]") {
  const Run text = eigenmata({"derive", "legendre", "--N", "4"});
  CHECK(text.exit == 0);
  CHECK(text.out.find("exact: Q; N = 1..4") != std::string::npos);
  const Run json = eigenmata({"derive", "legendre.orthogonality", "--json"});
  CHECK(json.exit == 0);
  const Printed printed(json);
  REQUIRE(printed.at("claims").size() == 1);
}

TEST_CASE("what derive cannot mean is an error that lists what it can", "[derive]") {
  const Run unknown = eigenmata({"derive", "hypo"});
  CHECK(unknown.exit == 2);
  CHECK(unknown.out.empty());
  CHECK(unknown.err.find("legendre") != std::string::npos);
  CHECK(eigenmata({"derive", "legendre", "--N", "0"}).exit == 2);
  CHECK(eigenmata({"derive", "legendre", "--N", "-1"}).exit == 2);
  CHECK(eigenmata({"derive", "legendre", "--dtype", "f33"}).exit == 2);
  CHECK(eigenmata({"derive", "legendre", "--bits", "3"}).exit == 2);
}

TEST_CASE("numbers that are none, or beyond 64 bits, are errors and not the largest number there is", "[derive]") {
  const auto message = [](const std::string& option, const std::string& value) {
    const Run run = eigenmata({"derive", "hippo.legs", option, value});
    INFO(option << " " << value);
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
    CHECK(run.err.find(option) != std::string::npos);
    return run.err;
  };
  for (const char* option : {"--N", "--L", "--seed"}) {
    CHECK(message(option, "99999999999999999999").find("beyond the largest number") != std::string::npos);
    for (const char* value : {"-1", "1.5", "nan", "inf", "1e2", "8x", ""})
      CHECK(message(option, value).find("whole number") != std::string::npos);
  }
  CHECK(message("--N", "0").find("above 0") != std::string::npos);
  CHECK(message("--L", "0").find("above 0") != std::string::npos);
  CHECK(eigenmata({"derive", "legendre.parity", "--seed", "0"}).exit == 0);
}

TEST_CASE("what is beyond the memory is unknown, with the reason", "[derive]") {
  const Run claims[] = {eigenmata({"derive", "hippo.legs", "--N", "18446744073709551615"}),
                        eigenmata({"derive", "s4.kernel.doubling", "--L", "18446744073709551615"}),
                        eigenmata({"derive", "hippo.fous.spectrum", "--N", "4096", "--bits", "1048576"})};
  for (const Run& run : claims) {
    CHECK(run.exit == 20);
    CHECK(run.out.find("memory limit") != std::string::npos);
    CHECK(run.out.find(" 0 as stated") != std::string::npos);
  }
}

TEST_CASE("a length that a claim is not about, a format that the hardware has not", "[derive]") {
  CHECK(eigenmata({"derive", "s4.kernel.minus-one", "--L", "3"}).err.find("even L, not 3") != std::string::npos);
  CHECK(eigenmata({"derive", "deer.krawczyk", "--L", "1"}).err.find("length 2 or more, not 1") != std::string::npos);
  CHECK(eigenmata({"derive", "lru.real-form", "--L", "257"}).err.find("up to 256, not 257") != std::string::npos);
  CHECK(eigenmata({"derive", "rtf.fft-error", "--dtype", "bf16"}).err.find("f32 or f64, not in bf16") !=
        std::string::npos);
}

TEST_CASE("the theorem that proves a claim for all N is named", "[derive]") {
  CHECK(eigenmata({"derive", "hippo.legs.constants", "--N", "4"}).out.find("StateSpace.legs_constants") !=
        std::string::npos);
  const Run json = eigenmata({"derive", "hippo.legs.constants", "--N", "4", "--json"});
  CHECK(json.out.find("\"coq\": \"StateSpace.legs_constants\"") != std::string::npos);
}

TEST_CASE("a claim in the format, length and size that were asked for", "[derive]") {
  const Run run = eigenmata({"derive", "s4.kernel", "--N", "16", "--L", "256", "--dtype", "f32"});
  CHECK(run.exit == 0);
  CHECK(run.out.find("2 claims: 2 as stated") != std::string::npos);  // the measured ones of many
  CHECK(run.out.find("f32 against balls") != std::string::npos);
  CHECK(run.out.find("N = 16, L = 256") != std::string::npos);
  const Run exact = eigenmata({"derive", "hippo.legs", "--dtype", "f32"});
  CHECK(exact.exit == 2);
  CHECK(exact.err.find("s4.kernel.float-nodes") != std::string::npos);
}

TEST_CASE("a size that one of many claims is not about leaves that one open", "[derive]") {
  CHECK(eigenmata({"derive", "hippo.fout.seam", "--N", "6"}).exit == 2);
  const Run both = eigenmata({"derive", "hippo.fout.seam", "legendre", "--N", "6"});
  CHECK(both.exit == 20);
  CHECK(both.out.find("0 not, 1 unknown") != std::string::npos);
}

TEST_CASE("what derive says is broken into lines between words, and balls are not", "[derive]") {
  const Run run = eigenmata({"derive", "deer.quadratic", "lrnn.delta-as-low-rank", "--L", "20"});
  CHECK(run.out.find("+/-") != std::string::npos);
  std::size_t lines = 0;
  for (std::size_t at = 0, end = 0; (end = run.out.find('\n', at)) != std::string::npos; at = end + 1) {
    const std::string line = run.out.substr(at, end - at);
    if (line.substr(0, 6) != "      ") continue;  // ids, methods and ranges stand in one line
    INFO(line);
    ++lines;
    CHECK(std::count_if(line.begin(), line.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) <= 120);
    CHECK(line.substr(line.size() - 3) != "+/-");
    CHECK(line.substr(line.find_first_not_of(' '), 3) != "+/-");
  }
  CHECK(lines > 6);
}

TEST_CASE("a limit leaves claims open", "[derive]") {
  CHECK(eigenmata({"derive", "legendre", "--N", "3000", "--time-limit", "0.2"}).exit == 20);
}

}  // namespace
}  // namespace eigenmata::testing
