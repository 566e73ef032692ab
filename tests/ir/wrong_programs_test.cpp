// A corpus of wrong programs: each has its code, its column and its advice. The rows: wrong_programs.inc.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "ir/graph_of.hpp"

namespace lanewise {
namespace {

struct WrongProgram {
  std::string_view text;
  const char* code;
  std::size_t column;  ///< in bytes; the first is 1
  std::string_view message_part;
};

constexpr WrongProgram wrong_programs[] = {
#define WRONG(text, code, column, message_part) {text, #code, column, message_part},
#include "ir/wrong_programs.inc"
#undef WRONG
};

TEST(WrongPrograms, HaveTheirCodeTheirColumnAndTheirAdvice) {
  for (const WrongProgram& row : wrong_programs) {
    SCOPED_TRACE(row.text);
    try {
      testing_ir::bound(row.text);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), row.code);
      EXPECT_EQ(error.span().offset_bytes + 1, row.column);
      EXPECT_NE(std::string_view(error.what()).find(row.message_part), std::string_view::npos) << error.what();
    }
  }
}

// The caret is inside the text or just behind it, wherever the error was found.
TEST(WrongPrograms, ArePointedAtInsideTheText) {
  for (const WrongProgram& row : wrong_programs) {
    try {
      testing_ir::bound(row.text);
    } catch (const Error& error) {
      EXPECT_LE(error.span().offset_bytes + error.span().length_bytes, row.text.size()) << row.text;
      const SourceSpan note = error.note() ? error.note()->span : SourceSpan{};
      EXPECT_LE(note.offset_bytes + note.length_bytes, row.text.size()) << row.text;
    }
  }
}

}  // namespace
}  // namespace lanewise
