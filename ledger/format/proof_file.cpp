#include "ledger/format/proof_file.h"

#include <cstdlib>

#include "ledger/core/json.h"
#include "ledger/format/link.h"

namespace refledger::format {
namespace {

constexpr std::size_t kMaxFile = std::size_t{1} << 20;
constexpr std::size_t kMaxKeys = 256;

Error bad(const char* why) { return {Fault::malformed, std::string("proof file: ") + why}; }

Json json_of(const ProofFile& file) {
  Json keys = Json::array();
  for (const LoggedEntry& key : file.keys) {
    keys.push_back({{"entry", key.entry}, {"receipt", key.receipt}});
  }
  return {{"entry", file.issued.entry},     {"id", format_id(file.id)}, {"keys", std::move(keys)},
          {"receipt", file.issued.receipt}, {"status", file.status},    {"v", 1}};
}

Result<LoggedEntry> logged_from(const Json& object) {
  const Result<std::string> entry = string_member(object, "entry");
  if (!entry) return entry.error();
  const Result<std::string> receipt = string_member(object, "receipt");
  if (!receipt) return receipt.error();
  return LoggedEntry{*entry, *receipt};
}

Result<std::vector<LoggedEntry>> keys_from(const Json& keys) {
  if (!keys.is_array() || keys.size() > kMaxKeys) return bad("keys");
  std::vector<LoggedEntry> made;
  for (const Json& key : keys) {
    if (!has_exactly(key, {"entry", "receipt"})) return bad("keys");
    Result<LoggedEntry> logged = logged_from(key);
    if (!logged) return logged.error();
    made.push_back(*std::move(logged));
  }
  return made;
}

}  // namespace

std::string format_proof_file(const ProofFile& file) {
  Result<std::string> text = to_canonical_json(json_of(file));
  if (!text) std::abort();  // entries, receipts and tokens are UTF-8 by their own formats
  return *std::move(text);
}

Result<ProofFile> parse_proof_file(std::string_view text) {
  if (text.size() > kMaxFile) return bad("longer than 1 MiB");
  const Result<Json> json = from_canonical_json(text, "proof file");
  if (!json) return json.error();
  if (!has_exactly(*json, {"entry", "id", "keys", "receipt", "status", "v"})) return bad("members");
  if ((*json)["v"] != 1) return bad("version");
  const Result<std::string> id_text = string_member(*json, "id");
  if (!id_text) return id_text.error();
  const Result<ReferenceId> id = parse_id(*id_text);
  if (!id) return id.error();
  Result<LoggedEntry> issued = logged_from(*json);
  if (!issued) return issued.error();
  Result<std::vector<LoggedEntry>> keys = keys_from((*json)["keys"]);
  if (!keys) return keys.error();
  Result<std::string> status = string_member(*json, "status");
  if (!status) return status.error();
  return ProofFile{*id, *std::move(issued), *std::move(keys), *std::move(status)};
}

}  // namespace refledger::format
