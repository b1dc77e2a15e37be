#include "render/letter/pack.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "ledger/core/file.h"
#include "render/letter/wording.h"

namespace refledger::letter {
namespace {

constexpr std::size_t kMaxBytes = 512 * 1024;
constexpr std::size_t kMaxFiles = 500;

// Each file of `folder` by name, so that errors and results do not depend on the disk's order.
Result<std::vector<std::filesystem::path>> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  std::filesystem::directory_iterator at(folder, error);
  for (; !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
    if (at->path().extension() == ".json") files.push_back(at->path());
    if (files.size() > kMaxFiles) return Error{Fault::out_of_range, "rules: too many files"};
  }
  if (error) return Error{Fault::storage, "rules: " + folder.string() + ": " + error.message()};
  std::sort(files.begin(), files.end());
  return files;
}

// "CH.json", "DE-2025.json": named by their country; the other files of the folder are not packs.
bool is_pack(const std::string& name) {
  const auto is_capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
  return name.size() > 2 && is_capital(name[0]) && is_capital(name[1]) &&
         (name[2] == '.' || name[2] == '-');
}

}  // namespace

const char* name_of(Rule rule) {
  switch (rule) {
    case Rule::mandatory:
      return "mandatory";
    case Rule::usual:
      return "usual";
    case Rule::on_request:
      return "on_request";
    case Rule::conditional:
      return "conditional";
    case Rule::forbidden:
      return "forbidden";
  }
  std::abort();
}

const char* name_of(Automatic automatic) {
  switch (automatic) {
    case Automatic::never:
      return "never";
    case Automatic::on_wish:
      return "on_wish";
    case Automatic::always:
      return "always";
  }
  std::abort();
}

const char* name_of(DateRule rule) {
  return rule == DateRule::legal_end ? "legal_end" : "signing_day";
}

const char* name_of(Satisfies satisfies) {
  switch (satisfies) {
    case Satisfies::yes:
      return "yes";
    case Satisfies::no:
      return "no";
    case Satisfies::with_consent:
      return "with_consent";
  }
  std::abort();
}

const char* name_of(CheckLevel level) {
  switch (level) {
    case CheckLevel::block:
      return "block";
    case CheckLevel::warn:
      return "warn";
    case CheckLevel::hint:
      return "hint";
    case CheckLevel::off:
      return "off";
  }
  std::abort();
}

const std::vector<std::string_view>& field_names() {
  static const std::vector<std::string_view> names{"employer",
                                                   "employer_description",
                                                   "name",
                                                   "academic_title",
                                                   "birthdate",
                                                   "place_of_origin",
                                                   "employed_from",
                                                   "employed_to",
                                                   "function",
                                                   "function_period",
                                                   "department",
                                                   "workload",
                                                   "tasks",
                                                   "training",
                                                   "performance",
                                                   "conduct",
                                                   "absence_mention",
                                                   "leaving_reason",
                                                   "health_cover",
                                                   "thanks",
                                                   "wishes",
                                                   "introduction",
                                                   "closing",
                                                   "document_date",
                                                   "signature"};
  return names;
}

const std::vector<std::string_view>& section_names() {
  static const std::vector<std::string_view> names{
      "introduction", "employer", "opening", "function",     "training", "performance", "conduct",
      "absence",      "leaving",  "thanks",  "health_cover", "scope",    "closing"};
  return names;
}

const FieldRule& DocumentType::field(std::string_view name) const {
  const auto found = fields.find(std::string(name));
  if (found == fields.end()) std::abort();  // parse_pack() saw to it that each is there
  return found->second;
}

const SigningRule& DocumentType::signing_rule(SigningMode mode) const {
  const auto found = std::find_if(signing.begin(), signing.end(),
                                  [&](const SigningRule& rule) { return rule.mode == mode; });
  if (found == signing.end()) std::abort();
  return *found;
}

Result<const DocumentType*> Pack::type(const std::string& id) const {
  const auto found = types.find(id);
  if (found == types.end()) return Error{Fault::not_found, "type: not in the rules of " + country};
  return &found->second;
}

Result<void> Packs::add_pack(std::string_view json, const std::string& file) {
  Result<Pack> pack = parse_pack(json, file);
  if (!pack) return pack.error();
  const bool same_day = std::any_of(packs_.begin(), packs_.end(), [&](const Pack& other) {
    return other.country == pack->country && other.valid_from == pack->valid_from;
  });
  if (same_day) return Error{Fault::malformed, file + ": valid_from: another file has this day"};
  packs_.push_back(*std::move(pack));
  return {};
}

Result<void> Packs::add_wording(std::string_view json, const std::string& file) {
  Result<Wording> wording = Wording::parse(json, file);
  if (!wording) return wording.error();
  if (file != "wording-" + wording->language + ".json") {
    return Error{Fault::malformed, file + ": language: not the one of the file's name"};
  }
  const std::string language = wording->language;
  wordings_[language] = std::make_shared<const Wording>(*std::move(wording));
  return {};
}

// Whatever a pack lets HR rate can be said in every language.
Result<void> Packs::check_criteria() const {
  for (const char* language : {"de", "fr", "it", "en"}) {
    const std::string file = std::string("wording-") + language + ".json";
    const Result<const Wording*> found = wording(language);
    if (!found) return Error{Fault::not_found, "rules: " + file + " is missing"};
    for (const Pack& pack : packs_) {
      for (const auto& [id, type] : pack.types) {
        for (const auto& [criterion, rule] : type.criteria) {
          const bool conduct = wording_of(criterion) == "conduct";
          const bool known = (*found)->ratings.count(std::string(wording_of(criterion))) > 0 &&
                             (!conduct || (*found)->groups.count(criterion) > 0);
          if (known && conduct == (rule.group == Group::conduct)) continue;
          return Error{Fault::malformed,
                       file + ": ratings: none for " + pack.country + " " + id + " " + criterion};
        }
      }
    }
  }
  return {};
}

Result<Packs> Packs::load(const std::filesystem::path& folder) {
  const Result<std::vector<std::filesystem::path>> files = files_of(folder);
  if (!files) return files.error();
  Packs packs;
  for (const std::filesystem::path& file : *files) {
    const std::string name = file.filename().string();
    const bool is_wording = name.starts_with("wording-");
    if (!is_wording && !is_pack(name)) continue;
    const Result<Bytes> content = read_file(file, kMaxBytes);
    if (!content) return content.error();
    const std::string_view json = text_of(*content);
    const Result<void> added =
        is_wording ? packs.add_wording(json, name) : packs.add_pack(json, name);
    if (!added) return added.error();
  }
  if (packs.packs_.empty()) {
    return Error{Fault::not_found, "rules: no rule pack in " + folder.string()};
  }
  if (auto checked = packs.check_criteria(); !checked) return checked.error();
  return packs;
}

Result<const Wording*> Packs::wording(const std::string& language) const {
  const auto found = wordings_.find(language);
  if (found == wordings_.end()) return Error{Fault::refused, "language: no wording for it"};
  return found->second.get();
}

Result<const Pack*> Packs::find(const std::string& country, Date day) const {
  const Pack* newest = nullptr;
  for (const Pack& pack : packs_) {
    if (pack.country != country || day < pack.valid_from) continue;
    if (newest == nullptr || newest->valid_from < pack.valid_from) newest = &pack;
  }
  if (newest == nullptr) return Error{Fault::not_found, "rules: none for this country and day"};
  return newest;
}

}  // namespace refledger::letter
