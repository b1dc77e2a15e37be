// Personio's API v2.
//
// Order    Persons come page by page; each one's employments are fetched right after, one request
//          at a time.  v2 tells no total: a cursor or a person that comes again means that the list
//          moved, and it is read again, three times in all.  Where `with_total` can be asked, a
//          complete reading ends with whom its list has besides.
// Source   developer.personio.de v2; docs/ingest.md
#pragma once

#include <memory>

#include "ingest/personio/api.h"

namespace refledger::ingest::personio {

std::unique_ptr<Api> make_v2(client::Endpoint endpoint, PersonioCredentials credentials,
                             Session::World world, Mapping mapping, unsigned page_size,
                             Api* with_total);

}  // namespace refledger::ingest::personio
