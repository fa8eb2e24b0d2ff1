// The planner as JavaScript sees it: stateless calls over columns, and two handles that own a
// search. Each function's result is a plain object or a typed array that JavaScript owns.
#pragma once

#include <emscripten/val.h>

#include <memory>
#include <string>

#include "stowage/planner/explain.h"
#include "stowage/planner/problem.h"
#include "stowage/planner/solver.h"

namespace stowage::bindings {

// CSV (a Uint8Array of UTF-8) to {columns} or {error}.
emscripten::val parse_problem(const emscripten::val& text, double capacity);
// CSV with an offset in every row to {columns, offsets, height} or {error}.
emscripten::val parse_plan(const emscripten::val& text, double capacity);
// The columns of the CSV text that mean nothing here, an array of strings; null if its header is
// bad.
emscripten::val ignored_columns_of(const emscripten::val& text);
// To CSV, as a Uint8Array. `offsets` is a Float64Array, or null for the problem alone.
emscripten::val write_csv(const emscripten::val& columns, const emscripten::val& offsets);

// Null, or the error that makes the problem ill-formed.
emscripten::val check_problem(const emscripten::val& columns);
// Null, or the error in the parameters.
emscripten::val check_params(const emscripten::val& params);
// {verdict, buffers, message}.
emscripten::val validate_plan(const emscripten::val& columns, const emscripten::val& offsets,
                              double height);
// The highest end that `offsets` give.
double height_of(const emscripten::val& columns, const emscripten::val& offsets);
// {sectionLower, sectionUpper, sectionLoad, spanEnds, spanLower, spanUpper, partitionLower,
// partitionUpper, maxLoad, peak, overlaps}: see `Sweep` in npm/src/core/module.ts.
emscripten::val sweep_problem(const emscripten::val& columns);
// {time, load, buffers, message} of the section that exceeds the capacity, or null.
emscripten::val overload_of(const emscripten::val& columns);

// A search and the problem that it works on.
class SearchHandle {
 public:
  SearchHandle(const emscripten::val& columns, const emscripten::val& params);

  // Null, or why there is no search; then nothing else may be called.
  [[nodiscard]] emscripten::val error() const;
  // Runs one slice; the position of the outcome in SearchStatus.
  int step(double nodes, double milliseconds);
  // What another search has found; an infinite height is none.
  void report(double height, double lower_bound);
  [[nodiscard]] double nodes() const;
  [[nodiscard]] double backtracks() const;
  [[nodiscard]] double lower_bound() const;
  [[nodiscard]] bool is_starting() const;
  [[nodiscard]] double max_load() const;
  [[nodiscard]] std::string engine() const;
  // The height of the best plan so far; -1 when there is none.
  [[nodiscard]] double height() const;
  // Its offsets, a Float64Array; null when there is none.
  [[nodiscard]] emscripten::val offsets() const;
  [[nodiscard]] emscripten::val overload() const;

 private:
  Problem problem_;
  Result<std::unique_ptr<Solver>> solver_;
};

// The search for an irreducible infeasible subset, and the problem that it works on.
class ExplanationHandle {
 public:
  ExplanationHandle(const emscripten::val& columns, const emscripten::val& params);

  [[nodiscard]] emscripten::val error() const;
  // Runs one slice; the position of the outcome in ExplanationStatus.
  int step(double nodes, double milliseconds);
  // The smallest subset so far that is proven not to fit, a Uint32Array; empty before the first.
  [[nodiscard]] emscripten::val subset() const;
  [[nodiscard]] double nodes() const;
  [[nodiscard]] double backtracks() const;

 private:
  Problem problem_;
  Result<std::unique_ptr<Explanation>> explanation_;
};

}  // namespace stowage::bindings
