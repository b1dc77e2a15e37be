// The mail that brings a reference to its holder, as finished bytes.
//
// Shape    RFC 5322 / MIME with CRLF, 7-bit clean; fixed Message-ID, Date and boundary
// Errors   malformed: an address outside the strict grammar, a header with control characters
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::delivery {

/// An address we are willing to hand to a mail server: dot-atom local part, host name or the like,
/// ASCII, at most 254 characters.
class Address {
 public:
  static Result<Address> parse(std::string_view text);
  const std::string& text() const { return text_; }

 private:
  explicit Address(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct Attachment {
  std::string name;  ///< ASCII
  std::string mime_type;
  Bytes content;
};

struct Mail {
  Address from;
  std::string from_name;
  Address to;
  std::string to_name;
  std::string subject;
  std::string text;  ///< LF line ends
  std::vector<Attachment> attachments;
  std::string message_id;  ///< without <>
  UtcMillis date;
};

/// The same mail gives the same bytes.
Result<Bytes> compose(const Mail& mail);

}  // namespace refledger::delivery
