#include "desk/web/cases/staff_list.h"

#include <utility>

namespace refledger::site {
namespace {

constexpr std::chrono::minutes kFresh{10};

}  // namespace

StaffList::Look StaffList::look(UtcMillis now) {
  const std::lock_guard<std::mutex> alone(alone_);
  if (staff_ && (now < read_at_ || now - read_at_ > kFresh)) staff_.reset();
  if (staff_ || reading_) return {staff_};
  if (failed_) return {nullptr, std::exchange(failed_, std::nullopt)};
  reading_ = true;
  reader_ = std::jthread([this, now] { read(now); });  // the one before has ended
  return {};
}

void StaffList::read(UtcMillis now) {
  Result<std::vector<desk::Colleague>> read = desk::read_staff(*desk_);
  const std::lock_guard<std::mutex> alone(alone_);
  reading_ = false;
  read_at_ = now;
  if (read) {
    staff_ = std::make_shared<const std::vector<desk::Colleague>>(*std::move(read));
  } else {
    failed_ = read.error();
  }
}

}  // namespace refledger::site
