// A made-up employer, its letterhead, people with names of many kinds, and their signed PDFs.
#pragma once

#include "render/pdf/pdf.h"
#include "support/support.h"

namespace refledger::test {

inline letter::Facts facts(std::string language = "de", std::string law = "CH") {
  using namespace std::chrono;
  letter::Facts facts;
  facts.given_name = "Mara";
  facts.family_name = "Brunner";
  facts.gender = "female";
  facts.employer = "Nordlicht Instrumente AG";
  facts.employer_place = law == "CH" ? "Zürich" : "München";
  facts.position = "Projektleiterin Messtechnik";
  facts.department = "Entwicklung";
  facts.employed_from = 2019y / March / 1;
  facts.employed_to = 2026y / September / 30;
  facts.workload = "80 %";
  facts.governing_law = std::move(law);
  facts.language = std::move(language);
  facts.document_date = 2026y / September / 30;
  facts.signatory = "Jonas Keller, Leiter Personal";
  return facts;
}

inline pdf::Document document_of(const letter::Facts& facts) {
  pdf::Document document;
  const Result<letter::Letter> letter = letter::confirmation_of_employment(facts);
  EXPECT_TRUE(letter.has_value());
  document.letter = *letter;
  document.letterhead.name = "Nordlicht Instrumente AG";
  document.letterhead.address_lines = {"Hardturmstrasse 120", "8005 Zürich", "Schweiz",
                                       "nordlicht-instrumente.example"};
  document.letterhead.footer_lines = {
      "Nordlicht Instrumente AG · Sitz Zürich · CHE-000.000.000 · personal@nordlicht.example"};
  document.qr.qr_text =
      "HTTPS://REFS.NORDLICHT.EXAMPLE/V/04HMASW9NF6YY0938NKRKAYDXW#ABCDEFGHJKMNPQRSTVWXYZ0120";
  document.qr.address = "refs.nordlicht.example";
  document.qr.typed_id = "04HM ASW9 NF6Y Y093 8NKR KAYD XW5";
  document.qr.typed_secret = "ABCD EFGH JKMN PQRS TVWX YZ01 20=";
  document.attachment = {"reference.sd-jwt", "application/dc+sd-jwt",
                         "The same claims, machine-readable", "eyJhbGciOiJFZERTQSJ9.e30.c2ln~"};
  document.document_date = facts.document_date;
  return document;
}

}  // namespace refledger::test
