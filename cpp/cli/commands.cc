#include "cli/commands.h"

#include <cstdio>

#include "cli/files.h"
#include "cli/messages.h"
#include "stowage/planner/csv.h"

namespace stowage::cli {

void say(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

int fail(const std::string& message) {
  say("stowage: " + message);
  return kFailed;
}

Error in_input(const Options& options, const Error& error) {
  return {error.code, input_name(*options.input) + ": " + to_string(error)};
}

namespace {

void say_what_is_ignored(const Options& options, const std::string& text) {
  // Where even the header is wrong, the reader is going to say so.
  const auto ignored = ignored_columns(text);
  if (!ignored) return;
  for (const std::string& column : *ignored) {
    say("stowage: " + input_name(*options.input) + ": " + messages::ignored_column(column));
  }
}

}  // namespace

Result<std::string> read_input(const Options& options) {
  Result<std::string> text = read_file(*options.input);
  if (text) say_what_is_ignored(options, *text);
  return text;
}

Result<Problem> to_problem(const Options& options, const std::string& text, int64_t capacity) {
  say_what_is_ignored(options, text);
  Result<Problem> problem = problem_from_csv(text, capacity);
  if (!problem) return in_input(options, problem.error());
  return problem;
}

Result<Problem> read_problem(const Options& options, int64_t capacity) {
  const Result<std::string> text = read_file(*options.input);
  if (!text) return text.error();
  return to_problem(options, *text, capacity);
}

}  // namespace stowage::cli
