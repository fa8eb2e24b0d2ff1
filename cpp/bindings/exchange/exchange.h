// How arrays, texts and errors cross between JavaScript and the modules without embind.
//
// Functions of these modules take and return numbers alone, without embind, whose calls take ten
// times as long where a page forbids evaluating strings. What is longer is exchanged in two
// buffers: the caller writes or reads them in the heap at the addresses that stowage_numbers and
// stowage_text give.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stowage/base/result.h"

namespace stowage::bindings {

std::vector<double>& numbers();
std::string& text();

inline int64_t integer(double value) { return static_cast<int64_t>(value); }
// Not inlined, which would make the module larger and none of its calls faster.
[[gnu::noinline]] void put_number(double value);
template <typename Number>
void put(Number value) {
  put_number(static_cast<double>(value));
}

// Leaves the message of an error in the text, and its code for stowage_error_code. Whether there is
// none.
bool report(const Status& status);
template <typename T>
bool report(const Result<T>& result) {
  return report(result.ok() ? Status{} : Status{result.error()});
}

// The position in ErrorCode of what was last reported.
int last_error_code();

}  // namespace stowage::bindings
