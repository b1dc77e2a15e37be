// What a test of a connection found, item by item, in words for whoever set it up.
//
// Shape    Item ids are stable: "login", "attribute".  The sentences never hold a person's data, a
//          secret, or what the other side wrote beyond a title.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace refledger::ingest {

/// The same sentence in the languages that HR reads.
struct Sentences {
  std::string de;
  std::string fr;
  std::string it;
  std::string en;
  friend bool operator==(const Sentences&, const Sentences&) = default;
};

enum class CheckState {
  ok,
  warning,  ///< works, with something less
  missing,  ///< does not work without it
};

struct CheckItem {
  std::string id;       ///< of the table of sentences
  std::string subject;  ///< what it is about, e.g. an attribute's key; may be empty
  CheckState state = CheckState::ok;
  Sentences text;  ///< what was found and, unless ok, what to do
};

struct ConnectionReport {
  std::vector<std::string> apis = {};  ///< that the credential opens: "v1", "v2"
  std::string api = {};                ///< that is used; empty: none
  std::vector<CheckItem> items = {};

  bool passed() const {
    return !api.empty() && std::none_of(items.begin(), items.end(), [](const CheckItem& item) {
      return item.state == CheckState::missing;
    });
  }
};

}  // namespace refledger::ingest
