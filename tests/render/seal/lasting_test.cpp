// Two signatures, validation data, a timestamp over everything: other people's programs accept each
// level, our verifier reads it back, and what an authority does not say leaves nothing half done.
#include "support/lasting.h"

#include <set>

#include "keys.h"
#include "verify/pdf/pdf.h"

namespace refledger::seal {
namespace {

using test::Outcome;
using test::run;
using verify::PdfSignature;

constexpr pdf::Additions both{.second_signature = true};
constexpr pdf::Additions lt{.validation_data = true};
constexpr pdf::Additions lta{.validation_data = true, .archive_timestamp = true};
constexpr pdf::Additions all{true, true, true};

test::Authorities& authorities() {
  static test::Authorities made;
  return made;
}

Bytes der_of_pem(const std::string& pem) {
  const X509Certificate one(certificate_of(pem));
  unsigned char* raw = nullptr;
  const int length = i2d_X509(one.get(), &raw);
  Bytes der(raw, raw + length);
  OPENSSL_free(raw);
  return der;
}

class LastingFile : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void write(const std::string& name, std::string_view content) const {
    ASSERT_TRUE(write_file(folder_.path() / name, bytes_of(content)));
  }

  void make(pdf::Additions additions, bool stamped = true) {
    const Result<Bytes> file = authorities().file(additions, stamped);
    ASSERT_TRUE(file) << file.error().detail;
    file_ = *file;
    write("letter.pdf", text_of(file_));
    write("roots.pem", authorities().company.root_pem() + authorities().person.root_pem());
  }

  // What each signature covers, and itself, by the file's own word.
  void expect_cms(std::size_t count) const {
    const std::string_view text = text_of(file_);
    std::size_t found = 0;
    for (std::size_t at = text.find("<< /ByteRange [ 0 "); at != std::string_view::npos;
         at = text.find("<< /ByteRange [ 0 ", at + 1)) {
      std::size_t begin = 0, end = 0, rest = 0;
      ASSERT_EQ(sscanf(text.data() + at, "<< /ByteRange [ 0 %zu %zu %zu", &begin, &end, &rest), 3);
      const bool stamp = text.substr(end, 60).find("/ETSI.RFC3161") != std::string_view::npos;
      Bytes inside = *from_hex(text.substr(begin + 1, end - begin - 2), "signature");
      while (stamp && inside.back() == 0) inside.pop_back();
      write("signature.der", text_of(inside));
      write("covered", std::string(text.substr(0, begin)) + std::string(text.substr(end, rest)));
      ++found;
      const Outcome outcome =
          stamp ? run("openssl ts -verify -token_in -in " + path("signature.der") + " -data " +
                      path("covered") + " -CAfile " + authorities().time_path("root.pem"))
                : run("openssl cms -verify -cades -binary -inform DER -in " +
                      path("signature.der") + " -content " + path("covered") + " -CAfile " +
                      path("roots.pem") + " -purpose any -out /dev/null");
      const char* words = stamp ? "Verification: OK" : "CAdES Verification successful";
      EXPECT_NE(outcome.output.find(words), std::string::npos) << outcome.output;
    }
    EXPECT_EQ(found, count);
  }

  std::string output_of(const std::string& command) const { return run(command).output; }
  static std::size_t count(const std::string& text, const std::string& word) {
    std::size_t times = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      ++times;
    }
    return times;
  }

  // `signatures` by people or the seal; a document timestamp is not one that pdfsig knows.
  void expect_accepted(std::size_t signatures) const {
    const std::string database = "sql:" + folder_.path().string();
    ASSERT_EQ(run("certutil -N --empty-password -d " + database).status, 0);
    write("one.pem", authorities().company.root_pem());
    write("two.pem", authorities().person.root_pem());
    for (const std::string name : {"one", "two"}) {
      ASSERT_EQ(
          run("certutil -A -n " + name + " -t CT,C,C -i " + path(name + ".pem") + " -d " + database)
              .status,
          0);
    }
    const std::string told = output_of("pdfsig -nssdir " + database + " " + path("letter.pdf"));
    EXPECT_EQ(count(told, "Signature is Valid."), signatures) << told;
    EXPECT_EQ(count(told, "Certificate is Trusted."), signatures) << told;
    EXPECT_EQ(count(told, "Digest Mismatch"), 0u) << told;
    const std::string checked = output_of("qpdf --check " + path("letter.pdf"));
    EXPECT_NE(checked.find("No syntax or stream encoding errors found"), std::string::npos)
        << checked;
    // It cannot be told of a root, knows no document timestamps, and calls every update an edit.
    const std::string other = output_of("mutool sign -v " + path("letter.pdf"));
    EXPECT_EQ(count(other, "The signature is valid but there have been edits since signing.") +
                  count(other, "The document is unchanged since signing."),
              signatures)
        << other;
  }

  verify::PdfFindings read_back() const {
    const Result<verify::PdfFindings> findings =
        verify::inspect_pdf(file_, {der_of_pem(authorities().time_root_pem())});
    EXPECT_TRUE(findings);
    return findings ? *findings : verify::PdfFindings{};
  }

  test::TemporaryFolder folder_;
  Bytes file_;
};

TEST_F(LastingFile, OfTwoSignatoriesIsAcceptedByOthersAndByUs) {
  make(both, false);
  expect_cms(2);
  expect_accepted(2);
  const verify::PdfFindings findings = read_back();
  EXPECT_EQ(findings.signature, PdfSignature::whole_file);
  EXPECT_EQ(findings.signer, "Nordlicht Instrumente AG");
  EXPECT_EQ(findings.second_signer, "Mara Muster");
  EXPECT_FALSE(findings.validation_data);
}

TEST_F(LastingFile, OfLevelLtIsAcceptedByOthersAndByUs) {
  make(lt);
  expect_cms(1);
  expect_accepted(1);
  const verify::PdfFindings findings = read_back();
  EXPECT_EQ(findings.signature, PdfSignature::whole_file);
  EXPECT_TRUE(findings.stamped_at);
  EXPECT_TRUE(findings.validation_data);
  EXPECT_FALSE(findings.archived);
}

TEST_F(LastingFile, OfLevelLtaIsAcceptedByOthersAndByUs) {
  make(lta);
  expect_cms(2);
  expect_accepted(1);
  const verify::PdfFindings findings = read_back();
  EXPECT_EQ(findings.signature, PdfSignature::whole_file);
  EXPECT_TRUE(findings.validation_data);
  EXPECT_TRUE(findings.archived);
  ASSERT_TRUE(findings.archived_at);
  EXPECT_LT(std::chrono::abs(*findings.archived_at - authorities().clock().now()),
            std::chrono::minutes(5));
}

TEST_F(LastingFile, OfLevelLtaWithTwoSignatoriesIsAcceptedByOthersAndByUs) {
  make(all);
  expect_cms(3);
  expect_accepted(2);
  const verify::PdfFindings findings = read_back();
  EXPECT_EQ(findings.signature, PdfSignature::whole_file);
  EXPECT_EQ(findings.second_signer, "Mara Muster");
  EXPECT_TRUE(findings.archived);
}

// What PDF/A-3 asks of a file again in every update; the rest stays as the first revision has it.
TEST_F(LastingFile, KeepsToPdfAInEveryUpdate) {
  make(all);
  const std::string text(text_of(file_));
  EXPECT_EQ(count(text, "%%EOF\n"), 4u);
  EXPECT_EQ(count(text, "\nstartxref\n"), 4u);
  std::set<std::string> firsts, seconds;
  for (std::size_t at = text.find("/ID [<"); at != std::string::npos;
       at = text.find("/ID [<", at + 1)) {
    firsts.insert(text.substr(at + 6, 32));
    seconds.insert(text.substr(at + 40, 32));
  }
  EXPECT_EQ(firsts.size(), 1u) << "the file stays the same one";
  EXPECT_EQ(seconds.size(), 4u) << "and changes";
  const std::string updates = text.substr(text.find("%%EOF\n"));
  EXPECT_EQ(count(updates, "\nendstream\n"), count(updates, ">>\nstream\n"));
  EXPECT_EQ(count(updates, "/Filter /Adobe.PPKLite"), 2u);
  for (const char* never : {"/Filter /LZW", "/Crypt", "/JavaScript", "/Type /Page", "/Annots"}) {
    EXPECT_EQ(count(updates, never), 0u) << never;
  }
  const std::string catalog = updates.substr(updates.find("\n1 0 obj\n"));
  for (const char* still :
       {"/Metadata ", "/MarkInfo ", "/StructTreeRoot ", "/OutputIntents ", "/AF [", "/Lang ("}) {
    EXPECT_NE(catalog.substr(0, catalog.find("\nendobj\n")).find(still), std::string::npos)
        << still;
  }
}

// ---- what authorities do not say ----------------------------------------------------------------

// Changed by each test, so its own.
class Silence : public testing::Test {
 protected:
  std::string outcome(pdf::Additions additions = lta) { return refusal_of(own_->file(additions)); }
  void make(const test::CertificateAuthority::Kind& kind) {
    own_ = std::make_unique<test::Authorities>(kind);
  }
  void SetUp() override { make({}); }

  std::unique_ptr<test::Authorities> own_;
};

TEST_F(Silence, ARevokedCertificateIsNotSealedWith) {
  own_->company.revoke_signer();
  EXPECT_EQ(outcome(), "refused: certificate status: revoked");
}

TEST_F(Silence, ARevokedAuthorityIsNotSealedUnder) {
  own_->company.revoke_issuing();
  EXPECT_EQ(outcome(), "refused: certificate status: revoked");
}

TEST_F(Silence, AResponderThatFailsIsNamed) {
  own_->company.between = [](const std::string&, std::string&) { return 503u; };
  EXPECT_EQ(outcome(), "upstream: certificate status: answered 503");
}

TEST_F(Silence, AnAnswerThatIsNoneIsNotTaken) {
  std::string instead;
  own_->company.between = [&](const std::string& path, std::string& body) {
    if (path == "/ocsp") body = instead;
    return 200u;
  };
  const std::string none = "upstream: certificate status: the answer is not that of a responder";
  EXPECT_EQ(outcome(), none);
  instead = "hello";
  EXPECT_EQ(outcome(), none);
  instead = std::string("\x30\x03\x0a\x01\x03", 5);  // tryLater
  EXPECT_EQ(outcome(), none);
  instead = std::string(100'000, 'A');
  EXPECT_NE(outcome().find("upstream: "), std::string::npos);
}

TEST_F(Silence, AnAnswerWithABitChangedIsNotTaken) {
  for (const std::size_t part : {0u, 25u, 50u, 75u, 99u}) {
    own_->company.between = [&](const std::string& path, std::string& body) {
      if (path == "/ocsp") {
        char& byte = body[body.size() * part / 100];
        byte = static_cast<char>(byte ^ 1);
      }
      return 200u;
    };
    const std::string said = outcome();
    EXPECT_EQ(said.find("upstream: certificate status: the answer"), 0u) << part << ": " << said;
  }
}

TEST_F(Silence, AnAnswerAboutAnotherCertificateIsNotTaken) {
  std::string first;
  own_->person.between = [&](const std::string& path, std::string& body) {
    if (path == "/ocsp") first = body;
    return 200u;
  };
  ASSERT_EQ(outcome(all), "accepted");
  own_->company.between = [&](const std::string& path, std::string& body) {
    if (path == "/ocsp") body = first;
    return 200u;
  };
  EXPECT_EQ(outcome(), "upstream: certificate status: the answer's signature does not hold");
}

TEST_F(Silence, AListThatIsNoneIsNotTaken) {
  own_->company.between = [](const std::string& path, std::string& body) {
    if (path == "/root.crl") body.back() = static_cast<char>(body.back() ^ 1);
    return 200u;
  };
  EXPECT_EQ(outcome(), "upstream: certificate status: the list's signature does not hold");
  own_->company.between = [](const std::string& path, std::string& body) {
    if (path == "/root.crl") body = "hello";
    return 200u;
  };
  EXPECT_EQ(outcome(), "upstream: certificate status: what came is no revocation list");
}

TEST_F(Silence, ACertificateThatSaysNowhereWhereToAskCannotLast) {
  make({.tells_status = false});
  EXPECT_EQ(
      outcome(),
      "refused: certificate status: a certificate says neither where its responder is nor its "
      "revocation list");
}

TEST_F(Silence, AResponderWhoseOwnCertificateNeedsACheckIsNotTaken) {
  make({.responder_unchecked = false});
  EXPECT_EQ(
      outcome(),
      "refused: certificate status: the responder's own certificate would have to be checked");
}

TEST_F(Silence, OfTheTimestampAuthorityIsNamed) {
  own_->tells_time_list = false;
  EXPECT_EQ(outcome(), "upstream: certificate status: answered 503");
  own_->tells_time_list = true;
  own_->stamps = 1;  // the signature's, and not the one over everything
  EXPECT_EQ(outcome(), "upstream: timestamp authority: answered 503");
  own_->stamps = 2;
  EXPECT_EQ(outcome(), "accepted");
}

TEST_F(Silence, AnAnswerOfAnotherTimeIsNotTaken) {
  const test::CertificateAuthority& ca = own_->company;
  ASSERT_EQ(outcome(lt), "accepted");
  const auto certificate = [&](const char* name) {
    return X509Certificate(certificate_of(ca.file(name)));
  };
  const X509Certificate signer = certificate("signer.pem");
  const X509Certificate issuing = certificate("issuing.pem");
  const X509Certificate root = certificate("root.pem");
  const std::string answer = ca.file("ocsp.resp");
  const std::string list = ca.file("root.crl.der");
  for (const int days : {-1, 0, 6, 40}) {
    const UtcMillis now = own_->clock().now() + std::chrono::hours(24 * days);
    const std::string of_answer =
        refusal_of(good_by_answer(bytes_of(answer), signer.get(), issuing.get(), now));
    const std::string of_list =
        refusal_of(good_by_list(bytes_of(list), issuing.get(), root.get(), now));
    const bool in_time = days == 0 || days == 6;
    EXPECT_EQ(of_answer == "accepted", in_time) << days << ": " << of_answer;
    EXPECT_EQ(of_list == "accepted", in_time) << days << ": " << of_list;
  }
}

// ---- files that are not made for it -------------------------------------------------------------

TEST_F(LastingFile, TakesNothingThatItWasNotMadeFor) {
  make({}, false);
  EXPECT_EQ(refusal_of(open_second(file_, 4096)),
            "malformed: PDF: not made for a further signature");
  EXPECT_EQ(refusal_of(with_archive_timestamp(file_, authorities().stamper())),
            "malformed: PDF: not made for a further signature");
  for (const std::string text : {"", "%PDF-1.7\n%%EOF\n", "hello"}) {
    EXPECT_EQ(refusal_of(open_second(bytes_of(text), 4096)),
              "malformed: PDF: not one that can be added to");
  }
}

TEST_F(LastingFile, WithoutATimestampOnItsSignatureIsNotCompleted) {
  make(lt);  // the authorities are there
  const Result<Bytes> plain = authorities().file({.second_signature = true}, false);
  ASSERT_TRUE(plain);
  const DocumentKey key = authorities().seal_key();
  const DocumentKey person = authorities().person_key();
  OnlineLasting lasting(false, authorities().stamper(), {}, authorities().clock());
  EXPECT_EQ(refusal_of(lasting.complete(*plain, {&key.chain(), &person.chain()}, false)),
            "malformed: PDF: a signature carries no timestamp");
}

}  // namespace
}  // namespace refledger::seal
