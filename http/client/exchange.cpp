#include "http/client/exchange.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/String.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <exception>

#include "http/client/connection.h"

namespace refledger::client {
namespace {

using Poco::Net::HTTPClientSession;
using Poco::Net::HTTPMessage;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;

constexpr int kMaxHeaders = 100;

Error no_answer(const Connection& connection, const char* kind) {
  const char* why = connection.timed_out() ? "time is up" : kind;
  return {Fault::upstream, std::string("no complete answer: ") + why};
}

void send(HTTPClientSession& session, const Endpoint& endpoint, const Request& request) {
  const bool post = !request.body.empty();
  HTTPRequest head(post ? HTTPRequest::HTTP_POST : HTTPRequest::HTTP_GET,
                   endpoint.path + request.target, HTTPMessage::HTTP_1_1);
  head.setHost(endpoint.host, endpoint.port);
  head.setKeepAlive(false);
  head.set("Accept", request.answer_type);
  if (!request.token.empty()) head.set("Authorization", "Bearer " + request.token);
  if (post) {
    head.setContentType(request.media_type);
    head.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
  }
  session.sendRequest(head) << request.body << std::flush;
}

std::optional<std::chrono::seconds> retry_after_of(const HTTPResponse& response) {
  const std::string text = response.get("Retry-After", "");
  if (text.empty() || text.size() > 6) return std::nullopt;  // a date, or nonsense: our own wait
  std::chrono::seconds wait{0};
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    wait = wait * 10 + std::chrono::seconds(c - '0');
  }
  return wait;
}

std::map<std::string, std::string, std::less<>> headers_of(const HTTPResponse& response) {
  std::map<std::string, std::string, std::less<>> headers;
  for (const auto& [name, value] : response) headers[Poco::toLower(name)] = value;
  return headers;
}

Result<std::string> body_of(std::istream& stream, std::size_t max_body) {
  std::string body;
  std::array<char, 16 * 1024> block{};
  while (stream.read(block.data(), block.size()) || stream.gcount() > 0) {
    body.append(block.data(), static_cast<std::size_t>(stream.gcount()));
    if (body.size() > max_body) {
      return Error{Fault::upstream, "an answer longer than " + std::to_string(max_body) + " bytes"};
    }
  }
  // An exception below a stream does not come through it; it only leaves this mark.
  if (stream.bad()) return Error{Fault::upstream, "an answer cut short"};
  return body;
}

Result<Answer> receive(HTTPClientSession& session, std::size_t max_body) {
  HTTPResponse response;
  response.setFieldLimit(kMaxHeaders);
  std::istream& stream = session.receiveResponse(response);
  Result<std::string> body = body_of(stream, max_body);
  if (!body) return body.error();
  const Poco::Int64 promised = response.getContentLength64();
  if (promised != HTTPMessage::UNKNOWN_CONTENT_LENGTH &&
      static_cast<Poco::Int64>(body->size()) != promised) {
    return Error{Fault::upstream, "an answer cut short"};
  }
  return Answer{static_cast<unsigned>(response.getStatus()), std::move(*body),
                retry_after_of(response), headers_of(response)};
}

Result<Answer> talk(Connection& connection, const Endpoint& endpoint, const Request& request,
                    std::size_t max_body) {
  try {
    HTTPClientSession session(connection.socket());
    send(session, endpoint, request);
    Result<Answer> answer = receive(session, max_body);
    if (connection.timed_out()) return no_answer(connection, "");
    return answer;
  } catch (const Poco::Exception& exception) {
    return no_answer(connection, exception.name());
  } catch (const std::exception&) {
    return no_answer(connection, "unreadable");
  }
}

}  // namespace

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
  const bool anywhere = endpoint.tls || endpoint.signed_content;
  Result<Connection> connection =
      Connection::open(endpoint.host, endpoint.port,
                       anywhere ? Reach::anywhere : Reach::loopback_only, endpoint.timeout);
  if (!connection) return connection.error();
  if (endpoint.tls) {
    const Result<void> secured = connection->start_tls(endpoint.host, endpoint.ca_file);
    if (!secured) return secured.error();
  }
  return talk(*connection, endpoint, request, max_body);
}

}  // namespace refledger::client
