// A company profile as bexio's recorded answers look, with invented values.
#pragma once

#include "ledger/core/bytes.h"
#include "ledger/core/encoding.h"
#include "ledger/core/json.h"

namespace refledger::ingest::bexio {

inline Json full_profile() {
  return {{"id", 1},
          {"name", "Muster AG"},
          {"address", "Bahnhofstrasse 1"},
          {"address_nr", ""},
          {"postcode", "8640"},
          {"city", "Rapperswil"},
          {"country_id", 1},
          {"country_name", "Schweiz"},
          {"legal_form", "corporation"},
          {"mail", nullptr},
          {"phone_fixed", "0041550000000"},
          {"description", nullptr},
          {"ust_id_nr", "CHE-109.322.551"},
          {"mwst_nr", "CHE-109.322.551 MWST"},
          {"trade_register_nr", nullptr},
          {"has_own_logo", true},
          {"is_public_profile", false},
          {"logo_base64", to_base64(bytes_of("\x89PNG\r\n\x1a\nnot really a picture"))}};
}

}  // namespace refledger::ingest::bexio
