#include "verify/witness/collect.h"

#include <future>
#include <limits>

#include "http/client/exchange.h"
#include "ledger/core/text.h"
#include "ledger/format/checkpoint.h"
#include "ledger/format/witness_request.h"
#include "ledger/keys/note.h"
#include "verify/check/witnesses.h"

namespace refledger::witness {
namespace {

constexpr int kTries = 3;
constexpr std::size_t kMaxAnswer = std::size_t{1} << 16;

// The one line of an answer that is this witness's cosignature, if it holds.
Result<std::string> cosignature_in(const std::string& answer, const format::Note& note,
                                   const format::NoteKey& witness) {
  const Result<format::Note> signed_note = format::parse_note(note.text + "\n" + answer);
  if (!signed_note) return Error{Fault::upstream, "the answer is no signature line"};
  for (const format::NoteSignature& signature : signed_note->signatures) {
    if (signature.name != witness.name || signature.key_id != witness.id()) continue;
    if (keys::check_cosignature({note.text, {signature}}, witness).trust ==
        keys::NoteTrust::signed_by_key) {
      return format::format_note_signature(signature);
    }
    return Error{Fault::upstream, "the cosignature does not hold"};
  }
  return Error{Fault::upstream, "the answer is by another key"};
}

Result<TreeSize> size_in(const std::string& body) {
  std::string_view rest = body;
  const std::optional<std::string_view> line = take_line(rest);
  const Result<std::uint64_t> size = from_decimal(line.value_or(""), "witness's size");
  if (!size || !rest.empty()) return Error{Fault::upstream, "409 without a size"};
  return TreeSize{*size};
}

}  // namespace

Result<Collector::Cosigned> Collector::ask(const std::string& name, TreeSize known,
                                           const Question& question) const {
  const format::NoteKey& key = policy_.witnesses.at(name);
  const TreeSize size = question.size;
  for (int tries = 0; tries < kTries; ++tries) {
    if (known > size) {
      return Error{Fault::conflict, "the witness has seen " + std::to_string(known.leaves) +
                                        " entries, more than this log has"};
    }
    format::WitnessRequest request{known, {}, question.signed_checkpoint};
    if (known.leaves > 0 && known < size) {
      Result<std::vector<TreeHash>> proof = question.prove(known);
      if (!proof) return proof.error();
      request.proof = *std::move(proof);
    }
    const Result<Posted> answer = post_(policy_.witness_urls.at(name) + "/add-checkpoint",
                                        format::format_witness_request(request));
    if (!answer) return answer.error();
    if (answer->status == 200) {
      Result<std::string> line = cosignature_in(answer->body, question.note, key);
      if (!line) return line.error();
      return Cosigned{*std::move(line), size};
    }
    if (answer->status != 409) {
      return Error{Fault::upstream, "the witness answered " + std::to_string(answer->status)};
    }
    const Result<TreeSize> told = size_in(answer->body);
    if (!told) return told.error();
    known = *told;
  }
  return Error{Fault::conflict, "the witness's size keeps changing"};
}

Collected Collector::collect(const std::string& signed_checkpoint, const Prove& prove) {
  Collected collected{signed_checkpoint, false, {}};
  const Result<format::Note> note = format::parse_note(signed_checkpoint);
  const Result<format::Checkpoint> checkpoint =
      note ? format::parse_checkpoint(note->text) : Result<format::Checkpoint>(note.error());
  if (!checkpoint) {
    collected.failed[""] = checkpoint.error().detail;
    return collected;
  }
  const Question question{*note, signed_checkpoint, checkpoint->size, prove};
  std::map<std::string, std::future<Result<Cosigned>>> asked;
  for (const auto& each : policy_.witness_urls) {
    const std::string name = each.first;
    const auto before = known_.find(name);
    const TreeSize known = before == known_.end() ? TreeSize{} : before->second;
    asked.emplace(name, std::async(std::launch::async, [this, name, known, &question] {
                    return ask(name, known, question);
                  }));
  }
  for (auto& [name, answer] : asked) {
    const Result<Cosigned> cosigned = answer.get();
    if (cosigned) {
      collected.note += cosigned->line;
      known_[name] = cosigned->known;
    } else {
      collected.failed[name] = cosigned.error().detail;
    }
  }
  const Result<format::Note> whole = format::parse_note(collected.note);
  collected.quorum =
      whole && policy_.quorum != "none" &&
      verify::has_quorum(*whole, policy_, 0, std::numeric_limits<std::uint64_t>::max());
  return collected;
}

Post post_over_http() {
  return [](const std::string& url, const std::string& body) -> Result<Posted> {
    Result<client::Endpoint> endpoint = client::parse_base_url(url);
    if (!endpoint) return endpoint.error();
    endpoint->timeout = std::chrono::seconds(10);
    endpoint->signed_content = true;
    client::Request request;
    request.body = body;
    request.media_type = "text/plain; charset=utf-8";
    request.answer_type = "text/plain";
    Result<client::Answer> answer = client::exchange(*endpoint, request, kMaxAnswer);
    if (!answer) return answer.error();
    return Posted{answer->status, std::move(answer->body)};
  };
}

}  // namespace refledger::witness
