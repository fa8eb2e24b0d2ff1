#include "planner/failed_states.h"

namespace stowage {
namespace {

constexpr uint64_t finalise(uint64_t value) {
  value ^= value >> 33;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33;
  value *= 0xc4ceb9fe1a85ec53ULL;
  value ^= value >> 33;
  return value;
}

}  // namespace

StateKey mix(uint64_t a, uint64_t b) {
  const uint64_t low = finalise(a * 0x9e3779b97f4a7c15ULL + finalise(b + 0x632be59bd9b4e019ULL));
  const uint64_t high = finalise(low ^ (a + 0xd1b54a32d192ed03ULL) * 0x8cb92ba72f3d8dd7ULL);
  return {low, high};
}

}  // namespace stowage
