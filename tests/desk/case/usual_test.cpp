// The issuer's own text: where it stands, where it gives way, and that the checks read it.
#include "desk/case/usual.h"

#include <gtest/gtest.h>

#include "desk/case/order.h"
#include "desk/case/sheet_order.h"
#include "world.h"

namespace refledger::desk {
namespace {

const Signed kBy{"u", "Somebody", {}};
const Date kToday = day("2026-11-02");

IssuerSettings issuer_with(TextBlocks blocks) {
  IssuerSettings issuer = example_issuer();
  issuer.blocks = std::move(blocks);
  return issuer;
}

Sheet sheet_of(const Fields& fields) {
  Sheet sheet;
  EXPECT_TRUE(save(sheet, 0, fields, kBy).has_value());
  return sheet;
}

Fields filled(const TextBlocks& blocks, const Fields& fields) {
  return usual_fields(issuer_with(blocks), sheet_of(fields), {}, kToday);
}

const Fields kFull{{"type", "full_final"}, {"country", "CH"}, {"language", "de"}};

TEST(TextBlock, StandsInItsLanguageAndTheNarrowerOneFirst) {
  const TextBlocks blocks{{"closing.de", "für alle"},
                          {"closing.de.CH.full_final", "für dieses"},
                          {"closing.fr", "pour tous"},
                          {"employer_description.de", "Wir bauen Uhren."}};
  EXPECT_EQ(filled(blocks, kFull), (Fields{{"blocks.closing", "für dieses"},
                                           {"employer_description", "Wir bauen Uhren."}}));
  Fields interim = kFull;
  interim["type"] = "full_interim";
  EXPECT_EQ(filled(blocks, interim).at("blocks.closing"), "für alle");
  Fields french = kFull;
  french["language"] = "fr";
  EXPECT_EQ(filled(blocks, french), (Fields{{"blocks.closing", "pour tous"}}));
  EXPECT_EQ(filled(blocks, {{"language", "de"}}), Fields{});
}

TEST(TextBlock, GivesWayToWhatSomebodyWroteAndToABox) {
  const IssuerSettings issuer = issuer_with({{"closing.de", "der Firma"}});
  Fields fields = kFull;
  const auto order = [&] {
    const Sheet sheet = sheet_of(fields);
    return *parse_order(*order_text(sheet, "c", {}, usual_fields(issuer, sheet, {}, kToday)));
  };
  EXPECT_EQ(order().reference.blocks.at("closing"), "der Firma");
  fields["blocks.closing"] = "eigener";
  EXPECT_EQ(order().reference.blocks.at("closing"), "eigener");
  fields.erase("blocks.closing");
  fields["leave_out.closing"] = "yes";
  EXPECT_EQ(order().reference.blocks.count("closing"), 0u);
}

// Wherever a pack forbids a place, or asks for a ground, the issuer's text is not put there.
TEST(TextBlock, StandsOnlyWhereThePackAllowsItWithoutAGround) {
  const IssuerSettings example = example_issuer();
  std::size_t allowed = 0;
  std::size_t barred = 0;
  for (const letter::Pack& pack : example.rules->packs.all()) {
    if (*example.rules->packs.find(pack.country, kToday) != &pack) continue;
    for (const auto& [id, type] : pack.types) {
      const Fields fields =
          filled({{"introduction.en", "a"}, {"employer_description.en", "b"}, {"closing.en", "c"}},
                 {{"type", id}, {"country", pack.country}, {"language", "en"}});
      for (const std::string_view place : kBlockPlaces) {
        const letter::Rule rule = type.field(place).rule;
        const bool may = rule == letter::Rule::usual || rule == letter::Rule::mandatory;
        EXPECT_EQ(fields.count(field_of_place(place)), may ? 1u : 0u)
            << pack.country << " " << id << " " << place;
        ++(may ? allowed : barred);
      }
    }
  }
  EXPECT_GT(allowed, 0u);
  EXPECT_GT(barred, 0u);
}

TEST(TextBlock, HasANameThatSomeLetterHas) {
  EXPECT_EQ(parse_block_name("closing.it.AT.simple")->type, "simple");
  for (const char* name : {"", "closing", "closing.nl", "greeting.de", "closing.de.CH",
                           "closing.de.ch.simple", "closing.de.CH.Simple", "closing.de.CH.x.y"}) {
    EXPECT_EQ(parse_block_name(name).error().fault, Fault::malformed) << name;
  }
}

TEST(TextBlock, IsKeptAsLinesAndRefusedWhereNothingCouldPrintIt) {
  EXPECT_EQ(*clean_block("closing.de", " Erster  Absatz. \n\n Zweiter.\r\n"),
            "Erster Absatz.\nZweiter.");
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"closing.de", " \n "},
           {"closing.de", "links\u202Erechts"},
           {"closing.de", std::string(3001, 'x')},
           {"employer_description.de", "Erster.\nZweiter."},
           {"greeting.de", "Guten Tag"}}) {
    EXPECT_EQ(clean_block(name, text).error().fault, Fault::malformed) << name;
  }
}

std::vector<std::string> found_in(const std::string& name, const std::string& text) {
  std::vector<std::string> ids;
  for (const letter::Finding& one :
       check_block(*parse_block_name(name), text, *example_issuer().rules)) {
    ids.push_back(one.id);
  }
  return ids;
}

TEST(TextBlock, IsReadByTheChecksInEachLanguage) {
  for (const auto& [name, text, id] : std::vector<std::array<std::string, 3>>{
           {"closing.de", "Sie hat sich stets bemüht, die Termine zu halten.", "coded_effort"},
           {"closing.fr", "Elle s'est efforcée de tenir les délais.", "coded_effort"},
           {"closing.it.CH.full_final", "Si è sforzata di rispettare le scadenze.", "coded_effort"},
           {"introduction.en", "She did her best to keep deadlines.", "coded_effort"}}) {
    const std::vector<std::string> ids = found_in(name, text);
    EXPECT_EQ(std::count(ids.begin(), ids.end(), id), 1)
        << name << " " << testing::PrintToString(ids);
  }
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"closing.de", "Für Rückfragen steht die Personalabteilung zur Verfügung."},
           {"closing.fr", "Le service du personnel répond volontiers aux questions."},
           {"closing.it", "Il servizio del personale è a disposizione per domande."},
           {"employer_description.en", "Havelwerk Technik GmbH makes pumps and fittings."}}) {
    EXPECT_EQ(found_in(name, text), std::vector<std::string>{}) << name;
  }
}

}  // namespace
}  // namespace refledger::desk
