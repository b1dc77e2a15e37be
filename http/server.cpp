// The server: one event loop a thread, connections dealt out in turn, handlers on threads of their
// own.
#include "http/server.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>
#include <vector>

#include "http/connection.h"
#include "http/endpoint.h"
#include "http/tls.h"

namespace refledger::http {
namespace {

namespace asio = boost::asio;
using Failure = boost::system::error_code;
using Work = asio::executor_work_guard<asio::io_context::executor_type>;

constexpr std::chrono::seconds kDrainTime{5};
constexpr std::chrono::milliseconds kAcceptPause{50};

/// Too few descriptors or too little memory, and not just a peer that has gone again.
bool is_shortage(const Failure& failure) {
  return failure == asio::error::no_descriptors || failure == asio::error::no_memory ||
         failure == asio::error::no_buffer_space ||
         failure == boost::system::errc::too_many_files_open_in_system;
}

/// One thread and what it waits for.
struct Loop {
  asio::io_context context{1};
  Work work = asio::make_work_guard(context);
  std::thread thread;
};

}  // namespace

struct Server::State {
  State(const Settings& settings, Handler handler)
      : shared{settings.limits, std::move(handler), Registry(settings.limits),
               Workers(std::max(1U, settings.limits.workers), settings.limits.waiting), nullptr},
        loops(std::max(1U, settings.threads)) {}

  Result<void> open(const Settings& settings);
  void run();
  void accept();
  void accepted(Failure failure, Socket socket);
  void pause();
  asio::io_context& next_context() { return loops[turn++ % loops.size()].context; }
  void close_acceptor();
  void remove_socket();

  Shared shared;
  std::vector<Loop> loops;  // destroyed before what their connections use
  std::optional<Acceptor> acceptor;
  std::optional<asio::steady_timer> timer;
  std::filesystem::path socket_path;
  struct stat socket_made {};
  std::uint16_t port = 0;
  std::size_t turn = 0;
  bool stopped = false;
};

Result<void> Server::State::open(const Settings& settings) {
  if (settings.tls) {
    Result<std::unique_ptr<asio::ssl::context>> tls = make_tls(*settings.tls);
    if (!tls) return tls.error();
    shared.tls = std::move(*tls);
  }
  Result<Acceptor> listening = listen_at(loops.front().context, settings.endpoint);
  if (!listening) return listening.error();
  acceptor.emplace(std::move(*listening));
  timer.emplace(loops.front().context);
  Failure ignored;
  port = port_of(acceptor->local_endpoint(ignored));
  if (const auto* at = std::get_if<UnixEndpoint>(&settings.endpoint)) {
    socket_path = at->path;
    stat(socket_path.c_str(), &socket_made);
  }
  return {};
}

void Server::State::run() {
  accept();
  for (Loop& loop : loops) loop.thread = std::thread([&loop] { loop.context.run(); });
}

void Server::State::accept() {
  acceptor->async_accept(next_context(), [this](Failure failure, Socket socket) {
    accepted(failure, std::move(socket));
  });
}

void Server::State::accepted(Failure failure, Socket socket) {
  if (failure == asio::error::operation_aborted || !acceptor->is_open()) return;
  if (failure) return is_shortage(failure) ? pause() : accept();
  Failure ignored;
  const Protocol::endpoint remote = socket.remote_endpoint(ignored);
  const std::string peer = ignored ? std::string() : peer_address(remote);
  if (!peer.empty()) socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (shared.registry.may_enter(peer_group(peer)))
    start_connection(shared, std::move(socket), peer);
  accept();
}

/// The oldest makes room, and a moment passes.
void Server::State::pause() {
  shared.registry.make_room();
  timer->expires_after(kAcceptPause);
  timer->async_wait([this](Failure failure) {
    if (!failure) accept();
  });
}

void Server::State::close_acceptor() {
  Failure ignored;
  acceptor->close(ignored);
  timer->cancel();
  shared.registry.finish_all();  // here, where none can enter any more
}

/// Only the one that this server made: another server may have replaced it.
void Server::State::remove_socket() {
  struct stat found {};
  if (socket_path.empty() || lstat(socket_path.c_str(), &found) != 0) return;
  if (found.st_ino == socket_made.st_ino && found.st_dev == socket_made.st_dev) {
    unlink(socket_path.c_str());
  }
}

Result<std::unique_ptr<Server>> Server::start(const Settings& settings, Handler handler) {
  auto state = std::make_unique<State>(settings, std::move(handler));
  if (Result<void> opened = state->open(settings); !opened) return opened.error();
  state->run();
  return std::unique_ptr<Server>(new Server(std::move(state)));  // NOLINT: private constructor
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

std::uint16_t Server::port() const { return state_->port; }

void Server::stop() {
  if (state_->stopped) return;
  state_->stopped = true;
  state_->remove_socket();
  asio::post(state_->loops.front().context, [state = state_.get()] { state->close_acceptor(); });
  state_->shared.registry.wait_until_empty(kDrainTime);
  state_->shared.workers.stop();
  for (Loop& loop : state_->loops) loop.context.stop();
  for (Loop& loop : state_->loops) loop.thread.join();
}

Server::~Server() {
  stop();
  state_->shared.workers.end();
}

}  // namespace refledger::http
