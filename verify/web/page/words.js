// What the checks found, in four languages: verdicts, reasons, remarks, the names of facts.
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
    "de": "Die Aufzeichnung ist echt. Das hat der Arbeitgeber bestätigt.",
    "en": "The record is genuine. This is what the employer attested.",
    "fr": "L’enregistrement est authentique. Voici ce que l’employeur a attesté.",
    "it": "La registrazione è autentica. Ecco ciò che il datore di lavoro ha attestato."
  },
  "by_file": {
    "de": "Dieses Dokument ist echt: Die Datei ist Byte für Byte die ausgestellte.",
    "en": "This document is genuine: the file is, byte for byte, the one that was issued.",
    "fr": "Ce document est authentique : le fichier est, octet pour octet, celui qui a été émis.",
    "it": "Questo documento è autentico: il file è, byte per byte, quello emesso."
  },
  "since_withdrawn": {
    "de": "Der Aussteller hat es inzwischen zurückgezogen.",
    "en": "The issuer has since withdrawn it.",
    "fr": "L’émetteur l’a retiré depuis.",
    "it": "Nel frattempo l’emittente lo ha revocato."
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
    "de": "Die Aufzeichnung ist nicht mehr abrufbar. Eingetragen ist das Zeugnis; prüfen lässt es sich mit der PDF-Datei.",
    "en": "The record can no longer be fetched. The reference is in the log; it can be checked with the PDF file.",
    "fr": "L’enregistrement n’est plus disponible. Le certificat figure au registre ; il peut être vérifié avec le fichier PDF.",
    "it": "La registrazione non è più disponibile. Il certificato figura nel registro; si può verificare con il file PDF."
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
    "de": "Die Unterschrift des Arbeitgebers passt nicht zum Inhalt.",
    "en": "The employer’s signature does not fit the content.",
    "fr": "La signature de l’employeur ne correspond pas au contenu.",
    "it": "La firma del datore di lavoro non corrisponde al contenuto."
  },
  "fail_disclosure": {
    "de": "Eine Angabe ist nicht die, die der Arbeitgeber unterschrieben hat.",
    "en": "A statement is not the one that the employer signed.",
    "fr": "Une indication n’est pas celle que l’employeur a signée.",
    "it": "Un’indicazione non è quella firmata dal datore di lavoro."
  },
  "fail_entry": {
    "de": "Der Eintrag im Verzeichnis gehört nicht zu diesem Dokument oder ist nicht richtig unterschrieben.",
    "en": "The log’s entry does not belong to this document, or is not properly signed.",
    "fr": "L’inscription au registre n’appartient pas à ce document ou n’est pas correctement signée.",
    "it": "La voce del registro non appartiene a questo documento o non è firmata correttamente."
  },
  "fail_proof": {
    "de": "Der Nachweis, dass der Eintrag im Verzeichnis steht, hält nicht.",
    "en": "The proof that the entry is in the log does not hold.",
    "fr": "La preuve que l’inscription figure au registre ne tient pas.",
    "it": "La prova che la voce è nel registro non regge."
  },
  "fail_checkpoint": {
    "de": "Die Unterschrift des Verzeichnisses hält nicht.",
    "en": "The log’s own signature does not hold.",
    "fr": "La signature du registre ne tient pas.",
    "it": "La firma del registro non regge."
  },
  "fail_keys": {
    "de": "Die Schlüsselgeschichte des Ausstellers ist nicht lückenlos.",
    "en": "The issuer’s key history is broken.",
    "fr": "L’historique des clés de l’émetteur est rompu.",
    "it": "La storia delle chiavi dell’emittente è interrotta."
  },
  "fail_status": {
    "de": "Ob das Zeugnis zurückgezogen wurde, lässt sich nicht sicher sagen.",
    "en": "Whether the reference has been withdrawn cannot be said for certain.",
    "fr": "On ne peut dire avec certitude si le certificat a été retiré.",
    "it": "Non si può dire con certezza se il certificato sia stato revocato."
  },
  "fail_document": {
    "de": "Die Datei ist nicht die, die ausgestellt wurde. Schon ein einziges geändertes Zeichen führt dazu.",
    "en": "The file is not the one that was issued. A single changed character is enough for that.",
    "fr": "Le fichier n’est pas celui qui a été émis. Un seul caractère modifié suffit.",
    "it": "Il file non è quello emesso. Basta un solo carattere modificato."
  },
  "fail_no_pdf": {
    "de": "Das ist keine PDF-Datei mit einem Zeugnis von hier.",
    "en": "This is not a PDF file with a reference from here.",
    "fr": "Ce n’est pas un fichier PDF contenant un certificat d’ici.",
    "it": "Non è un file PDF con un certificato di qui."
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
    "de": "Jede Angabe ist von der Unterschrift erfasst",
    "en": "Every statement is covered by the signature",
    "fr": "Chaque indication est couverte par la signature",
    "it": "Ogni indicazione è coperta dalla firma"
  },
  "check_credential": {
    "de": "Unterschrift des Arbeitgebers",
    "en": "The employer’s signature",
    "fr": "Signature de l’employeur",
    "it": "Firma del datore di lavoro"
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
    "de": "Unterschrift des Verzeichnisses",
    "en": "The log’s signature",
    "fr": "Signature du registre",
    "it": "Firma del registro"
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
    "de": "Der Schlüssel des Verzeichnisses ist in dieser gespeicherten Seite enthalten ({host}); die Schlüssel des Ausstellers stammen aus der Nachweisdatei und stehen im Verzeichnis.",
    "en": "The log’s key is part of this saved page ({host}); the issuer’s keys came from the proof file and stand in the log.",
    "fr": "La clé du registre fait partie de cette page enregistrée ({host}) ; les clés de l’émetteur proviennent du fichier de preuve et figurent au registre.",
    "it": "La chiave del registro fa parte di questa pagina salvata ({host}); le chiavi dell’emittente provengono dal file di prova e figurano nel registro."
  },
  "remark_withdrawal": {
    "de": "Widerruf zuletzt geprüft: {time}.",
    "en": "Withdrawal last checked: {time}.",
    "fr": "Retrait vérifié pour la dernière fois : {time}.",
    "it": "Revoca verificata l’ultima volta: {time}."
  },
  "remark_disagreement": {
    "de": "Die Quellen widersprechen sich; im Zweifel gilt das Zeugnis als zurückgezogen.",
    "en": "The sources disagree; in doubt the reference counts as withdrawn.",
    "fr": "Les sources se contredisent ; dans le doute, le certificat est réputé retiré.",
    "it": "Le fonti si contraddicono; nel dubbio il certificato vale come revocato."
  },
  "facts_title": {
    "de": "Was der Arbeitgeber bestätigt",
    "en": "What the employer attests",
    "fr": "Ce que l’employeur atteste",
    "it": "Ciò che il datore di lavoro attesta"
  },
  "compare": {
    "de": "Vergleichen Sie jede Zeile mit dem Papier.",
    "en": "Compare every line with the paper.",
    "fr": "Comparez chaque ligne avec le papier.",
    "it": "Confrontate ogni riga con il foglio."
  },
  "text_title": {
    "de": "Wortlaut",
    "en": "Text of the reference",
    "fr": "Texte du certificat",
    "it": "Testo del certificato"
  },
  "attested_by": {
    "de": "Bestätigt von",
    "en": "Attested by",
    "fr": "Attesté par",
    "it": "Attestato da"
  },
  "claim_name": {
    "de": "Name",
    "en": "Name",
    "fr": "Nom",
    "it": "Nome"
  },
  "claim_birthdate": {
    "de": "Geburtsdatum",
    "en": "Date of birth",
    "fr": "Date de naissance",
    "it": "Data di nascita"
  },
  "claim_employer": {
    "de": "Arbeitgeber",
    "en": "Employer",
    "fr": "Employeur",
    "it": "Datore di lavoro"
  },
  "claim_position": {
    "de": "Funktion",
    "en": "Position",
    "fr": "Fonction",
    "it": "Funzione"
  },
  "claim_department": {
    "de": "Abteilung",
    "en": "Department",
    "fr": "Service",
    "it": "Reparto"
  },
  "claim_employed_from": {
    "de": "Beginn",
    "en": "From",
    "fr": "Début",
    "it": "Inizio"
  },
  "claim_employed_to": {
    "de": "Ende",
    "en": "Until",
    "fr": "Fin",
    "it": "Fine"
  },
  "claim_workload": {
    "de": "Pensum",
    "en": "Workload",
    "fr": "Taux d’occupation",
    "it": "Grado di occupazione"
  },
  "claim_reference_type": {
    "de": "Art des Dokuments",
    "en": "Kind of document",
    "fr": "Type de document",
    "it": "Tipo di documento"
  },
  "claim_governing_law": {
    "de": "Anwendbares Recht",
    "en": "Governing law",
    "fr": "Droit applicable",
    "it": "Diritto applicabile"
  },
  "claim_document_date": {
    "de": "Datum des Dokuments",
    "en": "Date of the document",
    "fr": "Date du document",
    "it": "Data del documento"
  },
  "claim_language": {
    "de": "Sprache des Dokuments",
    "en": "Language of the document",
    "fr": "Langue du document",
    "it": "Lingua del documento"
  },
  "claim_signing_mode": {
    "de": "Art der Unterschrift",
    "en": "Kind of signature",
    "fr": "Type de signature",
    "it": "Tipo di firma"
  },
  "value_confirmation": {
    "de": "Arbeitsbestätigung (ersetzt das Arbeitszeugnis nicht)",
    "en": "Confirmation of employment (does not replace the full certificate)",
    "fr": "Attestation de travail (ne remplace pas le certificat complet)",
    "it": "Attestazione di lavoro (non sostituisce il certificato completo)"
  },
  "value_company-seal": {
    "de": "Elektronisches Firmensiegel",
    "en": "Electronic company seal",
    "fr": "Cachet électronique de l’entreprise",
    "it": "Sigillo elettronico aziendale"
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
    "de": "Dieses Zeugnis wurde von Hand unterschrieben; eine Datei lässt sich damit nicht vergleichen. Nehmen Sie den ganzen Link.",
    "en": "This reference was signed by hand; no file can be compared with it. Use the whole link.",
    "fr": "Ce certificat a été signé à la main ; aucun fichier ne peut y être comparé. Utilisez le lien complet.",
    "it": "Questo certificato è stato firmato a mano; nessun file può essere confrontato. Usate il link completo."
  },
  "not_fresh": {
    "de": "Das Zeugnis ist echt; ob es seither zurückgezogen wurde, ist nicht bekannt.",
    "en": "The reference is genuine; whether it has been withdrawn since is not known.",
    "fr": "Le certificat est authentique ; on ignore s’il a été retiré depuis.",
    "it": "Il certificato è autentico; non si sa se nel frattempo sia stato revocato."
  },
  "do_not_rely": {
    "de": "Verlassen Sie sich nicht darauf, bevor es am Verzeichnis selbst geprüft ist.",
    "en": "Do not rely on it before it has been checked against the log itself.",
    "fr": "Ne vous y fiez pas avant de l’avoir vérifié auprès du registre même.",
    "it": "Non fateci affidamento prima di averlo verificato nel registro stesso."
  },
  "withdrawn_compare": {
    "de": "Diese Angaben hat der Arbeitgeber bestätigt und später zurückgezogen.",
    "en": "The employer attested this and later withdrew it.",
    "fr": "L’employeur a attesté ces indications, puis les a retirées.",
    "it": "Il datore di lavoro ha attestato questi dati e poi li ha revocati."
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
  }
};
