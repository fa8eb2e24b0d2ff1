// The sentences that the command prints, in one place: the Node command must print the same
// (docs/cli.md). What the library words is not here.
#pragma once

#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "stowage/base/integer.h"
#include "stowage/view/viewport.h"

namespace stowage::cli::messages {

inline std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

inline std::string option(std::string_view name) {
  return "option " + in_quotes("--" + std::string(name));
}

// Usage.
inline constexpr const char* kNoCommand = "no command given";
inline constexpr const char* kNoInput = "no input file given";

inline std::string unknown_command(std::string_view name) {
  return "unknown command " + in_quotes(name) +
         ": there are solve, validate, stats, explain, render, pool and help";
}

inline std::string unknown_option(std::string_view as_written) {
  return "unknown option " + in_quotes(as_written);
}

inline std::string needs_value(std::string_view name) { return option(name) + " needs a value"; }

inline std::string takes_no_value(std::string_view name) {
  return option(name) + " takes no value";
}

inline std::string is_needed(std::string_view name) { return option(name) + " is needed"; }

inline std::string must_be(std::string_view name, std::string_view right, std::string_view value) {
  return option(name) + " must be " + std::string(right) + ", not " + in_quotes(value);
}

inline std::string integer_rule() { return "an integer from 0 to " + std::to_string(kMaxInteger); }

// Of a picture's side in pixels.
inline std::string side_rule(int least) {
  return "an integer from " + std::to_string(least) + " to " + std::to_string(kMaxPixels);
}

inline constexpr const char* kTimeRule = "a time such as 10, 2.5s or 1h30m";
inline constexpr const char* kEngineRule = "auto, canonical, valley or heuristic";
inline constexpr const char* kSwitchRule = "true or false";
inline constexpr const char* kFormatRule = "png or svg";
inline constexpr const char* kColorByRule = "size, lifetime, alignment or prefix";
inline constexpr const char* kThemeRule = "light or dark";
inline constexpr const char* kPolicyRule = "first-fit, best-fit, worst-fit, next-fit or tlsf";

inline constexpr const char* kNoFormat =
    "option '--format' is needed where '--output' does not end in .png or .svg";

inline std::string two_inputs(std::string_view first, std::string_view second) {
  return "more than one input file given: " + in_quotes(first) + " and " + in_quotes(second);
}

inline std::string see_help(std::string_view command) {
  return "; see 'stowage" + (command.empty() ? "" : " " + std::string(command)) + " --help'";
}

// Files.
inline std::string cannot_read(std::string_view reason) {
  return "cannot be read: " + std::string(reason);
}

inline std::string cannot_write(std::string_view reason) {
  return "cannot be written: " + std::string(reason);
}

// Not strerror, whose words differ between systems.
inline const char* reason(int error_number) {
  switch (error_number) {
    case ENOENT:
      return "no such file or directory";
    case EACCES:
    case EPERM:
      return "permission denied";
    case EISDIR:
      return "is a directory";
    case ENOTDIR:
      return "not a directory";
    case ENOSPC:
      return "no space left on device";
    case EPIPE:
      return "broken pipe";
    default:
      return "input or output error";
  }
}

inline std::string note(std::string_view what) { return "note: " + std::string(what); }

inline std::string ignored_column(std::string_view name) {
  return note("column " + in_quotes(name) + " is not known and is ignored");
}

// Outcomes.
inline constexpr const char* kTimeLimit = "stopped by the time limit";
inline constexpr const char* kInterrupted = "interrupted";
inline constexpr const char* kNothingLeft = "nothing left to try";

inline std::string heights(const int64_t* height, int64_t lower_bound, const char* best) {
  const std::string bound = ", lower bound " + std::to_string(lower_bound);
  if (height == nullptr) return "no plan found" + bound;
  return best + ("height " + std::to_string(*height)) + bound +
         (*height == lower_bound ? " (optimal)" : "");
}

inline std::string no_plan(int64_t capacity) {
  return "no plan within the capacity " + std::to_string(capacity) + " exists";
}

inline std::string seconds(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.3f s", value);
  return text;
}

inline std::string work(const char* engine, int64_t nodes, int64_t backtracks, double elapsed) {
  return std::string("; engine ") + engine + ", " + std::to_string(nodes) + " nodes, " +
         std::to_string(backtracks) + " backtracks, " + seconds(elapsed);
}

inline std::string defect(std::string_view verdict, std::string_view sentence) {
  return "the plan is " + std::string(verdict) + ": " + std::string(sentence);
}

// explain.
inline std::string subset(size_t count, size_t of, int64_t capacity) {
  const std::string rest = " within the capacity " + std::to_string(capacity);
  const std::string counts = std::to_string(count) + " of " + std::to_string(of) + " buffers ";
  return counts + (count == 1 ? "does not fit" : "do not fit together") + rest;
}

inline constexpr const char* kIrreducible = "; without any one of them the others do";

inline std::string not_irreducible(const char* stop) {
  return std::string("; ") + stop + " before fewer were found";
}

inline std::string all_fit(int64_t capacity) {
  return "all buffers fit within the capacity " + std::to_string(capacity) +
         ": there is nothing to explain";
}

inline constexpr const char* kGapsAreHeld =
    "note: online, a buffer holds its memory during its gaps too";

inline constexpr const char* kOffsetsAreTaken =
    "note: online, what failed had a fixed offset at which another buffer was";

inline std::string first_of(int64_t count, int64_t line) {
  return count == 1
             ? " (line " + std::to_string(line) + ")"
             : " (" + std::to_string(count) + ", the first in line " + std::to_string(line) + ")";
}

inline std::string failed_when_logged(int64_t count, int64_t first_line) {
  return note("allocations that failed when this was logged take no part" +
              first_of(count, first_line));
}

inline std::string trace(int64_t events, int64_t blocks, int64_t never_freed,
                         int64_t defragmentations, int64_t peak_load) {
  std::string text = "trace: " + std::to_string(events) + " events, " + std::to_string(blocks) +
                     " blocks, " + std::to_string(never_freed) + " never freed, ";
  if (defragmentations > 0) {
    text += std::to_string(defragmentations) +
            (defragmentations == 1 ? " defragmentation, " : " defragmentations, ");
  }
  return text + "peak load " + std::to_string(peak_load);
}

inline std::string static_plan(const std::optional<int64_t>& height, int64_t lower_bound) {
  if (!height) return "static plan: there is none, as fixed offsets overlap";
  return "static plan: height " + std::to_string(*height) + ", lower bound " +
         std::to_string(lower_bound) + (*height == lower_bound ? " (optimal)" : "");
}

}  // namespace stowage::cli::messages
