#include "render/pdf/structure.h"

// libqpdf asks every user to choose; 4 is the API without its old pointer class.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "render/pdf/skeleton.h"

namespace refledger::pdf {
namespace {

using Object = QPDFObjectHandle;

// Wider than any offset a file of ours has; replaced in place once the offsets are known.
constexpr std::string_view unknown_range = "[ 0 1000000000 1000000000 1000000000 ]";

Object text(std::string_view utf8) { return Object::newUnicodeString(std::string(utf8)); }

Object rectangle(const Box& box) {
  return Object::newArray({Object::newReal(box.left, 3), Object::newReal(box.bottom, 3),
                           Object::newReal(box.left + box.width, 3),
                           Object::newReal(box.bottom + box.height, 3)});
}

std::string pdf_date(Date day) {
  std::string digits = format_date(day);
  std::erase(digits, '-');
  return "D:" + digits + "000000Z";
}

class Structure {
 public:
  Structure(QPDF& pdf, const Page& page, const Document& document)
      : pdf_(pdf),
        page_(page),
        document_(document),
        root_(pdf.getRoot()),
        sheet_(QPDFPageDocumentHelper(pdf).getAllPages().at(0).getObjectHandle()) {}

  void add(ByteView colour_profile, std::size_t reserve) {
    repair_text_maps();
    add_information();
    add_output_intent(colour_profile);
    add_attachment();
    add_tags();
    add_signature(reserve);
  }

 private:
  Object dictionary(const std::string& source) {
    return pdf_.makeIndirectObject(Object::parse(source));
  }
  Object stream(const std::string& data, const std::string& source) {
    Object made = Object::newStream(&pdf_, data);
    made.replaceDict(Object::parse(source));
    return made;
  }
  void repair_text_maps();
  void add_information();
  void add_output_intent(ByteView colour_profile);
  void add_attachment();
  void add_tags();
  Object element(const char* type, Object parent);
  Object figure(const Block& block, Object parent, int mcid);
  Object link_annotation(const Box& box);
  void add_signature(std::size_t reserve);
  void add_certification(Object signature);

  QPDF& pdf_;
  const Page& page_;
  const Document& document_;
  Object root_;
  Object sheet_;
};

// libharu writes a CMap of another kind where text extraction looks for Unicode; its codes are
// UTF-16 units already, so each used one maps to itself.
std::string identity_map(const std::set<char32_t>& characters) {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  // At most 100 entries a section.
  std::vector<char32_t> all(characters.begin(), characters.end());
  for (std::size_t begin = 0; begin < all.size(); begin += 100) {
    const std::size_t end = std::min(begin + 100, all.size());
    map += std::to_string(end - begin) + " beginbfchar\n";
    for (std::size_t at = begin; at < end; ++at) {
      std::array<char, 32> line{};
      std::snprintf(line.data(), line.size(), "<%04X> <%04X>\n", static_cast<unsigned>(all[at]),
                    static_cast<unsigned>(all[at]));
      map += line.data();
    }
    map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

void Structure::repair_text_maps() {
  std::set<char32_t> all;
  for (const auto& [style, characters] : used_characters(page_)) {
    all.insert(characters.begin(), characters.end());
  }
  const Object map = pdf_.makeIndirectObject(Object::newStream(&pdf_, identity_map(all)));
  Object fonts = sheet_.getKey("/Resources").getKey("/Font");
  for (const std::string& name : fonts.getKeys()) fonts.getKey(name).replaceKey("/ToUnicode", map);
}

void Structure::add_information() {
  Object information = Object::newDictionary();
  information.replaceKey("/Title", text(title_of(document_)));
  information.replaceKey("/Producer", text("refledger"));
  information.replaceKey("/CreationDate", Object::newString(pdf_date(document_.document_date)));
  information.replaceKey("/ModDate", Object::newString(pdf_date(document_.document_date)));
  pdf_.getTrailer().replaceKey("/Info", pdf_.makeIndirectObject(information));
  root_.replaceKey("/Lang", text(document_.letter.locale));
  root_.replaceKey("/MarkInfo", Object::parse("<</Marked true>>"));
  root_.replaceKey("/ViewerPreferences", Object::parse("<</DisplayDocTitle true>>"));
  root_.replaceKey("/Metadata", stream(xmp_metadata(document_), "<</Type/Metadata/Subtype/XML>>"));
  root_.removeKey("/PageMode");
  root_.removeKey("/PageLayout");
}

void Structure::add_output_intent(ByteView colour_profile) {
  const Object profile = stream(std::string(text_of(colour_profile)), "<</N 3>>");
  Object intent = Object::parse(
      "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
      "/RegistryName(http://www.color.org)>>");
  intent.replaceKey("/DestOutputProfile", profile);
  root_.replaceKey("/OutputIntents", Object::newArray({intent}));
}

void Structure::add_attachment() {
  const Attachment& attachment = document_.attachment;
  Object file = stream(attachment.content, "<</Type/EmbeddedFile>>");
  file.getDict().replaceKey("/Subtype", Object::newName("/" + attachment.mime_type));
  Object parameters = Object::newDictionary();
  parameters.replaceKey("/ModDate", Object::newString(pdf_date(document_.document_date)));
  parameters.replaceKey("/Size",
                        Object::newInteger(static_cast<long long>(attachment.content.size())));
  file.getDict().replaceKey("/Params", parameters);

  Object specification = dictionary("<</Type/Filespec/AFRelationship/Data/EF<<>>>>");
  specification.replaceKey("/F", Object::newString(attachment.name));
  specification.replaceKey("/UF", text(attachment.name));
  specification.replaceKey("/Desc", text(attachment.description));
  specification.getKey("/EF").replaceKey("/F", file);
  specification.getKey("/EF").replaceKey("/UF", file);

  Object names = Object::parse("<</EmbeddedFiles<</Names[]>>>>");
  Object list = names.getKey("/EmbeddedFiles").getKey("/Names");
  list.appendItem(Object::newString(attachment.name));
  list.appendItem(specification);
  root_.replaceKey("/Names", names);
  root_.replaceKey("/AF", Object::newArray({specification}));
}

Object Structure::element(const char* type, Object parent) {
  Object made = dictionary("<</Type/StructElem>>");
  made.replaceKey("/S", Object::newName(type));
  made.replaceKey("/P", parent);
  made.replaceKey("/Pg", sheet_);
  return made;
}

Object Structure::figure(const Block& block, Object parent, int mcid) {
  Object made = element("/Figure", parent);
  made.replaceKey("/K", Object::newInteger(mcid));
  made.replaceKey("/Alt", text(block.alternative));
  Object attributes = Object::parse("<</O/Layout/Placement/Block>>");
  attributes.replaceKey("/BBox", rectangle(block.box));
  made.replaceKey("/A", attributes);
  return made;
}

Object Structure::link_annotation(const Box& box) {
  Object made = dictionary("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/StructParent 1>>");
  made.replaceKey("/Rect", rectangle(box));
  made.replaceKey("/Contents", text(document_.letter.qr_alternative));
  made.replaceKey("/P", sheet_);
  Object action = Object::parse("<</Type/Action/S/URI>>");
  action.replaceKey("/URI", Object::newString(document_.qr.qr_text));
  made.replaceKey("/A", action);
  return made;
}

void Structure::add_tags() {
  Object tree = dictionary("<</Type/StructTreeRoot/ParentTreeNextKey 2>>");
  Object all = element("/Document", tree);
  all.removeKey("/Pg");
  tree.replaceKey("/K", all);
  Object children = Object::newArray();
  Object by_mcid = Object::newArray();
  Object annotations = Object::newArray();
  Object link = Object::newNull();
  for (std::size_t at = 0; at < page_.blocks.size(); ++at) {
    const Block& block = page_.blocks[at];
    const int mcid = static_cast<int>(at);
    if (block.part == Part::qr_code) {
      link = element("/Link", all);
      Object picture = figure(block, link, mcid);
      const Object annotation = link_annotation(block.box);
      Object reference = Object::parse("<</Type/OBJR>>");
      reference.replaceKey("/Obj", annotation);
      reference.replaceKey("/Pg", sheet_);
      link.replaceKey("/K", Object::newArray({picture, reference}));
      annotations.appendItem(annotation);
      children.appendItem(link);
      by_mcid.appendItem(picture);
      continue;
    }
    Object child = block.part == Part::logo
                       ? figure(block, all, mcid)
                       : element(block.part == Part::heading ? "/H1" : "/P", all);
    child.replaceKey("/K", Object::newInteger(mcid));
    children.appendItem(child);
    by_mcid.appendItem(child);
  }
  all.replaceKey("/K", children);
  Object parents = Object::parse("<</Nums[]>>");
  parents.getKey("/Nums").appendItem(Object::newInteger(0));
  parents.getKey("/Nums").appendItem(pdf_.makeIndirectObject(by_mcid));
  parents.getKey("/Nums").appendItem(Object::newInteger(1));
  parents.getKey("/Nums").appendItem(link);
  tree.replaceKey("/ParentTree", pdf_.makeIndirectObject(parents));
  root_.replaceKey("/StructTreeRoot", tree);
  sheet_.replaceKey("/StructParents", Object::newInteger(0));
  sheet_.replaceKey("/Tabs", Object::newName("/S"));
  sheet_.replaceKey("/Annots", annotations);
}

// An invisible field: a visible one would need an appearance and say no more.
void Structure::add_signature(std::size_t reserve) {
  Object signature = dictionary("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached>>");
  // The baseline asks for a claimed time (EN 319 142-1 §6.3): the date that the document bears.
  signature.replaceKey("/M", Object::newString(pdf_date(document_.document_date)));
  signature.replaceKey("/ByteRange", Object::parse(std::string(unknown_range)));
  signature.replaceKey("/Contents", Object::newString(std::string(reserve, '\0')));
  add_certification(signature);

  Object field = dictionary("<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/Rect[0 0 0 0]/F 132>>");
  field.replaceKey("/TU", text(document_.letter.mode_caption));
  field.replaceKey("/P", sheet_);
  field.replaceKey("/V", signature);
  sheet_.getKey("/Annots").appendItem(field);
  Object form = Object::parse("<</SigFlags 3>>");
  form.replaceKey("/Fields", Object::newArray({field}));
  root_.replaceKey("/AcroForm", form);
}

// Viewers are told that no change at all is allowed (DocMDP, P 1).
void Structure::add_certification(Object signature) {
  signature.replaceKey("/Reference",
                       Object::parse("[<</Type/SigRef/TransformMethod/DocMDP"
                                     "/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]"));
  Object permissions = Object::newDictionary();
  permissions.replaceKey("/DocMDP", signature);
  root_.replaceKey("/Perms", permissions);
}

Bytes written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setNewlineBeforeEndstream(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return Bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
}

// Offsets are known only in the finished file; the array keeps its length, padded with spaces.
Result<Prepared> with_byte_range(Bytes file, std::size_t reserve) {
  const std::string_view whole = text_of(file);
  const std::string gap = "/Contents <" + std::string(2 * reserve, '0') + ">";
  const std::size_t contents = whole.find(gap);
  const std::string unknown = "/ByteRange " + std::string(unknown_range);
  const std::size_t range = whole.find(unknown);
  if (contents == std::string_view::npos || range == std::string_view::npos) {
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

}  // namespace

Result<Prepared> with_structure(const Bytes& skeleton, const Page& page, const Document& document,
                                ByteView colour_profile, std::size_t reserve) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.setAttemptRecovery(false);
    const std::string_view source = text_of(skeleton);
    pdf.processMemoryFile("skeleton", source.data(), source.size());
    Structure(pdf, page, document).add(colour_profile, reserve);
    return with_byte_range(written(pdf), reserve);
  } catch (const std::exception&) {
    return Error{Fault::malformed, "PDF: cannot be completed"};
  }
}

}  // namespace refledger::pdf
