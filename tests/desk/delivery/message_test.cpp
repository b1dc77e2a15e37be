// The bytes of a mail: exactly these, read back by somebody else's reader, and nothing smuggled in.
#include "desk/delivery/message.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <functional>

#include "ledger/core/json.h"
#include "scripts.h"
#include "support/support.h"

namespace refledger::delivery {
namespace {

Mail simple_mail() {
  return {*Address::parse("hr@muster.example"),
          "Muster AG",
          *Address::parse("jana@example.org"),
          "Jana Muster",
          "Your confirmation of employment",
          "Dear Jana,\n\nplease keep both files.\n",
          {},
          "4711.abc@muster.example",
          *parse_time("2026-11-02T08:05:09.250Z", "date")};
}

Mail rich_mail() {
  Mail mail = simple_mail();
  mail.from_name = "Müller, Söhne & \"Co\"";
  mail.to_name = "Đặng \"Jana\" Müßiggang-Österreicher von und zu Überlingen";
  mail.subject = "Ihre Arbeitsbestätigung — bitte beide Dateien gemeinsam aufbewahren, für Jahre";
  mail.text = "Grüezi\n.\n.. Punkte\nFrom hier\n=3D\n";
  mail.attachments = {{"reference.pdf", "application/pdf", Bytes{}},
                      {"reference.refproof", "application/json", copy_of(bytes_of("{\"v\":1}"))}};
  for (int i = 0; i < 300; ++i) {
    mail.attachments[0].content.push_back(static_cast<std::uint8_t>(i));
  }
  return mail;
}

std::string composed(const Mail& mail) {
  const Result<Bytes> bytes = compose(mail);
  EXPECT_TRUE(bytes) << (bytes ? "" : bytes.error().detail);
  return bytes ? std::string(text_of(*bytes)) : "";
}

/// What Python's reader finds in each message.
Json read_by_python(const std::vector<std::string>& messages) {
  const test::TemporaryFolder folder;
  std::string command = "/usr/bin/python3 ";
  command += script("read_mail.py");
  for (const std::string& message : messages) {
    const auto path = folder.path() / (std::to_string(command.size()) + ".eml");
    std::ofstream(path, std::ios::binary) << message;
    command += " " + path.string();
  }
  FILE* pipe = popen(command.c_str(), "r");
  std::string out;
  std::array<char, 4096> block{};
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe)) {
    out.append(block.data(), got);
  }
  EXPECT_EQ(pclose(pipe), 0) << out;
  return Json::parse(out, nullptr, false);
}

Json person(const std::string& name, const std::string& address) {
  return {{"name", name}, {"address", address}};
}

TEST(Compose, WritesExactlyTheseBytes) {
  EXPECT_EQ(composed(simple_mail()), test::vector_file("mail/plain.eml"));
  EXPECT_EQ(composed(rich_mail()), test::vector_file("mail/rich.eml"));
}

TEST(Compose, WritesTheSameBytesAgain) { EXPECT_EQ(composed(rich_mail()), composed(rich_mail())); }

TEST(Compose, IsReadBackWholeByAnIndependentReader) {
  const Mail mail = rich_mail();
  const Json read = read_by_python({composed(mail)})[0];
  EXPECT_EQ(read["defects"], Json::array());
  EXPECT_EQ(read["from"], person(mail.from_name, "hr@muster.example"));
  EXPECT_EQ(read["to"], person(mail.to_name, "jana@example.org"));
  EXPECT_EQ(read["subject"], mail.subject);
  EXPECT_EQ(read["date"], "2026-11-02T08:05:09+00:00");
  EXPECT_EQ(read["message_id"], "<4711.abc@muster.example>");
  EXPECT_EQ(read["auto_submitted"], "auto-generated");
  EXPECT_EQ(read["text"], mail.text);
  ASSERT_EQ(read["attachments"].size(), 2u);
  EXPECT_EQ(read["attachments"][0]["name"], "reference.pdf");
  EXPECT_EQ(read["attachments"][0]["type"], "application/pdf");
  EXPECT_EQ(read["attachments"][0]["bytes"].get<Bytes>(), mail.attachments[0].content);
  EXPECT_EQ(read["attachments"][1]["name"], "reference.refproof");
  EXPECT_EQ(read["attachments"][1]["bytes"].get<Bytes>(), mail.attachments[1].content);
}

TEST(Compose, KeepsNamesAndSubjectsOfEveryLengthAndScript) {
  std::vector<std::string> texts;
  std::vector<std::string> messages;
  for (const char* unit : {"a", "ä", "汉", "😀", "=?", "\\\"", " x", "A\u030a", "=?x?q?y?="}) {
    for (const std::size_t length : {1u, 2u, 13u, 29u, 30u, 31u, 45u, 55u}) {
      std::string text = ">";
      for (std::size_t i = 0; i < length; ++i) text += unit;
      Mail mail = simple_mail();
      mail.subject = text;
      mail.to_name = text;
      texts.push_back(text);
      messages.push_back(composed(mail));
    }
  }
  const Json read = read_by_python(messages);
  ASSERT_EQ(read.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(read[i]["subject"], texts[i]);
    EXPECT_EQ(read[i]["to"], person(texts[i], "jana@example.org"));
    EXPECT_EQ(read[i]["defects"], Json::array()) << messages[i];
  }
}

TEST(Compose, IsSevenBitWithCrlfAndShortLines) {
  const std::string message = composed(rich_mail());
  std::size_t line = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const auto byte = static_cast<unsigned char>(message[i]);
    ASSERT_LT(byte, 0x7f);
    ASSERT_TRUE(byte != '\r' || message[i + 1] == '\n');
    if (byte == '\n') {
      ASSERT_EQ(message[i - 1], '\r');
      ASSERT_LE(line, 79u);  // 78 and the CR
      line = 0;
    } else {
      ++line;
      ASSERT_TRUE(byte >= ' ' || byte == '\r');
    }
  }
  EXPECT_EQ(message.substr(message.size() - 4), "--\r\n");
}

TEST(Compose, DrawsTheBoundaryFromTheContent) {
  Mail other = rich_mail();
  other.text += "x";
  const auto boundary = [](const std::string& message) {
    return message.substr(message.find("boundary="), 60);
  };
  EXPECT_NE(boundary(composed(other)), boundary(composed(rich_mail())));
}

TEST(Compose, LeavesOutAnEmptyName) {
  Mail mail = simple_mail();
  mail.to_name.clear();
  EXPECT_NE(composed(mail).find("\r\nTo: jana@example.org\r\n"), std::string::npos);
}

TEST(Compose, TakesAnEmptyTextAndAnEmptyAttachment) {
  Mail mail = simple_mail();
  mail.text.clear();
  mail.attachments = {{"empty.txt", "text/plain", {}}};
  const Json read = read_by_python({composed(mail)})[0];
  EXPECT_EQ(read["text"], "");
  EXPECT_EQ(read["attachments"][0]["bytes"], Json::array());
  EXPECT_EQ(read["defects"], Json::array());
}

/// What is tried in every field that is text.
const std::array<std::string, 12> kInjections = {
    "a\r\nBcc: eve@example.org",
    "a\nBcc: eve@example.org",
    "a\rBcc: eve@example.org",
    std::string("a\0b", 3),
    "a\x7f",
    "a\x1b[2J",
    "a\tb",
    "a\u0085b",
    "a\u2028Bcc: eve@example.org",
    "a\u202egro.elpmaxe@eve",
    "a\xff",
    "a\xc0\x8a",
};

void expect_refused(const std::function<void(Mail&, const std::string&)>& put) {
  for (const std::string& injection : kInjections) {
    Mail mail = simple_mail();
    mail.attachments = {{"reference.pdf", "application/pdf", {1, 2, 3}}};
    put(mail, injection);
    const Result<Bytes> bytes = compose(mail);
    ASSERT_FALSE(bytes) << injection;
    EXPECT_EQ(bytes.error().fault, Fault::malformed);
    EXPECT_EQ(bytes.error().detail.find("eve"), std::string::npos) << "content in an error";
  }
}

TEST(Compose, RefusesInjectionInEveryField) {
  expect_refused([](Mail& mail, const std::string& text) { mail.subject = text; });
  expect_refused([](Mail& mail, const std::string& text) { mail.from_name = text; });
  expect_refused([](Mail& mail, const std::string& text) { mail.to_name = text; });
  expect_refused([](Mail& mail, const std::string& text) { mail.message_id = text; });
  expect_refused(
      [](Mail& mail, const std::string& text) { mail.message_id = text + "@b.example"; });
  expect_refused([](Mail& mail, const std::string& text) { mail.attachments[0].name = text; });
  expect_refused([](Mail& mail, const std::string& text) { mail.attachments[0].mime_type = text; });
  expect_refused([](Mail& mail, const std::string& text) {
    mail.attachments[0].mime_type = "application/" + text;
  });
}

TEST(Compose, RefusesControlCharactersInTheText) {
  for (const char* text : {"a\r\nb", "a\rb", "a\x01", "a\x7f", "a\u0085", "a\xff"}) {
    Mail mail = simple_mail();
    mail.text = text;
    EXPECT_FALSE(compose(mail)) << text;
  }
}

TEST(Compose, RefusesNamesThatLeadElsewhere) {
  for (const char* name : {"", "../x.pdf", "a/b", "a\\b", "a\"b", ".hidden", "a:b", "ä.pdf"}) {
    Mail mail = simple_mail();
    mail.attachments = {{name, "application/pdf", {}}};
    EXPECT_FALSE(compose(mail)) << name;
  }
  for (const char* type : {"", "pdf", "/", "application/", "/pdf", "a/b/c", "text/plain; x=y"}) {
    Mail mail = simple_mail();
    mail.attachments = {{"a.pdf", type, {}}};
    EXPECT_FALSE(compose(mail)) << type;
  }
}

TEST(Compose, RefusesWhatIsTooLong) {
  Mail mail = simple_mail();
  mail.subject = std::string(501, 'a');
  EXPECT_FALSE(compose(mail));
  mail = simple_mail();
  mail.text = std::string((1 << 20) + 1, 'a');
  EXPECT_FALSE(compose(mail));
  mail = simple_mail();
  mail.attachments = {{"a.pdf", "application/pdf", Bytes((20u << 20) + 1)}};
  EXPECT_EQ(compose(mail).error().fault, Fault::out_of_range);
}

TEST(Address, TakesThePlainForm) {
  for (const char* text : {"a@b", "jana.muster@example.org", "o'neil+work@sub.example.co.uk",
                           "x_y-z@localhost", "1@2.3", "a@xn--mller-kva.example"}) {
    ASSERT_TRUE(Address::parse(text)) << text;
    EXPECT_EQ(Address::parse(text)->text(), text);
  }
  EXPECT_TRUE(Address::parse(std::string(64, 'a') + "@b"));
}

TEST(Address, RefusesEverythingElse) {
  for (const char* text : {"",
                           "@",
                           "a@",
                           "@b",
                           "a",
                           "a@b@c",
                           ".a@b",
                           "a.@b",
                           "a..b@c",
                           "a@.b",
                           "a@b.",
                           "a@b..c",
                           "a@-b",
                           "a@b-",
                           "a@b_c",
                           "a b@c",
                           " a@b",
                           "a@b ",
                           "\"a b\"@c",
                           "a@[127.0.0.1]",
                           "<a@b>",
                           "Jana <a@b>",
                           "a@b,c@d",
                           "a@b;c@d",
                           "a@b\r\nRCPT TO:<c@d>",
                           "a\n@b",
                           "a@b>",
                           "a@b> SIZE=1",
                           "jörg@example.org",
                           "a@münchen.example",
                           "a(b)@c",
                           "a\\@b",
                           "a:b@c",
                           "a@b\t"}) {
    const Result<Address> address = Address::parse(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error().detail, "address: not of the plain form name@host");
  }
  EXPECT_FALSE(Address::parse(std::string("a\0@b", 4)));
  EXPECT_FALSE(Address::parse(std::string(65, 'a') + "@b"));
  EXPECT_FALSE(Address::parse("a@" + std::string(64, 'b')));
  std::string long_host = "a@b";
  while (long_host.size() <= 254) long_host += ".c";
  EXPECT_FALSE(Address::parse(long_host));
}

}  // namespace
}  // namespace refledger::delivery
