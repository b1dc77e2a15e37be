#include "tools/refledger/kept_settings.h"

#include "ledger/core/json.h"
#include "render/pdf/pdf.h"

namespace refledger::tools {
namespace {

constexpr std::string_view kSettings = "settings";
constexpr std::string_view kLogo = "logo";
constexpr std::string_view kAll = "all";

Result<std::optional<Bytes>> read_item(const vault::Vault& vault, std::string_view kind) {
  const auto item = vault.find(kind, kAll);
  if (!item) return item.error();
  if (!*item) return std::optional<Bytes>();
  Result<Bytes> content = vault.get(**item, kind);
  if (!content) return content.error();
  return std::optional<Bytes>(*std::move(content));
}

Result<void> keep_item(vault::Vault& vault, std::string_view kind, ByteView content) {
  const auto item = vault.find(kind, kAll);
  if (!item) return item.error();
  if (*item) return content.empty() ? vault.erase(**item) : vault.replace(**item, kind, content);
  if (content.empty()) return {};
  const Result<vault::ItemId> added = vault.add(kind, kAll, content);
  if (!added) return added.error();
  return {};
}

}  // namespace

Result<SettingsValues> read_kept_settings(const vault::Vault& vault) {
  const Result<std::optional<Bytes>> content = read_item(vault, kSettings);
  if (!content) return content.error();
  SettingsValues values;
  if (!*content) return values;
  const Result<Json> parsed = from_canonical_json(text_of(**content), kSettings);
  if (!parsed) return parsed.error();
  for (const auto& [key, value] : parsed->items()) {
    if (!value.is_string()) return Error{Fault::malformed, "settings: not as they were written"};
    values[key] = value.get<std::string>();
  }
  return values;
}

Result<void> keep_settings(vault::Vault& vault, const SettingsValues& values) {
  const Result<std::string> text = to_canonical_json(Json(values));
  if (!text) return text.error();
  return keep_item(vault, kSettings, bytes_of(*text));
}

Result<std::optional<Bytes>> read_kept_logo(const vault::Vault& vault) {
  return read_item(vault, kLogo);
}

Result<void> keep_logo(vault::Vault& vault, ByteView bytes) {
  return keep_item(vault, kLogo, bytes);
}

Result<Settings> effective_settings(const Settings& given, const vault::Vault& vault) {
  const Result<SettingsValues> kept = read_kept_settings(vault);
  if (!kept) return kept.error();
  Settings settings = given;
  if (!kept->empty()) {
    Result<Settings> read = read_settings_so_far(given.file, *kept);
    if (!read) return read.error();
    settings = *std::move(read);
  }
  if (!settings.missing.empty()) {
    return Error{Fault::malformed, settings.missing.front() + " is missing"};
  }
  const Result<std::optional<Bytes>> logo = read_kept_logo(vault);
  if (!logo) return logo.error();
  if (*logo) {
    Result<pdf::Logo> drawn = pdf::Logo::read(**logo);
    if (!drawn) return drawn.error();
    settings.issuer.letterhead.logo = *std::move(drawn);
  }
  return settings;
}

}  // namespace refledger::tools
