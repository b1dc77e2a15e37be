#include "desk/delivery/message.h"

#include <algorithm>

#include "desk/delivery/header.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "ledger/core/text.h"

namespace refledger::delivery {
namespace {

constexpr std::size_t kColumns = 76;                        // RFC 2045 §6.8
constexpr std::size_t kMaxContent = std::size_t{20} << 20;  // of all attachments
constexpr std::size_t kMaxText = std::size_t{1} << 20;
constexpr std::size_t kMaxMessageId = 200;
constexpr std::size_t kMaxName = 100;

Error bad(const char* what, const char* why) {
  return {Fault::malformed, std::string("mail: ") + what + ": " + why};
}

bool each(std::string_view text, bool (*fits)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

// RFC 2045 §5.1, the usual part of it.
bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '+' || c == '_';
}

// A file name that needs no quoting anywhere and leads nowhere.
bool is_file_name_character(char c) {
  return c >= ' ' && c < 0x7f && std::string_view("\"\\/:*?<>|").find(c) == std::string_view::npos;
}

Result<void> check(const Attachment& attachment) {
  const std::string_view type = attachment.mime_type;
  const std::size_t slash = type.find('/');
  if (type.size() > kMaxName || slash == std::string_view::npos ||
      !each(type.substr(0, slash), is_token_character) ||
      !each(type.substr(slash + 1), is_token_character)) {
    return bad("attachment", "its type is not of the form application/pdf");
  }
  const std::string_view name = attachment.name;
  if (name.size() > kMaxName || !each(name, is_file_name_character) || name.front() == '.') {
    return bad("attachment", "its name is not plain ASCII");
  }
  return {};
}

Result<void> check_text(const std::string& text) {
  const std::optional<std::u32string> points = decode_utf8(text);
  if (text.size() > kMaxText || !points) return bad("text", "too long, or not UTF-8");
  const bool controls = std::any_of(points->begin(), points->end(), [](char32_t point) {
    return (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7f && point < 0xa0);
  });
  if (controls) return bad("text", "control characters");
  return {};
}

Result<void> check(const Mail& mail) {
  std::size_t content = 0;
  for (const Attachment& attachment : mail.attachments) {
    if (Result<void> checked = check(attachment); !checked) return checked;
    content += attachment.content.size();
  }
  if (content > kMaxContent) return Error{Fault::out_of_range, "mail: attachments beyond 20 MiB"};
  // Of the same plain form as an address (RFC 5322 §3.6.4 allows more).
  if (mail.message_id.size() > kMaxMessageId || !Address::parse(mail.message_id)) {
    return bad("message id", "not of the form unique@host");
  }
  return check_text(mail.text);
}

std::string in_columns(ByteView content) {
  const std::string base64 = to_base64(content);
  std::string out;
  for (std::size_t at = 0; at < base64.size(); at += kColumns) {
    out += base64.substr(at, kColumns) + "\r\n";
  }
  return out;
}

// MIME text has CRLF line ends before it is encoded (RFC 2046 §4.1.1).
std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

std::string text_part(const std::string& text) {
  return "Content-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: base64\r\n\r\n" +
         in_columns(bytes_of(with_crlf(text)));
}

std::string part(const Attachment& attachment) {
  return "Content-Type: " + attachment.mime_type + ";\r\n name=\"" + attachment.name +
         "\"\r\nContent-Disposition: attachment;\r\n filename=\"" + attachment.name +
         "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + in_columns(attachment.content);
}

// Drawn from the content, so that the same mail has the same one; '-' never occurs in base64.
std::string boundary_of(const std::string& head, const std::vector<std::string>& parts) {
  std::string all = head;
  for (const std::string& one : parts) all += one;
  const Sha256 hash = sha256(bytes_of(all));
  return "refledger-" + to_hex(hash).substr(0, 40);
}

Result<std::string> head_of(const Mail& mail) {
  const Result<std::string> from = mailbox(mail.from_name, mail.from, "mail: sender's name");
  if (!from) return from;
  const Result<std::string> to = mailbox(mail.to_name, mail.to, "mail: recipient's name");
  if (!to) return to;
  const Result<std::string> subject = unstructured(mail.subject, "mail: subject");
  if (!subject) return subject;
  return "From: " + *from + "\r\nTo: " + *to + "\r\nSubject: " + *subject +
         "\r\nDate: " + mail_date(mail.date) + "\r\nMessage-ID: <" + mail.message_id +
         ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
}

}  // namespace

Result<Bytes> compose(const Mail& mail) {
  if (Result<void> checked = check(mail); !checked) return checked.error();
  const Result<std::string> head = head_of(mail);
  if (!head) return head.error();
  std::vector<std::string> parts{text_part(mail.text)};
  for (const Attachment& attachment : mail.attachments) parts.push_back(part(attachment));
  const std::string boundary = boundary_of(*head, parts);
  std::string out =
      *head + "Content-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
  for (const std::string& one : parts) out += "--" + boundary + "\r\n" + one;
  out += "--" + boundary + "--\r\n";
  return copy_of(bytes_of(out));
}

}  // namespace refledger::delivery
