#include "stowage/planner/solver_params.h"

#include <gtest/gtest.h>

namespace stowage {
namespace {

TEST(SolverParamsTest, EnginesKeepTheirNames) {
  for (const Engine engine :
       {Engine::kAuto, Engine::kCanonical, Engine::kValley, Engine::kHeuristic}) {
    EXPECT_EQ(engine_from_string(to_string(engine)), engine);
  }
  EXPECT_EQ(engine_from_string("valley"), Engine::kValley);
  EXPECT_EQ(engine_from_string("Valley"), std::nullopt);
  EXPECT_EQ(engine_from_string(""), std::nullopt);
}

TEST(SolverParamsTest, ChecksTheHeuristics) {
  SolverParams params;
  EXPECT_EQ(check(params), std::nullopt);
  params.preordering_heuristics = {"ACLOTUWZ", "W"};
  EXPECT_EQ(check(params), std::nullopt);
  for (const char* bad : {"", "WAX", "wat", "W A"}) {
    params.preordering_heuristics = {"WAT", bad};
    ASSERT_TRUE(check(params).has_value()) << bad;
    EXPECT_EQ(check(params)->code, ErrorCode::kInvalidArgument);
    EXPECT_NE(check(params)->message.find("'" + std::string(bad) + "'"), std::string::npos);
  }
  params.preordering_heuristics.clear();
  EXPECT_TRUE(check(params).has_value());
}

}  // namespace
}  // namespace stowage
