#include "ingest/personio/client.h"

#include <algorithm>

#include "ingest/personio/pace.h"
#include "ingest/personio/v1.h"
#include "ingest/personio/v1_attributes.h"
#include "ingest/personio/v2.h"
#include "ingest/source/fields.h"

namespace refledger::ingest {
namespace {

using personio::Api;
using personio::Findings;

constexpr unsigned kMaxPageSize = 100;

// An idle line is worth nothing, and belongs to the thread that opened it.
class HangUp {
 public:
  HangUp(Api& v1, Api& v2) : v1_(v1), v2_(v2) {}
  ~HangUp() {
    v1_.hang_up();
    v2_.hang_up();
  }
  HangUp(const HangUp&) = delete;
  HangUp& operator=(const HangUp&) = delete;

 private:
  Api& v1_;
  Api& v2_;
};

class Personio : public HrSource {
 public:
  Personio(PersonioApi api, std::unique_ptr<Api> v1, std::unique_ptr<Api> v2)
      : api_(api), v1_(std::move(v1)), v2_(std::move(v2)) {}

  Result<Reading> read_people(const ReadRequest& request, PeopleVisitor& visitor) override {
    return with<Reading>([&](Api& api) { return api.read_people(request, visitor); });
  }
  Result<std::optional<Person>> read_person(std::string_view id) override {
    return with<std::optional<Person>>([&](Api& api) { return api.read_person(id); });
  }
  Result<std::vector<AbsencePeriod>> read_absences(const Person& person) override {
    return with<std::vector<AbsencePeriod>>([&](Api& api) { return api.read_absences(person); });
  }
  Result<std::vector<Attribute>> attributes() override;
  ConnectionReport test() override;

 private:
  // Chosen once: the two versions name employments differently.
  Result<Api*> chosen() {
    if (api_ == PersonioApi::v1) return v1_.get();
    if (api_ == PersonioApi::v2) return v2_.get();
    if (chosen_ != nullptr) return chosen_;
    const Result<bool> second = v2_->opens();
    if (!second) return second.error();
    return chosen_ = *second ? v2_.get() : v1_.get();
  }

  template <class T, class Call>
  Result<T> with(Call call) {
    const HangUp at_the_end(*v1_, *v2_);
    const Result<Api*> api = chosen();
    if (!api) return api.error();
    return call(**api);
  }

  bool try_version(Api& api, const char* name, ConnectionReport& report, Findings& findings);

  PersonioApi api_;
  std::unique_ptr<Api> v1_;
  std::unique_ptr<Api> v2_;
  Api* chosen_ = nullptr;
};

// Only v1 lists attributes with their options; the same credential opens it as a rule.
Result<std::vector<Attribute>> Personio::attributes() {
  const HangUp at_the_end(*v1_, *v2_);
  if (api_ == PersonioApi::v1) return v1_->attributes();
  if (api_ == PersonioApi::v2) return v2_->attributes();
  Result<std::vector<Attribute>> listed = v1_->attributes();
  return listed ? listed : v2_->attributes();
}

// Whether that version can be used; an answer that never came is a finding, too.
bool Personio::try_version(Api& api, const char* name, ConnectionReport& report,
                           Findings& findings) {
  const Result<bool> opens = api.opens();
  if (!opens) return findings.missing("reach"), false;
  if (!*opens) return false;
  report.apis.emplace_back(name);
  findings.ok("login", name);
  return true;
}

ConnectionReport Personio::test() {
  const HangUp at_the_end(*v1_, *v2_);
  ConnectionReport report;
  Findings findings;
  const bool second = api_ != PersonioApi::v1 && try_version(*v2_, "v2", report, findings);
  const bool first = api_ != PersonioApi::v2 && try_version(*v1_, "v1", report, findings);
  if (api_ == PersonioApi::automatic && first != second) {
    findings.warn("login", first ? "v2" : "v1");
  }
  if (!first && !second) findings.missing("login");
  report.api = second ? "v2" : first ? "v1" : "";
  if (second) v2_->test(findings);
  if (first && !second) v1_->test(findings);
  if (first || second) findings.ok("version", report.api);
  report.items = findings.take();
  return report;
}

// A source that cannot be asked, because its settings are wrong; it says so each time.
class Misconfigured : public HrSource {
 public:
  explicit Misconfigured(Error error) : error_(std::move(error)) {}
  Result<Reading> read_people(const ReadRequest&, PeopleVisitor&) override { return error_; }
  Result<std::optional<Person>> read_person(std::string_view) override { return error_; }
  Result<std::vector<Attribute>> attributes() override { return error_; }
  Result<std::vector<AbsencePeriod>> read_absences(const Person&) override { return error_; }
  ConnectionReport test() override {
    Findings findings;
    findings.missing("settings", error_.detail);
    return {{}, {}, findings.take()};
  }

 private:
  Error error_;
};

Result<void> check(const PersonioSettings& settings) {
  for (const auto& [field, key] : settings.mapping) {
    if (find_field(field) == nullptr) {
      return Error{Fault::malformed, "Personio: an attribute is mapped to an unknown field"};
    }
    if (!personio::is_attribute_key(key)) {
      return Error{Fault::malformed,
                   "Personio: a mapped attribute is not a key of the form dynamic_24407"};
    }
  }
  if (settings.page_size == 0 || settings.page_size > kMaxPageSize) {
    return Error{Fault::out_of_range, "Personio: page_size is not within 1 and 100"};
  }
  if (settings.timeout <= std::chrono::seconds{0}) {
    return Error{Fault::out_of_range, "Personio: timeout is not above 0"};
  }
  return {};
}

bool is_personio(const std::string& base_url) {
  const Result<client::Endpoint> endpoint = client::parse_base_url(base_url);
  if (!endpoint) return false;
  const std::string_view host = endpoint->host;
  return host.ends_with(".personio.de") || host.ends_with(".personio.com");
}

}  // namespace

namespace personio {

bool believable_loss(std::size_t lost, std::size_t all) {
  constexpr std::size_t kAlways = 10;
  return lost <= std::max(kAlways, all / 2);
}

std::vector<std::string> left_out(const ReadRequest& request, const IdSet& seen) {
  std::vector<std::string> ids;
  for (const std::string& id : request.also) {
    if (!seen.contains(id)) ids.push_back(id);
  }
  const bool everybody = !request.changed_since;
  if (everybody && !believable_loss(ids.size(), request.also.size())) ids.clear();
  return ids;
}

Error unsteady() {
  return {Fault::upstream,
          "Personio: the list of people did not hold still or its pages do not add up; read 3 "
          "times, nothing taken over"};
}

Span span_of(const Person& person, Date today) {
  const Date end = person.termination_date ? person.termination_date->value : today;
  return {person.hire_date.value, std::max(person.hire_date.value, end)};
}

}  // namespace personio

std::shared_ptr<personio::Pace> make_personio_pace(const PersonioSettings& settings) {
  const bool documented =
      settings.limits == PersonioLimits::documented ||
      (settings.limits == PersonioLimits::automatic && is_personio(settings.base_url));
  return std::make_shared<personio::Pace>(documented);
}

std::unique_ptr<HrSource> make_personio(PersonioSettings settings, PersonioCredentials credentials,
                                        const Clock& clock, Sleep sleep, Random& random,
                                        std::shared_ptr<personio::Pace> pace) {
  if (const Result<void> checked = check(settings); !checked) {
    return std::make_unique<Misconfigured>(checked.error());
  }
  Result<client::Endpoint> endpoint = client::parse_base_url(settings.base_url);
  if (!endpoint) return std::make_unique<Misconfigured>(endpoint.error());
  for (const std::string_view version : {"/v1", "/v2"}) {
    if (endpoint->path.ends_with(version)) {
      endpoint->path.resize(endpoint->path.size() - version.size());
      break;
    }
  }
  endpoint->timeout = settings.timeout;
  endpoint->ca_file = settings.ca_file;
  if (!pace) pace = make_personio_pace(settings);
  const personio::Session::World world{clock, std::move(sleep), random, std::move(pace)};
  auto v1 = personio::make_v1(*endpoint, credentials, world, settings.mapping, settings.page_size);
  Api* with_total = settings.api == PersonioApi::automatic ? v1.get() : nullptr;
  auto v2 = personio::make_v2(*endpoint, credentials, world, settings.mapping, settings.page_size,
                              with_total);
  return std::make_unique<Personio>(settings.api, std::move(v1), std::move(v2));
}

}  // namespace refledger::ingest
