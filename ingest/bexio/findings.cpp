#include "ingest/bexio/findings.h"

#include <array>
#include <cstdlib>

namespace refledger::ingest::bexio {
namespace {

struct Finding {
  std::string_view id;
  CheckState state;
  const char* de;
  const char* fr;
  const char* it;
  const char* en;
};

constexpr std::array<Finding, 15> kFindings{{
    {"reach", CheckState::missing,
     "bexio antwortet nicht. Prüfen Sie die Adresse und die Verbindung ins Internet und versuchen "
     "Sie es später noch einmal.",
     "bexio ne répond pas. Vérifiez l'adresse et la connexion à Internet, puis réessayez plus "
     "tard.",
     "bexio non risponde. Verificate l'indirizzo e la connessione a Internet e riprovate più "
     "tardi.",
     "bexio does not answer. Check the address and the connection to the internet, and try again "
     "later."},
    {"login", CheckState::missing,
     "bexio nimmt das Token nicht an: Es ist falsch, widerrufen oder abgelaufen. Erstellen Sie im "
     "Entwicklerportal von bexio ein neues Personal Access Token und hinterlegen Sie es hier.",
     "bexio refuse le jeton : il est erroné, révoqué ou expiré. Créez un nouveau Personal Access "
     "Token dans le portail des développeurs de bexio et enregistrez-le ici.",
     "bexio non accetta il token: è errato, revocato o scaduto. Create un nuovo Personal Access "
     "Token nel portale per sviluppatori di bexio e registratelo qui.",
     "bexio does not accept the token: it is wrong, revoked or expired. Create a new Personal "
     "Access Token in bexio's developer portal and store it here."},
    {"login", CheckState::ok, "bexio nimmt das Token an.", "bexio accepte le jeton.",
     "bexio accetta il token.", "bexio accepts the token."},
    {"rights", CheckState::missing,
     "Das Token darf das Firmenprofil nicht lesen. Es hat die Rechte der Person, die es erstellt "
     "hat: Lassen Sie es von jemandem erstellen, der in bexio die Firmendaten verwaltet.",
     "Le jeton ne permet pas de lire le profil de l'entreprise. Il a les droits de la personne qui "
     "l'a créé : faites-le créer par quelqu'un qui gère les données de l'entreprise dans bexio.",
     "Il token non può leggere il profilo dell'azienda. Ha i diritti di chi l'ha creato: fatelo "
     "creare da qualcuno che in bexio gestisce i dati dell'azienda.",
     "The token may not read the company profile. It has the rights of whoever created it: have it "
     "created by somebody who manages the company's data in bexio."},
    {"answer", CheckState::missing,
     "bexio antwortet, aber nicht mit einem lesbaren Firmenprofil. Prüfen Sie die Adresse; ist sie "
     "richtig, versuchen Sie es später noch einmal.",
     "bexio répond, mais pas avec un profil d'entreprise lisible. Vérifiez l'adresse ; si elle est "
     "correcte, réessayez plus tard.",
     "bexio risponde, ma non con un profilo aziendale leggibile. Verificate l'indirizzo; se è "
     "corretto, riprovate più tardi.",
     "bexio answers, but not with a company profile that can be read. Check the address; if it is "
     "right, try again later."},
    {"limit", CheckState::missing,
     "bexio nimmt im Moment keine Anfragen mehr an: Das Kontingent ist aufgebraucht, meist durch "
     "andere Programme. Versuchen Sie es in ein paar Minuten noch einmal.",
     "bexio n'accepte plus de requêtes pour l'instant : le quota est épuisé, souvent par d'autres "
     "programmes. Réessayez dans quelques minutes.",
     "bexio al momento non accetta altre richieste: il contingente è esaurito, di solito per via "
     "di altri programmi. Riprovate tra qualche minuto.",
     "bexio takes no more requests for the moment: the allowance is used up, mostly by other "
     "programs. Try again in a few minutes."},
    {"limit", CheckState::warning,
     "Das Kontingent an Anfragen dieser Minute ist fast aufgebraucht. Andere Programme teilen es "
     "mit diesem; gelesen wird langsamer.",
     "Le nombre de requêtes autorisées pour cette minute est presque épuisé. D'autres programmes "
     "le partagent ; la lecture ralentit.",
     "Le richieste consentite in questo minuto sono quasi esaurite. Altri programmi le "
     "condividono; la lettura rallenta.",
     "Almost no requests are left in this minute. Other programs share them with this one; reading "
     "slows down."},
    {"name", CheckState::ok, "Die Firma ist da.", "La raison sociale est là.",
     "La ragione sociale c'è.", "The company's name is there."},
    {"address", CheckState::ok, "Die Adresse ist vollständig.", "L'adresse est complète.",
     "L'indirizzo è completo.", "The address is complete."},
    {"address", CheckState::warning,
     "Strasse, Postleitzahl oder Ort fehlt. Ergänzen Sie die Adresse in bexio unter den "
     "Firmendaten, oder setzen Sie sie hier.",
     "La rue, le code postal ou la localité manque. Complétez l'adresse dans les données de "
     "l'entreprise de bexio, ou indiquez-la ici.",
     "Manca la via, il numero postale o la località. Completate l'indirizzo nei dati aziendali di "
     "bexio, oppure indicatelo qui.",
     "Street, postcode or city is missing. Complete the address in bexio's company data, or set it "
     "here."},
    {"register", CheckState::ok, "Die UID ist da.", "L'IDE est là.", "L'IDI c'è.",
     "The UID is there."},
    {"register", CheckState::warning,
     "In bexio ist keine gültige UID eingetragen. Ergänzen Sie sie unter den Firmendaten, wenn sie "
     "im Briefkopf stehen soll.",
     "Aucun IDE valable n'est saisi dans bexio. Ajoutez-le aux données de l'entreprise s'il doit "
     "figurer dans l'en-tête.",
     "In bexio non è registrato alcun IDI valido. Aggiungetelo ai dati aziendali se deve comparire "
     "nell'intestazione.",
     "No valid UID is entered in bexio. Add it to the company data if the letterhead is to show "
     "it."},
    {"logo", CheckState::ok, "Das Logo ist da.", "Le logo est là.", "Il logo c'è.",
     "The logo is there."},
    {"logo", CheckState::warning,
     "In bexio liegt kein brauchbares Logo (PNG, GIF oder JPEG bis 1 MiB). Laden Sie es in den "
     "Firmendaten hoch, oder setzen Sie es hier.",
     "bexio ne contient pas de logo utilisable (PNG, GIF ou JPEG jusqu'à 1 Mio). Chargez-le dans "
     "les données de l'entreprise, ou indiquez-le ici.",
     "In bexio non c'è un logo utilizzabile (PNG, GIF o JPEG fino a 1 MiB). Caricatelo nei dati "
     "aziendali, oppure indicatelo qui.",
     "There is no usable logo in bexio (PNG, GIF or JPEG up to 1 MiB). Upload it in the company "
     "data, or set it here."},
    {"unusable", CheckState::warning,
     "Ein Eintrag der Firmendaten in bexio ist unbrauchbar. Berichtigen Sie ihn dort.",
     "Une entrée des données de l'entreprise dans bexio est inutilisable. Corrigez-la là-bas.",
     "Una voce dei dati aziendali in bexio non è utilizzabile. Correggetela lì.",
     "An entry of the company data in bexio cannot be used. Correct it there."},
}};

}  // namespace

CheckItem finding(std::string_view id, CheckState state, std::string subject) {
  for (const Finding& each : kFindings) {
    if (each.id == id && each.state == state) {
      return {std::string(id), std::move(subject), state, {each.de, each.fr, each.it, each.en}};
    }
  }
  std::abort();
}

}  // namespace refledger::ingest::bexio
