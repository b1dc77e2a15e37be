// An issuer that writes entries by the rules, for tests of the log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/format/entry.h"
#include "ledger/log/log.h"
#include "support/example.h"
#include "support/memory_anchor.h"
#include "support/memory_store.h"
#include "support/support.h"

namespace refledger::test {

inline ReferenceHash ref(std::uint64_t number) {
  return sha256_as<ReferenceHash>(bytes_of("ref" + std::to_string(number)));
}

inline DocumentHash doc(std::uint64_t number) {
  return sha256_as<DocumentHash>(bytes_of("doc" + std::to_string(number)));
}

class Company {
 public:
  explicit Company(std::uint8_t key = 1, std::string iss = kIss)
      : key_(key_of(key)), iss_(std::move(iss)) {}

  const sign::Ed25519Key& key() const { return *key_; }

  std::string add_key(const Signer& added, format::KeyUse use) {
    format::KeyAdded act;
    act.iss = iss_;
    act.name = "Muster AG";
    act.use = use;
    act.prev = last_;
    return remember(format::sign_key_added(act, kOrigin, added, *key_));
  }
  std::string first() { return add_key(*key_, format::KeyUse::issuer); }
  std::string retire(const Signer& retired) {
    const format::KeyRetired act{std::nullopt, iss_, thumbprint(retired.public_key()), *last_};
    return remember(format::sign_entry(act, kOrigin, *key_));
  }
  std::string issue(std::uint64_t number, std::optional<std::uint64_t> document = {}) const {
    format::Issued act;
    act.ref = ref(number);
    if (document) act.doc = doc(*document);
    return format::sign_entry(act, kOrigin, *key_);
  }
  std::string withdraw(std::uint64_t number) const {
    return format::sign_entry(format::Withdrawn{number, 0, ref(number)}, kOrigin, *key_);
  }

  /// Every kind of entry there is.
  std::vector<std::string> small_ledger() {
    return {
        first(),     issue(1, 1), add_key(*key_of(40), format::KeyUse::status), issue(2),
        issue(3, 1), withdraw(1), add_key(*key_of(41), format::KeyUse::issuer), retire(*key_of(41)),
        issue(4, 4)};
  }

 private:
  std::string remember(std::string jws) {
    last_ = format::hash_entry(jws);
    return jws;
  }
  std::unique_ptr<sign::Ed25519Key> key_;
  std::string iss_;
  std::optional<EntryHash> last_;
};

/// A log in memory with its anchor, opened with its key.  Its indexes are built when a test says
/// so, so that each write is one that the test knows of.
class MemoryLog {
 public:
  MemoryLog() { open(); }

  Result<void> try_open() {
    log_.reset();
    store.reopen();
    anchor.reopen();
    log::Settings settings;
    settings.index_in_background = false;
    settings.checkers = 1;
    Result<std::unique_ptr<log::Log>> opened =
        log::Log::open(store, kOrigin, *key, anchor, clock, settings);
    if (!opened) return opened.error();
    log_ = *std::move(opened);
    return {};
  }
  void open() {
    const Result<void> opened = try_open();
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
  }
  Result<std::vector<LeafIndex>> append(const std::vector<std::string>& entries) {
    return log_->append(entries);
  }
  void must_append(const std::vector<std::string>& entries) {
    const auto appended = append(entries);
    ASSERT_TRUE(appended.has_value()) << appended.error().detail;
  }
  log::View view() const { return *log_->view(); }
  log::Log& operator*() const { return *log_; }
  log::Log* operator->() const { return log_.get(); }

  std::unique_ptr<sign::Ed25519Key> key = key_of(99);
  MemoryStore store{log::kSpaces};
  MemoryAnchor anchor;
  HandClock clock;

 private:
  std::unique_ptr<log::Log> log_;
};

inline std::vector<LeafIndex> positions(std::initializer_list<std::uint64_t> numbers) {
  std::vector<LeafIndex> made;
  for (const std::uint64_t number : numbers) made.push_back({number});
  return made;
}

}  // namespace refledger::test
