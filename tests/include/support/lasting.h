// Files with everything that may stand behind a first signature: made with authorities of a test's
// own, which it can ask to fail.
#pragma once

#include "render/seal/lasting.h"
#include "support/certificate_authority.h"
#include "support/letters.h"
#include "support/timestamp_authority.h"

namespace refledger::test {

class MachineClock : public Clock {
 public:
  UtcMillis now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

class Authorities {
 public:
  Authorities() : Authorities(CertificateAuthority::Kind{}) {}
  explicit Authorities(const CertificateAuthority::Kind& kind)
      : company(kind),
        person({.name = "Mara Muster"}),
        server_(
            serve(on_loopback(), [this](const http::Request& request) { return answer(request); })),
        time_({.list_url = url() + "/time.crl"}) {
    seal::Rfc3161Settings settings;
    settings.url = url() + "/tsr";
    settings.authorities = time_.root_pem();
    stamper_ = *seal::Rfc3161::make(settings, random_, clock_);
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  seal::Timestamper& stamper() { return *stamper_; }
  std::string time_root_pem() const { return time_.root_pem(); }
  std::string time_path(const std::string& name) const { return time_.path(name); }
  const Clock& clock() const { return clock_; }
  Date today() const { return Date(std::chrono::floor<std::chrono::days>(clock_.now())); }

  seal::DocumentKey seal_key() const {
    return *seal::DocumentKey::from_pem(company.file("signer.key"), company.chain_pem());
  }
  seal::DocumentKey person_key() const {
    return *seal::DocumentKey::from_pem(person.file("signer.key"), person.chain_pem());
  }

  /// A letter signed by the seal, where asked for also by a person, and completed.
  Result<Bytes> file(pdf::Additions additions, bool stamped = true) {
    const seal::DocumentKey key = seal_key();
    const seal::DocumentKey second = person_key();
    pdf::Document document = document_of(confirmation());
    document.additions = additions;
    seal::Timestamper* stamper = stamped ? stamper_.get() : nullptr;
    std::optional<seal::Stamping> stamping;
    if (stamped) stamping.emplace(seal::Stamping{*stamper_, today(), today()});
    const auto page = pdf::render(document, fonts(), seal::reserve_for(key.chain(), stamper));
    if (!page) return page.error();
    Result<Bytes> file =
        seal::sign_pdf(page->file, page->contents_begin, page->contents_end, key, stamping);
    std::vector<const seal::SignerChain*> signers{&key.chain()};
    if (file && additions.second_signature) {
      const auto place = seal::open_second(*file, seal::reserve_for(second.chain(), stamper));
      if (!place) return place.error();
      file =
          seal::sign_pdf(place->file, place->contents_begin, place->contents_end, second, stamping);
      signers.push_back(&second.chain());
    }
    if (!file || !additions.validation_data) return file;
    seal::OnlineLasting lasting(additions.archive_timestamp, *stamper_, {}, clock_);
    return lasting.complete(*file, signers, additions.archive_timestamp);
  }

  CertificateAuthority company;
  CertificateAuthority person;
  int stamps = 1000;  ///< so many more times
  bool tells_time_list = true;

 private:
  http::Response answer(const http::Request& request) {
    if (request.path == "/time.crl" && tells_time_list) {
      return {200, "application/pkix-crl", time_.list()};
    }
    if (request.path == "/tsr" && stamps-- > 0) {
      return {200, "application/timestamp-reply", time_.answer(request.body)};
    }
    return {503, "text/plain", ""};
  }

  MachineClock clock_;
  SystemRandom random_;
  std::unique_ptr<http::Server> server_;
  TimestampAuthority time_;
  std::unique_ptr<seal::Rfc3161> stamper_;
};

}  // namespace refledger::test
