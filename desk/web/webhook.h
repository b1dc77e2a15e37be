// Receives Personio's webhooks: a hint whom to read anew, and nothing that is believed.
//
// Shape    POST /hooks/personio/ACCOUNT, JSON with company_id, event_name, occurred_at, payload;
// the
//          header Authorization holds exactly the token that HR registered there.
// Order    Answers at once, whatever the desk is doing.  The token is compared before anything of
//          the body is looked at.
// Errors   404 another path, 405 another method, 401 another token, 400 not such a body; none of
//          these is tried again by Personio.  204: noted.
// Threads  Any.
// Source   developer.personio.de, webhooks (v2): no signature, the token is sent verbatim; the keys
//          of the payload are not published, so ids are taken from every place seen or likely.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/vault/vault.h"
#include "desk/web/hints.h"
#include "http/message.h"
#include "ledger/core/random.h"
#include "ledger/core/result.h"

namespace refledger::web {

constexpr std::size_t kMaxWebhook = 64 * 1024;

/// The ids of the people that an event is about; none where it names nobody.  malformed if it is
/// no event.
Result<std::vector<std::string>> people_in_webhook(std::string_view body);

class WebhookReceiver {
 public:
  WebhookReceiver(const std::string& account, std::string token, Hints& hints)
      : path_("/hooks/personio/" + account), token_(std::move(token)), hints_(&hints) {}

  http::Response answer(const http::Request& request);
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::string token_;
  Hints* hints_;
};

/// The account's token; drawn and kept in the vault the first time.
Result<std::string> webhook_token(vault::Vault& vault, Random& random, std::string_view account);

}  // namespace refledger::web
