#include "desk/accounts/people.h"

namespace refledger::accounts {
namespace {

using namespace ingest;

class People : public HrSource {
 public:
  People(Accounts& accounts, std::string name) : accounts_(&accounts), name_(std::move(name)) {}

  Result<Reading> read_people(const ReadRequest& request, PeopleVisitor& visitor) override {
    return noted<Reading>([&](HrSource& source) { return source.read_people(request, visitor); });
  }
  Result<std::optional<Person>> read_person(std::string_view id) override {
    return noted<std::optional<Person>>([&](HrSource& source) { return source.read_person(id); });
  }
  Result<std::vector<Attribute>> attributes() override {
    const Result<HrSource*> source = current();
    if (!source) return source.error();
    return (*source)->attributes();
  }
  // A right that is missing is no failure of the account.
  Result<std::vector<AbsencePeriod>> read_absences(const Person& person) override {
    const Result<HrSource*> source = current();
    if (!source) return source.error();
    return (*source)->read_absences(person);
  }
  ConnectionReport test() override {
    Result<ConnectionReport> report = accounts_->test(name_);
    return report ? *std::move(report) : ConnectionReport{};
  }

 private:
  Result<HrSource*> current() {
    const std::uint64_t changes = accounts_->changes();
    if (!source_ || opened_at_ != changes) {
      Result<std::unique_ptr<HrSource>> opened = accounts_->open(name_);
      if (!opened) {
        source_.reset();
        return opened.error();
      }
      source_ = *std::move(opened);
      opened_at_ = changes;
    }
    return source_.get();
  }

  template <class T, class Ask>
  Result<T> noted(Ask ask) {
    const Result<HrSource*> source = current();
    if (!source) return source.error();
    Result<T> answer = ask(**source);
    const Result<void> noted = accounts_->note(name_, answer ? nullptr : &answer.error());
    // Removed while it was read: there is nothing left to note.
    if (!noted && noted.error().fault != Fault::not_found) return noted.error();
    return answer;
  }

  Accounts* accounts_;
  std::string name_;
  std::unique_ptr<HrSource> source_;
  std::uint64_t opened_at_ = 0;
};

}  // namespace

std::unique_ptr<HrSource> people_of(Accounts& accounts, std::string name) {
  return std::make_unique<People>(accounts, std::move(name));
}

}  // namespace refledger::accounts
