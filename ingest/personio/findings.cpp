#include "ingest/personio/findings.h"

#include <array>
#include <cstdlib>

namespace refledger::ingest::personio {
namespace {

struct Finding {
  std::string_view id;
  CheckState state;
  const char* de;
  const char* fr;
  const char* it;
  const char* en;
};

constexpr std::array kFindings{
    Finding{"settings", CheckState::missing, "Die Einstellungen stimmen nicht: {}.",
            "Les réglages sont incorrects : {}.", "Le impostazioni non sono corrette: {}.",
            "The settings are wrong: {}."},
    Finding{"reach", CheckState::missing,
            "Personio antwortet nicht. Prüfen Sie die Adresse und die Verbindung ins Internet und "
            "versuchen Sie es später noch einmal.",
            "Personio ne répond pas. Vérifiez l'adresse et la connexion à Internet, puis réessayez "
            "plus tard.",
            "Personio non risponde. Verificate l'indirizzo e la connessione a Internet e riprovate "
            "più tardi.",
            "Personio does not answer. Check the address and the connection to the internet, and "
            "try again later."},
    Finding{"login", CheckState::ok, "Personio nimmt die Zugangsdaten an (API {}).",
            "Personio accepte les identifiants (API {}).",
            "Personio accetta le credenziali (API {}).",
            "Personio accepts the credentials (API {})."},
    Finding{
        "login", CheckState::warning,
        "Für die API {} gelten die Zugangsdaten nicht. Das genügt, solange die andere Version "
        "sie annimmt.",
        "Les identifiants ne valent pas pour l'API {}. Cela suffit tant que l'autre version les "
        "accepte.",
        "Le credenziali non valgono per l'API {}. Basta finché l'altra versione le accetta.",
        "The credentials do not open API {}. That is enough as long as the other version "
        "accepts them."},
    Finding{
        "login", CheckState::missing,
        "Personio nimmt die Zugangsdaten nicht an. Erstellen Sie in Personio unter "
        "«Einstellungen, Integrationen, API-Zugriffsdaten» neue und hinterlegen Sie Client-ID "
        "und Secret hier.",
        "Personio refuse les identifiants. Créez-en de nouveaux dans Personio sous « Paramètres, "
        "Intégrations, Accès API » et enregistrez ici le Client ID et le secret.",
        "Personio non accetta le credenziali. Createne di nuove in Personio alla voce "
        "«Impostazioni, Integrazioni, Credenziali API» e registrate qui il Client ID e il "
        "secret.",
        "Personio does not accept the credentials. Create new ones in Personio under "
        "“Settings, Integrations, API credentials” and store the client id and the secret "
        "here."},
    Finding{"people", CheckState::ok, "Die Mitarbeitenden sind lesbar (API {}).",
            "Le personnel est lisible (API {}).", "Il personale è leggibile (API {}).",
            "The people can be read (API {})."},
    Finding{"people", CheckState::missing,
            "Die Mitarbeitenden sind nicht lesbar (API {}). Setzen Sie bei den Zugangsdaten in "
            "Personio das Leserecht für Mitarbeitende («Personen» und «Anstellungen»).",
            "Le personnel n'est pas lisible (API {}). Cochez dans Personio, pour cet accès, le "
            "droit de lecture sur les employés (« personnes » et « emplois »).",
            "Il personale non è leggibile (API {}). Spuntate in Personio, per queste credenziali, "
            "il diritto di lettura sui collaboratori («persone» e «rapporti di lavoro»).",
            "The people cannot be read (API {}). Tick the right to read employees (persons and "
            "employments) for this credential in Personio."},
    Finding{
        "people", CheckState::warning,
        "Das Konto hat noch keine Mitarbeitenden; welche Merkmale lesbar sind, zeigt sich erst "
        "mit der ersten Person.",
        "Le compte n'a encore aucun employé ; les champs lisibles n'apparaîtront qu'avec la "
        "première personne.",
        "L'account non ha ancora collaboratori; i campi leggibili si vedranno solo con la prima "
        "persona.",
        "The account has no people yet; which attributes can be read will only show with the "
        "first person."},
    Finding{"attribute", CheckState::ok, "«{}» ist lesbar.", "« {} » est lisible.",
            "«{}» è leggibile.", "“{}” can be read."},
    Finding{"attribute", CheckState::missing,
            "«{}» fehlt, und ohne dieses Merkmal wird kein Austritt erkannt. Kreuzen Sie es in "
            "Personio bei den lesbaren Mitarbeiterattributen dieser Zugangsdaten an.",
            "« {} » manque, et sans ce champ aucun départ n'est reconnu. Cochez-le dans Personio "
            "parmi les attributs lisibles de cet accès.",
            "«{}» manca, e senza questo campo nessuna uscita viene riconosciuta. Spuntatelo in "
            "Personio tra gli attributi leggibili di queste credenziali.",
            "“{}” is missing, and without it no leaver is found. Tick it in Personio among the "
            "readable employee attributes of this credential."},
    Finding{
        "attribute", CheckState::warning,
        "«{}» fehlt und bleibt im Zeugnis leer, bis jemand es einträgt. Kreuzen Sie es in "
        "Personio bei den lesbaren Mitarbeiterattributen dieser Zugangsdaten an, oder prüfen "
        "Sie, ob es für jemanden erfasst ist.",
        "« {} » manque et restera vide dans le certificat jusqu'à ce que quelqu'un le saisisse. "
        "Cochez-le dans Personio parmi les attributs lisibles de cet accès, ou vérifiez qu'il "
        "est rempli pour quelqu'un.",
        "«{}» manca e nell'attestato resta vuoto finché qualcuno non lo inserisce. Spuntatelo "
        "in Personio tra gli attributi leggibili di queste credenziali, o verificate che sia "
        "compilato per qualcuno.",
        "“{}” is missing and stays empty in the reference until somebody fills it in. Tick it "
        "in Personio among the readable employee attributes of this credential, or check that "
        "it is recorded for anybody."},
    Finding{"mapped", CheckState::ok, "Das zugeordnete Merkmal «{}» ist lesbar.",
            "Le champ associé « {} » est lisible.", "Il campo associato «{}» è leggibile.",
            "The mapped attribute “{}” can be read."},
    Finding{"mapped", CheckState::warning,
            "Das zugeordnete Merkmal «{}» kommt bei niemandem vor. Kreuzen Sie es in Personio an, "
            "oder ordnen Sie ein anderes zu.",
            "Le champ associé « {} » n'est fourni pour personne. Cochez-le dans Personio ou "
            "associez-en un autre.",
            "Il campo associato «{}» non è fornito per nessuno. Spuntatelo in Personio o "
            "associatene un altro.",
            "The mapped attribute “{}” comes for nobody. Tick it in Personio, or map another."},
    Finding{"mapped_type", CheckState::warning,
            "Das zugeordnete Merkmal «{}» ist von einem Typ, der nicht zum Feld passt. Ordnen Sie "
            "ein anderes zu.",
            "Le champ associé « {} » est d'un type qui ne convient pas. Associez-en un autre.",
            "Il campo associato «{}» è di un tipo che non si adatta. Associatene un altro.",
            "The mapped attribute “{}” is of a type that does not fit the field. Map another."},
    Finding{"more_than_needed", CheckState::warning,
            "Die Zugangsdaten dürfen mehr lesen als nötig ({}). Es wird nicht verlangt; nehmen Sie "
            "die Häkchen in Personio trotzdem weg.",
            "L'accès permet de lire plus que nécessaire ({}). Rien de cela n'est demandé ; "
            "décochez-le tout de même dans Personio.",
            "Le credenziali possono leggere più del necessario ({}). Non viene richiesto; togliete "
            "comunque le spunte in Personio.",
            "The credential may read more than is needed ({}). It is not asked for; untick it in "
            "Personio all the same."},
    Finding{"departments", CheckState::ok, "Die Namen der Abteilungen sind lesbar.",
            "Les noms des départements sont lisibles.", "I nomi dei reparti sono leggibili.",
            "The names of departments can be read."},
    Finding{
        "departments", CheckState::warning,
        "Die Namen der Abteilungen sind nicht lesbar und bleiben leer. Setzen Sie in Personio "
        "das Leserecht für Organisationseinheiten.",
        "Les noms des départements ne sont pas lisibles et restent vides. Cochez dans Personio "
        "le droit de lecture sur les unités d'organisation.",
        "I nomi dei reparti non sono leggibili e restano vuoti. Spuntate in Personio il diritto "
        "di lettura sulle unità organizzative.",
        "The names of departments cannot be read and stay empty. Tick the right to read "
        "organisation units in Personio."},
    Finding{"legal_entities", CheckState::ok, "Die Namen der Gesellschaften sind lesbar.",
            "Les noms des sociétés sont lisibles.", "I nomi delle società sono leggibili.",
            "The names of legal entities can be read."},
    Finding{"legal_entities", CheckState::warning,
            "Die Namen der Gesellschaften sind nicht lesbar. Setzen Sie in Personio das Leserecht "
            "für Rechtseinheiten. Mit nur einer Gesellschaft ist das nicht nötig.",
            "Les noms des sociétés ne sont pas lisibles. Cochez dans Personio le droit de lecture "
            "sur les entités juridiques. Avec une seule société, ce n'est pas nécessaire.",
            "I nomi delle società non sono leggibili. Spuntate in Personio il diritto di lettura "
            "sulle entità giuridiche. Con una sola società non è necessario.",
            "The names of legal entities cannot be read. Tick the right to read legal entities in "
            "Personio. With a single company this is not needed."},
    Finding{"plan", CheckState::warning,
            "Ihr Personio-Vertrag oder Testkonto enthält die Funktion «{}» nicht. Sie wird "
            "weggelassen.",
            "Votre contrat Personio ou compte d'essai ne comprend pas la fonction « {} ». Elle est "
            "laissée de côté.",
            "Il vostro contratto Personio o account di prova non comprende la funzione «{}». Viene "
            "tralasciata.",
            "Your Personio plan or trial account does not include “{}”. It is left out."},
    Finding{"absences", CheckState::ok, "Die Absenzen sind lesbar.", "Les absences sont lisibles.",
            "Le assenze sono leggibili.", "Absences can be read."},
    Finding{
        "absences", CheckState::warning,
        "Die Absenzen sind nicht lesbar. Das ist freiwillig: Mit dem Leserecht für Absenzen "
        "wird angezeigt, wie lange jemand tatsächlich im Dienst war.",
        "Les absences ne sont pas lisibles. C'est facultatif : avec le droit de lecture sur les "
        "absences, la durée effective du service est affichée.",
        "Le assenze non sono leggibili. È facoltativo: con il diritto di lettura sulle assenze "
        "viene mostrata la durata effettiva del servizio.",
        "Absences cannot be read. They are optional: with the right to read them, the time "
        "somebody was really in service is shown."},
    Finding{"limit", CheckState::ok, "Personio erlaubt {} Anfragen in der Sekunde.",
            "Personio permet {} requêtes par seconde.",
            "Personio consente {} richieste al secondo.", "Personio allows {} requests a second."},
    Finding{"limit", CheckState::warning,
            "Personio bremst im Moment: Das Kontingent an Anfragen ist aufgebraucht. Versuchen Sie "
            "es in ein paar Minuten noch einmal.",
            "Personio freine en ce moment : le quota de requêtes est épuisé. Réessayez dans "
            "quelques minutes.",
            "Personio al momento limita le richieste: il contingente è esaurito. Riprovate tra "
            "qualche minuto.",
            "Personio is turning requests away: the quota is used up. Try again in a few minutes."},
    Finding{"version", CheckState::ok, "Gelesen wird mit der API {}.",
            "La lecture se fait avec l'API {}.", "La lettura avviene con l'API {}.",
            "Reading uses API {}."},
};

std::string filled(std::string_view sentence, std::string_view subject) {
  std::string out(sentence);
  if (const std::size_t at = out.find("{}"); at != std::string::npos) out.replace(at, 2, subject);
  return out;
}

}  // namespace

void Findings::add(std::string_view id, CheckState state, std::string_view subject) {
  for (const Finding& finding : kFindings) {
    if (finding.id != id || finding.state != state) continue;
    items_.push_back({std::string(id),
                      std::string(subject),
                      state,
                      {filled(finding.de, subject), filled(finding.fr, subject),
                       filled(finding.it, subject), filled(finding.en, subject)}});
    return;
  }
  std::abort();
}

}  // namespace refledger::ingest::personio
