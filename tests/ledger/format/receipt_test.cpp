// Receipts (tlog-proof) and proof files.
#include "ledger/format/receipt.h"

#include "ledger/format/proof_file.h"
#include "support/example.h"

namespace refledger::format {
namespace {

using test::example;

TEST(Receipt, TheExampleIsReadAndWrittenAgain) {
  const std::string text = example("receipt.tlog-proof");
  const Result<Receipt> receipt = parse_receipt(text);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->index, LeafIndex{2});
  EXPECT_EQ(receipt->path.size(), 3u);
  EXPECT_EQ(receipt->checkpoint, example("checkpoint.txt"));
  EXPECT_EQ(format_receipt(*receipt), text);
}

TEST(Receipt, ATreeOfOneLeafHasAnEmptyPath) {
  const Receipt receipt{{0}, {}, example("checkpoint.txt")};
  const Result<Receipt> read = parse_receipt(format_receipt(receipt));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->path.empty());
}

TEST(Receipt, EveryTruncationIsRefused) {
  const std::string text = example("receipt.tlog-proof");
  for (std::size_t length = 0; length < text.size(); ++length) {
    ASSERT_FALSE(parse_receipt(text.substr(0, length))) << length;
  }
}

TEST(Receipt, EveryChangedByteIsRefusedOrReadAsWritten) {
  const std::string text = example("receipt.tlog-proof");
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const std::string changed = test::flipped(text, at, bit);
      if (const auto receipt = parse_receipt(changed)) {
        ASSERT_EQ(format_receipt(*receipt), changed) << at;
      }
    }
  }
}

TEST(Receipt, RefusesWhatWeDoNotWrite) {
  const std::string note = example("checkpoint.txt");
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  const std::string hash = to_base64(Bytes(32)) + "\n";
  ASSERT_TRUE(parse_receipt(head + "index 0\n" + hash + "\n" + note));
  for (const std::string& text :
       {"c2sp.org/tlog-proof@v2\nindex 0\n\n" + note, head + "extra AAAA\nindex 0\n\n" + note,
        head + "index\n\n" + note, head + "index 00\n\n" + note, head + "index -1\n\n" + note,
        head + "index 0 \n\n" + note, head + "Index 0\n\n" + note,
        head + "index 0\n" + to_base64(Bytes(31)) + "\n\n" + note,
        head + "index 0\n" + to_base64(Bytes(33)) + "\n\n" + note, head + "index 0\n \n\n" + note,
        head + "index 0\n" + note, head + "index 0\n\n", head + "index 0\n\n\n",
        head + "index 0\r\n\n" + note}) {
    EXPECT_EQ(parse_receipt(text).error().fault, Fault::malformed) << text;
  }
  std::string path;
  for (int i = 0; i < 63; ++i) path += hash;
  EXPECT_TRUE(parse_receipt(head + "index 0\n" + path + "\n" + note));
  EXPECT_FALSE(parse_receipt(head + "index 0\n" + path + hash + "\n" + note));
  EXPECT_FALSE(parse_receipt(head + "index 0\n\n" + std::string(70000, 'a') + note));
}

TEST(ProofFile, TheExampleIsReadAndWrittenAgain) {
  const std::string text = example("example.refproof");
  const Result<ProofFile> file = parse_proof_file(text);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->id, test::ExampleSecrets().fixed<ReferenceId>("id"));
  EXPECT_EQ(file->issued.entry, example("entry-2.jws"));
  EXPECT_EQ(file->issued.receipt, example("receipt.tlog-proof"));
  ASSERT_EQ(file->keys.size(), 2u);
  EXPECT_EQ(file->keys[1].entry, example("entry-1.jws"));
  EXPECT_EQ(file->status, example("status.jwt"));
  EXPECT_EQ(format_proof_file(*file), text);
}

bool is_refused(const Json& json) { return !parse_proof_file(*to_canonical_json(json)); }

TEST(ProofFile, HasJustItsMembersOfJustTheirTypes) {
  const Json whole = *parse_json(example("example.refproof"), 1 << 20, "proof");
  ASSERT_FALSE(is_refused(whole));
  for (const auto& member : whole.items()) {
    Json changed = whole;
    changed.erase(member.key());
    EXPECT_TRUE(is_refused(changed)) << member.key();
    for (const Json& value :
         {Json(nullptr), Json(2), Json(true), Json::object(), Json("\xc3\xa4")}) {
      changed[member.key()] = value;
      const bool is_text =
          value.is_string() &&
          (member.key() == "entry" || member.key() == "receipt" || member.key() == "status");
      EXPECT_EQ(is_refused(changed), !is_text) << member.key() << " " << value;
    }
  }
  Json more = whole;
  more["x"] = 1;
  EXPECT_TRUE(is_refused(more));
}

TEST(ProofFile, KeysAreLoggedEntriesAtMost256) {
  Json json = *parse_json(example("example.refproof"), 1 << 20, "proof");
  for (const Json& key :
       {Json("x"), Json::object(), Json{{"entry", "a"}}, Json{{"entry", "a"}, {"receipt", 1}},
        Json{{"entry", 1}, {"receipt", "a"}}, Json{{"entry", "a"}, {"receipt", "b"}, {"x", 1}}}) {
    json["keys"] = Json::array({key});
    EXPECT_TRUE(is_refused(json)) << key;
  }
  json["keys"] = Json::array();
  EXPECT_FALSE(is_refused(json));
  for (int i = 0; i < 256; ++i) json["keys"].push_back({{"entry", "a"}, {"receipt", "b"}});
  EXPECT_FALSE(is_refused(json));
  json["keys"].push_back({{"entry", "a"}, {"receipt", "b"}});
  EXPECT_TRUE(is_refused(json));
}

TEST(ProofFile, IsCanonicalWholeAndBounded) {
  const std::string text = example("example.refproof");
  for (std::size_t length = 0; length < text.size(); ++length) {
    ASSERT_FALSE(parse_proof_file(text.substr(0, length)));
  }
  EXPECT_FALSE(parse_proof_file(text + "\n"));
  EXPECT_FALSE(parse_proof_file(" " + text));
  Json json = *parse_json(text, 1 << 20, "proof");
  json["status"] = std::string(1 << 20, 'a');
  EXPECT_EQ(parse_proof_file(*to_canonical_json(json)).error().detail,
            "proof file: longer than 1 MiB");
}

}  // namespace
}  // namespace refledger::format
