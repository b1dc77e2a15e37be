// Sends what waits in Webhooks.
#include "tools/personio-sandbox/webhook_sender.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace refledger::sandbox {
namespace {

using std::chrono::milliseconds;

constexpr unsigned kAttempts = 6;
constexpr unsigned kRequestsAnAttempt = 2;
constexpr int kAnswerWithinSeconds = 3;
// Personio waits up to three days in all; a test cannot.
constexpr milliseconds kFirstWait{50};
constexpr milliseconds kLookAgain{20};

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

bool connect_to(const Socket& socket, std::uint16_t port) {
  const timeval limit{kAnswerWithinSeconds, 0};
  setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::string written(const Delivery& delivery) {
  const Subscription& to = delivery.to;
  return "POST " + to.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(to.port) +
         "\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(delivery.body.size()) +
         (to.token.empty() ? "" : "\r\nAuthorization: " + to.token) +
         "\r\nConnection: close\r\n\r\n" + delivery.body;
}

/// The status, or 0 if none came in time.
unsigned post(const Delivery& delivery) {
  const Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (socket.get() < 0 || !connect_to(socket, delivery.to.port)) return 0;
  const std::string text = written(delivery);
  if (send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(text.size())) {
    return 0;
  }
  std::string answer;
  std::array<char, 512> buffer{};
  while (answer.find('\n') == std::string::npos && answer.size() < 4096) {
    const ssize_t got = recv(socket.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return 0;
    answer.append(buffer.data(), static_cast<std::size_t>(got));
  }
  const bool http = answer.starts_with("HTTP/1.") && answer.size() > 12;
  return http ? static_cast<unsigned>(std::strtoul(answer.c_str() + 9, nullptr, 10)) : 0;
}

bool worth_repeating(unsigned status) { return status == 0 || (status >= 500 && status != 501); }

}  // namespace

struct WebhookSender::State {
  explicit State(WithWebhooks with) : with_webhooks(std::move(with)) {}
  WithWebhooks with_webhooks;
  std::mutex mutex;
  std::condition_variable changed;
  bool stopped = false;
  std::thread thread;

  /// False: it is time to stop.
  bool wait(milliseconds time) {
    std::unique_lock lock(mutex);
    return !changed.wait_for(lock, time, [this] { return stopped; });
  }

  void attempt(Delivery& delivery) {
    ++delivery.attempts;
    for (unsigned at = 0; at < kRequestsAnAttempt && !delivery.done; ++at) {
      delivery.answers.push_back(post(delivery));
      delivery.done = !worth_repeating(delivery.answers.back());
    }
    delivery.done = delivery.done || delivery.attempts == kAttempts;
  }

  void deliver(Delivery delivery) {
    milliseconds pause = kFirstWait;
    while (true) {
      attempt(delivery);
      with_webhooks([&](Webhooks& webhooks) { webhooks.sent(delivery); });
      if (delivery.done || !wait(pause)) return;
      pause *= 2;
    }
  }

  void run() {
    while (wait(kLookAgain)) {
      std::optional<Delivery> next;
      with_webhooks([&](Webhooks& webhooks) { next = webhooks.next(); });
      if (next) deliver(*next);
    }
  }
};

WebhookSender::WebhookSender(WithWebhooks with_webhooks)
    : state_(std::make_unique<State>(std::move(with_webhooks))) {
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

WebhookSender::~WebhookSender() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->stopped = true;
  }
  state_->changed.notify_all();
  state_->thread.join();
}

}  // namespace refledger::sandbox
