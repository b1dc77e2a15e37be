// What the QR code holds, and the same to be typed by hand.
//
// Shape    HTTPS://HOST/V/ID#SECRET, ID and SECRET 26 characters of Crockford base32 each.
//          By hand: six groups of four and one of three, the last character Crockford's check
//          symbol of the 26 before it.
// Errors   malformed; a wrong check symbol says "typing error"
// Source   docs/format/link.md
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::format {

struct Link {
  std::string base;  ///< `https://host` or `https://host:port`, lower case, no path
  ReferenceId id;
  std::optional<LinkSecret> secret;
};

/// A link's base as it may be configured: `https://HOST` or `https://HOST:PORT`, HOST a name or an
/// IPv4 address; http only for `localhost` and 127.0.0.1.  Case is folded to lower; a port that is
/// the scheme's own, and anything after the port, are malformed.
Result<std::string> parse_base(std::string_view text);

/// The QR code's text: all of it upper case.
std::string format_qr_text(const Link& link);
/// `https://host/v/ID#SECRET`, for mails and screens.
std::string format_link(const Link& link);
/// Takes either form; the path's letters in either case, the base32 in upper case only.
Result<Link> parse_link(std::string_view text);

std::string format_id(const ReferenceId& id);  ///< 26 characters
Result<ReferenceId> parse_id(std::string_view text);

/// `0123 4567 89AB CDEF GHJK MNPQ RS=` for printing beside the QR code.
std::string format_typed(ByteView sixteen_bytes);
/// Blanks and hyphens are skipped, lower case is taken, I and L read as 1, O as 0.
Result<Bytes> parse_typed(std::string_view text);

}  // namespace refledger::format
