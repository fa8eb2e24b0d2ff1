// The arguments of the command.
//
// Not getopt_long: it takes abbreviated names and words its errors in its own way, and the Node
// command, which has no getopt, must do the same as this one.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "stowage/base/result.h"
#include "stowage/planner/solver_params.h"
#include "stowage/pool/pool_policy.h"
#include "stowage/view/render.h"

namespace stowage::cli {

enum class Command { kSolve, kValidate, kStats, kExplain, kRender, kPool };

const char* to_string(Command command);
std::optional<Command> command_from_string(std::string_view name);

enum class PictureFormat { kPng, kSvg };

struct Options {
  std::optional<std::string> input;     // "-": standard input
  std::string output = "-";             // "-": standard output
  std::optional<PictureFormat> format;  // given for render
  RenderOptions picture;
  std::optional<int64_t> capacity;
  double timeout_seconds = std::numeric_limits<double>::infinity();
  SolverParams params;
  std::vector<PoolPolicy> policies;  // for pool; all, unless some are named
  bool validate = false;
  bool json = false;
  bool help = false;
};

// Reads the arguments that follow the command's name. With `help`, nothing more is asked of them.
Result<Options> parse_options(Command command, std::span<const char* const> arguments);

// "10", "2.5s", "1h30m", "inf": seconds.
std::optional<double> parse_time(std::string_view text);

}  // namespace stowage::cli
