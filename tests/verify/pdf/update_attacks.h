// Attacks by updates of the very form that ours have, signed by the second signatory where that is
// what they are about.
#pragma once

#include "updates.h"

namespace refledger::verify {

inline constexpr pdf::Additions both{.second_signature = true};
inline constexpr pdf::Additions lt{.validation_data = true};
inline constexpr pdf::Additions all{true, true, true};

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
inline std::string signed_second(const Stage& stage, const Objects& objects,
                                 const Form& form = {}) {
  return signed_last(our_update(stage.file, objects, form), authorities().person_key());
}

inline std::vector<Attack> attacks_on_the_second_signature() {
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

inline std::vector<Attack> attacks_on_the_validation_data() {
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

inline std::vector<Attack> attacks_on_updates() {
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

}  // namespace refledger::verify
