// What stands behind the first signature is a second one, validation data and a timestamp, to the
// byte as we write them; whatever else an update does is refused, also under signatures that hold.
#include "update_attacks.h"

#include "verify/pdf/updates.h"

namespace refledger::verify {
namespace {

// ---- our own ------------------------------------------------------------------------------------

TEST(Updates, OfOursAreWholeAndTheFormIsTheOneThatIsTriedHere) {
  for (const auto& [additions, count] :
       {std::pair{both, 2u}, std::pair{lt, 2u}, std::pair{all, 4u}}) {
    const std::string& file = lasting_file(additions);
    EXPECT_EQ(verdict(file), "whole");
    EXPECT_EQ(our_update(revisions(file, count - 1), objects_in_last(file)), file);
  }
}

TEST(Updates, AreAllThere) {
  const std::string& file = lasting_file(all);
  for (std::size_t count = 1; count < 4; ++count) {
    EXPECT_EQ(verdict(revisions(file, count)), "altered") << count;
  }
  EXPECT_EQ(verdict(revisions(lasting_file(both), 1)), "altered");
}

TEST(Updates, HoldWithNoBitChanged) {
  const std::string& file = lasting_file(all);
  const std::size_t signed_part = revisions(file, 1).size();
  for (std::size_t at = signed_part; at < file.size(); at += 331) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_NE(verdict(changed), "whole") << "at " << at;
  }
}

// Without a timestamp over it the validation data has to hold by itself.
TEST(Updates, OfValidationDataHoldWithNoBitChanged) {
  const std::string& file = lasting_file(lt);
  const std::size_t signed_part = revisions(file, 1).size();
  for (std::size_t at = signed_part; at < file.size(); at += 101) {
    std::string changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_NE(verdict(changed), "whole") << "at " << at;
  }
}

TEST(Updates, CutShortAreNotWhole) {
  const std::string& file = lasting_file(all);
  for (std::size_t length = revisions(file, 1).size(); length < file.size(); length += 997) {
    EXPECT_NE(verdict(file.substr(0, length)), "whole") << length;
  }
}

// ---- what an attacker adds ----------------------------------------------------------------------

TEST(Updates, ThatAreAttacksAreRefused) {
  for (const Attack& attack : attacks_on_updates()) {
    EXPECT_NE(verdict(attack.file), "whole") << attack.name;
    EXPECT_NE(verdict(attack.file), "malformed") << attack.name << ": the original is inside";
  }
}

// The same way of making them, without an attack in it, makes a second signature that holds.
TEST(Updates, SignedAnewHoldIfTheyAreOurs) {
  const Stage stage;
  const std::string& file = lasting_file(both);
  const std::string anew = signed_last(our_update(revisions(file, 1), objects_in_last(file)),
                                       authorities().person_key());
  EXPECT_EQ(verdict(anew), "whole");
  EXPECT_EQ(inspect_pdf(bytes_of(anew))->second_signer, "Mara Muster");
}

// ---- what waits in the signed revision ----------------------------------------------------------

TEST(Updates, HaveNoFieldsToFillButEmptyOnes) {
  pdf::Document document = test::document_of(test::confirmation());
  document.additions = both;
  const pdf::Prepared page = *pdf::render(document, test::fonts());
  const std::vector<std::string> bodies = objects_of(std::string(text_of(page.file)));
  const std::size_t field = number_of(bodies, "/T (second)");
  ASSERT_EQ(verdict(signed_anew(bodies, key())), "altered") << "its second signature is missing";
  const auto extended_by_ours = [&](const std::string& body) {
    std::vector<std::string> changed = bodies;
    changed[field - 1] = body;
    const std::string file = signed_anew(changed, key());
    const Result<seal::Place> place = seal::open_second(bytes_of(file), 4096);
    if (!place) return verdict(file);
    const Result<Bytes> made =
        seal::sign_pdf(place->file, place->contents_begin, place->contents_end, key());
    return verdict(text_of(*made));
  };
  EXPECT_EQ(extended_by_ours(bodies[field - 1]), "whole");
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"/Rect [ 0 0 0 0 ]", "/Rect [ 0 0 9 9 ]"},
           {"/FT /Sig", "/FT /Sig /Lock << /Action /All >>"},
           {"/FT /Sig", "/DA (/Helv 20 Tf) /FT /Sig"},
           {"/T (second)", "/T (third)"}}) {
    EXPECT_NE(extended_by_ours(with(bodies[field - 1], from, to)), "whole") << to;
  }
}

// ---- validation data ----------------------------------------------------------------------------

class DataOf : public testing::Test {
 protected:
  // The file's own, as it was gathered.
  static seal::ValidationData data() {
    const std::string& file = lasting_file(lt);
    seal::ValidationData data;
    const Objects objects = objects_in_last(file);
    const std::string& lists = std::next(objects.begin())->second;
    const auto streams = [&](const std::string& name) {
      std::vector<Bytes> found;
      if (lists.find(name) == std::string::npos) return found;
      std::istringstream numbers(between(lists, name + " [ ", "]"));
      for (std::string number, rest; numbers >> number >> rest >> rest;) {
        const std::string& body = objects.at(std::stoul(number));
        const std::size_t begin = body.find("stream\n") + 7;
        found.push_back(copy_of(bytes_of(body.substr(begin, body.size() - begin - 10))));
      }
      return found;
    };
    data.lists = streams("/CRLs");
    data.certificates = streams("/Certs");
    data.answers = streams("/OCSPs");
    return data;
  }
  static std::string verdict_with(const seal::ValidationData& data) {
    const std::string first = revisions(lasting_file(lt), 1);
    return verdict(text_of(*seal::with_validation_data(bytes_of(first), data)));
  }
};

TEST_F(DataOf, AFileIsTakenAsItWasGathered) {
  EXPECT_EQ(data().certificates.size(), 6u);  // two authorities' chains and a responder's
  EXPECT_EQ(data().answers.size(), 1u);
  EXPECT_EQ(data().lists.size(), 2u);
  EXPECT_EQ(verdict_with(data()), "whole");
}

// A file that was sealed for good says so (DocMDP), and is held to it.
TEST_F(DataOf, AFileThatAllowsNoneIsAnAddition) {
  const Result<Bytes> more = seal::with_validation_data(bytes_of(original()), data());
  ASSERT_TRUE(more);
  EXPECT_EQ(verdict(text_of(*more)), "extended");
}

TEST_F(DataOf, AFileIsCompleteForItsSigners) {
  for (std::size_t at = 0; at < data().answers.size(); ++at) {
    seal::ValidationData less = data();
    less.answers.erase(less.answers.begin() + static_cast<std::ptrdiff_t>(at));
    EXPECT_EQ(verdict_with(less), "altered");
  }
  seal::ValidationData none = data();
  none.lists.clear();
  EXPECT_EQ(verdict_with(none), "altered");
  none = data();
  none.certificates.clear();
  EXPECT_EQ(verdict_with(none), "altered");
  EXPECT_EQ(verdict_with({}), "altered");
}

TEST_F(DataOf, AFileHoldsNothingThatIsNobodys) {
  const auto der = [](const std::string& text) { return copy_of(bytes_of(text)); };
  const test::CertificateAuthority stranger({.name = "Stranger"});
  stranger.openssl("x509 -in " + stranger.path("signer.pem") + " -outform DER -out " +
                   stranger.path("signer.der"));
  seal::ValidationData more = data();
  more.certificates.push_back(der(stranger.file("signer.der")));
  EXPECT_EQ(verdict_with(more), "altered");
  more = data();
  more.lists.push_back(der(stranger.file("root.crl.der")));
  EXPECT_EQ(verdict_with(more), "altered");
  for (const std::string nonsense : {"", "0", "not DER"}) {
    for (auto member : {&seal::ValidationData::certificates, &seal::ValidationData::answers,
                        &seal::ValidationData::lists}) {
      more = data();
      (more.*member).push_back(der(nonsense));
      EXPECT_NE(verdict_with(more), "whole");
    }
  }
}

}  // namespace
}  // namespace refledger::verify
