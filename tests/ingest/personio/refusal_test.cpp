// Plain words of a refusal, whatever its shape, and nobody's data.
#include "ingest/personio/refusal.h"

#include <gtest/gtest.h>

namespace refledger::ingest::personio {
namespace {

TEST(Refusal, IsFoundInEveryRecordedShape) {
  const std::string words = "Something is wrong";
  for (const char* body :
       {R"({"success":false,"error":{"code":0,"message":"Something is wrong"}})",
        R"({"error":[{"message":"Something is wrong"}]})", R"([{"message":"Something is wrong"}])",
        R"({"errors":[{"title":"T","detail":"Something is wrong","type":null}]})",
        R"({"errors":[{"title":"Something is wrong"}]})",
        R"({"error":"invalid_client","error_description":"Something is wrong"})",
        R"({"title":"Something is wrong"})", R"({"message":"Something is wrong"})"}) {
    EXPECT_EQ(refusal_in(body), words) << body;
  }
  EXPECT_EQ(refusal_in(R"({"error":"invalid_client"})"), "invalid_client");
}

TEST(Refusal, LeavesOutWhateverCouldBeAPersons) {
  EXPECT_EQ(refusal_in(R"({"message":"Employee 4711 (jana@example.com) \"Jana\" not found"})"),
            "Employee … not found");
  EXPECT_EQ(refusal_in(R"({"message":"4711"})"), "");
  EXPECT_EQ(refusal_in("{\"message\":\"Müller\"}"), "");
  EXPECT_EQ(refusal_in("{\"message\":\"one\\ntwo\\u0007\"}"), "one …");
  EXPECT_LT(refusal_in("{\"message\":\"" + std::string(5000, 'a') + "\"}").size(), 10u);
}

TEST(Refusal, IsEmptyWhereNothingCanBeRead) {
  for (const char* body : {"", "<html>", "[]", "{}", "null", R"({"error":null})",
                           R"({"errors":[]})", R"({"errors":[1]})", R"({"message":5})"}) {
    EXPECT_EQ(refusal_in(body), "") << body;
  }
}

}  // namespace
}  // namespace refledger::ingest::personio
