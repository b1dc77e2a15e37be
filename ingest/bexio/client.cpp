#include "ingest/bexio/client.h"

#include <algorithm>
#include <initializer_list>

#include "ingest/bexio/findings.h"
#include "ingest/bexio/profile.h"
#include "ingest/bexio/session.h"

namespace refledger::ingest {
namespace {

using bexio::finding;

constexpr const char* kProfile = "/2.0/company_profile";
constexpr unsigned kFewRequests = 10;

Error answered(unsigned status) {
  const std::string text = "bexio: GET company_profile answered " + std::to_string(status);
  return {status == 401 || status == 403 ? Fault::refused : Fault::upstream, text};
}

// It becomes part of a header line.
bool is_token(const std::string& text) {
  return !text.empty() && text.size() <= 8192 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool tells(const Company& company, std::initializer_list<std::string_view> fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [&](std::string_view field) { return company.field(field) != nullptr; });
}

std::vector<CheckItem> findings_of(const Company& company, const bexio::Limit& limit) {
  const auto judged = [](const char* id, bool good) {
    return finding(id, good ? CheckState::ok : CheckState::warning);
  };
  std::vector<CheckItem> items{finding("login", CheckState::ok), finding("name", CheckState::ok),
                               judged("address", tells(company, {"street", "postcode", "city"})),
                               judged("register", tells(company, {"uid"})),
                               judged("logo", company.logo.has_value())};
  for (const std::string& each : company.unusable) {
    items.push_back(finding("unusable", CheckState::warning, each));
  }
  if (limit.remaining && *limit.remaining < kFewRequests) {
    items.push_back(finding("limit", CheckState::warning));
  }
  return items;
}

class Bexio : public CompanySource {
 public:
  Bexio(client::Endpoint endpoint, std::string token, const Clock& clock,
        bexio::Session::Sleep sleep, Random& random)
      : session_(std::move(endpoint), std::move(token), std::move(sleep), random), clock_(clock) {}

  Result<Company> read_company() override {
    const UtcMillis read_at = clock_.now();
    const Result<client::Answer> answer = session_.get(kProfile, bexio::kMaxProfileBytes);
    if (!answer) return answer.error();
    status_ = answer->status;
    if (answer->status != 200) return answered(answer->status);
    return bexio::parse_profile(answer->body, read_at);
  }

  ConnectionReport test() override {
    status_ = 0;
    ConnectionReport report;
    const Result<Company> company = read_company();
    if (company) {
      report.apis = {"2.0"};
      report.api = "2.0";
      report.items = findings_of(*company, session_.limit());
    } else if (status_ == 401) {
      report.items.push_back(finding("login", CheckState::missing));
    } else if (status_ == 403) {
      report.items.push_back(finding("login", CheckState::ok));
      report.items.push_back(finding("rights", CheckState::missing));
    } else if (status_ == 429) {
      report.items.push_back(finding("limit", CheckState::missing));
    } else if (status_ == 200 || status_ == 404) {
      report.items.push_back(finding("answer", CheckState::missing));
    } else {
      report.items.push_back(finding("reach", CheckState::missing));
    }
    return report;
  }

 private:
  bexio::Session session_;
  const Clock& clock_;
  unsigned status_ = 0;  // of the last answer
};

// A source that cannot be asked, because its settings are wrong; it says so each time.
class Misconfigured : public CompanySource {
 public:
  explicit Misconfigured(Error error) : error_(std::move(error)) {}
  Result<Company> read_company() override { return error_; }
  ConnectionReport test() override {
    ConnectionReport report;
    report.items.push_back(
        finding(error_.fault == Fault::refused ? "login" : "reach", CheckState::missing));
    return report;
  }

 private:
  Error error_;
};

}  // namespace

std::unique_ptr<CompanySource> make_bexio(BexioSettings settings, std::string token,
                                          const Clock& clock,
                                          std::function<void(std::chrono::milliseconds)> sleep,
                                          Random& random) {
  if (!is_token(token)) {
    return std::make_unique<Misconfigured>(
        Error{Fault::refused, "bexio: the token is empty or holds characters that none has"});
  }
  Result<client::Endpoint> endpoint = client::parse_base_url(settings.base_url);
  if (!endpoint) {
    return std::make_unique<Misconfigured>(
        Error{endpoint.error().fault, "bexio: base address: " + endpoint.error().detail});
  }
  endpoint->timeout = settings.timeout;
  endpoint->ca_file = settings.ca_file;
  return std::make_unique<Bexio>(*std::move(endpoint), std::move(token), clock, std::move(sleep),
                                 random);
}

}  // namespace refledger::ingest
