// What the pages about cases share.
#pragma once

#include <memory>
#include <string>

#include "desk/case/book.h"
#include "desk/web/cases/area.h"
#include "desk/web/cases/bulk.h"
#include "desk/web/cases/staff_list.h"

namespace refledger::site {

/// One object for all handlers of the area; outlives them.
struct CasePages {
  CaseParts parts;
  Bulk bulk;
  StaffList staff;

  explicit CasePages(CaseParts given)
      : parts(std::move(given)), bulk(*parts.desk), staff(*parts.desk) {}
  desk::Drafting desk() const { return desk::Drafting(*parts.desk); }
  Result<Date> today(UtcMillis now) const;
};
using SharedPages = std::shared_ptr<CasePages>;

void add_board(Area& area, const SharedPages& pages);
void add_begin(Area& area, const SharedPages& pages);
void add_case(Area& area, const SharedPages& pages);
void add_wizard(Area& area, const SharedPages& pages);
void add_approval(Area& area, const SharedPages& pages);
void add_signature(Area& area, const SharedPages& pages);
void add_hearing(Area& area, const SharedPages& pages);

/// Whoever signs elsewhere, as a form names them.
desk::Signers signers_in(const Form& form);

inline constexpr access::Roles kReaders = access::Roles::all();
inline constexpr access::Roles kWriters =
    access::Role::clerk | access::Role::approver | access::Role::signatory;
inline constexpr access::Roles kApprovers = access::Role::approver | access::Role::signatory;

desk::Actor actor_of(const Context& context);
std::string code_of(const Context& context);  ///< "de"

/// A text of the area; the key itself says what is missing.
std::string said(const Context& context, const std::string& key, const Blanks& blanks = {});
/// The pack's own words in the reader's language.
std::string in_language(const Context& context, const letter::InLanguages& texts);

/// For finding: capitals of the alphabet count as small letters.
std::string folded(const std::string& text);

/// "2026-10-31" as the language has it; anything else as it is.
std::string shown_day(const Context& context, const std::string& day);

/// "good", "late", "bad", "wait", "plain": the colour of a badge.
std::string tone_of(desk::Standing standing);

/// What is to be done about a waiting case, in the reader's language.
std::string waiting_said(const Context& context, desk::Waiting waiting, const std::string& field);

/// The name of a type of document, by the pack of its country.
std::string type_name(const Context& context, const CasePages& pages, const std::string& country,
                      const std::string& type);

/// The pack that counts for a document of that country signed today; null: there is none.
const letter::Pack* pack_of(const CasePages& pages, const std::string& country, UtcMillis now);

/// A finding or a refusal of the case layer, said to people.
std::string error_said(const Context& context, const Error& error);

/// What is behind a field for people: "functions.1.tasks" is "Tasks".
std::string field_said(const Context& context, const std::string& field);

/// "performance": "Performance"; "function-2": "Function 2".
std::string section_said(const Context& context, const std::string& section);

/// "Personio, hire_date" or "typed by NAME", and the time.
std::string origin_said(const Context& context, const ingest::Provenance& from);

/// Badge, name, links: what stands above each page of one case.
Json head_of(const Context& context, const CasePages& pages, const desk::Dossier& dossier,
             const std::string& current);

/// What comes next in the case, with where to do it.
Json next_of(const Context& context, const CasePages& pages, const desk::Dossier& dossier);

/// The letter, section by section, for the preview.
Json letter_json(const letter::Letter& letter);

}  // namespace refledger::site
