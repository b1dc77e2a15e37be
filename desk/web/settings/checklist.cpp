#include "desk/web/settings/pages.h"

namespace refledger::site {
namespace {

http::Response show(Context& context, const SettingsParts& parts) {
  Json items = Json::array();
  std::size_t open = 0;
  for (const ChecklistItem& item : parts.checklist()) {
    open += item.done ? 0 : 1;
    items.push_back({{"tone", item.done ? "good" : "late"},
                     {"sign", item.done ? "✓" : "·"},
                     {"state", context.text(item.done ? "settings.done" : "settings.open")},
                     {"done", item.done},
                     {"name", context.text("settings.check_" + item.id)},
                     {"how", context.text("settings.check_" + item.id + "_how")},
                     {"path", item.path}});
  }
  const std::size_t all = items.size();
  return context.page("checklist", {{"title", context.text("settings.checklist")},
                                    {"items", std::move(items)},
                                    {"ready", open == 0},
                                    {"all", all},
                                    {"so_far", all - open}});
}

}  // namespace

void add_checklist(Area& area, const SharedSettings& parts) {
  area.routes.push_back({Method::get, "/start", Who::with(access::Role::administrator), "",
                         [parts](Context& context) { return show(context, *parts); }});
}

}  // namespace refledger::site
