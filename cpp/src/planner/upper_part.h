// The upper part of a plan, taken off to be packed anew on what stays.
#pragma once

#include <cstdint>
#include <vector>

#include "planner/model.h"

namespace stowage {

// A set of buffers of a plain model is an upper part of a plan if nothing that stays lies above any
// of them, so that what stays is a ground to pack them on. This makes `taken` (by buffer) one, by
// taking more: what lies above a taken buffer, and what the stack below it wastes too much for: of
// no section may more be lost than `most_waste` (by section). A buffer whose offset is kNoOffset is
// in no one's way, whether it is taken or not. Returns the ground, by section.
// O(n log n + the sections crossed by all buffers).
std::vector<int64_t> extend_upward(const Model& model, const std::vector<int64_t>& offsets,
                                   const std::vector<int64_t>& most_waste,
                                   std::vector<bool>& taken);

// The model of some buffers (of a plain model, in that order) on a ground. Sections in which
// nothing changes are one. Members and neighbours, which the searches of valleys and skylines do
// without, are left out. O(buffers + sections).
Model model_on_ground(const Model& model, const std::vector<int32_t>& buffers,
                      const std::vector<int64_t>& ground);

// Lowers all buffers of a plan as far as they go, in order of offset. Those whose offset is
// kNoOffset stay out. O(n log n + the sections crossed by all buffers).
void settle(const Model& model, std::vector<int64_t>& offsets);

}  // namespace stowage
