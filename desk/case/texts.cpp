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
    case Waiting::employer_not_recorded:
      return {
          "Record in the HR system the legal entity that employs this person; only that company "
          "can attest the employment.",
          "Erfassen Sie im HR-System die Gesellschaft, die diese Person beschäftigt; nur sie kann "
          "das Arbeitsverhältnis bestätigen."};
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
          "the wish in the HR system as \"confirmation\" or as \"full\".",
          "Fragen Sie, ob diese Person eine blosse Arbeitsbestätigung oder ein volles Zeugnis "
          "möchte, und erfassen Sie den Wunsch im HR-System als «confirmation» oder als «full»."};
    case Waiting::wish_not_recognised:
      return {
          "The wish \"{}\" is not one that counts; record \"confirmation\" in the HR system if "
          "this "
          "person asked for a bare confirmation, or \"full\" if they want the full certificate.",
          "Der Wunsch «{}» ist keiner, der zählt; erfassen Sie im HR-System «confirmation», wenn "
          "diese Person eine blosse Arbeitsbestätigung verlangt hat, oder «full» für das volle "
          "Zeugnis."};
    case Waiting::full_reference_wished:
      return {
          "This person wants the full certificate; write it by hand for now, because only the "
          "bare confirmation is issued by itself.",
          "Diese Person möchte das volle Zeugnis; schreiben Sie es vorerst selbst, denn von allein "
          "wird nur die blosse Arbeitsbestätigung ausgestellt."};
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
    case Waiting::term_to_confirm:
      return {
          "A fixed term ends; record its new end in the HR system if it was extended, or confirm "
          "here that the employment ends with it.",
          "Eine Befristung läuft ab; tragen Sie im HR-System das neue Ende ein, falls sie "
          "verlängert "
          "wurde, oder bestätigen Sie hier, dass das Arbeitsverhältnis damit endet."};
    case Waiting::to_release:
      return {"The draft is complete; look at it and release it.",
              "Der Entwurf ist vollständig; sehen Sie ihn an und geben Sie ihn frei."};
    case Waiting::stopped:
      return {"This case was stopped; it goes on once you release it.",
              "Dieser Fall wurde angehalten; er geht weiter, sobald Sie ihn freigeben."};
    case Waiting::deleted_in_source:
      return {
          "The HR system no longer has this person; what was read before is kept here, so release "
          "the case if it is to be issued all the same.",
          "Das HR-System kennt diese Person nicht mehr; was zuvor gelesen wurde, ist hier "
          "erhalten, "
          "geben Sie den Fall also frei, falls er trotzdem ausgestellt werden soll."};
    case Waiting::signature_elsewhere:
      return {
          "The document waits for a signature that is made elsewhere; hand it in, or prepare the "
          "document again if its day is over.",
          "Das Dokument wartet auf eine Unterschrift, die anderswo geleistet wird; reichen Sie sie "
          "ein, oder bereiten Sie das Dokument neu vor, falls sein Tag vorbei ist."};
    case Waiting::signature_by_hand:
      return {
          "Print the document, have it signed by hand, and register the signed copy; only then is "
          "it issued.",
          "Drucken Sie das Dokument, lassen Sie es von Hand unterschreiben und melden Sie die "
          "unterschriebene Ausfertigung; erst dann ist es ausgestellt."};
    case Waiting::to_hand_out:
      return {
          "The reference is issued and there is no address to send it to; hand the file out and "
          "say so here.",
          "Das Zeugnis ist ausgestellt, und es gibt keine Adresse dafür; händigen Sie die Datei "
          "aus und melden Sie es hier."};
    case Waiting::delivery_refused:
      return {
          "The mail server refused the message for good; record another e-mail address in the "
          "HR system.",
          "Der Mailserver hat die Nachricht endgültig abgelehnt; erfassen Sie eine andere "
          "E-Mail-Adresse im HR-System."};
    case Waiting::delivery_unknown:
      return {
          "The message may have arrived, but the mail server never confirmed it and it is not sent "
          "again by itself; ask this person, and if nothing came, record another e-mail address in "
          "the HR system, to which it is then sent.",
          "Die Nachricht ist vielleicht angekommen, doch der Mailserver hat es nie bestätigt, und "
          "sie wird nicht von selbst wieder gesendet; fragen Sie diese Person, und falls nichts "
          "kam, erfassen Sie im HR-System eine andere E-Mail-Adresse, an die sie dann geht."};
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

MailTexts english_mail(const MailNames& names) {
  return {
      "Your confirmation of employment from " + names.employer,
      "Dear " + names.holder +
          "\n\n"
          "Attached is your confirmation of employment from " +
          names.employer +
          ".\n\n"
          "Please keep both files: the PDF is your document, and the file that ends in .refproof "
          "shows without any connection that it was genuinely issued, and whether it had been "
          "withdrawn when that was last known. For such a check, save this page as well, now that "
          "it can be reached:\n" +
          names.verifier +
          "\n\n"
          "A printout can be checked by the QR code on it. Whoever scans the code reads the "
          "confirmation, so show it only to people who may.\n\n"
          "As a file, pass on exactly this PDF, unchanged: printing it anew as a PDF, or saving it "
          "from another program, makes another file.\n\n"
          "Kind regards\n" +
          names.signatory + "\n" + names.employer + "\n",
      "employment-confirmation.pdf", "employment-confirmation.refproof"};
}

MailTexts german_mail(bool swiss, const MailNames& names) {
  const std::string regards = swiss ? "Freundliche Grüsse" : "Freundliche Grüße";
  return {
      "Ihre Arbeitsbestätigung von " + names.employer,
      "Guten Tag " + names.holder +
          "\n\n"
          "Im Anhang finden Sie Ihre Arbeitsbestätigung von " +
          names.employer +
          ".\n\n"
          "Bitte bewahren Sie beide Dateien auf: Das PDF ist Ihr Dokument, und die Datei mit der "
          "Endung .refproof zeigt ohne jede Verbindung, dass es tatsächlich ausgestellt wurde, und "
          "ob es nach dem letzten bekannten Stand zurückgezogen war. Speichern Sie für eine solche "
          "Prüfung auch diese Seite, solange sie erreichbar ist:\n" +
          names.verifier +
          "\n\n"
          "Ein Ausdruck lässt sich über den QR-Code darauf prüfen. Wer den Code scannt, liest die "
          "Bestätigung; zeigen Sie ihn deshalb nur Personen, die sie lesen dürfen.\n\n"
          "Geben Sie als Datei genau dieses PDF unverändert weiter: Wird es neu als PDF gedruckt "
          "oder aus einem anderen Programm gespeichert, entsteht eine andere Datei.\n\n" +
          regards + "\n" + names.signatory + "\n" + names.employer + "\n",
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
                      "Dokument berichtigt oder zurückgezogen werden muss."
                    : "Changed in the HR system after issuing: {}; check whether the document must "
                      "be corrected or withdrawn.",
                list);
}

NoticeTexts notice_texts(const std::vector<std::string>& case_ids, Tongue tongue) {
  std::string list;
  for (const std::string& id : case_ids) list += "  " + id + "\n";
  const std::string count = std::to_string(case_ids.size());
  if (tongue == Tongue::german) {
    return {"Zeugnisse, die von selbst ausgestellt werden: " + count,
            "Guten Tag\n\nDiese Fälle werden von selbst ausgestellt, sobald der letzte Tag und die "
            "Wartefrist vorbei sind:\n\n" +
                list +
                "\nWas darin steht, zeigt Ihnen `refledger leavers`. Anhalten können Sie jeden "
                "einzelnen mit `refledger hold FALL`.\n"};
  }
  return {"References that will be issued by themselves: " + count,
          "Hello\n\nThese cases will be issued by themselves once the last day and the hold period "
          "are over:\n\n" +
              list +
              "\n`refledger leavers` shows what is in them. Stop any of them with "
              "`refledger hold CASE`.\n"};
}

MailTexts mail_texts(Tongue tongue, bool swiss, const MailNames& names) {
  return tongue == Tongue::german ? german_mail(swiss, names) : english_mail(names);
}

}  // namespace refledger::desk
