#include "ingest/personio/client.h"

#include <unordered_map>
#include <vector>

#include "ingest/personio/employees.h"
#include "ingest/personio/session.h"
#include "ingest/source/fields.h"

namespace refledger::ingest {
namespace {

using personio::Employee;
using personio::Page;

constexpr int kScans = 3;
constexpr unsigned kMaxPageSize = 100;

std::string query_of(const personio::Mapping& mapping) {
  std::string query;
  for (const std::string& key : personio::asked_attributes(mapping)) {
    query += "&attributes%5B%5D=" + key;
  }
  return query;
}

// What has been received in one walk through the pages.
class Scan {
 public:
  /// Whether the page fits what came before and brings somebody new, or completes an empty list.
  bool take(Page page) {
    if (total_ && *total_ != page.total_elements) return false;
    total_ = page.total_elements;
    records_ += page.employees.size();
    const std::size_t before = employees_.size();
    for (Employee& employee : page.employees) add(std::move(employee));
    return employees_.size() > before || ended();
  }

  bool ended() const { return total_ && records_ >= *total_; }
  /// Everybody once: nobody was skipped behind a repetition.
  bool complete() const { return ended() && employees_.size() == *total_; }
  std::size_t records() const { return records_; }
  std::vector<Employee> employees() && { return std::move(employees_); }

 private:
  void add(Employee employee) {
    const auto [at, added] = index_.try_emplace(employee.id, employees_.size());
    if (added) {
      employees_.push_back(std::move(employee));
    } else {
      employees_[at->second] = std::move(employee);  // read later, so nearer to the truth
    }
  }

  std::optional<std::uint64_t> total_;
  std::size_t records_ = 0;  // repetitions count: the API's offset counts them too
  std::vector<Employee> employees_;
  std::unordered_map<std::string, std::size_t> index_;
};

class Personio : public HrSource {
 public:
  Personio(client::Endpoint endpoint, const PersonioSettings& settings,
           PersonioCredentials credentials, const Clock& clock, Sleep sleep)
      : session_(std::move(endpoint), std::move(credentials), clock, std::move(sleep)),
        clock_(clock),
        mapping_(settings.mapping),
        page_size_(settings.page_size),
        query_(query_of(mapping_)) {}

  Result<Reading> read_people(const ReadRequest&, PeopleVisitor& visitor) override {
    Result<People> people = read();
    if (!people) return people.error();
    const std::size_t count = people->people.size();
    for (Person& person : people->people) visitor.person(std::move(person));
    for (std::string& what : people->unusable) visitor.unusable(std::move(what));
    return Reading{count, people->read_at, true, std::move(people->not_delivered), 0, "v1"};
  }

  Result<std::optional<Person>> read_person(std::string_view) override { return unknown(); }
  Result<std::vector<Attribute>> attributes() override { return unknown(); }
  Result<std::vector<AbsencePeriod>> read_absences(const Person&) override { return unknown(); }
  ConnectionReport test() override { return {}; }

 private:
  static Error unknown() { return {Fault::refused, "Personio: not read by this version"}; }

  Result<People> read() {
    for (int round = 0; round < kScans; ++round) {
      // The time before the first page: the data is at least as new as we say.
      const UtcMillis read_at = clock_.now();
      Result<Scan> scan = walk();
      if (!scan) return scan.error();
      if (scan->complete()) {
        return personio::to_people(std::move(*scan).employees(), mapping_, read_at);
      }
    }
    return Error{Fault::upstream,
                 "Personio: the list of employees did not hold still or its pages do not add up; "
                 "read 3 times, nothing taken over"};
  }

  Result<Scan> walk() {
    Scan scan;
    while (!scan.ended()) {
      Result<Page> page = page_at(scan.records());
      if (!page) return page.error();
      if (!scan.take(std::move(*page))) break;
    }
    return scan;
  }

  Result<Page> page_at(std::size_t offset) {
    const Result<std::string> body =
        session_.get("/company/employees?limit=" + std::to_string(page_size_) +
                         "&offset=" + std::to_string(offset) + query_,
                     personio::kMaxPageBytes);
    if (!body) return body.error();
    return personio::parse_page(*body);
  }

  personio::Session session_;
  const Clock& clock_;
  personio::Mapping mapping_;
  unsigned page_size_;
  std::string query_;
};

// A source that cannot be asked, because its settings are wrong; it says so each time.
class Misconfigured : public HrSource {
 public:
  explicit Misconfigured(Error error) : error_(std::move(error)) {}
  Result<Reading> read_people(const ReadRequest&, PeopleVisitor&) override { return error_; }
  Result<std::optional<Person>> read_person(std::string_view) override { return error_; }
  Result<std::vector<Attribute>> attributes() override { return error_; }
  Result<std::vector<AbsencePeriod>> read_absences(const Person&) override { return error_; }
  ConnectionReport test() override { return {}; }

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

}  // namespace

std::unique_ptr<HrSource> make_personio(PersonioSettings settings, PersonioCredentials credentials,
                                        const Clock& clock, Sleep sleep) {
  if (const Result<void> checked = check(settings); !checked) {
    return std::make_unique<Misconfigured>(checked.error());
  }
  Result<client::Endpoint> endpoint = client::parse_base_url(settings.base_url);
  if (!endpoint) return std::make_unique<Misconfigured>(endpoint.error());
  endpoint->timeout = settings.timeout;
  endpoint->ca_file = settings.ca_file;
  return std::make_unique<Personio>(std::move(*endpoint), settings, std::move(credentials), clock,
                                    std::move(sleep));
}

}  // namespace refledger::ingest
