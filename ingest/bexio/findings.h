// What a test of the connection to bexio can find, in words.
#pragma once

#include <string_view>

#include "ingest/source/report.h"

namespace refledger::ingest::bexio {

/// The finding `id` in `state`: reach, login, rights, answer, limit, name, address,
/// register, logo, unusable.
CheckItem finding(std::string_view id, CheckState state, std::string subject = {});

}  // namespace refledger::ingest::bexio
