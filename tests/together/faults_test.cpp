// Every fault at every request of a full reading: it ends with everybody, or with an error, and in
// no way with some.  Nothing but GET is ever asked, and nothing elsewhere.
#include <algorithm>
#include <set>

#include "together/reading.h"

namespace refledger::test {
namespace {

using ingest::PersonioApi;

/// Kinds that tell nobody too few, so that the reading can be whole.
const std::set<std::string> kHarmless = {"slow",           "renamed-label",  "relative-links",
                                         "absolute-links", "next-elsewhere", "repeated-page"};

/// Whether `id` was named as one whose record cannot be used.
bool named(const Told& told, const std::string& id) {
  return std::any_of(told.unusable_ones.begin(), told.unusable_ones.end(),
                     [&](const std::string& what) { return what.starts_with(id + ":"); });
}

/// What one reading told otherwise than a whole one: nothing if everybody was told, or named as not
/// usable, with everything but what the reading itself says was not delivered.
std::string difference(const Reader& one, const Told& whole, const std::string& kind) {
  std::vector<std::string> left_out = one.reading->not_delivered;
  // 400 to a department's id says that there is none of that id: its people are told without.
  if (kind == "400") left_out.push_back("department");
  for (const auto& [id, person] : one.told.people) {
    if (!whole.people.contains(id)) return id + " is nobody";
  }
  for (const auto& [id, person] : whole.people) {
    const auto found = one.told.people.find(id);
    if (found == one.told.people.end()) {
      if (!named(one.told, id)) return id + " is missing";
      continue;
    }
    const std::string facts = facts_of(found->second, left_out);
    const std::string wanted = facts_of(person, left_out);
    if (facts != wanted) return facts + " instead of " + wanted;
  }
  return {};
}

class EveryFault : public testing::TestWithParam<PersonioApi> {
 protected:
  Reader reader() const { return {sandbox_, GetParam(), 5}; }  // three pages

  /// Those that nobody can notice where v1 may not be asked for its total: only the list itself
  /// knows who is in it.
  bool unnoticeable(const std::string& kind) const {
    return GetParam() == PersonioApi::v2 && kind == "missing-person";
  }

  SandboxProcess sandbox_{{"--people", "14"}};
};

TEST_P(EveryFault, EndsWithEverybodyOrWithNobody) {
  const std::vector<std::string> kinds = sandbox_.show("faults");
  Told everybody;
  std::uint64_t requests = 0;
  {
    Reader whole = reader();
    ASSERT_TRUE(whole.read()) << whole.reading.error().detail;
    everybody = std::move(whole.told);
    requests = sandbox_.requests();
  }
  for (const std::string& kind : kinds) {
    if (unnoticeable(kind)) continue;
    std::size_t whole = 0;
    std::size_t refused = 0;
    for (std::uint64_t at = 1; at <= requests; ++at) {
      sandbox_.fault(kind, at);
      Reader one = reader();
      const bool read = one.read().has_value();
      sandbox_.no_fault();
      (read ? whole : refused) += 1;
      if (!read) {
        EXPECT_FALSE(kHarmless.contains(kind))
            << kind << " at " << at << ": " << one.reading.error().detail;
        continue;
      }
      EXPECT_EQ(difference(one, everybody, kind), "") << kind << " at " << at;
    }
    std::printf("%-18s at each of %llu requests: %zu whole, %zu refused\n", kind.c_str(),
                static_cast<unsigned long long>(requests), whole, refused);
  }
}

INSTANTIATE_TEST_SUITE_P(OfV1AndV2, EveryFault, testing::Values(PersonioApi::v1, PersonioApi::v2));

// v2 tells no total, and a page that lacks somebody twice looks whole; v1's total tells.
TEST(AReading, FindsWhomV2LeavesOutTwiceByTheTotalOfV1) {
  const SandboxProcess sandbox({"--people", "14"});
  Reader whole(sandbox, PersonioApi::automatic, 5);
  ASSERT_TRUE(whole.read()) << whole.reading.error().detail;
  const std::uint64_t requests = sandbox.requests();
  for (std::uint64_t at = 1; at <= requests; ++at) {
    sandbox.order("fault", {{"kind", "missing-person"}, {"at", at}, {"times", 2}});
    Reader one(sandbox, PersonioApi::automatic, 5);
    ASSERT_TRUE(one.read()) << at << ": " << one.reading.error().detail;
    sandbox.no_fault();
    EXPECT_EQ(difference(one, whole.told, "missing-person"), "") << "at " << at;
  }
}

TEST(AReading, AsksByGetAloneAndForNothingNeedless) {
  const SandboxProcess sandbox({});
  for (const PersonioApi api : {PersonioApi::v1, PersonioApi::v2, PersonioApi::automatic}) {
    Reader reader(sandbox, api);
    ASSERT_TRUE(reader.read());
    reader.source->test();
    ASSERT_TRUE(reader.source->read_person("1024"));
    ASSERT_TRUE(reader.source->read_absences(reader.told.people.at("1024")));
  }
  const Json counts = sandbox.show("counts");
  for (const auto& [what, count] : counts.items()) {
    const bool login = what == "POST /v1/auth" || what == "POST /v2/auth/token";
    EXPECT_TRUE(login || what.starts_with("GET ")) << what << " " << count;
  }
  const Json log = sandbox.show("log");
  for (const Json& entry : log) {
    const std::set<std::string> asked = entry["attributes"];
    for (const char* needless : {"fix_salary", "probation_period_end", "dynamic_110"}) {
      EXPECT_FALSE(asked.contains(needless)) << entry;
    }
  }
}

}  // namespace
}  // namespace refledger::test
