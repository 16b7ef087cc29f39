// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/architecture.hpp"

#include <algorithm>
#include <cstdint>

#include "eigenmata/core/text.hpp"

namespace eigenmata::lrnn {
namespace {

constexpr GateRange kOpen01{0, 1, false, false};
constexpr GateRange kUpTo1{0, 1, false, true};
constexpr GateRange kClosed01{0, 1, true, true};
constexpr GateRange kOpenSigned{-1, 1, false, false};
constexpr GateRange kClosedSigned{-1, 1, true, true};
constexpr GateRange kOne{1, 1, true, true};

/// "deltaproduct:3[-1,1]" as "deltaproduct[-1,1]" and ":3"; the order "deltaproduct[-1,1]:3" is read, too.
std::string without_steps(std::string_view text, std::optional<std::string_view>& steps) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::string(text);
  const std::size_t end = std::min(text.find('[', colon), text.size());
  steps = text.substr(colon + 1, end - colon - 1);
  return std::string(text.substr(0, colon)) + std::string(text.substr(end));
}

std::string replaced(std::string_view pattern, const std::string& steps) {
  const std::size_t at = pattern.find(":k");
  if (at == std::string_view::npos) return std::string(pattern);
  return std::string(pattern.substr(0, at)) + steps + std::string(pattern.substr(at + 2));
}

}  // namespace

const std::vector<Architecture>& all_architectures() {
  using A = Activation;
  static const std::vector<Architecture> list{
      {"mamba", "diagonal(0,1)", "Diag(exp(-Delta_t exp(w))), strictly inside (0,1)", "[GuDao2023]", "Delta_t k_t x_t",
       Tie::kStep, kOpen01, A::kDecay},
      {"mamba[0,1]", "diagonal[0,1]", "Diag(exp(-Delta_t exp(w))) with its limits 0 and 1", "[GuDao2023], [Grazzi2025]",
       "Delta_t k_t x_t: 0 where the entry of A is 1", Tie::kStep, kClosed01, A::kDecay},
      {"mamba[-1,1]", "diagonal[-1,1]", "2 exp(-Delta_t exp(w)) - 1 with its limits", "[Grazzi2025]",
       "Delta_t k_t x_t: 0 where the entry of A is 1", Tie::kStep, kClosedSigned, A::kTwiceDecayMinusOne},
      {"mamba2", "diagonal(0,1)", "alpha_t I for each head, alpha_t in (0,1)", "[DaoGu2024]", "Delta_t k_t v_t",
       Tie::kStep, kOpen01, A::kDecay},
      {"mamba3", "diagonalD(<1)", "rotations by data-dependent angles, times a decay in (0,1)", "[Lahoti2026]",
       "a mean of what this token and the token before write", Tie::kNotBuilt, kOpen01, A::kDecay},
      {"gla", "diagonal(0,1)", "Diag(alpha_t), alpha_t a power of a sigmoid", "[Yang2024b]", "k_t v_t", Tie::kFree,
       kOpen01, A::kSigmoid},
      {"rwkv4", "constant(0,1)", "a constant decay in (0,1) for each channel", "[Peng2023]", "k_t v_t", Tie::kFree,
       kOpen01, A::kDecay, true},
      {"rwkv5", "constant(0,1)", "a constant decay in (0,1) for each channel", "[Peng2024]", "k_t v_t", Tie::kFree,
       kOpen01, A::kDecay, true},
      {"rwkv6", "diagonal(0,1)", "Diag(w_t), w_t in (0,1)", "[Peng2024]", "k_t v_t", Tie::kFree, kOpen01, A::kDecay},
      {"rwkv7", "rwkv7(-1,1)", "diag(w_t) - kappa (a_t kappa)^T, w_t in (exp(-exp(-1/2)),1), a_t in (0,1)",
       "[Peng2025]", "k_t v_t, k_t along kappa", Tie::kDeltaAndDecay, kOpenSigned, A::kTwiceSigmoid},
      {"rwkv7[-1,1]", "rwkv7[-1,1]", "diag(w_t) - 2 kappa (a_t kappa)^T with the limits", "[Peng2025]",
       "k_t v_t, k_t along kappa", Tie::kDeltaAndDecay, kClosedSigned, A::kTwiceSigmoid},
      {"hgrn", "diagonalD(<1)", "a fixed rotation and a decay in (0,1) for each channel", "[Qin2023]",
       "(1 - alpha_t) c_t", Tie::kStep, kOpen01, A::kSigmoid},
      {"hgrn2", "diagonal(0,1)", "Diag(alpha_t), alpha_t in (0,1)", "[Qin2024]", "(1 - alpha_t) v_t", Tie::kStep,
       kOpen01, A::kSigmoid},
      {"griffin", "diagonal(0,1)", "Diag(a^(c r_t)), a and r_t in (0,1)", "[De2024]", "sqrt(1 - a_t^2) i_t x_t",
       Tie::kStep, kOpen01, A::kDecay},
      {"mlstm", "diagonal(0,1)", "f_t I with a sigmoid forget gate f_t; the normaliser is left out", "[Beck2024]",
       "i_t k_t v_t", Tie::kFree, kOpen01, A::kSigmoid},
      {"retnet", "constant(0,1)", "gamma I, gamma in (0,1) fixed for each head", "[Sun2023]", "k_t v_t", Tie::kFree,
       kOpen01, A::kAttained, true},
      {"linear-attention", "constant{1}", "I", "[Katharopoulos2020]", "k_t v_t", Tie::kFree, kOne, A::kAttained, true},
      {"s4", "contraction", "a fixed matrix, diagonal plus low rank, with eigenvalues inside the unit disc",
       "[GuEtAl2022]", "a fixed vector, times the input", Tie::kFree, kOpen01, A::kDecay, true},
      {"s4d", "constantD(<1)", "a fixed diagonal matrix exp(Delta Lambda), Re Lambda < 0", "[Gu2022]",
       "a fixed vector, times the input", Tie::kFree, kOpen01, A::kDecay, true},
      {"dss", "constantD(<1)", "a fixed diagonal matrix exp(Delta Lambda), Re Lambda < 0", "[Gupta2022]",
       "a fixed vector, times the input", Tie::kFree, kOpen01, A::kDecay, true},
      {"s5", "constantD(<1)", "a fixed diagonal matrix exp(Delta Lambda), Re Lambda < 0", "[Smith2023]",
       "a fixed matrix, times the input", Tie::kFree, kOpen01, A::kDecay, true},
      {"lru", "constantD(<1)", "a fixed diagonal matrix exp(-exp(nu) + i theta)", "[Orvieto2023]",
       "a fixed matrix, times the input", Tie::kFree, kOpen01, A::kDecay, true},
      {"deltanet", "householder(0,1):1", "I - beta_t k k^T, |k| = 1, beta_t in (0,1)", "[Yang2024]", "beta_t k_t v_t",
       Tie::kDelta, kOpen01, A::kSigmoid},
      {"deltanet[0,1]", "householder[0,1]:1", "I - beta_t k k^T, |k| = 1, beta_t in [0,1]", "[Yang2024], [Grazzi2025]",
       "beta_t k_t v_t", Tie::kDelta, kClosed01, A::kSigmoid},
      {"deltanet[-1,1]", "householder[-1,1]:1", "I - beta_t k k^T, |k| = 1, beta_t in [0,2]", "[Grazzi2025]",
       "beta_t k_t v_t", Tie::kDelta, kClosedSigned, A::kTwiceSigmoid},
      {"deltaproduct:k", "householder(0,1):k", "k factors I - beta_t k k^T, |k| = 1, beta_t in (0,1)", "[Siems2025]",
       "what the k steps make of 0", Tie::kDelta, kOpen01, A::kSigmoid},
      {"deltaproduct:k[0,1]", "householder[0,1]:k", "k factors I - beta_t k k^T, |k| = 1, beta_t in [0,1]",
       "[Siems2025]", "what the k steps make of 0", Tie::kDelta, kClosed01, A::kSigmoid},
      {"deltaproduct:k[-1,1]", "householder[-1,1]:k", "k factors I - beta_t k k^T, |k| = 1, beta_t in [0,2]",
       "[Siems2025]", "what the k steps make of 0", Tie::kDelta, kClosedSigned, A::kTwiceSigmoid},
      {"gated-deltanet", "contraction", "alpha_t (I - beta_t k k^T), alpha_t and beta_t in (0,1)", "[Yang2025]",
       "beta_t k_t v_t", Tie::kGatedDelta, kOpen01, A::kSigmoid},
      {"gated-deltanet[0,1]", "gated-householder[0,1]:1", "alpha_t (I - beta_t k k^T), alpha_t and beta_t in [0,1]",
       "[Yang2025]", "beta_t k_t v_t", Tie::kGatedDelta, kClosed01, A::kSigmoid},
      {"gated-deltanet[-1,1]", "gated-householder[-1,1]:1",
       "alpha_t (I - beta_t k k^T), alpha_t in [0,1], beta_t in [0,2]", "[Yang2025], [Grazzi2025]", "beta_t k_t v_t",
       Tie::kGatedDelta, kClosedSigned, A::kTwiceSigmoid},
      {"aussm", "diagonalC(1)", "Diag(exp(i Delta_t Lambda_t)); without the layers of other kinds it is mixed with",
       "[Karuvally2025]", "a vector of the token's own", Tie::kTurns, kClosedSigned},
      {"pd-ssm", "contraction", "P(x) D(x), one entry in each column, of modulus in (0,1)", "[Terzic2025]",
       "a fixed matrix, times the input", Tie::kOneHotColumns, kOpen01, A::kModulus},
      {"pd-ssm[closed]", "pd", "P(x) D(x), at most one entry in each column, of modulus in [0,1]", "[Terzic2025]",
       "a fixed matrix, times the input", Tie::kOneHotColumns, kClosed01, A::kModulus},
      {"longhorn", "diagonal(0,1]",
       "Diag(1 - Delta_t k_t^2) with Delta_t = beta_t / (1 + beta_t |k_t|^2), beta_t in (0,1); 1 where k_t is 0",
       "[LiuEtAl2024]", "Delta_t k_t x_t", Tie::kOneKey, kUpTo1},
      {"ttt-linear[no-norm]", "householder[-1,1]:1",
       "I - eta_t k_t k_t^T, without the inner layer norm and with one token a mini-batch; eta_t |k_t|^2 above 2 is "
       "not "
       "bounded",
       "[SunEtAl2024]", "eta_t k_t v_t", Tie::kDelta, kClosedSigned},
      {"slice", "dense", "a linear combination of dense matrices", "[Walker2025]",
       "a linear combination of fixed vectors", Tie::kAny},
      {"sd-ssm", "dense", "convex combinations of a dictionary of dense matrices", "[Terzic2025b]",
       "a fixed matrix, times the input", Tie::kUnitColumns, kClosedSigned}};
  return list;
}

std::optional<ArchitectureChoice> find_architecture(std::string_view text, const core::Place& place) {
  std::optional<std::string_view> steps;
  const std::string name = without_steps(text, steps);
  for (const Architecture& architecture : all_architectures()) {
    if (name != replaced(architecture.name, "")) continue;
    ArchitectureChoice choice{&architecture, std::nullopt};
    if (!steps) return choice;
    if (!architecture.counts_steps())
      throw core::Error(place, core::in_quotes(name) + " has no number of factors to choose");
    std::uint64_t count = 0;
    if (!core::parse_unsigned(*steps, count, UINT32_MAX) || count == 0)
      throw core::Error(place, "expected a positive number of factors after ':', found " + core::in_quotes(*steps));
    choice.steps = count;
    return choice;
  }
  return std::nullopt;
}

std::string to_string(const ArchitectureChoice& choice) {
  return replaced(choice.architecture->name, choice.steps ? ":" + std::to_string(*choice.steps) : "");
}

}  // namespace eigenmata::lrnn
