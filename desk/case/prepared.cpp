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

}  // namespace

Json to_json(const PreparedDocument& prepared) {
  return {{"attributes", to_base64url(prepared.asked.signed_attributes)},
          {"begin", prepared.page.contents_begin},
          {"chain", prepared.chain},
          {"digest", to_base64url(prepared.asked.digest)},
          {"end", prepared.page.contents_end},
          {"file", to_base64url(prepared.page.file)},
          {"last_day", format_date(prepared.last_day)},
          {"v", 1}};
}

Result<PreparedDocument> prepared_from_json(std::string_view canonical_text) {
  const Result<Json> object = from_canonical_json(canonical_text, "prepared");
  if (!object) return object.error();
  if (!has_exactly(*object,
                   {"attributes", "begin", "chain", "digest", "end", "file", "last_day", "v"})) {
    return broken("members");
  }
  PreparedDocument prepared;
  auto file = bytes_member(*object, "file");
  auto attributes = bytes_member(*object, "attributes");
  auto digest = bytes_member(*object, "digest");
  const auto begin = number_member(*object, "begin");
  const auto end = number_member(*object, "end");
  const auto chain = string_member(*object, "chain");
  const auto day = string_member(*object, "last_day");
  if (!file || !attributes || !digest || !begin || !end || !chain || !day) return broken("member");
  if (digest->size() != prepared.asked.digest.size()) return broken("digest");
  const Result<Date> last_day = parse_date(*day, "prepared: last_day");
  if (!last_day) return last_day.error();
  prepared.page = {std::move(*file), static_cast<std::size_t>(*begin),
                   static_cast<std::size_t>(*end)};
  prepared.asked.signed_attributes = std::move(*attributes);
  std::copy(digest->begin(), digest->end(), prepared.asked.digest.begin());
  prepared.chain = *chain;
  prepared.last_day = *last_day;
  return prepared;
}

}  // namespace refledger::desk
