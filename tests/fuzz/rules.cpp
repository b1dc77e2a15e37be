// A rule pack that is read has every field; a sentence that is read can be said in every voice.
#include <cstdlib>

#include "ledger/core/bytes.h"
#include "render/letter/pack.h"
#include "render/letter/template.h"
#include "render/letter/wording.h"

namespace {

using namespace refledger;
using namespace refledger::letter;

void say(const Template& sentence) {
  Slots slots;
  for (const std::string& name : sentence.slots()) slots[name] = "Alex";
  const std::vector<Join> joins{{"de ", {"A"}, "d’", 0}};
  for (const Salutation salutation : {Salutation::female, Salutation::male, Salutation::neutral}) {
    for (const Tense tense : {Tense::past, Tense::present}) {
      for (const bool first : {true, false}) {
        (void)sentence.render({salutation, tense, first}, slots, joins, {{"ß", "ss"}});
      }
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  if (const Result<Pack> pack = parse_pack(text, "XX.json")) {
    for (const auto& [id, type] : pack->types) {
      for (const std::string_view field : field_names()) (void)type.field(field);
      (void)type.signing_rule(SigningMode::by_hand);
    }
  }
  if (const Result<Wording> wording = Wording::parse(text, "wording-xx.json")) {
    for (const auto& [key, sentence] : wording->sentences) say(sentence);
  }
  if (const Result<Template> sentence = Template::parse(text)) say(*sentence);
  return 0;
}
