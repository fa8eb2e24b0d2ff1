// Runs the native command as a user does.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace stowage::testing {

struct ProcessResult {
  int status = -1;  // the exit status; -1 when it died of a signal
  std::string output;
  std::string errors;
};

// A folder of its own for a test, empty at first and gone at the end.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();

  [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }
  void write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read(const std::string& name) const;
  // The names of the files in it, sorted.
  [[nodiscard]] std::vector<std::string> list() const;

 private:
  std::string path_;
};

// Runs the command in `folder`; `meanwhile` is called with its process id once it has begun.
ProcessResult run_command(const Folder& folder, const std::vector<std::string>& arguments,
                          const std::function<void(int)>& meanwhile = {});

}  // namespace stowage::testing
