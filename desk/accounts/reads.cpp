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

constexpr Wording kCount{"Ob niemand fehlt: v2 nennt keine Zahl",
                         "Si personne ne manque : v2 n'indique pas de nombre",
                         "Se non manca nessuno: v2 non indica un numero",
                         "Whether nobody is missing: v2 tells no number"};
constexpr Wording kRights{"Welche Felder es gibt und gelesen werden dürfen; niemandes Werte",
                          "Quels champs existent et peuvent être lus ; les valeurs de personne",
                          "Quali campi esistono e possono essere letti; i valori di nessuno",
                          "Which fields there are and may be read; nobody's values"};
constexpr Wording kLogin{"Anmeldung", "Connexion", "Accesso", "Login"};
constexpr Wording kAbsences{
    "Dauer der Abwesenheiten, falls erlaubt; nie ein Grund im Zeugnis",
    "Durée des absences, si c'est autorisé ; jamais de motif dans le certificat",
    "Durata delle assenze, se permesso; mai un motivo nell'attestato",
    "How long absences lasted, if permitted; never a reason in the reference"};

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

struct Request {
  const char* request;
  const char* field;
  const Wording* purpose;
};

constexpr std::array<Request, 5> kV1Besides{{
    {"POST /v1/auth", "client_id, client_secret", &kLogin},
    {"GET /v1/company/employees/attributes", "key, label, type", &kRights},
    {"GET /v1/company/time-off-types", "id, category", &kAbsences},
    {"GET /v1/company/time-offs", "start_date, end_date, half days", &kAbsences},
    {"GET /v1/company/absence-periods", "start, end", &kAbsences},
}};

constexpr std::array<Request, 24> kV2{{
    {"POST /v2/auth/token", "client_id, client_secret", &kLogin},
    {"GET /v2/persons", "id", &kWho},
    {"GET /v2/persons", "first_name", &kWho},
    {"GET /v2/persons", "last_name", &kWho},
    {"GET /v2/persons", "gender", &kAddress},
    {"GET /v2/persons", "email", &kMail},
    {"GET /v2/persons/{id}", "id", &kWho},
    {"GET /v2/persons/{id}/employments", "id", &kWho},
    {"GET /v2/persons/{id}/employments", "status", &kEnd},
    {"GET /v2/persons/{id}/employments", "employment_start_date", &kText},
    {"GET /v2/persons/{id}/employments", "position.title", &kText},
    {"GET /v2/persons/{id}/employments", "weekly_working_hours", &kText},
    {"GET /v2/persons/{id}/employments", "contract_end_date", &kEnd},
    {"GET /v2/persons/{id}/employments", "termination.termination_date", &kEnd},
    {"GET /v2/persons/{id}/employments", "termination.last_working_day", &kEnd},
    {"GET /v2/persons/{id}/employments", "termination.type", &kSpecial},
    {"GET /v2/persons/{id}/employments", "org_units", &kText},
    {"GET /v2/persons/{id}/employments", "legal_entity", &kEmployer},
    {"GET /v2/org-units/{id}", "name", &kText},
    {"GET /v2/legal-entities", "name", &kEmployer},
    {"GET /v2/absence-types", "id, category", &kAbsences},
    {"GET /v2/absence-periods", "starts_from, ends_at", &kAbsences},
    {"POST /v1/auth", "client_id, client_secret", &kLogin},
    {"GET /v1/company/employees", "id", &kCount},
}};

Asked to_asked(const Request& request) {
  return {request.request, request.field, sentences(*request.purpose)};
}

std::vector<Asked> asked_of_v1(const Mapping& mapping) {
  std::vector<Asked> asked;
  for (const std::string& key : ingest::personio::asked_attributes(mapping)) {
    asked.push_back({"GET /v1/company/employees", key, purpose_of(key, mapping)});
  }
  for (const Request& request : kV1Besides) asked.push_back(to_asked(request));
  return asked;
}

// The login and the list of attributes are v1's too where the version is found by trying.
std::vector<Asked> asked_of_v2(const Mapping& mapping) {
  std::vector<Asked> asked;
  for (const Request& request : kV2) asked.push_back(to_asked(request));
  for (const auto& [field, key] : mapping) {
    asked.push_back({"GET /v2/persons", key, purpose_of(key, mapping)});
  }
  asked.push_back(to_asked(kV1Besides[0]));
  asked.push_back(to_asked(kV1Besides[1]));
  return asked;
}

}  // namespace

std::vector<Asked> asked_of_personio(std::string_view api, const Mapping& mapping) {
  return api == "v2" ? asked_of_v2(mapping) : asked_of_v1(mapping);
}

std::vector<Asked> asked_of_bexio(std::string_view, const Mapping&) {
  std::vector<Asked> asked;
  for (const ingest::bexio::ProfileField& field : ingest::bexio::profile_fields()) {
    asked.push_back({"GET /2.0/company_profile", field.key, sentences(field.purpose)});
  }
  return asked;
}

}  // namespace refledger::accounts
