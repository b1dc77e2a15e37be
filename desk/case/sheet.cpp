#include "desk/case/sheet.h"

#include <algorithm>
#include <array>

#include "ledger/core/text.h"

namespace refledger::desk {
namespace {

constexpr std::array<std::string_view, 22> kPlain{"type",
                                                  "country",
                                                  "language",
                                                  "given_name",
                                                  "family_name",
                                                  "salutation",
                                                  "academic_title",
                                                  "birthdate",
                                                  "place_of_origin",
                                                  "employer_description",
                                                  "employed_from",
                                                  "employed_to",
                                                  "leaving_reason",
                                                  "absence_mention",
                                                  "training",
                                                  "health_cover",
                                                  "thanks",
                                                  "wishes",
                                                  "document_date",
                                                  "signing",
                                                  "to",
                                                  "absences"};
constexpr std::array<std::string_view, 6> kFunction{"title", "department", "workload",
                                                    "from",  "to",         "tasks"};
constexpr std::array<std::string_view, 3> kSignatory{"name", "function", "rank"};
constexpr std::array<std::string_view, 2> kRating{"grade", "evidence"};
constexpr std::array<std::string_view, 4> kDecision{"finding", "section", "excerpt", "reason"};
constexpr std::array<std::string_view, 3> kPlaces{"introduction", "employer_description",
                                                  "closing"};  ///< of the issuer's own text
constexpr std::size_t kMaxName = 96;

template <class List>
bool has(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 48 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

bool is_small_number(std::string_view text) {
  return (text.size() == 1 && text[0] >= '1' && text[0] <= '9') ||
         (text.size() == 2 && text[0] >= '1' && text[0] <= '3' && text[1] >= '0' && text[1] <= '9');
}

// Several lines, as a form sends them.
Result<std::string> clean(const std::string& name, const std::string& given) {
  std::string text;
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (given[at] == '\r') {
      text.push_back('\n');
      if (at + 1 < given.size() && given[at + 1] == '\n') ++at;
    } else {
      text.push_back(given[at]);
    }
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  std::string one_line = text;
  std::replace(one_line.begin(), one_line.end(), '\n', ' ');
  std::replace(one_line.begin(), one_line.end(), '\t', ' ');
  if (!is_one_line(one_line)) return Error{Fault::malformed, name + ": not a text"};
  if (text.size() > kMaxField) return Error{Fault::out_of_range, name + ": too long"};
  return text;
}

std::string text_in(const std::map<std::string, Entry>& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second.text;
}

Result<void> check_size(const Sheet& sheet) {
  std::size_t bytes = 0;
  for (const auto& [name, entry] : sheet.fields) bytes += name.size() + entry.text.size();
  if (sheet.fields.size() <= kMaxFields && bytes <= kMaxSheet) return {};
  return Error{Fault::out_of_range, "the draft: too long"};
}

// A word given about an older version no longer counts; the approved text stays to compare with.
void end_what_was_said(Sheet& sheet) {
  sheet.asked.reset();
  sheet.approval.reset();
}

Result<void> take(Sheet& sheet, const Fields& changes, const Signed& by) {
  Sheet after = sheet;
  Revision revision{sheet.version + 1, by, {}};
  for (const auto& [name, text] : changes) {
    const auto found = sheet.fields.find(name);
    if (found == sheet.fields.end() ? text.empty() : found->second.text == text) continue;
    revision.before[name] =
        found == sheet.fields.end() ? std::nullopt : std::optional(found->second);
    after.fields[name] = {text, by};
  }
  if (revision.before.empty()) return {};
  if (auto fits = check_size(after); !fits) return fits;
  after.version = revision.version;
  after.history.push_back(std::move(revision));
  if (after.history.size() > kMaxRevisions) after.history.erase(after.history.begin());
  end_what_was_said(after);
  sheet = std::move(after);
  return {};
}

}  // namespace

bool is_sheet_field(std::string_view name) {
  if (name.size() > kMaxName) return false;
  if (has(kPlain, name) || name == "qr") return true;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view root = name.substr(0, dot);
  const std::string_view rest = name.substr(dot + 1);
  if (root == "leave_out") return has(kPlaces, rest);
  if (root == "reasons" || root == "grounds" || root == "blocks" || root == "edited") {
    return is_word(rest);
  }
  const std::size_t second = rest.find('.');
  if (second == std::string_view::npos) return false;
  const std::string_view which = rest.substr(0, second);
  const std::string_view leaf = rest.substr(second + 1);
  if (root == "functions") return is_small_number(which) && has(kFunction, leaf);
  if (root == "signatories") return (which == "1" || which == "2") && has(kSignatory, leaf);
  if (root == "ratings") return is_word(which) && has(kRating, leaf);
  return root == "overrides" && is_word(which) && has(kDecision, leaf);
}

Fields Sheet::texts() const {
  Fields all;
  for (const auto& [name, entry] : fields) {
    if (!entry.text.empty()) all[name] = entry.text;
  }
  return all;
}

std::string Sheet::text(const std::string& name) const { return text_in(fields, name); }

std::set<std::string> Sheet::authors() const {
  std::set<std::string> all;
  for (const auto& [name, entry] : fields) all.insert(entry.by.id);
  return all;
}

std::optional<std::map<std::string, Entry>> fields_at(const Sheet& sheet, std::uint64_t version) {
  if (version > sheet.version) return std::nullopt;
  std::map<std::string, Entry> fields = sheet.fields;
  std::uint64_t at = sheet.version;
  for (auto one = sheet.history.rbegin(); one != sheet.history.rend() && at > version; ++one) {
    for (const auto& [name, before] : one->before) {
      if (before) {
        fields[name] = *before;
      } else {
        fields.erase(name);
      }
    }
    at = one->version - 1;
  }
  if (at != version) return std::nullopt;
  return fields;
}

Result<Saved> save(Sheet& sheet, std::uint64_t base, const Fields& changes, const Signed& by) {
  if (base > sheet.version) return Error{Fault::conflict, "the draft: no such version"};
  const auto before = fields_at(sheet, base);
  Saved saved;
  Fields taken;
  for (const auto& [name, given] : changes) {
    if (!is_sheet_field(name)) return Error{Fault::malformed, "the draft: no such field"};
    Result<std::string> text = clean(name, given);
    if (!text) return text.error();
    const std::string theirs = text_in(sheet.fields, name);
    const bool i_changed = !before || text_in(*before, name) != *text;
    const bool they_changed = !before || text_in(*before, name) != theirs;
    if (!i_changed || *text == theirs) continue;
    if (they_changed) {
      const auto found = sheet.fields.find(name);
      saved.clashes.push_back(
          {name, *text, theirs, found == sheet.fields.end() ? Signed{} : found->second.by});
    } else {
      taken[name] = *text;
    }
  }
  for (const auto& [name, entry] : sheet.fields) {
    if (before && text_in(*before, name) != entry.text) saved.by_others.push_back(name);
  }
  if (auto done = take(sheet, taken, by); !done) return done.error();
  saved.version = sheet.version;
  return saved;
}

Result<void> restore(Sheet& sheet, std::uint64_t version, const Signed& by) {
  const auto wanted = fields_at(sheet, version);
  if (!wanted) return Error{Fault::not_found, "the draft: no such version"};
  Fields changes;
  for (const auto& [name, entry] : sheet.fields) changes[name] = text_in(*wanted, name);
  for (const auto& [name, entry] : *wanted) changes[name] = entry.text;
  return take(sheet, changes, by);
}

void forget_history(Sheet& sheet) {
  for (Revision& one : sheet.history) one.before.clear();
  sheet.last_approved.reset();
}

}  // namespace refledger::desk
