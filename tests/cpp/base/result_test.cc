#include "stowage/base/result.h"

#include <gtest/gtest.h>

namespace stowage {
namespace {

TEST(ResultTest, HoldsAValueOrAnError) {
  const Result<int> value = 7;
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(*value, 7);
  const Result<int> error = Error{ErrorCode::kInfeasible, "too much"};
  ASSERT_FALSE(error.ok());
  EXPECT_EQ(error.error().code, ErrorCode::kInfeasible);
}

TEST(ResultTest, NamesItsCodesAsTypeScriptDoes) {
  EXPECT_STREQ(to_string(ErrorCode::kInvalidArgument), "invalid-argument");
  EXPECT_STREQ(to_string(ErrorCode::kParseError), "parse-error");
  EXPECT_STREQ(to_string(ErrorCode::kInfeasible), "infeasible");
  EXPECT_STREQ(to_string(ErrorCode::kDeadlineExceeded), "deadline-exceeded");
  EXPECT_STREQ(to_string(ErrorCode::kCancelled), "cancelled");
  EXPECT_STREQ(to_string(ErrorCode::kOutOfMemory), "out-of-memory");
}

TEST(ResultTest, PutsThePlaceBeforeTheMessage) {
  EXPECT_EQ(to_string(Error{ErrorCode::kParseError, "what", {3, 7}}), "line 3, column 7: what");
  EXPECT_EQ(to_string(Error{ErrorCode::kParseError, "what"}), "what");
}

}  // namespace
}  // namespace stowage
