// HR's page of one reference's ways to its holder, and of what may become of it afterwards.
#include "desk/web/holder/pages.h"
#include "ledger/format/link.h"

namespace refledger::site {
namespace {

using access::Role;
using desk::Stage;
using desk::Waiting;

Result<desk::CaseSummary> summary_of(const desk::Desk& desk, const std::string& case_id) {
  Result<std::vector<desk::CaseSummary>> cases = desk.cases();
  if (!cases) return cases.error();
  for (desk::CaseSummary& one : *cases) {
    if (one.case_id == case_id) return std::move(one);
  }
  return Error{Fault::not_found, "there is no such case"};
}

bool is_out(const desk::CaseSummary& one) { return one.stage >= Stage::logged; }

// What may be done now; the desk itself decides once more.
Json choices_of(const desk::CaseSummary& one) {
  const bool has_files = is_out(one) && one.stage != Stage::withdrawn && !one.destroyed;
  const bool waits = one.waiting == Waiting::to_hand_out || one.waiting == Waiting::to_claim;
  const bool astray =
      one.stage == Stage::delivery_refused || one.waiting == Waiting::delivery_unknown;
  return {{"bounced",
           has_files && (one.stage == Stage::delivered || one.stage == Stage::delivery_unknown)},
          {"send", has_files && (waits || astray)},
          {"claim", has_files && (waits || astray || one.stage == Stage::delivered)},
          {"correct", is_out(one)},
          {"withdraw", is_out(one) && one.stage != Stage::withdrawn},
          {"settle", !one.handing.wishes.empty()}};
}

std::string state_of(const Context& context, const desk::CaseSummary& one) {
  if (one.handing.opened_at) {
    return context.text("holder.state_opened", {{"at", context.time(*one.handing.opened_at)}});
  }
  return context.text(std::string("holder.state_") + desk::name_of(one.stage));
}

http::Response show(Context& context, HolderShared& shared, Json more = Json::object()) {
  const std::string& case_id = context.path.at("id");
  const Result<desk::CaseSummary> one = summary_of(*shared.parts.desk, case_id);
  if (!one) return context.failed(one.error());
  Json values{{"title", context.text("holder.handing_title")},
              {"name", one->name},
              {"base_of", "/cases/" + case_id + "/"},
              {"state", state_of(context, *one)},
              {"reference_id", one->reference_id},
              {"wishes", Json::array()},
              {"can", choices_of(*one)}};
  for (const desk::Wish wish : one->handing.wishes) {
    values["wishes"].push_back(
        {{"text", context.text(std::string("holder.wishes_") + desk::name_of(wish))}});
  }
  if (one->handing.keep_until) values["keep_until"] = context.time(*one->handing.keep_until);
  if (one->handing.withdraw_at) values["withdraw_at"] = context.time(*one->handing.withdraw_at);
  values.update(more);
  return context.page("handing", std::move(values));
}

http::Response after(Context& context, const Result<void>& done, const char* said) {
  if (!done) return context.failed(done.error());
  context.flash("good", context.text(said));
  return context.redirect("/cases/" + context.path.at("id") + "/handing");
}

http::Response bounced(Context& context, HolderShared& shared) {
  return after(context, shared.parts.desk->bounced(context.path.at("id")), "holder.said_bounced");
}

http::Response send(Context& context, HolderShared& shared) {
  const Result<void> sent =
      shared.parts.desk->send_to(context.path.at("id"), context.form.get("to"), context.user->name);
  return after(context, sent, "holder.said_sent");
}

http::Response make_claim(Context& context, HolderShared& shared) {
  const Result<desk::ClaimTicket> ticket = shared.parts.desk->make_claim(context.path.at("id"));
  if (!ticket) return context.failed(ticket.error());
  // Told once, on this very page: a redirect would have to keep it somewhere.
  return show(context, shared,
              {{"ticket",
                {{"code", ticket->code},
                 {"pin", ticket->pin},
                 {"until", context.time(ticket->good_until)},
                 {"where", context.base() + "/holder"}}}});
}

http::Response correct(Context& context, HolderShared& shared) {
  const bool urgent = context.form.get("urgent") == "yes";
  const Result<std::string> fresh = shared.parts.desk->correct(context.path.at("id"), urgent);
  if (!fresh) return context.failed(fresh.error());
  context.flash("good", context.text("holder.said_correct"));
  return context.redirect("/cases/" + *fresh);
}

http::Response withdraw(Context& context, HolderShared& shared) {
  const Result<desk::CaseSummary> one = summary_of(*shared.parts.desk, context.path.at("id"));
  if (!one) return context.failed(one.error());
  const Result<ReferenceId> id = format::parse_id(one->reference_id);
  if (!id) return context.failed({Fault::conflict, "it was not issued"});
  return after(context, shared.parts.desk->withdraw(*id), "holder.said_withdrawn");
}

http::Response settle(Context& context, HolderShared& shared) {
  return after(context, shared.parts.desk->settle(context.path.at("id")), "holder.said_settled");
}

http::Response erase(Context& context, HolderShared& shared) {
  if (Result<void> gone = shared.parts.desk->erase(context.path.at("id")); !gone) {
    return context.failed(gone.error());
  }
  context.flash("good", context.text("holder.said_erased"));
  return context.redirect("/");
}

http::Response export_all(Context& context, HolderShared& shared) {
  const Result<Json> all = shared.parts.desk->all_about(context.path.at("id"));
  if (!all) return context.failed(all.error());
  http::Response response(200, "application/json", all->dump(2));
  response.set("Content-Disposition", "attachment; filename=\"case.json\"");
  response.set("Cache-Control", "no-store");
  return response;
}

http::Response reply(Context& context, HolderShared& shared) {
  return context.page("reply", {{"title", context.text("holder.reply_title")},
                                {"verifier", shared.parts.verifier}});
}

}  // namespace

void add_handing(Area& area, const SharedHolder& shared) {
  const auto with = [&](auto function) {
    return [shared, function](Context& context) { return function(context, *shared); };
  };
  const access::Roles writers = Role::clerk | Role::approver | Role::administrator;
  const access::Roles deciders = Role::approver | Role::administrator;
  const auto post = [&](const char* what, const access::Roles& roles, const char* act,
                        auto function) {
    area.routes.push_back(
        {Method::post, std::string("/cases/{id}/") + what, Who::with(roles), act, with(function)});
  };
  area.routes.push_back({Method::get, "/cases/{id}/handing", Who::with(writers | Role::auditor),
                         "case.handing",
                         [shared](Context& context) { return show(context, *shared); }});
  post("bounced", writers, "case.bounced", bounced);
  post("send", writers, "case.send", send);
  post("claim", writers, "case.claim", make_claim);
  post("correct", writers, "case.correct", correct);
  post("wishes-settled", writers, "case.settle", settle);
  post("withdraw", deciders, "case.withdraw", withdraw);
  post("erase", deciders, "case.erase", erase);
  area.routes.push_back(
      {Method::get, "/cases/{id}/export", Who::with(deciders), "case.export", with(export_all)});
  area.routes.push_back({Method::get, "/reply", Who::signed_in(), "", with(reply)});
  area.menu.push_back({"/reply", "holder.reply_menu", writers});
}

}  // namespace refledger::site
