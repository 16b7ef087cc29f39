// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cstdint>
#include <iomanip>
#include <sstream>

#include "program.hpp"

namespace eigenmata::testing {
namespace {

TEST_CASE("search finds counters that never drift, or proves that there are none") {
  const std::vector<std::string> fp4{"search", "--structure", "diagonal-complex", "--format", "e2m1", "--json"};
  const Run all = eigenmata(fp4);
  CHECK(all.exit == 0);
  CHECK(Printed(all).at("found").size() == 10);
  CHECK(Printed(all).number("searched") == 120);
  CHECK(Printed(all).at("exhaustive").boolean());
  auto with = fp4;
  with.insert(with.end(), {"--period", "5"});
  CHECK(eigenmata(with).exit == 0);
  with.back() = "3";
  const Run none = eigenmata(with);
  CHECK(none.exit == 10);
  CHECK(Printed(none).at("found").size() == 0);
  CHECK(eigenmata({"search", "--structure", "diagonal-real", "--format", "e4m3", "--period", "3"}).exit == 10);
  CHECK(eigenmata({"search", "--structure", "diagonal-real", "--format", "e4m3", "--period", "2"}).exit == 0);
}

TEST_CASE("an orbit that search finds is a counter, proved again by eigenmata-check") {
  const TemporaryFolder folder;
  const std::string proof = folder / "proof.txt";
  const auto counts = [&](const std::string& structure, const std::string& format, const std::string& period) {
    CAPTURE(structure, format, period);
    const Run run = eigenmata(
        {"search", "--structure", structure, "--format", format, "--period", period, "--certificate", proof, "--json"});
    REQUIRE(run.exit == 0);
    CHECK(Printed(run).at("found").size() == 1);
    CHECK(eigenmata_check({proof, "-e", "(a{" + period + "})*"}).exit == 0);
    CHECK(eigenmata_check({proof, "-e", "(a{" + period + "})+"}).exit == 10);
  };
  counts("diagonal-complex", "e2m1", "5");
  counts("diagonal-real", "e4m3", "2");
  counts("householder-pair", "e2m1", "3");
  counts("householder-pair", "e2m3", "15");
  counts("diagonal-complex", "bf16", "3");
  counts("diagonal-complex", "bf16", "11");
  // Exhausted, with factors whose eigenvalues are in [-1, 1].
  CHECK(eigenmata({"search", "--structure", "householder-pair", "--format", "e2m1", "--period", "9"}).exit == 10);
}

TEST_CASE("the table of periods, with a certificate for each") {
  const TemporaryFolder folder;
  const std::string proofs = folder / "proofs";
  const Run table = eigenmata({"search", "--table", "--format", "e2m1", "--certificates", proofs});
  REQUIRE(table.exit == 0);
  // m = 2 3 4 5 6 7 8 9, then from 10 on: what the searches one by one say.
  const auto line = [&](const std::string& structure) {
    const std::size_t at = table.out.find("\n" + structure);
    REQUIRE(at != std::string::npos);
    return table.out.substr(at + 29, 19);
  };
  CHECK(line("diagonal-complex") == "+-++-++- +---+-----");
  CHECK(line("diagonal-real") == "+------- ----------");
  CHECK(line("householder-pair") == "+++++++- +-+-+-----");
  for (const std::string name : {"diagonal-complex-e2m1-28", "diagonal-real-e2m1-2", "householder-pair-e2m1-14"}) {
    CAPTURE(name);
    const std::string period = name.substr(name.rfind('-') + 1);
    const std::string proof = proofs + "/" + name + ".cert";
    CHECK(eigenmata_check({proof, "-e", "(a{" + period + "})*"}).exit == 0);
  }
  const Run json = eigenmata({"search", "--table", "--structure", "diagonal-real", "--json"});
  CHECK(json.exit == 0);
  CHECK(Printed(json).at("table").size() >= 6);
  const Run rest = eigenmata({"search", "--table", "--structure", "householder-pair", "--format", "e2m3"});
  CHECK(rest.out.find('?') != std::string::npos);
  CHECK(rest.out.find("\nhouseholder-pair  e2m3      +++++++?") != std::string::npos);
  CHECK(eigenmata({"search", "--table", "--period", "3"}).exit == 2);
  CHECK(eigenmata({"search", "--table", "--format", "f32"}).exit == 20);
  CHECK(eigenmata({"search", "--table", "--structure", "vague"}).exit == 2);
  CHECK(eigenmata({"search", "--structure", "diagonal-real"}).exit == 2);
  CHECK(eigenmata({"search", "--structure", "diagonal-real", "--format", "e2m1", "--certificates", proofs}).exit == 2);
}

TEST_CASE("search says what it does not know") {
  // Not all pairs of factors, and not all scalars: none of this period in what was searched is no proof.
  const Run none = eigenmata({"search", "--structure", "householder-pair", "--format", "e3m2", "--period", "9"});
  CHECK(none.exit == 20);
  CHECK(none.out.find("none in what was searched, which is not all") != std::string::npos);
  CHECK(eigenmata({"search", "--structure", "diagonal-complex", "--format", "bf16", "--period", "1"}).exit == 2);
  CHECK(eigenmata({"search", "--structure", "diagonal-complex", "--format", "f32", "--period", "3"}).exit == 20);
  CHECK(eigenmata({"search", "--structure", "householder-pair", "--format", "bf16", "--period", "3"}).exit == 20);
  CHECK(eigenmata({"search", "--structure", "diagonal-real", "--format", "e2m1", "--certificate", "x"}).exit == 2);
  CHECK(eigenmata({"search", "--structure", "vague", "--format", "e2m1"}).exit == 2);
  CHECK(eigenmata({"search", "--structure", "diagonal-complex", "--format", "fp8"}).exit == 2);
  CHECK(eigenmata({"search", "--format", "e2m1"}).exit == 2);
}

TEST_CASE("search keeps to its time, and says that there is no certificate") {
  const TemporaryFolder folder;
  // An orbit is found before anyone looks at the clock; its proof comes too late.
  const std::string proof = folder / "proof.txt";
  const Run late = eigenmata({"search", "--structure", "diagonal-complex", "--format", "e2m1", "--period", "5",
                              "--certificate", proof, "--time-limit", "0.000001", "--json"});
  CHECK((late.exit == 0 || late.exit == 20));
  if (late.exit == 0) CHECK(Printed(late).at("certificate").string().find("not written") == 0);
  CHECK_FALSE(fs::exists(proof));
  // One start of such a period takes millions of steps.
  const auto begin = std::chrono::steady_clock::now();
  const Run run = eigenmata(
      {"search", "--structure", "diagonal-complex", "--format", "bf16", "--period", "1000000", "--time-limit", "0.5"});
  CHECK(run.exit == 20);
  CHECK(run.out.find("unknown: the time limit was reached") == 0);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
}

/// The last line of a file of --resume: FNV-1a of 64 bits of all lines before.
std::string with_checksum(const std::string& text) {
  std::uint64_t sum = 14695981039346656037u;
  for (const char c : text) {
    sum ^= static_cast<unsigned char>(c);
    sum *= 1099511628211u;
  }
  std::ostringstream line;
  line << "checksum " << std::hex << std::setw(16) << std::setfill('0') << sum << "\n";
  return text + line.str();
}

TEST_CASE("search goes on from the file of --resume, and refuses one that is damaged or of another search") {
  const TemporaryFolder folder;
  const std::string file = folder / "sweep";
  const std::vector<std::string> plain{"search", "--structure", "diagonal-complex", "--format", "e2m1"};
  auto arguments = plain;
  arguments.insert(arguments.end(), {"--resume", file});
  const Run whole = eigenmata(plain);
  const Run first = eigenmata(arguments);
  CHECK(first.exit == whole.exit);
  CHECK(first.out.substr(0, whole.out.size()) == whole.out);
  CHECK(first.out.find("0 of 32 parts were known, 32 are now") != std::string::npos);
  // As if it had been stopped after a third.
  const std::string text = read_file(file);
  std::size_t end = 0;
  for (std::size_t line = 0; line < 11; ++line) end = text.find('\n', end) + 1;
  folder.write("sweep", with_checksum(text.substr(0, end)));
  const Run again = eigenmata(arguments);
  CHECK(again.exit == whole.exit);
  CHECK(again.out.substr(0, whole.out.size()) == whole.out);
  CHECK(again.out.find("10 of 32 parts were known, 32 are now") != std::string::npos);
  CHECK(read_file(file) == text);

  const auto refuses = [&](const std::string& content, const std::string& message) {
    folder.write("sweep", content);
    const Run run = eigenmata(arguments);
    CHECK(run.exit == 2);
    CHECK(run.err.find(message) != std::string::npos);
    CHECK(read_file(file) == content);
  };
  refuses("", "is no file of this search");
  refuses("eigenmata search 2 structure diagonal-real" + text.substr(text.find(" format")),
          "is no file of this search");
  refuses(text.substr(0, end), "is not as it was written");
  refuses(text.substr(0, text.find('\n') + 1), "is not as it was written");
  refuses(text.substr(0, text.find('\n')), "is not as it was written");
  // What cannot be checked by running it again: a part that says that more was searched, or all of it.
  for (const std::string word : {"parameters ", "states ", "exhaustive "}) {
    std::string changed = text;
    const std::size_t digit = changed.find(word, changed.find("part 5 ")) + word.size();
    changed[digit] = changed[digit] == '1' ? '2' : '1';
    refuses(changed, "is not as it was written");
  }
  refuses(with_checksum(text.substr(0, end - 3) + "\n"), ":11: is damaged");
  const std::string heading = text.substr(0, text.find('\n') + 1);
  refuses(with_checksum(heading + "part 0 parameters 9999999999999999999999 states 1\n"), ":2: is damaged");
  refuses(with_checksum(heading + "part 32 parameters 1 states 1 exhaustive 1 orbits 0 end\n"), "no part 32");
  // Orbits of no state, of states with too few numbers, and of states that do not follow one another.
  for (const std::string orbit : {"0 2 0 0 2", "1 2 1 0 0", "1 1 1 2 0 0", "2 2 1 0 2 1 0 1.5 0"}) {
    refuses(with_checksum(heading + "part 0 parameters 1 states 1 exhaustive 1 orbits 1 " + orbit + " end\n"),
            ":2: has an orbit of period " + orbit.substr(0, 1) + " that is none");
  }
}

TEST_CASE("a search that was stopped says so beside what it found") {
  const Run run = eigenmata({"search", "--structure", "diagonal-complex", "--format", "e4m3", "--time-limit", "0.3"});
  if (run.out.find(": all there are") != std::string::npos) return;  // a machine that needs less for all of it
  CHECK((run.exit == 0 ? run.out.find("  stopped  ") : run.out.find("unknown: ")) != std::string::npos);
}

}  // namespace
}  // namespace eigenmata::testing
