// Header values of a mail: plain where they may be, encoded words where they must be.
//
// Errors   malformed: not UTF-8, control or direction-changing characters, too long
// Source   RFC 5322 §2.1.1, §3.2.4, §3.3; RFC 2047 §2, §5
#pragma once

#include <string>
#include <string_view>

#include "desk/delivery/message.h"

namespace refledger::delivery {

/// `text` as unstructured value, e.g. of Subject; folded.
Result<std::string> unstructured(std::string_view text, std::string_view what);

/// `name <address>`; the address alone where the name is empty; folded.
Result<std::string> mailbox(std::string_view name, const Address& address, std::string_view what);

/// "Fri, 20 Nov 2026 08:00:00 +0000"
std::string mail_date(UtcMillis time);

}  // namespace refledger::delivery
