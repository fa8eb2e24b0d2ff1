#include "stowage/pool/elements.h"

#include <optional>

#include "base/text.h"
#include "pool/pool_arguments.h"
#include "stowage/base/integer.h"

namespace stowage {

Result<int64_t> bytes_of_elements(int64_t count, int64_t element_size) {
  if (Status status = check_positive("count", count)) return *status;
  const std::optional<int64_t> bytes = checked_multiply(count, element_size);
  if (bytes && *bytes <= kMaxInteger) return *bytes;
  return invalid("count", count,
                 "at most " + decimal(kMaxInteger / element_size) + " elements of " +
                     decimal(element_size) + " bytes");
}

}  // namespace stowage
