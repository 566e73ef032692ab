// JSON text for errors.
#include "program/json.hpp"

#include <gtest/gtest.h>

namespace lanewise::inline v0::calculator {
namespace {

TEST(ErrorJson, Fields) {
  const Failure failure{ExitStatus::expression_failed, "E201", {2, 4}, "unknown name 'coss'", ""};
  EXPECT_EQ(json_of(failure, ""), R"({"error": {"code": "E201", "offset": 2, "length": 4, "message": "unknown name 'coss'"}})");
  EXPECT_EQ(json_of(failure, "y=z"),
            R"({"error": {"code": "E201", "offset": 2, "length": 4, "message": "unknown name 'coss'", "source": "y=z"}})");
}

}  // namespace
}  // namespace lanewise::inline v0::calculator
