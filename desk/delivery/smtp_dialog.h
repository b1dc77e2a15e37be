// The lines of an SMTP dialogue: commands out, bounded replies in.
//
// Errors   upstream: broken off, time is up, a reply that is none
// Source   RFC 5321 §4.2 (replies), §4.5.2 (transparency), §4.5.3.1.5
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "http/client/connection.h"
#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::delivery {

struct Reply {
  int code = 0;
  std::vector<std::string> lines;  ///< without code and line end
  bool positive() const { return code / 100 == 2; }
};

class SmtpDialog {
 public:
  /// Each step (a command's sending, a reply) may take `step_time`.
  SmtpDialog(client::Connection connection, std::chrono::milliseconds step_time);

  void take_time(std::chrono::milliseconds step_time) { step_time_ = step_time; }

  Result<Reply> command(std::string_view line);
  Result<Reply> reply();
  Result<void> send(std::string_view bytes);

  /// After STARTTLS: whatever the peer said too early in plain text is a reason to stop.
  Result<void> start_tls(const std::string& host, const std::filesystem::path& ca_file);

 private:
  Result<std::string> line();
  Result<void> receive();
  Error broken(const char* kind) const;

  client::Connection connection_;
  std::chrono::milliseconds step_time_;
  std::string pending_;  // received and not yet read as lines
};

}  // namespace refledger::delivery
