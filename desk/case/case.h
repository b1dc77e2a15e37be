// HR's work on one leaver's reference, as it is kept in the vault.
//
// State    open -> drafted -> approved -> identified -> attested -> sealed -> stored -> logged ->
//          sending -> delivered (or unknown, refused) -> closed.  "open" may also be where it
//          stays: `waiting_for` then says what HR has to do.
// Shape    JSON, one vault item of kind "case", found by (issuer, account, person, employment
// start)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/watch/watch.h"
#include "ledger/core/bytes.h"
#include "ledger/core/json.h"
#include "ledger/core/result.h"
#include "ledger/credential/credential.h"

namespace refledger::desk {

enum class Stage {
  open,
  drafted,
  approved,
  identified,
  attested,
  sealed,
  stored,
  logged,
  sending,
  delivered,
  delivery_unknown,
  delivery_refused,
  withdrawn,
};
const char* name_of(Stage stage);

}  // namespace refledger::desk
