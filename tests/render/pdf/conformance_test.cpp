// The facts a PDF/A-3a and PDF/UA-1 checker asks for, read back with libqpdf from finished files.
//
// Source   ISO 19005-3 §6; ISO 14289-1 §7.  No such checker is in Debian; these are its rules as
//          far as they touch what our files hold.
#include <hb.h>

#include <regex>

#include "support/extracted.h"
#include "support/letters.h"

namespace refledger::pdf {
namespace {

using test::data_of;
using test::Object;

Document plain() { return test::document_of(test::confirmation()); }

Document with_logo() {
  letter::Reference reference = test::confirmation("en", "DE");
  reference.given_name = "Юлія";
  reference.family_name = "Παπαδοπούλου";
  Document document = test::document_of(reference);
  document.letterhead.logo = *Logo::read(bytes_of(test::vector_file("letter/logo.png")));
  return document;
}

Document one_page() { return test::full_reference(); }
Document three_pages() { return test::full_reference(16); }

Document by_hand() {
  Document document = test::full_reference(3);
  document.signing = letter::SigningMode::by_hand;
  return document;
}

Document without_code() {
  Document document = test::full_reference();
  document.qr.reset();
  return document;
}

Document specimen() {
  Document document = test::full_reference(3);
  document.specimen = true;
  return document;
}

Document for_updates() {
  Document document = test::full_reference(3);
  document.additions = {true, true, true};
  return document;
}

struct Case {
  const char* name;
  Document (*make)();
};

class Conformance : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    document_ = GetParam().make();
    const Result<Prepared> prepared = render(document_, test::fonts());
    ASSERT_TRUE(prepared.has_value()) << prepared.error().detail;
    file_ = std::string(text_of(prepared->file));
    pdf_.setAttemptRecovery(false);
    pdf_.processMemoryFile("file", file_.data(), file_.size());
    root_ = pdf_.getRoot();
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(pdf_).getAllPages()) {
      pages_.push_back(page.getObjectHandle());
    }
  }

  bool sealed() const {
    return document_.signing != letter::SigningMode::by_hand && !document_.specimen;
  }
  Object parents(long long key) {
    Object numbers = root_.getKey("/StructTreeRoot").getKey("/ParentTree").getKey("/Nums");
    for (int at = 0; at + 1 < numbers.getArrayNItems(); at += 2) {
      if (numbers.getArrayItem(at).getIntValue() == key) return numbers.getArrayItem(at + 1);
    }
    return Object::newNull();
  }

  Document document_;
  std::string file_;
  QPDF pdf_;
  Object root_;
  std::vector<Object> pages_;
};

TEST_P(Conformance, HeaderAndTrailer) {
  EXPECT_TRUE(file_.starts_with("%PDF-1.7\n%"));
  for (std::size_t at = 10; at < 14; ++at) EXPECT_LT(file_[at], 0) << "a byte above 127";
  EXPECT_TRUE(file_.ends_with("%%EOF\n"));
  Object id = pdf_.getTrailer().getKey("/ID");
  ASSERT_TRUE(id.isArray());
  EXPECT_EQ(id.getArrayNItems(), 2);
  EXPECT_FALSE(pdf_.getTrailer().hasKey("/Encrypt"));
  EXPECT_FALSE(pdf_.getTrailer().hasKey("/Prev"));
  EXPECT_TRUE(pdf_.getWarnings().empty());
}

TEST_P(Conformance, EveryStreamEndsOnItsOwnLine) {
  for (std::size_t at = file_.find("endstream"); at != std::string::npos;
       at = file_.find("endstream", at + 1)) {
    EXPECT_EQ(file_[at - 1], '\n');
  }
}

TEST_P(Conformance, NothingActsByItself) {
  for (const char* key : {"/OpenAction", "/AA", "/OCProperties", "/Requirements"}) {
    EXPECT_FALSE(root_.hasKey(key)) << key;
  }
  EXPECT_FALSE(root_.getKey("/Names").hasKey("/JavaScript"));
  if (sealed()) {
    EXPECT_FALSE(root_.getKey("/AcroForm").hasKey("/XFA"));
    EXPECT_FALSE(root_.getKey("/AcroForm").hasKey("/NeedAppearances"));
  }
  for (Object& object : pdf_.getAllObjects()) {
    if (!object.isDictionary()) continue;
    EXPECT_FALSE(object.hasKey("/JS"));
    EXPECT_FALSE(object.isDictionaryOfType("/Action", "/Launch"));
  }
}

TEST_P(Conformance, MetadataNamesBothStandardsAndAgreesWithTheInformation) {
  Object metadata = root_.getKey("/Metadata");
  EXPECT_TRUE(metadata.getDict().isDictionaryOfType("/Metadata", "/XML"));
  const std::string xmp = data_of(metadata);
  for (const char* part :
       {"<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>", "<pdf:Producer>refledger</pdf:Producer>",
        "<xmp:CreateDate>2026-09-30T00:00:00Z</xmp:CreateDate>",
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"}) {
    EXPECT_NE(xmp.find(part), std::string::npos) << part;
  }
  Object information = pdf_.getTrailer().getKey("/Info");
  const std::string title = information.getKey("/Title").getUTF8Value();
  EXPECT_EQ(title, document_.letter.title + " · " + document_.letterhead.name);
  EXPECT_NE(xmp.find("<rdf:li xml:lang=\"x-default\">" + title + "</rdf:li>"), std::string::npos);
  EXPECT_EQ(information.getKey("/CreationDate").getStringValue(), "D:20260930000000Z");
}

TEST_P(Conformance, NoPersonIsNamedInMetadata) {
  const std::string xmp = data_of(root_.getKey("/Metadata"));
  EXPECT_EQ(xmp.find("Brunner"), std::string::npos);
  EXPECT_EQ(xmp.find("Παπαδοπούλου"), std::string::npos);
}

TEST_P(Conformance, ColoursAreDefinedByOneOutputIntent) {
  Object intents = root_.getKey("/OutputIntents");
  ASSERT_EQ(intents.getArrayNItems(), 1);
  Object intent = intents.getArrayItem(0);
  EXPECT_EQ(intent.getKey("/S").getName(), "/GTS_PDFA1");
  Object profile = intent.getKey("/DestOutputProfile");
  EXPECT_EQ(profile.getDict().getKey("/N").getIntValue(), 3);
  const std::string icc = data_of(profile);
  EXPECT_EQ(icc.substr(16, 4), "RGB ");
  EXPECT_EQ(icc.substr(36, 4), "acsp");
  EXPECT_LE(icc[8], 4);
}

TEST_P(Conformance, LanguageTitleAndTagsAreDeclared) {
  EXPECT_EQ(root_.getKey("/Lang").getUTF8Value(), document_.letter.locale);
  EXPECT_TRUE(root_.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
  EXPECT_TRUE(root_.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
  for (Object& page : pages_) EXPECT_EQ(page.getKey("/Tabs").getName(), "/S");
}

TEST_P(Conformance, EverythingDrawnIsTaggedOrAnArtifact) {
  const test::Reading reading(pdf_);
  for (const test::PageText& page : reading.pages()) {
    EXPECT_EQ(page.untagged, 0);
    EXPECT_EQ(page.nested, 0);
  }
}

TEST_P(Conformance, EveryCodeShownIsInTheUnicodeMap) {
  const test::Reading reading(pdf_);
  for (const test::PageText& page : reading.pages()) EXPECT_EQ(page.unmapped, 0);
}

TEST_P(Conformance, EachMarkedContentHasItsElementOfTheSameKind) {
  const test::Reading reading(pdf_);
  for (std::size_t at = 0; at < pages_.size(); ++at) {
    Object by_number = parents(pages_[at].getKey("/StructParents").getIntValue());
    const auto& tags = reading.pages()[at].tag_by_number;
    ASSERT_EQ(by_number.getArrayNItems(), static_cast<int>(tags.size()));
    int next = 0;
    for (const auto& [number, tag] : tags) {
      EXPECT_EQ(number, next++);
      EXPECT_EQ(by_number.getArrayItem(number).getKey("/S").getName(), tag);
    }
  }
}

// Exactly the letter's text, in its order, whatever lines and pages do.
TEST_P(Conformance, TheTreeReadsAsTheLetterDoes) {
  const std::string said = test::said_on_paper(document_);
  const std::string read = test::Reading(pdf_).text();
  EXPECT_TRUE(read.ends_with(said)) << read << "\n---\n" << said;
}

TEST_P(Conformance, HeadingsListsFiguresAndLinksAreWhatTheySay) {
  std::map<std::string, int> count;
  const test::Reading reading(pdf_);
  for (const test::TaggedText& element : reading.elements()) ++count[element.type];
  std::size_t items = 0;
  std::size_t lists = 0;
  for (const letter::Section& section : document_.letter.sections) {
    if (section.list) items += section.paragraphs.size();
    if (section.list) ++lists;
  }
  EXPECT_EQ(reading.elements().front().type, "/Document");
  EXPECT_EQ(count["/H1"], 1);
  EXPECT_EQ(count["/L"], static_cast<int>(lists));
  for (const char* type : {"/LI", "/Lbl", "/LBody"}) {
    EXPECT_EQ(count[type], static_cast<int>(items)) << type;
  }
  EXPECT_EQ(count["/Link"], document_.qr ? 1 : 0);
  EXPECT_EQ(count["/Figure"], (document_.qr ? 1 : 0) + (document_.letterhead.logo ? 1 : 0));
}

TEST_P(Conformance, FiguresHaveAnAlternativeAndABox) {
  for (Object& object : pdf_.getAllObjects()) {
    if (!object.isDictionaryOfType("/StructElem") || object.getKey("/S").getName() != "/Figure") {
      continue;
    }
    EXPECT_FALSE(object.getKey("/Alt").getUTF8Value().empty());
    EXPECT_TRUE(object.getKey("/A").getKey("/BBox").isRectangle());
  }
}

TEST_P(Conformance, FurtherPagesHaveARunningHeadAndAllHaveNumbers) {
  const test::Reading reading(pdf_);
  const std::size_t pages = pages_.size();
  for (std::size_t at = 0; at < pages; ++at) {
    const auto& artifacts = reading.pages()[at].artifacts;
    const std::string number = "Seite " + std::to_string(at + 1) + " von " + std::to_string(pages);
    const std::string footer = artifacts.contains("/Footer") ? artifacts.at("/Footer") : "";
    EXPECT_EQ(footer.find(number) != std::string::npos, pages > 1) << footer;
    ASSERT_EQ(artifacts.contains("/Header"), at > 0);
    if (at > 0) {
      EXPECT_NE(artifacts.at("/Header").find(document_.holder), std::string::npos);
    }
  }
}

TEST_P(Conformance, OnlyASpecimenSaysSoAndOnEveryPage) {
  const test::Reading reading(pdf_);
  for (const test::PageText& page : reading.pages()) {
    ASSERT_EQ(page.artifacts.contains("/Watermark"), document_.specimen);
    if (document_.specimen) {
      EXPECT_EQ(page.artifacts.at("/Watermark"), "MUSTER");
    }
  }
  // Nor does it claim a seal or a signature that it does not bear.
  EXPECT_EQ(reading.text().find(document_.letter.mode_caption) == std::string::npos,
            document_.specimen);
}

TEST_P(Conformance, FontsAreEmbeddedSubsetsThatMapToUnicode) {
  for (Object& page : pages_) {
    Object fonts = page.getKey("/Resources").getKey("/Font");
    EXPECT_EQ(fonts.getKeys().size(), document_.qr ? 3u : 2u);
    for (const std::string& name : fonts.getKeys()) {
      Object font = fonts.getKey(name);
      EXPECT_EQ(font.getKey("/Subtype").getName(), "/Type0");
      EXPECT_EQ(font.getKey("/Encoding").getName(), "/Identity-H");
      Object descendant = font.getKey("/DescendantFonts").getArrayItem(0);
      EXPECT_EQ(descendant.getKey("/Subtype").getName(), "/CIDFontType2");
      EXPECT_EQ(descendant.getKey("/BaseFont").getName(), font.getKey("/BaseFont").getName());
      EXPECT_TRUE(std::regex_search(font.getKey("/BaseFont").getName(),
                                    std::regex("^/[A-Z]{6}\\+[A-Za-z-]+$")));
      EXPECT_TRUE(descendant.getKey("/CIDToGIDMap").isStream());
      EXPECT_TRUE(descendant.getKey("/W").isArray());
      Object descriptor = descendant.getKey("/FontDescriptor");
      EXPECT_TRUE(descriptor.getKey("/FontFile2").isStream());
      EXPECT_EQ(descriptor.getKey("/FontName").getName(), font.getKey("/BaseFont").getName());
      EXPECT_GT(descriptor.getKey("/CapHeight").getIntValue(), 500);
    }
  }
}

// The file's own font programs: as many codes as its maps have, of the widths that /W states.
TEST_P(Conformance, WidthsAgreeWithTheEmbeddedFonts) {
  Object fonts = pages_.front().getKey("/Resources").getKey("/Font");
  for (const std::string& name : fonts.getKeys()) {
    Object descendant = fonts.getKey(name).getKey("/DescendantFonts").getArrayItem(0);
    const std::string program = data_of(descendant.getKey("/FontDescriptor").getKey("/FontFile2"));
    const std::string map = data_of(descendant.getKey("/CIDToGIDMap"));
    hb_blob_t* blob = hb_blob_create(program.data(), static_cast<unsigned>(program.size()),
                                     HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    hb_face_t* face = hb_face_create(blob, 0);
    hb_font_t* font = hb_font_create(face);
    const double per_unit = 1000.0 / hb_face_get_upem(face);
    std::map<unsigned, double> widths;
    Object pairs = descendant.getKey("/W");
    for (int at = 0; at + 1 < pairs.getArrayNItems(); at += 2) {
      auto code = static_cast<unsigned>(pairs.getArrayItem(at).getIntValue());
      for (Object& width : pairs.getArrayItem(at + 1).getArrayAsVector()) {
        widths[code++] = width.getNumericValue();
      }
    }
    const double otherwise = descendant.getKey("/DW").getNumericValue();
    for (const auto& [code, text] : test::unicode_of(fonts.getKey(name))) {
      ASSERT_LT(2 * code + 1, map.size());
      const unsigned glyph = static_cast<unsigned char>(map[2 * code]) * 256u +
                             static_cast<unsigned char>(map[2 * code + 1]);
      EXPECT_GT(glyph, 0u);
      const double stated = widths.contains(code) ? widths[code] : otherwise;
      EXPECT_NEAR(stated, hb_font_get_glyph_h_advance(font, glyph) * per_unit, 1.0);
    }
    hb_font_destroy(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
  }
}

TEST_P(Conformance, TheLinkIsPrintedDescribedAndTagged) {
  if (!document_.qr) return;
  Object link = pages_.back().getKey("/Annots").getArrayItem(0);
  EXPECT_EQ(link.getKey("/Subtype").getName(), "/Link");
  EXPECT_EQ(link.getKey("/F").getIntValue(), 4);
  EXPECT_EQ(link.getKey("/Contents").getUTF8Value(), document_.letter.qr_alternative);
  EXPECT_EQ(link.getKey("/A").getKey("/URI").getStringValue(), document_.qr->qr_text);
  Object element = parents(link.getKey("/StructParent").getIntValue());
  EXPECT_EQ(element.getKey("/S").getName(), "/Link");
  Object reference = element.getKey("/K").getArrayItem(1);
  EXPECT_TRUE(reference.isDictionaryOfType("/OBJR"));
  EXPECT_TRUE(reference.getKey("/Obj").isSameObjectAs(link));
}

TEST_P(Conformance, TheAttachmentIsAssociatedData) {
  Object files = root_.getKey("/AF");
  ASSERT_EQ(files.getArrayNItems(), 1);
  Object file = files.getArrayItem(0);
  EXPECT_TRUE(root_.getKey("/Names")
                  .getKey("/EmbeddedFiles")
                  .getKey("/Names")
                  .getArrayItem(1)
                  .isSameObjectAs(file));
  EXPECT_EQ(file.getKey("/AFRelationship").getName(), "/Data");
  EXPECT_EQ(file.getKey("/F").getStringValue(), "reference.sd-jwt");
  EXPECT_EQ(file.getKey("/UF").getUTF8Value(), "reference.sd-jwt");
  EXPECT_FALSE(file.getKey("/Desc").getUTF8Value().empty());
  Object stream = file.getKey("/EF").getKey("/F");
  EXPECT_EQ(stream.getDict().getKey("/Subtype").getName(), "/application/dc+sd-jwt");
  EXPECT_TRUE(stream.getDict().getKey("/Params").getKey("/ModDate").isString());
  EXPECT_EQ(data_of(stream), document_.attachment.content);
}

TEST_P(Conformance, TheSignatureFieldIsInvisibleAndCertifies) {
  ASSERT_EQ(root_.hasKey("/AcroForm"), sealed());
  if (!sealed()) return;
  Object form = root_.getKey("/AcroForm");
  EXPECT_EQ(form.getKey("/SigFlags").getIntValue(), 3);
  const bool final = !document_.additions.any();
  ASSERT_EQ(form.getKey("/Fields").getArrayNItems(), final ? 1 : 3);
  for (Object& field : form.getKey("/Fields").getArrayAsVector()) {
    EXPECT_EQ(field.getKey("/F").getIntValue(), 132);
    EXPECT_EQ(field.getKey("/Rect").unparse(), "[ 0 0 0 0 ]");
    EXPECT_FALSE(field.getKey("/TU").getUTF8Value().empty());
  }
  Object signature = form.getKey("/Fields").getArrayItem(0).getKey("/V");
  EXPECT_EQ(signature.getKey("/SubFilter").getName(), "/ETSI.CAdES.detached");
  EXPECT_EQ(signature.getKey("/M").getStringValue(),
            pdf_.getTrailer().getKey("/Info").getKey("/CreationDate").getStringValue());
  EXPECT_FALSE(signature.hasKey("/Cert"));
  ASSERT_EQ(root_.hasKey("/Perms"), final);
  if (!final) return;
  EXPECT_TRUE(root_.getKey("/Perms").getKey("/DocMDP").isSameObjectAs(signature));
  EXPECT_EQ(signature.getKey("/Reference")
                .getArrayItem(0)
                .getKey("/TransformParams")
                .getKey("/P")
                .getIntValue(),
            1);
}

INSTANTIATE_TEST_SUITE_P(Files, Conformance,
                         testing::Values(Case{"Plain", plain}, Case{"WithLogo", with_logo},
                                         Case{"OnePage", one_page}, Case{"ThreePages", three_pages},
                                         Case{"ByHand", by_hand}, Case{"WithoutCode", without_code},
                                         Case{"Specimen", specimen},
                                         Case{"ForUpdates", for_updates}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace refledger::pdf
