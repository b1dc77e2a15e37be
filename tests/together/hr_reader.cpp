// Reads a whole company with the real client, and tells what it took.
//
//   hr_reader BASE_URL v1|v2|automatic [--speed N] [--limits documented] [--everything]
//
// Prints one JSON object.  --speed lets its clock run and its waits pass so many times faster, for
// a sandbox whose limits do the same; --everything also tests the connection and asks for
// attributes, one person and one person's absences.
#include <sys/resource.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <thread>

#include "ingest/personio/client.h"
#include "ledger/core/json.h"

namespace {

using namespace refledger;
using std::chrono::milliseconds;

class FastClock : public Clock {
 public:
  explicit FastClock(unsigned speed) : speed_(static_cast<int>(speed)) {}
  UtcMillis now() const override {
    return std::chrono::floor<milliseconds>(started_ + (Real::now() - started_) * speed_);
  }
  void sleep(milliseconds time) {
    waited_ += time;
    std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(time) / speed_);
  }
  milliseconds waited() const { return waited_; }

 private:
  using Real = std::chrono::system_clock;
  int speed_;
  Real::time_point started_ = Real::now();
  milliseconds waited_{0};
};

class Counter : public ingest::PeopleVisitor {
 public:
  void restart() override {
    people = 0;
    unusable_ones = 0;
    ++restarts;
  }
  void person(ingest::Person&& person) override {
    ++people;
    if (person.termination_date) last_leaver = person.id;
    last = std::move(person);
  }
  void unusable(std::string) override { ++unusable_ones; }

  std::size_t people = 0;
  std::size_t unusable_ones = 0;
  int restarts = 0;
  std::string last_leaver;
  std::optional<ingest::Person> last;
};

/// From /proc/self/status, in KiB.
long memory(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string name; status >> name;) {
    if (name == field + ":") {
      long size = 0;
      status >> size;
      return size;
    }
  }
  return 0;
}

struct Options {
  ingest::PersonioSettings settings;
  unsigned speed = 1;
  bool everything = false;
};

std::optional<Options> parse(int count, char** arguments) {
  if (count < 3) return std::nullopt;
  Options options;
  options.settings.base_url = arguments[1];
  const std::string api = arguments[2];
  if (api == "v1") options.settings.api = ingest::PersonioApi::v1;
  if (api == "v2") options.settings.api = ingest::PersonioApi::v2;
  for (int at = 3; at < count; ++at) {
    const std::string name = arguments[at];
    const bool more = at + 1 < count;
    if (name == "--everything") {
      options.everything = true;
    } else if (name == "--speed" && more) {
      options.speed = static_cast<unsigned>(std::stoul(arguments[++at]));
    } else if (name == "--limits" && more && std::string(arguments[++at]) == "documented") {
      options.settings.limits = ingest::PersonioLimits::documented;
    } else {
      return std::nullopt;
    }
  }
  options.settings.mapping = {{"private_email", "dynamic_101"},
                              {"country", "dynamic_102"},
                              {"language", "dynamic_103"},
                              {"reference_wish", "dynamic_104"},
                              {"birthdate", "date_of_birth"}};
  return options;
}

int fail(const Error& error) {
  std::cerr << name_of(error.fault) << ": " << error.detail << "\n";
  return 1;
}

int ask_everything(ingest::HrSource& source, const Counter& counter) {
  if (!source.test().passed()) return fail({Fault::upstream, "the test of the connection"});
  if (const auto attributes = source.attributes(); !attributes) return fail(attributes.error());
  const auto person = source.read_person(counter.last_leaver);
  if (!person || !*person) return fail({Fault::upstream, "one person"});
  const auto absences = source.read_absences(**person);
  return absences ? 0 : fail(absences.error());
}

int run(const Options& options) {
  FastClock clock(options.speed);
  SystemRandom random;
  const auto source = ingest::make_personio(
      options.settings, {"papi-demo", "papi-demo-secret"}, clock,
      [&](milliseconds time) { clock.sleep(time); }, random);
  Counter counter;
  const long idle = memory("VmRSS");
  const UtcMillis before = clock.now();
  const Result<ingest::Reading> reading = source->read_people({}, counter);
  const milliseconds took = clock.now() - before;
  if (!reading) return fail(reading.error());
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::cout << Json{{"api", reading->api},
                    {"people", counter.people},
                    {"unusable", counter.unusable_ones},
                    {"restarts", counter.restarts},
                    {"requests", reading->requests},
                    {"seconds", static_cast<double>(took.count()) / 1000},
                    {"waited", static_cast<double>(clock.waited().count()) / 1000},
                    {"cpu",
                     static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6},
                    {"idle_kib", idle},
                    {"peak_kib", memory("VmHWM")}}
                   .dump()
            << "\n";
  return options.everything ? ask_everything(*source, counter) : 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::optional<Options> options = parse(count, arguments);
  if (options) return run(*options);
  std::cerr << "hr_reader BASE_URL v1|v2|automatic [--speed N] [--limits documented] "
               "[--everything]\n";
  return 2;
}
