// The kinds of systems that an account can be at.  A further one is a class behind HrSource or
// CompanySource and one entry here.
//
// Source   docs/ingest.md
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "desk/accounts/account.h"
#include "ingest/source/company.h"
#include "ingest/source/source.h"
#include "ledger/core/random.h"

namespace refledger::accounts {

/// What the clients work with; all of it outlives them.
struct Outside {
  const Clock* clock;
  std::function<void(std::chrono::milliseconds)> sleep;
  Random* random;
};

/// One thing that is asked of a system, and what for.
struct Asked {
  std::string request;  ///< "GET /2.0/company_profile"
  std::string field;    ///< the system's own key
  ingest::Sentences purpose;
};

/// What all clients of one account share, made by the first: where it stands in the limits.
using Shared = std::shared_ptr<void>;

struct Kind {
  std::string_view name;      ///< "personio"
  std::string_view label;     ///< "Personio"
  std::string_view base_url;  ///< unless told otherwise
  bool has_client_id;         ///< an id and a secret; else a token alone
  /// Null: it tells no people.
  std::unique_ptr<ingest::HrSource> (*people)(const Connection&, const Mapping&, const Outside&,
                                              Shared& shared);
  /// Null: it tells no company.
  std::unique_ptr<ingest::CompanySource> (*company)(const Connection&, const Outside&);
  /// `api`: the version in use, or empty.
  std::vector<Asked> (*asked)(std::string_view api, const Mapping&);
};

/// Personio and bexio.
std::span<const Kind> kinds();

}  // namespace refledger::accounts
