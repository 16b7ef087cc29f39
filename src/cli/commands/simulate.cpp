// SPDX-License-Identifier: Apache-2.0
//
// Runs a network, or a language's automaton, over words: from a file of any size, of the command line, or random ones.
// Words come in blocks; of each block the machine gives the answers, which are counted, and written if asked for.
#include <fmt/format.h>

#include <chrono>

#include "../common.hpp"
#include "../ranks.hpp"
#include "../request.hpp"
#include "bulk_machine.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/core/text.hpp"
#include "eigenmata/simulation/word_source.hpp"
#include "eigenmata/verification/numeric_semantics.hpp"
#include "trajectory_file.hpp"

namespace eigenmata::cli {
namespace {

using core::Alphabet;
using simulation::WordBlock;
using simulation::WordSource;
using Clock = std::chrono::steady_clock;

/// So many words are shown one by one, and so much of each is remembered.
constexpr std::size_t kShownWords = 100;
constexpr std::size_t kShownLetters = 4096;

// ---- what is to be run
// ------------------------------------------------------------------------------------------------

/// The machine's name, and the file of the words if there is one.
struct Named {
  Operand machine;
  std::string words = "-";
};

bool reads_file(const Request& request) { return request.words.empty() && !request.random_words; }

Named named_operands(const Request& request) {
  Named named;
  Request rest = request;
  // The file of words is the last of the names; with -e it is the only one.
  const bool has_file = request.positionals.size() + request.regexes.size() == 2 && !request.positionals.empty();
  if (has_file && reads_file(request)) {
    named.words = request.positionals.back();
    rest.positionals.pop_back();
  }
  const char* expected = reads_file(request) ? "a model or a language, and a file of words, --word W or --random N"
                                             : "a model or a language (the words are those of --word or --random)";
  named.machine = operands(rest, 1, 1, expected)[0];
  if (reads_file(request) && named.words == "-" && !named.machine.is_regex && named.machine.text == "-")
    throw core::Error("the language and the words cannot both be read from standard input");
  return named;
}

/// Throws `core::Error` for options that have no meaning beside each other.
void check_options(const Request& r) {
  if (!r.words.empty() && r.random_words) throw core::Error("--word and --random: the words are either given or drawn");
  if (r.random_words && !r.length) throw core::Error("--random draws words of one length; say --length L");
  if (!r.random_words && r.length) throw core::Error("--length is that of words drawn with --random");
  if (!r.random_words && !r.drawn_from.empty()) throw core::Error("--from says what --random draws from");
  if (!r.drawn_from.empty() && r.drawn_from != "all" && r.drawn_from != "language")
    throw core::Error({"--from"}, core::in_quotes(r.drawn_from) + " is neither all nor language");
  if (!reads_file(r) && (r.stream || r.bytes || r.word_length))
    throw core::Error("--stream, --bytes and --word-length say how a file is read; there is none here");
  if (r.bytes && r.stream == r.word_length.has_value())
    throw core::Error("--bytes: words of so many bytes with --word-length L, or one word with --stream");
  if (!r.bytes && r.word_length) throw core::Error("--word-length is that of --bytes; words of text end with the line");
  if (r.skip_invalid && !reads_file(r)) throw core::Error("--skip-invalid is about files");
  if (r.trace) require_one_process("simulate --trace");
  if (!r.trajectories.empty()) require_one_process("simulate --trajectories");
  if (r.trace && (!r.output.empty() || !r.final_states.empty() || !r.trajectories.empty() || r.json))
    throw core::Error("--trace prints every step for people; it goes without --json and files of answers");
  if (r.trajectories == "-") throw core::Error({"--trajectories"}, "an array goes to a file, not to standard output");
  if (r.json && (r.output == "-" || r.final_states == "-"))
    throw core::Error("--json prints one object on standard output; write verdicts and states to files");
}

template <class Letter>
std::unique_ptr<WordSource<Letter>> make_source(const Request& request, const std::string& path,
                                                const Alphabet& alphabet, const automata::Dfa* language, bool cut) {
  simulation::WordReading reading;
  reading.one_word = request.stream;
  reading.skip_invalid = request.skip_invalid;
  reading.cut = cut;
  if (!request.words.empty()) {
    std::vector<core::Word> words;
    for (const std::string& text : request.words) words.push_back(core::parse_word(alphabet, text, {"--word"}));
    return simulation::given_words<Letter>(std::move(words));
  }
  if (request.random_words) {
    if (request.drawn_from != "language")
      return simulation::random_words<Letter>(alphabet, *request.random_words, *request.length, request.seed, reading);
    if (language == nullptr) throw core::Error("--from language needs a language in place of a model");
    return simulation::random_words_of<Letter>(*language, *request.random_words, *request.length, request.seed, reading,
                                               request.limits);
  }
  if constexpr (std::is_same_v<Letter, std::uint8_t>) {
    if (request.bytes)
      return simulation::packed_bytes(alphabet, path, request.word_length.value_or(0), reading, request.limits);
  } else if (request.bytes) {
    throw core::Error(
        fmt::format("--bytes needs an alphabet of at most 256 letters; this one has {}", alphabet.size()));
  }
  return simulation::text_words<Letter>(alphabet, path, reading, request.limits);
}

// ---- what is reported
// -------------------------------------------------------------------------------------------------

struct Totals {
  std::uint64_t words = 0;
  std::uint64_t symbols = 0;
  std::uint64_t accepted = 0;
  std::uint64_t without_answer = 0;
  std::uint64_t skipped = 0;
  double seconds = 0;
  double seconds_running = 0;
  std::string engine;
  std::string stopped;  ///< by what, if not by the end of the words
};

std::string_view answer_text(WordAnswer answer) {
  switch (answer) {
    case WordAnswer::kReject:
      return "reject";
    case WordAnswer::kAccept:
      return "accept";
    case WordAnswer::kNone:
      break;
  }
  return "no answer";
}

/// The first words with their answers, for people.
class Listing {
 public:
  explicit Listing(const Alphabet& alphabet) : alphabet_(alphabet) {}

  template <class Letter>
  void add(std::span<const Letter> piece) {
    if (lines_ >= kShownWords) return;
    length_ += piece.size();
    for (const Letter x : piece) {
      // Of a long word the middle is not shown, so that only its end has to be kept up to date.
      if (word_.size() == kShownLetters)
        word_.erase(word_.begin() + kShownLetters / 2, word_.end() - kShownLetters / 4);
      word_.push_back(core::symbol(x));
    }
  }

  void end_word(WordAnswer answer) {
    if (lines_ < kShownWords) {
      const std::string word = length_ == word_.size() ? shown(alphabet_, word_) : shown_long();
      text_ += fmt::format("{}  {}\n", answer_text(answer), word);
    }
    ++lines_;
    word_.clear();
    length_ = 0;
  }

  [[nodiscard]] std::string text() const {
    if (lines_ <= kShownWords) return text_;
    return text_ +
           fmt::format("... and {} (--verdicts FILE writes them all)\n", counted(lines_ - kShownWords, "more word"));
  }

 private:
  [[nodiscard]] std::string shown_long() const {
    const std::string text = shown(alphabet_, word_);
    return fmt::format("{}({} letters)", text.substr(0, text.rfind('(')), length_);
  }

  const Alphabet& alphabet_;
  core::Word word_;
  std::uint64_t length_ = 0;
  std::size_t lines_ = 0;
  std::string text_;
};

/// A file of one line a word.
class LineFile {
 public:
  explicit LineFile(const std::string& path) {
    if (!path.empty()) file_.emplace(path);
  }
  [[nodiscard]] bool is_wanted() const { return file_.has_value(); }
  void add(std::string_view line) {
    text_ += line;
    text_ += '\n';
  }
  void flush() {
    if (file_ && !text_.empty()) file_->append(text_);
    text_.clear();
  }
  void commit() {
    if (file_) file_->commit();
  }

 private:
  std::optional<core::PendingFile> file_;
  std::string text_;
};

/// Symbols a second and the time left, about five times a second.
class Pace {
 public:
  explicit Pace(const core::Limits& limits) : limits_(limits) {}

  void show(std::uint64_t symbols, std::uint64_t done, std::uint64_t total) {
    const auto now = Clock::now();
    if (!limits_.progress || now - shown_ < std::chrono::milliseconds(200)) return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    std::string text = fmt::format("simulating, {:.3g} symbols/s", static_cast<double>(symbols) / seconds);
    if (total > 0 && done > 0)
      text += fmt::format(", {:.0f} s left", seconds * static_cast<double>(total - done) / static_cast<double>(done));
    limits_.progress(text, done, total);
  }

 private:
  const core::Limits& limits_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point shown_ = begin_;
};

std::string as_json(const Totals& totals) {
  core::JsonWriter json;
  json.begin_object().key("words").integer(totals.words).key("symbols").integer(totals.symbols);
  json.key("accepted").integer(totals.accepted).key("without_answer").integer(totals.without_answer);
  json.key("skipped").integer(totals.skipped).key("seconds").measured(totals.seconds);
  json.key("seconds_running").measured(totals.seconds_running).key("engine").string(totals.engine);
  if (!totals.stopped.empty()) json.key("verdict").string("unknown").key("reason").string(totals.stopped);
  json.end_object();
  return json.take();
}

std::string as_text(const Totals& totals) {
  std::string text = fmt::format("{}, {}, {} accepted, {:.3g} s\n", counted(totals.words, "word"),
                                 counted(totals.symbols, "symbol"), totals.accepted, totals.seconds);
  if (totals.without_answer > 0) text += fmt::format("  without answer  {}\n", totals.without_answer);
  if (totals.skipped > 0) text += fmt::format("  skipped         {}, no letters\n", totals.skipped);
  if (!totals.engine.empty() && totals.symbols > 0 && totals.seconds_running > 0) {
    text += fmt::format("  engine          {}, {:.3g} symbols/s\n", totals.engine,
                        static_cast<double>(totals.symbols) / totals.seconds_running);
  }
  return text;
}

Result report(const Request& request, const Totals& totals, const std::string& listing) {
  const Exit exit = totals.stopped.empty() ? Exit::kYes : Exit::kUnknown;
  if (request.json) return {exit, as_json(totals)};
  if (request.output == "-" || request.final_states == "-") return {exit, ""};
  std::string text = listing;
  if (!totals.stopped.empty()) text += fmt::format("unknown: {}; this is what was done until then\n", totals.stopped);
  return {exit, text + as_text(totals)};
}

// ---- running
// ----------------------------------------------------------------------------------------------------------

class BulkRun {
 public:
  /// `steps`: for --trajectories, the same machine letter by letter.
  BulkRun(const Request& request, BulkMachine& machine, std::unique_ptr<Machine> steps)
      : request_(request),
        machine_(machine),
        listing_(machine.alphabet()),
        verdicts_(Ranks::job().is_first() ? request.output : ""),
        states_(Ranks::job().is_first() ? request.final_states : "") {
    if (!request.trajectories.empty()) trajectories_.emplace(request.trajectories, std::move(steps), request.limits);
  }

  template <class Letter>
  Result over(WordSource<Letter>& source) {
    const auto begin = Clock::now();
    Pace pace(request_.limits);
    Ranks& job = Ranks::job();
    std::size_t owner = job.size() - 1;
    try {
      for (WordBlock<Letter> block; source.next(block);) {
        request_.limits.poll();
        // Blocks go around the processes of a job; the pieces of a word stay with one of them.
        if (!block.continues) owner = (owner + 1) % job.size();
        const auto start = Clock::now();
        if (owner == job.rank()) {
          run_here(block);
        } else if (job.is_first()) {
          receive(owner);
        }
        if (!job.is_first()) continue;
        totals_.seconds_running += std::chrono::duration<double>(Clock::now() - start).count();
        account(block);
        pace.show(totals_.symbols, source.done(), source.total());
      }
    } catch (const core::LimitReached& limit) {
      totals_.stopped = limit.what();
      if (!job.is_first()) job.send("?" + totals_.stopped);
    }
    if (!job.is_first()) return {};
    totals_.skipped = source.skipped();
    totals_.engine = machine_.engine();
    if (totals_.stopped.empty()) {
      verdicts_.commit();
      states_.commit();
      if (trajectories_) trajectories_->commit();
    }
    totals_.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return report(request_, totals_, request_.quiet ? "" : listing_.text());
  }

 private:
  template <class Letter>
  void run_here(const WordBlock<Letter>& block) {
    machine_.run(block, answers_);
    final_states_.clear();
    for (std::size_t i = 0; i < answers_.size() && !request_.final_states.empty(); ++i)
      final_states_.push_back(machine_.final_state(i));
    Ranks& job = Ranks::job();
    if (job.is_first()) return;
    // A letter for each answer, then the states, a line each. "?" in front: it was stopped, and why.
    std::string message = "=";
    for (const WordAnswer answer : answers_) message += static_cast<char>('0' + static_cast<int>(answer));
    for (const std::string& state : final_states_) message += "\n" + state;
    job.send(message);
  }

  /// What `run_here` of another process sent.
  void receive(std::size_t from) {
    const std::string message = Ranks::job().receive(from);
    if (message[0] == '?')
      throw core::LimitReached(core::LimitReached::Kind::kInterrupted,
                               fmt::format("process {}: {}", from, message.substr(1)));
    answers_.clear();
    final_states_.clear();
    std::size_t at = 1;
    for (; at < message.size() && message[at] != '\n'; ++at)
      answers_.push_back(static_cast<WordAnswer>(message[at] - '0'));
    while (at < message.size()) {
      const std::size_t end = std::min(message.find('\n', at + 1), message.size());
      final_states_.push_back(message.substr(at + 1, end - at - 1));
      at = end;
    }
  }

  template <class Letter>
  void account(const WordBlock<Letter>& block) {
    totals_.symbols += block.words.letters.size();
    const std::size_t ended = block.words.size() - (block.unfinished ? 1 : 0);
    totals_.words += ended;
    for (std::size_t i = 0; i < ended; ++i) {
      totals_.accepted += answers_[i] == WordAnswer::kAccept ? 1 : 0;
      totals_.without_answer += answers_[i] == WordAnswer::kNone ? 1 : 0;
    }
    if (!request_.quiet) {
      for (std::size_t i = 0; i < block.words.size(); ++i) {
        listing_.add(block.words.word(i));
        if (i < ended) listing_.end_word(answers_[i]);
      }
    }
    for (std::size_t i = 0; i < ended && verdicts_.is_wanted(); ++i)
      verdicts_.add(answers_[i] == WordAnswer::kNone ? "-" : answers_[i] == WordAnswer::kAccept ? "1" : "0");
    for (std::size_t i = 0; i < ended && states_.is_wanted(); ++i) states_.add(final_states_[i]);
    verdicts_.flush();
    states_.flush();
    if (trajectories_) trajectories_->add(block);
  }

  const Request& request_;
  BulkMachine& machine_;
  Listing listing_;
  LineFile verdicts_;
  LineFile states_;
  std::optional<TrajectoryFile> trajectories_;
  Totals totals_;
  std::vector<WordAnswer> answers_;
  std::vector<std::string> final_states_;  // if they are wanted
};

/// Every step of every word.
Result trace(const Request& request, Machine& machine, WordSource<std::uint32_t>& source) {
  const auto text_of = [](const std::optional<bool>& answer) {
    return !answer ? "no answer" : *answer ? "accept" : "reject";
  };
  Totals totals;
  std::string out;
  const auto begin = Clock::now();
  core::Ticker ticker(request.limits, "simulating");
  for (WordBlock<std::uint32_t> block; source.next(block);) {
    for (std::size_t i = 0; i < block.words.size(); ++i) {
      std::optional<bool> answer = machine.restart();
      out += fmt::format("t=0  {:<12} {:<9} {}\n", "", text_of(answer), machine.state());
      std::size_t t = 0;
      for (const std::uint32_t x : block.words.word(i)) {
        if (!answer) break;
        ticker.tick();
        answer = machine.step(core::symbol(x));
        out += fmt::format("t={:<2} {:<12} {:<9} {}\n", ++t, machine.alphabet().name(core::symbol(x)), text_of(answer),
                           machine.state());
      }
      totals.accepted += answer.value_or(false) ? 1 : 0;
      totals.without_answer += answer ? 0 : 1;
    }
    totals.words += block.words.size();
    totals.symbols += block.words.letters.size();
  }
  totals.skipped = source.skipped();
  totals.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return report(request, totals, out);
}

}  // namespace

Result run_simulate(const Request& request) {
  check_options(request);
  const Named named = named_operands(request);
  if (!Ranks::job().is_alone() && reads_file(request) && named.words == "-")
    throw core::Error(
        "standard input reaches one process only; under mpirun words come from a file, --word or --random");
  const auto semantics = expressivity::parse_semantics(request.semantics, {"--semantics"});
  const bool numeric = verification::is_numeric(semantics);
  if (!numeric) require_exact_semantics(request.semantics);
  std::optional<automata::Language> language;
  if (!names_model(named.machine)) language = read_language(request, named.machine);
  if (numeric && language)
    throw core::Error({"--semantics"}, "an automaton computes with no numbers; " + semantics.text + " is of networks");
  if (!request.engine.empty() && !language)
    throw core::Error({"--engine"}, "networks have none to choose; the engines are those of automata");
  const automata::Dfa* dfa = language ? &language->dfa : nullptr;
  const auto make_machine = [&] {
    return dfa != nullptr ? make_automaton_machine(*dfa)
           : numeric      ? make_numeric_machine(request, read_model(named.machine.text), semantics)
                          : make_exact_machine(read_model(named.machine.text));
  };
  std::unique_ptr<Machine> steps;
  if (!request.trajectories.empty()) {
    steps = make_machine();
    if (!steps->rows())
      throw core::Error({"--trajectories"},
                        "exact numbers have no fixed size; choose numbers of finitely many bits with --semantics");
  }

  if (request.trace) {
    const auto machine = make_machine();
    const auto source = make_source<std::uint32_t>(request, named.words, machine->alphabet(), dfa, false);
    return trace(request, *machine, *source);
  }
  const auto machine = dfa != nullptr ? make_automaton_bulk(request, *dfa)
                       : numeric      ? make_numeric_bulk(request, read_model(named.machine.text), semantics)
                                      : make_plain_bulk(make_exact_machine(read_model(named.machine.text)),
                                                        !request.final_states.empty(), request.limits);
  BulkRun run(request, *machine, std::move(steps));
  const Alphabet& alphabet = machine->alphabet();
  if (alphabet.size() <= simulation::kLargestPackedAlphabet)
    return run.over(*make_source<std::uint8_t>(request, named.words, alphabet, dfa, machine->takes_pieces()));
  return run.over(*make_source<std::uint32_t>(request, named.words, alphabet, dfa, machine->takes_pieces()));
}

}  // namespace eigenmata::cli
