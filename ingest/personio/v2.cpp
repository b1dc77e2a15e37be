#include "ingest/personio/v2.h"

#include <algorithm>
#include <set>

#include "ingest/personio/absence_list.h"
#include "ingest/personio/id_set.h"
#include "ingest/personio/v2_delivered.h"
#include "ingest/personio/v2_organisation.h"
#include "ingest/personio/value.h"

namespace refledger::ingest::personio {
namespace {

constexpr unsigned kMostPersonsAPage = 50;
constexpr std::size_t kAbsencesAPage = 100;
constexpr std::size_t kMaxEmploymentPages = 20;
constexpr std::string_view kPersons = "/v2/persons";
constexpr std::string_view kEmployments = "/v2/persons/{id}/employments";
// Edits come up later than they are dated.
constexpr std::chrono::hours kOverlap{1};

std::string to_seconds(UtcMillis time) { return format_time(time).substr(0, 19) + "Z"; }

std::string since_query(const ReadRequest& request) {
  if (!request.changed_since) return {};
  return "&updated_at.gt=" + to_seconds(*request.changed_since - kOverlap);
}

// One walk through the pages; people go to the visitor as they come.
struct Walk {
  PeopleVisitor& visitor;
  UtcMillis read_at;
  Date today;
  V2Delivered delivered;
  bool everybody = false;
  IdSet ids = {};
  std::size_t people = 0;
  std::size_t unaccounted = 0;
};

enum class Walked { whole, moved };

class V2 : public Api {
 public:
  V2(client::Endpoint endpoint, PersonioCredentials credentials, Session::World world,
     Mapping mapping, unsigned page_size, Api* with_total)
      : session_(Version::v2, std::move(endpoint), std::move(credentials), std::move(world)),
        mapping_(std::move(mapping)),
        page_size_(std::min(page_size, kMostPersonsAPage)),
        with_total_(with_total) {}

  Result<bool> opens() override;
  Result<Reading> read_people(const ReadRequest& request, PeopleVisitor& visitor) override;
  Result<std::optional<Person>> read_person(std::string_view id) override;
  Result<std::vector<Attribute>> attributes() override;
  Result<std::vector<AbsencePeriod>> read_absences(const Person& person) override;
  void test(Findings& findings) override;
  Beyond listed_beyond(const IdSet&) override { return {}; }
  void hang_up() override { session_.hang_up(); }

 private:
  Result<Answer> ask_persons(const std::string& query);
  Result<PersonsPage> persons(const std::string& query);
  Result<std::vector<Employment>> employments(const std::string& person_id);
  Result<bool> says_the_same(const std::string& query, const PersonsPage& before);
  Result<Walked> walk(Walk& walk, Organisation& organisation, const std::string& filter);
  struct Whole {
    std::optional<Employment> employment;
    Names names;
    std::string problem;  // empty: none
  };
  Result<Whole> complete(const PersonRecord& record, Date today, Organisation& organisation);
  static Result<Person> person_of(const PersonRecord& record, const Whole& whole,
                                  UtcMillis read_at);
  Result<void> visit(Walk& walk, Organisation& organisation, const PersonRecord& record);
  static Result<void> deliver(Walk& walk, const PersonRecord& record, const Whole& whole,
                              Result<Person> person);
  Result<std::optional<PersonRecord>> person_alone(const std::string& id);
  Result<void> visit_also(Walk& walk, Organisation& organisation,
                          const std::vector<std::string>& ids);
  Result<void> visit_beyond(Walk& walk, Organisation& organisation);
  Result<Names> names_of(Organisation& organisation, const Employment& employment);
  Reading reading_of(const Walk& walk, const ReadRequest& request, std::size_t requests_before);
  Result<Categories> categories();
  void test_sample(const PersonsPage& page, Findings& findings);
  void test_organisation(const Organisation& organisation, const V2Delivered& delivered,
                         Findings& findings);
  void test_absences(Findings& findings);
  Date today() const { return std::chrono::floor<std::chrono::days>(session_.now()); }

  Session session_;
  Mapping mapping_;
  unsigned page_size_;
  Api* with_total_;  // null: nobody tells how many there are
};

// ---- persons and employments --------------------------------------------------------------------

Result<Answer> V2::ask_persons(const std::string& query) {
  return session_.ask({std::string(kPersons) + query, kPersons, "v2/persons", kMaxPersonsBytes});
}

Result<PersonsPage> V2::persons(const std::string& query) {
  const Result<Answer> answer = ask_persons(query);
  if (!answer) return answer.error();
  if (answer->status != 200) return refused_answer("GET", kPersons, *answer);
  return parse_persons(answer->body, mapping_);
}

Result<std::vector<Employment>> V2::employments(const std::string& person_id) {
  std::vector<Employment> all;
  std::set<std::string> cursors;
  std::string rest;
  for (std::size_t number = 0; number < kMaxEmploymentPages; ++number) {
    const Result<std::string> body =
        session_.get({"/v2/persons/" + person_id + "/employments?limit=50" + rest, kEmployments,
                      "v2/employments", kMaxEmploymentsBytes});
    if (!body) return body.error();
    Result<EmploymentsPage> page = parse_employments(*body);
    if (!page) return page.error();
    for (Employment& one : page->employments) {
      if (!one.person_id.empty() && one.person_id != person_id) {
        return Error{Fault::upstream, "Personio: answered with another person's employments"};
      }
      all.push_back(std::move(one));
    }
    if (!page->cursor || !cursors.insert(*page->cursor).second) break;
    rest = "&cursor=" + *page->cursor;
  }
  return all;
}

Result<Names> V2::names_of(Organisation& organisation, const Employment& employment) {
  Result<std::optional<std::string>> department = organisation.department(employment.department_id);
  if (!department) return department.error();
  Result<std::optional<std::string>> entity = organisation.legal_entity(employment.legal_entity_id);
  if (!entity) return entity.error();
  return Names{*std::move(department), *std::move(entity)};
}

// The employment that counts, with its names; why not, where the answers do not add up.
Result<V2::Whole> V2::complete(const PersonRecord& record, Date today, Organisation& organisation) {
  Result<std::vector<Employment>> all = employments(record.id);
  if (!all) return all.error();
  Whole whole;
  const Employment* counts = current(*all, today);
  const bool lacks_one =
      std::any_of(record.employments.begin(), record.employments.end(), [&](const std::string& id) {
        return std::none_of(all->begin(), all->end(),
                            [&](const Employment& one) { return one.id == id; });
      });
  if (lacks_one) {
    whole.problem = "employments: not all of them came";
  } else if (counts == nullptr) {
    whole.problem = "employments: none";
  }
  if (counts == nullptr) return whole;
  whole.employment = *counts;
  Result<Names> names = names_of(organisation, *counts);
  if (!names) return names.error();
  whole.names = *std::move(names);
  return whole;
}

Result<Person> V2::person_of(const PersonRecord& record, const Whole& whole, UtcMillis read_at) {
  if (!whole.problem.empty()) return Error{Fault::malformed, whole.problem};
  return to_person(record, *whole.employment, whole.names, read_at);
}

// Nothing tells an answer that is not whole from a person who is not: such a one is asked for a
// second time, alone.
Result<void> V2::visit(Walk& walk, Organisation& organisation, const PersonRecord& record) {
  Result<Whole> whole = complete(record, walk.today, organisation);
  if (!whole) return whole.error();
  Result<Person> person = person_of(record, *whole, walk.read_at);
  if (person) return deliver(walk, record, *whole, std::move(person));
  const Result<std::optional<PersonRecord>> again = person_alone(record.id);
  if (!again) return again.error();
  if (!*again) return {};  // deleted meanwhile
  whole = complete(**again, walk.today, organisation);
  if (!whole) return whole.error();
  return deliver(walk, **again, *whole, person_of(**again, *whole, walk.read_at));
}

Result<void> V2::deliver(Walk& walk, const PersonRecord& record, const Whole& whole,
                         Result<Person> person) {
  if (whole.employment) walk.delivered.take(record, *whole.employment, whole.names);
  if (!person) {
    walk.visitor.unusable(record.id + ": " + person.error().detail);
    return {};
  }
  ++walk.people;
  walk.visitor.person(*std::move(person));
  return {};
}

Result<std::optional<PersonRecord>> V2::person_alone(const std::string& id) {
  const Result<Answer> answer = ask_persons("/" + id);
  if (!answer) return answer.error();
  if (answer->status == 404) return std::optional<PersonRecord>();
  if (answer->status != 200) return refused_answer("GET", "/v2/persons/{id}", *answer);
  Result<PersonRecord> record = parse_person(answer->body, mapping_);
  if (!record) return record.error();
  if (record->id != id) return Error{Fault::upstream, "Personio: answered with another person"};
  return std::optional(*std::move(record));
}

// v2 tells no total: a page that is not full is asked for twice, so that somebody who was left out
// once is not lost.
Result<bool> V2::says_the_same(const std::string& query, const PersonsPage& before) {
  const Result<PersonsPage> page = persons(query);
  if (!page) return page.error();
  return std::equal(page->persons.begin(), page->persons.end(), before.persons.begin(),
                    before.persons.end(),
                    [](const PersonRecord& a, const PersonRecord& b) { return a.id == b.id; });
}

// A list that moves while it is read may hide somebody behind a repetition.
Result<Walked> V2::walk(Walk& walk, Organisation& organisation, const std::string& filter) {
  std::set<std::string> cursors;
  std::string query = "?limit=" + std::to_string(page_size_) + filter;
  for (;;) {
    const Result<PersonsPage> page = persons(query);
    if (!page) return page.error();
    if (walk.everybody && page->persons.size() < page_size_) {
      const Result<bool> confirmed = says_the_same(query, *page);
      if (!confirmed) return confirmed.error();
      if (!*confirmed) return Walked::moved;
    }
    for (const PersonRecord& record : page->persons) {
      if (!walk.ids.add(record.id)) return Walked::moved;
      if (const Result<void> visited = visit(walk, organisation, record); !visited) {
        return visited.error();
      }
    }
    if (!page->cursor) return Walked::whole;
    if (!cursors.insert(*page->cursor).second) {
      // Some answers' last link leads back to themselves; a page that is not full is the last.
      return page->persons.size() < page_size_ ? Walked::whole : Walked::moved;
    }
    if (page->persons.empty()) return Walked::moved;
    query = "?limit=" + std::to_string(page_size_) + "&cursor=" + *page->cursor;
  }
}

Result<void> V2::visit_also(Walk& walk, Organisation& organisation,
                            const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    if (!is_id(id)) return Error{Fault::malformed, "Personio: not a person's id"};
    if (walk.ids.contains(id)) continue;
    const Result<std::optional<PersonRecord>> record = person_alone(id);
    if (!record) return record.error();
    if (!*record) continue;
    walk.ids.add(id);
    if (const Result<void> visited = visit(walk, organisation, **record); !visited) return visited;
  }
  return {};
}

// Whoever is still missing then, by v1's count, is nobody that can be named.
Result<void> V2::visit_beyond(Walk& walk, Organisation& organisation) {
  const Beyond beyond = with_total_->listed_beyond(walk.ids);
  if (auto visited = visit_also(walk, organisation, beyond.ids); !visited) return visited;
  if (beyond.total > walk.ids.size()) walk.unaccounted = beyond.total - walk.ids.size();
  return {};
}

Reading V2::reading_of(const Walk& walk, const ReadRequest& request, std::size_t requests_before) {
  const bool complete = !request.changed_since;
  return {walk.people,
          walk.read_at,
          complete,
          complete ? walk.delivered.missing() : std::vector<std::string>{},
          session_.requests() - requests_before,
          "v2",
          walk.unaccounted};
}

Result<Reading> V2::read_people(const ReadRequest& request, PeopleVisitor& visitor) {
  const std::size_t before = session_.requests();
  Organisation organisation(session_);
  for (int round = 0; round < kScans; ++round) {
    if (round > 0) visitor.restart();
    Walk state{visitor, session_.now(), today(), V2Delivered(mapping_), !request.changed_since};
    const Result<Walked> walked = walk(state, organisation, since_query(request));
    if (!walked) return walked.error();
    if (*walked == Walked::moved) continue;
    Result<void> done = visit_also(state, organisation, left_out(request, state.ids));
    if (done && !request.changed_since && with_total_ != nullptr) {
      done = visit_beyond(state, organisation);
    }
    if (done && !request.changed_since) done = state.delivered.check();
    if (!done) return done.error();
    return reading_of(state, request, before);
  }
  return unsteady();
}

Result<std::optional<Person>> V2::read_person(std::string_view id) {
  class One : public PeopleVisitor {
   public:
    void restart() override { told.reset(); }
    void person(Person&& person) override { told = std::move(person); }
    void unusable(std::string what) override { problem = std::move(what); }
    std::optional<Person> told;
    std::string problem;
  };
  One one;
  Organisation organisation(session_);
  Walk state{one, session_.now(), today(), V2Delivered(mapping_)};
  const Result<void> visited = visit_also(state, organisation, {std::string(id)});
  if (!visited) return visited.error();
  if (!one.problem.empty()) return Error{Fault::malformed, one.problem};
  return std::move(one.told);
}

// v2 has no list of attributes: what anybody on the first page has is what can be seen.
Result<std::vector<Attribute>> V2::attributes() {
  const Result<Answer> answer = ask_persons("?limit=" + std::to_string(page_size_));
  if (!answer) return answer.error();
  if (answer->status != 200) return refused_answer("GET", kPersons, *answer);
  return parse_custom_attributes(answer->body);
}

// ---- absences -----------------------------------------------------------------------------------

Result<Categories> V2::categories() {
  const Result<std::string> body = session_.get(
      {"/v2/absence-types?limit=100", "/v2/absence-types", "v2/absence-types", kMaxAbsenceBytes});
  if (!body) return body.error();
  return parse_categories(*body);
}

Result<std::vector<AbsencePeriod>> V2::read_absences(const Person& person) {
  if (!is_id(person.id)) return Error{Fault::malformed, "Personio: not a person's id"};
  const Span span = span_of(person, today());
  const Result<Categories> types = categories();
  if (!types) return types.error();
  std::vector<Absence> all;
  IdSet ids;
  std::set<std::string> cursors;
  std::string query = "?limit=" + std::to_string(kAbsencesAPage) + "&person.id=" + person.id;
  for (;;) {
    const Result<std::string> body =
        session_.get({"/v2/absence-periods" + query, "/v2/absence-periods", "v2/absence-periods",
                      kMaxAbsenceBytes});
    if (!body) return body.error();
    Result<AbsencePage> page = parse_v2_absences(*body);
    if (!page) return page.error();
    const bool full = page->absences.size() >= kAbsencesAPage;
    for (Absence& one : page->absences) {
      if (ids.add(one.id)) all.push_back(std::move(one));
    }
    if (!page->cursor) break;
    if (!cursors.insert(*page->cursor).second) {
      if (!full) break;
      return Error{Fault::upstream, "Personio: the pages of absences do not add up"};
    }
    query = "?limit=" + std::to_string(kAbsencesAPage) + "&cursor=" + *page->cursor;
  }
  return to_periods(all, *types, person.id, span.from, span.to);
}

// ---- whether it can be used ---------------------------------------------------------------------

Result<bool> V2::opens() {
  const Result<void> logged_in = session_.log_in();
  if (!logged_in && logged_in.error().fault == Fault::refused) return false;
  if (!logged_in) return logged_in.error();
  const Result<Answer> answer = ask_persons("?limit=1");
  if (!answer) return answer.error();
  if (is_refusal(answer->status)) return false;
  if (answer->status != 200) return refused_answer("GET", kPersons, *answer);
  const Result<PersonsPage> page = parse_persons(answer->body, {});
  if (!page) return page.error();
  if (page->persons.empty()) return true;
  const Result<Answer> employed =
      session_.ask({"/v2/persons/" + page->persons[0].id + "/employments?limit=1", kEmployments,
                    "v2/employments", kMaxEmploymentsBytes});
  if (!employed) return employed.error();
  if (is_refusal(employed->status)) return false;
  if (employed->status != 200) return refused_answer("GET", kEmployments, *employed);
  return true;
}

void V2::test_organisation(const Organisation& organisation, const V2Delivered& delivered,
                           Findings& findings) {
  if (organisation.departments_refused() != 0) findings.warn("departments");
  if (!delivered.nobody_has("department")) findings.ok("departments");
  if (organisation.legal_entities_refused() == 412) {
    findings.warn("plan", "legal entities");
  } else if (organisation.legal_entities_refused() != 0) {
    findings.warn("legal_entities");
  }
  if (!delivered.nobody_has("subcompany")) findings.ok("legal_entities");
}

void V2::test_absences(Findings& findings) {
  const Result<Answer> answer = session_.ask(
      {"/v2/absence-types?limit=1", "/v2/absence-types", "v2/absence-types", kMaxAbsenceBytes});
  findings.add("absences", answer && answer->status == 200 ? CheckState::ok : CheckState::warning);
}

void V2::test_sample(const PersonsPage& page, Findings& findings) {
  Organisation organisation(session_);
  V2Delivered delivered(mapping_);
  for (const PersonRecord& record : page.persons) {
    const Result<std::vector<Employment>> all = employments(record.id);
    if (!all) return findings.missing("people", "v2");
    const Employment* counts = current(*all, today());
    if (counts == nullptr) continue;
    const Result<Names> names = names_of(organisation, *counts);
    if (!names) return findings.missing("reach");
    delivered.take(record, *counts, *names);
  }
  findings.ok("people", "v2");
  if (!delivered.anybody()) return findings.warn("people");
  for (const char* name :
       {"status", "first_name", "last_name", "hire_date", "termination_date", "termination_type"}) {
    findings.add("attribute", delivered.nobody_has(name) ? CheckState::missing : CheckState::ok,
                 name);
  }
  for (const char* name : {"position", "weekly_working_hours", "contract_end_date",
                           "last_working_day", "email", "gender", "department", "subcompany"}) {
    findings.add("attribute", delivered.nobody_has(name) ? CheckState::warning : CheckState::ok,
                 name);
  }
  for (const auto& [field, key] : mapping_) {
    const std::string subject = field + ": " + key;
    findings.add("mapped", delivered.nobody_has(subject) ? CheckState::warning : CheckState::ok,
                 subject);
  }
  test_organisation(organisation, delivered, findings);
}

void V2::test(Findings& findings) {
  // A few who have left, if there are any: only they show whether an end is told.
  Result<Answer> answer = ask_persons("?limit=5&status=INACTIVE");
  if (answer && answer->status == 200) {
    const Result<PersonsPage> left = parse_persons(answer->body, mapping_);
    if (left && left->persons.empty()) answer = ask_persons("?limit=5");
  }
  if (!answer) return findings.missing("reach");
  if (answer->status == 429) findings.warn("limit");
  if (answer->status != 200) return findings.missing("people", "v2");
  if (const std::optional<Told> told = told_limit(*answer)) {
    findings.ok("limit", std::to_string(static_cast<long>(told->rate)));
  }
  const Result<PersonsPage> page = parse_persons(answer->body, mapping_);
  if (!page) return findings.missing("people", "v2");
  test_sample(*page, findings);
  test_absences(findings);
}

}  // namespace

std::unique_ptr<Api> make_v2(client::Endpoint endpoint, PersonioCredentials credentials,
                             Session::World world, Mapping mapping, unsigned page_size,
                             Api* with_total) {
  return std::make_unique<V2>(std::move(endpoint), std::move(credentials), std::move(world),
                              std::move(mapping), page_size, with_total);
}

}  // namespace refledger::ingest::personio
