// Text as it comes from users: is it text at all, and how to show it to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stowage {

// `text` in single quotes for a message: control characters, and bytes that are not UTF-8, as \xNN;
// what is longer than 40 bytes ends in "...".
std::string in_quotes(std::string_view text);

// The position of the first byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7).
std::optional<size_t> find_malformed_utf8(std::string_view text);

// Appends `value` in decimal: std::to_string without the temporary.
void append_integer(std::string& text, int64_t value);

// `value` in decimal, without what std::to_string brings along: in a WebAssembly module, all of
// printf.
std::string decimal(int64_t value);

}  // namespace stowage
