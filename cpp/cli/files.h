// Files as the command reads and writes them. "-" is standard input or output.
#pragma once

#include <string>
#include <string_view>

#include "stowage/base/result.h"

namespace stowage::cli {

// How messages name an input file.
std::string input_name(const std::string& file);

Result<std::string> read_file(const std::string& file);

// Writes a regular file beside its place first, so that it is there whole or not at all; devices
// and pipes in place.
Status write_file(const std::string& file, std::string_view text);

// To standard output.
Status write_output(std::string_view text);

}  // namespace stowage::cli
