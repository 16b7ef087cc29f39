// SPDX-License-Identifier: Apache-2.0
//
// The command line: reads the arguments into a Request, runs the command, turns what happened into an exit code. Output
// is printed at the end, so that stdout is empty when something was wrong.
#include <flint/flint.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>

#include "common.hpp"
#include "eigenmata/core/output.hpp"
#include "ranks.hpp"
#include "request.hpp"

#ifndef EIGENMATA_VERSION
#define EIGENMATA_VERSION "unknown"
#endif

namespace eigenmata::cli {
namespace {

std::atomic<bool> interrupted{false};

/// The first Ctrl-C asks for an orderly end with `unknown`, the second one kills.
void on_interrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

/// A line on stderr, rewritten as work goes on; only on a terminal.
class ProgressLine {
 public:
  void show(std::string_view activity, std::uint64_t done, std::uint64_t total) {
    std::string line = std::string(activity) + ": " + std::to_string(done);
    if (total > 0) line += " of " + std::to_string(total);
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
    std::fflush(stderr);
    shown_ = true;
  }
  void clear() {
    if (shown_) std::fprintf(stderr, "\r\033[K");
    shown_ = false;
  }

 private:
  bool shown_ = false;
};

/// In place of CLI11's own, whose message shows the largest number there is.
const CLI::Validator kAboveZero(
    [](const std::string& text) {
      double value = 0;
      return CLI::detail::lexical_cast(text, value) && value > 0 ? std::string() : "has to be above 0, not " + text;
    },
    "POSITIVE");

/// A whole number from `least` on; CLI11 alone takes what is beyond 64 bits for the largest number there is.
CLI::Validator whole_number_from(std::uint64_t least) {
  return {[least](const std::string& text) -> std::string {
            std::uint64_t value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error == std::errc::result_out_of_range && end == text.data() + text.size())
              return text + " is beyond the largest number here, 2^64 - 1";
            if (error != std::errc() || end != text.data() + text.size() || value < least)
              return "has to be a whole number " + (least > 0 ? "above " + std::to_string(least - 1) : "from 0 on") +
                     ", not " + text;
            return {};
          },
          "UINT"};
}

struct Command {
  const char* name;
  const char* summary;
  std::function<void(CLI::App&, Request&)> options;
  std::function<Result(const Request&)> run;
};

void language_options(CLI::App& app, Request& r) {
  app.add_option("-e,--regex", r.regexes, "a regular expression in place of a file or name")->allow_extra_args(false);
  app.add_option("-a,--alphabet", r.alphabet, "the letters: -a ab, or -a push,pop,nop");
  app.add_option("--format", r.format, "format of the input: att, dot, jff, json, gap");
  app.add_option("--symbols", r.symbols, "symbol table of an AT&T file with numbers as labels");
}

void limit_options(CLI::App& app, Request& r) {
  app.add_option("--time-limit", r.time_limit, "seconds after which the answer is unknown")->check(kAboveZero);
  app.add_option("--memory-limit", r.memory_limit_mib, "MiB a computation's tables may take (default 8192)")
      ->check(kAboveZero);
}

void positional(CLI::App& app, Request& r, const char* what) { app.add_option("input", r.positionals, what); }

void json_option(CLI::App& app, Request& r) { app.add_flag("--json", r.json, "print one JSON object"); }

std::vector<Command> commands() {
  return {
      {"classify", "minimal automaton, syntactic monoid, its groups, varieties of languages",
       [](CLI::App& app, Request& r) {
         positional(app, r, "LANG: a name of the catalogue, a file, or - for standard input");
         language_options(app, r);
         app.add_flag("--explain", r.explain, "a witness for each property that fails");
         json_option(app, r);
         limit_options(app, r);
       },
       run_classify},
      {"decide", "which classes of networks recognise a language, with the theorem and a witness",
       [](CLI::App& app, Request& r) {
         positional(app, r, "LANG; with --matrix any number, or folders (default: the catalogue)");
         language_options(app, r);
         app.add_option("--class", r.target, "one class or architecture, as in 'diagonal[0,1]' or mamba");
         app.add_option("--layers", r.layers_text, "at most so many, or any (default); with --class");
         app.add_option("--semantics", r.semantics, "exact (default), finite-orbit, ...; with --class");
         app.add_flag("--explain", r.explain, "reasons and witnesses for the whole table");
         app.add_flag("--matrix", r.matrix, "a table of many languages");
         app.add_option("--as", r.as, "of the matrix: text (default), csv, json, html");
         app.add_option("-o,--output", r.output, "file for the matrix; its ending says the format");
         json_option(app, r);
         limit_options(app, r);
       },
       run_decide},
      {"compile", "a language into the certified weights of a linear RNN",
       [](CLI::App& app, Request& r) {
         positional(app, r, "LANG");
         language_options(app, r);
         app.add_option(
             "--to", r.target,
             "transition class, as rank-one[:k], householder[-1,1][:k], 'diagonal[0,1]', or an architecture, as mamba");
         app.add_option("-o,--output", r.output, "model file; - for standard output");
         app.add_option("--certificate", r.certificate, "certificate file");
         app.add_option("--coq", r.coq, "the certificate as a Coq file with its theorem");
         app.add_option("--minimise", r.objective, "layers (default), factors or dimension");
         app.add_option("--encoding", r.encoding, "of the states: any (default), one-hot, reduced");
         app.add_option("--layers", r.layers, "at most so many layers")->check(CLI::NonNegativeNumber);
         app.add_option("--semantics", r.semantics,
                        "exact (default), finite-orbit, float:FORMAT[,PLAN], fixed:I.F, int:N[,wrap] or uint:N");
         app.add_option("--seed", r.seed, "of the search for small codes (default 1)")->check(CLI::NonNegativeNumber);
         app.add_option("--threads", r.threads, "for checking (default: all cores)")->check(CLI::Range(1, 1024));
         app.add_flag("--explain", r.explain, "what each pass offered, or why it refused");
         json_option(app, r);
         limit_options(app, r);
       },
       run_compile},
      {"check", "does a network recognise a language, for all word lengths?",
       [](CLI::App& app, Request& r) {
         positional(app, r, "MODEL LANG");
         language_options(app, r);
         app.add_option(
             "--semantics", r.semantics,
             "exact (default), finite-orbit, float:FORMAT[,PLAN], float:FORMAT,stochastic (all choices), fixed:I.F, "
             "int:N[,wrap], uint:N or cast:A,B,...");
         app.add_option("--certificate", r.certificate, "write the proof as a certificate");
         app.add_option("--up-to", r.up_to, "only words of up to this length")->check(CLI::NonNegativeNumber);
         app.add_option("-o,--output", r.output, "file for the automaton of what the network recognises (not exact)");
         app.add_option("--as", r.as, "its format, if not by the ending: att, dot, jff, json, gap");
         app.add_option("--threads", r.threads, "of the search for all numeric states (default: all cores)")
             ->check(CLI::Range(1, 1024));
         json_option(app, r);
         limit_options(app, r);
       },
       run_check},
      {"equal", "are two languages equal?",
       [](CLI::App& app, Request& r) {
         positional(app, r, "LANG1 LANG2");
         language_options(app, r);
         json_option(app, r);
         limit_options(app, r);
       },
       run_equal},
      {"convert", "a language into another format, minimised",
       [](CLI::App& app, Request& r) {
         positional(app, r, "LANG");
         language_options(app, r);
         app.add_option("-o,--output", r.output, "file; its ending says the format; - for standard output with --as");
         app.add_option("--as", r.as, "format of the output: att, dot, jff, json, gap");
         app.add_flag("--as-is", r.as_is, "do not minimise");
         json_option(app, r);
         limit_options(app, r);
       },
       run_convert},
      {"simulate", "run a network or an automaton over words",
       [](CLI::App& app, Request& r) {
         positional(app, r, "MODEL|LANG [FILE]: words, one a line (default: standard input)");
         language_options(app, r);
         app.add_option("--word", r.words, "a word to run, in place of a file; may be repeated")
             ->allow_extra_args(false);
         app.add_flag("--stream", r.stream, "the whole file is one word");
         app.add_flag("--bytes", r.bytes, "the file holds numbers of letters, a byte each, not text");
         app.add_option("--word-length", r.word_length, "of each of the words in a file of --bytes")->check(kAboveZero);
         app.add_option("--random", r.random_words, "run so many random words, in place of a file")
             ->check(CLI::NonNegativeNumber);
         app.add_option("--length", r.length, "of random words")->check(CLI::NonNegativeNumber);
         app.add_option("--from", r.drawn_from, "random words are uniform among all (default), or in the language");
         app.add_option("--seed", r.seed, "of random words (default 1)")->check(CLI::NonNegativeNumber);
         app.add_flag("--skip-invalid", r.skip_invalid, "leave out, and count, what is no letter");
         app.add_option("-o,--verdicts", r.output, "file for the verdicts, 1 or 0, one a line");
         app.add_option("--threads", r.threads, "(default: all cores)")->check(CLI::Range(1, 1024));
         app.add_option("--engine", r.engine,
                        "of automata, instead of the fastest: table, interleaved, groups, composed, followed or lanes");
         app.add_option("--final-states", r.final_states, "file for the states that words end in, one a line");
         app.add_option(
             "--trajectories", r.trajectories,
             "file (.npy) for all states gone through, L + 1 rows for a word of L letters: uint32 of automata; of "
             "networks in --semantics, float64, or int64 in units of the last place");
         app.add_flag("--trace", r.trace, "print the state after every letter");
         app.add_flag("--quiet", r.quiet, "print the totals only, and not the first 100 words");
         app.add_option("--semantics", r.semantics,
                        "exact (default), or for networks float:FORMAT[,PLAN], fixed:I.F, int:N[,wrap], uint:N");
         json_option(app, r);
         limit_options(app, r);
       },
       run_simulate},
      {"search", "exactly periodic orbits of a rounded layer: counters that never drift",
       [](CLI::App& app, Request& r) {
         app.add_option("--structure", r.structure, "diagonal-complex, diagonal-real or householder-pair");
         app.add_option("--format", r.number_format,
                        "a float format of at most 8 bits: e4m3, e5m2, e2m1, ...; diagonal-complex also bf16, fp16");
         app.add_flag(
             "--table", r.table,
             "which periods 2 ... 64 occur, for all structures and formats of at most 8 bits, or the given ones");
         app.add_option("--certificates", r.certificates, "folder for a certificate of every period in the table");
         app.add_option("--period", r.period, "orbits of this length (default: of every length)")->check(kAboveZero);
         app.add_option("--certificate", r.certificate, "write that the orbit of the period counts for ever");
         app.add_option("--resume", r.resume, "file that remembers the parts that are done; go on where it ends");
         app.add_flag_function(
             "--exhaustive", [](std::int64_t) {}, "all parameters and all states (always so, where it can be)");
         json_option(app, r);
         limit_options(app, r);
       },
       run_search},
      {"derive", "the mathematics of state space models, claim by claim: HiPPO, S4, RTF, LRU, ...",
       [](CLI::App& app, Request& r) {
         positional(app, r, "NAME: a claim or a system, as in hippo.legs (default: all)");
         app.add_option("--N", r.state_size, "state sizes up to this one")->check(whole_number_from(1));
         app.add_option("--L", r.length, "length of sequences")->check(whole_number_from(1));
         app.add_option("--dtype", r.number_format, "only what is measured, in f32, f64, bf16, ...");
         app.add_option("--bits", r.bits, "precision of balls (default 256)")->check(CLI::Range(16, 1 << 20));
         app.add_option("--seed", r.seed, "of random data (default 1)")->check(whole_number_from(0));
         json_option(app, r);
         limit_options(app, r);
       },
       run_derive},
      {"show", "an automaton, its egg-boxes, or the spectra of a network, as text, dot or SVG",
       [](CLI::App& app, Request& r) {
         positional(app, r, "LANG|MODEL");
         language_options(app, r);
         app.add_option("--as", r.as, "text (default), dot, svg");
         app.add_option("-o,--output", r.output, "file; its ending says the format");
         app.add_flag("--egg-box", r.egg_box, "Green's classes of the transition monoid (languages)");
         app.add_option("--word", r.word, "spectrum of the product along this word (models)");
         app.add_flag("--as-is", r.as_is, "do not minimise (languages)");
         limit_options(app, r);
       },
       run_show},
      {"list", "what is known: languages, classes, architectures, semantics, formats, groups, theorems, references",
       [](CLI::App& app, Request& r) {
         positional(app, r, "what to list (default: languages)");
         json_option(app, r);
       },
       run_list},
  };
}

/// In a job of several processes the first one speaks for all.
int complain(const std::string& message) {
  Ranks::job().fail(message);
  if (!Ranks::job().is_first()) return static_cast<int>(Exit::kUsage);
  std::cerr << "eigenmata: " << message << "\n";
  return static_cast<int>(Exit::kUsage);
}

int finish(const Result& result) {
  if (!Ranks::job().is_first()) return 0;
  core::write_file("-", result.output);
  return static_cast<int>(result.exit);
}

core::Limits limits_of(const Request& request, ProgressLine& progress) {
  core::Limits limits;
  limits.interrupted = &interrupted;
  if (request.time_limit > 0) {
    limits.deadline = core::Limits::Clock::now() + std::chrono::duration_cast<core::Limits::Clock::duration>(
                                                       std::chrono::duration<double>(request.time_limit));
  }
  if (request.memory_limit_mib > 0) limits.memory_bytes = request.memory_limit_mib << 20;
  if (::isatty(STDERR_FILENO) != 0 && Ranks::job().is_first()) {
    limits.progress = [&progress](std::string_view activity, std::uint64_t done, std::uint64_t total) {
      progress.show(activity, done, total);
    };
  }
  return limits;
}

/// A limit is an answer: unknown.
Result unknown(const Request& request, const std::string& reason) {
  if (!request.json) return {Exit::kUnknown, "unknown: " + reason + "\n"};
  core::JsonWriter json;
  json.begin_object().key("verdict").string("unknown").key("reason").string(reason).end_object();
  return {Exit::kUnknown, json.take()};
}

int run_command(const Command& command, Request& request) {
  ProgressLine progress;
  request.limits = limits_of(request, progress);
  try {
    const Result result = command.run(request);
    progress.clear();
    return finish(result);
  } catch (const core::LimitReached& limit) {
    progress.clear();
    return finish(unknown(request, limit.what()));
  } catch (const Unanswered& missing) {
    progress.clear();
    return finish(unknown(request, missing.what()));
  } catch (const std::bad_alloc&) {
    progress.clear();
    return finish(unknown(request, "out of memory"));
  }
}

/// 'eigenmata help' and 'eigenmata help COMMAND'.
int help(const CLI::App& app, const std::string& topic) {
  if (topic.empty()) {
    core::write_file("-", app.help());
    return 0;
  }
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (sub->get_name() != topic) continue;
    core::write_file("-", sub->help("eigenmata"));
    return 0;
  }
  return complain("no command is called '" + topic + "'; see 'eigenmata help'");
}

int main_checked(int argc, char** argv) {
  CLI::App app("eigenmata: which regular languages can a linear RNN recognise, with proof", "eigenmata");
  app.set_version_flag("--version", std::string("eigenmata ") + EIGENMATA_VERSION);
  app.footer(
      "A language LANG is a name (eigenmata list), a file (.json .att .dot .jff .gap), or an expression: -e 'REGEX'.\n"
      "Exit codes: 0 yes or done, 10 no, 20 unknown, 2 bad usage or unreadable input.");
  app.require_subcommand(0, 1);  // what follows a command is its argument, even where it is a command's name
  Request request;
  const std::vector<Command> all = commands();
  std::map<CLI::App*, const Command*> by_app;
  for (const Command& command : all) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    command.options(*sub, request);
    by_app[sub] = &command;
  }
  app.add_subcommand("help", "this help, or that of a command");

  if (argc == 1) {
    std::cerr << app.help();
    return static_cast<int>(Exit::kUsage);
  }
  if (std::string(argv[1]) == "help") return help(app, argc > 2 ? argv[2] : "");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto used = app.get_subcommands();
    core::write_file("-", used.empty() ? app.help() : used[0]->help("eigenmata"));
    return 0;
  } catch (const CLI::CallForVersion& version) {
    core::write_file("-", std::string(version.what()) + "\n");
    return 0;
  } catch (const CLI::ParseError& error) {
    const auto used = app.get_subcommands();
    const std::string more = used.empty() ? "eigenmata help" : "eigenmata help " + used[0]->get_name();
    return complain(std::string(error.what()) + "; see '" + more + "'");
  }
  const auto used = app.get_subcommands();
  if (used.empty()) return complain("no command given; see 'eigenmata help'");
  request.command = used[0]->get_name();
  const bool is_shared = request.command == "simulate" || request.command == "check" || request.command == "search";
  if (!is_shared) require_one_process(request.command);
  return run_command(*by_app.at(used[0]), request);
}

}  // namespace
}  // namespace eigenmata::cli

int main(int argc, char** argv) {
  std::signal(SIGINT, eigenmata::cli::on_interrupt);
  std::signal(SIGTERM, eigenmata::cli::on_interrupt);
  int code = 0;
  auto& job = eigenmata::cli::Ranks::job();
  try {
    job.join();
    code = eigenmata::cli::main_checked(argc, argv);
  } catch (const std::exception& error) {
    code = eigenmata::cli::complain(error.what());
  }
  code = job.leave(code);
  flint_cleanup_master();
  return code;
}
