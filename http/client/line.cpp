#include "http/client/line.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/String.h>

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
constexpr Poco::Int64 kForAsLongAsItLasts = Poco::Int64{24} * 3600 * 1000 * 1000;

Error no_answer(const Connection& connection, const char* kind) {
  const char* why = connection.timed_out() ? "time is up" : kind;
  return {Fault::upstream, std::string("no complete answer: ") + why};
}

void send(HTTPClientSession& session, const Endpoint& endpoint, const Request& request) {
  const bool post = !request.body.empty();
  HTTPRequest head(post ? HTTPRequest::HTTP_POST : HTTPRequest::HTTP_GET,
                   endpoint.path + request.target, HTTPMessage::HTTP_1_1);
  head.setHost(endpoint.host, endpoint.port);
  head.setKeepAlive(session.getKeepAlive());
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

/// Whether the answer's end was told, so that the next one begins where it ends.
bool is_bounded(const HTTPResponse& response) {
  return response.getChunkedTransferEncoding() || response.hasContentLength() ||
         response.getStatus() == HTTPResponse::HTTP_NO_CONTENT ||
         response.getStatus() == HTTPResponse::HTTP_NOT_MODIFIED;
}

}  // namespace

struct Line::State {
  State(Connection opened, bool keep)
      : connection(std::move(opened)), session(connection.socket()) {
    session.setKeepAlive(keep);
    session.setKeepAliveTimeout(Poco::Timespan(kForAsLongAsItLasts));
  }

  // In this order: the session closes the socket, then the connection's watchdog goes.
  Connection connection;
  HTTPClientSession session;
  bool usable = true;     // for another request
  bool answered = false;  // the head of an answer to this request has come
};

Line::Line(Endpoint endpoint, Keep keep) : endpoint_(std::move(endpoint)), keep_(keep) {}
Line::Line(Line&&) noexcept = default;
Line::~Line() = default;

void Line::close() { state_.reset(); }

Result<void> Line::open() {
  const bool anywhere = endpoint_.tls || endpoint_.signed_content;
  Result<Connection> connection =
      Connection::open(endpoint_.host, endpoint_.port,
                       anywhere ? Reach::anywhere : Reach::loopback_only, endpoint_.timeout);
  if (!connection) return connection.error();
  if (endpoint_.tls) {
    Result<void> secured = connection->start_tls(endpoint_.host, endpoint_.ca_file);
    if (!secured) return secured;
  }
  state_ = std::make_unique<State>(*std::move(connection), keep_ == Keep::open);
  return {};
}

Result<Answer> Line::receive(std::size_t max_body) {
  HTTPResponse response;
  response.setFieldLimit(kMaxHeaders);
  std::istream& stream = state_->session.receiveResponse(response);
  state_->answered = true;
  Result<std::string> body = body_of(stream, max_body);
  if (!body) return body.error();
  const Poco::Int64 promised = response.getContentLength64();
  if (promised != HTTPMessage::UNKNOWN_CONTENT_LENGTH &&
      static_cast<Poco::Int64>(body->size()) != promised) {
    return Error{Fault::upstream, "an answer cut short"};
  }
  state_->usable = keep_ == Keep::open && response.getKeepAlive() && is_bounded(response);
  return Answer{static_cast<unsigned>(response.getStatus()), std::move(*body),
                retry_after_of(response), headers_of(response)};
}

Result<Answer> Line::talk(const Request& request, std::size_t max_body) {
  state_->usable = false;
  state_->answered = false;
  try {
    send(state_->session, endpoint_, request);
    Result<Answer> answer = receive(max_body);
    if (state_->connection.timed_out()) return no_answer(state_->connection, "");
    return answer;
  } catch (const Poco::Exception& exception) {
    return no_answer(state_->connection, exception.name());
  } catch (const std::exception&) {
    return no_answer(state_->connection, "unreadable");
  }
}

Result<Answer> Line::exchange(const Request& request, std::size_t max_body) {
  if (state_ && state_->connection.timed_out()) close();  // while it was quiet
  if (state_) {
    state_->connection.restart(endpoint_.timeout);
    Result<Answer> answer = talk(request, max_body);
    // A server may hang up on a quiet line at any moment, also just as we speak again.
    const bool hung_up = !answer && !state_->answered && !state_->connection.timed_out();
    if (!state_->usable) close();
    if (!hung_up || !request.body.empty()) return answer;
  }
  if (const Result<void> opened = open(); !opened) return opened.error();
  Result<Answer> answer = talk(request, max_body);
  if (!state_->usable) close();
  return answer;
}

}  // namespace refledger::client
