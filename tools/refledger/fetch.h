// One GET, for `refledger verify LINK` and the desk's question to its public process.
//
// Errors   refused (plain http to another machine), not_found (404), upstream (anything else),
//          out_of_range (answer too long)
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "ledger/core/result.h"

namespace refledger::tools {

struct FetchOptions {
  std::filesystem::path ca_file;  ///< additional root certificates (PEM); empty: the system's alone
  std::size_t max_bytes = 4 * 1024 * 1024;
  std::chrono::seconds timeout{10};
};

/// The body of a 200 answer to a GET that accepts JSON.  Redirects are not followed.
Result<std::string> fetch(const std::string& url, const FetchOptions& options);

/// The same over the desk's Unix socket; `body` empty means GET, else POST.
Result<std::string> ask_socket(const std::filesystem::path& socket, std::string_view token,
                               const std::string& path, const std::string& body);

}  // namespace refledger::tools
