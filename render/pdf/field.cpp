#include "render/pdf/field.h"

namespace refledger::pdf {
namespace {

// Wider than any offset a file of ours has; replaced in place once the offsets are known.
constexpr std::string_view unknown_range = "[ 0 1000000000 1000000000 1000000000 ]";

// Viewers are told that no change at all is allowed (DocMDP, P 1).
void add_certification(QPDF& pdf, Object signature) {
  signature.replaceKey("/Reference",
                       Object::parse("[<</Type/SigRef/TransformMethod/DocMDP"
                                     "/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]"));
  Object permissions = Object::newDictionary();
  permissions.replaceKey("/DocMDP", signature);
  pdf.getRoot().replaceKey("/Perms", permissions);
}

// Invisible: a visible one would need an appearance and say no more.
Object add_field(QPDF& pdf, Object page, const std::string& name, std::string_view caption) {
  Object field = indirect(pdf, "<</Type/Annot/Subtype/Widget/FT/Sig/Rect[0 0 0 0]/F 132>>");
  field.replaceKey("/T", Object::newString(name));
  field.replaceKey("/TU", text_object(caption));
  field.replaceKey("/P", page);
  if (!page.hasKey("/Annots")) page.replaceKey("/Annots", Object::newArray());
  page.getKey("/Annots").appendItem(field);
  return field;
}

std::string_view caption_of_timestamp(std::string_view locale) {
  if (locale.starts_with("de")) return "Zeitstempel des Dokuments";
  if (locale.starts_with("fr")) return "Horodatage du document";
  if (locale.starts_with("it")) return "Marca temporale del documento";
  return "Timestamp of the document";
}

}  // namespace

// Fields for later are there from the beginning: whoever signs first signs that they are empty.
void add_signature_field(QPDF& pdf, Object page, const Document& document, std::size_t reserve) {
  Object signature =
      indirect(pdf, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached>>");
  // The baseline asks for a claimed time: the date that the document bears.
  signature.replaceKey("/M", date_object(document.document_date));
  signature.replaceKey("/ByteRange", Object::parse(std::string(unknown_range)));
  signature.replaceKey("/Contents", Object::newString(std::string(reserve, '\0')));
  if (!document.additions.any()) add_certification(pdf, signature);

  Object seal = add_field(pdf, page, "seal", document.letter.mode_caption);
  seal.replaceKey("/V", signature);
  Object fields = Object::newArray({seal});
  if (document.additions.second_signature) {
    fields.appendItem(add_field(pdf, page, "second", document.letter.mode_caption));
  }
  if (document.additions.archive_timestamp) {
    fields.appendItem(
        add_field(pdf, page, "archive", caption_of_timestamp(document.letter.locale)));
  }
  Object form = Object::parse("<</SigFlags 3>>");
  form.replaceKey("/Fields", fields);
  pdf.getRoot().replaceKey("/AcroForm", form);
}

// Offsets are known only in the finished file; the array keeps its length, padded with spaces.
Result<Prepared> with_byte_range(Bytes file, std::size_t reserve) {
  const std::string_view whole = text_of(file);
  const std::string gap = "/Contents <" + std::string(2 * reserve, '0') + ">";
  const std::string unknown = "/ByteRange " + std::string(unknown_range);
  const std::size_t range = whole.find(unknown);
  const std::size_t contents =
      range == std::string_view::npos ? range : whole.find(gap, range + unknown.size());
  if (contents == std::string_view::npos) {
    return Error{Fault::malformed, "PDF: the signature's place is not found"};
  }
  const std::size_t begin = contents + std::string_view("/Contents ").size();
  const std::size_t end = contents + gap.size();
  std::string known = "/ByteRange [ 0 " + std::to_string(begin) + " " + std::to_string(end) + " " +
                      std::to_string(file.size() - end);
  known.resize(unknown.size() - 2, ' ');
  known += " ]";
  std::copy(known.begin(), known.end(), file.begin() + static_cast<std::ptrdiff_t>(range));
  return Prepared{std::move(file), begin, end};
}

}  // namespace refledger::pdf
