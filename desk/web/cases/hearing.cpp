// What the person says about the draft, and the code that lets them see it.
#include "desk/case/leaver_side.h"
#include "desk/web/cases/pages.h"

namespace refledger::site {
namespace {

http::Response show(Context& context, const CasePages& pages, Json ticket = {}) {
  const std::string id = context.path.at("id");
  const Result<desk::Dossier> dossier = pages.desk().dossier(id, actor_of(context));
  if (!dossier) return context.failed(dossier.error());
  const Result<desk::Heard> heard =
      desk::LeaverSide(*pages.parts.desk).heard(id, actor_of(context));
  if (!heard) return context.failed(heard.error());
  const desk::Hearing& hearing = heard->hearing;
  Json comments = Json::array();
  for (const desk::Comment& one : hearing.comments) {
    comments.push_back({{"at", context.time(one.at)}, {"text", one.text}});
  }
  const std::string seen =
      hearing.seen_at ? said(context, "hearing_seen", {{"at", context.time(*hearing.seen_at)}})
                      : said(context, hearing.invited_at ? "hearing_unseen" : "hearing_uninvited");
  const Json head = head_of(context, pages, *dossier, "hearing");
  Json values{{"title", head["person"]},
              {"head", head},
              {"base_of", "/cases/" + id + "/"},
              {"seen", seen},
              {"changed", heard->changed},
              {"no_comment", hearing.seen_at && comments.empty()},
              {"comments", std::move(comments)},
              {"may_invite", context.may(kWriters) && desk::may_change(dossier->stage)}};
  if (!ticket.is_null()) values["ticket"] = std::move(ticket);
  return context.page("case_hearing", std::move(values));
}

http::Response invite(Context& context, const CasePages& pages) {
  const std::string id = context.path.at("id");
  const Result<desk::ClaimTicket> ticket =
      desk::LeaverSide(*pages.parts.desk).invite(id, actor_of(context));
  if (!ticket) {
    if (ticket.error().fault == Fault::storage) return context.failed(ticket.error());
    const bool unfinished = ticket.error().fault == Fault::refused;
    context.flash("bad", unfinished ? said(context, "invite_not_whole")
                                    : error_said(context, ticket.error()));
    return context.redirect("/cases/" + id + "/hearing");
  }
  // Told once, on this very page: a redirect would have to keep it somewhere.
  return show(context, pages,
              {{"code", ticket->code},
               {"pin", ticket->pin},
               {"until", context.time(ticket->good_until)},
               {"where", context.base() + "/holder"}});
}

}  // namespace

void add_hearing(Area& area, const SharedPages& pages) {
  area.routes.push_back({Method::get, "/cases/{id}/hearing", Who::with(kReaders), "case.seen",
                         [pages](Context& context) { return show(context, *pages); }});
  area.routes.push_back({Method::post, "/cases/{id}/invite", Who::with(kWriters), "case.invited",
                         [pages](Context& context) { return invite(context, *pages); }});
}

}  // namespace refledger::site
