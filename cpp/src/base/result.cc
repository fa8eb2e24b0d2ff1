#include "stowage/base/result.h"

namespace stowage {

const char* to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid-argument";
    case ErrorCode::kParseError:
      return "parse-error";
    case ErrorCode::kInfeasible:
      return "infeasible";
    case ErrorCode::kDeadlineExceeded:
      return "deadline-exceeded";
    case ErrorCode::kCancelled:
      return "cancelled";
    case ErrorCode::kOutOfMemory:
      return "out-of-memory";
    case ErrorCode::kDisposed:
      return "disposed";
  }
  return "unknown";
}

std::string to_string(const Error& error) {
  if (error.where == Location{}) return error.message;
  return "line " + std::to_string(error.where.line) + ", column " +
         std::to_string(error.where.column) + ": " + error.message;
}

}  // namespace stowage
