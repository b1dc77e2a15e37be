#include "desk/accounts/reads.h"

#include <algorithm>
#include <array>

#include "ingest/bexio/profile.h"
#include "ingest/personio/v1_employees.h"

namespace refledger::accounts {
namespace {

using ingest::Sentences;
using ingest::Wording;

Sentences sentences(const Wording& wording) {
  return {std::string(wording.de), std::string(wording.fr), std::string(wording.it),
          std::string(wording.en)};
}

constexpr Wording kWho{"Wer die Person ist", "Qui est la personne", "Chi è la persona",
                       "Who the person is"};
constexpr Wording kEnd{
    "Ob und wann das Arbeitsverhältnis endet", "Si et quand les rapports de travail prennent fin",
    "Se e quando termina il rapporto di lavoro", "Whether and when the employment ends"};
constexpr Wording kText{"Steht im Zeugnis", "Figure dans le certificat", "Figura nell'attestato",
                        "Stands in the reference"};
constexpr Wording kSpecial{"Todesfälle und Wechsel im Konzern werden erkannt und nicht verschickt",
                           "Les décès et les changements au sein du groupe sont reconnus et rien "
                           "n'est envoyé",
                           "I decessi e i cambiamenti all'interno del gruppo sono riconosciuti e "
                           "nulla viene inviato",
                           "Deaths and moves within the group are noticed, and nothing is sent"};
constexpr Wording kEmployer{"Wer der Arbeitgeber ist, wo es mehrere gibt",
                            "Qui est l'employeur, s'il y en a plusieurs",
                            "Chi è il datore di lavoro, se ce ne sono più d'uno",
                            "Who the employer is, where there are several"};
constexpr Wording kAddress{"Anrede im Begleitschreiben", "Formule d'appel de la lettre",
                           "Formula di apertura della lettera",
                           "Form of address in the covering letter"};
constexpr Wording kMail{
    "Adresse, wenn keine private bekannt ist", "Adresse, si aucune adresse privée n'est connue",
    "Indirizzo, se non se ne conosce uno privato", "Address, where no private one is known"};

struct Purpose {
  std::string_view key;
  const Wording* wording;
};
constexpr std::array<Purpose, 16> kPurposes{{
    {"id", &kWho},
    {"first_name", &kWho},
    {"last_name", &kWho},
    {"preferred_name", &kWho},
    {"status", &kEnd},
    {"hire_date", &kText},
    {"termination_date", &kEnd},
    {"contract_end_date", &kEnd},
    {"last_working_day", &kEnd},
    {"termination_type", &kSpecial},
    {"position", &kText},
    {"department", &kText},
    {"weekly_working_hours", &kText},
    {"subcompany", &kEmployer},
    {"gender", &kAddress},
    {"email", &kMail},
}};

Sentences purpose_of(std::string_view key, const Mapping& mapping) {
  for (const auto& [field, mapped] : mapping) {
    const ingest::ReferenceField* known = ingest::find_field(field);
    if (mapped == key && known != nullptr) return sentences(known->purpose);
  }
  const auto found = std::find_if(kPurposes.begin(), kPurposes.end(),
                                  [&](const Purpose& each) { return each.key == key; });
  return found == kPurposes.end() ? Sentences{} : sentences(*found->wording);
}

}  // namespace

std::vector<Asked> asked_of_personio(const Connection&, const Mapping& mapping) {
  std::vector<Asked> asked;
  for (const std::string& key : ingest::personio::asked_attributes(mapping)) {
    asked.push_back({"GET /company/employees", key, purpose_of(key, mapping)});
  }
  return asked;
}

std::vector<Asked> asked_of_bexio(const Connection&, const Mapping&) {
  std::vector<Asked> asked;
  for (const ingest::bexio::ProfileField& field : ingest::bexio::profile_fields()) {
    asked.push_back({"GET /2.0/company_profile", field.key, sentences(field.purpose)});
  }
  return asked;
}

}  // namespace refledger::accounts
