// The client against peers that break off, talk nonsense, talk for ever or are somebody else.
#include "company.h"
#include "ingest/personio/client.h"
#include "support/certificate.h"
#include "support/scripted_peer.h"

namespace refledger::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// ---- broken peers -------------------------------------------------------------------------------

std::string reply_of(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string login_reply() {
  return reply_of(R"({"success":true,"data":{"token":"papi-a","expires_in":86400}})");
}

std::string list_reply() { return reply_of(page_of(employees(1), 1).dump()); }

/// Logs the client in, and plays `list` to every request for the list.
test::ScriptedPeer::Script after_login(test::ScriptedPeer::Script list) {
  return [list = std::move(list)](test::Line& line) {
    const std::string head = line.read_until("\r\n\r\n");
    if (head.rfind("POST /v1/auth", 0) == 0) {
      line.read_until("}");
      line.write(login_reply());
    } else {
      list(line);
    }
  };
}

std::string error_against(test::ScriptedPeer::Script list, seconds timeout = seconds{20}) {
  const test::ScriptedPeer peer(after_login(std::move(list)));
  PersonioSettings settings = settings_for("http://127.0.0.1:" + std::to_string(peer.port()));
  settings.timeout = timeout;
  return Client(settings).error();
}

TEST(PersonioFaults, ReadsAPlainAnswerFromAPlainSocket) {
  EXPECT_EQ(error_against([](test::Line& line) { line.write(list_reply()); }), "no error");
}

TEST(PersonioFaults, TakesNothingFromAnAnswerThatIsCut) {
  const std::string whole = list_reply();
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, std::size_t{12}, whole.find("\r\n\r\n"),
        whole.find("\r\n\r\n") + 4, whole.size() / 2, whole.size() - 1}) {
    const std::string error =
        error_against([&](test::Line& line) { line.write(whole.substr(0, length)); });
    EXPECT_EQ(error.rfind("Personio: ", 0), 0u) << length << ": " << error;
  }
}

TEST(PersonioFaults, TakesNothingFromAChunkedAnswerThatIsCut) {
  const std::string body = page_of(employees(1), 1).dump();
  const std::string error = error_against([&](test::Line& line) {
    line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + body.substr(0, 64) +
               "\r\nzzz\r\n");
  });
  EXPECT_NE(error, "no error");
}

TEST(PersonioFaults, TakesNoNonsenseForAnAnswer) {
  for (const char* text : {"SSH-2.0-OpenSSH\r\n", "HTTP/1.1 abc\r\n\r\n", "\r\n\r\n\r\n", "{}",
                           "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                           "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}"}) {
    const std::string error = error_against([=](test::Line& line) { line.write(text); });
    EXPECT_NE(error, "no error") << text;
  }
}

TEST(PersonioFaults, TakesNoMoreThanEightMebibytes) {
  const std::string error = error_against([](test::Line& line) {
    line.write("HTTP/1.1 200 OK\r\n\r\n");
    while (line.write(std::string(1 << 16, ' '))) {
    }
  });
  EXPECT_EQ(error, "Personio: an answer longer than 8388608 bytes");
}

TEST(PersonioFaults, TakesNoEndlessHead) {
  const std::string error = error_against([](test::Line& line) {
    line.write("HTTP/1.1 200 OK\r\n");
    while (line.write("X-Again: and again\r\n")) {
    }
  });
  EXPECT_NE(error, "no error");
}

TEST(PersonioFaults, WaitsForNobodyWhoSaysOneByteNowAndThen) {
  const auto start = std::chrono::steady_clock::now();
  const std::string error = error_against(
      [](test::Line& line) {
        line.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        // Faster than any timeout of one read, far slower than the deadline of the whole.
        while (line.write(" ")) std::this_thread::sleep_for(milliseconds{100});
      },
      seconds{1});
  EXPECT_EQ(error, "Personio: no complete answer: time is up");
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds{15}) << "5 attempts of 1 s";
}

TEST(PersonioFaults, SaysWhenNobodyListens) {
  std::uint16_t port = 0;
  {
    const test::ScriptedPeer gone([](test::Line&) {});
    port = gone.port();
  }
  Client client(settings_for("http://127.0.0.1:" + std::to_string(port)));
  EXPECT_EQ(client.error(), "Personio: connect: Connection refused");
  EXPECT_EQ(client.waits.size(), 4u);
}

// ---- where it connects to -----------------------------------------------------------------------

TEST(PersonioFaults, SpeaksPlainTextWithThisMachineOnly) {
  Client client(settings_for("http://192.0.2.1:8080"));
  const Result<People> people = client.read();
  ASSERT_FALSE(people);
  EXPECT_EQ(people.error().fault, Fault::refused);
  EXPECT_EQ(people.error().detail,
            "Personio: connect: plain text goes to this machine only, use TLS");
  EXPECT_TRUE(client.waits.empty());
}

TEST(PersonioFaults, RefusesOtherAddresses) {
  for (const char* url : {"", "api.personio.de", "ftp://api.personio.de/v1", "https://",
                          "https://user:word@api.personio.de/v1", "https://api.personio.de/v1?a=b",
                          "https://api.personio.de/v1#a", "https://a b/", "file:///etc/passwd"}) {
    Client client(settings_for(url));
    const Result<People> people = client.read();
    ASSERT_FALSE(people) << url;
    EXPECT_EQ(people.error().fault, Fault::malformed) << url;
  }
}

TEST(PersonioFaults, RefusesSettingsThatMakeNoSense) {
  PersonioSettings settings = settings_for("http://127.0.0.1:1");
  settings.mapping["country"] = "Land&limit=1";
  EXPECT_EQ(Client(settings).error(),
            "Personio: a mapped attribute is not a key of the form dynamic_24407");
  settings = settings_for("http://127.0.0.1:1");
  settings.page_size = 101;
  EXPECT_EQ(Client(settings).error(), "Personio: page_size is not within 1 and 100");
  settings.page_size = 0;
  EXPECT_EQ(Client(settings).error(), "Personio: page_size is not within 1 and 100");
  settings.page_size = 1;
  settings.timeout = seconds{0};
  EXPECT_EQ(Client(settings).error(), "Personio: timeout is not above 0");
}

// ---- TLS ----------------------------------------------------------------------------------------

/// Logs in and answers one list over TLS with `certificate`; the client trusts `ca_file`.
std::string error_over_tls(const test::Certificate& certificate,
                           const std::filesystem::path& ca_file, const std::string& host) {
  http::Settings server_settings;
  server_settings.endpoint = http::TcpEndpoint{"127.0.0.1", 0};
  server_settings.tls = http::Tls{certificate.chain(), certificate.key()};
  const Result<std::unique_ptr<http::Server>> server =
      http::Server::start(server_settings, [](const http::Request& request) {
        if (request.path != "/v1/auth") return json_answer(200, page_of(employees(1), 1));
        return json_answer(200, {{"data", {{"token", "papi-a"}, {"expires_in", 86400}}}});
      });
  EXPECT_TRUE(server) << server.error().detail;
  PersonioSettings settings =
      settings_for("https://" + host + ":" + std::to_string((*server)->port()) + "/v1");
  settings.ca_file = ca_file;
  return Client(settings).error();
}

TEST(PersonioFaults, SpeaksTlsWithAServerThatProvesItsName) {
  const test::Certificate certificate("DNS:localhost,IP:127.0.0.1");
  EXPECT_EQ(error_over_tls(certificate, certificate.chain(), "localhost"), "no error");
  EXPECT_EQ(error_over_tls(certificate, certificate.chain(), "127.0.0.1"), "no error");
}

TEST(PersonioFaults, RefusesACertificateForAnotherNameEvenOnThisMachine) {
  const test::Certificate certificate("DNS:api.personio.example");
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const std::string error = error_over_tls(certificate, certificate.chain(), host);
    EXPECT_EQ(error.rfind("Personio: TLS: ", 0), 0u) << error;
  }
}

TEST(PersonioFaults, RefusesACertificateOfAnUnknownAuthority) {
  const test::Certificate certificate("DNS:localhost");
  const std::string error = error_over_tls(certificate, {}, "localhost");
  EXPECT_EQ(error.rfind("Personio: TLS: ", 0), 0u) << error;
}

}  // namespace
}  // namespace refledger::ingest
