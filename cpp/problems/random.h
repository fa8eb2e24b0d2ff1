// Random problems of any size.
#pragma once

#include <cstdint>

#include "stowage/planner/problem.h"

namespace stowage::problems {

// Buffers that start evenly spread over as many moments as there are buffers and live for up to
// `longest` moments, of up to 64 KiB in steps of 64 bytes. No limit on the capacity. O(n).
Problem make_random(int64_t buffers, int64_t longest, uint64_t seed);

// The same with a heavy tail of lifetimes, from 16 moments to a quarter of all: Pareto's
// distribution with a shape of 0.9, by octaves. O(n log n).
Problem make_heavy(int64_t buffers, uint64_t seed);

// The same again, with one buffer in fifty living for 2 to 7 percent of all moments and the others
// for up to 100 moments. O(n).
Problem make_layered(int64_t buffers, uint64_t seed);

// One step of training a network of layers: what a layer computes is kept from the pass forward
// until the pass backward comes by it again, with a gradient and scratch space beside it for a
// moment or two. No limit on the capacity. O(n).
Problem make_training(int64_t buffers, uint64_t seed);

// A load that equals the capacity (2^20) at every moment, as in perfect.h, but without a plan in
// mind: where buffers end, others of the same size together begin, wherever the space that is free
// may lie. The least height is mostly above the load, and the fewer the buffers, the easier the
// proof. O(n).
Problem make_full(int64_t buffers, uint64_t seed);

}  // namespace stowage::problems
