#include "desk/vault/vault.h"

#include <algorithm>
#include <array>

#include "ledger/core/aes_gcm.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::vault {
namespace {

constexpr std::string_view kCheckKey = "master-check";
constexpr std::string_view kCheckPurpose = "refledger-vault-check-v1";
constexpr std::string_view kIndexPurpose = "refledger-vault-index-v1";
constexpr std::size_t kKeyLength = 32;
constexpr std::size_t kTagLength = 32;
constexpr std::size_t kMaxKind = 32;
constexpr std::size_t kMaxIndex = 1024;

std::string_view key_of(const ItemId& id) { return text_of(id.view()); }

std::string key_purpose(const ItemId& id) { return "refledger-vault-key-v1 " + to_hex(id.view()); }

// The kind is in here too: an item is never read as something that it was not stored as.
std::string item_purpose(const ItemId& id, std::string_view kind) {
  return "refledger-vault-item-v1 " + to_hex(id.view()) + " " + std::string(kind);
}

Error wrong_master() { return {Fault::refused, "vault: this is not the vault's master key"}; }
Error altered(std::string_view what) {
  return {Fault::refused, "vault: the " + std::string(what) + " was altered"};
}
Error no_item() { return {Fault::not_found, "vault: no such item"}; }

bool is_kind(std::string_view kind) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  return !kind.empty() && kind.size() <= kMaxKind && std::all_of(kind.begin(), kind.end(), allowed);
}

Result<void> check_limits(std::string_view kind, std::string_view index, std::size_t content) {
  if (!is_kind(kind)) return Error{Fault::malformed, "vault: kind"};
  if (index.size() > kMaxIndex) return Error{Fault::out_of_range, "vault: index too long"};
  if (content > kMaxContent) return Error{Fault::out_of_range, "vault: content too long"};
  return {};
}

// Through a volatile pointer, so that the compiler keeps the writes.
void wipe(std::span<std::uint8_t> bytes) {
  volatile std::uint8_t* at = bytes.data();
  for (std::size_t n = 0; n < bytes.size(); ++n) at[n] = 0;
}

}  // namespace

// What lies sealed in the space "key": the item's key, its index tag (zeros: none) and its kind.
struct Vault::KeyRecord {
  std::array<std::uint8_t, kKeyLength> key{};
  std::array<std::uint8_t, kTagLength> tag{};
  std::string kind;

  KeyRecord() = default;
  KeyRecord(const KeyRecord&) = default;
  KeyRecord& operator=(const KeyRecord&) = default;
  ~KeyRecord() { wipe(key); }

  bool indexed() const {
    return std::any_of(tag.begin(), tag.end(), [](std::uint8_t byte) { return byte != 0; });
  }
  Bytes plain() const {
    Bytes bytes(key.begin(), key.end());
    bytes.insert(bytes.end(), tag.begin(), tag.end());
    bytes.insert(bytes.end(), kind.begin(), kind.end());
    return bytes;
  }
};

Vault::Vault(store::Store& store, const sign::MasterKey& master, Random& random)
    : store_(&store), master_(&master), random_(&random) {}

Result<ItemId> Vault::add(std::string_view kind, std::string_view index, ByteView content) {
  if (auto fits = check_limits(kind, index, content.size()); !fits) return fits.error();
  store::Batch batch;
  if (auto started = start(batch); !started) return started.error();
  const ItemId id = random_->draw<ItemId>();
  KeyRecord record;
  record.kind = kind;
  batch.expect("key", key_of(id), std::nullopt);
  if (!index.empty()) {
    const Bytes tag = tag_of(kind, index);
    std::copy(tag.begin(), tag.end(), record.tag.begin());
    batch.expect("index", text_of(tag), std::nullopt);
    batch.put("index", text_of(tag), id.view());
  }
  if (auto put = put_item(batch, id, record, content); !put) return put.error();
  if (auto written = store_->write(batch); !written) return written.error();
  master_checked_ = true;
  return id;
}

Result<void> Vault::replace(const ItemId& id, std::string_view kind, ByteView content) {
  if (auto fits = check_limits(kind, "", content.size()); !fits) return fits;
  std::optional<Bytes> stored;
  Result<KeyRecord> record = key_record(id, &stored);
  if (!record) return record.error();
  if (record->kind != kind) return Error{Fault::refused, "vault: item is of another kind"};
  store::Batch batch;
  batch.expect("key", key_of(id), stored);
  if (auto put = put_item(batch, id, *record, content); !put) return put;
  return store_->write(batch);
}

Result<Bytes> Vault::get(const ItemId& id, std::string_view kind) const {
  for (;;) {
    std::optional<Bytes> stored;
    Result<KeyRecord> record = key_record(id, &stored);
    if (!record) return record.error();
    if (record->kind != kind) return Error{Fault::refused, "vault: item is of another kind"};
    auto sealed = store_->get("item", key_of(id));
    if (!sealed) return sealed.error();
    Result<Bytes> content =
        *sealed ? open_item(*record, id, **sealed) : Result<Bytes>(altered("item"));
    if (content) return content;
    // Somebody may have replaced or erased the item between the two reads; its key tells.
    auto now = store_->get("key", key_of(id));
    if (!now) return now.error();
    if (*now == stored) return content;
  }
}

Result<Bytes> Vault::open_item(const KeyRecord& record, const ItemId& id, ByteView sealed) const {
  Result<Bytes> content =
      open_aes_gcm(record.key, bytes_of(item_purpose(id, record.kind)), sealed, "item");
  if (!content) return altered("item");
  return content;
}

Result<void> Vault::erase(const ItemId& id) {
  std::optional<Bytes> stored;
  Result<KeyRecord> record = key_record(id, &stored);
  if (!record) return record.error();
  store::Batch batch;
  batch.expect("key", key_of(id), stored);
  batch.remove("key", key_of(id));
  batch.remove("item", key_of(id));
  if (record->indexed()) batch.remove("index", text_of(record->tag));
  return store_->write(batch);
}

Result<std::optional<ItemId>> Vault::find(std::string_view kind, std::string_view index) const {
  if (auto fits = check_limits(kind, index, 0); !fits) return fits.error();
  if (auto checked = check_master(); !checked) return checked.error();
  const Bytes tag = tag_of(kind, index);
  auto stored = store_->get("index", text_of(tag));
  if (!stored) return stored.error();
  if (!*stored) return std::optional<ItemId>{};
  const std::optional<ItemId> id = ItemId::from(**stored);
  if (!id) return altered("index");
  // The item itself says which index it has, so an index entry bent to another item is noticed.
  Result<KeyRecord> record = key_record(*id);
  if (!record) return record.error().fault == Fault::storage ? record.error() : altered("index");
  if (!std::equal(tag.begin(), tag.end(), record->tag.begin())) return altered("index");
  return id;
}

Result<std::vector<ItemId>> Vault::list(std::string_view kind) const {
  if (auto checked = check_master(); !checked) return checked.error();
  std::vector<ItemId> found;
  std::optional<Error> failed;
  auto scanned = store_->scan("key", "", "", [&](std::string_view key, ByteView sealed) {
    const std::optional<ItemId> id = ItemId::from(bytes_of(key));
    Result<KeyRecord> record =
        id ? open_key_record(*id, sealed) : Result<KeyRecord>(altered("key"));
    if (!record) {
      failed = record.error();
    } else if (record->kind == kind) {
      found.push_back(*id);
    }
    return !failed;
  });
  if (!scanned) return scanned.error();
  if (failed) return *failed;
  return found;
}

// ---- below: the master key's check value, tags, key records -------------------------------------

Result<void> Vault::check_master() const {
  if (master_checked_) return {};
  auto stored = store_->get("meta", kCheckKey);
  if (!stored) return stored.error();
  if (!*stored) return {};  // a vault that nothing was put into yet
  if (!master_->open(**stored, kCheckPurpose)) return wrong_master();
  master_checked_ = true;
  return {};
}

// The first item ever brings the check value with it, in the same batch: no vault holds items of
// two master keys.
Result<void> Vault::start(store::Batch& batch) {
  if (auto checked = check_master(); !checked || master_checked_) return checked;
  batch.expect("meta", kCheckKey, std::nullopt);
  batch.put("meta", kCheckKey, master_->seal({}, kCheckPurpose, *random_));
  return {};
}

Bytes Vault::tag_of(std::string_view kind, std::string_view index) const {
  Bytes key = master_->derive(kIndexPurpose);
  std::string message(kind);
  message.push_back('\0');  // a kind has no zero byte, so no two pairs make the same message
  message.append(index);
  const Sha256 tag = hmac_sha256(key, bytes_of(message));
  wipe(key);
  return {tag.begin(), tag.end()};
}

Result<Vault::KeyRecord> Vault::key_record(const ItemId& id, std::optional<Bytes>* stored) const {
  if (auto checked = check_master(); !checked) return checked.error();
  auto sealed = store_->get("key", key_of(id));
  if (!sealed) return sealed.error();
  if (!*sealed) return no_item();
  Result<KeyRecord> record = open_key_record(id, **sealed);
  if (stored != nullptr) *stored = std::move(*sealed);
  return record;
}

Result<Vault::KeyRecord> Vault::open_key_record(const ItemId& id, ByteView sealed) const {
  Result<Bytes> plain = master_->open(sealed, key_purpose(id));
  if (!plain || plain->size() <= kKeyLength + kTagLength) return altered("key");
  KeyRecord record;
  const auto tag_at = plain->begin() + kKeyLength;
  std::copy(plain->begin(), tag_at, record.key.begin());
  std::copy(tag_at, tag_at + kTagLength, record.tag.begin());
  record.kind.assign(tag_at + kTagLength, plain->end());
  wipe(*plain);
  return record;
}

Result<void> Vault::put_item(store::Batch& batch, const ItemId& id, KeyRecord record,
                             ByteView content) {
  random_->fill(record.key);
  Bytes plain = record.plain();
  batch.put("key", key_of(id), master_->seal(plain, key_purpose(id), *random_));
  wipe(plain);
  const std::string purpose = item_purpose(id, record.kind);
  batch.put("item", key_of(id), seal_aes_gcm(record.key, bytes_of(purpose), content, *random_));
  return {};
}

}  // namespace refledger::vault
