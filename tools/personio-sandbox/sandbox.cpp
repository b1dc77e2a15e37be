// A stand-in for Personio with a made-up company.
#include "tools/personio-sandbox/sandbox.h"

#include <mutex>

#include "tools/personio-sandbox/api.h"
#include "tools/personio-sandbox/catalogue.h"
#include "tools/personio-sandbox/control.h"
#include "tools/personio-sandbox/people.h"
#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {
namespace {

std::set<std::string> permitted_at_first() {
  std::set<std::string> permitted;
  for (const Attribute& attribute : kCatalogue) {
    if (attribute.permitted) permitted.emplace(attribute.key);
  }
  return permitted;
}

}  // namespace

struct Sandbox::State {
  std::mutex mutex;
  World world;
};

http::Response json_answer(unsigned status, const Json& body) {
  return {status, "application/json", body.dump() + "\n"};
}

Result<std::unique_ptr<Sandbox>> Sandbox::make(const Settings& settings, const Clock& clock,
                                               Random& random) {
  Result<LocalTime> local = LocalTime::in(settings.time_zone);
  if (!local) return local.error();
  const UtcMillis now = clock.now();
  const std::size_t count = settings.people.value_or(people_told());
  // World holds references: it is made in its place.
  auto state = std::unique_ptr<State>(new State{// NOLINT: an aggregate
                                                {},
                                                {settings.client_id,
                                                 settings.client_secret,
                                                 make_company(count, local->date_of(now), now),
                                                 *local,
                                                 permitted_at_first(),
                                                 clock,
                                                 random,
                                                 {},
                                                 {},
                                                 {}}});
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(state)));  // NOLINT: private constructor
}

Sandbox::Sandbox(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sandbox::~Sandbox() = default;

http::Response Sandbox::handle(const http::Request& request) {
  const std::scoped_lock lock(state_->mutex);
  World& world = state_->world;
  if (request.path.starts_with("/control")) return answer_control(world, request);
  http::Response made = answer_api(world, request);
  world.log.add(request, made.status(), world.clock.now());
  return made;
}

std::size_t Sandbox::people() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->world.company.people().size();
}

}  // namespace refledger::sandbox
