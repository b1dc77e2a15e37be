#include "desk/web/settings/forms.h"

#include <array>

namespace refledger::site {
namespace {

constexpr std::array<SettingField, 10> kCompany{{{"issuer.name"},
                                                 {"issuer.legal_entity"},
                                                 {"issuer.address", Input::lines},
                                                 {"issuer.place"},
                                                 {"issuer.uid"},
                                                 {"issuer.vat"},
                                                 {"issuer.register_number"},
                                                 {"issuer.footer", Input::lines},
                                                 {"issuer.accent"},
                                                 {"issuer.from", Input::choice, "settings bexio"}}};
constexpr std::array<SettingField, 1> kSignatories{{{"issuer.signatory"}}};
constexpr std::array<SettingField, 7> kMail{
    {{"mail.from", Input::mail},
     {"mail.from_name"},
     {"mail.smtp.host"},
     {"mail.smtp.port", Input::number},
     {"mail.smtp.security", Input::choice, "starttls tls none-loopback-only"},
     {"mail.smtp.user"},
     {"mail.smtp.helo"}}};
constexpr std::string_view kDaily = "daily at-once off";
constexpr std::array<SettingField, 8> kNotices{{{"hr.mail", Input::mail},
                                                {"notices.leaver", Input::choice, kDaily},
                                                {"notices.overdue", Input::choice, kDaily},
                                                {"notices.approval", Input::choice, kDaily},
                                                {"notices.undelivered", Input::choice, kDaily},
                                                {"notices.sync", Input::choice, kDaily},
                                                {"notices.credential", Input::choice, kDaily},
                                                {"notices.hour", Input::number}}};
constexpr std::array<SettingField, 3> kCases{{{"cases.four_eyes", Input::types},
                                              {"cases.due_days", Input::number},
                                              {"cases.interim_days", Input::number}}};
constexpr std::array<SettingField, 2> kLanguages{
    {{"desk.language", Input::choice, "de fr it en"}, {"issuer.time_zone"}}};
constexpr std::array<SettingField, 5> kAutomatic{
    {{"automatic", Input::choice, "off draft issue"},
     {"automatic.days_ahead", Input::number},
     {"automatic.hold_hours", Input::number},
     {"automatic.fixed_term", Input::choice, "ask take"},
     {"automatic.look_back_days", Input::number}}};

constexpr std::array<SettingField, 5> kSeal{
    {{"seal.level", Input::choice, "B-B B-T B-LT B-LTA"},
     {"timestamp.url"},
     {"timestamp.authority", Input::pem},
     {"timestamp.policy"},
     {"cases.signing", Input::choice, "company-seal qualified by-hand"}}};

constexpr std::array<SettingsForm, 8> kForms{{{"company", kCompany},
                                              {"signatories", kSignatories},
                                              {"mail", kMail},
                                              {"notices", kNotices},
                                              {"cases", kCases},
                                              {"languages", kLanguages},
                                              {"automatic", kAutomatic},
                                              {"seal", kSeal}}};

}  // namespace

std::span<const SettingsForm> settings_forms() { return kForms; }

}  // namespace refledger::site
