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

/// "deltaproduct:3[-1,1]" as "deltaproduct[-1,1]" and 3; the order "deltaproduct[-1,1]:3" is read, too.
std::string without_factors(std::string_view text, std::optional<std::string_view>& factors) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::string(text);
  const std::size_t end = std::min(text.find('[', colon), text.size());
  factors = text.substr(colon, end - colon);
  return std::string(text.substr(0, colon)) + std::string(text.substr(end));
}

std::optional<ModelClass> parse_architecture(std::string_view text, const Place& place) {
  std::optional<std::string_view> factors;
  const std::string name = without_factors(text, factors);
  for (const Architecture& architecture : all_architectures()) {
    std::string_view pattern = architecture.name;
    const bool counts = pattern.find(":k") != std::string_view::npos;
    const std::string bare = std::string(pattern.substr(0, pattern.find(":k"))) +
                             (counts ? std::string(pattern.substr(pattern.find(":k") + 2)) : std::string());
    if (name != bare) continue;
    if (factors && !counts) throw Error(place, in_quotes(name) + " has no number of factors to choose");
    std::string model_class(architecture.model_class);
    if (counts) {
      model_class.resize(model_class.size() - 2);
      if (factors) model_class += *factors;
    }
    return parse_own_name(model_class, place);
  }
  return std::nullopt;
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

const std::vector<Architecture>& all_architectures() {
  static const std::vector<Architecture> list{
      {"mamba", "diagonal(0,1)", "Diag(exp(-Delta_t exp(w))), strictly inside (0,1)", "[GuDao2023]"},
      {"mamba[0,1]", "diagonal[0,1]", "the same with its limits 0 and 1", "[GuDao2023], [Grazzi2025]"},
      {"mamba[-1,1]", "diagonal[-1,1]", "2 exp(-Delta_t exp(w)) - 1 with its limits", "[Grazzi2025]"},
      {"mamba2", "diagonal(0,1)", "alpha_t I for each head, alpha_t in (0,1)", "[DaoGu2024]"},
      {"mamba3", "diagonalD(<1)", "rotations by data-dependent angles, times a decay in (0,1)", "[Lahoti2026]"},
      {"gla", "diagonal(0,1)", "Diag(alpha_t), alpha_t a power of a sigmoid", "[Yang2024b]"},
      {"rwkv4", "constant(0,1)", "a constant decay in (0,1) for each channel", "[Peng2023]"},
      {"rwkv5", "constant(0,1)", "a constant decay in (0,1) for each channel", "[Peng2024]"},
      {"rwkv6", "diagonal(0,1)", "Diag(w_t), w_t in (0,1)", "[Peng2024]"},
      {"rwkv7", "rwkv7(-1,1)", "diag(w_t) - kappa (a_t kappa)^T, w_t in (exp(-exp(-1/2)),1), a_t in (0,1)",
       "[Peng2025]"},
      {"rwkv7[-1,1]", "rwkv7[-1,1]", "diag(w_t) - 2 kappa (a_t kappa)^T with the limits", "[Peng2025]"},
      {"hgrn", "diagonalD(<1)", "a fixed rotation and a decay in (0,1) for each channel", "[Qin2023]"},
      {"hgrn2", "diagonal(0,1)", "Diag(alpha_t), alpha_t in (0,1)", "[Qin2024]"},
      {"griffin", "diagonal(0,1)", "Diag(a^(c r_t)), a and r_t in (0,1)", "[De2024]"},
      {"mlstm", "diagonal(0,1)", "f_t I with a sigmoid forget gate f_t; the normaliser is left out", "[Beck2024]"},
      {"retnet", "constant(0,1)", "gamma I, gamma in (0,1) fixed for each head", "[Sun2023]"},
      {"linear-attention", "constant{1}", "I", "[Katharopoulos2020]"},
      {"s4", "contraction", "a fixed matrix, diagonal plus low rank, with eigenvalues inside the unit disc",
       "[GuEtAl2022]"},
      {"s4d", "constantD(<1)", "a fixed diagonal matrix exp(Delta Lambda), Re Lambda < 0", "[Gu2022]"},
      {"dss", "constantD(<1)", "a fixed diagonal matrix exp(Delta Lambda), Re Lambda < 0", "[Gupta2022]"},
      {"s5", "constantD(<1)", "a fixed diagonal matrix exp(Delta Lambda), Re Lambda < 0", "[Smith2023]"},
      {"lru", "constantD(<1)", "a fixed diagonal matrix exp(-exp(nu) + i theta)", "[Orvieto2023]"},
      {"deltanet", "householder(0,1):1", "I - beta_t k k^T, |k| = 1, beta_t in (0,1)", "[Yang2024]"},
      {"deltanet[0,1]", "householder[0,1]:1", "the same with beta_t in [0,1]", "[Yang2024], [Grazzi2025]"},
      {"deltanet[-1,1]", "householder[-1,1]:1", "the same with beta_t in [0,2]", "[Grazzi2025]"},
      {"deltaproduct:k", "householder(0,1):k", "k such factors for each token", "[Siems2025]"},
      {"deltaproduct:k[0,1]", "householder[0,1]:k", "the same with beta_t in [0,1]", "[Siems2025]"},
      {"deltaproduct:k[-1,1]", "householder[-1,1]:k", "the same with beta_t in [0,2]", "[Siems2025]"},
      {"gated-deltanet", "contraction", "alpha_t (I - beta_t k k^T), alpha_t and beta_t in (0,1)", "[Yang2025]"},
      {"gated-deltanet[0,1]", "gated-householder[0,1]:1", "the same with alpha_t and beta_t in [0,1]", "[Yang2025]"},
      {"gated-deltanet[-1,1]", "gated-householder[-1,1]:1", "the same with beta_t in [0,2]",
       "[Yang2025], [Grazzi2025]"},
      {"aussm", "diagonalC(1)", "Diag(exp(i Delta_t Lambda_t)); without the layers of other kinds it is mixed with",
       "[Karuvally2025]"},
      {"pd-ssm", "contraction", "P(x) D(x), one entry in each column, of modulus in (0,1)", "[Terzic2025]"},
      {"pd-ssm[closed]", "pd", "the same with modulus in [0,1]", "[Terzic2025]"},
      {"longhorn", "diagonal(0,1]",
       "Diag(1 - Delta_t k_t^2) with Delta_t = beta_t / (1 + beta_t |k_t|^2), beta_t in (0,1); 1 where k_t is 0",
       "[LiuEtAl2024]"},
      {"ttt-linear[no-norm]", "householder[-1,1]:1",
       "I - eta_t k_t k_t^T, without the inner layer norm and with one token a mini-batch; eta_t |k_t|^2 above 2 is "
       "not "
       "bounded",
       "[SunEtAl2024]"},
      {"slice", "dense", "a linear combination of dense matrices", "[Walker2025]"},
      {"sd-ssm", "dense", "convex combinations of a dictionary of dense matrices", "[Terzic2025b]"}};
  return list;
}

}  // namespace eigenmata::expressivity
