// The trust file: whose word counts when checking offline.
//
// Shape    tlog-policy lines (`log VKEY [url]`, `witness NAME VKEY [url]`, `group NAME K
// members...`,
//          `quorum NAME|none`) and `issuer ISS KID` lines; `#` starts a comment; at most 64 KiB
// Errors   malformed, with the line's number
// Source   c2sp.org/tlog-policy; docs/format/trust.md
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/note.h"

namespace refledger::format {

struct Trust {
  std::vector<NoteKey> logs;
  std::map<std::string, NoteKey> witnesses;
  struct Group {
    std::size_t threshold = 0;
    std::vector<std::string> members;
  };
  std::map<std::string, Group> groups;
  std::string quorum = "none";
  struct Issuer {
    std::string iss;
    std::string kid;
  };
  std::vector<Issuer> issuers;
};

Result<Trust> parse_trust(std::string_view text);
std::string format_trust(const Trust& trust);

}  // namespace refledger::format
