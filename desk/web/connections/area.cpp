#include "desk/web/connections/area.h"

#include "desk/web/connections/state.h"

namespace refledger::site {

void Tests::keep(const std::string& account, Made made) {
  const std::lock_guard<std::mutex> alone(alone_);
  made_.insert_or_assign(account, std::move(made));
}

std::optional<Tests::Made> Tests::find(const std::string& account) const {
  const std::lock_guard<std::mutex> alone(alone_);
  const auto found = made_.find(account);
  if (found == made_.end()) return std::nullopt;
  return found->second;
}

const accounts::Kind* kind_named(std::string_view name) {
  for (const accounts::Kind& kind : accounts::kinds()) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::string sentence(const ingest::Sentences& text, Language language) {
  switch (language) {
    case Language::de:
      return text.de;
    case Language::fr:
      return text.fr;
    case Language::it:
      return text.it;
    case Language::en:
      return text.en;
  }
  std::abort();
}

std::string wording(const ingest::Wording& text, Language language) {
  return sentence(
      {std::string(text.de), std::string(text.fr), std::string(text.it), std::string(text.en)},
      language);
}

Json report_of(const Context& context, const ingest::ConnectionReport& report) {
  Json items = Json::array();
  for (const ingest::CheckItem& item : report.items) {
    const bool ok = item.state == ingest::CheckState::ok;
    const bool warning = item.state == ingest::CheckState::warning;
    items.push_back({{"tone", ok        ? "good"
                              : warning ? "late"
                                        : "bad"},
                     {"sign", ok        ? "✓"
                              : warning ? "!"
                                        : "✕"},
                     {"state", context.text(ok        ? "connections.item_ok"
                                            : warning ? "connections.item_warning"
                                                      : "connections.item_missing")},
                     {"said", sentence(item.text, context.language)}});
  }
  return items;
}

Json state_of(const Context& context, const accounts::Account& account) {
  const char* tone = !account.active() ? "late" : account.failing ? "bad" : "good";
  const char* key = !account.active() ? "connections.untested"
                    : account.failing ? "connections.failing"
                                      : "connections.active";
  return {{"tone", tone}, {"said", context.text(key)}};
}

Result<void> test_now(Context& context, ConnectionState& state, const std::string& account) {
  Result<ingest::ConnectionReport> report = state.parts.accounts->test(account);
  if (!report) return report.error();
  const bool passed = report->passed();
  state.tests.keep(account, {context.now, *std::move(report)});
  context.flash(passed ? "good" : "bad",
                context.text(passed ? "connections.passed" : "connections.not_passed"));
  if (passed) state.parts.read_now();
  return {};
}

Area connection_area(ConnectionParts parts) {
  Area area;
  auto state = std::make_shared<ConnectionState>();
  state->parts = std::move(parts);
  add_overview(area, state);
  add_new(area, state);
  add_account(area, state);
  add_mapping(area, state);
  area.menu.push_back({kConnections, "connections.menu", access::Role::administrator});
  return area;
}

}  // namespace refledger::site
