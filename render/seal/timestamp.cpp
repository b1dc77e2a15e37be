#include "render/seal/timestamp.h"

#include "render/seal/token.h"

namespace refledger::seal {
namespace {

constexpr std::size_t around_the_token = 1024;  // status and its texts
constexpr std::size_t least_room = 1024;
constexpr std::size_t most_room = 24 * 1024;

Error from_authority(const Error& error) {
  return {error.fault, "timestamp authority: " + error.detail};
}

}  // namespace

struct Rfc3161::State {
  client::Endpoint endpoint;
  std::vector<Certificate> authorities;
  std::string policy;
  std::size_t room;
  Random& random;
  const Clock& clock;
};

Rfc3161::Rfc3161(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rfc3161::~Rfc3161() = default;

Result<std::unique_ptr<Rfc3161>> Rfc3161::make(const Rfc3161Settings& settings, Random& random,
                                               const Clock& clock) {
  Result<client::Endpoint> endpoint = client::parse_base_url(settings.url);
  if (!endpoint) return from_authority(endpoint.error());
  endpoint->timeout = settings.timeout;
  endpoint->ca_file = settings.ca_file;
  endpoint->signed_content = true;
  Result<std::vector<Certificate>> authorities = read_authorities(settings.authorities);
  if (!authorities) return authorities.error();
  if (settings.room < least_room || settings.room > most_room) {
    return Error{Fault::out_of_range, "timestamp: room for a token is 1 to 24 KiB"};
  }
  // Read once here, so that a wrong policy is a wrong setting and not a failed signature.
  if (auto tried = make_request(Sha256{}, settings.policy, Nonce{}); !tried) return tried.error();
  return std::unique_ptr<Rfc3161>(
      new Rfc3161(std::make_unique<State>(State{*std::move(endpoint), *std::move(authorities),
                                                settings.policy, settings.room, random, clock})));
}

std::size_t Rfc3161::room() const { return state_->room; }

std::vector<Bytes> Rfc3161::authorities() const {
  std::vector<Bytes> all;
  for (const Certificate& one : state_->authorities) all.push_back(encoded(i2d_X509, one.get()));
  return all;
}

Result<Bytes> Rfc3161::token(const Sha256& imprint) {
  Nonce nonce{};
  state_->random.fill(nonce);
  const Result<TimestampRequest> request = make_request(imprint, state_->policy, nonce);
  if (!request) return request.error();
  client::Request message;
  message.target = state_->endpoint.path.empty() ? "/" : "";
  message.body = text_of(encoded_request(request->get()));
  message.media_type = "application/timestamp-query";
  message.answer_type = "application/timestamp-reply";
  const Result<client::Answer> answer =
      client::exchange(state_->endpoint, message, state_->room + around_the_token);
  if (!answer) return from_authority(answer.error());
  if (answer->status != 200) {
    return Error{Fault::upstream,
                 "timestamp authority: answered " + std::to_string(answer->status)};
  }
  return token_in(bytes_of(answer->body), request->get(),
                  {state_->authorities, state_->clock.now(), state_->room});
}

}  // namespace refledger::seal
