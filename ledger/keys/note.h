// Whether a signed note carries a signature of a key one trusts.
//
// Source   c2sp.org/signed-note (unknown signatures are ignored, a known one that fails spoils
// all);
//          c2sp.org/tlog-cosignature (what a witness signs)
#pragma once

#include <cstdint>

#include "ledger/format/checkpoint.h"

namespace refledger::keys {

enum class NoteTrust { signed_by_key, unknown_signers, bad_signature };

/// For a log's key as for a witness's.
NoteTrust check_note(const format::Note& note, const format::NoteKey& key);

struct Cosignature {
  NoteTrust trust = NoteTrust::unknown_signers;
  std::uint64_t time = 0;  ///< POSIX seconds, the latest where a witness signed twice
};

/// The same for a key of type kNoteCosignature, with the time that the witness states.
Cosignature check_cosignature(const format::Note& note, const format::NoteKey& witness);

/// What a witness signs: "cosignature/v1" LF "time N" LF and the checkpoint's text.
std::string cosignature_message(std::string_view checkpoint_text, std::uint64_t time);

/// The signature line of a witness that states `time` (POSIX seconds).
format::NoteSignature cosign(std::string_view checkpoint_text, std::string_view name,
                             std::uint64_t time, const Signer& witness);

}  // namespace refledger::keys
