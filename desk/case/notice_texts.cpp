#include "desk/case/notice_texts.h"

#include <algorithm>
#include <cstdlib>

#include "ingest/source/zone.h"
#include "ledger/core/time.h"

namespace refledger::desk {
namespace {

using ingest::Wording;

// More links than these help nobody; the board has the rest.
constexpr std::size_t kMaxLinks = 20;

struct Heading {
  Wording one;
  Wording many;
};

Heading heading_of(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::leaver:
      return {{"Ein neuer Austritt", "Un nouveau départ", "Una nuova partenza", "One new leaver"},
              {"{} neue Austritte", "{} nouveaux départs", "{} nuove partenze", "{} new leavers"}};
    case NoticeKind::overdue:
      return {{"Ein Zeugnis ist überfällig", "Un certificat est en retard",
               "Un attestato è in ritardo", "One reference is overdue"},
              {"{} Zeugnisse sind überfällig", "{} certificats sont en retard",
               "{} attestati sono in ritardo", "{} references are overdue"}};
    case NoticeKind::approval:
      return {{"Ein Zeugnis wartet auf die Freigabe", "Un certificat attend son approbation",
               "Un attestato attende l’approvazione", "One reference waits for approval"},
              {"{} Zeugnisse warten auf die Freigabe", "{} certificats attendent leur approbation",
               "{} attestati attendono l’approvazione", "{} references wait for approval"}};
    case NoticeKind::undelivered:
      return {{"Eine Zustellung hat nicht geklappt", "Un envoi n’a pas abouti",
               "Un invio non è riuscito", "One delivery did not get through"},
              {"{} Zustellungen haben nicht geklappt", "{} envois n’ont pas abouti",
               "{} invii non sono riusciti", "{} deliveries did not get through"}};
    case NoticeKind::sync:
      return {{"Das HR-System lässt sich seit {} nicht lesen",
               "Le système RH n’a pas pu être lu depuis le {}",
               "Il sistema HR non è leggibile dal {}", "The HR system could not be read since {}"},
              {}};
    case NoticeKind::credential:
      return {
          {"Das HR-System weist den Zugang seit {} ab", "Le système RH refuse l’accès depuis le {}",
           "Il sistema HR rifiuta l’accesso dal {}",
           "The HR system has refused the credential since {}"},
          {}};
  }
  std::abort();
}

constexpr Wording kGreeting{"Guten Tag\n", "Bonjour,\n", "Buongiorno,\n", "Hello\n"};
constexpr Wording kCase{"Fall {}", "Dossier {}", "Caso {}", "Case {}"};
constexpr Wording kFurther{"und {} weitere", "et {} autres", "e altri {}", "and {} more"};
constexpr Wording kSeveral{"refledger: {} Punkte für HR", "refledger : {} points pour les RH",
                           "refledger: {} punti per le HR", "refledger: {} matters for HR"};
constexpr Wording kSync{"Neue Austritte und Änderungen bleiben so lange unbemerkt.",
                        "Les nouveaux départs et les modifications restent inaperçus jusque-là.",
                        "Nel frattempo nuove partenze e modifiche passano inosservate.",
                        "New leavers and changes go unnoticed until it can."};
constexpr Wording kCredential{
    "Der API-Zugang ist abgelaufen, wurde gesperrt, oder ihm fehlt ein Recht. Prüfen Sie ihn im "
    "HR-System, und testen Sie die Verbindung danach.",
    "L’accès API a expiré, a été bloqué, ou il lui manque un droit. Vérifiez-le dans le système "
    "RH, puis testez la connexion.",
    "L’accesso API è scaduto, è stato bloccato, o gli manca un diritto. Verificatelo nel sistema "
    "HR, poi provate la connessione.",
    "The API credential has expired, was revoked, or lacks a right. Check it in the HR system and "
    "test the connection afterwards."};
constexpr Wording kChoose{
    "Was gemeldet wird und wann, bestimmen Sie hier:",
    "Vous choisissez ici ce qui est signalé, et quand :",
    "Qui stabilite che cosa viene segnalato e quando:", "Choose here what is reported, and when:"};

// "22.11.2026, 08:10", as the company's clock has it; in English "2026-11-22, 08:10".
std::string local_time(const std::string& since, std::string_view zone, Tongue tongue) {
  const Result<UtcMillis> time = parse_time(since, "since");
  if (!time) return since;
  const auto ahead = ingest::ahead_of_utc(*time, zone);
  const std::string text = format_time(*time + (ahead ? *ahead : std::chrono::minutes{0}));
  if (tongue == Tongue::english) return text.substr(0, 10) + ", " + text.substr(11, 5);
  return text.substr(8, 2) + "." + text.substr(5, 2) + "." + text.substr(0, 4) + ", " +
         text.substr(11, 5);
}

class Writer {
 public:
  Writer(std::string_view desk_url, std::string_view zone, Tongue tongue)
      : desk_url_(desk_url), zone_(zone), tongue_(tongue) {}

  std::string heading(const std::vector<NoticeFact>& of_kind) const {
    const NoticeFact& first = of_kind.front();
    const Heading heading = heading_of(first.kind);
    if (first.case_id.empty()) return say(heading.one, local_time(first.which, zone_, tongue_));
    return of_kind.size() == 1 ? say(heading.one)
                               : say(heading.many, std::to_string(of_kind.size()));
  }

  std::string section(const std::vector<NoticeFact>& of_kind) const {
    std::string text = "\n" + heading(of_kind) + "\n";
    if (of_kind.front().kind == NoticeKind::sync) text += say(kSync) + "\n";
    if (of_kind.front().kind == NoticeKind::credential) text += say(kCredential) + "\n";
    if (of_kind.front().case_id.empty()) return text + page("/admin/integrationen");
    for (std::size_t at = 0; at < std::min(of_kind.size(), kMaxLinks); ++at) {
      const std::string& id = of_kind[at].case_id;
      text += desk_url_.empty() ? "  " + say(kCase, id) + "\n" : page("/cases/" + id);
    }
    if (of_kind.size() <= kMaxLinks) return text;
    text += "  " + say(kFurther, std::to_string(of_kind.size() - kMaxLinks));
    return text + (desk_url_.empty() ? "\n" : ":\n" + page("/leavers"));
  }

  std::string page(const std::string& path) const {
    return desk_url_.empty() ? std::string() : "  " + std::string(desk_url_) + path + "\n";
  }
  std::string say(const Wording& wording, const std::string& value = "") const {
    return filled(pick(wording, tongue_), value);
  }

 private:
  std::string_view desk_url_;
  std::string_view zone_;
  Tongue tongue_;
};

}  // namespace

const char* name_of(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::leaver:
      return "leaver";
    case NoticeKind::overdue:
      return "overdue";
    case NoticeKind::approval:
      return "approval";
    case NoticeKind::undelivered:
      return "undelivered";
    case NoticeKind::sync:
      return "sync";
    case NoticeKind::credential:
      return "credential";
  }
  std::abort();
}

const char* name_of(NoticeTime time) {
  switch (time) {
    case NoticeTime::daily:
      return "daily";
    case NoticeTime::at_once:
      return "at-once";
    case NoticeTime::off:
      return "off";
  }
  std::abort();
}

std::optional<NoticeTime> notice_time_named(std::string_view name) {
  for (const NoticeTime time : {NoticeTime::daily, NoticeTime::at_once, NoticeTime::off}) {
    if (name == name_of(time)) return time;
  }
  return std::nullopt;
}

NoticeTexts notice_texts(const std::vector<NoticeFact>& facts, std::string_view desk_url,
                         std::string_view zone, Tongue tongue) {
  const Writer writer(desk_url, zone, tongue);
  std::string text = writer.say(kGreeting);
  std::string subject;
  std::size_t kinds = 0;
  for (std::size_t kind = 0; kind < kNoticeKinds; ++kind) {
    std::vector<NoticeFact> of_kind;
    std::copy_if(
        facts.begin(), facts.end(), std::back_inserter(of_kind),
        [&](const NoticeFact& fact) { return fact.kind == static_cast<NoticeKind>(kind); });
    if (of_kind.empty()) continue;
    ++kinds;
    subject = "refledger: " + writer.heading(of_kind);
    text += writer.section(of_kind);
  }
  if (kinds > 1) subject = writer.say(kSeveral, std::to_string(facts.size()));
  if (!desk_url.empty())
    text += "\n" + writer.say(kChoose) + "\n" + writer.page("/settings/notices");
  return {subject, text};
}

}  // namespace refledger::desk
