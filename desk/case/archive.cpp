#include "desk/case/archive.h"

#include <algorithm>
#include <tuple>

#include "ledger/core/encoding.h"

namespace refledger::desk {
namespace {

constexpr std::string_view kCase = "case";
constexpr std::string_view kReference = "reference";
constexpr std::string_view kStatusIndex = "status-index";
constexpr std::string_view kReading = "reading";
constexpr std::string_view kLog = "log";
constexpr std::size_t kIndexBytes = 8;  // an item's id has 16

constexpr std::string_view kErased = "erased";

std::string key_of(const Case& one) {
  return index_of(one.iss, one.account, one.person, one.start, one.handing.correction_of);
}

std::string index_of(std::string_view iss, std::string_view account) {
  return Json::array({iss, account}).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::span<const std::string_view> kinds_of_case() {
  static constexpr std::string_view kKinds[] = {"message", "document", "prepared", "record",
                                                "proof",   "order",    "approval", "registration",
                                                "signer",  "sheet",    "hearing"};
  return kKinds;
}

Result<Kept> Archive::open(Case content) {
  Result<std::string> text = to_canonical_json(to_json(content));
  if (!text) return text.error();
  Result<vault::ItemId> item = vault_->add(kCase, key_of(content), bytes_of(*text));
  if (!item) return item.error();
  Kept kept{*item, std::move(content)};
  tell(kept);
  return kept;
}

Result<void> Archive::save(const Kept& kept) {
  Result<std::string> text = to_canonical_json(to_json(kept.content));
  if (!text) return text.error();
  if (auto saved = vault_->replace(kept.item, kCase, bytes_of(*text)); !saved) return saved;
  tell(kept);
  return {};
}

Result<Kept> Archive::load(const vault::ItemId& item) const {
  Result<Bytes> text = vault_->get(item, kCase);
  if (!text) return text.error();
  Result<Case> content = case_from_json(text_of(*text));
  if (!content) return content.error();
  return Kept{item, std::move(*content)};
}

Result<std::vector<Kept>> Archive::load_all(std::string_view iss, std::string_view account) const {
  Result<std::vector<vault::ItemId>> items = vault_->list(kCase);
  if (!items) return items.error();
  std::vector<Kept> all;
  for (const vault::ItemId& item : *items) {
    Result<Kept> kept = load(item);
    if (!kept) return kept.error();
    const Case& one = kept->content;
    if (one.iss == iss && one.account == account) all.push_back(std::move(*kept));
  }
  std::sort(all.begin(), all.end(), [](const Kept& a, const Kept& b) {
    return std::tie(a.content.opened_at, a.content.person, a.content.case_id) <
           std::tie(b.content.opened_at, b.content.person, b.content.case_id);
  });
  return all;
}

// What erasing does not know would stay when everything of a person has to go.
Result<void> Archive::keep(std::string_view kind, const Case& of, ByteView bytes) {
  const auto known = kinds_of_case();
  if (std::find(known.begin(), known.end(), kind) == known.end()) {
    return Error{Fault::refused, "archive: this kind is not among those of a case"};
  }
  Result<vault::ItemId> added = vault_->add(kind, of.case_id, bytes);
  if (!added) return added.error();
  return {};
}

Result<void> Archive::put(std::string_view kind, const Case& of, ByteView bytes) {
  auto item = vault_->find(kind, of.case_id);
  if (!item) return item.error();
  return *item ? vault_->replace(**item, kind, bytes) : keep(kind, of, bytes);
}

Result<std::optional<Bytes>> Archive::kept(std::string_view kind, const Case& of) const {
  auto item = vault_->find(kind, of.case_id);
  if (!item) return item.error();
  if (!*item) return std::optional<Bytes>{};
  Result<Bytes> bytes = vault_->get(**item, kind);
  if (!bytes) return bytes.error();
  return std::optional<Bytes>(std::move(*bytes));
}

Result<bool> Archive::destroy(std::string_view kind, const Case& of) {
  auto item = vault_->find(kind, of.case_id);
  if (!item) return item.error();
  if (!*item) return false;
  if (auto erased = vault_->erase(**item); !erased) return erased.error();
  return true;
}

Result<bool> Archive::name_reference(const ReferenceId& id, const vault::ItemId& item) {
  const std::string index = to_hex(id.view());
  auto found = vault_->find(kReference, index);
  if (!found) return found.error();
  if (*found) return false;
  Result<vault::ItemId> added = vault_->add(kReference, index, item.view());
  if (!added) return added.error();
  return true;
}

Result<std::optional<Kept>> Archive::find(const ReferenceId& id) const {
  auto found = vault_->find(kReference, to_hex(id.view()));
  if (!found) return found.error();
  if (!*found) return std::optional<Kept>{};
  Result<Bytes> bytes = vault_->get(**found, kReference);
  if (!bytes) return bytes.error();
  if (bytes->size() == kIndexBytes) return std::optional<Kept>{};  // erased
  const std::optional<vault::ItemId> item = vault::ItemId::from(*bytes);
  if (!item) return Error{Fault::malformed, "case: reference"};
  Result<Kept> kept = load(*item);
  if (!kept) return kept.error();
  return std::optional<Kept>(std::move(*kept));
}

Result<void> Archive::mark_erased(const Case& one) {
  const std::string key = key_of(one);
  auto marked = vault_->find(kErased, key);
  if (!marked) return marked.error();
  if (!*marked) {
    Result<vault::ItemId> added = vault_->add(kErased, key, {});
    if (!added) return added.error();
  }
  if (!one.identity) return {};
  auto reference = vault_->find(kReference, to_hex(one.identity->id.view()));
  if (!reference) return reference.error();
  if (!*reference) return {};
  Bytes index(kIndexBytes);
  for (std::size_t at = 0; at < kIndexBytes; ++at) {
    index[at] =
        static_cast<std::uint8_t>(one.identity->status_index >> (8 * (kIndexBytes - 1 - at)));
  }
  return vault_->replace(**reference, kReference, index);
}

Result<bool> Archive::was_erased(const Case& with_its_key) const {
  auto marked = vault_->find(kErased, key_of(with_its_key));
  if (!marked) return marked.error();
  return marked->has_value();
}

Result<std::optional<std::uint64_t>> Archive::erased_index(const ReferenceId& id) const {
  auto found = vault_->find(kReference, to_hex(id.view()));
  if (!found) return found.error();
  if (!*found) return std::optional<std::uint64_t>{};
  Result<Bytes> bytes = vault_->get(**found, kReference);
  if (!bytes) return bytes.error();
  if (bytes->size() != kIndexBytes) return std::optional<std::uint64_t>{};
  std::uint64_t index = 0;
  for (const std::uint8_t byte : *bytes) index = index << 8 | byte;
  return std::optional(index);
}

Result<void> Archive::erase(const Kept& kept) { return vault_->erase(kept.item); }

Result<void> Archive::claim_status_index(std::uint64_t number) {
  Result<vault::ItemId> added = vault_->add(kStatusIndex, std::to_string(number), {});
  if (!added) return added.error();
  return {};
}

Result<std::optional<std::string>> Archive::log_known(std::string_view iss,
                                                      std::string_view account) const {
  auto item = vault_->find(kLog, index_of(iss, account));
  if (!item) return item.error();
  if (!*item) return std::optional<std::string>{};
  Result<Bytes> name = vault_->get(**item, kLog);
  if (!name) return name.error();
  return std::optional(std::string(text_of(*name)));
}

Result<void> Archive::note_log(std::string_view iss, std::string_view account,
                               std::string_view origin) {
  const std::string index = index_of(iss, account);
  auto item = vault_->find(kLog, index);
  if (!item) return item.error();
  if (*item) return vault_->replace(**item, kLog, bytes_of(origin));
  Result<vault::ItemId> added = vault_->add(kLog, index, bytes_of(origin));
  return added ? Result<void>() : added.error();
}

Result<void> Archive::note_reading(std::string_view iss, std::string_view account,
                                   const HrReading& fresh) {
  Result<HrReading> before = reading(iss, account);
  if (!before && before.error().fault == Fault::storage) return before.error();
  const bool first = !before || (fresh.since && !before->since);
  if (!first && before->tells_the_same_as(fresh)) return {};
  Result<std::string> text = to_canonical_json(to_json(fresh));
  if (!text) return text.error();
  const std::string index = index_of(iss, account);
  auto item = vault_->find(kReading, index);
  if (!item) return item.error();
  if (*item) return vault_->replace(**item, kReading, bytes_of(*text));
  Result<vault::ItemId> added = vault_->add(kReading, index, bytes_of(*text));
  return added ? Result<void>() : added.error();
}

Result<HrReading> Archive::reading(std::string_view iss, std::string_view account) const {
  auto item = vault_->find(kReading, index_of(iss, account));
  if (!item) return item.error();
  if (!*item) return HrReading{};
  Result<Bytes> text = vault_->get(**item, kReading);
  if (!text) return text.error();
  return hr_reading_from_json(text_of(*text));
}

}  // namespace refledger::desk
