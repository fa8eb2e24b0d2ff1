// What the self-checks of pools report.
#pragma once

#include <cstdint>
#include <string>

#include "base/text.h"
#include "stowage/base/result.h"

namespace stowage {

inline Error broken(const std::string& what, int64_t offset) {
  return {ErrorCode::kInvalidArgument,
          "the pool is inconsistent at offset " + decimal(offset) + ": " + what,
          {}};
}

}  // namespace stowage
