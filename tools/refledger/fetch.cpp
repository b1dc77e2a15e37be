#include "tools/refledger/fetch.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/URI.h>

#include <array>
#include <istream>
#include <memory>
#include <ostream>

namespace refledger::tools {
namespace {

using Poco::Net::Context;
using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;

bool is_loopback(const std::string& host) {
  Poco::Net::IPAddress address;
  return host == "localhost" ||
         (Poco::Net::IPAddress::tryParse(host, address) && address.isLoopback());
}

Result<std::string> read_body(std::istream& in, std::size_t max_bytes) {
  std::string body;
  std::array<char, 16384> part{};
  while (in.read(part.data(), part.size()) || in.gcount() > 0) {
    body.append(part.data(), static_cast<std::size_t>(in.gcount()));
    if (body.size() > max_bytes) return Error{Fault::out_of_range, "the answer is too long"};
  }
  return body;
}

Result<std::string> exchange(HTTPClientSession& session, HTTPRequest& request,
                             const std::string& body, std::size_t max_bytes) {
  request.set("Accept", "application/json");
  request.setKeepAlive(false);
  if (!body.empty()) {
    request.setContentType("application/json");
    request.setContentLength(static_cast<std::streamsize>(body.size()));
  }
  session.sendRequest(request) << body;
  HTTPResponse response;
  std::istream& in = session.receiveResponse(response);
  Result<std::string> answer = read_body(in, max_bytes);
  if (!answer) return answer;
  if (response.getStatus() == HTTPResponse::HTTP_OK) return answer;
  const std::string status = std::to_string(static_cast<int>(response.getStatus()));
  if (response.getStatus() == HTTPResponse::HTTP_NOT_FOUND) {
    return Error{Fault::not_found, "the server answered 404"};
  }
  return Error{Fault::upstream, "the server answered " + status + ": " + answer->substr(0, 300)};
}

std::unique_ptr<HTTPClientSession> open_session(const Poco::URI& uri, const FetchOptions& options) {
  if (uri.getScheme() != "https") {
    return std::make_unique<HTTPClientSession>(uri.getHost(), uri.getPort());
  }
  Context::Ptr context(new Context(Context::TLS_CLIENT_USE, "", "", options.ca_file.string(),
                                         Context::VERIFY_STRICT, 9, /*loadDefaultCAs=*/true));
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return std::make_unique<Poco::Net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
}

}  // namespace

Result<std::string> fetch(const std::string& url, const FetchOptions& options) {
  try {
    const Poco::URI uri(url);
    if (uri.getScheme() != "https" && !is_loopback(uri.getHost())) {
      return Error{Fault::refused, "plain http is taken from this machine only"};
    }
    const std::unique_ptr<HTTPClientSession> session = open_session(uri, options);
    session->setTimeout(Poco::Timespan(static_cast<long>(options.timeout.count()), 0));
    HTTPRequest request(HTTPRequest::HTTP_GET, uri.getPathEtc(), HTTPRequest::HTTP_1_1);
    return exchange(*session, request, "", options.max_bytes);
  } catch (const Poco::Exception& error) {
    return Error{Fault::upstream, "no answer from the server (" + std::string(error.name()) + ")"};
  } catch (const std::exception&) {
    return Error{Fault::upstream, "no answer from the server"};
  }
}

Result<std::string> ask_socket(const std::filesystem::path& socket, const std::string& path,
                               const std::string& body) {
  try {
    const Poco::Net::SocketAddress address(Poco::Net::SocketAddress::UNIX_LOCAL, socket.string());
    const Poco::Net::StreamSocket connected(address);
    HTTPClientSession session(connected);
    session.setTimeout(Poco::Timespan(600, 0));
    HTTPRequest request(body.empty() ? HTTPRequest::HTTP_GET : HTTPRequest::HTTP_POST, path,
                        HTTPRequest::HTTP_1_1);
    request.setHost("desk");
    return exchange(session, request, body, 64 * 1024 * 1024);
  } catch (const Poco::Exception&) {
    return Error{Fault::not_found, "no desk is running on " + socket.string()};
  } catch (const std::exception&) {
    return Error{Fault::not_found, "no desk is running on " + socket.string()};
  }
}

}  // namespace refledger::tools
