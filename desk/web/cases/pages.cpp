#include "desk/web/cases/pages.h"

#include <algorithm>
#include <array>

#include "ingest/source/zone.h"
#include "ledger/core/text.h"

namespace refledger::site {
namespace {

using desk::Standing;

struct RolePair {
  access::Role web;
  desk::Role desk;
};
constexpr std::array<RolePair, 5> kRolePairs{
    {{access::Role::clerk, desk::Role::clerk},
     {access::Role::approver, desk::Role::approver},
     {access::Role::signatory, desk::Role::signatory},
     {access::Role::administrator, desk::Role::administrator},
     {access::Role::auditor, desk::Role::auditor}}};

std::string after_dot(const std::string& text) {
  const std::size_t dot = text.find('.');
  return dot == std::string::npos ? text : text.substr(dot + 1);
}

// "functions.2.tasks" -> "2" and "tasks".
std::pair<std::string, std::string> split_rest(const std::string& field) {
  const std::string rest = after_dot(field);
  const std::size_t dot = rest.find('.');
  if (dot == std::string::npos) return {rest, ""};
  return {rest.substr(0, dot), rest.substr(dot + 1)};
}

bool knows(const Context& context, const std::string& key) {
  return context.text("cases." + key) != "cases." + key;
}

Standing standing_of(const desk::Dossier& dossier, const CasePages& pages, Date today) {
  desk::Case one;
  one.stage = dossier.stage;
  one.waiting = dossier.waiting;
  one.facts = dossier.facts;
  one.person = dossier.person;
  one.opened_at = dossier.opened_at;
  if (!dossier.changes.empty()) one.changed["any"] = "";
  if (dossier.stage == desk::Stage::open &&
      std::ranges::find(dossier.changes, desk::Change::no_longer_ended) != dossier.changes.end()) {
    one.changed = {{desk::kGoesOn, "yes"}};
  }
  Standing standing = desk::row_of(one, dossier.sheet, pages.parts.issuer->policy, today,
                                   pages.parts.issuer->time_zone)
                          .standing;
  if (dossier.flow == desk::FlowStage::outdated) standing = Standing::writing;
  return standing;
}

}  // namespace

Result<Date> CasePages::today(UtcMillis now) const {
  return ingest::local_date(now, parts.issuer->time_zone);
}

desk::Actor actor_of(const Context& context) {
  desk::Actor actor;
  if (!context.user) return actor;
  actor.id = context.user->id;
  actor.name = context.user->name;
  for (const RolePair& pair : kRolePairs) {
    if (context.user->roles.has(pair.web)) actor.roles.insert(pair.desk);
  }
  return actor;
}

std::string code_of(const Context& context) { return http::code_of(context.language); }

std::string said(const Context& context, const std::string& key, const Blanks& blanks) {
  return context.text("cases." + key, blanks);
}

std::string in_language(const Context& context, const letter::InLanguages& texts) {
  const auto found = texts.find(code_of(context));
  if (found != texts.end()) return found->second;
  return texts.empty() ? std::string() : texts.begin()->second;
}

std::string folded(const std::string& text) {
  std::string low;
  for (const char letter : text) {
    low += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  return low;
}

std::string shown_day(const Context& context, const std::string& day) {
  const Result<Date> date = parse_date(day, "day");
  return date ? context.date(*date) : day;
}

std::string tone_of(Standing standing) {
  switch (standing) {
    case Standing::to_settle:
    case Standing::returned:
    case Standing::changed:
      return "late";
    case Standing::undelivered:
      return "bad";
    case Standing::to_approve:
    case Standing::to_issue:
    case Standing::to_sign:
    case Standing::to_hand_out:
    case Standing::under_way:
      return "wait";
    case Standing::done:
      return "good";
    case Standing::to_write:
    case Standing::writing:
    case Standing::by_itself:
    case Standing::withdrawn:
    case Standing::resting:
      return "plain";
  }
  return "plain";
}

std::string waiting_said(const Context& context, desk::Waiting waiting, const std::string& field) {
  if (waiting == desk::Waiting::nothing) return {};
  return said(context, std::string("waiting_") + desk::name_of(waiting), {{"value", field}});
}

const letter::Pack* pack_of(const CasePages& pages, const std::string& country, UtcMillis now) {
  const Result<Date> today = pages.today(now);
  if (!today) return nullptr;
  const auto pack = pages.parts.issuer->rules->packs.find(country, *today);
  return pack ? *pack : nullptr;
}

std::string type_name(const Context& context, const CasePages& pages, const std::string& country,
                      const std::string& type) {
  if (type.empty()) return {};
  const letter::Pack* pack = pack_of(pages, country, context.now);
  const auto found = pack == nullptr ? std::map<std::string, letter::DocumentType>::const_iterator{}
                                     : pack->types.find(type);
  if (pack == nullptr || found == pack->types.end()) return type;
  return in_language(context, found->second.names);
}

std::string field_said(const Context& context, const std::string& field) {
  const std::string root = field.substr(0, field.find('.'));
  const auto [which, leaf] = split_rest(field);
  if (field == root)
    return knows(context, "field_" + field) ? said(context, "field_" + field) : field;
  if (root == "functions") {
    const std::string label = said(context, leaf == "to" ? "field_until" : "field_" + leaf);
    return which == "1" ? label : label + " (" + which + ")";
  }
  if (root == "ratings") {
    const std::string name = said(context, "criterion_" + which);
    return leaf == "grade" ? name : name + ": " + said(context, "evidence");
  }
  if (root == "signatories") return said(context, "field_signature") + " " + which;
  if (root == "overrides") return said(context, "field_override");
  if (root == "reasons")
    return said(context, "reason_for", {{"field", field_said(context, which)}});
  if (root == "grounds")
    return said(context, "reason_for", {{"field", field_said(context, which)}});
  if (root == "leave_out")
    return said(context, "leave_out", {{"field", field_said(context, which)}});
  if (root == "edited")
    return said(context, "section_edited", {{"section", section_said(context, which)}});
  return field_said(context, which);
}

std::string section_said(const Context& context, const std::string& section) {
  std::string base = section;
  std::string number;
  if (const std::size_t dash = section.rfind('-'); dash != std::string::npos) {
    base = section.substr(0, dash);
    number = " " + section.substr(dash + 1);
  }
  return knows(context, "section_" + base) ? said(context, "section_" + base) + number : section;
}

// "NAME: missing" and the like come from the rules; everything else is said in general words.
std::string error_said(const Context& context, const Error& error) {
  const std::size_t colon = error.detail.find(": ");
  const std::string what = error.detail.substr(0, colon);
  const std::string rest = colon == std::string::npos ? "" : error.detail.substr(colon + 2);
  if (what == "reason") {
    const std::size_t last = rest.rfind(' ');
    return said(context, "error_reason", {{"field", field_said(context, rest.substr(last + 1))}});
  }
  if (what == "checks") return said(context, "error_checks");
  if (rest == "missing") {
    return said(context, "error_missing", {{"field", field_said(context, what)}});
  }
  if (error.detail == "nobody approves what they wrote") return said(context, "error_own");
  if (error.detail == "your role does not allow this") return said(context, "error_role");
  if (error.detail == "a second person has to approve it first") {
    return said(context, "error_second");
  }
  if (error.detail == "it changed since it was approved") return said(context, "error_outdated");
  if (error.detail == "case: somebody changed the draft meanwhile") {
    return said(context, "error_stale");
  }
  if (colon != std::string::npos && knows(context, "field_" + what)) {
    return said(context, "error_field", {{"field", field_said(context, what)}});
  }
  const std::string key = std::string("error_") + name_of(error.fault);
  return knows(context, key) ? said(context, key) : said(context, "error_other");
}

std::string origin_said(const Context& context, const ingest::Provenance& from) {
  const Blanks blanks{
      {"source", from.source}, {"field", from.field}, {"at", context.time(from.read_at)}};
  constexpr std::string_view kTyped = "typed by ";
  if (from.source.starts_with(kTyped)) {
    return said(context, "origin_typed",
                {{"name", from.source.substr(kTyped.size())}, {"at", context.time(from.read_at)}});
  }
  if (from.source == "settings") return said(context, "origin_settings");
  if (from.source == "rule") return said(context, "origin_rule");
  return said(context, "origin_source", blanks);
}

Json letter_json(const letter::Letter& letter) {
  Json sections = Json::array();
  for (const letter::Section& section : letter.sections) {
    Json paragraphs = Json::array();
    for (const std::string& one : section.paragraphs) paragraphs.push_back({{"words", one}});
    sections.push_back({{"is_list", section.list}, {"paragraphs", std::move(paragraphs)}});
  }
  Json signatures = Json::array();
  for (const letter::Signature& one : letter.signatures) {
    std::string lines;
    for (const std::string& line : one.lines) lines += (lines.empty() ? "" : ", ") + line;
    signatures.push_back({{"who", one.name}, {"lines", lines}});
  }
  return {{"letter_title", letter.title},       {"letter_lang", letter.language},
          {"sections", std::move(sections)},    {"place_and_date", letter.place_and_date},
          {"employer", letter.employer},        {"signatures", std::move(signatures)},
          {"mode_caption", letter.mode_caption}};
}

Json head_of(const Context& context, const CasePages& pages, const desk::Dossier& dossier,
             const std::string& current) {
  const auto value = [&](const char* name) {
    return desk::value_of(dossier.facts, name).value_or("");
  };
  const Result<Date> today = pages.today(context.now);
  const Standing standing = today ? standing_of(dossier, pages, *today) : Standing::to_write;
  const std::string country = dossier.sheet.text("country").empty() ? value("governing_law")
                                                                    : dossier.sheet.text("country");
  const bool open = desk::may_change(dossier.stage);
  const std::string base = "/cases/" + dossier.case_id;
  Json tabs = Json::array();
  const auto tab = [&](const std::string& name, const std::string& path) {
    tabs.push_back({{"label", said(context, "tab_" + name)},
                    {"href", base + path},
                    {"here", name == current}});
  };
  tab("case", "");
  if (open) tab("write", "/write/type");
  if (open && dossier.sheet.version > 0) tab("hearing", "/hearing");
  if (open && dossier.sheet.version > 0) tab("approval", "/approval");
  using access::Role;
  if (!open && context.may(Role::clerk | Role::approver | Role::administrator | Role::auditor)) {
    tab("handing", "/handing");
  }
  return {{"person", value("given_name") + " " + value("family_name")},
          {"position", value("position")},
          {"base", base},
          {"standing", said(context, std::string("standing_") + desk::name_of(standing))},
          {"tone", tone_of(standing)},
          {"country", country},
          {"interim", dossier.interim},
          {"last_day", dossier.interim ? "" : shown_day(context, value("employed_to"))},
          {"type_name", type_name(context, pages, country, dossier.sheet.text("type"))},
          {"tabs", std::move(tabs)},
          {"version", std::to_string(dossier.sheet.version)}};
}

Json next_of(const Context& context, const CasePages& pages, const desk::Dossier& dossier) {
  const Result<Date> today = pages.today(context.now);
  const Standing standing = today ? standing_of(dossier, pages, *today) : Standing::to_write;
  const std::string base = "/cases/" + dossier.case_id;
  const bool writes = context.may(kWriters);
  const bool approves = context.may(kApprovers);
  Json next{{"text", said(context, std::string("next_") + desk::name_of(standing))}};
  const auto go = [&](const std::string& path, const std::string& key) {
    next["href"] = base + path;
    next["label"] = said(context, key);
  };
  switch (standing) {
    case Standing::to_write:
      if (writes) go("/write/type", "do_begin");
      break;
    case Standing::writing:
      if (dossier.flow == desk::FlowStage::outdated) next["text"] = said(context, "next_outdated");
      if (writes) go("/write/type", "do_write");
      break;
    case Standing::returned:
      next["quote"] = dossier.sheet.returned ? dossier.sheet.returned->reason : "";
      next["quote_by"] = dossier.sheet.returned ? dossier.sheet.returned->by.name : "";
      if (writes) go("/write/type", "do_write");
      break;
    case Standing::to_approve:
      if (dossier.own) next["text"] = said(context, "next_own");
      if (approves && !dossier.own) go("/approval", "do_approve");
      break;
    case Standing::to_issue:
      if (writes) go("/issue", "do_issue");
      break;
    case Standing::to_settle:
      next["text"] = waiting_said(context, dossier.waiting, dossier.waiting_field);
      if (writes) go("/write/type", "do_write_instead");
      if (approves && (dossier.waiting == desk::Waiting::to_release ||
                       dossier.waiting == desk::Waiting::stopped ||
                       dossier.waiting == desk::Waiting::deleted_in_source)) {
        next["release"] = true;
      }
      break;
    case Standing::by_itself:
      if (writes) next["hold"] = true;
      if (writes) go("/write/type", "do_write_instead");
      break;
    case Standing::to_sign:
      next["text"] = waiting_said(context, dossier.waiting, "");
      if (writes && dossier.waiting == desk::Waiting::signature_elsewhere) {
        go("/signature", "do_sign");
      }
      next["print"] = dossier.waiting == desk::Waiting::signature_by_hand;
      next["register"] = writes && dossier.waiting == desk::Waiting::signature_by_hand;
      break;
    case Standing::to_hand_out:
      next["print"] = true;
      next["handed_out"] = writes;
      break;
    case Standing::undelivered:
      next["text"] = waiting_said(context, dossier.waiting, "");
      next["arrived"] = writes && dossier.stage == desk::Stage::delivery_unknown;
      break;
    case Standing::changed: {
      std::string changed;
      for (const desk::Change change : dossier.changes) {
        const std::string name =
            said(context, "change_" + std::to_string(static_cast<int>(change)));
        changed += (changed.empty() ? "" : ", ") + name;
      }
      next["text"] = said(context, "next_changed", {{"what", changed}});
      next["settle"] = writes;
      break;
    }
    case Standing::under_way:
    case Standing::done:
    case Standing::withdrawn:
    case Standing::resting:
      break;
  }
  return next;
}

}  // namespace refledger::site
