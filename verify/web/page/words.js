// What the checks found, in four languages: verdicts, reasons, checks, remarks.
// {name} is a blank to be filled.
export const words = {
  "genuine-and-valid": {
    "de": "Echt und gültig",
    "en": "Genuine and valid",
    "fr": "Authentique et valable",
    "it": "Autentico e valido"
  },
  "genuine-no-longer-valid": {
    "de": "Echt, aber nicht mehr gültig",
    "en": "Genuine but no longer valid",
    "fr": "Authentique, mais plus valable",
    "it": "Autentico ma non più valido"
  },
  "not-this-document": {
    "de": "Nicht dieses Dokument",
    "en": "Not this document",
    "fr": "Pas ce document",
    "it": "Non questo documento"
  },
  "unknown": {
    "de": "Unbekannt",
    "en": "Unknown",
    "fr": "Inconnu",
    "it": "Sconosciuto"
  },
  "cannot-check-now": {
    "de": "Jetzt nicht prüfbar",
    "en": "Cannot check now",
    "fr": "Vérification impossible pour l’instant",
    "it": "Verifica al momento impossibile"
  },
  "by_link": {
    "de": "Die Aufzeichnung ist echt: Das hat {issuer} ({iss}) bestätigt.",
    "en": "The record is genuine: this is what {issuer} ({iss}) attested.",
    "fr": "L’enregistrement est authentique : voici ce que {issuer} ({iss}) a attesté.",
    "it": "La registrazione è autentica: ecco ciò che {issuer} ({iss}) ha attestato."
  },
  "by_link_by_hand": {
    "de": "Die Aufzeichnung ist echt: Das hat {issuer} ({iss}) bestätigt. Unterschrieben ist das Papier von Hand; das Original ist das Papier.",
    "en": "The record is genuine: this is what {issuer} ({iss}) attested. The paper is signed by hand; the original is the paper.",
    "fr": "L’enregistrement est authentique : voici ce que {issuer} ({iss}) a attesté. Le papier est signé à la main ; l’original est le papier.",
    "it": "La registrazione è autentica: ecco ciò che {issuer} ({iss}) ha attestato. Il foglio è firmato a mano; l’originale è il foglio."
  },
  "by_file": {
    "de": "Dieses Dokument ist echt: Die Datei ist Byte für Byte die, die {issuer} ({iss}) ausgestellt hat.",
    "en": "This document is genuine: the file is, byte for byte, the one that {issuer} ({iss}) issued.",
    "fr": "Ce document est authentique : le fichier est, octet pour octet, celui que {issuer} ({iss}) a émis.",
    "it": "Questo documento è autentico: il file è, byte per byte, quello emesso da {issuer} ({iss})."
  },
  "since_withdrawn": {
    "de": "{issuer} ({iss}) hat es ausgestellt und inzwischen zurückgezogen.",
    "en": "{issuer} ({iss}) issued it and has since withdrawn it.",
    "fr": "{issuer} ({iss}) l’a émis, puis l’a retiré.",
    "it": "{issuer} ({iss}) lo ha emesso e nel frattempo lo ha revocato."
  },
  "unknown_text": {
    "de": "Dazu ist hier nichts eingetragen. Vielleicht ist die Nummer vertippt, oder das Dokument gehört zu einer anderen Stelle.",
    "en": "Nothing is recorded here for it. The number may be mistyped, or the document may belong elsewhere.",
    "fr": "Rien n’est inscrit ici à ce sujet. Le numéro a peut-être été mal saisi, ou le document relève d’un autre service.",
    "it": "Qui non risulta nulla. Forse il numero è stato digitato male, o il documento appartiene a un altro servizio."
  },
  "unknown_file": {
    "de": "Diese Datei ist hier nicht eingetragen. Sie wurde verändert, oder sie wurde nie hier ausgestellt.",
    "en": "This file is not recorded here. It was altered, or never issued here.",
    "fr": "Ce fichier n’est pas inscrit ici. Il a été modifié ou n’a jamais été émis ici.",
    "it": "Questo file non risulta qui. È stato modificato o non è mai stato emesso qui."
  },
  "no_answer": {
    "de": "Das Verzeichnis antwortet nicht. Über das Dokument sagt das nichts. Bitte versuchen Sie es wieder.",
    "en": "The log does not answer. That says nothing about the document. Please try again.",
    "fr": "Le registre ne répond pas. Cela ne dit rien du document. Veuillez réessayer.",
    "it": "Il registro non risponde. Questo non dice nulla sul documento. Riprovate."
  },
  "bad_answer": {
    "de": "Die Antwort des Servers ist nicht lesbar. Über das Dokument sagt das nichts.",
    "en": "The server’s answer cannot be read. That says nothing about the document.",
    "fr": "La réponse du serveur est illisible. Cela ne dit rien du document.",
    "it": "La risposta del server non è leggibile. Questo non dice nulla sul documento."
  },
  "no_crypto": {
    "de": "Dieser Browser kann hier nicht prüfen. Öffnen Sie die Seite über https, oder nehmen Sie einen neueren Browser.",
    "en": "This browser cannot check here. Open the page over https, or use a newer browser.",
    "fr": "Ce navigateur ne peut pas vérifier ici. Ouvrez la page en https ou utilisez un navigateur plus récent.",
    "it": "Questo browser qui non può verificare. Aprite la pagina con https o usate un browser più recente."
  },
  "page_error": {
    "de": "Die Prüfung ist an dieser Seite gescheitert, nicht am Dokument. Bitte laden Sie die Seite neu.",
    "en": "The check failed because of this page, not because of the document. Please reload the page.",
    "fr": "La vérification a échoué à cause de cette page, non du document. Veuillez recharger la page.",
    "it": "La verifica è fallita per colpa di questa pagina, non del documento. Ricaricate la pagina."
  },
  "record_gone": {
    "de": "Die Aufzeichnung ist nicht mehr abrufbar. Eingetragen ist das Dokument; prüfen lässt es sich mit der PDF-Datei.",
    "en": "The record can no longer be fetched. The document is in the log; it can be checked with the PDF file.",
    "fr": "L’enregistrement n’est plus disponible. Le document figure au registre ; il peut être vérifié avec le fichier PDF.",
    "it": "La registrazione non è più disponibile. Il documento figura nel registro; si può verificare con il file PDF."
  },
  "no_proof": {
    "de": "Das Verzeichnis und der Widerruf wurden nicht geprüft: Es fehlt die Nachweisdatei (.refproof).",
    "en": "Log and withdrawal were not checked: the proof file (.refproof) is missing.",
    "fr": "Le registre et le retrait n’ont pas été vérifiés : le fichier de preuve (.refproof) manque.",
    "it": "Registro e revoca non sono stati verificati: manca il file di prova (.refproof)."
  },
  "fail_ciphertext": {
    "de": "Der Schlüssel aus dem Link öffnet diese Aufzeichnung nicht, oder sie wurde verändert.",
    "en": "The link’s key does not open this record, or the record was altered.",
    "fr": "La clé du lien n’ouvre pas cet enregistrement, ou il a été modifié.",
    "it": "La chiave del link non apre questa registrazione, o questa è stata modificata."
  },
  "fail_credential": {
    "de": "Das digitale Siegel des Ausstellers passt nicht zum Inhalt.",
    "en": "The digital seal of the issuer does not fit the content.",
    "fr": "Le cachet numérique de l’émetteur ne correspond pas au contenu.",
    "it": "Il sigillo digitale dell’emittente non corrisponde al contenuto."
  },
  "fail_disclosure": {
    "de": "Eine Angabe ist nicht die, die der Aussteller besiegelt hat.",
    "en": "A statement is not the one that the issuer sealed.",
    "fr": "Une indication n’est pas celle que l’émetteur a scellée.",
    "it": "Un’indicazione non è quella sigillata dall’emittente."
  },
  "fail_entry": {
    "de": "Der Eintrag im Verzeichnis gehört nicht zu diesem Dokument oder trägt nicht das Siegel des Ausstellers.",
    "en": "The log’s entry does not belong to this document, or does not bear the issuer’s seal.",
    "fr": "L’inscription au registre n’appartient pas à ce document ou ne porte pas le cachet de l’émetteur.",
    "it": "La voce del registro non appartiene a questo documento o non porta il sigillo dell’emittente."
  },
  "fail_proof": {
    "de": "Der Nachweis, dass der Eintrag im Verzeichnis steht, hält nicht.",
    "en": "The proof that the entry is in the log does not hold.",
    "fr": "La preuve que l’inscription figure au registre ne tient pas.",
    "it": "La prova che la voce è nel registro non regge."
  },
  "fail_checkpoint": {
    "de": "Das Siegel des Verzeichnisses hält nicht.",
    "en": "The log’s own seal does not hold.",
    "fr": "Le cachet du registre ne tient pas.",
    "it": "Il sigillo del registro non regge."
  },
  "fail_keys": {
    "de": "Die Schlüsselgeschichte des Ausstellers ist nicht lückenlos.",
    "en": "The issuer’s key history is broken.",
    "fr": "L’historique des clés de l’émetteur est rompu.",
    "it": "La storia delle chiavi dell’emittente è interrotta."
  },
  "fail_status": {
    "de": "Ob das Dokument zurückgezogen wurde, lässt sich nicht sicher sagen.",
    "en": "Whether the document has been withdrawn cannot be said for certain.",
    "fr": "On ne peut dire avec certitude si le document a été retiré.",
    "it": "Non si può dire con certezza se il documento sia stato revocato."
  },
  "fail_document": {
    "de": "Die Datei ist nicht die, die ausgestellt wurde. Schon ein einziges geändertes Zeichen führt dazu.",
    "en": "The file is not the one that was issued. A single changed character is enough for that.",
    "fr": "Le fichier n’est pas celui qui a été émis. Un seul caractère modifié suffit.",
    "it": "Il file non è quello emesso. Basta un solo carattere modificato."
  },
  "fail_no_pdf": {
    "de": "Das ist keine PDF-Datei, die einen Nachweis von hier in sich trägt. Mehr lässt sich über sie nicht sagen.",
    "en": "This is not a PDF file that carries a proof from here. Nothing more can be said about it.",
    "fr": "Ce n’est pas un fichier PDF muni d’une preuve d’ici. On ne peut rien en dire de plus.",
    "it": "Non è un file PDF con una prova di qui. Non se ne può dire altro."
  },
  "fail_size": {
    "de": "Die Datei ist zu gross; geprüft werden bis zu 32 MB.",
    "en": "The file is too large; up to 32 MB are checked.",
    "fr": "Le fichier est trop volumineux ; la limite est de 32 Mo.",
    "it": "Il file è troppo grande; il limite è 32 MB."
  },
  "checks_title": {
    "de": "Was geprüft wurde",
    "en": "What was checked",
    "fr": "Ce qui a été vérifié",
    "it": "Che cosa è stato verificato"
  },
  "check_ciphertext": {
    "de": "Aufzeichnung mit dem Schlüssel aus dem Link geöffnet",
    "en": "Record opened with the link’s key",
    "fr": "Enregistrement ouvert avec la clé du lien",
    "it": "Registrazione aperta con la chiave del link"
  },
  "check_document": {
    "de": "Datei ist Byte für Byte die ausgestellte",
    "en": "File is byte for byte the one issued",
    "fr": "Fichier identique octet pour octet à celui émis",
    "it": "File identico byte per byte a quello emesso"
  },
  "check_disclosure": {
    "de": "Jede Angabe ist vom Siegel erfasst",
    "en": "Every statement is covered by the seal",
    "fr": "Chaque indication est couverte par le cachet",
    "it": "Ogni indicazione è coperta dal sigillo"
  },
  "check_credential": {
    "de": "Digitales Siegel des Ausstellers",
    "en": "Digital seal of the issuer",
    "fr": "Cachet numérique de l’émetteur",
    "it": "Sigillo digitale dell’emittente"
  },
  "check_entry": {
    "de": "Eintrag im öffentlichen Verzeichnis gehört dazu",
    "en": "The public log’s entry belongs to it",
    "fr": "L’inscription au registre public s’y rapporte",
    "it": "La voce del registro pubblico vi corrisponde"
  },
  "check_proof": {
    "de": "Eintrag steht im Verzeichnis",
    "en": "The entry is in the log",
    "fr": "L’inscription figure au registre",
    "it": "La voce è nel registro"
  },
  "check_checkpoint": {
    "de": "Siegel des Verzeichnisses",
    "en": "The log’s seal",
    "fr": "Cachet du registre",
    "it": "Sigillo del registro"
  },
  "check_keys": {
    "de": "Schlüsselgeschichte des Ausstellers",
    "en": "The issuer’s key history",
    "fr": "Historique des clés de l’émetteur",
    "it": "Storia delle chiavi dell’emittente"
  },
  "check_status": {
    "de": "Widerruf abgefragt",
    "en": "Withdrawal looked up",
    "fr": "Retrait vérifié",
    "it": "Revoca verificata"
  },
  "state_ok": {
    "de": "in Ordnung",
    "en": "holds",
    "fr": "en ordre",
    "it": "in ordine"
  },
  "state_failed": {
    "de": "nicht in Ordnung",
    "en": "does not hold",
    "fr": "pas en ordre",
    "it": "non in ordine"
  },
  "state_skipped": {
    "de": "nicht geprüft",
    "en": "not checked",
    "fr": "non vérifié",
    "it": "non verificato"
  },
  "remarks_title": {
    "de": "Gut zu wissen",
    "en": "Good to know",
    "fr": "Bon à savoir",
    "it": "Buono a sapersi"
  },
  "remark_witness": {
    "de": "Noch nicht bezeugt: Kein unabhängiger Zeuge hat das Verzeichnis gegengezeichnet.",
    "en": "Not yet witnessed: no independent witness has countersigned the log.",
    "fr": "Pas encore attesté : aucun témoin indépendant n’a contresigné le registre.",
    "it": "Non ancora testimoniato: nessun testimone indipendente ha controfirmato il registro."
  },
  "remark_issuer": {
    "de": "Identität des Ausstellers nicht bestätigt: Dass der Schlüssel zu {iss} gehört, sagt bisher nur dieses Verzeichnis.",
    "en": "Issuer’s identity not confirmed: that the key belongs to {iss} is so far only this log’s word.",
    "fr": "Identité de l’émetteur non confirmée : que la clé appartienne à {iss}, seul ce registre l’affirme pour l’instant.",
    "it": "Identità dell’emittente non confermata: che la chiave appartenga a {iss} per ora lo dice solo questo registro."
  },
  "remark_trust_server": {
    "de": "Der Schlüssel des Verzeichnisses stammt von {host}, also von dem Server, der hier geprüft wird; die Schlüssel des Ausstellers stammen aus dem Verzeichnis.",
    "en": "The log’s key came from {host}, the very server that is being checked; the issuer’s keys came from the log.",
    "fr": "La clé du registre provient de {host}, le serveur même que l’on vérifie ; les clés de l’émetteur proviennent du registre.",
    "it": "La chiave del registro proviene da {host}, il server stesso che si verifica; le chiavi dell’emittente provengono dal registro."
  },
  "remark_trust_file": {
    "de": "Welches Verzeichnis und welche Aussteller gelten, ist in dieser gespeicherten Seite festgehalten, so wie {host} sie beim Sichern nannte.",
    "en": "Which log and which issuers count is kept in this saved page, as {host} named them when it was saved.",
    "fr": "Le registre et les émetteurs qui font foi sont inscrits dans cette page enregistrée, tels que {host} les a indiqués lors de l’enregistrement.",
    "it": "Il registro e gli emittenti che fanno fede sono scritti in questa pagina salvata, come {host} li ha indicati al momento del salvataggio."
  },
  "remark_withdrawal": {
    "de": "Widerruf zuletzt geprüft: {time}.",
    "en": "Withdrawal last checked: {time}.",
    "fr": "Retrait vérifié pour la dernière fois : {time}.",
    "it": "Revoca verificata l’ultima volta: {time}."
  },
  "remark_disagreement": {
    "de": "Die Quellen widersprechen sich; im Zweifel gilt das Dokument als zurückgezogen.",
    "en": "The sources disagree; in doubt the document counts as withdrawn.",
    "fr": "Les sources se contredisent ; dans le doute, le document est réputé retiré.",
    "it": "Le fonti si contraddicono; nel dubbio il documento vale come revocato."
  },
  "other_log": {
    "de": "Der Nachweis stammt aus einem anderen Verzeichnis als dem, dem diese Seite vertraut.",
    "en": "The proof is from another log than the one this page trusts.",
    "fr": "La preuve provient d’un autre registre que celui auquel cette page se fie.",
    "it": "La prova proviene da un registro diverso da quello di cui si fida questa pagina."
  },
  "key_did_not_count": {
    "de": "Der Schlüssel des Ausstellers galt nicht, als der Eintrag entstand: Er war ausser Dienst oder als gestohlen gemeldet.",
    "en": "The issuer’s key did not count when the entry was made: it was retired, or reported stolen.",
    "fr": "La clé de l’émetteur ne comptait pas au moment de l’inscription : elle était retirée ou déclarée volée.",
    "it": "La chiave dell’emittente non valeva al momento dell’iscrizione: era ritirata o dichiarata rubata."
  },
  "signed_by_hand": {
    "de": "Dieses Dokument wurde von Hand unterschrieben: Das Original ist das unterschriebene Papier, keine Datei ist es. Öffnen Sie den ganzen Link und vergleichen Sie jede Zeile mit dem Papier.",
    "en": "This document was signed by hand: the signed paper is the original, and no file is. Open the whole link and compare every line with the paper.",
    "fr": "Ce document a été signé à la main : l’original est le papier signé, aucun fichier ne l’est. Ouvrez le lien complet et comparez chaque ligne avec le papier.",
    "it": "Questo documento è stato firmato a mano: l’originale è il foglio firmato, nessun file lo è. Aprite il link completo e confrontate ogni riga con il foglio."
  },
  "do_not_rely": {
    "de": "Verlassen Sie sich nicht darauf, bevor es am Verzeichnis selbst geprüft ist.",
    "en": "Do not rely on it before it has been checked against the log itself.",
    "fr": "Ne vous y fiez pas avant de l’avoir vérifié auprès du registre même.",
    "it": "Non fateci affidamento prima di averlo verificato nel registro stesso."
  },
  "need_pdf": {
    "de": "Die Nachweisdatei ist da. Wählen Sie jetzt die PDF-Datei.",
    "en": "The proof file is here. Now choose the PDF file.",
    "fr": "Le fichier de preuve est là. Choisissez maintenant le fichier PDF.",
    "it": "Il file di prova c’è. Ora scegliete il file PDF."
  },
  "fail_proof_file": {
    "de": "Das ist keine Nachweisdatei (.refproof) von hier.",
    "en": "This is not a proof file (.refproof) from here.",
    "fr": "Ce n’est pas un fichier de preuve (.refproof) d’ici.",
    "it": "Non è un file di prova (.refproof) di qui."
  },
  "genuine-once": {
    "de": "Echt; Widerruf zuletzt abgefragt: {time}",
    "en": "Genuine; withdrawal last looked up {time}",
    "fr": "Authentique ; retrait vérifié pour la dernière fois : {time}",
    "it": "Autentico; revoca verificata l’ultima volta: {time}"
  },
  "not_fresh_file": {
    "de": "Die Datei ist Byte für Byte die, die {issuer} ({iss}) ausgestellt hat. Zurückgezogen war das Dokument damals nicht; was seither geschah, weiss nur das Verzeichnis.",
    "en": "The file is, byte for byte, the one that {issuer} ({iss}) issued. At that time the document had not been withdrawn; what has happened since, only the log can tell.",
    "fr": "Le fichier est, octet pour octet, celui que {issuer} ({iss}) a émis. À ce moment-là, le document n’était pas retiré ; ce qui s’est passé depuis, seul le registre peut le dire.",
    "it": "Il file è, byte per byte, quello emesso da {issuer} ({iss}). Allora il documento non era revocato; che cosa sia accaduto da allora può dirlo solo il registro."
  },
  "not_fresh_link": {
    "de": "Die Aufzeichnung ist echt: Das hat {issuer} ({iss}) bestätigt. Zurückgezogen war das Dokument damals nicht; was seither geschah, weiss nur das Verzeichnis.",
    "en": "The record is genuine: this is what {issuer} ({iss}) attested. At that time the document had not been withdrawn; what has happened since, only the log can tell.",
    "fr": "L’enregistrement est authentique : voici ce que {issuer} ({iss}) a attesté. À ce moment-là, le document n’était pas retiré ; ce qui s’est passé depuis, seul le registre peut le dire.",
    "it": "La registrazione è autentica: ecco ciò che {issuer} ({iss}) ha attestato. Allora il documento non era revocato; che cosa sia accaduto da allora può dirlo solo il registro."
  },
  "state_old": {
    "de": "zuletzt {time}",
    "en": "last {time}",
    "fr": "en dernier {time}",
    "it": "da ultimo {time}"
  },
  "link_damaged": {
    "de": "Der Link ist unvollständig oder vertippt: Scannen Sie noch einmal, oder tippen Sie beide Zeilen ein.",
    "en": "The link is incomplete or mistyped: scan again, or type both rows.",
    "fr": "Le lien est incomplet ou mal saisi : scannez de nouveau ou saisissez les deux lignes.",
    "it": "Il link è incompleto o digitato male: inquadrate di nuovo il codice o digitate entrambe le righe."
  },
  "other_host": {
    "de": "Diese Datei ist hier nicht eingetragen. Sie selbst nennt eine andere Stelle: Prüfen Sie sie bei {host}, wenn Sie dieser Stelle trauen.",
    "en": "This file is not recorded here. It names another place itself: check it at {host}, if you trust that place.",
    "fr": "Ce fichier n’est pas inscrit ici. Il désigne lui-même un autre service : vérifiez-le auprès de {host}, si vous faites confiance à ce service.",
    "it": "Questo file non risulta qui. Esso stesso indica un altro servizio: verificatelo presso {host}, se vi fidate di quel servizio."
  },
  "original_inside": {
    "de": "Die Datei ist nicht die, die ausgestellt wurde: An das Original wurde etwas angehängt. Das Original steckt unverändert darin und ist echt.",
    "en": "The file is not the one that was issued: something was appended to the original. The original is still inside, unaltered and genuine.",
    "fr": "Le fichier n’est pas celui qui a été émis : quelque chose a été ajouté à l’original. L’original s’y trouve encore, intact et authentique.",
    "it": "Il file non è quello emesso: all’originale è stato aggiunto qualcosa. L’originale è ancora all’interno, intatto e autentico."
  },
  "original_button": {
    "de": "Original sichern",
    "en": "Save the original",
    "fr": "Enregistrer l’original",
    "it": "Salva l’originale"
  },
  "bad_trust": {
    "de": "Diese gesicherte Seite nennt Vertrauensregeln, die sie nicht prüfen kann, etwa ein Quorum von Zeugen. Prüfen Sie mit dem Programm refledger, oder sichern Sie die Seite neu.",
    "en": "This saved page names rules of trust that it cannot check, such as a quorum of witnesses. Check with the program refledger, or save the page anew.",
    "fr": "Cette page enregistrée contient des règles de confiance qu’elle ne peut pas vérifier, par exemple un quorum de témoins. Vérifiez avec le programme refledger ou enregistrez la page à nouveau.",
    "it": "Questa pagina salvata contiene regole di fiducia che non può verificare, per esempio un quorum di testimoni. Verificate con il programma refledger o salvate di nuovo la pagina."
  },
  "strange_file": {
    "de": "Weder PDF-Datei noch Nachweisdatei (.refproof): {name}",
    "en": "Neither a PDF file nor a proof file (.refproof): {name}",
    "fr": "Ni fichier PDF ni fichier de preuve (.refproof) : {name}",
    "it": "Né file PDF né file di prova (.refproof): {name}"
  },
  "no_file": {
    "de": "Wählen Sie die PDF-Datei und ihre Nachweisdatei (.refproof).",
    "en": "Choose the PDF file and its proof file (.refproof).",
    "fr": "Choisissez le fichier PDF et son fichier de preuve (.refproof).",
    "it": "Scegliete il file PDF e il suo file di prova (.refproof)."
  },
  "remark_weaker": {
    "de": "Schwächer als die Schriftform: Verlangt ist die Unterschrift eines Menschen; dieses Dokument trägt eine, die sie nicht ersetzt.",
    "en": "Weaker signature than the written form: the law asks for a person’s signature; what this document bears does not stand for one.",
    "fr": "Plus faible que la forme écrite : la loi demande la signature d’une personne ; celle de ce document n’en tient pas lieu.",
    "it": "Più debole della forma scritta: la legge chiede la firma di una persona; ciò che questo documento reca non la sostituisce."
  }
};
