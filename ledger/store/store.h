// The ordered key-value seam: the smallest store the ledger and the vault can live on.
//
// Order    A batch is applied whole or not at all, and is on disk when write() returns, unless its
//          `synced` is false: then at the latest with the next one that is.  A power cut before
//          that loses it, and with it all that were written after it.
// Errors   storage: it may or may not have happened; the caller stops and starts again.
//          conflict: an expectation of the batch did not hold; nothing was written.
// Threads  Any.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"

namespace refledger::store {

/// Keys order by their bytes.  `space` separates kinds of things; it is part of the store's schema.
struct Batch {
  struct Put {
    std::string space;
    std::string key;
    Bytes value;
  };
  struct Expect {  ///< nothing: the key must be absent
    std::string space;
    std::string key;
    std::optional<Bytes> value;
  };
  struct Remove {
    std::string space;
    std::string key;
  };
  std::vector<Expect> expects;
  std::vector<Put> puts;
  std::vector<Remove> removes;
  bool synced = true;

  void put(std::string_view space, std::string_view key, ByteView value);
  void remove(std::string_view space, std::string_view key);
  void expect(std::string_view space, std::string_view key, std::optional<Bytes> value);
};

class Reader {
 public:
  virtual ~Reader() = default;

  /// nothing if there is no such key.
  virtual Result<std::optional<Bytes>> get(std::string_view space, std::string_view key) const = 0;

  /// Calls `visit` for each key in [from, to) in order (`to` empty: to the end of the space) until
  /// it returns false.
  using Visit = std::function<bool(std::string_view key, ByteView value)>;
  virtual Result<void> scan(std::string_view space, std::string_view from, std::string_view to,
                            const Visit& visit) const = 0;
};

class Store : public Reader {
 public:
  virtual Result<void> write(const Batch& batch) = 0;

  /// What is in the store now, whatever is written after.  It must not outlive the store.
  virtual Result<std::unique_ptr<const Reader>> snapshot() const = 0;
};

/// A big-endian number as a key, so that numbers order as bytes.
std::string number_key(std::uint64_t number);

}  // namespace refledger::store
