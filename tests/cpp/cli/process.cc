#include "cli/process.h"

// The command is native only.
#ifndef __EMSCRIPTEN__

#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace stowage::testing {
namespace {

constexpr int kOutputFlags = O_WRONLY | O_CREAT | O_TRUNC;

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

Folder::Folder() {
  std::string pattern = "/tmp/stowage-test-XXXXXX";
  path_ = ::mkdtemp(pattern.data());
}

Folder::~Folder() {
  for (const std::string& name : list()) ::unlink(path(name).c_str());
  ::rmdir(path_.c_str());
}

void Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
}

std::string Folder::read(const std::string& name) const { return read_whole(path(name)); }

std::vector<std::string> Folder::list() const {
  std::vector<std::string> names;
  DIR* folder = ::opendir(path_.c_str());
  while (const dirent* entry = ::readdir(folder)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  ::closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

ProcessResult run_command(const Folder& folder, const std::vector<std::string>& arguments,
                          const std::function<void(int)>& meanwhile) {
  // Beside the folder, so that the tests can list what is in it.
  const std::string output = folder.path("../" + std::to_string(::getpid()) + ".stowage-output");
  const std::string errors = folder.path("../" + std::to_string(::getpid()) + ".stowage-errors");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), kOutputFlags, 0600);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors.c_str(), kOutputFlags, 0600);
  std::vector<std::string> all = {STOWAGE_COMMAND};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  pointers.reserve(all.size() + 1);
  for (std::string& argument : all) pointers.push_back(argument.data());
  pointers.push_back(nullptr);

  ProcessResult result;
  pid_t process = 0;
  if (::posix_spawn(&process, STOWAGE_COMMAND, &actions, nullptr, pointers.data(), environ) == 0) {
    if (meanwhile) meanwhile(process);
    int status = 0;
    ::waitpid(process, &status, 0);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  ::posix_spawn_file_actions_destroy(&actions);
  result.output = read_whole(output);
  result.errors = read_whole(errors);
  ::unlink(output.c_str());
  ::unlink(errors.c_str());
  return result;
}

}  // namespace stowage::testing

#endif
