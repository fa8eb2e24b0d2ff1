// What the shared cases (tests/fixtures/cli) cannot say of the native command: signals, links,
// modes, real problems.
#ifndef __EMSCRIPTEN__

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "cli/process.h"
#include "planner/random_problem.h"
#include "stowage/base/integer.h"
#include "stowage/planner/csv.h"
#include "stowage/planner/validate.h"

namespace stowage {
namespace {

using ::testing::ElementsAre;
using testing::Folder;
using ::testing::HasSubstr;
using testing::ProcessResult;
using testing::run_command;

const char* const kProblem = "id,lower,upper,size\na,0,3,4\nb,2,5,4\n";

TEST(CommandTest, SolvesAPublicProblem) {
  const std::string file = std::string(STOWAGE_DATA_DIR) + "/minimalloc/C.1048576.csv";
  if (!std::ifstream(file)) GTEST_SKIP() << "no benchmark data in " << STOWAGE_DATA_DIR;
  const Folder folder;
  const ProcessResult solved = run_command(
      folder, {"--capacity=1048576", "--input=" + file, "--output=" + folder.path("plan.csv")});
  EXPECT_EQ(solved.status, 0) << solved.errors;
  EXPECT_EQ(solved.output, "");
  const ProcessResult judged =
      run_command(folder, {"validate", folder.path("plan.csv"), "--capacity", "1048576"});
  EXPECT_EQ(judged.status, 0);
  EXPECT_EQ(judged.output, "good\n");
}

TEST(CommandTest, KeepsTheModeAndTheLinksOfItsOutput) {
  const Folder folder;
  folder.write("p.csv", kProblem);
  folder.write("plan.csv", "old");
  ASSERT_EQ(::chmod(folder.path("plan.csv").c_str(), 0640), 0);
  ASSERT_EQ(::symlink("plan.csv", folder.path("link.csv").c_str()), 0);
  const ProcessResult result = run_command(
      folder, {"solve", folder.path("p.csv"), "--capacity=8", "-o", folder.path("link.csv")});
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(folder.read("plan.csv"), HasSubstr("id,lower,upper,size,offset\na,0,3,4,"));
  struct stat status {};
  ASSERT_EQ(::stat(folder.path("plan.csv").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
  ASSERT_EQ(::lstat(folder.path("link.csv").c_str(), &status), 0);
  EXPECT_TRUE(S_ISLNK(status.st_mode));
  EXPECT_THAT(folder.list(), ElementsAre("link.csv", "p.csv", "plan.csv"));
}

TEST(CommandTest, GivesNewFilesTheUsualMode) {
  const Folder folder;
  folder.write("p.csv", kProblem);
  const mode_t mask = ::umask(027);
  const ProcessResult result = run_command(
      folder, {"solve", folder.path("p.csv"), "--capacity=8", "-o", folder.path("plan.csv")});
  ::umask(mask);
  EXPECT_EQ(result.status, 0) << result.errors;
  struct stat status {};
  ASSERT_EQ(::stat(folder.path("plan.csv").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640U);
}

TEST(CommandTest, SaysThatADeviceIsFull) {
  if (::access("/dev/full", W_OK) != 0) GTEST_SKIP() << "no /dev/full here";
  const Folder folder;
  folder.write("p.csv", kProblem);
  const ProcessResult result =
      run_command(folder, {"solve", folder.path("p.csv"), "--capacity=8", "-o", "/dev/full"});
  EXPECT_EQ(result.status, 1);
  EXPECT_EQ(result.errors, "stowage: /dev/full: cannot be written: no space left on device\n");
}

TEST(CommandTest, ReadsAHundredThousandBuffers) {
  const Folder folder;
  testing::Random random(7);
  std::string text = "id,lower,upper,size\n";
  int64_t total = 0;
  for (int64_t i = 0; i < 100000; ++i) {
    const int64_t lower = testing::between(random, 0, 100000);
    const int64_t size = testing::between(random, 1, 1000);
    total += size;
    text += std::to_string(i) + "," + std::to_string(lower) + "," +
            std::to_string(lower + testing::between(random, 1, 50)) + "," + std::to_string(size) +
            "\n";
  }
  folder.write("p.csv", text);
  const ProcessResult result = run_command(folder, {"stats", folder.path("p.csv")});
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_THAT(result.output, HasSubstr("buffers: 100000\n"));
  EXPECT_THAT(result.output, HasSubstr("total size: " + std::to_string(total) + "\n"));
}

// Whether the process would catch an interrupt by now, as Linux tells.
bool catches_interrupts(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("SigCgt:")) continue;
    const uint64_t caught = std::strtoull(line.c_str() + 7, nullptr, 16);
    return (caught >> (SIGINT - 1) & 1) != 0;
  }
  return false;
}

bool is_running(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(file, text);
  // Its state follows its name in parentheses; Z is one that has ended and waits to be asked.
  const size_t end = text.rfind(") ");
  return end != std::string::npos && text[end + 2] != 'Z';
}

void interrupt_once_searching(int process) {
  while (is_running(process) && !catches_interrupts(process)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ::kill(process, SIGINT);
}

TEST(CommandTest, AnInterruptEndsTheSearchLikeATimeLimit) {
  if (::access("/proc/self/status", R_OK) != 0) GTEST_SKIP() << "no /proc here";
  // Alignments that do not divide each other keep this search for the least height busy for very
  // long.
  testing::Random random(8);
  Problem problem = testing::random_problem(random, {.buffers = 150,
                                                     .time = 200,
                                                     .size = 100000,
                                                     .gaps = false,
                                                     .alignment = false,
                                                     .fixed = false,
                                                     .hints = false});
  for (Buffer& buffer : problem.buffers) {
    buffer.alignment = std::array{1, 4096, 30000}[random() % 3];
  }
  const Folder folder;
  folder.write("p.csv", to_csv(problem));
  const ProcessResult result = run_command(
      folder, {"solve", folder.path("p.csv"), "--minimize", "-o", folder.path("plan.csv")},
      interrupt_once_searching);
  // 3 when the interrupt came before there was any plan; 0 also if it came too late to matter.
  ASSERT_TRUE(result.status == 0 || result.status == 3) << result.status << result.errors;
  if (result.status == 3) {
    EXPECT_THAT(result.errors, HasSubstr("unknown: interrupted; no plan found"));
    EXPECT_THAT(folder.list(), ElementsAre("p.csv"));
    return;
  }
  const auto written = plan_from_csv(folder.read("plan.csv"), kMaxInteger);
  ASSERT_TRUE(written.ok());
  EXPECT_EQ(validate(written->problem, written->plan).verdict, Verdict::kGood);
  EXPECT_THAT(result.errors, HasSubstr("solved: height "));
}

}  // namespace
}  // namespace stowage

#endif
