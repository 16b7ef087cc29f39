// SPDX-License-Identifier: Apache-2.0
//
// Reads everything, then checks, then speaks.
//
// All inputs are read before anything is checked, so that an unreadable one is never hidden behind a verdict
// about another. The answer is written when it is complete, and only counts if it could be written.
#include "checker/program.hpp"

#include <exception>
#include <new>
#include <optional>

#include "checker/catalogue.hpp"
#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/equivalence.hpp"
#include "checker/error.hpp"
#include "checker/input.hpp"
#include "checker/model.hpp"
#include "checker/options.hpp"
#include "checker/text.hpp"

#ifndef EIGENMATA_VERSION
#define EIGENMATA_VERSION "unknown"
#endif

namespace eigenmata::checker {
namespace {

struct Answer {
  int code = kUnreadable;
  std::string text;
};

Answer not_proved(const Certificate& certificate, std::size_t line, int rule, const std::string& reason) {
  return {kNotProved, "not proved: " + certificate.name + ":" + std::to_string(line) + ": rule " +
                          std::to_string(rule) + ": " + reason + "\n"};
}

std::string shown(const Network& network) {
  if (network.layers.empty()) return "no layers";
  std::string text = plural(network.layers.size(), "layer");
  text += network.layers.size() == 1 ? ", dimension " : ", dimensions ";
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (l > 0) text += l + 1 == network.layers.size() ? " and " : ", ";
    text += std::to_string(network.layers[l].dimension);
  }
  return text;
}

/// How much was checked.
std::string shown_size(const Certificate& certificate) {
  const std::size_t letters = certificate.network.letters.size();
  if (certificate.numeric && !certificate.numeric->boxes.empty()) {
    const std::size_t boxes = certificate.numeric->boxes.size();
    return std::to_string(boxes) + (boxes == 1 ? " box, " : " boxes, ") + plural(letters, "letter") + ", " +
           plural(boxes * letters, "transition") + " of intervals run again";
  }
  if (certificate.numeric) {
    const std::size_t states = certificate.numeric->size();
    return plural(states, "state") + ", " + plural(letters, "letter") + ", " + plural(states * letters, "transition") +
           " run again";
  }
  if (!certificate.layerwise) {
    const std::size_t points = certificate.points.size();
    return plural(points, "point") + ", " + plural(letters, "letter") + ", " + plural(points * letters, "transition") +
           " checked";
  }
  std::size_t regions = 0;
  std::size_t contexts = 0;
  for (const LayerRegions& layer : certificate.layerwise->layers) {
    regions += layer.centres.size();
    contexts += layer.contexts;
  }
  return plural(regions, "region") + ", " + plural(contexts, "context") + ", " + plural(letters, "letter") +
         (certificate.blocks
              ? ", checked layer by layer, the last two by blocks of " + plural(certificate.blocks->length, "letter")
              : ", checked layer by layer");
}

/// What rules 1 to 7 establish.
std::string shown_proof(const Certificate& certificate) {
  std::string text = "proved: the network (" + shown(certificate.network) + ")" +
                     (certificate.numeric ? ", run in " + certificate.numeric->name + "," : "") +
                     " accepts exactly the words that the automaton accepts: ";
  text += shown_size(certificate);
  if (certificate.network.claim && certificate.network.claim->form != ClaimForm::kDense) {
    text += "; every matrix is " + shown(*certificate.network.claim);
  }
  return text + "\n";
}

std::string shown_difference(const Difference& difference, const std::string& language) {
  return "the automaton and " + language + " differ; a shortest difference is " + shown_word(difference.word) + " (" +
         plural(difference.word.size(), "letter") + "), which only " +
         (difference.first_accepts ? "the automaton accepts" : "the language has");
}

Answer verdict(const Options& options, const Certificate& certificate, const std::optional<Language>& language,
               const std::optional<Network>& model) {
  if (const std::optional<Failure> failure = check(certificate)) {
    return not_proved(certificate, failure->line, failure->rule, failure->reason);
  }
  Answer answer{kProved, shown_proof(certificate)};
  if (language) {
    const std::string name = options.regex             ? "the language of " + quoted(*options.regex)
                             : options.language == "-" ? "the language on standard input"
                                                       : "the language " + *options.language;
    const std::optional<Difference> difference = shortest_difference(certificate.network.letters, certificate.automaton,
                                                                     language->alphabet, language->automaton);
    if (difference) return not_proved(certificate, certificate.automaton_line, 8, shown_difference(*difference, name));
    answer.text += "proved: the automaton accepts " + name + "\n";
  } else {
    answer.text += "no language was named: only the automaton written in the certificate was compared\n";
  }
  if (model) {
    if (const std::optional<NetworkDifference> other = difference(certificate.network, *model)) {
      return not_proved(certificate, other->line, 8,
                        "the network is not the one of " + *options.model + ": " + other->reason);
    }
    answer.text += "proved: the network is the one of " + *options.model + ", number for number\n";
  }
  return answer;
}

Answer answer_to(const Options& options) {
  InputFile file(options.certificate);
  const Certificate certificate = read_certificate(file.stream(), file.name());
  const std::optional<Language> language = requested_language(options);
  std::optional<Network> model;
  if (options.model) {
    InputFile model_file(*options.model);
    model = read_model(read_all(model_file.stream(), model_file.name()), model_file.name());
  }
  Answer answer = verdict(options, certificate, language, model);
  if (options.quiet) answer.text.clear();
  return answer;
}

Answer answer_to(const std::vector<std::string>& arguments) {
  const Options options = parse_options(arguments);
  if (options.help) return {kProved, kHelp};
  if (options.version) return {kProved, "eigenmata-check " EIGENMATA_VERSION "\n"};
  return answer_to(options);
}

}  // namespace

int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  try {
    const Answer answer = answer_to(arguments);
    out << answer.text << std::flush;
    if (out) return answer.code;
    err << "eigenmata-check: standard output cannot be written\n" << std::flush;
  } catch (const Error& error) {
    err << "eigenmata-check: " << error.what() << "\n" << std::flush;
  } catch (const std::bad_alloc&) {
    err << "eigenmata-check: out of memory; nothing is proved\n" << std::flush;
  } catch (const std::exception& error) {
    err << "eigenmata-check: internal failure, nothing is proved: " << error.what() << "\n" << std::flush;
  }
  return kUnreadable;
}

}  // namespace eigenmata::checker
