#include "desk/web/hints.h"

namespace refledger::web {

void Hints::add(const std::vector<std::string>& people) {
  const std::lock_guard<std::mutex> alone(alone_);
  any_ = true;
  for (const std::string& person : people) {
    if (people_.size() >= most_) return;
    people_.insert(person);
  }
}

Hints::Taken Hints::take() {
  const std::lock_guard<std::mutex> alone(alone_);
  Taken taken{any_, {people_.begin(), people_.end()}};
  any_ = false;
  people_.clear();
  return taken;
}

}  // namespace refledger::web
