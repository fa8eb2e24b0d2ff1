#include "stowage/pool/pool_policy.h"

#include <array>
#include <utility>

namespace stowage {

namespace {

constexpr std::array<std::pair<PoolPolicy, const char*>, 5> kNames = {{
    {PoolPolicy::kFirstFit, "first-fit"},
    {PoolPolicy::kBestFit, "best-fit"},
    {PoolPolicy::kWorstFit, "worst-fit"},
    {PoolPolicy::kNextFit, "next-fit"},
    {PoolPolicy::kTlsf, "tlsf"},
}};

}  // namespace

const char* to_string(PoolPolicy policy) {
  for (const auto& [each, name] : kNames) {
    if (each == policy) return name;
  }
  return "";
}

std::optional<PoolPolicy> pool_policy_from_string(std::string_view name) {
  for (const auto& [policy, each] : kNames) {
    if (name == each) return policy;
  }
  return std::nullopt;
}

}  // namespace stowage
