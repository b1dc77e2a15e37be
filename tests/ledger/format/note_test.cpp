// Signed notes and checkpoints: the examples, then every way to write them wrongly.
#include "ledger/format/note.h"

#include "ledger/format/checkpoint.h"
#include "support/example.h"

namespace refledger::format {
namespace {

using test::example;
using test::ExampleSecrets;
using test::key_of;
using test::kOrigin;

// The verifier key of c2sp.org/signed-note, and of Go's package note.
TEST(NoteKey, IsReadAndWrittenAsInTheSpecification) {
  const std::string vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  const Result<NoteKey> key = parse_vkey(vkey);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->name, "PeterNeumann");
  EXPECT_EQ(key->id(), 0xc74f20a3u);
  EXPECT_EQ(format_vkey(*key), vkey);
}

TEST(NoteKey, RefusesEveryOtherText) {
  const std::string vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  for (std::size_t length = 0; length < vkey.size(); ++length) {
    EXPECT_FALSE(parse_vkey(vkey.substr(0, length)));
  }
  for (std::size_t at = 0; at < vkey.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      EXPECT_FALSE(parse_vkey(test::flipped(vkey, at, bit))) << at;
    }
  }
  for (const std::string& text : {vkey + "\n", " " + vkey, vkey + "+", "+" + vkey}) {
    EXPECT_FALSE(parse_vkey(text));
  }
  NoteKey other{"a", 0x02, {}};
  EXPECT_FALSE(parse_vkey(format_vkey(other)));
  other = {"a b", kNoteEd25519, {}};
  EXPECT_FALSE(parse_vkey(format_vkey(other)));
}

TEST(Note, TheExampleIsReadAndWrittenAgain) {
  const std::string text = example("checkpoint-cosigned.txt");
  const Result<Note> note = parse_note(text);
  ASSERT_TRUE(note);
  ASSERT_EQ(note->signatures.size(), 2u);
  EXPECT_EQ(note->signatures[0].name, kOrigin);
  EXPECT_EQ(note->signatures[0].signature.size(), 64u);
  EXPECT_EQ(note->signatures[1].name, "witness.example.org");
  EXPECT_EQ(note->signatures[1].signature.size(), 72u);
  EXPECT_EQ(format_note(*note), text);
}

TEST(Note, ItsTextEndsAtTheLastEmptyLine) {
  const auto key = key_of(1);
  const std::string text = sign_note("a\n\nb\n\n", "name", *key);
  EXPECT_EQ(parse_note(text)->text, "a\n\nb\n\n");
}

TEST(Note, EveryChangedByteIsRefusedOrReadAsWritten) {
  const std::string text = example("checkpoint-cosigned.txt");
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const std::string changed = test::flipped(text, at, bit);
      if (const Result<Note> note = parse_note(changed)) {
        ASSERT_EQ(format_note(*note), changed) << at;
      }
    }
  }
}

TEST(Note, RefusesWhatTheSpecificationDoes) {
  const std::string line = "— n " + to_base64(Bytes(68)) + "\n";
  ASSERT_TRUE(parse_note("a\n\n" + line));
  for (const std::string& text :
       {std::string(), std::string("a\n"), "a\n" + line, "a\n\n" + line + "\n",
        "a\n\n" + line.substr(0, line.size() - 1), std::string("a\n\n"), "a\r\n\n" + line,
        "a\tb\n\n" + line, "\xff\n\n" + line, std::string("a\n\n- n AAAAAAAA\n"),
        std::string("a\n\n— n\n"), std::string("a\n\n— AAAAAAAA\n"),
        std::string("a\n\n—  AAAAAAAA\n"), std::string("a\n\n— n+ AAAAAAAA\n"),
        std::string("a\n\n— n AAAA\n"), std::string("a\n\n— n AAAAAA==\n"),
        std::string("a\n\n— n AAAAAAA\n"), std::string("a\n\n— n AAAAAAAA \n"),
        std::string("a\n\n— n\u00a0b AAAAAAAA\n")}) {
    EXPECT_EQ(parse_note(text).error().fault, Fault::malformed) << text;
  }
}

TEST(Note, HasAtMostSixtyFourSignaturesAndAMebibyte) {
  std::string text = "a\n\n";
  for (int i = 0; i < 64; ++i) text += "— n AAAAAAAA\n";
  EXPECT_TRUE(parse_note(text));
  EXPECT_FALSE(parse_note(text + "— n AAAAAAAA\n"));
  EXPECT_FALSE(parse_note(std::string(1 << 20, 'a') + "\n\n— n AAAAAAAA\n"));
}

TEST(Checkpoint, TheExampleIsReadAndSignedAgain) {
  const std::string text = example("checkpoint.txt");
  const Result<Checkpoint> checkpoint = parse_checkpoint(parse_note(text)->text);
  ASSERT_TRUE(checkpoint);
  const ExampleSecrets secrets;
  EXPECT_EQ(*checkpoint, (Checkpoint{kOrigin, {7}, secrets.fixed<TreeHash>("root")}));
  EXPECT_EQ(sign_checkpoint(*checkpoint, *secrets.key("log")), text);
}

TEST(Checkpoint, HasExactlyThreeLines) {
  const std::string root = to_base64(hash_empty().view());
  ASSERT_TRUE(parse_checkpoint("o\n0\n" + root + "\n"));
  for (const std::string& text :
       {std::string(), std::string("o\n"), std::string("o\n0\n"), "o\n0\n" + root,
        "o\n0\n" + root + "\n\n", "o\n0\n" + root + "\nextension\n", "\n0\n" + root + "\n",
        "o\n00\n" + root + "\n", "o\n-1\n" + root + "\n", "o\n 1\n" + root + "\n",
        "o\n9223372036854775808\n" + root + "\n", "o\n1\n" + root.substr(4) + "\n",
        "o\n1\n" + to_base64(Bytes(33)) + "\n", "o\n1\n" + root + " \n", "o p\n1\n" + root + "\n",
        "o+p\n1\n" + root + "\n"}) {
    EXPECT_EQ(parse_checkpoint(text).error().fault, Fault::malformed) << text;
  }
}

TEST(Checkpoint, EveryChangedByteIsRefusedOrReadAsWritten) {
  const std::string text = parse_note(example("checkpoint.txt"))->text;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      const std::string changed = test::flipped(text, at, bit);
      if (const auto checkpoint = parse_checkpoint(changed)) {
        ASSERT_EQ(format_checkpoint(*checkpoint), changed);
      }
    }
  }
}

}  // namespace
}  // namespace refledger::format
