// What documents are sealed with: the certificate as it is, what each level needs, and a trial.
#include "desk/web/settings/pages.h"

namespace refledger::site {
namespace {

http::Response try_it(Context& context, const SettingsParts& parts) {
  const Result<void> tried = parts.try_seal();
  if (!tried && tried.error().fault == Fault::storage) return context.failed(tried.error());
  const std::string why = tried ? "" : tried.error().detail;
  context.flash(
      tried ? "good" : "bad",
      context.text(tried ? "settings.seal_tried" : "settings.seal_failed", {{"answer", why}}));
  return context.redirect("/settings/seal");
}

}  // namespace

Json seal_json(const Context& context, const SettingsParts& parts) {
  const SealFacts facts = parts.seal();
  Json chain = Json::array();
  for (const SealFacts::One& one : facts.chain) {
    chain.push_back({{"subject", one.subject},
                     {"key_kind", one.key},
                     {"valid_until", context.date(one.until)},
                     {"tells", context.text(one.is_root        ? "settings.seal_root"
                                            : one.tells_status ? "settings.seal_tells"
                                                               : "settings.seal_tells_not")}});
  }
  Json missing = Json::array();
  for (const std::string& id : facts.missing) {
    missing.push_back({{"what", context.text("settings.seal_missing_" + id)}});
  }
  const bool whole = missing.empty();
  return {{"chain", std::move(chain)},
          {"where", context.text(facts.on_token ? "settings.seal_on_token" : "settings.seal_here")},
          {"level", facts.level},
          {"earlier", context.text("settings.seal_earlier")},
          {"missing", std::move(missing)},
          {"whole", whole}};
}

void add_seal(Area& area, const SharedSettings& parts) {
  area.routes.push_back({Method::post, "/settings/seal/try", Who::with(access::Role::administrator),
                         "settings.seal-try",
                         [parts](Context& context) { return try_it(context, *parts); }});
}

}  // namespace refledger::site
