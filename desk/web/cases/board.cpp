// The leavers: filter and search, one order for many.
#include <algorithm>
#include <set>

#include "desk/web/cases/pages.h"
#include "desk/web/guard.h"

namespace refledger::site {
namespace {

using desk::Row;
using desk::Standing;

constexpr std::size_t kPage = 100;
constexpr std::size_t kMaxBulk = 2000;

bool is_mine(const Context& context, const Row& row) {
  const bool approves = context.may(kApprovers);
  switch (row.standing) {
    case Standing::to_approve:
      return approves && !row.own;
    case Standing::to_write:
    case Standing::to_settle:
    case Standing::writing:
    case Standing::returned:
    case Standing::to_issue:
    case Standing::to_sign:
    case Standing::to_hand_out:
    case Standing::undelivered:
    case Standing::changed:
      return context.may(kWriters);
    case Standing::by_itself:
    case Standing::under_way:
    case Standing::done:
    case Standing::withdrawn:
    case Standing::resting:
      return false;
  }
  return false;
}

struct Filter {
  std::string show;  ///< open, mine, overdue, approval, done, all
  std::string country;
  std::string words;
};

bool passes(const Context& context, const Filter& filter, const Row& row) {
  if (filter.show == "open" && !desk::is_open(row.standing)) return false;
  if (filter.show == "mine" && !is_mine(context, row)) return false;
  if (filter.show == "overdue" && !row.overdue) return false;
  if (filter.show == "approval" && row.standing != Standing::to_approve) return false;
  if (filter.show == "done" && desk::is_open(row.standing)) return false;
  if (!filter.country.empty() && row.country != filter.country) return false;
  if (filter.words.empty()) return true;
  const std::string all = folded(row.name + " " + row.position + " " + row.department);
  return all.find(folded(filter.words)) != std::string::npos;
}

std::string due_said(const Context& context, const Row& row) {
  if (row.due.empty() || !desk::is_open(row.standing)) return {};
  const std::string days = std::to_string(row.days_left < 0 ? -row.days_left : row.days_left);
  if (row.overdue)
    return said(context, row.days_left == -1 ? "overdue_one" : "overdue", {{"days", days}});
  if (row.days_left == 0) return said(context, "due_today");
  if (row.days_left < 0) return {};
  return said(context, row.days_left == 1 ? "due_one" : "due_in", {{"days", days}});
}

Json row_json(const Context& context, const CasePages& pages, const Row& row) {
  std::string hint;
  if (row.standing == Standing::to_settle) {
    hint = waiting_said(context, row.waiting, row.waiting_field);
  } else if (row.waiting == desk::Waiting::to_publish) {
    hint = waiting_said(context, row.waiting, row.waiting_field);
  } else if (row.standing == Standing::by_itself && !row.planned.empty()) {
    hint = said(context, "planned", {{"day", shown_day(context, row.planned)}});
  }
  return {
      {"case_id", row.case_id},
      {"who", row.name},
      {"position", row.position},
      {"department", row.department},
      {"country", row.country},
      {"type", row.type.empty() ? said(context, "type_open")
                                : type_name(context, pages, row.country, row.type)},
      {"interim", row.interim},
      {"last_day", row.interim ? said(context, "works_here") : shown_day(context, row.last_day)},
      {"due", due_said(context, row)},
      {"overdue", row.overdue},
      {"stopped", row.stopped && row.standing == Standing::to_settle},
      {"standing", said(context, std::string("standing_") + desk::name_of(row.standing))},
      {"tone", tone_of(row.standing)},
      {"hint", hint}};
}

Json options(const Context& context, std::initializer_list<const char*> values,
             const std::string& prefix, const std::string& chosen) {
  Json all = Json::array();
  for (const char* value : values) {
    all.push_back(
        {{"value", value}, {"label", said(context, prefix + value)}, {"chosen", value == chosen}});
  }
  return all;
}

std::string page_link(const Filter& filter, std::size_t page) {
  const auto encoded = [](const std::string& text) {
    std::string made;
    constexpr char kHex[] = "0123456789ABCDEF";
    for (const char letter : text) {
      const auto byte = static_cast<unsigned char>(letter);
      made += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
    return made;
  };
  return "/leavers?show=" + filter.show + "&country=" + encoded(filter.country) +
         "&q=" + encoded(filter.words) + "&page=" + std::to_string(page);
}

http::Response board_page(Context& context, const CasePages& pages) {
  Result<desk::Board> board = pages.desk().board(actor_of(context));
  if (!board) return context.failed(board.error());
  Filter filter{context.query.get("show"), context.query.get("country"), context.query.get("q")};
  static const std::set<std::string> kShows{"open", "mine", "overdue", "approval", "done", "all"};
  if (!kShows.contains(filter.show)) filter.show = "open";
  std::set<std::string> countries;
  std::size_t overdue = 0;
  std::size_t open = 0;
  std::size_t mine = 0;
  std::vector<const Row*> found;
  for (const Row& row : *board) {
    if (!row.country.empty()) countries.insert(row.country);
    overdue += row.overdue ? 1 : 0;
    open += desk::is_open(row.standing) ? 1 : 0;
    mine += is_mine(context, row) ? 1 : 0;
    if (passes(context, filter, row)) found.push_back(&row);
  }
  const std::size_t last = found.empty() ? 1 : (found.size() + kPage - 1) / kPage;
  std::size_t page = 1;
  for (std::size_t n = 2; n <= last; ++n) {
    if (context.query.get("page") == std::to_string(n)) page = n;
  }
  Json rows = Json::array();
  for (std::size_t at = (page - 1) * kPage; at < found.size() && at < page * kPage; ++at) {
    rows.push_back(row_json(context, pages, *found[at]));
  }
  Json country_options = Json::array();
  for (const std::string& country : countries) {
    country_options.push_back(
        {{"value", country}, {"label", country}, {"chosen", country == filter.country}});
  }
  const auto tile = [&](const char* show, std::size_t count, const char* tone) {
    return Json{{"count", std::to_string(count)},
                {"label", said(context, std::string("tile_") + show)},
                {"href", std::string("/leavers?show=") + show},
                {"tone", count == 0 ? "plain" : tone},
                {"here", filter.show == show}};
  };
  Json types = Json::array();
  std::set<std::string> seen;
  for (const letter::Pack& pack : pages.parts.issuer->rules->packs.all()) {
    if (!countries.contains(pack.country)) continue;
    for (const auto& [id, type] : pack.types) {
      if (!seen.insert(id).second) continue;
      types.push_back(
          {{"value", id}, {"label", pack.country + " · " + in_language(context, type.names)}});
    }
  }
  return context.page(
      "case_board",
      {{"title", said(context, "board_title")},
       {"tiles", Json::array({tile("overdue", overdue, "bad"), tile("mine", mine, "wait"),
                              tile("open", open, "plain")})},
       {"q", filter.words},
       {"shows", options(context, {"open", "mine", "overdue", "approval", "done", "all"}, "show_",
                         filter.show)},
       {"countries", std::move(country_options)},
       {"has_rows", !rows.empty()},
       {"has_any", !board->empty()},
       {"rows", std::move(rows)},
       {"count", said(context, found.size() == 1 ? "count_one" : "count",
                      {{"count", std::to_string(found.size())}})},
       {"older", page > 1 ? page_link(filter, page - 1) : ""},
       {"newer", page < last ? page_link(filter, page + 1) : ""},
       {"writes", context.may(kWriters)},
       {"approves", context.may(kApprovers)},
       {"types", std::move(types)},
       {"script", "cases.js"}});
}

// ---- many at once -------------------------------------------------------------------------------

http::Response start_bulk(Context& context, CasePages& pages) {
  BulkOrder order;
  order.actor = actor_of(context);
  order.cases = context.form.all("case");
  const std::string act = context.form.get("act");
  if (act == "hold") {
    order.act = BulkAct::hold;
  } else if (act == "release") {
    order.act = BulkAct::release;
  } else if (act == "write" && !context.form.get("type").empty()) {
    order.act = BulkAct::write;
    order.fields["type"] = context.form.get("type");
    if (context.form.has("reorganisation")) {
      order.fields["leaving_reason"] = "reorganisation";
      order.fields["grounds.leaving_reason"] = said(context, "bulk_ground");
    }
    if (context.form.has("courtesy")) order.fields["thanks"] = order.fields["wishes"] = "yes";
  } else {
    context.flash("bad", said(context, "bulk_what"));
    return context.redirect("/leavers");
  }
  if (order.cases.empty() || order.cases.size() > kMaxBulk) {
    context.flash("bad", said(context, "bulk_none"));
    return context.redirect("/leavers");
  }
  const std::string name = draw_form_token(*pages.parts.random);
  pages.bulk.start(name, std::move(order));
  return context.redirect("/leavers/bulk/" + name);
}

http::Response bulk_page(Context& context, const CasePages& pages) {
  const std::string name = context.path.at("job");
  const desk::Actor actor = actor_of(context);
  const auto progress = pages.bulk.progress(name, actor.id);
  if (!progress) return context.refuse(404, "frame.not_found");
  Json refused = Json::array();
  for (const auto& [case_id, error] : progress->refused) {
    Result<desk::Dossier> dossier = pages.desk().dossier(case_id, actor);
    const std::string who = dossier
                                ? desk::value_of(dossier->facts, "given_name").value_or("") + " " +
                                      desk::value_of(dossier->facts, "family_name").value_or("")
                                : case_id;
    refused.push_back({{"who", who},
                       {"href", dossier ? "/cases/" + case_id : ""},
                       {"why", error_said(context, error)}});
  }
  static constexpr const char* kActs[] = {"hold", "release", "write"};
  http::Response response = context.page(
      "case_bulk",
      {{"title", said(context, std::string("bulk_") + kActs[static_cast<int>(progress->act)])},
       {"done", std::to_string(progress->done)},
       {"all", std::to_string(progress->all)},
       {"told",
        said(context, "bulk_progress",
             {{"done", std::to_string(progress->done)}, {"all", std::to_string(progress->all)}})},
       {"finished", progress->finished},
       {"good", std::to_string(progress->done - progress->refused.size())},
       {"good_told", said(context, "bulk_good",
                          {{"count", std::to_string(progress->done - progress->refused.size())}})},
       {"has_refused", !refused.empty()},
       {"refused", std::move(refused)}});
  if (!progress->finished) response.set("Refresh", "2");
  return response;
}

}  // namespace

void add_board(Area& area, const SharedPages& pages) {
  area.routes.push_back({Method::get, "/leavers", Who::with(kReaders), "",
                         [pages](Context& context) { return board_page(context, *pages); }});
  area.routes.push_back({Method::post, "/leavers/bulk", Who::with(kWriters), "cases.bulk",
                         [pages](Context& context) { return start_bulk(context, *pages); }});
  area.routes.push_back({Method::get, "/leavers/bulk/{job}", Who::with(kWriters), "",
                         [pages](Context& context) { return bulk_page(context, *pages); }});
}

}  // namespace refledger::site
