// The claim code: how a holder without a mail address fetches their reference.
//
// Shape    Code: 128 random bits in the typed form of a link's half (seven groups, the last
//          character checks it).  PIN: six digits.  Both are on the sheet that HR hands out.
// Order    A code is found by an HMAC of it, and kept nowhere in the clear.
// Errors   malformed: a typing error in the code
// Source   docs/workflow.md, "Until the holder has it"
#pragma once

#include <optional>
#include <set>
#include <string>

#include "desk/case/handing.h"
#include "desk/vault/vault.h"
#include "ledger/core/random.h"
#include "ledger/core/time.h"

namespace refledger::desk {

constexpr int kMaxWrongPins = 10;

/// What HR hands out, told once.
struct ClaimTicket {
  std::string code;
  std::string pin;
  UtcMillis good_until{};
};

/// What the holder gets.
struct HolderFiles {
  std::string case_id;
  std::string holder;
  std::string language;
  Bytes document;
  Bytes proof;
  std::string credential;  ///< SD-JWT with its disclosures
  std::set<Wish> wishes;   ///< asked for and not dealt with yet
  UtcMillis good_until{};
};

/// A code as it is kept: which case it opens, and what must be typed beside it.
struct Claim {
  std::string case_id;
  std::string code;  ///< 16 bytes in hex
  std::string pin;
  UtcMillis good_until{};
  int wrong_pins = 0;
};

/// Draws a code for the case in place of an earlier one.
Result<ClaimTicket> draw_claim(vault::Vault& vault, Random& random, const std::string& case_id,
                               UtcMillis good_until);

/// The case that the code opens.  A wrong PIN is counted before it is told.
Result<Claim> check_claim(vault::Vault& vault, const std::string& code, const std::string& pin,
                          UtcMillis now);

/// Whether there was one.
Result<bool> destroy_claim(vault::Vault& vault, std::string_view case_id);

}  // namespace refledger::desk
