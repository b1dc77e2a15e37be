// What the page's tests check against, as the C++ side makes it:
//
//   page_fixtures write FILE             the answers about a valid and a withdrawn reference, as
//   JSON page_fixtures serve PORT RFC3339     the endpoint itself on loopback, to be looked at
#include <csignal>
#include <iostream>

#include "http/server.h"
#include "ledger/core/encoding.h"
#include "ledger/core/file.h"
#include "ledger/core/json.h"
#include "world.h"

namespace refledger {
namespace {

Json answer_of(const web::PublicEndpoint& endpoint, const std::string& path) {
  http::Request request;
  request.method = "GET";
  request.path = path;
  request.headers["accept"] = "application/json";
  const http::Response response = endpoint.answer(request);
  return {{"status", response.status()}, {"body", response.body()}};
}

Json json_of(const test::Holding& holding) {
  return {{"id", format::format_id(holding.id)},
          {"secret", to_base32(holding.secret.view())},
          {"id_typed", format::format_typed(holding.id.view())},
          {"secret_typed", format::format_typed(holding.secret.view())},
          {"sd_jwt", credential::format_sd_jwt(holding.credential)},
          {"pdf", to_base64(bytes_of(holding.pdf))}};
}

Json fixtures_of(const test::World& world, const test::Holding& by_hand) {
  const web::PublicEndpoint& endpoint = world.endpoint();
  Json answers = Json::object();
  for (const test::Holding* holding : {&world.valid, &world.withdrawn, &by_hand}) {
    const std::string id = format::format_id(holding->id);
    const std::string doc = to_hex(sha256(bytes_of(holding->pdf)));
    for (const std::string& path :
         {"/v/" + id, "/v/" + id + "/record", "/v/" + id + "/proof", "/d/" + doc}) {
      answers[path] = answer_of(endpoint, path);
    }
  }
  answers["/verifier.html"] = answer_of(endpoint, "/verifier.html");
  return {{"answers", std::move(answers)},
          {"denying_token", world.status_token({}, 0)},
          {"older_token", world.status_token({}, 2)},
          {"by_hand", json_of(by_hand)},
          {"other_log", format::format_vkey({"other.example/log", format::kNoteEd25519,
                                             world.status_key->public_key()})},
          {"log", world.vkey()},
          {"public_url", world.public_url},
          {"now",
           std::chrono::floor<std::chrono::seconds>(world.clock.now()).time_since_epoch().count()},
          {"valid", json_of(world.valid)},
          {"withdrawn", json_of(world.withdrawn)}};
}

int write(const std::string& file) {
  test::World world;
  const test::Holding by_hand = world.issue_by_hand(1234);
  world.put_status();
  const Result<std::string> text = to_canonical_json(fixtures_of(world, by_hand));
  return text && write_file(file, bytes_of(*text), 0644) ? 0 : 1;
}

int serve(const std::string& port, const std::string& time) {
  const test::World world("Bergbahn & S\u00f6hne AG", "http://127.0.0.1:" + port, time);
  const web::PublicEndpoint& endpoint = world.endpoint();
  http::Settings settings;
  settings.endpoint = http::TcpEndpoint{"127.0.0.1", static_cast<std::uint16_t>(std::stoul(port))};
  const auto server = http::Server::start(
      settings, [&](const http::Request& request) { return endpoint.answer(request); });
  if (!server) return 1;
  for (const test::Holding* holding : {&world.valid, &world.withdrawn}) {
    std::cout << world.public_url << "/v/" << format::format_id(holding->id) << "#"
              << to_base32(holding->secret.view()) << std::endl;
    if (!write_file(format::format_id(holding->id) + ".pdf", bytes_of(holding->pdf), 0644))
      return 1;
  }
  int received = 0;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  sigwait(&set, &received);
  return 0;
}

}  // namespace
}  // namespace refledger

int main(int count, char** words) {
  const std::vector<std::string> arguments(words, words + count);
  if (count == 3 && arguments[1] == "write") return refledger::write(arguments[2]);
  if (count == 4 && arguments[1] == "serve") return refledger::serve(arguments[2], arguments[3]);
  std::cerr << "usage: page_fixtures write FILE | serve PORT RFC3339\n";
  return 2;
}
