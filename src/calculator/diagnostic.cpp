#include "calculator/diagnostic.hpp"

#include <new>

#include <fmt/format.h>

#include "calculator/json.hpp"

namespace lanewise::inline v0 {

namespace calculator {
namespace {

Diagnostic::Kind kind_of(ErrorCode code) {
  if (code == ErrorCode::cancelled) return Diagnostic::Kind::cancelled;
  if (code == ErrorCode::time_limit || (code >= ErrorCode::text_too_long && code < ErrorCode::cancelled)) return Diagnostic::Kind::limit;
  if (code >= ErrorCode::unreadable_file && code <= ErrorCode::file_not_allowed) return Diagnostic::Kind::file;
  return Diagnostic::Kind::expression;
}

Diagnostic describe(Error error, std::string_view text) {
  if (error.span() != SourceSpan{} || error.error_code() < ErrorCode::shape_mismatch) error.attach_source(text);
  std::string report = error.report();
  while (report.ends_with('\n')) report.pop_back();
  return {kind_of(error.error_code()), error.code(), error.span(), error.what(), std::move(report)};
}

Diagnostic of_host(std::string_view message) {
  return {Diagnostic::Kind::expression, "host", {}, std::string(message), fmt::format("error: {}", message)};
}

}  // namespace

Diagnostic diagnostic_of(const std::exception_ptr& exception, std::string_view text, std::chrono::nanoseconds time_limit) {
  try {
    std::rethrow_exception(exception);
  } catch (const Error& error) {
    if (error.error_code() != ErrorCode::cancelled || time_limit.count() == 0) return describe(error, text);
    const std::string limit = fmt::format("{:g}", std::chrono::duration<double>(time_limit).count());
    return describe(Error(ErrorCode::time_limit, fmt::format("stopped, as the time limit of {} s is over", limit)), text);
  } catch (const std::bad_alloc&) {
    return {Diagnostic::Kind::limit, "memory", {}, "not enough memory", "error: not enough memory"};
  } catch (const std::exception& error) {
    return of_host(error.what());
  } catch (...) {
    return of_host("a function of the host threw what is no exception of the standard library");
  }
}

}  // namespace calculator

std::string Diagnostic::json(std::string_view source) const {
  const std::string quoted = source.empty() ? "" : ", \"source\": " + calculator::json_string(source);
  return fmt::format(R"({{"error": {{"code": "{}", "offset": {}, "length": {}, "message": {}{}}}}})", code, span.offset_bytes, span.length_bytes,
                     calculator::json_string(message), quoted);
}

std::string Explanation::json(std::string_view stage) const {
  return diagnostic ? diagnostic->json() : fmt::format(R"({{"stage": "{}", "text": {}}})", stage, calculator::json_string(text));
}

}  // namespace lanewise::inline v0
