// SPDX-License-Identifier: Apache-2.0
#include "checker/options.hpp"

#include <catch2/catch.hpp>

#include "checker/error.hpp"
#include "checker/language.hpp"

namespace eigenmata::checker {
namespace {

TEST_CASE("options in any order", "[checker][options]") {
  const Options options =
      parse_options({"--quiet", "c.cert", "--model", "m.json", "x.att", "-a", "ab", "--symbols=s", "--format", "att"});
  CHECK(options.certificate == "c.cert");
  CHECK(options.language == "x.att");
  CHECK(options.model == "m.json");
  CHECK(options.alphabet == "ab");
  CHECK(options.symbols == "s");
  CHECK(options.format == "att");
  CHECK(options.quiet);
  CHECK(parse_options({"-e", "-x", "c"}).regex == "-x");  // a value may begin with a dash
  CHECK(parse_options({"--", "--quiet"}).certificate == "--quiet");
  CHECK(parse_options({"-", "parity"}).certificate == "-");
  CHECK(parse_options({"--help"}).help);
  CHECK(parse_options({"--version"}).version);
}

TEST_CASE("command lines that make no sense", "[checker][options]") {
  for (const std::vector<std::string>& bad : std::vector<std::vector<std::string>>{{},
                                                                                   {"c", "l", "x"},
                                                                                   {"c", "l", "-e", "a"},
                                                                                   {"c", "-e"},
                                                                                   {"c", "-e", "a", "-e", "b"},
                                                                                   {"c", "--model"},
                                                                                   {"c", "--json"},
                                                                                   {"c", "-q"},
                                                                                   {"c", "--quiet=1"},
                                                                                   {"c", "-a", "ab"},
                                                                                   {"c", "-e", "a", "--format", "att"},
                                                                                   {"c", "-e", "a", "--symbols", "s"},
                                                                                   {"c", "l", "--format", "dot"},
                                                                                   {"-", "-", "--format", "att"},
                                                                                   {"-", "--model", "-"},
                                                                                   {"-e", "a"}}) {
    CHECK_THROWS_AS(parse_options(bad), Error);
  }
}

TEST_CASE("the letters of -a", "[checker][options]") {
  using Letters = std::vector<std::string>;
  CHECK(parse_symbols("aé b") == Letters{"a", "é", " ", "b"});
  CHECK(parse_symbols("push,pop,x") == Letters{"push", "pop", "x"});
  for (const char* bad : {"", ",", "a,", ",a", "aa", "a,a", "a b,c", "a\n", "\xFF", "a\xFF,b"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(parse_symbols(bad), Error);
  }
}

}  // namespace
}  // namespace eigenmata::checker
