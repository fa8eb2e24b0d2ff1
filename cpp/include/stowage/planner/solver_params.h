// The settings of a search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stowage/base/result.h"

namespace stowage {

enum class Engine {
  kAuto,       // heuristics first, then both exact engines in turns, with restarts
  kCanonical,  // MiniMalloc's search: buffers in order of offset
  kValley,     // the skyline search: the most constrained section first
  kHeuristic,  // greedy plans, improved around their peaks: fast at any size, proves nothing beyond
               // the max load
};

// "auto", "canonical", "valley", "heuristic".
const char* to_string(Engine engine);
std::optional<Engine> engine_from_string(std::string_view name);

// Every switch of MiniMalloc's SolverParams, with its meaning there (Moffitt, ASPLOS 2023). None
// changes an answer, only the work. They steer the canonical engine, in `kAuto` as well.
struct SolverParams {
  Engine engine = Engine::kAuto;

  // Look only at plans whose buffers are placed in order of offset (ties: preorder).
  bool canonical_only = true;
  // Give up a node when some section's unplaced buffers no longer fit above its floor.
  bool section_inference = true;
  // Try buffers in order of their minimum offset instead of the preorder's.
  bool dynamic_ordering = true;
  // Leave no hole below a buffer that an unplaced one could fill.
  bool check_dominance = true;
  // Let the minimum offsets of unplaced buffers raise a section's floor.
  bool unallocated_floor = true;
  // Sort the buffers by the preordering heuristic first.
  bool static_preordering = true;
  // Split into parts, solved alone, at moments that no unplaced buffer crosses.
  bool dynamic_decomposition = true;
  // No buffer still to be placed lies below the last one placed.
  bool monotonic_floor = true;
  // Try no alternative to a buffer that nothing unplaced overlaps.
  bool hatless_pruning = true;

  // Look for the least height instead of any plan within the capacity.
  bool minimize_capacity = false;

  // Orders by descending A(rea), C (sections crossed), L(ower), O(verlaps), T(otal load of its
  // fullest section), U(pper), W(idth of the lifespan), Z (size); earlier letters first. With more
  // than one order they take turns under a node limit that doubles every round.
  std::vector<std::string> preordering_heuristics = {"WAT", "TAW", "TWA"};

  // For the randomised restarts: the same seed gives the same plan on every build.
  uint64_t seed = 0;

  // Which of several searches that race for the same answer this is: each number takes the members
  // of its portfolio in another order and has random numbers of its own. 0 for a search alone.
  uint32_t racer = 0;
};

// Whether the preordering heuristics are non-empty words of the letters above.
Status check(const SolverParams& params);

}  // namespace stowage
