// Other people's tools agree: qpdf, pdftotext, pdftoppm with zbarimg, pdfsig with NSS.
#include "ledger/core/file.h"
#include "render/letter/text.h"
#include "render/seal/seal.h"
#include "support/command.h"
#include "support/letters.h"

namespace refledger::pdf {
namespace {

using test::Outcome;
using test::run;

class Tools : public testing::Test {
 protected:
  std::string path(const char* name) const { return (folder_.path() / name).string(); }

  void make(const Document& document) {
    const Result<seal::DemonstrationCa> ca =
        seal::make_demonstration_ca("Nordlicht Instrumente AG", made_at_);
    ASSERT_TRUE(ca.has_value());
    const Result<seal::DocumentKey> key = seal::DocumentKey::from_pem(ca->key_pem, ca->chain_pem);
    const Result<Prepared> prepared = render(document, test::fonts());
    ASSERT_TRUE(prepared.has_value()) << prepared.error().detail;
    const Result<Bytes> file =
        seal::sign_pdf(prepared->file, prepared->contents_begin, prepared->contents_end, *key);
    ASSERT_TRUE(file.has_value());
    ASSERT_TRUE(write_file(path("letter.pdf"), *file));
    ASSERT_TRUE(write_file(path("root.pem"), bytes_of(ca->root_pem)));
  }

  // pdfsig asks the machine's clock; certificates are made for it.
  const UtcMillis made_at_ = std::chrono::floor<std::chrono::milliseconds>(
      std::chrono::system_clock::now() - std::chrono::hours(24));
  test::TemporaryFolder folder_;
};

Document document() { return test::document_of(test::confirmation()); }

// Text as words, so that line breaks do not count.
std::string words(const std::string& text) {
  std::string joined;
  for (const char letter : letter::without_fine_blanks(text)) {
    const bool blank = letter == ' ' || letter == '\n' || letter == '\f';
    if (!blank) joined += letter;
    if (blank && !joined.empty() && joined.back() != ' ') joined += ' ';
  }
  while (joined.ends_with(' ')) joined.pop_back();
  return joined;
}

TEST_F(Tools, QpdfAndMutoolFindNoFault) {
  for (const Document& made : {document(), test::full_reference(), test::full_reference(16)}) {
    make(made);
    const Outcome checked = run("qpdf --check " + path("letter.pdf"));
    EXPECT_EQ(checked.status, 0) << checked.output;
    EXPECT_NE(checked.output.find("No syntax or stream encoding errors found"), std::string::npos);
    const Outcome drawn = run("mutool draw -q -F txt " + path("letter.pdf") + " 2>&1");
    EXPECT_EQ(drawn.status, 0);
    EXPECT_NE(drawn.output.find(made.letter.title), std::string::npos);
    EXPECT_EQ(drawn.output.find("warning"), std::string::npos) << drawn.output;
    EXPECT_EQ(drawn.output.find("error"), std::string::npos) << drawn.output;
  }
}

TEST_F(Tools, MutoolFindsTheSealUnchanged) {
  make(document());
  const std::string verdict = run("mutool sign -v " + path("letter.pdf")).output;
  EXPECT_NE(verdict.find("The document is unchanged since signing."), std::string::npos) << verdict;
}

TEST_F(Tools, PdftotextReadsTheTextExactly) {
  for (const char* law : {"CH", "DE"}) {
    for (const char* language : {"de", "en"}) {
      letter::Reference reference = test::confirmation(language, law);
      reference.given_name = "Αγγελική Юлія";
      reference.family_name = "Avery-Tōrvaldsdóttir Ťažký";
      const Document made = test::document_of(reference);
      make(made);
      const std::string text = words(run("pdftotext -raw " + path("letter.pdf") + " -").output);
      const letter::Letter& letter = made.letter;
      EXPECT_NE(text.find(words(letter.text() + "\n" + letter.place_and_date + "\n" +
                                letter.employer + "\n" + letter.signatures.at(0).name + "\n" +
                                letter.signatures.at(0).lines.at(0) + "\n" + letter.mode_caption +
                                "\n" + letter.qr_caption + "\n" + letter.typed_caption)),
                std::string::npos)
          << text;
      for (const std::string& typed : {letter.address_label + " " + made.qr->address,
                                       letter.id_label + " " + made.qr->typed_id,
                                       letter.secret_label + " " + made.qr->typed_secret}) {
        EXPECT_NE(text.find(typed), std::string::npos) << typed;
      }
    }
  }
}

// The longest line is as wide as its column.
TEST_F(Tools, KeepsEachLineOfTheAddressOnOneLine) {
  Document made = document();
  made.letterhead.address_lines = {"Seestrasse 12", "8400 Winterthur", "Schweiz"};
  make(made);
  const std::string text = run("pdftotext -raw " + path("letter.pdf") + " -").output;
  for (const std::string& line : made.letterhead.address_lines) {
    EXPECT_NE(text.find(line + "\n"), std::string::npos) << text;
  }
}

TEST_F(Tools, ZbarReadsTheQrCodeAt150And300DotsPerInch) {
  const Document made = document();
  make(made);
  for (const char* resolution : {"150", "300"}) {
    run("pdftoppm -r " + std::string(resolution) + " -gray -singlefile " + path("letter.pdf") +
        " " + path("page"));
    EXPECT_EQ(run("zbarimg -q --raw " + path("page.pgm")).output, made.qr->qr_text + "\n")
        << resolution;
  }
}

TEST_F(Tools, PdfdetachFindsTheAttachment) {
  make(document());
  run("pdfdetach -save 1 -o " + path("out") + " " + path("letter.pdf"));
  const Result<Bytes> saved = read_file(path("out"), 1 << 20);
  ASSERT_TRUE(saved.has_value());
  EXPECT_EQ(text_of(*saved), document().attachment.content);
}

TEST_F(Tools, PdffontsFindsEveryFontEmbeddedSubsetAndWithUnicode) {
  make(document());
  const std::string fonts = run("pdffonts " + path("letter.pdf")).output;
  std::size_t good = 0;
  for (std::size_t at = fonts.find("yes yes yes"); at != std::string::npos;
       at = fonts.find("yes yes yes", at + 1)) {
    ++good;
  }
  EXPECT_EQ(good, 3u) << fonts;
}

TEST_F(Tools, PdfsigTrustsTheSealOnceTheRootIsTrusted) {
  make(document());
  const std::string database = "sql:" + folder_.path().string();
  ASSERT_EQ(run("certutil -N --empty-password -d " + database).status, 0);
  ASSERT_EQ(run("certutil -A -n root -t CT,C,C -i " + path("root.pem") + " -d " + database).status,
            0);
  const std::string verdict = run("pdfsig -nssdir " + database + " " + path("letter.pdf")).output;
  for (const char* line : {"Signature #1:", "Signature is Valid.", "Total document signed",
                           "Certificate is Trusted.", "ETSI.CAdES.detached"}) {
    EXPECT_NE(verdict.find(line), std::string::npos) << line << "\n" << verdict;
  }
  EXPECT_EQ(verdict.find("Signature #2"), std::string::npos);
}

}  // namespace
}  // namespace refledger::pdf
