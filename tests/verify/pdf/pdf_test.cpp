// A sealed file is whole, or inspect_pdf says that it is not: every published way of changing a
// signed PDF is tried on one of ours.
#include "verify/pdf/pdf.h"

#include <sys/resource.h>
#include <zlib.h>

#include <vector>

#include "sealed.h"

namespace refledger::verify {
namespace {

bool refused(std::string_view file) { return verdict(file) != "whole"; }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

// ---- the whole file -----------------------------------------------------------------------------

TEST(InspectPdf, FindsAWholeFileAndWhatItCarries) {
  const Result<PdfFindings> findings = inspect_pdf(bytes_of(original()));
  ASSERT_TRUE(findings.has_value()) << findings.error().detail;
  EXPECT_EQ(findings->signature, PdfSignature::whole_file);
  EXPECT_EQ(findings->signer, "Nordlicht Instrumente AG");
  EXPECT_FALSE(findings->signer_certificate.empty());
  const pdf::Document document = test::document_of(test::confirmation());
  EXPECT_EQ(findings->sd_jwt, document.attachment.content);
  EXPECT_EQ(findings->link, document.qr->qr_text);
}

TEST(InspectPdf, TakesNoZerosForASignature) {
  EXPECT_EQ(verdict(text_of(prepared().file)), "altered");
}

TEST(InspectPdf, StillTakesAFileThatWasSealedEarlier) {
  EXPECT_EQ(verdict(test::vector_file("pdf/sealed.pdf")), "whole");
  EXPECT_EQ(verdict(test::vector_file("pdf/lasting.pdf")), "whole");
}

// ---- one byte -----------------------------------------------------------------------------------

TEST(InspectPdf, RefusesOneBitChangedAnywhere) {
  // A step that is prime to every structure in the file; the rest is the fuzzer's.
  for (std::size_t at = 0; at < original().size(); at += 97) {
    std::string changed = original();
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_TRUE(refused(changed)) << "at " << at;
  }
}

TEST(InspectPdf, RefusesOneBitChangedInHeadTrailerAndAroundTheGap) {
  const std::size_t begin = prepared().contents_begin;
  const std::size_t end = prepared().contents_end;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < 24; ++at) places.push_back(at);
  for (std::size_t at = begin - 80; at < begin + 16; ++at) places.push_back(at);
  for (std::size_t at = end - 16; at < end + 40; ++at) places.push_back(at);
  for (std::size_t at = original().size() - 200; at < original().size(); ++at) places.push_back(at);
  for (const std::size_t at : places) {
    std::string changed = original();
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_TRUE(refused(changed)) << "at " << at;
  }
}

TEST(InspectPdf, RefusesEveryFileCutShort) {
  for (std::size_t length = 0; length < original().size(); length += 499) {
    EXPECT_TRUE(refused(original().substr(0, length))) << "at " << length;
  }
  EXPECT_TRUE(refused(original().substr(0, original().size() - 1)));
}

// ---- the classes of attack (docs/pdf.md) --------------------------------------------------------

// Incremental saving: an update that replaces the page's content.
std::string with_update(const std::string& file) {
  const std::string object = "4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n";
  const std::size_t at = file.size();
  const std::size_t table = at + object.size();
  std::string offset = std::to_string(at);
  offset.insert(0, 10 - offset.size(), '0');
  const std::size_t previous = file.rfind("startxref\n") + 10;
  return file + object + "xref\n4 1\n" + offset +
         " 00000 n \ntrailer << /Size 60 /Root 1 0 R /Prev " +
         file.substr(previous, file.find('\n', previous) - previous) + " >>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n";
}

TEST(InspectPdf, NamesAnAppendedUpdateAnExtension) {
  EXPECT_EQ(verdict(with_update(original())), "extended");
  EXPECT_EQ(verdict(with_update(with_update(original()))), "extended");
}

TEST(InspectPdf, NamesTrailingBytesAnExtension) {
  for (const char* tail : {"\n", " ", "%%EOF\n", "garbage", "5 0 obj\n<<>>\nendobj\n"}) {
    EXPECT_EQ(verdict(original() + tail), "extended") << tail;
  }
}

TEST(InspectPdf, TakesNothingFromAnExtension) {
  const std::string attacker = with_update(original());
  EXPECT_EQ(inspect_pdf(bytes_of(attacker))->sd_jwt,
            test::document_of(test::confirmation()).attachment.content);
}

TEST(InspectPdf, RefusesBytesBeforeTheFile) {
  EXPECT_EQ(verdict("\n" + original()), "malformed");
  EXPECT_EQ(verdict("%PDF-1.7\n" + original()), "malformed");
}

TEST(InspectPdf, RefusesAGapThatIsNotOnlyHexDigits) {
  const std::size_t end = prepared().contents_end;
  for (const std::string_view injected :
       {">", " ", "\n", "<", "g", ">\n9 0 obj\n<<>>\nendobj\n<"}) {
    std::string file = original();
    file.replace(end - 200, injected.size(), injected);
    EXPECT_TRUE(refused(file)) << injected;
  }
}

TEST(InspectPdf, RefusesASignatureFollowedByMoreThanZeros) {
  std::string file = original();
  file[prepared().contents_end - 2] = '1';
  EXPECT_EQ(verdict(file), "altered");
}

TEST(InspectPdf, RefusesUpperCaseHex) {
  std::string file = original();
  for (std::size_t at = prepared().contents_begin; at < prepared().contents_end; ++at) {
    if (file[at] >= 'a' && file[at] <= 'f') file[at] = static_cast<char>(file[at] - 'a' + 'A');
  }
  EXPECT_EQ(verdict(file), "altered");
}

// The text of /ByteRange with other numbers, in the same space.
std::string with_range(const std::string& numbers) {
  std::string file = original();
  const std::size_t begin = file.find("/ByteRange [") + 12;
  const std::size_t end = file.find(']', begin);
  std::string padded = " " + numbers;
  padded.resize(end - begin, ' ');
  return file.replace(begin, end - begin, padded);
}

TEST(InspectPdf, RefusesEveryOtherByteRange) {
  const std::string begin = std::to_string(prepared().contents_begin);
  const std::string end = std::to_string(prepared().contents_end);
  const std::string rest = std::to_string(original().size() - prepared().contents_end);
  ASSERT_EQ(verdict(with_range("0 " + begin + " " + end + " " + rest)), "whole");
  for (const std::string& numbers : std::vector<std::string>{
           "1 " + begin + " " + end + " " + rest, "0 " + begin + " " + end + " 0",
           "0 " + begin + " " + end + " -1", "0 -1 " + end + " " + rest, "0 " + begin + " " + end,
           "0 " + begin + " " + end + " " + rest + " 0 0", "0 " + end + " " + begin + " " + rest,
           "0 0 0 0", "", "null",
           "0 " + std::to_string(prepared().contents_begin - 1) + " " + end + " " + rest,
           "0 " + begin + " " + std::to_string(prepared().contents_end + 1) + " " +
               std::to_string(original().size() - prepared().contents_end - 1),
           "0 " + begin + " " + end + " 99999999999999999999",
           "0.0 " + begin + " " + end + " " + rest}) {
    EXPECT_TRUE(refused(with_range(numbers))) << numbers;
  }
}

// Signature wrapping: the signed tail is moved behind the attacker's objects.
TEST(InspectPdf, RefusesAMovedTail) {
  const std::size_t end = prepared().contents_end;
  const std::string attacker = "\n99 0 obj\n<< /Attacker true >>\nendobj\n";
  const std::string tail = original().substr(end);
  std::string moved = original().substr(0, end) + attacker + tail;
  const std::size_t begin = moved.find("/ByteRange [") + 12;
  const std::size_t close = moved.find(']', begin);
  std::string range = " 0 " + std::to_string(prepared().contents_begin) + " " +
                      std::to_string(end + attacker.size()) + " " + std::to_string(tail.size());
  range.resize(close - begin, ' ');
  moved.replace(begin, close - begin, range);
  EXPECT_TRUE(refused(moved));
}

TEST(InspectPdf, RefusesASecondSignatureObject) {
  // The document information becomes one more signature; lengths stay, so that the table holds.
  const std::size_t at = original().find("/Producer (refledger)");
  ASSERT_NE(at, std::string::npos);
  std::string file = original();
  file.replace(at, 21, "/ByteRange [0 1 2 3] ");
  EXPECT_EQ(verdict(file), "altered");
}

TEST(InspectPdf, RefusesAnotherSubFilter) {
  EXPECT_EQ(verdict(replaced(original(), "/ETSI.CAdES.detached", "/adbe.pkcs7.detached")),
            "altered");
}

TEST(InspectPdf, RefusesTablesThatLeadElsewhere) {
  for (const std::string_view hidden :
       {"/Prev 15 ", "/#50rev 15 ", "/XRefStm 15 ", "/Encrypt 9 "}) {
    std::string file = original();
    const std::size_t at = file.rfind("/Root");
    file.insert(at, hidden);
    EXPECT_EQ(verdict(file), "malformed") << hidden;
  }
}

// ---- the signer ---------------------------------------------------------------------------------

TEST(InspectPdf, NamesWhoeverSignedWithoutTrustingThem) {
  const seal::DemonstrationCa other = *seal::make_demonstration_ca("Somebody Else", now());
  const seal::DocumentKey their_key = *seal::DocumentKey::from_pem(other.key_pem, other.chain_pem);
  const Bytes file = *seal::sign_pdf(prepared().file, prepared().contents_begin,
                                     prepared().contents_end, their_key);
  const Result<PdfFindings> findings = inspect_pdf(file);
  EXPECT_EQ(findings->signature, PdfSignature::whole_file);
  EXPECT_EQ(findings->signer, "Somebody Else");
}

// ---- what is no PDF of ours ---------------------------------------------------------------------

TEST(InspectPdf, RefusesWhatIsNotAPdf) {
  for (const char* text : {"", "%PDF-1.7", "%PDF-1.7\n%%EOF\n", "hello", "PK\x03\x04"}) {
    EXPECT_EQ(verdict(text), "malformed") << text;
  }
}

TEST(InspectPdf, RefusesAFileWithoutTheAttachment) {
  EXPECT_EQ(verdict(replaced(original(), "/UF (reference.sd-jwt)", "/UF (reference.sd-jwx)")),
            "malformed");
}

TEST(InspectPdf, RefusesAFileThatIsTooLarge) {
  EXPECT_EQ(verdict(original() + std::string(32 << 20, ' ')), "out_of_range");
}

TEST(InspectPdf, SurvivesDeepNesting) {
  std::string file = original();
  const std::size_t at = file.find("/Title ");
  ASSERT_NE(at, std::string::npos);
  file.insert(at, "/Deep " + std::string(200000, '[') + std::string(200000, ']') + " ");
  EXPECT_TRUE(refused(file));
}

// The least file that has our attachment, written by hand.
std::string least_file(const std::string& attachment, const std::string& more = "") {
  const std::vector<std::string> objects{
      "<< /Type /Catalog /Pages 2 0 R /AF [ 3 0 R ] >>", "<< /Type /Pages /Kids [ ] /Count 0 >>",
      "<< /UF (reference.sd-jwt) /EF << /F 4 0 R >> >>",
      "<< " + more + "/Length " + std::to_string(attachment.size()) + " >>\nstream\n" + attachment +
          "\nendstream"};
  std::string file = "%PDF-1.7\n%\xBF\xF7\xA2\xFE\n";
  std::string table = "xref\n0 5\n0000000000 65535 f \n";
  for (std::size_t at = 0; at < objects.size(); ++at) {
    std::string offset = std::to_string(file.size());
    table += offset.insert(0, 10 - offset.size(), '0') + " 00000 n \n";
    file += std::to_string(at + 1) + " 0 obj\n" + objects[at] + "\nendobj\n";
  }
  const std::string start = std::to_string(file.size());
  return file + table + "trailer << /Root 1 0 R /Size 5 >>\nstartxref\n" + start + "\n%%EOF\n";
}

TEST(InspectPdf, SaysThatAFileOfOursIsUnsigned) {
  const Result<PdfFindings> findings = inspect_pdf(bytes_of(least_file("a.b.c~")));
  ASSERT_TRUE(findings.has_value());
  EXPECT_EQ(findings->signature, PdfSignature::none);
  EXPECT_EQ(findings->sd_jwt, "a.b.c~");
}

TEST(InspectPdf, StopsAtAnAttachmentThatIsTooLarge) {
  EXPECT_EQ(verdict(least_file(std::string(1 << 20, 'A'))), "none");
  EXPECT_EQ(verdict(least_file(std::string((1 << 20) + 1, 'A'))), "malformed");
}

std::string deflated(const std::string& text) {
  uLongf length = compressBound(text.size());
  std::string out(length, '\0');
  compress(reinterpret_cast<Bytef*>(out.data()), &length,
           reinterpret_cast<const Bytef*>(text.data()), text.size());
  out.resize(length);
  return out;
}

TEST(InspectPdf, TakesAnAttachmentThatIsPlainOrFlateOnly) {
  const std::string packed = deflated("a.b.c~");
  EXPECT_EQ(inspect_pdf(bytes_of(least_file(packed, "/Filter /FlateDecode ")))->sd_jwt, "a.b.c~");
  EXPECT_EQ(inspect_pdf(bytes_of(least_file(packed, "/Filter [ /FlateDecode ] ")))->sd_jwt,
            "a.b.c~");
  for (const std::string form :
       {"/Filter /FlateDecode /DecodeParms << /Predictor 1 >> ",
        "/Filter /FlateDecode /DP << /Predictor 1 >> ",
        "/Filter [ /FlateDecode ] /DecodeParms [ << /Predictor 1 >> ] ",
        "/Filter /FlateDecode /F (/etc/passwd) ", "/Filter /Fl ", "/Filter [ ] "}) {
    EXPECT_EQ(verdict(least_file(packed, form)), "malformed") << form;
  }
  EXPECT_EQ(verdict(least_file(deflated(packed), "/Filter [ /FlateDecode /FlateDecode ] ")),
            "malformed");
  EXPECT_EQ(verdict(least_file("612e622e637e>", "/Filter /ASCIIHexDecode ")), "malformed");
  EXPECT_EQ(verdict(least_file("a.b.c~", "/Filter << >> ")), "malformed");
}

// Its columns are two thousand million bytes wide: a predictor's rows of that length fill memory.
TEST(InspectPdf, KeepsLittleMemoryForASmallFile) {
  const std::string file =
      least_file(deflated("a.b.c~"),
                 "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 >> ");
  ASSERT_LT(file.size(), 600u);
  rusage before{}, after{};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &before), 0);
  EXPECT_EQ(verdict(file), "malformed");
  ASSERT_EQ(getrusage(RUSAGE_SELF, &after), 0);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 << 10);  // KiB
}

// ---- the original inside ------------------------------------------------------------------------

TEST(OriginalInside, IsFoundInAnExtendedFile) {
  const DocumentHash hash = sha256_as<DocumentHash>(bytes_of(original()));
  const std::string extended = with_update(original());
  EXPECT_EQ(original_inside(bytes_of(extended), hash), original().size());
  EXPECT_EQ(original_inside(bytes_of(original() + "\n"), hash), original().size());
}

TEST(OriginalInside, IsNotTheFileItself) {
  const DocumentHash hash = sha256_as<DocumentHash>(bytes_of(original()));
  EXPECT_EQ(original_inside(bytes_of(original()), hash), std::nullopt);
}

TEST(OriginalInside, IsFoundWhateverEndsTheLine) {
  for (const std::string end : {"", "\n", "\r", "\r\n"}) {
    const std::string whole = "%PDF-1.7\n...%%EOF" + end;
    const DocumentHash hash = sha256_as<DocumentHash>(bytes_of(whole));
    EXPECT_EQ(original_inside(bytes_of(whole + "\n\r more %%EOF\n"), hash), whole.size());
  }
}

TEST(OriginalInside, IsNotFoundInAnotherFile) {
  const DocumentHash hash = sha256_as<DocumentHash>(bytes_of(original()));
  EXPECT_EQ(original_inside(bytes_of("%PDF-1.7\n%%EOF\n%%EOF\n"), hash), std::nullopt);
  EXPECT_EQ(original_inside({}, hash), std::nullopt);
}

}  // namespace
}  // namespace refledger::verify
