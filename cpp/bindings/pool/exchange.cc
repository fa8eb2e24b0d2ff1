#include "exchange.h"

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

bool report(const Status& status) {
  if (!status) return true;
  text() = status->message;
  return false;
}

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
EMSCRIPTEN_KEEPALIVE double stowage_text_length() { return static_cast<double>(text().size()); }

}  // extern "C"
