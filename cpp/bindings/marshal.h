// Values that cross between JavaScript and the core.
//
// The boundary is coarse: a problem crosses as columns (one typed array each), results as whole
// typed arrays that JavaScript owns. The TypeScript layer has checked the type and range of every
// number before it comes here; times, sizes and offsets are doubles, exact up to 2^53 - 1.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stowage/planner/csv.h"
#include "stowage/planner/plan.h"
#include "stowage/planner/problem.h"
#include "stowage/planner/solver_params.h"
#include "stowage/planner/sweep.h"

namespace stowage::bindings {

// A copy of `values` as a typed array of JavaScript's own (not a view of the heap).
template <typename T>
emscripten::val array_of(const std::vector<T>& values) {
  return emscripten::val(emscripten::typed_memory_view(values.size(), values.data()))
      .template call<emscripten::val>("slice");
}

// Integers as a Float64Array.
emscripten::val doubles_of(const std::vector<int64_t>& values);
// Buffer indices as a Uint32Array.
emscripten::val indices_of(const std::vector<BufferIndex>& values);
// The bytes of `text` as a Uint8Array.
emscripten::val bytes_of(const std::string& text);

// The content of a Float64Array of integers.
std::vector<int64_t> integers_from(const emscripten::val& array);
// The content of a Uint8Array.
std::string bytes_from(const emscripten::val& array);

// {code, message, line, column}.
emscripten::val error_object(const Error& error);
// The same, or null when there is no error.
emscripten::val status_object(const Status& status);
// {time, load, buffers, message}, or null when there is none.
emscripten::val overload_object(const Problem& problem, const std::optional<Overload>& overload);

// A problem from its columns, the shape of `Columns` in npm/src/core/module.ts. NaN stands for
// "none" in `offset`, `hint` and the windows of gaps.
Problem problem_from(const emscripten::val& columns);
emscripten::val columns_of(const Problem& problem);

// A plan from a Float64Array and its height.
Plan plan_from(const emscripten::val& offsets, double height);

// Parameters from a complete `SearchParams` object (npm/src/core/module.ts).
SolverParams params_from(const emscripten::val& params);

}  // namespace stowage::bindings
