// Updates of the very form that ours have, with anything in them: what an attacker would write who
// knows the form.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "attacks.h"
#include "ledger/core/encoding.h"
#include "ledger/core/hash.h"
#include "support/lasting.h"

namespace refledger::verify {

using Objects = std::map<std::size_t, std::string>;

inline test::Authorities& authorities() {
  static test::Authorities made;
  return made;
}

/// Made once for each set of additions.
inline const std::string& lasting_file(pdf::Additions additions) {
  static std::map<int, std::string> made;
  const int key =
      additions.second_signature + 2 * additions.validation_data + 4 * additions.archive_timestamp;
  if (!made.contains(key)) {
    const Result<Bytes> file = authorities().file(additions, additions.validation_data);
    EXPECT_TRUE(file) << file.error().detail;
    made[key] = file ? std::string(text_of(*file)) : std::string();
  }
  return made[key];
}

/// The file as it was after its `count` first revisions.
inline std::string revisions(const std::string& file, std::size_t count) {
  std::size_t end = 0;
  for (; count > 0; --count) end = file.find("%%EOF\n", end) + 6;
  return file.substr(0, end);
}

/// The objects that the last update holds.
inline Objects objects_in_last(const std::string& file) {
  const std::size_t table = std::stoul(start_of_table(file));
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::size_t number = 0, offset = 0;
  for (std::size_t at = table + 5;
       sscanf(file.c_str() + at, "%zu 1\n%zu 00000 n", &number, &offset) == 2;) {
    places.emplace_back(offset, number);
    at = file.find(" n \n", at) + 4;
  }
  Objects objects;
  for (std::size_t at = 0; at < places.size(); ++at) {
    const std::size_t end = at + 1 < places.size() ? places[at + 1].first : table;
    const std::size_t begin = places[at].first + std::to_string(places[at].second).size() + 7;
    objects[places[at].second] = file.substr(begin, end - begin - 8);
  }
  return objects;
}

inline std::string between(const std::string& text, const std::string& from,
                           const std::string& to) {
  const std::size_t begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

struct Form {
  std::string before_table = {};  ///< bytes that belong to nothing
  std::string more_entries = {};  ///< of the table
  std::string previous = {};      ///< another /Prev
};

/// Our form to the byte, around these objects.
inline std::string our_update(const std::string& file, const Objects& objects,
                              const Form& form = {}) {
  const std::string trailer = trailer_of(file);
  std::size_t size = std::stoul(between(trailer, "/Size ", " "));
  std::string out = file;
  std::string table = "xref\n";
  for (const auto& [number, body] : objects) {
    table += std::to_string(number) + " 1\n" + ten_digits(out.size()) + " 00000 n \n";
    out += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    size = std::max(size, number + 1);
  }
  out += form.before_table;
  const std::size_t position = out.size();
  const Sha256 digest = sha256(bytes_of(file));
  return out + table + form.more_entries + "trailer << /Info " +
         between(trailer, "/Info ", " /Root") + " /Root " + between(trailer, "/Root ", " /Size") +
         " /Size " + std::to_string(size) + " /ID [<" + between(trailer, "/ID [<", ">") + "><" +
         to_hex(ByteView(digest).first(16)) + ">] /Prev " +
         (form.previous.empty() ? start_of_table(file) : form.previous) + " >>\nstartxref\n" +
         std::to_string(position) + "\n%%EOF\n";
}

/// Signs what stands at the last place for a signature, as its field's owner would.
inline std::string signed_last(std::string file, const seal::DocumentKey& key) {
  const std::size_t begin = file.rfind("/Contents <") + 10;
  const std::size_t end = file.find('>', begin) + 1;
  std::fill(file.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
            file.begin() + static_cast<std::ptrdiff_t>(end) - 1, '0');
  const std::size_t range = file.rfind("/ByteRange [") + 12;
  std::string numbers = " 0 " + std::to_string(begin) + " " + std::to_string(end) + " " +
                        std::to_string(file.size() - end);
  numbers.resize(file.find(']', range) - range, ' ');
  file.replace(range, numbers.size(), numbers);
  const Result<Bytes> made = seal::sign_pdf(copy_of(bytes_of(file)), begin, end, key);
  EXPECT_TRUE(made) << made.error().detail;
  return made ? std::string(text_of(*made)) : file;
}

}  // namespace refledger::verify
