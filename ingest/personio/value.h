// Personio's values: tolerant in shape, strict in meaning.
//
// Shape    null, "", blanks and [] are empty; numbers may be text and text numbers; departments and
//          the like are objects with a name
// Errors   malformed, as "hire_date: not a date": the key and what is wrong, never the value
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/source/source.h"
#include "ledger/core/json.h"

namespace refledger::ingest::personio {

/// Nothing: empty in one of its spellings.
Result<std::optional<std::string>> text_of_value(const Json& value, std::string_view key);

/// Digits, as a number or as text; users report both for the same field.
std::optional<std::uint64_t> lenient_number(const Json& value);

/// `id`, as text or number; nothing where it is neither, or not fit for a path.
std::optional<std::string> id_in(const Json& object);
bool is_id(std::string_view text);

/// The member's value; null where there is none, or `object` is none.
const Json& member(const Json& object, std::string_view name);

Result<std::string> to_text(const std::string& text);
Result<std::string> to_lower(const std::string& text);
Result<std::string> to_hours(const std::string& text);
/// One spelling for both versions: "SUB_COMPANY_SWITCH" is sub_company_switch.
Result<std::string> to_termination_type(const std::string& text);
Result<EmploymentStatus> to_status(const std::string& text);
Result<Date> to_date(const std::string& text);

/// What the values said go to, one after the other; the first that cannot be used stays as error.
class Reader {
 public:
  explicit Reader(UtcMillis read_at) : read_at_(read_at) {}

  template <class T>
  using Meaning = std::function<Result<T>(const std::string&)>;

  /// `value` is null where it was not delivered.
  template <class T>
  std::optional<Value<T>> optional(const Json* value, const std::string& key,
                                   const Meaning<T>& meaning) {
    if (error_ || value == nullptr) return std::nullopt;
    const Result<std::optional<std::string>> text = text_of_value(*value, key);
    if (!text) return fail(text.error());
    if (!*text) return std::nullopt;
    const Result<T> read = meaning(**text);
    if (!read) return fail({Fault::malformed, key + ": " + read.error().detail});
    return Value<T>{*read, {"Personio", key, read_at_}};
  }

  template <class T>
  Value<T> required(const Json* value, const std::string& key, const Meaning<T>& meaning) {
    must_be_delivered(value, key);
    std::optional<Value<T>> read = optional<T>(value, key, meaning);
    if (read) return std::move(*read);
    fail({Fault::malformed, key + ": empty"});
    return {};
  }

  /// May be empty, but not missing: its absence would read as "no end date".
  void must_be_delivered(const Json* value, const std::string& key) {
    if (value == nullptr) fail({Fault::malformed, key + ": not delivered"});
  }

  std::nullopt_t fail(Error error) {
    if (!error_) error_ = std::move(error);
    return std::nullopt;
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  UtcMillis read_at_;
  std::optional<Error> error_;
};

}  // namespace refledger::ingest::personio
