// The HTML of the public endpoint, from the templates in page/.
//
// Order    Everything that is not ours to write (names, addresses) goes through the template's
//          escaping.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/message.h"
#include "ledger/format/trust.h"
#include "verify/web/texts.h"

namespace refledger::web {

/// What the page about one ID says.
struct ReferencePage {
  enum class State { issued, withdrawn, unknown, malformed, cannot_check };
  State state = State::unknown;
  std::string id;
  std::string iss;
  std::string issuer_name;
};

class Pages {
 public:
  /// `log_vkey` is what the page's scripts trust.
  Pages(std::string public_url, std::string log_vkey);
  ~Pages();

  std::string entrance(Language language) const;
  std::string reference(Language language, const ReferencePage& page) const;
  std::string not_found(Language language) const;
  const std::string& burnt() const;  ///< in all languages at once, the same for every request

  struct Offline {
    std::string html;
    std::string policy;  ///< Content-Security-Policy that allows exactly its script and style
  };
  /// The verifier as one file, which confirms these issuers.
  Offline verifier(const std::vector<format::Trust::Issuer>& issuers) const;

  /// The folder under /page/ that holds this version's files: it changes when any of them does.
  const std::string& version() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace refledger::web
