#include "http/client/exchange.h"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>

#include "http/client/line.h"

namespace refledger::client {

Result<Endpoint> parse_base_url(std::string_view url) {
  const Error bad{Fault::malformed, "not of the form https://host/path"};
  if (!std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; })) return bad;
  try {
    const Poco::URI uri{std::string(url)};
    const bool tls = uri.getScheme() == "https";
    if ((!tls && uri.getScheme() != "http") || uri.getHost().empty()) return bad;
    if (!uri.getUserInfo().empty() || !uri.getRawQuery().empty() || !uri.getFragment().empty()) {
      return bad;
    }
    Endpoint endpoint{tls, uri.getHost(), uri.getPort(), uri.getPathEtc()};
    while (!endpoint.path.empty() && endpoint.path.back() == '/') endpoint.path.pop_back();
    return endpoint;
  } catch (const Poco::Exception&) {
    return bad;
  }
}

Result<Answer> exchange(const Endpoint& endpoint, const Request& request, std::size_t max_body) {
  return Line(endpoint, Line::Keep::one_request).exchange(request, max_body);
}

}  // namespace refledger::client
