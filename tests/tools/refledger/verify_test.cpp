// `refledger verify` on a real file, with the endpoint and the issuer's domain behind TLS.
#include "tools/refledger/verify_command.h"

#include <atomic>

#include "ledger/core/file.h"
#include "ledger/core/json.h"
#include "ledger/format/trust.h"
#include "render/seal/seal.h"
#include "support/certificate.h"
#include "support/letters.h"
#include "support/serving.h"
#include "verify/web/world.h"

namespace refledger::tools {
namespace {

using verify::Remark;
using verify::Report;
using verify::Verdict;

std::string sealed_pdf(const test::Holding& holding, const std::string& url) {
  pdf::Document document = test::document_of(test::confirmation());
  document.attachment.content = credential::format_sd_jwt(holding.credential);
  document.qr->qr_text = format::format_qr_text({url, holding.id, holding.secret});
  const UtcMillis now = *parse_time("2026-11-02T08:00:00.000Z", "now");
  const seal::DemonstrationCa ca = *seal::make_demonstration_ca("Bergbahn", now);
  const seal::DocumentKey key = *seal::DocumentKey::from_pem(ca.key_pem, ca.chain_pem);
  const pdf::Prepared prepared =
      *pdf::render(document, test::fonts(), seal::reserve_for(key.chain()));
  return std::string(
      text_of(*seal::sign_pdf(prepared.file, prepared.contents_begin, prepared.contents_end, key)));
}

// The endpoint, which is also the issuer's domain unless a test says otherwise.
class VerifyCommand : public testing::Test {
 protected:
  void SetUp() override {
    http::Settings settings = test::on_loopback();
    settings.tls = http::Tls{certificate_.chain(), certificate_.key()};
    server_ = test::serve(settings, [this](const http::Request& request) {
      ++asked_;
      if (!world_) return http::Response{503, "text/plain", ""};
      if (domain_says_ && request.path == "/.well-known/refledger") {
        return http::Response{200, "application/json", *domain_says_};
      }
      return world_->endpoint().answer(request);
    });
    url_ = "https://localhost:" + std::to_string(server_->port());
    world_ = std::make_unique<test::World>("Bergbahn & Söhne AG", url_, kNow, url_);
    world_->make_pdf = sealed_pdf;
    reference_ = world_->issue(99);
    world_->put_status();
    keep_proof();
  }

  std::filesystem::path path(const char* name) const { return folder_.path() / name; }

  // What the leaver got: the file, its proof, and a trust file without the issuer.
  void keep_proof() {
    http::Request request;
    request.method = "GET";
    request.path = "/v/" + format::format_id(reference_.id) + "/proof";
    ASSERT_TRUE(write_file(path("letter.pdf"), bytes_of(reference_.pdf)));
    ASSERT_TRUE(
        write_file(path("letter.refproof"), bytes_of(world_->endpoint().answer(request).body())));
    format::Trust trust;
    trust.logs.push_back(*format::parse_vkey(world_->vkey()));
    ASSERT_TRUE(write_file(path("trust.txt"), bytes_of(format::format_trust(trust))));
  }

  VerifyOptions options() const {
    VerifyOptions options;
    options.subject = path("letter.pdf").string();
    options.trust_file = path("trust.txt");
    options.fetch.ca_file = certificate_.chain();
    return options;
  }
  Report verified(const VerifyOptions& options) const {
    const Result<Report> report = verify_subject(options, world_->clock.now());
    EXPECT_TRUE(report) << report.error().detail;
    return report ? *report : Report{};
  }
  static bool has(const Report& report, Remark remark) {
    return std::find(report.remarks.begin(), report.remarks.end(), remark) != report.remarks.end();
  }

  static constexpr const char* kNow = "2026-11-02T08:00:00.000Z";
  test::TemporaryFolder folder_;
  test::Certificate certificate_{"DNS:localhost"};
  std::atomic<int> asked_{0};
  std::optional<std::string> domain_says_;
  std::unique_ptr<test::World> world_;
  std::unique_ptr<http::Server> server_;
  std::string url_;
  test::Holding reference_;
};

TEST_F(VerifyCommand, FindsAFileWithItsProofGenuineAndAsksWhetherItWasWithdrawnSince) {
  const Report report = verified(options());
  EXPECT_EQ(report.verdict, Verdict::genuine_and_valid) << report.reason;
  EXPECT_FALSE(has(report, Remark::withdrawal_last_checked));
  EXPECT_GT(asked_, 0);
}

TEST_F(VerifyCommand, HearsOfAWithdrawalThatTheProofFileCannotKnow) {
  world_->withdraw(reference_);
  world_->put_status();
  EXPECT_EQ(verified(options()).verdict, Verdict::genuine_no_longer_valid);
  VerifyOptions offline = options();
  offline.offline = true;
  EXPECT_EQ(verified(offline).verdict, Verdict::genuine_and_valid);
}

TEST_F(VerifyCommand, SaysWhenNobodyCouldBeAskedAboutAWithdrawal) {
  server_->stop();
  const Report report = verified(options());
  EXPECT_EQ(report.verdict, Verdict::genuine_and_valid);
  EXPECT_TRUE(has(report, Remark::withdrawal_last_checked));
  EXPECT_NE(report.reason.find("could not be asked"), std::string::npos);
  EXPECT_TRUE(report.status_as_of);
}

TEST_F(VerifyCommand, AsksNobodyOffline) {
  VerifyOptions offline = options();
  offline.offline = true;
  const Report report = verified(offline);
  EXPECT_EQ(report.verdict, Verdict::genuine_and_valid);
  EXPECT_TRUE(has(report, Remark::issuer_not_confirmed));
  EXPECT_EQ(asked_, 0);
}

TEST_F(VerifyCommand, DoesNotLetAServerThatTalksNonsenseSpoilAProofThatHolds) {
  domain_says_ = "{}";
  const std::unique_ptr<test::World> kept = std::exchange(world_, nullptr);
  const Result<Report> report = verify_subject(options(), kept->clock.now());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->verdict, Verdict::genuine_and_valid);
  EXPECT_TRUE(has(*report, Remark::withdrawal_last_checked));
}

TEST_F(VerifyCommand, AnIssuerIsConfirmedByItsOwnDomain) {
  EXPECT_FALSE(has(verified(options()), Remark::issuer_not_confirmed));
}

TEST_F(VerifyCommand, AnIssuerIsNotConfirmedByADomainThatSaysSomethingElse) {
  http::Request request;
  request.method = "GET";
  request.path = "/.well-known/refledger";
  const Json good = *parse_json(world_->endpoint().answer(request).body(), 1 << 20, "answer");
  const auto with = [&](const char* member, const Json& value) {
    Json other = good;
    other[member] = value;
    return other.dump();
  };
  for (const std::string& said :
       {with("v", "refledger2"), with("origin", "other.example/log"), with("log", "00000000"),
        with("kid", Json::array()), with("kid", Json::array({std::string(43, 'A')})),
        with("kid", "all"), std::string("{}"), std::string("<html>")}) {
    domain_says_ = said;
    const Report report = verified(options());
    EXPECT_EQ(report.verdict, Verdict::genuine_and_valid);
    EXPECT_TRUE(has(report, Remark::issuer_not_confirmed)) << said;
  }
}

TEST_F(VerifyCommand, TellsHowItIsSignedInWords) {
  const std::string text = to_text(verified(options()));
  EXPECT_NE(text.find("seal of the company, no personal signature"), std::string::npos) << text;
  EXPECT_NE(text.find("weaker signature than the written form"), std::string::npos) << text;
  const std::string json = to_json_text(verified(options()));
  EXPECT_NE(json.find("\"signing_mode\": \"company-seal\""), std::string::npos) << json;
}

TEST_F(VerifyCommand, NoFileIsTheDocumentWhereThePaperWasSignedByHand) {
  reference_ = world_->issue_by_hand(100);
  world_->put_status();
  keep_proof();
  const Report file = verified(options());
  EXPECT_EQ(file.verdict, Verdict::not_this_document);
  EXPECT_TRUE(file.claims.empty());
  VerifyOptions by_link = options();
  by_link.subject = format::format_link({url_, reference_.id, reference_.secret});
  const Report record = verified(by_link);
  EXPECT_EQ(record.verdict, Verdict::genuine_and_valid) << record.reason;
  EXPECT_NE(record.reason.find("signed paper"), std::string::npos);
  EXPECT_NE(to_text(record).find("signed by hand"), std::string::npos);
}

TEST_F(VerifyCommand, RefusesATimestampAuthorityThatIsNone) {
  VerifyOptions wrong = options();
  wrong.timestamp_authority = path("trust.txt");
  EXPECT_FALSE(verify_subject(wrong, world_->clock.now()));
}

}  // namespace
}  // namespace refledger::tools
