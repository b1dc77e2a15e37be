#include "desk/case/texts.h"

#include <cstdlib>

namespace refledger::desk {
namespace {

using ingest::Wording;

Wording wording_of(Change change) {
  switch (change) {
    case Change::start:
      return {"das Eintrittsdatum", "la date d’entrée", "la data di entrata", "the start date"};
    case Change::end:
      return {"das Austrittsdatum", "la date de sortie", "la data di uscita", "the end date"};
    case Change::name:
      return {"der Name", "le nom", "il nome", "the name"};
    case Change::position:
      return {"die Funktion", "la fonction", "la funzione", "the position"};
    case Change::no_longer_ended:
      return {"das Ende des Arbeitsverhältnisses (es gilt nicht mehr als beendet)",
              "la fin des rapports de travail (ils n’y figurent plus comme terminés)",
              "la fine del rapporto di lavoro (non risulta più concluso)",
              "the end of the employment (it is no longer shown as over)"};
  }
  std::abort();
}

constexpr Wording kChanged{
    "Im HR-System hat sich nach der Ausstellung geändert: {}; prüfen Sie, ob das Dokument "
    "berichtigt oder zurückgezogen werden muss.",
    "Modifié dans le système RH après la délivrance : {} ; vérifiez si le document doit être "
    "rectifié ou retiré.",
    "Modificato nel sistema HR dopo il rilascio: {}; verificate se il documento va rettificato o "
    "ritirato.",
    "Changed in the HR system after issuing: {}; check whether the document must be corrected or "
    "withdrawn."};

constexpr Wording kNoticeSubject{"Zeugnisse, die von selbst ausgestellt werden: {}",
                                 "Certificats qui seront délivrés automatiquement : {}",
                                 "Attestati che saranno rilasciati in automatico: {}",
                                 "References that will be issued by themselves: {}"};

constexpr Wording kNotice{
    "Guten Tag\n\nDiese Fälle werden von selbst ausgestellt, sobald der letzte Tag und die "
    "Wartefrist vorbei sind:\n\n{}\nWas darin steht, zeigt Ihnen `refledger leavers`. Anhalten "
    "können Sie jeden einzelnen mit `refledger hold FALL`.\n",
    "Bonjour,\n\nCes dossiers seront délivrés automatiquement dès que le dernier jour et le délai "
    "d’attente seront passés :\n\n{}\n`refledger leavers` montre ce qu’ils contiennent. "
    "`refledger hold DOSSIER` arrête l’un d’eux.\n",
    "Buongiorno,\n\nquesti casi saranno rilasciati in automatico non appena saranno trascorsi "
    "l’ultimo giorno e il periodo di attesa:\n\n{}\n`refledger leavers` ne mostra il contenuto. "
    "`refledger hold CASO` ne ferma uno.\n",
    "Hello\n\nThese cases will be issued by themselves once the last day and the hold period are "
    "over:\n\n{}\n`refledger leavers` shows what is in them. Stop any of them with "
    "`refledger hold CASE`.\n"};

constexpr Wording kLostSubject{
    "Das HR-System liefert weniger als bisher: {}", "Le système RH fournit moins qu’avant : {}",
    "Il sistema HR fornisce meno di prima: {}", "The HR system delivers less than before: {}"};

constexpr Wording kLost{
    "Guten Tag\n\nDiese Angaben liefert das HR-System für niemanden mehr:\n\n{}\nWas sie braucht, "
    "wartet so lange. Prüfen Sie, ob es das Attribut noch gibt und ob es für diesen API-Zugang "
    "noch "
    "angekreuzt ist; `refledger source test` sagt, was fehlt.\n",
    "Bonjour,\n\nLe système RH ne fournit plus ces données pour personne :\n\n{}\nCe qui en dépend "
    "attend. Vérifiez si l’attribut existe encore et s’il est toujours coché pour cet accès API ; "
    "`refledger source test` dit ce qui manque.\n",
    "Buongiorno,\n\nil sistema HR non fornisce più questi dati per nessuno:\n\n{}\nCiò che ne "
    "dipende resta in attesa. Verificate se l’attributo esiste ancora e se è sempre selezionato "
    "per "
    "questo accesso API; `refledger source test` dice che cosa manca.\n",
    "Hello\n\nThe HR system no longer delivers this for anybody:\n\n{}\nWhatever needs it waits. "
    "Check whether the attribute is still there and still ticked for this API credential; "
    "`refledger source test` says what is missing.\n"};

std::string as_list(const std::vector<std::string>& lines) {
  std::string list;
  for (const std::string& line : lines) list += "  " + line + "\n";
  return list;
}

}  // namespace

std::optional<Tongue> tongue_named(std::string_view language) {
  if (language == "en") return Tongue::english;
  if (language == "de") return Tongue::german;
  if (language == "fr") return Tongue::french;
  if (language == "it") return Tongue::italian;
  return std::nullopt;
}

std::string_view pick(const Wording& wording, Tongue tongue) {
  switch (tongue) {
    case Tongue::english:
      return wording.en;
    case Tongue::german:
      return wording.de;
    case Tongue::french:
      return wording.fr;
    case Tongue::italian:
      return wording.it;
  }
  std::abort();
}

std::string filled(std::string_view text, std::string_view value) {
  std::string whole(text);
  const std::size_t at = whole.find("{}");
  return at == std::string::npos ? whole : whole.replace(at, 2, value);
}

std::string changes_text(const std::vector<Change>& changes, Tongue tongue) {
  if (changes.empty()) return "";
  std::string list;
  for (const Change change : changes) {
    if (!list.empty()) list += ", ";
    list += pick(wording_of(change), tongue);
  }
  return filled(pick(kChanged, tongue), list);
}

NoticeTexts planned_texts(const std::vector<std::string>& case_ids, Tongue tongue) {
  return {filled(pick(kNoticeSubject, tongue), std::to_string(case_ids.size())),
          filled(pick(kNotice, tongue), as_list(case_ids))};
}

NoticeTexts lost_texts(const std::vector<std::string>& attributes, Tongue tongue) {
  return {filled(pick(kLostSubject, tongue), std::to_string(attributes.size())),
          filled(pick(kLost, tongue), as_list(attributes))};
}

}  // namespace refledger::desk
