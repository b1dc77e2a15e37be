#include "desk/case/prepared.h"

#include <algorithm>

#include "ledger/core/encoding.h"

namespace refledger::desk {
namespace {

Error broken(std::string_view field) {
  return {Fault::malformed, "prepared: " + std::string(field)};
}

Result<Bytes> bytes_member(const Json& object, const char* name) {
  const Result<std::string> text = string_member(object, name);
  if (!text) return text.error();
  return from_base64url(*text, name);
}

Result<pdf::Additions> additions_in(const Json& object) {
  pdf::Additions additions;
  if (!has_exactly(object, {"archive_timestamp", "second_signature", "validation_data"})) {
    return broken("additions");
  }
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, bool*>>{
           {"archive_timestamp", &additions.archive_timestamp},
           {"second_signature", &additions.second_signature},
           {"validation_data", &additions.validation_data}}) {
    if (!object[name].is_boolean()) return broken("additions");
    *value = object[name].get<bool>();
  }
  return additions;
}

}  // namespace

Json to_json(const PreparedDocument& prepared) {
  return {{"additions",
           {{"archive_timestamp", prepared.additions.archive_timestamp},
            {"second_signature", prepared.additions.second_signature},
            {"validation_data", prepared.additions.validation_data}}},
          {"attributes", to_base64url(prepared.asked.signed_attributes)},
          {"begin", prepared.page.contents_begin},
          {"chain", prepared.chain},
          {"digest", to_base64url(prepared.asked.digest)},
          {"document", to_base64url(prepared.asked.document)},
          {"end", prepared.page.contents_end},
          {"file", to_base64url(prepared.page.file)},
          {"last_day", format_date(prepared.last_day)},
          {"next_chain", prepared.next_chain},
          {"signed_chain", prepared.signed_chain},
          {"v", 1}};
}

Result<PreparedDocument> prepared_from_json(std::string_view canonical_text) {
  const Result<Json> object = from_canonical_json(canonical_text, "prepared");
  if (!object) return object.error();
  if (!has_exactly(*object, {"additions", "attributes", "begin", "chain", "digest", "document",
                             "end", "file", "last_day", "next_chain", "signed_chain", "v"})) {
    return broken("members");
  }
  PreparedDocument prepared;
  auto file = bytes_member(*object, "file");
  auto attributes = bytes_member(*object, "attributes");
  auto digest = bytes_member(*object, "digest");
  auto document = bytes_member(*object, "document");
  const auto begin = number_member(*object, "begin");
  const auto end = number_member(*object, "end");
  const auto chain = string_member(*object, "chain");
  const auto day = string_member(*object, "last_day");
  const auto signed_chain = string_member(*object, "signed_chain");
  const auto next_chain = string_member(*object, "next_chain");
  const auto additions = additions_in((*object)["additions"]);
  if (!signed_chain || !next_chain || !additions) return broken("member");
  if (!file || !attributes || !digest || !begin || !end || !chain || !day) return broken("member");
  if (!document || digest->size() != prepared.asked.digest.size() ||
      document->size() != prepared.asked.document.size()) {
    return broken("digest");
  }
  const Result<Date> last_day = parse_date(*day, "prepared: last_day");
  if (!last_day) return last_day.error();
  prepared.page = {std::move(*file), static_cast<std::size_t>(*begin),
                   static_cast<std::size_t>(*end)};
  prepared.asked.signed_attributes = std::move(*attributes);
  std::copy(digest->begin(), digest->end(), prepared.asked.digest.begin());
  std::copy(document->begin(), document->end(), prepared.asked.document.begin());
  prepared.chain = *chain;
  prepared.last_day = *last_day;
  prepared.additions = *additions;
  prepared.signed_chain = *signed_chain;
  prepared.next_chain = *next_chain;
  return prepared;
}

// Two people's, or the seal's and a person's.
Result<void> may_sign(const Signers& signers) {
  if (signers.seal_first && !signers.second_chain.empty()) {
    return Error{Fault::malformed, "signers: at most two signatures"};
  }
  if (auto first = seal::SignerChain::from_pem(signers.chain); !first) return first.error();
  if (signers.second_chain.empty()) return {};
  if (auto second = seal::SignerChain::from_pem(signers.second_chain); !second) {
    return second.error();
  }
  return {};
}

Json to_json(const Signers& signers) {
  return {{"chain", signers.chain},
          {"seal_first", signers.seal_first},
          {"second_chain", signers.second_chain}};
}

Result<Signers> signers_from_json(std::string_view canonical_text) {
  const Result<Json> object = from_canonical_json(canonical_text, "signers");
  if (!object) return object.error();
  if (!has_exactly(*object, {"chain", "seal_first", "second_chain"}) ||
      !(*object)["seal_first"].is_boolean()) {
    return broken("signers");
  }
  const auto chain = string_member(*object, "chain");
  const auto second = string_member(*object, "second_chain");
  if (!chain || !second) return broken("signers");
  return Signers{*chain, *second, (*object)["seal_first"].get<bool>()};
}

}  // namespace refledger::desk
