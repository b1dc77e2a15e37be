// Where a case begins by hand: an interim reference for somebody who works here, and a reference
// for somebody who left before the connection began.
#include "desk/web/cases/pages.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMostShown = 50;
constexpr std::size_t kMostFormer = 500;

bool is_meant(const desk::Colleague& one, const std::string& words) {
  if (words.empty() || one.person == words) return true;
  return folded(one.name + " " + one.position + " " + one.department).find(words) !=
         std::string::npos;
}

// The first of those who are meant, and how many more there are.
Json staff_json(const Context& context, const std::vector<desk::Colleague>& staff,
                const std::string& words) {
  Json shown = Json::array();
  std::size_t found = 0;
  for (const desk::Colleague& one : staff) {
    if (!is_meant(one, folded(words)) || ++found > kMostShown) continue;
    const bool both = !one.position.empty() && !one.department.empty();
    shown.push_back({{"person_id", one.person},
                     {"name", one.name},
                     {"about", one.position + (both ? ", " : "") + one.department}});
  }
  Json values{{"none", found == 0}, {"people", std::move(shown)}, {"q", words}};
  if (found > kMostShown) {
    values["more"] = said(context, "begin_more", {{"count", std::to_string(found - kMostShown)}});
  }
  return values;
}

Result<Json> former_json(const Context& context, const CasePages& pages) {
  const Result<std::vector<desk::Former>> former = pages.parts.desk->former();
  if (!former) return former.error();
  Json people = Json::array();
  for (const desk::Former& one : *former) {
    if (one.has_case || one.deleted || people.size() >= kMostFormer) continue;
    people.push_back({{"person_id", one.person},
                      {"from", context.date(one.start)},
                      {"to", one.end ? context.date(*one.end) : ""}});
  }
  return people;
}

http::Response begin_page(Context& context, CasePages& pages, const std::string& wrong = "") {
  Result<Json> former = former_json(context, pages);
  if (!former) return context.failed(former.error());
  const StaffList::Look look = pages.staff.look(context.now);
  Json values{{"title", said(context, "begin_title")},
              {"wrong", wrong},
              {"has_former", !former->empty()},
              {"former", *std::move(former)}};
  if (look.staff) values["staff"] = staff_json(context, *look.staff, context.query.get("q"));
  values["unread"] = look.failed.has_value();
  values["reading"] = !look.staff && !look.failed;
  http::Response response =
      context.page("case_begin", std::move(values), wrong.empty() ? 200 : 400);
  if (!look.staff && !look.failed && wrong.empty()) response.set("Refresh", "2");
  return response;
}

http::Response begin(Context& context, CasePages& pages) {
  const std::string person = context.form.get("person");
  desk::Drafting desk = pages.desk();
  const bool former = context.form.get("kind") == "former";
  if (person.empty() || person.size() > 64) {
    return begin_page(context, pages, said(context, "begin_none"));
  }
  Result<std::string> opened = former ? desk.open_former(person, actor_of(context))
                                      : desk.start_interim(person, actor_of(context));
  if (!opened) {
    if (opened.error().fault == Fault::storage) return context.failed(opened.error());
    const std::string key = std::string("begin_") + name_of(opened.error().fault);
    const bool known =
        opened.error().fault == Fault::not_found || opened.error().fault == Fault::conflict;
    return begin_page(context, pages, said(context, known ? key : "begin_upstream"));
  }
  return context.redirect("/cases/" + *opened + (former ? "" : "/write/type"));
}

}  // namespace

void add_begin(Area& area, const SharedPages& pages) {
  area.routes.push_back({Method::get, "/leavers/begin", Who::with(kWriters), "staff.seen",
                         [pages](Context& context) { return begin_page(context, *pages); }});
  area.routes.push_back({Method::post, "/leavers/begin", Who::with(kWriters), "case.begun",
                         [pages](Context& context) { return begin(context, *pages); }});
}

}  // namespace refledger::site
