// Handing a message to a mail server.
//
// Order    unknown is said for one stretch only: from the moment the final dot is on its way until
//          its reply is read.  Before it the server has no complete message.
// Errors   The server's codes, never its words: these quote addresses.
// Source   RFC 5321; RFC 3207 (STARTTLS); RFC 4954, RFC 4616 (AUTH)
#include <algorithm>
#include <optional>
#include <utility>

#include "desk/delivery/smtp_dialog.h"
#include "desk/delivery/transport.h"
#include "http/client/connection.h"
#include "ledger/core/encoding.h"

namespace refledger::delivery {
namespace {

using Security = SmtpSettings::Security;
using Failure = std::optional<Delivered>;  // nothing: go on

constexpr std::size_t kMaxLine = 998;  // RFC 5321 §4.5.3.1.6, less CRLF
// Giving up early after the final dot makes duplicates (RFC 5321 §4.5.3.2.6).
constexpr int kDataPatience = 4;

Delivered not_sent(const std::string& detail) { return {Outcome::not_sent, "SMTP: " + detail}; }

Failure not_sent(const char* step, const Error& error) {
  return not_sent(std::string(step) + ": " + error.detail);
}

// Whatever the step: not logged in, not let in, not secured enough (RFC 4954 §6).
bool is_about_login(int code) { return code == 530 || code == 534 || code == 535 || code == 538; }

bool refuses(int code) { return code / 100 == 5 && !is_about_login(code); }

/// As far as MAIL a 5xx is about us or the session, and can be mended; from RCPT on it is about
/// this message.
Failure unless_code(const char* step, const Result<Reply>& reply, int wanted, bool final_5xx) {
  if (!reply) return not_sent(step, reply.error());
  if (reply->code / 100 == wanted) return std::nullopt;
  const std::string detail = "SMTP: " + std::string(step) + ": " + std::to_string(reply->code);
  const bool refused = final_5xx && refuses(reply->code);
  return Delivered{refused ? Outcome::refused : Outcome::not_sent, detail};
}

// What compose() writes and nothing else: another line end would be read as a line end by some
// servers and not by others, and a message could carry a second one past the first dot.
bool is_sendable(ByteView message) {
  std::size_t line = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] == '\r') {
      if (i + 1 == message.size() || message[i + 1] != '\n') return false;
      ++i;
      line = 0;
    } else if (message[i] == '\n' || message[i] == 0 || message[i] >= 0x80 || ++line > kMaxLine) {
      return false;
    }
  }
  return message.size() >= 2 && message.back() == '\n';
}

// RFC 5321 §4.5.2: a line that begins with a dot gets one more.
std::string dot_stuffed(ByteView message) {
  std::string out;
  out.reserve(message.size() + message.size() / 64);
  bool line_start = true;
  for (const std::uint8_t byte : message) {
    if (line_start && byte == '.') out += '.';
    out += static_cast<char>(byte);
    line_start = byte == '\n';
  }
  return out;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

/// The words after `keyword` in an EHLO reply; nothing if it is not offered.
std::optional<std::string> offered(const Reply& ehlo, const std::string& keyword) {
  for (std::size_t i = 1; i < ehlo.lines.size(); ++i) {
    const std::string line = upper(ehlo.lines[i]) + " ";
    if (line.rfind(keyword + " ", 0) == 0) return line.substr(keyword.size());
  }
  return std::nullopt;
}

bool is_helo_name(const std::string& text) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-[]:").find(c) != std::string_view::npos;
  });
}

// One connection, one message.
class Delivery {
 public:
  Delivery(const SmtpSettings& settings, SmtpDialog dialog)
      : settings_(settings), dialog_(std::move(dialog)) {}

  Delivered run(ByteView message, const Address& from, const Address& to) {
    if (Failure failure = greet()) return *failure;
    if (Failure failure = log_in()) return *failure;
    if (Failure failure = envelope(from, to)) return *failure;
    return data(message);
  }

 private:
  Failure greet() {
    if (settings_.security == Security::tls) {
      if (Failure failure = secure()) return failure;
    }
    if (Failure failure = unless_code("greeting", dialog_.reply(), 2, false)) return failure;
    if (Failure failure = say_hello()) return failure;
    return settings_.security == Security::starttls ? upgrade() : std::nullopt;
  }

  Failure say_hello() {
    Result<Reply> reply = dialog_.command("EHLO " + settings_.helo);
    if (Failure failure = unless_code("EHLO", reply, 2, false)) return failure;
    ehlo_ = std::move(*reply);
    return std::nullopt;
  }

  // Whatever was offered before TLS was not the server's word: it is asked again.
  Failure upgrade() {
    if (!offered(ehlo_, "STARTTLS")) return not_sent("the server offers no STARTTLS");
    if (Failure failure = unless_code("STARTTLS", dialog_.command("STARTTLS"), 2, false)) {
      return failure;
    }
    if (Failure failure = secure()) return failure;
    return say_hello();
  }

  Failure secure() {
    const Result<void> secured = dialog_.start_tls(settings_.host, settings_.ca_file);
    if (!secured) return not_sent("TLS", secured.error());
    secured_ = true;
    return std::nullopt;
  }

  Failure log_in() {
    if (settings_.user.empty()) return std::nullopt;
    if (!secured_) return not_sent("a login is sent under TLS only");
    const std::string methods = offered(ehlo_, "AUTH").value_or("");
    if (methods.find(" PLAIN ") != std::string::npos) return log_in_plain();
    if (methods.find(" LOGIN ") != std::string::npos) return log_in_login();
    return not_sent("the server offers neither AUTH PLAIN nor LOGIN");
  }

  Failure log_in_plain() {
    const std::string nul(1, '\0');
    const std::string words = nul + settings_.user + nul + settings_.password;
    return unless_code("AUTH", dialog_.command("AUTH PLAIN " + to_base64(bytes_of(words))), 2,
                       false);
  }

  Failure log_in_login() {
    if (Failure failure = unless_code("AUTH", dialog_.command("AUTH LOGIN"), 3, false)) {
      return failure;
    }
    const Result<Reply> user = dialog_.command(to_base64(bytes_of(settings_.user)));
    if (Failure failure = unless_code("AUTH", user, 3, false)) return failure;
    return unless_code("AUTH", dialog_.command(to_base64(bytes_of(settings_.password))), 2, false);
  }

  Failure envelope(const Address& from, const Address& to) {
    const Result<Reply> mail = dialog_.command("MAIL FROM:<" + from.text() + ">");
    if (Failure failure = unless_code("MAIL", mail, 2, false)) return failure;
    const Result<Reply> rcpt = dialog_.command("RCPT TO:<" + to.text() + ">");
    return unless_code("RCPT", rcpt, 2, true);
  }

  Delivered data(ByteView message) {
    if (Failure failure = unless_code("DATA", dialog_.command("DATA"), 3, true)) return *failure;
    dialog_.take_time(settings_.timeout * kDataPatience);
    if (const Result<void> sent = dialog_.send(dot_stuffed(message)); !sent) {
      return *not_sent("message", sent.error());
    }
    // From here on the server may have the whole message, whatever we hear.
    const Result<Reply> reply = dialog_.command(".");
    if (!reply) return {Outcome::unknown, "SMTP: final dot: " + reply.error().detail};
    return end(*reply);
  }

  Delivered end(const Reply& reply) {
    const std::string detail = "SMTP: final dot: " + std::to_string(reply.code);
    if (reply.code / 100 == 3) return {Outcome::unknown, detail};
    if (!reply.positive()) {
      return {refuses(reply.code) ? Outcome::refused : Outcome::not_sent, detail};
    }
    // Nothing that goes wrong now changes what was said.
    dialog_.take_time(settings_.timeout);
    static_cast<void>(dialog_.command("QUIT").has_value());
    return {Outcome::sent, detail};
  }

  const SmtpSettings& settings_;
  SmtpDialog dialog_;
  Reply ehlo_;
  bool secured_ = false;
};

class Smtp : public Transport {
 public:
  explicit Smtp(SmtpSettings settings) : settings_(std::move(settings)) {}

  Delivered send(ByteView message, const Address& from, const Address& to,
                 std::string_view) override {
    if (!is_sendable(message)) return {Outcome::refused, "SMTP: not a message of 7-bit CRLF lines"};
    if (!is_helo_name(settings_.helo)) return not_sent("helo is not a host's name");
    const client::Reach reach = settings_.security == Security::none_loopback_only
                                    ? client::Reach::loopback_only
                                    : client::Reach::anywhere;
    Result<client::Connection> connection =
        client::Connection::open(settings_.host, settings_.port, reach, settings_.timeout);
    if (!connection) return not_sent(connection.error().detail);
    Delivery delivery(settings_, SmtpDialog(std::move(*connection), settings_.timeout));
    return delivery.run(message, from, to);
  }

 private:
  SmtpSettings settings_;
};

}  // namespace

std::unique_ptr<Transport> make_smtp(SmtpSettings settings) {
  return std::make_unique<Smtp>(std::move(settings));
}

}  // namespace refledger::delivery
