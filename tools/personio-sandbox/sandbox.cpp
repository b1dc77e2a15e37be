// A stand-in for Personio with a made-up company.
#include "tools/personio-sandbox/sandbox.h"

#include <mutex>
#include <thread>

#include "tools/personio-sandbox/bexio.h"
#include "tools/personio-sandbox/control.h"
#include "tools/personio-sandbox/people.h"
#include "tools/personio-sandbox/spoil.h"
#include "tools/personio-sandbox/v1.h"
#include "tools/personio-sandbox/v2.h"
#include "tools/personio-sandbox/webhook_sender.h"
#include "tools/personio-sandbox/world.h"

namespace refledger::sandbox {
namespace {

using http::Request;
using http::Response;

std::set<std::string> permitted_at_first() {
  std::set<std::string> permitted;
  for (const Attribute& attribute : kCatalogue) {
    if (attribute.permitted) permitted.emplace(attribute.key);
  }
  return permitted;
}

Reply refusal(const World& world, const Request& request, unsigned status) {
  if (request.path.starts_with("/v2/")) {
    // Users report error bodies of another shape than the described one.
    if (status == 400) return {400, {{"errors", {{{"type", nullptr}, {"title", "x"}}}}}};
    return v2::problem(world, status, "Refused", "By order of a test.", "common.other");
  }
  return v1::failure(status, status == 429 ? "Too Many Requests" : "Refused");
}

Reply answer(World& world, const Request& request, const PlannedFault* fault) {
  if (fault != nullptr && fault->kind == FaultKind::status) {
    return refusal(world, request, fault->status);
  }
  const Pace pace = world.limits.take(request.path, world.now());
  Reply made = !pace.allowed                       ? refusal(world, request, 429)
               : request.path.starts_with("/v2/")  ? answer_v2(world, request)
               : request.path.starts_with("/2.0/") ? answer_bexio(world, request)
                                                   : answer_v1(world, request);
  made.headers.insert(made.headers.end(), pace.headers.begin(), pace.headers.end());
  return made;
}

Response written(const Reply& reply) {
  Response made = reply.body.is_null()
                      ? Response(reply.status)
                      : Response(reply.status, reply.type, reply.body.dump() + "\n");
  for (const auto& [name, value] : reply.headers) made.set(name, value);
  return made;
}

/// Whether it goes on in a list that was begun before.
bool goes_on(const Request& request) {
  const std::string offset = http::form_value(request.query, "offset").value_or("0");
  return offset != "0" || http::form_value(request.query, "cursor");
}

/// The request, or the one before on this path where a page shall come again.
Request as_answered(World& world, Request request, const PlannedFault* fault) {
  const bool has_id = request.path.find_first_of("0123456789", 4) != std::string::npos;
  if (has_id) return request;
  std::string& last = world.last_query.try_emplace(request.path, request.query).first->second;
  const bool again = fault != nullptr && fault->kind == FaultKind::repeated_page;
  const bool repeated = again && goes_on(request);
  std::swap(last, request.query);
  if (!repeated) request.query = last;
  return request;
}

Response answer_api(World& world, const Request& request, const PlannedFault* fault) {
  Reply reply = answer(world, as_answered(world, request, fault), fault);
  if (fault != nullptr) spoil(*fault, request.path, request.query, reply);
  if (fault != nullptr && fault->kind == FaultKind::not_json) {
    return {200, "text/html", "<!doctype html><title>Maintenance</title>"};
  }
  Response made = written(reply);
  if (fault != nullptr && fault->kind == FaultKind::cut) {
    made.break_off_after(made.body().size() / 2);
  }
  return made;
}

World make_world(const Settings& settings, const LocalTime& local, const Clock& clock,
                 Random& random) {
  const UtcMillis now = clock.now();
  const Date today = local.date_of(now);
  Company company = make_company(settings.people.value_or(people_told()), today, now);
  Absences absences = make_absences(company, today);
  return {settings.client_id,
          settings.client_secret,
          settings.bexio_token,
          std::move(company),
          std::move(absences),
          local,
          permitted_at_first(),
          {kScopes.begin(), kScopes.end()},
          clock,
          random,
          Limits(settings.real_limits, settings.speed),
          bexio_profile(false)};
}

}  // namespace

struct Sandbox::State {
  explicit State(World made) : world(std::move(made)) {}
  std::mutex mutex;
  World world;
  WebhookSender sender{[this](const std::function<void(Webhooks&)>& use) {
    const std::scoped_lock lock(mutex);
    world.webhooks.come_due(world.now());
    use(world.webhooks);
  }};
};

http::Response json_answer(unsigned status, const Json& body) {
  return {status, "application/json", body.dump() + "\n"};
}

Result<std::unique_ptr<Sandbox>> Sandbox::make(const Settings& settings, const Clock& clock,
                                               Random& random) {
  Result<LocalTime> local = LocalTime::in(settings.time_zone);
  if (!local) return local.error();
  auto state = std::make_unique<State>(make_world(settings, *local, clock, random));
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(state)));  // NOLINT: private constructor
}

Sandbox::Sandbox(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sandbox::~Sandbox() = default;

http::Response Sandbox::handle(const http::Request& request) {
  std::unique_lock lock(state_->mutex);
  World& world = state_->world;
  if (request.path.starts_with("/control")) return answer_control(world, request);
  const std::optional<PlannedFault> fault = world.faults.next(request.path);
  http::Response made = answer_api(world, request, fault ? &*fault : nullptr);
  world.log.add(request, made.status(), world.now());
  lock.unlock();
  if (fault && fault->kind == FaultKind::slow) std::this_thread::sleep_for(fault->late);
  return made;
}

std::size_t Sandbox::people() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->world.company.size();
}

}  // namespace refledger::sandbox
