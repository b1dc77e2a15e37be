#include "tools/refledger/fetch.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <istream>
#include <iterator>
#include <ostream>

#include "http/client/exchange.h"

namespace refledger::tools {
namespace {

Error refused_with(unsigned status) {
  return {status == 404 ? Fault::not_found : Fault::upstream,
          "the server answered " + std::to_string(status)};
}

}  // namespace

Result<std::string> fetch(const std::string& url, const FetchOptions& options) {
  Result<client::Endpoint> endpoint = client::parse_base_url(url);
  if (!endpoint) return endpoint.error();
  endpoint->timeout = options.timeout;
  endpoint->ca_file = options.ca_file;
  Result<client::Answer> answer = client::exchange(*endpoint, {}, options.max_bytes);
  if (!answer) return answer.error();
  if (answer->status != 200) return refused_with(answer->status);
  return std::move(answer->body);
}

Result<std::string> ask_socket(const std::filesystem::path& socket, std::string_view token,
                               const std::string& path, const std::string& body) {
  using Poco::Net::HTTPRequest;
  try {
    const Poco::Net::SocketAddress address(Poco::Net::SocketAddress::UNIX_LOCAL, socket.string());
    Poco::Net::HTTPClientSession session{Poco::Net::StreamSocket(address)};
    session.setTimeout(Poco::Timespan(600, 0));
    HTTPRequest request(body.empty() ? HTTPRequest::HTTP_GET : HTTPRequest::HTTP_POST, path,
                        HTTPRequest::HTTP_1_1);
    request.setHost("desk");
    request.set("Authorization", "Bearer " + std::string(token));
    request.setKeepAlive(false);
    if (!body.empty()) {
      request.setContentType("application/json");
      request.setContentLength(static_cast<std::streamsize>(body.size()));
    }
    session.sendRequest(request) << body;
    Poco::Net::HTTPResponse response;
    std::istream& answer = session.receiveResponse(response);
    if (response.getStatus() != Poco::Net::HTTPResponse::HTTP_OK) {
      return refused_with(static_cast<unsigned>(response.getStatus()));
    }
    return std::string(std::istreambuf_iterator<char>(answer), {});
  } catch (const Poco::Exception&) {
    return Error{Fault::not_found, "no desk is running on " + socket.string()};
  } catch (const std::exception&) {
    return Error{Fault::not_found, "no desk is running on " + socket.string()};
  }
}

}  // namespace refledger::tools
