// At each level other people's programs accept the seal, and our verifier reads it back.
#include "keys.h"
#include "ledger/core/file.h"
#include "render/seal/token.h"
#include "support/certificate_authority.h"
#include "support/letters.h"
#include "support/serving.h"
#include "support/shell.h"
#include "support/timestamp_authority.h"
#include "verify/pdf/pdf.h"

namespace refledger::seal {
namespace {

using test::Outcome;
using test::run;

class MachineClock : public Clock {
 public:
  UtcMillis now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

Date day_of(UtcMillis time) { return Date(std::chrono::floor<std::chrono::days>(time)); }

class Levels : public testing::Test {
 protected:
  std::string path(const char* name) const { return (folder_.path() / name).string(); }

  void write(const char* name, std::string_view content) {
    ASSERT_TRUE(write_file(folder_.path() / name, bytes_of(content)));
  }

  static test::TimestampAuthority& authority() {
    static test::TimestampAuthority made;
    return made;
  }

  void make(bool stamped) {
    server_ = test::serve(test::on_loopback(), [](const http::Request& request) {
      return http::Response{200, "application/timestamp-reply", authority().answer(request.body)};
    });
    Rfc3161Settings settings;
    settings.url = "http://127.0.0.1:" + std::to_string(server_->port());
    settings.authorities = authority().root_pem();
    const std::unique_ptr<Rfc3161> timestamper = *Rfc3161::make(settings, random_, clock_);
    make_with(stamped ? timestamper.get() : nullptr);
  }

  void make_with(Timestamper* timestamper) {
    // Other people's programs ask the machine's clock; certificates are made for it.
    const DemonstrationCa ca =
        *make_demonstration_ca("Nordlicht Instrumente AG", clock_.now() - std::chrono::hours(24));
    make_with(timestamper, *DocumentKey::from_pem(ca.key_pem, ca.chain_pem), ca.root_pem);
  }

  void make_with(Timestamper* timestamper, const DocumentKey& key, const std::string& root_pem) {
    const Result<pdf::Prepared> prepared =
        pdf::render(test::document_of(test::confirmation()), test::fonts(),
                    reserve_for(key.chain(), timestamper));
    ASSERT_TRUE(prepared) << prepared.error().detail;
    std::optional<Stamping> stamping;
    const Date today = day_of(clock_.now());
    if (timestamper != nullptr) stamping.emplace(Stamping{*timestamper, today, today});
    const Result<Bytes> file =
        sign_pdf(prepared->file, prepared->contents_begin, prepared->contents_end, key, stamping);
    ASSERT_TRUE(file) << file.error().detail;
    file_ = *file;
    const ByteView whole(file_);
    cms_ = *from_hex(text_of(whole.subspan(prepared->contents_begin + 1,
                                           prepared->contents_end - prepared->contents_begin - 2)),
                     "cms");
    write("letter.pdf", text_of(file_));
    write("root.pem", root_pem);
    write("signature.der", text_of(cms_));
    write("covered", std::string(text_of(whole.first(prepared->contents_begin))) +
                         std::string(text_of(whole.subspan(prepared->contents_end))));
  }

  void expect_words(const std::string& command, std::initializer_list<const char*> words) {
    const Outcome outcome = run(command);
    for (const char* word : words) {
      EXPECT_NE(outcome.output.find(word), std::string::npos) << word << "\n" << outcome.output;
    }
  }

  void expect_accepted() {
    const std::string database = "sql:" + folder_.path().string();
    ASSERT_EQ(run("certutil -N --empty-password -d " + database).status, 0);
    ASSERT_EQ(
        run("certutil -A -n root -t CT,C,C -i " + path("root.pem") + " -d " + database).status, 0);
    expect_words("pdfsig -nssdir " + database + " " + path("letter.pdf"),
                 {"Signature is Valid.", "Total document signed", "Certificate is Trusted.",
                  "ETSI.CAdES.detached"});
    // It cannot be told of a root: its word on the certificate is not asked.
    expect_words("mutool sign -v " + path("letter.pdf"),
                 {"The document is unchanged since signing."});
    expect_words("qpdf --check " + path("letter.pdf"),
                 {"No syntax or stream encoding errors found"});
    expect_words("openssl cms -verify -cades -binary -inform DER -in " + path("signature.der") +
                     " -content " + path("covered") + " -CAfile " + path("root.pem") +
                     " -purpose any -out /dev/null",
                 {"CAdES Verification successful"});
  }

  Result<verify::PdfFindings> read_back(const std::vector<Bytes>& authorities = {}) const {
    return verify::inspect_pdf(file_, authorities);
  }

  // The certificate as DER.
  Bytes time_root() const {
    const X509Certificate root(certificate_of(authority().root_pem()));
    unsigned char* raw = nullptr;
    const int length = i2d_X509(root.get(), &raw);
    Bytes der(raw, raw + length);
    OPENSSL_free(raw);
    return der;
  }

  test::TemporaryFolder folder_;
  std::unique_ptr<http::Server> server_;
  MachineClock clock_;
  SystemRandom random_;
  Bytes file_;
  Bytes cms_;
};

TEST_F(Levels, BaselineBIsAcceptedByOthersAndByUs) {
  make(false);
  expect_accepted();
  const Result<verify::PdfFindings> findings = read_back({time_root()});
  ASSERT_TRUE(findings);
  EXPECT_EQ(findings->signature, verify::PdfSignature::whole_file);
  EXPECT_FALSE(findings->stamped);
  EXPECT_FALSE(findings->stamped_at);
}

TEST_F(Levels, ASealByRsaIsAcceptedByOthersAndByUs) {
  const test::CertificateAuthority ca({.signer = "rsa:3072"});
  make_with(nullptr, *DocumentKey::from_pem(ca.file("signer.key"), ca.chain_pem()), ca.root_pem());
  expect_accepted();
  const Result<verify::PdfFindings> findings = read_back();
  ASSERT_TRUE(findings);
  EXPECT_EQ(findings->signature, verify::PdfSignature::whole_file);
  EXPECT_EQ(findings->signer, "Nordlicht Instrumente AG");
}

TEST_F(Levels, BaselineTIsAcceptedByOthersAndByUs) {
  make(true);
  expect_accepted();
  const Result<verify::PdfFindings> findings = read_back({time_root()});
  ASSERT_TRUE(findings);
  EXPECT_EQ(findings->signature, verify::PdfSignature::whole_file);
  ASSERT_TRUE(findings->stamped_at);
  EXPECT_LT(std::chrono::abs(*findings->stamped_at - clock_.now()), std::chrono::minutes(5));
}

TEST_F(Levels, ATimestampsTimeIsNotToldUnlessItsAuthorityIsTrusted) {
  make(true);
  const X509Certificate other(certificate_of(make_demonstration_ca("Other", now())->root_pem));
  unsigned char* raw = nullptr;
  const int length = i2d_X509(other.get(), &raw);
  const Bytes stranger(raw, raw + length);
  OPENSSL_free(raw);
  for (const std::vector<Bytes>& trusted : {std::vector<Bytes>{}, {stranger}, {Bytes{1, 2, 3}}}) {
    const Result<verify::PdfFindings> findings = read_back(trusted);
    ASSERT_TRUE(findings);
    EXPECT_EQ(findings->signature, verify::PdfSignature::whole_file);
    EXPECT_TRUE(findings->stamped);
    EXPECT_FALSE(findings->stamped_at);
  }
}

// The token is one over the signature's own value, as OpenSSL's program sees it.
TEST_F(Levels, TheTokenInBaselineTIsOverTheSignature) {
  make(true);
  const Cms cms = parsed(cms_);
  CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
  ASSERT_EQ(CMS_unsigned_get_attr_count(signer), 1);
  X509_ATTRIBUTE* attribute = CMS_unsigned_get_attr(signer, 0);
  EXPECT_EQ(OBJ_obj2nid(X509_ATTRIBUTE_get0_object(attribute)), NID_id_smime_aa_timeStampToken);
  const ASN1_STRING* token = X509_ATTRIBUTE_get0_type(attribute, 0)->value.sequence;
  const ASN1_OCTET_STRING* value = CMS_SignerInfo_get0_signature(signer);
  const auto text = [](const ASN1_STRING* string) {
    return std::string(ASN1_STRING_get0_data(string),
                       ASN1_STRING_get0_data(string) + ASN1_STRING_length(string));
  };
  write("token.der", text(token));
  write("value", text(value));
  EXPECT_NE(run("openssl ts -verify -token_in -in " + path("token.der") + " -data " +
                path("value") + " -CAfile " + authority().path("root.pem"))
                .output.find("Verification: OK"),
            std::string::npos);
}

// ---- timestamps that do not belong --------------------------------------------------------------

// Asks the authority for what a test says, and looks at nothing that comes back.
class Careless : public Timestamper {
 public:
  std::function<Sha256(const Sha256&)> instead = [](const Sha256& imprint) { return imprint; };
  std::function<std::string(std::string)> changed = [](std::string answer) { return answer; };

  explicit Careless(test::TimestampAuthority& authority) : authority_(authority) {}
  Result<Bytes> token(const Sha256& imprint) override {
    const Result<TimestampRequest> request = make_request(instead(imprint), "", Nonce{1});
    const std::string answer =
        changed(authority_.answer(std::string(text_of(encoded_request(request->get())))));
    const auto* at = reinterpret_cast<const unsigned char*>(answer.data());
    const std::unique_ptr<TS_RESP, Free<TS_RESP_free>> response(
        d2i_TS_RESP(nullptr, &at, static_cast<long>(answer.size())));
    return encoded(i2d_PKCS7, TS_RESP_get_token(response.get()));
  }
  std::size_t room() const override { return 8192; }

 private:
  test::TimestampAuthority& authority_;
};

class Given : public Timestamper {
 public:
  Result<Bytes> token(const Sha256&) override { return from_hex("3003020100", "token"); }
  std::size_t room() const override { return 8192; }
};

TEST_F(Levels, ATimestampCopiedFromAnotherSignatureIsRefused) {
  Careless careless(authority());
  make_with(&careless);
  EXPECT_EQ(read_back()->signature, verify::PdfSignature::whole_file);
  careless.instead = [](const Sha256&) { return sha256(bytes_of("another signature")); };
  make_with(&careless);
  EXPECT_EQ(read_back()->signature, verify::PdfSignature::altered);
}

TEST_F(Levels, WhatIsNoTimestampIsRefused) {
  Given given;
  make_with(&given);
  EXPECT_EQ(read_back()->signature, verify::PdfSignature::altered);
}

TEST_F(Levels, ATimestampByACertificateForOtherUsesIsRefused) {
  for (const char* usage : {"", "critical,codeSigning", "critical,timeStamping,codeSigning"}) {
    const std::string certificate = authority().certificate_with_usage(usage);
    Careless careless(authority());
    careless.changed = [&](const std::string& answer) {
      return with_certificate(answer, certificate);
    };
    make_with(&careless);
    EXPECT_EQ(read_back()->signature, verify::PdfSignature::altered) << usage;
  }
}

TEST_F(Levels, ATimestampWithAnotherCertificateForItsKeyIsRefused) {
  const std::string certificate = authority().certificate_with_usage("critical,timeStamping");
  Careless careless(authority());
  careless.changed = [&](const std::string& answer) {
    return with_certificate(answer, certificate);
  };
  make_with(&careless);
  EXPECT_EQ(read_back()->signature, verify::PdfSignature::altered);
}

TEST_F(Levels, ATimestampWhoseSignatureFailsIsRefused) {
  Careless careless(authority());
  careless.changed = [](std::string answer) {
    answer.back() = static_cast<char>(answer.back() ^ 1);
    return answer;
  };
  make_with(&careless);
  EXPECT_EQ(read_back()->signature, verify::PdfSignature::altered);
}

// ---- when a timestamp may be --------------------------------------------------------------------

class Unasked : public Timestamper {
 public:
  Result<Bytes> token(const Sha256&) override {
    ADD_FAILURE() << "an authority was asked";
    return Bytes{};
  }
  std::size_t room() const override { return 8192; }
};

class Unreachable : public Timestamper {
 public:
  Result<Bytes> token(const Sha256&) override {
    return Error{Fault::upstream, "timestamp authority: answered 503"};
  }
  std::size_t room() const override { return 8192; }
};

constexpr std::size_t reserve = 12288;

TEST(Stamping, IsRefusedWhereItWouldBelieTheDocumentsDate) {
  using namespace std::chrono;
  Unasked authority;
  const Stamping stamping{authority, 2026y / September / 30, 2026y / October / 12};
  const std::string refused =
      "refused: timestamp: would show a day of signing after the date that the document bears";
  EXPECT_EQ(refusal_of(sign_pdf(prepared(reserve), before.size(), gap_end(reserve), document_key(),
                                stamping)),
            refused);
  const DocumentKey key = document_key();
  const ToBeSigned asked =
      *prepare(prepared(reserve), before.size(), gap_end(reserve), key.chain());
  EXPECT_EQ(refusal_of(assemble(prepared(reserve), before.size(), gap_end(reserve), asked,
                                Bytes(64), key.chain(), stamping)),
            refused);
}

TEST(Stamping, ThatFailsLeavesNoSignatureWithout) {
  using namespace std::chrono;
  Unreachable authority;
  EXPECT_EQ(refusal_of(sign_pdf(prepared(reserve), before.size(), gap_end(reserve), document_key(),
                                Stamping{authority, 2026y / October / 12, 2026y / October / 12})),
            "upstream: timestamp authority: answered 503");
}

TEST(Stamping, HasItsSpaceKept) {
  const DocumentKey key = document_key();
  Unasked authority;
  EXPECT_GE(reserve_for(key.chain(), &authority), reserve_for(key.chain()) + authority.room());
}

}  // namespace
}  // namespace refledger::seal
