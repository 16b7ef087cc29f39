// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/rounding_plan.hpp"

#include "eigenmata/core/text.hpp"

namespace eigenmata::precision {
namespace {

std::string in_formats(const RoundingPlan& plan) {
  const auto name = [](const FloatFormat& format) { return std::string(format.name); };
  if (plan.parameters == plan.products && plan.products == plan.accumulation && plan.accumulation == plan.operations &&
      plan.operations == plan.state)
    return "everything in " + name(plan.state);
  return "parameters in " + name(plan.parameters) + ", products in " + name(plan.products) + ", sums in " +
         name(plan.accumulation) + ", other operations in " + name(plan.operations) + ", states in " + name(plan.state);
}

std::string in_order(const RoundingPlan& plan) {
  switch (plan.order) {
    case RoundingPlan::Order::kSequential:
      return "left to right";
    case RoundingPlan::Order::kPairwise:
      return "in pairs";
    case RoundingPlan::Order::kBlocked:
      break;
  }
  return "in " + std::to_string(plan.lanes) + " lanes";
}

}  // namespace

std::string RoundingPlan::description() const {
  std::string text = in_formats(*this) + "; rounded " + std::string(to_string(rounding));
  if (!state.subnormals) text += " without subnormals";
  text += ", sums " + in_order(*this);
  if (fused_sums) text += ", fused";
  text += fused_updates ? "; updates fused" : "; no fused operations in updates";
  if (form == Form::kMatrix) text += "; matrices multiplied out first";
  text += keys == Keys::kNormalised ? "; keys normalised" : "; keys as written";
  if (chunk != 0)
    text += "; in chunks of " + std::to_string(chunk) + " letters, what is between two sums in " +
            std::string(parameters.name) + " (a model of the kernels, not measured)";
  return text;
}

RoundingPlan named_plan(std::string_view name, const FloatFormat& format, const core::Place& place) {
  RoundingPlan plan{std::string(name), format, format, format, format, format};
  if (name == "all-same") return plan;
  const FloatFormat& wide = format == kF64 ? kF64 : kF32;
  if (name == "pytorch-loop") {
    plan.products = plan.accumulation = wide;
    return plan;
  }
  if (name == "fla-recurrent") {
    plan.products = plan.accumulation = plan.operations = plan.state = wide;
    plan.fused_updates = true;
    plan.order = RoundingPlan::Order::kPairwise;
    plan.keys = RoundingPlan::Keys::kNormalised;
    return plan;
  }
  const std::size_t colon = name.find(':');
  if (name.substr(0, colon) == "fla-chunk") {
    std::uint64_t chunk = kUsualChunk;
    if (colon != std::string_view::npos &&
        (!core::parse_unsigned(name.substr(colon + 1), chunk, kLongestChunk) || chunk == 0))
      throw core::Error(place, "expected fla-chunk:C with from 1 to " + std::to_string(kLongestChunk) +
                                   " letters a chunk, found " + core::in_quotes(name));
    plan.products = plan.accumulation = plan.operations = plan.state = wide;
    plan.order = RoundingPlan::Order::kPairwise;
    plan.keys = RoundingPlan::Keys::kNormalised;
    plan.chunk = chunk;
    return plan;
  }
  throw core::Error(
      place, core::in_quotes(name) + " is no plan; expected all-same, pytorch-loop, fla-recurrent or fla-chunk[:C]");
}

const std::vector<PlanInfo>& all_plans() {
  static const std::vector<PlanInfo> list{
      {"all-same", "every tensor and operation in the format, sums left to right, nothing fused"},
      {"pytorch-loop",
       "tensors in the format; dot products summed in f32 and rounded once, other operations one by one"},
      {"fla-recurrent", "parameters in the format with keys normalised; states and operations in f32, updates fused"},
      {"fla-chunk[:C]",
       "chunks of C letters (64) by the WY form; T, w, u, y rounded to the format, sums and boundary states in f32"}};
  return list;
}

}  // namespace eigenmata::precision
