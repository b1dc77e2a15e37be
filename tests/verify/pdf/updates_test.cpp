// What stands behind the first signature is a second one, validation data and a timestamp, to the
// byte as we write them; whatever else an update does is refused, also under signatures that hold.
#include "updates.h"

#include "verify/pdf/updates.h"

namespace refledger::verify {
namespace {

constexpr pdf::Additions both{.second_signature = true};
constexpr pdf::Additions lt{.validation_data = true};
constexpr pdf::Additions all{true, true, true};

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

// Where an attacker stands: a file that waits for its second signature, and one that has everything
// but its validation data.
struct Stage {
  std::string file = revisions(lasting_file(all), 1);
  std::vector<std::string> bodies = objects_of(file);
  Objects second = objects_in_last(revisions(lasting_file(all), 2));
  std::size_t page = number_of(bodies, "/Type /Page ");
  std::size_t fresh = second.rbegin()->first + 1;
  std::size_t field = second.begin()->first;
};

// The person signs what the attacker made of the second signature's update.
std::string signed_second(const Stage& stage, const Objects& objects, const Form& form = {}) {
  return signed_last(our_update(stage.file, objects, form), authorities().person_key());
}

std::vector<Attack> attacks_on_the_second_signature() {
  const Stage stage;
  const std::size_t fresh = stage.fresh;
  const auto with_more = [&](const Objects& more) {
    Objects objects = more;
    objects.insert(stage.second.begin(), stage.second.end());
    return objects;
  };
  const std::string black =
      with_value(stage.bodies[stage.page - 1], "/Contents", std::to_string(fresh) + " 0 R");
  const std::string& annotated = stage.bodies[stage.page - 1];
  const std::size_t annots = annotated.find("/Annots [") + 9;
  const std::string note =
      annotated.substr(0, annots) + " " + std::to_string(fresh) + " 0 R" + annotated.substr(annots);
  Objects placed = stage.second;
  placed[stage.field] = with(placed[stage.field], "/Rect [ 0 0 0 0 ]", "/Rect [ 50 600 550 800 ]");
  Objects dressed = stage.second;
  dressed[stage.field] =
      "<< /AP << /N " + std::to_string(fresh) + " 0 R >> " + dressed[stage.field].substr(3);
  dressed[fresh] =
      stream("0 0 0 rg 0 0 500 200 re f", "/Type /XObject /Subtype /Form /BBox [ 0 0 500 200 ] ");
  Objects other_type = stage.second;
  other_type[stage.second.rbegin()->first] =
      with(other_type.rbegin()->second, "/ETSI.CAdES.detached", "/adbe.pkcs7.detached");
  Objects backdated = stage.second;
  backdated[stage.second.rbegin()->first] =
      with(backdated.rbegin()->second, "/M (D:2026", "/M (D:2016");
  const std::string again = std::to_string(stage.page) + " 1\n0000000015 00000 n \n";
  return {
      {"page_replaced",
       signed_second(stage, with_more({{stage.page, black}, {fresh, black_page()}}))},
      {"annotation_added",
       signed_second(stage, with_more({{stage.page, note},
                                       {fresh,
                                        "<< /Type /Annot /Subtype /FreeText /Rect [ 50 600 "
                                        "550 800 ] /Contents (Excellent) /F 4 >>"}}))},
      {"field_moved_onto_the_page", signed_second(stage, placed)},
      {"field_with_an_appearance", signed_second(stage, dressed)},
      {"object_that_nothing_refers_to", signed_second(stage, with_more({{fresh, black_page()}}))},
      {"bytes_before_the_table",
       signed_second(stage, stage.second, {.before_table = "% hidden\n"})},
      {"table_with_another_page", signed_second(stage, stage.second, {.more_entries = again})},
      {"table_that_frees_the_page",
       signed_second(stage, stage.second,
                     {.more_entries = std::to_string(stage.page) + " 1\n0000000000 00001 f \n"})},
      {"table_before_it_is_another", signed_second(stage, stage.second, {.previous = "15"})},
      {"another_kind_of_signature", signed_second(stage, other_type)},
      {"another_claimed_day", signed_second(stage, backdated)},
      {"first_signature_copied",
       our_update(stage.file, {{stage.field, stage.second.begin()->second},
                               {stage.second.rbegin()->first,
                                stage.bodies[number_of(stage.bodies, "/ByteRange") - 1]}})}};
}

std::vector<Attack> attacks_on_the_validation_data() {
  const std::string file = revisions(lasting_file(all), 2);
  const std::vector<std::string> bodies = objects_of(revisions(file, 1));
  const Objects ours = objects_in_last(revisions(lasting_file(all), 3));
  const std::size_t page = number_of(bodies, "/Type /Page ");
  const std::size_t fresh = ours.rbegin()->first + 1;
  const auto changed = [&](const Objects& more) {
    Objects objects = more;
    objects.insert(ours.begin(), ours.end());
    return our_update(file, objects);
  };
  const auto in_catalog = [&](const std::string& entry) {
    return changed({{1, "<< " + entry + ours.at(1).substr(2)}});
  };
  const std::string black =
      with_value(bodies[page - 1], "/Contents", std::to_string(fresh) + " 0 R");
  const std::string pages = between(ours.at(1), "/Pages ", " R") + " R";
  const std::size_t last = ours.rbegin()->first;
  return {
      {"data_and_a_page", changed({{page, black}, {fresh, black_page()}})},
      {"data_and_other_pages", changed({{1, with(ours.at(1), "/Pages " + pages,
                                                 "/Pages " + std::to_string(fresh) + " 0 R")},
                                        {fresh, "<< /Type /Pages /Kids [ ] /Count 0 >>"}})},
      {"data_and_a_script", in_catalog("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")},
      {"data_and_layers", in_catalog("/OCProperties << /OCGs [ ] /D << /OFF [ ] >> >>")},
      {"data_and_another_form",
       changed({{1, with(ours.at(1), "/SigFlags 3", "/SigFlags 3 /NeedAppearances true")}})},
      {"data_in_a_filter",
       changed({{last, with(ours.at(last), "<< /Length", "<< /Filter /FlateDecode /Length")}})},
      {"data_with_a_wrong_length",
       changed({{last, with(ours.at(last), "<< /Length ", "<< /Length 1")}})},
      {"data_twice", our_update(our_update(file, ours), ours)},
      {"data_before_the_second_signature", our_update(revisions(file, 1), ours)}};
}

std::vector<Attack> attacks_on_updates() {
  std::vector<Attack> every = attacks_on_the_second_signature();
  const std::vector<Attack> more = attacks_on_the_validation_data();
  every.insert(every.end(), more.begin(), more.end());
  const std::string& whole = lasting_file(all);
  const Objects stamp = objects_in_last(whole);
  every.push_back({"timestamp_twice", our_update(whole, stamp)});
  every.push_back({"timestamp_without_its_data", our_update(revisions(whole, 2), stamp)});
  every.push_back({"garbage_behind_the_timestamp", whole + "\n"});
  return every;
}

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
