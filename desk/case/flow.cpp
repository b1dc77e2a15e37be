#include "desk/case/flow.h"

#include <cstdlib>

#include "desk/case/subject.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::desk {
namespace {

Error past(std::string_view what) { return {Fault::conflict, "case: " + std::string(what)}; }

Result<void> need_version(const Sheet& sheet, std::uint64_t version) {
  if (version == sheet.version) return {};
  return past("somebody changed the draft meanwhile");
}

}  // namespace

const char* name_of(FlowStage stage) {
  switch (stage) {
    case FlowStage::unwritten:
      return "unwritten";
    case FlowStage::writing:
      return "writing";
    case FlowStage::asked:
      return "asked";
    case FlowStage::returned:
      return "returned";
    case FlowStage::approved:
      return "approved";
    case FlowStage::outdated:
      return "outdated";
  }
  std::abort();
}

FlowStage flow_of(const Sheet& sheet) {
  if (sheet.version == 0) return FlowStage::unwritten;
  if (sheet.approval) return FlowStage::approved;
  if (sheet.asked) return FlowStage::asked;
  if (sheet.returned && sheet.returned->version == sheet.version) return FlowStage::returned;
  return FlowStage::writing;
}

Result<std::string> digest_of(const std::string& order, const Examined& examined) {
  Result<Json> asked = from_canonical_json(order, "order");
  if (!asked) return asked.error();
  for (const char* name : {"by", "to"}) asked->erase(name);
  const letter::Letter& letter = examined.written.letter;
  Json claims = subject_of(examined.written, Order{}).claims;
  if (!asked->contains("document_date")) claims.erase("document_date");
  Json signatures = Json::array();
  for (const letter::Signature& one : letter.signatures) {
    signatures.push_back({{"lines", one.lines}, {"name", one.name}});
  }
  Result<std::string> all = to_canonical_json(Json{{"claims", std::move(claims)},
                                                   {"employer", letter.employer},
                                                   {"order", std::move(*asked)},
                                                   {"signatures", std::move(signatures)},
                                                   {"text", letter.text()},
                                                   {"v", 1}});
  if (!all) return all.error();
  return to_hex(sha256(bytes_of(*all)));
}

bool is_own(const Sheet& sheet, const std::string& actor_id) {
  return sheet.authors().count(actor_id) > 0 || (sheet.asked && sheet.asked->by.id == actor_id);
}

Result<void> ask(Sheet& sheet, std::uint64_t version, const Signed& by) {
  if (auto same = need_version(sheet, version); !same) return same;
  if (version == 0) return past("nothing was written yet");
  if (sheet.approval) return past("it is approved already");
  sheet.asked = Given{by, version, "", ""};
  sheet.returned.reset();
  return {};
}

Result<void> approve(Sheet& sheet, std::uint64_t version, const std::string& digest,
                     const std::string& text, const Signed& by) {
  if (auto same = need_version(sheet, version); !same) return same;
  if (is_own(sheet, by.id)) return Error{Fault::refused, "nobody approves what they wrote"};
  if (!sheet.asked) return past("nobody asked for an approval");
  if (sheet.approval && sheet.approval->digest == digest) return past("it is approved already");
  sheet.approval = Given{by, version, digest, ""};
  sheet.last_approved = Approved{*sheet.approval, sheet.texts(), text};
  return {};
}

Result<void> send_back(Sheet& sheet, std::uint64_t version, const std::string& reason,
                       const Signed& by) {
  if (auto same = need_version(sheet, version); !same) return same;
  if (!sheet.asked) return past("nobody asked for an approval");
  sheet.returned = Given{by, version, "", reason};
  sheet.asked.reset();
  sheet.approval.reset();
  return {};
}

Result<void> need_approval(const Sheet& sheet, const std::string& digest) {
  if (!sheet.approval) return Error{Fault::refused, "a second person has to approve it first"};
  if (is_own(sheet, sheet.approval->by.id)) {
    return Error{Fault::refused, "nobody approves what they wrote"};
  }
  if (sheet.approval->digest != digest || sheet.approval->version != sheet.version) {
    return Error{Fault::refused, "it changed since it was approved"};
  }
  return {};
}

std::vector<Difference> since_approval(const Sheet& sheet) {
  std::vector<Difference> found;
  if (!sheet.last_approved) return found;
  const Fields& before = sheet.last_approved->fields;
  for (const auto& [name, entry] : sheet.fields) {
    const auto at = before.find(name);
    const std::string was = at == before.end() ? "" : at->second;
    if (was != entry.text) found.push_back({name, was, entry.text, entry.by});
  }
  return found;
}

}  // namespace refledger::desk
