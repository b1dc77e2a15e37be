#include "tools/refledger/issue_control.h"

#include "ledger/core/encoding.h"
#include "tools/refledger/issue_json.h"

namespace refledger::tools {
namespace {

Result<Json> told(Result<desk::Issued> issued) {
  if (!issued) return issued.error();
  return to_json(*issued);
}

Result<Json> issue(desk::Desk& desk, const Json& body) {
  const Result<std::string> order = string_member(body, "order");
  if (!order) return order.error();
  const Result<std::string> name = string_member(body, "mode");
  if (!name) return name.error();
  const Result<letter::SigningMode> mode = letter::parse_signing_mode(*name);
  if (!mode) return mode.error();
  const Result<std::string> chain = string_member(body, "chain");
  if (!chain) return chain.error();
  const Result<std::string> second = string_member(body, "second_chain");
  if (!second) return second.error();
  if (!body.contains("seal_first") || !body["seal_first"].is_boolean()) {
    return Error{Fault::malformed, "seal_first: true or false is expected"};
  }
  return told(desk.issue_order(*order, *mode, {*chain, *second, body["seal_first"].get<bool>()}));
}

Result<Json> test(desk::Desk& desk, const Json& body) {
  const Result<std::string> order = string_member(body, "order");
  if (!order) return order.error();
  return told(desk.test_document(*order));
}

Result<Json> assemble(desk::Desk& desk, const std::string& case_id, const Json& body) {
  const Result<std::string> text = string_member(body, "signature");
  if (!text) return text.error();
  const Result<Bytes> signature = from_base64(*text, "signature");
  if (!signature) return signature.error();
  return told(desk.assemble(case_id, *signature));
}

Result<Json> register_signed(desk::Desk& desk, const std::string& case_id, const Json& body) {
  const Result<std::string> by = string_member(body, "by");
  if (!by) return by.error();
  return told(desk.register_signed(case_id, *by));
}

}  // namespace

Result<Json> issue_by(desk::Desk& desk, const std::string& path, const Json& body) {
  if (path == "/issue") return issue(desk, body);
  if (path == "/issue/test") return test(desk, body);
  const Result<std::string> case_id = string_member(body, "case");
  if (!case_id) return case_id.error();
  if (path == "/issue/assemble") return assemble(desk, *case_id, body);
  if (path == "/issue/register") return register_signed(desk, *case_id, body);
  if (path != "/issue/handed-out") return Error{Fault::not_found, "no such command"};
  if (auto done = desk.handed_out(*case_id); !done) return done.error();
  desk::Issued issued;
  issued.case_id = *case_id;
  issued.stage = desk::Stage::delivered;
  return to_json(issued);
}

}  // namespace refledger::tools
