// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/expressivity/model_class.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "eigenmata/core/text.hpp"

namespace eigenmata::expressivity {
namespace {

using core::Error;
using core::in_quotes;
using core::Place;
using Form = ModelClass::Form;

/// The forms whose names are followed by a spectrum set.
constexpr std::array<std::pair<std::string_view, Form>, 6> kWithSets{{{"gated-householder", Form::kGatedHouseholder},
                                                                      {"householder", Form::kHouseholder},
                                                                      {"triangular", Form::kTriangular},
                                                                      {"constant", Form::kConstant},
                                                                      {"diagonal", Form::kDiagonal},
                                                                      {"rwkv7", Form::kRwkv7}}};

std::string_view name_of(Form form) {
  for (const auto& [name, with_set] : kWithSets) {
    if (with_set == form) return name;
  }
  switch (form) {
    case Form::kConstantAndDiagonal:
      return "constant+diagonal[0,1]";
    case Form::kContraction:
      return "contraction";
    case Form::kRankOne:
      return "rank-one";
    case Form::kPermutationDiagonal:
      return "pd";
    default:
      return "dense";
  }
}

bool has_factors(Form form) {
  return form == Form::kHouseholder || form == Form::kGatedHouseholder || form == Form::kRankOne;
}

SpectrumSet unit_disc() { return SpectrumSet::parse("D(1)", {}); }

/// Takes ":k" off the end.
std::optional<std::size_t> take_factors(std::string_view& text, const Place& place) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::uint64_t count = 0;
  if (!core::parse_unsigned(text.substr(colon + 1), count, UINT32_MAX) || count == 0)
    throw Error(place, "expected a positive number of factors after ':', found " + in_quotes(text.substr(colon + 1)));
  text = text.substr(0, colon);
  return count;
}

void require_meaningful(const ModelClass& c, std::string_view text, const Place& place) {
  const bool needs_real_interval =
      c.form == Form::kTriangular || c.form == Form::kHouseholder || c.form == Form::kGatedHouseholder;
  if (needs_real_interval && !c.set().is_real())
    throw Error(place, in_quotes(text) + ": the eigenvalues of real factors are real, as in [0,1] or {0,1}");
  if (c.form == Form::kRwkv7 && to_string(c.set()) != "[-1,1]" && to_string(c.set()) != "(-1,1)")
    throw Error(place, in_quotes(text) + ": expected rwkv7 (as published) or rwkv7[-1,1] (with c = 2)");
}

std::optional<ModelClass> parse_own_name(std::string_view text, const Place& place) {
  ModelClass c;
  std::string_view rest = text;
  if (rest == "diagonal-complex") return ModelClass{Form::kDiagonal, unit_disc(), std::nullopt};
  if (rest == "constant") return ModelClass{Form::kConstant, unit_disc(), std::nullopt};
  for (const Form form : {Form::kConstantAndDiagonal, Form::kContraction, Form::kPermutationDiagonal, Form::kDense}) {
    if (rest == name_of(form)) return ModelClass{form, std::nullopt, std::nullopt};
  }
  c.factors = take_factors(rest, place);
  if (rest == name_of(Form::kRankOne)) return ModelClass{Form::kRankOne, std::nullopt, c.factors};
  for (const auto& [name, form] : kWithSets) {
    if (rest.substr(0, name.size()) != name || rest.size() == name.size()) continue;
    std::string_view set = rest.substr(name.size());
    if (set[0] == ' ') set.remove_prefix(1);
    if (set.empty() || std::string_view("[({DC").find(set[0]) == std::string_view::npos) continue;
    c.form = form;
    if (c.factors && !has_factors(form))
      throw Error(place, in_quotes(text) + ": only householder, gated-householder and rank-one count factors");
    c.spectrum = SpectrumSet::parse(set, place);
    require_meaningful(c, text, place);
    return c;
  }
  return std::nullopt;
}

/// The class of an architecture's matrices, with its number of factors.
std::optional<ModelClass> parse_architecture(std::string_view text, const Place& place) {
  const auto choice = lrnn::find_architecture(text, place);
  if (!choice) return std::nullopt;
  std::string model_class(choice->architecture->model_class);
  if (choice->architecture->counts_steps()) {
    model_class.resize(model_class.size() - 2);
    if (choice->steps) model_class += ":" + std::to_string(*choice->steps);
  }
  return parse_own_name(model_class, place);
}

}  // namespace

ModelClass parse_model_class(std::string_view text, const Place& place) {
  if (auto architecture = parse_architecture(text, place)) return *architecture;
  if (auto own = parse_own_name(text, place)) return *own;
  throw Error(place, in_quotes(text) +
                         " is no class of networks; see 'eigenmata list classes' and 'eigenmata list architectures'");
}

std::optional<std::string_view> why_unclassified(std::string_view text) {
  if (text == "ttt-linear")
    return "its steps are not linear in the state, because the inner model ends in a layer norm; without that it is "
           "ttt-linear[no-norm]";
  return std::nullopt;
}

std::string to_string(const ModelClass& c) {
  std::string text(name_of(c.form));
  const bool whole_disc = c.spectrum && to_string(c.set()) == "D(1)";
  if (whole_disc && c.form == Form::kDiagonal) return "diagonal-complex";
  if (whole_disc && c.form == Form::kConstant) return "constant";
  if (c.form == Form::kRwkv7 && to_string(c.set()) == "(-1,1)") return "rwkv7(-1,1)";
  if (c.spectrum) text += to_string(c.set());
  if (c.factors) text += ":" + std::to_string(*c.factors);
  return text;
}

const std::vector<ClassInfo>& all_classes() {
  static const std::vector<ClassInfo> list{
      {"constant", "one complex diagonal matrix for all letters, entries of modulus at most 1; constantS with a set S",
       "the first and the last letters, some number of them, and the length modulo some m decide"},
      {"constant+diagonal[0,1]", "layers of the class constant, and layers of diagonal[0,1]",
       "the regular languages in AC0 (quasi-aperiodic)"},
      {"diagonalS", "diagonal matrices with entries in S: diagonal[0,1], diagonal{0,1,e(1/3)}, diagonalD(1/2)",
       "[0,1]: star-free; (0,1): definite; [-1,1]: the groups in the syntactic monoid are 2-groups"},
      {"diagonal-complex", "diagonal matrices with entries of modulus at most 1",
       "the groups in the syntactic monoid are solvable"},
      {"triangular[0,1], triangular[-1,1]", "real triangular matrices with such diagonals",
       "as diagonal matrices with such entries"},
      {"householderS:k", "products of k factors I - beta v v^T / (v^T v) with 1 - beta in S; :k left out: any number",
       "[0,1]: star-free; [-1,1]: every regular language"},
      {"gated-householderS:k", "the same, times a number in [0,1]", "[0,1]: star-free; [-1,1]: every regular language"},
      {"contraction", "matrices with norm at most some rho < 1, in one norm for all letters", "definite"},
      {"rwkv7[-1,1]", "diag(w) - 2 kappa (a kappa)^T, w and a in [0,1], |kappa| = 1", "every regular language"},
      {"rank-one:k", "products of k factors I - u v^T; :k left out: any number", "every regular language"},
      {"pd", "at most one entry in each column, of modulus at most 1", "every regular language"},
      {"dense", "any matrices", "every regular language"}};
  return list;
}

}  // namespace eigenmata::expressivity
