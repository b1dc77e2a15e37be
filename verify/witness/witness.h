// A witness for other logs: it cosigns a log's checkpoint only after the one that it cosigned
// before was shown to be its beginning.
//
// State    FOLDER/HEX(SHA-256(origin)): the last cosigned checkpoint of that log.
// Order    A cosignature leaves only after the checkpoint is on disk.  After a write that failed
// the
//          witness stops: what is on disk is then not known.
// Errors   conflict: another witness holds the folder; storage: what is stored is damaged
// Threads  Any; one request at a time.
// Source   c2sp.org/tlog-witness, tlog-cosignature
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/core/result.h"
#include "ledger/core/signer.h"
#include "ledger/core/time.h"
#include "ledger/format/note.h"

namespace refledger::witness {

/// As HTTP has it.
struct Answer {
  unsigned status = 200;
  std::string media_type = "text/plain; charset=utf-8";
  std::string body = {};
};

class Witness {
 public:
  struct Identity {
    std::string name;  ///< of the witness's key
    const Signer* key;
  };
  /// `logs`: whom it watches.  All that is stored is read and checked.
  static Result<std::unique_ptr<Witness>> open(const std::filesystem::path& folder,
                                               std::vector<format::NoteKey> logs, Identity identity,
                                               const Clock& clock);
  ~Witness();

  Answer add_checkpoint(std::string_view body);
  /// The last cosigned checkpoint of the log with that HEX(SHA-256(origin)).
  Answer checkpoint(std::string_view hashed_origin) const;
  bool stopped() const;  ///< after a failed write
  format::NoteKey verifier_key() const;

 private:
  struct State;
  explicit Witness(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace refledger::witness
