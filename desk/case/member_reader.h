// Reads the members of a JSON object that we wrote, one after the other.
//
// Order    The object was checked to have the members (has_exactly) before.
// Errors   malformed, naming the first member that is wrong; what was read then means nothing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/core/encoding.h"
#include "ledger/core/json.h"
#include "ledger/core/time.h"

namespace refledger::desk {

// Reads members one after the other and remembers the first that is wrong.
class MemberReader {
 public:
  explicit MemberReader(const Json& object) : object_(object) {}

  std::string text(const char* name) {
    Result<std::string> value = string_member(object_, name);
    if (!value) fail(name);
    return value ? *value : std::string();
  }
  std::uint64_t number(const char* name) {
    Result<std::uint64_t> value = number_member(object_, name);
    if (!value) fail(name);
    return value ? *value : 0;
  }
  bool flag(const char* name) {
    const Json& value = object_.at(name);
    if (!value.is_boolean()) fail(name);
    return value.is_boolean() && value.get<bool>();
  }
  bool is_null(const char* name) { return object_.at(name).is_null(); }
  UtcMillis time(const char* name) {
    Result<UtcMillis> value = parse_time(text(name), name);
    if (!value) fail(name);
    return value ? *value : UtcMillis{};
  }
  std::optional<UtcMillis> optional_time(const char* name) {
    if (is_null(name)) return std::nullopt;
    return time(name);
  }
  template <class Fixed>
  Fixed hex(const char* name) {
    Result<Bytes> bytes = from_hex(text(name), name);
    const std::optional<Fixed> fixed = bytes ? Fixed::from(*bytes) : std::nullopt;
    if (!fixed) fail(name);
    return fixed.value_or(Fixed{});
  }
  template <class Fixed>
  std::optional<Fixed> optional_hex(const char* name) {
    if (is_null(name)) return std::nullopt;
    return hex<Fixed>(name);
  }
  template <class Enum>
  Enum one_of(const char* name, Enum last) {
    return named(text(name), name, last);
  }
  template <class Enum>
  Enum named(const std::string& word, const char* name, Enum last) {
    for (int n = 0; n <= static_cast<int>(last); ++n) {
      if (word == name_of(static_cast<Enum>(n))) return static_cast<Enum>(n);
    }
    fail(name);
    return Enum{};
  }
  /// An object of texts.
  std::map<std::string, std::string> texts(const char* name) {
    std::map<std::string, std::string> found;
    const Json& object = object_.at(name);
    if (!object.is_object()) fail(name);
    for (const auto& [key, value] : object.items()) {
      if (value.is_string()) {
        found[key] = value.get<std::string>();
      } else {
        fail(name);
      }
    }
    return found;
  }
  void fail(std::string_view name) {
    if (!error_) error_ = Error{Fault::malformed, "case: " + std::string(name)};
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const Json& object_;
  std::optional<Error> error_;
};

}  // namespace refledger::desk
