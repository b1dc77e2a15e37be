// A real personio-sandbox process, and the control path to it.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <vector>

#include "ledger/core/json.h"
#include "support/raw_client.h"

namespace refledger::test {

class SandboxProcess {
 public:
  explicit SandboxProcess(std::vector<std::string> options) {
    std::vector<std::string> command = {PERSONIO_SANDBOX, "--port", "0"};
    command.insert(command.end(), options.begin(), options.end());
    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0) std::abort();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    std::vector<char*> arguments;
    for (std::string& argument : command) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    if (::posix_spawn(&id_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) {
      std::abort();
    }
    posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    port_ = read_port(out[0]);
    ::close(out[0]);
  }
  ~SandboxProcess() {
    ::kill(id_, SIGTERM);
    ::waitpid(id_, nullptr, 0);
  }
  SandboxProcess(const SandboxProcess&) = delete;
  SandboxProcess& operator=(const SandboxProcess&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  Json order(const std::string& name, const Json& order) const {
    return ask("POST", "/control/" + name, order.dump());
  }
  void fault(const std::string& kind, std::uint64_t at = 1, const std::string& path = "") const {
    order("fault", {{"kind", kind}, {"at", at}, {"path", path}, {"ms", 20}});
  }
  void no_fault() const { order("fault", {{"kind", "none"}}); }
  Json show(const std::string& name) const { return ask("GET", "/control/" + name); }
  void forget_log() const { ask("DELETE", "/control/log"); }
  /// Requests since the log was forgotten.
  std::uint64_t requests() const {
    std::uint64_t sum = 0;
    const Json counts = show("counts");
    for (const auto& [path, count] : counts.items()) sum += count.get<std::uint64_t>();
    return sum;
  }

 private:
  static std::uint16_t read_port(int from) {
    std::string text;
    std::array<char, 256> bytes{};
    static const std::string kBefore = "http://127.0.0.1:";
    while (text.find("/control") == std::string::npos) {
      const ssize_t got = ::read(from, bytes.data(), bytes.size());
      if (got <= 0) std::abort();
      text.append(bytes.data(), static_cast<std::size_t>(got));
    }
    return static_cast<std::uint16_t>(std::stoul(text.substr(text.find(kBefore) + kBefore.size())));
  }

  Json ask(const std::string& method, const std::string& path, const std::string& body = "") const {
    RawClient client(port_);
    client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + body);
    const std::string answer = client.answer();
    EXPECT_EQ(status_of(answer), 200) << path << " " << body << " " << body_of(answer);
    return Json::parse(body_of(answer), nullptr, false);
  }

  pid_t id_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace refledger::test
