// Orders as HR writes them, for a made-up person of the example issuer.
#pragma once

#include <string>

#include "ledger/core/json.h"

namespace refledger::desk {

/// A full Swiss reference in French, signed by seal; everything typed, the weaker signature
/// acknowledged.
inline Json full_order() {
  return Json::parse(R"({
    "v": 1, "by": "P. Muster", "to": "chantal@example.org",
    "type": "full_final", "country": "CH", "language": "fr",
    "given_name": "Canaria", "family_name": "Dupond", "salutation": "female",
    "employed_from": "2019-03-01", "employed_to": "2026-10-31",
    "functions": [{"title": "responsable de projets", "workload": "80 %", "from": "2019-03-01",
                   "tasks": ["conduite de projets du cahier des charges à la série",
                             "responsabilité des délais et du budget"]}],
    "ratings": [{"criterion": "expertise", "grade": 2}, {"criterion": "quality", "grade": 1},
                {"criterion": "quantity", "grade": 2},
                {"criterion": "conduct_managers", "grade": 2},
                {"criterion": "conduct_colleagues", "grade": 2},
                {"criterion": "conduct_clients", "grade": 2}],
    "thanks": true, "wishes": true,
    "overrides": [{"finding": "signing_mode_insufficient",
                   "reason": "la personne recevra aussi l'exemplaire signé à la main"}]
  })");
}

/// The same, to be signed by hand or elsewhere: nothing to acknowledge.
inline Json order_to_sign() {
  Json order = full_order();
  order.erase("overrides");
  return order;
}

}  // namespace refledger::desk
