// Making errors.
#pragma once

#include <string>
#include <utility>

#include "stowage/base/result.h"

namespace stowage {

inline Error invalid_argument(std::string message) {
  return {ErrorCode::kInvalidArgument, std::move(message)};
}

}  // namespace stowage
