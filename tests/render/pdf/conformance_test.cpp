// The facts a PDF/A-3b and PDF/UA-1 checker asks for, read back with libqpdf from finished files.
//
// Source   ISO 19005-3 §6; ISO 14289-1 §7.  No such checker is in Debian; these are its rules as
//          far as they touch what our files hold.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <regex>

#include "support/letters.h"

namespace refledger::pdf {
namespace {

using Object = QPDFObjectHandle;

Document plain() { return test::document_of(test::facts()); }

Document with_logo() {
  letter::Facts facts = test::facts("en", "DE");
  facts.given_name = "Юлія";
  facts.family_name = "Παπαδοπούλου";
  Document document = test::document_of(facts);
  document.letterhead.logo_png = copy_of(bytes_of(test::vector_file("letter/logo.png")));
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
    const Result<Prepared> prepared = render(document_, Fonts{});
    ASSERT_TRUE(prepared.has_value()) << prepared.error().detail;
    file_ = std::string(text_of(prepared->file));
    pdf_.setAttemptRecovery(false);
    pdf_.processMemoryFile("file", file_.data(), file_.size());
    root_ = pdf_.getRoot();
    page_ = root_.getKey("/Pages").getKey("/Kids").getArrayItem(0);
  }

  static std::string data_of(Object stream) {
    const std::shared_ptr<Buffer> buffer = stream.getStreamData(qpdf_dl_generalized);
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
  }

  /// All structure elements, in reading order.
  void collect(Object element, std::vector<Object>& into) {
    into.push_back(element);
    Object kids = element.getKey("/K");
    if (kids.isDictionary()) kids = Object::newArray({kids});
    if (!kids.isArray()) return;
    for (Object& kid : kids.getArrayAsVector()) {
      if (kid.isDictionary() && kid.hasKey("/S")) {
        EXPECT_TRUE(kid.getKey("/P").isSameObjectAs(element));
        collect(kid, into);
      }
    }
  }
  std::vector<Object> elements() {
    std::vector<Object> all;
    collect(root_.getKey("/StructTreeRoot").getKey("/K"), all);
    return all;
  }

  Document document_;
  std::string file_;
  QPDF pdf_;
  Object root_;
  Object page_;
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
  EXPECT_FALSE(root_.getKey("/AcroForm").hasKey("/XFA"));
  EXPECT_FALSE(root_.getKey("/AcroForm").hasKey("/NeedAppearances"));
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
       {"<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>",
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
  EXPECT_EQ(page_.getKey("/Tabs").getName(), "/S");
}

TEST_P(Conformance, EverythingDrawnIsTaggedOrAnArtifact) {
  std::istringstream content(data_of(page_.getKey("/Contents")));
  int depth = 0;
  std::string line;
  while (std::getline(content, line)) {
    const std::string action = line.substr(line.rfind(' ') + 1);
    if (action == "BDC" || action == "BMC") {
      EXPECT_EQ(++depth, 1) << line;
    }
    if (action == "EMC") {
      EXPECT_EQ(--depth, 0);
    }
    if (action == "TJ" || action == "f" || action == "Do" || action == "re") {
      EXPECT_EQ(depth, 1) << line;
    }
  }
  EXPECT_EQ(depth, 0);
}

TEST_P(Conformance, EachMarkedContentHasItsElement) {
  const std::string content = data_of(page_.getKey("/Contents"));
  Object numbers = root_.getKey("/StructTreeRoot").getKey("/ParentTree").getKey("/Nums");
  EXPECT_EQ(page_.getKey("/StructParents").getIntValue(), numbers.getArrayItem(0).getIntValue());
  Object by_mcid = numbers.getArrayItem(1);
  const std::regex mark("/([A-Za-z0-9]+) <</MCID ([0-9]+)>> BDC");
  int count = 0;
  for (std::sregex_iterator at(content.begin(), content.end(), mark), end; at != end; ++at) {
    EXPECT_EQ(std::stoi((*at)[2]), count);
    Object element = by_mcid.getArrayItem(count);
    EXPECT_EQ(element.getKey("/S").getName(), "/" + (*at)[1].str());
    EXPECT_EQ(element.getKey("/K").getIntValue(), count);
    EXPECT_TRUE(element.getKey("/Pg").isSameObjectAs(page_));
    ++count;
  }
  EXPECT_EQ(by_mcid.getArrayNItems(), count);
}

TEST_P(Conformance, TheTreeReadsAsTheLetterDoes) {
  int headings = 0;
  int links = 0;
  for (Object& element : elements()) {
    const std::string type = element.getKey("/S").getName();
    if (type == "/H1") ++headings;
    if (type == "/Link") ++links;
    if (type != "/Figure") continue;
    EXPECT_FALSE(element.getKey("/Alt").getUTF8Value().empty());
    EXPECT_TRUE(element.getKey("/A").getKey("/BBox").isRectangle());
  }
  EXPECT_EQ(headings, 1);
  EXPECT_EQ(links, 1);
  EXPECT_EQ(elements().front().getKey("/S").getName(), "/Document");
}

TEST_P(Conformance, FontsAreEmbeddedSubsetsThatMapToUnicode) {
  Object fonts = page_.getKey("/Resources").getKey("/Font");
  EXPECT_EQ(fonts.getKeys().size(), 3u);
  for (const std::string& name : fonts.getKeys()) {
    Object font = fonts.getKey(name);
    EXPECT_EQ(font.getKey("/Subtype").getName(), "/Type0");
    EXPECT_EQ(font.getKey("/Encoding").getName(), "/Identity-H");
    Object descendant = font.getKey("/DescendantFonts").getArrayItem(0);
    EXPECT_EQ(descendant.getKey("/Subtype").getName(), "/CIDFontType2");
    EXPECT_EQ(descendant.getKey("/BaseFont").getName(), font.getKey("/BaseFont").getName());
    EXPECT_TRUE(
        std::regex_search(font.getKey("/BaseFont").getName(), std::regex("^/[A-Z]{6}\\+[A-Za-z]")));
    EXPECT_TRUE(descendant.getKey("/CIDToGIDMap").isStream());
    EXPECT_TRUE(descendant.getKey("/W").isArray());
    Object descriptor = descendant.getKey("/FontDescriptor");
    EXPECT_TRUE(descriptor.getKey("/FontFile2").isStream());
    EXPECT_EQ(descriptor.getKey("/FontName").getName(), font.getKey("/BaseFont").getName());
    EXPECT_NE(data_of(font.getKey("/ToUnicode")).find("beginbfchar"), std::string::npos);
  }
}

TEST_P(Conformance, EveryCodeShownIsInTheUnicodeMap) {
  Object fonts = page_.getKey("/Resources").getKey("/Font");
  const std::string map = data_of(fonts.getKey(*fonts.getKeys().begin()).getKey("/ToUnicode"));
  const std::string content = data_of(page_.getKey("/Contents"));
  const std::regex shown("<([0-9A-F]+)>");
  for (std::sregex_iterator at(content.begin(), content.end(), shown), end; at != end; ++at) {
    const std::string codes = (*at)[1];
    for (std::size_t code = 0; code + 4 <= codes.size(); code += 4) {
      const std::string one = "<" + codes.substr(code, 4) + ">";
      EXPECT_NE(map.find(one + " " + one), std::string::npos) << one;
    }
  }
}

TEST_P(Conformance, TheLinkIsPrintedDescribedAndTagged) {
  Object link = page_.getKey("/Annots").getArrayItem(0);
  EXPECT_EQ(link.getKey("/Subtype").getName(), "/Link");
  EXPECT_EQ(link.getKey("/F").getIntValue(), 4);
  EXPECT_EQ(link.getKey("/Contents").getUTF8Value(), document_.letter.qr_alternative);
  EXPECT_EQ(link.getKey("/A").getKey("/URI").getStringValue(), document_.qr.qr_text);
  Object numbers = root_.getKey("/StructTreeRoot").getKey("/ParentTree").getKey("/Nums");
  EXPECT_EQ(link.getKey("/StructParent").getIntValue(), numbers.getArrayItem(2).getIntValue());
  Object element = numbers.getArrayItem(3);
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
  Object form = root_.getKey("/AcroForm");
  EXPECT_EQ(form.getKey("/SigFlags").getIntValue(), 3);
  ASSERT_EQ(form.getKey("/Fields").getArrayNItems(), 1);
  Object field = form.getKey("/Fields").getArrayItem(0);
  EXPECT_EQ(field.getKey("/F").getIntValue(), 132);
  EXPECT_EQ(field.getKey("/Rect").unparse(), "[ 0 0 0 0 ]");
  EXPECT_FALSE(field.getKey("/TU").getUTF8Value().empty());
  Object signature = field.getKey("/V");
  EXPECT_EQ(signature.getKey("/SubFilter").getName(), "/ETSI.CAdES.detached");
  EXPECT_EQ(signature.getKey("/M").getStringValue(),
            pdf_.getTrailer().getKey("/Info").getKey("/CreationDate").getStringValue());
  EXPECT_FALSE(signature.hasKey("/Cert"));
  EXPECT_TRUE(root_.getKey("/Perms").getKey("/DocMDP").isSameObjectAs(signature));
  EXPECT_EQ(signature.getKey("/Reference")
                .getArrayItem(0)
                .getKey("/TransformParams")
                .getKey("/P")
                .getIntValue(),
            1);
}

INSTANTIATE_TEST_SUITE_P(Files, Conformance,
                         testing::Values(Case{"Plain", plain}, Case{"WithLogo", with_logo}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace refledger::pdf
