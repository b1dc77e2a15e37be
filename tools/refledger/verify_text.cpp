// What `refledger verify` prints.
#include <map>
#include <sstream>

#include "ledger/core/json.h"
#include "tools/refledger/verify_command.h"

namespace refledger::tools {
namespace {

using verify::Report;

std::string line(const char* label, const std::string& value) {
  std::string padded = label;
  padded.resize(16, ' ');
  return value.empty() ? "" : "  " + padded + value + "\n";
}

const std::vector<std::pair<const char*, const char*>>& shown_claims() {
  static const std::vector<std::pair<const char*, const char*>> shown{
      {"given_name", "Given name"}, {"family_name", "Family name"}, {"birthdate", "Date of birth"},
      {"employer", "Employer"},     {"position", "Position"},       {"department", "Department"},
      {"employed_from", "From"},    {"employed_to", "To"},          {"workload", "Workload"},
      {"reference_type", "Type"},   {"governing_law", "Law"},       {"document_date", "Dated"},
      {"signing_mode", "Signature"}};
  return shown;
}

// What a claim's value means, where it is a word of ours.
std::string shown(const std::string& claim, const std::string& value) {
  static const std::map<std::string, std::string> modes{
      {"company-seal", "seal of the company, no personal signature"},
      {"qualified", "qualified electronic signature of a person"},
      {"by-hand", "signed by hand; the signed paper is the original"}};
  const auto found = modes.find(value);
  return claim == "signing_mode" && found != modes.end() ? found->second : value;
}

}  // namespace

std::string to_text(const Report& report) {
  std::ostringstream out;
  out << verify::words_for(report.verdict) << "\n  " << report.reason << "\n";
  if (!report.iss.empty()) {
    out << "\n" << line("Issued by", report.issuer_name + " (" + report.iss + ")");
  }
  for (const auto& [name, label] : shown_claims()) {
    const auto found = report.claims.find(name);
    if (found != report.claims.end()) out << line(label, shown(name, found->second));
  }
  if (report.status_as_of) out << line("Status as of", format_time(*report.status_as_of));
  if (report.stamped_at) out << line("Sealed before", format_time(*report.stamped_at));
  if (const auto text = report.claims.find("text"); text != report.claims.end()) {
    out << "\n";
    std::istringstream lines(text->second);
    for (std::string each; std::getline(lines, each);) out << "  | " << each << "\n";
  }
  if (!report.remarks.empty()) out << "\n";
  for (const verify::Remark remark : report.remarks) {
    out << "  Note: " << verify::words_for(remark) << "\n";
  }
  return out.str();
}

std::string to_json_text(const Report& report) {
  Json json{{"verdict", verify::words_for(report.verdict)},
            {"exit", verify::exit_code(report.verdict)},
            {"reason", report.reason},
            {"failed", nullptr},
            {"remarks", Json::array()},
            {"iss", report.iss},
            {"issuer_name", report.issuer_name},
            {"claims", report.claims},
            {"status_as_of", nullptr},
            {"sealed_before", nullptr}};
  if (report.failed) json["failed"] = verify::name_of(*report.failed);
  for (const verify::Remark remark : report.remarks) {
    json["remarks"].push_back(verify::words_for(remark));
  }
  if (report.status_as_of) json["status_as_of"] = format_time(*report.status_as_of);
  if (report.stamped_at) json["sealed_before"] = format_time(*report.stamped_at);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace refledger::tools
