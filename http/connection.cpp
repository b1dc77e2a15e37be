// One connection: reads a request, has it handled, writes the answer, and again.
#include "http/connection.h"

#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <type_traits>

#include "http/endpoint.h"
#include "http/head.h"
#include "http/wire.h"

namespace refledger::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

using PlainStream = beast::basic_stream<asio::generic::stream_protocol>;
using TlsStream = beast::ssl_stream<PlainStream>;
using Failure = beast::error_code;
using BodyParser = beast::http::request_parser<beast::http::string_body>;

// A peer that is told to go may still be sending: so long and so much of it is read and thrown
// away, lest a reset overtake the answer.
constexpr std::chrono::seconds kLingerTime{2};
constexpr std::size_t kLingerBytes = std::size_t{256} * 1024;
constexpr std::size_t kReadAhead = std::size_t{16} * 1024;

Response handle(const Handler& handler, const Request& request) {
  try {
    return handler(request);
  } catch (...) {  // The peer gets an answer, whatever a handler does.
    return plain_answer(500);
  }
}

template <class Stream>
class Connection : public Member, public std::enable_shared_from_this<Connection<Stream>> {
 public:
  template <class... Args>
  Connection(Shared& shared, std::string peer, Args&&... args)
      : shared_(shared),
        stream_(std::forward<Args>(args)...),
        peer_(std::move(peer)),
        buffer_(shared.limits.head_bytes + kReadAhead) {}
  ~Connection() override { shared_.registry.leave(ticket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start(std::uint64_t ticket);

  Phase phase() const override { return phase_.load(); }
  void finish() override { post(&Connection::finish_here); }
  void drop() override { post(&Connection::close); }

 private:
  static constexpr bool kSecure = std::is_same_v<Stream, TlsStream>;

  PlainStream& plain() { return beast::get_lowest_layer(stream_); }
  void post(void (Connection::*step)());
  template <class Next>
  auto then(Next next);

  void begin();
  void await_request();
  void read_head();
  void take_head(std::size_t length);
  void read_body();
  void say_continue();
  void body_came(Failure failure);
  void request_came();
  void answer(Response response);
  void refuse(unsigned status);
  void write();
  void written(Failure failure);
  void part();
  void linger();
  void finish_here();
  void close() { plain().close(); }

  Shared& shared_;
  Stream stream_;
  const std::string peer_;
  std::uint64_t ticket_ = 0;
  std::atomic<Phase> phase_{Phase::waiting};
  beast::flat_buffer buffer_;
  std::size_t seen_ = 0;  // bytes of the buffer that find_head_end has passed
  std::size_t thrown_away_ = 0;
  std::optional<BodyParser> parser_;
  Head head_;
  Response response_{500};
  std::string response_head_;
  bool finishing_ = false;  // no further request after the one under way
  bool keep_ = false;       // after the answer that is being written
  bool is_head_ = false;    // the request's method is HEAD: the answer ends with its head
};

template <class Stream>
void Connection<Stream>::post(void (Connection::*step)()) {
  asio::post(stream_.get_executor(), [weak = this->weak_from_this(), step] {
    if (const auto self = weak.lock()) ((*self).*step)();
  });
}

/// A completion handler that keeps the connection alive and calls `next` with what it is given.
template <class Stream>
template <class Next>
auto Connection<Stream>::then(Next next) {
  return [self = this->shared_from_this(), next](Failure failure, auto... more) {
    next(*self, failure, more...);
  };
}

template <class Stream>
void Connection<Stream>::start(std::uint64_t ticket) {
  ticket_ = ticket;
  asio::post(stream_.get_executor(), [self = this->shared_from_this()] { self->begin(); });
}

template <class Stream>
void Connection<Stream>::begin() {
  if constexpr (kSecure) {
    plain().expires_after(shared_.limits.handshake_time);
    stream_.async_handshake(asio::ssl::stream_base::server, then([](auto& self, Failure failure) {
                              if (failure) return;
                              self.plain().expires_after(self.shared_.limits.head_time);
                              self.read_head();
                            }));
  } else {
    plain().expires_after(shared_.limits.head_time);
    read_head();
  }
}

template <class Stream>
void Connection<Stream>::await_request() {
  if (finishing_) return part();
  phase_ = Phase::waiting;
  seen_ = 0;
  if (buffer_.size() == 0) buffer_.shrink_to_fit();
  const bool begun = buffer_.size() > 0;
  plain().expires_after(begun ? shared_.limits.head_time : shared_.limits.idle_time);
  read_head();
}

template <class Stream>
void Connection<Stream>::read_head() {
  const auto bytes = buffer_.cdata();
  const std::string_view received(static_cast<const char*>(bytes.data()), bytes.size());
  const auto found = find_head_end(received, seen_, shared_.limits);
  if (const auto* refusal = std::get_if<Refusal>(&found)) return refuse(refusal->status);
  if (const std::size_t length = std::get<std::size_t>(found)) return take_head(length);
  seen_ = received.size();
  const std::size_t room = std::min<std::size_t>(2048, buffer_.max_size() - buffer_.size());
  stream_.async_read_some(buffer_.prepare(room),
                          then([](auto& self, Failure failure, std::size_t count) {
                            if (failure) return;
                            const bool first = self.buffer_.size() == 0;
                            self.buffer_.commit(count);
                            if (first) self.plain().expires_after(self.shared_.limits.head_time);
                            self.read_head();
                          }));
}

template <class Stream>
void Connection<Stream>::take_head(std::size_t length) {
  const std::string_view bytes(static_cast<const char*>(buffer_.cdata().data()), length);
  auto checked = check_head(bytes, shared_.limits);
  if (const auto* refusal = std::get_if<Refusal>(&checked)) return refuse(refusal->status);
  head_ = std::move(std::get<Head>(checked));
  if (head_.framing == Framing::none) {
    buffer_.consume(length);
    return request_came();
  }
  parser_.emplace();
  parser_->eager(true);
  parser_->header_limit(static_cast<std::uint32_t>(shared_.limits.head_bytes));
  parser_->body_limit(shared_.limits.body_bytes);
  read_body();
}

/// Beast reads the same head once more, now for the body, which it unpacks and counts.
template <class Stream>
void Connection<Stream>::read_body() {
  plain().expires_after(shared_.limits.body_time);
  Failure failure;
  while (!parser_->is_done() && buffer_.size() > 0 && !failure) {
    buffer_.consume(parser_->put(buffer_.cdata(), failure));
  }
  if (failure == beast::http::error::need_more) failure = {};
  if (failure || parser_->is_done()) return body_came(failure);
  if (head_.expects_continue) return say_continue();
  beast::http::async_read(
      stream_, buffer_, *parser_,
      then([](auto& self, Failure read_failure, std::size_t) { self.body_came(read_failure); }));
}

template <class Stream>
void Connection<Stream>::say_continue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  head_.expects_continue = false;
  asio::async_write(stream_, asio::buffer(kContinue.data(), kContinue.size()),
                    then([](auto& self, Failure failure, std::size_t) {
                      if (!failure) self.read_body();
                    }));
}

template <class Stream>
void Connection<Stream>::body_came(Failure failure) {
  namespace error = beast::http;
  if (failure == error::error::body_limit) return refuse(413);
  if (failure == error::error::partial_message || failure == error::error::end_of_stream) return;
  if (failure && failure.category() == error::make_error_code(error::error::bad_chunk).category()) {
    return refuse(400);
  }
  if (failure) return;
  head_.request.body = std::move(parser_->get().body());
  parser_.reset();
  request_came();
}

template <class Stream>
void Connection<Stream>::request_came() {
  phase_ = Phase::handling;
  plain().expires_never();
  is_head_ = head_.request.method == "HEAD";
  head_.request.peer = peer_;
  const bool taken = shared_.workers.try_post(
      [self = this->shared_from_this(), request = std::move(head_.request)]() mutable {
        Response made = handle(self->shared_.handler, request);
        const auto executor = self->stream_.get_executor();
        asio::post(executor, [self = std::move(self), made = std::move(made)]() mutable {
          self->answer(std::move(made));
        });
      });
  if (taken) return;
  Response busy = plain_answer(503);
  busy.set("Retry-After", "1");
  answer(std::move(busy));
}

template <class Stream>
void Connection<Stream>::answer(Response response) {
  keep_ = head_.keep_alive && !finishing_;
  response_ = std::move(response);
  write();
}

template <class Stream>
void Connection<Stream>::refuse(unsigned status) {
  keep_ = false;
  parser_.reset();
  head_ = Head{};
  is_head_ = false;
  response_ = plain_answer(status);
  write();
}

template <class Stream>
void Connection<Stream>::write() {
  phase_ = Phase::writing;
  plain().expires_after(shared_.limits.write_time);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::optional<std::size_t> cut = response_.break_off_after();
  response_head_ = response_head(response_, {!keep_, head_.version_1_0}, now);
  std::string_view body = response_.body();
  if (is_head_ || !may_have_body(response_.status())) body = {};
  if (cut) body = body.substr(0, *cut);
  if constexpr (kSecure) {
    // In one piece: of two buffers Beast 1.74 never sends the second over TLS if it is longer than
    // a TLS record.
    response_head_.append(body);
    body = {};
  }
  const std::array<asio::const_buffer, 2> parts = {asio::buffer(response_head_),
                                                   asio::buffer(body.data(), body.size())};
  asio::async_write(stream_, parts,
                    then([](auto& self, Failure failure, std::size_t) { self.written(failure); }));
}

template <class Stream>
void Connection<Stream>::written(Failure failure) {
  if (failure) return;
  if (response_.break_off_after()) return close();
  response_ = Response(500);
  keep_ ? await_request() : part();
}

/// Says goodbye in order: the answer arrives before the end, and the end before a reset.
template <class Stream>
void Connection<Stream>::part() {
  phase_ = Phase::waiting;
  plain().expires_after(kLingerTime);
  if constexpr (kSecure) {
    stream_.async_shutdown(then([](auto& self, Failure) { self.linger(); }));
  } else {
    linger();
  }
}

template <class Stream>
void Connection<Stream>::linger() {
  Failure ignored;
  plain().socket().shutdown(asio::socket_base::shutdown_send, ignored);
  buffer_.clear();
  plain().async_read_some(buffer_.prepare(4096),
                          then([](auto& self, Failure failure, std::size_t count) {
                            self.thrown_away_ += count;
                            const bool enough = self.thrown_away_ > kLingerBytes;
                            if (!failure && !enough) self.linger();
                          }));
}

template <class Stream>
void Connection<Stream>::finish_here() {
  finishing_ = true;
  if (phase_ == Phase::waiting) close();
}

template <class Stream, class... Args>
void launch(Shared& shared, const std::string& peer, Args&&... args) {
  auto made = std::make_shared<Connection<Stream>>(shared, peer, std::forward<Args>(args)...);
  made->start(shared.registry.enter(peer_group(peer), made));
}

}  // namespace

void start_connection(Shared& shared, Socket socket, std::string peer) {
  if (shared.tls) {
    launch<TlsStream>(shared, peer, std::move(socket), *shared.tls);
  } else {
    launch<PlainStream>(shared, peer, std::move(socket));
  }
}

}  // namespace refledger::http
