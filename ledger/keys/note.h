// Whether a signed note carries a signature of a key one trusts.
//
// Source   c2sp.org/signed-note (unknown signatures are ignored, a known one that fails spoils all)
#pragma once

#include "ledger/format/checkpoint.h"

namespace refledger::keys {

enum class NoteTrust { signed_by_key, unknown_signers, bad_signature };

NoteTrust check_note(const format::Note& note, const format::NoteKey& key);

}  // namespace refledger::keys
