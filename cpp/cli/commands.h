// The commands, one file each. They return the exit status (docs/cli.md).
#pragma once

#include <string>

#include "cli/options.h"
#include "stowage/base/result.h"
#include "stowage/planner/problem.h"

namespace stowage::cli {

inline constexpr int kAnswered = 0;
inline constexpr int kFailed = 1;    // usage, bad input, or a plan judged bad
inline constexpr int kNoAnswer = 2;  // proven that there is none
inline constexpr int kUnknown = 3;   // stopped before that

int run_solve(const Options& options);
int run_validate(const Options& options);
int run_stats(const Options& options);
int run_explain(const Options& options);
int run_render(const Options& options);
int run_pool(const Options& options);

// "stowage: MESSAGE" on standard error. Returns kFailed.
int fail(const std::string& message);

// A line on standard error.
void say(const std::string& line);

// Reads the input as a problem; speaks of columns that are ignored.
Result<Problem> read_problem(const Options& options, int64_t capacity);

// The same of the input's text.
Result<Problem> to_problem(const Options& options, const std::string& text, int64_t capacity);

// The text of the input file; speaks of columns that are ignored.
Result<std::string> read_input(const Options& options);

// `error` with the input's name in front.
Error in_input(const Options& options, const Error& error);

}  // namespace stowage::cli
