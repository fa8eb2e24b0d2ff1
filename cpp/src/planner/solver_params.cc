#include "stowage/planner/solver_params.h"

#include <array>

#include "base/text.h"

namespace stowage {
namespace {

constexpr std::array kEngines = {Engine::kAuto, Engine::kCanonical, Engine::kValley,
                                 Engine::kHeuristic};
constexpr std::string_view kLetters = "ACLOTUWZ";

Error bad_heuristic(std::string_view heuristic) {
  return {ErrorCode::kInvalidArgument,
          "preordering heuristic " + in_quotes(heuristic) +
              " must be one or more of the letters A, C, L, O, T, U, W, Z"};
}

}  // namespace

const char* to_string(Engine engine) {
  switch (engine) {
    case Engine::kAuto:
      return "auto";
    case Engine::kCanonical:
      return "canonical";
    case Engine::kValley:
      return "valley";
    case Engine::kHeuristic:
      return "heuristic";
  }
  return "unknown";
}

std::optional<Engine> engine_from_string(std::string_view name) {
  for (const Engine engine : kEngines) {
    if (name == to_string(engine)) return engine;
  }
  return std::nullopt;
}

Status check(const SolverParams& params) {
  if (params.preordering_heuristics.empty()) {
    return Error{ErrorCode::kInvalidArgument,
                 "preordering heuristics must not be an empty list: give for example WAT,TAW,TWA"};
  }
  for (const std::string& heuristic : params.preordering_heuristics) {
    if (heuristic.empty() || heuristic.find_first_not_of(kLetters) != std::string::npos) {
      return bad_heuristic(heuristic);
    }
  }
  return std::nullopt;
}

}  // namespace stowage
