#include "ingest/personio/v2_organisation.h"

#include <set>

#include "ingest/personio/cursor.h"
#include "ingest/personio/value.h"
#include "ledger/core/json.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::size_t kMaxPages = 100;  // of 100 legal entities each

Result<std::optional<std::string>> name_in(const Json& item) {
  return text_of_value(member(item, "name"), "name");
}

}  // namespace

bool is_refusal(unsigned status) {
  return status == 400 || status == 401 || status == 403 || status == 404 || status == 412;
}

Result<std::string> parse_org_unit(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxOrganisationBytes, "org unit");
  if (!parsed) return parsed.error();
  const Json& data = member(*parsed, "_data");
  const Result<std::optional<std::string>> name = name_in(data.is_object() ? data : *parsed);
  if (!name) return name.error();
  if (!*name) return Error{Fault::malformed, "org unit: no name"};
  return **name;
}

Result<NamesPage> parse_legal_entities(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxOrganisationBytes, "legal entities");
  if (!parsed) return parsed.error();
  const Json& data = member(*parsed, "_data");
  if (!data.is_array()) {
    return Error{Fault::malformed, "legal entities: _data expected as a list"};
  }
  NamesPage page;
  for (const Json& item : data) {
    const std::optional<std::string> id = id_in(item);
    const Result<std::optional<std::string>> name = name_in(item);
    if (!id || !name) return Error{Fault::malformed, "legal entities: one without id or name"};
    if (*name) page.names[*id] = **name;
  }
  Result<std::optional<std::string>> cursor = next_cursor(*parsed);
  if (!cursor) return cursor.error();
  page.cursor = *std::move(cursor);
  return page;
}

Result<std::optional<std::string>> Organisation::department(const std::string& id) {
  if (id.empty() || departments_refused_ != 0) return std::optional<std::string>();
  if (const auto found = departments_.find(id); found != departments_.end()) return found->second;
  const Result<Answer> answer =
      session_.ask({"/v2/org-units/" + id + "?type=department", "/v2/org-units/{id}",
                    "v2/org-units", kMaxOrganisationBytes});
  if (!answer) return answer.error();
  if (answer->status == 404) return departments_[id] = std::nullopt;  // this one is gone
  if (departments_.empty() && is_refusal(answer->status)) {
    departments_refused_ = answer->status;
    return std::optional<std::string>();
  }
  if (answer->status == 400) return departments_[id] = std::nullopt;  // none that can be asked for
  // A right does not go while one reads: half the people would be without a department.
  if (answer->status != 200) return refused_answer("GET", "/v2/org-units/{id}", *answer);
  const Result<std::string> name = parse_org_unit(answer->body);
  if (!name) return name.error();
  return departments_[id] = *name;
}

Result<void> Organisation::read_legal_entities() {
  NamesById all;
  std::set<std::string> cursors;
  std::string rest;
  for (std::size_t number = 0; number < kMaxPages; ++number) {
    const Result<Answer> answer =
        session_.ask({"/v2/legal-entities?limit=100" + rest, "/v2/legal-entities",
                      "v2/legal-entities", kMaxOrganisationBytes});
    if (!answer) return answer.error();
    if (is_refusal(answer->status)) {
      legal_entities_refused_ = answer->status;
      legal_entities_.emplace();
      return {};
    }
    if (answer->status != 200) return refused_answer("GET", "/v2/legal-entities", *answer);
    Result<NamesPage> page = parse_legal_entities(answer->body);
    if (!page) return page.error();
    all.merge(page->names);
    if (!page->cursor || !cursors.insert(*page->cursor).second) break;
    rest = "&cursor=" + *page->cursor;
  }
  legal_entities_ = std::move(all);
  return {};
}

Result<std::optional<std::string>> Organisation::legal_entity(const std::string& id) {
  if (id.empty() || legal_entities_refused_ != 0) return std::optional<std::string>();
  if (!legal_entities_) {
    if (const Result<void> read = read_legal_entities(); !read) return read.error();
  }
  if (legal_entities_refused_ == 0 && !legal_entities_->contains(id) && !read_again_) {
    read_again_ = true;  // the list tells no total: one that it lacks is looked for once more
    if (const Result<void> read = read_legal_entities(); !read) return read.error();
  }
  const auto found = legal_entities_->find(id);
  if (found == legal_entities_->end()) return std::optional<std::string>();
  return std::optional(found->second);
}

}  // namespace refledger::ingest::personio
