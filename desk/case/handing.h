// How a reference reaches its holder after it was issued, and what the holder asks for then.
//
// Shape    A part of the case record.
// Errors   malformed: anything but what to_json writes
// Source   docs/workflow.md, "Until the holder has it"
#pragma once

#include <optional>
#include <set>
#include <string>

#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/core/time.h"

namespace refledger::desk {

/// What a holder may ask for on their page; HR deals with it.
enum class Wish { correction, erasure };
const char* name_of(Wish wish);

struct Handing {
  std::optional<UtcMillis> opened_at = {};  ///< the holder fetched the document with a claim code
  /// Files and address stay until then: a message may bounce, a claim code may be used.
  std::optional<UtcMillis> keep_until = {};
  std::string correction_of = {};             ///< the case whose reference this one replaces
  bool urgent = false;                        ///< the replaced one is withdrawn at once
  std::optional<UtcMillis> withdraw_at = {};  ///< its successor is out; it goes then
  std::set<Wish> wishes = {};                 ///< not dealt with yet
  friend bool operator==(const Handing&, const Handing&) = default;
};

Json to_json(const Handing& handing);
Result<Handing> handing_from_json(const Json& object);

}  // namespace refledger::desk
