#include "render/seal/update.h"

#include <charconv>

#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"

namespace refledger::seal {
namespace {

constexpr std::string_view mark = "%%EOF\n";
constexpr std::string_view dictionary_end = " >>";
constexpr std::size_t id_length = 16;

Error not_ours() { return {Fault::malformed, "PDF: not one that can be added to"}; }

bool take(std::string_view& rest, std::string_view expected) {
  if (!rest.starts_with(expected)) return false;
  rest.remove_prefix(expected.size());
  return true;
}

bool take_number(std::string_view& rest, std::size_t& number) {
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc() || end == rest.data()) return false;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return true;
}

// Where the table of a revision begins that ends where `text` does.
std::optional<std::size_t> table_of(std::string_view text) {
  const std::size_t start = text.rfind("startxref\n");
  if (start == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(start);
  std::size_t position = 0;
  const bool whole = take(rest, "startxref\n") && take_number(rest, position) &&
                     rest == "\n%%EOF\n" && position < start;
  return whole ? std::optional(position) : std::nullopt;
}

std::string between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find(to, begin + from.size());
  if (end == std::string_view::npos) return {};
  return std::string(text.substr(begin + from.size(), end - begin - from.size()));
}

std::string ten_digits(std::size_t number) {
  std::string digits = std::to_string(number);
  return digits.insert(0, digits.size() < 10 ? 10 - digits.size() : 0, '0');
}

std::string with_entry(const std::string& dictionary, const std::string& entry) {
  return dictionary.substr(0, dictionary.size() - dictionary_end.size()) + " " + entry +
         std::string(dictionary_end);
}

}  // namespace

Result<Update> Update::of(ByteView file) {
  Update update(file);
  if (auto read = update.read(); !read) return read.error();
  return update;
}

Result<void> Update::read() {
  const std::string_view whole = file_;
  const std::size_t first_end = whole.find(mark);
  if (first_end == std::string_view::npos) return not_ours();
  const auto first = table_of(whole.substr(0, first_end + mark.size()));
  const auto last = table_of(whole);
  if (!first || !last) return not_ours();
  std::string_view rest = whole.substr(*first);
  std::size_t entries = 0;
  if (!take(rest, "xref\n0 ") || !take_number(rest, entries) ||
      !take(rest, "\n0000000000 65535 f \n")) {
    return not_ours();
  }
  for (std::size_t at = 1; at < entries; ++at) {
    std::size_t offset = 0;
    if (!take_number(rest, offset) || !take(rest, " 00000 n \n")) return not_ours();
    offsets_.push_back(offset);
  }
  last_ = {*last, between(whole.substr(*last), "trailer << ", " >>\nstartxref")};
  const std::string size = between(last_.trailer, "/Size ", " ");
  std::string_view digits = size;
  return take_number(digits, next_) && digits.empty() ? Result<void>{} : not_ours();
}

Result<std::string> Update::body(std::size_t number) const {
  if (number == 0 || number > offsets_.size()) return not_ours();
  std::string_view rest =
      std::string_view(file_).substr(std::min(offsets_[number - 1], file_.size()));
  const std::string head = std::to_string(number) + " 0 obj\n";
  const std::size_t end = rest.find("\nendobj\n");
  if (!take(rest, head) || end == std::string_view::npos) return not_ours();
  std::string text(rest.substr(0, end - head.size()));
  return text.ends_with(dictionary_end) ? Result<std::string>(std::move(text)) : not_ours();
}

std::size_t Update::add(std::string source) {
  objects_[next_] = std::move(source);
  return next_++;
}

std::size_t Update::add_stream(ByteView data) {
  return add("<< /Length " + std::to_string(data.size()) + " >>\nstream\n" +
             std::string(text_of(data)) + "\nendstream");
}

Result<void> Update::add_to_catalog(const std::string& name, std::size_t number) {
  const std::string root = between(last_.trailer, "/Root ", " 0 R");
  std::string_view digits = root;
  std::size_t catalog = 0;
  if (!take_number(digits, catalog) || !digits.empty()) return not_ours();
  Result<std::string> before = body(catalog);
  if (!before) return before.error();
  objects_[catalog] = with_entry(*before, name + " " + std::to_string(number) + " 0 R");
  return {};
}

Result<void> Update::fill_field(const std::string& name, std::size_t number) {
  for (std::size_t field = 1; field <= offsets_.size(); ++field) {
    const Result<std::string> before = body(field);
    if (!before || !before->starts_with("<< /F 132 /FT /Sig /P ") ||
        before->find(" /T (" + name + ") ") == std::string::npos) {
      continue;
    }
    objects_[field] = with_entry(*before, "/V " + std::to_string(number) + " 0 R");
    return {};
  }
  return Error{Fault::malformed, "PDF: not made for a further signature"};
}

Result<std::string> Update::claimed_time() const {
  const std::size_t signature = file_.find("<< /ByteRange [");
  if (signature == std::string::npos) return not_ours();
  const std::string claimed = between(std::string_view(file_).substr(signature), "/M (", ")");
  return claimed.starts_with("D:") ? Result<std::string>("(" + claimed + ")") : not_ours();
}

// The second part of the identifier changes with the file: the digest of what was there before.
Bytes Update::finished() const {
  std::string out = file_;
  std::string table = "xref\n";
  for (const auto& [number, source] : objects_) {
    table += std::to_string(number) + " 1\n" + ten_digits(out.size()) + " 00000 n \n";
    out += std::to_string(number) + " 0 obj\n" + source + "\nendobj\n";
  }
  const Sha256 digest = sha256(bytes_of(file_));
  const std::size_t position = out.size();
  out += table + "trailer << /Info " + between(last_.trailer, "/Info ", " /Root") + " /Root " +
         between(last_.trailer, "/Root ", " /Size") + " /Size " + std::to_string(next_) +
         " /ID [<" + between(last_.trailer, "/ID [<", ">") + "><" +
         to_hex(ByteView(digest).first(id_length)) + ">] /Prev " + std::to_string(last_.position) +
         " >>\nstartxref\n" + std::to_string(position) + "\n%%EOF\n";
  return copy_of(bytes_of(out));
}

}  // namespace refledger::seal
