#include "ingest/personio/v1.h"

#include <algorithm>

#include "ingest/personio/absence_list.h"
#include "ingest/personio/id_set.h"
#include "ingest/personio/shape.h"
#include "ingest/personio/v1_attributes.h"
#include "ingest/personio/v1_employees.h"
#include "ingest/personio/v1_person.h"
#include "ingest/personio/value.h"
#include "ingest/source/fields.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::string_view kEmployees = "/v1/company/employees";
constexpr std::string_view kKind = "v1/employees";
constexpr std::string_view kOther = "v1/other";
constexpr std::size_t kAbsencesAPage = 200;
constexpr std::size_t kSample = 20;
// The zone of updated_since is nowhere told, and edits come up later: nothing within a day of it
// may be missed.
constexpr std::chrono::hours kOverlap{24};

std::string attributes_query(const std::vector<std::string>& keys) {
  std::string query;
  for (const std::string& key : keys) query += "&attributes%5B%5D=" + key;
  return query;
}

std::string since_query(const ReadRequest& request) {
  if (!request.changed_since) return {};
  return "&updated_since=" + format_time(*request.changed_since - kOverlap).substr(0, 19);
}

// One walk through the pages; people go to the visitor as they come, each once.
class Walk {
 public:
  Walk(PeopleVisitor& visitor, const Mapping& mapping, UtcMillis read_at)
      : visitor_(visitor), mapping_(mapping), read_at_(read_at), delivered_(mapping) {}

  /// Whether the page fits what came before and brings somebody new, or completes an empty list.
  bool take(const Page& page) {
    if (total_ && *total_ != page.total_elements) return false;
    total_ = page.total_elements;
    records_ += page.employees.size();
    const std::size_t before = ids_.size();
    for (const Employee& employee : page.employees) {
      if (ids_.add(employee.id)) visit(employee);
    }
    return ids_.size() > before || ended();
  }

  /// Somebody who was read alone.
  void take(const Employee& employee) {
    if (ids_.add(employee.id)) visit(employee);
  }

  bool ended() const { return total_ && records_ >= *total_; }
  /// Everybody once: nobody was skipped behind a repetition.
  bool complete() const { return ended() && ids_.size() == *total_; }
  const IdSet& ids() const { return ids_; }
  std::size_t records() const { return records_; }
  std::size_t people() const { return people_; }
  UtcMillis read_at() const { return read_at_; }
  const Delivered& delivered() const { return delivered_; }

 private:
  void visit(const Employee& employee) {
    delivered_.take(employee);
    Result<Person> person = to_person(employee, mapping_, read_at_);
    if (!person) return visitor_.unusable(employee.id + ": " + person.error().detail);
    ++people_;
    visitor_.person(*std::move(person));
  }

  PeopleVisitor& visitor_;
  const Mapping& mapping_;
  UtcMillis read_at_;
  Delivered delivered_;
  std::optional<std::uint64_t> total_;
  std::size_t records_ = 0;  // repetitions count: the API's offset counts them too
  std::size_t people_ = 0;
  IdSet ids_;
};

class V1 : public Api {
 public:
  V1(client::Endpoint endpoint, PersonioCredentials credentials, Session::World world,
     Mapping mapping, unsigned page_size)
      : session_(Version::v1, std::move(endpoint), std::move(credentials), std::move(world)),
        asked_(std::move(mapping)),
        page_size_(page_size) {}

  Result<bool> opens() override {
    const Result<void> logged_in = session_.log_in();
    if (logged_in) return true;
    if (logged_in.error().fault == Fault::refused) return false;
    return logged_in.error();
  }

  Result<Reading> read_people(const ReadRequest& request, PeopleVisitor& visitor) override;
  Result<std::optional<Person>> read_person(std::string_view id) override;
  Result<std::vector<Attribute>> attributes() override;
  Result<std::vector<AbsencePeriod>> read_absences(const Person& person) override;
  void test(Findings& findings) override;
  Beyond listed_beyond(const IdSet& seen) override;
  void hang_up() override { session_.hang_up(); }

 private:
  Result<Page> page_at(std::size_t offset, std::size_t limit, const std::string& rest);
  Result<void> walk(Walk& walk, const std::string& rest);
  Result<std::optional<Employee>> employee(std::string_view id);
  Result<Reading> finish(Walk& walk, const ReadRequest& request, std::size_t requests_before);
  Result<void> look_up_ids();
  const Mapping& mapping() const { return mapping_ ? *mapping_ : asked_; }
  Result<std::vector<Attribute>> offered();
  Result<void> add_absences(const std::string& path, const Person& person, Span span,
                            std::vector<Absence>& all);
  void test_attributes(const Page& page, Findings& findings);
  void test_offered(Findings& findings);
  void test_absences(Findings& findings);

  Session session_;
  Mapping asked_;
  std::optional<Mapping> mapping_;  // by key
  unsigned page_size_;
};

Result<Page> V1::page_at(std::size_t offset, std::size_t limit, const std::string& rest) {
  const Result<std::string> body =
      session_.get({std::string(kEmployees) + "?limit=" + std::to_string(limit) +
                        "&offset=" + std::to_string(offset) + rest,
                    kEmployees, kKind, kMaxPageBytes});
  if (!body) return body.error();
  return parse_page(*body);
}

Result<void> V1::walk(Walk& walk, const std::string& rest) {
  while (!walk.ended()) {
    const Result<Page> page = page_at(walk.records(), page_size_, rest);
    if (!page) return page.error();
    if (!walk.take(*page)) break;
  }
  return {};
}

Result<Reading> V1::read_people(const ReadRequest& request, PeopleVisitor& visitor) {
  const std::size_t before = session_.requests();
  if (const Result<void> looked = look_up_ids(); !looked) return looked.error();
  const Mapping& by_key = mapping();
  const std::string rest = since_query(request) + attributes_query(asked_attributes(by_key));
  for (int round = 0; round < kScans; ++round) {
    if (round > 0) visitor.restart();
    // The time before the first page: the data is at least as new as we say.
    Walk walk(visitor, by_key, session_.now());
    if (const Result<void> walked = this->walk(walk, rest); !walked) return walked.error();
    // An account that is always uneven is taken as it is in the end, each person for itself.
    const bool even = !walk.delivered().uneven() || round + 1 == kScans;
    if (walk.complete() && even) return finish(walk, request, before);
  }
  return unsteady();
}

Result<Reading> V1::finish(Walk& walk, const ReadRequest& request, std::size_t requests_before) {
  for (const std::string& id : left_out(request, walk.ids())) {
    const Result<std::optional<Employee>> one = employee(id);
    if (!one) return one.error();
    if (*one) walk.take(**one);
  }
  if (const Result<void> delivered = walk.delivered().check(); !delivered) {
    return delivered.error();
  }
  return Reading{walk.people(),
                 walk.read_at(),
                 !request.changed_since,
                 walk.delivered().missing(),
                 session_.requests() - requests_before,
                 "v1"};
}

// There is no way to ask for some attributes of one employee: the others are dropped here.
Result<std::optional<Employee>> V1::employee(std::string_view id) {
  if (!is_id(id)) return Error{Fault::malformed, "Personio: not an employee's id"};
  const Result<Answer> answer = session_.ask({std::string(kEmployees) + "/" + std::string(id),
                                              "/v1/company/employees/{id}", kKind, kMaxPageBytes});
  if (!answer) return answer.error();
  if (answer->status == 404) return std::optional<Employee>();
  if (answer->status != 200) {
    return refused_answer("GET", "/v1/company/employees/{id}", *answer);
  }
  Result<Employee> one = parse_employee(answer->body);
  if (!one) return one.error();
  if (one->id != id) return Error{Fault::upstream, "Personio: answered with another employee"};
  return std::optional(*std::move(one));
}

Result<std::optional<Person>> V1::read_person(std::string_view id) {
  const UtcMillis read_at = session_.now();
  if (const Result<void> looked = look_up_ids(); !looked) return looked.error();
  const Mapping& by_key = mapping();
  const Result<std::optional<Employee>> one = employee(id);
  if (!one) return one.error();
  if (!*one) return std::optional<Person>();
  Result<Person> person = to_person(**one, by_key, read_at);
  if (!person) return Error{person.error().fault, std::string(id) + ": " + person.error().detail};
  return std::optional(*std::move(person));
}

// Ids alone, and one request where nobody is missing.
Api::Beyond V1::listed_beyond(const IdSet& seen) {
  const std::string ids_alone = attributes_query({"id"});
  const Result<Page> first = page_at(0, 1, ids_alone);
  if (!first) return {};
  Beyond beyond{{}, first->total_elements};
  if (beyond.total <= seen.size()) return beyond;
  IdSet listed;
  for (std::size_t records = 0; records < beyond.total;) {
    const Result<Page> page = page_at(records, page_size_, ids_alone);
    if (!page) break;
    const std::size_t before = listed.size();
    records += page->employees.size();
    for (const Employee& one : page->employees) {
      if (listed.add(one.id) && !seen.contains(one.id)) beyond.ids.push_back(one.id);
    }
    if (listed.size() == before) break;
  }
  if (!believable_loss(beyond.ids.size(), seen.size())) beyond.ids.clear();
  return beyond;
}

// ---- attributes ---------------------------------------------------------------------------------

// Below the path of the employees, and so counted as a request for employees.
Result<std::vector<Attribute>> V1::offered() {
  const Result<std::string> body =
      session_.get({std::string(kEmployees) + "/attributes", "/v1/company/employees/attributes",
                    kKind, kMaxAttributeBytes});
  if (!body) return body.error();
  return parse_attributes(*body);
}

// Universal ids are looked up once.  Where the list may not be read, they stay as they are, and
// come for nobody, which the reading tells.  A list that fails for now is no reason to lose them.
Result<void> V1::look_up_ids() {
  if (mapping_) return {};
  const bool by_key = std::all_of(asked_.begin(), asked_.end(),
                                  [](const auto& one) { return is_custom(one.second); });
  if (by_key) {
    mapping_ = asked_;
    return {};
  }
  const Result<std::vector<Attribute>> offers = offered();
  if (!offers && offers.error().fault == Fault::refused) return {};
  if (!offers) return offers.error();
  Mapping found = asked_;
  for (auto& [field, name] : found) {
    for (const Attribute& attribute : *offers) {
      if (attribute.universal_id == name) name = attribute.key;
    }
  }
  mapping_ = std::move(found);
  return {};
}

// Samples only of what a company made itself: what else there is, everybody knows.
Result<std::vector<Attribute>> V1::attributes() {
  Result<std::vector<Attribute>> all = offered();
  if (!all) return all;
  std::vector<std::string> keys;
  for (const Attribute& one : *all) {
    if (is_custom(one.key)) keys.push_back(one.key);
  }
  if (keys.empty() || keys.size() > 200) return all;  // the address of a request has an end
  const Result<Page> page = page_at(0, kSample, attributes_query(keys));
  if (!page) return page.error();
  for (Attribute& one : *all) {
    if (!is_custom(one.key)) continue;
    for (const Employee& employee : page->employees) {
      if (one.sample_shape.empty()) {
        one.sample_shape = shape_of(member(member(employee.attributes, one.key), "value"));
      }
    }
  }
  return all;
}

// ---- absences -----------------------------------------------------------------------------------

// Counted in pages, from 1.  The total and what came must agree.
Result<void> V1::add_absences(const std::string& path, const Person& person, Span span,
                              std::vector<Absence>& all) {
  const std::string query = "?limit=" + std::to_string(kAbsencesAPage) +
                            "&start_date=" + format_date(span.from) +
                            "&end_date=" + format_date(span.to) + "&employees%5B%5D=" + person.id;
  IdSet ids;
  std::size_t records = 0;
  for (std::size_t number = 1;; ++number) {
    const Result<std::string> body = session_.get(
        {path + query + "&offset=" + std::to_string(number), path, kOther, kMaxAbsenceBytes});
    if (!body) return body.error();
    Result<AbsencePage> page = parse_v1_absences(*body);
    if (!page) return page.error();
    records += page->absences.size();
    const std::size_t before = ids.size();
    const bool last =
        page->total ? records >= *page->total : page->absences.size() < kAbsencesAPage;
    for (Absence& one : page->absences) {
      if (ids.add(one.id)) all.push_back(std::move(one));
    }
    if (last && (!page->total || ids.size() == *page->total)) return {};
    if (last || ids.size() == before) {
      return Error{Fault::upstream, "Personio: the pages of absences do not add up"};
    }
  }
}

Result<std::vector<AbsencePeriod>> V1::read_absences(const Person& person) {
  if (!is_id(person.id)) return Error{Fault::malformed, "Personio: not an employee's id"};
  const Span span = span_of(person, std::chrono::floor<std::chrono::days>(session_.now()));
  const Result<std::string> types =
      session_.get({"/v1/company/time-off-types?limit=200", "/v1/company/time-off-types", kOther,
                    kMaxAbsenceBytes});
  if (!types) return types.error();
  const Result<Categories> categories = parse_categories(*types);
  if (!categories) return categories.error();
  std::vector<Absence> all;
  Result<void> added = add_absences("/v1/company/time-offs", person, span, all);
  if (!added) return added.error();
  added = add_absences("/v1/company/absence-periods", person, span, all);
  if (!added) return added.error();
  return to_periods(all, *categories, person.id, span.from, span.to);
}

// ---- the connection test ------------------------------------------------------------------------

void V1::test_attributes(const Page& page, Findings& findings) {
  Delivered delivered(mapping());
  for (const Employee& employee : page.employees) delivered.take(employee);
  for (const std::string_view key : required_attributes()) {
    findings.add("attribute", delivered.nobody_has(key) ? CheckState::missing : CheckState::ok,
                 key);
  }
  for (const std::string_view key : optional_attributes()) {
    findings.add("attribute", delivered.nobody_has(key) ? CheckState::warning : CheckState::ok,
                 key);
  }
  for (const auto& [field, key] : mapping()) {
    findings.add("mapped", delivered.nobody_has(key) ? CheckState::warning : CheckState::ok,
                 field + ": " + key);
  }
}

// What the credential may read beyond what is asked for, and types that do not fit.
void V1::test_offered(Findings& findings) {
  const Result<std::vector<Attribute>> offers = offered();
  if (!offers) return;
  const std::vector<std::string> needed = asked_attributes(mapping());
  std::string more;
  for (const Attribute& one : *offers) {
    const bool fine = is_custom(one.key) || one.key == "last_modified_at" ||
                      std::find(needed.begin(), needed.end(), one.key) != needed.end();
    if (!fine) more += (more.empty() ? "" : ", ") + one.key;
    for (const auto& [field, key] : mapping()) {
      const ReferenceField* its = find_field(field);
      if (key == one.key && its != nullptr && !fits(its->type, one.type)) {
        findings.warn("mapped_type", field + ": " + key);
      }
    }
  }
  if (!more.empty()) findings.warn("more_than_needed", more);
}

void V1::test_absences(Findings& findings) {
  const Result<Answer> answer =
      session_.ask({"/v1/company/time-off-types?limit=1", "/v1/company/time-off-types", kOther,
                    kMaxAbsenceBytes});
  findings.add("absences", answer && answer->status == 200 ? CheckState::ok : CheckState::warning);
}

void V1::test(Findings& findings) {
  if (!look_up_ids()) return findings.missing("reach");
  const Result<Answer> answer =
      session_.ask({std::string(kEmployees) + "?limit=" + std::to_string(kSample) + "&offset=0" +
                        attributes_query(asked_attributes(mapping())),
                    kEmployees, kKind, kMaxPageBytes});
  if (!answer) return findings.missing("reach");
  if (answer->status == 429) return findings.warn("limit"), findings.missing("people", "v1");
  if (answer->status != 200) return findings.missing("people", "v1");
  const Result<Page> page = parse_page(answer->body);
  if (!page && page.error().fault == Fault::refused) return findings.missing("attribute", "id");
  if (!page) return findings.missing("people", "v1");
  findings.ok("people", "v1");
  if (page->employees.empty()) {
    findings.warn("people");
  } else {
    test_attributes(*page, findings);
  }
  test_offered(findings);
  test_absences(findings);
}

}  // namespace

std::unique_ptr<Api> make_v1(client::Endpoint endpoint, PersonioCredentials credentials,
                             Session::World world, Mapping mapping, unsigned page_size) {
  return std::make_unique<V1>(std::move(endpoint), std::move(credentials), std::move(world),
                              std::move(mapping), page_size);
}

}  // namespace refledger::ingest::personio
