// The one way to fail: a value, or an Error that names what was wrong.
//
// Errors   `detail` names a field, a file or a step; never a person's data, never a secret.
// Misuse   Reading the value of a failed Result (or the error of a good one) ends the process.
#pragma once

#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace refledger {

enum class Fault {
  malformed,     ///< the input is not what the format says
  out_of_range,  ///< a position, size or number beyond what exists or is allowed
  not_found,     ///< no such thing here
  conflict,      ///< against what is already recorded
  refused,       ///< understood, and not permitted
  storage,       ///< disk or database; whether a write happened may be unknown
  upstream,      ///< another service failed or answered nonsense
};

struct Error {
  Fault fault;
  std::string detail;

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& operator*() & { return checked(std::get_if<0>(&state_)); }
  const T& operator*() const& { return checked(std::get_if<0>(&state_)); }
  T&& operator*() && { return std::move(checked(std::get_if<0>(&state_))); }
  T* operator->() { return &checked(std::get_if<0>(&state_)); }
  const T* operator->() const { return &checked(std::get_if<0>(&state_)); }

  const Error& error() const { return checked(std::get_if<1>(&state_)); }

 private:
  template <class P>
  static P& checked(P* pointer) {
    if (pointer == nullptr) std::abort();
    return *pointer;
  }
  std::variant<T, Error> state_;
};

/// Success without a value: `return {};`.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool has_value() const { return error_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  const Error& error() const {
    const Error* error = std::get_if<1>(&error_);
    if (error == nullptr) std::abort();
    return *error;
  }

 private:
  std::variant<std::monostate, Error> error_;
};

/// The kind of fault as one lower-case word, for logs and JSON.
constexpr const char* name_of(Fault fault) {
  switch (fault) {
    case Fault::malformed:
      return "malformed";
    case Fault::out_of_range:
      return "out_of_range";
    case Fault::not_found:
      return "not_found";
    case Fault::conflict:
      return "conflict";
    case Fault::refused:
      return "refused";
    case Fault::storage:
      return "storage";
    case Fault::upstream:
      return "upstream";
  }
  std::abort();
}

}  // namespace refledger
