#include "verify/pdf/updates.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "verify/pdf/limits.h"
#include "verify/pdf/revision.h"

namespace refledger::verify {
namespace {

constexpr std::size_t range_width = 38;  // of "[ 0 b c d ]", padded with spaces
constexpr std::size_t max_validation_items = 32;
constexpr std::size_t id_length = 16;
constexpr std::string_view dictionary_end = " >>";

std::string ten_digits(std::size_t number) {
  std::string digits = std::to_string(number);
  return digits.insert(0, digits.size() < 10 ? 10 - digits.size() : 0, '0');
}

std::string reference(std::size_t number) { return std::to_string(number) + " 0 R"; }

std::string_view between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  const std::size_t end =
      begin == std::string_view::npos ? begin : text.find(to, begin + from.size());
  if (end == std::string_view::npos) return {};
  return text.substr(begin + from.size(), end - begin - from.size());
}

// One update after the other; each is taken whole or not at all.
class Reader {
 public:
  Reader(ByteView file, const Prepared& prepared)
      : text_(text_of(file)), prepared_(prepared), end_(prepared.length) {}

  bool begin() {
    const std::string_view first = text_.substr(0, prepared_.length);
    const std::optional<Table> table = table_of(bytes_of(first));
    if (!table) return false;
    first_ = *table;
    table_ = first_.position;
    next_free_ = first_.objects.size() + 1;
    const std::string_view trailer = first.substr(first_.position);
    info_ = between(trailer, "/Info ", " /Root ");
    root_ = between(trailer, "/Root ", " /Size ");
    id_ = between(trailer, "/ID [<", ">");
    const std::size_t signature = first.find("<< /ByteRange [");
    if (signature == std::string_view::npos) return false;
    claimed_ = between(first.substr(signature), "/M (", ")");
    return root_ == reference(prepared_.catalog) && id_.size() == 2 * id_length && !info_.empty();
  }

  std::optional<Covered> signature(std::size_t field, std::string_view tail) {
    start();
    const std::size_t value = next_++;
    Covered covered;
    const std::string changed = with_entry(field, "/V " + reference(value));
    if (changed.empty() || !object(field, changed) || !open_object(value)) return std::nullopt;
    const std::size_t range = at_ + std::string_view("<< /ByteRange ").size();
    at_ = range + range_width;
    if (at_ > text_.size() || !take(" /Contents ")) return std::nullopt;
    covered.begin = at_;
    if (!take("<") || !take_hex() || !take(">")) return std::nullopt;
    covered.end = at_;
    if (!take(" /Filter /Adobe.PPKLite" + std::string(tail) + " >>\nendobj\n") || !finish()) {
      return std::nullopt;
    }
    covered.revision_end = at_;
    if (text_.substr(range - 14, range_width + 14) != "<< /ByteRange " + range_of(covered)) {
      return std::nullopt;
    }
    commit();
    return covered;
  }

  std::optional<ValidationTexts> validation() {
    start();
    const std::size_t store = next_++;
    const std::string changed = with_entry(prepared_.catalog, "/DSS " + reference(store));
    ValidationTexts texts;
    if (changed.empty() || !object(prepared_.catalog, changed) || !open_object(store) ||
        !take("<< ")) {
      return std::nullopt;
    }
    std::size_t number = store;
    const std::size_t lists = take_list("/CRLs", number);
    const std::size_t certificates = take_list("/Certs", number);
    const std::size_t answers = take_list("/OCSPs", number);
    if (!take("/Type /DSS >>\nendobj\n") || number - store > max_validation_items) {
      return std::nullopt;
    }
    if (!take_streams(lists, texts.lists) || !take_streams(certificates, texts.certificates) ||
        !take_streams(answers, texts.answers) || !finish()) {
      return std::nullopt;
    }
    commit();
    return texts;
  }

  std::string claimed() const { return " /M (" + std::string(claimed_) + ")"; }
  std::size_t end() const { return end_; }

 private:
  void start() {
    at_ = end_;
    next_ = next_free_;
    entries_ = "xref\n";
  }
  void commit() {
    table_ = position_;
    end_ = at_;
    next_free_ = next_;
  }

  bool take(std::string_view expected) {
    if (!text_.substr(std::min(at_, text_.size())).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  bool take_hex() {
    const std::size_t from = at_;
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    while (at_ < text_.size() && at_ - from <= 2 * max_signature && is_hex(text_[at_])) ++at_;
    return at_ > from && (at_ - from) % 2 == 0 && at_ - from <= 2 * max_signature;
  }

  // "N 0 obj", and its line in the table to come.
  bool open_object(std::size_t number) {
    entries_ += std::to_string(number) + " 1\n" + ten_digits(at_) + " 00000 n \n";
    return take(std::to_string(number) + " 0 obj\n");
  }
  bool object(std::size_t number, const std::string& body) {
    return open_object(number) && take(body + "\nendobj\n");
  }

  // An object of the signed revision with one entry more.
  std::string with_entry(std::size_t number, const std::string& entry) const {
    if (number == 0 || number > first_.objects.size()) return {};
    const std::size_t begin = first_.objects[number - 1];
    const std::size_t end =
        number < first_.objects.size() ? first_.objects[number] : first_.position;
    if (begin >= end || end > text_.size()) return {};
    const std::string head = std::to_string(number) + " 0 obj\n";
    const std::string tail = std::string(dictionary_end) + "\nendobj\n";
    const std::string_view whole = text_.substr(begin, end - begin);
    if (!whole.starts_with(head) || !whole.ends_with(tail)) return {};
    return std::string(whole.substr(head.size(), whole.size() - head.size() - tail.size())) + " " +
           entry + std::string(dictionary_end);
  }

  std::size_t take_list(const std::string& name, std::size_t& number) {
    if (!take(name + " [ ")) return 0;
    std::size_t count = 0;
    while (count <= max_validation_items && take(reference(number + 1) + " ")) {
      ++number;
      ++count;
    }
    // An empty list is left out: a count of none stops the reader at what follows.
    return take("] ") ? count : 0;
  }

  bool take_streams(std::size_t count, std::vector<ByteView>& streams) {
    for (std::size_t at = 0; at < count; ++at) {
      std::size_t length = 0;
      if (!open_object(next_++) || !take("<< /Length ") || !take_number(length) ||
          !take(" >>\nstream\n") || length > max_attachment || length > text_.size() - at_) {
        return false;
      }
      streams.push_back(bytes_of(text_.substr(at_, length)));
      at_ += length;
      if (!take("\nendstream\nendobj\n")) return false;
    }
    return true;
  }

  bool take_number(std::size_t& number) {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc() || number == 0 || *rest.data() == '0') return false;
    at_ += static_cast<std::size_t>(end - rest.data());
    return true;
  }

  // The table, the trailer and the end follow from all before.
  bool finish() {
    position_ = at_;
    const Sha256 before = sha256(bytes_of(text_.substr(0, end_)));
    return take(entries_) &&
           take("trailer << /Info " + std::string(info_) + " /Root " + std::string(root_) +
                " /Size " + std::to_string(next_) + " /ID [<" + std::string(id_) + "><" +
                to_hex(ByteView(before).first(id_length)) + ">] /Prev " + std::to_string(table_) +
                " >>\nstartxref\n" + std::to_string(position_) + "\n%%EOF\n");
  }

  static std::string range_of(const Covered& covered) {
    std::string range = "[ 0 " + std::to_string(covered.begin) + " " + std::to_string(covered.end) +
                        " " + std::to_string(covered.revision_end - covered.end);
    range.resize(range_width - 2, ' ');
    return range + " ]";
  }

  std::string_view text_;
  const Prepared& prepared_;
  std::size_t end_;
  std::size_t at_ = 0;
  Table first_;
  std::size_t table_ = 0;     ///< of the revision before
  std::size_t position_ = 0;  ///< of this one's table
  std::size_t next_ = 0;
  std::size_t next_free_ = 0;
  std::string entries_;
  std::string_view info_, root_, id_, claimed_;
};

}  // namespace

Updates read_updates(ByteView file, const Prepared& prepared) {
  Updates updates;
  updates.length = prepared.length;
  Reader reader(file, prepared);
  if (file.size() == prepared.length || !reader.begin()) return updates;
  if (prepared.second != 0) {
    updates.second = reader.signature(
        prepared.second, reader.claimed() + " /SubFilter /ETSI.CAdES.detached /Type /Sig");
    if (!updates.second) return updates;
  }
  updates.validation = reader.validation();
  if (updates.validation && prepared.archive != 0) {
    updates.archive =
        reader.signature(prepared.archive, " /SubFilter /ETSI.RFC3161 /Type /DocTimeStamp");
  }
  updates.length = reader.end();
  return updates;
}

}  // namespace refledger::verify
