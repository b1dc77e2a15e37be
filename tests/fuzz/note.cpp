// A note, a checkpoint or a verifier key that is read is written again alike.
#include <cstdlib>

#include "ledger/format/checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace refledger;
  const std::string_view text = text_of({data, size});
  const Result<format::Note> note = format::parse_note(text);
  if (note && format::format_note(*note) != text) std::abort();
  const Result<format::Checkpoint> checkpoint = format::parse_checkpoint(text);
  if (checkpoint && format::format_checkpoint(*checkpoint) != text) std::abort();
  const Result<format::NoteKey> key = format::parse_vkey(text);
  if (key && format::format_vkey(*key) != text) std::abort();
  return 0;
}
