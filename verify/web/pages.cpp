#include "verify/web/pages.h"

#include <mustache.hpp>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "verify/web/assets.h"
#include "verify/web/bundle.h"

namespace refledger::web {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

constexpr std::array kLanguages{Language::de, Language::fr, Language::it, Language::en};

std::string version_of_assets() {
  std::string all;
  for (const Asset& asset : all_assets())
    all += std::string(asset.name) + '\0' + std::string(asset.content);
  return to_hex(ByteView{sha256(bytes_of(all))}.first(8));
}

// JSON inside a <script> element: nothing in it may look like the element's end.
std::string for_script(const Json& json) {
  std::string text = to_canonical_json(json).has_value() ? *to_canonical_json(json) : "{}";
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at)) {
    text.replace(at, 1, "\\u003c");
  }
  return text;
}

std::string source_hash(std::string_view content) {
  return "'sha256-" + to_base64(sha256(bytes_of(content))) + "'";
}

std::string render(std::string_view name, data& values) {
  mustache page{std::string(find_asset(name))};
  return page.is_valid() ? page.render(values) : std::string{};
}

// Which sentence of the table belongs to which state of a reference.
std::string key_of(ReferencePage::State state) {
  switch (state) {
    case ReferencePage::State::issued:
      return "issued";
    case ReferencePage::State::withdrawn:
      return "withdrawn";
    case ReferencePage::State::unknown:
      return "unknown";
    case ReferencePage::State::malformed:
      return "malformed";
    case ReferencePage::State::cannot_check:
      return "cannot_check";
  }
  std::abort();
}

// The verdict that stands without any document: there is none while a reference merely exists.
std::string verdict_of(ReferencePage::State state) {
  switch (state) {
    case ReferencePage::State::unknown:
    case ReferencePage::State::malformed:
      return "unknown";
    case ReferencePage::State::cannot_check:
      return "cannot-check-now";
    case ReferencePage::State::issued:
    case ReferencePage::State::withdrawn:
      return "";
  }
  std::abort();
}

}  // namespace

struct Pages::State {
  std::string public_url;
  std::string log_vkey;
  std::string version = version_of_assets();
  Texts texts{find_asset("texts.js")};
  std::string burnt;
  const std::string script = "\n" + bundle_modules("page.js");
  const std::string style{find_asset("style.css")};

  data table(Language language, const Blanks& blanks = {}) const {
    data all{data::type::object};
    for (const auto& item : texts.table().items()) {
      all.set(item.key(), texts.get(language, item.key(), blanks));
    }
    return all;
  }

  data links(Language current) const {
    data list{data::type::list};
    for (const Language language : kLanguages) {
      data link{data::type::object};
      link.set("code", code_of(language));
      link.set("name", texts.get(language, "language_name"));
      link.set("current", language == current);
      list.push_back(link);
    }
    return list;
  }

  data frame(Language language, const Blanks& blanks, const Json& config) const {
    data values{data::type::object};
    values.set("lang", code_of(language));
    values.set("version", version);
    values.set("languages", links(language));
    values.set("t", table(language, blanks));
    values.set("config", for_script(config));
    return values;
  }

  Json config(Language language) const {
    return {{"lang", code_of(language)}, {"log", log_vkey}, {"url", public_url}, {"id", nullptr}};
  }

  std::string trust_text(const std::vector<format::Trust::Issuer>& issuers) const {
    std::string text = "# Whose word counts: the log and the issuers that " + public_url +
                       " named when this page was saved.\nlog " + log_vkey + " " + public_url +
                       "/log\nquorum none\n";
    for (const auto& [iss, kid] : issuers) {
      text += "issuer ";
      text += iss + " " + kid + "\n";
    }
    return text;
  }

  void make_burnt() {
    data list{data::type::list};
    for (const Language language : kLanguages) {
      data one{data::type::object};
      one.set("code", code_of(language));
      one.set("t", table(language));
      list.push_back(one);
    }
    data values{data::type::object};
    values.set("version", version);
    values.set("each", list);
    burnt = render("burnt.html", values);
  }

  Offline make_verifier(const std::vector<format::Trust::Issuer>& issuers) const {
    Offline verifier;
    verifier.policy = "default-src 'none'; script-src " + source_hash(script) + "; style-src " +
                      source_hash(style) + "; img-src data:; base-uri 'none'; form-action 'none'";
    Json settings = config(Language::en);
    settings["offline"] = true;
    settings["trust"] = trust_text(issuers);
    data values = frame(Language::en, {}, settings);
    values.set("offline", true);
    values.set("policy", verifier.policy);
    values.set("style", style);
    values.set("script", script);
    verifier.html = render("page.html", values);
    verifier.policy += "; frame-ancestors 'none'";
    return verifier;
  }
};

Pages::Pages(std::string public_url, std::string log_vkey) : state_{std::make_unique<State>()} {
  state_->public_url = std::move(public_url);
  state_->log_vkey = std::move(log_vkey);
  state_->make_burnt();
}

Pages::~Pages() = default;

std::string Pages::entrance(Language language) const {
  data values = state_->frame(language, {}, state_->config(language));
  values.set("entrance", true);
  return render("page.html", values);
}

std::string Pages::reference(Language language, const ReferencePage& page) const {
  const std::string key = key_of(page.state);
  Json config = state_->config(language);
  config["id"] = page.id;
  config["state"] = key;
  config["iss"] = page.iss;
  config["issuer"] = page.issuer_name;
  const Blanks blanks{{"issuer", page.issuer_name}, {"iss", page.iss}, {"id", page.id}};
  data values = state_->frame(language, blanks, config);
  values.set("reference", true);
  values.set("state", key);
  values.set("verdict", verdict_of(page.state));
  values.set("title", state_->texts.get(language, key + "_title", blanks));
  values.set("sentence", state_->texts.get(language, key + "_text", blanks));
  values.set("exists", verdict_of(page.state).empty());
  values.set("id", page.id);
  values.set("iss", page.iss);
  values.set("issuer", page.issuer_name);
  values.set("status", state_->texts.get(language, "status_" + key));
  return render("page.html", values);
}

std::string Pages::not_found(Language language) const {
  data values = state_->frame(language, {}, state_->config(language));
  values.set("missing", true);
  return render("page.html", values);
}

const std::string& Pages::burnt() const { return state_->burnt; }
Pages::Offline Pages::verifier(const std::vector<format::Trust::Issuer>& issuers) const {
  return state_->make_verifier(issuers);
}
const std::string& Pages::version() const { return state_->version; }

}  // namespace refledger::web
