// Handing a finished message over: to a mail server, or into a maildir.
//
// Errors   A Delivered, never an Error: what became of the message is the answer.  5xx before
//          RCPT (greeting, STARTTLS, AUTH, MAIL), and 530, 534, 535, 538 anywhere, are about the
//          session or the settings and count as not_sent.
// Threads  One send at a time.
// Source   docs/delivery.md
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "desk/delivery/message.h"

namespace refledger::delivery {

enum class Outcome {
  sent,      ///< accepted: 250 after the final dot, or in the maildir
  not_sent,  ///< surely not accepted; try again later
  refused,   ///< refused for good: 5xx to RCPT, DATA or the message
  unknown,   ///< the connection ended, or made no sense, between the final dot and the answer
};

struct Delivered {
  Outcome outcome;
  std::string detail;  ///< the server's code or the system's reason; no address, no content
};

class Transport {
 public:
  virtual ~Transport() = default;
  virtual Delivered send(ByteView message, const Address& from, const Address& to,
                         std::string_view message_id) = 0;
};

struct SmtpSettings {
  std::string host;
  std::uint16_t port = 587;
  enum class Security { starttls, tls, none_loopback_only } security = Security::starttls;
  std::string user;  ///< empty: no login
  std::string password;
  std::string helo = "localhost";
  std::chrono::seconds timeout{30};  ///< for each step of the dialogue
  std::filesystem::path ca_file;     ///< authorities to trust; empty: the system's
};

std::unique_ptr<Transport> make_smtp(SmtpSettings settings);
/// One file a message, named by its Message-ID, so that sending again replaces it by itself.
Result<std::unique_ptr<Transport>> make_maildir(std::filesystem::path folder);

}  // namespace refledger::delivery
