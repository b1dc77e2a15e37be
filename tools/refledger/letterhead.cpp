#include "tools/refledger/letterhead.h"

#include <array>
#include <sstream>

#include "render/pdf/logo.h"

namespace refledger::tools {
namespace {

using ingest::Candidates;
using ingest::Company;
using ingest::Told;
using ingest::Value;

constexpr std::array<std::string_view, 6> kFields{"name", "address",         "uid",
                                                  "vat",  "register_number", "logo"};
constexpr std::size_t kMaxFooterLines = 3;
constexpr std::size_t kMaxAddressLines = 6;

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : between) + part;
  }
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string described(const char* type, std::size_t bytes) {
  return std::string(type) + ", " + std::to_string(bytes) + " bytes";
}

void tell_settings(Candidates& out, const Settings& settings) {
  const desk::IssuerSettings& issuer = settings.issuer;
  const auto say = [&](const char* field, const char* key, const std::string& value) {
    if (value.empty()) return;
    ingest::tell(out, field, Told{std::string(kSettingsSource), {value, {"settings", key, {}}}});
  };
  say("name", "issuer.name", issuer.name);
  say("address", "issuer.address", joined(issuer.letterhead.address_lines, "\n"));
  say("uid", "issuer.uid", settings.uid);
  say("vat", "issuer.vat", settings.vat);
  say("register_number", "issuer.register_number", settings.register_number);
  if (const auto& logo = issuer.letterhead.logo) {
    say("logo", "issuer.logo", described("picture", logo->file_bytes()));
  }
}

// Street, postcode and city, country: what is told of them, as lines.
std::optional<Value<std::string>> address_of(const Company& company) {
  const auto text = [&](const char* field) {
    const Value<std::string>* value = company.field(field);
    return value == nullptr ? std::string() : value->value;
  };
  const Value<std::string>* const city = company.field("city");
  if (city == nullptr) return std::nullopt;
  const std::string place = joined({text("postcode"), text("city")}, " ");
  return Value<std::string>{joined({text("street"), place, text("country")}, "\n"), city->from};
}

void tell_company(Candidates& out, const std::string& account, const Company& company) {
  for (const char* field : {"name", "uid", "vat", "register_number"}) {
    if (const Value<std::string>* value = company.field(field)) {
      ingest::tell(out, field, Told{account, *value});
    }
  }
  if (auto address = address_of(company)) ingest::tell(out, "address", Told{account, *address});
  if (company.logo) {
    const ingest::Logo& logo = company.logo->value;
    ingest::tell(
        out, "logo",
        Told{account,
             {described(ingest::name_of(logo.type), logo.bytes.size()), company.logo->from}});
  }
}

// Puts what was chosen into the issuer's settings.
class Writer {
 public:
  Writer(Letterhead& letterhead, const std::map<std::string, Company>& companies)
      : out_(letterhead), companies_(companies) {}

  void write() {
    pdf::Letterhead& head = out_.issuer.letterhead;
    if (const ingest::Chosen* name = foreign("name")) take_name(*name);
    if (const ingest::Chosen* address = foreign("address")) {
      head.address_lines = lines_of(address->told.value.value);
      if (head.address_lines.size() > kMaxAddressLines) head.address_lines.resize(kMaxAddressLines);
    }
    take_registers();
    if (const ingest::Chosen* logo = foreign("logo")) take_logo(logo->told.account);
    for (const auto& [field, chosen] : out_.chosen) {
      if (chosen.silent) out_.remarks.push_back(field + ": the chosen source tells nothing");
    }
  }

 private:
  // A choice that is not the settings' own; they stand in the issuer already.
  const ingest::Chosen* foreign(std::string_view field) const {
    const auto found = out_.chosen.find(field);
    if (found == out_.chosen.end() || found->second.told.account == kSettingsSource) return nullptr;
    return &found->second;
  }

  void take_name(const ingest::Chosen& name) {
    desk::IssuerSettings& issuer = out_.issuer;
    // What the HR system calls the employer does not change with what is printed.
    if (issuer.legal_entity.empty()) issuer.legal_entity = issuer.name;
    if (issuer.mail_from_name == issuer.name) issuer.mail_from_name = name.told.value.value;
    if (name.disputed) {
      out_.remarks.push_back("name: not the one that the issuer's key was entered under");
    }
    issuer.name = name.told.value.value;
    issuer.name_from = name.told.value.from;
    issuer.letterhead.name = issuer.name;
  }

  std::string chosen_text(std::string_view field) const {
    const auto found = out_.chosen.find(field);
    return found == out_.chosen.end() ? std::string() : found->second.told.value.value;
  }

  // The VAT number holds the UID where both are Swiss.
  void take_registers() {
    const std::string uid = chosen_text("uid");
    const std::string vat = chosen_text("vat");
    const std::string line = joined(
        {vat.starts_with(uid) ? vat : joined({uid, vat}, " · "), chosen_text("register_number")},
        " · ");
    if (line.empty()) return;
    std::vector<std::string>& footer = out_.issuer.letterhead.footer_lines;
    if (footer.size() >= kMaxFooterLines) {
      out_.remarks.push_back("register numbers: issuer.footer leaves no line for them");
      return;
    }
    footer.push_back(line);
  }

  void take_logo(const std::string& account) {
    const ingest::Logo& logo = companies_.at(account).logo->value;
    if (Result<pdf::Logo> read = pdf::Logo::read(logo.bytes)) {
      out_.issuer.letterhead.logo = *std::move(read);
    } else {
      out_.remarks.push_back(std::string("logo: the ") + ingest::name_of(logo.type) +
                             " cannot be drawn; that of the settings is used");
    }
  }

  Letterhead& out_;
  const std::map<std::string, Company>& companies_;
};

}  // namespace

std::span<const std::string_view> letterhead_fields() { return kFields; }

Letterhead make_letterhead(const Settings& settings,
                           const std::map<std::string, Company>& companies) {
  Letterhead made{settings.issuer, {}, {}, {}};
  tell_settings(made.candidates, settings);
  for (const auto& [account, company] : companies) tell_company(made.candidates, account, company);
  // Unless told otherwise, the settings count, and gaps stay gaps: nothing is printed unasked.
  ingest::SourceOrder order = settings.letterhead_order;
  order.push_back(std::string(kSettingsSource));
  made.chosen = ingest::choose(made.candidates, settings.letterhead_choices, order);
  std::erase_if(made.chosen, [&](const auto& each) {
    const std::string& account = each.second.told.account;
    return std::find(order.begin(), order.end(), account) == order.end() && !each.second.by_choice;
  });
  Writer(made, companies).write();
  return made;
}

Result<Letterhead> letterhead_of(const Settings& settings, const accounts::Accounts& accounts) {
  const Result<std::vector<accounts::Account>> all = accounts.list();
  if (!all) return all.error();
  std::map<std::string, Company> companies;
  for (const accounts::Account& account : *all) {
    Result<std::optional<Company>> company = accounts.last_company(account.name);
    if (!company) return company.error();
    if (*company) companies[account.name] = **std::move(company);
  }
  return make_letterhead(settings, companies);
}

}  // namespace refledger::tools
