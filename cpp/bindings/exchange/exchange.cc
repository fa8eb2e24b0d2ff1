#include "bindings/exchange/exchange.h"

#include <emscripten/emscripten.h>

#include "bindings/abort.h"

namespace stowage::bindings {

std::vector<double>& numbers() {
  static std::vector<double> buffer;
  return buffer;
}

void put_number(double value) { numbers().push_back(value); }

std::string& text() {
  static std::string buffer;
  return buffer;
}

namespace {

ErrorCode last_code = ErrorCode::kInvalidArgument;

}  // namespace

bool report(const Status& status) {
  if (!status) return true;
  text() = status->message;
  last_code = status->code;
  return false;
}

int last_error_code() { return static_cast<int>(last_code); }

}  // namespace stowage::bindings

using stowage::bindings::numbers;
using stowage::bindings::text;

extern "C" {

// The address of the numbers, of which there are then `count`.
EMSCRIPTEN_KEEPALIVE double* stowage_reserve(double count) {
  numbers().resize(static_cast<size_t>(count));
  return numbers().data();
}
EMSCRIPTEN_KEEPALIVE double* stowage_numbers() { return numbers().data(); }
EMSCRIPTEN_KEEPALIVE double stowage_number_count() { return static_cast<double>(numbers().size()); }
EMSCRIPTEN_KEEPALIVE const char* stowage_text() { return text().data(); }
// The code of the last error, in the order of ErrorCode.
EMSCRIPTEN_KEEPALIVE int stowage_error_code() { return stowage::bindings::last_error_code(); }
EMSCRIPTEN_KEEPALIVE double stowage_text_length() { return static_cast<double>(text().size()); }

}  // extern "C"
