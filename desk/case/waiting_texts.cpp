// What HR has to do about a case, in one sentence for each reason.
#include <cstdlib>

#include "desk/case/texts.h"
#include "ingest/source/fields.h"

namespace refledger::desk {
namespace {

using ingest::Wording;

// {} stands for the name of the value.
Wording wording_of(Waiting waiting) {
  switch (waiting) {
    case Waiting::nothing:
      return {};
    case Waiting::death:
      return {
          "Laut HR-System ist diese Person verstorben; es wird nichts von selbst verschickt, "
          "regeln Sie ein Zeugnis persönlich mit den Angehörigen.",
          "Selon le système RH, cette personne est décédée ; rien n’est envoyé automatiquement, "
          "réglez un éventuel certificat directement avec les proches.",
          "Secondo il sistema HR questa persona è deceduta; nulla viene inviato in automatico, "
          "concordate un eventuale attestato direttamente con i familiari.",
          "The HR system says that this person has died; nothing is sent by itself, so settle "
          "any reference with the heirs in person."};
    case Waiting::moved_within_group:
      return {
          "Diese Person wechselt innerhalb der Gruppe, das Arbeitsverhältnis geht weiter; "
          "bieten Sie auf Wunsch ein Zwischenzeugnis an.",
          "Cette personne change d’entreprise au sein du groupe, les rapports de travail "
          "continuent ; proposez un certificat intermédiaire si elle le souhaite.",
          "Questa persona passa a un’altra società del gruppo e il rapporto di lavoro continua; "
          "se lo desidera, proponete un attestato intermedio.",
          "This person moves within the group, so the employment goes on; offer an interim "
          "reference if they want one."};
    case Waiting::end_unknown:
      return {
          "Tragen Sie im HR-System den letzten Tag des Arbeitsverhältnisses ein; diese Person "
          "ist inaktiv, hat aber kein Austrittsdatum.",
          "Saisissez dans le système RH le dernier jour des rapports de travail ; cette "
          "personne est inactive, mais sans date de sortie.",
          "Inserite nel sistema HR l’ultimo giorno del rapporto di lavoro; questa persona è "
          "inattiva, ma senza data di uscita.",
          "Enter the last day of employment in the HR system; this person is inactive without "
          "an end date."};
    case Waiting::end_ahead:
      return {
          "Die Person ist bereits inaktiv, das Arbeitsverhältnis endet aber später; die "
          "Bestätigung folgt nach dem letzten Tag, sonst berichtigen Sie das Austrittsdatum.",
          "La personne est déjà inactive, mais les rapports de travail prennent fin plus tard ; "
          "l’attestation suit après le dernier jour, sinon corrigez la date de sortie.",
          "La persona è già inattiva, ma il rapporto di lavoro termina più tardi; la conferma "
          "segue dopo l’ultimo giorno, altrimenti correggete la data di uscita.",
          "The person is inactive already, but the employment ends later; the confirmation is "
          "issued once the last day is over, or correct the end date."};
    case Waiting::end_before_start:
      return {
          "Berichtigen Sie die Daten im HR-System: Das Arbeitsverhältnis endet, bevor es "
          "beginnt.",
          "Corrigez les dates dans le système RH : les rapports de travail prennent fin avant "
          "de commencer.",
          "Correggete le date nel sistema HR: il rapporto di lavoro termina prima di iniziare.",
          "Correct the dates in the HR system: the employment ends before it begins."};
    case Waiting::end_not_definitive:
      return {
          "Tragen Sie im HR-System das rechtliche Ende des Arbeitsverhältnisses ein; erfasst "
          "ist nur der letzte Arbeitstag, und der kann früher liegen.",
          "Saisissez dans le système RH la fin juridique des rapports de travail ; seul le "
          "dernier jour travaillé y figure, et il peut être antérieur.",
          "Inserite nel sistema HR la fine giuridica del rapporto di lavoro; è registrato solo "
          "l’ultimo giorno lavorato, che può essere anteriore.",
          "Enter the legal end of the employment in the HR system; only a last working day is "
          "recorded, and that may be earlier."};
    case Waiting::term_to_confirm:
      return {
          "Eine Befristung läuft ab; tragen Sie im HR-System das neue Ende ein, falls sie "
          "verlängert wurde, oder bestätigen Sie hier, dass das Arbeitsverhältnis damit endet.",
          "Un contrat à durée déterminée arrive à échéance ; saisissez la nouvelle échéance dans "
          "le système RH s’il a été prolongé, ou confirmez ici que les rapports de travail "
          "prennent fin avec lui.",
          "Un contratto a termine giunge alla scadenza; se è stato prolungato inserite la nuova "
          "scadenza nel sistema HR, altrimenti confermate qui che il rapporto di lavoro termina.",
          "A fixed term ends; record its new end in the HR system if it was extended, or "
          "confirm here that the employment ends with it."};
    case Waiting::other_employer:
      return {
          "Arbeitgeberin dieser Person ist {}, und nur diese kann es bestätigen; schreiben Sie "
          "das Zeugnis in deren Namen selbst.",
          "L’employeur de cette personne est {}, et lui seul peut l’attester ; rédigez "
          "vous-même le certificat en son nom.",
          "Il datore di lavoro di questa persona è {}, e solo questa società può attestarlo; "
          "redigete voi l’attestato a suo nome.",
          "This person is employed by {}, and only that company can attest it; write the "
          "reference in its name by hand."};
    case Waiting::employer_not_recorded:
      return {
          "Erfassen Sie im HR-System die Gesellschaft, die diese Person beschäftigt; nur sie "
          "kann das Arbeitsverhältnis bestätigen.",
          "Indiquez dans le système RH la société qui emploie cette personne ; elle seule peut "
          "attester les rapports de travail.",
          "Registrate nel sistema HR la società che impiega questa persona; solo questa può "
          "attestare il rapporto di lavoro.",
          "Record in the HR system the legal entity that employs this person; only that company "
          "can attest the employment."};
    case Waiting::law_unknown:
      return {"Erfassen Sie im HR-System das Land, dessen Recht für dieses Arbeitsverhältnis gilt.",
              "Indiquez dans le système RH le pays dont le droit régit ces rapports de travail.",
              "Registrate nel sistema HR il Paese il cui diritto regge questo rapporto di lavoro.",
              "Record in the HR system the country whose law governs this employment."};
    case Waiting::law_not_supported:
      return {
          "Schreiben Sie dieses Zeugnis selbst: Für das Recht dieses Landes gibt es keine "
          "Regeln, nach denen etwas von selbst ausgestellt werden dürfte.",
          "Rédigez vous-même ce certificat : pour le droit de ce pays, aucune règle ne permet "
          "une délivrance automatique.",
          "Redigete voi questo attestato: per il diritto di questo Paese nessuna regola "
          "consente un rilascio automatico.",
          "Write this reference by hand: there are no rules for this country's law by which "
          "anything could be issued by itself."};
    case Waiting::language_not_supported:
      return {
          "Erfassen Sie im HR-System als Sprache des Dokuments Deutsch, Französisch, "
          "Italienisch oder Englisch; andere gibt es noch nicht.",
          "Indiquez dans le système RH l’allemand, le français, l’italien ou l’anglais comme "
          "langue du document ; il n’en existe pas encore d’autres.",
          "Registrate nel sistema HR il tedesco, il francese, l’italiano o l’inglese come "
          "lingua del documento; altre non sono ancora disponibili.",
          "Record German, French, Italian or English as the document's language in the HR "
          "system; there are no others yet."};
    case Waiting::wish_not_recorded:
      return {
          "Fragen Sie, ob diese Person eine blosse Arbeitsbestätigung oder ein volles Zeugnis "
          "möchte, und erfassen Sie den Wunsch im HR-System als «confirmation» oder als "
          "«full».",
          "Demandez à cette personne si elle souhaite une simple attestation ou un certificat "
          "complet, et indiquez-le dans le système RH : « confirmation » ou « full ».",
          "Chiedete a questa persona se desidera una semplice conferma o un attestato completo, "
          "e registratelo nel sistema HR come «confirmation» o «full».",
          "Ask whether this person wants a bare confirmation or a full reference, and record "
          "the wish in the HR system as \"confirmation\" or as \"full\"."};
    case Waiting::wish_not_recognised:
      return {
          "Der Wunsch «{}» ist keiner, der zählt; erfassen Sie im HR-System «confirmation», "
          "wenn diese Person eine blosse Arbeitsbestätigung verlangt hat, oder «full» für das "
          "volle Zeugnis.",
          "Le souhait « {} » n’est pas reconnu ; indiquez « confirmation » dans le système RH si "
          "cette personne a demandé une simple attestation, ou « full » pour le certificat "
          "complet.",
          "Il desiderio «{}» non è riconosciuto; registrate nel sistema HR «confirmation» se "
          "questa persona ha chiesto una semplice conferma, o «full» per l’attestato completo.",
          "The wish \"{}\" is not one that counts; record \"confirmation\" in the HR system if "
          "this person asked for a bare confirmation, or \"full\" if they want the full "
          "certificate."};
    case Waiting::full_reference_wished:
      return {
          "Diese Person möchte das volle Zeugnis; schreiben Sie es, denn von allein wird nur "
          "die blosse Bestätigung ausgestellt.",
          "Cette personne souhaite le certificat complet ; rédigez-le, car seule la simple "
          "attestation est délivrée automatiquement.",
          "Questa persona desidera l’attestato completo; redigetelo, perché in automatico viene "
          "rilasciata solo la semplice conferma.",
          "This person wants the full certificate; write it, because only the bare confirmation "
          "is issued by itself."};
    case Waiting::law_asks_more:
      return {
          "Schreiben Sie dieses Dokument selbst: Das Recht des Landes verlangt mehr, als das "
          "HR-System sagt ({}).",
          "Rédigez vous-même ce document : le droit du pays exige plus que ce que dit le "
          "système RH ({}).",
          "Redigete voi questo documento: il diritto del Paese esige più di quanto dica il "
          "sistema HR ({}).",
          "Write this document by hand: the country's law asks for more than the HR system "
          "tells ({})."};
    case Waiting::position_missing:
      return {"Tragen Sie die Funktion dieser Person im HR-System ein.",
              "Saisissez la fonction de cette personne dans le système RH.",
              "Inserite la funzione di questa persona nel sistema HR.",
              "Enter this person's position in the HR system."};
    case Waiting::text_not_printable:
      return {
          "Berichtigen Sie den Wert «{}» im HR-System: Er enthält Zeichen, die sich nicht "
          "drucken lassen, oder ist zu lang.",
          "Corrigez la valeur « {} » dans le système RH : elle contient des caractères "
          "impossibles à imprimer ou est trop longue.",
          "Correggete il valore «{}» nel sistema HR: contiene caratteri non stampabili o è "
          "troppo lungo.",
          "Correct the value \"{}\" in the HR system: it holds characters that cannot be "
          "printed, or it is too long."};
    case Waiting::address_missing:
      return {
          "Erfassen Sie eine private E-Mail-Adresse im HR-System; die geschäftliche Adresse "
          "erreicht diese Person nicht mehr.",
          "Indiquez une adresse e-mail privée dans le système RH ; l’adresse professionnelle "
          "n’atteint plus cette personne.",
          "Registrate un indirizzo e-mail privato nel sistema HR; l’indirizzo di lavoro non "
          "raggiunge più questa persona.",
          "Record a private e-mail address in the HR system; the work address no longer "
          "reaches this person."};
    case Waiting::address_unusable:
      return {
          "Berichtigen Sie die E-Mail-Adresse im HR-System; an diese lässt sich keine "
          "Nachricht senden.",
          "Corrigez l’adresse e-mail dans le système RH ; aucun message ne peut y être envoyé.",
          "Correggete l’indirizzo e-mail nel sistema HR; a questo non si può inviare alcun "
          "messaggio.",
          "Correct the e-mail address in the HR system; it is not one that mail can be sent "
          "to."};
    case Waiting::to_release:
      return {"Der Entwurf ist vollständig; sehen Sie ihn an und geben Sie ihn frei.",
              "Le projet est complet ; examinez-le et validez-le.",
              "La bozza è completa; esaminatela e approvatela.",
              "The draft is complete; look at it and release it."};
    case Waiting::stopped:
      return {"Dieser Fall wurde angehalten; er geht weiter, sobald Sie ihn freigeben.",
              "Ce dossier a été suspendu ; il reprend dès que vous le validez.",
              "Questo caso è stato sospeso; riprende non appena lo approvate.",
              "This case was stopped; it goes on once you release it."};
    case Waiting::deleted_in_source:
      return {
          "Das HR-System kennt diese Person nicht mehr; was zuvor gelesen wurde, ist hier "
          "erhalten, geben Sie den Fall also frei, falls er trotzdem ausgestellt werden soll.",
          "Le système RH ne connaît plus cette personne ; ce qui avait été lu est conservé ici, "
          "validez donc le dossier si le document doit tout de même être délivré.",
          "Il sistema HR non conosce più questa persona; quanto letto in precedenza è "
          "conservato qui, approvate dunque il caso se va comunque rilasciato.",
          "The HR system no longer has this person; what was read before is kept here, so "
          "release the case if it is to be issued all the same."};
    case Waiting::signature_elsewhere:
      return {
          "Das Dokument wartet auf eine Unterschrift, die anderswo geleistet wird; reichen Sie "
          "sie ein, oder bereiten Sie das Dokument neu vor, falls sein Tag vorbei ist.",
          "Le document attend une signature apposée ailleurs ; transmettez-la, ou préparez le "
          "document à nouveau si son jour est passé.",
          "Il documento attende una firma apposta altrove; trasmettetela, o preparate di nuovo "
          "il documento se il suo giorno è passato.",
          "The document waits for a signature that is made elsewhere; hand it in, or prepare "
          "the document again if its day is over."};
    case Waiting::signature_by_hand:
      return {
          "Drucken Sie das Dokument, lassen Sie es von Hand unterschreiben und melden Sie die "
          "unterschriebene Ausfertigung; erst dann ist es ausgestellt.",
          "Imprimez le document, faites-le signer à la main et enregistrez l’exemplaire signé ; "
          "ce n’est qu’alors qu’il est délivré.",
          "Stampate il documento, fatelo firmare a mano e registrate l’esemplare firmato; solo "
          "allora è rilasciato.",
          "Print the document, have it signed by hand, and register the signed copy; only then "
          "is it issued."};
    case Waiting::to_publish:
      return {
          "Das Zeugnis ist fertig; veröffentlicht wird es mit den anderen des Tages am {}, "
          "und erst danach ausgeliefert.",
          "Le certificat est prêt ; il sera publié avec les autres du jour le {}, et remis "
          "seulement ensuite.",
          "L’attestato è pronto; è pubblicato con gli altri del giorno il {}, e consegnato "
          "solo dopo.",
          "The reference is ready; it is published at {} with the others of its day, and "
          "delivered only then."};
    case Waiting::to_hand_out:
      return {
          "Das Zeugnis ist ausgestellt, und es gibt keine Adresse dafür; händigen Sie die "
          "Datei aus und melden Sie es hier.",
          "Le certificat est délivré, mais il n’y a pas d’adresse où l’envoyer ; remettez le "
          "fichier et indiquez-le ici.",
          "L’attestato è rilasciato, ma non c’è un indirizzo a cui inviarlo; consegnate il file "
          "e segnalatelo qui.",
          "The reference is issued and there is no address to send it to; hand the file out "
          "and say so here."};
    case Waiting::to_claim:
      return {"Das Zeugnis ist ausgestellt; abgeholt wurde es mit dem Abholcode noch nicht.",
              "Le certificat est délivré ; il n’a pas encore été retiré avec le code de retrait.",
              "L’attestato è rilasciato; non è ancora stato ritirato con il codice di ritiro.",
              "The reference is issued; the holder has not fetched it with the claim code yet."};
    case Waiting::delivery_refused:
      return {
          "Der Mailserver hat die Nachricht endgültig abgelehnt; erfassen Sie eine andere "
          "E-Mail-Adresse im HR-System.",
          "Le serveur de messagerie a définitivement refusé le message ; indiquez une autre "
          "adresse e-mail dans le système RH.",
          "Il server di posta ha rifiutato definitivamente il messaggio; registrate un altro "
          "indirizzo e-mail nel sistema HR.",
          "The mail server refused the message for good; record another e-mail address in the "
          "HR system."};
    case Waiting::delivery_unknown:
      return {
          "Die Nachricht ist vielleicht angekommen, doch der Mailserver hat es nie bestätigt, "
          "und sie wird nicht von selbst wieder gesendet; fragen Sie diese Person, und falls "
          "nichts kam, erfassen Sie im HR-System eine andere E-Mail-Adresse, an die sie dann "
          "geht.",
          "Le message est peut-être arrivé, mais le serveur de messagerie ne l’a jamais "
          "confirmé, et il n’est plus renvoyé automatiquement ; demandez à cette personne, et si "
          "rien n’est arrivé, indiquez dans le système RH une autre adresse e-mail, à laquelle "
          "il sera envoyé.",
          "Il messaggio è forse arrivato, ma il server di posta non l’ha mai confermato, e non "
          "viene più inviato in automatico; chiedete a questa persona e, se non è arrivato "
          "nulla, registrate nel sistema HR un altro indirizzo e-mail, al quale sarà inviato.",
          "The message may have arrived, but the mail server never confirmed it and it is not "
          "sent again by itself; ask this person, and if nothing came, record another e-mail "
          "address in the HR system, to which it is then sent."};
  }
  std::abort();
}

}  // namespace

std::string waiting_text(Waiting waiting, std::string_view field, Tongue tongue) {
  return filled(pick(wording_of(waiting), tongue), field);
}

}  // namespace refledger::desk
