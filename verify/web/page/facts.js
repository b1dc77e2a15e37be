// What a document attests, in four languages: the names of facts, and the values that have names.
// {name} is a blank to be filled.
export const facts = {
  "facts_title": {
    "de": "Was der Aussteller bestätigt",
    "en": "What the issuer attests",
    "fr": "Ce que l’émetteur atteste",
    "it": "Ciò che l’emittente attesta"
  },
  "compare": {
    "de": "Vergleichen Sie jede Zeile mit dem Papier.",
    "en": "Compare every line with the paper.",
    "fr": "Comparez chaque ligne avec le papier.",
    "it": "Confrontate ogni riga con il foglio."
  },
  "compare_signed": {
    "de": "Vergleichen Sie jede Zeile mit dem unterschriebenen Papier.",
    "en": "Compare every line with the signed paper.",
    "fr": "Comparez chaque ligne avec le papier signé.",
    "it": "Confrontate ogni riga con il foglio firmato."
  },
  "text_title": {
    "de": "Wortlaut",
    "en": "Wording",
    "fr": "Texte intégral",
    "it": "Testo integrale"
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
    "de": "Siegel oder Unterschrift",
    "en": "Seal or signature",
    "fr": "Cachet ou signature",
    "it": "Sigillo o firma"
  },
  "value_reference_type_confirmation": {
    "de": "Arbeitsbestätigung (ersetzt das Arbeitszeugnis nicht)",
    "en": "Confirmation of employment (does not replace the full certificate)",
    "fr": "Attestation de travail (ne remplace pas le certificat complet)",
    "it": "Attestazione di lavoro (non sostituisce il certificato completo)"
  },
  "value_signing_mode_company-seal": {
    "de": "Digitales Siegel des Ausstellers, keine persönliche Unterschrift",
    "en": "Digital seal of the issuer, no personal signature",
    "fr": "Cachet numérique de l’émetteur, sans signature personnelle",
    "it": "Sigillo digitale dell’emittente, senza firma personale"
  },
  "value_signing_mode_qualified": {
    "de": "Qualifizierte elektronische Signatur einer Person",
    "en": "Qualified electronic signature of a person",
    "fr": "Signature électronique qualifiée d’une personne",
    "it": "Firma elettronica qualificata di una persona"
  },
  "value_signing_mode_by-hand": {
    "de": "Von Hand unterschrieben; das Original ist das Papier",
    "en": "Signed by hand; the original is the paper",
    "fr": "Signé à la main ; l’original est le papier",
    "it": "Firmato a mano; l’originale è il foglio"
  },
  "value_reference_type_full_final": {
    "de": "Arbeitszeugnis",
    "en": "Full certificate of employment",
    "fr": "Certificat de travail",
    "it": "Attestato di lavoro"
  },
  "value_reference_type_full_interim": {
    "de": "Zwischenzeugnis",
    "en": "Interim certificate of employment",
    "fr": "Certificat de travail intermédiaire",
    "it": "Attestato di lavoro intermedio"
  },
  "value_reference_type_apprenticeship": {
    "de": "Lehrzeugnis",
    "en": "Apprenticeship certificate",
    "fr": "Certificat d’apprentissage",
    "it": "Attestato di tirocinio"
  },
  "value_reference_type_simple": {
    "de": "Einfaches Arbeitszeugnis, ohne Bewertung",
    "en": "Simple reference, without an assessment",
    "fr": "Certificat de travail simple, sans appréciation",
    "it": "Attestato di lavoro semplice, senza valutazione"
  },
  "value_reference_type_qualified": {
    "de": "Qualifiziertes Arbeitszeugnis, mit Bewertung",
    "en": "Qualified reference, with an assessment",
    "fr": "Certificat de travail qualifié, avec appréciation",
    "it": "Attestato di lavoro qualificato, con valutazione"
  },
  "value_reference_type_interim": {
    "de": "Zwischenzeugnis",
    "en": "Interim reference",
    "fr": "Certificat de travail intermédiaire",
    "it": "Attestato di lavoro intermedio"
  },
  "withdrawn_compare": {
    "de": "Diese Angaben hat der Aussteller bestätigt und später zurückgezogen.",
    "en": "The issuer attested this and later withdrew it.",
    "fr": "L’émetteur a attesté ces indications, puis les a retirées.",
    "it": "L’emittente ha attestato questi dati e poi li ha revocati."
  },
  "claim_hours": {
    "de": "Vereinbarte Arbeitszeit",
    "en": "Agreed hours",
    "fr": "Horaire convenu",
    "it": "Orario concordato"
  },
  "value_hours": {
    "de": "{hours} Stunden pro Woche",
    "en": "{hours} hours a week",
    "fr": "{hours} heures par semaine",
    "it": "{hours} ore alla settimana"
  }
};
