// Who works here comes from the HR system at the moment, and nothing of it stays.
#include "desk/case/staff.h"

#include <gtest/gtest.h>

#include "world.h"

namespace refledger::desk {
namespace {

TEST(Staff, ListsWhoeverWorksHereByName) {
  World world;
  world.source.people = {leaver("7"), leaver("8"), leaver("9")};
  world.source.people[0].given_name.value = "Zoë";
  world.source.people[0].status.value = ingest::EmploymentStatus::active;
  world.source.people[1].given_name.value = "Ada";
  world.source.people[1].status.value = ingest::EmploymentStatus::leave;
  world.source.people[2].status.value = ingest::EmploymentStatus::inactive;
  world.start(1);
  const Result<std::vector<Colleague>> staff = read_staff(*world.desk);
  ASSERT_TRUE(staff.has_value());
  ASSERT_EQ(staff->size(), 2u);
  EXPECT_EQ((*staff)[0].person, "8");
  EXPECT_EQ((*staff)[1].name, "Zoë Vogelsang7");
  EXPECT_TRUE(world.vault->list("watch")->empty()) << "nothing is kept";
}

TEST(Staff, SaysWhatTheHrSystemSaid) {
  World world;
  world.source.failure = Error{Fault::upstream, "down"};
  EXPECT_EQ(read_staff(*world.desk).error().fault, Fault::upstream);
}

}  // namespace
}  // namespace refledger::desk
