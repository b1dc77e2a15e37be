#include "desk/case/staff.h"

#include <algorithm>
#include <tuple>

#include "desk/case/drafts.h"

namespace refledger::desk {
namespace {

std::string text_of(const std::optional<ingest::Value<std::string>>& value) {
  return value ? value->value : std::string();
}

// Keeps a name and a line to tell two of that name apart, and of nobody who has left.
class StaffVisitor : public ingest::PeopleVisitor {
 public:
  void restart() override { staff_.clear(); }
  void person(ingest::Person&& one) override {
    if (one.status.value == ingest::EmploymentStatus::inactive) return;
    staff_.push_back({one.id, one.given_name.value + " " + one.family_name.value,
                      text_of(one.position), text_of(one.department)});
  }
  void unusable(std::string) override {}

  std::vector<Colleague> take() {
    std::sort(staff_.begin(), staff_.end(), [](const Colleague& a, const Colleague& b) {
      return std::tie(a.name, a.person) < std::tie(b.name, b.person);
    });
    return std::move(staff_);
  }

 private:
  std::vector<Colleague> staff_;
};

}  // namespace

Result<std::vector<Colleague>> read_staff(const Desk& desk) {
  const Drafts work(desk);
  const std::lock_guard<std::mutex> one_reading(work.state.reading);
  StaffVisitor visitor;
  Result<ingest::Reading> read = work.state.parts.source->read_people({}, visitor);
  if (!read) return read.error();
  return visitor.take();
}

}  // namespace refledger::desk
