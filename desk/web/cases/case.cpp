// One case: what is next, what is known and from where, who did what, and the orders about it.
#include <algorithm>

#include "desk/web/cases/pages.h"
#include "ledger/core/text.h"

namespace refledger::site {
namespace {

constexpr std::chrono::minutes kOneSitting{10};
constexpr std::size_t kMostNamed = 4;

// Facts in the order in which people ask for them.
constexpr const char* kFacts[] = {"given_name",  "family_name",   "gender",   "birthdate",
                                  "position",    "department",    "workload", "employed_from",
                                  "employed_to", "governing_law", "language", "wish",
                                  "to",          "employer",      "signatory"};
constexpr const char* kDays[] = {"birthdate", "employed_from", "employed_to", "document_date"};

bool is_day(std::string_view name) {
  return std::ranges::any_of(kDays, [&](const char* day) { return name == day; });
}

// A code of the HR system or ours in the reader's language; anything else as it is.
std::string fact_said(const Context& context, const std::string& name, const std::string& value) {
  if (is_day(name)) return shown_day(context, value);
  const char* prefix = name == "gender"          ? "salutation_"
                       : name == "governing_law" ? "country_"
                       : name == "language"      ? "language_"
                       : name == "wish"          ? "wish_"
                                                 : nullptr;
  if (prefix == nullptr) return value;
  const std::string key = prefix + value;
  return context.text("cases." + key) == "cases." + key ? value : said(context, key);
}

Json facts_json(const Context& context, const desk::Dossier& dossier) {
  Json facts = Json::array();
  for (const char* name : kFacts) {
    const auto found = dossier.facts.find(name);
    if (found == dossier.facts.end()) continue;
    const std::string& value = found->second.value;
    facts.push_back({{"label", said(context, std::string("fact_") + name)},
                     {"value", fact_said(context, name, value)},
                     {"origin", origin_said(context, found->second.from)}});
  }
  return facts;
}

struct Told {
  UtcMillis at;
  std::string who;
  std::string what;
  std::uint64_t restores = 0;  ///< the version before it
};

std::string named(const Context& context, const std::set<std::string>& fields) {
  std::string list;
  std::size_t count = 0;
  std::set<std::string> labels;
  for (const std::string& field : fields) labels.insert(field_said(context, field));
  for (const std::string& label : labels) {
    if (++count > kMostNamed) break;
    list += (list.empty() ? "" : ", ") + label;
  }
  if (labels.size() <= kMostNamed) return list;
  return said(context, "and_more",
              {{"list", list}, {"count", std::to_string(labels.size() - kMostNamed)}});
}

// Saves of one person in one sitting are one line.
std::vector<Told> revisions(const Context& context, const desk::Sheet& sheet) {
  std::vector<Told> told;
  std::set<std::string> fields;
  for (std::size_t at = 0; at < sheet.history.size(); ++at) {
    const desk::Revision& one = sheet.history[at];
    const bool goes_on = at > 0 && sheet.history[at - 1].by.id == one.by.id &&
                         one.by.at - sheet.history[at - 1].by.at < kOneSitting;
    if (!goes_on) fields.clear();
    for (const auto& [name, before] : one.before) fields.insert(name);
    const std::string what = fields.empty()
                                 ? said(context, "did_write_something")
                                 : said(context, "did_write", {{"fields", named(context, fields)}});
    const std::uint64_t restores = goes_on ? told.back().restores : one.version - 1;
    if (goes_on) told.pop_back();
    told.push_back({one.by.at, one.by.name, what, restores});
  }
  return told;
}

Json history_json(const Context& context, const desk::Dossier& dossier) {
  const desk::Sheet& sheet = dossier.sheet;
  std::vector<Told> told = revisions(context, sheet);
  const bool may_restore = context.may(kWriters) && desk::may_change(dossier.stage);
  const auto give = [&](const std::optional<desk::Given>& given, const char* key) {
    if (given) told.push_back({given->by.at, given->by.name, said(context, key), 0});
  };
  give(sheet.asked, "did_ask");
  give(sheet.returned, "did_return");
  if (sheet.last_approved) give(sheet.last_approved->given, "did_approve");
  if (!sheet.last_approved) give(sheet.approval, "did_approve");
  told.push_back({dossier.opened_at, "", said(context, "did_open"), 0});
  if (dossier.delivered_at)
    told.push_back({*dossier.delivered_at, "", said(context, "did_deliver"), 0});
  std::ranges::stable_sort(told, [](const Told& a, const Told& b) { return a.at > b.at; });
  Json all = Json::array();
  for (const Told& one : told) {
    const bool restorable = may_restore && !one.who.empty() && one.restores > 0 &&
                            desk::fields_at(sheet, one.restores).has_value();
    all.push_back({{"at", context.time(one.at)},
                   {"who", one.who},
                   {"what", one.what},
                   {"restore", restorable ? std::to_string(one.restores) : ""}});
  }
  return all;
}

http::Response case_page(Context& context, const CasePages& pages) {
  Result<desk::Dossier> dossier = pages.desk().dossier(context.path.at("id"), actor_of(context));
  if (!dossier) return context.failed(dossier.error());
  std::string absences;
  if (dossier->absences) {
    absences = said(context, "absences_told",
                    {{"days", std::to_string(dossier->absences->absent_days)},
                     {"of", std::to_string(dossier->absences->employed_days)}});
  }
  const Json head = head_of(context, pages, *dossier, "case");
  return context.page("case", {{"title", head["person"]},
                               {"head", head},
                               {"base_of", "/cases/" + dossier->case_id + "/"},
                               {"next", next_of(context, pages, *dossier)},
                               {"facts", facts_json(context, *dossier)},
                               {"history", history_json(context, *dossier)},
                               {"reference_id", dossier->reference_id},
                               {"gone", dossier->gone},
                               {"absences", absences},
                               {"version", std::to_string(dossier->sheet.version)}});
}

using Order = Result<void> (*)(desk::Drafting&, const std::string&, const desk::Actor&);

struct Named {
  const char* path;
  const char* act;
  access::Roles roles;
  Order order;
};

Handler carry_out(const SharedPages& pages, const Named& named) {
  return [pages, named](Context& context) {
    const std::string id = context.path.at("id");
    desk::Drafting desk = pages->desk();
    const Result<void> done = named.order(desk, id, actor_of(context));
    if (!done && done.error().fault == Fault::storage) return context.failed(done.error());
    if (done) {
      context.flash("good", said(context, std::string("done_") + named.path));
    } else {
      context.flash("bad", error_said(context, done.error()));
    }
    return context.redirect("/cases/" + id);
  };
}

http::Response restore(Context& context, const CasePages& pages) {
  const std::string id = context.path.at("id");
  const Result<std::uint64_t> base = from_decimal(context.form.get("version"), "version");
  const Result<std::uint64_t> wanted = from_decimal(context.form.get("to_version"), "version");
  if (!base || !wanted) return context.refuse(400, "frame.fault_malformed");
  const Result<void> done = pages.desk().restore(id, *base, *wanted, actor_of(context));
  if (!done && done.error().fault == Fault::storage) return context.failed(done.error());
  if (done) {
    context.flash("good", said(context, "done_restore"));
  } else {
    context.flash("bad", error_said(context, done.error()));
  }
  return context.redirect("/cases/" + id);
}

http::Response document(Context& context, const CasePages& pages) {
  Result<std::optional<Bytes>> file =
      pages.desk().document(context.path.at("id"), actor_of(context));
  if (!file) return context.failed(file.error());
  if (!*file) return context.refuse(404, "frame.not_found");
  http::Response response(200, "application/pdf", std::string(text_of(**file)));
  response.set("Content-Disposition", "inline; filename=\"reference.pdf\"");
  return response;
}

}  // namespace

void add_case(Area& area, const SharedPages& pages) {
  static const Named kOrders[] = {
      {"hold", "case.held", kWriters,
       [](desk::Drafting& desk, const std::string& id, const desk::Actor& actor) {
         return desk.hold(id, actor);
       }},
      {"release", "case.released", kApprovers,
       [](desk::Drafting& desk, const std::string& id, const desk::Actor& actor) {
         return desk.release(id, actor);
       }},
      {"handed-out", "case.handed_out", kWriters,
       [](desk::Drafting& desk, const std::string& id, const desk::Actor& actor) {
         return desk.handed_out(id, actor);
       }},
      {"arrived", "case.arrived", kWriters,
       [](desk::Drafting& desk, const std::string& id, const desk::Actor& actor) {
         return desk.arrived(id, actor);
       }},
      {"settle", "case.settled", kWriters,
       [](desk::Drafting& desk, const std::string& id, const desk::Actor& actor) {
         return desk.settle(id, actor);
       }},
      {"register", "case.registered", kWriters,
       [](desk::Drafting& desk, const std::string& id, const desk::Actor& actor) -> Result<void> {
         Result<desk::Issued> issued = desk.register_signed(id, actor);
         return issued ? Result<void>() : issued.error();
       }}};
  area.routes.push_back({Method::get, "/cases/{id}", Who::with(kReaders), "case.seen",
                         [pages](Context& context) { return case_page(context, *pages); }});
  area.routes.push_back({Method::get, "/cases/{id}/document.pdf", Who::with(kWriters),
                         "case.document_seen",
                         [pages](Context& context) { return document(context, *pages); }});
  area.routes.push_back({Method::post, "/cases/{id}/restore", Who::with(kWriters), "case.restored",
                         [pages](Context& context) { return restore(context, *pages); }});
  for (const Named& named : kOrders) {
    area.routes.push_back({Method::post, std::string("/cases/{id}/") + named.path,
                           Who::with(named.roles), named.act, carry_out(pages, named)});
  }
}

}  // namespace refledger::site
