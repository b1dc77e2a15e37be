// A credential that the server keeps and cannot read.
//
// Shape    01 | nonce(12) | AES-256-GCM ciphertext and tag(16); inside, canonical JSON
//          {"credential":JWT,"disclosures":[...]} and zero bytes up to a multiple of 4096
// Units    At most 128 KiB.
// Source   docs/format/sealed-record.md; RFC 5869 (HKDF); NIST SP 800-38D
// Errors   refused: wrong secret, or altered; malformed: opened, but not a record
#pragma once

#include "ledger/core/bytes.h"
#include "ledger/core/random.h"
#include "ledger/core/result.h"
#include "ledger/credential/credential.h"

namespace refledger::credential {

struct RecordKeys {
  ReferenceId id;
  LinkSecret secret;
  Share share;
};

Result<Bytes> seal_record(const Credential& credential, const RecordKeys& keys, Random& random);
Result<Credential> open_record(ByteView sealed, const RecordKeys& keys);

}  // namespace refledger::credential
