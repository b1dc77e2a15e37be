// A real SMTP server as a child process, for as long as the object lives.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "scripts.h"
#include "support/certificate.h"
#include "support/support.h"

namespace refledger::delivery {

class Sink {
 public:
  Sink(const std::string& mode, const std::string& auth, const std::string& names)
      : certificate(names) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    const std::string server = script("smtp_sink.py");
    child_ = fork();
    if (child_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      dup2(ends[1], STDOUT_FILENO);
      // Its tracebacks about our refused handshakes are what some tests ask for.
      dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
      close(ends[0]);
      execl("/usr/bin/python3", "python3", server.c_str(), folder_.path().c_str(), mode.c_str(),
            certificate.chain().c_str(), certificate.key().c_str(), auth.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    FILE* said = fdopen(ends[0], "r");
    unsigned number = 0;
    EXPECT_EQ(std::fscanf(said, "%u", &number), 1)
        << "no SMTP server: is the package python3-aiosmtpd installed?";
    std::fclose(said);
    port = static_cast<std::uint16_t>(number);
  }
  ~Sink() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  /// What the server has accepted, in order; "content" decoded.
  std::vector<Json> kept() const {
    std::vector<Json> all;
    for (int number = 1;; ++number) {
      const auto path = folder_.path() / (std::to_string(number) + ".json");
      std::ifstream file(path);
      if (!file) return all;
      Json one = Json::parse(file);
      const Result<Bytes> content = from_base64(one["content"].get<std::string>(), "content");
      EXPECT_TRUE(content);
      one["content"] = std::string(text_of(*content));
      all.push_back(one);
    }
  }

  test::Certificate certificate;
  std::uint16_t port = 0;

 private:
  test::TemporaryFolder folder_;
  pid_t child_ = -1;
};

}  // namespace refledger::delivery
