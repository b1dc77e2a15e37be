// One statement in the ledger, signed by the issuer.
//
// Shape    A compact JWS with typ "refledger-entry+jws" and a canonical JSON payload; at most 8 KiB
// Errors   malformed.  Parsing checks form alone: signatures and order are ledger/keys' business.
// Source   docs/format/entry.md; RFC 7515 §7.1; RFC 8785
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/core/bytes.h"
#include "ledger/core/result.h"
#include "ledger/core/signer.h"

namespace refledger::format {

constexpr std::string_view kEntryType = "refledger-entry+jws";
constexpr std::size_t kMaxEntryJws = 8192;

struct Issued {
  CredentialHash cred;
  std::optional<DocumentHash> doc;  ///< absent where the document is signed by hand
  ReferenceHash ref;
};

struct Withdrawn {
  std::uint64_t idx = 0;  ///< position in the status list
  std::uint64_t list = 0;
  ReferenceHash ref;
};

enum class KeyUse { issuer, status };

struct KeyAdded {
  std::string iss;
  PublicKey key;
  std::string name;                   ///< the issuer's legal name, or what the key is called
  std::optional<Signature> pop;       ///< see pop_message; always present in a parsed entry
  std::optional<EntryHash> prev;      ///< absent (null) in an issuer's first entry
  std::optional<PublicKey> recovery;  ///< absent (null) where none is set
  KeyUse use = KeyUse::issuer;
};

struct KeyRetired {
  std::optional<std::uint64_t> bad_from;
  std::string iss;
  std::string kid;
  EntryHash prev;
};

using Act = std::variant<Issued, Withdrawn, KeyAdded, KeyRetired>;

struct Entry {
  std::string jws;  ///< the leaf's bytes
  std::string kid;  ///< thumbprint of the signing key
  std::string log;  ///< origin of the log it was made for
  Act act;
  std::string signing_input;  ///< what `signature` is over
  Signature signature;
};

/// Whether such an entry could be written: `iss` a base as parse_base (link.h) gives it, with or
/// without a path of unreserved characters, at most 512 bytes; `name` one line of 1 to 256 bytes;
/// numbers within 2^53 - 1; `kid` a thumbprint; `origin` a key name.  For what comes from settings,
/// before it is signed.
Result<void> check_act(const Act& act, std::string_view origin);

/// Signs `act` for the log `origin`.  Ends the process if check_act would refuse them.
std::string sign_entry(const Act& act, std::string_view origin, const Signer& signer);

/// Signs a key-added whose `pop` is made here by `added` itself.
std::string sign_key_added(KeyAdded act, std::string_view origin, const Signer& added,
                           const Signer& signer);

Result<Entry> parse_entry(std::string_view jws);

/// What `pop` signs: "refledger-pop-v1" 00 | JCS of the payload without `pop`.
Bytes pop_message(const KeyAdded& act, std::string_view origin);

/// `prev` of the next key entry of that issuer.
EntryHash hash_entry(std::string_view jws);

}  // namespace refledger::format
