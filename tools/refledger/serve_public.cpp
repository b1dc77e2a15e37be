#include <atomic>
#include <thread>

#include "ledger/core/file.h"
#include "tools/refledger/confine.h"
#include "tools/refledger/followers.h"
#include "tools/refledger/home.h"
#include "tools/refledger/journal.h"
#include "tools/refledger/scratch.h"
#include "tools/refledger/serve.h"
#include "tools/refledger/stop.h"
#include "verify/web/web.h"

namespace refledger::tools {
namespace {

constexpr std::chrono::milliseconds kCatchUp{100};

Reach reach_of(const Settings& settings, const Home& home, const std::filesystem::path& scratch) {
  Reach reach;
  reach.read = {home.ledger(), home.records(), home.shares(),        home.log_vkey(),
                "/usr",        "/lib",         "/etc/ssl",           "/etc/localtime",
                "/proc/self",  "/dev/urandom", "/sys/devices/system"};
  if (settings.tls) {
    reach.read.push_back(settings.tls->certificate_chain);
    reach.read.push_back(settings.tls->private_key);
  }
  std::erase_if(reach.read, [](const auto& path) { return !std::filesystem::exists(path); });
  reach.write = {scratch, "/dev/null"};
  return reach;
}

http::Response private_answer(const http::Request& request, const web::PublicEndpoint& endpoint,
                              const store::Reader& ledger, std::int64_t lag_millis) {
  if (request.path != "/healthz" && request.path != "/metrics") return endpoint.answer(request);
  const Result<log::View> view = log::View::open(ledger);
  if (request.path == "/healthz") {
    return view ? http::Response(200, "text/plain", "ok\n")
                : http::Response(503, "text/plain", "the ledger cannot be read\n");
  }
  const std::uint64_t size = view ? view->checkpoint().size.leaves : 0;
  return http::Response(200, "text/plain; version=0.0.4",
                        "# TYPE refledger_tree_size gauge\nrefledger_tree_size " +
                            std::to_string(size) +
                            "\n# TYPE refledger_follow_lag_milliseconds gauge\n"
                            "refledger_follow_lag_milliseconds " +
                            std::to_string(lag_millis) + "\n");
}

// Serves on both ports while catching up with what the desk writes.
class PublicProcess {
 public:
  PublicProcess(const Settings& settings, Followers& followers, const web::Settings& pages,
                const Journal& journal)
      : followers_(&followers),
        endpoint_(pages, followers.ledger(), followers.records(), clock_),
        settings_(&settings),
        journal_(&journal) {}

  Result<void> start() {
    http::Settings open;
    open.endpoint = settings_->public_listen;
    open.tls = settings_->tls;
    Result<std::unique_ptr<http::Server>> opened =
        http::Server::start(open, [this](const http::Request& request) {
          const auto reading = followers_->read();
          return endpoint_.answer(request);
        });
    if (!opened) return opened.error();
    public_ = *std::move(opened);

    http::Settings inner;
    inner.endpoint = settings_->private_listen;
    Result<std::unique_ptr<http::Server>> second =
        http::Server::start(inner, [this](const http::Request& request) {
          const auto reading = followers_->read();
          return private_answer(request, endpoint_, followers_->ledger(), lag());
        });
    if (!second) return second.error();
    private_ = *std::move(second);
    return {};
  }

  void follow_until_stopped() {
    bool behind = false;
    while (!stop_asked_within(kCatchUp)) {
      const Result<void> caught_up = followers_->catch_up();
      if (!caught_up && !behind) journal_->fault("catch-up", caught_up.error());
      if (caught_up) caught_up_ = std::chrono::steady_clock::now();
      behind = !caught_up;
    }
    public_->stop();
    private_->stop();
  }

 private:
  std::int64_t lag() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 caught_up_.load())
        .count();
  }

  SystemClock clock_;
  Followers* followers_;
  web::PublicEndpoint endpoint_;
  const Settings* settings_;
  const Journal* journal_;
  std::atomic<std::chrono::steady_clock::time_point> caught_up_{std::chrono::steady_clock::now()};
  std::unique_ptr<http::Server> public_;
  std::unique_ptr<http::Server> private_;
};

int fail(const Journal& journal, const Error& error) {
  journal.fault("start", error);
  return kExitUnusable;
}

int serve_from(const Settings& settings, const std::filesystem::path& scratch,
               const Journal& journal) {
  const Home home(settings.data);
  const Result<void> confined = confine(reach_of(settings, home, scratch));
  const bool impossible = !confined && confined.error().fault == Fault::not_found;
  if (!confined && !(impossible && settings.allow_unconfined)) {
    return fail(journal, confined.error());
  }
  if (!confined) journal.fault("not confined", confined.error());

  const Result<Bytes> vkey = read_file(home.log_vkey(), 1024);
  if (!vkey) return fail(journal, vkey.error());
  web::Settings pages;
  pages.public_url = settings.public_url;
  pages.origin = settings.origin();
  pages.log_vkey = std::string(text_of(*vkey).substr(0, text_of(*vkey).find('\n')));
  pages.shares = home.shares();
  const Result<std::unique_ptr<Followers>> followers =
      Followers::open(home.ledger(), home.records(), scratch);
  if (!followers) return fail(journal, followers.error());

  PublicProcess process(settings, **followers, pages, journal);
  if (Result<void> started = process.start(); !started) return fail(journal, started.error());
  journal.write("started", {{"url", settings.public_url}, {"confined", confined.has_value()}});
  process.follow_until_stopped();
  journal.write("stopped");
  return 0;
}

}  // namespace

int serve_public(const Settings& settings) {
  const SystemClock clock;
  const Journal journal("public", clock);
  // For the followers' own log files; /dev/shm is a tmpfs on every Debian.
  const Result<Scratch> scratch = Scratch::make();
  if (!scratch) return fail(journal, scratch.error());
  return serve_from(settings, scratch->path(), journal);
}

}  // namespace refledger::tools
