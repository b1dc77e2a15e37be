// What stands on the pages, in four languages: one table for the server and for the scripts.
// After the equals sign it is JSON, which the server reads; {name} is a blank to be filled.
export const texts = {
  "language_name": {
    "de": "Deutsch",
    "en": "English",
    "fr": "Français",
    "it": "Italiano"
  },
  "skip": {
    "de": "Zum Inhalt",
    "en": "Skip to the content",
    "fr": "Aller au contenu",
    "it": "Vai al contenuto"
  },
  "languages": {
    "de": "Sprache",
    "en": "Language",
    "fr": "Langue",
    "it": "Lingua"
  },
  "page_title": {
    "de": "Dokument prüfen",
    "en": "Check a document",
    "fr": "Vérifier un document",
    "it": "Verificare un documento"
  },
  "entrance_title": {
    "de": "Ist dieses Dokument echt?",
    "en": "Is this document genuine?",
    "fr": "Ce document est-il authentique ?",
    "it": "Questo documento è autentico?"
  },
  "entrance_lead": {
    "de": "Scannen Sie den QR-Code mit der Kamera Ihres Telefons. Ohne Scanner geht es hier: mit der PDF-Datei oder mit dem Code vom Papier.",
    "en": "Scan the QR code with your phone’s camera. Without a scanner, start here: with the PDF file, or with the code printed on the paper.",
    "fr": "Scannez le code QR avec l’appareil photo de votre téléphone. Sans scanner, commencez ici : avec le fichier PDF ou avec le code imprimé sur le papier.",
    "it": "Inquadrate il codice QR con la fotocamera del telefono. Senza scanner si comincia qui: con il file PDF o con il codice stampato sul foglio."
  },
  "offline_lead": {
    "de": "Diese Seite prüft ohne Internet. Wählen Sie die PDF-Datei und die dazugehörige Nachweisdatei (.refproof) zusammen aus.",
    "en": "This page checks without the internet. Choose the PDF file together with its proof file (.refproof).",
    "fr": "Cette page vérifie sans internet. Choisissez le fichier PDF avec son fichier de preuve (.refproof).",
    "it": "Questa pagina verifica senza internet. Scegliete il file PDF insieme al suo file di prova (.refproof)."
  },
  "missing_title": {
    "de": "Diese Seite gibt es nicht",
    "en": "There is no such page",
    "fr": "Cette page n’existe pas",
    "it": "Questa pagina non esiste"
  },
  "file_title": {
    "de": "Sie haben die PDF-Datei",
    "en": "You have the PDF file",
    "fr": "Vous avez le fichier PDF",
    "it": "Avete il file PDF"
  },
  "file_text": {
    "de": "Die Datei wird in Ihrem Browser geprüft. Sie verlässt dieses Gerät nicht.",
    "en": "The file is checked in your browser. It never leaves this device.",
    "fr": "Le fichier est vérifié dans votre navigateur. Il ne quitte pas cet appareil.",
    "it": "Il file viene verificato nel browser. Non lascia questo dispositivo."
  },
  "file_button": {
    "de": "Datei wählen",
    "en": "Choose a file",
    "fr": "Choisir un fichier",
    "it": "Scegli un file"
  },
  "file_drop": {
    "de": "oder hierher ziehen",
    "en": "or drop it here",
    "fr": "ou déposez-le ici",
    "it": "o trascinatelo qui"
  },
  "code_title": {
    "de": "Sie haben das Papier",
    "en": "You have the paper",
    "fr": "Vous avez le papier",
    "it": "Avete il foglio"
  },
  "code_text": {
    "de": "Der Code steht in zwei Zeilen neben dem QR-Code. Die erste zeigt Aussteller und Stand, beide zusammen zeigen alles.",
    "en": "The code stands in two rows beside the QR code. The first shows issuer and status; both together show everything.",
    "fr": "Le code se trouve sur deux lignes à côté du code QR. La première indique l’émetteur et l’état ; les deux ensemble montrent tout.",
    "it": "Il codice si trova su due righe accanto al codice QR. La prima mostra emittente e stato; le due insieme mostrano tutto."
  },
  "code_first": {
    "de": "Nummer – erste Zeile",
    "en": "Number – first row",
    "fr": "Numéro – première ligne",
    "it": "Numero – prima riga"
  },
  "code_second": {
    "de": "Schlüssel – zweite Zeile",
    "en": "Key – second row",
    "fr": "Clé – deuxième ligne",
    "it": "Chiave – seconda riga"
  },
  "optional": {
    "de": "freiwillig",
    "en": "optional",
    "fr": "facultatif",
    "it": "facoltativo"
  },
  "code_button": {
    "de": "Prüfen",
    "en": "Check",
    "fr": "Vérifier",
    "it": "Verifica"
  },
  "code_length": {
    "de": "{row}: Es fehlen Zeichen oder es sind zu viele. Eine Zeile hat 27 Zeichen, diese hat {count}.",
    "en": "{row}: characters are missing or too many. A row has 27 characters; this one has {count}.",
    "fr": "{row} : il manque des caractères ou il y en a trop. Une ligne en compte 27, celle-ci {count}.",
    "it": "{row}: mancano caratteri o ce ne sono troppi. Una riga ne ha 27, questa {count}."
  },
  "code_typing": {
    "de": "{row}: Da ist ein Tippfehler. Bitte vergleichen Sie Zeichen für Zeichen mit dem Papier.",
    "en": "{row}: there is a typing error. Please compare it with the paper, character by character.",
    "fr": "{row} : il y a une faute de frappe. Comparez caractère par caractère avec le papier.",
    "it": "{row}: c’è un errore di battitura. Confrontate carattere per carattere con il foglio."
  },
  "no_script": {
    "de": "Ohne Skripte zeigt diese Seite Aussteller und Stand: Rufen Sie dazu die Adresse neben dem QR-Code auf. Die Prüfung des Dokuments selbst braucht Skripte; sie läuft ganz auf Ihrem Gerät.",
    "en": "Without scripts these pages show issuer and status only: open the address printed beside the QR code. Checking the document itself needs scripts; it all runs on your device.",
    "fr": "Sans scripts, ces pages n’indiquent que l’émetteur et l’état : ouvrez l’adresse imprimée à côté du code QR. Vérifier le document lui-même exige des scripts ; tout s’exécute sur votre appareil.",
    "it": "Senza script queste pagine mostrano solo emittente e stato: aprite l’indirizzo stampato accanto al codice QR. Per verificare il documento stesso servono gli script; tutto avviene sul vostro dispositivo."
  },
  "issued_title": {
    "de": "Ein Dokument mit dieser Nummer gibt es",
    "en": "A document with this number exists",
    "fr": "Un document portant ce numéro existe",
    "it": "Esiste un documento con questo numero"
  },
  "issued_text": {
    "de": "Ausgestellt hat es {issuer}; es ist nicht zurückgezogen. Über das Papier in Ihrer Hand sagt das nichts.",
    "en": "It was issued by {issuer} and has not been withdrawn. This says nothing about the paper in your hand.",
    "fr": "Il a été émis par {issuer} et n’a pas été retiré. Cela ne dit rien du papier que vous tenez.",
    "it": "È stato emesso da {issuer} e non è stato revocato. Questo non dice nulla sul foglio che avete in mano."
  },
  "withdrawn_title": {
    "de": "Nicht mehr gültig",
    "en": "No longer valid",
    "fr": "N’est plus valable",
    "it": "Non più valido"
  },
  "withdrawn_text": {
    "de": "Ein Dokument mit dieser Nummer hat {issuer} ausgestellt und später zurückgezogen. Über das Papier in Ihrer Hand sagt das nichts.",
    "en": "A document with this number was issued by {issuer} and later withdrawn. This says nothing about the paper in your hand.",
    "fr": "Un document portant ce numéro a été émis par {issuer}, puis retiré. Cela ne dit rien du papier que vous tenez.",
    "it": "Un documento con questo numero è stato emesso da {issuer} e poi revocato. Questo non dice nulla sul foglio che avete in mano."
  },
  "unknown_title": {
    "de": "Unbekannt",
    "en": "Unknown",
    "fr": "Inconnu",
    "it": "Sconosciuto"
  },
  "unknown_text": {
    "de": "Unter dieser Nummer ist hier kein Dokument eingetragen. Vielleicht ist sie vertippt, oder das Dokument gehört zu einer anderen Stelle.",
    "en": "No document is recorded here under this number. It may be mistyped, or the document may belong elsewhere.",
    "fr": "Aucun document n’est inscrit ici sous ce numéro. Il a peut-être été mal saisi, ou le document relève d’un autre service.",
    "it": "Con questo numero qui non risulta alcun documento. Forse è stato digitato male, o il documento appartiene a un altro servizio."
  },
  "malformed_title": {
    "de": "Das ist keine Dokumentnummer",
    "en": "This is not a document number",
    "fr": "Ce n’est pas un numéro de document",
    "it": "Questo non è un numero di documento"
  },
  "malformed_text": {
    "de": "Die Nummer in dieser Adresse ist unvollständig oder vertippt. Bitte scannen Sie den QR-Code noch einmal oder tippen Sie den Code ein.",
    "en": "The number in this address is incomplete or mistyped. Please scan the QR code again, or type the code.",
    "fr": "Le numéro dans cette adresse est incomplet ou mal saisi. Scannez de nouveau le code QR ou saisissez le code.",
    "it": "Il numero in questo indirizzo è incompleto o digitato male. Inquadrate di nuovo il codice QR o digitate il codice."
  },
  "cannot_check_title": {
    "de": "Jetzt nicht prüfbar",
    "en": "Cannot check now",
    "fr": "Vérification impossible pour l’instant",
    "it": "Verifica al momento impossibile"
  },
  "cannot_check_text": {
    "de": "Das Verzeichnis antwortet gerade nicht. Über das Dokument sagt das nichts. Bitte versuchen Sie es in einigen Minuten wieder.",
    "en": "The log does not answer at the moment. That says nothing about the document. Please try again in a few minutes.",
    "fr": "Le registre ne répond pas pour le moment. Cela ne dit rien du document. Réessayez dans quelques minutes.",
    "it": "Il registro al momento non risponde. Questo non dice nulla sul documento. Riprovate tra qualche minuto."
  },
  "issuer_label": {
    "de": "Ausgestellt von",
    "en": "Issued by",
    "fr": "Émis par",
    "it": "Emesso da"
  },
  "status_label": {
    "de": "Stand",
    "en": "Status",
    "fr": "État",
    "it": "Stato"
  },
  "status_issued": {
    "de": "ausgestellt, nicht zurückgezogen",
    "en": "issued, not withdrawn",
    "fr": "émis, non retiré",
    "it": "emesso, non revocato"
  },
  "status_withdrawn": {
    "de": "zurückgezogen",
    "en": "withdrawn",
    "fr": "retiré",
    "it": "revocato"
  },
  "number_label": {
    "de": "Nummer",
    "en": "Number",
    "fr": "Numéro",
    "it": "Numero"
  },
  "open_title": {
    "de": "Ihr Link öffnet die Aufzeichnung",
    "en": "Your link opens the record",
    "fr": "Votre lien ouvre l’enregistrement",
    "it": "Il vostro link apre la registrazione"
  },
  "open_text": {
    "de": "Sie sehen dann, was der Aussteller bestätigt hat, und können es mit dem Papier vergleichen. Der Schlüssel steckt im Link und bleibt auf diesem Gerät.",
    "en": "You will see what the issuer attested and can compare it with the paper. The key is in the link and stays on this device.",
    "fr": "Vous verrez ce que l’émetteur a attesté et pourrez le comparer avec le papier. La clé est dans le lien et reste sur cet appareil.",
    "it": "Vedrete ciò che l’emittente ha attestato e potrete confrontarlo con il foglio. La chiave è nel link e resta su questo dispositivo."
  },
  "open_button": {
    "de": "Aufzeichnung öffnen",
    "en": "Open the record",
    "fr": "Ouvrir l’enregistrement",
    "it": "Apri la registrazione"
  },
  "howto_title": {
    "de": "Das Dokument selbst prüfen",
    "en": "Check the document itself",
    "fr": "Vérifier le document lui-même",
    "it": "Verificare il documento stesso"
  },
  "howto_text": {
    "de": "Scannen Sie den QR-Code auf dem Papier, tippen Sie beide Zeilen des Codes ein, oder wählen Sie die PDF-Datei.",
    "en": "Scan the QR code on the paper, type both rows of the code, or choose the PDF file.",
    "fr": "Scannez le code QR sur le papier, saisissez les deux lignes du code, ou choisissez le fichier PDF.",
    "it": "Inquadrate il codice QR sul foglio, digitate entrambe le righe del codice, o scegliete il file PDF."
  },
  "checking": {
    "de": "Wird geprüft …",
    "en": "Checking …",
    "fr": "Vérification en cours …",
    "it": "Verifica in corso …"
  },
  "footer_private": {
    "de": "Ohne Konto, ohne Verfolgung. Was Sie prüfen, bleibt auf Ihrem Gerät.",
    "en": "No account, no tracking. What you check stays on your device.",
    "fr": "Sans compte, sans pistage. Ce que vous vérifiez reste sur votre appareil.",
    "it": "Senza account, senza tracciamento. Ciò che verificate resta sul vostro dispositivo."
  },
  "footer_save": {
    "de": "Diese Prüfung als Datei sichern",
    "en": "Save this verifier as one file",
    "fr": "Enregistrer ce vérificateur dans un fichier",
    "it": "Salva questo verificatore in un file"
  },
  "footer_log": {
    "de": "Öffentliches Verzeichnis",
    "en": "Public log",
    "fr": "Registre public",
    "it": "Registro pubblico"
  },
  "burnt_title": {
    "de": "Dieser Link ist nicht mehr geheim",
    "en": "This link is no longer secret",
    "fr": "Ce lien n’est plus secret",
    "it": "Questo link non è più segreto"
  },
  "burnt_text": {
    "de": "Ein Programm unterwegs, meist der Linkschutz eines Mailsystems, hat das # im Link verändert und so den geheimen Teil an einen Server geschickt. Wir haben ihn weder gelesen noch aufgezeichnet; wer sonst ihn gesehen hat, wissen wir nicht.",
    "en": "A program on the way, usually a mail system’s link protection, changed the # in the link and so sent its secret part to a server. We have neither read nor recorded it; who else has seen it we cannot know.",
    "fr": "Un programme en chemin, en général la protection des liens d’une messagerie, a modifié le # du lien et en a envoyé la partie secrète à un serveur. Nous ne l’avons ni lue ni enregistrée ; nous ignorons qui d’autre l’a vue.",
    "it": "Un programma lungo il percorso, di solito la protezione dei link di un sistema di posta, ha modificato il # nel link e ne ha inviato la parte segreta a un server. Non l’abbiamo né letta né registrata; non sappiamo chi altro l’abbia vista."
  },
  "burnt_check": {
    "de": "Sie wollen nur prüfen? Scannen Sie den QR-Code auf dem Papier mit der Kamera, oder prüfen Sie die PDF-Datei auf der Startseite.",
    "en": "You only want to check? Scan the QR code on the paper with your camera, or check the PDF file on the start page.",
    "fr": "Vous voulez seulement vérifier ? Scannez le code QR sur le papier avec l’appareil photo, ou vérifiez le fichier PDF sur la page d’accueil.",
    "it": "Volete solo verificare? Inquadrate il codice QR sul foglio con la fotocamera, o verificate il file PDF sulla pagina iniziale."
  },
  "burnt_holder": {
    "de": "Es ist Ihr Dokument? Bitten Sie den Arbeitgeber, es zurückzuziehen und neu auszustellen. Geben Sie künftig die Datei weiter statt des Links.",
    "en": "It is your document? Ask the employer to withdraw it and issue it anew. In future, pass on the file instead of the link.",
    "fr": "C’est votre document ? Demandez à l’employeur de le retirer et de l’émettre à nouveau. À l’avenir, transmettez le fichier plutôt que le lien.",
    "it": "È il vostro documento? Chiedete al datore di lavoro di revocarlo e di emetterlo di nuovo. In futuro trasmettete il file anziché il link."
  },
  "burnt_home": {
    "de": "Zur Startseite",
    "en": "To the start page",
    "fr": "Vers la page d’accueil",
    "it": "Alla pagina iniziale"
  },
  "link_damaged": {
    "de": "Der Link ist unvollständig oder vertippt: Scannen Sie noch einmal, oder tippen Sie beide Zeilen ein.",
    "en": "The link is incomplete or mistyped: scan again, or type both rows.",
    "fr": "Le lien est incomplet ou mal saisi : scannez de nouveau ou saisissez les deux lignes.",
    "it": "Il link è incompleto o digitato male: inquadrate di nuovo il codice o digitate entrambe le righe."
  }
};
