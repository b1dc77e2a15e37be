#include "ledger/log/log.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "ledger/core/hash.h"
#include "ledger/log/answered.h"
#include "ledger/log/writer.h"

namespace refledger::log {
namespace {

// Rows of so many entries are indexed in one write: few enough that an append hardly waits for it.
constexpr std::size_t kIndexStep = 2048;
// No burst, if fewer than this were appended since the indexer looked last.
constexpr std::uint64_t kFew = 64;
// So many are woken together.  Of more than these the one who writes takes half and leaves half:
// while the ones wait for the disk, the others have the cores.
constexpr std::size_t kGroup = 32;
// A checker takes so many requests at a time; for fewer it is not woken, the one who writes checks
// them too.
constexpr std::size_t kCheckStep = 8;

Error stopped() { return {Fault::storage, "log: stopped after a failed write"}; }

}  // namespace

struct Log::Ticket::Waiting {
  Request request;
  std::atomic<bool> check_taken = false;
  std::atomic<bool> checked = false;
  std::shared_ptr<Answered> answered;  // of its group, given when it is queued
};

struct Log::State {
  using Waiting = std::shared_ptr<Ticket::Waiting>;
  /// Those who are answered together.
  struct Group {
    std::vector<Waiting> requests;
    std::size_t entries = 0;
    std::shared_ptr<Answered> answered = std::make_shared<Answered>();
  };

  State(std::unique_ptr<Writer> with, std::string name, store::Store& in, Settings how)
      : writer(std::move(with)), origin(std::move(name)), store(in), settings(std::move(how)) {}
  ~State() { stop(); }
  void start();
  void stop();

  // ---- callers ----------------------------------------------------------------------------------
  Result<Waiting> prepare(std::span<const std::string> entries) const;
  void check(Ticket::Waiting& waiting) const;
  Result<void> enqueue(const Waiting& waiting);
  void lead_if_nobody_does();
  /// By everybody who held `leading`, once it is free: callers who came meanwhile rely on it.
  void call_for_the_waiting();

  // ---- the one who writes, whichever thread that is
  // ----------------------------------------------
  std::vector<Group> take_waiting();
  void lead();
  Result<void> index_all();

  // ---- threads ----------------------------------------------------------------------------------
  void run_committer();
  void run_checker();
  void run_indexer();
  std::size_t unindexed() const {
    const TreeSize indexed = writer->indexed();  // first: it never passes the size
    return writer->size().leaves - indexed.leaves;
  }
  void report(const Error& error);

  std::unique_ptr<Writer> writer;
  std::string origin;
  store::Store& store;
  Settings settings;
  std::shared_ptr<ViewCache> cache = std::make_shared<ViewCache>();

  std::mutex leading;  // held by the one who writes

  mutable std::mutex queue_mutex;  // guards the two queues and what follows
  std::condition_variable work;
  std::condition_variable to_check;
  std::deque<Group> queue;
  std::deque<Waiting> unchecked;
  std::size_t waiting_entries = 0;
  bool stopping = false;
  bool reported = false;

  std::mutex index_mutex;
  std::condition_variable to_index;

  std::vector<std::jthread> threads;
};

// ---- callers ------------------------------------------------------------------------------------

Result<Log::State::Waiting> Log::State::prepare(std::span<const std::string> entries) const {
  if (entries.size() > kMaxBatch) {
    return Error{Fault::out_of_range, "log: too many entries at once"};
  }
  auto waiting = std::make_shared<Ticket::Waiting>();
  waiting->request.entries.reserve(entries.size());
  for (const std::string& jws : entries) {
    Result<format::Entry> entry = format::parse_entry(jws);
    if (!entry) return entry.error();
    waiting->request.entries.push_back({*std::move(entry), hash_leaf(bytes_of(jws)), false});
  }
  return waiting;
}

// By the key that the entry's kid names, which is the same for good; whether it may sign is asked
// when its turn comes.  A key that is not known yet is, too.
void Log::State::check(Ticket::Waiting& waiting) const {
  if (waiting.check_taken.exchange(true)) {
    waiting.checked.wait(false);
    return;
  }
  for (Incoming& incoming : waiting.request.entries) {
    const format::Entry& entry = incoming.entry;
    const bool of_key = std::holds_alternative<format::KeyAdded>(entry.act) ||
                        std::holds_alternative<format::KeyRetired>(entry.act);
    const std::optional<PublicKey> key = of_key ? std::nullopt : writer->rules().key_of(entry.kid);
    if (!key) continue;
    incoming.checked =
        settings.signature_holds(*key, bytes_of(entry.signing_input), entry.signature);
    if (!incoming.checked) {
      waiting.request.fault = Error{Fault::malformed, "entry: signature does not hold"};
      break;
    }
  }
  waiting.checked = true;
  waiting.checked.notify_all();
}

Result<void> Log::State::enqueue(const Waiting& waiting) {
  const std::size_t count = std::max<std::size_t>(waiting->request.entries.size(), 1);
  const std::lock_guard lock(queue_mutex);
  if (writer->failed()) return stopped();
  if (waiting_entries + count > settings.max_waiting) {
    return Error{Fault::refused, "log: " + std::to_string(waiting_entries) +
                                     " entries are waiting already; try again later"};
  }
  waiting_entries += count;
  if (queue.empty() || queue.back().entries + count > kGroup) queue.emplace_back();
  Group& group = queue.back();
  group.entries += count;
  waiting->answered = group.answered;
  group.requests.push_back(waiting);
  if (waiting->checked) return {};
  unchecked.push_back(waiting);
  if (unchecked.size() >= kCheckStep) to_check.notify_one();
  return {};
}

// A caller alone writes itself, without waking another thread.  Whoever comes while another writes
// is in the queue before that one looks there for the last time.
void Log::State::lead_if_nobody_does() {
  std::unique_lock lock(leading, std::try_to_lock);
  if (!lock) return;
  lead();
  lock.unlock();
  call_for_the_waiting();
}

void Log::State::call_for_the_waiting() {
  const std::lock_guard lock(queue_mutex);
  if (!queue.empty()) work.notify_one();
}

// ---- the one who writes -------------------------------------------------------------------------

std::vector<Log::State::Group> Log::State::take_waiting() {
  const std::lock_guard lock(queue_mutex);
  const std::size_t most = std::min(std::max(kGroup, waiting_entries / 2), kMaxBatch);
  std::vector<Group> groups;
  std::size_t taken = 0;
  while (!queue.empty() && (groups.empty() || taken + queue.front().entries <= most)) {
    taken += queue.front().entries;
    groups.push_back(std::move(queue.front()));
    queue.pop_front();
  }
  waiting_entries -= taken;
  return groups;
}

void Log::State::lead() {
  const std::vector<Group> groups = take_waiting();
  std::vector<Request*> requests;
  for (const Group& group : groups) {
    for (const Waiting& waiting : group.requests) {
      check(*waiting);
      requests.push_back(&waiting->request);
    }
  }
  while (unindexed() >= settings.max_unindexed && writer->index_some(kIndexStep)) {
  }
  writer->commit(requests);
  if (writer->failed()) report(stopped());
  for (const Group& group : groups) group.answered->set();
  if (settings.index_in_background && unindexed() >= settings.index_from) to_index.notify_one();
}

Result<void> Log::State::index_all() {
  while (unindexed() > 0) {
    if (Result<void> indexed = writer->index_some(kIndexStep); !indexed) return indexed;
  }
  Result<void> settled;
  {
    const std::lock_guard lock(leading);
    settled = writer->settle();
  }
  call_for_the_waiting();
  return settled;
}

void Log::State::report(const Error& error) {
  {
    const std::lock_guard lock(queue_mutex);
    if (std::exchange(reported, true)) return;
  }
  settings.on_stop(error);
}

// ---- threads ------------------------------------------------------------------------------------

void Log::State::start() {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  const unsigned checkers = settings.checkers == 0 ? cores : settings.checkers;
  threads.emplace_back([this] { run_committer(); });
  for (unsigned n = 0; n < checkers; ++n) threads.emplace_back([this] { run_checker(); });
  if (settings.index_in_background) threads.emplace_back([this] { run_indexer(); });
}

void Log::State::stop() {
  {
    const std::scoped_lock lock(queue_mutex, index_mutex);
    stopping = true;
  }
  work.notify_all();
  to_check.notify_all();
  to_index.notify_all();
  threads.clear();
  if (!settings.index_in_background || writer->failed() || unindexed() > settings.index_from)
    return;
  if (Result<void> indexed = index_all(); !indexed) report(indexed.error());
}

void Log::State::run_committer() {
  for (;;) {
    {
      std::unique_lock lock(queue_mutex);
      work.wait(lock, [&] { return stopping || !queue.empty(); });
      if (queue.empty()) return;
    }
    const std::lock_guard lock(leading);
    lead();
  }
}

void Log::State::run_checker() {
  for (;;) {
    std::vector<Waiting> some;
    {
      std::unique_lock lock(queue_mutex);
      to_check.wait(lock, [&] { return stopping || unchecked.size() >= kCheckStep; });
      if (stopping) return;
      for (; !unchecked.empty() && some.size() < kCheckStep; unchecked.pop_front()) {
        if (!unchecked.front()->check_taken) some.push_back(std::move(unchecked.front()));
      }
    }
    for (const Waiting& waiting : some) {
      if (!waiting->check_taken) check(*waiting);
    }
  }
}

// In a burst the appends have the cores: rows wait until there are many, which then also cost less
// each, or until the burst is over.
void Log::State::run_indexer() {
  std::uint64_t size_before = 0;
  for (;;) {
    {
      std::unique_lock lock(index_mutex);
      to_index.wait_for(lock, settings.index_after,
                        [&] { return stopping || unindexed() >= settings.index_from; });
      if (stopping) return;
    }
    if (writer->failed()) return;
    const std::uint64_t size = writer->size().leaves;
    const std::uint64_t added = size - std::exchange(size_before, size);
    if (added >= kFew && unindexed() < settings.index_from) continue;
    if (Result<void> indexed = index_all(); !indexed) report(indexed.error());
  }
}

// ---- the log ------------------------------------------------------------------------------------

Result<std::unique_ptr<store::Store>> open_store(const std::filesystem::path& folder) {
  return store::open_rocksdb(folder, kSpaces, store::WriteAheadDamage::ends_the_store_there);
}

Log::Log(std::unique_ptr<State> state) : state_(std::move(state)) {}
Log::~Log() = default;

Result<std::unique_ptr<Log>> Log::open(store::Store& store, std::string origin,
                                       const Signer& log_key, Anchor& anchor, const Clock& clock,
                                       Settings settings) {
  Result<std::unique_ptr<Writer>> writer =
      Writer::open({&store, &log_key, &anchor, &clock, origin, settings.signature_holds});
  if (!writer) return writer.error();
  auto state =
      std::make_unique<State>(*std::move(writer), std::move(origin), store, std::move(settings));
  state->start();
  return std::unique_ptr<Log>(new Log(std::move(state)));
}

Result<std::vector<LeafIndex>> Log::append(std::span<const std::string> entries) {
  const Result<State::Waiting> waiting = state_->prepare(entries);
  if (!waiting) return waiting.error();
  state_->check(**waiting);  // here, so that many callers check on many cores
  if (Result<void> queued = state_->enqueue(*waiting); !queued) return queued.error();
  state_->lead_if_nobody_does();
  (*waiting)->answered->wait();
  return (*waiting)->request.answer;
}

Result<Log::Ticket> Log::submit(std::span<const std::string> entries) {
  const Result<State::Waiting> waiting = state_->prepare(entries);
  if (!waiting) return waiting.error();
  if (Result<void> queued = state_->enqueue(*waiting); !queued) return queued.error();
  state_->work.notify_one();
  Ticket ticket;
  ticket.waiting_ = *waiting;
  return ticket;
}

Result<std::vector<LeafIndex>> Log::Ticket::wait() const {
  waiting_->answered->wait();
  return waiting_->request.answer;
}

Result<void> Log::put_status_token(std::uint64_t list, std::string_view token) {
  if (token.size() > kMaxStatusToken) return Error{Fault::out_of_range, "status token: too long"};
  Result<void> written;
  {
    const std::lock_guard lock(state_->leading);
    written = state_->writer->put_status_token(list, token);
  }
  state_->call_for_the_waiting();
  if (!written) state_->report(written.error());
  return written;
}

Result<View> Log::view() const {
  if (state_->writer->failed()) return stopped();
  return View::open(state_->store, state_->cache);
}

keys::Issuers Log::issuers() const { return state_->writer->issuers(); }

Result<void> Log::build_indexes() { return state_->index_all(); }

const std::string& Log::origin() const { return state_->origin; }

}  // namespace refledger::log
