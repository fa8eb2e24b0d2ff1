// Errors as values: the core never throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace stowage {

// The same codes, spelt the same way, as `StowageError.code` in TypeScript.
enum class ErrorCode {
  kInvalidArgument,   // "invalid-argument": a value that can never be right
  kParseError,        // "parse-error": text that is not in the dialect; see `where`
  kInfeasible,        // "infeasible": proven that there is no plan
  kDeadlineExceeded,  // "deadline-exceeded": the time limit came first
  kCancelled,         // "cancelled": the caller asked for it
  kOutOfMemory,       // "out-of-memory": an allocation that the request needs is refused
  kDisposed,          // "disposed": used after what it belongs to was disposed of
};

// The hyphenated name of `code`, e.g. "parse-error".
const char* to_string(ErrorCode code);

// A place in a text, counted from 1 in lines and in bytes; 0 where it does not apply.
struct Location {
  int64_t line = 0;
  int64_t column = 0;

  bool operator==(const Location&) const = default;
};

// What went wrong (`message` also says what to do about it) and where.
struct Error {
  ErrorCode code = ErrorCode::kInvalidArgument;
  std::string message;
  Location where = {};
};

// `message`, prefixed with "line L, column C: " when the error has a place.
std::string to_string(const Error& error);

// Either a value or an error. Ask `ok()` before taking either.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] const T& value() const& { return *std::get_if<0>(&state_); }
  [[nodiscard]] T& value() & { return *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  [[nodiscard]] const Error& error() const { return *std::get_if<1>(&state_); }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  std::variant<T, Error> state_;
};

// The outcome of something that yields no value: nothing, or what is wrong.
using Status = std::optional<Error>;

}  // namespace stowage
