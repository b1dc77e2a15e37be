#include "desk/web/posted.h"

#include "ledger/core/json.h"

namespace refledger::site {
namespace {

constexpr std::string_view kKind = "posted";
constexpr std::chrono::hours kKept{24};

Result<std::string> text_of_note(std::string_view location, UtcMillis now) {
  return to_canonical_json({{"at", format_time(now)}, {"to", std::string(location)}});
}

Result<std::string> member(const vault::Vault& vault, const vault::ItemId& item, const char* name) {
  const Result<Bytes> content = vault.get(item, kKind);
  if (!content) return content.error();
  const Result<Json> parsed = from_canonical_json(text_of(*content), kKind);
  if (!parsed) return parsed.error();
  return string_member(*parsed, name);
}

}  // namespace

Result<Posted::Begun> Posted::begin(std::string_view session, std::string_view token,
                                    UtcMillis now) {
  const std::string index = std::string(session) + " " + std::string(token);
  const Result<std::string> text = text_of_note("", now);
  if (!text) return text.error();
  const Result<vault::ItemId> added = vault_->add(kKind, index, bytes_of(*text));
  if (added) return Begun{true, *added, {}};
  if (added.error().fault != Fault::conflict) return added.error();
  const auto item = vault_->find(kKind, index);
  if (!item) return item.error();
  if (!*item) return Error{Fault::conflict, "form: sent twice"};
  Result<std::string> location = member(*vault_, **item, "to");
  if (!location) return location.error();
  return Begun{false, {}, *std::move(location)};
}

Result<void> Posted::done(const vault::ItemId& item, std::string_view location, UtcMillis now) {
  const Result<std::string> text = text_of_note(location, now);
  if (!text) return text.error();
  return vault_->replace(item, kKind, bytes_of(*text));
}

Result<void> Posted::tidy(UtcMillis now) {
  const Result<std::vector<vault::ItemId>> items = vault_->list(kKind);
  if (!items) return items.error();
  for (const vault::ItemId& item : *items) {
    const Result<std::string> at = member(*vault_, item, "at");
    if (!at) return at.error();
    const Result<UtcMillis> time = parse_time(*at, "at");
    if (!time) return time.error();
    if (now < *time + kKept) continue;
    if (Result<void> gone = vault_->erase(item); !gone) return gone;
  }
  return {};
}

}  // namespace refledger::site
