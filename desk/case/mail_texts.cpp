// The mail that brings the leaver PDF and proof file.
#include "desk/case/texts.h"

namespace refledger::desk {
namespace {

using ingest::Wording;

constexpr Wording kSubject{"{} von ", "{} de ", "{} di ", "{} from "};
constexpr Wording kGreeting{"Guten Tag {}\n\n", "Bonjour {},\n\n", "Buongiorno {},\n\n",
                            "Dear {}\n\n"};
constexpr Wording kAttached{"Im Anhang finden Sie Ihr Dokument: {} von ",
                            "Vous trouverez en annexe votre document : {} de ",
                            "In allegato trovate il vostro documento: {} di ",
                            "Attached is your document: {} from "};
constexpr Wording kKeep{
    "Bitte bewahren Sie beide Dateien auf: Das PDF ist Ihr Dokument, und die Datei mit der Endung "
    ".refproof zeigt ohne jede Verbindung, dass es tatsächlich ausgestellt wurde, und ob es nach "
    "dem letzten bekannten Stand zurückgezogen war. Speichern Sie für eine solche Prüfung auch "
    "diese Seite, solange sie erreichbar ist:\n{}\n\n",
    "Conservez les deux fichiers : le PDF est votre document, et le fichier dont le nom se termine "
    "par .refproof montre sans aucune connexion qu’il a bien été délivré et s’il avait été retiré "
    "d’après le dernier état connu. Pour une telle vérification, enregistrez aussi cette page tant "
    "qu’elle est accessible :\n{}\n\n",
    "Conservate entrambi i file: il PDF è il vostro documento, e il file che termina con .refproof "
    "mostra senza alcuna connessione che è stato davvero rilasciato e se, secondo l’ultimo stato "
    "noto, era stato ritirato. Per una tale verifica salvate anche questa pagina, finché è "
    "raggiungibile:\n{}\n\n",
    "Please keep both files: the PDF is your document, and the file that ends in .refproof shows "
    "without any connection that it was genuinely issued, and whether it had been withdrawn when "
    "that was last known. For such a check, save this page as well, now that it can be "
    "reached:\n{}\n\n"};
constexpr Wording kPrint{
    "Ein Ausdruck lässt sich über den QR-Code darauf prüfen. Wer den Code scannt, liest das "
    "Dokument; zeigen Sie ihn deshalb nur Personen, die es lesen dürfen.\n\n",
    "Un exemplaire imprimé se vérifie par le code QR qu’il porte. Qui scanne ce code lit le "
    "document : ne le montrez donc qu’aux personnes qui peuvent le lire.\n\n",
    "Una stampa si verifica con il codice QR che vi figura. Chi scansiona il codice legge il "
    "documento: mostratelo quindi solo a chi può leggerlo.\n\n",
    "A printout can be checked by the QR code on it. Whoever scans the code reads the document, so "
    "show it only to people who may.\n\n"};
constexpr Wording kPassOn{
    "Geben Sie als Datei genau dieses PDF unverändert weiter: Wird es neu als PDF gedruckt oder "
    "aus einem anderen Programm gespeichert, entsteht eine andere Datei.\n\n",
    "Comme fichier, transmettez exactement ce PDF, sans modification : s’il est réimprimé en PDF "
    "ou enregistré depuis un autre programme, c’est un autre fichier.\n\n",
    "Come file, trasmettete esattamente questo PDF, invariato: se viene ristampato in PDF o "
    "salvato "
    "da un altro programma, è un altro file.\n\n",
    "As a file, pass on exactly this PDF, unchanged: printing it anew as a PDF, or saving it from "
    "another program, makes another file.\n\n"};
constexpr Wording kRegards{"Freundliche Grüße\n", "Avec nos meilleures salutations\n",
                           "Cordiali saluti\n", "Kind regards\n"};
constexpr Wording kFile{"arbeitszeugnis", "certificat-de-travail", "attestato-di-lavoro",
                        "employment-reference"};

}  // namespace

MailTexts mail_texts(Tongue tongue, bool swiss, const MailNames& names) {
  const auto say = [&](const Wording& wording, std::string_view value = "") {
    return filled(pick(wording, tongue), value);
  };
  std::string text = say(kGreeting, names.holder) + say(kAttached, names.title) + names.employer +
                     ".\n\n" + say(kKeep, names.verifier) + say(kPrint) + say(kPassOn);
  text += swiss && tongue == Tongue::german ? "Freundliche Grüsse\n" : say(kRegards);
  if (!names.signatory.empty()) text += names.signatory + "\n";
  const std::string file = say(kFile);
  return {say(kSubject, names.title) + names.employer, text + names.employer + "\n", file + ".pdf",
          file + ".refproof"};
}

}  // namespace refledger::desk
