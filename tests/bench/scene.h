// What the benchmarks work on: a real ledger on disk with one issuer, and references to put there.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "ledger/format/entry.h"
#include "ledger/log/log.h"
#include "ledger/sign/ed25519_key.h"
#include "ledger/store/rocksdb_store.h"
#include "support/support.h"

namespace refledger::bench {

/// The value, or the end of the program: a benchmark on a broken scene measures nothing.
template <class T>
T need(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "benchmark: %s\n", result.error().detail.c_str());
    std::abort();
  }
  return *std::move(result);
}

inline void need(const Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "benchmark: %s\n", result.error().detail.c_str());
  std::abort();
}

class Ledger {
 public:
  Ledger() : Ledger({}, {}) {}

  /// In `folder`; none: in one that goes away with it.
  Ledger(const std::filesystem::path& folder, log::Settings settings)
      : store_(need(log::open_store((folder.empty() ? folder_.path() : folder) / "ledger"))),
        anchor_(need(log::FileAnchor::open(
            (folder.empty() ? folder_.path() : folder) / "ledger.head", "this machine"))),
        log_(need(
            log::Log::open(*store_, kOrigin, *log_key_, *anchor_, clock_, std::move(settings)))) {
    format::KeyAdded first;
    first.iss = "https://www.example.com";
    first.key = issuer_->public_key();
    first.name = "Muster AG";
    const std::vector<std::string> entries{
        format::sign_key_added(first, kOrigin, *issuer_, *issuer_)};
    need(log_->append(entries));
  }

  /// Signed ahead, so that only the append is measured.
  std::vector<std::string> entries(std::size_t count) {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(format::sign_entry(
          format::Issued{random_.draw<CredentialHash>(), random_.draw<DocumentHash>(),
                         random_.draw<ReferenceHash>()},
          kOrigin, *issuer_));
    }
    return made;
  }
  log::Log& log() { return *log_; }
  PublicKey issuer() const { return issuer_->public_key(); }

 private:
  static constexpr const char* kOrigin = "bench.example/log";
  test::TemporaryFolder folder_;
  test::FixedRandom random_;
  std::unique_ptr<sign::Ed25519Key> log_key_ = sign::Ed25519Key::generate(random_);
  std::unique_ptr<sign::Ed25519Key> issuer_ = sign::Ed25519Key::generate(random_);
  std::unique_ptr<store::Store> store_;
  const test::HandClock clock_;
  std::unique_ptr<log::FileAnchor> anchor_;
  std::unique_ptr<log::Log> log_;
};

/// What the disk allows: 400 bytes appended to a file and synced, one after the other.
class SyncedFile {
 public:
  SyncedFile() : SyncedFile(std::filesystem::path()) {}
  explicit SyncedFile(const std::filesystem::path& folder)
      : file_(::open(((folder.empty() ? folder_.path() : folder) / "file").c_str(),
                     O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) {}
  ~SyncedFile() { ::close(file_); }
  SyncedFile(const SyncedFile&) = delete;
  SyncedFile& operator=(const SyncedFile&) = delete;

  void append() {
    const std::string bytes(400, 'x');
    if (::write(file_, bytes.data(), bytes.size()) < 0 || ::fdatasync(file_) != 0) std::abort();
  }

 private:
  test::TemporaryFolder folder_;
  int file_;
};

}  // namespace refledger::bench
