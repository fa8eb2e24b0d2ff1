#include "cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "cli/messages.h"

namespace stowage::cli {
namespace {

// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool valid() const { return number_ >= 0; }

  bool close() {
    const bool closed = number_ < 0 || ::close(number_) == 0;
    number_ = -1;
    return closed;
  }

 private:
  int number_;
};

Error file_error(const std::string& name, const std::string& what) {
  return {ErrorCode::kInvalidArgument, name + ": " + what};
}

Error read_error(const std::string& file) {
  return file_error(input_name(file), messages::cannot_read(messages::reason(errno)));
}

Error write_error(const std::string& name) {
  return file_error(name, messages::cannot_write(messages::reason(errno)));
}

bool read_all(int descriptor, std::string& text) {
  std::array<char, 1 << 16> chunk{};
  while (true) {
    const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
    if (count == 0) return true;
    if (count > 0) text.append(chunk.data(), static_cast<size_t>(count));
    if (count < 0 && errno != EINTR) return false;
  }
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count >= 0) text.remove_prefix(static_cast<size_t>(count));
    if (count < 0 && errno != EINTR) return false;
  }
  return true;
}

// What new files may be by the user's umask, which can only be read by setting it.
mode_t default_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// Where a chain of symbolic links leads, so that they stay.
std::string resolve(const std::string& file) {
  char* resolved = ::realpath(file.c_str(), nullptr);
  if (resolved == nullptr) return file;
  std::string result = resolved;
  std::free(resolved);
  return result;
}

bool write_in_place(const std::string& file, std::string_view text) {
  Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CLOEXEC));
  return descriptor.valid() && write_all(descriptor.number(), text) && descriptor.close();
}

bool write_beside(const std::string& file, mode_t mode, std::string_view text) {
  const std::string place = resolve(file);
  std::string beside = place + ".XXXXXX";
  Descriptor descriptor(::mkstemp(beside.data()));
  if (!descriptor.valid()) return false;
  if (write_all(descriptor.number(), text) && ::fchmod(descriptor.number(), mode) == 0 &&
      descriptor.close() && std::rename(beside.c_str(), place.c_str()) == 0) {
    return true;
  }
  const int error_number = errno;
  ::unlink(beside.c_str());
  errno = error_number;
  return false;
}

}  // namespace

std::string input_name(const std::string& file) { return file == "-" ? "standard input" : file; }

Result<std::string> read_file(const std::string& file) {
  std::string text;
  if (file == "-") {
    if (!read_all(STDIN_FILENO, text)) return read_error(file);
    return text;
  }
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.valid() || !read_all(descriptor.number(), text)) return read_error(file);
  return text;
}

Status write_file(const std::string& file, std::string_view text) {
  if (file == "-") return write_output(text);
  struct stat status {};
  const bool exists = ::stat(file.c_str(), &status) == 0;
  const bool in_place = exists && !S_ISREG(status.st_mode);
  const mode_t mode = exists ? status.st_mode & 07777 : default_mode();
  const bool written = in_place ? write_in_place(file, text) : write_beside(file, mode, text);
  return written ? std::nullopt : Status(write_error(file));
}

Status write_output(std::string_view text) {
  if (write_all(STDOUT_FILENO, text)) return std::nullopt;
  return write_error("standard output");
}

}  // namespace stowage::cli
