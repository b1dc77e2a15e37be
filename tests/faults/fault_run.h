// A ledger's worker under the disk shim, in a folder of its own, and the long form of these tests.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "disk_replay.h"
#include "ledger_check.h"

namespace refledger::test {

/// tools/soak faults sets them; else a fixed seed, and the short form.
inline bool is_soak() { return std::getenv("REFLEDGER_SOAK_SEED") != nullptr; }
inline std::uint64_t soak_seed() {
  const char* seed = std::getenv("REFLEDGER_SOAK_SEED");
  return seed == nullptr ? 20261102 : std::strtoull(seed, nullptr, 10);
}

/// A figure for docs/faults.md: what was tried and what came of it.
inline void tell_figure(const std::string& what) { std::cout << "figure: " << what << std::endl; }

/// In memory where the machine has such a place: what is tested there is the order of things.
class FaultFolder {
 public:
  FaultFolder() {
    const bool memory = ::access("/dev/shm", W_OK) == 0;
    std::string name = std::string(memory ? "/dev/shm" : std::filesystem::temp_directory_path()) +
                       "/refledger-faults-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
    reset();
  }
  ~FaultFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  FaultFolder(const FaultFolder&) = delete;
  FaultFolder& operator=(const FaultFolder&) = delete;

  std::filesystem::path data() const { return path_ / "data"; }
  std::filesystem::path beside(const std::string& name) const { return path_ / name; }
  std::filesystem::path notes() const { return path_ / "notes"; }
  std::filesystem::path journal() const { return path_ / "journal"; }
  Promised promised() const { return Promised::of(text_of_file(notes())); }

  void reset() const {
    std::filesystem::remove_all(data());
    for (const char* const name : {"notes", "journal", "head"}) {
      std::filesystem::remove(beside(name));
    }
    std::filesystem::create_directory(data());
  }

  /// Makes the data folder what `image` says.
  void lay_out(const DiskImage& image) const {
    // The anchor knows its file by its inode, which must outlive what is done to the folder.
    const std::filesystem::path head = data() / "ledger.head";
    if (!std::filesystem::exists(beside("head")) && std::filesystem::exists(head)) {
      std::filesystem::create_hard_link(head, beside("head"));
    }
    std::filesystem::remove_all(data());
    std::filesystem::create_directory(data());
    for (const std::string& path : image.folders) std::filesystem::create_directories(path);
    for (const auto& [path, content] : image.files) {
      if (path == head) std::filesystem::create_hard_link(beside("head"), path);
      std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    }
  }

 private:
  std::filesystem::path path_;
};

class Worker {
 public:
  /// `words` after folder and notes; `disk` as NAME=VALUE for the shim, none: without it.
  Worker(const FaultFolder& folder, const std::vector<std::string>& words = {},
         const std::vector<std::string>& disk = {}) {
    std::vector<std::string> command{REFLEDGER_LEDGER_WORKER, folder.data(), folder.notes()};
    command.insert(command.end(), words.begin(), words.end());
    std::vector<std::string> environment{"TZ=UTC"};
    if (!disk.empty()) {
      environment.push_back(std::string("LD_PRELOAD=") + REFLEDGER_DISK_SHIM);
      environment.push_back("DISK_ROOT=" + folder.data().string());
      environment.push_back("DISK_NOTES=" + folder.notes().string());
      environment.insert(environment.end(), disk.begin(), disk.end());
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, folder.beside("errors").c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    std::vector<char*> arguments = pointers(command);
    std::vector<char*> variables = pointers(environment);
    if (::posix_spawn(&id_, arguments[0], &actions, nullptr, arguments.data(), variables.data()) !=
        0) {
      std::abort();
    }
    posix_spawn_file_actions_destroy(&actions);
  }
  ~Worker() { kill(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Its exit code, or 128 and the signal that ended it.
  int wait() {
    int status = 0;
    if (::waitpid(id_, &status, 0) != id_) std::abort();
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  void kill() {
    if (id_ == 0) return;
    ::kill(id_, SIGKILL);
    wait();
  }

 private:
  static std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> made;
    for (std::string& word : words) made.push_back(word.data());
    made.push_back(nullptr);
    return made;
  }
  pid_t id_ = 0;
};

}  // namespace refledger::test
