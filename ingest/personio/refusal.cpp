#include "ingest/personio/refusal.h"

#include <algorithm>
#include <array>

#include "ledger/core/json.h"

namespace refledger::ingest::personio {
namespace {

constexpr std::size_t kMaxBody = 64 * 1024;
constexpr std::size_t kMaxWord = 40;
constexpr std::size_t kMaxLine = 160;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ',' || c == ':' ||
         c == '_' || c == '-' || c == '[' || c == ']' || c == '(' || c == ')' || c == '/';
}

// Splits at blanks; a word that is not plain becomes "…".
std::string plain_words(std::string_view text) {
  std::string out;
  bool left_out = false;
  while (!text.empty() && out.size() < kMaxLine) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const bool plain = word.size() <= kMaxWord && std::all_of(word.begin(), word.end(), is_plain);
    if (!plain && left_out) continue;
    left_out = !plain;
    if (!out.empty()) out += ' ';
    out += plain ? word : std::string_view("…");
  }
  return out == "…" ? "" : out;
}

std::string text_at(const Json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? plain_words(found->get<std::string>()) : "";
}

// The more telling of two: what exactly, else what in general.
std::string first_of(const Json& object, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    std::string text = text_at(object, name);
    if (!text.empty()) return text;
  }
  return {};
}

const Json& first_in(const Json& value) {
  static const Json kNothing;
  if (value.is_object()) return value;
  return value.is_array() && !value.empty() ? value.front() : kNothing;
}

}  // namespace

std::string refusal_in(std::string_view body) {
  const Result<Json> parsed = parse_json(body, kMaxBody, "refusal");
  if (!parsed) return {};
  const Json& outer = first_in(*parsed);
  const std::initializer_list<const char*> names = {"detail", "title", "error_description",
                                                    "message"};
  for (const char* wrapper : {"errors", "error"}) {
    if (!outer.is_object() || !outer.contains(wrapper)) continue;
    std::string text = first_of(first_in(outer[wrapper]), names);
    if (!text.empty()) return text;
  }
  std::string text = first_of(outer, names);
  return text.empty() ? first_of(outer, {"error"}) : text;
}

}  // namespace refledger::ingest::personio
