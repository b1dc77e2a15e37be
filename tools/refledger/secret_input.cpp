#include "tools/refledger/secret_input.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "ledger/core/file.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxSecret = 16 * 1024;

// Not by opening /dev/stdin: that fails where standard input is a socket.
Result<std::string> read_standard_input() {
  std::string content(kMaxSecret + 1, '\0');
  std::cin.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(std::cin.gcount()));
  if (content.size() > kMaxSecret) {
    return Error{Fault::out_of_range, "standard input holds more than 16 KiB"};
  }
  return content;
}

// The terminal does not show what is typed while this lives.
class NoEcho {
 public:
  NoEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~NoEcho() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  bool works() const { return changed_; }

 private:
  termios before_{};
  bool changed_ = false;
};

std::string line_after(const char* question) {
  std::cerr << question << std::flush;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

}  // namespace

Result<std::string> read_secret(const std::string& file_or_dash) {
  if (file_or_dash == "-") return read_standard_input();
  const Result<Bytes> content = read_file(file_or_dash, kMaxSecret);
  if (!content) return content.error();
  return std::string(text_of(*content));
}

Result<accounts::Credentials> ask_for_credentials(bool has_client_id) {
  const Error none{Fault::malformed,
                   "no credentials: give --credentials FILE, or - for standard input"};
  if (::isatty(STDIN_FILENO) == 0) return none;
  accounts::Credentials credentials;
  if (has_client_id) credentials.id = line_after("Client id: ");
  {
    const NoEcho quiet;
    if (!quiet.works()) return none;
    credentials.secret = line_after(has_client_id ? "Client secret: " : "Token: ");
  }
  std::cerr << "\n";
  if (credentials.secret.empty() || (has_client_id && credentials.id.empty())) return none;
  return credentials;
}

}  // namespace refledger::tools
