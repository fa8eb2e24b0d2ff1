// Which of the free blocks that are large enough an allocation takes.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace stowage {

// Free blocks that are equally good are told apart by their offsets: the lowest wins (but for
// kTlsf).
enum class PoolPolicy {
  kFirstFit,  // "first-fit": the lowest offset
  kBestFit,   // "best-fit": the smallest free block
  kWorstFit,  // "worst-fit": the free block with the most room behind its first aligned offset
  kNextFit,   // "next-fit": first fit from where the last allocation ended, then from the start
  // "tlsf": two-level segregated fit (Masmano et al., "TLSF: a new dynamic memory allocator for
  // real-time systems", ECRTS 2004): the free block that was last put into the first class of sizes
  // that are all large enough. Where there is none, first fit: it fails only if nothing fits.
  kTlsf,
};

// All of them.
inline constexpr std::array<PoolPolicy, 5> kPoolPolicies = {
    PoolPolicy::kFirstFit, PoolPolicy::kBestFit, PoolPolicy::kWorstFit, PoolPolicy::kNextFit,
    PoolPolicy::kTlsf};

// The hyphenated name, e.g. "first-fit".
const char* to_string(PoolPolicy policy);
std::optional<PoolPolicy> pool_policy_from_string(std::string_view name);

}  // namespace stowage
