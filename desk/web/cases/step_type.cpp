// Which document, under which law, signed by whom and how, sent where.
#include <array>
#include <set>

#include "desk/case/automatic.h"
#include "desk/web/cases/step_parts.h"

namespace refledger::site {
namespace {

constexpr std::array<const char*, 4> kLanguages{"de", "fr", "it", "en"};

Json types_json(const StepInput& in) {
  Json types = Json::array();
  if (in.pack == nullptr) return types;
  const Result<Date> today = in.pages.today(in.context.now);
  const std::string wished =
      today ? desk::wished_type(in.dossier.facts, in.pages.parts.issuer->rules->packs, *today) : "";
  const std::string chosen = !in.text("type").empty() ? in.text("type")
                             : in.dossier.interim     ? std::string()
                                                      : wished;
  for (const auto& [id, type] : in.pack->types) {
    const auto source = in.pack->sources.find(type.trigger.source);
    types.push_back({{"value", id},
                     {"label", in_language(in.context, type.names)},
                     {"applies", in_language(in.context, type.applies)},
                     {"source", source == in.pack->sources.end() ? "" : source->second.reference},
                     {"wished", !in.dossier.interim && id == wished},
                     {"chosen", id == chosen}});
  }
  return types;
}

Json modes_json(const StepInput& in) {
  Json modes = Json::array();
  const std::string chosen = in.text("signing").empty()
                                 ? letter::name_of(in.pages.parts.issuer->policy.signing)
                                 : in.text("signing");
  for (const auto mode : {letter::SigningMode::company_seal, letter::SigningMode::qualified,
                          letter::SigningMode::by_hand}) {
    const std::string name = letter::name_of(mode);
    std::string law;
    if (in.type != nullptr) {
      law = said(in.context, std::string("satisfies_") +
                                 letter::name_of(in.type->signing_rule(mode).satisfies));
    }
    modes.push_back({{"value", name},
                     {"label", said(in.context, "mode_" + name)},
                     {"applies", said(in.context, "mode_note_" + name)},
                     {"law", law},
                     {"chosen", name == chosen}});
  }
  return modes;
}

}  // namespace

void fill_type(const StepInput& in, Json& values) {
  const std::string language =
      in.text("language").empty() ? in.fact("language") : in.text("language");
  Json languages = Json::array();
  for (const char* code : kLanguages) {
    languages.push_back(option(code, said(in.context, std::string("language_") + code), language));
  }
  Json countries = Json::array({option("", "–", in.country)});
  std::set<std::string> seen;
  for (const letter::Pack& pack : in.pages.parts.issuer->rules->packs.all()) {
    if (!seen.insert(pack.country).second) continue;
    countries.push_back(
        option(pack.country, said(in.context, "country_" + pack.country), in.country));
  }
  Json fields =
      Json::array({select(in, "country", std::move(countries), said(in.context, "country_hint")),
                   select(in, "language", std::move(languages))});
  values["is_type"] = true;
  values["before_types"] = std::move(fields);
  values["types"] = types_json(in);
  values["has_types"] = in.pack != nullptr;
  values["unread"] = in.pack != nullptr && in.pack->reviewed_by.empty();
  values["modes"] = modes_json(in);
  Json signatories = Json::array();
  for (const char* which : {"1", "2"}) {
    const std::string root = std::string("signatories.") + which + ".";
    Json parts = Json::array();
    for (const char* leaf : {"name", "function", "rank"}) {
      Json one = input(in, root + leaf, "text");
      one["label"] = said(in.context, std::string("signatory_") + leaf);
      parts.push_back(std::move(one));
    }
    signatories.push_back({{"legend", said(in.context, std::string("signatory_") + which)},
                           {"parts", std::move(parts)}});
  }
  values["signatories"] = std::move(signatories);
  values["signatory_default"] =
      in.pages.parts.issuer->signatory.empty()
          ? ""
          : said(in.context, "signatory_default", {{"name", in.pages.parts.issuer->signatory}});
  Json to = input(in, "to", "mail", said(in.context, "to_hint"));
  to["placeholder"] = in.fact("to");
  const std::string code = in.text("qr");
  Json codes = Json::array({option("", said(in.context, "qr_with"), code),
                            option("no", said(in.context, "qr_without"), code)});
  values["after_types"] =
      Json::array({select(in, "qr", std::move(codes), said(in.context, "qr_hint")), std::move(to)});
}

}  // namespace refledger::site
