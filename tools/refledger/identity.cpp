#include "tools/refledger/identity.h"

#include <algorithm>
#include <array>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxAnswer = 64 * 1024;
constexpr std::size_t kMaxKids = 256;
constexpr std::chrono::seconds kPatience{5};

// "https://www.example.com/branch" is of the domain "https://www.example.com".
std::string domain_of(const std::string& iss) {
  const std::size_t path = iss.find('/', iss.find("://") + 3);
  return iss.substr(0, path);
}

// The key hash of a note key as the endpoint writes it: eight hex digits.
std::string hash_of(const format::NoteKey& key) {
  const std::uint32_t id = key.id();
  const std::array<std::uint8_t, 4> bytes{
      static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
      static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
  return to_hex(bytes);
}

bool names_one_of(const std::string& origin, const std::string& hash,
                  const std::vector<format::NoteKey>& logs) {
  return std::any_of(logs.begin(), logs.end(), [&](const format::NoteKey& log) {
    return log.name == origin && hash_of(log) == hash;
  });
}

}  // namespace

Result<std::vector<format::Trust::Issuer>> ask_domain(const std::string& iss,
                                                      const std::vector<format::NoteKey>& logs,
                                                      const FetchOptions& fetch) {
  FetchOptions how = fetch;
  how.max_bytes = kMaxAnswer;
  how.timeout = std::min(how.timeout, kPatience);
  const Result<std::string> answer = tools::fetch(domain_of(iss) + "/.well-known/refledger", how);
  if (!answer) return answer.error();
  const Result<Json> told = parse_json(*answer, kMaxAnswer, "the domain's answer");
  if (!told) return told.error();
  const Result<std::string> version = string_member(*told, "v");
  if (!version || *version != "refledger1") return Error{Fault::malformed, "v: not refledger1"};
  const Result<std::string> origin = string_member(*told, "origin");
  if (!origin) return origin.error();
  const Result<std::string> hash = string_member(*told, "log");
  if (!hash) return hash.error();
  if (!names_one_of(*origin, *hash, logs)) {
    return Error{Fault::conflict, "the issuer's domain names another log"};
  }
  const auto kids = told->find("kid");
  if (kids == told->end() || !kids->is_array() || kids->size() > kMaxKids) {
    return Error{Fault::malformed, "kid: a list expected"};
  }
  std::vector<format::Trust::Issuer> vouched;
  for (const Json& kid : *kids) {
    if (!kid.is_string()) return Error{Fault::malformed, "kid: texts expected"};
    vouched.push_back({iss, kid.get<std::string>()});
  }
  return vouched;
}

}  // namespace refledger::tools
