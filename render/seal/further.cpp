// What stands behind the first signature, each by one update: a second signature, the validation
// data of all of them, a timestamp over everything.
//
// Order    second signature, validation data, timestamp
// Source   ISO 32000-1 §12.8.1; ETSI EN 319 142-1 §5.4 (DSS), §5.5 (document timestamp)
#include <algorithm>

#include "ledger/core/encoding.h"
#include "render/seal/further.h"
#include "render/seal/update.h"

namespace refledger::seal {
namespace {

// Wider than any offset a file of ours has.
constexpr std::string_view unknown_range = "[ 0 1000000000 1000000000 1000000000 ]";

std::string with_place(std::size_t reserve, const std::string& claimed, const std::string& form,
                       const std::string& type) {
  return "<< /ByteRange " + std::string(unknown_range) + " /Contents <" +
         std::string(2 * reserve, '0') + "> /Filter /Adobe.PPKLite" +
         (claimed.empty() ? "" : " /M " + claimed) + " /SubFilter /" + form + " /Type /" + type +
         " >>";
}

// Offsets are known only now; the array keeps its length, padded with spaces.
Result<Place> with_range(Bytes file, std::size_t reserve) {
  const std::string_view whole = text_of(file);
  const std::size_t range = whole.rfind("/ByteRange " + std::string(unknown_range));
  const std::string gap = "/Contents <" + std::string(2 * reserve, '0') + ">";
  const std::size_t contents = range == std::string_view::npos ? range : whole.find(gap, range);
  if (contents == std::string_view::npos) {
    return Error{Fault::malformed, "PDF: the signature's place is not found"};
  }
  const std::size_t begin = contents + std::string_view("/Contents ").size();
  const std::size_t end = contents + gap.size();
  std::string known = "[ 0 " + std::to_string(begin) + " " + std::to_string(end) + " " +
                      std::to_string(file.size() - end);
  known.resize(unknown_range.size() - 2, ' ');
  known += " ]";
  std::copy(
      known.begin(), known.end(),
      file.begin() + static_cast<std::ptrdiff_t>(range + std::string_view("/ByteRange ").size()));
  return Place{std::move(file), begin, end};
}

std::string list_of(const char* name, const std::vector<Bytes>& all, std::size_t& number) {
  if (all.empty()) return {};
  std::string list = std::string(name) + " [ ";
  for (std::size_t at = 0; at < all.size(); ++at) list += std::to_string(++number) + " 0 R ";
  return list + "] ";
}

}  // namespace

Result<Place> open_second(ByteView file, std::size_t reserve) {
  Result<Update> update = Update::of(file);
  if (!update) return update.error();
  const Result<std::string> claimed = update->claimed_time();
  if (!claimed) return claimed.error();
  const std::size_t signature =
      update->add(with_place(reserve, *claimed, "ETSI.CAdES.detached", "Sig"));
  if (auto filled = update->fill_field("second", signature); !filled) return filled.error();
  return with_range(update->finished(), reserve);
}

Result<Bytes> with_validation_data(ByteView file, const ValidationData& data) {
  Result<Update> update = Update::of(file);
  if (!update) return update.error();
  const std::size_t store = update->next_number();
  std::size_t number = store;
  std::string lists = list_of("/CRLs", data.lists, number);
  lists += list_of("/Certs", data.certificates, number);
  lists += list_of("/OCSPs", data.answers, number);
  update->add("<< " + lists + "/Type /DSS >>");
  for (const auto* some : {&data.lists, &data.certificates, &data.answers}) {
    for (const Bytes& one : *some) update->add_stream(one);
  }
  if (auto added = update->add_to_catalog("/DSS", store); !added) return added.error();
  return update->finished();
}

Result<Bytes> with_archive_timestamp(ByteView file, Timestamper& authority) {
  Result<Update> update = Update::of(file);
  if (!update) return update.error();
  const std::size_t stamp =
      update->add(with_place(authority.room(), "", "ETSI.RFC3161", "DocTimeStamp"));
  if (auto filled = update->fill_field("archive", stamp); !filled) return filled.error();
  Result<Place> place = with_range(update->finished(), authority.room());
  if (!place) return place.error();
  const ByteView whole(place->file);
  const Result<Bytes> token = authority.token(
      sha256({whole.first(place->contents_begin), whole.subspan(place->contents_end)}));
  if (!token) return token.error();
  const std::string hex = to_hex(*token);
  if (hex.size() > 2 * authority.room()) {
    return Error{Fault::out_of_range, "PDF: the space kept for the timestamp is too small"};
  }
  std::copy(hex.begin(), hex.end(),
            place->file.begin() + static_cast<std::ptrdiff_t>(place->contents_begin) + 1);
  return std::move(place->file);
}

}  // namespace refledger::seal
