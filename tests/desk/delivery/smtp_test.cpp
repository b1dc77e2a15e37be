// The SMTP transport: against a real server, and against one that fails at every step in turn.
#include <map>
#include <mutex>

#include "desk/delivery/transport.h"
#include "sink.h"
#include "support/scripted_peer.h"

namespace refledger::delivery {
namespace {

using Security = SmtpSettings::Security;

const Address kFrom = *Address::parse("hr@muster.example");
const Address kTo = *Address::parse("jana@example.org");
const char* const kMessage = "Subject: x\r\n\r\n.one\r\n..two\r\n.\r\nthree.\r\n";

// Where a test waits for the time to be up; everywhere else nothing should take long.
constexpr std::chrono::seconds kHasty{1};

SmtpSettings settings_for(std::uint16_t port,
                          std::chrono::seconds timeout = std::chrono::seconds{20}) {
  SmtpSettings settings;
  settings.host = "127.0.0.1";
  settings.port = port;
  settings.security = Security::none_loopback_only;
  settings.timeout = timeout;
  return settings;
}

Delivered send(const SmtpSettings& settings, std::string_view message = kMessage) {
  return make_smtp(settings)->send(bytes_of(message), kFrom, kTo, "id@muster.example");
}

// ---- a server that plays a script ---------------------------------------------------------------

/// What to answer to each step instead of success.  After an answer without CRLF, as "", and after
/// one to the final dot the connection ends.
using Replies = std::map<std::string, std::string>;

const Replies kGood = {{"greeting", "220 sink\r\n"}, {"EHLO", "250-sink\r\n250 SIZE 1000000\r\n"},
                       {"STARTTLS", "220 go\r\n"},   {"AUTH", "235 welcome\r\n"},
                       {"MAIL", "250 ok\r\n"},       {"RCPT", "250 ok\r\n"},
                       {"DATA", "354 go\r\n"},       {"dot", "250 kept\r\n"},
                       {"QUIT", "221 bye\r\n"}};

class Server {
 public:
  explicit Server(Replies replies)
      : replies_(std::move(replies)), peer_([this](test::Line& line) { play(line); }) {}

  std::uint16_t port() const { return peer_.port(); }
  /// Every line of the dialogue and the message as it came.
  std::string heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void play(test::Line& line) {
    if (!say(line, "greeting")) return;
    for (;;) {
      const std::string command = line.read_line();
      if (command.empty()) return;
      hear(command + "\r\n");
      const std::string word = command.substr(0, command.find(' '));
      if (!say(line, word)) return;
      if (word == "DATA" && reply(word)[0] == '3') {
        hear(line.read_until("\r\n.\r\n"));
        if (!say(line, "dot") || replies_.count("dot") > 0) return;
      }
    }
  }

  std::string reply(const std::string& step) const {
    const auto bad = replies_.find(step);
    if (bad != replies_.end()) return bad->second;
    const auto good = kGood.find(step);
    return good == kGood.end() ? "500 what\r\n" : good->second;
  }
  bool say(test::Line& line, const std::string& step) {
    const std::string text = reply(step);
    const bool whole = text.size() > 2 && text.substr(text.size() - 2) == "\r\n";
    return line.write(text) && whole;
  }
  void hear(const std::string& text) {
    const std::lock_guard lock(mutex_);
    heard_ += text;
  }

  Replies replies_;
  mutable std::mutex mutex_;
  std::string heard_;
  test::ScriptedPeer peer_;
};

Delivered send_to(Replies replies) {
  const Server server(std::move(replies));
  return send(settings_for(server.port()));
}

TEST(Smtp, SaysExactlyThisDialogueAndStuffsDots) {
  const Server server({});
  const Delivered delivered = send(settings_for(server.port()));
  EXPECT_EQ(delivered.outcome, Outcome::sent);
  EXPECT_EQ(delivered.detail, "SMTP: final dot: 250");
  EXPECT_EQ(server.heard(),
            "EHLO localhost\r\nMAIL FROM:<hr@muster.example>\r\nRCPT TO:<jana@example.org>\r\n"
            "DATA\r\nSubject: x\r\n\r\n..one\r\n...two\r\n..\r\nthree.\r\n.\r\nQUIT\r\n");
}

TEST(Smtp, IsNotSentAfterA4xxAtAnyStep) {
  for (const char* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"}) {
    const Delivered delivered = send_to({{step, "451 jana@example.org is busy\r\n"}});
    EXPECT_EQ(delivered.outcome, Outcome::not_sent) << step;
    EXPECT_NE(delivered.detail.find(": 451"), std::string::npos) << delivered.detail;
    EXPECT_EQ(delivered.detail.find("jana"), std::string::npos) << "the server's words";
  }
}

TEST(Smtp, IsRefusedAfterA5xxThatConcernsTheMessage) {
  for (const char* step : {"RCPT", "DATA", "dot"}) {
    const Delivered delivered = send_to({{step, "550-no such user\r\n550 go away\r\n"}});
    EXPECT_EQ(delivered.outcome, Outcome::refused) << step;
    EXPECT_NE(delivered.detail.find(": 550"), std::string::npos) << delivered.detail;
  }
}

TEST(Smtp, IsNotSentAfterA5xxThatConcernsTheSession) {
  for (const char* step : {"greeting", "EHLO", "MAIL"}) {
    EXPECT_EQ(send_to({{step, "554 no\r\n"}}).outcome, Outcome::not_sent) << step;
  }
}

TEST(Smtp, IsNotSentWhereverALoginIsAskedFor) {
  for (const char* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"}) {
    for (const char* code : {"530", "534", "535", "538"}) {
      const Delivered delivered = send_to({{step, std::string(code) + " log in first\r\n"}});
      EXPECT_EQ(delivered.outcome, Outcome::not_sent) << step << " " << code;
    }
  }
}

TEST(Smtp, IsNotSentWhenTheLinkEndsBeforeTheFinalDot) {
  for (const char* step : {"greeting", "EHLO", "MAIL", "RCPT", "DATA"}) {
    const Delivered delivered = send_to({{step, ""}});
    EXPECT_EQ(delivered.outcome, Outcome::not_sent) << step << " " << delivered.detail;
  }
}

TEST(Smtp, IsUnknownWhenTheLinkEndsAfterTheFinalDot) {
  const Delivered delivered = send_to({{"dot", ""}});
  EXPECT_EQ(delivered.outcome, Outcome::unknown);
  EXPECT_EQ(delivered.detail.rfind("SMTP: final dot: ", 0), 0u);
}

TEST(Smtp, IsUnknownWhenTheLastAnswerMakesNoSenseOrEndsInTheMiddle) {
  for (const char* reply : {"kept\r\n", "25", "250", "250-kept\r\n", "250-a\r\n550 b\r\n",
                            "199 x\r\n", "999 x\r\n", "354 more\r\n", "2500 x\r\n", "\r\n"}) {
    Replies replies{{"dot", reply}};
    const Server server(replies);
    const Delivered delivered = send(settings_for(server.port()));
    EXPECT_EQ(delivered.outcome, Outcome::unknown) << reply;
  }
}

TEST(Smtp, IsSentHoweverTheGoodbyeEnds) {
  for (const char* reply : {"", "500 no\r\n", "nonsense\r\n"}) {
    EXPECT_EQ(send_to({{"QUIT", reply}}).outcome, Outcome::sent) << reply;
  }
}

TEST(Smtp, IsNotSentToAServerThatTalksNonsense) {
  const std::string longer(4000, 'x');
  std::string endless;
  for (int i = 0; i < 200; ++i) endless += "250-again\r\n";
  for (const std::string& reply :
       {std::string("HTTP/1.1 400 Bad Request\r\n"), std::string("SSH-2.0-x\r\n"),
        std::string("\xff\xfe\r\n"), "220 " + longer + "\r\n", longer, endless,
        std::string("220-a\r\n250 b\r\n"), std::string("2\r\n"), std::string("22x a\r\n"),
        std::string("220\n"), std::string("-20 a\r\n")}) {
    EXPECT_EQ(send_to({{"greeting", reply}}).outcome, Outcome::not_sent) << reply.substr(0, 40);
    EXPECT_EQ(send_to({{"EHLO", reply}}).outcome, Outcome::not_sent) << reply.substr(0, 40);
  }
}

TEST(Smtp, IsNotSentToAServerThatTalksForEver) {
  const test::ScriptedPeer peer([](test::Line& line) {
    line.write("220 sink\r\n");
    line.read_line();
    while (line.write("250-and again\r\n")) {
    }
  });
  const Delivered delivered = send(settings_for(peer.port()));
  EXPECT_EQ(delivered.outcome, Outcome::not_sent);
  EXPECT_EQ(delivered.detail, "SMTP: EHLO: an endless reply");
}

TEST(Smtp, WaitsForNobodyWhoSaysOneByteNowAndThen) {
  const test::ScriptedPeer peer([](test::Line& line) {
    while (line.write("2")) std::this_thread::sleep_for(std::chrono::milliseconds{50});
  });
  const auto start = std::chrono::steady_clock::now();
  const Delivered delivered = send(settings_for(peer.port(), kHasty));
  EXPECT_EQ(delivered.outcome, Outcome::not_sent);
  EXPECT_EQ(delivered.detail, "SMTP: greeting: time is up");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{10});
}

TEST(Smtp, IsUnknownWhenTheLastAnswerDoesNotComeInTime) {
  const test::ScriptedPeer peer([](test::Line& line) {
    line.write("220 sink\r\n");
    for (int i = 0; i < 3; ++i) {
      line.read_line();
      line.write("250 ok\r\n");
    }
    line.read_line();
    line.write("354 go\r\n");
    line.read_until("\r\n.\r\n");
    line.read_line();  // until the other side gives up
  });
  const Delivered delivered = send(settings_for(peer.port(), kHasty));
  EXPECT_EQ(delivered.outcome, Outcome::unknown);
  EXPECT_EQ(delivered.detail, "SMTP: final dot: time is up");
}

TEST(Smtp, IsNotSentWhenTheServerGoesAwayDuringTheMessage) {
  const test::ScriptedPeer peer([](test::Line& line) {
    line.write("220 sink\r\n");
    for (int i = 0; i < 3; ++i) {
      line.read_line();
      line.write("250 ok\r\n");
    }
    line.read_line();
    line.write("354 go\r\n");
  });
  std::string large;
  while (large.size() < (8u << 20)) large += std::string(900, 'a') + "\r\n";
  EXPECT_EQ(send(settings_for(peer.port()), large).outcome, Outcome::not_sent);
}

TEST(Smtp, IsNotSentWhenNobodyListens) {
  std::uint16_t port = 0;
  {
    const test::ScriptedPeer gone([](test::Line&) {});
    port = gone.port();
  }
  const Delivered delivered = send(settings_for(port));
  EXPECT_EQ(delivered.outcome, Outcome::not_sent);
  EXPECT_EQ(delivered.detail, "SMTP: connect: Connection refused");
}

TEST(Smtp, SpeaksPlainTextWithThisMachineOnly) {
  SmtpSettings settings = settings_for(25);
  settings.host = "192.0.2.1";
  const Delivered delivered = send(settings);
  EXPECT_EQ(delivered.outcome, Outcome::not_sent);
  EXPECT_EQ(delivered.detail, "SMTP: connect: plain text goes to this machine only, use TLS");
}

TEST(Smtp, SendsNothingThatIsNotSevenBitCrlfLines) {
  const Server server({});
  for (const std::string& message :
       {std::string("a\n.\nb\r\n"), std::string("a\r.\r\n"), std::string("a\r\n.\r"),
        std::string("a\r\n.\n"), std::string("a\0b\r\n", 5), std::string("\xc3\xa4\r\n"),
        std::string("no line end"), std::string(), std::string(999, 'a') + "\r\n",
        std::string("a\r\r\n")}) {
    EXPECT_EQ(send(settings_for(server.port()), message).outcome, Outcome::refused);
  }
  EXPECT_EQ(server.heard(), "");
}

TEST(Smtp, SaysHelloWithAHostsNameOnly) {
  const Server server({});
  SmtpSettings settings = settings_for(server.port());
  settings.helo = "a\r\nMAIL FROM:<x@y>";
  EXPECT_EQ(send(settings).detail, "SMTP: helo is not a host's name");
  EXPECT_EQ(server.heard(), "");
}

// ---- TLS ----------------------------------------------------------------------------------------

TEST(Smtp, NeverGoesOnInClearWhenStarttlsIsNotOfferedOrRefused) {
  for (const Replies& replies :
       {Replies{}, Replies{{"EHLO", "250-sink\r\n250 STARTTLS\r\n"}, {"STARTTLS", "454 no\r\n"}},
        Replies{{"EHLO", "250-sink\r\n250 STARTTLS\r\n"}, {"STARTTLS", "502 no\r\n"}},
        Replies{{"EHLO", "250-sink\r\n250 STARTTLS\r\n"}, {"STARTTLS", ""}},
        Replies{{"EHLO", "250-STARTTLS\r\n250 NOSTARTTLS\r\n"}}}) {
    const Server server(replies);
    SmtpSettings settings = settings_for(server.port());
    settings.security = Security::starttls;
    settings.user = "desk";
    settings.password = "pass word";
    EXPECT_EQ(send(settings).outcome, Outcome::not_sent);
    const std::string heard = server.heard();
    for (const char* word : {"MAIL", "AUTH", "DATA", "Subject"}) {
      EXPECT_EQ(heard.find(word), std::string::npos) << heard;
    }
  }
}

TEST(Smtp, StopsWhenWordsAreSlippedInBeforeTlsBegins) {
  const Server server({{"EHLO", "250-sink\r\n250 STARTTLS\r\n"},
                       {"STARTTLS", "220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n"}});
  SmtpSettings settings = settings_for(server.port());
  settings.security = Security::starttls;
  const Delivered delivered = send(settings);
  EXPECT_EQ(delivered.outcome, Outcome::not_sent);
  EXPECT_EQ(delivered.detail, "SMTP: TLS: the server spoke between STARTTLS and its start");
}

TEST(Smtp, IsNotSentWhenTheTlsHandshakeIsNone) {
  for (const Security security : {Security::starttls, Security::tls}) {
    const Server server(Replies{{"EHLO", "250-sink\r\n250 STARTTLS\r\n"}});
    SmtpSettings settings = settings_for(server.port(), kHasty);
    settings.security = security;
    EXPECT_EQ(send(settings).outcome, Outcome::not_sent);
    EXPECT_EQ(server.heard().find("MAIL"), std::string::npos);
  }
}

TEST(Smtp, SendsNoLoginInClear) {
  const Server server(Replies{{"EHLO", "250-sink\r\n250 AUTH PLAIN LOGIN\r\n"}});
  SmtpSettings settings = settings_for(server.port());
  settings.user = "desk";
  settings.password = "pass word";
  EXPECT_EQ(send(settings).detail, "SMTP: a login is sent under TLS only");
  EXPECT_EQ(server.heard().find("AUTH"), std::string::npos);
}

// ---- a real server ------------------------------------------------------------------------------

SmtpSettings settings_for(const Sink& sink, Security security) {
  SmtpSettings settings = settings_for(sink.port);
  settings.host = "localhost";
  settings.security = security;
  settings.ca_file = sink.certificate.chain();
  return settings;
}

SmtpSettings with_login(SmtpSettings settings, const char* password) {
  settings.user = "desk";
  settings.password = password;
  return settings;
}

TEST(SmtpServer, KeepsExactlyTheBytesThatWereSent) {
  const Sink sink("plain", "none", "DNS:localhost");
  const SmtpSettings settings = settings_for(sink, Security::none_loopback_only);
  EXPECT_EQ(send(settings).outcome, Outcome::sent);
  const std::string mail = test::vector_file("mail/rich.eml");
  EXPECT_EQ(send(settings, mail).outcome, Outcome::sent);
  const std::vector<Json> kept = sink.kept();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0]["content"], kMessage);
  EXPECT_EQ(kept[0]["from"], "hr@muster.example");
  EXPECT_EQ(kept[0]["to"], Json::array({"jana@example.org"}));
  EXPECT_EQ(kept[1]["content"], mail);
}

TEST(SmtpServer, TakesLoginAndMessageUnderStarttls) {
  for (const char* without : {"-", "PLAIN", "LOGIN"}) {
    const Sink sink("starttls", without, "DNS:localhost");
    const Delivered delivered =
        send(with_login(settings_for(sink, Security::starttls), "pass word"));
    EXPECT_EQ(delivered.outcome, Outcome::sent) << delivered.detail;
    const std::vector<Json> kept = sink.kept();
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0]["content"], kMessage);
    EXPECT_EQ(kept[0]["tls"], true);
    EXPECT_EQ(kept[0]["authenticated"], true);
  }
}

TEST(SmtpServer, TakesAMessageUnderTlsFromTheStart) {
  const Sink sink("tls", "none", "DNS:localhost");
  const Delivered delivered = send(settings_for(sink, Security::tls));
  EXPECT_EQ(delivered.outcome, Outcome::sent) << delivered.detail;
  ASSERT_EQ(sink.kept().size(), 1u);
}

TEST(SmtpServer, RefusesAWrongPasswordWithoutLosingTheMessage) {
  const Sink sink("starttls", "-", "DNS:localhost");
  const Delivered delivered = send(with_login(settings_for(sink, Security::starttls), "wrong"));
  EXPECT_EQ(delivered.outcome, Outcome::not_sent);
  EXPECT_EQ(delivered.detail, "SMTP: AUTH: 535");
  EXPECT_TRUE(sink.kept().empty());
}

TEST(SmtpServer, IsNotTrustedWithAnotherNamesCertificate) {
  const Sink sink("starttls", "none", "DNS:mail.example");
  EXPECT_EQ(send(settings_for(sink, Security::starttls)).outcome, Outcome::not_sent);
  EXPECT_TRUE(sink.kept().empty());
}

TEST(SmtpServer, IsNotTrustedWithAnUnknownAuthority) {
  for (const auto& [mode, security] :
       {std::pair{"starttls", Security::starttls}, std::pair{"tls", Security::tls}}) {
    const Sink sink(mode, "none", "DNS:localhost");
    SmtpSettings settings = settings_for(sink, security);
    settings.ca_file.clear();
    const Delivered delivered = send(settings);
    EXPECT_EQ(delivered.outcome, Outcome::not_sent);
    EXPECT_EQ(delivered.detail.rfind("SMTP: TLS: ", 0), 0u) << delivered.detail;
    EXPECT_TRUE(sink.kept().empty());
  }
}

}  // namespace
}  // namespace refledger::delivery
