// Asking for approval, giving it or sending back, and issuing: the steps that others rely on.
#include "desk/web/cases/pages.h"
#include "ledger/core/text.h"

namespace refledger::site {
namespace {

Json differences(const Context& context, const desk::Sheet& sheet) {
  Json all = Json::array();
  for (const desk::Difference& one : desk::since_approval(sheet)) {
    all.push_back({{"label", field_said(context, one.field)},
                   {"before", one.before},
                   {"after", one.now},
                   {"by", one.by.name},
                   {"at", context.time(one.by.at)}});
  }
  return all;
}

// Facts that were typed over the HR system's, with the reason.
Json overruled(const Context& context, const desk::Dossier& dossier) {
  Json all = Json::array();
  for (const auto& [name, entry] : dossier.sheet.fields) {
    if (!name.starts_with("reasons.") || entry.text.empty()) continue;
    all.push_back({{"label", field_said(context, name.substr(8))},
                   {"why", entry.text},
                   {"by", entry.by.name}});
  }
  return all;
}

Json decisions(const Context& context, const desk::Look& look) {
  Json all = Json::array();
  if (!look.examined) return all;
  for (const letter::Override& one : look.examined->decisions) {
    std::string reason;
    std::string words = one.excerpt;
    for (const letter::Finding& finding : look.examined->findings) {
      if (!letter::is_about(one, finding)) continue;
      reason = in_language(context, finding.reason);
      if (finding.field == words) words.clear();
    }
    all.push_back({{"finding", reason}, {"why", one.reason}, {"excerpt", words}});
  }
  return all;
}

struct Seen {
  desk::Dossier dossier;
  desk::Look look;
};

Result<Seen> see(Context& context, const CasePages& pages) {
  const desk::Actor actor = actor_of(context);
  const std::string id = context.path.at("id");
  Result<desk::Dossier> dossier = pages.desk().dossier(id, actor);
  if (!dossier) return dossier.error();
  Result<desk::Look> look = pages.desk().look(id, {}, actor);
  if (!look) return look.error();
  return Seen{std::move(*dossier), std::move(*look)};
}

Json common(Context& context, const CasePages& pages, const Seen& seen, const char* tab) {
  const Json head = head_of(context, pages, seen.dossier, tab);
  Json values{{"title", head["person"]},
              {"head", head},
              {"base_of", "/cases/" + seen.dossier.case_id + "/"},
              {"version", std::to_string(seen.dossier.sheet.version)},
              {"to", seen.dossier.sheet.text("to").empty()
                         ? desk::value_of(seen.dossier.facts, "to").value_or("")
                         : seen.dossier.sheet.text("to")}};
  if (seen.look.examined) values["letter"] = letter_json(seen.look.examined->written.letter);
  std::string stops;
  if (!seen.look.incomplete.empty()) {
    stops = error_said(context, {Fault::malformed, seen.look.incomplete});
  } else if (!seen.look.without_reason.empty()) {
    stops = said(context, "error_reason",
                 {{"field", field_said(context, seen.look.without_reason.front())}});
  } else if (!seen.look.refused.empty()) {
    stops = error_said(context, {Fault::refused, seen.look.refused});
  }
  values["stops"] = stops;
  return values;
}

http::Response approval_page(Context& context, const CasePages& pages) {
  Result<Seen> seen = see(context, pages);
  if (!seen) return context.failed(seen.error());
  const desk::Sheet& sheet = seen->dossier.sheet;
  Json values = common(context, pages, *seen, "approval");
  const bool asked = seen->dossier.flow == desk::FlowStage::asked ||
                     (seen->dossier.flow == desk::FlowStage::outdated && sheet.asked);
  values["asked"] = asked;
  if (sheet.asked) {
    values["asked_by"] =
        said(context, "asked_by",
             {{"name", sheet.asked->by.name}, {"at", context.time(sheet.asked->by.at)}});
  }
  values["own"] = seen->dossier.own;
  values["approves"] = asked && context.may(kApprovers) && !seen->dossier.own;
  values["approved"] = seen->dossier.flow == desk::FlowStage::approved;
  values["outdated"] = seen->dossier.flow == desk::FlowStage::outdated;
  if (sheet.last_approved) {
    values["last_approved"] = said(context, "last_approved",
                                   {{"name", sheet.last_approved->given.by.name},
                                    {"at", context.time(sheet.last_approved->given.by.at)}});
    Json changed = differences(context, sheet);
    values["has_changed"] = !changed.empty();
    values["changed"] = std::move(changed);
  }
  Json facts = overruled(context, seen->dossier);
  values["has_overruled"] = !facts.empty();
  values["overruled"] = std::move(facts);
  Json decided = decisions(context, seen->look);
  values["has_decisions"] = !decided.empty();
  values["decisions"] = std::move(decided);
  values["may_ask"] = context.may(kWriters) && !asked && !values["approved"].get<bool>();
  return context.page("case_approval", std::move(values));
}

std::uint64_t version_in(const Context& context) {
  const Result<std::uint64_t> version = from_decimal(context.form.get("version"), "version");
  return version ? *version : ~std::uint64_t{0} >> 1;
}

using Act = Result<void> (*)(desk::Drafting&, Context&, const std::string&);

Handler act_on(const SharedPages& pages, Act act, const char* key, const char* to) {
  return [pages, act, key, to](Context& context) {
    const std::string id = context.path.at("id");
    desk::Drafting desk = pages->desk();
    const Result<void> done = act(desk, context, id);
    if (!done && done.error().fault == Fault::storage) return context.failed(done.error());
    if (!done) {
      context.flash("bad", error_said(context, done.error()));
      return context.redirect("/cases/" + id + "/approval");
    }
    context.flash("good", said(context, key));
    return context.redirect("/cases/" + id + to);
  };
}

// ---- issuing ------------------------------------------------------------------------------------

http::Response issue_page(Context& context, const CasePages& pages) {
  Result<Seen> seen = see(context, pages);
  if (!seen) return context.failed(seen.error());
  if (!desk::may_change(seen->dossier.stage)) {
    return context.redirect("/cases/" + context.path.at("id"));
  }
  Json values = common(context, pages, *seen, "approval");
  const bool ready = seen->dossier.flow == desk::FlowStage::approved ||
                     (!seen->dossier.needs_two && context.may(kApprovers));
  if (values["stops"].get<std::string>().empty() && !ready) {
    values["stops"] = said(context, seen->dossier.needs_two ? "error_second" : "error_role");
  }
  values["ready"] = values["stops"].get<std::string>().empty();
  if (seen->look.examined) {
    const letter::Reference& reference = seen->look.examined->written.reference;
    values["mode"] = said(context, std::string("mode_") + letter::name_of(reference.signing));
    values["mode_note"] =
        said(context, std::string("mode_note_") + letter::name_of(reference.signing));
    values["by_hand"] = reference.signing == letter::SigningMode::by_hand;
    values["qualified"] = reference.signing == letter::SigningMode::qualified;
    values["document_date"] = context.date(reference.document_date);
    const Result<Date> today = pages.today(context.now);
    const bool ahead = today && reference.employed_to && *today < *reference.employed_to;
    values["ahead"] =
        ahead ? said(context, "issue_ahead", {{"day", context.date(*reference.employed_to)}}) : "";
  }
  return context.page("case_issue", std::move(values));
}

http::Response issue(Context& context, const CasePages& pages) {
  const std::string id = context.path.at("id");
  if (!context.form.has("sure")) {
    context.flash("bad", said(context, "issue_not_sure"));
    return context.redirect("/cases/" + id + "/issue");
  }
  Result<desk::Issued> issued =
      pages.desk().issue(id, version_in(context), actor_of(context), signers_in(context.form));
  if (!issued) {
    if (issued.error().fault == Fault::storage) return context.failed(issued.error());
    context.flash("bad", error_said(context, issued.error()));
    return context.redirect("/cases/" + id + "/issue");
  }
  if (!issued->refused.empty()) {
    context.flash("bad", error_said(context, {Fault::refused, issued->refused}));
    return context.redirect("/cases/" + id + "/issue");
  }
  const bool logged = issued->stage >= desk::Stage::logged;
  context.flash("good", said(context, logged ? "done_issue" : "done_prepare"));
  return context.redirect("/cases/" + id + (issued->signature ? "/signature" : ""));
}

}  // namespace

void add_approval(Area& area, const SharedPages& pages) {
  area.routes.push_back({Method::get, "/cases/{id}/approval", Who::with(kReaders), "case.seen",
                         [pages](Context& context) { return approval_page(context, *pages); }});
  area.routes.push_back({Method::post, "/cases/{id}/ask", Who::with(kWriters),
                         "case.approval_asked",
                         act_on(
                             pages,
                             [](desk::Drafting& desk, Context& context, const std::string& id) {
                               return desk.ask_approval(id, version_in(context), actor_of(context));
                             },
                             "done_ask", "")});
  area.routes.push_back({Method::post, "/cases/{id}/approve", Who::with(kApprovers),
                         "case.approved",
                         act_on(
                             pages,
                             [](desk::Drafting& desk, Context& context, const std::string& id) {
                               return desk.approve(id, version_in(context), actor_of(context));
                             },
                             "done_approve", "")});
  area.routes.push_back({Method::post, "/cases/{id}/return", Who::with(kApprovers),
                         "case.sent_back",
                         act_on(
                             pages,
                             [](desk::Drafting& desk, Context& context, const std::string& id) {
                               return desk.send_back(id, version_in(context),
                                                     context.form.get("reason"), actor_of(context));
                             },
                             "done_return", "")});
  area.routes.push_back({Method::get, "/cases/{id}/issue", Who::with(kWriters), "case.seen",
                         [pages](Context& context) { return issue_page(context, *pages); }});
  area.routes.push_back({Method::post, "/cases/{id}/issue", Who::with(kWriters), "case.issued",
                         [pages](Context& context) { return issue(context, *pages); }});
}

}  // namespace refledger::site
