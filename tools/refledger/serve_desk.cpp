#include <sys/prctl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "desk/case/notices.h"
#include "desk/web/webhook.h"
#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "tools/refledger/control.h"
#include "tools/refledger/desk_lock.h"
#include "tools/refledger/desk_orders.h"
#include "tools/refledger/first_start.h"
#include "tools/refledger/journal.h"
#include "tools/refledger/serve.h"
#include "tools/refledger/stop.h"
#include "tools/refledger/web_site.h"
#include "tools/refledger/witnessing.h"

namespace refledger::tools {
namespace {

constexpr std::chrono::seconds kRetryInterval{2};
constexpr std::chrono::seconds kHintInterval{10};
constexpr std::chrono::milliseconds kOpenPause{100};
constexpr std::chrono::milliseconds kGlance{100};
constexpr int kLockTries = 50;
constexpr int kOpenTries = 600;
constexpr int kStartAnew = -1;

// What the desk does by itself.  Messages are handed over by a thread of their own, so that a mail
// server that withholds its answer holds up nothing else.
class Schedule {
 public:
  Schedule(OpenHome& home, const Journal& journal, SyncLog& syncs, std::atomic<bool>& failed)
      : home_(&home),
        desk_(&home.desk()),
        notices_(home.desk()),
        journal_(&journal),
        syncs_(&syncs),
        failed_(&failed) {}

  void sync(std::vector<std::string> hints) {
    desk::SyncOptions options;
    options.hints = std::move(hints);
    options.deliver = false;
    const Result<desk::SyncReport> done = desk_->sync(options);
    if (done || is_connected()) {
      note_sync(done);
      const Result<void> outcome = done ? Result<void>() : done.error();
      if (auto noted = notices_.note_reading(outcome); !noted) note(noted.error(), "notices");
    }
    report("sync", done);
  }
  void carry_on() { report("resume", desk_->carry_on()); }
  void deliver() {
    report("deliver", desk_->deliver());
    const Result<desk::NoticeReport> told = notices_.tell();
    if (!told) return note(told.error(), "notices");
    if (told->told + told->failed > 0) {
      journal_->write("notices", {{"told", told->told}, {"failed", told->failed}});
    }
  }
  void refresh_status() {
    const Result<void> done = desk_->refresh_status();
    if (!done) note(done.error(), "status");
  }

 private:
  bool is_connected() const {
    const auto account = home_->accounts().find(home_->settings().issuer.account);
    return account && account->active();
  }
  void note_sync(const Result<desk::SyncReport>& done) {
    site::SyncNote told;
    told.at = home_->clock().now();
    if (done) {
      told.people = done->people;
      told.leavers = done->leavers;
      told.opened = done->opened;
      told.unusable = done->unusable.size();
    } else {
      told.failed = done.error();
    }
    syncs_->add(std::move(told));
  }
  void note(const Error& error, const char* event) {
    journal_->fault(event, error);
    if (error.fault == Fault::storage) *failed_ = true;
  }
  void report(const char* event, const Result<desk::SyncReport>& done) {
    if (!done) return note(done.error(), event);
    const bool news =
        done->opened + done->issued + done->delivered + done->noticed + done->entered_again > 0;
    if (!news && std::string_view(event) != "sync") return;
    Json counts = to_json(*done);
    for (const char* list : {"unusable", "problems", "findings", "acts", "not_delivered", "lost"}) {
      counts[list] = counts[list].size();
    }
    journal_->write(event, std::move(counts));
    if (!done->lost.empty()) journal_->write("attributes-lost", {{"attributes", done->lost}});
  }

  OpenHome* home_;
  desk::Desk* desk_;
  desk::Notices notices_;
  const Journal* journal_;
  SyncLog* syncs_;
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

// Asks again where somebody else has what is asked for, who lets go of it soon.
template <class T, class Ask>
Result<T> patiently(int tries, Ask ask) {
  for (;; --tries) {
    Result<T> got = ask();
    const bool in_use = !got && got.error().fault == Fault::conflict;
    if (!in_use || tries <= 1 || stop_asked_within(kOpenPause)) return got;
  }
}

// A desk that was just stopped is gone within seconds.
Result<DeskLock> lock_desk(const Home& home) {
  return patiently<DeskLock>(kLockTries, [&] { return DeskLock::take(home.desk_lock()); });
}

// A command that opened the stores while no desk was there ends by itself, and as long as the desk
// has its lock no other one opens them.
Result<std::unique_ptr<OpenHome>> open_home(const Settings& settings,
                                            const std::function<void(const Error&)>& on_stop) {
  return patiently<std::unique_ptr<OpenHome>>(kOpenTries,
                                              [&] { return OpenHome::open(settings, on_stop); });
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

// Set by whoever notices: a storage fault; that what counts has changed.
struct Flags {
  std::atomic<bool>& failed;
  std::atomic<bool>& anew;
};

// So that browsers, which wait while the desk starts anew, wait shortly.
bool stop_asked_or(const std::atomic<bool>& anew, std::chrono::milliseconds within) {
  for (; within > kGlance && !anew; within -= kGlance) {
    if (stop_asked_within(kGlance)) return true;
  }
  return !anew && stop_asked_within(within);
}

int run_schedule(OpenHome& home, web::Hints& hints, const Journal& journal, SyncLog& syncs,
                 Flags flags) {
  using std::chrono::steady_clock;
  const Settings& settings = home.settings();
  std::atomic<bool>& failed = flags.failed;
  Schedule schedule(home, journal, syncs, failed);
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
    if (flags.anew) return kStartAnew;
    const auto until_sync =
        std::chrono::ceil<std::chrono::milliseconds>(next_sync - steady_clock::now());
    if (stop_asked_or(flags.anew, std::clamp(until_sync, std::chrono::milliseconds{10},
                                             std::chrono::milliseconds{kRetryInterval}))) {
      return 0;
    }
  }
}

// One desk, from opening the stores to closing them.
int serve_once(const Settings& given, Front* front, const Journal& journal) {
  std::atomic<bool> failed = false;
  const auto on_stop = [&](const Error& error) {
    journal.fault("ledger", error);
    failed = true;
  };
  Result<std::unique_ptr<OpenHome>> home = open_home(given, on_stop);
  if (!home) {
    journal.fault("start", home.error());
    return kExitUnusable;
  }
  const Settings& settings = (*home)->settings();
  const Home paths(settings.data);
  const Result<std::string> token = make_control_token(paths);
  if (!token) {
    journal.fault("start", token.error());
    return kExitUnusable;
  }
  std::atomic<bool> anew = false;
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
  const auto scrub = (*home)->scrub([&](const log::FsckReport& report) {
    journal.write("scrub", {{"entries", report.size.leaves}, {"wrong", report.wrong}});
    if (report.wrong == 0) return;
    journal.fault("scrub", {Fault::storage, report.findings.front()});
    failed = true;  // nothing more is signed on top of it
  });
  Result<std::unique_ptr<Witnessing>> witnesses = Witnessing::start(settings, **home, journal);
  if (!witnesses) {
    journal.fault("start", witnesses.error());
    return kExitUnusable;
  }
  SyncLog syncs;
  std::unique_ptr<WebSite> site;
  if (front != nullptr) {
    Result<std::unique_ptr<WebSite>> made =
        WebSite::make(**home, {[&failed] { failed = true; }, [&hints] { hints.add({}); },
                               [&anew, front] {
                                 front->leave();
                                 anew = true;
                               },
                               &syncs, &front->flashes()});
    if (!made) {
      journal.fault("start", made.error());
      return kExitUnusable;
    }
    site = *std::move(made);
    say_setup_link(site->setup_link());
    front->show(site->site());
  }
  journal.write("started");
  const int code = run_schedule(**home, hints, journal, syncs, {failed, anew});
  if (front != nullptr) front->hide();
  if (*hooks) (*hooks)->stop();
  (*server)->stop();
  return code;
}

}  // namespace

int serve_desk(const Settings& given) {
  const SystemClock clock;
  const Journal journal("desk", clock);
  ::prctl(PR_SET_DUMPABLE, 0);  // its memory holds every key
  Result<std::unique_ptr<Front>> front = Front::start(given);
  if (!front) {
    journal.fault("start", front.error());
    return kExitUnusable;
  }
  if (*front && !is_set_up(given)) {
    const Result<bool> made = set_up_in_browser(given, **front);
    if (!made) journal.fault("first start", made.error());
    if (!made || !*made) return made ? 0 : kExitUnusable;
  }
  const Result<DeskLock> lock = lock_desk(Home(given.data));
  if (!lock && lock.error().fault != Fault::not_found) {  // opening it says what is missing
    journal.fault("start", lock.error());
    return kExitUnusable;
  }
  for (;;) {
    // The file may have been changed as well, and the public address is known since the setup.
    const Result<Settings> settings = read_settings_so_far(given.file, {});
    if (!settings) {
      journal.fault("start", settings.error());
      return kExitUnusable;
    }
    const int code = serve_once(*settings, front->get(), journal);
    if (code == kStartAnew) continue;
    journal.write("stopped", {{"code", code}});
    return code;
  }
}

}  // namespace refledger::tools
