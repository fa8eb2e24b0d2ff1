// Which problems the engines take on.
#pragma once

#include <cstddef>

#include "stowage/planner/sweep.h"

namespace stowage {

// A partition of more buffers than this is large: exact searches seldom get anywhere, and ejections
// lower its skylines. Of fewer buffers very many skylines are made in no time, and get lower than
// ejections do.
inline constexpr size_t kMostBuffersUnlessLarge = 2048;

// Whether the exact engines search the partition: they list every overlap and
// every section of every buffer, some hundred bytes for each.
bool is_searchable(const Sweep& sweep, const Partition& partition);

// About what listing them takes, in elementary operations as Slice counts them.
int64_t opening_work(const Sweep& sweep, const Partition& partition);

// Whether no two fixed buffers hold the same byte at the same moment.
bool fixed_buffers_are_disjoint(const Problem& problem);

}  // namespace stowage
