// SPDX-License-Identifier: Apache-2.0
//
// Commands shared by the processes of an mpirun job give what one process gives.
#include "cli/program.hpp"

namespace eigenmata::testing {
namespace {

/// More processes than cores are what is wanted here, and tests run as root in containers.
std::vector<std::string> of_job(std::size_t processes, const std::vector<std::string>& arguments) {
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
  ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
  ::setenv("OMPI_MCA_mpi_yield_when_idle", "1", 1);
  std::vector<std::string> all{"--oversubscribe", "-n", std::to_string(processes), EIGENMATA_PROGRAM};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

Run job(std::size_t processes, const std::vector<std::string>& arguments) {
  return run_program(EIGENMATA_MPIRUN, of_job(processes, arguments));
}

TEST_CASE("simulate under mpirun writes what one process writes", "[mpi]") {
  const TemporaryFolder folder;
  // More than two blocks, so that every process has some.
  const std::vector<std::string> random{"simulate", "-e", "(a|b)*a(a|b){3}", "--random", "100000",
                                        "--length", "50", "--seed",          "3"};
  const auto with_files = [&](const std::string& name) {
    auto arguments = random;
    arguments.insert(arguments.end(),
                     {"-o", folder / (name + ".verdicts"), "--final-states", folder / (name + ".states"), "--json"});
    return arguments;
  };
  const Run one = eigenmata(with_files("one"));
  REQUIRE(one.exit == 0);
  for (const std::size_t processes : {2, 4}) {
    CAPTURE(processes);
    const Run many = job(processes, with_files("many"));
    REQUIRE(many.exit == 0);
    for (const char* key : {"words", "symbols", "accepted", "without_answer"})
      CHECK(Printed(many).number(key) == Printed(one).number(key));
    CHECK(read_file(folder / "many.verdicts") == read_file(folder / "one.verdicts"));
    CHECK(read_file(folder / "many.states") == read_file(folder / "one.states"));
  }
  const auto listing = [](const Run& run) { return run.out.substr(0, run.out.find(" accepted, ")); };
  CHECK(listing(job(2, random)) == listing(eigenmata(random)));
}

TEST_CASE("one long word under mpirun stays with one process", "[mpi]") {
  const TemporaryFolder folder;
  std::string text;
  for (std::size_t i = 0; i < 3'000'001; ++i) text += i % 3 == 0 ? 'a' : 'b';
  const std::string file = folder.write("word", text);
  const std::vector<std::string> arguments{"simulate", "-e", "(a|b)*b(a|b){4}", file, "--stream", "--json"};
  const Run one = eigenmata(arguments);
  const Run two = job(2, arguments);
  REQUIRE(two.exit == 0);
  for (const char* key : {"words", "symbols", "accepted"}) CHECK(Printed(two).number(key) == Printed(one).number(key));
}

TEST_CASE("search under mpirun finds what one process finds", "[mpi]") {
  for (const std::vector<std::string>& rest :
       std::vector<std::vector<std::string>>{{"diagonal-complex", "--format", "e2m1"},
                                             {"diagonal-complex", "--format", "e3m2", "--period", "3"},
                                             {"householder-pair", "--format", "e3m2", "--period", "9"},
                                             {"diagonal-complex", "--format", "bf16", "--period", "3"}}) {
    std::vector<std::string> arguments{"search", "--structure"};
    arguments.insert(arguments.end(), rest.begin(), rest.end());
    const Run one = eigenmata(arguments);
    for (const std::size_t processes : {2, 4}) {
      CAPTURE(rest, processes);
      const Run many = job(processes, arguments);
      CHECK(many.exit == one.exit);
      CHECK(many.out == one.out);
    }
  }
}

TEST_CASE("what goes wrong under mpirun is said once", "[mpi]") {
  const auto once = [](const Run& run, const std::string& message) {
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
    const auto first = run.err.find("eigenmata: ");
    REQUIRE(first != std::string::npos);
    CHECK(run.err.find(message, first) != std::string::npos);
    CHECK(run.err.find("eigenmata: ", first + 1) == std::string::npos);
  };
  once(job(2, {"check", "nothing.txt", "-e", "a*"}), "check runs in one process");
  once(job(2, {"simulate", "-e", "a*"}), "standard input reaches one process only");
  const TemporaryFolder folder;
  once(job(2, {"simulate", "-e", "a*", folder.write("words", "aa\nab\n")}), ":2:2");
  once(job(2, {"simulate", "-e", "a*", folder / "absent"}), "cannot read");
  once(job(2, {"search", "--structure", "diagonal-real", "--format", "e2m1", "--resume", folder.write("r", "x\n")}),
       "is no file of this search");
}

TEST_CASE("a process that is killed ends the job, and the search goes on from its file", "[mpi]") {
  const TemporaryFolder folder;
  const std::string file = folder / "sweep";
  const std::vector<std::string> arguments{"search",   "--structure", "diagonal-complex", "--format", "e4m3",
                                           "--period", "7",           "--resume",         file};
  const auto lines = [&] {
    const std::string text = read_file(file);
    return std::count(text.begin(), text.end(), '\n');
  };
  std::thread killer([&] {
    // Of the processes with this program and this file one is killed when a first part is done.
    for (int i = 0; i < 6000 && lines() < 4; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    for (const auto& entry : fs::directory_iterator("/proc")) {
      const std::string name = entry.path().filename();
      if (name.find_first_not_of("0123456789") != std::string::npos) continue;
      const std::string command = read_file(entry.path() / "cmdline");
      if (command.rfind(EIGENMATA_PROGRAM, 0) != 0 || command.find(file) == std::string::npos) continue;
      ::kill(std::stoi(name), SIGKILL);
      return;
    }
  });
  const Run killed = job(2, arguments);
  killer.join();
  CHECK(killed.exit != 0);
  CHECK(killed.exit != 10);
  CHECK(killed.out.empty());
  CHECK(killed.err.find("signal 9") != std::string::npos);
  const auto before = lines();
  REQUIRE(before >= 4);
  const Run resumed = job(2, arguments);
  const Run whole = eigenmata({"search", "--structure", "diagonal-complex", "--format", "e4m3", "--period", "7"});
  CHECK(resumed.exit == whole.exit);
  CHECK(resumed.out.find(std::to_string(before - 2) + " of 32 parts were known, 32 are now") != std::string::npos);
  CHECK(resumed.out.substr(0, whole.out.size()) == whole.out);
}

}  // namespace
}  // namespace eigenmata::testing
