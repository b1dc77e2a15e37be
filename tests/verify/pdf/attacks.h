// The published attacks on signed PDFs, each made of a sealed file of ours.
//
// Shape    Every file is one that readers open: tables are right where an attack allows it.
// Source   "1 Trillion Dollar Refund" (USF, ISA, SWA), "Shadow Attacks", "Breaking the
//          Specification" (EAA, SSA); docs/pdf.md lists what stops each
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sealed.h"

namespace refledger::verify {

struct Attack {
  std::string name;
  std::string file;
};

// ---- taking a file apart ------------------------------------------------------------------------

/// The objects 1, 2, ... of a file of ours, without "N 0 obj" and "endobj".
inline std::vector<std::string> objects_of(const std::string& file) {
  std::vector<std::string> bodies;
  for (std::size_t number = 1, from = 0;; ++number) {
    const std::string head = "\n" + std::to_string(number) + " 0 obj\n";
    const std::size_t begin = file.find(head, from);
    if (begin == std::string::npos) return bodies;
    const std::string next = "\nendobj\n" + std::to_string(number + 1) + " 0 obj\n";
    std::size_t end = file.find(next, begin);
    if (end == std::string::npos) end = file.find("\nendobj\nxref\n", begin);
    bodies.push_back(file.substr(begin + head.size(), end - begin - head.size()));
    from = end;
  }
}

/// The number of the first object that holds `mark`.
inline std::size_t number_of(const std::vector<std::string>& objects, const std::string& mark) {
  for (std::size_t at = 0; at < objects.size(); ++at) {
    if (objects[at].find(mark) != std::string::npos) return at + 1;
  }
  ADD_FAILURE() << "no object with " << mark;
  return 1;
}

inline std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// "/Key [ ... ]" or "/Key N 0 R" with another value.
inline std::string with_value(const std::string& text, const std::string& key,
                              const std::string& value) {
  const std::size_t begin = text.find(key + " ");
  const std::size_t array = text.find(']', begin);
  const std::size_t reference = text.find(" R", begin);
  EXPECT_NE(begin, std::string::npos) << key;
  const bool is_array = text[begin + key.size() + 1] == '[';
  const std::size_t end = is_array ? array + 1 : reference + 2;
  return text.substr(0, begin) + key + " " + value + text.substr(end);
}

inline std::string stream(const std::string& content, const std::string& more = "") {
  return "<< " + more + "/Length " + std::to_string(content.size()) + " >>\nstream\n" + content +
         "\nendstream";
}

/// What an attacker wants to be seen: a page that is all black.
inline std::string black_page() { return stream("0 0 0 rg 0 0 600 850 re f"); }

inline std::string ten_digits(std::size_t number) {
  std::string digits = std::to_string(number);
  return digits.insert(0, 10 - digits.size(), '0');
}

inline std::string trailer_of(const std::string& file) {
  const std::size_t begin = file.rfind("trailer ") + 8;
  return file.substr(begin, file.find(" >>\nstartxref", begin) - begin);
}

inline std::string start_of_table(const std::string& file) {
  const std::size_t begin = file.rfind("startxref\n") + 10;
  return file.substr(begin, file.find('\n', begin) - begin);
}

// ---- putting files together ---------------------------------------------------------------------

/// An incremental update that replaces or adds `objects`.
inline std::string updated(const std::string& file,
                           const std::map<std::size_t, std::string>& objects) {
  std::string out = file;
  std::string table = "xref\n";
  std::size_t size = 1;
  for (const auto& [number, body] : objects) {
    table += std::to_string(number) + " 1\n" + ten_digits(out.size()) + " 00000 n \n";
    out += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    size = std::max(size, number + 1);
  }
  const std::size_t start = out.size();
  size = std::max(size, objects_of(file).size() + 1);
  out += table + "trailer << /Root 1 0 R /Size " + std::to_string(size) + " /Prev " +
         start_of_table(file) + " >>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
  return out;
}

/// A file of these objects, with a right table and /ByteRange, signed by `key`: what an attacker
/// has signed who prepares the file.  `hidden` stands before the table, in none of its lines.
inline std::string signed_anew(const std::vector<std::string>& objects,
                               const seal::DocumentKey& key, const std::string& hidden = "") {
  std::string file = "%PDF-1.7\n%\xBF\xF7\xA2\xFE\n";
  std::string table = "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t at = 0; at < objects.size(); ++at) {
    table += ten_digits(file.size()) + " 00000 n \n";
    file += std::to_string(at + 1) + " 0 obj\n" + objects[at] + "\nendobj\n";
  }
  file += hidden;
  const std::size_t start = file.size();
  const std::string before(text_of(prepared().file));
  file += table + "trailer " +
          with(trailer_of(before), "/Size " + std::to_string(objects_of(before).size() + 1),
               "/Size " + std::to_string(objects.size() + 1)) +
          " >>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
  const std::size_t begin = file.find("/Contents <00") + 10;
  const std::size_t end = file.find('>', begin) + 1;
  const std::size_t range = file.find("/ByteRange [") + 12;
  std::string numbers = " 0 " + std::to_string(begin) + " " + std::to_string(end) + " " +
                        std::to_string(file.size() - end);
  numbers.resize(file.find(']', range) - range, ' ');
  file.replace(range, numbers.size(), numbers);
  return std::string(text_of(*seal::sign_pdf(copy_of(bytes_of(file)), begin, end, key)));
}

inline std::vector<std::string> prepared_objects() {
  return objects_of(std::string(text_of(prepared().file)));
}

// ---- universal signature forgery ----------------------------------------------------------------

// The signature object rewritten in its own space.
inline std::string in_place(const std::string& from, std::string to) {
  to.resize(from.size(), ' ');
  return with(original(), from, to);
}

inline std::string contents_text() {
  return original().substr(prepared().contents_begin,
                           prepared().contents_end - prepared().contents_begin);
}
inline std::string range_text() {
  const std::size_t begin = original().find("/ByteRange [");
  return original().substr(begin, original().find(']', begin) + 1 - begin);
}

inline std::vector<Attack> forged_signatures() {
  const std::string begin = std::to_string(prepared().contents_begin);
  const std::string end = std::to_string(prepared().contents_end);
  return {
      {"usf_contents_missing", in_place("/Contents " + contents_text(), "")},
      {"usf_contents_null", in_place(contents_text(), "null")},
      {"usf_contents_empty", in_place(contents_text(), "<>")},
      {"usf_contents_zero", in_place(contents_text(), "<00>")},
      {"usf_range_missing", in_place(range_text(), "")},
      {"usf_range_null", in_place(range_text(), "/ByteRange null")},
      {"usf_range_negative", in_place(range_text(), "/ByteRange [0 " + begin + " -1 " + end + "]")},
      {"usf_range_odd", in_place(range_text(), "/ByteRange [0 " + begin + " " + end + "]")}};
}

// ---- incremental saving -------------------------------------------------------------------------

inline std::vector<Attack> saved_on_top() {
  const std::vector<std::string> objects = objects_of(original());
  const std::size_t page = number_of(objects, "/Type /Page ");
  const std::size_t seal = number_of(objects, "/ByteRange");
  const std::size_t field = number_of(objects, "/FT /Sig");
  const std::size_t fresh = objects.size() + 1;
  const std::string black =
      with_value(objects[page - 1], "/Contents", std::to_string(fresh) + " 0 R");
  const std::string note =
      "<< /Type /Annot /Subtype /FreeText /Rect [ 50 600 550 800 ] /Contents (Excellent) /F 4 "
      "/DA (/Helv 20 Tf) >>";
  const auto annots = [&] {
    const std::string& text = objects[page - 1];
    const std::size_t at = text.find("/Annots [") + 9;
    return text.substr(0, at) + " " + std::to_string(fresh) + " 0 R" + text.substr(at);
  };
  const std::string appearance =
      with(with_value(objects[field - 1], "/Rect", "[ 50 600 550 800 ]"), "/FT /Sig",
           "/AP << /N " + std::to_string(fresh) + " 0 R >> /FT /Sig");
  return {{"isa_page_replaced", updated(original(), {{page, black}, {fresh, black_page()}})},
          {"isa_with_copied_signature",
           updated(original(), {{page, black},
                                {fresh, black_page()},
                                {fresh + 1, objects[seal - 1]},
                                {field, with_value(objects[field - 1], "/V",
                                                   std::to_string(fresh + 1) + " 0 R")}})},
          {"isa_without_table",
           original() + std::to_string(fresh) + " 0 obj\n" + black_page() + "\nendobj\n"},
          {"isa_garbage_behind_the_end", original() + "garbage\n"},
          {"eaa_annotation_added", updated(original(), {{page, annots()}, {fresh, note}})},
          {"ssa_appearance_of_the_signature",
           updated(original(),
                   {{field, appearance},
                    {fresh, stream("0 0 0 rg 0 0 500 200 re f",
                                   "/Type /XObject /Subtype /Form /BBox [ 0 0 500 200 ] ")}})}};
}

// ---- wrapping -----------------------------------------------------------------------------------

// /Contents and with it the object end early; an object of the attacker's stands in the rest of the
// reserve, and another one takes up what follows it.
inline std::string gap_injection() {
  std::string file = original();
  const std::size_t end = prepared().contents_end;
  const std::string rest = file.substr(end, file.find("\nendobj\n", end) - end);
  const std::string injected =
      ">" + rest + "\nendobj\n99 0 obj\n" + black_page() + "\nendobj\n98 0 obj\n<< /Rest <";
  std::size_t used = file.find_last_not_of('0', end - 2) + 1;
  used += (used - prepared().contents_begin - 1) % 2;
  EXPECT_LT(used + injected.size(), end);
  return file.replace(used, injected.size(), injected);
}

// The signed tail moves back, and its "startxref" finds a table of the attacker's, in which the
// signature is one with another /ByteRange.
inline std::string relocated_tail() {
  const std::string& file = original();
  const std::vector<std::string> objects = objects_of(file);
  const std::size_t page = number_of(objects, "/Type /Page ");
  const std::size_t seal = number_of(objects, "/ByteRange");
  const std::size_t gap_end = prepared().contents_end;
  const std::size_t table_at = std::stoul(start_of_table(file));
  const std::size_t black = objects.size() + 1;
  const auto built = [&](std::size_t moved_by) {
    std::map<std::size_t, std::size_t> places;
    std::string between = " >>\nendobj\n";
    const auto put = [&](std::size_t number, const std::string& body) {
      places[number] = gap_end + between.size();
      between += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    };
    const std::string range = "[ 0 " + std::to_string(prepared().contents_begin) + " " +
                              std::to_string(gap_end + moved_by) + " " +
                              std::to_string(file.size() - gap_end) + " ]";
    put(seal, with_value(objects[seal - 1], "/ByteRange", range));
    put(page, with_value(objects[page - 1], "/Contents", std::to_string(black) + " 0 R"));
    put(black, black_page());
    EXPECT_LT(gap_end + between.size(), table_at);
    between.resize(table_at - gap_end, ' ');
    between += "xref\n0 " + std::to_string(black + 1) + "\n0000000000 65535 f \n";
    for (std::size_t number = 1; number <= black; ++number) {
      std::size_t at = places.contains(number)
                           ? places[number]
                           : file.find("\n" + std::to_string(number) + " 0 obj\n") + 1;
      if (!places.contains(number) && at > gap_end) at += moved_by;
      between += ten_digits(at) + " 00000 n \n";
    }
    return between + "trailer << /Root 1 0 R /Size " + std::to_string(black + 1) +
           " >>\nstartxref\n" + std::to_string(table_at) + "\n";
  };
  const std::string between = built(built(100000).size());
  return file.substr(0, gap_end) + between + file.substr(gap_end);
}

inline std::vector<Attack> wrapped() {
  return {{"gap_injection", gap_injection()}, {"swa_relocated_tail", relocated_tail()}};
}

// ---- shadows: prepared before signing, shown after ----------------------------------------------

inline std::vector<Attack> shadows() {
  const std::vector<std::string> plain = prepared_objects();
  const std::size_t page = number_of(plain, "/Type /Page ");
  const std::size_t fresh = plain.size() + 1;
  const std::string catalog = plain[0];
  const auto changed = [&](std::size_t number, const std::string& body) {
    std::vector<std::string> objects = plain;
    objects[number - 1] = body;
    return objects;
  };
  const auto with_more = [](std::vector<std::string> objects, const std::string& more) {
    objects.push_back(more);
    return objects;
  };
  const std::string content = plain[page - 1].substr(plain[page - 1].find("/Contents ") + 10);
  const std::string reference = content.substr(0, content.find(" R") + 2);
  const std::string both = with_value(plain[page - 1], "/Contents",
                                      "[ " + reference + " " + std::to_string(fresh) + " 0 R ]");
  const std::string black =
      with_value(plain[page - 1], "/Contents", std::to_string(fresh) + " 0 R");
  // Something harmless lies over the page when it is signed; an update takes it away.
  const std::string covered = signed_anew(with_more(changed(page, both), stream("q Q")), key());
  // What will be shown lies in the file already, reached from nowhere.
  const std::string waiting = signed_anew(with_more(plain, black_page()), key());
  // The same number twice; the table leads to one, an update's to the other.
  const std::string twice =
      signed_anew(plain, key(), std::to_string(page) + " 0 obj\n" + plain[page - 1] + "\nendobj\n");
  const auto in_catalog = [&](const std::string& entry) {
    return signed_anew(changed(1, with(catalog, "<< ", "<< " + entry + " ")), key());
  };
  return {{"shadow_hide", updated(covered, {{page, plain[page - 1]}})},
          {"shadow_replace_before_the_update", waiting},
          {"shadow_replace", updated(waiting, {{page, black}})},
          {"shadow_hide_and_replace", updated(twice, {{page, black}, {fresh, black_page()}})},
          {"duplicate_object_in_the_signed_part", twice},
          {"hidden_bytes_before_the_table", signed_anew(plain, key(), "% a comment\n")},
          {"layers", in_catalog("/OCProperties << /OCGs [ ] /D << /OFF [ ] >> >>")},
          {"script_that_runs_at_opening",
           in_catalog("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")},
          {"content_from_elsewhere",
           signed_anew(with_more(changed(page, black), stream("", "/F (other.txt) ")), key())}};
}

// ---- several signatures -------------------------------------------------------------------------

inline std::vector<Attack> more_signatures() {
  const std::vector<std::string> objects = objects_of(original());
  const std::size_t seal = number_of(objects, "/ByteRange");
  const std::size_t field = number_of(objects, "/FT /Sig");
  const std::size_t fresh = objects.size() + 1;
  const std::string second_field =
      with(with_value(objects[field - 1], "/V", std::to_string(fresh) + " 0 R"), "(seal)", "(two)");
  const std::string fields =
      with_value(objects[0], "/Fields",
                 "[ " + std::to_string(field) + " 0 R " + std::to_string(fresh + 1) + " 0 R ]");
  const std::string stamp = with(with(objects[seal - 1], "/Type /Sig", "/Type /DocTimeStamp"),
                                 "/ETSI.CAdES.detached", "/ETSI.RFC3161");
  // Two in the signed revision: both ranges, the second's a copy, cover the whole file.
  std::vector<std::string> plain = prepared_objects();
  plain[0] = fields;
  plain.push_back(with(plain[seal - 1], "/Contents <00", "/Contents <30"));
  plain.push_back(second_field);
  return {
      {"second_signature_that_overlaps",
       updated(original(), {{1, fields}, {fresh, objects[seal - 1]}, {fresh + 1, second_field}})},
      {"document_timestamp_copied",
       updated(original(), {{1, fields}, {fresh, stamp}, {fresh + 1, second_field}})},
      {"two_signatures_in_one_revision", signed_anew(plain, key())}};
}

/// Every attack that inspect_pdf itself must refuse.
inline std::vector<Attack> attacks() {
  std::vector<Attack> all;
  for (const auto& some :
       {forged_signatures(), saved_on_top(), wrapped(), shadows(), more_signatures()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace refledger::verify
