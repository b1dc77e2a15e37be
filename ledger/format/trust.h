// The trust file: whose word counts when checking offline.
//
// Shape    tlog-policy lines (`log VKEY [url]`, `witness NAME VKEY [url]`, `group NAME all|any|K
//          MEMBERS...`, `quorum NAME|none`), and of our own `issuer ISS KID`, `root VKEY`,
//          `closed ORIGIN SIZE ROOT ended|key-stolen`; a line that begins with `#` is a comment;
//          exactly one quorum line; at most 64 KiB
// Errors   malformed, with the line's number
// Source   c2sp.org/tlog-policy; docs/format/trust.md
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/format/closing.h"

namespace refledger::format {

struct Trust {
  std::vector<NoteKey> logs;
  std::map<std::string, NoteKey> witnesses;
  std::map<std::string, std::string> witness_urls;  ///< where it takes checkpoints, if that is said
  struct Group {
    std::size_t threshold = 0;
    std::vector<std::string> members;
    friend bool operator==(const Group&, const Group&) = default;
  };
  std::map<std::string, Group> groups;  ///< without cycles: a group names what stands before it
  std::string quorum = "none";
  struct Issuer {
    std::string iss;
    std::string kid;
    friend bool operator==(const Issuer&, const Issuer&) = default;
  };
  std::vector<Issuer> issuers;
  std::vector<NoteKey> roots;  ///< whose word counts on where a log ends and goes on
  /// Logs above that were closed; where they go on is another of the logs.
  std::vector<Closing> closed;
  friend bool operator==(const Trust&, const Trust&) = default;
};

Result<Trust> parse_trust(std::string_view text);

/// Without comments and the logs' URLs, which say nothing about trust; groups in an order that can
/// be read back.
std::string format_trust(const Trust& trust);

}  // namespace refledger::format
