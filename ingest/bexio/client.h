// bexio's company profile, read-only: one GET with a Personal Access Token.
//
// Errors   refused (the token, or its rights), upstream (bexio failed or asked for more patience
//          than a run has), malformed (not what the API promises, or a setting).  Nothing that
//          bexio wrote is repeated.
// Order    429, 5xx and broken connections are repeated a few times, after waits that grow, vary
//          at random and heed the limits in bexio's headers.
// Threads  One call at a time.
// Source   docs.bexio.com, GET /2.0/company_profile; docs/ingest.md
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "ingest/source/company.h"
#include "ledger/core/random.h"

namespace refledger::ingest {

struct BexioSettings {
  std::string base_url = "https://api.bexio.com";  ///< http only towards loopback
  std::chrono::seconds timeout{20};                ///< of one request
  std::filesystem::path ca_file;                   ///< authorities to trust; empty: the system's
};

std::unique_ptr<CompanySource> make_bexio(BexioSettings settings, std::string token,
                                          const Clock& clock,
                                          std::function<void(std::chrono::milliseconds)> sleep,
                                          Random& random);

}  // namespace refledger::ingest
