// Writing a reference, step by step: each step is one form over the sheet of the case.
//
// Order    A form holds the version it was made from.  What others wrote meanwhile is merged; where
//          both wrote the same field, both texts are shown and nothing of it is saved.
#include <algorithm>
#include <array>

#include "desk/web/cases/pages.h"
#include "desk/web/cases/steps.h"
#include "ledger/core/text.h"

namespace refledger::site {
namespace {

bool is_step(const std::string& name) { return std::ranges::find(kSteps, name) != kSteps.end(); }

Json steps_json(const Context& context, const std::string& base, const std::string& current) {
  Json steps = Json::array();
  int number = 0;
  for (const std::string_view step : kSteps) {
    const std::string name(step);
    steps.push_back({{"number", std::to_string(++number)},
                     {"label", said(context, "step_" + name)},
                     {"href", base + "/write/" + name},
                     {"here", name == current}});
  }
  return steps;
}

std::string neighbour(const std::string& step, int by) {
  const auto at = std::ranges::find(kSteps, step) - kSteps.begin() + by;
  if (at < 0) return std::string(kSteps.front());
  return at >= static_cast<long>(kSteps.size()) ? ""
                                                : std::string(kSteps[static_cast<std::size_t>(at)]);
}

Json clashes_json(const Context& context, const desk::Saved& saved) {
  Json all = Json::array();
  for (const desk::Clash& one : saved.clashes) {
    all.push_back({{"label", field_said(context, one.field)},
                   {"theirs", one.theirs.empty() ? said(context, "emptied") : one.theirs},
                   {"yours", one.yours},
                   {"told", said(context, "clash_by",
                                 {{"name", one.by.name}, {"at", context.time(one.by.at)}})}});
  }
  return all;
}

Json preview_json(const Context& context, const StepInput& in) {
  Json preview{{"has_letter", in.look.examined.has_value()}};
  if (!in.look.examined) {
    preview["incomplete"] = error_said(context, {Fault::malformed, in.look.incomplete});
    return preview;
  }
  std::size_t stops = 0;
  std::size_t warns = 0;
  for (const letter::Finding& one : in.look.examined->open) {
    (one.level == letter::CheckLevel::block ? stops : warns) += 1;
  }
  preview["letter"] = letter_json(in.look.examined->written.letter);
  preview["stops"] =
      stops == 0 ? "" : said(context, "found_blocks", {{"count", std::to_string(stops)}});
  preview["warns"] =
      warns == 0 ? "" : said(context, "found_warns", {{"count", std::to_string(warns)}});
  preview["clean"] = stops + warns == 0;
  preview["unread"] = in.look.examined->written.pack->reviewed_by.empty();
  return preview;
}

struct Answer {
  desk::Saved saved;
  desk::Fields posted;  ///< laid over what is kept, where they were not taken
  std::string wrong;
  unsigned status = 200;
};

http::Response step_page(Context& context, const CasePages& pages, const Answer& answer = {}) {
  const std::string step = context.path.at("step");
  if (!is_step(step)) return context.refuse(404, "frame.not_found");
  const desk::Actor actor = actor_of(context);
  const std::string id = context.path.at("id");
  Result<desk::Dossier> dossier = pages.desk().dossier(id, actor);
  if (!dossier) return context.failed(dossier.error());
  if (!desk::may_change(dossier->stage)) return context.redirect("/cases/" + id);
  Result<desk::Look> look = pages.desk().look(id, {}, actor);
  if (!look) return context.failed(look.error());
  StepInput in(context, pages, std::move(*dossier), std::move(*look));
  for (const auto& [name, text] : answer.posted) in.shown[name] = text;
  const Json head = head_of(context, pages, in.dossier, "write");
  const std::string base = "/cases/" + id;
  Json values{
      {"title", head["person"]},
      {"head", head},
      {"base", base},
      {"step", step},
      {"step_title", said(context, "step_" + step)},
      {"step_lead", said(context, "lead_" + step)},
      {"steps", steps_json(context, base, step)},
      {"version", std::to_string(in.dossier.sheet.version)},
      {"clashes", clashes_json(context, answer.saved)},
      {"has_clashes", !answer.saved.clashes.empty()},
      {"wrong", answer.wrong},
      {"preview", preview_json(context, in)},
      {"back", step == kSteps.front() ? "" : base + "/write/" + neighbour(step, -1)},
      {"last", step == kSteps.back()},
      {"saved_at", in.dossier.sheet.history.empty()
                       ? ""
                       : said(context, "saved_by",
                              {{"name", in.dossier.sheet.history.back().by.name},
                               {"at", context.time(in.dossier.sheet.history.back().by.at)}})},
      {"script", "cases.js"}};
  fill_step(step, in, values);
  return context.page("case_write", std::move(values), answer.status);
}

http::Response save_step(Context& context, const CasePages& pages) {
  const std::string step = context.path.at("step");
  if (!is_step(step)) return context.refuse(404, "frame.not_found");
  const std::string id = context.path.at("id");
  const desk::Actor actor = actor_of(context);
  const Result<std::uint64_t> base = from_decimal(context.form.get("version"), "version");
  if (!base) return context.refuse(400, "frame.fault_malformed");
  Result<desk::Dossier> dossier = pages.desk().dossier(id, actor);
  if (!dossier) return context.failed(dossier.error());
  Result<desk::Look> look = pages.desk().look(id, {}, actor);
  if (!look) return context.failed(look.error());
  const StepInput in(context, pages, std::move(*dossier), std::move(*look));
  const desk::Fields changes = posted_fields(step, in);
  Result<desk::Saved> saved = pages.desk().save(id, *base, changes, actor);
  if (!saved) {
    if (saved.error().fault == Fault::storage) return context.failed(saved.error());
    return step_page(context, pages, {{}, changes, error_said(context, saved.error()), 400});
  }
  if (!saved->clashes.empty()) {
    desk::Fields mine;
    for (const desk::Clash& one : saved->clashes) mine[one.field] = one.yours;
    return step_page(context, pages, {std::move(*saved), std::move(mine), "", 409});
  }
  const std::string to = context.form.get("go");
  const std::string next = neighbour(step, 1);
  if (to == "stay") return context.redirect("/cases/" + id + "/write/" + step);
  if (next.empty()) return context.redirect("/cases/" + id + "/approval");
  return context.redirect("/cases/" + id + "/write/" + next);
}

http::Response preview(Context& context, const CasePages& pages) {
  Result<Bytes> file = pages.desk().preview(context.path.at("id"), {}, actor_of(context));
  if (!file) {
    if (file.error().fault == Fault::storage) return context.failed(file.error());
    context.flash("bad", error_said(context, file.error()));
    return context.redirect("/cases/" + context.path.at("id") + "/write/checks");
  }
  http::Response response(200, "application/pdf", std::string(text_of(*file)));
  response.set("Content-Disposition", "inline; filename=\"test.pdf\"");
  return response;
}

}  // namespace

void add_wizard(Area& area, const SharedPages& pages) {
  area.routes.push_back({Method::get, "/cases/{id}/write/{step}", Who::with(kWriters), "case.seen",
                         [pages](Context& context) { return step_page(context, *pages); }});
  area.routes.push_back({Method::post, "/cases/{id}/write/{step}", Who::with(kWriters),
                         "case.written",
                         [pages](Context& context) { return save_step(context, *pages); }});
  area.routes.push_back({Method::get, "/cases/{id}/test.pdf", Who::with(kReaders), "case.seen",
                         [pages](Context& context) { return preview(context, *pages); }});
}

}  // namespace refledger::site
