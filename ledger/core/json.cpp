#include "ledger/core/json.h"

#include <algorithm>
#include <set>
#include <vector>

namespace refledger {
namespace {

constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;

// The UTF-16 code units of valid UTF-8: RFC 8785 §3.2.3 sorts names by these.
std::u16string utf16_of(std::string_view utf8) {
  std::u16string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      point = (point << 6) | (static_cast<unsigned char>(utf8[at + i]) & 0x3f);
    }
    at += length;
    if (point < 0x10000) {
      out += static_cast<char16_t>(point);
    } else {
      out += static_cast<char16_t>(0xd800 + ((point - 0x10000) >> 10));
      out += static_cast<char16_t>(0xdc00 + ((point - 0x10000) & 0x3ff));
    }
  }
  return out;
}

Result<void> write(const Json& value, std::string& out);

Result<void> write_text(const std::string& text, std::string& out) {
  try {
    out += Json(text).dump();  // escapes just what RFC 8785 §3.2.2.2 asks for; strict UTF-8
  } catch (const Json::exception&) {
    return Error{Fault::malformed, "JSON: text is not UTF-8"};
  }
  return {};
}

Result<void> write_object(const Json& object, std::string& out) {
  std::vector<std::pair<std::u16string, Json::const_iterator>> members;
  for (auto member = object.begin(); member != object.end(); ++member) {
    std::string checked;
    if (Result<void> name = write_text(member.key(), checked); !name) return name;
    members.emplace_back(utf16_of(member.key()), member);
  }
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  out += '{';
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i > 0) out += ',';
    if (Result<void> name = write_text(members[i].second.key(), out); !name) return name;
    out += ':';
    if (Result<void> held = write(members[i].second.value(), out); !held) return held;
  }
  out += '}';
  return {};
}

Result<void> write_array(const Json& array, std::string& out) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    if (Result<void> held = write(array[i], out); !held) return held;
  }
  out += ']';
  return {};
}

Result<void> write(const Json& value, std::string& out) {
  if (value.is_object()) return write_object(value, out);
  if (value.is_array()) return write_array(value, out);
  if (value.is_string()) return write_text(value.get_ref<const std::string&>(), out);
  if (value.is_null() || value.is_boolean()) {
    out += value.dump();
    return {};
  }
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > kMaxInteger) {
    return Error{Fault::malformed, "JSON: number beyond 2^53 - 1"};
  }
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (number < -kMaxInteger || number > kMaxInteger) {
      return Error{Fault::malformed, "JSON: number beyond 2^53 - 1"};
    }
    out += std::to_string(number);
    return {};
  }
  return Error{Fault::malformed, "JSON: only integers are canonical here"};
}

// Refuses, while parsing, what a later reader could take in two ways or what only costs memory.
class Guard {
 public:
  explicit Guard(int max_depth) : max_depth_(max_depth) {}

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > max_depth_) broken_ = true;
    if (event == Json::parse_event_t::object_start) names_.emplace_back();
    if (event == Json::parse_event_t::object_end && !names_.empty()) names_.pop_back();
    if (event == Json::parse_event_t::key && !names_.empty() &&
        !names_.back().insert(parsed.get<std::string>()).second) {
      broken_ = true;
    }
    return !broken_;
  }
  bool broken() const { return broken_; }

 private:
  int max_depth_;
  bool broken_ = false;
  std::vector<std::set<std::string>> names_;
};

}  // namespace

Result<std::string> to_canonical_json(const Json& value) {
  std::string out;
  if (Result<void> written = write(value, out); !written) return written.error();
  return out;
}

Result<Json> from_canonical_json(std::string_view text, std::string_view what) {
  Result<Json> parsed = parse_json(text, text.size(), what);
  if (!parsed) return parsed.error();
  const Result<std::string> again = to_canonical_json(*parsed);
  if (!again || *again != text) {
    return Error{Fault::malformed, std::string(what) + ": not canonical JSON (RFC 8785)"};
  }
  return parsed;
}

Result<Json> parse_json(std::string_view text, std::size_t max_bytes, std::string_view what,
                        int max_depth) {
  if (text.size() > max_bytes) {
    return Error{Fault::out_of_range,
                 std::string(what) + ": longer than " + std::to_string(max_bytes) + " bytes"};
  }
  // nlohmann keeps its own stack on the heap, so depth costs memory, not the call stack; destroying
  // a deep value is flat too.  The guard still cuts depth, because our own writers recurse.
  Guard guard(max_depth);
  Json value = Json::parse(text, std::ref(guard), /*allow_exceptions=*/false);
  if (value.is_discarded() || guard.broken()) {
    return Error{Fault::malformed, std::string(what) + ": not JSON, too deep, or a name twice"};
  }
  return value;
}

Result<std::string> string_member(const Json& object, const char* name) {
  if (object.is_object()) {
    const auto found = object.find(name);
    if (found != object.end() && found->is_string()) return found->get<std::string>();
  }
  return Error{Fault::malformed, std::string(name) + ": text expected"};
}

Result<std::uint64_t> number_member(const Json& object, const char* name) {
  if (object.is_object()) {
    const auto found = object.find(name);
    if (found != object.end() && found->is_number_unsigned()) return found->get<std::uint64_t>();
  }
  return Error{Fault::malformed, std::string(name) + ": number expected"};
}

bool has_exactly(const Json& object, std::initializer_list<std::string_view> names) {
  if (!object.is_object() || object.size() != names.size()) return false;
  return std::all_of(names.begin(), names.end(),
                     [&](std::string_view name) { return object.contains(std::string(name)); });
}

}  // namespace refledger
