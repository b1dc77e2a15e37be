// Personio's API v1, read-only.
//
// Order    One access token is kept and used until it runs out; a 401 leads to one new
//          authentication and one repetition.  A reading is complete and consistent, or an error.
// Errors   upstream (what Personio answered, without its content), refused (credentials, or an
//          attribute that they may not read), malformed (not what the API promises, or a setting)
// Threads  One call of read_people at a time.
// Source   developer.personio.de v1; docs/ingest.md
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "ingest/source/source.h"

namespace refledger::ingest {

struct PersonioCredentials {
  std::string client_id;
  std::string client_secret;
};

struct PersonioSettings {
  std::string base_url = "https://api.personio.de/v1";  ///< http only towards loopback
  /// Reference field (ingest/source/fields.h) to custom attribute ("dynamic_24407").
  std::map<std::string, std::string, std::less<>> mapping;
  std::chrono::seconds timeout{20};  ///< of one request, from connecting to the last byte
  unsigned page_size = 100;          ///< 1 to 100
  std::filesystem::path ca_file;     ///< authorities to trust; empty: the system's
};

using Sleep = std::function<void(std::chrono::milliseconds)>;

std::unique_ptr<HrSource> make_personio(PersonioSettings settings, PersonioCredentials credentials,
                                        const Clock& clock, Sleep sleep);

}  // namespace refledger::ingest
