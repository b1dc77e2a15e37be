// personio-sandbox: a stand-in for Personio's API with a made-up company.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>
#include <string>

#include "http/server.h"
#include "ledger/core/file.h"
#include "tools/personio-sandbox/local_time.h"
#include "tools/personio-sandbox/sandbox.h"

namespace {

using namespace refledger;

constexpr const char* kHelp =
    R"(personio-sandbox: a stand-in for Personio's API v1 and v2 with a made-up company

  personio-sandbox [--port N] [--people N] [--today YYYY-MM-DD]
                   [--client-id ID] [--client-secret-file FILE] [--bexio-token-file FILE]
                   [--limits none|real] [--speed N]

  --port N                 listen at 127.0.0.1:N (default 8580; 0: any free port)
  --people N               so many people (default: the 49 who are told of by hand)
  --today YYYY-MM-DD       let the company's clock start on that day
  --client-id ID           default papi-demo
  --client-secret-file F   default: the secret papi-demo-secret
  --bexio-token-file F     default: the token bexio-demo-token
  --limits real            refuse what comes faster than Personio allows (default none)
  --speed N                let the limits' clock run so many times faster
  --help

Listens on loopback only and keeps everything in memory.  docs/personio-sandbox.md tells how to
hire, terminate and rename people while it runs, and how to let it fail (/control).
)";

struct Options {
  std::uint16_t port = 8580;
  std::optional<Date> today;
  sandbox::Settings sandbox;
  bool secret_from_file = false;
  bool bexio_from_file = false;
  bool help = false;
};

/// The real clock, some days off.
class ShiftedClock : public Clock {
 public:
  UtcMillis now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + shift_;
  }
  void shift(std::chrono::days by) { shift_ = by; }

 private:
  std::chrono::days shift_{0};
};

Result<std::uint64_t> number(const std::string& text, std::uint64_t most, const char* what) {
  const bool digits = !text.empty() && text.size() < 10 &&
                      text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || std::stoull(text) > most) return Error{Fault::malformed, what};
  return std::stoull(text);
}

Result<std::string> secret_in(const std::string& path) {
  const Result<Bytes> bytes = read_file(path, 4096);
  if (!bytes) return bytes.error();
  std::string secret(text_of(*bytes));
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  if (secret.empty()) return Error{Fault::malformed, "the secret's file is empty"};
  return secret;
}

Result<void> take_secret(const std::string& name, const std::string& file, Options& options) {
  const bool bexio = name == "--bexio-token-file";
  if (!bexio && name != "--client-secret-file") {
    return Error{Fault::malformed, "unknown option " + name};
  }
  const Result<std::string> secret = secret_in(file);
  if (!secret) return secret.error();
  (bexio ? options.sandbox.bexio_token : options.sandbox.client_secret) = *secret;
  (bexio ? options.bexio_from_file : options.secret_from_file) = true;
  return {};
}

Result<void> take(const std::string& name, const std::string& value, Options& options) {
  if (name == "--port") {
    const auto port = number(value, 65535, "--port: 0 to 65535");
    if (!port) return port.error();
    options.port = static_cast<std::uint16_t>(*port);
  } else if (name == "--people") {
    const auto people = number(value, 1000000, "--people: up to 1000000");
    if (!people) return people.error();
    options.sandbox.people = *people;
  } else if (name == "--today") {
    const Result<Date> today = parse_date(value, "--today");
    if (!today) return today.error();
    options.today = *today;
  } else if (name == "--client-id") {
    options.sandbox.client_id = value;
  } else if (name == "--limits") {
    if (value != "none" && value != "real")
      return Error{Fault::malformed, "--limits: none or real"};
    options.sandbox.real_limits = value == "real";
  } else if (name == "--speed") {
    const auto speed = number(value, 1000, "--speed: 1 to 1000");
    if (!speed || *speed == 0) return Error{Fault::malformed, "--speed: 1 to 1000"};
    options.sandbox.speed = static_cast<unsigned>(*speed);
  } else {
    return take_secret(name, value, options);
  }
  return {};
}

Result<Options> parse(int count, char** arguments) {
  Options options;
  for (int at = 1; at < count; at += 2) {
    const std::string name = arguments[at];
    if (name == "--help" || name == "-h") {
      options.help = true;
      return options;
    }
    if (at + 1 >= count) return Error{Fault::malformed, name + ": a value is missing"};
    if (Result<void> taken = take(name, arguments[at + 1], options); !taken) return taken.error();
  }
  return options;
}

int fail(const Error& error, int code) {
  std::cerr << "personio-sandbox: " << error.detail << "\n";
  return code;
}

void introduce(const Options& options, std::uint16_t port, std::size_t people) {
  const std::string base = "http://127.0.0.1:" + std::to_string(port);
  const auto shown = [](bool from_file, const std::string& secret) {
    return from_file ? std::string("(from its file)") : secret;
  };
  std::cout << "Seewald Instrumente AG, " << people << " people\n"
            << "base URL       " << base << "/v1\n"
            << "client id      " << options.sandbox.client_id << "\n"
            << "client secret  " << shown(options.secret_from_file, options.sandbox.client_secret)
            << "\n"
            << "API v2         " << base << "/v2\n"
            << "bexio          " << base << "/2.0\n"
            << "bexio token    " << shown(options.bexio_from_file, options.sandbox.bexio_token)
            << "\n"
            << "people         " << base << "/control/people" << std::endl;
}

/// Blocks the signals that end the program, so that wait_for_end can take them.
sigset_t block_signals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  return ends;
}

Result<void> start_on(Date today, ShiftedClock& clock, const std::string& zone) {
  const Result<sandbox::LocalTime> local = sandbox::LocalTime::in(zone);
  if (!local) return local.error();
  using std::chrono::sys_days;
  clock.shift(sys_days(today) - sys_days(local->date_of(clock.now())));
  return {};
}

int run(const Options& options) {
  const sigset_t ends = block_signals();
  ShiftedClock clock;
  SystemRandom random;
  if (options.today) {
    const Result<void> set = start_on(*options.today, clock, options.sandbox.time_zone);
    if (!set) return fail(set.error(), 1);
  }
  const auto sandbox = sandbox::Sandbox::make(options.sandbox, clock, random);
  if (!sandbox) return fail(sandbox.error(), 1);
  http::Settings settings{http::TcpEndpoint{"127.0.0.1", options.port}, {}, {}, 1};
  const auto server = http::Server::start(
      settings, [&](const http::Request& request) { return (*sandbox)->handle(request); });
  if (!server) return fail(server.error(), 1);
  introduce(options, (*server)->port(), (*sandbox)->people());
  int signal = 0;
  sigwait(&ends, &signal);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const Result<Options> options = parse(count, arguments);
  if (!options) return fail(options.error(), 2);
  if (options->help) {
    std::cout << kHelp;
    return 0;
  }
  return run(*options);
}
