// Every rule of every pack, from both sides: kept it lets the letter through, broken it does not.
#include "render/letter/requirements.h"

#include <gtest/gtest.h>

#include "render/letter/letter.h"
#include "support/references.h"

namespace refledger::letter {
namespace {

using namespace std::chrono;

// Fills `field` as a writer would.
void say(Reference& reference, const DocumentType& type, const std::string& field) {
  if (field == "employer_description") reference.employer_description = "Wir bauen Pumpen.";
  if (field == "academic_title") reference.academic_title = "Dr.";
  if (field == "birthdate") reference.birthdate = 1990y / May / 14;
  if (field == "place_of_origin") reference.place_of_origin = "Winterthur";
  if (field == "employed_to") reference.employed_to = 2026y / September / 30;
  if (field == "department") reference.functions.back().department = "Labor";
  if (field == "workload") reference.functions.back().workload = "80 %";
  if (field == "tasks") reference.functions.back().tasks = {"Prüfung von Werkstoffen"};
  if (field == "function_period") reference.functions.front().from = reference.employed_from;
  if (field == "training") reference.training = {"CAS Projektmanagement"};
  // Where the type has ratings, reference_of() has given them all.
  if ((field == "performance" || field == "conduct") && type.criteria.empty()) {
    reference.ratings = {{"quality", 1, ""}};
  }
  if (field == "absence_mention") reference.absence_mention = "Im Jahr 2024 war sie abwesend.";
  if (field == "leaving_reason") reference.leaving_reason = "own_wish";
  if (field == "health_cover") reference.health_cover = true;
  if (field == "thanks") reference.thanks = true;
  if (field == "wishes") reference.wishes = true;
  if (field == "introduction" || field == "closing") reference.blocks[field] = "Ein Satz.";
}

// Empties `field`; false where a reference without it is none at all.
bool leave_out(Reference& reference, const DocumentType& type, const std::string& field) {
  if (field == "employer") reference.employer_place.clear();
  if (field == "name") reference.given_name.clear();
  if (field == "employed_to") reference.employed_to.reset();
  if (field == "function") reference.functions.clear();
  if (field == "function_period") reference.functions.back().from.reset();
  if (field == "department") reference.functions.back().department.reset();
  if (field == "workload") reference.functions.back().workload.reset();
  if (field == "tasks") reference.functions.back().tasks.clear();
  if (field == "training") reference.training.clear();
  if (field == "performance" || field == "conduct") {
    const Group group = field == "performance" ? Group::performance : Group::conduct;
    std::erase_if(reference.ratings, [&](const Rating& rating) {
      return type.criteria.at(rating.criterion).group == group;
    });
  }
  if (field == "signature") reference.signatories.clear();
  if (field == "health_cover") reference.health_cover = false;
  return field != "employed_from" && field != "document_date";
}

Error refusal(const Reference& reference, const DocumentType& type) {
  const Result<void> checked = check_rules(reference, type);
  return checked ? Error{Fault::storage, "accepted"} : checked.error();
}

template <class Act>
void for_every_type(Act act) {
  const Packs packs = test::packs();
  for (const Pack& pack : packs.all()) {
    for (const auto& [id, type] : pack.types) {
      SCOPED_TRACE(pack.country + " " + format_date(pack.valid_from) + " " + id);
      act(pack, type);
    }
  }
}

TEST(Requirements, LetWhatEveryTypeAllowsThrough) {
  for_every_type([](const Pack& pack, const DocumentType& type) {
    EXPECT_EQ(refusal(test::reference_of(pack, type, "de"), type).detail, "accepted");
  });
}

TEST(Requirements, NameEachMandatoryFieldThatIsMissing) {
  for_every_type([](const Pack& pack, const DocumentType& type) {
    for (const auto& [field, rule] : type.fields) {
      Reference reference = test::reference_of(pack, type, "de");
      if (!leave_out(reference, type, field)) continue;
      const bool mandatory = rule.rule == Rule::mandatory;
      const Error expected{Fault::malformed, field + ": missing"};
      if (mandatory) {
        EXPECT_EQ(refusal(reference, type), expected);
      } else {
        EXPECT_EQ(refusal(reference, type).detail, "accepted") << field;
      }
    }
  });
}

TEST(Requirements, RefuseEachForbiddenFieldAndEachWithoutItsGround) {
  for_every_type([](const Pack& pack, const DocumentType& type) {
    for (const auto& [field, rule] : type.fields) {
      Reference reference = test::reference_of(pack, type, "de");
      say(reference, type, field);
      EXPECT_EQ(refusal(reference, type).detail == "accepted", rule.rule != Rule::forbidden)
          << field << ": " << refusal(reference, type).detail;
      if (rule.rule == Rule::forbidden) {
        EXPECT_EQ(refusal(reference, type).fault, Fault::refused) << field;
      }
      const bool needs_ground = rule.rule == Rule::on_request || rule.rule == Rule::conditional;
      if (!needs_ground) continue;
      reference.grounds.erase(field);
      EXPECT_EQ(refusal(reference, type).fault, Fault::refused) << field;
      EXPECT_EQ(refusal(reference, type).detail.find(field + ": only "), 0u) << field;
      reference.grounds[field] = "";
      EXPECT_EQ(refusal(reference, type).fault, Fault::refused) << field;
    }
  });
}

TEST(Requirements, DemandEachMandatoryCriterion) {
  for_every_type([](const Pack& pack, const DocumentType& type) {
    for (const auto& [criterion, rule] : type.criteria) {
      Reference reference = test::reference_of(pack, type, "de");
      std::erase_if(reference.ratings, [&, name = criterion](const Rating& rating) {
        return rating.criterion == name;
      });
      if (rule.rule == Rule::mandatory) {
        EXPECT_EQ(refusal(reference, type), (Error{Fault::malformed, criterion + ": missing"}));
      } else {
        EXPECT_EQ(refusal(reference, type).detail, "accepted") << criterion;
      }
    }
  });
}

TEST(Requirements, RefuseAGradeBelowTheLowestOfTheType) {
  int limited = 0;
  for_every_type([&](const Pack& pack, const DocumentType& type) {
    if (type.criteria.empty()) return;
    Reference reference = test::reference_of(pack, type, "de");
    reference.ratings.front().grade = type.lowest_grade.grade;
    EXPECT_EQ(refusal(reference, type).detail, "accepted");
    if (type.lowest_grade.grade == 5) return;
    ++limited;
    reference.ratings.front().grade = type.lowest_grade.grade + 1;
    EXPECT_EQ(refusal(reference, type).fault, Fault::refused);
  });
  EXPECT_EQ(limited, 3);  // Austria allows the best alone, France nothing that harms
}

TEST(Requirements, KnowNoCriterionButThePacks) {
  for_every_type([](const Pack& pack, const DocumentType& type) {
    Reference reference = test::reference_of(pack, type, "de");
    reference.ratings.push_back({"punctuality", 1, ""});
    EXPECT_NE(refusal(reference, type).detail, "accepted");
  });
}

TEST(Requirements, WaitForASignatoryUnlessTheEmployerSeals) {
  for_every_type([](const Pack& pack, const DocumentType& type) {
    if (type.field("signature").rule != Rule::mandatory) return;
    Reference reference = test::reference_of(pack, type, "de");
    reference.signatories.clear();
    for (const SigningMode mode : {SigningMode::by_hand, SigningMode::qualified}) {
      reference.signing = mode;
      EXPECT_EQ(refusal(reference, type), (Error{Fault::malformed, "signature: missing"}));
    }
    reference.signing = SigningMode::company_seal;
    EXPECT_EQ(refusal(reference, type).detail, "accepted");
  });
}

struct Broken {
  const char* what;
  void (*change)(Reference&);
  Error error;
};

class BrokenReference : public testing::TestWithParam<Broken> {};

TEST_P(BrokenReference, IsRefusedByItsField) {
  const Packs packs = test::packs();
  const Pack& pack = **packs.find("CH", 2026y / September / 30);
  Reference reference = test::reference_of(pack, **pack.type("full_final"), "de");
  GetParam().change(reference);
  const Result<Letter> letter = compose(reference, packs);
  ASSERT_FALSE(letter.has_value());
  EXPECT_EQ(letter.error(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    EachKind, BrokenReference,
    testing::Values(
        Broken{"EndBeforeStart",
               [](Reference& one) { one.employed_to = 2019y / February / 28; },
               {Fault::malformed, "employed_to: before employed_from"}},
        Broken{"NoSuchStart",
               [](Reference& one) { one.employed_from = 2019y / February / 30; },
               {Fault::malformed, "employed_from: no such date"}},
        Broken{"NoDocumentDate",
               [](Reference& one) { one.document_date = Date{}; },
               {Fault::malformed, "document_date: no such date"}},
        Broken{"FunctionBeforeEmployment",
               [](Reference& one) { one.functions[0].from = 2018y / May / 1; },
               {Fault::malformed, "functions: a period outside the employment"}},
        Broken{"FunctionAfterEmployment",
               [](Reference& one) { one.functions[1].to = 2027y / May / 1; },
               {Fault::malformed, "functions: a period outside the employment"}},
        Broken{"FunctionEndsBeforeItBegins",
               [](Reference& one) { one.functions[1].to = 2020y / May / 1; },
               {Fault::malformed, "functions: one ends before it begins"}},
        Broken{"FunctionsOutOfOrder",
               [](Reference& one) { std::swap(one.functions[0], one.functions[1]); },
               {Fault::malformed, "functions: not in the order of time"}},
        Broken{"GradeSix",
               [](Reference& one) { one.ratings[0].grade = 6; },
               {Fault::malformed, "ratings: a grade is from 1 to 5"}},
        Broken{"CriterionTwice",
               [](Reference& one) { one.ratings.push_back(one.ratings.front()); },
               {Fault::malformed, "ratings: a criterion twice"}},
        Broken{"ThreeSignatories",
               [](Reference& one) { one.signatories.resize(3); },
               {Fault::out_of_range, "signatories: more than two"}},
        Broken{"BlankName",
               [](Reference& one) { one.family_name = "  "; },
               {Fault::malformed, "family_name: empty"}},
        Broken{"HiddenCharacterInATask",
               [](Reference& one) { one.functions[0].tasks[0] = "a\x01"; },
               {Fault::malformed, "tasks: holds a character that cannot be printed"}},
        Broken{"BlockElsewhere",
               [](Reference& one) { one.blocks["footer"] = "x"; },
               {Fault::malformed, "blocks: no such place"}},
        Broken{"UnknownType",
               [](Reference& one) { one.type = "simple"; },
               {Fault::not_found, "type: not in the rules of CH"}},
        Broken{"UnknownCountry",
               [](Reference& one) { one.country = "LI"; },
               {Fault::not_found, "rules: none for this country and day"}},
        Broken{"UnknownLanguage",
               [](Reference& one) { one.language = "rm"; },
               {Fault::refused, "language: no wording for it"}},
        Broken{"EditOfASectionThatIsNot",
               [](Reference& one) { one.edited["scope"] = "x"; },
               {Fault::malformed, "edited: a section that this letter does not have"}},
        Broken{"EmptyEdit",
               [](Reference& one) { one.edited["thanks"] = " "; },
               {Fault::malformed, "edited.thanks: empty"}},
        Broken{"EditWithoutTheEnd",
               [](Reference& one) {
                 one.edited["opening"] =
                     "Frau Mara Brunner war ab dem 1. März 2019 bei der Nordlicht Instrumente AG.";
               },
               {Fault::malformed, "employed_to: missing in the edited text"}}),
    [](const testing::TestParamInfo<Broken>& each) { return each.param.what; });

}  // namespace
}  // namespace refledger::letter
