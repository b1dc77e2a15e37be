// Whose signature a note carries.
#include "ledger/keys/note.h"

#include "support/example.h"

namespace refledger::keys {
namespace {

using format::kNoteCosignature;
using format::kNoteEd25519;
using format::Note;
using format::NoteKey;
using test::example;
using test::key_of;

constexpr std::uint64_t kExampleTime = 1793404800;

Note cosigned() { return *format::parse_note(example("checkpoint-cosigned.txt")); }

NoteKey log_key() {
  return {test::kOrigin, kNoteEd25519, test::ExampleSecrets().key("log")->public_key()};
}
NoteKey witness_key() {
  return {"witness.example.org", kNoteCosignature,
          test::ExampleSecrets().key("witness")->public_key()};
}

TEST(CheckNote, KnowsLogAndWitnessOfTheExample) {
  EXPECT_EQ(check_note(cosigned(), log_key()), NoteTrust::signed_by_key);
  EXPECT_EQ(check_note(cosigned(), witness_key()), NoteTrust::signed_by_key);
  EXPECT_EQ(check_cosignature(cosigned(), witness_key()).time, kExampleTime);
}

TEST(CheckNote, IgnoresASignerWhoseNameOrIdIsAnother) {
  EXPECT_EQ(check_note(cosigned(), {"other.example/log", kNoteEd25519, log_key().key}),
            NoteTrust::unknown_signers);
  EXPECT_EQ(check_note(cosigned(), {test::kOrigin, kNoteEd25519, key_of(9)->public_key()}),
            NoteTrust::unknown_signers);
  EXPECT_EQ(check_note(cosigned(), {test::kOrigin, kNoteCosignature, log_key().key}),
            NoteTrust::unknown_signers);
}

TEST(CheckNote, OneSignatureThatFailsSpoilsAll) {
  Note note = cosigned();
  note.signatures.push_back(note.signatures[0]);
  EXPECT_EQ(check_note(note, log_key()), NoteTrust::signed_by_key);
  note.signatures.back().signature[5] ^= 1;
  EXPECT_EQ(check_note(note, log_key()), NoteTrust::bad_signature);
  EXPECT_EQ(check_note(note, witness_key()), NoteTrust::signed_by_key);
}

TEST(CheckNote, EveryChangedByteOfTextOrSignatureIsNoticed) {
  const Note note = cosigned();
  for (std::size_t at = 0; at < note.text.size(); ++at) {
    Note changed = note;
    changed.text = test::flipped(note.text, at);
    ASSERT_EQ(check_note(changed, log_key()), NoteTrust::bad_signature);
    ASSERT_EQ(check_note(changed, witness_key()), NoteTrust::bad_signature);
  }
  for (std::size_t at = 0; at < 72; ++at) {
    Note changed = note;
    changed.signatures[1].signature[at] ^= 1;
    ASSERT_EQ(check_note(changed, witness_key()), NoteTrust::bad_signature) << at;
    if (at < 64) {
      changed.signatures[0].signature[at] ^= 1;
      ASSERT_EQ(check_note(changed, log_key()), NoteTrust::bad_signature) << at;
    }
  }
}

TEST(CheckNote, ASignatureOfAnotherLengthFails) {
  for (const std::size_t length : {1, 63, 65, 71, 72, 73}) {
    Note note = cosigned();
    note.signatures[0].signature.resize(length);
    EXPECT_EQ(check_note(note, log_key()), NoteTrust::bad_signature) << length;
    note.signatures[1].signature.resize(length);
    EXPECT_EQ(check_note(note, witness_key()),
              length == 72 ? NoteTrust::signed_by_key : NoteTrust::bad_signature);
  }
}

TEST(CheckNote, TellsTheLatestOfTwoCosignatures) {
  Note note = cosigned();
  const std::uint64_t later = kExampleTime + 60;
  const Signature signature =
      test::ExampleSecrets().key("witness")->sign(bytes_of(cosignature_message(note.text, later)));
  Bytes blob;
  for (int shift = 56; shift >= 0; shift -= 8) {
    blob.push_back(static_cast<std::uint8_t>(later >> shift));
  }
  blob.insert(blob.end(), signature.bytes.begin(), signature.bytes.end());
  note.signatures.insert(note.signatures.begin(),
                         {"witness.example.org", witness_key().id(), blob});
  EXPECT_EQ(check_cosignature(note, witness_key()).time, later);
}

}  // namespace
}  // namespace refledger::keys
