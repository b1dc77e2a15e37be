// Personio's API v1.
//
// Order    A reading counts only when every page says the same total and as many different ids
// came;
//          otherwise the list is read again, three times in all.
// Source   developer.personio.de v1; docs/ingest.md
#pragma once

#include <memory>

#include "ingest/personio/api.h"

namespace refledger::ingest::personio {

std::unique_ptr<Api> make_v1(client::Endpoint endpoint, PersonioCredentials credentials,
                             Session::World world, Mapping mapping, unsigned page_size);

}  // namespace refledger::ingest::personio
