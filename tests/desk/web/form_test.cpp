// Forms: read as browsers send them, and in no other way.
#include "desk/web/form.h"

#include <gtest/gtest.h>

namespace refledger::site {
namespace {

const std::string kPlain = "application/x-www-form-urlencoded";
const std::string kParts = "multipart/form-data; boundary=x1";

std::string part(const std::string& head, const std::string& content) {
  return "--x1\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
}

TEST(Form, ReadsFieldsInTheirOrder) {
  const Form form = *Form::parse(kPlain, "a=+x+&b=1&b=2&c=l1%0D%0Al2");
  EXPECT_EQ(form.get("a"), "x");
  EXPECT_EQ(form.raw("a"), " x ");
  EXPECT_EQ(form.all("b"), (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(form.raw("c"), "l1\nl2");
  EXPECT_FALSE(form.has("d"));
}

TEST(Form, ReadsPartsAndFiles) {
  const std::string file("\0\r\n\xff", 4);
  const auto form = Form::parse(
      kParts, part("name=\"name\"", "Zoë") +
                  part("name=\"logo\"; filename=\"l.png\"\r\nContent-Type: image/png", file) +
                  "--x1--\r\n");
  ASSERT_TRUE(form) << form.error().detail;
  EXPECT_EQ(form->get("name"), "Zoë");
  ASSERT_NE(form->upload("logo"), nullptr);
  EXPECT_EQ(form->upload("logo")->content, file);
  EXPECT_EQ(form->upload("logo")->type, "image/png");
  EXPECT_FALSE(form->has("logo"));
}

TEST(Form, RefusesWhatNoBrowserSends) {
  for (const char* body : {"a=%zz", "a=%00", "a=%ff", "=x", "a b=1"}) {
    EXPECT_FALSE(Form::parse(kPlain, body)) << body;
  }
  for (const std::string& body :
       {std::string(), std::string("--x1\r\n"), part("name=\"a\"", "1"),
        "x" + part("name=\"a\"", "1") + "--x1--", part("name=\"a\"", "1") + "--x1-",
        part("", "1") + "--x1--", part("name=\"a", "1") + "--x1--",
        std::string("--x1\r\nno blank line\r\n--x1--")}) {
    EXPECT_FALSE(Form::parse(kParts, body)) << body;
  }
  EXPECT_FALSE(Form::parse("application/json", "{}"));
  EXPECT_FALSE(Form::parse("multipart/form-data", ""));
  EXPECT_FALSE(Form::parse("", "a=1"));
}

TEST(Form, RefusesTooManyFieldsAndTooLongOnes) {
  std::string many = "a=1";
  for (int at = 0; at < 500; ++at) many += "&a=1";
  EXPECT_EQ(Form::parse(kPlain, many).error().fault, Fault::out_of_range);
  EXPECT_FALSE(Form::parse(kPlain, "a=" + std::string(300'000, 'x')));
}

}  // namespace
}  // namespace refledger::site
