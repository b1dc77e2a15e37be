#include "tools/refledger/evidence.h"

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/credential/sealed_record.h"

namespace refledger::tools {
namespace {

constexpr std::size_t kMaxKeys = 256;

Result<Json> fetch_json(const format::Link& link, const std::string& path,
                        const FetchOptions& options) {
  const Result<std::string> answer = fetch(link.base + path, options);
  if (!answer) return answer.error();
  return parse_json(*answer, options.max_bytes, "the server's answer");
}

Result<format::LoggedEntry> logged(const Json& object) {
  const Result<std::string> entry = string_member(object, "entry");
  if (!entry) return entry.error();
  const Result<std::string> receipt = string_member(object, "receipt");
  if (!receipt) return receipt.error();
  return format::LoggedEntry{*entry, *receipt};
}

Result<std::vector<format::LoggedEntry>> logged_keys(const Json& told) {
  std::vector<format::LoggedEntry> keys;
  if (!told.contains("keys") || !told["keys"].is_array() || told["keys"].size() > kMaxKeys) {
    return Error{Fault::malformed, "keys: a list expected"};
  }
  for (const Json& key : told["keys"]) {
    Result<format::LoggedEntry> parsed = logged(key);
    if (!parsed) return parsed.error();
    keys.push_back(*std::move(parsed));
  }
  return keys;
}

// Only who knows a root key can make anything of it.
Result<void> add_closings(const format::Link& link, const FetchOptions& options,
                          verify::Evidence& evidence) {
  if (evidence.trust.roots.empty()) return {};
  const Result<std::string> told = fetch(link.base + "/log/closing", options);
  if (!told && told.error().fault == Fault::not_found) return {};
  if (!told) return told.error();
  Result<std::vector<std::string>> notes = format::parse_closings(*told);
  if (!notes) return notes.error();
  evidence.closings = *std::move(notes);
  return {};
}

}  // namespace

Result<void> add_told(const format::Link& link, const FetchOptions& options,
                      verify::Evidence& evidence) {
  const Result<Json> told = fetch_json(link, "/v/" + format::format_id(link.id), options);
  if (!told) return told.error();
  Result<format::LoggedEntry> issued = logged(*told);
  if (!issued) return issued.error();
  Result<std::vector<format::LoggedEntry>> keys = logged_keys(*told);
  if (!keys) return keys.error();
  format::ProofFile proof;
  proof.id = link.id;
  proof.issued = *std::move(issued);
  proof.keys = *std::move(keys);
  const Result<std::string> status = string_member(*told, "status_token");
  if (!status) return status.error();
  proof.status = *status;
  evidence.proof = std::move(proof);
  const Result<std::string> said = string_member(*told, "status");
  if (!said) return said.error();
  evidence.server_says_withdrawn = *said == "withdrawn";
  if (Result<void> closings = add_closings(link, options, evidence); !closings) return closings;
  if (told->contains("withdrawn") && (*told)["withdrawn"].is_object()) {
    Result<format::LoggedEntry> withdrawn = logged((*told)["withdrawn"]);
    if (!withdrawn) return withdrawn.error();
    evidence.withdrawal = *std::move(withdrawn);
  }
  return {};
}

Result<void> add_record(const format::Link& link, const FetchOptions& options,
                        verify::Evidence& evidence) {
  const Result<Json> record =
      fetch_json(link, "/v/" + format::format_id(link.id) + "/record", options);
  if (!record) return record.error();
  const Result<std::string> sealed_text = string_member(*record, "sealed");
  if (!sealed_text) return sealed_text.error();
  const Result<std::string> share_text = string_member(*record, "share");
  if (!share_text) return share_text.error();
  const Result<Bytes> sealed = from_base64url(*sealed_text, "sealed");
  if (!sealed) return sealed.error();
  const Result<Share> share = from_base64url_as<Share>(*share_text, "share");
  if (!share) return share.error();
  Result<credential::Credential> opened =
      credential::open_record(*sealed, {link.id, *link.secret, *share});
  if (!opened) return opened.error();
  evidence.credential = *std::move(opened);
  return {};
}

Result<void> add_trust_of_server(const format::Link& link, const FetchOptions& options,
                                 verify::Evidence& evidence) {
  const Result<Json> told = fetch_json(link, "/.well-known/refledger", options);
  if (!told) return told.error();
  const Result<std::string> vkey = string_member(*told, "vkey");
  if (!vkey) return vkey.error();
  Result<format::NoteKey> key = format::parse_vkey(*vkey);
  if (!key) return key.error();
  evidence.trust = format::Trust{};
  evidence.trust.logs.push_back(*std::move(key));
  evidence.trust_from_the_same_server = true;
  return {};
}

}  // namespace refledger::tools
