#include "tools/refledger/tables.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace refledger::tools {
namespace {

std::size_t width_of(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string count(const Json& report, const char* name) {
  return std::to_string(report.value(name, std::uint64_t{0}));
}

std::string act_text(const Json& act) {
  const std::string what = act.value("act", "");
  const std::string issue = act.value("issue", "");
  const std::string waiting = act.value("waiting", "nothing");
  std::string text = what == "open"        ? "open a case"
                     : what == "draft"     ? "draft the case anew"
                     : what == "rest"      ? "lay the case to rest: the person works on"
                     : what == "note"      ? "note a change after issuing"
                     : what == "readdress" ? "send to another address"
                                           : "note that the HR system no longer has this person";
  if (!issue.empty()) text += ", issue it from " + issue;
  if (waiting != "nothing") text += ", waiting for HR (" + waiting + ")";
  return text;
}

std::string acts_text(const Json& report) {
  std::string out;
  for (const Json& each : report.value("acts", Json::array())) {
    out += "  person " + each.value("person", "") + ": " + act_text(each) + "\n";
  }
  return out.empty() ? "  nothing\n" : out;
}

std::string notes(const Json& cases) {
  std::string out;
  for (const Json& each : cases) {
    const std::string note = each.value("note", "");
    if (!note.empty()) out += "\n" + each.value("reference", "") + ": " + note + "\n";
  }
  return out;
}

}  // namespace

std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::ostringstream out;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out << row[i];
      if (i + 1 < row.size()) out << std::string(widths[i] - width_of(row[i]) + 2, ' ');
    }
    out << "\n";
  }
  return out.str();
}

std::string sync_table(const Json& report) {
  std::string out = count(report, "people") + " people read" +
                    (report.value("complete", false) ? "" : " (those who changed)") + ", " +
                    count(report, "leavers") + " have left.\n";
  if (report.value("dry_run", false)) {
    out += "Nothing was done. This would happen:\n" + acts_text(report);
  } else {
    out += count(report, "opened") + " new cases, " + count(report, "issued") +
           " references issued, " + count(report, "delivered") + " delivered; " +
           count(report, "waiting") + " cases wait for HR.\n";
  }
  for (const Json& each : report.value("lost", Json::array())) {
    out += "No longer delivered by the HR system: " + each.get<std::string>() +
           "; see `refledger source test`\n";
  }
  for (const Json& each : report.value("unusable", Json::array())) {
    out += "Not usable: " + each.get<std::string>() + "\n";
  }
  for (const Json& each : report.value("problems", Json::array())) {
    out += "Left for the next time: " + each.get<std::string>() + "\n";
  }
  return out;
}

std::string former_table(const Json& people) {
  if (people.empty()) return "Nobody has left, as far as the HR system was read.\n";
  std::vector<Row> rows{{"PERSON", "FIRST DAY", "LAST DAY", ""}};
  for (const Json& each : people) {
    std::string remark = each.value("has_case", false) ? "has a case" : "";
    if (each.value("deleted_in_source", false)) {
      remark += std::string(remark.empty() ? "" : ", ") + "deleted in the HR system";
    }
    rows.push_back({each.value("person", ""), each.value("employed_from", ""),
                    each.value("employed_to", ""), std::move(remark)});
  }
  return table(rows);
}

std::string words_table(const Json& words) {
  if (words.empty()) return "Nothing is known yet.\n";
  std::vector<Row> rows{{"", "FIELD", "VALUE", "SOURCE", "WHO SAYS SO", "WHEN", ""}};
  for (const Json& each : words) {
    const std::string key = each.value("key", "");
    std::string remark = each.value("reason", "");
    if (each.value("chosen", false)) remark = "chosen" + (remark.empty() ? "" : "; " + remark);
    if (each.value("disputed", false)) remark = "disputed" + (remark.empty() ? "" : "; " + remark);
    rows.push_back({each.value("counts", false) ? "*" : "", each.value("field", ""),
                    each.value("value", ""), each.value("account", ""),
                    each.value("source", "") + (key.empty() ? "" : ": " + key),
                    each.value("read_at", "").substr(0, 16), std::move(remark)});
  }
  return table(rows);
}

std::string ordered_table(const Json& answer) {
  const std::string order = answer.value("order", "opened");
  return "Noted: " + order + " " + answer.value("case", "") + "\n";
}

std::string cases_table(const Json& cases) {
  if (cases.empty()) return "Nobody has left yet. New leavers appear here after the next sync.\n";
  std::vector<Row> rows{
      {"LAST DAY", "NAME", "POSITION", "LAW", "STAGE", "CASE", "REFERENCE / WAITS FOR"}};
  for (const Json& each : cases) {
    const std::string planned = each.value("planned", "");
    std::string last = each.value("waiting_for", "");
    if (last.empty() && !planned.empty()) last = "to be issued from " + planned;
    if (last.empty()) last = each.value("reference", "");
    rows.push_back({each.value("employed_to", ""), each.value("name", ""),
                    each.value("position", ""), each.value("country", ""), each.value("stage", ""),
                    each.value("case", ""), std::move(last)});
  }
  std::sort(rows.begin() + 1, rows.end());
  return table(rows) + notes(cases);
}

std::string reading_table(const Json& reading) {
  std::string out;
  const Json unusable = reading.value("unusable", Json::array());
  if (!unusable.empty()) out += "\nCannot be read; correct these in the HR system:\n";
  for (const Json& each : unusable) out += "  " + each.get<std::string>() + "\n";
  const Json missing = reading.value("not_delivered", Json::array());
  if (!missing.empty()) out += "\nNot delivered by the HR system, and left out:\n";
  for (const Json& each : missing) out += "  " + each.get<std::string>() + "\n";
  return out;
}

std::string withdrawn_table(const Json& answer) {
  return "Withdrawn: " + answer.value("id", "") + "\n";
}

}  // namespace refledger::tools
