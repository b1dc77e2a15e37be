// Tile paths and entry bundles.
#include "ledger/format/tile.h"

#include <map>

#include "support/support.h"

namespace refledger::format {
namespace {

// c2sp.org/tlog-tiles.
TEST(TilePath, IsWrittenAsInTheSpecification) {
  const std::map<std::string, TilePath> cases{{"tile/0/x001/x234/067", {false, 0, 1234067, 256}},
                                              {"tile/0/x001/x234/067.p/8", {false, 0, 1234067, 8}},
                                              {"tile/0/273.p/112", {false, 0, 273, 112}},
                                              {"tile/1/000", {false, 1, 0, 256}},
                                              {"tile/1/001.p/17", {false, 1, 1, 17}},
                                              {"tile/63/000.p/1", {false, 63, 0, 1}},
                                              {"tile/entries/000.p/7", {true, 0, 0, 7}},
                                              {"tile/entries/x001/000", {true, 0, 1000, 256}}};
  for (const auto& [text, path] : cases) {
    EXPECT_EQ(format_tile_path(path), text);
    EXPECT_EQ(*parse_tile_path(text), path) << text;
  }
}

TEST(TilePath, EveryIndexAroundAGroupComesBack) {
  for (std::uint64_t near = 1; near < (std::uint64_t{1} << 55); near *= 1000) {
    for (std::uint64_t index = near < 3 ? 0 : near - 3; index < near + 3; ++index) {
      const TilePath path{false, 2, index, 256};
      EXPECT_EQ(*parse_tile_path(format_tile_path(path)), path) << index;
    }
  }
}

TEST(TilePath, RefusesEveryOtherText) {
  for (const char* text : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "/tile/0/000",
                           "tile/0/000/",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/0/x000/000",
                           "tile/0/x1/000",
                           "tile/0/1000",
                           "tile/0/x001000",
                           "tile/0/001/000",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/0/000.p",
                           "tile/0/000.p/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/1/",
                           "tile/0/000.p/1.p/1",
                           "tile/Entries/000",
                           "tile/data/000",
                           "tile/0/../000",
                           "tile/0/%30",
                           "tile/0/000?",
                           "tile//000",
                           "tile/0//000",
                           "tile/0/x999/x999/x999/x999/x999/x999/999",
                           "tile/8/0/000"}) {
    EXPECT_EQ(parse_tile_path(text).error().fault, Fault::malformed) << text;
  }
}

TEST(Bundle, HoldsEntriesOfEveryLength) {
  const std::vector<std::string> entries{"", "a", std::string(300, 'b'), std::string(65535, 'c')};
  const Bytes bundle = format_bundle(entries);
  EXPECT_EQ(bundle.size(), 8u + 1 + 300 + 65535);
  EXPECT_EQ(bundle[4], 'a');
  EXPECT_EQ(*parse_bundle(bundle), entries);
}

TEST(Bundle, RefusesTruncationsAndTooMany) {
  const Bytes bundle = format_bundle({"abc", "de"});
  for (std::size_t length = 0; length < bundle.size(); ++length) {
    // What ends after a whole entry is a shorter bundle.
    EXPECT_EQ(parse_bundle(ByteView(bundle).first(length)).has_value(), length == 5) << length;
  }
  EXPECT_TRUE(parse_bundle(format_bundle(std::vector<std::string>(256, "x"))));
  Bytes many = format_bundle(std::vector<std::string>(256, "x"));
  many.insert(many.end(), {0, 0});
  EXPECT_FALSE(parse_bundle(many));
}

}  // namespace
}  // namespace refledger::format
