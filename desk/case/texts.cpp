#include "desk/case/texts.h"

#include <array>
#include <cstdlib>

namespace refledger::desk {
namespace {

struct Pair {
  const char* english;
  const char* german;
};

// {} stands for the name of the value.
Pair waiting_pair(Waiting waiting) {
  switch (waiting) {
    case Waiting::nothing:
      return {"", ""};
    case Waiting::death:
      return {
          "The HR system says that this person has died; nothing is sent by itself, so settle "
          "any reference with the heirs in person.",
          "Laut HR-System ist diese Person verstorben; es wird nichts von selbst verschickt, "
          "regeln Sie ein Zeugnis persönlich mit den Angehörigen."};
    case Waiting::moved_within_group:
      return {
          "This person moves within the group, so the employment goes on; offer an interim "
          "reference if they want one.",
          "Diese Person wechselt innerhalb der Gruppe, das Arbeitsverhältnis geht weiter; "
          "bieten Sie auf Wunsch ein Zwischenzeugnis an."};
    case Waiting::end_unknown:
      return {
          "Enter the last day of employment in the HR system; this person is inactive without "
          "an end date.",
          "Tragen Sie im HR-System den letzten Tag des Arbeitsverhältnisses ein; diese Person "
          "ist inaktiv, hat aber kein Austrittsdatum."};
    case Waiting::end_ahead:
      return {
          "The person is inactive already, but the employment ends later; the confirmation is "
          "issued once the last day is over, or correct the end date.",
          "Die Person ist bereits inaktiv, das Arbeitsverhältnis endet aber später; die "
          "Bestätigung folgt nach dem letzten Tag, sonst berichtigen Sie das Austrittsdatum."};
    case Waiting::end_before_start:
      return {"Correct the dates in the HR system: the employment ends before it begins.",
              "Berichtigen Sie die Daten im HR-System: Das Arbeitsverhältnis endet, bevor es "
              "beginnt."};
    case Waiting::end_not_definitive:
      return {
          "Enter the legal end of the employment in the HR system; only a last working day is "
          "recorded, and that may be earlier.",
          "Tragen Sie im HR-System das rechtliche Ende des Arbeitsverhältnisses ein; erfasst "
          "ist nur der letzte Arbeitstag, und der kann früher liegen."};
    case Waiting::other_employer:
      return {
          "This person is employed by {}, and only that company can attest it; write the "
          "reference in its name by hand.",
          "Arbeitgeberin dieser Person ist {}, und nur diese kann es bestätigen; schreiben Sie "
          "das Zeugnis in deren Namen selbst."};
    case Waiting::law_unknown:
      return {
          "Record in the HR system the country whose law governs this employment.",
          "Erfassen Sie im HR-System das Land, dessen Recht für dieses Arbeitsverhältnis gilt."};
    case Waiting::law_not_supported:
      return {
          "Write this reference by hand: the confirmation exists for Swiss and German law only.",
          "Schreiben Sie dieses Zeugnis selbst: Die Bestätigung gibt es bisher nur für "
          "schweizerisches und deutsches Recht."};
    case Waiting::language_not_supported:
      return {
          "Record German or English as the document's language in the HR system; the "
          "confirmation exists in these two.",
          "Erfassen Sie im HR-System Deutsch oder Englisch als Sprache des Dokuments; die "
          "Bestätigung gibt es bisher in diesen beiden."};
    case Waiting::wish_not_recorded:
      return {
          "Ask whether this person wants a bare confirmation or a full reference, and record "
          "the wish in the HR system.",
          "Fragen Sie, ob diese Person eine blosse Arbeitsbestätigung oder ein volles Zeugnis "
          "möchte, und erfassen Sie den Wunsch im HR-System."};
    case Waiting::position_missing:
      return {"Enter this person's position in the HR system.",
              "Tragen Sie die Funktion dieser Person im HR-System ein."};
    case Waiting::text_not_printable:
      return {
          "Correct the value \"{}\" in the HR system: it holds characters that cannot be "
          "printed, or it is too long.",
          "Berichtigen Sie den Wert «{}» im HR-System: Er enthält Zeichen, die sich nicht "
          "drucken lassen, oder ist zu lang."};
    case Waiting::address_missing:
      return {
          "Record a private e-mail address in the HR system; the work address no longer "
          "reaches this person.",
          "Erfassen Sie eine private E-Mail-Adresse im HR-System; die geschäftliche Adresse "
          "erreicht diese Person nicht mehr."};
    case Waiting::address_unusable:
      return {
          "Correct the e-mail address in the HR system; it is not one that mail can be sent to.",
          "Berichtigen Sie die E-Mail-Adresse im HR-System; an diese lässt sich keine Nachricht "
          "senden."};
    case Waiting::delivery_refused:
      return {
          "The mail server refused the message for good; record another e-mail address in the "
          "HR system.",
          "Der Mailserver hat die Nachricht endgültig abgelehnt; erfassen Sie eine andere "
          "E-Mail-Adresse im HR-System."};
  }
  std::abort();
}

Pair change_pair(Change change) {
  switch (change) {
    case Change::start:
      return {"the start date", "das Eintrittsdatum"};
    case Change::end:
      return {"the end date", "das Austrittsdatum"};
    case Change::name:
      return {"the name", "der Name"};
    case Change::position:
      return {"the position", "die Funktion"};
    case Change::no_longer_ended:
      return {"the end of the employment (it is no longer shown as over)",
              "das Ende des Arbeitsverhältnisses (es gilt nicht mehr als beendet)"};
  }
  std::abort();
}

std::string pick(const Pair& pair, Tongue tongue) {
  return tongue == Tongue::german ? pair.german : pair.english;
}

std::string filled(std::string text, std::string_view value) {
  const std::size_t at = text.find("{}");
  return at == std::string::npos ? text : text.replace(at, 2, value);
}

MailTexts english_mail(const std::string& employer, const std::string& signatory) {
  return {
      "Your confirmation of employment from " + employer,
      "Good day\n\n"
      "Attached is your confirmation of employment from " +
          employer +
          ".\n\n"
          "Please keep both files: the PDF is your document, and the file that ends in .refproof "
          "proves it even when neither " +
          employer +
          " nor this service can be reached any more.\n\n"
          "Whoever you show the PDF to can scan its code and see at once that it is genuine. "
          "The code opens the confirmation, so show it only to people who may read it. "
          "Please pass on the file as it is: printing it anew or saving it from another program "
          "makes another file.\n\n"
          "Kind regards\n" +
          signatory + "\n" + employer + "\n",
      "employment-confirmation.pdf", "employment-confirmation.refproof"};
}

MailTexts german_mail(bool swiss, const std::string& employer, const std::string& signatory) {
  const std::string regards = swiss ? "Freundliche Grüsse" : "Freundliche Grüße";
  return {
      "Ihre Arbeitsbestätigung von " + employer,
      "Guten Tag\n\n"
      "Im Anhang finden Sie Ihre Arbeitsbestätigung von " +
          employer +
          ".\n\n"
          "Bitte bewahren Sie beide Dateien auf: Das PDF ist Ihr Dokument, und die Datei mit der "
          "Endung .refproof beweist seine Echtheit auch dann noch, wenn weder " +
          employer +
          " noch dieser Dienst erreichbar ist.\n\n"
          "Wem Sie das PDF zeigen, der kann den Code darauf scannen und sieht sofort, ob es echt "
          "ist. Der Code öffnet die Bestätigung; zeigen Sie ihn deshalb nur Personen, die sie "
          "lesen "
          "dürfen. Geben Sie die Datei unverändert weiter: Wird sie neu gedruckt oder aus einem "
          "anderen Programm gespeichert, ist sie eine andere Datei.\n\n" +
          regards + "\n" + signatory + "\n" + employer + "\n",
      "arbeitsbestaetigung.pdf", "arbeitsbestaetigung.refproof"};
}

}  // namespace

std::string waiting_text(Waiting waiting, std::string_view field, Tongue tongue) {
  return filled(pick(waiting_pair(waiting), tongue), field);
}

std::string changes_text(const std::vector<Change>& changes, Tongue tongue) {
  if (changes.empty()) return "";
  std::string list;
  for (const Change change : changes) {
    if (!list.empty()) list += ", ";
    list += pick(change_pair(change), tongue);
  }
  return filled(tongue == Tongue::german
                    ? "Im HR-System hat sich nach der Ausstellung geändert: {}; prüfen Sie, ob das "
                      "Dokument zurückgezogen werden muss."
                    : "Changed in the HR system after issuing: {}; check whether the document must "
                      "be withdrawn.",
                list);
}

MailTexts mail_texts(Tongue tongue, bool swiss, const std::string& employer,
                     const std::string& signatory) {
  return tongue == Tongue::german ? german_mail(swiss, employer, signatory)
                                  : english_mail(employer, signatory);
}

}  // namespace refledger::desk
