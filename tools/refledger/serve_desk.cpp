#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "desk/web/webhook.h"
#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "tools/refledger/control.h"
#include "tools/refledger/desk_orders.h"
#include "tools/refledger/journal.h"
#include "tools/refledger/serve.h"
#include "tools/refledger/stop.h"
#include "tools/refledger/web_site.h"
#include "tools/refledger/witnessing.h"

namespace refledger::tools {
namespace {

constexpr std::chrono::seconds kRetryInterval{2};
constexpr std::chrono::seconds kHintInterval{10};
constexpr std::chrono::milliseconds kOpenPause{500};
constexpr int kOpenTries = 10;

// What the desk does by itself.  Messages are handed over by a thread of their own, so that a mail
// server that withholds its answer holds up nothing else.
class Schedule {
 public:
  Schedule(desk::Desk& desk, const Journal& journal, std::atomic<bool>& failed)
      : desk_(&desk), journal_(&journal), failed_(&failed) {}

  void sync(std::vector<std::string> hints) {
    desk::SyncOptions options;
    options.hints = std::move(hints);
    options.deliver = false;
    report("sync", desk_->sync(options));
  }
  void carry_on() { report("resume", desk_->carry_on()); }
  void deliver() { report("deliver", desk_->deliver()); }
  void refresh_status() {
    const Result<void> done = desk_->refresh_status();
    if (!done) note(done.error(), "status");
  }

 private:
  void note(const Error& error, const char* event) {
    journal_->fault(event, error);
    if (error.fault == Fault::storage) *failed_ = true;
  }
  void report(const char* event, const Result<desk::SyncReport>& done) {
    if (!done) return note(done.error(), event);
    const bool news = done->opened + done->issued + done->delivered + done->noticed > 0;
    if (!news && std::string_view(event) != "sync") return;
    Json counts = to_json(*done);
    for (const char* list : {"unusable", "problems", "findings", "acts"}) {
      counts[list] = counts[list].size();
    }
    journal_->write(event, std::move(counts));
  }

  desk::Desk* desk_;
  const Journal* journal_;
  std::atomic<bool>* failed_;
};

// Hands over what is due, every two seconds, until it is told to stop.
class Postman {
 public:
  explicit Postman(Schedule& schedule, const std::atomic<bool>& failed)
      : thread_([this, &schedule, &failed] { run(schedule, failed); }) {}
  ~Postman() {
    {
      const std::lock_guard<std::mutex> alone(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

 private:
  void run(Schedule& schedule, const std::atomic<bool>& failed) {
    std::unique_lock<std::mutex> alone(mutex_);
    while (!stop_ && !failed) {
      alone.unlock();
      schedule.deliver();
      alone.lock();
      wake_.wait_for(alone, kRetryInterval, [this] { return stop_; });
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

// A command that opened the stores while no desk was running lets go of them within seconds.
Result<std::unique_ptr<OpenHome>> open_home(const Settings& settings) {
  for (int tries = 1;; ++tries) {
    Result<std::unique_ptr<OpenHome>> home = OpenHome::open(settings);
    const bool in_use = !home && home.error().fault == Fault::conflict;
    if (!in_use || tries == kOpenTries || stop_asked_within(kOpenPause)) return home;
  }
}

Result<std::string> make_control_token(const Home& home) {
  SystemRandom random;
  std::array<std::uint8_t, 32> drawn{};
  random.fill(drawn);
  const std::string token = to_hex(drawn);
  if (Result<void> written = write_file(home.control_token(), bytes_of(token)); !written) {
    return written.error();
  }
  return token;
}

// The desk's own address: for now nothing but webhooks.
class Hooks {
 public:
  /// Nothing where the settings name no address.
  static Result<std::unique_ptr<Hooks>> start(const Settings& settings, OpenHome& home,
                                              web::Hints& hints) {
    if (!settings.desk_listen) return std::unique_ptr<Hooks>();
    const std::string& account = settings.issuer.account;
    Result<std::string> token = home.webhook_token(account);
    if (!token) return token.error();
    std::unique_ptr<Hooks> hooks(new Hooks(web::WebhookReceiver(account, *token, hints)));
    http::Settings served;
    served.endpoint = *settings.desk_listen;
    served.tls = settings.desk_tls;
    served.limits.body_bytes = web::kMaxWebhook;
    served.limits.workers = 2;
    served.limits.connections = 256;
    served.limits.connections_per_peer = 32;
    Result<std::unique_ptr<http::Server>> server =
        http::Server::start(served, [receiver = &hooks->receiver_](const http::Request& request) {
          return receiver->answer(request);
        });
    if (!server) return server.error();
    hooks->server_ = *std::move(server);
    return hooks;
  }
  void stop() { server_->stop(); }

 private:
  explicit Hooks(web::WebhookReceiver receiver) : receiver_(std::move(receiver)) {}

  web::WebhookReceiver receiver_;
  std::unique_ptr<http::Server> server_;
};

int run_schedule(const Settings& settings, desk::Desk& desk, web::Hints& hints,
                 const Journal& journal, std::atomic<bool>& failed) {
  using std::chrono::steady_clock;
  Schedule schedule(desk, journal, failed);
  const Postman postman(schedule, failed);
  steady_clock::time_point next_sync = steady_clock::now();
  steady_clock::time_point next_hints = next_sync;
  for (;;) {
    const bool due = steady_clock::now() >= next_sync;
    // What a flood of hints comes to is a reading every ten seconds, and no more.
    const bool hinted = steady_clock::now() >= next_hints;
    web::Hints::Taken taken = due || hinted ? hints.take() : web::Hints::Taken{};
    if (due || taken.any) {
      next_sync = steady_clock::now() + settings.sync_interval;
      next_hints = steady_clock::now() + kHintInterval;
      schedule.sync(std::move(taken.people));
    } else {
      schedule.carry_on();
    }
    if (!failed) schedule.refresh_status();
    if (failed) return kExitFailStop;
    const auto until_sync =
        std::chrono::ceil<std::chrono::milliseconds>(next_sync - steady_clock::now());
    if (stop_asked_within(std::clamp(until_sync, std::chrono::milliseconds{10},
                                     std::chrono::milliseconds{kRetryInterval}))) {
      return 0;
    }
  }
}

// On standard output, which is nobody's log: whoever has the link becomes the administrator.
void say_setup_link(const WebSite& site) {
  const std::string link = site.setup_link();
  if (!link.empty()) std::printf("Nobody can sign in yet.  Set it up at\n  %s\n", link.c_str());
  std::fflush(stdout);
}

}  // namespace

int serve_desk(const Settings& settings) {
  const SystemClock clock;
  const Journal journal("desk", clock);
  ::prctl(PR_SET_DUMPABLE, 0);  // its memory holds every key
  Result<std::unique_ptr<OpenHome>> home = open_home(settings);
  if (!home) {
    journal.fault("start", home.error());
    return kExitUnusable;
  }
  const Home paths(settings.data);
  const Result<std::string> token = make_control_token(paths);
  if (!token) {
    journal.fault("start", token.error());
    return kExitUnusable;
  }
  std::atomic<bool> failed = false;
  Sources sources((*home)->accounts(), settings);
  Control control(**home, sources, settings, *token, [&failed] { failed = true; });
  http::Settings socket;
  socket.endpoint = http::UnixEndpoint{paths.control_socket()};
  socket.limits.workers = 4;
  socket.limits.body_bytes = kMaxQuestion;
  Result<std::unique_ptr<http::Server>> server = http::Server::start(
      socket, [&control](const http::Request& request) { return control.answer(request); });
  if (!server) {
    journal.fault("start", server.error());
    return kExitUnusable;
  }
  web::Hints hints;
  Result<std::unique_ptr<Hooks>> hooks = Hooks::start(settings, **home, hints);
  if (!hooks) {
    journal.fault("start", hooks.error());
    return kExitUnusable;
  }
  Result<std::unique_ptr<WebSite>> site =
      WebSite::start(settings, **home, [&failed] { failed = true; });
  if (!site) {
    journal.fault("start", site.error());
    return kExitUnusable;
  }
  if (*site) say_setup_link(**site);
  Result<std::unique_ptr<Witnessing>> witnesses = Witnessing::start(settings, **home, journal);
  if (!witnesses) {
    journal.fault("start", witnesses.error());
    return kExitUnusable;
  }
  journal.write("started");
  const int code = run_schedule(settings, (*home)->desk(), hints, journal, failed);
  if (*site) (*site)->stop();
  if (*hooks) (*hooks)->stop();
  (*server)->stop();
  journal.write("stopped", {{"code", code}});
  return code;
}

}  // namespace refledger::tools
