// SPDX-License-Identifier: Apache-2.0
#include "checker/options.hpp"

#include <algorithm>

#include "checker/error.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {

const char* const kHelp =
    R"(eigenmata-check: proves again what a certificate claims, sharing no code with eigenmata

usage: eigenmata-check CERT [LANG] [options]
       eigenmata-check CERT -e REGEX [options]

CERT is a certificate; - reads it from standard input. Checked is that its network, in exact arithmetic or in the one that
it names, and its automaton accept the same words, of every length. With LANG also that the automaton accepts that
language: an .att or .json file, - for standard input, or the name of a language of the catalogue. Convert other formats
first: eigenmata convert FILE -o FILE.json

  -e REGEX            the language of a regular expression
  -a SYMBOLS          its alphabet: characters (-a ab), or names (-a push,pop,nop)
  --symbols FILE      symbol table of an .att file
  --format att|json   type of LANG, whatever its name; needed when LANG is -
  --model MODEL       also check that the network of this model file is the one in the certificate
  --quiet             no text on standard output, only the exit code
  --help, --version

Exit codes: 0 proved; 10 readable but not proved; 2 unreadable input or bad usage.
)";

namespace {

/// The arguments one by one; `--name=value` counts as two.
class Arguments {
 public:
  explicit Arguments(const std::vector<std::string>& all) : all_(all) {}

  [[nodiscard]] bool at_end() const { return next_ == all_.size(); }

  /// The next argument; of a long option only its name.
  std::string take() {
    std::string argument = all_[next_++];
    value_.reset();
    name_ = argument;
    const std::size_t equals = argument.find('=');
    if (argument.size() > 2 && argument.compare(0, 2, "--") == 0 && equals != std::string::npos) {
      value_ = argument.substr(equals + 1);
      argument.resize(equals);
      name_ = argument;
    }
    return argument;
  }

  /// The value of the option just taken.
  void value(std::optional<std::string>& into) {
    if (into) throw Error(name_ + " is given twice");
    if (value_) {
      into = value_;
    } else {
      if (at_end()) throw Error(name_ + " needs a value");
      into = all_[next_++];
    }
  }

  void no_value() const {
    if (value_) throw Error(name_ + " takes no value");
  }

 private:
  const std::vector<std::string>& all_;
  std::size_t next_ = 0;
  std::string name_;
  std::optional<std::string> value_;
};

void require_sense(const Options& options, std::size_t positional) {
  if (positional == 0) throw Error("name a certificate; see eigenmata-check --help");
  if (positional > 2) throw Error("at most a certificate and a language are expected; see eigenmata-check --help");
  if (options.language && options.regex) throw Error("give the language once: as LANG or as -e REGEX");
  const bool language = options.language || options.regex;
  if (options.alphabet && !language) throw Error("-a needs a language");
  if (options.symbols && !options.language) throw Error("--symbols needs an .att file as language");
  if (options.format) {
    if (!options.language) throw Error("--format needs a language file");
    if (options.format != "att" && options.format != "json") throw Error("--format is att or json");
  }
  const auto inputs = (options.certificate == "-" ? 1 : 0) + (options.language == "-" ? 1 : 0) +
                      (options.symbols == "-" ? 1 : 0) + (options.model == "-" ? 1 : 0);
  if (inputs > 1) throw Error("only one input can be standard input");
}

}  // namespace

Options parse_options(const std::vector<std::string>& list) {
  Options options;
  std::vector<std::string> positional;
  bool only_positional = false;
  for (Arguments arguments(list); !arguments.at_end();) {
    const std::string argument = arguments.take();
    if (only_positional || argument == "-" || argument.empty() || argument[0] != '-') {
      positional.push_back(argument);
      continue;
    }
    if (argument == "-e") {
      arguments.value(options.regex);
    } else if (argument == "-a") {
      arguments.value(options.alphabet);
    } else if (argument == "--symbols") {
      arguments.value(options.symbols);
    } else if (argument == "--format") {
      arguments.value(options.format);
    } else if (argument == "--model") {
      arguments.value(options.model);
    } else {
      arguments.no_value();
      if (argument == "--") {
        only_positional = true;
      } else if (argument == "--quiet") {
        options.quiet = true;
      } else if (argument == "--help") {
        options.help = true;
      } else if (argument == "--version") {
        options.version = true;
      } else {
        throw Error("unknown option " + quoted(argument) + "; see eigenmata-check --help");
      }
    }
  }
  if (options.help || options.version) return options;
  if (!positional.empty()) options.certificate = positional[0];
  if (positional.size() > 1) options.language = positional[1];
  require_sense(options, positional.size());
  return options;
}

}  // namespace eigenmata::checker
