#include "desk/web/cases/bulk.h"

namespace refledger::site {
namespace {

constexpr std::size_t kMaxJobs = 50;

}  // namespace

Bulk::~Bulk() {
  for (auto& [name, job] : jobs_) job->worker.request_stop();
}

void Bulk::start(const std::string& name, BulkOrder order) {
  const std::lock_guard<std::mutex> alone(alone_);
  if (jobs_.size() >= kMaxJobs) {
    std::erase_if(jobs_, [](const auto& entry) { return entry.second->progress.finished; });
  }
  auto job = std::make_unique<Job>();
  job->order = std::move(order);
  job->progress.act = job->order.act;
  job->progress.all = job->order.cases.size();
  Job& started = *job;
  jobs_[name] = std::move(job);
  started.worker = std::jthread([this, &started](std::stop_token stop) { work(started, stop); });
}

std::optional<BulkProgress> Bulk::progress(const std::string& name,
                                           const std::string& actor_id) const {
  const std::lock_guard<std::mutex> alone(alone_);
  const auto found = jobs_.find(name);
  if (found == jobs_.end() || found->second->order.actor.id != actor_id) return std::nullopt;
  return found->second->progress;
}

// Of what is to be written, only what nobody wrote yet.
Result<void> Bulk::do_one(const BulkOrder& order, const std::string& case_id) {
  desk::Drafting desk(*desk_);
  switch (order.act) {
    case BulkAct::hold:
      return desk.hold(case_id, order.actor);
    case BulkAct::release:
      return desk.release(case_id, order.actor);
    case BulkAct::write:
      break;
  }
  Result<desk::Dossier> dossier = desk.dossier(case_id, order.actor);
  if (!dossier) return dossier.error();
  desk::Fields fields;
  for (const auto& [name, text] : order.fields) {
    if (dossier->sheet.text(name).empty()) fields[name] = text;
  }
  Result<desk::Saved> saved = desk.save(case_id, dossier->sheet.version, fields, order.actor);
  return saved ? Result<void>() : saved.error();
}

void Bulk::work(Job& job, const std::stop_token& stop) {
  for (const std::string& case_id : job.order.cases) {
    if (stop.stop_requested()) return;
    Result<void> done = do_one(job.order, case_id);
    const std::lock_guard<std::mutex> alone(alone_);
    ++job.progress.done;
    if (!done) job.progress.refused.emplace_back(case_id, done.error());
  }
  const std::lock_guard<std::mutex> alone(alone_);
  job.progress.finished = true;
}

}  // namespace refledger::site
