// Personio, read-only: API v2 where the credential opens it, else v1, behind one HrSource.
//
// Order    A reading is complete and consistent, or an error.  The same person comes out of both
//          versions; only v2 tells employments apart.
// Errors   upstream (what Personio answered, without anybody's data), refused (credentials, or an
//          attribute that they may not read), malformed (not what the API promises, or a setting)
// Threads  One call at a time on one source.  Sources of one account share a pace.
// Source   developer.personio.de v1 and v2; docs/ingest.md
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "ingest/source/source.h"
#include "ledger/core/random.h"

namespace refledger::ingest {

namespace personio {
class Pace;
}

struct PersonioCredentials {
  std::string client_id;
  std::string client_secret;
};

enum class PersonioApi {
  automatic,  ///< v2 where the credential opens it, else v1
  v1,
  v2,
};

enum class PersonioLimits {
  automatic,   ///< documented for Personio's own host, learned for any other
  documented,  ///< v1's published limits hold from the first request
  learned,     ///< full speed until the server says otherwise
};

struct PersonioSettings {
  /// With or without /v1 or /v2 at its end; http only towards loopback.
  std::string base_url = "https://api.personio.de";
  PersonioApi api = PersonioApi::automatic;
  PersonioLimits limits = PersonioLimits::automatic;
  /// Reference field (ingest/source/fields.h) to custom attribute: its key ("dynamic_24407") or its
  /// universal id ("date_of_birth").
  std::map<std::string, std::string, std::less<>> mapping;
  std::chrono::seconds timeout{20};  ///< of one request, from connecting to the last byte
  unsigned page_size = 100;          ///< 1 to 100; of v2 50 at most
  std::filesystem::path ca_file;     ///< authorities to trust; empty: the system's
};

using Sleep = std::function<void(std::chrono::milliseconds)>;

/// What the sources of one account share, so that together they stay within its limits.
std::shared_ptr<personio::Pace> make_personio_pace(const PersonioSettings& settings);

/// A source that cannot be asked, because its settings are wrong, says so at each call.
std::unique_ptr<HrSource> make_personio(PersonioSettings settings, PersonioCredentials credentials,
                                        const Clock& clock, Sleep sleep, Random& random,
                                        std::shared_ptr<personio::Pace> pace = nullptr);

}  // namespace refledger::ingest
