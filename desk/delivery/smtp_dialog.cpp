#include "desk/delivery/smtp_dialog.h"

#include <Poco/Exception.h>

#include <algorithm>
#include <array>

namespace refledger::delivery {
namespace {

constexpr std::size_t kMaxLine = 2048;
constexpr std::size_t kMaxLines = 100;

bool is_code(std::string_view line) {
  return line.size() >= 3 && line[0] >= '2' && line[0] <= '5' &&
         std::all_of(line.begin() + 1, line.begin() + 3,
                     [](char c) { return c >= '0' && c <= '9'; }) &&
         (line.size() == 3 || line[3] == ' ' || line[3] == '-');
}

}  // namespace

SmtpDialog::SmtpDialog(client::Connection connection, std::chrono::milliseconds step_time)
    : connection_(std::move(connection)), step_time_(step_time) {}

Result<Reply> SmtpDialog::command(std::string_view line) {
  if (Result<void> sent = send(std::string(line) + "\r\n"); !sent) return sent.error();
  return reply();
}

Result<Reply> SmtpDialog::reply() {
  connection_.restart(step_time_);
  Reply reply;
  for (;;) {
    const Result<std::string> one = line();
    if (!one) return one.error();
    if (!is_code(*one)) return Error{Fault::upstream, "not an SMTP reply"};
    const int code = std::stoi(one->substr(0, 3));
    if (reply.lines.empty()) reply.code = code;
    if (code != reply.code) return Error{Fault::upstream, "a reply of two codes"};
    reply.lines.push_back(one->size() > 4 ? one->substr(4) : "");
    if (one->size() == 3 || (*one)[3] == ' ') return reply;
    if (reply.lines.size() == kMaxLines) return Error{Fault::upstream, "an endless reply"};
  }
}

Result<std::string> SmtpDialog::line() {
  for (;;) {
    const std::size_t end = pending_.find("\r\n");
    if (end != std::string::npos && end <= kMaxLine) {
      std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 2);
      return line;
    }
    if (pending_.size() > kMaxLine) return Error{Fault::upstream, "an endless line"};
    if (Result<void> received = receive(); !received) return received.error();
  }
}

Result<void> SmtpDialog::receive() {
  try {
    std::array<char, 1024> block{};
    const int got = connection_.socket().receiveBytes(block.data(), block.size());
    if (got <= 0) return broken("the server ended the connection");
    pending_.append(block.data(), static_cast<std::size_t>(got));
    return {};
  } catch (const Poco::Exception& exception) {
    return broken(exception.name());
  }
}

Result<void> SmtpDialog::send(std::string_view bytes) {
  try {
    connection_.restart(step_time_);
    while (!bytes.empty()) {
      const auto block = static_cast<int>(std::min<std::size_t>(bytes.size(), 16 * 1024));
      const int sent = connection_.socket().sendBytes(bytes.data(), block);
      if (sent <= 0) return broken("the server takes no more");
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  } catch (const Poco::Exception& exception) {
    return broken(exception.name());
  }
}

Result<void> SmtpDialog::start_tls(const std::string& host, const std::filesystem::path& ca_file) {
  if (!pending_.empty()) {
    return Error{Fault::upstream, "the server spoke between STARTTLS and its start"};
  }
  connection_.restart(step_time_);
  return connection_.start_tls(host, ca_file);
}

Error SmtpDialog::broken(const char* kind) const {
  return {Fault::upstream, connection_.timed_out() ? "time is up" : kind};
}

}  // namespace refledger::delivery
