// The headers that every answer of the public endpoint carries.
//
// Source   docs/public-endpoint.md has the whole table
#pragma once

#include <string>

#include "http/message.h"
#include "verify/web/route.h"

namespace refledger::web {

/// Security headers, CORS where the page is open, HSTS where `public_url` is https.  A policy that
/// the answer has set itself stays.
void add_common_headers(http::Response& response, Page page, const std::string& public_url);

http::Response json_response(unsigned status, std::string body);
http::Response html_response(unsigned status, std::string body);

void never_store(http::Response& response);
void store_for(http::Response& response, unsigned seconds);
void store_for_ever(http::Response& response);

}  // namespace refledger::web
