// A program that a test starts, with numbers in and numbers out.
//
// Why      RocksDB does not survive fork(), so what must run beside a test is a program of its own.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace refledger::test {

class Process {
 public:
  explicit Process(std::vector<std::string> command) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    EXPECT_EQ(::pipe2(in.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(out.data(), O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    std::vector<char*> arguments;
    for (std::string& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    EXPECT_EQ(::posix_spawn(&id_, arguments[0], &actions, nullptr, arguments.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    to_ = in[1];
    from_ = out[0];
  }
  ~Process() {
    kill();
    ::close(to_);
    ::close(from_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void say(std::uint64_t number) const {
    EXPECT_EQ(::write(to_, &number, sizeof number), ssize_t{sizeof number});
  }
  /// nothing once the program has ended and all is read.
  std::optional<std::uint64_t> hear() const {
    std::uint64_t number = 0;
    if (::read(from_, &number, sizeof number) != ssize_t{sizeof number}) return std::nullopt;
    return number;
  }
  /// Reads on until it says `number`; false if it ends before.
  bool hear(std::uint64_t number) const {
    while (const auto heard = hear()) {
      if (*heard == number) return true;
    }
    return false;
  }
  /// kill -9
  void kill() {
    if (id_ == 0) return;
    ::kill(id_, SIGKILL);
    wait();
  }
  /// As waitpid gives it.
  int wait() {
    int status = 0;
    EXPECT_EQ(::waitpid(id_, &status, 0), id_);
    id_ = 0;
    return status;
  }

 private:
  pid_t id_ = 0;
  int to_ = -1;
  int from_ = -1;
};

}  // namespace refledger::test
