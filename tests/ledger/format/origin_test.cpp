// A log is known by its name through its epochs, and no other log is taken for it.
#include "ledger/format/origin.h"

#include <gtest/gtest.h>

namespace refledger::format {
namespace {

TEST(Origin, NamesEachEpoch) {
  EXPECT_EQ(origin_of_epoch("a.example/log", 1), "a.example/log");
  EXPECT_EQ(origin_of_epoch("a.example/log", 2), "a.example/log/epoch-2");
  EXPECT_EQ(origin_of_epoch("a.example/log", 12), "a.example/log/epoch-12");
}

TEST(Origin, IsTheSameLogInItsOwnAndInEarlierEpochs) {
  for (unsigned earlier = 1; earlier <= 12; ++earlier) {
    for (unsigned now = 1; now <= 12; ++now) {
      EXPECT_EQ(is_same_log(origin_of_epoch("a/log", earlier), origin_of_epoch("a/log", now)),
                earlier <= now)
          << earlier << " " << now;
    }
  }
}

TEST(Origin, OfAnotherLogIsNever) {
  EXPECT_FALSE(is_same_log("b/log", "a/log/epoch-2"));
  EXPECT_FALSE(is_same_log("a/lo", "a/log"));
  EXPECT_FALSE(is_same_log("", "a/log"));
}

TEST(Origin, OnlyWhatIsWrittenAsAnEpochIsOne) {
  for (const char* tail : {"/epoch-1", "/epoch-0", "/epoch-02", "/epoch-", "/epoch-1000",
                           "/epoch-2x", "/epoch--2", "epoch-2", "/epoch-+2", "/2"}) {
    EXPECT_FALSE(is_same_log("a/log", std::string("a/log") + tail)) << tail;
    EXPECT_TRUE(is_same_log(std::string("a/log") + tail, std::string("a/log") + tail)) << tail;
  }
}

}  // namespace
}  // namespace refledger::format
