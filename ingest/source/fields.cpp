#include "ingest/source/fields.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "ingest/source/calendar.h"

namespace refledger::ingest {
namespace {

constexpr std::array<ReferenceField, 10> kFields{{
    {"private_email",
     FieldType::email,
     {"Private E-Mail", "E-mail privé", "E-mail privata", "Private e-mail"},
     {"Dorthin geht das Zeugnis; das Geschäftspostfach besteht nach dem Austritt nicht mehr.",
      "C'est là que part le certificat : la boîte professionnelle ferme au départ.",
      "Lì viene inviato l'attestato: la casella aziendale si chiude con l'uscita.",
      "Where the reference goes: the work mailbox closes when the person leaves."}},
    {"country",
     FieldType::country,
     {"Land des Arbeitsrechts", "Pays du droit applicable", "Paese del diritto applicabile",
      "Country of the governing law"},
     {"Zwei Buchstaben (CH, DE): nach welchem Recht das Zeugnis geschrieben wird.",
      "Deux lettres (CH, DE) : le droit selon lequel le certificat est rédigé.",
      "Due lettere (CH, DE): il diritto secondo cui si redige l'attestato.",
      "Two letters (CH, DE): the law under which the reference is written."}},
    {"language",
     FieldType::language,
     {"Sprache des Zeugnisses", "Langue du certificat", "Lingua dell'attestato",
      "Language of the reference"},
     {"Zwei Buchstaben (de, fr, it, en).", "Deux lettres (de, fr, it, en).",
      "Due lettere (de, fr, it, en).", "Two letters (de, fr, it, en)."}},
    {"reference_wish",
     FieldType::word,
     {"Gewünschte Art", "Type souhaité", "Tipo desiderato", "Kind wished for"},
     {"\"confirmation\" für die blosse Arbeitsbestätigung, \"full\" für das Vollzeugnis.",
      "« confirmation » pour l'attestation simple, « full » pour le certificat complet.",
      "«confirmation» per la semplice conferma, «full» per l'attestato completo.",
      "\"confirmation\" for the bare confirmation, \"full\" for the full reference."}},
    {"role_level",
     FieldType::text,
     {"Funktionsstufe", "Niveau de fonction", "Livello della funzione", "Role level"},
     {"Wählt die Bausteine, etwa jene für Führungskräfte.",
      "Détermine les formules, par exemple celles pour les cadres.",
      "Determina le formulazioni, ad esempio quelle per i quadri.",
      "Chooses the wording, such as that for managers."}},
    {"place_of_origin",
     FieldType::text,
     {"Heimatort", "Lieu d'origine", "Luogo di attinenza", "Place of origin"},
     {"Steht in Schweizer Zeugnissen neben dem Geburtsdatum.",
      "Figure à côté de la date de naissance dans les certificats suisses.",
      "Negli attestati svizzeri figura accanto alla data di nascita.",
      "Stands next to the date of birth in Swiss references."}},
    {"birthdate",
     FieldType::date,
     {"Geburtsdatum", "Date de naissance", "Data di nascita", "Date of birth"},
     {"Bezeichnet die Person im Zeugnis eindeutig.",
      "Identifie la personne sans équivoque dans le certificat.",
      "Identifica la persona in modo univoco nell'attestato.",
      "Identifies the person in the reference beyond doubt."}},
    {"workload",
     FieldType::percentage,
     {"Beschäftigungsgrad", "Taux d'occupation", "Grado d'occupazione", "Employment level"},
     {"In Prozent; ohne Angabe stehen die Wochenstunden im Zeugnis.",
      "En pour cent ; à défaut, le certificat indique les heures par semaine.",
      "In per cento; se manca, l'attestato indica le ore settimanali.",
      "In per cent; without it the reference states the weekly hours."}},
    {"academic_title",
     FieldType::text,
     {"Titel", "Titre", "Titolo", "Academic title"},
     {"Steht vor dem Namen, etwa Dr.", "Précède le nom, par exemple Dr.",
      "Precede il nome, ad esempio Dr.", "Stands before the name, such as Dr."}},
    {"salutation",
     FieldType::text,
     {"Anrede", "Civilité", "Appellativo", "Form of address"},
     {"Frau oder Herr, wo das Geschlecht nicht erfasst ist.",
      "Madame ou Monsieur, si le sexe n'est pas saisi.",
      "Signora o Signor, se il sesso non è registrato.",
      "Ms or Mr, where the gender is not recorded."}},
}};

Error bad(const char* why) { return {Fault::malformed, why}; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string in_lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

Result<std::string> to_letters(std::string_view text, char (*change)(char)) {
  if (text.size() != 2 || !is_letter(text[0]) || !is_letter(text[1])) {
    return bad("not a code of two letters");
  }
  return std::string{change(text[0]), change(text[1])};
}

Result<std::string> to_percentage(std::string_view text) {
  if (text.ends_with('%')) text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  const Result<std::string> number = to_decimal(text, 100);
  if (!number || *number == "0") return bad("not a percentage above 0 up to 100");
  return number;
}

}  // namespace

const char* name_of(FieldType type) {
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::word:
      return "word";
    case FieldType::date:
      return "date";
    case FieldType::email:
      return "email";
    case FieldType::country:
      return "country";
    case FieldType::language:
      return "language";
    case FieldType::percentage:
      return "percentage";
  }
  std::abort();
}

std::span<const ReferenceField> reference_fields() { return kFields; }

const ReferenceField* find_field(std::string_view name) {
  const auto found = std::find_if(kFields.begin(), kFields.end(),
                                  [&](const ReferenceField& field) { return field.name == name; });
  return found == kFields.end() ? nullptr : &*found;
}

bool fits(FieldType field, std::string_view attribute_type) {
  const std::string type = in_lower_case(attribute_type);
  const bool number = type == "integer" || type == "int" || type == "decimal" || type == "double";
  const bool words = type == "standard" || type == "string" || type == "list" ||
                     type == "multiline" || type == "text";
  if (field == FieldType::date) return type == "date" || type == "standard" || type == "string";
  if (field == FieldType::percentage) return number || words;
  if (field == FieldType::text) return words || number;
  return words;
}

Result<std::string> to_field(const ReferenceField& field, std::string_view text) {
  switch (field.type) {
    case FieldType::text:
    case FieldType::email:  // whoever sends checks it: a wrong one must not look like none
      return std::string(text);
    case FieldType::word:
      return in_lower_case(text);
    case FieldType::date: {
      const Result<Date> date = to_day(text);
      if (!date) return date.error();
      return format_date(*date);
    }
    case FieldType::country:
      return to_letters(text, upper);
    case FieldType::language:
      return to_letters(text, lower);
    case FieldType::percentage:
      return to_percentage(text);
  }
  std::abort();
}

}  // namespace refledger::ingest
