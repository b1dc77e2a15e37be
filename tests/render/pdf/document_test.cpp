// What goes in comes out, the same bytes every time; what cannot be shown is refused beforehand.
#include "render/pdf/pdf.h"

#include <future>

#include "ledger/core/encoding.h"
#include "support/letters.h"

namespace refledger::pdf {
namespace {

Result<Prepared> rendered(const Document& document) { return render(document, test::fonts()); }

std::string refusal(const Document& document, const Fonts& fonts = test::fonts()) {
  const Result<Prepared> made = render(document, fonts);
  return made ? "accepted" : std::string(name_of(made.error().fault)) + ": " + made.error().detail;
}

Document document() { return test::document_of(test::confirmation()); }

Document document_for(const char* given_name, const char* family_name) {
  letter::Reference reference = test::confirmation();
  reference.given_name = given_name;
  reference.family_name = family_name;
  return test::document_of(reference);
}

TEST(Render, GivesTheSameBytesForTheSameInput) {
  const Result<Prepared> first = rendered(document());
  ASSERT_TRUE(first.has_value()) << first.error().detail;
  EXPECT_EQ(first->file, rendered(document())->file);
}

std::string grouped(std::string code) {
  code += check_symbol(code);
  for (std::size_t at = 4; at < code.size(); at += 5) code.insert(at, " ");
  return code;
}

// What is printed decides which glyphs a font needs, and so how long it is.  Code 292 makes a
// length that libharu cannot write.
TEST(Render, WritesAFontOfWhateverLength) {
  letter::Reference reference = test::confirmation();
  reference.given_name = "Canaria";
  reference.family_name = "Vogelsang1";
  reference.employer = "Muster Werke AG";
  reference.functions.front().title = "Polymechanikerin";
  reference.functions.front().department = "Montage";
  reference.functions.front().workload = "38.5 h";
  reference.signatories = {{"Petra Muster, Personalleitung", "", ""}};
  Document made = test::document_of(reference);
  made.letterhead = {};
  made.letterhead.name = "Muster Werke AG";
  made.letterhead.address_lines = {"Werkstrasse 1", "8005 Zürich"};
  made.qr->address = "refs.example.ch";
  test::FixedRandom random(1);
  for (int drawn = 0; drawn < 295; ++drawn) {
    made.qr->typed_id = grouped(to_base32(random.draw<ReferenceId>().view()));
    made.qr->typed_secret = grouped(to_base32(random.draw<LinkSecret>().view()));
    if (drawn < 290) continue;
    const Result<Prepared> prepared = rendered(made);
    EXPECT_TRUE(prepared) << drawn << ": " << prepared.error().detail;
  }
}

TEST(Render, GivesOtherBytesForAnotherPerson) {
  EXPECT_NE(rendered(document())->file, rendered(document_for("Mara", "Brunnet"))->file);
}

TEST(Render, StaysBelow45KilobytesAPage) { EXPECT_LT(rendered(document())->file.size(), 45'000u); }

TEST(Render, KeepsAFinalRangeAndAGapOfZeros) {
  const Prepared prepared = *render(document(), test::fonts(), 5000);
  const std::string_view file = text_of(prepared.file);
  EXPECT_EQ(file.substr(prepared.contents_begin, prepared.contents_end - prepared.contents_begin),
            "<" + std::string(10000, '0') + ">");
  const std::string range = "/ByteRange [ 0 " + std::to_string(prepared.contents_begin) + " " +
                            std::to_string(prepared.contents_end) + " " +
                            std::to_string(file.size() - prepared.contents_end) + " ";
  EXPECT_NE(file.find(range), std::string_view::npos);
}

TEST(Render, RefusesAReserveBeyondReason) {
  EXPECT_EQ(render(document(), test::fonts(), 0).error().fault, Fault::out_of_range);
  EXPECT_EQ(render(document(), test::fonts(), 1 << 20).error().fault, Fault::out_of_range);
}

TEST(Render, SetsNamesOfEveryEuropeanScript) {
  for (const auto& [given, family] :
       {std::pair{"Łukasz", "Żółćiński"}, std::pair{"Ειρήνη", "Παπαδοπούλου"},
        std::pair{"Юлія", "Шевченко-Ґалаґан"}, std::pair{"Þórdís", "Guðmundsdóttir"},
        std::pair{"Đorđe", "Šćepanović"}, std::pair{"Ștefan", "Țîrlea"},
        std::pair{"Thị Ánh", "Nguyễn"}, std::pair{"Ọlá", "Ẹ̀kúnwẹ"}}) {
    EXPECT_EQ(refusal(document_for(given, family)), "accepted") << given;
  }
}

TEST(Render, FitsTheLongestNamesOnOnePage) {
  std::string given = "Maximiliane-Alexandra Theodora Wilhelmine Charlotte";
  std::string family = "von und zu Hohenfels-Wittgenstein Brückenmüller-Oberhofer";
  while (given.size() < 110) given += "-Anna";
  while (family.size() < 110) family += "-Berg";
  letter::Reference reference = test::confirmation();
  reference.given_name = given;
  reference.family_name = family;
  reference.functions.front().title = std::string(150, 'W');
  reference.functions.front().department = std::string(150, 'M');
  EXPECT_EQ(refusal(test::document_of(reference)), "accepted");
}

TEST(Render, RefusesALetterLongerThanTenPages) {
  EXPECT_EQ(refusal(test::full_reference(60)), "accepted");
  EXPECT_EQ(refusal(test::full_reference(300)), "out_of_range: letter: longer than ten pages");
}

TEST(Render, RefusesACharacterWithoutAGlyphByItsNumber) {
  EXPECT_EQ(refusal(document_for("田中", "Brunner")), "refused: font: no glyph for U+7530");
  EXPECT_EQ(refusal(document_for("Mara", "Brunner 🙂")), "refused: font: no glyph for U+1F642");
  EXPECT_EQ(refusal(document_for("מרה", "Brunner")), "refused: font: no glyph for U+05DE");
}

TEST(Render, RefusesRightToLeftLettersAlsoWhereTheFontHasThem) {
  FontFiles files;
  files.regular = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
  EXPECT_EQ(refusal(document_for("מרה", "Brunner"), *Fonts::load(files)),
            "refused: font: no glyph for U+05DE");
}

TEST(Render, RefusesTextThatIsNotUtf8) {
  Document broken = document();
  broken.letterhead.name = "Nordlicht\xFF";
  EXPECT_NE(refusal(broken), "accepted");
}

TEST(Render, TakesAnAccentColourAsSixHexDigits) {
  Document coloured = document();
  for (const char* good : {"000000", "ffffff", "8A1538"}) {
    coloured.letterhead.accent = good;
    EXPECT_EQ(refusal(coloured), "accepted") << good;
  }
  for (const char* bad : {"", "#1F4E79", "1F4E7", "1F4E7G", "red", "1F4E7900"}) {
    coloured.letterhead.accent = bad;
    EXPECT_EQ(refusal(coloured), "malformed: accent colour: not RRGGBB") << bad;
  }
}

TEST(Fonts, RefuseFilesTheyCannotUse) {
  FontFiles files;
  files.regular = "/nonexistent.ttf";
  EXPECT_EQ(Fonts::load(files).error().fault, Fault::not_found);
  files.regular = files.colour_profile;
  EXPECT_EQ(Fonts::load(files).error().detail, "font sRGB.icc: not TrueType");
  files = {};
  files.hyphenation = "/nonexistent";
  EXPECT_EQ(Fonts::load(files).error().fault, Fault::not_found);
}

TEST(Fonts, SayWhatTheyCanShow) {
  EXPECT_TRUE(test::fonts().can_show("Łukasz Żółćiński, Ειρήνη, Юлія, Þórdís, Thị Ánh"));
  EXPECT_EQ(test::fonts().can_show("Mara 田").error().detail, "font: no glyph for U+7530");
  EXPECT_EQ(test::fonts().can_show("Mara\u202E").error().detail, "font: no glyph for U+202E");
}

TEST(Render, IsTheSameInEveryThread) {
  const Bytes expected = rendered(test::full_reference())->file;
  std::vector<std::future<Bytes>> others;
  for (int thread = 0; thread < 4; ++thread) {
    others.push_back(std::async(std::launch::async, [] {
      for (int again = 0; again < 5; ++again) (void)rendered(document());
      return rendered(test::full_reference())->file;
    }));
  }
  for (std::future<Bytes>& other : others) EXPECT_EQ(other.get(), expected);
}

TEST(Render, KeepsNoPlaceForASignatureWherePeopleSign) {
  Document by_hand = test::full_reference();
  by_hand.signing = letter::SigningMode::by_hand;
  const Prepared prepared = *rendered(by_hand);
  EXPECT_EQ(prepared.contents_begin, 0u);
  EXPECT_EQ(prepared.contents_end, 0u);
  EXPECT_EQ(text_of(prepared.file).find("/ByteRange"), std::string_view::npos);
  EXPECT_EQ(text_of(prepared.file).find("/AcroForm"), std::string_view::npos);
}

TEST(Render, RefusesAnAttachmentWithAStrangeName) {
  Document strange = document();
  strange.attachment.name = "a b";
  EXPECT_EQ(refusal(strange), "malformed: attachment: name or type is not plain ASCII");
  strange = document();
  strange.attachment.content = std::string(300 << 10, 'A');
  EXPECT_EQ(refusal(strange), "out_of_range: attachment: too large");
}

TEST(Render, RefusesAQrTextThatIsTooLong) {
  Document far = document();
  far.qr->qr_text = "HTTPS://" + std::string(400, 'A');
  EXPECT_EQ(refusal(far), "out_of_range: QR code: text too long");
  far.qr->qr_text.clear();
  EXPECT_EQ(refusal(far), "malformed: QR code: no text");
}

TEST(Render, EscapesWhatTheLetterheadSaysInMetadata) {
  Document sharp = document();
  sharp.letterhead.name = "R&D <Söhne> AG";
  const Prepared prepared = *rendered(sharp);
  EXPECT_EQ(text_of(prepared.file).find("<Söhne>"), std::string_view::npos);
}

}  // namespace
}  // namespace refledger::pdf
